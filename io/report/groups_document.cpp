#include "io/report/groups_document.hpp"

#include "io/report/group_words.hpp"
#include "io/report/name_words.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

/// Names in one cell or sentence; the rest is counted.
constexpr std::size_t named = 4;
/// Candidates of a group where all groups are told.
constexpr std::size_t told_in_brief = 3;

class Words {
public:
    Words(const GroupsView& view, Language language) : view_(view), language_(language) {}

    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }
    [[nodiscard]] std::string semicolon() const { return pick("\u00a0; ", "; "); }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }
    [[nodiscard]] std::string share(double value) const { return percent(value, 0, language_); }
    [[nodiscard]] std::string_view id(VertexId v) const {
        return view_.network.id(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view name(VertexId v) const {
        return view_.network.name(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view label(ExpertiseId x) const { return view_.network.label(x, language_); }
    [[nodiscard]] std::string title(const GroupCase& c) const {
        return std::string(view_.network.text(view_.network.opportunities()[c.opportunity].title));
    }

    /// "Tours (90 %), Blois (60 %) et 3 de plus".
    [[nodiscard]] std::string holders(const RequirementCover& item) const {
        std::string text;
        for (std::size_t i = 0; i < std::min(named, item.members.size()); ++i) {
            text += (i > 0 ? ", " : "") + short_name(name(item.members[i].vertex)) + " (" +
                    share(item.members[i].cover) + ")";
        }
        if (item.members.size() > named) {
            text += pick(" et ", " and ") + count(item.members.size() - named) + pick(" de plus", " more");
        }
        return text.empty() ? pick("personne", "nobody") : text;
    }

    [[nodiscard]] std::string fills(const GroupCase& c, const JoinCandidate& candidate) const {
        std::vector<std::string> list;
        for (const std::size_t r : candidate.fills) {
            list.emplace_back(label(c.group.required[r].required.expertise));
        }
        return enumerate(list, language_);
    }

    /// Why it should join.
    [[nodiscard]] std::string reason(const GroupCase& c, const JoinCandidate& candidate) const {
        const std::string what = fills(c, candidate);
        std::string text =
            what.empty()
                ? pick("n’ajoute rien à ce qui est couvert, mais couvre lui-même ",
                       "adds nothing to what is covered, but covers ") +
                      share(candidate.fit) + pick(" du besoin", " of the need itself")
                : pick("apporte ", "brings ") + what + " (" + pick("couverture ", "coverage ") + "+" +
                      number(100.0 * candidate.gain, 0, language_) + pick(" points", " points") + ")";
        if (candidate.known > 0) {
            text += semicolon() + pick("déjà partenaire de ", "a partner already of ") +
                    count(candidate.known) +
                    (candidate.known == 1 ? pick(" membre", " member") : pick(" membres", " members"));
        }
        if (candidate.new_groups > 0 && !c.members.empty()) {
            text += semicolon() + pick("rend le groupe plus mixte", "makes the group more mixed");
        }
        return text;
    }

    [[nodiscard]] std::vector<std::string> lacking(const GroupCase& c) const {
        std::vector<std::string> list;
        for (const RequirementCover& item : c.group.required) {
            if (item.holders < item.required.min_holders) {
                const std::size_t missing = item.required.min_holders - item.holders;
                std::string text = std::string(label(item.required.expertise));
                if (missing > 1) {
                    text += " (" + count(missing) + ")";
                }
                text += item.outside == 0 ? pick(" (personne dans le périmètre)", " (nobody in scope)") : "";
                list.push_back(std::move(text));
            }
        }
        return list;
    }

    /// What the group is, covers and lacks, and how mixed.
    [[nodiscard]] std::string summary(const GroupCase& c) const {
        if (c.group.required.empty()) {
            return title(c) + colon() +
                   pick("aucune expertise n’est demandée (opportunity_expertises.csv), rien à couvrir.",
                        "no expertise is asked for (opportunity_expertises.csv), nothing to cover.");
        }
        std::string text = title(c) + colon();
        if (c.members.empty()) {
            text += pick("aucun membre connu", "no member known");
        } else {
            text += count(c.members.size()) +
                    (c.members.size() == 1 ? pick(" membre, qui couvre ", " member, covering ")
                                           : pick(" membres, qui couvrent ", " members, covering ")) +
                    share(c.group.coverage) + pick(" du besoin", " of the need");
        }
        const std::vector<std::string> list = lacking(c);
        text += list.empty() ? pick("\u00a0; rien ne manque.", "; nothing is missing.")
                             : pick("\u00a0; il manque ", "; missing: ") + enumerate(list, language_) + ".";
        if (!c.group.invitations.empty()) {
            std::vector<std::string> names;
            for (const JoinCandidate& invited : c.group.invitations) {
                if (names.size() == named && c.group.invitations.size() > named + 1) {
                    names.push_back(count(c.group.invitations.size() - named) + pick(" autres", " others"));
                    break;
                }
                names.push_back(short_name(name(invited.vertex)));
            }
            text += pick(" En invitant ", " With ") + enumerate(names, language_) +
                    pick(", on couvrirait ", " it would cover ") + share(c.group.coverage_then) +
                    pick(" du besoin.", " of the need.");
        }
        return text;
    }

    [[nodiscard]] std::string mixed(const GroupCase& c) const {
        std::string text;
        for (std::size_t i = 0; i < c.group.mixed.size(); ++i) {
            const Mixedness& m = c.group.mixed[i];
            if (!m.value) {
                continue;
            }
            text += (text.empty() ? "" : semicolon()) +
                    uncapitalised(grouping_label(view_.network, view_.mixed_by[i].attribute(), language_)) +
                    colon() + share(*m.value) +
                    (m.among_all ? pick(" (", " (") + share(*m.among_all) +
                                       pick(" parmi tous ceux qui pourraient en être)",
                                            " among all who could be in it)")
                                 : std::string());
        }
        return text.empty()
                   ? text
                   : pick("Mixité, chance que deux membres tirés au sort diffèrent (Simpson)",
                          "How mixed, the chance that two members drawn at random differ (Simpson)") +
                         colon() + text + ".";
    }

private:
    const GroupsView& view_;
    Language language_;
};

void write_candidate(JsonWriter& json, const Network& network, const Words& words, const GroupCase& c,
                     const JoinCandidate& candidate) {
    json.begin_object()
        .field("actor", words.id(candidate.vertex))
        .field("name", words.name(candidate.vertex));
    json.field("gain", candidate.gain).field("fit", candidate.fit).key("fills").begin_array();
    for (const std::size_t r : candidate.fills) {
        json.value(network.id(c.group.required[r].required.expertise));
    }
    json.end_array().field("known", candidate.known).field("new_groups", candidate.new_groups);
    json.field("reason", words.reason(c, candidate)).end_object();
}

void write_case(JsonWriter& json, const GroupsView& view, const Words& words, const GroupCase& c) {
    const Network& network = view.network;
    json.begin_object(JsonWriter::Form::lines).field("group", network.id(c.opportunity));
    json.field("title", words.title(c))
        .field("kind", network.text(network.opportunities()[c.opportunity].kind));
    json.key("members").begin_array();
    for (const VertexId v : c.members) {
        json.begin_object().field("actor", words.id(v)).field("name", words.name(v)).end_object();
    }
    json.end_array().field("coverage", c.group.coverage).field("coverage_then", c.group.coverage_then);
    json.key("required").begin_array(JsonWriter::Form::lines);
    for (const RequirementCover& item : c.group.required) {
        json.begin_object().field("expertise", network.id(item.required.expertise));
        json.field("label", words.label(item.required.expertise)).field("weight", item.required.weight);
        json.field("min_holders", item.required.min_holders).field("covered", item.covered);
        json.field("holders", item.holders).field("outside", item.outside).key("members").begin_array();
        for (const CoveredBy& member : item.members) {
            json.begin_object()
                .field("actor", words.id(member.vertex))
                .field("cover", member.cover)
                .end_object();
        }
        json.end_array().end_object();
    }
    json.end_array();
    for (const auto& [key, list] :
         {std::pair("candidates", &c.group.candidates), std::pair("invitations", &c.group.invitations)}) {
        json.key(key).begin_array(JsonWriter::Form::lines);
        for (const JoinCandidate& candidate : *list) {
            write_candidate(json, network, words, c, candidate);
        }
        json.end_array();
    }
    json.key("mixed").begin_array(JsonWriter::Form::lines);
    for (std::size_t i = 0; i < c.group.mixed.size(); ++i) {
        const Mixedness& m = c.group.mixed[i];
        json.begin_object().field("attribute", view.mixed_by[i].attribute()).field("measure", "simpson");
        json.field("known", static_cast<std::uint64_t>(m.known))
            .field("groups", static_cast<std::uint64_t>(m.groups));
        json.field("among_all", m.among_all).field_or_why("value", m.value, "fewer_than_two");
        json.end_object();
    }
    json.end_array().field("summary", words.summary(c)).end_object();
}

void add_case(Reading& reading, const GroupsView& view, const Words& words, const GroupCase& c) {
    reading.paragraph(words.summary(c));
    if (std::string text = words.mixed(c); !text.empty()) {
        reading.paragraph(std::move(text));
    }
    if (!view.one) {
        return;
    }
    Table covers;
    covers.id = "required";
    covers.title = words.pick("Qui y couvre quoi", "Who in it covers what");
    covers.columns = {
        {words.pick("Expertise", "Expertise")},      {words.pick("Poids", "Weight"), true},
        {words.pick("Demandés", "Asked for"), true}, {words.pick("Membres", "Members")},
        {words.pick("Couvert", "Covered"), true},    {words.pick("Hors du groupe", "Outside it"), true}};
    for (const RequirementCover& item : c.group.required) {
        covers.rows.push_back({std::string(words.label(item.required.expertise)),
                               words.pick(number(item.required.weight, 1, Language::fr),
                                          number(item.required.weight, 1, Language::en)),
                               words.count(item.required.min_holders), words.holders(item),
                               words.share(item.covered), words.count(item.outside)});
    }
    covers.note = words.pick(
        "Un membre couvre une expertise selon son niveau, ou en partie par une expertise voisine\u00a0; "
        "hors du groupe\u00a0: ceux qui pourraient en être et la couvrent à moitié au moins.",
        "A member covers an expertise by its level, or in part by a neighbouring one; outside it: "
        "those who could be in it and cover half of it at least.");
    if (!covers.rows.empty()) {
        reading.table(std::move(covers));
    }
}

}  // namespace

void write_groups_options(JsonWriter& json, const GroupsView& view) {
    json.key("group");
    if (view.one && !view.cases.empty()) {
        json.value(view.network.id(view.cases.front().opportunity));
    } else {
        json.null();
    }
    json.field("top", view.options.top).field("least_cover", view.options.least_cover);
    json.key("mixed_by").begin_array();
    for (const GroupLabels& labels : view.mixed_by) {
        json.value(labels.attribute());
    }
    json.end_array();
}

void write_groups_result(JsonWriter& json, const GroupsView& view) {
    const Words words(view, view.language);
    json.key("groups").begin_array(JsonWriter::Form::lines);
    for (const GroupCase& c : view.cases) {
        write_case(json, view, words, c);
    }
    json.end_array();
}

Reading groups_reading(const GroupsView& view, Language language) {
    const Words words(view, language);
    Reading reading;
    reading.title = words.pick("Groupes de travail", "Working groups");
    if (view.cases.empty()) {
        reading.paragraph(
            words.pick("Ces données ne comptent aucun groupe de travail (opportunities.csv, kind "
                       "working_group).",
                       "There is no working group in these data (opportunities.csv, kind "
                       "working_group)."));
        return reading;
    }
    if (view.one) {
        reading.title = words.pick("Groupe de travail", "Working group") + words.colon() +
                        words.title(view.cases.front());
    }
    Table joining;
    joining.id = "candidates";
    joining.title = words.pick("Qui devrait en être", "Who should join");
    joining.columns = {{words.pick("Acteur", "Actor")},
                       {words.pick("Gain", "Gain"), true},
                       {words.pick("Couvre", "Covers"), true},
                       {words.pick("Pourquoi", "Why"), false, 60}};
    if (!view.one) {
        joining.columns.insert(joining.columns.begin(), {words.pick("Groupe", "Group")});
    }
    for (const GroupCase& c : view.cases) {
        add_case(reading, view, words, c);
        const std::size_t most = view.one ? c.group.candidates.size() : told_in_brief;
        for (std::size_t i = 0; i < std::min(most, c.group.candidates.size()); ++i) {
            const JoinCandidate& candidate = c.group.candidates[i];
            std::vector<std::string> row = {std::string(words.name(candidate.vertex)),
                                            number(candidate.gain, 3, language),
                                            number(candidate.fit, 3, language), words.reason(c, candidate)};
            if (!view.one) {
                row.insert(row.begin(), i == 0 ? words.title(c) : std::string());
            }
            joining.rows.push_back(std::move(row));
        }
    }
    joining.note = words.pick(
        "Gain\u00a0: ce que la couverture du besoin gagnerait avec lui seul\u00a0; couvre\u00a0: la part du "
        "besoin "
        "qu’il couvre lui-même, de 0 à 1.",
        "Gain: what coverage of the need would gain with it alone; covers: the part of the need "
        "that it covers itself, 0 to 1.");
    if (!joining.rows.empty()) {
        reading.table(std::move(joining));
    }
    return reading;
}

}  // namespace maillage::io

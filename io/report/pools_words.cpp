#include "io/report/pools_words.hpp"

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

/// Members and expertises named in a sentence; the rest is counted.
constexpr std::size_t named_members = 6;
constexpr std::size_t named_expertises = 3;

class Words {
public:
    Words(const PoolsView& view, Language language) : view_(view), language_(language) {}

    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string_view id(VertexId v) const {
        return view_.network.id(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view name(VertexId v) const {
        return view_.network.name(view_.projection.actor(v));
    }
    [[nodiscard]] std::string_view label(ExpertiseId x) const { return view_.network.label(x, language_); }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }

    [[nodiscard]] std::string territory(const PoolsWithin& within, GroupId group) const {
        return group_label(view_.network, within.labels.attribute(), within.labels.name(group), language_);
    }

    [[nodiscard]] std::string members(const Pool& pool) const {
        std::vector<std::string> names;
        for (const PoolMember& member : pool.members) {
            if (names.size() == named_members && pool.members.size() > named_members + 1) {
                names.push_back(count(pool.members.size() - named_members) + pick(" autres", " others"));
                break;
            }
            names.push_back(short_name(name(member.vertex)));
        }
        return enumerate(names, language_);
    }

    /// "Langues (3 sur 3), Patrimoine (2 sur 3)".
    [[nodiscard]] std::string shared(const Pool& pool) const {
        std::string text;
        for (std::size_t i = 0; i < std::min(named_expertises, pool.shared.size()); ++i) {
            const PooledExpertise& item = pool.shared[i];
            text += (i > 0 ? ", " : "") + std::string(label(item.expertise)) + " (" + count(item.holders) +
                    pick(" sur ", " of ") + count(pool.members.size()) + ")";
        }
        if (pool.shared.size() > named_expertises) {
            text += pick(" et ", " and ") + count(pool.shared.size() - named_expertises) +
                    pick(" de plus", " more");
        }
        return text;
    }

    [[nodiscard]] std::string sentence(const PoolsWithin& within, const Pool& pool) const {
        const std::string colon = pick("\u00a0: ", ": ");
        std::string text = territory(within, pool.territory) + colon + members(pool) +
                           pick(" font la même chose sans être liés", " do the same without being linked") +
                           colon + shared(pool) + ".";
        text += " " + capitalised(with_article(short_name(name(pool.carrier)), language_)) +
                pick(" en fait le plus et pourrait porter ce qui serait mis en commun",
                     " does most of it and could carry what would be shared");
        if (pool.introducer) {
            text +=
                pick("\u00a0; ", "; ") + with_article(short_name(name(*pool.introducer)), language_) +
                pick(", déjà partenaire de ", ", a partner of ") + count(pool.introduced) +
                pick(" d’entre eux, pourrait les réunir.", " of them already, could bring them together.");
        } else {
            text += pick("\u00a0; personne n’est aujourd’hui partenaire de deux d’entre eux.",
                         "; nobody is a partner of two of them today.");
        }
        return text;
    }

    void write(JsonWriter& json, const PoolsWithin& within, const Pool& pool) const {
        json.begin_object().field("within", within.labels.attribute());
        json.field("territory", within.labels.name(pool.territory));
        json.field("territory_label", territory(within, pool.territory));
        json.key("members").begin_array();
        for (const PoolMember& member : pool.members) {
            json.begin_object().field("actor", id(member.vertex)).field("name", name(member.vertex));
            json.field("share", member.share).field("partners", member.partners).end_object();
        }
        json.end_array().field("similarity", pool.similarity).field("weight", pool.weight);
        json.key("shared").begin_array();
        for (const PooledExpertise& item : pool.shared) {
            json.begin_object().field("expertise", view_.network.id(item.expertise));
            json.field("label", label(item.expertise)).field("holders", item.holders);
            json.field("weight", item.weight).end_object();
        }
        json.end_array().field("carrier", id(pool.carrier)).key("introducer");
        if (pool.introducer) {
            json.value(id(*pool.introducer));
        } else {
            json.null().field("why", "nobody");
        }
        json.field("introduced", pool.introduced).field("sentence", sentence(within, pool)).end_object();
    }

private:
    const PoolsView& view_;
    Language language_;
};

/// What was not looked at, or nothing.
std::string left_aside(const Words& words, const PoolsView& view, const PoolsWithin& within,
                       Language language) {
    const PoolingResult& result = within.result;
    const std::string what = uncapitalised(grouping_label(view.network, within.labels.attribute(), language));
    if (result.passed_over.empty()) {
        return {};
    }
    std::vector<std::string> names;
    for (const GroupId group : result.passed_over) {
        if (names.size() == named_members) {
            names.push_back(words.count(result.passed_over.size() - named_members) +
                            words.pick(" autres", " others"));
            break;
        }
        names.push_back(words.territory(within, group));
    }
    return words.pick("Trop d’acteurs pour y chercher des groupes (",
                      "Too many actors to look for groups (") +
           what + ")" + words.pick("\u00a0: ", ": ") + enumerate(names, language) + ".";
}

}  // namespace

void write_pools(JsonWriter& json, const PoolsView& view, Language language) {
    const Words words(view, language);
    json.key("pools").begin_array(JsonWriter::Form::lines);
    for (const PoolsWithin& within : view.within) {
        for (const Pool& pool : within.result.pools) {
            words.write(json, within, pool);
        }
    }
    json.end_array().key("pool_search").begin_array(JsonWriter::Form::lines);
    for (const PoolsWithin& within : view.within) {
        json.begin_object().field("within", within.labels.attribute());
        json.field("found", static_cast<std::uint64_t>(within.result.found));
        json.field("actors_without_territory",
                   static_cast<std::uint64_t>(within.result.actors_without_territory));
        json.key("passed_over").begin_array();
        for (const GroupId group : within.result.passed_over) {
            json.value(within.labels.name(group));
        }
        json.end_array().end_object();
    }
    json.end_array();
}

std::string pool_sentence(const PoolsView& view, const PoolsWithin& within, const Pool& pool,
                          Language language) {
    return Words(view, language).sentence(within, pool);
}

void add_pools(Reading& reading, const PoolsView& view, std::size_t told, Language language) {
    const Words words(view, language);
    Table table;
    table.id = "pools";
    table.title = words.pick("Mutualisation\u00a0: des groupes qui font la même chose au même endroit",
                             "Pooling: groups doing the same in the same place");
    table.columns = {{words.pick("Où", "Where")},
                     {words.pick("Acteurs", "Actors")},
                     {words.pick("Similarité", "Similarity"), true},
                     {words.pick("À partager (membres qui l’offrent)", "To share (members that offer it)")},
                     {words.pick("Pourrait porter", "Could carry it")},
                     {words.pick("Pourrait réunir", "Could bring together")}};
    std::string aside;
    for (const PoolsWithin& within : view.within) {
        for (const Pool& pool : within.result.pools) {
            if (table.rows.size() < told) {
                reading.paragraph(words.sentence(within, pool));
            }
            table.rows.push_back({words.territory(within, pool.territory), words.members(pool),
                                  number(pool.similarity, 3, language), words.shared(pool),
                                  short_name(words.name(pool.carrier)),
                                  pool.introducer ? short_name(words.name(*pool.introducer)) : "–"});
        }
        const std::string text = left_aside(words, view, within, language);
        aside += (aside.empty() || text.empty() ? "" : " ") + text;
    }
    if (!table.rows.empty()) {
        table.note = words.pick(
            "Dans un groupe, deux membres quelconques ont assez d’expertises en commun et aucun "
            "partenariat\u00a0; la "
            "similarité est la plus faible de celles de deux membres.",
            "Any two members of a group share enough expertises and no partnership; the similarity is the "
            "least of "
            "two members.");
        reading.table(std::move(table));
    }
    if (!aside.empty()) {
        reading.paragraph(std::move(aside));
    }
}

}  // namespace maillage::io

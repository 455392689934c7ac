#include "io/merge_network.hpp"

#include "engine/network_builder.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace maillage::io {
namespace {

/// Columns of actors.csv for other names of the same.
constexpr std::array<std::string_view, 7> alias_columns = {
    "alias", "aliases", "autresnoms", "othernames", "alsoknownas", "altname", "nomsalternatifs"};

constexpr std::string_view coordinator = "coordinator";

/// Where each goes: itself unless merged.
template <StrongId Id>
IdVector<Id, Id> ends_of(std::size_t count, const std::vector<MergeInto<Id>>& merges) {
    IdVector<Id, Id> into(count);
    for (const Id id : into.ids()) {
        into[id] = id;
    }
    for (const MergeInto<Id>& m : merges) {
        into[m.merge] = m.keep;
    }
    return into;
}

/// "a|b" and "b|c": "a|b|c".
std::string united(std::string_view first, std::string_view second) {
    std::string all(first);
    std::vector<std::string> there;
    const auto each = [](std::string_view list, const auto& use) {
        for (std::size_t begin = 0; begin <= list.size();) {
            const std::size_t end = std::min(list.find('|', begin), list.size());
            use(list.substr(begin, end - begin));
            begin = end + 1;
        }
    };
    each(first, [&](std::string_view item) { there.emplace_back(item); });
    each(second, [&](std::string_view item) {
        if (!item.empty() && std::find(there.begin(), there.end(), item) == there.end()) {
            there.emplace_back(item);
            all += (all.empty() ? "" : "|") + std::string(item);
        }
    });
    return all;
}

class Merging {
public:
    Merging(const Network& network, const ReviewedMerges& merges, const std::string& file)
        : n_(network),
          merges_(merges),
          file_(file),
          actor_(ends_of(network.actors().size(), merges.actors)),
          expertise_(ends_of(network.expertises().size(), merges.expertises)) {}

    MergeResult run() {
        summary_.actors_merged = merges_.actors.size();
        summary_.expertises_merged = merges_.expertises.size();
        for (const MergeInto<ActorId>& m : merges_.actors) {
            of_actor_[m.keep].push_back(m.merge);
            line_[m.merge] = m.line;
        }
        check_expertises();
        builder_.set_settings(n_.settings());
        builder_.set_attribute_names(n_.attribute_names());
        add_actors();
        add_expertises();
        add_holdings();
        add_partnerships();
        add_opportunities();
        std::vector<Diagnostic> found;
        Network network = builder_.build(found);
        notes_.insert(notes_.end(), std::make_move_iterator(found.begin()),
                      std::make_move_iterator(found.end()));
        return {std::move(network), summary_, list(), std::move(notes_)};
    }

private:
    Cell cell(TextId id) const { return {n_.text(id)}; }
    std::string quoted(auto id) const { return '"' + std::string(n_.id(id)) + '"'; }

    void note(std::uint32_t line, std::string message) {
        notes_.push_back({Severity::note, {file_, line, line > 0 ? 1U : 0U}, std::move(message), {}});
    }

    // Actors

    /// The text of the kept one, or of the first merged one that has any; what does not agree is told.
    std::string merged_text(ActorId keep, std::string_view column, const auto& text_of, bool list) {
        std::string text(text_of(keep));
        const auto others = of_actor_.find(keep);
        if (others == of_actor_.end()) {
            return text;
        }
        for (const ActorId other : others->second) {
            const std::string_view theirs = text_of(other);
            if (theirs.empty() || theirs == text) {
                continue;
            }
            if (text.empty()) {
                text = theirs;
                ++summary_.filled;
            } else if (list || text.find('|') != std::string::npos ||
                       theirs.find('|') != std::string_view::npos) {
                text = united(text, theirs);
            } else {
                ++summary_.conflicts;
                note(line_[other], std::string(column) + " of " + quoted(keep) + " is \"" + text + "\", of " +
                                       quoted(other) + " \"" + std::string(theirs) + "\"; the first is kept");
            }
        }
        return text;
    }

    void add_actors() {
        const std::size_t columns = n_.attribute_names().size();
        std::vector<std::string> attributes(columns);
        std::vector<Cell> cells(columns);
        for (const ActorId a : n_.actors().ids()) {
            if (actor_[a] != a) {
                continue;
            }
            const Actor& actor = n_.actors()[a];
            const auto field = [&](std::string_view column, TextId Actor::*member) {
                return merged_text(
                    a, column, [&](ActorId x) { return n_.text(n_.actors()[x].*member); }, false);
            };
            const std::string kind = field("kind", &Actor::kind);
            const std::string place = field("place", &Actor::place);
            const std::string country = field("country", &Actor::country);
            const std::string url = field("url", &Actor::url);
            for (std::size_t c = 0; c < columns; ++c) {
                const std::string& name = n_.attribute_names()[c];
                const std::string key = column_key(name);
                const bool alias =
                    std::find(alias_columns.begin(), alias_columns.end(), key) != alias_columns.end();
                attributes[c] = merged_text(
                    a, name, [&](ActorId x) { return n_.text(n_.attribute(c, x)); }, alias);
                if (alias) {
                    attributes[c] = with_names(a, attributes[c]);
                }
                cells[c] = {attributes[c]};
            }
            const auto [lat, lon] = position(a);
            builder_.add(ActorRecord{
                cell(actor.id), cell(actor.name), {kind}, {place}, {country}, {url}, {lat}, {lon}, cells});
        }
    }

    std::string with_names(ActorId keep, std::string aliases) const {
        const auto others = of_actor_.find(keep);
        if (others != of_actor_.end()) {
            for (const ActorId other : others->second) {
                if (n_.name(other) != n_.name(keep) && n_.name(other).find('|') == std::string_view::npos) {
                    aliases = united(aliases, n_.name(other));
                }
            }
        }
        return aliases;
    }

    std::pair<std::optional<double>, std::optional<double>> position(ActorId keep) {
        const Actor& actor = n_.actors()[keep];
        std::pair position(actor.lat, actor.lon);
        const auto others = of_actor_.find(keep);
        if (others == of_actor_.end()) {
            return position;
        }
        for (const ActorId other : others->second) {
            const Actor& theirs = n_.actors()[other];
            const std::pair there(theirs.lat, theirs.lon);
            if (!there.first || there == position) {
                continue;
            }
            if (!position.first) {
                position = there;
                summary_.filled += 2;
            } else {
                ++summary_.conflicts;
                note(line_[other], "lat and lon of " + quoted(keep) + " and " + quoted(other) +
                                       " differ; the first are kept");
            }
        }
        return position;
    }

    // Expertises

    /// The nearest expertise above that is not merged into `x` itself; none: x is a root.
    ExpertiseId parent_of(ExpertiseId x) const {
        ExpertiseId up = n_.expertises()[x].parent;
        while (up != none<ExpertiseId> && expertise_[up] == x) {
            up = n_.expertises()[up].parent;
        }
        return up == none<ExpertiseId> ? up : expertise_[up];
    }

    void check_expertises() const {
        std::vector<Diagnostic> errors;
        for (const MergeInto<ExpertiseId>& m : merges_.expertises) {
            ExpertiseId up = m.keep;
            for (std::size_t steps = 0; up != none<ExpertiseId> && steps <= n_.expertises().size(); ++steps) {
                up = parent_of(up);
            }
            if (up != none<ExpertiseId>) {
                errors.push_back({Severity::error,
                                  {file_, m.line, 1},
                                  "merging " + quoted(m.merge) + " into " + quoted(m.keep) +
                                      " would put an expertise under itself",
                                  {}});
            }
        }
        if (!errors.empty()) {
            throw InputError(std::move(errors));
        }
    }

    void add_expertises() {
        IdVector<ExpertiseId, Expertise> filled = n_.expertises();
        for (const MergeInto<ExpertiseId>& m : merges_.expertises) {
            const Expertise& theirs = n_.expertises()[m.merge];
            for (const auto member :
                 {&Expertise::label, &Expertise::label_fr, &Expertise::label_en, &Expertise::scheme}) {
                TextId& ours = filled[m.keep].*member;
                if (theirs.*member == TextId{} || theirs.*member == ours) {
                    continue;
                }
                if (ours == TextId{}) {
                    ours = theirs.*member;
                    ++summary_.filled;
                } else {
                    ++summary_.conflicts;
                    note(m.line, quoted(m.keep) + " says \"" + std::string(n_.text(ours)) + "\", " +
                                     quoted(m.merge) + " \"" + std::string(n_.text(theirs.*member)) +
                                     "\"; the first is kept");
                }
            }
            const ExpertiseId above = theirs.parent;
            if (above != none<ExpertiseId> && expertise_[above] != m.keep &&
                expertise_[above] != parent_of(m.keep)) {
                ++summary_.conflicts;
                note(m.line, quoted(m.merge) + " was under " + quoted(above) + "; " + quoted(m.keep) +
                                 " stays where it is");
            }
        }
        for (const ExpertiseId x : n_.expertises().ids()) {
            if (expertise_[x] == x) {
                const Expertise& e = filled[x];
                const ExpertiseId above = parent_of(x);
                builder_.add(ExpertiseRecord{cell(e.id),
                                             {above == none<ExpertiseId> ? std::string_view() : n_.id(above)},
                                             cell(e.label),
                                             cell(e.label_fr),
                                             cell(e.label_en),
                                             cell(e.scheme)});
            }
        }
    }

    void add_holdings() {
        summary_.holdings_before = n_.holdings().size();
        std::map<std::tuple<ActorId, ExpertiseId, Relation>, Holding> kept;
        for (const Holding& h : n_.holdings()) {
            const auto key = std::tuple(actor_[h.actor], expertise_[h.expertise], h.relation);
            const bool moved = std::get<0>(key) != h.actor || std::get<1>(key) != h.expertise;
            summary_.holdings_moved += moved ? std::size_t{1} : 0;
            const auto [at, fresh] = kept.try_emplace(key, h);
            if (fresh) {
                continue;
            }
            ++summary_.holdings_united;
            Holding& first = at->second;
            if (first.level != h.level || first.source != h.source) {
                note(0, "expertise " + quoted(std::get<1>(key)) + " of " + quoted(std::get<0>(key)) +
                            " twice, with another level or source; the higher level is kept");
            }
            if (h.level > first.level) {
                first = h;
            }
        }
        summary_.holdings_after = kept.size();
        for (const auto& [key, h] : kept) {
            builder_.add(ActorExpertiseRecord{{n_.id(std::get<0>(key))},
                                              {n_.id(std::get<1>(key))},
                                              {h.relation == Relation::offers ? "offers" : "seeks"},
                                              {static_cast<double>(h.level)},
                                              cell(h.source)});
        }
    }

    // Partnerships and opportunities

    void add_partnerships() {
        std::vector<Cell> topics;
        std::vector<Member> members;
        for (const PartnershipId p : n_.partnerships().ids()) {
            std::vector<ExpertiseId> about;
            for (const ExpertiseId x : n_.topics(p)) {
                about.push_back(expertise_[x]);
            }
            std::sort(about.begin(), about.end());
            about.erase(std::unique(about.begin(), about.end()), about.end());
            summary_.topics_united += n_.topics(p).size() - about.size();
            topics.clear();
            for (const ExpertiseId x : about) {
                topics.push_back({n_.id(x)});
            }
            const Partnership& record = n_.partnerships()[p];
            builder_.add(PartnershipRecord{cell(record.id),
                                           cell(record.name),
                                           cell(record.kind),
                                           {record.start},
                                           {record.end},
                                           cell(record.status),
                                           {record.weight},
                                           topics,
                                           cell(record.source),
                                           {},
                                           {}});
            members = members_of(p);
            for (const Member& m : members) {
                builder_.add(MemberRecord{cell(record.id), {n_.id(m.actor)}, cell(m.role)});
            }
        }
    }

    /// Each once, the kept actor's own row first.
    std::vector<Member> members_of(PartnershipId p) {
        const auto before = n_.members(p);
        summary_.participations_before += before.size();
        std::vector<std::pair<Member, ActorId>> rows;
        for (const Member& m : before) {
            rows.push_back({{actor_[m.actor], m.role}, m.actor});
            summary_.participations_moved += actor_[m.actor] != m.actor ? std::size_t{1} : 0;
        }
        std::sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) {
            return std::tuple(x.first.actor, x.first.actor != x.second, x.second) <
                   std::tuple(y.first.actor, y.first.actor != y.second, y.second);
        });
        std::vector<Member> members;
        for (const auto& [m, was] : rows) {
            if (members.empty() || members.back().actor != m.actor) {
                members.push_back(m);
                continue;
            }
            ++summary_.participations_united;
            unite_roles(members.back(), m.role, p, was);
        }
        summary_.participations_after += members.size();
        if (members.size() == 1 && before.size() > 1) {
            ++summary_.self_ties;
            note(0, "partnership " + quoted(p) + " joined " + quoted(members.front().actor) +
                        " with what is merged into it: it stays, with one member, and makes no tie");
        }
        return members;
    }

    void unite_roles(Member& kept, TextId role, PartnershipId p, ActorId was) {
        if (role == kept.role || role == TextId{}) {
            return;
        }
        if (kept.role == TextId{}) {
            kept.role = role;
            return;
        }
        const TextId other = n_.text(role) == coordinator ? kept.role : role;
        kept.role = n_.text(role) == coordinator ? role : kept.role;
        ++summary_.conflicts;
        note(line_[was], quoted(kept.actor) + " is twice in partnership " + quoted(p) + ", as \"" +
                             std::string(n_.text(kept.role)) + "\" and \"" + std::string(n_.text(other)) +
                             "\"; the first is kept");
    }

    void add_opportunities() {
        const auto count = [](const std::optional<std::uint32_t>& number) {
            return Parsed<double>{number ? std::optional<double>(*number) : std::nullopt};
        };
        for (const OpportunityId o : n_.opportunities().ids()) {
            const Opportunity& record = n_.opportunities()[o];
            std::vector<Cell> kinds, countries;
            for (const TextId kind : record.required_kinds) {
                kinds.push_back(cell(kind));
            }
            for (const TextId country : record.countries) {
                countries.push_back(cell(country));
            }
            builder_.add(OpportunityRecord{cell(record.id),
                                           cell(record.title),
                                           cell(record.kind),
                                           {record.opens},
                                           {record.deadline},
                                           count(record.min_partners),
                                           count(record.max_partners),
                                           count(record.min_kinds),
                                           count(record.min_countries),
                                           kinds,
                                           countries,
                                           cell(record.url)});
            std::map<ExpertiseId, Requirement> kept;
            for (const Requirement& r : n_.requirements(o)) {
                const auto [at, fresh] = kept.try_emplace(expertise_[r.expertise], r);
                if (!fresh) {
                    ++summary_.requirements_united;
                    at->second.weight = std::max(at->second.weight, r.weight);
                    at->second.min_holders = std::max(at->second.min_holders, r.min_holders);
                }
            }
            for (const auto& [x, r] : kept) {
                builder_.add(OpportunityExpertiseRecord{
                    cell(record.id), {n_.id(x)}, {r.weight}, {static_cast<double>(r.min_holders)}});
            }
        }
    }

    std::vector<Merge> list() const {
        std::vector<Merge> merges;
        for (const MergeInto<ActorId>& m : merges_.actors) {
            merges.push_back({std::string(n_.id(m.keep)),
                              std::string(n_.name(m.keep)),
                              MergedBy::review,
                              std::string(n_.id(m.merge)),
                              std::string(n_.name(m.merge)),
                              std::string(n_.text(n_.actors()[m.merge].place)),
                              n_.partnerships_of(m.merge).size(),
                              {file_, m.line, 1}});
        }
        for (const MergeInto<ExpertiseId>& m : merges_.expertises) {
            merges.push_back({std::string(n_.id(m.keep)),
                              std::string(n_.label(m.keep, Language::fr)),
                              MergedBy::review,
                              std::string(n_.id(m.merge)),
                              std::string(n_.label(m.merge, Language::fr)),
                              {},
                              0,
                              {file_, m.line, 1}});
        }
        std::stable_sort(merges.begin(), merges.end(), [](const Merge& x, const Merge& y) {
            return std::tie(x.actor, x.spelled_id) < std::tie(y.actor, y.spelled_id);
        });
        return merges;
    }

    const Network& n_;
    const ReviewedMerges& merges_;
    const std::string& file_;
    IdVector<ActorId, ActorId> actor_;
    IdVector<ExpertiseId, ExpertiseId> expertise_;
    std::map<ActorId, std::vector<ActorId>> of_actor_;  ///< merged ones, ascending
    std::map<ActorId, std::uint32_t> line_;
    NetworkBuilder builder_;
    MergeSummary summary_;
    std::vector<Diagnostic> notes_;
};

}  // namespace

MergeResult merge_network(const Network& network, const ReviewedMerges& merges, const std::string& file) {
    return Merging(network, merges, file).run();
}

}  // namespace maillage::io

#pragma once

#include "engine/date.hpp"
#include "engine/ids.hpp"
#include "engine/text_pool.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage {

/// Where a record was read: line of its table (0: not from a file).
struct RecordPlace {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Actor {
    TextId id{}, name{}, kind{}, place{}, country{}, url{};
    std::optional<double> lat, lon;  ///< degrees, WGS 84; both or none
    RecordPlace where;
};

struct Expertise {
    TextId id{}, label{}, label_fr{}, label_en{}, scheme{};
    ExpertiseId parent = none<ExpertiseId>;
    std::uint32_t depth = 1;  ///< 1 for a root of the forest
    RecordPlace where;
};

enum class Relation : std::uint8_t { offers, seeks };

/// A declared row of actor_expertises; inferred ones appear in a projection only.
struct Holding {
    ActorId actor{};
    ExpertiseId expertise{};
    Relation relation = Relation::offers;
    float level = 1.0F;  ///< 0 .. 1
    TextId source{};
    RecordPlace where;
};

struct Partnership {
    TextId id{}, name{}, kind{}, status{}, source{};
    std::optional<Date> start, end;
    double weight = 1.0;  ///< > 0, strength
    RecordPlace where;
};

struct Member {
    ActorId actor{};
    TextId role{};
};

struct Opportunity {
    TextId id{}, title{}, kind{}, url{};
    std::optional<Date> opens, deadline;
    std::optional<std::uint32_t> min_partners, max_partners, min_kinds, min_countries;
    std::vector<TextId> required_kinds, countries;
    RecordPlace where;
};

struct Requirement {
    ExpertiseId expertise{};
    double weight = 1.0;
    std::uint32_t min_holders = 1;
};

/// A word in both languages of the results; an empty one means "use the code".
struct LocalText {
    std::string fr, en;
    friend bool operator==(const LocalText&, const LocalText&) = default;
};

/// maillage.json: settings of a dataset, all optional.
struct Settings {
    std::string title, licence;
    std::vector<std::string> group_by;                         ///< attributes that analyses group by
    std::vector<std::string> excluded_partnership_kinds;       ///< left out of the analysis, e.g. part_of
    std::optional<std::pair<std::string, std::string>> scope;  ///< attribute, value
    /// Words for codes: labels["kind"]["municipality"] = {"Commune", "Municipality"}. Keys are
    /// attribute names, and "partnership_kind", "relation", "attribute" for the names themselves.
    std::map<std::string, std::map<std::string, LocalText>> labels;

    friend bool operator==(const Settings&, const Settings&) = default;
};

enum class Language : std::uint8_t { fr, en };

/// Actors, expertises, partnerships and opportunities of a dataset: immutable, indexed.
///
/// Every table is in the order of its ids compared as UTF-8 bytes (members by actor, requirements by
/// expertise), so nothing computed from a network depends on the order of the rows it was read from.
/// Made by NetworkBuilder only, which guarantees that every reference holds, that ids are unique
/// and not empty, that the expertises form a forest and that weights are positive and finite.
class Network {
public:
    [[nodiscard]] std::string_view text(TextId id) const noexcept { return pool_.text(id); }

    [[nodiscard]] const IdVector<ActorId, Actor>& actors() const noexcept { return actors_; }
    [[nodiscard]] const IdVector<ExpertiseId, Expertise>& expertises() const noexcept { return expertises_; }
    [[nodiscard]] const IdVector<PartnershipId, Partnership>& partnerships() const noexcept {
        return partnerships_;
    }
    [[nodiscard]] const IdVector<OpportunityId, Opportunity>& opportunities() const noexcept {
        return opportunities_;
    }
    /// Sorted by actor, expertise, relation; at most one row of each.
    [[nodiscard]] std::span<const Holding> holdings() const noexcept { return holdings_; }

    [[nodiscard]] std::span<const Member> members(PartnershipId p) const noexcept;
    /// Expertises a partnership is about, ascending.
    [[nodiscard]] std::span<const ExpertiseId> topics(PartnershipId p) const noexcept;
    /// Partnerships an actor is a member of, ascending.
    [[nodiscard]] std::span<const PartnershipId> partnerships_of(ActorId a) const noexcept;
    [[nodiscard]] std::span<const Requirement> requirements(OpportunityId o) const noexcept;
    [[nodiscard]] std::span<const ExpertiseId> children(ExpertiseId x) const noexcept;

    [[nodiscard]] std::optional<ActorId> find_actor(std::string_view id) const noexcept;
    [[nodiscard]] std::optional<ExpertiseId> find_expertise(std::string_view id) const noexcept;
    [[nodiscard]] std::optional<PartnershipId> find_partnership(std::string_view id) const noexcept;
    [[nodiscard]] std::optional<OpportunityId> find_opportunity(std::string_view id) const noexcept;

    /// Names of the further columns of actors.csv, in byte order.
    [[nodiscard]] const std::vector<std::string>& attribute_names() const noexcept {
        return attribute_names_;
    }
    /// Cell of one of those columns as written (a list still joined by '|').
    [[nodiscard]] TextId attribute(std::size_t column, ActorId a) const noexcept {
        return attributes_[column][index_of(a)];
    }
    /// Value of any attribute by name ("kind", "place", "country", or a further column).
    /// @throws OptionError (field "by") with the nearest names when there is no such attribute.
    [[nodiscard]] IdVector<ActorId, TextId> attribute_values(std::string_view name) const;
    /// Every name that attribute_values accepts: kind, place, country, then attribute_names().
    [[nodiscard]] std::vector<std::string> groupable_names() const;

    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
    /// Latest date that any partnership mentions, start or end, those of status "planned" aside; the
    /// "today" of inferences, so that a result depends on the data and not on the day it was computed.
    [[nodiscard]] std::optional<Date> latest_date() const noexcept { return latest_date_; }
    /// Actors in the scope of the settings (all when there is none): 1 per actor, else 0.
    /// @throws OptionError (field "scope") when the attribute does not exist.
    [[nodiscard]] std::vector<std::uint8_t> in_scope(
        const std::optional<std::pair<std::string, std::string>>& scope) const;

    [[nodiscard]] std::string_view id(ActorId a) const noexcept { return text(actors_[a].id); }
    [[nodiscard]] std::string_view id(ExpertiseId x) const noexcept { return text(expertises_[x].id); }
    [[nodiscard]] std::string_view id(PartnershipId p) const noexcept { return text(partnerships_[p].id); }
    [[nodiscard]] std::string_view id(OpportunityId o) const noexcept { return text(opportunities_[o].id); }
    [[nodiscard]] std::string_view name(ActorId a) const noexcept { return text(actors_[a].name); }
    /// Label in a language, else the other label, else the id.
    [[nodiscard]] std::string_view label(ExpertiseId x, Language language) const noexcept;
    /// Word for a code of an attribute in a language, else the code itself.
    [[nodiscard]] std::string_view label(std::string_view attribute, std::string_view code,
                                         Language language) const noexcept;

private:
    friend class NetworkBuilder;
    friend class NetworkStore;  // of network_tables.hpp
    void find_latest_date();

    TextPool pool_;
    Settings settings_;
    IdVector<ActorId, Actor> actors_;
    IdVector<ExpertiseId, Expertise> expertises_;
    IdVector<PartnershipId, Partnership> partnerships_;
    IdVector<OpportunityId, Opportunity> opportunities_;
    std::vector<Holding> holdings_;
    std::vector<std::string> attribute_names_;
    std::vector<std::vector<TextId>> attributes_;  ///< one column per attribute name

    std::vector<std::uint64_t> member_offsets_, topic_offsets_, of_actor_offsets_, requirement_offsets_,
        child_offsets_;
    std::vector<Member> members_;
    std::vector<ExpertiseId> topics_;
    std::vector<PartnershipId> of_actor_;
    std::vector<Requirement> requirements_;
    std::vector<ExpertiseId> children_;
    std::optional<Date> latest_date_;
};

/// The candidates closest to a mistyped name, best first, at most three, none farther than a third
/// of its length (Damerau-Levenshtein distance, case ignored). "did you mean …?" is built on it.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wrong,
                                                     std::span<const std::string> candidates);
/// ` (did you mean "x" or "y"?)`, or nothing.
[[nodiscard]] std::string suggestion(std::string_view wrong, std::span<const std::string> candidates);
/// The names of every actor / expertise / opportunity id nearest to a wrong one; same form.
[[nodiscard]] std::string suggest_actor(const Network& network, std::string_view wrong);
[[nodiscard]] std::string suggest_expertise(const Network& network, std::string_view wrong);

}  // namespace maillage

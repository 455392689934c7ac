#pragma once

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/records.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// The tables of a dataset, for places in diagnostics.
enum class Table : std::uint8_t {
    actors,
    expertises,
    actor_expertises,
    partnerships,
    members,
    opportunities,
    opportunity_expertises,
    settings
};
inline constexpr std::size_t table_count = 8;
/// "actors", "expertises", …
[[nodiscard]] std::string_view name_of(Table table) noexcept;

/// What a build merged, skipped or kept alone; `check` shows it.
struct BuildSummary {
    std::size_t duplicate_holdings = 0;  ///< rows of actor_expertises repeated, the highest level kept
    std::size_t duplicate_members = 0;   ///< the same actor twice in one partnership, counted once
    std::size_t lone_partnerships = 0;   ///< fewer than two distinct members: kept, makes no tie
    std::size_t isolated_actors = 0;     ///< member of no partnership of two or more: kept
    std::size_t actors_without_expertise = 0;
    std::size_t unused_expertises = 0;  ///< neither held, sought, required nor a topic, here or below
};

/// Collects records from any reader, in any order of tables and rows, then checks everything at once.
///
///     NetworkBuilder builder;
///     builder.set_file(Table::actors, "actors.csv");
///     builder.add(ActorRecord{…});                    // texts are copied
///     Network network = builder.build(diagnostics);
///
/// Errors (build throws InputError with all of them): empty or duplicate id, reference to an unknown
/// actor, expertise, partnership or opportunity, cycle in the expertises, weight that is not positive
/// and finite, level outside 0..1, start after end, a pair `a`,`b` given together with members or
/// half given, relation other than offers/seeks, count that is not a whole number, lat without lon or
/// out of range, a scope or group_by attribute that does not exist.
/// Warnings and notes: see BuildSummary.
class NetworkBuilder {
public:
    NetworkBuilder();
    NetworkBuilder(const NetworkBuilder&) = delete;
    NetworkBuilder& operator=(const NetworkBuilder&) = delete;
    ~NetworkBuilder();

    /// File name shown in diagnostics about a table (default: the table's name).
    void set_file(Table table, std::string name);
    /// Names of the further actor columns; before the first actor.
    void set_attribute_names(std::vector<std::string> names);
    void set_settings(Settings settings);
    /// Attribute and value of the scope, in place of that of the settings.
    void set_scope(std::pair<std::string, std::string> scope);
    /// Place of a settings key for diagnostics, e.g. ("scope", {line, column}).
    void set_settings_place(std::string key, RecordPlace place);

    /// Keeps a text and says which it is; a Cell with it as `known` is not looked up again (an actor that a thousand
    /// partnerships name is hashed once).
    [[nodiscard]] TextId intern(std::string_view text);
    /// The same for many; see TextPool::add_all.
    void intern_all(std::span<const std::string_view> texts, std::span<TextId> ids);
    /// The same for a text that may not be there: none<TextId> then, and nothing is kept.
    [[nodiscard]] TextId find(std::string_view text) const noexcept;
    /// So many rows of a table will come, with so many texts that are not known yet: room is made for them.
    void expect(Table table, std::size_t rows, std::size_t texts);

    void add(const ActorRecord& record);
    void add(const ExpertiseRecord& record);
    void add(const ActorExpertiseRecord& record);
    void add(const PartnershipRecord& record);
    void add(const MemberRecord& record);
    void add(const OpportunityRecord& record);
    void add(const OpportunityExpertiseRecord& record);

    /// Checks everything and makes the network. Warnings and notes are appended to `diagnostics`
    /// in table order, then line. The builder is empty afterwards.
    /// @throws InputError with `diagnostics` and every error when anything is wrong (also when
    ///         `diagnostics` came with an error from the reader).
    [[nodiscard]] Network build(std::vector<Diagnostic>& diagnostics, BuildSummary* summary = nullptr);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maillage

#pragma once

#include "engine/date.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "algorithms/recommend/pair_features.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

/// Which calls and working groups fit an actor, what it would bring, what is missing, and with whom.
namespace maillage {

struct OpportunityOptions {
    /// The last day known: what closed before it is over. Empty: dates are shown and nothing is judged.
    std::optional<Date> today;
    std::uint32_t top = 10;          ///< opportunities of an actor, and actors of an opportunity, >= 1
    std::uint32_t partners = 5;      ///< listed of those tied, and as many of the new ones
    std::uint32_t most_members = 8;  ///< of the group proposed, where the call sets no smaller number, >= 1
};

/// @throws OptionError naming the first field that is out of range ("top").
void validate(const OpportunityOptions& options);

/// Where a call stands on a day.
enum class CallStatus : std::uint8_t {
    undated,   ///< no dates at all, as of a standing group
    unjudged,  ///< dates, but no day to judge them by
    upcoming,  ///< opens after the day
    open,
    closed  ///< its deadline was before the day
};
/// "undated", …
[[nodiscard]] std::string_view to_code(CallStatus status) noexcept;

/// A partial date is over when its last day is, and begins with its first.
/// Degenerate  a day without day or month stands for its last one, as --to does.
[[nodiscard]] CallStatus status_of(const Opportunity& opportunity, const std::optional<Date>& today) noexcept;

/// One expertise that an opportunity asks for.
struct Asked {
    ExpertiseId expertise{};
    double weight = 1.0;
    std::uint32_t holders = 1;  ///< wanted
    double level = 0.0;         ///< at which the actor offers it, 0 when not
    bool inferred = false;
    double lacking = 0.0;  ///< holders still wanted beside the actor, holders - level
};

/// A partner that brings what is missing.
struct Helper {
    VertexId partner{};
    bool tied = false;  ///< shares a partnership with the actor already
    double gain = 0.0;  ///< by how much it raises the coverage of the actor alone
    std::vector<ExpertiseId> brings;
    bool brings_kind = false;     ///< of a kind that is required and that the actor is not
    bool brings_country = false;  ///< of another country, where several are required
};

/// A demand on the group, and how far the group proposed meets it.
struct Condition {
    enum class What : std::uint8_t { partners_at_least, kinds_at_least, countries_at_least, kind_required };
    What what{};
    std::uint32_t asked = 0;    ///< of kind_required: 1
    std::uint32_t reached = 0;  ///< of kind_required: 0 or 1
    TextId kind{};              ///< of kind_required
    [[nodiscard]] bool ok() const noexcept { return reached >= asked; }
};
/// "partners_at_least", …
[[nodiscard]] std::string_view to_code(Condition::What what) noexcept;

struct OpportunityFit {
    OpportunityId opportunity{};
    std::uint32_t rank = 0;  ///< 1 for the best
    double fit = 0.0;        ///< share of what is asked for that the actor offers, by weight, > 0
    double coverage = 0.0;   ///< the same with the number of holders counted: what it could do alone
    CallStatus status = CallStatus::undated;
    /// Whether the actor's country is one of those named; empty when none is named or the actor's is unknown.
    std::optional<bool> country_ok;
    bool country_unknown = false;  ///< countries are named, that of the actor is not known
    bool kind_required = false;    ///< the actor is of a kind that is required
    std::vector<Asked> asked;      ///< by expertise
    std::vector<Helper> tied, fresh;
    /// The actor's partners in the group proposed, in the order chosen.
    std::vector<Helper> group;
    double coverage_of_group = 0.0;  ///< of the actor and them
    std::vector<ExpertiseId> still_missing;
    std::vector<Condition> conditions;  ///< of the opportunity, on the group
};

/// An actor that an opportunity concerns.
struct FittingActor {
    VertexId actor{};
    double fit = 0.0;
    double coverage = 0.0;
};

/// Judges opportunities for one actor after another. Const calls may be made from several threads.
///
/// Definition  fit(a) = sum of w_x q(a, x) / sum of w_x over the expertises x asked for, w_x their weight and
///             q(a, x) the level at which a offers x (0 when not). The coverage of a group S is the same with
///             min(1, sum over s in S of q(s, x) / h_x) for q, h_x the holders wanted. gain of p =
///             coverage({a, p}) - coverage({a}).
/// Listed      are the opportunities with fit > 0: those that are not closed first, then those open to the
///             actor's country, then by fit, coverage and id.
/// Partners    raise the coverage (gain > 0) and are of an admitted country as far as that is known. Tied:
///             whoever shares a partnership of any kind with the actor, in scope or not. New: in scope, not
///             linked, not barred. By gain, then how well tied (weight) or known to each other (resource
///             allocation), then id.
/// The group   is chosen greedily by gain, tied ones first among equals, until everything is covered or the
///             group is full; then who brings a kind or a country that is still required. It is a proposal to
///             start from; coverage alone is at least 1 - 1/e of the best of its size. Whether a
///             better one exists is the question of `consortium`.
/// Degenerate  an opportunity that asks for no expertise fits nobody. A fit without partners has empty lists.
/// Bounds      New partners are looked for among the 256 holders of each expertise with the highest
///             levels (then best linked); beyond, a partner of several lesser levels may be missed.
/// Cost        O(requirements) an opportunity for fit; with partners O(requirements (256 + degree)) and
///             most_members times that for the group.
/// Errors      OptionError (see validate).
/// Source      Greedy coverage: G. Nemhauser, L. Wolsey, M. Fisher, "An analysis of approximations for maximizing
///             submodular set functions", Mathematical Programming 14, 265-294, 1978. Calls as sets of required
///             skills: T. Lappas, K. Liu, E. Terzi, "Finding a team of experts in social networks", KDD 2009.
class OpportunitySearch {
public:
    OpportunitySearch(const Network& network, const Projection& projection, const PairModel& model,
                      const OpportunityOptions& options = {});

    [[nodiscard]] const OpportunityOptions& options() const noexcept { return options_; }
    /// At most `top`; with or without partners and group.
    [[nodiscard]] std::vector<OpportunityFit> fits(VertexId actor, bool with_partners) const;
    /// How many fit at all.
    [[nodiscard]] std::size_t count(VertexId actor) const;
    /// The actors in scope that fit best, at most `top`: fit, coverage, id.
    [[nodiscard]] std::vector<FittingActor> actors(OpportunityId opportunity) const;

private:
    [[nodiscard]] OpportunityFit judge(OpportunityId o, VertexId actor) const;
    void find_partners(OpportunityFit& fit, VertexId actor) const;
    void propose_group(OpportunityFit& fit, VertexId actor, const std::vector<Helper>& all) const;
    using TextOf = TextId (OpportunitySearch::*)(VertexId) const;
    /// Whom to ask for what is still required: the best of `all`, else the best linked of the actor's partners,
    /// else the best linked in scope.
    [[nodiscard]] std::optional<Helper> next_of(TextOf of, const OpportunityFit& fit, VertexId actor,
                                                const std::vector<Helper>& all,
                                                const std::function<bool(VertexId)>& wanted) const;
    void check_conditions(OpportunityFit& fit, VertexId actor) const;
    [[nodiscard]] std::optional<Helper> helper(const OpportunityFit& fit, VertexId actor, VertexId partner,
                                               bool tied) const;
    [[nodiscard]] std::vector<Helper> pool(const OpportunityFit& fit, VertexId actor) const;
    void order(std::vector<Helper>& helpers, VertexId actor) const;
    [[nodiscard]] TextId kind(VertexId v) const;  ///< TextId{}: not known
    [[nodiscard]] TextId country(VertexId v) const;
    [[nodiscard]] bool admitted(const Opportunity& o, VertexId v) const;
    [[nodiscard]] bool may_be_new(VertexId actor, VertexId partner) const;

    const Network& network_;
    const Projection& projection_;
    const PairModel& model_;
    OpportunityOptions options_;
    /// Per expertise that some opportunity asks for: holders in scope, level descending, then strength, then id.
    std::vector<std::vector<VertexId>> holders_;
    /// In scope by kind and by country, where known: the best linked first, at most 256 of each.
    std::map<TextId, std::vector<VertexId>> of_kind_, of_country_;
};

}  // namespace maillage

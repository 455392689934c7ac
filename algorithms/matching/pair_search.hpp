#pragma once

#include "engine/top_k.hpp"

#include "algorithms/matching/best_matches.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// The search behind best_matches: what all actors share, and the scratch space of one worker.
namespace maillage::matching {

struct ScoredPair {
    VertexId a{};
    VertexId b{};
    double score = 0.0;
};

/// Score descending, then ids: a strict total order, so that the best k do not depend on who found them.
struct BestPairFirst {
    [[nodiscard]] bool operator()(const ScoredPair& x, const ScoredPair& y) const noexcept;
};
struct BestPartnerFirst {
    [[nodiscard]] bool operator()(const Partner& x, const Partner& y) const noexcept;
};

/// Who in scope holds an expertise, compact: the loops over them are where the time goes.
class PostingLists {
public:
    struct Entry {
        std::uint32_t vertex;
        float level;
    };
    PostingLists(const Incidence& incidence, std::span<const std::uint8_t> in_scope);
    /// The holders from this vertex on, ascending.
    [[nodiscard]] std::span<const Entry> of(ExpertiseId x, std::uint32_t first) const noexcept {
        const auto all = of(x);
        const auto from = first == 0 ? all.begin()
                                     : std::lower_bound(all.begin(), all.end(), first,
                                                        [](const Entry& entry, std::uint32_t vertex) {
                                                            return entry.vertex < vertex;
                                                        });
        return {from, all.end()};
    }
    [[nodiscard]] std::span<const Entry> of(ExpertiseId x) const noexcept {
        const std::size_t i = index_of(x);
        if (i + 1 >= offsets_.size()) {
            return {};
        }
        return std::span(entries_).subspan(offsets_[i], offsets_[i + 1] - offsets_[i]);
    }

private:
    std::vector<std::size_t> offsets_;
    std::vector<Entry> entries_;
};

/// Levels of every vertex at the places that many reach, one after the other: added without asking who holds them.
/// In 16 bits, for what costs is the memory that is read; places where a level would become 0 have no column.
class Columns {
public:
    using Level = std::uint16_t;
    static constexpr float whole = 65535.0F;  ///< of the level 1
    static constexpr double off = 0x1p-17;    ///< a level is off by at most so much
    [[nodiscard]] static Level of(float level) noexcept { return static_cast<Level>(level * whole + 0.5F); }

    Columns(const PostingLists& lists, std::size_t places, std::size_t vertices);
    /// Empty where the list is the better way.
    [[nodiscard]] std::span<const Level> of(ExpertiseId x) const noexcept {
        const std::uint32_t at = at_.empty() ? no_column : at_[index_of(x)];
        return at == no_column ? std::span<const Level>()
                               : std::span(levels_).subspan(std::size_t{at} * vertices_, vertices_);
    }

private:
    static constexpr std::uint32_t no_column = 0xffffffffU;
    std::size_t vertices_;
    std::vector<std::uint32_t> at_;
    std::vector<Level> levels_;
};

/// What one column adds to the sums: weight min(level, column), the weight being that of a 65535th.
struct ColumnTerm {
    const Columns::Level* column = nullptr;
    float weight = 0.0F;
    Columns::Level level = 0;
};

/// sums[i] += the terms at i, in their order.
void add_columns(std::span<float> sums, std::span<const ColumnTerm> terms) noexcept;

/// Read by every worker.
struct SearchIndex {
    SearchIndex(const MatchInput& match_input, const MatchOptions& match_options,
                const ExpertiseModel& expertise_model);

    const MatchInput& input;
    const MatchOptions& options;
    const ExpertiseModel& model;
    GraphView links;
    PostingLists reached, offered, sought;  ///< places, expertises offered, expertises sought
    Columns columns;                        ///< of the places that many reach
    std::vector<double> mass;               ///< per vertex in scope: sum of w q over its places
    std::vector<float> single_mass;         ///< the same in single precision
    std::vector<float> per_need;            ///< 1 / the total weight of its needs, 0 without any
    /// Vertices in scope that offer something, by mass then id; filled when common_ground is 0.
    std::vector<VertexId> by_mass;

    [[nodiscard]] bool eligible(VertexId v) const noexcept {
        return input.eligible.empty() || input.eligible[index_of(v)] != 0;
    }
    /// The two may be proposed to each other as far as their groups go.
    [[nodiscard]] bool apart(VertexId a, VertexId b) const noexcept;
};

/// The best partners of every vertex, as seen by one worker.
class PartnerLists {
public:
    PartnerLists(std::size_t vertices, std::uint32_t top)
        : top_(top), sizes_(vertices, 0), entries_(vertices * top) {}

    void offer(VertexId v, const Partner& partner);
    [[nodiscard]] std::span<const Partner> of(VertexId v) const noexcept {
        return {entries_.data() + index_of(v) * top_, sizes_[index_of(v)]};
    }
    /// Score from which a partner can enter the list of v; minus infinity while there is room.
    [[nodiscard]] double least(VertexId v) const noexcept;

private:
    std::size_t top_;
    std::vector<std::uint32_t> sizes_;
    std::vector<Partner> entries_;  ///< `top` places a vertex, a heap with the worst at the head
};

/// Refuses pairs that are surely too weak for every list, whatever the rounding of single precision. Without a
/// branch, so that loops over vertices are vectorised.
struct Filter {
    float mass_a = 0.0F;
    float per_need_a = 0.0F;  ///< 1 / total weight of the needs of a, 0 without any
    float j0 = 0.0F;
    float per_j0 = 0.0F;            ///< 1 / j0, huge when j0 is 0
    float flat_off = 0.0F;          ///< bound of what rounding may hide of a score where t is 1
    float off = 0.0F;               ///< … where t is below 1, which follows the similarity steeply
    float similarity_off = 0.0F;    ///< … and of a similarity
    float least = 0.0F;             ///< least score of use to the actor searched or to the pairs
    float least_similarity = 0.0F;  ///< … for pooling; above 1 where no pair can be of use

    /// Without a need met the score is t 2 ga gb / (U (ga + gb)) with the gains not divided by U.
    /// 1 or 0. least_b: the score of use to b.
    [[nodiscard, gnu::always_inline]] std::uint32_t may_matter(float shared, float mass_b,
                                                               float least_b) const noexcept {
        const float asked = std::min(least, least_b);
        const float gain_a = std::max(mass_b - shared, 0.0F);
        const float gain_b = std::max(mass_a - shared, 0.0F);
        const float both = mass_a + gain_a;
        const float product = 2.0F * gain_a * gain_b;
        const float all = both * (gain_a + gain_b);
        // min(1, j / j0) times the rest is enough when both are
        const std::uint32_t far_enough = product >= std::max(0.0F, asked - flat_off) * all ? 1U : 0U;
        const std::uint32_t near_enough =
            shared * product >= std::max(0.0F, asked - off) * all * (both * j0) ? 1U : 0U;
        const std::uint32_t alike = shared >= least_similarity * both ? 1U : 0U;
        const std::uint32_t in_touch = shared > 0.0F ? 1U : 0U;
        return in_touch & ((far_enough & near_enough) | alike);
    }
    /// The score itself, in single precision. own, other: weight of what is met of the needs of a, and of b.
    [[nodiscard, gnu::always_inline]] std::uint32_t may_matter(float shared, float mass_b, float own,
                                                               float other, float per_need_b,
                                                               float least_b) const noexcept {
        const float both = mass_a + std::max(mass_b - shared, 0.0F);
        const float per_both = 1.0F / std::max(both, 1e-30F);
        const float need_a = own * per_need_a;
        const float need_b = other * per_need_b;
        const float start = std::max(shared * per_both, std::max(need_a, need_b));
        const float ground = std::min(1.0F, start * per_j0);
        const float gained_a = ground * std::max(0.0F, mass_b - shared) * per_both;
        const float gained_b = ground * std::max(0.0F, mass_a - shared) * per_both;
        const float value_a = gained_a + (1.0F - gained_a) * need_a;
        const float value_b = gained_b + (1.0F - gained_b) * need_b;
        const float hidden = start * per_j0 >= 1.0F + 8.0F * off ? flat_off : off;
        const float asked = std::max(0.0F, std::min(least, least_b) - hidden);
        const std::uint32_t worth = 2.0F * value_a * value_b >= asked * (value_a + value_b) ? 1U : 0U;
        const std::uint32_t alike = shared >= least_similarity * both ? 1U : 0U;
        const std::uint32_t in_touch = shared + (own + other) > 0.0F ? 1U : 0U;
        return in_touch & (worth | alike);
    }
};

/// Vertices looked at between two looks at what is still of use.
inline constexpr std::size_t scan_block = 512;

/// A block of vertices beside each other; all of the size of `shared`, at most scan_block.
struct ScanBlock {
    std::span<const float> shared, mass, least;
    std::span<const float> own, other, per_need;  ///< own and other empty: no need is met anywhere
    std::span<std::uint32_t> open;                ///< += step where the pair is in touch
    std::uint32_t step = 0;
};
struct Scanned {
    std::uint32_t in_touch = 0, matter = 0;
};
/// Marks who may matter, and counts.
[[nodiscard]] Scanned scan(const Filter& filter, const ScanBlock& block,
                           std::array<std::uint32_t, scan_block>& matters) noexcept;

/// Searches one actor after the other and remembers the best seen, of each actor and over all. One per
/// worker.
///
/// When all actors are searched, each pair is met once, from its lower end, and offered to both; then what a
/// worker knows of an actor is complete only together with the other workers (merge of the lists).
class PairSearcher {
public:
    explicit PairSearcher(const SearchIndex& index);

    void search(VertexId a);

    [[nodiscard]] std::span<const Partner> partners(VertexId a) const noexcept { return lists_.of(a); }
    /// In touch with a and not linked; in touch and linked already.
    [[nodiscard]] std::uint32_t open(VertexId a) const noexcept { return open_[index_of(a)]; }
    [[nodiscard]] std::uint32_t linked(VertexId a) const noexcept { return linked_[index_of(a)]; }
    [[nodiscard]] std::vector<ScoredPair> take_pairs() { return pairs_.take(); }
    [[nodiscard]] std::vector<ScoredPair> take_pooling() { return pooling_.take(); }

private:
    void accumulate(VertexId a);
    void meet_needs(VertexId a);
    void meet_own(std::uint32_t v, float weight);
    void meet_other(std::uint32_t v, float weight);
    [[nodiscard]] bool meets(std::size_t i) const noexcept { return met_own_[i] + met_other_[i] > 0.0F; }
    [[nodiscard]] Filter filter(VertexId a) const noexcept;
    /// What is of use has changed: a pair was offered.
    void tighten(Filter& filter, VertexId a) const noexcept;
    [[nodiscard]] bool pooling_is_closed(VertexId a) const noexcept;
    void leave_out(VertexId v) noexcept;
    void set_links_aside(VertexId a);
    void weigh_those_with_needs(VertexId a);
    void weigh_listed(VertexId a);
    void weigh_everyone(VertexId a);
    void weigh(VertexId a, VertexId b);
    void weigh_those_apart(VertexId a);
    void mark_known(VertexId a);
    void offer_group(VertexId a, std::span<const VertexId> group, double score);
    void offer(VertexId a, VertexId b, double score);
    void offer_to(VertexId a, VertexId b, double score);
    void offer_pooling(VertexId a, VertexId b, double similarity);
    [[nodiscard]] double least_useful_score(VertexId a) const noexcept;
    [[nodiscard]] double least_useful_similarity() const noexcept;

    const SearchIndex& index_;
    bool once_;                  ///< each pair from its lower end
    std::uint32_t first_ = 0;    ///< vertices before it are not looked at
    std::vector<float> shared_;  ///< sum of w min(q, q); zero between two searches
    /// Weight of what is met of the needs of the actor searched, and of the other's; zero between two searches.
    std::vector<float> met_own_, met_other_;
    bool any_met_ = false;                          ///< anywhere
    std::vector<std::uint32_t> sharing_, needing_;  ///< vertices that the two touch, unless dense_
    std::vector<float> best_;                       ///< cover of one need, by vertex; zero between two needs
    std::vector<ColumnTerm> terms_;                 ///< of the actor searched
    std::vector<std::uint32_t> covering_;           ///< vertices that it touches
    std::vector<std::pair<ExpertiseId, float>> met_needs_;
    MassesFrom masses_;                 ///< of the actor searched
    bool dense_ = false;                ///< sharing_ and needing_ are not kept: nearly everyone is in them
    std::vector<std::uint32_t> known_;  ///< stamp of the last search that looked at it
    std::uint32_t stamp_ = 0;
    PartnerLists lists_;
    std::vector<float> least_;  ///< per vertex, from lists_; beyond any score where pairs come from both ends
    std::vector<std::uint32_t> open_, linked_;
    TopK<ScoredPair, BestPairFirst> pairs_, pooling_;
};

/// Expertises that both hold.
[[nodiscard]] std::size_t shared_count(std::span<const Incidence::OfVertex> a,
                                       std::span<const Incidence::OfVertex> b) noexcept;

[[nodiscard]] inline bool in_scope(const MatchInput& input, VertexId v) noexcept {
    return input.in_scope.empty() || input.in_scope[index_of(v)] != 0;
}

}  // namespace maillage::matching

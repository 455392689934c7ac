#include "algorithms/consortium/group_steiner.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace maillage::consortium {
namespace {

using Mask = std::uint32_t;
using Value = std::int64_t;

constexpr Value unknown = std::numeric_limits<Value>::max() / 4;
constexpr Value scale = SteinerTree::most_members;
constexpr Value jump = no_way * scale;
constexpr std::size_t most_starts = 64;

SteinerTree finished(SteinerTree tree, const LengthGraph& graph) {
    const auto tidy = [](auto& list) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    tidy(tree.members);
    tidy(tree.ties);
    tree.length = 0;
    tree.gaps = 0;
    for (const TreeTie& tie : tree.ties) {
        if (tie.gap) {
            tree.length += no_way;
            ++tree.gaps;
            continue;
        }
        const auto next = graph.neighbours(tie.a);
        const auto at = std::lower_bound(next.begin(), next.end(), id_at<VertexId>(tie.b));
        tree.length += graph.lengths(tie.a)[static_cast<std::size_t>(at - next.begin())];
    }
    return tree;
}

TreeTie tie_of(std::uint32_t a, std::uint32_t b, bool gap) {
    return {std::min(a, b), std::max(a, b), gap};
}

class Solver {
public:
    Solver(const LengthGraph& graph, const std::vector<std::vector<std::uint32_t>>& groups,
           const SteinerOptions& options, const Execution& execution)
        : graph_(graph), groups_(groups), options_(options), execution_(execution) {}

    SteinerAnswer solve() {
        SteinerAnswer answer;
        if (groups_.empty()) {
            if (options_.better_than.value_or(1) > 0) {
                answer.tree.emplace();
            }
            return answer;
        }
        for (const auto& group : groups_) {
            if (group.empty()) {
                return answer;
            }
        }
        if (groups_.size() > options_.most_groups) {
            answer.solved = false;
            return answer;
        }
        place_groups();
        measure_distances();
        grow_first_tree();
        if (bound_ >= jump) {
            find_parts();
        } else {
            in_one_part_.assign(groups_.size(), 0);
        }
        keep_vertices();
        answer.states = (std::uint64_t{1} << groups_.size()) * layers_ * kept_.size();
        if (answer.states > options_.most_states) {
            answer.solved = false;
            answer.tree = first_;
            return answer;
        }
        fill_table();
        answer.tree = best_tree();
        return answer;
    }

private:
    void place_groups() {
        full_ = static_cast<Mask>((std::uint64_t{1} << groups_.size()) - 1);
        layers_ = options_.max_members == 0 ? 1 : options_.max_members;
        holds_.assign(graph_.vertex_count(), 0);
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            for (const std::uint32_t v : groups_[g]) {
                holds_[v] |= Mask{1} << g;
            }
        }
    }

    void measure_distances() {
        to_group_.resize(groups_.size());
        for_chunks(groups_.size(), 1, Execution{.threads = execution_.threads, .progress = {}}, "distances",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                       for (std::size_t g = begin; g < end; ++g) {
                           to_group_[g] = graph_.distances(groups_[g]);
                       }
                   });
    }

    /// Whether all of a group are connected to each other: whoever is near one has no need of a gap.
    void find_parts() {
        in_one_part_.assign(groups_.size(), 0);
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            const std::vector<std::uint32_t> first{groups_[g].front()};
            const auto distance = graph_.distances(first);
            in_one_part_[g] = std::all_of(groups_[g].begin(), groups_[g].end(),
                                          [&](std::uint32_t v) { return distance[v] < no_way; })
                                  ? 1
                                  : 0;
        }
    }

    /// From each of the best meeting points the nearest missing group is joined to the tree, one after the other.
    void grow_first_tree() {
        std::vector<std::pair<Length, std::uint32_t>> starts;
        for (std::uint32_t v = 0; v < graph_.vertex_count(); ++v) {
            Length sum = 0;
            for (const auto& distance : to_group_) {
                sum += distance[v];
            }
            starts.emplace_back(sum, v);
        }
        const std::size_t tried = std::min(most_starts, starts.size());
        std::partial_sort(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(tried), starts.end());
        bound_ = options_.better_than ? *options_.better_than - 1 : unknown;
        for (std::size_t i = 0; i < tried; ++i) {
            SteinerTree tree = tree_from(starts[i].second);
            const bool small = options_.max_members == 0 || tree.members.size() <= options_.max_members;
            if (small && tree.rank() <= bound_ && tree.members.size() < SteinerTree::most_members) {
                bound_ = tree.rank();
                first_ = std::move(tree);
            }
        }
    }

    [[nodiscard]] SteinerTree tree_from(std::uint32_t start) const {
        SteinerTree tree;
        std::vector<std::uint32_t> reached{start};
        std::vector<std::uint8_t> missing(groups_.size(), 1);
        for (std::size_t left = groups_.size(); left > 0;) {
            std::size_t group = 0;
            std::uint32_t from = start;
            Length nearest = std::numeric_limits<Length>::max();
            for (std::size_t g = 0; g < groups_.size(); ++g) {
                for (const std::uint32_t v : reached) {
                    if (missing[g] != 0 && to_group_[g][v] < nearest) {
                        nearest = to_group_[g][v];
                        group = g;
                        from = v;
                    }
                }
            }
            const std::uint32_t member = walk(tree, reached, from, group);
            tree.members.push_back(member);
            for (std::size_t g = 0; g < groups_.size(); ++g) {
                if (missing[g] != 0 && to_group_[g][member] == 0) {
                    missing[g] = 0;
                    --left;
                }
            }
        }
        return finished(std::move(tree), graph_);
    }

    /// Along a shortest way to the group; the member it ends at.
    std::uint32_t walk(SteinerTree& tree, std::vector<std::uint32_t>& reached, std::uint32_t v,
                       std::size_t group) const {
        const auto& distance = to_group_[group];
        if (distance[v] >= no_way) {
            const std::uint32_t other = groups_[group].front();
            tree.ties.push_back(tie_of(v, other, true));
            reached.push_back(other);
            return other;
        }
        while (distance[v] > 0) {
            const auto next = graph_.neighbours(v);
            const auto tie = graph_.lengths(v);
            for (std::size_t i = 0; i < next.size(); ++i) {
                const auto u = static_cast<std::uint32_t>(index_of(next[i]));
                if (distance[u] + tie[i] == distance[v]) {
                    tree.ties.push_back(tie_of(v, u, false));
                    reached.push_back(u);
                    v = u;
                    break;
                }
            }
        }
        return v;
    }

    /// Vertices from which every group is near enough.
    void keep_vertices() {
        place_.assign(graph_.vertex_count(), none_kept);
        for (std::uint32_t v = 0; v < graph_.vertex_count(); ++v) {
            Length farthest = 0;
            for (const auto& distance : to_group_) {
                farthest = std::max(farthest, distance[v]);
            }
            if (farthest * scale <= bound_) {
                place_[v] = static_cast<std::uint32_t>(kept_.size());
                kept_.push_back(v);
            }
        }
    }

    [[nodiscard]] std::size_t row_index(Mask mask, std::uint32_t layer) const noexcept {
        return static_cast<std::size_t>(mask) * layers_ + layer;
    }
    [[nodiscard]] Value* row(std::size_t index) noexcept { return table_.data() + index * kept_.size(); }
    [[nodiscard]] const Value* row(std::size_t index) const noexcept {
        return table_.data() + index * kept_.size();
    }
    /// Least length still to come for a tree at v that has the groups of the mask.
    [[nodiscard]] Length ahead(Mask mask, std::uint32_t v) const noexcept {
        Length farthest = 0;
        Length within = 0;  // of groups that can be had in this component only
        bool gap = false;
        for (Mask missing = full_ & ~mask; missing != 0; missing &= missing - 1) {
            const auto g = static_cast<std::size_t>(std::countr_zero(missing));
            const Length distance = to_group_[g][v];
            if (distance >= no_way) {
                gap = true;
                continue;
            }
            farthest = std::max(farthest, distance);
            if (in_one_part_[g] != 0) {
                within = std::max(within, distance);
            }
        }
        return gap ? no_way + within : farthest;
    }

    void fill_table() {
        const std::size_t rows = (std::size_t{full_} + 1) * layers_;
        half_ = bound_ / scale / 2;
        two_thirds_ = bound_ / scale / 3 * 2 + 2;
        table_.assign(rows * kept_.size(), unknown);
        finite_.assign(rows, {});
        std::vector<std::vector<Mask>> by_size(groups_.size() + 1);
        for (Mask mask = 1; mask < full_; ++mask) {
            by_size[static_cast<std::size_t>(std::popcount(mask))].push_back(mask);
        }
        for (const auto& masks : by_size) {
            for_chunks(masks.size(), 1, Execution{.threads = execution_.threads, .progress = {}}, "trees",
                       [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                           for (std::size_t i = begin; i < end; ++i) {
                               for (std::uint32_t layer = 0; layer < layers_; ++layer) {
                                   fill_row(masks[i], layer);
                               }
                           }
                       });
        }
    }

    /// Layer l holds the trees of l + 1 members when members are limited, layer 0 all of them otherwise.
    void fill_row(Mask mask, std::uint32_t layer) {
        const std::size_t index = row_index(mask, layer);
        Value* values = row(index);
        if (layer == 0) {
            for (std::uint32_t i = 0; i < kept_.size(); ++i) {
                if ((holds_[kept_[i]] & mask) == mask) {
                    values[i] = 1;
                }
            }
        }
        // every cut of the mask once: the part with its lowest bit is A
        const Mask low = mask & (~mask + 1);
        for (Mask part = (mask - 1) & mask; part != 0; part = (part - 1) & mask) {
            if ((part & low) == 0) {
                continue;
            }
            if (layers_ == 1) {
                merge(values, row_index(part, 0), row_index(mask ^ part, 0));
                continue;
            }
            for (std::uint32_t first = 0; first < layer; ++first) {
                merge(values, row_index(part, first), row_index(mask ^ part, layer - 1 - first));
            }
        }
        grow(mask, index);
    }

    void merge(Value* values, std::size_t a, std::size_t b) const {
        const std::size_t fewer = finite_[a].size() <= finite_[b].size() ? a : b;
        const std::size_t more = fewer == a ? b : a;
        const Value* x = row(fewer);
        const Value* y = row(more);
        for (const std::uint32_t i : finite_[fewer]) {
            values[i] = std::min(values[i], x[i] + y[i]);
        }
    }

    void grow(Mask mask, std::size_t index) {
        using Entry = std::pair<Value, std::uint32_t>;
        Value* values = row(index);
        std::vector<Entry> heap;
        Value least = unknown;
        for (std::uint32_t i = 0; i < kept_.size(); ++i) {
            if (values[i] >= unknown || values[i] / scale > two_thirds_) {
                values[i] = unknown;
            } else if (values[i] + ahead(mask, kept_[i]) * scale > bound_) {
                values[i] = unknown;
            } else {
                heap.emplace_back(values[i], i);
                least = std::min(least, values[i]);
            }
        }
        if (least / scale <= half_ && least + jump <= bound_) {
            for (std::uint32_t i = 0; i < kept_.size(); ++i) {
                if (least + jump < values[i] && least + jump + ahead(mask, kept_[i]) * scale <= bound_) {
                    values[i] = least + jump;
                    heap.emplace_back(values[i], i);
                }
            }
        }
        std::make_heap(heap.begin(), heap.end(), std::greater<>());
        while (!heap.empty()) {
            std::pop_heap(heap.begin(), heap.end(), std::greater<>());
            const auto [value, i] = heap.back();
            heap.pop_back();
            if (value > values[i] || value / scale > half_) {
                continue;
            }
            const std::uint32_t v = kept_[i];
            const auto next = graph_.neighbours(v);
            const auto tie = graph_.lengths(v);
            for (std::size_t e = 0; e < next.size(); ++e) {
                const auto u = static_cast<std::uint32_t>(index_of(next[e]));
                const std::uint32_t j = place_[u];
                const Value further = value + tie[e] * scale;
                if (j == none_kept || further >= values[j] || further > bound_ ||
                    further + ahead(mask, u) * scale > bound_) {
                    continue;
                }
                values[j] = further;
                heap.emplace_back(further, j);
                std::push_heap(heap.begin(), heap.end(), std::greater<>());
            }
        }
        for (std::uint32_t i = 0; i < kept_.size(); ++i) {
            if (values[i] < unknown) {
                finite_[index].push_back(i);
            }
        }
    }

    /// Two trees at one vertex that have all groups between them, or one member that has.
    [[nodiscard]] std::optional<SteinerTree> best_tree() const {
        SteinerTree tree;
        for (const std::uint32_t v : groups_.front()) {
            if (holds_[v] == full_ && place_[v] != none_kept) {
                tree.members.push_back(v);
                return finished(std::move(tree), graph_);
            }
        }
        if (options_.max_members == 1) {
            return std::nullopt;
        }
        Value best = unknown;
        Mask best_part = 0;
        std::uint32_t best_first = 0;
        std::uint32_t best_second = 0;
        std::uint32_t place = 0;
        for (Mask part = 1; part < full_; part += 2) {
            for (std::uint32_t first = 0; first + 1 < std::max(2U, layers_); ++first) {
                const std::uint32_t end = layers_ == 1 ? 1 : layers_ - 1 - first;
                for (std::uint32_t second = 0; second < end; ++second) {
                    const std::size_t a = row_index(part, first);
                    const std::size_t b = row_index(full_ ^ part, second);
                    const std::size_t fewer = finite_[a].size() <= finite_[b].size() ? a : b;
                    for (const std::uint32_t i : finite_[fewer]) {
                        const Value value = row(a)[i] + row(b)[i];
                        if (value < best || (value == best && i < place)) {
                            best = value;
                            best_part = part;
                            best_first = first;
                            best_second = second;
                            place = i;
                        }
                    }
                }
            }
        }
        if (best > bound_ || best >= unknown) {
            return std::nullopt;
        }
        trace(tree, best_part, best_first, place);
        trace(tree, full_ ^ best_part, best_second, place);
        return finished(std::move(tree), graph_);
    }

    /// How a state came about, found again by its value: a member, two trees, a neighbour, a gap.
    void trace(SteinerTree& tree, Mask mask, std::uint32_t layer, std::uint32_t i) const {
        const std::size_t index = row_index(mask, layer);
        const Value value = row(index)[i];
        const std::uint32_t v = kept_[i];
        if (layer == 0 && value == 1 && (holds_[v] & mask) == mask) {
            tree.members.push_back(v);
            return;
        }
        if (trace_parts(tree, mask, layer, i)) {
            return;
        }
        const auto next = graph_.neighbours(v);
        const auto tie = graph_.lengths(v);
        for (std::size_t e = 0; e < next.size(); ++e) {
            const auto u = static_cast<std::uint32_t>(index_of(next[e]));
            const std::uint32_t j = place_[u];
            if (j != none_kept && row(index)[j] + tie[e] * scale == value) {
                tree.ties.push_back(tie_of(v, u, false));
                trace(tree, mask, layer, j);
                return;
            }
        }
        for (const std::uint32_t j : finite_[index]) {
            if (row(index)[j] + jump == value) {
                tree.ties.push_back(tie_of(v, kept_[j], true));
                trace(tree, mask, layer, j);
                return;
            }
        }
        assert(false && "a state without a cause");
    }

    bool trace_parts(SteinerTree& tree, Mask mask, std::uint32_t layer, std::uint32_t i) const {
        const Value value = row(row_index(mask, layer))[i];
        const Mask low = mask & (~mask + 1);
        for (Mask part = (mask - 1) & mask; part != 0; part = (part - 1) & mask) {
            if ((part & low) == 0) {
                continue;
            }
            const std::uint32_t cuts = layers_ == 1 ? 1 : layer;
            for (std::uint32_t first = 0; first < cuts; ++first) {
                const std::uint32_t second = layers_ == 1 ? 0 : layer - 1 - first;
                if (row(row_index(part, first))[i] + row(row_index(mask ^ part, second))[i] == value) {
                    trace(tree, part, first, i);
                    trace(tree, mask ^ part, second, i);
                    return true;
                }
            }
        }
        return false;
    }

    static constexpr std::uint32_t none_kept = std::numeric_limits<std::uint32_t>::max();

    const LengthGraph& graph_;
    const std::vector<std::vector<std::uint32_t>>& groups_;
    const SteinerOptions& options_;
    const Execution& execution_;
    Mask full_ = 0;
    std::uint32_t layers_ = 1;
    std::vector<Mask> holds_;                    ///< per vertex: groups it is in
    std::vector<std::uint8_t> in_one_part_;      ///< per group
    std::vector<std::vector<Length>> to_group_;  ///< per group and vertex
    Length half_ = 0;        ///< of the longest tree of use: beyond it no state has to grow
    Length two_thirds_ = 0;  ///< beyond it no two states have to be joined before the end
    Value bound_ = unknown;  ///< no tree of a higher rank is of use
    std::optional<SteinerTree> first_;
    std::vector<std::uint32_t> kept_, place_;
    std::vector<Value> table_;
    std::vector<std::vector<std::uint32_t>> finite_;  ///< per row: where it is known, ascending
};

}  // namespace

SteinerAnswer group_steiner(const LengthGraph& graph, const std::vector<std::vector<std::uint32_t>>& groups,
                            const SteinerOptions& options, const Execution& execution) {
    return Solver(graph, groups, options, execution).solve();
}

}  // namespace maillage::consortium

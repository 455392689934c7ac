#include "algorithms/segregation/bridging.hpp"

#include "engine/csr_graph.hpp"
#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/segregation/bubble_walks.hpp"
#include "algorithms/segregation/controversy_walks.hpp"
#include "algorithms/segregation/near_reach.hpp"
#include "algorithms/structure/graph_shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <queue>
#include <string>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t most_ends = 3000;
constexpr std::size_t rows_per_chunk = 16;
constexpr std::size_t pairs_per_chunk = 1U << 14U;
constexpr std::size_t most_strong = 100'000;
/// Above this many actors nobody counts whom all can reach: a bit for every pair.
constexpr std::size_t most_for_reach = 10'000;
/// Above this many, path lengths are those from some actors.
constexpr std::size_t most_for_paths = 3000;
constexpr std::size_t path_sources = 256;
/// An effect below this is rounding.
constexpr double least_effect = 1e-12;

struct Candidate {
    std::uint32_t a = 0, b = 0;
    float plausibility = 1.0F, cost = 1.0F;
    [[nodiscard]] double weight() const noexcept {
        return static_cast<double>(plausibility) / static_cast<double>(cost);
    }
    [[nodiscard]] VertexId first() const noexcept { return VertexId{a}; }
    [[nodiscard]] VertexId second() const noexcept { return VertexId{b}; }
};

/// The objective on the network with the ties chosen so far.
class Figure {
public:
    Figure() = default;
    Figure(const Figure&) = delete;
    Figure& operator=(const Figure&) = delete;
    virtual ~Figure() = default;

    [[nodiscard]] virtual bool may_end_at(VertexId v) const = 0;
    /// What a tie at v could do at most, for choosing among too many ends.
    [[nodiscard]] virtual double promise(VertexId v) const = 0;
    /// Effect of a tie in each grouping: exact.
    virtual void effects(VertexId a, VertexId b, std::vector<double>& by_attribute) = 0;
    virtual void add(VertexId a, VertexId b) = 0;
};

double mean_of(const std::vector<double>& items) {
    double sum = 0.0;
    for (const double item : items) {
        sum += item;
    }
    return items.empty() ? 0.0 : sum / static_cast<double>(items.size());
}

class BubbleFigure final : public Figure {
public:
    BubbleFigure(const BridgingInput& input, const BridgingOptions& options) {
        for (const GroupLabels& labels : input.groupings) {
            walks_.push_back(
                std::make_unique<BubbleWalks>(input.ties, labels, options.steps, options.isolates));
            gains_.emplace_back(input.ties.vertex_count(), 0.0);
            versions_.emplace_back(input.ties.vertex_count(), never);
        }
    }
    [[nodiscard]] bool may_end_at(VertexId v) const override {
        return std::all_of(walks_.begin(), walks_.end(), [v](const auto& w) { return w->counts(v); });
    }
    [[nodiscard]] double promise(VertexId v) const override {
        double sum = 0.0;
        for (const auto& w : walks_) {
            sum += w->end_bound(v) / scale(*w);
        }
        return sum;
    }
    void effects(VertexId a, VertexId b, std::vector<double>& by_attribute) override {
        by_attribute.clear();
        for (std::size_t i = 0; i < walks_.size(); ++i) {
            BubbleWalks& w = *walks_[i];
            by_attribute.push_back(
                (w.entangled(a, b) ? w.pair_gain(a, b, scratch_) : gains_of(i, a) + gains_of(i, b)) /
                scale(w));
        }
    }
    void add(VertexId a, VertexId b) override {
        for (const auto& w : walks_) {
            w->add(a, b);
        }
    }

    /// All single ends, side by side.
    void weigh_ends(const std::vector<VertexId>& ends, const Execution& execution) {
        std::vector<BubbleWalks::Scratch> scratch(std::max<std::uint32_t>(1, execution.threads));
        for_chunks(ends.size(), rows_per_chunk, execution, "bridges",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                       for (std::size_t k = begin; k < end; ++k) {
                           for (std::size_t i = 0; i < walks_.size(); ++i) {
                               gains_[i][index_of(ends[k])] = walks_[i]->end_gain(ends[k], scratch[worker]);
                               versions_[i][index_of(ends[k])] = walks_[i]->version(ends[k]);
                           }
                       }
                   });
    }
    /// At least the mean effect of a tie, from what is known of its ends.
    [[nodiscard]] double bound(VertexId a, VertexId b) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < walks_.size(); ++i) {
            sum += (gains_[i][index_of(a)] + gains_[i][index_of(b)]) / scale(*walks_[i]);
        }
        return sum / static_cast<double>(walks_.size());
    }
    /// The bound is the effect.
    [[nodiscard]] bool sharp(VertexId a, VertexId b) const {
        for (std::size_t i = 0; i < walks_.size(); ++i) {
            if (walks_[i]->entangled(a, b) || !fresh(i, a) || !fresh(i, b)) {
                return false;
            }
        }
        return true;
    }
    void refresh(VertexId v) {
        for (std::size_t i = 0; i < walks_.size(); ++i) {
            static_cast<void>(gains_of(i, v));
        }
    }

private:
    static constexpr std::uint32_t never = ~std::uint32_t{0};
    [[nodiscard]] static double scale(const BubbleWalks& w) {
        return std::max(1.0, static_cast<double>(w.counted()));
    }
    [[nodiscard]] bool fresh(std::size_t i, VertexId v) const {
        return versions_[i][index_of(v)] == walks_[i]->version(v);
    }
    double gains_of(std::size_t i, VertexId v) {
        if (!fresh(i, v)) {
            gains_[i][index_of(v)] = walks_[i]->end_gain(v, scratch_);
            versions_[i][index_of(v)] = walks_[i]->version(v);
        }
        return gains_[i][index_of(v)];
    }

    std::vector<std::unique_ptr<BubbleWalks>> walks_;
    std::vector<std::vector<double>> gains_;  ///< per grouping and vertex, of some version
    std::vector<std::vector<std::uint32_t>> versions_;
    BubbleWalks::Scratch scratch_;
};

/// Objectives whose effects are read off quickly and may grow.
class DirectFigure : public Figure {
public:
    [[nodiscard]] virtual double effect(VertexId a, VertexId b) const = 0;
    /// Vertices such that every pair whose effect changed by the last tie has one of them; empty: all.
    [[nodiscard]] virtual std::vector<VertexId> touched() const = 0;
};

class ControversyFigure final : public DirectFigure {
public:
    ControversyFigure(const BridgingInput& input, const BridgingOptions& options) {
        for (const GroupLabels& labels : input.groupings) {
            walks_.push_back(std::make_unique<ControversyWalks>(input.ties, labels, options.end_points));
        }
        for (const VertexId v : input.ties.vertices()) {
            degree_.push_back(static_cast<double>(input.ties.degree(v)));
        }
    }
    [[nodiscard]] bool may_end_at(VertexId v) const override {
        return std::all_of(walks_.begin(), walks_.end(), [v](const auto& w) { return w->takes_part(v); });
    }
    [[nodiscard]] double promise(VertexId v) const override { return degree_[index_of(v)]; }
    [[nodiscard]] double effect(VertexId a, VertexId b) const override {
        double sum = 0.0;
        for (const auto& w : walks_) {
            sum += w->gain(a, b);
        }
        return sum / static_cast<double>(walks_.size());
    }
    void effects(VertexId a, VertexId b, std::vector<double>& by_attribute) override {
        by_attribute.clear();
        for (const auto& w : walks_) {
            by_attribute.push_back(w->gain(a, b));
        }
    }
    [[nodiscard]] std::vector<VertexId> touched() const override { return {}; }
    void add(VertexId a, VertexId b) override {
        for (const auto& w : walks_) {
            w->add(a, b);
        }
    }

private:
    std::vector<std::unique_ptr<ControversyWalks>> walks_;
    std::vector<double> degree_;
};

class ReachFigure final : public DirectFigure {
public:
    ReachFigure(const BridgingInput& input, const BridgingOptions& options) {
        for (const GroupLabels& labels : input.groupings) {
            near_.push_back(std::make_unique<NearReach>(input.ties, labels));
            const BubbleWalks walks(input.ties, labels, 1, options.isolates);
            counted_.push_back(std::max(1.0, static_cast<double>(walks.counted())));
            for (const VertexId v : input.ties.vertices()) {
                if (counts_.size() <= index_of(v)) {
                    counts_.push_back(1);
                }
                counts_[index_of(v)] = counts_[index_of(v)] != 0 && walks.counts(v) ? 1 : 0;
            }
        }
    }
    [[nodiscard]] bool may_end_at(VertexId v) const override { return counts_[index_of(v)] != 0; }
    [[nodiscard]] double promise(VertexId v) const override {
        return static_cast<double>(near_.front()->partners(v).size());
    }
    [[nodiscard]] double effect(VertexId a, VertexId b) const override {
        double sum = 0.0;
        for (std::size_t i = 0; i < near_.size(); ++i) {
            sum += 2.0 * static_cast<double>(near_[i]->gain(a, b)) / counted_[i];
        }
        return sum / static_cast<double>(near_.size());
    }
    void effects(VertexId a, VertexId b, std::vector<double>& by_attribute) override {
        by_attribute.clear();
        for (std::size_t i = 0; i < near_.size(); ++i) {
            by_attribute.push_back(2.0 * static_cast<double>(near_[i]->gain(a, b)) / counted_[i]);
        }
    }
    /// Near pairs changed between an end and the partners of the other, so effects changed where one of these is an end.
    [[nodiscard]] std::vector<VertexId> touched() const override { return touched_; }
    void add(VertexId a, VertexId b) override {
        touched_ = {a, b};
        for (const VertexId end : {a, b}) {
            const auto& row = near_.front()->partners(end);
            touched_.insert(touched_.end(), row.begin(), row.end());
        }
        std::sort(touched_.begin(), touched_.end());
        touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
        for (const auto& n : near_) {
            n->add(a, b);
        }
    }

private:
    std::vector<std::unique_ptr<NearReach>> near_;
    std::vector<double> counted_;
    std::vector<std::uint8_t> counts_;
    std::vector<VertexId> touched_;
};

/// Ties as they are plus those chosen, for the figures after.
CsrGraph with_ties(GraphView g, const std::vector<Bridge>& bridges) {
    std::vector<Tie> ties;
    ties.reserve(g.edge_count() + bridges.size());
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u) {
                ties.push_back({v, u, 1.0});
            }
        }
    }
    for (const Bridge& bridge : bridges) {
        ties.push_back({bridge.a, bridge.b, 1.0});
    }
    return CsrGraph::from_ties(g.vertex_count(), ties);
}

TieCounts count_ties(GraphView g, const GroupLabels& labels, std::vector<GroupFigure>& groups) {
    TieCounts all;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            const auto own = labels.of(v);
            const auto other = labels.of(u);
            if (own.empty() || other.empty()) {
                continue;
            }
            const bool inside = share_a_group(own, other);
            if (v < u) {
                ++(inside ? all.internal : all.external);
            }
            for (const GroupId group : own) {
                TieCounts& of_group = groups[index_of(group)].ties;
                // a tie to an actor of the same group is met twice, one across once
                if (std::find(other.begin(), other.end(), group) == other.end()) {
                    ++of_group.external;
                } else if (v < u) {
                    ++of_group.internal;
                }
            }
        }
    }
    return all;
}

/// Lengths of shortest ways from some actors to all.
struct PathLengths {
    double sum = 0.0;
    double pairs = 0.0;
};
PathLengths path_lengths(GraphView g, std::size_t sources, const Execution& execution) {
    const std::size_t n = g.vertex_count();
    std::vector<PathLengths> parts((sources + rows_per_chunk - 1) / rows_per_chunk);
    for_chunks(sources, rows_per_chunk, execution, "distances",
               [&](std::size_t chunk, std::size_t begin, std::size_t end, std::size_t) {
                   std::vector<std::uint32_t> distance(n);
                   std::vector<std::uint32_t> queue;
                   for (std::size_t i = begin; i < end; ++i) {
                       const auto source = static_cast<std::uint32_t>(sources == n ? i : i * n / sources);
                       constexpr std::uint32_t unmet = ~std::uint32_t{0};
                       distance.assign(n, unmet);
                       distance[source] = 0;
                       queue.assign(1, source);
                       for (std::size_t next = 0; next < queue.size(); ++next) {
                           const std::uint32_t v = queue[next];
                           parts[chunk].sum += distance[v];
                           for (const VertexId u : g.neighbours(VertexId{v})) {
                               if (distance[index_of(u)] == unmet) {
                                   distance[index_of(u)] = distance[v] + 1;
                                   queue.push_back(static_cast<std::uint32_t>(u));
                               }
                           }
                       }
                       parts[chunk].pairs += static_cast<double>(queue.size() - 1);
                   }
               });
    PathLengths all;
    for (const PathLengths& part : parts) {
        all.sum += part.sum;
        all.pairs += part.pairs;
    }
    return all;
}

void shape(GraphView g, const Execution& execution, NetworkFigures& figures) {
    figures.ties = g.edge_count();
    const Partition parts = connected_components(g);
    for (const CommunityId c : parts.ids()) {
        const auto size = static_cast<std::uint64_t>(parts.size(c));
        figures.isolates += size == 1 ? 1U : 0U;
        figures.components += size > 1 ? 1U : 0U;
        figures.largest = std::max<std::size_t>(figures.largest, size);
        figures.joined_pairs += size * (size - 1) / 2;
    }
    const std::size_t n = g.vertex_count();
    figures.path_lengths_exact = n <= most_for_paths;
    const PathLengths lengths = path_lengths(g, figures.path_lengths_exact ? n : path_sources, execution);
    if (lengths.pairs > 0.0) {
        figures.mean_path_length = lengths.sum / lengths.pairs;
    }
}

AttributeFigures attribute_figures(GraphView g, GraphView ranked_by, const GroupLabels& labels,
                                   const BridgingOptions& options) {
    AttributeFigures figures;
    const std::vector<std::size_t> sizes = labels.sizes();
    figures.groups.resize(sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        figures.groups[i].size = sizes[i];
        figures.groups[i].controversy = Measured::undefined(why_not_computed);
    }
    figures.ties = count_ties(g, labels, figures.groups);
    const BubbleWalks walks(g, labels, options.steps, options.isolates);
    figures.counted = walks.counted();
    figures.bubble = walks.mean();
    const auto by_group = walks.by_group();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        figures.groups[i].bubble = by_group[i];
    }
    if (g.vertex_count() <= most_for_reach) {
        const NearReach near(g, labels);
        if (figures.counted > 0) {
            figures.reach = 2.0 * static_cast<double>(near.pairs()) / static_cast<double>(figures.counted);
        }
        const auto pairs = near.by_group();
        std::vector<double> members(sizes.size(), 0.0);
        for (const VertexId v : g.vertices()) {
            if (walks.counts(v)) {
                for (const GroupId group : labels.of(v)) {
                    members[index_of(group)] += 1.0;
                }
            }
        }
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (members[i] > 0.0) {
                figures.groups[i].reach = static_cast<double>(pairs[i]) / members[i];
            }
        }
    }
    figures.controversy = Measured::undefined(why_not_computed);
    if (options.objective == BridgeObjective::controversy) {
        const ControversyWalks controversy(g, labels, options.end_points, ranked_by);
        figures.controversy = controversy.value();
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            figures.groups[i].controversy = controversy.by_group()[i];
        }
    }
    return figures;
}

std::optional<double> objective_of(const AttributeFigures& figures, BridgeObjective objective) {
    switch (objective) {
        case BridgeObjective::bubble:
            return figures.bubble;
        case BridgeObjective::controversy:
            return figures.controversy.value;
        case BridgeObjective::reach:
            return figures.reach;
    }
    return std::nullopt;
}

/// End points of the controversy are the best linked of `ranked_by`.
NetworkFigures figures_of(GraphView g, GraphView ranked_by, std::span<const GroupLabels> groupings,
                          const BridgingOptions& options, const Execution& execution) {
    NetworkFigures figures;
    double sum = 0.0;
    bool all = !groupings.empty();
    for (const GroupLabels& labels : groupings) {
        figures.attributes.push_back(attribute_figures(g, ranked_by, labels, options));
        const std::optional<double> value = objective_of(figures.attributes.back(), options.objective);
        all = all && value;
        sum += value.value_or(0.0);
    }
    if (all) {
        figures.objective = sum / static_cast<double>(groupings.size());
    }
    shape(g, execution, figures);
    return figures;
}

class Search {
public:
    Search(const BridgingInput& input, const BridgingOptions& options, const Execution& execution)
        : input_(input), options_(options), execution_(execution) {}

    Bridging run() {
        result_.before = network_figures(input_.ties, input_.groupings, options_, execution_);
        objective_ = result_.before.objective.value_or(0.0);
        for (const AttributeFigures& figures : result_.before.attributes) {
            ties_.push_back(figures.ties);
        }
        if (result_.before.objective) {
            if (options_.objective == BridgeObjective::bubble) {
                BubbleFigure figure(input_, options_);
                choose_ends(figure);
                figure.weigh_ends(ends_, execution_);
                list_candidates();
                list_strongest([&](const Candidate& c) { return figure.bound(c.first(), c.second()); });
                lazy_greedy(figure);
            } else {
                const std::unique_ptr<DirectFigure> figure = direct_figure();
                choose_ends(*figure);
                list_candidates();
                direct_greedy(*figure);
            }
        } else {
            result_.end = BridgingEnd::no_pairs;
        }
        if (result_.bridges.empty()) {
            result_.after = result_.before;
        } else {
            const CsrGraph bridged = with_ties(input_.ties, result_.bridges);
            result_.after = figures_of(bridged, input_.ties, input_.groupings, options_, execution_);
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] std::unique_ptr<DirectFigure> direct_figure() const {
        if (options_.objective == BridgeObjective::controversy) {
            return std::make_unique<ControversyFigure>(input_, options_);
        }
        return std::make_unique<ReachFigure>(input_, options_);
    }

    void choose_ends(const Figure& figure) {
        for (const VertexId v : input_.ties.vertices()) {
            if (figure.may_end_at(v)) {
                ends_.push_back(v);
            }
        }
        result_.ends = ends_.size();
        if (ends_.size() > most_ends) {
            std::vector<double> promise(input_.ties.vertex_count(), 0.0);
            for (const VertexId v : ends_) {
                promise[index_of(v)] = score_key(figure.promise(v));
            }
            std::stable_sort(ends_.begin(), ends_.end(), [&](VertexId x, VertexId y) {
                return promise[index_of(x)] > promise[index_of(y)];
            });
            ends_.resize(most_ends);
            std::sort(ends_.begin(), ends_.end());
        }
        result_.ends_looked_at = ends_.size();
    }

    [[nodiscard]] bool crosses(VertexId a, VertexId b) const {
        return std::none_of(input_.groupings.begin(), input_.groupings.end(), [&](const GroupLabels& labels) {
            return share_a_group(labels.of(a), labels.of(b));
        });
    }

    void list_candidates() {
        const GraphView links = input_.links.vertex_count() == 0 ? input_.ties : input_.links;
        std::vector<std::vector<Candidate>> rows((ends_.size() + rows_per_chunk - 1) / rows_per_chunk);
        std::vector<std::size_t> implausible(rows.size(), 0);
        for_chunks(ends_.size(), rows_per_chunk, execution_, "pairs",
                   [&](std::size_t chunk, std::size_t begin, std::size_t end, std::size_t worker) {
                       std::vector<VertexId> others;
                       std::vector<PairWorth> worth;
                       for (std::size_t i = begin; i < end; ++i) {
                           const VertexId a = ends_[i];
                           others.clear();
                           for (std::size_t j = i + 1; j < ends_.size(); ++j) {
                               const VertexId b = ends_[j];
                               if (crosses(a, b) && !links.adjacent(a, b) && !input_.ties.adjacent(a, b)) {
                                   others.push_back(b);
                               }
                           }
                           worth.assign(others.size(), PairWorth{});
                           if (input_.judge && !others.empty()) {
                               input_.judge(a, others, worth, worker);
                           }
                           for (std::size_t k = 0; k < others.size(); ++k) {
                               if (!(worth[k].plausibility > 0.0) || !(worth[k].cost > 0.0)) {
                                   ++implausible[chunk];
                                   continue;
                               }
                               rows[chunk].push_back({static_cast<std::uint32_t>(a),
                                                      static_cast<std::uint32_t>(others[k]),
                                                      static_cast<float>(worth[k].plausibility),
                                                      static_cast<float>(worth[k].cost)});
                           }
                       }
                   });
        std::size_t count = 0;
        for (std::size_t chunk = 0; chunk < rows.size(); ++chunk) {
            count += rows[chunk].size();
            result_.implausible += implausible[chunk];
        }
        candidates_.reserve(count);
        for (std::vector<Candidate>& row : rows) {
            candidates_.insert(candidates_.end(), row.begin(), row.end());
            row = {};
        }
        result_.candidates = candidates_.size();
    }

    /// The highest twentieth by effect alone.
    template <class Effect>
    void list_strongest(const Effect& effect_of) {
        const std::size_t kept = std::min(most_strong, (candidates_.size() + 19) / 20);
        std::vector<std::pair<double, std::uint32_t>> all;
        all.reserve(candidates_.size());
        for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
            all.emplace_back(-score_key(effect_of(candidates_[i])), i);
        }
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
        for (std::size_t i = 0; i < kept; ++i) {
            const Candidate& c = candidates_[all[i].second];
            result_.strongest.push_back({c.first(), c.second(), effect_of(c)});
        }
    }

    /// True when the ties suffice.
    [[nodiscard]] bool done() {
        if (!options_.target) {
            return result_.bridges.size() >= options_.top;
        }
        const bool up = options_.objective == BridgeObjective::reach;
        result_.target_met =
            up ? objective_ >= *options_.target - 1e-12 : objective_ <= *options_.target + 1e-12;
        if (!result_.target_met && result_.bridges.size() >= options_.most) {
            result_.end = BridgingEnd::most;
            return true;
        }
        return result_.target_met;
    }

    void take(Figure& figure, const Candidate& c) {
        Bridge bridge;
        bridge.a = c.first();
        bridge.b = c.second();
        bridge.rank = static_cast<std::uint32_t>(result_.bridges.size() + 1);
        figure.effects(bridge.a, bridge.b, bridge.by_attribute);
        bridge.effect = mean_of(bridge.by_attribute);
        bridge.worth = {static_cast<double>(c.plausibility), static_cast<double>(c.cost)};
        bridge.value = bridge.effect * c.weight();
        objective_ += options_.objective == BridgeObjective::reach ? bridge.effect : -bridge.effect;
        bridge.objective = objective_;
        for (TieCounts& ties : ties_) {
            ++ties.external;
        }
        bridge.ties = ties_;
        figure.add(bridge.a, bridge.b);
        result_.bridges.push_back(std::move(bridge));
        const std::size_t wanted = options_.target ? options_.most : options_.top;
        execution_.report("bridges",
                          static_cast<double>(result_.bridges.size()) / static_cast<double>(wanted));
    }

    struct Entry {
        double key = 0.0;  ///< score_key of the value, or of a bound
        std::uint32_t candidate = 0;
        std::uint32_t exact_in = 0;  ///< round in which the key was the value itself; counts from 1
        [[nodiscard]] bool operator<(const Entry& other) const noexcept {
            return key != other.key ? key < other.key : candidate > other.candidate;
        }
    };

    void lazy_greedy(BubbleFigure& figure) {
        std::vector<Entry> entries;
        entries.reserve(candidates_.size());
        for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
            const Candidate& c = candidates_[i];
            entries.push_back({score_key(figure.bound(c.first(), c.second()) * c.weight()), i, 0});
        }
        std::priority_queue<Entry> queue(std::less<Entry>(), std::move(entries));
        result_.end = BridgingEnd::found;
        for (std::uint32_t round = 1; !done(); ++round) {
            const std::optional<Entry> best = next(figure, queue, round);
            if (!best || !(best->key > 0.0)) {
                result_.end = best ? BridgingEnd::no_effect : BridgingEnd::no_pairs;
                break;
            }
            take(figure, candidates_[best->candidate]);
        }
    }

    /// The first whose key is its value and not only a bound.
    std::optional<Entry> next(BubbleFigure& figure, std::priority_queue<Entry>& queue, std::uint32_t round) {
        std::vector<double> parts;
        while (!queue.empty()) {
            Entry top = queue.top();
            queue.pop();
            if (top.exact_in == round) {
                return top;
            }
            const Candidate& c = candidates_[top.candidate];
            figure.refresh(c.first());
            figure.refresh(c.second());
            double effect = figure.bound(c.first(), c.second());
            if (!figure.sharp(c.first(), c.second())) {
                figure.effects(c.first(), c.second(), parts);
                effect = mean_of(parts);
            }
            top = {score_key(effect * c.weight()), top.candidate, round};
            if (queue.empty() || !(top < queue.top())) {
                return top;
            }
            queue.push(top);
        }
        return std::nullopt;
    }

    void direct_greedy(DirectFigure& figure) {
        std::vector<double> effects(candidates_.size(), 0.0);
        weigh(figure, nullptr, effects);
        list_strongest_of(effects);
        std::vector<std::uint8_t> used(candidates_.size(), 0);
        std::vector<std::uint8_t> touched(input_.ties.vertex_count(), 0);
        result_.end = BridgingEnd::found;
        while (!done()) {
            const std::optional<std::size_t> best = best_of(effects, used);
            if (!best) {
                result_.end = std::find(used.begin(), used.end(), 0) == used.end() ? BridgingEnd::no_pairs
                                                                                   : BridgingEnd::no_effect;
                break;
            }
            used[*best] = 1;
            take(figure, candidates_[*best]);
            const std::vector<VertexId> changed = figure.touched();
            for (const VertexId v : changed) {
                touched[index_of(v)] = 1;
            }
            weigh(figure, changed.empty() ? nullptr : &touched, effects);
            for (const VertexId v : changed) {
                touched[index_of(v)] = 0;
            }
        }
    }

    void list_strongest_of(const std::vector<double>& effects) {
        list_strongest(
            [&](const Candidate& c) { return effects[static_cast<std::size_t>(&c - candidates_.data())]; });
    }

    void weigh(const DirectFigure& figure, const std::vector<std::uint8_t>* touched,
               std::vector<double>& effects) const {
        for_chunks(candidates_.size(), pairs_per_chunk, Execution{execution_.threads, {}}, "bridges",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                       for (std::size_t i = begin; i < end; ++i) {
                           const Candidate& c = candidates_[i];
                           if (touched == nullptr || (*touched)[c.a] != 0 || (*touched)[c.b] != 0) {
                               effects[i] = figure.effect(c.first(), c.second());
                           }
                       }
                   });
    }

    [[nodiscard]] std::optional<std::size_t> best_of(const std::vector<double>& effects,
                                                     const std::vector<std::uint8_t>& used) const {
        std::optional<std::size_t> best;
        double best_key = 0.0;
        for (std::size_t i = 0; i < effects.size(); ++i) {
            if (used[i] == 0 && effects[i] > least_effect) {
                const double key = score_key(effects[i] * candidates_[i].weight());
                if (key > best_key) {
                    best = i;
                    best_key = key;
                }
            }
        }
        return best;
    }

    const BridgingInput& input_;
    const BridgingOptions& options_;
    const Execution& execution_;
    Bridging result_;
    double objective_ = 0.0;
    std::vector<TieCounts> ties_;
    std::vector<VertexId> ends_;
    std::vector<Candidate> candidates_;  ///< by a, then b
};

}  // namespace

std::string_view to_code(BridgeObjective objective) noexcept {
    constexpr std::array<std::string_view, 3> codes = {"bubble", "controversy", "reach"};
    return codes[static_cast<std::size_t>(objective)];
}

std::string_view to_code(BridgingEnd end) noexcept {
    constexpr std::array<std::string_view, 4> codes = {"found", "no_pairs", "no_effect", "most"};
    return codes[static_cast<std::size_t>(end)];
}

void validate(const BridgingOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    if (options.steps == 0 || options.steps > 100) {
        throw OptionError("steps", "must be between 1 and 100");
    }
    if (options.end_points == 0) {
        throw OptionError("end-points", "must be at least 1");
    }
    if (options.most == 0) {
        throw OptionError("most", "must be at least 1");
    }
    if (options.target && !std::isfinite(*options.target)) {
        throw OptionError("target", "must be a finite number");
    }
}

NetworkFigures network_figures(GraphView g, std::span<const GroupLabels> groupings,
                               const BridgingOptions& options, const Execution& execution) {
    return figures_of(g, g, groupings, options, execution);
}

Bridging bridging(const BridgingInput& input, const BridgingOptions& options, const Execution& execution) {
    validate(options);
    if (input.groupings.empty()) {
        throw OptionError("by", "at least one attribute is needed");
    }
    for (const GroupLabels& labels : input.groupings) {
        if (labels.vertex_count() != input.ties.vertex_count()) {
            throw Error("bridging: " + std::to_string(labels.vertex_count()) + " labels for " +
                        std::to_string(input.ties.vertex_count()) + " vertices");
        }
    }
    if (options.objective == BridgeObjective::reach && input.ties.vertex_count() > most_for_reach) {
        throw OptionError("objective", "reach keeps a bit for every pair and serves up to " +
                                           std::to_string(most_for_reach) + " actors, here are " +
                                           std::to_string(input.ties.vertex_count()) +
                                           ": use --objective bubble");
    }
    return Search(input, options, execution).run();
}

std::optional<std::uint64_t> ties_to_ei(std::uint64_t external, std::uint64_t internal, double target) {
    const auto e = static_cast<double>(external);
    const auto i = static_cast<double>(internal);
    if (e + i > 0.0 && e - i >= target * (e + i)) {
        return 0;
    }
    if (target >= 1.0) {
        return internal > 0 ? std::nullopt : std::optional<std::uint64_t>(external > 0 ? 0 : 1);
    }
    // the quotient may be whole and carry rounding
    const double needed = (target * (e + i) - (e - i)) / (1.0 - target);
    return static_cast<std::uint64_t>(std::max(1.0, std::ceil(needed - 1e-9 * std::max(1.0, needed))));
}

}  // namespace maillage

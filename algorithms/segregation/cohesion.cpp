#include "algorithms/segregation/cohesion.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace maillage {
namespace {

constexpr std::uint32_t unseen = ~std::uint32_t{0};

std::uint64_t pairs_of(std::uint64_t n) noexcept {
    return n < 2 ? 0 : n * (n - 1) / 2;
}

/// One depth-first search: order of discovery, parent, lowest discovery that the tree below reaches, size below.
struct Tree {
    std::vector<std::uint32_t> discovered, parent, low, below, root;
    std::vector<std::uint32_t> order;           ///< vertices as discovered
    std::vector<std::uint32_t> component_size;  ///< of the tree, at its root

    explicit Tree(GraphView g)
        : discovered(g.vertex_count(), unseen),
          parent(g.vertex_count(), unseen),
          low(g.vertex_count(), 0),
          below(g.vertex_count(), 1),
          root(g.vertex_count(), 0),
          component_size(g.vertex_count(), 0) {
        std::vector<std::uint64_t> next(g.vertex_count());
        for (std::size_t v = 0; v < next.size(); ++v) {
            next[v] = g.offsets()[v];
        }
        std::vector<std::uint32_t> path;
        for (std::uint32_t seed = 0; seed < g.vertex_count(); ++seed) {
            if (discovered[seed] != unseen) {
                continue;
            }
            visit(seed, seed);
            path.assign(1, seed);
            while (!path.empty()) {
                const std::uint32_t v = path.back();
                if (next[v] == g.offsets()[v + 1]) {
                    path.pop_back();
                    if (!path.empty()) {
                        low[path.back()] = std::min(low[path.back()], low[v]);
                        below[path.back()] += below[v];
                    }
                    continue;
                }
                const auto u = static_cast<std::uint32_t>(g.targets()[next[v]++]);
                if (discovered[u] == unseen) {
                    parent[u] = v;
                    visit(u, seed);
                    path.push_back(u);
                } else if (u != parent[v]) {
                    low[v] = std::min(low[v], discovered[u]);
                }
            }
            component_size[seed] = below[seed];
        }
    }

private:
    void visit(std::uint32_t v, std::uint32_t seed) {
        discovered[v] = static_cast<std::uint32_t>(order.size());
        low[v] = discovered[v];
        root[v] = seed;
        order.push_back(v);
    }
};

/// Parts of a component and the pairs that a loss would part.
Loss loss_of(const std::vector<std::size_t>& parts) {
    Loss loss;
    std::size_t all = 0;
    std::size_t largest = 0;
    std::uint64_t joined = 0;
    for (const std::size_t part : parts) {
        all += part;
        largest = std::max(largest, part);
        joined += pairs_of(part);
    }
    loss.more_components = parts.empty() ? 0 : parts.size() - 1;
    loss.cut_off = all - largest;
    loss.pairs = pairs_of(all) - joined;
    return loss;
}

template <class Item>
bool worse(const Item& x, const Item& y) {
    return x.loss.pairs != y.loss.pairs ? x.loss.pairs > y.loss.pairs : x.loss.cut_off > y.loss.cut_off;
}

struct Counts {
    double external = 0.0, internal = 0.0;
};

class Weigher {
public:
    Weigher(GraphView g, std::span<const GroupLabels> groupings)
        : g_(g), groupings_(groupings), part_(g.vertex_count(), unseen) {
        for (const GroupLabels& labels : groupings) {
            Counts all;
            for (const VertexId v : g.vertices()) {
                for (const VertexId u : g.neighbours(v)) {
                    if (v < u) {
                        count(labels, v, u, 1.0, all);
                    }
                }
            }
            ties_.push_back(all);
        }
    }

    void weigh(HoldingTie& tie) {
        weigh(tie.loss, tie.a, none<VertexId>, tie.b,
              [&](const GroupLabels& labels, Counts& ties) { count(labels, tie.a, tie.b, -1.0, ties); });
    }
    void weigh(HoldingActor& actor) {
        weigh(actor.loss, none<VertexId>, actor.vertex, none<VertexId>,
              [&](const GroupLabels& labels, Counts& ties) {
                  for (const VertexId u : g_.neighbours(actor.vertex)) {
                      count(labels, actor.vertex, u, -1.0, ties);
                  }
              });
    }

private:
    static void count(const GroupLabels& labels, VertexId v, VertexId u, double by, Counts& ties) {
        const auto own = labels.of(v);
        const auto other = labels.of(u);
        if (!own.empty() && !other.empty()) {
            (share_a_group(own, other) ? ties.internal : ties.external) += by;
        }
    }

    /// Parts without `lost`, or without the tie a-b, then their members of each group.
    template <class TakeAway>
    void weigh(Loss& loss, VertexId a, VertexId lost, VertexId b, const TakeAway& take_away) {
        members_.clear();
        begins_.clear();
        const auto start = [&](VertexId v) {
            if (part_[index_of(v)] == unseen) {
                begins_.push_back(members_.size());
                flood(v, a, b, static_cast<std::uint32_t>(begins_.size() - 1));
            }
        };
        if (lost == none<VertexId>) {
            start(a);
            start(b);
        } else {
            part_[index_of(lost)] = unseen - 1;
            for (const VertexId u : g_.neighbours(lost)) {
                start(u);
            }
        }
        begins_.push_back(members_.size());
        for (std::size_t i = 0; i < groupings_.size(); ++i) {
            const GroupLabels& labels = groupings_[i];
            loss.crossing_pairs.push_back(crossing(labels));
            Counts after = ties_[i];
            loss.ei_before.push_back(ei_index(after.external, after.internal));
            take_away(labels, after);
            loss.ei_after.push_back(ei_index(after.external, after.internal));
        }
        for (const VertexId v : members_) {
            part_[index_of(v)] = unseen;
        }
        if (lost != none<VertexId>) {
            part_[index_of(lost)] = unseen;
        }
    }

    void flood(VertexId from, VertexId a, VertexId b, std::uint32_t part) {
        part_[index_of(from)] = part;
        std::size_t next = members_.size();
        members_.push_back(from);
        for (; next < members_.size(); ++next) {
            const VertexId v = members_[next];
            for (const VertexId u : g_.neighbours(v)) {
                const bool lost_tie = (v == a && u == b) || (v == b && u == a);
                if (!lost_tie && part_[index_of(u)] == unseen) {
                    part_[index_of(u)] = part;
                    members_.push_back(u);
                }
            }
        }
    }

    /// Pairs in different parts that share no group: by sets of groups, which are few.
    [[nodiscard]] std::uint64_t crossing(const GroupLabels& labels) const {
        struct Set {
            std::vector<GroupId> groups;
            std::vector<std::uint64_t> in_part;
        };
        std::vector<Set> sets;
        for (std::size_t part = 0; part + 1 < begins_.size(); ++part) {
            for (std::size_t i = begins_[part]; i < begins_[part + 1]; ++i) {
                const auto own = labels.of(members_[i]);
                if (own.empty()) {
                    continue;
                }
                auto found = std::find_if(sets.begin(), sets.end(), [&](const Set& s) {
                    return std::equal(s.groups.begin(), s.groups.end(), own.begin(), own.end());
                });
                if (found == sets.end()) {
                    sets.push_back(
                        {{own.begin(), own.end()}, std::vector<std::uint64_t>(begins_.size() - 1, 0)});
                    found = std::prev(sets.end());
                }
                ++found->in_part[part];
            }
        }
        std::uint64_t pairs = 0;
        for (std::size_t x = 0; x < sets.size(); ++x) {
            for (std::size_t y = x + 1; y < sets.size(); ++y) {
                if (share_a_group(sets[x].groups, sets[y].groups)) {
                    continue;
                }
                std::uint64_t all_x = 0;
                std::uint64_t all_y = 0;
                std::uint64_t together = 0;
                for (std::size_t part = 0; part + 1 < begins_.size(); ++part) {
                    all_x += sets[x].in_part[part];
                    all_y += sets[y].in_part[part];
                    together += sets[x].in_part[part] * sets[y].in_part[part];
                }
                pairs += all_x * all_y - together;
            }
        }
        return pairs;
    }

    GraphView g_;
    std::span<const GroupLabels> groupings_;
    std::vector<Counts> ties_;
    std::vector<std::uint32_t> part_;
    std::vector<VertexId> members_;
    std::vector<std::size_t> begins_;
};

}  // namespace

Cohesion cohesion(GraphView g, std::span<const GroupLabels> groupings, std::size_t top) {
    for (const GroupLabels& labels : groupings) {
        if (labels.vertex_count() != g.vertex_count()) {
            throw Error("cohesion: " + std::to_string(labels.vertex_count()) + " labels for " +
                        std::to_string(g.vertex_count()) + " vertices");
        }
    }
    const Tree tree(g);
    Cohesion result;
    std::vector<std::vector<std::size_t>> pieces(
        g.vertex_count());  // below a vertex, joined to the rest by it alone
    for (const std::uint32_t v : tree.order) {
        const std::uint32_t parent = tree.parent[v];
        if (parent == unseen) {
            result.joined_pairs += pairs_of(tree.component_size[v]);
            continue;
        }
        const std::size_t size = tree.below[v];
        if (tree.low[v] >= tree.discovered[parent]) {
            pieces[parent].push_back(size);
        }
        if (tree.low[v] > tree.discovered[parent]) {
            const std::size_t rest = tree.component_size[tree.root[v]] - size;
            HoldingTie tie{VertexId{std::min(v, parent)}, VertexId{std::max(v, parent)},
                           v < parent ? size : rest, v < parent ? rest : size, loss_of({size, rest})};
            ++result.bridges;
            result.dangling += size == 1 || rest == 1 ? 1U : 0U;
            result.ties.push_back(std::move(tie));
        }
    }
    for (const VertexId v : g.vertices()) {
        std::vector<std::size_t>& parts = pieces[index_of(v)];
        std::size_t cut = 0;
        for (const std::size_t part : parts) {
            cut += part;
        }
        const std::size_t rest = tree.component_size[tree.root[index_of(v)]] - 1 - cut;
        if (rest > 0) {
            parts.push_back(rest);
        }
        if (parts.size() > 1) {
            std::sort(parts.begin(), parts.end(), std::greater<>());
            ++result.cut_vertices;
            HoldingActor actor{v, std::move(parts), {}};
            actor.loss = loss_of(actor.parts);
            result.actors.push_back(std::move(actor));
        }
    }
    std::sort(result.ties.begin(), result.ties.end(), [](const HoldingTie& x, const HoldingTie& y) {
        return std::pair(x.a, x.b) < std::pair(y.a, y.b);
    });
    std::stable_sort(result.ties.begin(), result.ties.end(), worse<HoldingTie>);
    std::stable_sort(result.actors.begin(), result.actors.end(), worse<HoldingActor>);
    result.ties.resize(std::min(top, result.ties.size()));
    result.actors.resize(std::min(top, result.actors.size()));
    Weigher weigher(g, groupings);
    for (HoldingTie& tie : result.ties) {
        weigher.weigh(tie);
    }
    for (HoldingActor& actor : result.actors) {
        weigher.weigh(actor);
    }
    return result;
}

}  // namespace maillage

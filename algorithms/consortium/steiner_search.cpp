#include "algorithms/consortium/steiner_search.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>
#include <vector>

namespace maillage::consortium {
namespace {

constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t most_groups = 14;

struct Node {
    std::int64_t bound = 0;
    std::size_t number = 0;
    Vertices in, out;
    SteinerTree tree;
    friend bool operator<(const Node& a, const Node& b) noexcept {
        return a.bound != b.bound ? a.bound < b.bound : a.number < b.number;
    }
};

class Search {
public:
    Search(const LengthGraph& graph, const Demands& demands, const SteinerSearchOptions& options,
           const Execution& execution)
        : graph_(graph), demands_(demands), options_(options), execution_(execution) {}

    SteinerSearchAnswer run() {
        if (options_.known) {
            keep(*options_.known);
        }
        open({}, {});
        while (!nodes_.empty()) {
            Node node = std::move(nodes_.extract(nodes_.begin()).value());
            if (node.bound >= best_) {
                break;
            }
            if (stopped()) {
                answer_.complete = false;
                answer_.bound = std::min(node.bound, unsolved_);
                return std::move(answer_);
            }
            if (demands_.met_by(node.tree.members)) {
                keep(node.tree);
                break;  // no other node can be better
            }
            const Vertex v = branch_on(node);
            if (v == nobody) {
                continue;
            }
            open(with(node.in, v), node.out);
            open(node.in, with(node.out, v));
        }
        if (unsolved_ < best_) {
            answer_.complete = false;
            answer_.bound = unsolved_;
        } else {
            answer_.bound = best_;
        }
        return std::move(answer_);
    }

private:
    static constexpr Vertex nobody = std::numeric_limits<Vertex>::max();

    static Vertices with(Vertices list, Vertex v) {
        list.insert(std::lower_bound(list.begin(), list.end(), v), v);
        return list;
    }
    [[nodiscard]] bool stopped() const noexcept {
        return states_ > options_.most_states || answer_.nodes > options_.most_nodes;
    }
    void keep(const SteinerTree& tree) {
        if (tree.rank() < best_) {
            best_ = tree.rank();
            answer_.tree = tree;
        }
    }

    [[nodiscard]] std::vector<std::uint8_t> forbidden(const Vertices& in, const Vertices& out) const {
        std::vector<std::uint8_t> barred(graph_.vertex_count(), 0);
        for (const Vertex v : out) {
            barred[v] = 1;
        }
        for (const auto& [a, b] : demands_.apart) {
            if (contains(in, a)) {
                barred[b] = 1;
            }
            if (contains(in, b)) {
                barred[a] = 1;
            }
        }
        for (const Earlier& e : demands_.earlier) {
            if (count_common(in, e.members) + e.changed >= e.members.size()) {
                for (const Vertex v : e.members) {
                    barred[v] = 1;
                }
            }
        }
        return barred;
    }

    void open(Vertices in, Vertices out) {
        ++answer_.nodes;
        if (demands_.broken_by(in)) {
            return;
        }
        const auto barred = forbidden(in, out);
        if (std::any_of(in.begin(), in.end(),
                        [&](Vertex v) { return std::binary_search(out.begin(), out.end(), v); })) {
            return;
        }
        auto wanted = demands_.still_wanted(in, barred);
        if (std::any_of(wanted.begin(), wanted.end(), [](const Vertices& w) { return w.empty(); })) {
            return;
        }
        // whoever is the last that can bring something is in
        const auto last =
            std::find_if(wanted.begin(), wanted.end(), [](const Vertices& w) { return w.size() == 1; });
        if (last != wanted.end()) {
            --answer_.nodes;
            open(with(std::move(in), last->front()), std::move(out));
            return;
        }
        std::sort(wanted.begin(), wanted.end(), [](const Vertices& a, const Vertices& b) {
            return a.size() != b.size() ? a.size() < b.size() : a < b;
        });
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        // a group that contains another is touched with it
        std::vector<Vertices> groups;
        for (const Vertex v : in) {
            groups.push_back({v});
        }
        for (Vertices& w : wanted) {
            const bool implied = std::any_of(
                groups.begin() + static_cast<std::ptrdiff_t>(in.size()), groups.end(),
                [&](const Vertices& g) { return std::includes(w.begin(), w.end(), g.begin(), g.end()); });
            if (!implied) {
                groups.push_back(std::move(w));
            }
        }
        const bool cut = groups.size() > most_groups;
        if (cut) {
            groups.resize(most_groups);  // a bound all the same
        }
        SteinerOptions options;
        if (best_ != unknown) {
            options.better_than = best_;
        }
        auto answer = group_steiner(graph_, groups, options, execution_);
        states_ += answer.states;
        if (answer.solved && answer.tree && demands_.max_size > 0 &&
            answer.tree->members.size() > demands_.max_size) {
            options.max_members = demands_.max_size;
            auto limited = group_steiner(graph_, groups, options, execution_);
            states_ += limited.states;
            if (limited.solved) {
                answer = std::move(limited);
            }
        }
        if (!answer.solved) {
            // too large for the table: what is farthest apart is a bound
            unsolved_ = std::min(unsolved_, weak_bound(groups));
            return;
        }
        if (!answer.tree) {
            return;
        }
        Node node{answer.tree->rank(), answer_.nodes, std::move(in), std::move(out), std::move(*answer.tree)};
        if (node.bound < best_) {
            nodes_.insert(std::move(node));
        }
    }

    [[nodiscard]] std::int64_t weak_bound(const std::vector<Vertices>& groups) const {
        Length farthest = 0;
        const auto distance = graph_.distances(groups.front());
        for (const Vertices& group : groups) {
            Length nearest = std::numeric_limits<Length>::max();
            for (const Vertex v : group) {
                nearest = std::min(nearest, distance[v]);
            }
            farthest = std::max(farthest, nearest);
        }
        return farthest * SteinerTree::most_members + 1;
    }

    /// A member whose place decides something: one that breaks a rule, else the first that is not fixed, else
    /// the first that could bring what is still wanted.
    [[nodiscard]] Vertex branch_on(const Node& node) const {
        Vertices free;
        std::set_difference(node.tree.members.begin(), node.tree.members.end(), node.in.begin(),
                            node.in.end(), std::back_inserter(free));
        for (const auto& [a, b] : demands_.apart) {
            if (contains(node.tree.members, a) && contains(node.tree.members, b)) {
                return contains(free, a) ? a : b;
            }
        }
        for (const Earlier& e : demands_.earlier) {
            if (count_common(node.tree.members, e.members) + e.changed > e.members.size()) {
                for (const Vertex v : e.members) {
                    if (contains(free, v)) {
                        return v;
                    }
                }
            }
        }
        if (!free.empty()) {
            return free.front();
        }
        const auto wanted = demands_.still_wanted(node.tree.members, forbidden(node.in, node.out));
        for (const Vertices& w : wanted) {
            if (!w.empty()) {
                return w.front();
            }
        }
        return nobody;
    }

    const LengthGraph& graph_;
    const Demands& demands_;
    const SteinerSearchOptions& options_;
    const Execution& execution_;
    std::set<Node> nodes_;
    std::int64_t best_ = unknown;
    std::int64_t unsolved_ = unknown;  ///< bound of nodes that were too large
    std::uint64_t states_ = 0;
    SteinerSearchAnswer answer_;
};

}  // namespace

SteinerSearchAnswer search_trees(const LengthGraph& graph, const Demands& demands,
                                 const SteinerSearchOptions& options, const Execution& execution) {
    return Search(graph, demands, options, execution).run();
}

}  // namespace maillage::consortium

#include "algorithms/meetings/weighted_matching.hpp"

#include <algorithm>
#include <cassert>
#include <deque>
#include <limits>

namespace maillage::meetings {
namespace {

using Node = std::uint32_t;  ///< a vertex, or from n on a blossom

constexpr Node no_node = unmatched;

enum class Label : std::uint8_t { none, outer, inner };

/// An edge between two vertices, seen from the node that holds the first.
struct Edge {
    Node from = no_node;
    Node to = no_node;
    [[nodiscard]] bool there() const noexcept { return from != no_node; }
};

class Blossoms {
public:
    explicit Blossoms(const PairWeights& weights)
        : w_(weights),
          n_(weights.size()),
          room_(n_ + n_ / 2 + 1),
          between_(room_ * room_),
          holder_(room_ * n_, no_node) {
        std::int64_t heaviest = 0;
        for (std::size_t a = 0; a < n_; ++a) {
            for (std::size_t b = 0; b < n_; ++b) {
                if (a != b && w_(a, b) > 0) {
                    between(static_cast<Node>(a), static_cast<Node>(b)) = {static_cast<Node>(a),
                                                                           static_cast<Node>(b)};
                    heaviest = std::max(heaviest, w_(a, b));
                }
            }
        }
        dual_.assign(room_, 0);
        std::fill(dual_.begin(), dual_.begin() + static_cast<std::ptrdiff_t>(n_), heaviest);
        surface_.assign(room_, no_node);
        mate_.assign(room_, {});
        parent_.assign(room_, {});
        tightest_.assign(room_, no_node);
        label_.assign(room_, Label::none);
        visited_.assign(room_, 0);
        children_.resize(room_);
        for (Node v = 0; v < n_; ++v) {
            surface_[v] = v;
            holder(v, v) = v;
        }
        next_free_ = static_cast<Node>(n_);
    }

    Matching solve() {
        while (improve()) {
        }
        Matching result;
        result.mate.assign(n_, unmatched);
        for (Node v = 0; v < n_; ++v) {
            if (mate_[v].there()) {
                result.mate[v] = mate_[v].to;
                if (mate_[v].to < v) {
                    result.weight += w_(v, mate_[v].to);
                }
            }
            result.twice_dual += dual_[v];
        }
        for (Node b = static_cast<Node>(n_); b < next_free_; ++b) {
            if (!children_[b].empty() && dual_[b] > 0) {
                result.twice_dual += dual_[b] * static_cast<std::int64_t>(vertices_of(b) / 2);
            }
        }
        return result;
    }

private:
    Edge& between(Node a, Node b) noexcept { return between_[a * room_ + b]; }
    Node& holder(Node blossom, Node vertex) noexcept { return holder_[blossom * n_ + vertex]; }

    /// Twice what the edge lacks to be tight.
    [[nodiscard]] std::int64_t slack(const Edge& e) const noexcept {
        return dual_[e.from] + dual_[e.to] - 2 * w_(e.from, e.to);
    }
    [[nodiscard]] std::size_t vertices_of(Node x) const {
        if (x < n_) {
            return 1;
        }
        std::size_t count = 0;
        for (const Node c : children_[x]) {
            count += vertices_of(c);
        }
        return count;
    }
    template <class Use>
    void each_vertex(Node x, const Use& use) const {
        if (x < n_) {
            use(x);
            return;
        }
        for (const Node c : children_[x]) {
            each_vertex(c, use);
        }
    }
    void put_under(Node x, Node top) {
        surface_[x] = top;
        if (x >= n_) {
            for (const Node c : children_[x]) {
                put_under(c, top);
            }
        }
    }
    [[nodiscard]] bool on_surface(Node x) const noexcept { return surface_[x] == x; }

    void consider(Node u, Node top) {
        const Edge& e = between(u, top);
        if (!e.there()) {
            return;
        }
        if (tightest_[top] == no_node || slack(e) < slack(between(tightest_[top], top))) {
            tightest_[top] = u;
        }
    }
    /// The tightest edge from an outer node to this one, anew.
    void find_tightest(Node top) {
        tightest_[top] = no_node;
        for (Node u = 0; u < n_; ++u) {
            if (between(u, top).there() && surface_[u] != top && label_[surface_[u]] == Label::outer) {
                consider(u, top);
            }
        }
    }
    void enqueue(Node x) {
        each_vertex(x, [&](Node v) { queue_.push_back(v); });
    }

    /// Position of a child in its blossom, turned so that an even number of steps leads there from the base.
    std::size_t even_place(Node blossom, Node child) {
        auto& ring = children_[blossom];
        const auto at = static_cast<std::size_t>(std::find(ring.begin(), ring.end(), child) - ring.begin());
        if (at % 2 == 0) {
            return at;
        }
        std::reverse(ring.begin() + 1, ring.end());
        return ring.size() - at;
    }

    /// The node is matched along the edge; inside a blossom the way from there to the base is matched anew.
    void match(Node x, const Edge& e) {
        mate_[x] = e;
        if (x < n_) {
            return;
        }
        const Node entered = holder(x, e.from);
        const std::size_t place = even_place(x, entered);
        for (std::size_t i = 0; i < place; ++i) {
            const Node a = children_[x][i];
            const Node b = children_[x][i ^ 1U];
            match(a, between(a, b));
        }
        match(entered, e);
        std::rotate(children_[x].begin(), children_[x].begin() + static_cast<std::ptrdiff_t>(place),
                    children_[x].end());
    }

    /// Matches along the path from an outer node back to its root.
    void augment(Node x, Edge e) {
        while (true) {
            const Node partner = mate_[x].there() ? surface_[mate_[x].to] : no_node;
            match(x, e);
            if (partner == no_node) {
                return;
            }
            const Edge up = parent_[partner];  // from the partner to its outer parent
            const Node outer = surface_[up.to];
            match(partner, up);
            x = outer;
            e = {up.to, up.from};
        }
    }

    Node common_ancestor(Node a, Node b) {
        ++stamp_;
        while (a != no_node || b != no_node) {
            if (a != no_node) {
                if (visited_[a] == stamp_) {
                    return a;
                }
                visited_[a] = stamp_;
                a = mate_[a].there() ? surface_[mate_[a].to] : no_node;
                if (a != no_node) {
                    a = surface_[parent_[a].to];
                }
            }
            std::swap(a, b);
        }
        return no_node;
    }

    void shrink(Node a, Node ancestor, Node b) {
        Node blossom = static_cast<Node>(n_);
        while (blossom < next_free_ && !children_[blossom].empty()) {
            ++blossom;
        }
        next_free_ = std::max(next_free_, blossom + 1);
        dual_[blossom] = 0;
        label_[blossom] = Label::outer;
        mate_[blossom] = mate_[ancestor];
        parent_[blossom] = {};
        auto& ring = children_[blossom];
        ring.assign(1, ancestor);
        const auto climb = [&](Node x) {
            while (x != ancestor) {
                ring.push_back(x);
                const Node inner = surface_[mate_[x].to];
                ring.push_back(inner);
                enqueue(inner);
                x = surface_[parent_[inner].to];
            }
        };
        climb(a);
        std::reverse(ring.begin() + 1, ring.end());
        climb(b);
        put_under(blossom, blossom);
        for (Node x = 0; x < next_free_; ++x) {
            between(blossom, x) = {};
            between(x, blossom) = {};
        }
        for (Node v = 0; v < n_; ++v) {
            holder(blossom, v) = no_node;
        }
        for (const Node child : ring) {
            for (Node x = 0; x < next_free_; ++x) {
                const Edge e = between(child, x);
                if (x != blossom && e.there() &&
                    (!between(blossom, x).there() || slack(e) < slack(between(blossom, x)))) {
                    between(blossom, x) = e;
                    between(x, blossom) = {e.to, e.from};
                }
            }
            for (Node v = 0; v < n_; ++v) {
                if (holder(child, v) != no_node) {
                    holder(blossom, v) = child;
                }
            }
        }
        find_tightest(blossom);
    }

    /// An inner blossom without dual: the path through it stays in the tree, the rest is free again.
    void expand(Node blossom) {
        for (const Node child : children_[blossom]) {
            put_under(child, child);
        }
        const Edge up = parent_[blossom];
        const Node entered = holder(blossom, up.from);
        const std::size_t place = even_place(blossom, entered);
        const auto ring = children_[blossom];
        for (std::size_t i = 0; i < place; i += 2) {
            const Node inner = ring[i];
            const Node outer = ring[i + 1];
            parent_[inner] = between(inner, outer);
            label_[inner] = Label::inner;
            label_[outer] = Label::outer;
            tightest_[inner] = no_node;
            find_tightest(outer);
            enqueue(outer);
        }
        label_[entered] = Label::inner;
        parent_[entered] = up;
        tightest_[entered] = no_node;
        for (std::size_t i = place + 1; i < ring.size(); ++i) {
            label_[ring[i]] = Label::none;
            find_tightest(ring[i]);
        }
        children_[blossom].clear();
        surface_[blossom] = no_node;
    }

    /// A tight edge from an outer node. True when it led to a larger matching.
    bool follow(const Edge& e) {
        const Node a = surface_[e.from];
        const Node b = surface_[e.to];
        if (label_[b] == Label::none) {
            parent_[b] = {e.to, e.from};
            label_[b] = Label::inner;
            tightest_[b] = no_node;
            const Node next = surface_[mate_[b].to];
            label_[next] = Label::outer;
            tightest_[next] = no_node;
            find_tightest(next);
            enqueue(next);
            return false;
        }
        if (label_[b] == Label::outer) {
            const Node ancestor = common_ancestor(a, b);
            if (ancestor == no_node) {
                augment(a, e);
                augment(b, {e.to, e.from});
                return true;
            }
            between(a, b) = e;
            between(b, a) = {e.to, e.from};
            shrink(a, ancestor, b);
        }
        return false;
    }

    /// One stage: from all single nodes, until the matching has grown. False when no larger one exists.
    bool improve() {
        queue_.clear();
        for (Node x = 0; x < next_free_; ++x) {
            label_[x] = Label::none;
            tightest_[x] = no_node;
            parent_[x] = {};
        }
        for (Node x = 0; x < next_free_; ++x) {
            if (on_surface(x) && !mate_[x].there()) {
                label_[x] = Label::outer;
                enqueue(x);
            }
        }
        if (queue_.empty()) {
            return false;
        }
        while (true) {
            if (scan()) {
                return true;
            }
            const Step step = next_step();
            if (!step.useful) {
                return false;
            }
            adjust(step.size);
            if (step.ends) {
                return false;
            }
            if (follow_tight()) {
                return true;
            }
            for (Node b = static_cast<Node>(n_); b < next_free_; ++b) {
                if (on_surface(b) && !children_[b].empty() && label_[b] == Label::inner && dual_[b] == 0) {
                    expand(b);
                }
            }
        }
    }

    bool scan() {
        while (!queue_.empty()) {
            const Node u = queue_.front();
            queue_.pop_front();
            if (label_[surface_[u]] == Label::inner) {
                continue;
            }
            for (Node v = 0; v < n_; ++v) {
                if (w_(u, v) <= 0 || surface_[u] == surface_[v]) {
                    continue;
                }
                const Edge e{u, v};
                if (slack(e) == 0) {
                    if (follow(e)) {
                        return true;
                    }
                } else {
                    consider(u, surface_[v]);
                }
            }
        }
        return false;
    }

    struct Step {
        std::int64_t size = 0;
        bool useful = false;
        bool ends = false;  ///< single vertices have no dual left: the matching is the best
    };

    [[nodiscard]] Step next_step() {
        Step step;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (Node v = 0; v < n_; ++v) {
            if (label_[surface_[v]] == Label::outer && dual_[v] < least) {
                least = dual_[v];
                step.ends = true;
            }
        }
        const auto shorter = [&](std::int64_t size) {
            if (size < least) {
                least = size;
                step.ends = false;
            }
        };
        for (Node x = 0; x < next_free_; ++x) {
            if (!on_surface(x)) {
                continue;
            }
            if (x >= n_ && label_[x] == Label::inner) {
                shorter(dual_[x] / 2);
            }
            if (tightest_[x] != no_node) {
                const std::int64_t lacks = slack(between(tightest_[x], x));
                if (label_[x] == Label::none) {
                    shorter(lacks);
                } else if (label_[x] == Label::outer) {
                    shorter(lacks / 2);
                }
            }
        }
        step.size = least;
        step.useful = least != std::numeric_limits<std::int64_t>::max();
        return step;
    }

    void adjust(std::int64_t size) {
        for (Node v = 0; v < n_; ++v) {
            const Label label = label_[surface_[v]];
            dual_[v] += label == Label::outer ? -size : label == Label::inner ? size : 0;
        }
        for (Node b = static_cast<Node>(n_); b < next_free_; ++b) {
            if (on_surface(b) && !children_[b].empty()) {
                dual_[b] += label_[b] == Label::outer ? 2 * size : label_[b] == Label::inner ? -2 * size : 0;
            }
        }
    }

    bool follow_tight() {
        for (Node x = 0; x < next_free_; ++x) {
            if (on_surface(x) && tightest_[x] != no_node && label_[x] != Label::inner) {
                const Edge e = between(tightest_[x], x);
                if (surface_[e.from] != x && slack(e) == 0 && follow(e)) {
                    return true;
                }
            }
        }
        return false;
    }

    const PairWeights& w_;
    std::size_t n_, room_;
    std::vector<Edge> between_;  ///< per two nodes: the tightest edge from vertices of the one to the other
    std::vector<Node> holder_;   ///< per blossom and vertex: the child that has it
    std::vector<std::int64_t> dual_;
    std::vector<Node> surface_;  ///< per node: the outermost blossom around it; no_node for one not in use
    std::vector<Edge> mate_, parent_;  ///< from the node outwards
    std::vector<Node> tightest_;       ///< per surface node: outer vertex with the tightest edge to it
    std::vector<Label> label_;
    std::vector<std::uint32_t> visited_;
    std::vector<std::vector<Node>> children_;  ///< per blossom: the odd ring, its base first
    std::deque<Node> queue_;
    Node next_free_ = 0;
    std::uint32_t stamp_ = 0;
};

}  // namespace

Matching maximum_weight_matching(const PairWeights& weights) {
    if (weights.size() == 0) {
        return {};
    }
    return Blossoms(weights).solve();
}

}  // namespace maillage::meetings

#include "algorithms/meetings/stable_roommates.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>

namespace maillage::meetings {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// The lists while pairs are struck out: what is left stands between `first` and `last`.
class Lists {
public:
    explicit Lists(const std::vector<std::vector<std::uint32_t>>& preferences) : order_(preferences) {
        rank_.resize(order_.size());
        there_.resize(order_.size());
        for (std::size_t v = 0; v < order_.size(); ++v) {
            there_[v].assign(order_[v].size(), 1);
            for (std::uint32_t i = 0; i < order_[v].size(); ++i) {
                const std::uint32_t u = order_[v][i];
                if (u >= order_.size() || u == v || !rank_[v].emplace(u, i).second) {
                    throw Error("preferences of vertex " + std::to_string(v) + ": " + std::to_string(u) +
                                " is no other vertex, or stands there twice");
                }
            }
        }
        for (std::uint32_t v = 0; v < order_.size(); ++v) {
            for (const std::uint32_t u : order_[v]) {
                if (rank_[u].count(v) == 0) {
                    throw Error("preferences are not mutual: vertex " + std::to_string(v) + " names " +
                                std::to_string(u));
                }
            }
        }
        first_.assign(order_.size(), 0);
        last_.resize(order_.size());
        for (std::size_t v = 0; v < order_.size(); ++v) {
            last_[v] = order_[v].size();
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return order_.size(); }
    std::uint32_t best(std::uint32_t v) {
        while (first_[v] < last_[v] && there_[v][first_[v]] == 0) {
            ++first_[v];
        }
        return first_[v] < last_[v] ? order_[v][first_[v]] : nobody;
    }
    std::uint32_t worst(std::uint32_t v) {
        while (first_[v] < last_[v] && there_[v][last_[v] - 1] == 0) {
            --last_[v];
        }
        return first_[v] < last_[v] ? order_[v][last_[v] - 1] : nobody;
    }
    std::uint32_t second(std::uint32_t v) {
        static_cast<void>(best(v));
        for (std::size_t i = first_[v] + 1; i < last_[v]; ++i) {
            if (there_[v][i] != 0) {
                return order_[v][i];
            }
        }
        return nobody;
    }
    void strike(std::uint32_t a, std::uint32_t b) {
        there_[a][rank_[a].at(b)] = 0;
        there_[b][rank_[b].at(a)] = 0;
    }
    /// Whoever v likes less than u.
    void strike_below(std::uint32_t v, std::uint32_t u) {
        const std::uint32_t place = rank_[v].at(u);
        while (worst(v) != nobody && last_[v] - 1 > place) {
            strike(v, worst(v));
        }
    }

private:
    const std::vector<std::vector<std::uint32_t>>& order_;
    std::vector<std::unordered_map<std::uint32_t, std::uint32_t>> rank_;
    std::vector<std::vector<std::uint8_t>> there_;
    std::vector<std::size_t> first_, last_;
};

/// Each asks its best; who is asked keeps the best offer and strikes out everyone below.
void propose(Lists& lists) {
    std::vector<std::uint32_t> holds(lists.size(), nobody);
    std::vector<std::uint32_t> free;
    for (std::uint32_t v = static_cast<std::uint32_t>(lists.size()); v-- > 0;) {
        free.push_back(v);
    }
    while (!free.empty()) {
        const std::uint32_t v = free.back();
        const std::uint32_t u = lists.best(v);
        free.pop_back();
        if (u == nobody) {
            continue;
        }
        if (holds[u] != nobody) {
            free.push_back(holds[u]);  // its offer is below that of v: v is in the list of u still
        }
        holds[u] = v;
        lists.strike_below(u, v);
    }
}

/// Turns one rotation out of the lists; false when no list has a second entry.
bool rotate_one(Lists& lists, std::uint32_t& from) {
    while (from < lists.size() && lists.second(from) == nobody) {
        ++from;
    }
    if (from == lists.size()) {
        return false;
    }
    // p, its second choice q, the worst of q is the next p, until one comes again
    std::vector<std::uint32_t> p{from};
    std::vector<std::uint32_t> q;
    std::vector<std::uint32_t> seen(lists.size(), nobody);
    while (seen[p.back()] == nobody) {
        seen[p.back()] = static_cast<std::uint32_t>(p.size() - 1);
        const std::uint32_t next = lists.second(p.back());
        if (next == nobody) {
            return false;  // a list has run empty: there is no stable pairing
        }
        q.push_back(next);
        p.push_back(lists.worst(next));
    }
    const std::size_t begin = seen[p.back()];
    // each q turns to the p before it in the rotation, and strikes out everyone below
    for (std::size_t i = begin; i + 1 < p.size(); ++i) {
        lists.strike_below(q[i], p[i]);
    }
    from = 0;
    return true;
}

}  // namespace

std::optional<std::vector<std::uint32_t>> stable_roommates(
    const std::vector<std::vector<std::uint32_t>>& preferences) {
    Lists lists(preferences);
    propose(lists);
    std::vector<std::uint8_t> single(lists.size(), 0);
    for (std::uint32_t v = 0; v < lists.size(); ++v) {
        single[v] = lists.best(v) == nobody ? 1 : 0;
    }
    std::uint32_t from = 0;
    while (rotate_one(lists, from)) {
    }
    std::vector<std::uint32_t> mate(lists.size());
    for (std::uint32_t v = 0; v < lists.size(); ++v) {
        const std::uint32_t u = lists.best(v);
        if (u == nobody && single[v] == 0) {
            return std::nullopt;
        }
        if (u != nobody && lists.best(u) != v) {
            return std::nullopt;
        }
        mate[v] = u == nobody ? v : u;
    }
    return mate;
}

}  // namespace maillage::meetings

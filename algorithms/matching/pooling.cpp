#include "algorithms/matching/pooling.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include "algorithms/matching/pair_search.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

struct CanPool {
    std::uint32_t a = 0, b = 0;  ///< places in the territory, a < b
    double similarity = 0.0;
};

class Territory {
public:
    Territory(const MatchInput& input, const ExpertiseModel& model, const PoolingOptions& options, GroupId territory,
              std::vector<VertexId> actors)
        : input_(input),
          links_(input.links.vertex_count() == 0 ? input.ties : input.links),
          model_(model),
          options_(options),
          territory_(territory),
          actors_(std::move(actors)) {}

    std::vector<Pool> pools() {
        find_pairs();
        join();
        std::vector<Pool> result;
        for (const auto& group : groups_) {
            if (group.size() >= options_.min_size) {
                result.push_back(describe(group));
            }
        }
        return result;
    }

private:
    using Group = std::vector<std::uint32_t>;  ///< ascending

    /// Through the holders of each expertise, so that only pairs with something in common are measured.
    void find_pairs() {
        std::map<ExpertiseId, std::vector<std::uint32_t>> holders;
        for (std::uint32_t i = 0; i < actors_.size(); ++i) {
            for (const auto& held : input_.offers.of(actors_[i])) {
                holders[held.expertise].push_back(i);
            }
        }
        MassesFrom from(model_);
        std::vector<std::uint32_t> shared(actors_.size(), 0), met;
        for (std::uint32_t a = 0; a < actors_.size(); ++a) {
            met.clear();
            for (const auto& held : input_.offers.of(actors_[a])) {
                const auto& list = holders[held.expertise];
                for (auto b = std::upper_bound(list.begin(), list.end(), a); b != list.end(); ++b) {
                    if (shared[*b]++ == 0) {
                        met.push_back(*b);
                    }
                }
            }
            std::sort(met.begin(), met.end());
            from.set(actors_[a]);
            for (const std::uint32_t b : met) {
                if (std::exchange(shared[b], 0) < options_.min_shared || links_.adjacent(actors_[a], actors_[b])) {
                    continue;
                }
                const auto similarity = complementarity(from.to(actors_[b])).similarity;
                if (similarity && *similarity >= options_.min_similarity) {
                    pairs_.push_back({a, b, *similarity});
                }
            }
        }
    }

    /// Joins the closest groups first. Between two groups stands the least similarity of their pairs, or nothing when
    /// some pair cannot pool.
    void join() {
        std::vector<std::map<std::uint32_t, double>> near(actors_.size());
        struct Candidate {
            double similarity = 0.0;
            std::uint32_t a = 0, b = 0;
            bool operator<(const Candidate& other) const {
                const int order = compare_scores(similarity, other.similarity);
                return order != 0 ? order < 0 : std::tie(a, b) > std::tie(other.a, other.b);
            }
        };
        std::priority_queue<Candidate> queue;
        for (std::uint32_t i = 0; i < actors_.size(); ++i) {
            groups_.push_back({i});
        }
        for (const CanPool& pair : pairs_) {
            near[pair.a][pair.b] = pair.similarity;
            near[pair.b][pair.a] = pair.similarity;
            queue.push({pair.similarity, pair.a, pair.b});
        }
        while (!queue.empty()) {
            const Candidate best = queue.top();
            queue.pop();
            // a group keeps the number of its first member; what the queue knew may be out of date
            const auto still = near[best.a].find(best.b);
            if (groups_[best.a].empty() || groups_[best.b].empty() || still == near[best.a].end() ||
                still->second != best.similarity) {
                continue;
            }
            Group& into = groups_[best.a];
            into.insert(into.end(), groups_[best.b].begin(), groups_[best.b].end());
            std::sort(into.begin(), into.end());
            groups_[best.b].clear();
            std::map<std::uint32_t, double> both;
            for (const auto& [c, similarity] : near[best.a]) {
                const auto other = near[best.b].find(c);
                if (other != near[best.b].end()) {
                    both[c] = std::min(similarity, other->second);
                }
            }
            for (const std::uint32_t gone : {best.a, best.b}) {
                for (const auto& [c, similarity] : near[gone]) {
                    near[c].erase(gone);
                }
                near[gone].clear();
            }
            for (const auto& [c, similarity] : both) {
                near[best.a][c] = similarity;
                near[c][best.a] = similarity;
                queue.push({similarity, std::min(best.a, c), std::max(best.a, c)});
            }
        }
    }

    [[nodiscard]] Pool describe(const Group& group) const {
        Pool pool;
        pool.territory = territory_;
        std::map<ExpertiseId, std::vector<double>> levels;
        for (const std::uint32_t i : group) {
            pool.members.push_back(
                {actors_[i], 0.0, static_cast<std::uint32_t>(input_.ties.degree(actors_[i]))});
            for (const auto& held : input_.offers.of(actors_[i])) {
                levels[held.expertise].push_back(static_cast<double>(held.level));
            }
        }
        for (const auto& [x, of] : levels) {
            if (of.size() >= 2) {
                double sum = -*std::max_element(of.begin(), of.end());
                for (const double level : of) {
                    sum += level;
                }
                pool.shared.push_back({x, static_cast<std::uint32_t>(of.size()), model_.weights()[x] * sum});
                pool.weight += pool.shared.back().weight;
            }
        }
        for (PoolMember& member : pool.members) {
            for (const auto& held : input_.offers.of(member.vertex)) {
                const auto found = std::lower_bound(
                    pool.shared.begin(), pool.shared.end(), held.expertise,
                    [](const PooledExpertise& p, ExpertiseId x) { return p.expertise < x; });
                if (found != pool.shared.end() && found->expertise == held.expertise && pool.weight > 0.0) {
                    member.share += found->weight / pool.weight;
                }
            }
            member.share = std::min(1.0, member.share);
        }
        std::sort(pool.shared.begin(), pool.shared.end(), [](const PooledExpertise& p, const PooledExpertise& q) {
            const int order = compare_scores(p.weight, q.weight);
            return order != 0 ? order > 0 : p.expertise < q.expertise;
        });
        pool.carrier = std::min_element(pool.members.begin(), pool.members.end(),
                                        [](const PoolMember& p, const PoolMember& q) {
                                            const int order = compare_scores(p.share, q.share);
                                            return order != 0 ? order > 0
                                                              : p.partners != q.partners ? p.partners > q.partners
                                                                                         : p.vertex < q.vertex;
                                        })
                           ->vertex;
        find_introducer(pool);
        pool.similarity = 1.0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            for (std::size_t j = i + 1; j < group.size(); ++j) {
                const auto similarity =
                    complementarity(model_.masses(actors_[group[i]], actors_[group[j]])).similarity;
                pool.similarity = std::min(pool.similarity, similarity.value_or(0.0));
            }
        }
        return pool;
    }

    void find_introducer(Pool& pool) const {
        std::map<VertexId, std::uint32_t> knows;
        for (const PoolMember& member : pool.members) {
            for (const VertexId v : input_.ties.neighbours(member.vertex)) {
                ++knows[v];
            }
        }
        for (const auto& [v, members] : knows) {
            const bool member = std::any_of(pool.members.begin(), pool.members.end(),
                                            [v = v](const PoolMember& m) { return m.vertex == v; });
            const bool better = !pool.introducer || members > pool.introduced ||
                                (members == pool.introduced &&
                                 input_.ties.degree(v) < input_.ties.degree(*pool.introducer));
            if (!member && members >= 2 && better) {
                pool.introducer = v;
                pool.introduced = members;
            }
        }
    }

    const MatchInput& input_;
    GraphView links_;
    const ExpertiseModel& model_;
    const PoolingOptions& options_;
    GroupId territory_;
    std::vector<VertexId> actors_;
    std::vector<CanPool> pairs_;
    std::vector<Group> groups_;
};

bool before(const Pool& p, const Pool& q) {
    const int order = compare_scores(p.weight, q.weight);
    if (order != 0) {
        return order > 0;
    }
    if (p.members.size() != q.members.size()) {
        return p.members.size() > q.members.size();
    }
    for (std::size_t i = 0; i < p.members.size(); ++i) {
        if (p.members[i].vertex != q.members[i].vertex) {
            return p.members[i].vertex < q.members[i].vertex;
        }
    }
    return p.territory < q.territory;
}

}  // namespace

void validate(const PoolingOptions& options) {
    if (options.min_shared == 0) {
        throw OptionError("pooling-min-shared", "must be at least 1");
    }
    if (!(options.min_similarity > 0.0 && options.min_similarity <= 1.0)) {
        throw OptionError("pooling-min-similarity", "must be above 0 and at most 1");
    }
    if (options.min_size < 2) {
        throw OptionError("pool-size", "must be at least 2");
    }
    if (options.top == 0) {
        throw OptionError("pools", "must be at least 1");
    }
}

PoolingResult find_pools(const MatchInput& input, const ExpertiseModel& model, const GroupLabels* within,
                         const PoolingOptions& options, const Execution& execution) {
    validate(options);
    const std::size_t n = input.offers.vertex_count();
    if (within != nullptr && within->vertex_count() != n) {
        throw Error("find_pools: territories for " + std::to_string(within->vertex_count()) +
                    " vertices, expertises for " + std::to_string(n));
    }
    PoolingResult result;
    std::map<GroupId, std::vector<VertexId>> by_territory;
    for (const VertexId v : IdRange<VertexId>(n)) {
        if (!matching::in_scope(input, v) || input.offers.of(v).empty()) {
            continue;
        }
        if (within == nullptr) {
            by_territory[none<GroupId>].push_back(v);
            continue;
        }
        result.actors_without_territory += within->of(v).empty() ? 1U : 0U;
        for (const GroupId group : within->of(v)) {
            by_territory[group].push_back(v);
        }
    }
    std::vector<std::pair<GroupId, std::vector<VertexId>>> searched;
    for (auto& [group, actors] : by_territory) {
        if (actors.size() > options.most_actors) {
            result.passed_over.push_back(group);
        } else if (actors.size() >= options.min_size) {
            searched.emplace_back(group, std::move(actors));
        }
    }
    std::vector<std::vector<Pool>> found(searched.size());
    for_chunks(searched.size(), 1, execution, "pooling",
               [&](std::size_t chunk, std::size_t, std::size_t, std::size_t) {
                   found[chunk] = Territory(input, model, options, searched[chunk].first,
                                            std::move(searched[chunk].second))
                                      .pools();
               });
    for (auto& pools : found) {
        std::move(pools.begin(), pools.end(), std::back_inserter(result.pools));
    }
    result.found = result.pools.size();
    std::sort(result.pools.begin(), result.pools.end(), before);
    if (result.pools.size() > options.top) {
        result.pools.resize(options.top);
    }
    return result;
}

}  // namespace maillage

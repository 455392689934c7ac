#include "algorithms/matching/taxonomy.hpp"

#include "engine/error.hpp"
#include "engine/network.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

std::vector<ExpertiseId> parents_of(const Network& network) {
    std::vector<ExpertiseId> parents;
    for (const Expertise& expertise : network.expertises().items()) {
        parents.push_back(expertise.parent);
    }
    return parents;
}

constexpr std::uint32_t unknown = 0;

}  // namespace

Taxonomy::Taxonomy(const Network& network) : Taxonomy(parents_of(network)) {}

Taxonomy::Taxonomy(std::vector<ExpertiseId> parent)
    : parent_(std::move(parent)),
      depth_(parent_.size(), unknown),
      place_(parent_.size()),
      end_(parent_.size()) {
    const std::size_t n = parent_.size();
    std::vector<ExpertiseId> way;
    for (const ExpertiseId x : IdRange<ExpertiseId>(n)) {
        for (ExpertiseId y = x; y != none<ExpertiseId> && depth_[index_of(y)] == unknown;
             y = this->parent(y)) {
            if (const ExpertiseId above = this->parent(y);
                above != none<ExpertiseId> && index_of(above) >= n) {
                throw Error("Taxonomy: the parent of expertise " + std::to_string(index_of(y)) +
                            " does not exist");
            }
            way.push_back(y);
            if (way.size() > n) {
                throw Error("Taxonomy: expertise " + std::to_string(index_of(x)) + " is its own ancestor");
            }
        }
        for (; !way.empty(); way.pop_back()) {
            const ExpertiseId above = this->parent(way.back());
            depth_[index_of(way.back())] = above == none<ExpertiseId> ? 1 : depth(above) + 1;
        }
        flat_ = flat_ && this->parent(x) == none<ExpertiseId>;
    }
    // Places: sizes of the subtrees first, from the deepest up, then each after its elder siblings' subtrees.
    std::vector<ExpertiseId> by_depth;
    for (const ExpertiseId x : IdRange<ExpertiseId>(n)) {
        by_depth.push_back(x);
    }
    std::stable_sort(by_depth.begin(), by_depth.end(),
                     [this](ExpertiseId x, ExpertiseId y) { return depth(x) < depth(y); });
    std::vector<std::uint32_t> size(n, 1);
    for (auto x = by_depth.rbegin(); x != by_depth.rend(); ++x) {
        if (const ExpertiseId above = this->parent(*x); above != none<ExpertiseId>) {
            size[index_of(above)] += size[index_of(*x)];
        }
    }
    std::uint32_t next_root = 0;
    std::vector<std::uint32_t> next_child(n, 0);
    order_.resize(n);
    for (const ExpertiseId x : by_depth) {
        const ExpertiseId above = this->parent(x);
        std::uint32_t& next = above == none<ExpertiseId> ? next_root : next_child[index_of(above)];
        place_[index_of(x)] = std::exchange(next, next + size[index_of(x)]);
        next_child[index_of(x)] = place_[index_of(x)] + 1;
        end_[index_of(x)] = place_[index_of(x)] + size[index_of(x)];
        order_[place_[index_of(x)]] = x;
    }
}

std::optional<ExpertiseId> Taxonomy::common_ancestor(ExpertiseId x, ExpertiseId y) const noexcept {
    for (ExpertiseId z = x; z != none<ExpertiseId>; z = parent(z)) {
        if (within(y, z)) {
            return z;
        }
    }
    return std::nullopt;
}

ExpertiseId Taxonomy::ancestor_at(ExpertiseId x, std::uint32_t level) const noexcept {
    while (depth(x) > level) {
        x = parent(x);
    }
    return x;
}

double wu_palmer(const Taxonomy& taxonomy, ExpertiseId x, ExpertiseId y) noexcept {
    const auto common = taxonomy.common_ancestor(x, y);
    return common ? 2.0 * taxonomy.depth(*common) / (taxonomy.depth(x) + taxonomy.depth(y)) : 0.0;
}

std::vector<std::optional<double>> information_content(const Taxonomy& taxonomy, const Incidence& offers,
                                                       std::span<const std::uint8_t> counted) {
    if (!counted.empty() && counted.size() != offers.vertex_count()) {
        throw Error("information_content: " + std::to_string(counted.size()) + " marks for " +
                    std::to_string(offers.vertex_count()) + " vertices");
    }
    if (taxonomy.size() != offers.expertise_count()) {
        throw Error("information_content: a taxonomy of " + std::to_string(taxonomy.size()) +
                    " expertises for profiles of " + std::to_string(offers.expertise_count()));
    }
    std::vector<std::uint64_t> own(taxonomy.size(), 0);
    std::uint64_t all = 0;
    for (const ExpertiseId x : IdRange<ExpertiseId>(taxonomy.size())) {
        for (const auto& holder : offers.of(x)) {
            own[index_of(x)] += counted.empty() || counted[index_of(holder.vertex)] != 0 ? 1U : 0U;
        }
        all += own[index_of(x)];
    }
    std::vector<std::optional<double>> content(taxonomy.size());
    for (const ExpertiseId x : IdRange<ExpertiseId>(taxonomy.size())) {
        std::uint64_t below = 0;
        for (const ExpertiseId y : taxonomy.subtree(x)) {
            below += own[index_of(y)];
        }
        if (below > 0) {
            content[index_of(x)] = std::log(static_cast<double>(all) / static_cast<double>(below));
        }
    }
    return content;
}

std::optional<double> lin(const Taxonomy& taxonomy, std::span<const std::optional<double>> content,
                          ExpertiseId x, ExpertiseId y) noexcept {
    const auto& of_x = content[index_of(x)];
    const auto& of_y = content[index_of(y)];
    if (!of_x || !of_y || !(*of_x + *of_y > 0.0)) {
        return std::nullopt;
    }
    const auto common = taxonomy.common_ancestor(x, y);
    return common ? 2.0 * *content[index_of(*common)] / (*of_x + *of_y) : 0.0;
}

std::optional<double> best_match_average(const Taxonomy& taxonomy, std::span<const ExpertiseId> a,
                                         std::span<const ExpertiseId> b) {
    if (a.empty() || b.empty()) {
        return std::nullopt;
    }
    const auto nearest = [&](std::span<const ExpertiseId> from, std::span<const ExpertiseId> to) {
        double sum = 0.0;
        for (const ExpertiseId x : from) {
            double best = 0.0;
            for (const ExpertiseId y : to) {
                best = std::max(best, wu_palmer(taxonomy, x, y));
            }
            sum += best;
        }
        return sum;
    };
    return (nearest(a, b) + nearest(b, a)) / static_cast<double>(a.size() + b.size());
}

std::optional<double> near_not_same(const Taxonomy& taxonomy, std::span<const ExpertiseId> a,
                                    std::span<const ExpertiseId> b, std::uint32_t depth) {
    std::size_t shared = 0;
    const auto near = [&](std::span<const ExpertiseId> from, std::span<const ExpertiseId> to) {
        std::vector<ExpertiseId> fields;
        for (const ExpertiseId y : to) {
            fields.push_back(taxonomy.ancestor_at(y, depth));
        }
        std::sort(fields.begin(), fields.end());
        std::size_t count = 0;
        shared = 0;
        for (const ExpertiseId x : from) {
            if (std::binary_search(to.begin(), to.end(), x)) {
                ++shared;
            } else if (std::binary_search(fields.begin(), fields.end(), taxonomy.ancestor_at(x, depth))) {
                ++count;
            }
        }
        return count;
    };
    const std::size_t count = near(a, b) + near(b, a);
    const std::size_t all = a.size() + b.size() - shared;
    return all == 0 ? std::nullopt : std::optional(static_cast<double>(count) / static_cast<double>(all));
}

Incidence close_upwards(const Taxonomy& taxonomy, const Incidence& profiles) {
    std::vector<Incident> links;
    std::vector<Incident> own;
    for (const VertexId v : IdRange<VertexId>(profiles.vertex_count())) {
        own.clear();
        for (const auto& held : profiles.of(v)) {
            for (ExpertiseId z = held.expertise; z != none<ExpertiseId>; z = taxonomy.parent(z)) {
                own.push_back({v, z, held.level, held.inferred});
            }
        }
        // the highest level counts, whatever its source, so that a field is never below what lies in it
        std::sort(own.begin(), own.end(), [](const Incident& x, const Incident& y) {
            return std::tuple(x.expertise, -x.level, x.inferred) <
                   std::tuple(y.expertise, -y.level, y.inferred);
        });
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (i == 0 || own[i].expertise != own[i - 1].expertise) {
                links.push_back(own[i]);
            }
        }
    }
    return {profiles.vertex_count(), profiles.expertise_count(), std::move(links)};
}

}  // namespace maillage

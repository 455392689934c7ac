#include "algorithms/segregation/bubble_walks.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <string>

namespace maillage {
namespace {

constexpr std::uint32_t nowhere = ~std::uint32_t{0};

}  // namespace

BubbleWalks::BubbleWalks(GraphView g, const GroupLabels& labels, std::uint32_t steps, bool isolates)
    : labels_(labels),
      n_(g.vertex_count()),
      steps_(std::max<std::uint32_t>(1, steps)),
      counts_(n_, 0),
      degree_(n_, 0.0) {
    if (labels.vertex_count() != n_) {
        throw Error("BubbleWalks: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(n_) + " vertices");
    }
    offsets_.reserve(n_ + 1);
    offsets_.push_back(0);
    for (const VertexId v : g.vertices()) {
        const auto own = labels.of(v);
        if (!own.empty()) {
            for (const VertexId u : g.neighbours(v)) {
                const auto other = labels.of(u);
                degree_[index_of(v)] += other.empty() ? 0.0 : 1.0;
                if (share_a_group(own, other)) {
                    targets_.push_back(static_cast<std::uint32_t>(u));
                }
            }
            counts_[index_of(v)] = isolates || degree_[index_of(v)] > 0.0 ? 1 : 0;
            counted_ += counts_[index_of(v)];
        }
        offsets_.push_back(targets_.size());
    }
    part_of_.assign(n_, nowhere);
    part_offsets_.push_back(0);
    part_members_.reserve(n_);
    for (std::uint32_t seed = 0; seed < n_; ++seed) {
        if (part_of_[seed] != nowhere) {
            continue;
        }
        const auto part = static_cast<std::uint32_t>(versions_.size());
        std::size_t next = part_members_.size();
        part_members_.push_back(seed);
        part_of_[seed] = part;
        for (; next < part_members_.size(); ++next) {
            const std::uint32_t v = part_members_[next];
            for (std::uint64_t arc = offsets_[v]; arc < offsets_[v + 1]; ++arc) {
                if (part_of_[targets_[arc]] == nowhere) {
                    part_of_[targets_[arc]] = part;
                    part_members_.push_back(targets_[arc]);
                }
            }
        }
        std::sort(part_members_.begin() + static_cast<std::ptrdiff_t>(part_offsets_.back()),
                  part_members_.end());
        part_offsets_.push_back(part_members_.size());
        versions_.push_back(0);
    }
    radius_.assign((steps_ + std::size_t{1}) * n_, 0.0);
    walks_.assign(steps_ * n_, 0.0);
    for (std::uint32_t part = 0; part < versions_.size(); ++part) {
        walk(part);
    }
}

/// f and y of one part. P is self-adjoint for the degrees: y_k(a) = sum_u P^k(u, a) is pulled from the neighbours.
void BubbleWalks::walk(std::uint32_t part) {
    const auto members =
        std::span(part_members_)
            .subspan(static_cast<std::size_t>(part_offsets_[part]),
                     static_cast<std::size_t>(part_offsets_[part + 1] - part_offsets_[part]));
    for (const std::uint32_t v : members) {
        walks_[v] = counts_[v] != 0 ? 1.0 : 0.0;
    }
    for (std::size_t s = 0; s < steps_; ++s) {
        for (const std::uint32_t v : members) {
            double stay = 0.0;
            double come = 0.0;
            for (std::uint64_t arc = offsets_[v]; arc < offsets_[v + 1]; ++arc) {
                const std::uint32_t u = targets_[arc];
                stay += inside(s, u);
                come += s + 1 < steps_ ? walks_[s * n_ + u] / degree_[u] : 0.0;
            }
            const bool stuck = !(degree_[v] > 0.0);
            radius_[(s + 1) * n_ + v] = stuck ? static_cast<double>(s + 1) : 1.0 + stay / degree_[v];
            if (s + 1 < steps_) {
                walks_[(s + 1) * n_ + v] = stuck ? 1.0 : come;
            }
        }
    }
}

double BubbleWalks::part_sum(std::uint32_t part) const noexcept {
    double sum = 0.0;
    for (std::uint64_t i = part_offsets_[part]; i < part_offsets_[part + 1]; ++i) {
        const std::uint32_t v = part_members_[i];
        sum += counts_[v] != 0 ? inside(steps_, v) : 0.0;
    }
    return sum;
}

double BubbleWalks::sum() const noexcept {
    double sum = 0.0;
    for (std::size_t v = 0; v < n_; ++v) {
        sum += counts_[v] != 0 ? inside(steps_, v) : 0.0;
    }
    return sum;
}

std::optional<double> BubbleWalks::mean() const noexcept {
    return counted_ == 0 ? std::nullopt : std::optional(sum() / static_cast<double>(counted_));
}

std::optional<double> BubbleWalks::radius(VertexId v) const noexcept {
    return counts(v) ? std::optional(inside(steps_, index_of(v))) : std::nullopt;
}

std::vector<std::optional<double>> BubbleWalks::by_group() const {
    std::vector<double> sums(labels_.group_count(), 0.0);
    std::vector<double> members(labels_.group_count(), 0.0);
    for (const VertexId v : IdRange<VertexId>(n_)) {
        if (counts(v)) {
            for (const GroupId group : labels_.of(v)) {
                sums[index_of(group)] += inside(steps_, index_of(v));
                members[index_of(group)] += 1.0;
            }
        }
    }
    std::vector<std::optional<double>> means(sums.size());
    for (std::size_t group = 0; group < sums.size(); ++group) {
        if (members[group] > 0.0) {
            means[group] = sums[group] / members[group];
        }
    }
    return means;
}

double BubbleWalks::end_bound(VertexId a) const noexcept {
    const std::size_t v = index_of(a);
    if (!(degree_[v] > 0.0)) {
        return static_cast<double>(steps_) - 1.0;
    }
    double sum = 0.0;
    for (std::size_t j = 0; j + 2 <= steps_; ++j) {
        sum += walks_[j * n_ + v] * (inside(steps_ - j, v) - 1.0);
    }
    return sum / (degree_[v] + 1.0);
}

double BubbleWalks::end_gain(VertexId a, Scratch& scratch) const {
    const auto start = static_cast<std::uint32_t>(a);
    if (!(degree_[start] > 0.0)) {
        return static_cast<double>(steps_) - 1.0;
    }
    // where walks from a are after i steps; back at a after m steps is where two halves meet
    const std::size_t longest = steps_ >= 3 ? steps_ - 2 : 0;
    const std::size_t half = (longest + 1) / 2;
    if (scratch.at.size() < half + 1) {
        scratch.at.resize(half + 1);
        scratch.met.resize(half + 1);
    }
    for (std::size_t i = 0; i <= half; ++i) {
        scratch.at[i].resize(n_, 0.0);
    }
    scratch.at[0][start] = 1.0;
    scratch.met[0] = {start};
    for (std::size_t i = 0; i < half; ++i) {
        for (const std::uint32_t v : scratch.met[i]) {
            const double share = scratch.at[i][v] / degree_[v];
            for (std::uint64_t arc = offsets_[v]; arc < offsets_[v + 1]; ++arc) {
                double& there = scratch.at[i + 1][targets_[arc]];
                if (there == 0.0) {
                    scratch.met[i + 1].push_back(targets_[arc]);
                }
                there += share;
            }
        }
    }
    std::vector<double> back(longest + 1, 0.0);
    for (std::size_t m = 1; m <= longest; ++m) {
        const std::size_t one = m / 2;
        for (const std::uint32_t v : scratch.met[one]) {
            back[m] += scratch.at[one][v] * scratch.at[m - one][v] * degree_[start] / degree_[v];
        }
    }
    for (std::size_t i = 0; i <= half; ++i) {
        for (const std::uint32_t v : scratch.met[i]) {
            scratch.at[i][v] = 0.0;
        }
        scratch.met[i].clear();
    }
    const double beta = 1.0 / (degree_[start] + 1.0);
    std::vector<double> there(steps_, 0.0);  // z
    double sum = 0.0;
    for (std::size_t j = 0; j + 2 <= steps_; ++j) {
        double returned = 0.0;
        for (std::size_t i = 0; i < j; ++i) {
            returned += there[i] * back[j - i];
        }
        there[j] = walks_[j * n_ + start] - beta * returned;
        sum += there[j] * (inside(steps_ - j, start) - 1.0);
    }
    return beta * sum;
}

double BubbleWalks::pair_gain(VertexId a, VertexId b, Scratch& scratch) {
    if (!entangled(a, b)) {
        return end_gain(a, scratch) + end_gain(b, scratch);
    }
    const std::uint32_t part = part_of_[index_of(a)];
    const double before = part_sum(part);
    degree_[index_of(a)] += 1.0;
    degree_[index_of(b)] += 1.0;
    walk(part);
    const double after = part_sum(part);
    degree_[index_of(a)] -= 1.0;
    degree_[index_of(b)] -= 1.0;
    walk(part);
    return before - after;
}

void BubbleWalks::add(VertexId a, VertexId b) {
    degree_[index_of(a)] += 1.0;
    degree_[index_of(b)] += 1.0;
    for (const std::uint32_t part : {part_of_[index_of(a)], part_of_[index_of(b)]}) {
        ++versions_[part];
        walk(part);
        if (entangled(a, b)) {
            break;
        }
    }
}

}  // namespace maillage

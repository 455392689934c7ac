#include "algorithms/matching/working_group.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace maillage {
namespace {

/// Gains below this are rounding.
constexpr double no_gain = 1e-9;

class Group {
public:
    Group(const WorkingGroupInput& input, const WorkingGroupOptions& options)
        : input_(input),
          options_(options),
          n_(input.model.offers().vertex_count()),
          width_(input.required.size()),
          best_(width_) {
        check();
        member_.assign(n_, 0);
        for (const VertexId v : input_.members) {
            member_[index_of(v)] = 1;
        }
        for (const Requirement& r : input_.required) {
            total_ += r.weight;
        }
        covers_.reserve(n_ * width_);
        for (const VertexId v : IdRange<VertexId>(n_)) {
            for (const Requirement& r : input_.required) {
                covers_.push_back(input_.model.cover(r.expertise, input_.model.offers().of(v)));
            }
        }
    }

    WorkingGroup make() {
        WorkingGroup result;
        for (const VertexId v : input_.members) {
            join(v);
        }
        result.coverage = coverage();
        describe_requirements(result);
        std::vector<JoinCandidate> all;
        for (const VertexId v : IdRange<VertexId>(n_)) {
            if (may_join(v)) {
                JoinCandidate candidate = candidate_of(v);
                if (candidate.fit > 0.0) {
                    all.push_back(std::move(candidate));
                }
            }
        }
        std::sort(all.begin(), all.end(), before);
        invite(result, all);
        if (all.size() > options_.top) {
            all.resize(options_.top);
        }
        result.candidates = std::move(all);
        for (const GroupLabels* labels : input_.mixed_by) {
            result.mixed.push_back(mixedness(*labels));
        }
        return result;
    }

private:
    void check() const {
        for (std::size_t i = 0; i < input_.members.size(); ++i) {
            if (index_of(input_.members[i]) >= n_ ||
                (i > 0 && !(input_.members[i - 1] < input_.members[i]))) {
                throw Error("working_group: members are not vertices in ascending order");
            }
        }
        const bool wrong = std::any_of(input_.mixed_by.begin(), input_.mixed_by.end(),
                                       [this](const GroupLabels* l) { return l->vertex_count() != n_; });
        if (wrong || input_.ties.vertex_count() != n_ ||
            (!input_.may_join.empty() && input_.may_join.size() != n_)) {
            throw Error("working_group: sizes disagree with " + std::to_string(n_) + " vertices");
        }
    }

    [[nodiscard]] double cover(VertexId v, std::size_t r) const { return covers_[index_of(v) * width_ + r]; }
    [[nodiscard]] bool may_join(VertexId v) const {
        return member_[index_of(v)] == 0 && (input_.may_join.empty() || input_.may_join[index_of(v)] != 0);
    }

    void join(VertexId v) {
        for (std::size_t r = 0; r < width_; ++r) {
            auto& best = best_[r];
            best.insert(std::upper_bound(best.begin(), best.end(), cover(v, r), std::greater<>()),
                        cover(v, r));
            if (best.size() > input_.required[r].min_holders) {
                best.pop_back();
            }
        }
    }

    [[nodiscard]] double covered(std::size_t r) const {
        double sum = 0.0;
        for (const double c : best_[r]) {
            sum += c;
        }
        return std::min(1.0, sum / static_cast<double>(input_.required[r].min_holders));
    }
    /// What c(r) rises by with one more.
    [[nodiscard]] double rise(VertexId v, std::size_t r) const {
        const auto& best = best_[r];
        const double least = best.size() < input_.required[r].min_holders ? 0.0 : best.back();
        return std::max(0.0, cover(v, r) - least) / static_cast<double>(input_.required[r].min_holders);
    }

    [[nodiscard]] double coverage() const {
        double sum = 0.0;
        for (std::size_t r = 0; r < width_; ++r) {
            sum += input_.required[r].weight * covered(r);
        }
        return total_ > 0.0 ? sum / total_ : 0.0;
    }

    [[nodiscard]] JoinCandidate candidate_of(VertexId v) const {
        JoinCandidate c;
        c.vertex = v;
        for (std::size_t r = 0; r < width_; ++r) {
            const double more = rise(v, r);
            c.gain += input_.required[r].weight * more / total_;
            c.fit += input_.required[r].weight * cover(v, r) / total_;
            if (more > no_gain) {
                c.fills.push_back(r);
            }
        }
        c.fit = std::min(1.0, c.fit);
        for (const VertexId u : input_.members) {
            c.known += input_.ties.adjacent(v, u) ? 1U : 0U;
        }
        for (const GroupLabels* labels : input_.mixed_by) {
            const auto own = labels->of(v);
            const bool is_new =
                !own.empty() && std::none_of(input_.members.begin(), input_.members.end(),
                                             [&](VertexId u) { return share_a_group(own, labels->of(u)); });
            c.new_groups += is_new ? 1U : 0U;
        }
        return c;
    }

    static bool before(const JoinCandidate& p, const JoinCandidate& q) {
        if (const int order = compare_scores(p.gain, q.gain); order != 0) {
            return order > 0;
        }
        if (const int order = compare_scores(p.fit, q.fit); order != 0) {
            return order > 0;
        }
        if (p.new_groups != q.new_groups) {
            return p.new_groups > q.new_groups;
        }
        return p.known != q.known ? p.known > q.known : p.vertex < q.vertex;
    }

    void describe_requirements(WorkingGroup& result) const {
        for (std::size_t r = 0; r < width_; ++r) {
            RequirementCover item;
            item.required = input_.required[r];
            item.covered = covered(r);
            for (const VertexId v : IdRange<VertexId>(n_)) {
                const bool holds = cover(v, r) >= options_.least_cover;
                if (member_[index_of(v)] != 0) {
                    item.holders += holds ? 1U : 0U;
                    if (cover(v, r) > 0.0) {
                        item.members.push_back({v, cover(v, r)});
                    }
                } else if (may_join(v)) {
                    item.outside += holds ? 1U : 0U;
                }
            }
            std::stable_sort(
                item.members.begin(), item.members.end(),
                [](const CoveredBy& p, const CoveredBy& q) { return compare_scores(p.cover, q.cover) > 0; });
            result.required.push_back(std::move(item));
        }
    }

    /// Changes best_: the last to be called.
    void invite(WorkingGroup& result, const std::vector<JoinCandidate>& all) {
        std::vector<std::uint8_t> asked(n_, 0);
        while (true) {
            const JoinCandidate* next = nullptr;
            JoinCandidate best;
            for (const JoinCandidate& candidate : all) {
                if (asked[index_of(candidate.vertex)] != 0) {
                    continue;
                }
                double gain = 0.0;
                for (std::size_t r = 0; r < width_; ++r) {
                    gain += input_.required[r].weight * rise(candidate.vertex, r) / total_;
                }
                // equals stand in the order of candidates
                if (gain > no_gain && (next == nullptr || compare_scores(gain, best.gain) > 0)) {
                    next = &candidate;
                    best = candidate;
                    best.gain = gain;
                }
            }
            if (next == nullptr) {
                break;
            }
            best.fills.clear();
            for (std::size_t r = 0; r < width_; ++r) {
                if (rise(best.vertex, r) > no_gain) {
                    best.fills.push_back(r);
                }
            }
            asked[index_of(best.vertex)] = 1;
            join(best.vertex);
            result.invitations.push_back(std::move(best));
        }
        result.coverage_then = coverage();
    }

    [[nodiscard]] Mixedness mixedness(const GroupLabels& labels) const {
        std::vector<std::size_t> inside(labels.group_count(), 0), all(labels.group_count(), 0);
        for (const VertexId v : IdRange<VertexId>(n_)) {
            const GroupId g = labels.first(v);
            const bool member = member_[index_of(v)] != 0;
            if (g != none<GroupId> && (member || may_join(v))) {
                ++all[index_of(g)];
                inside[index_of(g)] += member ? 1U : 0U;
            }
        }
        Mixedness m;
        for (const std::size_t n : inside) {
            m.known += n;
            m.groups += n > 0 ? 1U : 0U;
        }
        m.value = differ(inside);
        m.among_all = differ(all);
        return m;
    }

    static std::optional<double> differ(const std::vector<std::size_t>& sizes) {
        double total = 0.0, same = 0.0;
        for (const std::size_t size : sizes) {
            const auto n = static_cast<double>(size);
            total += n;
            same += n * (n - 1.0);
        }
        return total < 2.0 ? std::nullopt : std::optional(1.0 - same / (total * (total - 1.0)));
    }

    const WorkingGroupInput& input_;
    const WorkingGroupOptions& options_;
    std::size_t n_, width_;
    double total_ = 0.0;
    std::vector<std::uint8_t> member_;
    std::vector<double> covers_;             ///< by vertex, then requirement
    std::vector<std::vector<double>> best_;  ///< by requirement: the best covers so far, descending
};

}  // namespace

void validate(const WorkingGroupOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    if (!(options.least_cover > 0.0 && options.least_cover <= 1.0)) {
        throw OptionError("min-level", "must be above 0 and at most 1");
    }
}

WorkingGroup working_group(const WorkingGroupInput& input, const WorkingGroupOptions& options) {
    validate(options);
    return Group(input, options).make();
}

}  // namespace maillage

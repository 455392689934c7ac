#include "algorithms/recommend/ranked_ties.hpp"

#include <algorithm>

namespace maillage {
namespace {

double real(std::uint64_t count) {
    return static_cast<double>(count);
}

/// Walks down all scores at once and notes, for every stratum, what stands above and beside each new tie.
class Ranker {
public:
    Ranker(std::span<const ScoredTie> ties, std::size_t units) : ties_(ties) {
        for (auto& seen : own_) {
            seen.assign(units, 0);
        }
    }

    RankedStrata run(const std::array<ScoreTally, pair_cell_count>& others) {
        ScoreTally::descend(
            others, [this](std::uint32_t code, const std::array<std::uint64_t, pair_cell_count>& counts) {
                while (next_ < ties_.size() && ties_[next_].code > code) {
                    place({});
                }
                if (next_ < ties_.size() && ties_[next_].code == code) {
                    place(counts);
                }
                for (std::size_t s = 0; s < result_.size(); ++s) {
                    result_[s].others += of_stratum(s, counts);
                }
            });
        while (next_ < ties_.size()) {
            place({});
        }
        return std::move(result_);
    }

private:
    using Counts = std::array<std::uint64_t, pair_cell_count>;

    static bool in_view(std::size_t view, std::size_t cell) {
        return view == 0 || holds(static_cast<PairStratum>(view - 1), cell);
    }
    static std::uint64_t of_stratum(std::size_t view, const Counts& counts) {
        std::uint64_t sum = 0;
        for (std::size_t cell = 0; cell < counts.size(); ++cell) {
            sum += in_view(view, cell) ? counts[cell] : 0;
        }
        return sum;
    }

    /// The next group of ties with one score, beside so many others.
    void place(const Counts& beside) {
        const std::size_t begin = next_;
        const std::uint32_t code = ties_[begin].code;
        while (next_ < ties_.size() && ties_[next_].code == code) {
            ++next_;
        }
        if (begin > 0 && ties_[begin - 1].code >> coarse_bits != code >> coarse_bits) {
            ++coarse_;
        }
        for (std::size_t view = 0; view < result_.size(); ++view) {
            RankedTies& r = result_[view];
            std::vector<std::uint32_t>& own = own_[view];
            const std::size_t first = r.unit.size();
            for (std::size_t i = begin; i < next_; ++i) {
                if (in_view(view, ties_[i].cell)) {
                    r.unit.push_back(ties_[i].unit);
                    r.part.push_back(ties_[i].part);
                    ++own[ties_[i].unit];
                }
            }
            for (std::size_t i = first; i < r.unit.size(); ++i) {
                r.own.push_back(own[r.unit[i]]);
            }
            if (r.unit.size() > first) {
                r.groups.push_back({code, static_cast<std::uint32_t>(r.unit.size()), coarse_, r.others,
                                    of_stratum(view, beside)});
            }
        }
    }

    std::span<const ScoredTie> ties_;
    std::size_t next_ = 0;
    std::uint32_t coarse_ = 0;
    RankedStrata result_;
    std::array<std::vector<std::uint32_t>, pair_stratum_count + 1> own_;
};

}  // namespace

RankedStrata rank_ties(std::span<const ScoredTie> ties, const std::array<ScoreTally, pair_cell_count>& others,
                       std::size_t units) {
    return Ranker(ties, units).run(others);
}

std::vector<TieGroup> RankedTies::ranking() const {
    std::vector<TieGroup> result;
    std::uint64_t seen = 0;
    std::uint32_t begin = 0;
    for (const Group& group : groups) {
        if (group.above > seen) {
            // between the ties above it and these
            result.push_back({score_of(group.code + 1), group.above - seen, 0, 0.0});
        }
        const std::uint64_t ties = group.end - begin;
        result.push_back({score_of(group.code), group.beside + ties, ties, real(ties)});
        seen = group.above + group.beside;
        begin = group.end;
    }
    if (others > seen) {
        const std::uint32_t below = groups.empty() ? zero_score : groups.back().code - 1;
        result.push_back({score_of(below), others - seen, 0, 0.0});
    }
    return result;
}

void RankedTies::weigh(const Draw& draw, std::vector<double>& weights) const {
    weights.resize(unit.size());
    for (std::size_t i = 0; i < unit.size(); ++i) {
        weights[i] = static_cast<double>(draw.units[unit[i]]);
    }
    for (std::size_t i = 0; !draw.parts.empty() && i < unit.size(); ++i) {
        weights[i] *= static_cast<double>(draw.parts[part[i]]);
    }
}

std::optional<double> RankedTies::average_precision(const Draw& draw, std::span<const double> weights) const {
    const auto n = static_cast<double>(draw.units.size());
    double drawn = 0.0, sum = 0.0;
    std::size_t i = 0;
    for (const Group& group : groups) {
        const std::size_t begin = i;
        for (; i < group.end; ++i) {
            drawn += weights[i];
        }
        const double factor = draw.others.empty() ? 1.0 : draw.others[group.coarse];
        const double beaten_by = factor * real(group.above + group.beside);
        for (std::size_t t = begin; t < group.end; ++t) {
            if (weights[t] > 0.0) {
                // Given its own times, the other units were drawn (n - times) instead of (n - 1) times.
                const auto times = static_cast<double>(draw.units[unit[t]]);
                const auto of_own = static_cast<double>(own[t]);
                const double of_others = std::max(0.0, drawn - times * of_own);
                const double met = of_own + (n > times ? of_others * ((n - 1.0) / (n - times)) : 0.0);
                sum += weights[t] * met / (met + beaten_by);
            }
        }
    }
    return drawn > 0.0 ? std::optional(sum / drawn) : std::nullopt;
}

std::optional<double> RankedTies::auroc(const Draw& draw, std::span<const double> weights) const {
    const double all = real(others) * (draw.others.empty() ? 1.0 : draw.others.back());
    double drawn = 0.0, won = 0.0;
    std::size_t i = 0;
    for (const Group& group : groups) {
        const double factor = draw.others.empty() ? 1.0 : draw.others[group.coarse];
        const double lost = factor * (real(group.above) + 0.5 * real(group.beside));
        for (; i < group.end; ++i) {
            drawn += weights[i];
            won += weights[i] * (all - lost);
        }
    }
    return drawn > 0.0 && all > 0.0 ? std::optional(won / drawn / all) : std::nullopt;
}

std::optional<double> RankedTies::precision_at(std::span<const double> weights, std::uint64_t k) const {
    double left = real(k), found = 0.0, seen = 0.0;
    std::size_t i = 0;
    for (const Group& group : groups) {
        left -= real(group.above) - seen;
        if (left <= 0.0) {
            break;
        }
        seen = real(group.above + group.beside);
        double here = 0.0;
        for (; i < group.end; ++i) {
            here += weights[i];
        }
        const double items = here + real(group.beside);
        if (items > 0.0) {
            const double taken = std::min(left, items);
            found += here * (taken / items);
            left -= taken;
        }
    }
    return real(others) + real(unit.size()) > 0.0 ? std::optional(found / real(k)) : std::nullopt;
}

}  // namespace maillage

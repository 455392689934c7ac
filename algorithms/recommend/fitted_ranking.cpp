#include "algorithms/recommend/fitted_ranking.hpp"

#include "engine/error.hpp"
#include "engine/history.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>
#include <utility>

namespace maillage {
namespace {

constexpr double days_a_year = 365.25;

/// Terms whose rankings bring examples.
constexpr std::array leading = {
    Evidence::walks,           Evidence::walks_wide, Evidence::walks_recent,      Evidence::paths_recent,
    Evidence::common_partners, Evidence::encounters, Evidence::related_encounters};

bool may_count_against(Evidence term) {
    return term == Evidence::kinds || term == Evidence::countries || term == Evidence::territories ||
           term == Evidence::same_place || term == Evidence::same_territory;
}

std::array<bool, evidence_count> all_terms() {
    std::array<bool, evidence_count> wanted{};
    wanted.fill(true);
    return wanted;
}

/// A pair with its raw terms.
struct Example {
    VertexId a{}, b{};  ///< a < b
    std::array<float, evidence_count> raw{};
    bool tied_later = false;
};

/// The pairs at the head of rankings at one inner split.
class ExampleSet {
public:
    ExampleSet(const FitInput& input, const FitOptions& options, const Execution& execution,
               const Date& split, const Date& until)
        : options_(options),
          history_(cut_history(input.network, {split, until, input.projection})),
          model_({input.network, history_.past, history_.known, split.first_day(),
                  input.projection.excluded_kinds, input.words, input.territory}) {
        choose_actors();
        find_thresholds();
        collect(execution);
        mark();
    }
    [[nodiscard]] const std::vector<Example>& examples() const { return examples_; }

private:
    void choose_actors() {
        std::vector<std::pair<std::uint64_t, VertexId>> order;
        for (std::size_t v = 0; v < history_.known.size(); ++v) {
            if (history_.known[v] != 0) {
                order.emplace_back(Rng(1).fork(v).next(), VertexId{static_cast<std::uint32_t>(v)});
            }
        }
        known_ = order.size();
        std::sort(order.begin(), order.end());
        order.resize(std::min(order.size(), options_.actors));
        for (const auto& [hash, v] : order) {
            actors_.push_back(v);
        }
    }

    /// Values that as many pairs reach as are wanted at the head, from the rows of some actors.
    void find_thresholds() {
        constexpr std::size_t probes = 480;
        std::array<std::vector<float>, leading.size()> values;
        EvidenceRows rows(model_, all_terms());
        const std::size_t used = std::min(probes, actors_.size());
        for (std::size_t begin = 0; begin < used; begin += EvidenceRows::lanes) {
            const std::size_t count = std::min(EvidenceRows::lanes, used - begin);
            rows.compute(std::span(actors_).subspan(begin, count));
            for (std::size_t lane = 0; lane < count; ++lane) {
                for_candidates(actors_[begin + lane], [&](VertexId y) {
                    for (std::size_t i = 0; i < leading.size(); ++i) {
                        values[i].push_back(static_cast<float>(rows.raw(leading[i], lane, y)));
                    }
                });
            }
        }
        const double pairs = 0.5 * static_cast<double>(known_) * static_cast<double>(known_ - 1);
        const double share = std::min(1.0, static_cast<double>(options_.head) / std::max(1.0, pairs));
        for (std::size_t i = 0; i < leading.size(); ++i) {
            thresholds_[i] = 1e-12F;
            if (!values[i].empty()) {
                const auto at =
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(values[i].size() - 1));
                std::nth_element(values[i].begin(), values[i].begin() + at, values[i].end(),
                                 std::greater<>());
                thresholds_[i] = std::max(thresholds_[i], values[i][static_cast<std::size_t>(at)]);
            }
        }
    }

    /// Known actors that x is not tied to.
    template <class Visit>
    void for_candidates(VertexId x, Visit visit) const {
        const auto partners = model_.partners(x);
        auto next = partners.begin();
        for (std::size_t v = 0; v < history_.known.size(); ++v) {
            const VertexId y{static_cast<std::uint32_t>(v)};
            while (next != partners.end() && *next < y) {
                ++next;
            }
            if (history_.known[v] != 0 && y != x && (next == partners.end() || *next != y)) {
                visit(y);
            }
        }
    }

    void collect(const Execution& execution) {
        const std::size_t chunk = EvidenceRows::lanes;
        std::vector<std::vector<Example>> found((actors_.size() + chunk - 1) / chunk);
        std::vector<std::unique_ptr<EvidenceRows>> rows(std::max<std::uint32_t>(1, execution.threads));
        for_chunks(actors_.size(), chunk, execution, "fit",
                   [&](std::size_t c, std::size_t begin, std::size_t end, std::size_t worker) {
                       if (!rows[worker]) {
                           rows[worker] = std::make_unique<EvidenceRows>(model_, all_terms());
                       }
                       rows[worker]->compute(std::span(actors_).subspan(begin, end - begin));
                       for (std::size_t lane = 0; lane < end - begin; ++lane) {
                           collect_of(*rows[worker], actors_[begin + lane], lane, found[c]);
                       }
                   });
        for (std::vector<Example>& part : found) {
            examples_.insert(examples_.end(), part.begin(), part.end());
            part = {};
        }
        const auto pair_of = [](const Example& e) { return std::pair(e.a, e.b); };
        std::stable_sort(examples_.begin(), examples_.end(),
                         [&](const Example& x, const Example& y) { return pair_of(x) < pair_of(y); });
        examples_.erase(
            std::unique(examples_.begin(), examples_.end(),
                        [&](const Example& x, const Example& y) { return pair_of(x) == pair_of(y); }),
            examples_.end());
    }

    void collect_of(const EvidenceRows& rows, VertexId x, std::size_t lane,
                    std::vector<Example>& into) const {
        std::vector<VertexId> kept;
        std::vector<std::pair<double, VertexId>> best;
        for (std::size_t i = 0; i < leading.size(); ++i) {
            best.clear();
            for_candidates(x, [&](VertexId y) {
                const double value = rows.raw(leading[i], lane, y);
                if (static_cast<float>(value) >= thresholds_[i]) {
                    kept.push_back(y);
                } else if (value > 0.0) {
                    best.emplace_back(-value, y);
                }
            });
            const auto count = static_cast<std::ptrdiff_t>(std::min(options_.list, best.size()));
            std::partial_sort(best.begin(), best.begin() + count, best.end());
            for (auto b = best.begin(); b != best.begin() + count; ++b) {
                kept.push_back(b->second);
            }
        }
        std::sort(kept.begin(), kept.end());
        kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
        for (const VertexId y : kept) {
            Example example{std::min(x, y), std::max(x, y), {}, false};
            for (std::size_t t = 0; t < evidence_count; ++t) {
                example.raw[t] = static_cast<float>(rows.raw(evidence(t), lane, y));
            }
            into.push_back(example);
        }
    }

    void mark() {
        auto tie = history_.new_ties.begin();
        for (Example& example : examples_) {
            while (tie != history_.new_ties.end() &&
                   std::pair(tie->a, tie->b) < std::pair(example.a, example.b)) {
                ++tie;
            }
            example.tied_later = tie != history_.new_ties.end() && tie->a == example.a && tie->b == example.b;
        }
    }

    const FitOptions& options_;
    History history_;
    EvidenceModel model_;
    std::vector<VertexId> actors_;
    std::size_t known_ = 0;
    std::array<float, leading.size()> thresholds_{};
    std::vector<Example> examples_;
};

/// Actors with a partnership that began before a day.
std::size_t known_before(const FitInput& input, std::int32_t day) {
    const Network& network = input.network;
    std::vector<std::uint8_t> seen(network.actors().size(), 0);
    const auto& excluded = input.projection.excluded_kinds;
    for (const PartnershipId p : network.partnerships().ids()) {
        const Partnership& partnership = network.partnerships()[p];
        if ((partnership.start && partnership.start->first_day() >= day) ||
            std::find(excluded.begin(), excluded.end(), network.text(partnership.kind)) != excluded.end()) {
            continue;
        }
        for (const Member& member : network.members(p)) {
            seen[index_of(member.actor)] = 1;
        }
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), 1));
}

/// The value that a twentieth of the positive ones stay below.
double low_value(const std::vector<Example>& examples, std::size_t term) {
    std::vector<float> values;
    for (const Example& example : examples) {
        if (example.raw[term] > 0.0F) {
            values.push_back(example.raw[term]);
        }
    }
    if (values.empty()) {
        return 0.0;
    }
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 20);
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

std::vector<FittedTerm> scaled_terms(const std::vector<std::vector<Example>>& sets) {
    std::vector<FittedTerm> terms;
    for (std::size_t t = 0; t < evidence_count; ++t) {
        FittedTerm term{evidence(t), 0.0, 0.0};
        if (has_scale(evidence(t))) {
            std::vector<double> low;
            for (const auto& set : sets) {
                if (const double value = low_value(set, t); value > 0.0) {
                    low.push_back(value);
                }
            }
            term.scale = low.empty() ? 1.0 : median(low);
        }
        terms.push_back(term);
    }
    return terms;
}

std::array<bool, evidence_count> weighted_terms(const FittedRanking& ranking) {
    std::array<bool, evidence_count> wanted{};
    for (const FittedTerm& term : ranking.terms) {
        wanted[static_cast<std::size_t>(term.term)] = term.weight != 0.0;
    }
    return wanted;
}

}  // namespace

double term_value(const FittedTerm& term, double raw) noexcept {
    return term.scale > 0.0 ? std::log1p(raw / term.scale) : raw;
}

void validate(const FitOptions& options) {
    if (options.years_back.empty()) {
        throw OptionError("years-back", "must name at least one inner split");
    }
    for (const double years : options.years_back) {
        if (!(years > 0.0)) {
            throw OptionError("years-back", "must be above 0");
        }
    }
    if (options.head == 0 || options.list == 0 || options.actors < 2) {
        throw OptionError("head", "head and list must be at least 1, actors at least 2");
    }
    if (!(options.least_known >= 0.0 && options.least_known <= 1.0)) {
        throw OptionError("least-known", "must be between 0 and 1");
    }
    if (!(options.ridge > 0.0)) {
        throw OptionError("ridge", "must be above 0");
    }
}

std::optional<FittedRanking> fit_ranking(const FitInput& input, const FitOptions& options,
                                         const Execution& execution) {
    validate(options);
    FittedRanking ranking;
    std::vector<std::vector<Example>> sets;
    const Date last = date_of_day(input.day - 1);
    double years = 0.0;
    const std::size_t known_now = known_before(input, input.day);
    for (const double back : options.years_back) {
        const Date split =
            date_of_day(input.day - static_cast<std::int32_t>(std::lround(back * days_a_year)));
        if (static_cast<double>(known_before(input, split.first_day())) <
            options.least_known * static_cast<double>(known_now)) {
            continue;
        }
        try {
            sets.push_back(ExampleSet(input, options, execution, split, last).examples());
        } catch (const OptionError& error) {
            if (error.field() != "split" && error.field() != "until") {
                throw;
            }
            continue;  // nothing known before, or nothing that came after: no lesson in that split
        }
        ranking.splits.push_back(split);
        years += back;
        for (const Example& example : sets.back()) {
            ranking.new_ties += example.tied_later ? 1U : 0U;
        }
        ranking.examples += sets.back().size();
    }
    if (sets.empty() || ranking.new_ties < options.least_new_ties) {
        return std::nullopt;
    }
    ranking.horizon_years = years / static_cast<double>(sets.size());
    ranking.terms = scaled_terms(sets);

    std::vector<float> values;
    std::vector<std::uint8_t> outcomes;
    values.reserve(ranking.examples * evidence_count);
    for (const auto& set : sets) {
        for (const Example& example : set) {
            for (const FittedTerm& term : ranking.terms) {
                const auto raw = static_cast<double>(example.raw[static_cast<std::size_t>(term.term)]);
                values.push_back(static_cast<float>(term_value(term, raw)));
            }
            outcomes.push_back(example.tied_later ? 1 : 0);
        }
    }
    LogisticOptions logistic{.ridge = options.ridge};
    for (const FittedTerm& term : ranking.terms) {
        logistic.non_negative.push_back(may_count_against(term.term) ? 0 : 1);
    }
    const LogisticFit fit = fit_logistic({values, outcomes, evidence_count}, logistic);
    ranking.intercept = fit.intercept;
    for (std::size_t t = 0; t < evidence_count; ++t) {
        ranking.terms[t].weight = fit.weights[t];
    }
    return ranking;
}

FittedSource::FittedSource(std::shared_ptr<const EvidenceModel> model, FittedRanking ranking)
    : model_(std::move(model)), ranking_(std::move(ranking)), names_{"maillage"} {}

std::unique_ptr<ScoreRows> FittedSource::rows() const {
    return fitted_rows();
}

std::unique_ptr<FittedRows> FittedSource::fitted_rows() const {
    return std::make_unique<FittedRows>(*model_, ranking_);
}

double fitted_score(const FittedRanking& ranking, const EvidenceValues& raw) noexcept {
    double score = ranking.intercept;
    for (const FittedTerm& term : ranking.terms) {
        if (term.weight != 0.0) {
            score +=
                term.weight * term_value(term, static_cast<double>(raw[static_cast<std::size_t>(term.term)]));
        }
    }
    return score;
}

FittedRows::FittedRows(const EvidenceModel& model, const FittedRanking& ranking)
    : rows_(model, weighted_terms(ranking)), ranking_(ranking) {
    for (const FittedTerm& term : ranking.terms) {
        if (term.weight != 0.0) {
            used_.push_back(term);
        }
    }
}

double FittedRows::value(std::size_t /*method*/, std::size_t lane, VertexId y) const {
    double score = ranking_.intercept;
    for (const FittedTerm& term : used_) {
        // Through single precision, as raw() keeps them: a list shows exactly what it was ordered by.
        const auto raw = static_cast<float>(rows_.raw(term.term, lane, y));
        score += term.weight * term_value(term, static_cast<double>(raw));
    }
    return score;
}

EvidenceValues FittedRows::raw(std::size_t lane, VertexId y) const {
    EvidenceValues result{};
    for (const FittedTerm& term : used_) {
        result[static_cast<std::size_t>(term.term)] = static_cast<float>(rows_.raw(term.term, lane, y));
    }
    return result;
}

bool FittedRows::related(std::size_t lane, VertexId y) const {
    return std::any_of(used_.begin(), used_.end(), [&](const FittedTerm& term) {
        return term.term <= Evidence::partners_names && rows_.raw(term.term, lane, y) > 0.0;
    });
}

}  // namespace maillage

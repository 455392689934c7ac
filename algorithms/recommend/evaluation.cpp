#include "algorithms/recommend/evaluation.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/list_quality.hpp"
#include "algorithms/recommend/ranked_ties.hpp"
#include "algorithms/recommend/score_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

namespace maillage {
namespace {

constexpr std::uint32_t most_replicates = 10'000;
constexpr std::size_t sample_parts = 50;
constexpr double confidence = 0.95;
constexpr std::uint32_t no_tie = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t replicates_per_chunk = 8;

constexpr std::array<std::string_view, 8> kind_codes = {
    "average_precision", "auroc", "pairs_precision", "precision", "recall", "hits", "ndcg", "mrr"};

/// The new ties of each actor, from both sides.
class NewPartners {
public:
    struct Partner {
        VertexId actor{};
        std::uint32_t tie = 0;  ///< its place in History::new_ties
    };
    explicit NewPartners(const History& history) : begins_(history.known.size() + 1, 0) {
        for (const NewTie& tie : history.new_ties) {
            ++begins_[index_of(tie.a) + 1];
            ++begins_[index_of(tie.b) + 1];
        }
        for (std::size_t v = 1; v < begins_.size(); ++v) {
            begins_[v] += begins_[v - 1];
        }
        partners_.resize(2 * history.new_ties.size());
        std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
        for (std::size_t i = 0; i < history.new_ties.size(); ++i) {
            const NewTie& tie = history.new_ties[i];
            partners_[next[index_of(tie.a)]++] = {tie.b, static_cast<std::uint32_t>(i)};
            partners_[next[index_of(tie.b)]++] = {tie.a, static_cast<std::uint32_t>(i)};
        }
    }
    [[nodiscard]] std::span<const Partner> of(VertexId v) const noexcept {
        return {partners_.data() + begins_[index_of(v)], partners_.data() + begins_[index_of(v) + 1]};
    }

private:
    std::vector<std::size_t> begins_;
    std::vector<Partner> partners_;
};

/// What the workers have counted of one method.
struct MethodTally {
    std::mutex mutex;
    std::array<ScoreTally, pair_cell_count> others;  ///< candidates that are no new ties
    std::vector<ScoreTally> parts;                   ///< of a sample: the same by coarse code
    std::vector<ScoredTie> ties;
};

/// What one worker needs.
struct Work {
    Work(std::span<const ScoreSource* const> sources, GraphView graph,
         std::span<const std::uint32_t> component)
        : distances(graph, component) {
        for (const ScoreSource* const source : sources) {
            rows.push_back(source->rows());
        }
    }
    std::vector<std::unique_ptr<ScoreRows>> rows;
    PairDistances distances;
    std::vector<std::uint32_t> tie_of;  ///< per vertex: new tie with it, or none
    std::vector<std::uint8_t> tied;     ///< per vertex
    /// Per candidate; the first `reverse` are those of pairs that are counted from the other side.
    std::vector<VertexId> candidates;
    std::vector<std::uint32_t> ties, codes;
    std::vector<std::uint8_t> cells, relevant;
    std::vector<double> scores;
    std::size_t reverse = 0;
    ListJudge lists;
};

/// Multiplicities of things drawn with replacement, as many as there are, for each replicate.
class Draws {
public:
    Draws(std::size_t things, std::size_t replicates, const Rng& stream) : things_(things) {
        counts_.assign(things * replicates, 0);
        for (std::size_t r = 0; r < replicates; ++r) {
            Rng rng = stream.fork(r);
            for (std::size_t i = 0; i < things; ++i) {
                std::uint8_t& count = counts_[r * things + rng.below(static_cast<std::uint32_t>(things))];
                if (count < std::numeric_limits<std::uint8_t>::max()) {
                    ++count;
                }
            }
        }
    }
    [[nodiscard]] std::span<const std::uint8_t> of(std::size_t replicate) const noexcept {
        return {counts_.data() + replicate * things_, things_};
    }

private:
    std::size_t things_;
    std::vector<std::uint8_t> counts_;
};

using Values = std::vector<std::optional<double>>;

/// Linear between the order statistics; empty when fewer than half of the draws have a value.
std::optional<FigureInterval> percentiles(std::span<const std::optional<double>> draws) {
    std::vector<double> sorted;
    for (const auto& value : draws) {
        if (value) {
            sorted.push_back(*value);
        }
    }
    if (sorted.size() < 2 || 2 * sorted.size() < draws.size()) {
        return std::nullopt;
    }
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&sorted](double share) {
        const double place = share * static_cast<double>(sorted.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, sorted.size() - 1);
        return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
    };
    return FigureInterval{at((1.0 - confidence) / 2.0), at((1.0 + confidence) / 2.0)};
}

class Evaluator {
public:
    Evaluator(const History& history, std::span<const ScoreSource* const> sources,
              const EvaluationOptions& options, const Execution& execution)
        : history_(history), sources_(sources), options_(options), execution_(execution), partners_(history) {
        name_methods();
        list_measures();
        choose_actors();
        number_units();
    }

    Evaluation run() {
        judge_all();
        count_candidates();
        const std::size_t replicates = result_.partnerships >= 2 ? options_.replicates : 0;
        const std::size_t list_replicates = result_.actors >= 2 ? options_.replicates : 0;
        const Rng root(options_.seed);
        const Draws of_units(result_.partnerships, replicates, root.fork(1));
        const Draws of_actors(result_.actors, list_replicates, root.fork(2));
        const Draws of_parts(parts_, result_.sampled ? replicates : 0, root.fork(3));
        for (std::size_t m = 0; m < tallies_.size(); ++m) {
            measure_pairs(m, replicates, of_units, of_parts);
            measure_lists(m, list_replicates, of_actors);
            tallies_[m].reset();
            execution_.report("resample", static_cast<double>(m + 1) / static_cast<double>(tallies_.size()));
        }
        find_intervals();
        compare();
        return std::move(result_);
    }

private:
    void name_methods() {
        for (const ScoreSource* const source : sources_) {
            first_.push_back(result_.methods.size());
            lanes_ = std::max(lanes_, source->lanes());
            for (const std::string& method : source->methods()) {
                for (const MethodQuality& other : result_.methods) {
                    if (other.method == method) {
                        throw Error("evaluation: two methods are named \"" + method + "\"");
                    }
                }
                MethodQuality quality;
                quality.method = method;
                quality.reference = source->reference();
                result_.methods.push_back(std::move(quality));
                tallies_.push_back(std::make_unique<MethodTally>());
            }
        }
        lanes_ = std::min(lanes_, PairDistances::lanes);
    }

    void list_measures() {
        const auto tidy = [](std::vector<std::uint32_t>& tops) {
            std::sort(tops.begin(), tops.end());
            tops.erase(std::unique(tops.begin(), tops.end()), tops.end());
        };
        tidy(options_.tops);
        tidy(options_.pair_tops);
        auto& measures = result_.measures;
        measures = {{MeasureKind::average_precision}, {MeasureKind::auroc}};
        for (const std::uint32_t k : options_.pair_tops) {
            measures.push_back({MeasureKind::pairs_precision, k});
        }
        for (std::size_t s = 0; s < pair_stratum_count; ++s) {
            measures.push_back({MeasureKind::average_precision, 0, static_cast<PairStratum>(s)});
            measures.push_back({MeasureKind::auroc, 0, static_cast<PairStratum>(s)});
        }
        first_list_measure_ = measures.size();
        for (const std::uint32_t k : options_.tops) {  // in the order of ListJudge
            measures.push_back({MeasureKind::precision, k});
            measures.push_back({MeasureKind::recall, k});
            measures.push_back({MeasureKind::hits, k});
            measures.push_back({MeasureKind::ndcg, k});
        }
        measures.push_back({MeasureKind::mrr});
        values_.assign(result_.methods.size() * measures.size(), {});
        for (MethodQuality& method : result_.methods) {
            method.figures.resize(measures.size());
            method.against.resize(measures.size());
        }
    }

    void choose_actors() {
        for (const VertexId v : graph().vertices()) {
            if (history_.known[index_of(v)] != 0) {
                known_.push_back(v);
            }
        }
        judged_ = known_;
        part_of_.assign(known_.size(), 0);
        if (options_.sample && *options_.sample < known_.size()) {
            result_.sampled = true;
            Rng rng = Rng(options_.seed).fork(4);
            rng.shuffle(std::span<VertexId>(judged_));
            judged_.resize(*options_.sample);
            std::sort(judged_.begin(), judged_.end());
            parts_ = std::min(sample_parts, judged_.size());
            std::vector<std::uint8_t> parts(judged_.size());
            for (std::size_t i = 0; i < parts.size(); ++i) {
                parts[i] = static_cast<std::uint8_t>(i % parts_);
            }
            rng.shuffle(std::span<std::uint8_t>(parts));
            part_of_ = parts;
            for (const auto& tally : tallies_) {
                tally->parts.resize(parts_);
            }
        }
        result_.judged_actors = judged_.size();
        list_of_.assign(judged_.size(), no_tie);
        for (std::size_t i = 0; i < judged_.size(); ++i) {
            if (!partners_.of(judged_[i]).empty()) {
                list_of_[i] = static_cast<std::uint32_t>(result_.actors++);
            }
        }
        lists_.assign(result_.methods.size() * result_.actors * list_figures(options_.tops.size()), 0.0);
    }

    /// Partnerships that brought new ties, in the order of their ids.
    void number_units() {
        std::vector<PartnershipId> units;
        for (const NewTie& tie : history_.new_ties) {
            units.push_back(tie.first);
        }
        std::sort(units.begin(), units.end());
        units.erase(std::unique(units.begin(), units.end()), units.end());
        for (const NewTie& tie : history_.new_ties) {
            unit_of_.push_back(static_cast<std::uint32_t>(
                std::lower_bound(units.begin(), units.end(), tie.first) - units.begin()));
        }
        result_.partnerships = units.size();
    }

    void judge_all() {
        const std::vector<std::uint32_t> component = components_of(graph());
        std::vector<std::unique_ptr<Work>> work(std::max<std::uint32_t>(1, execution_.threads));
        for_chunks(judged_.size(), lanes_, execution_, "evaluate",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                       if (!work[worker]) {
                           work[worker] = std::make_unique<Work>(sources_, graph(), component);
                       }
                       judge_chunk(*work[worker], begin, end);
                   });
    }

    void judge_chunk(Work& w, std::size_t begin, std::size_t end) {
        w.distances.compute(std::span(judged_).subspan(begin, end - begin));
        for (std::size_t s = 0; s < sources_.size(); ++s) {
            const std::size_t lanes = sources_[s]->lanes();
            for (std::size_t first = begin; first < end; first += lanes) {
                const auto actors = std::span(judged_).subspan(first, std::min(lanes, end - first));
                w.rows[s]->compute(actors);
                for (std::size_t lane = 0; lane < actors.size(); ++lane) {
                    list_candidates(w, actors[lane], first + lane - begin, list_of_[first + lane] != no_tie);
                    for (std::size_t m = 0; m < sources_[s]->methods().size(); ++m) {
                        judge(w, *w.rows[s], m, lane, first_[s] + m, first + lane);
                    }
                }
            }
        }
    }

    /// All known actors without a tie to x; where neither x's list nor a sample asks for the others, those after
    /// x only: each pair is counted once.
    void list_candidates(Work& w, VertexId x, std::size_t lane, bool with_list) const {
        const GraphView g = graph();
        w.tied.assign(g.vertex_count(), 0);
        w.tie_of.assign(g.vertex_count(), no_tie);
        w.tied[index_of(x)] = 1;
        for (const VertexId y : g.neighbours(x)) {
            w.tied[index_of(y)] = 1;
        }
        for (const auto& partner : partners_.of(x)) {
            w.tie_of[index_of(partner.actor)] = partner.tie;
        }
        w.candidates.clear();
        w.ties.clear();
        w.cells.clear();
        w.relevant.clear();
        const bool x_is_new = newcomer(x);
        const auto from =
            with_list || result_.sampled ? known_.begin() : std::upper_bound(known_.begin(), known_.end(), x);
        for (auto it = from; it != known_.end(); ++it) {
            const VertexId y = *it;
            if (w.tied[index_of(y)] == 0) {
                w.candidates.push_back(y);
                w.ties.push_back(w.tie_of[index_of(y)]);
                w.relevant.push_back(w.ties.back() != no_tie ? 1 : 0);
                w.cells.push_back(pair_cell(w.distances.between(lane, y), x_is_new || newcomer(y)));
            }
        }
        w.reverse =
            result_.sampled
                ? 0
                : static_cast<std::size_t>(std::upper_bound(w.candidates.begin(), w.candidates.end(), x) -
                                           w.candidates.begin());
        w.scores.resize(w.candidates.size());
        w.codes.resize(w.candidates.size());
    }
    [[nodiscard]] bool newcomer(VertexId v) const {
        return history_.past_of[index_of(v)] <= options_.newcomer_partnerships;
    }

    void judge(Work& w, const ScoreRows& rows, std::size_t own, std::size_t lane, std::size_t method,
               std::size_t actor) {
        rows.values(own, lane, w.candidates, w.scores);
        score_codes(w.scores, w.codes);
        count(w, *tallies_[method], part_of_[actor]);
        if (list_of_[actor] != no_tie) {
            const std::size_t size = list_figures(options_.tops.size());
            w.lists.judge(
                w.codes, w.relevant, options_.tops,
                std::span(lists_).subspan((method * result_.actors + list_of_[actor]) * size, size));
        }
    }

    /// Most pairs have nothing in common, hence score 0: they are counted apart.
    void count(const Work& w, MethodTally& tally, std::uint8_t part) const {
        std::array<std::uint32_t, pair_cell_count> zeros{};
        const std::scoped_lock lock(tally.mutex);
        for (std::size_t c = w.reverse; c < w.codes.size(); ++c) {
            if (w.relevant[c] != 0) {
                tally.ties.push_back({w.codes[c], unit_of_[w.ties[c]], w.ties[c], w.cells[c], part});
            } else if (w.codes[c] == zero_score) {
                ++zeros[w.cells[c]];
            } else {
                tally.others[w.cells[c]].add(w.codes[c]);
                if (result_.sampled) {
                    tally.parts[part].add(w.codes[c] >> coarse_bits);
                }
            }
        }
        for (std::size_t cell = 0; cell < zeros.size(); ++cell) {
            if (zeros[cell] > 0) {
                tally.others[cell].add(zero_score, zeros[cell]);
                if (result_.sampled) {
                    tally.parts[part].add(zero_score >> coarse_bits, zeros[cell]);
                }
            }
        }
    }

    void count_candidates() {
        std::uint64_t tied = 0;
        for (const VertexId v : known_) {
            for (const VertexId u : graph().neighbours(v)) {
                tied += v < u && history_.known[index_of(u)] != 0 ? 1U : 0U;
            }
        }
        const std::uint64_t known = known_.size();
        result_.all = {known * (known - (known > 0 ? 1 : 0)) / 2 - tied, history_.new_ties.size()};
        if (tallies_.empty()) {
            return;
        }
        const MethodTally& any = *tallies_.front();
        const auto add = [this](std::size_t cell, std::uint64_t others, std::uint64_t ties) {
            const auto to = [&](CandidateCount& count) {
                count.candidates += others + ties;
                count.new_ties += ties;
            };
            to(result_.judged);
            for (std::size_t s = 0; s < pair_stratum_count; ++s) {
                if (holds(static_cast<PairStratum>(s), cell)) {
                    to(result_.strata[s]);
                }
            }
        };
        for (std::size_t cell = 0; cell < pair_cell_count; ++cell) {
            add(cell, any.others[cell].total(), 0);
        }
        for (const ScoredTie& tie : any.ties) {
            add(tie.cell, 0, 1);
        }
    }

    [[nodiscard]] Values& values(std::size_t method, std::size_t measure) {
        return values_[method * result_.measures.size() + measure];
    }

    /// Measures of all pairs, as they are and in every draw.
    void measure_pairs(std::size_t m, std::size_t replicates, const Draws& of_units, const Draws& of_parts) {
        MethodTally& tally = *tallies_[m];
        std::sort(tally.ties.begin(), tally.ties.end(), [](const ScoredTie& a, const ScoredTie& b) {
            return a.code != b.code ? a.code > b.code : a.tie != b.tie ? a.tie < b.tie : a.part < b.part;
        });
        const RankedStrata ranked = rank_ties(tally.ties, tally.others, result_.partnerships);
        MethodQuality& quality = result_.methods[m];
        quality.ranking = ranked[0].ranking();
        for (std::size_t i = 0; i < first_list_measure_; ++i) {
            const Measure& measure = result_.measures[i];
            const auto ranking = measure.stratum ? ranked[view_of(measure)].ranking() : quality.ranking;
            quality.figures[i].value = measure.kind == MeasureKind::average_precision
                                           ? maillage::average_precision(ranking)
                                       : measure.kind == MeasureKind::auroc ? maillage::auroc(ranking)
                                       : result_.sampled                    ? std::nullopt
                                                         : precision_at(ranking, measure.k);
            values(m, i).resize(replicates);
        }
        const std::vector<std::vector<double>> parts = cumulated_parts(tally);
        for_chunks(replicates, replicates_per_chunk, Execution{execution_.threads, {}}, "resample",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                       std::vector<double> weights, others;
                       for (std::size_t r = begin; r < end; ++r) {
                           Draw draw{.units = of_units.of(r), .parts = {}, .others = {}};
                           if (result_.sampled) {
                               draw.parts = of_parts.of(r);
                               others = drawn_others(parts, draw.parts);
                               draw.others = others;
                           }
                           std::size_t weighed = ranked.size();
                           for (std::size_t i = 0; i < first_list_measure_; ++i) {
                               const Measure& measure = result_.measures[i];
                               const RankedTies& view = ranked[view_of(measure)];
                               if (weighed != view_of(measure)) {
                                   view.weigh(draw, weights);
                                   weighed = view_of(measure);
                               }
                               values(m, i)[r] = measure.kind == MeasureKind::average_precision
                                                     ? view.average_precision(draw, weights)
                                                 : measure.kind == MeasureKind::auroc
                                                     ? view.auroc(draw, weights)
                                                     : view.precision_at(weights, measure.k);
                           }
                       }
                   });
    }
    static std::size_t view_of(const Measure& measure) {
        return measure.stratum ? 1 + static_cast<std::size_t>(*measure.stratum) : 0;
    }

    /// For each part of a sample, its others down to each coarse code that a tie has, then all.
    std::vector<std::vector<double>> cumulated_parts(const MethodTally& tally) const {
        std::vector<std::vector<double>> result;
        if (!result_.sampled) {
            return result;
        }
        std::vector<std::uint32_t> stops;
        for (const ScoredTie& tie : tally.ties) {
            if (stops.empty() || stops.back() != tie.code >> coarse_bits) {
                stops.push_back(tie.code >> coarse_bits);
            }
        }
        for (const ScoreTally& part : tally.parts) {
            std::vector<double> sums;
            double sum = 0.0;
            part.descend([&](std::uint32_t code, std::uint64_t count) {
                while (sums.size() < stops.size() && stops[sums.size()] > code) {
                    sums.push_back(sum);
                }
                sum += static_cast<double>(count);
            });
            sums.resize(stops.size() + 1, sum);
            result.push_back(std::move(sums));
        }
        return result;
    }
    static std::vector<double> drawn_others(const std::vector<std::vector<double>>& parts,
                                            std::span<const std::uint8_t> drawn) {
        std::vector<double> factors;
        for (std::size_t stop = 0; stop < parts.front().size(); ++stop) {
            double all = 0.0, of_drawn = 0.0;
            for (std::size_t p = 0; p < parts.size(); ++p) {
                all += parts[p][stop];
                of_drawn += static_cast<double>(drawn[p]) * parts[p][stop];
            }
            factors.push_back(all > 0.0 ? of_drawn / all : 1.0);
        }
        return factors;
    }

    /// Means over the lists, as they are and in every draw of their actors.
    void measure_lists(std::size_t m, std::size_t replicates, const Draws& of_actors) {
        const std::size_t size = list_figures(options_.tops.size());
        const std::span<const double> lists =
            std::span(lists_).subspan(m * result_.actors * size, result_.actors * size);
        const auto mean = [&](auto times) {
            std::vector<double> sums(size, 0.0);
            for (std::size_t a = 0; a < result_.actors; ++a) {
                const double weight = times(a);
                for (std::size_t i = 0; weight > 0.0 && i < size; ++i) {
                    sums[i] += weight * lists[a * size + i];
                }
            }
            for (double& sum : sums) {
                sum /= static_cast<double>(result_.actors);
            }
            return sums;
        };
        if (result_.actors == 0) {
            return;
        }
        const auto as_it_is = mean([](std::size_t) { return 1.0; });
        for (std::size_t i = 0; i < size; ++i) {
            result_.methods[m].figures[first_list_measure_ + i].value = as_it_is[i];
            values(m, first_list_measure_ + i).resize(replicates);
        }
        for_chunks(replicates, replicates_per_chunk, Execution{execution_.threads, {}}, "resample",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
                       for (std::size_t r = begin; r < end; ++r) {
                           const auto drawn = of_actors.of(r);
                           const auto sums =
                               mean([&](std::size_t a) { return static_cast<double>(drawn[a]); });
                           for (std::size_t i = 0; i < size; ++i) {
                               values(m, first_list_measure_ + i)[r] = sums[i];
                           }
                       }
                   });
    }

    void find_intervals() {
        for (std::size_t m = 0; m < result_.methods.size(); ++m) {
            for (std::size_t i = 0; i < result_.measures.size(); ++i) {
                Figure& figure = result_.methods[m].figures[i];
                if (figure.value) {
                    figure.interval = percentiles(values(m, i));
                }
            }
        }
    }

    void compare() {
        for (std::size_t i = 0; i < result_.measures.size(); ++i) {
            const auto best = result_.best_reference(i);
            for (std::size_t m = 0; best && m < result_.methods.size(); ++m) {
                if (m != *best && result_.methods[m].figures[i].value) {
                    result_.methods[m].against[i] = compared(m, *best, i);
                }
            }
        }
    }

    AgainstIndex compared(std::size_t method, std::size_t index, std::size_t measure) {
        const auto ratio = [](double a, double b) { return b > 0.0 ? std::optional(a / b) : std::nullopt; };
        const double own = *result_.methods[method].figures[measure].value;
        const double best = *result_.methods[index].figures[measure].value;
        AgainstIndex result;
        result.index = index;
        result.difference.value = own - best;
        result.ratio.value = ratio(own, best);
        Values differences, ratios;
        const Values& of_method = values(method, measure);
        const Values& of_index = values(index, measure);
        for (std::size_t r = 0; r < of_method.size(); ++r) {
            const bool both = of_method[r] && of_index[r];
            differences.push_back(both ? std::optional(*of_method[r] - *of_index[r]) : std::nullopt);
            ratios.push_back(both ? ratio(*of_method[r], *of_index[r]) : std::nullopt);
        }
        result.difference.interval = percentiles(differences);
        if (result.ratio.value) {
            result.ratio.interval = percentiles(ratios);
        }
        return result;
    }

    [[nodiscard]] GraphView graph() const { return history_.past.graph; }

    const History& history_;
    std::span<const ScoreSource* const> sources_;
    EvaluationOptions options_;
    const Execution& execution_;
    NewPartners partners_;
    std::vector<std::size_t> first_;  ///< method of each source
    std::size_t lanes_ = 1;           ///< of the widest source
    std::size_t first_list_measure_ = 0, parts_ = 0;
    std::vector<VertexId> known_, judged_;  ///< by id
    std::vector<std::uint8_t> part_of_;     ///< of the sample, per judged actor
    std::vector<std::uint32_t> list_of_;    ///< per judged actor, or none
    std::vector<std::uint32_t> unit_of_;    ///< per new tie
    std::vector<std::unique_ptr<MethodTally>> tallies_;
    std::vector<double> lists_;   ///< method by list by figure; each written by the task of its actor
    std::vector<Values> values_;  ///< method by measure, one a draw
    Evaluation result_;
};

void check_tops(const std::vector<std::uint32_t>& tops, const char* field) {
    if (std::find(tops.begin(), tops.end(), 0U) != tops.end()) {
        throw OptionError(field, "must be at least 1");
    }
}

}  // namespace

std::string_view to_code(MeasureKind kind) noexcept {
    return kind_codes[static_cast<std::size_t>(kind)];
}

void validate(const EvaluationOptions& options) {
    if (options.tops.empty()) {
        throw OptionError("top", "at least one length of lists is needed");
    }
    check_tops(options.tops, "top");
    check_tops(options.pair_tops, "pairs-top");
    if (options.replicates > most_replicates) {
        throw OptionError("replicates", "must be at most " + std::to_string(most_replicates));
    }
    if (options.newcomer_partnerships == 0) {
        throw OptionError("newcomer", "must be at least 1");
    }
    if (options.sample && *options.sample < 2) {
        throw OptionError("sample", "must be at least 2");
    }
}

std::optional<std::size_t> Evaluation::find(const Measure& measure) const {
    const auto found = std::find(measures.begin(), measures.end(), measure);
    return found == measures.end() ? std::nullopt
                                   : std::optional(static_cast<std::size_t>(found - measures.begin()));
}

const Figure& Evaluation::figure(std::size_t method, const Measure& measure) const {
    const auto place = find(measure);
    if (!place) {
        throw Error("evaluation: there is no " + std::string(to_code(measure.kind)) + " at " +
                    std::to_string(measure.k));
    }
    return methods.at(method).figures[*place];
}

std::optional<std::size_t> Evaluation::best_reference(std::size_t measure) const {
    std::optional<std::size_t> best;
    for (std::size_t m = 0; m < methods.size(); ++m) {
        const auto& value = methods[m].figures[measure].value;
        if (methods[m].reference && value && (!best || *value > *methods[*best].figures[measure].value)) {
            best = m;
        }
    }
    return best;
}

Evaluation evaluate(const History& history, std::span<const ScoreSource* const> sources,
                    const EvaluationOptions& options, const Execution& execution) {
    validate(options);
    return Evaluator(history, sources, options, execution).run();
}

}  // namespace maillage

#include "algorithms/recommend/evaluation.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <utility>

namespace maillage {
namespace {

constexpr unsigned dropped_bits = 7;
constexpr float least = 1e-38F;
constexpr std::uint32_t sign_bit = 0x80000000U;

/// The new ties of each actor, from both sides.
class NewPartners {
public:
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
        for (const NewTie& tie : history.new_ties) {
            partners_[next[index_of(tie.a)]++] = tie.b;
            partners_[next[index_of(tie.b)]++] = tie.a;
        }
    }
    [[nodiscard]] std::span<const VertexId> of(VertexId v) const noexcept {
        return {partners_.data() + begins_[index_of(v)], partners_.data() + begins_[index_of(v) + 1]};
    }

private:
    std::vector<std::size_t> begins_;
    std::vector<VertexId> partners_;
};

/// What one worker needs and finds.
struct Work {
    Work(std::span<const ScoreSource* const> sources, std::size_t methods) : tallies(methods) {
        for (const ScoreSource* const source : sources) {
            rows.push_back(source->rows());
        }
    }
    std::vector<std::unique_ptr<ScoreRows>> rows;
    std::vector<ScoreTally> tallies;
    std::vector<VertexId> candidates;
    std::vector<std::uint8_t> relevant, state;
    std::vector<double> scores;
};

enum State : std::uint8_t { open, tied, new_tie };

class Evaluator {
public:
    Evaluator(const History& history, std::span<const ScoreSource* const> sources,
              const EvaluationOptions& options)
        : history_(history), sources_(sources), options_(options), partners_(history) {
        for (const VertexId v : history.past.graph.view().vertices()) {
            if (history.known[index_of(v)] != 0) {
                known_.push_back(v);
            }
        }
        for (const ScoreSource* const source : sources) {
            first_.push_back(methods_.size());
            lanes_ = std::max(lanes_, source->lanes());
            for (const std::string& method : source->methods()) {
                if (std::find(methods_.begin(), methods_.end(), method) != methods_.end()) {
                    throw Error("evaluation: two methods are named \"" + method + "\"");
                }
                methods_.push_back(method);
            }
        }
    }

    Evaluation run(const Execution& execution) {
        lists_.assign(known_.size() * methods_.size(), std::nullopt);
        std::vector<std::unique_ptr<Work>> work(std::max<std::uint32_t>(1, execution.threads));
        for_chunks(known_.size(), lanes_, execution, "evaluate",
                   [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                       if (!work[worker]) {
                           work[worker] = std::make_unique<Work>(sources_, methods_.size());
                       }
                       for (std::size_t s = 0; s < sources_.size(); ++s) {
                           const std::size_t lanes = sources_[s]->lanes();
                           for (std::size_t first = begin; first < end; first += lanes) {
                               judge(*work[worker], s, first, std::min(end, first + lanes));
                           }
                       }
                   });
        return summed(work);
    }

private:
    void judge(Work& w, std::size_t source, std::size_t begin, std::size_t end) {
        const std::span<const VertexId> actors(known_.data() + begin, end - begin);
        const ScoreRows& rows = *w.rows[source];
        w.rows[source]->compute(actors);
        for (std::size_t lane = 0; lane < actors.size(); ++lane) {
            list_candidates(w, actors[lane]);
            w.scores.resize(w.candidates.size());
            for (std::size_t m = 0; m < sources_[source]->methods().size(); ++m) {
                const std::size_t method = first_[source] + m;
                rows.values(m, lane, w.candidates, w.scores);
                for (std::size_t c = 0; c < w.candidates.size(); ++c) {
                    if (actors[lane] < w.candidates[c]) {
                        w.tallies[method].add(w.scores[c], w.relevant[c] != 0);
                    }
                    w.scores[c] = ScoreTally::score_of(ScoreTally::code(w.scores[c]));
                }
                lists_[(begin + lane) * methods_.size() + method] =
                    list_quality(w.scores, w.relevant, options_.top);
            }
        }
    }

    void list_candidates(Work& w, VertexId x) const {
        const GraphView g = history_.past.graph;
        w.state.assign(g.vertex_count(), open);
        w.state[index_of(x)] = tied;
        for (const VertexId y : g.neighbours(x)) {
            w.state[index_of(y)] = tied;
        }
        for (const VertexId y : partners_.of(x)) {
            w.state[index_of(y)] = new_tie;
        }
        w.candidates.clear();
        w.relevant.clear();
        for (const VertexId y : known_) {
            if (w.state[index_of(y)] != tied) {
                w.candidates.push_back(y);
                w.relevant.push_back(w.state[index_of(y)] == new_tie ? 1 : 0);
            }
        }
    }

    Evaluation summed(const std::vector<std::unique_ptr<Work>>& work) const {
        Evaluation result;
        for (std::size_t i = 0; i < methods_.size(); ++i) {
            ScoreTally all;
            for (const auto& part : work) {
                if (part) {
                    all.add(part->tallies[i]);
                }
            }
            MethodQuality quality;
            quality.method = methods_[i];
            quality.ranking = all.ranking();
            quality.average_precision = average_precision(quality.ranking);
            quality.auroc = auroc(quality.ranking);
            average_lists(i, quality, result.actors);
            result.methods.push_back(std::move(quality));
        }
        if (!result.methods.empty()) {
            for (const TieGroup& group : result.methods.front().ranking) {
                result.candidates += group.items;
                result.new_ties += group.relevant;
            }
        }
        return result;
    }

    void average_lists(std::size_t index, MethodQuality& quality, std::size_t& actors) const {
        ListQuality sum;
        actors = 0;
        for (std::size_t a = 0; a < known_.size(); ++a) {
            if (const auto& list = lists_[a * methods_.size() + index]) {
                sum.recall += list->recall;
                sum.hit += list->hit;
                sum.reciprocal_rank += list->reciprocal_rank;
                sum.ndcg += list->ndcg;
                ++actors;
            }
        }
        if (actors > 0) {
            const auto n = static_cast<double>(actors);
            quality.recall = sum.recall / n;
            quality.hits = sum.hit / n;
            quality.mrr = sum.reciprocal_rank / n;
            quality.ndcg = sum.ndcg / n;
        }
    }

    const History& history_;
    std::span<const ScoreSource* const> sources_;
    EvaluationOptions options_;
    NewPartners partners_;
    std::vector<std::string> methods_;
    std::vector<std::size_t> first_;  ///< method of each source
    std::size_t lanes_ = 1;           ///< of the widest source
    std::vector<VertexId> known_;
    std::vector<std::optional<ListQuality>> lists_;  ///< each written by the task of its actor
};

}  // namespace

/// Bits of a float are in the order of its size; those of negative ones are turned round.
std::uint32_t ScoreTally::code(double score) noexcept {
    const auto single = static_cast<float>(score);
    const auto bits = std::abs(single) >= least ? std::bit_cast<std::uint32_t>(single) : 0U;
    return ((bits & sign_bit) != 0 ? ~bits : bits | sign_bit) >> dropped_bits;
}

double ScoreTally::score_of(std::uint32_t code) noexcept {
    const std::uint32_t bits = code << dropped_bits;
    return static_cast<double>(std::bit_cast<float>(
        (bits & sign_bit) != 0 ? bits ^ sign_bit : ~(bits | ((1U << dropped_bits) - 1U))));
}

void ScoreTally::add(double score, bool relevant) {
    if (std::isnan(score)) {
        throw Error("evaluation: a score is not a number");
    }
    const std::uint32_t at = code(score);
    std::unique_ptr<Page>& page = pages_[at / page_size];
    if (!page) {
        page = std::make_unique<Page>();
    }
    Count& count = (*page)[at % page_size];
    ++count.items;
    count.relevant += relevant ? 1U : 0U;
}

void ScoreTally::add(const ScoreTally& other) {
    for (std::size_t p = 0; p < pages_.size(); ++p) {
        if (!other.pages_[p]) {
            continue;
        }
        if (!pages_[p]) {
            pages_[p] = std::make_unique<Page>();
        }
        for (std::size_t i = 0; i < page_size; ++i) {
            (*pages_[p])[i].items += (*other.pages_[p])[i].items;
            (*pages_[p])[i].relevant += (*other.pages_[p])[i].relevant;
        }
    }
}

std::vector<TieGroup> ScoreTally::ranking() const {
    std::vector<TieGroup> groups;
    for (std::size_t p = pages_.size(); p-- > 0;) {
        for (std::size_t i = page_size; pages_[p] && i-- > 0;) {
            if (const Count& count = (*pages_[p])[i]; count.items > 0) {
                groups.push_back({score_of(static_cast<std::uint32_t>(p * page_size + i)), count.items,
                                  count.relevant, static_cast<double>(count.relevant)});
            }
        }
    }
    return groups;
}

std::optional<ListQuality> list_quality(std::span<const double> scores,
                                        std::span<const std::uint8_t> relevant, std::uint32_t top) {
    std::uint64_t all = 0;
    double best = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (relevant[i] != 0) {
            best = all == 0 ? scores[i] : std::max(best, scores[i]);
            ++all;
        }
    }
    if (all == 0) {
        return std::nullopt;
    }
    // Scores from the last that can be in the list or the best relevant one, whichever is lower, in groups;
    // below, one group for all: nothing asks for their order.
    std::vector<double> highest(scores.begin(), scores.end());
    const std::size_t last = std::min<std::size_t>(top, highest.size()) - 1;
    std::nth_element(highest.begin(), highest.begin() + static_cast<std::ptrdiff_t>(last), highest.end(),
                     std::greater<>());
    const double floor = highest[last];
    std::vector<double> kept, gains;
    TieGroup above{.score = best}, beside{.score = best}, rest{.score = floor};
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double gain = relevant[i] != 0 ? 1.0 : 0.0;
        if (scores[i] >= floor) {
            kept.push_back(scores[i]);
            gains.push_back(gain);
            continue;
        }
        TieGroup& group = scores[i] > best ? above : scores[i] == best ? beside : rest;
        ++group.items;
        group.relevant += relevant[i];
        group.gain += gain;
    }
    std::vector<TieGroup> ranking = tie_groups(kept, gains);
    for (const TieGroup& group : {above, beside, rest}) {
        if (group.items > 0) {
            ranking.push_back(group);
        }
    }
    const std::vector<double> ones(static_cast<std::size_t>(all), 1.0);
    return ListQuality{*recall_at(ranking, top), *hit_at(ranking, top), *reciprocal_rank(ranking),
                       *ndcg_at(ranking, ones, top)};
}

Evaluation evaluate(const History& history, std::span<const ScoreSource* const> sources,
                    const EvaluationOptions& options, const Execution& execution) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    return Evaluator(history, sources, options).run(execution);
}

}  // namespace maillage

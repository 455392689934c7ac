#include "io/report/recommendations_document.hpp"

#include "engine/top_k.hpp"

#include "algorithms/recommend/list_figures.hpp"

#include "io/report/evidence_words.hpp"
#include "io/report/maybe_fields.hpp"
#include "io/report/opportunities_words.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

/// Pairs explained together, then written: large enough for two threads, small enough to stay in cache.
constexpr std::size_t pairs_per_block = 8192;
constexpr std::size_t pairs_per_chunk = 128;

struct Item {
    VertexId actor{};
    RecommendedPartner found;
    const EvidenceValues* evidence = nullptr;  ///< when the ranking is fitted
};

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const RecommendationsView& view)
        : json_(json), view_(view), words_(view.network, view.projection, view.model) {
        for (const ActorRecommendations& actor : view.result.actors) {
            for (std::size_t i = 0; i < actor.partners.size(); ++i) {
                items_.push_back(
                    {actor.actor, actor.partners[i], actor.evidence.empty() ? nullptr : &actor.evidence[i]});
            }
        }
        brief_ = places() > most_full_explanations;
    }

    void write() {
        write_summary();
        write_recommendations();
        write_actors();
        write_exposure();
        write_lists();
        if (view_.options.shard) {
            write_for_merge();
        }
        if (view_.opportunities != nullptr) {
            write_opportunities(json_, view_);
        }
    }

private:
    /// In the lists of the whole run, filled or not: the parts of a run agree on it.
    [[nodiscard]] std::uint64_t places() const {
        const std::uint64_t lists = view_.options.only ? 1 : view_.model.actors_in_scope();
        return lists * view_.options.top;
    }

    void write_summary() {
        const RecommendResult& result = view_.result;
        std::uint64_t served = 0;
        for (const ActorRecommendations& actor : result.actors) {
            served += actor.partners.empty() ? 0U : 1U;
        }
        json_.key("summary").begin_object();
        json_.field("actors_in_scope", static_cast<std::uint64_t>(view_.model.actors_in_scope()));
        json_.field("actors_listed", static_cast<std::uint64_t>(result.actors.size()));
        json_.field("actors_with_recommendations", served);
        json_.field("recommendations", static_cast<std::uint64_t>(items_.size()));
        json_.field("bounded_paths", static_cast<std::uint64_t>(result.bounded_paths));
        json_.field("bounded_expertises", static_cast<std::uint64_t>(result.bounded_expertises));
        json_.field("excluded_pairs", static_cast<std::uint64_t>(view_.model.input().barred.edge_count()));
        json_.field("explanations", brief_ ? "brief" : "full").end_object();
        json_.field("candidates", result.exact() ? "exact" : "bounded");
    }

    void write_recommendations() {
        json_.key("recommendations").begin_array(JsonWriter::Form::lines);
        ExplanationLimits limits;
        if (brief_) {
            limits = {.common_partners = 3, .paths = 1, .expertises = 3};
        }
        std::vector<std::unique_ptr<PairExplainer>> explainers(
            std::max<std::uint32_t>(1, view_.execution.threads));
        std::vector<std::string> block;
        for (std::size_t begin = 0; begin < items_.size(); begin += pairs_per_block) {
            block.assign(std::min(pairs_per_block, items_.size() - begin), {});
            for_chunks(block.size(), pairs_per_chunk, Execution{view_.execution.threads, {}}, "explain",
                       [&](std::size_t, std::size_t first, std::size_t last, std::size_t worker) {
                           if (!explainers[worker]) {
                               explainers[worker] =
                                   std::make_unique<PairExplainer>(view_.model, limits, view_.ei);
                           }
                           std::ostringstream text;
                           JsonWriter json(text);
                           for (std::size_t i = first; i < last; ++i) {
                               const Item& item = items_[begin + i];
                               write_item(json, item, (*explainers[worker])(item.actor, item.found.partner));
                               block[i] = text.str();
                               text.str({});
                           }
                       });
            for (const std::string& item : block) {
                json_.written(item);
            }
            view_.execution.report(
                "explain", static_cast<double>(begin + block.size()) / static_cast<double>(items_.size()));
        }
        json_.end_array();
    }

    void write_item(JsonWriter& json, const Item& item, const PairExplanation& pair) const {
        json.begin_object();
        json.field("actor", words_.id(pair.a)).field("partner", words_.id(pair.b));
        json.field("actor_name", words_.name(pair.a)).field("partner_name", words_.name(pair.b));
        json.field("rank", item.found.rank);
        if (item.evidence != nullptr) {
            json.field("score", written_score(item.found.score));
            json.field("probability", written_score(chance_of(item.found.score)));
        } else {
            json.field("score", written_score(pair.score.score));
        }
        json.key("rank_by_score");
        if (item.found.score_rank > 0) {
            json.value(item.found.score_rank);
        } else {
            json.null().field("why", "beyond_the_candidates");
        }
        if (item.evidence != nullptr) {
            write_fitted_contributions(json, view_.options.fitted->ranking(), *item.evidence);
        } else {
            words_.write_contributions(json, pair.score);
        }
        words_.write_explanation(json, pair, view_.language, !brief_);
        Reciprocity worth = pair.reciprocal;
        worth.fused = fuse(view_.options.lists.reciprocal, worth.to_a, worth.to_b);
        PairWords::write_reciprocal(json, worth);
        words_.write_effect(json, pair);
        json.end_object();
    }

    void write_actors() {
        json_.key("actors").begin_array(JsonWriter::Form::lines);
        for (const ActorRecommendations& actor : view_.result.actors) {
            json_.begin_object();
            json_.field("actor", words_.id(actor.actor)).field("actor_name", words_.name(actor.actor));
            json_.field("recommendations", static_cast<std::uint64_t>(actor.partners.size()));
            json_.field("candidates", static_cast<std::uint64_t>(actor.reach.candidates));
            const auto some = [this](std::string_view key, std::uint64_t count) {
                if (count > 0) {
                    json_.field(key, count);
                }
            };
            some("excluded", actor.reach.barred);
            some("one_sided", actor.one_sided);
            some("turned_away", actor.turned_away);
            some("short_of_quota", actor.short_of_quota);
            some("short_of_newcomers", actor.short_of_newcomers);
            if (actor.partners.empty()) {
                json_.field("why", to_code(actor.reason));
                json_.key("introducer");
                write_introducer(actor);
            }
            json_.end_object();
        }
        json_.end_array();
    }

    void write_introducer(const ActorRecommendations& actor) {
        if (!actor.introducer) {
            json_.null();
            return;
        }
        json_.value(words_.id(actor.introducer->actor));
        json_.field("introducer_name", words_.name(actor.introducer->actor));
        json_.field("introducer_by", to_code(actor.introducer->by));
        json_.field("introducer_partners", static_cast<std::uint64_t>(actor.introducer->partners));
    }

    /// Over one list or a part of them alone none of the numbers would mean anything.
    void write_exposure() {
        const std::optional<std::string_view> why = view_.options.only    ? std::optional("single_list")
                                                    : view_.options.shard ? std::optional("one_part")
                                                                          : std::nullopt;
        const auto shown = [&why](const Exposure& exposure) { return why ? Exposure() : exposure; };
        json_.key("exposure");
        io::write_exposure(json_, shown(view_.result.exposure), shown(view_.result.exposure_by_score),
                           why.value_or("zero_denominator"));
    }

    void write_lists() {
        json_.key("lists");
        write_list_figures(json_, tally(), most_shown(view_.model, view_.result.actors));
    }

    /// What the document of the whole run is computed from, beside the lists.
    void write_for_merge() {
        const ListTally sums = tally();
        json_.key("tally").begin_object();
        ListTally::for_each(
            sums, [this](std::string_view name, std::uint64_t number) { json_.field(name, number); });
        json_.end_object();
        json_.key("shown_by_score").begin_array(JsonWriter::Form::lines);
        for (std::size_t v = 0; v < view_.result.shown_by_score.size(); ++v) {
            if (view_.result.shown_by_score[v] > 0.0) {
                json_.begin_object();
                json_.field("actor", words_.id(VertexId{static_cast<std::uint32_t>(v)}));
                json_.field("exposure", view_.result.shown_by_score[v]).end_object();
            }
        }
        json_.end_array();
    }

    [[nodiscard]] ListTally tally() const {
        return tally_lists(view_.model, view_.result.actors, view_.options.lists.newcomer_partners,
                           Execution{.threads = view_.execution.threads, .progress = {}});
    }

    JsonWriter& json_;
    const RecommendationsView& view_;
    PairWords words_;
    std::vector<Item> items_;
    bool brief_ = false;
};

}  // namespace

void write_exposure(JsonWriter& json, const Exposure& exposure, const Exposure& by_score,
                    std::string_view why) {
    const auto write = [&](const Exposure& one) {
        MaybeFields maybe(json);
        maybe.field("coverage", one.coverage, why);
        maybe.field("gini", one.gini, why);
        maybe.field("entropy", one.entropy, why);
        maybe.finish();
    };
    json.begin_object();
    write(exposure);
    json.key("by_score").begin_object();
    write(by_score);
    json.end_object().end_object();
}

void write_list_figures(JsonWriter& json, const ListTally& tally, std::size_t most_shown) {
    const ListFigures figures = list_figures(tally);
    json.begin_object();
    MaybeFields maybe(json);
    maybe.field("diversity", figures.diversity, "zero_denominator");
    maybe.field("novelty", figures.novelty, "zero_denominator");
    maybe.field("outside_share", figures.outside, "missing_group");
    maybe.field("newcomer_share", figures.newcomers, "zero_denominator");
    json.field("most_shown", static_cast<std::uint64_t>(most_shown));
    json.field("short_of_quota", tally.short_of_quota);
    json.field("short_of_newcomers", tally.short_of_newcomers);
    maybe.finish();
    json.end_object();
}

void write_recommendations_options(JsonWriter& json, const RecommendationsView& view) {
    if (view.options.shard) {
        json.key("shard").begin_object().field("part", view.options.shard->part);
        json.field("of", view.options.shard->of).end_object();
    }
    json.key("actor");
    if (view.options.only) {
        json.value(view.network.id(view.projection.actor(*view.options.only)));
    } else {
        json.null();
    }
    json.field("top", view.options.top).field("opportunities", view.opportunities != nullptr);
    const ListPolicy& lists = view.options.lists;
    json.field("goal", to_code(view.model.options().goal));
    json.field("least_evidence", view.model.options().least_evidence);
    json.field("reciprocal", to_code(lists.reciprocal)).field("diversity", lists.diversity);
    json.field("quota", lists.quota).field("newcomers", lists.newcomers);
    json.field("newcomer_partners", lists.newcomer_partners);
    json.key("max_exposure");
    if (lists.max_exposure > 0) {
        json.value(lists.max_exposure);
    } else {
        json.null();
    }
    write_ranking(json, view.options.fitted != nullptr ? &view.options.fitted->ranking() : nullptr,
                  view.why_published);
    write_score_options(json, view.model);
    json.key("budget").begin_object().field("steps", view.options.budget.steps);
    json.field("postings", view.options.budget.postings);
    json.field("least_steps", view.options.budget.least_steps);
    json.field("least_postings", view.options.budget.least_postings).end_object();
}

void write_recommendations_result(JsonWriter& json, const RecommendationsView& view) {
    ResultWriter(json, view).write();
}

}  // namespace maillage::io

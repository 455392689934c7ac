#include "io/report/evaluation_document.hpp"

#include "io/report/maybe_fields.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace maillage::io {
namespace {

constexpr std::size_t curve_points = 60;

/// Measures of one kind and without stratum, by k.
using ByLength = std::vector<std::pair<std::uint32_t, std::size_t>>;

ByLength of_kind(const Evaluation& e, MeasureKind kind) {
    ByLength found;
    for (std::size_t i = 0; i < e.measures.size(); ++i) {
        if (e.measures[i].kind == kind && !e.measures[i].stratum) {
            found.emplace_back(e.measures[i].k, i);
        }
    }
    return found;
}

struct Field {
    MeasureKind kind;
    std::string_view name;
    bool by_length;
};
constexpr std::array<Field, 8> fields = {{{MeasureKind::average_precision, "average_precision", false},
                                          {MeasureKind::auroc, "auroc", false},
                                          {MeasureKind::precision, "precision_at", true},
                                          {MeasureKind::pairs_precision, "pairs_precision_at", true},
                                          {MeasureKind::recall, "recall_at", true},
                                          {MeasureKind::hits, "hits_at", true},
                                          {MeasureKind::mrr, "mrr", false},
                                          {MeasureKind::ndcg, "ndcg_at", true}}};

std::string_view reason(const EvaluationView& view, const Measure& measure) {
    const CandidateCount& count = measure.stratum
                                      ? view.evaluation.strata[static_cast<std::size_t>(*measure.stratum)]
                                      : view.evaluation.judged;
    if (measure.kind == MeasureKind::pairs_precision && view.evaluation.sampled) {
        return "sampled";
    }
    return count.new_ties == 0 ? "no_new_tie" : "no_other_candidate";
}

void write_interval(JsonWriter& json, const std::optional<FigureInterval>& interval) {
    if (interval) {
        json.begin_array().value(interval->low).value(interval->high).end_array();
    } else {
        json.null();
    }
}

/// Calls write(measure) for each field, under its name or by length.
template <class Write>
void each_field(JsonWriter& json, const Evaluation& e, Write write) {
    for (const Field& field : fields) {
        const ByLength measures = of_kind(e, field.kind);
        if (measures.empty()) {
            continue;
        }
        json.key(field.name);
        if (!field.by_length) {
            write(measures.front().second);
            continue;
        }
        json.begin_object();
        for (const auto& [k, measure] : measures) {
            json.key(std::to_string(k));
            write(measure);
        }
        json.end_object();
    }
}

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const EvaluationView& view)
        : json_(json), view_(view), e_(view.evaluation) {}

    void write() {
        json_.field("split", to_text(view_.cut.split));
        json_.field("until", view_.cut.until ? std::optional(to_text(*view_.cut.until)) : std::nullopt);
        write_train();
        write_test();
        write_estimate();
        json_.key("methods").begin_array(JsonWriter::Form::lines);
        for (const std::size_t m : best_first(e_)) {
            write_method(m);
        }
        json_.end_array();
        json_.key("strata").begin_array(JsonWriter::Form::lines);
        for (std::size_t s = 0; s < pair_stratum_count; ++s) {
            write_stratum(static_cast<PairStratum>(s));
        }
        json_.end_array();
    }

private:
    static std::uint64_t count(std::size_t n) { return n; }

    void write_train() {
        const History& h = view_.history;
        json_.key("train").begin_object().field("actors", count(h.known_actors));
        json_.field("ties", count(h.past.graph.view().edge_count()));
        json_.field("partnerships", count(h.past_partnerships)).field("undated", count(h.undated));
        json_.end_object();
    }
    void write_test() {
        const History& h = view_.history;
        json_.key("test").begin_object().field("partnerships", count(h.future_partnerships));
        json_.field("candidates", e_.all.candidates).field("new_ties", e_.all.new_ties);
        json_.field("partnerships_with_new_ties", count(e_.partnerships));
        json_.field("repeated", count(h.repeated)).field("with_unknown_actor", count(h.with_newcomer));
        json_.field("unknown_actors", count(h.newcomers)).end_object();
    }
    void write_estimate() {
        json_.key("estimate").begin_object().field("sampled", e_.sampled);
        json_.field("actors", count(e_.judged_actors)).field("candidates", e_.judged.candidates);
        json_.field("new_ties", e_.judged.new_ties).field("actors_with_new_tie", count(e_.actors));
        json_.end_object();
        json_.key("intervals").begin_object().field("level", 0.95);
        json_.field("replicates", view_.options.replicates);
        json_.field("drawn_for_pairs", e_.sampled ? "partnerships_and_sample" : "partnerships");
        json_.field("drawn_for_lists", "actors").end_object();
    }

    void write_method(std::size_t m) {
        const MethodQuality& method = e_.methods[m];
        json_.begin_object().field("method", method.method);
        json_.field("role", method.reference ? "index" : "ranking");
        std::map<std::string, std::string_view> missing;
        each_field(json_, e_, [&](std::size_t i) {
            json_.value(method.figures[i].value);
            if (!method.figures[i].value) {
                missing.emplace(field_of(e_.measures[i]), reason(view_, e_.measures[i]));
            }
        });
        if (!missing.empty()) {
            json_.key("why").begin_object();
            for (const auto& [name, why] : missing) {
                json_.field(name, why);
            }
            json_.end_object();
        }
        json_.key("intervals").begin_object();
        each_field(json_, e_, [&](std::size_t i) { write_interval(json_, method.figures[i].interval); });
        json_.end_object();
        json_.key("against_best_index").begin_object();
        each_field(json_, e_, [&](std::size_t i) { write_against(method.against[i]); });
        json_.end_object();
        json_.key("curve").begin_array();
        for (const PrecisionRecall& point : precision_recall_curve(method.ranking, curve_points)) {
            json_.begin_object().field("recall", point.recall).field("precision", point.precision);
            json_.end_object();
        }
        json_.end_array().end_object();
    }
    static std::string_view field_of(const Measure& measure) {
        return std::find_if(fields.begin(), fields.end(),
                            [&](const Field& f) { return f.kind == measure.kind; })
            ->name;
    }

    void write_against(const std::optional<AgainstIndex>& against) {
        if (!against) {
            json_.null();
            return;
        }
        json_.begin_object().field("index", e_.methods[against->index].method);
        json_.field("difference", against->difference.value).key("difference_interval");
        write_interval(json_, against->difference.interval);
        json_.field_or_why("ratio", against->ratio.value, "zero_denominator").key("ratio_interval");
        write_interval(json_, against->ratio.interval);
        json_.end_object();
    }

    void write_stratum(PairStratum stratum) {
        const CandidateCount& counts = e_.strata[static_cast<std::size_t>(stratum)];
        json_.begin_object().field("stratum", to_code(stratum)).field("candidates", counts.candidates);
        json_.field("new_ties", counts.new_ties);
        const Measure precision{MeasureKind::average_precision, 0, stratum};
        const Measure area{MeasureKind::auroc, 0, stratum};
        const std::size_t at = *e_.find(precision);
        json_.key("methods").begin_array();
        for (const std::size_t m : best_first(e_)) {
            const MethodQuality& method = e_.methods[m];
            json_.begin_object().field("method", method.method);
            MaybeFields maybe(json_);
            maybe.field("average_precision", e_.figure(m, precision).value, reason(view_, precision));
            maybe.field("auroc", e_.figure(m, area).value, reason(view_, area));
            maybe.finish();
            json_.key("intervals").begin_object().key("average_precision");
            write_interval(json_, e_.figure(m, precision).interval);
            json_.key("auroc");
            write_interval(json_, e_.figure(m, area).interval);
            json_.end_object().key("against_best_index").begin_object().key("average_precision");
            write_against(method.against[at]);
            json_.end_object().end_object();
        }
        json_.end_array().end_object();
    }

    JsonWriter& json_;
    const EvaluationView& view_;
    const Evaluation& e_;
};

}  // namespace

std::vector<std::size_t> best_first(const Evaluation& evaluation) {
    std::vector<std::size_t> order(evaluation.methods.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto value = [&](std::size_t m) {
        return evaluation.figure(m, {MeasureKind::average_precision}).value.value_or(-1.0);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return value(a) != value(b) ? value(a) > value(b)
                                    : evaluation.methods[a].method < evaluation.methods[b].method;
    });
    return order;
}

void write_evaluation_options(JsonWriter& json, const EvaluationView& view) {
    json.field("split", to_text(view.cut.split));
    json.field("until", view.cut.until ? std::optional(to_text(*view.cut.until)) : std::nullopt);
    json.key("methods").begin_array();
    for (const MethodQuality& method : view.evaluation.methods) {
        json.value(method.method);
    }
    json.end_array();
    const auto lengths = [&](std::string_view name, MeasureKind kind) {
        json.key(name).begin_array();
        for (const auto& [k, measure] : of_kind(view.evaluation, kind)) {
            json.value(k);
        }
        json.end_array();
    };
    lengths("top", MeasureKind::recall);
    lengths("pairs_top", MeasureKind::pairs_precision);
    json.key("sample");
    if (view.options.sample) {
        json.value(*view.options.sample);
    } else {
        json.null();
    }
    json.field("replicates", view.options.replicates);
    json.field("newcomer_partnerships", view.options.newcomer_partnerships);
    json.field("damping", view.indices.damping).field("katz_share", view.indices.katz_share);
    json.field("local_path_share", view.indices.local_path_share);
    json.field("tolerance", view.indices.tolerance);
}

void write_evaluation_result(JsonWriter& json, const EvaluationView& view) {
    ResultWriter(json, view).write();
}

std::string method_label(std::string_view code, Language language) {
    static const std::map<std::string_view, std::pair<std::string_view, std::string_view>> labels = {
        {"common_neighbours", {"partenaires communs", "common partners"}},
        {"jaccard", {"Jaccard", "Jaccard"}},
        {"salton", {"Salton", "Salton"}},
        {"sorensen", {"Sørensen", "Sørensen"}},
        {"hub_promoted", {"pôles favorisés", "hub promoted"}},
        {"hub_depressed", {"pôles défavorisés", "hub depressed"}},
        {"leicht_holme_newman", {"Leicht, Holme et Newman", "Leicht, Holme and Newman"}},
        {"preferential_attachment", {"produit des degrés", "product of degrees"}},
        {"adamic_adar", {"Adamic-Adar", "Adamic-Adar"}},
        {"resource_allocation", {"allocation de ressources", "resource allocation"}},
        {"adamic_adar_weighted", {"Adamic-Adar pondéré", "weighted Adamic-Adar"}},
        {"resource_allocation_weighted",
         {"allocation de ressources pondérée", "weighted resource allocation"}},
        {"l3", {"L3", "L3"}},
        {"l3_weighted", {"L3 pondéré", "weighted L3"}},
        {"random_walk_3", {"marche de trois pas", "walk of three steps"}},
        {"local_path", {"chemins locaux", "local paths"}},
        {"katz", {"Katz", "Katz"}},
        {"pagerank", {"PageRank personnalisé", "personalised PageRank"}},
        {"pagerank_flow", {"flux de PageRank", "PageRank flow"}},
        {"maillage", {"maillage (classement ajusté)", "maillage (fitted ranking)"}}};
    const auto found = labels.find(code);
    return std::string(found == labels.end() ? code
                                             : pick(language, found->second.first, found->second.second));
}

}  // namespace maillage::io

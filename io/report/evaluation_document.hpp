#pragma once

#include "engine/history.hpp"

#include "algorithms/recommend/evaluation.hpp"
#include "algorithms/recommend/index_rows.hpp"

#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <iosfwd>
#include <string>
#include <vector>

/// How well scores foresaw the ties that came, as a document: JSON "evaluation", its reading, and a plot.
namespace maillage::io {

struct EvaluationView {
    const History& history;
    const HistoryOptions& cut;
    const Evaluation& evaluation;
    const EvaluationOptions& options;
    const IndexOptions& indices;
};

/// The fields of "options" that are particular to this document.
void write_evaluation_options(JsonWriter& json, const EvaluationView& view);
/// The fields of "result".
void write_evaluation_result(JsonWriter& json, const EvaluationView& view);

[[nodiscard]] Reading evaluation_reading(const EvaluationView& view, Language language);

/// Precision by recall of the methods that are no single indices, of the best indices, and of chance, as an SVG
/// that stands alone: both axes logarithmic, since the head of a ranking is what is read; lines differ in
/// colour (those of Okabe and Ito, told apart by the colour-blind), in dashes, and by the order of the legend.
void write_evaluation_plot(std::ostream& out, const EvaluationView& view, Language language);

/// Methods by average precision, highest first, then by name; those without one last.
[[nodiscard]] std::vector<std::size_t> best_first(const Evaluation& evaluation);
/// "weighted L3"; the code of a method that has no label.
[[nodiscard]] std::string method_label(std::string_view code, Language language);

}  // namespace maillage::io

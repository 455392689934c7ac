#pragma once

#include "engine/network.hpp"

#include "io/diagnostic_summary.hpp"
#include "io/json_writer.hpp"
#include "io/report/reading.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace maillage::io {

struct PageViews;

/// What stands around every result, see the contract's section 3.
struct DocumentHeader {
    std::string dataset_title;
    std::string digest;  ///< "sha256:…" of the dataset's canonical form
    std::size_t actors = 0, expertises = 0, partnerships = 0, opportunities = 0;
    DiagnosticSummary diagnostics;  ///< of reading
};

/// An analysis ready to be written as JSON or read as tables. The functions refer to the session's
/// network and results: use them while those live.
struct Document {
    std::string name;  ///< file name without ending, and the name of its schema: "recommendations"
    std::string version = "1.0";
    std::function<void(JsonWriter&)> options;  ///< writes the fields of the "options" object
    std::function<void(JsonWriter&)> result;   ///< writes the fields of the "result" object
    std::function<Reading(Language)> reading;
    std::function<void(PageViews&)> page;  ///< gives the report's page what it draws; may be empty
};

void write_json(std::ostream& out, const Document& document, const DocumentHeader& header);

}  // namespace maillage::io

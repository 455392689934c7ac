#pragma once

#include <string_view>

namespace maillage::fuzzing {

/// Reads any bytes as a graph of a format (a code of io/formats, "xlsx", or "dataset-json"), then as a dataset. Ends the process when
/// what comes out makes no sense: a diagnostic outside its line or not in UTF-8, a reader that gives up without an error,
/// a network beside an error, edges whose ends are no nodes.
void graph(std::string_view format, std::string_view input);

}  // namespace maillage::fuzzing

#pragma once

#include <string_view>

namespace maillage::fuzzing {

/// Reads any bytes as a table the way a dataset is read: decoded, then cut into fields, then into records.
/// Ends the process when what comes out makes no sense: a field that is not where it says, a text that is
/// not UTF-8, a diagnostic outside its line.
void csv(std::string_view input);

}  // namespace maillage::fuzzing

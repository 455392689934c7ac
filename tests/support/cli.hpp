#pragma once

#include "tools/command.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace maillage::testing {

struct CliResult {
    int code = 0;
    std::string out;
    std::string err;
};

/// Runs the command line in this process, as on a pipe.
inline CliResult run_cli(const std::vector<std::string>& args) {
    std::ostringstream out;
    std::ostringstream err;
    const auto code = tools::dispatch(args, {.out = out, .err = err});
    return {static_cast<int>(code), out.str(), err.str()};
}

inline std::string dataset(const std::string& name) {
    return std::string(MAILLAGE_SOURCE_DIR) + "/datasets/" + name;
}

}  // namespace maillage::testing

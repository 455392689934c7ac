#pragma once

#include "engine/error.hpp"

#include "io/formats/graph_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Beyond these a file is taken for damaged or hostile. All can be set (--limit).
struct ReadLimits {
    std::uint64_t bytes = std::uint64_t{64} << 30U;  ///< of a file, unpacked
    std::uint64_t rows = 2'000'000'000;              ///< nodes, edges and values of a file
    std::uint64_t columns = 4096;                    ///< attributes of nodes or of edges, columns of a table
    std::uint64_t depth = 512;                       ///< elements or brackets inside one another
    std::uint64_t name = std::uint64_t{1} << 20U;    ///< bytes of one text
    std::uint64_t ratio = 1000;                      ///< bytes unpacked of one packed
};

/// Where a reader of a format says what it finds. Of each kind of warning or note only the first in the
/// file is shown with its place, and the number of all; errors are shown up to 20 of a kind.
class ReadContext {
public:
    ReadContext(const std::string& file, std::vector<Diagnostic>& diagnostics, const ReadLimits& limits = {})
        : file_(file), diagnostics_(diagnostics), limits_(limits) {}
    ReadContext(const ReadContext&) = delete;
    ReadContext& operator=(const ReadContext&) = delete;
    /// Adds the numbers of what was said once.
    ~ReadContext();

    void error(Place where, std::string message);
    /// `kind` tells which messages are the same problem.
    void error(const std::string& kind, Place where, std::string message);
    void warn(const std::string& kind, Place where, std::string message);
    void note(const std::string& kind, Place where, std::string message);
    /// Adds " (N like this)" now; the context can be used on.
    void finish();

    [[nodiscard]] const std::string& file() const noexcept { return file_; }
    [[nodiscard]] std::vector<Diagnostic>& diagnostics() noexcept { return diagnostics_; }
    [[nodiscard]] const ReadLimits& limits() const noexcept { return limits_; }
    [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
    /// An error when the tables have grown beyond the limits; false then.
    bool within_limits(const GraphTables& tables, Place where);
    /// An error when a text is longer than the limit; false then.
    bool name_within_limits(std::string_view text, Place where);

private:
    struct Said {
        std::size_t index = 0;  ///< in diagnostics_
        std::size_t count = 0;
    };
    void say(Severity severity, const std::string& kind, Place where, std::string message, std::size_t most);

    const std::string& file_;
    std::vector<Diagnostic>& diagnostics_;
    ReadLimits limits_;
    std::map<std::string, Said> said_;
    std::size_t errors_ = 0;
    bool beyond_ = false;
};

}  // namespace maillage::io

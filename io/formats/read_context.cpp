#include "io/formats/read_context.hpp"

#include <utility>

namespace maillage::io {

ReadContext::~ReadContext() {
    finish();
}

void ReadContext::finish() {
    for (const auto& [kind, said] : said_) {
        if (said.count > 1 && said.index < diagnostics_.size()) {
            diagnostics_[said.index].message += "; " + std::to_string(said.count) + " like this";
        }
    }
    said_.clear();
}

void ReadContext::say(Severity severity, const std::string& kind, Place where, std::string message,
                      std::size_t most) {
    Said& said = said_[kind];
    if (said.count++ < most) {
        said.index = diagnostics_.size();
        diagnostics_.push_back({severity, {file_, where.line, where.column}, std::move(message), {}});
    } else if (most == 1 && where.line != 0) {
        // what comes first in the file is shown, in whatever order it is looked at
        SourcePosition& shown = diagnostics_[said.index].where;
        if (std::pair(where.line, where.column) < std::pair(shown.line, shown.column)) {
            shown.line = where.line;
            shown.column = where.column;
            diagnostics_[said.index].message = std::move(message);
        }
    }
}

void ReadContext::error(Place where, std::string message) {
    ++errors_;
    diagnostics_.push_back({Severity::error, {file_, where.line, where.column}, std::move(message), {}});
}

void ReadContext::error(const std::string& kind, Place where, std::string message) {
    constexpr std::size_t most = 20;
    ++errors_;
    say(Severity::error, kind, where, std::move(message), most);
}

void ReadContext::warn(const std::string& kind, Place where, std::string message) {
    say(Severity::warning, kind, where, std::move(message), 1);
}

void ReadContext::note(const std::string& kind, Place where, std::string message) {
    say(Severity::note, kind, where, std::move(message), 1);
}

bool ReadContext::within_limits(const GraphTables& tables, Place where) {
    const std::uint64_t rows = tables.nodes().size() + tables.edges().size() + tables.value_count();
    const std::uint64_t columns = std::max(tables.node_columns().size(), tables.edge_columns().size());
    constexpr std::uint64_t most_rows = 2'000'000'000;  // ends are numbered in 32 bits
    if (rows <= std::min(limits_.rows, most_rows) && columns <= limits_.columns) {
        return true;
    }
    if (!beyond_) {
        beyond_ = true;
        rows > limits_.rows ? error(where, "more than " + std::to_string(limits_.rows) +
                                               " nodes, edges and values; --limit rows=N allows more")
                            : error(where, "more than " + std::to_string(limits_.columns) +
                                               " attributes; --limit columns=N allows more");
    }
    return false;
}

bool ReadContext::name_within_limits(std::string_view text, Place where) {
    if (text.size() <= limits_.name) {
        return true;
    }
    error("name", where,
          "a text of " + std::to_string(text.size()) + " bytes, more than " + std::to_string(limits_.name) +
              "; --limit name=N allows more");
    return false;
}

}  // namespace maillage::io

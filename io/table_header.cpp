#include "io/table_header.hpp"

#include "engine/network.hpp"

#include "io/name_key.hpp"
#include "io/values.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

std::string quoted(std::string_view text) {
    return '"' + std::string(trimmed(text)) + '"';
}

std::string joined(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) {
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return list;
}

}  // namespace

TableHeader::TableHeader(const TableSpec& spec, const std::vector<CsvField>& row, const std::string& file,
                         std::vector<Diagnostic>& diagnostics)
    : spec_(spec),
      file_(file),
      diagnostics_(diagnostics),
      width_(row.size()),
      field_of_(spec.columns.size(), absent) {
    while (width_ > 0 && trimmed(row[width_ - 1].text).empty()) {
        --width_;
    }
    for (std::size_t f = 0; f < width_; ++f) {
        keys_.push_back(column_key(row[f].text));
    }
    column_of_.assign(width_, absent);
    match_names(row);
    match_synonyms(row);
    keep_the_rest(row);
    check_required(row);
}

void TableHeader::say(Severity severity, const CsvField& where, std::string message) {
    diagnostics_.push_back({severity, {file_, where.line, where.column}, std::move(message), {}});
    complete_ = complete_ && severity != Severity::error;
}

void TableHeader::match_names(const std::vector<CsvField>& row) {
    for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
        const std::string key = column_key(spec_.columns[c].name);
        for (std::size_t f = 0; f < width_; ++f) {
            if (keys_[f] == key) {
                take(row, f, c);
            }
        }
    }
}

void TableHeader::match_synonyms(const std::vector<CsvField>& row) {
    const std::vector<std::size_t> named = field_of_;
    for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
        if (named[c] != absent) {
            continue;
        }
        std::vector<std::string> synonyms;
        for (const std::string_view synonym : spec_.columns[c].synonyms) {
            synonyms.push_back(column_key(synonym));
        }
        for (std::size_t f = 0; f < width_; ++f) {
            if (column_of_[f] == absent &&
                std::find(synonyms.begin(), synonyms.end(), keys_[f]) != synonyms.end()) {
                take(row, f, c);
            }
        }
    }
}

void TableHeader::take(const std::vector<CsvField>& row, std::size_t f, std::size_t c) {
    column_of_[f] = c;
    if (field_of_[c] == absent) {
        field_of_[c] = f;
        return;
    }
    say(Severity::error, row[f],
        "columns " + quoted(row[field_of_[c]].text) + " and " + quoted(row[f].text) + " both mean " +
            std::string(spec_.columns[c].name) + "; rename one of them");
}

void TableHeader::keep_the_rest(const std::vector<CsvField>& row) {
    for (std::size_t f = 0; f < width_; ++f) {
        const std::string name(trimmed(row[f].text));
        if (column_of_[f] != absent) {
            continue;
        }
        if (name.empty()) {
            say(Severity::warning, row[f], "a column without a name is not read");
        } else if (spec_.table == Table::actors) {
            keep_attribute(row[f], f, name);
        } else {
            say(Severity::note, row[f], "column " + quoted(name) + " is not used" + suggest_column(name));
        }
    }
}

void TableHeader::keep_attribute(const CsvField& field, std::size_t f, const std::string& name) {
    if (std::find(attribute_names_.begin(), attribute_names_.end(), name) != attribute_names_.end()) {
        say(Severity::error, field, "column " + quoted(name) + " is there twice; rename one of them");
        return;
    }
    attribute_names_.push_back(name);
    attribute_fields_.push_back(f);
    if (const std::string hint = suggest_column(name); !hint.empty()) {
        say(Severity::note, field, "column " + quoted(name) + " is kept as an attribute" + hint);
    }
}

void TableHeader::check_required(const std::vector<CsvField>& row) {
    std::string found;
    for (std::size_t f = 0; f < width_; ++f) {
        found += (f == 0 ? "" : ", ") + std::string(trimmed(row[f].text));
    }
    for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
        const ColumnSpec& column = spec_.columns[c];
        if (column.required && field_of_[c] == absent) {
            say(Severity::error, row.front(),
                "there is no column " + std::string(column.name) +
                    " (accepted too: " + joined(column.synonyms) + "); the columns found are: " + found);
        }
    }
}

/// Columns of the table that are not there yet and are spelled nearly like the name.
std::string TableHeader::suggest_column(const std::string& name) const {
    std::vector<std::string> missing;
    for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
        if (field_of_[c] == absent) {
            missing.emplace_back(spec_.columns[c].name);
        }
    }
    return suggestion(name, missing);
}

}  // namespace maillage::io

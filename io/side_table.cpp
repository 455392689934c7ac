#include "io/side_table.hpp"

#include "io/excerpts.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <utility>

namespace maillage::io {

SideTable::SideTable(const std::string& path, const TableSpec& spec, std::string_view columns,
                     const Network& network)
    : path_(path), spec_(spec), network_(network), file_(path), actors_(network) {
    decode(file_.bytes(), path_, decoded_, diagnostics_);
    if (!decoded_.readable) {
        return;
    }
    reader_.emplace(decoded_.text, path_, diagnostics_);
    if (!next_with_text()) {
        if (!reader_->failed()) {
            error({{}, 1, 1}, "the table is empty; its first line names the columns " + std::string(columns));
        }
        return;
    }
    header_.emplace(spec_, fields_, path_, diagnostics_);
    if (!header_->complete()) {
        header_.reset();
    }
}

bool SideTable::next_with_text() {
    while (reader_->next(fields_)) {
        if (std::any_of(fields_.begin(), fields_.end(),
                        [](const CsvField& field) { return !trimmed(field.text).empty(); })) {
            return true;
        }
    }
    return false;
}

bool SideTable::next() {
    return header_ && next_with_text();
}

const CsvField* SideTable::cell(std::size_t column) const noexcept {
    const std::size_t f = header_->field_of(column);
    return f < fields_.size() && !trimmed(fields_[f].text).empty() ? &fields_[f] : nullptr;
}

std::optional<ActorId> SideTable::actor(std::size_t column) {
    const CsvField* field = cell(column);
    if (field == nullptr) {
        const std::size_t f = header_->field_of(column);
        error(f < fields_.size() ? fields_[f] : fields_.back(),
              "an actor is missing in column " + std::string(spec_.columns[column].name));
        return std::nullopt;
    }
    std::string why;
    const auto found = actors_.find(trimmed(field->text), why);
    if (!found) {
        error(*field, std::move(why));
    }
    return found;
}

void SideTable::say(Severity severity, const CsvField& where, std::string message) {
    diagnostics_.push_back({severity, {path_, where.line, where.column}, std::move(message), {}});
}

std::vector<Diagnostic> SideTable::finish() {
    fill_excerpts(decoded_.text, path_, diagnostics_);
    if (std::any_of(diagnostics_.begin(), diagnostics_.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; })) {
        throw InputError(std::move(diagnostics_));
    }
    return std::move(diagnostics_);
}

}  // namespace maillage::io

#include "engine/error.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t excerpt_before = 60;  // bytes shown before the caret of a long line
constexpr std::size_t excerpt_after = 40;

bool continues_character(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string printable(std::string_view text) {
    std::string shown(text);
    for (char& c : shown) {
        if (static_cast<unsigned char>(c) < 0x20U || c == '\x7F') {
            c = ' ';
        }
    }
    return shown;
}

/// The part of the line around the column, and the caret below it; `from` bytes of the line stand before what is given.
std::string excerpt_with_caret(std::string_view line, std::uint32_t column, std::uint32_t from) {
    column = column > from ? column - from : 0;
    const std::size_t at = std::min(line.size(), static_cast<std::size_t>(column > 0 ? column - 1 : 0));
    std::size_t begin = at > excerpt_before ? at - excerpt_before : 0;
    std::size_t end = std::min(line.size(), at + excerpt_after);
    while (begin > 0 && continues_character(line[begin])) {
        --begin;
    }
    while (end < line.size() && continues_character(line[end])) {
        ++end;
    }
    const std::string lead = begin + from > 0 ? "…" : "";
    std::string text =
        "\n    " + lead + printable(line.substr(begin, end - begin)) + (end < line.size() ? "…" : "");
    if (column > 0) {
        const auto shown = line.substr(begin, at - begin);
        const auto width =
            std::count_if(shown.begin(), shown.end(), [](char c) { return !continues_character(c); });
        text +=
            "\n    " + std::string(static_cast<std::size_t>(width) + (begin + from > 0 ? 1 : 0), ' ') + '^';
    }
    return text;
}

std::string summary_of(const std::vector<Diagnostic>& diagnostics) {
    const auto first = std::find_if(diagnostics.begin(), diagnostics.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::error; });
    return first == diagnostics.end() ? "the input cannot be used" : to_text(*first);
}

}  // namespace

std::string_view to_text(Severity severity) noexcept {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            break;
    }
    return "error";
}

std::string_view shortened(std::string_view text, std::size_t longest) noexcept {
    std::size_t size = std::min(text.size(), longest);
    while (size > 0 && size < text.size() && continues_character(text[size])) {
        --size;
    }
    return text.substr(0, size);
}

std::string quoted_text(std::string_view text, std::size_t longest) {
    return '"' + printable(shortened(text, longest)) + (text.size() > longest ? "…\"" : "\"");
}

std::string to_text(const Diagnostic& diagnostic) {
    std::string text = diagnostic.where.file;
    if (diagnostic.where.line > 0) {
        text += ':' + std::to_string(diagnostic.where.line);
        if (diagnostic.where.column > 0) {
            text += ':' + std::to_string(diagnostic.where.column);
        }
    }
    text +=
        (text.empty() ? "" : ": ") + std::string(to_text(diagnostic.severity)) + ": " + diagnostic.message;
    if (!diagnostic.excerpt.empty()) {
        text += excerpt_with_caret(diagnostic.excerpt, diagnostic.where.column, diagnostic.excerpt_from);
    }
    return text;
}

void sort_by_place(std::vector<Diagnostic>& diagnostics, const std::vector<std::string>& file_order) {
    const auto rank = [&file_order](const std::string& file) {
        return std::find(file_order.begin(), file_order.end(), file) - file_order.begin();
    };
    const auto key = [&rank](const Diagnostic& d) {
        return std::tuple(rank(d.where.file), std::string_view(d.where.file), d.where.line, d.where.column,
                          -static_cast<int>(d.severity), std::string_view(d.message));
    };
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [&key](const Diagnostic& x, const Diagnostic& y) { return key(x) < key(y); });
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : Error(summary_of(diagnostics)), diagnostics_(std::move(diagnostics)) {}

InputError::InputError(Diagnostic diagnostic) : InputError(std::vector<Diagnostic>{std::move(diagnostic)}) {}

OptionError::OptionError(std::string field, const std::string& message)
    : Error(message), field_(std::move(field)) {}

}  // namespace maillage

#include "io/excerpts.hpp"

#include "io/scan.hpp"

#include <algorithm>
#include <cstddef>

namespace maillage::io {
namespace {

constexpr std::size_t longest_excerpt = std::size_t{4} << 10U;
// A line may be a whole file (JSON) with a diagnostic for each of its records: the beginning of the line is kept for
// columns up to `far` and as long as all excerpts are below the budget, else only what is around the column.
constexpr std::uint32_t far = 1U << 16U;
constexpr std::uint32_t around = 1U << 8U;
constexpr std::size_t budget = std::size_t{4} << 20U;

/// The beginning of the character that the byte at an offset belongs to.
std::size_t whole_character(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
        --at;
    }
    return at;
}

}  // namespace

void fill_excerpts(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
    std::vector<Diagnostic*> wanted;
    for (Diagnostic& d : diagnostics) {
        if (d.where.line > 0 && d.excerpt.empty() && d.where.file == file) {
            wanted.push_back(&d);
        }
    }
    std::stable_sort(wanted.begin(), wanted.end(),
                     [](const Diagnostic* x, const Diagnostic* y) { return x->where.line < y->where.line; });
    std::uint32_t line = 1;
    std::size_t begin = 0;
    std::size_t kept = 0;
    for (Diagnostic* d : wanted) {
        while (line < d->where.line && begin < text.size()) {
            const std::size_t end = find_line_end(text, begin);
            begin = end + (text.substr(end, 2) == "\r\n" ? 2U : 1U);
            ++line;
        }
        if (begin < text.size()) {
            const std::size_t longest = longest_excerpt + d->where.column;
            std::size_t from = begin;
            if (d->where.column > far || kept > budget) {
                from = whole_character(text, begin + d->where.column - std::min(d->where.column, around));
                d->excerpt_from = static_cast<std::uint32_t>(from - begin);
            }
            const std::size_t size = begin + longest - from;
            const std::string_view rest = text.substr(std::min(from, text.size()), size + 4);
            d->excerpt = std::string(shortened(rest.substr(0, find_line_end(rest, 0)), size));
            kept += d->excerpt.size();
        }
    }
}

}  // namespace maillage::io

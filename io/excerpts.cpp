#include "io/excerpts.hpp"

#include "io/scan.hpp"

#include <algorithm>
#include <cstddef>

namespace maillage::io {
namespace {

constexpr std::size_t longest_excerpt = std::size_t{4} << 10U;

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
    for (Diagnostic* d : wanted) {
        while (line < d->where.line && begin < text.size()) {
            const std::size_t end = find_line_end(text, begin);
            begin = end + (text.substr(end, 2) == "\r\n" ? 2U : 1U);
            ++line;
        }
        if (begin < text.size()) {
            const std::size_t longest = longest_excerpt + d->where.column;
            const std::string_view rest = text.substr(begin, longest + 4);
            d->excerpt = std::string(shortened(rest.substr(0, find_line_end(rest, 0)), longest));
        }
    }
}

}  // namespace maillage::io

#include "io/formats/foreign_format.hpp"

#include "engine/ascii.hpp"

#include "io/formats/line_reader.hpp"
#include "io/formats/xml.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace maillage::io {
namespace {

/// The first line with something in it that is no comment.
std::string_view first_line(std::string_view text, std::string_view comments) {
    LineReader lines(text);
    while (lines.next()) {
        const std::string_view line = trimmed(lines.line());
        if (!line.empty() && comments.find(line.front()) == std::string_view::npos) {
            return line;
        }
    }
    return {};
}

/// `digraph g {`, `strict graph {`.
bool is_dot(std::string_view text) {
    constexpr std::size_t sample = 4096;
    std::string_view rest = text.substr(0, sample);
    for (bool comment = true; comment;) {
        rest = trimmed(rest);
        comment = rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#');
        if (comment) {
            const std::string_view end = rest.starts_with("/*") ? "*/" : "\n";
            const std::size_t at = std::min(rest.find(end), rest.size());
            rest.remove_prefix(std::min(at + end.size(), rest.size()));
        }
    }
    std::string_view behind = rest.substr(0, std::min(rest.find('{'), rest.size()));
    if (behind.size() == rest.size() || behind.find('[') != std::string_view::npos) {
        return false;
    }
    std::string word = lower_ascii(behind.substr(0, behind.find_first_of(" \t\r\n")));
    if (word == "strict") {
        behind = trimmed(behind.substr(word.size()));
        word = lower_ascii(behind.substr(0, behind.find_first_of(" \t\r\n")));
    }
    return word == "graph" || word == "digraph";
}

/// `dl n=5`: https://sites.google.com/site/ucinetsoftware
bool is_dl(std::string_view line) {
    const std::string_view word = take_word(line);
    const std::string rest = lower_ascii(trimmed(line));
    return lower_ascii(word) == "dl" && rest.find('=') != std::string::npos &&
           (rest.front() == 'n' || rest.starts_with("format"));
}

/// Karypis and Kumar, METIS manual (1998): a line with the numbers n of vertices and m of edges, then n lines that have
/// 2 m neighbours. A list of edges can look so only where it has as many lines.
bool is_metis(std::string_view text) {
    std::string_view head = first_line(text, "%");
    const auto vertices = parse_whole<std::uint64_t>(take_word(head));
    const auto edges = parse_whole<std::uint64_t>(take_word(head));
    const std::string_view form = take_word(head);
    if (!vertices || !edges || *vertices == 0 || !trimmed(head).empty() ||
        !(form.empty() || form == "0" || form == "1" || form == "00" || form == "01" || form == "001")) {
        return false;
    }
    const auto ends = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    if (ends < *vertices) {
        return false;
    }
    LineReader lines(text);
    std::uint64_t rows = 0;
    std::uint64_t words = 0;
    bool pairs = true;  // as a list of edges has them
    bool first = true;
    while (lines.next()) {
        if (trimmed(lines.line()).starts_with('%') ||
            std::exchange(first, first && trimmed(lines.line()).empty())) {
            continue;
        }
        std::string_view rest = lines.line();
        std::uint64_t here = 0;
        for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
            const auto number = parse_whole<std::uint64_t>(word);
            if (!number) {
                return false;
            }
            ++here;
        }
        pairs = pairs && (here == 2 || here == 3);
        words += here;
        rows += here > 0 || rows < *vertices ? 1U : 0U;
    }
    const bool weighted = !form.empty() && form.back() == '1';
    return rows == *vertices && words == *edges * (weighted ? 4U : 2U) && !pairs;
}

/// The name of the outermost element.
std::string other_xml(std::string_view text) {
    const std::string_view root = root_element(text);
    if (root.empty() || root == "graphml" || root == "gexf") {
        return {};
    }
    constexpr std::size_t longest = 40;
    return "an XML file whose outermost element is <" + std::string(root.substr(0, longest)) +
           ">; of XML, GraphML and GEXF are read";
}

}  // namespace

std::string foreign_format(std::string_view text) {
    const std::string_view line = first_line(text, "#%");
    if (line.starts_with('<')) {
        return other_xml(text);
    }
    constexpr std::string_view through =
        ", which is not read; its program, Gephi or NetworkX make GraphML of it";
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> beginnings = {
        {{"nodedef>", "a graph of GUESS (GDF)"},
         {"LEDA.GRAPH", "a graph of LEDA"},
         {"(tlp ", "a graph of Tulip (TLP)"},
         {">>graph6<<", "a list of graphs in graph6"},
         {">>digraph6<<", "a list of graphs in digraph6"},
         {">>sparse6<<", "a list of graphs in sparse6"},
         {"*Nodes", "a graph of the samples of JUNG, which say *Nodes where Pajek says *Vertices"},
         {"*node data", "a graph of NetDraw (VNA)"}}};
    for (const auto& [beginning, what] : beginnings) {
        if (line.size() >= beginning.size() &&
            lower_ascii(line.substr(0, beginning.size())) == lower_ascii(beginning)) {
            return std::string(what) + std::string(through);
        }
    }
    if (line == "@nodes") {  // and no name that begins so
        return "a graph of LEMON (LGF)" + std::string(through);
    }
    if (is_dl(line)) {
        return "a graph of UCINET (DL)" + std::string(through);
    }
    if (is_dot(text)) {
        return "a drawing of Graphviz (DOT)" + std::string(through);
    }
    if (is_metis(text)) {
        return "a graph of METIS" + std::string(through);
    }
    return {};
}

}  // namespace maillage::io

#include "io/report/page/html.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace maillage::io {
namespace {

/// U+202A to U+202E and U+2066 to U+2069 in UTF-8.
bool turns_direction(std::string_view at) noexcept {
    if (at.size() < 3 || at[0] != '\xE2') {
        return false;
    }
    const auto third = static_cast<unsigned char>(at[2]);
    return (at[1] == '\x80' && third >= 0xAA && third <= 0xAE) ||
           (at[1] == '\x81' && third >= 0xA6 && third <= 0xA9);
}

bool unknown_to_xml(char c) noexcept {
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7F;
}

/// "89 %" and "89%": with the narrow space it is right in both (SI Brochure, 5.4.7), and half as long.
bool same_but_for_percent(const Both& words) {
    constexpr std::string_view with_space = "\u202F%";
    return words.fr.size() > with_space.size() &&
           words.fr.size() == words.en.size() + with_space.size() - 1 && words.fr.ends_with(with_space) &&
           words.en.ends_with('%') &&
           words.fr.compare(0, words.fr.size() - with_space.size(), words.en, 0, words.en.size() - 1) == 0;
}

/// Whole words that two texts begin with alike, with the space behind them: "Blois, Dreux " of "Blois, Dreux et Tours"
/// and "Blois, Dreux and Tours".
std::size_t common_start(std::string_view a, std::string_view b) noexcept {
    std::size_t last = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) {
        last = a[i] == ' ' ? i + 1 : last;
    }
    return last;
}

std::size_t common_end(std::string_view a, std::string_view b) noexcept {
    std::size_t last = 0;
    for (std::size_t i = 1; i <= std::min(a.size(), b.size()) && a[a.size() - i] == b[b.size() - i]; ++i) {
        last = a[a.size() - i] == ' ' ? i : last;
    }
    return last;
}

/// A space that French keeps with what it stands beside (before : ; ? ! % and », after «) does not break.
std::string with_french_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view after = text.substr(i + 1);
        const bool kept =
            text[i] == ' ' &&
            ((!after.empty() && std::string_view(":;?!%").find(after.front()) != std::string_view::npos) ||
             after.substr(0, 2) == "»" || (i >= 2 && text.substr(i - 2, 2) == "«"));
        if (kept) {
            out += "\u00a0";
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += quotes ? "&quot;" : "\"";
                break;
            case '\'':
                out += quotes ? "&#39;" : "'";
                break;
            default:
                if (turns_direction(text.substr(i))) {
                    i += 2;
                } else if (!unknown_to_xml(c)) {
                    out += c;
                }
        }
    }
    return out;
}

std::string json_for_script(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 64);
    bool inside = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '\\') {
            out += c;
            out += json[++i];
            continue;
        }
        inside = inside != (c == '"');
        if (!inside && (c == ' ' || c == '\n')) {
            continue;
        }
        if (c == '<' || c == '>' || c == '&') {  // inside strings only: JSON itself has none of them
            out += c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026";
        } else if (json.substr(i, 3) == "\u2028" || json.substr(i, 3) == "\u2029") {
            out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else if (turns_direction(json.substr(i))) {
            i += 2;
        } else {
            out += c;
        }
    }
    return out;
}

std::string coordinate(double value, int decimals) {
    const double unit = decimals == 1 ? 10.0 : 100.0;
    const double rounded = std::round(value * unit) / unit;
    std::array<char, 32> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded == 0.0 ? 0.0 : rounded).ptr;
    return {buffer.data(), end};
}

std::string_view lang_of(Language language) noexcept {
    return language == Language::fr ? "fr" : "en";
}

Html& Html::text(const Both& words) {
    if (words.same() || same_but_for_percent(words)) {
        return text(words.fr);
    }
    constexpr std::size_t worth_it = 6;  // bytes said once
    const std::size_t start = common_start(words.fr, words.en);
    Both rest{words.fr.substr(start), words.en.substr(start)};
    const std::size_t end = common_end(rest.fr, rest.en);
    if (start + end < worth_it) {
        return block("i", "", words);
    }
    const std::string_view after = std::string_view(words.fr).substr(words.fr.size() - end);
    rest.fr.resize(rest.fr.size() - end);
    rest.en.resize(rest.en.size() - end);
    text(std::string_view(words.fr).substr(0, start));
    block("i", "", rest);
    return text(after);
}

Html& Html::block(std::string_view tag, std::string_view attributes, const Both& words) {
    const auto one = [&](std::string_view language, const std::string& in_it) {
        if (in_it.empty()) {
            return;
        }
        out_ += "<";
        out_ += tag;
        if (!language.empty()) {
            out_ += " lang=";
            out_ += language;
        }
        if (!attributes.empty()) {
            out_ += " ";
            out_ += attributes;
        }
        out_ += ">";
        out_ += escaped(in_it, false);
        out_ += "</";
        out_ += tag;
        out_ += ">";
    };
    if (words.same()) {
        one("", words.fr);
    } else {
        one("fr", with_french_spaces(words.fr));
        one("en", words.en);
    }
    return *this;
}

}  // namespace maillage::io

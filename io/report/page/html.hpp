#pragma once

#include "engine/network.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Text of people on a page: whatever it holds, it stays text.
namespace maillage::io {

/// The same text in both languages of a page.
struct Both {
    std::string fr, en;

    Both() = default;
    Both(std::string french, std::string english) : fr(std::move(french)), en(std::move(english)) {}
    /// A name, a number: the same in both.
    static Both same(std::string_view text) { return {std::string(text), std::string(text)}; }

    [[nodiscard]] const std::string& in(Language language) const noexcept {
        return language == Language::fr ? fr : en;
    }
    [[nodiscard]] bool same() const noexcept { return fr == en; }
    [[nodiscard]] bool empty() const noexcept { return fr.empty() && en.empty(); }
    Both& operator+=(const Both& more) {
        fr += more.fr;
        en += more.en;
        return *this;
    }
    friend Both operator+(Both a, const Both& b) { return a += b; }
};

/// Text for HTML or XML, inside an element or a quoted attribute: & < > " ' are written as references (the last two only
/// where quotes would end something); characters that XML
/// does not know and the marks that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069) are left out.
[[nodiscard]] std::string escaped(std::string_view text, bool quotes = true);
/// JSON text as the content of a script element: no "<", ">" or "&", and no line separator of JavaScript, stands in it;
/// spaces between values are left out.
[[nodiscard]] std::string json_for_script(std::string_view json);
/// "0", "12.5": at most so many decimals, one or two, for coordinates.
[[nodiscard]] std::string coordinate(double value, int decimals = 1);

/// HTML as it is written. Text is escaped, markup is not.
class Html {
public:
    Html& raw(std::string_view markup) {
        out_ += markup;
        return *this;
    }
    Html& text(std::string_view words) {
        out_ += escaped(words, false);
        return *this;
    }
    /// As it is where both agree, else an <i> a language: the element for words of another language, and a short one.
    /// What both begin or end with alike is written once.
    Html& text(const Both& words);
    /// <tag attributes>text</tag>, once where both agree, else once a language.
    Html& block(std::string_view tag, std::string_view attributes, const Both& words);
    Html& paragraph(const Both& words) { return block("p", "", words); }

    [[nodiscard]] const std::string& str() const noexcept { return out_; }
    [[nodiscard]] std::string take() { return std::move(out_); }
    [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }

private:
    std::string out_;
};

/// The attribute that says which language an element is in.
[[nodiscard]] std::string_view lang_of(Language language) noexcept;

}  // namespace maillage::io

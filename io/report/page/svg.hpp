#pragma once

#include "io/report/page/html.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace maillage::io {

/// How text is put into a figure.
enum class FigureText : std::uint8_t {
    both,  ///< of a page: in both languages, one hidden by its style
    fr,
    en
};

/// SVG as it is written inside a page: shapes with a class, words escaped. A file of its own needs the namespace too.
class Svg {
public:
    Svg(double width, double height, std::string_view css_class, std::string_view attributes = {}) {
        out_ = "<svg viewBox=\"0 0 " + coordinate(width) + " " + coordinate(height) + "\" class=\"fig " +
               std::string(css_class) + "\"" + std::string(attributes) + ">";
    }
    Svg& raw(std::string_view markup) {
        out_ += markup;
        return *this;
    }
    Svg& line(double x1, double y1, double x2, double y2, std::string_view css) {
        return raw("<path class=\"")
            .raw(css)
            .raw("\" d=\"M" + coordinate(x1) + " " + coordinate(y1) + "L" + coordinate(x2) + " " +
                 coordinate(y2) + "\"/>");
    }
    Svg& circle(double x, double y, double r, std::string_view css) {
        return raw("<circle class=\"")
            .raw(css)
            .raw("\" cx=\"" + coordinate(x) + "\" cy=\"" + coordinate(y) + "\" r=\"" + coordinate(r) +
                 "\"/>");
    }
    Svg& rectangle(double x, double y, double width, double height, std::string_view css) {
        return raw("<rect class=\"")
            .raw(css)
            .raw("\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" width=\"" + coordinate(width) +
                 "\" height=\"" + coordinate(height) + "\"/>");
    }
    Svg& text(double x, double y, std::string_view css, std::string_view words,
              std::string_view attributes = {}) {
        return raw("<text class=\"")
            .raw(css)
            .raw("\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\"")
            .raw(attributes)
            .raw(">")
            .raw(escaped(words))
            .raw("</text>");
    }
    /// One element a language where they differ, or the one asked for.
    Svg& text(double x, double y, std::string_view css, const Both& words, FigureText which,
              std::string_view attributes = {}) {
        if (which != FigureText::both || words.same()) {
            return text(x, y, css, which == FigureText::en ? words.en : words.fr, attributes);
        }
        text(x, y, css, words.fr, " lang=\"fr\"" + std::string(attributes));
        return text(x, y, css, words.en, " lang=\"en\"" + std::string(attributes));
    }
    [[nodiscard]] std::string take() {
        out_ += "</svg>";
        return std::move(out_);
    }

private:
    std::string out_;
};

}  // namespace maillage::io

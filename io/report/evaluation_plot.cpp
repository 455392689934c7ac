#include "io/report/evaluation_document.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string>

namespace maillage::io {
namespace {

constexpr std::size_t best_indices = 5;
constexpr std::size_t curve_points = 2000;

struct Style {
    std::string_view colour, dashes, width;
};
/// Okabe and Ito's colours by falling darkness; dashes tell them apart in grey.
constexpr std::array<Style, 8> styles = {{{"#000000", "", "3"},
                                          {"#0072B2", "", "2"},
                                          {"#D55E00", "8 3", "2"},
                                          {"#009E73", "2 2", "2"},
                                          {"#CC79A7", "10 3 2 3", "2"},
                                          {"#E69F00", "5 5", "2"},
                                          {"#56B4E9", "1 3", "2"},
                                          {"#7F7F7F", "3 1", "2"}}};

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        c == '&'   ? result += "&amp;"
        : c == '<' ? result += "&lt;"
        : c == '>' ? result += "&gt;"
                   : result += c;
    }
    return result;
}

std::string place(double value) {
    const auto tenths = static_cast<long>(std::lround(value * 10.0));
    return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

/// 1, 0.1, …: powers of ten for both axes.
std::string power(int exponent, Language language) {
    return number(std::pow(10.0, exponent), std::max(0, -exponent), language);
}

struct Line {
    std::string label;
    std::vector<PrecisionRecall> points;
};

class Plot {
public:
    Plot(std::ostream& out, const EvaluationView& view, Language language)
        : out_(out), view_(view), language_(language) {
        choose_lines();
        find_range();
    }

    void write() {
        const std::string title =
            say("Précision selon le rappel : liens nouveaux à partir de ",
                "Precision by recall: new ties from ") +
            to_text(view_.cut.split) +
            (view_.cut.until ? say(" à ", " to ") + to_text(*view_.cut.until) : std::string());
        out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 500\" role=\"img\" "
                "aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\">\n"
             << "<title id=\"t\">" << escaped(title) << "</title>\n<desc id=\"d\">" << escaped(description())
             << "</desc>\n<rect width=\"900\" height=\"500\" fill=\"white\"/>\n";
        text(left, 24, title, "font-size=\"15\"");
        write_axes();
        write_chance();
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            write_line(lines_[i], styles[i % styles.size()]);
        }
        write_legend();
        out_ << "</svg>\n";
    }

private:
    static constexpr double left = 80, right = 620, top = 40, bottom = 440;

    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(pick(language_, fr, en));
    }

    void choose_lines() {
        const Evaluation& e = view_.evaluation;
        const auto add = [&](std::size_t m) {
            const auto value = e.figure(m, {MeasureKind::average_precision}).value;
            if (value && lines_.size() < styles.size()) {
                lines_.push_back({method_label(e.methods[m].method, language_) + " (" +
                                      number(*value, *value < 0.001 ? 5 : 4, language_) + ")",
                                  precision_recall_curve(e.methods[m].ranking, curve_points)});
            }
        };
        for (const std::size_t m : best_first(e)) {
            if (!e.methods[m].reference) {
                add(m);
            }
        }
        std::size_t indices = 0;
        for (const std::size_t m : best_first(e)) {
            if (e.methods[m].reference && indices++ < best_indices) {
                add(m);
            }
        }
        if (e.judged.candidates > 0) {
            chance_ = static_cast<double>(e.judged.new_ties) / static_cast<double>(e.judged.candidates);
        }
    }

    void find_range() {
        double least_precision = chance_ > 0.0 ? chance_ : 1.0;
        double least_recall = 1.0;
        for (const Line& line : lines_) {
            for (const PrecisionRecall& point : line.points) {
                least_precision = std::min(least_precision, point.precision);
                least_recall = std::min(least_recall, point.recall);
            }
        }
        low_precision_ = std::min(-1, static_cast<int>(std::floor(std::log10(least_precision) - 1e-9)));
        low_recall_ = std::min(-1, static_cast<int>(std::floor(std::log10(least_recall) + 1e-9)));
    }
    [[nodiscard]] double x(double recall) const {
        return right - (right - left) * std::log10(recall) / low_recall_;
    }
    [[nodiscard]] double y(double precision) const {
        return top + (bottom - top) * std::log10(precision) / low_precision_;
    }

    void text(double at_x, double at_y, std::string_view words, std::string_view attributes = {}) {
        out_ << "<text x=\"" << place(at_x) << "\" y=\"" << place(at_y) << "\" " << attributes << '>'
             << escaped(words) << "</text>\n";
    }
    void rule(double x1, double y1, double x2, double y2, std::string_view attributes) {
        out_ << "<line x1=\"" << place(x1) << "\" y1=\"" << place(y1) << "\" x2=\"" << place(x2) << "\" y2=\""
             << place(y2) << "\" " << attributes << "/>\n";
    }

    void write_axes() {
        for (int p = 0; p >= low_precision_; --p) {
            rule(left, y(std::pow(10.0, p)), right, y(std::pow(10.0, p)), "stroke=\"#ddd\"");
            text(left - 8, y(std::pow(10.0, p)) + 4, power(p, language_), "text-anchor=\"end\"");
        }
        for (int r = 0; r >= low_recall_; --r) {
            rule(x(std::pow(10.0, r)), top, x(std::pow(10.0, r)), bottom, "stroke=\"#ddd\"");
            text(x(std::pow(10.0, r)), bottom + 18, power(r, language_), "text-anchor=\"middle\"");
        }
        rule(left, bottom, right, bottom, "stroke=\"#555\"");
        rule(left, top, left, bottom, "stroke=\"#555\"");
        text((left + right) / 2, bottom + 40,
             say("Rappel : part des liens nouveaux retrouvés (échelle logarithmique)",
                 "Recall: share of the new ties found (logarithmic)"),
             "text-anchor=\"middle\"");
        out_ << "<text transform=\"translate(18 " << place((top + bottom) / 2)
             << ") rotate(-90)\" text-anchor=\"middle\">"
             << escaped(say("Précision : part des propositions qui se réalisent",
                            "Precision: share of the proposals that come true"))
             << "</text>\n";
    }
    void write_chance() {
        if (chance_ > 0.0) {
            rule(left, y(chance_), right, y(chance_), "stroke=\"#555\" stroke-dasharray=\"1 5\"");
        }
    }
    void write_line(const Line& line, const Style& style) {
        out_ << "<polyline fill=\"none\" stroke-linejoin=\"round\" " << stroke(style) << " points=\"";
        // the plot is 540 wide: of points that fall on nearly one place the first is enough
        constexpr double apart = 0.7;
        double last_x = -1.0;
        double last_y = -1.0;
        for (const PrecisionRecall& point : filled(line.points)) {
            const double at_x = x(point.recall);
            const double at_y = y(point.precision);
            if (std::abs(at_x - last_x) >= apart || std::abs(at_y - last_y) >= apart) {
                out_ << (last_x < 0.0 ? "" : " ") << place(at_x) << ',' << place(at_y);
                last_x = at_x;
                last_y = at_y;
            }
        }
        out_ << "\"><title>" << escaped(line.label) << "</title></polyline>\n";
    }
    /// Between two points the pairs taken so far grow evenly, not precision (J. Davis, M. Goadrich, ICML 2006):
    /// inside a long row of equal scores the line is the mean over their orders.
    [[nodiscard]] std::vector<PrecisionRecall> filled(const std::vector<PrecisionRecall>& points) const {
        constexpr double longest = 6.0;
        std::vector<PrecisionRecall> result;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const PrecisionRecall& to = points[i];
            if (i > 0) {
                const PrecisionRecall& from = points[i - 1];
                const double first = from.recall / from.precision;
                const double last = to.recall / to.precision;
                // evenly along the logarithmic axis
                const auto parts = static_cast<int>((x(to.recall) - x(from.recall)) / longest);
                for (int part = 1; part <= parts; ++part) {
                    const double recall =
                        from.recall * std::pow(to.recall / from.recall, part / (parts + 1.0));
                    const double share = (recall - from.recall) / (to.recall - from.recall);
                    result.push_back({recall, recall / (first + share * (last - first))});
                }
            }
            result.push_back(to);
        }
        return result;
    }
    static std::string stroke(const Style& style) {
        std::string result =
            "stroke=\"" + std::string(style.colour) + "\" stroke-width=\"" + std::string(style.width) + "\"";
        return style.dashes.empty() ? result
                                    : result + " stroke-dasharray=\"" + std::string(style.dashes) + "\"";
    }
    void write_legend() {
        double at = top + 8;
        text(right + 20, at, say("Précision moyenne entre parenthèses", "Average precision in brackets"));
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            at += 24;
            rule(right + 20, at - 4, right + 56, at - 4, stroke(styles[i % styles.size()]));
            text(right + 64, at, lines_[i].label);
        }
        if (chance_ > 0.0) {
            at += 24;
            rule(right + 20, at - 4, right + 56, at - 4, "stroke=\"#555\" stroke-dasharray=\"1 5\"");
            text(right + 64, at, say("hasard", "chance"));
        }
    }
    [[nodiscard]] std::string description() const {
        std::string words =
            say("Pour chaque méthode, part des propositions qui se réalisent quand on descend le classement "
                "de toutes les paires, selon la part des liens nouveaux déjà retrouvés ; plus haut est "
                "mieux. De la meilleure à la moins bonne : ",
                "For each method, the share of proposals that come true when one goes down the ranking of "
                "all pairs, by the share of new ties found so far; higher is better. Best to worst: ");
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            words += (i > 0 ? ", " : "") + lines_[i].label;
        }
        return words + ".";
    }

    std::ostream& out_;
    const EvaluationView& view_;
    Language language_;
    std::vector<Line> lines_;
    double chance_ = 0.0;
    int low_precision_ = -1, low_recall_ = -1;
};

}  // namespace

void write_evaluation_plot(std::ostream& out, const EvaluationView& view, Language language) {
    Plot(out, view, language).write();
}

}  // namespace maillage::io

#include "io/report/group_words.hpp"
#include "io/report/page/figures.hpp"
#include "io/report/page/svg.hpp"
#include "io/report/text_width.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maillage::io {
namespace {

std::string fitting(std::string_view text, std::size_t columns) {
    return display_width(text) > columns ? wrap(text, columns - 1).front() + "…" : std::string(text);
}

/// The same words made in both languages.
template <class Make>
Both both(Make make) {
    return {make(Language::fr), make(Language::en)};
}
Both number_of(double value, int decimals) {
    return both([&](Language l) { return number(value, decimals, l); });
}
Language one_of(FigureText text) {
    return text == FigureText::en ? Language::en : Language::fr;
}

std::string attribute_in(const OpennessView& view, std::size_t attribute, Language language) {
    return grouping_label(view.network, view.report.attributes[attribute].attribute, language);
}

/// On a page, words of both languages stand beside the figure and name it; alone, it says them itself.
Svg figure(double width, double height, const std::string& css, std::size_t number, const FigureWords& words,
           FigureText text) {
    if (text == FigureText::both) {
        return {width, height, css,
                " role=\"img\" aria-labelledby=\"" + css + "-" + std::to_string(number) + " " + css + "-" +
                    std::to_string(number) + "-text\""};
    }
    const Language language = one_of(text);
    Svg svg(width, height, css, " role=\"img\" lang=\"" + std::string(lang_of(language)) + "\"");
    svg.raw("<title>" + escaped(words.title.in(language)) + "</title><desc>" +
            escaped(words.description.in(language)) + "</desc>");
    return svg;
}

}  // namespace

std::vector<std::size_t> shown_groups(const MixingMatrix& mixing, std::size_t most) {
    std::vector<std::pair<double, std::size_t>> linked;
    for (std::size_t g = 0; g < mixing.groups; ++g) {
        double arcs = 0.0;
        for (std::size_t h = 0; h < mixing.groups; ++h) {
            arcs += mixing.at(g, h);
        }
        if (arcs > 0.0) {
            linked.emplace_back(-arcs, g);
        }
    }
    std::sort(linked.begin(), linked.end());
    linked.resize(std::min(linked.size(), most));
    std::vector<std::size_t> groups;
    for (const auto& [arcs, g] : linked) {
        groups.push_back(g);
    }
    return groups;
}

double expected_ties(const MixingMatrix& mixing, std::size_t g, std::size_t h) {
    double total = 0.0;
    double of_g = 0.0;
    double of_h = 0.0;
    for (std::size_t i = 0; i < mixing.groups; ++i) {
        for (std::size_t j = 0; j < mixing.groups; ++j) {
            total += mixing.at(i, j);
        }
        of_g += mixing.at(g, i);
        of_h += mixing.at(h, i);
    }
    return total > 0.0 ? of_g * of_h / total / (g == h ? mixing.arcs_per_tie : 1.0) : 0.0;
}

std::string_view mixing_class(double observed, double expected) noexcept {
    if (expected <= 0.0) {
        return "no";
    }
    const double ratio = observed / expected;
    return ratio >= 3.0      ? "hi3"
           : ratio >= 1.75   ? "hi2"
           : ratio >= 1.2    ? "hi1"
           : ratio > 0.8     ? "eq"
           : ratio > 0.5     ? "lo1"
           : ratio > 0.0     ? "lo2"
           : expected >= 1.0 ? "lo3"
                             : "no";
}

FigureWords mixing_words(const OpennessView& view, std::size_t attribute) {
    return {
        Both("Qui est lié à qui, par groupe : ", "Who is tied to whom, by group: ") +
            Both(attribute_in(view, attribute, Language::fr), attribute_in(view, attribute, Language::en)),
        {"Nombre de liens entre deux groupes, et à l’intérieur d’un groupe sur la diagonale. Violet : plus "
         "que n’en "
         "donnerait le hasard à nombre de liens égal ; orange : moins. Le petit nombre dit combien de fois "
         "plus ou "
         "moins.",
         "Number of ties between two groups, and inside a group on the diagonal. Purple: more than chance "
         "would give "
         "with as many ties each; orange: fewer. The small number says how many times more or fewer."}};
}

std::string mixing_figure(const OpennessView& view, std::size_t attribute, FigureText which) {
    const Openness& o = view.report.attributes[attribute];
    const std::vector<std::size_t> groups = shown_groups(o.mixing, 14);
    if (groups.empty()) {
        return {};
    }
    constexpr double cell = 46.0;
    constexpr double names = 280.0;
    constexpr double top = 150.0;
    const double side = cell * static_cast<double>(groups.size());
    const FigureWords said = mixing_words(view, attribute);
    Svg svg = figure(names + side + 110.0, top + side + 10.0, "mixing", attribute, said, which);
    const auto label = [&](std::size_t g, std::size_t columns) {
        return both([&](Language l) {
            return fitting(group_label(view.network, o.attribute, o.group_names[g], l), columns);
        });
    };
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const double middle = (static_cast<double>(i) + 0.5) * cell;
        svg.text(names - 8.0, top + middle + 4.0, "nm", label(groups[i], 36), which, " text-anchor=\"end\"");
        const std::string x = coordinate(names + middle);
        svg.text(names + middle, top - 8.0, "nm", label(groups[i], 24), which,
                 " transform=\"rotate(-45 " + x + " " + coordinate(top - 8.0) + ")\"");
        for (std::size_t j = 0; j < groups.size(); ++j) {
            const double ties = o.mixing.ties_between(groups[i], groups[j]);
            const double expected = expected_ties(o.mixing, groups[i], groups[j]);
            const double x0 = names + static_cast<double>(j) * cell;
            const double y0 = top + static_cast<double>(i) * cell;
            svg.rectangle(x0, y0, cell, cell, "cell " + std::string(mixing_class(ties, expected)));
            if (ties > 0.0) {
                svg.text(x0 + cell / 2.0, y0 + 22.0, "ct",
                         number_of(ties, std::abs(ties - std::round(ties)) < 1e-9 ? 0 : 1), which,
                         " text-anchor=\"middle\"");
                if (expected > 0.0) {
                    svg.text(x0 + cell / 2.0, y0 + 37.0, "cr",
                             Both::same("×") + number_of(ties / expected, 1), which,
                             " text-anchor=\"middle\"");
                }
            }
        }
    }
    return svg.take();
}

FigureWords trend_words(const OpennessView& view, std::size_t attribute) {
    return {
        Both("Ouverture année par année : ", "Openness year by year: ") +
            Both(attribute_in(view, attribute, Language::fr), attribute_in(view, attribute, Language::en)),
        {"Indice E-I de −1 (cloisonné) à +1 (uniquement des ponts), son intervalle à 95 % en clair, la "
         "valeur que "
         "donnerait le hasard en tirets ; au-dessous, le nombre de liens.",
         "E-I index from −1 (closed silos) to +1 (only bridges), its 95% interval as a band, the value that "
         "chance "
         "would give as a dashed line; below, the number of ties."}};
}

std::string trend_figure(const OpennessView& view, std::size_t attribute, FigureText which) {
    if (attribute >= view.report.series.size()) {
        return {};
    }
    std::vector<const OpennessYear*> years;
    double most = 0.0;
    for (const OpennessYear& y : view.report.series[attribute].years) {
        if (y.at.ties > 0.0 && y.at.values[0]) {
            years.push_back(&y);
            most = std::max(most, y.at.ties);
        }
    }
    if (years.size() < 2) {
        return {};
    }
    constexpr double left = 60.0;
    constexpr double right = 880.0;
    constexpr double top = 20.0;
    constexpr double middle = 260.0;
    constexpr double bars_top = 290.0;
    constexpr double bars = 370.0;
    const int first = years.front()->year;
    const int last = years.back()->year;
    Svg svg = figure(1000.0, 410.0, "trend", attribute, trend_words(view, attribute), which);
    const auto x = [&](int year) {
        return left + (right - left) * static_cast<double>(year - first) / static_cast<double>(last - first);
    };
    const auto y = [&](double ei) { return top + (middle - top) * (1.0 - ei) / 2.0; };
    for (const double tick : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
        svg.line(left, y(tick), right, y(tick), tick == 0.0 ? "ax" : "gr");
        svg.text(left - 8.0, y(tick) + 4.0, "lg", number_of(tick, 1), which, " text-anchor=\"end\"");
    }
    std::string upper;
    std::string lower;
    std::string line;
    std::string chance;
    for (const OpennessYear* year : years) {
        const double ei = *year->at.values[0];
        const std::string at = coordinate(x(year->year)) + " ";
        line += (line.empty() ? "M" : "L") + at + coordinate(y(ei));
        if (year->at.ei95) {
            upper += (upper.empty() ? "M" : "L") + at + coordinate(y(year->at.ei95->high));
            lower.insert(0, "L" + at + coordinate(y(year->at.ei95->low)));
        }
        if (year->at.chance) {
            chance += (chance.empty() ? "M" : "L") + at + coordinate(y(year->at.chance->mean));
        }
    }
    if (!upper.empty()) {
        svg.raw("<path class=\"band\" d=\"" + upper + lower + "Z\"/>");
    }
    if (!chance.empty()) {
        svg.raw("<path class=\"chance\" d=\"" + chance + "\"/>");
    }
    svg.raw("<path class=\"curve\" d=\"" + line + "\"/>");
    const OpennessYear& end = *years.back();
    const double at_end = y(*end.at.values[0]);
    svg.circle(right, at_end, 4.0, "dot");
    double chance_end = at_end;
    if (end.at.chance) {
        chance_end = y(end.at.chance->mean);
    }
    const bool close = std::abs(chance_end - at_end) < 18.0;
    const double own_shift = close ? (at_end > chance_end ? 9.0 : -9.0) : 0.0;
    svg.text(right + 10.0, at_end + 4.0 + own_shift, "lg strong",
             Both::same("E-I ") + number_of(*end.at.values[0], 2), which);
    if (end.at.chance && !chance.empty()) {
        svg.text(right + 10.0, chance_end + 4.0 - own_shift, "lg",
                 Both("hasard ", "chance ") + number_of(end.at.chance->mean, 2), which);
    }
    const double wide =
        std::max(1.0, std::min(18.0, (right - left) / static_cast<double>(last - first + 1) * 0.7));
    std::string columns;
    for (const OpennessYear* year : years) {
        const std::string height = coordinate((bars - bars_top) * year->at.ties / most);
        columns += "M" + coordinate(x(year->year) - wide / 2.0) + " " + coordinate(bars) + "v-" + height +
                   "h" + coordinate(wide) + "v" + height + "z";
    }
    svg.raw("<path class=\"bar\" d=\"" + columns + "\"/>");
    svg.line(left, bars, right, bars, "ax");
    svg.text(left - 8.0, bars_top + 6.0, "lg", number_of(most, 0), which, " text-anchor=\"end\"");
    svg.text(right + 10.0, bars - 4.0, "lg", Both("liens", "ties"), which);
    const int every = last - first > 60   ? 20
                      : last - first > 24 ? 10
                      : last - first > 12 ? 5
                      : last - first > 6  ? 2
                                          : 1;
    for (int year = first; year <= last; ++year) {
        const bool ends = year == first || year == last;
        if (ends || (year % every == 0 && year - first >= every / 2 + 1 && last - year >= every / 2 + 1)) {
            svg.text(x(year), bars + 18.0, "lg", std::to_string(year), " text-anchor=\"middle\"");
        }
    }
    return svg.take();
}

FigureWords bridges_words(const BridgesView& view, std::size_t grouping) {
    const std::string& attribute = view.groupings[grouping].attribute();
    const auto ties = [&](Language l) { return number(view.result.bridges.size(), l); };
    return {Both("Avant et après : ", "Before and after: ") +
                Both(grouping_label(view.network, attribute, Language::fr),
                     grouping_label(view.network, attribute, Language::en)),
            {"Pour chaque groupe, la part de ses liens qui vont vers d’autres groupes : cercle vide "
             "aujourd’hui, cercle plein "
             "si les " +
                 ties(Language::fr) + " partenariats proposés étaient noués.",
             "For each group, the share of its ties that go to other groups: open circle today, filled "
             "circle if the " +
                 ties(Language::en) + " partnerships proposed were made."}};
}

std::string bridges_figure(const BridgesView& view, std::size_t grouping, FigureText which) {
    if (view.result.bridges.empty() || grouping >= view.result.before.attributes.size() ||
        grouping >= view.result.after.attributes.size()) {
        return {};
    }
    const AttributeFigures& before = view.result.before.attributes[grouping];
    const AttributeFigures& after = view.result.after.attributes[grouping];
    const auto share = [](const TieCounts& t) -> std::optional<double> {
        const auto all = t.external + t.internal;
        return all > 0 ? std::optional(static_cast<double>(t.external) / static_cast<double>(all))
                       : std::nullopt;
    };
    struct Row {
        std::size_t group;
        std::optional<double> from;
        double to;
        std::uint64_t more;
    };
    std::vector<Row> rows;
    for (std::size_t g = 0; g < after.groups.size(); ++g) {
        if (const auto to = share(after.groups[g].ties)) {
            rows.push_back({g, share(before.groups[g].ties), *to,
                            after.groups[g].ties.external - before.groups[g].ties.external});
        }
    }
    if (rows.empty()) {
        return {};
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.more > b.more; });
    rows.resize(std::min<std::size_t>(rows.size(), 20));
    constexpr double names = 320.0;
    constexpr double right = 780.0;
    constexpr double step = 26.0;
    const double bottom = 20.0 + step * static_cast<double>(rows.size());
    Svg svg = figure(1000.0, bottom + 40.0, "bridges", grouping, bridges_words(view, grouping), which);
    const auto x = [&](double v) { return names + (right - names) * v; };
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        svg.line(x(tick), 10.0, x(tick), bottom, "gr");
        svg.text(x(tick), bottom + 18.0, "lg", Both::same(percent(tick, 0, Language::fr)), which,
                 " text-anchor=\"middle\"");
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const double y = 24.0 + step * static_cast<double>(i);
        const GroupLabels& labels = view.groupings[grouping];
        svg.text(names - 14.0, y + 4.0, "nm", both([&](Language l) {
                     return fitting(
                         group_label(view.network, labels.attribute(), labels.names()[row.group], l), 42);
                 }),
                 which, " text-anchor=\"end\"");
        if (row.from) {
            svg.line(x(*row.from), y, x(row.to), y, "move");
            svg.circle(x(*row.from), y, 5.5, "was");
        }
        svg.circle(x(row.to), y, 5.0, "dot");
        if (row.more > 0) {
            svg.text(right + 16.0, y + 4.0, "lg",
                     Both::same("+" + std::to_string(row.more)) +
                         (row.more > 1 ? Both(" liens vers d’autres", " ties to others")
                                       : Both(" lien vers d’autres", " tie to others")),
                     which);
        }
    }
    return svg.take();
}

std::string interval_plot(double value, std::optional<double> low, std::optional<double> high,
                          std::optional<double> chance, double from, double to) {
    constexpr double width = 160.0;
    if (!(to > from)) {
        return {};
    }
    const auto x = [&](double v) {
        return 6.0 + (width - 12.0) * (std::clamp(v, from, to) - from) / (to - from);
    };
    Svg svg(width, 20.0, "interval", " aria-hidden=\"true\"");
    svg.line(6.0, 10.0, width - 6.0, 10.0, "gr");
    if (from < 0.0 && to > 0.0) {
        svg.line(x(0.0), 4.0, x(0.0), 16.0, "ax");
    }
    if (low && high) {
        svg.rectangle(x(*low), 7.0, std::max(1.0, x(*high) - x(*low)), 6.0, "ci");
    }
    if (chance) {
        const double c = x(*chance);
        svg.raw("<path class=\"by\" d=\"M" + coordinate(c) + " 3L" + coordinate(c + 4.0) + " 10L" +
                coordinate(c) + " 17L" + coordinate(c - 4.0) + " 10Z\"/>");
    }
    svg.circle(x(value), 10.0, 4.0, "dot");
    return svg.take();
}

}  // namespace maillage::io

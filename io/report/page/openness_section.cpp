#include "io/report/group_words.hpp"
#include "io/report/page/figures.hpp"
#include "io/report/page/reading_html.hpp"
#include "io/report/page/sections.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace maillage::io {
namespace {

/// Where a measure can be, for its plot; from the definition, or from what is shown where it has no bound.
struct Scale {
    std::string_view id;
    double from, to;
};
constexpr std::array<Scale, 15> scales = {{{"ei", -1.0, 1.0},
                                           {"ei_rescaled", -1.0, 1.0},
                                           {"assortativity", -1.0, 1.0},
                                           {"freeman", -1.0, 1.0},
                                           {"gupta_anderson_may", -1.0, 1.0},
                                           {"modularity_declared", -1.0, 1.0},
                                           {"modularity_ratio", -1.0, 1.0},
                                           {"ami_declared", -1.0, 1.0},
                                           {"odds_ratio", 0.0, 4.0},
                                           {"odds_ratio_haldane", 0.0, 4.0},
                                           {"random_walk_controversy", -1.0, 1.0},
                                           {"spectral_segregation", 0.0, 1.0},
                                           {"boundary_connectivity", -0.5, 0.5},
                                           {"bubble_radius", 1.0, 10.0},
                                           {"dipole_moment", 0.0, 1.0}}};

class Writer {
public:
    Writer(Html& html, const OpennessView& view) : html_(html), view_(view) {}

    /// Tables of the reading that the page has in another form.
    bool table(const Table& fr, const Table& en, const ReadingStyle& style) {
        for (std::size_t i = 0; i < view_.report.attributes.size(); ++i) {
            const std::string& attribute = view_.report.attributes[i].attribute;
            if (fr.id == "mixing_" + attribute) {
                mixing(i);
                return true;
            }
            if (fr.id == "years_" + attribute) {
                trend(i);
                return false;
            }
            if (fr.id == "groups_" + attribute) {
                groups(i, fr, en, style);
                return true;
            }
            if (fr.id == "indicators_" + attribute) {
                measures(i, fr, en, style);
                return true;
            }
        }
        return false;
    }

private:
    [[nodiscard]] Both group(std::size_t attribute, std::size_t g) const {
        const Openness& o = view_.report.attributes[attribute];
        return {group_label(view_.network, o.attribute, o.group_names[g], Language::fr),
                group_label(view_.network, o.attribute, o.group_names[g], Language::en)};
    }
    static Both figures(double value, int decimals) {
        return {number(value, decimals, Language::fr), number(value, decimals, Language::en)};
    }
    static int decimals_of(double ties) { return std::abs(ties - std::round(ties)) < 1e-9 ? 0 : 1; }

    void mixing(std::size_t attribute) {
        const Openness& o = view_.report.attributes[attribute];
        const std::vector<std::size_t> groups = shown_groups(o.mixing);
        if (groups.empty()) {
            return;
        }
        const FigureWords words = mixing_words(view_, attribute);
        const std::string id = escaped("mixing-" + o.attribute);
        html_
            .raw("<div class=scroll role=group tabindex=0 aria-labelledby=\"" + id +
                 "\"><table class=mixing data-name=\"" + escaped("mixing_" + o.attribute) +
                 "\"><caption id=\"" + id + "\">")
            .text(words.title)
            .raw("</caption><thead><tr><td></td>");
        for (const std::size_t g : groups) {
            html_.raw("<th scope=col><div>").text(group(attribute, g)).raw("</div></th>");
        }
        html_.raw("</tr></thead><tbody>\n");
        for (const std::size_t g : groups) {
            html_.raw("<tr><th scope=row>").text(group(attribute, g)).raw("</th>");
            for (const std::size_t h : groups) {
                const double ties = o.mixing.ties_between(g, h);
                const double expected = expected_ties(o.mixing, g, h);
                html_.raw("<td class=" + std::string(mixing_class(ties, expected)) + ">");
                if (ties > 0.0) {
                    html_.text(figures(ties, decimals_of(ties)));
                    if (expected > 0.0) {
                        html_.raw(" <small>×").text(figures(ties / expected, 1)).raw("</small>");
                    }
                } else {
                    html_.raw("0");
                }
            }
            html_.raw("\n");
        }
        html_.raw("</tbody></table></div>");
        Both note = words.description;
        const std::size_t linked = shown_groups(o.mixing, o.mixing.groups).size();
        if (linked > groups.size()) {
            note += Both(" Les " + number(groups.size(), Language::fr) + " groupes les plus liés, sur " +
                             number(linked, Language::fr) + " qui ont des liens.",
                         " The " + number(groups.size(), Language::en) + " most linked groups of " +
                             number(linked, Language::en) + " with ties.");
        }
        html_.block("p", "class=note", note).raw("\n");
    }

    void trend(std::size_t attribute) {
        write_figure_box(html_, "trend-" + std::to_string(attribute),
                         trend_figure(view_, attribute, FigureText::both), trend_words(view_, attribute));
    }

    /// The measures of the network with a small plot beside their figures.
    void measures(std::size_t attribute, const Table& fr, const Table& en, ReadingStyle style) {
        const Openness& o = view_.report.attributes[attribute];
        ExtraColumn plots;
        plots.title = {"Valeur ●, intervalle ▬, hasard ◇", "Value ●, interval ▬, chance ◇"};
        plots.before = 3;
        for (const Indicator& i : o.indicators) {  // the rows of the table
            if (i.group.empty()) {
                plots.cells.push_back(plot(i));
            }
        }
        style.open_rows = 40;
        if (attribute > 0) {  // the definitions stand in the first of these tables
            style.without_columns = {fr.columns.size() - 1};
        }
        write_table(html_, fr, en, style, &plots);
    }

    /// The table of groups, each with its interval drawn.
    void groups(std::size_t attribute, const Table& fr, const Table& en, const ReadingStyle& style) {
        const Openness& o = view_.report.attributes[attribute];
        ExtraColumn plots;
        plots.title = {"E-I de −1 à 1", "E-I from −1 to 1"};
        plots.before = 6;
        for (const auto& row : fr.rows) {
            const auto at = std::find_if(o.groups.begin(), o.groups.end(), [&](const GroupOpenness& g) {
                return group_label(view_.network, o.attribute, g.group, Language::fr) == row.front();
            });
            std::string cell;
            if (at != o.groups.end() && at->ei.value) {
                const auto bound = [&](double Interval::*end) {
                    return at->ci95 ? std::optional((*at->ci95).*end) : std::nullopt;
                };
                cell = interval_plot(*at->ei.value, bound(&Interval::low), bound(&Interval::high),
                                     std::nullopt, -1.0, 1.0);
            }
            plots.cells.push_back(std::move(cell));
        }
        write_table(html_, fr, en, style, &plots);
    }

    /// Empty without a value or a scale.
    static std::string plot(const Indicator& i) {
        const auto scale =
            std::find_if(scales.begin(), scales.end(), [&](const Scale& s) { return s.id == i.id; });
        if (!i.value || scale == scales.end()) {
            return {};
        }
        const auto null = std::find_if(i.null.begin(), i.null.end(),
                                       [](const NullModel& n) { return n.model == "label_permutation"; });
        const auto bound = [&](double Interval::*end) {
            return i.ci95 ? std::optional((*i.ci95).*end) : std::nullopt;
        };
        const int decimals = scale->to == std::round(scale->to) ? 0 : 1;
        Html cell;
        cell.raw(interval_plot(*i.value, bound(&Interval::low), bound(&Interval::high),
                               null == i.null.end() ? std::nullopt : std::optional(null->mean), scale->from,
                               scale->to));
        cell.raw("<br><small>")
            .text(Both(number(scale->from, decimals, Language::fr) + " à " +
                           number(scale->to, decimals, Language::fr),
                       number(scale->from, decimals, Language::en) + " to " +
                           number(scale->to, decimals, Language::en)))
            .raw("</small>");
        return cell.take();
    }

    Html& html_;
    const OpennessView& view_;
};

}  // namespace

void write_openness_section(Html& html, const PageContent& page) {
    const ReadDocument& read = *page.document("openness");
    open_section(html, read.document.name, read.title());
    Writer writer(html, *page.views.openness);
    ReadingStyle style{.prefix = read.document.name, .without_columns = {}, .before_table = {}};
    style.before_table = [&](Html&, const Table& fr, const Table& en) { return writer.table(fr, en, style); };
    write_reading(html, read.fr, read.en, style);
    close_section(html);
}

void write_bridges_section(Html& html, const PageContent& page) {
    const ReadDocument& read = *page.document("bridges");
    const BridgesView& view = *page.views.bridges;
    open_section(html, read.document.name, read.title());
    ReadingStyle style{.prefix = read.document.name, .without_columns = {}, .before_table = {}};
    style.open_rows = 20;
    style.before_table = [&](Html& out, const Table& table, const Table&) {
        for (std::size_t g = 0; g < view.groupings.size(); ++g) {
            if (table.id == "groups_" + view.groupings[g].attribute()) {
                write_figure_box(out, "bridges-" + std::to_string(g),
                                 bridges_figure(view, g, FigureText::both), bridges_words(view, g));
            }
        }
        return false;
    };
    write_reading(html, read.fr, read.en, style);
    close_section(html);
}

}  // namespace maillage::io

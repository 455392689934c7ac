#include "engine/error.hpp"
#include "engine/labels.hpp"

#include "algorithms/segregation/change.hpp"
#include "algorithms/segregation/openness.hpp"

#include "io/report/openness_document.hpp"
#include "io/report/page/page_views.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/grouping.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "openness",
    .summary = "How open the network is between groups, compared with chance, and where it is closed.",
    .example =
        "  maillage openness datasets/centre-val-de-loire --by kind --lang fr\n"
        "      the E-I index with its interval and its value under chance, each group's, who is tied to "
        "whom,\n"
        "      and the actors that bridge the groups\n\n"
        "  maillage openness datasets/centre-val-de-loire --by kind*territory --every year\n"
        "      two attributes crossed, and what changed year by year\n",
    .details =
        "A tie is a pair of actors in scope with at least one partnership; ties to actors out of scope are "
        "said and not\n"
        "counted. Actors without a value for the attribute are left out and counted. An actor with several "
        "values\n"
        "(a|b) shares a group with every actor that has one of them.\n\n"
        "--by also takes expertise (the domains an actor declares), community (those the ties make) "
        "and\n"
        "attributes crossed with *. Null models: labels deals the groups out anew over the same network, "
        "rewiring\n"
        "redraws the ties while everyone keeps their number. p = (1 + draws at least as far out) / (1 + "
        "draws) of\n"
        "each tail, twice the smaller; over the groups it is corrected by Benjamini and Hochberg. When "
        "nobody says,\n"
        "999 networks are drawn up to 20,000 ties, then fewer, and rewiring up to 1,000 ties.\n"};

struct Arguments {
    CommonOptions common;
    std::vector<std::string> by;
    bool weighted = false;
    std::optional<std::uint32_t> replicates;
    std::optional<std::string> null;
    std::optional<std::string> every;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()(
        "by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "what makes the groups: an attribute such as kind, expertise, community, or several crossed as "
        "kind*territory; may be repeated (default: the dataset's own)")(
        "weighted", po::bool_switch(&a.weighted),
        "count the weight of ties (see --tie-weight) instead of the ties")(
        "replicates",
        po::value<Count<std::uint32_t>>()->value_name("R")->notifier(
            [&a](const Count<std::uint32_t>& count) { a.replicates = count.value; }),
        "networks drawn by chance for every measure without an exact null model; 0: none (default: by size)")(
        "null", po::value<std::string>()->value_name("NAME")->notifier([&a](const std::string& name) {
            a.null = name;
        }),
        "how they are drawn: labels, rewiring or both")(
        "every", po::value<std::string>()->value_name("year")->notifier([&a](const std::string& step) {
            a.every = step;
        }),
        "the same year by year, with a test of each change");
    return own;
}

constexpr std::uint32_t most_replicates = 1'000'000;
/// Rewiring costs ten steps a tie and draw: beyond this many ties it has to be asked for.
constexpr std::size_t most_ties_rewired_unasked = 1'000;
/// Every year is a projection and a test of its own.
constexpr std::size_t most_ties_by_year_unasked = 20'000;

OpennessOptions options_of(const Session& session, const Arguments& a) {
    OpennessOptions options;
    options.weighted = a.weighted;
    options.seed = session.common().seed;
    const std::size_t ties = session.scoped().graph.edge_count();
    const Replicates usual = default_replicates(ties);
    options.replicates = a.replicates.value_or(usual.all);
    options.walk_replicates = a.replicates ? a.replicates : usual.with_walks;
    options.rewiring = ties <= most_ties_rewired_unasked && !a.weighted;
    if (a.null) {
        options.labels = *a.null != "rewiring";
        options.rewiring = *a.null != "labels";
    }
    return options;
}

/// What can be wrong before a dataset is read.
void check(const Arguments& a) {
    if (a.replicates.value_or(0) > most_replicates) {
        throw OptionError("replicates", "--replicates is at most 1000000");
    }
    if (a.null && *a.null != "labels" && *a.null != "rewiring" && *a.null != "both") {
        const std::vector<std::string> known{"labels", "rewiring", "both"};
        throw OptionError("null", "--null is labels, rewiring or both, not \"" + *a.null + "\"" +
                                      suggestion(*a.null, known));
    }
    if (a.null && *a.null != "labels" && a.weighted) {
        throw OptionError("null",
                          "--null " + *a.null + ": rewired ties have no weight; leave --weighted out");
    }
    if (a.every && *a.every != "year") {
        const std::vector<std::string> known{"year"};
        throw OptionError("every", "--every is year, not \"" + *a.every + "\"" + suggestion(*a.every, known));
    }
}

/// Ties between an actor in scope and one out of it.
std::size_t ties_leaving(const Projection& all) {
    const GraphView g = all.graph.view();
    std::size_t leaving = 0;
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            leaving += all.in_scope[index_of(v)] > all.in_scope[index_of(u)] ? 1U : 0U;
        }
    }
    return leaving;
}

/// First and last year that a series has: of the starts and the latest date, within --from and --to.
std::pair<int, int> years_of(const Session& session) {
    const Network& n = session.network();
    std::optional<int> first;
    for (const PartnershipId id : n.partnerships().ids()) {
        const Partnership& p = n.partnerships()[id];
        if (p.start && (!first || p.start->year < *first)) {
            first = p.start->year;
        }
    }
    if (!first || !n.latest_date()) {
        throw OptionError("every", "no partnership has a date of start: there are no years to compare");
    }
    int last = n.latest_date()->year;
    const ProjectionOptions& window = session.projection_options();
    if (window.from) {
        first = std::max(*first, static_cast<int>(window.from->year));
    }
    if (window.to) {
        last = std::min(last, static_cast<int>(window.to->year));
    }
    if (*first > last) {
        throw OptionError("every", "no dated partnership runs between --from and --to");
    }
    return {*first, last};
}

/// Whether to tell the years unasked: there are some, and their ties are soon counted.
bool has_years(const Session& session) {
    const Network& n = session.network();
    const auto& partnerships = n.partnerships().items();
    return session.scoped().graph.edge_count() <= most_ties_by_year_unasked &&
           !session.projection_options().from && !session.projection_options().to && n.latest_date() &&
           std::any_of(partnerships.begin(), partnerships.end(), [&](const Partnership& p) {
               return p.start && p.start->year <= n.latest_date()->year;
           });
}

/// The same actors in every year, each with its groups of today.
std::vector<io::OpennessSeries> series_of(const Session& session, const std::vector<GroupLabels>& labels) {
    const auto [first, last] = years_of(session);
    std::vector<io::OpennessSeries> all(labels.size());
    std::vector<Projection> projections;
    for (int year = first; year <= last; ++year) {
        ProjectionOptions options = session.projection_options();
        options.from = Date{static_cast<std::int16_t>(year), 0, 0};
        options.to = options.from;
        options.scope_only = options.scope.has_value();
        options.expertises = ExpertiseSource::declared;
        projections.push_back(project(session.network(), options));
        session.execution().report("years", static_cast<double>(year - first + 1) / (last - first + 1));
    }
    const ChangeOptions change{.seed = session.common().seed};
    for (std::size_t a = 0; a < labels.size(); ++a) {
        io::OpennessSeries& series = all[a];
        std::optional<std::size_t> with_ties;
        std::vector<double> p;
        std::vector<std::size_t> tested;
        for (std::size_t i = 0; i < projections.size(); ++i) {
            io::OpennessYear year;
            year.year = first + static_cast<int>(i);
            if (i > 0) {
                year.since = change_of_mixing(projections[i - 1].graph, labels[a], projections[i].graph,
                                              labels[a], change);
                year.at = year.since->after;
                if (year.since->measures.front().p) {
                    tested.push_back(i);
                    p.push_back(*year.since->measures.front().p);
                }
            } else {
                year.at = mixing_at(projections[i].graph, labels[a]);
            }
            if (year.at.ties > 0.0) {
                with_ties = with_ties.value_or(i);
                series.last = year.year;
            }
            series.years.push_back(std::move(year));
        }
        const std::vector<double> adjusted = benjamini_hochberg(p);
        for (std::size_t i = 0; i < tested.size(); ++i) {
            series.years[tested[i]].p_adjusted = adjusted[i];
        }
        if (with_ties) {
            series.first = first + static_cast<int>(*with_ties);
            if (series.first < series.last) {
                const auto to = static_cast<std::size_t>(series.last - first);
                series.overall = change_of_mixing(projections[*with_ties].graph, labels[a],
                                                  projections[to].graph, labels[a], change);
            }
        }
        series.undated = session.scoped().summary.undated;
    }
    return all;
}

io::OpennessReport report_of(const Session& session, const Arguments& a) {
    const Projection& scoped = session.scoped();
    const GraphView g = scoped.graph.view();
    io::OpennessReport report;
    report.weighted = a.weighted;
    const OpennessOptions options = options_of(session, a);
    for (const std::string& by : groupings_asked(session, a.by)) {
        report.labels.push_back(grouping(session, scoped, by));
        report.attributes.push_back(openness(g, report.labels.back(), options, session.execution()));
        session.execution().report("openness", 1.0);
    }
    if (a.every) {
        report.series = series_of(session, report.labels);
    }
    report.ties_leaving_scope = ties_leaving(session.all());
    for (const VertexId v : g.vertices()) {
        report.isolates += g.degree(v) == 0 ? 1U : 0U;
    }
    return report;
}

io::Document document_of(const Session& session, const Arguments& a) {
    const auto report = std::make_shared<const io::OpennessReport>(report_of(session, a));
    io::Document document;
    document.name = "openness";
    document.version = "1.1";
    document.options = [&session, report](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_openness_options(json, *report);
    };
    document.result = [&session, report](io::JsonWriter& json) {
        io::write_openness(json, session.network(), session.scoped(), *report, session.language());
    };
    document.page = [&session, report](io::PageViews& page) {
        page.openness.emplace(io::OpennessView{session.network(), session.scoped(), *report});
    };
    document.reading = [&session, report](Language language) {
        return io::openness_reading(session.network(), session.scoped(), *report, language);
    };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    check(a);
    const Session session(a.common, console);
    session.emit(document_of(session, a));
    return ExitCode::ok;
}

}  // namespace

io::Document openness_document(const Session& session, const std::vector<std::string>& attributes) {
    Arguments a;
    a.by = attributes;
    if (has_years(session)) {
        a.every = "year";
    }
    return document_of(session, a);
}

const Command openness_command{"openness", "How open is the network between groups, compared with chance?",
                               run};

}  // namespace maillage::tools

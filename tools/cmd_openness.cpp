#include "engine/labels.hpp"

#include "algorithms/segregation/openness.hpp"

#include "io/report/openness_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <memory>
#include <string>
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
        "      and the actors that bridge the groups\n",
    .details =
        "A tie is a pair of actors in scope with at least one partnership; ties to actors out of scope are "
        "said and not\n"
        "counted. Actors without a value for the attribute are left out and counted. An actor with several "
        "values\n"
        "(a|b) shares a group with every actor that has one of them.\n"};

struct Arguments {
    CommonOptions common;
    std::vector<std::string> by;
    bool weighted = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()(
        "by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "attribute that makes the groups, such as kind; may be repeated (default: the dataset's own)")(
        "weighted", po::bool_switch(&a.weighted),
        "count the weight of ties (see --tie-weight) instead of the ties");
    return own;
}

std::vector<std::string> attributes_of(const Session& session, const std::vector<std::string>& asked) {
    if (!asked.empty()) {
        return asked;
    }
    const auto& own = session.network().settings().group_by;
    return own.empty() ? std::vector<std::string>{"kind"} : own;
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

io::OpennessReport report_of(const Session& session, const std::vector<std::string>& asked, bool weighted) {
    const Projection& scoped = session.scoped();
    const GraphView g = scoped.graph.view();
    io::OpennessReport report;
    report.weighted = weighted;
    for (const std::string& attribute : attributes_of(session, asked)) {
        const GroupLabels labels = labels_by(session.network(), scoped.actor_of, attribute);
        report.attributes.push_back(openness(g, labels, {.weighted = weighted}));
        session.execution().report("openness", 1.0);
    }
    report.ties_leaving_scope = ties_leaving(session.all());
    for (const VertexId v : g.vertices()) {
        report.isolates += g.degree(v) == 0 ? 1U : 0U;
    }
    return report;
}

io::Document document_of(const Session& session, const std::vector<std::string>& asked, bool weighted) {
    const auto report = std::make_shared<const io::OpennessReport>(report_of(session, asked, weighted));
    io::Document document;
    document.name = "openness";
    document.options = [&session, report](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_openness_options(json, *report);
    };
    document.result = [&session, report](io::JsonWriter& json) {
        io::write_openness(json, session.network(), session.scoped(), *report, session.language());
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
    const Session session(a.common, console);
    session.emit(document_of(session, a.by, a.weighted));
    return ExitCode::ok;
}

}  // namespace

io::Document openness_document(const Session& session, const std::vector<std::string>& attributes) {
    return document_of(session, attributes, false);
}

const Command openness_command{"openness", "How open is the network between groups, compared with chance?",
                               run};

}  // namespace maillage::tools

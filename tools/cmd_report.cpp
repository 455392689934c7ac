#include "engine/error.hpp"

#include "io/report/page/page.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/report_page.hpp"
#include "tools/session.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "report",
    .summary = "One page for everyone: an HTML file that needs nothing else, in French and English.",
    .example =
        "  maillage report datasets/centre-val-de-loire -o report.html\n"
        "      which partnerships to open and why, the map, communities, openness, bridges, data quality; opens from a\n"
        "      mail attachment, without network, printed, read aloud, on a telephone\n\n"
        "  maillage report datasets/centre-val-de-loire --svg map -o map.svg --lang fr\n"
        "      one figure alone, for slides\n",
    .details =
        "The page has both languages; --lang says which it opens in. It is complete without JavaScript; with it one "
        "can\nsearch an actor, filter, zoom, sort tables and save them as CSV. `run` writes the same page beside the "
        "documents\nit is made of.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top;
    std::vector<std::string> by;
    std::optional<std::string> svg;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()("top", po::value(&a.top)->value_name("K"),
                      "length of the lists per actor (default 10; 3 above 10,000 actors)")(
        "by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "attribute for openness; may be repeated, bridges are about the first")(
        "svg",
        po::value<std::string>()->value_name("FIGURE")->notifier([&a](const std::string& name) { a.svg = name; }),
        "one figure instead of the page: map, mixing, trend or bridges");
    return own;
}

io::Figure figure_named(const std::string& word) {
    const std::vector<std::pair<std::string, io::Figure>> known = {{"map", io::Figure::map},
                                                                   {"mixing", io::Figure::mixing},
                                                                   {"trend", io::Figure::trend},
                                                                   {"bridges", io::Figure::bridges}};
    std::vector<std::string> names;
    for (const auto& [name, figure] : known) {
        if (name == word) {
            return figure;
        }
        names.push_back(name);
    }
    throw OptionError("svg",
                      "--svg is map, mixing, trend or bridges, not \"" + word + "\"" + suggestion(word, names));
}

/// The documents that a figure is drawn from.
std::vector<io::Document> documents_for(const Session& session, io::Figure figure, const Arguments& a) {
    std::vector<io::Document> documents;
    switch (figure) {
        case io::Figure::map:
            documents.push_back(communities_document(session));
            break;
        case io::Figure::mixing:
        case io::Figure::trend:
            documents.push_back(openness_document(session, a.by));
            break;
        case io::Figure::bridges:
            documents.push_back(bridges_document(
                session, a.by.empty() ? a.by : std::vector<std::string>{a.by.front()}));
            break;
    }
    return documents;
}

void write(const Arguments& a, Console console, const std::function<void(std::ostream&)>& body) {
    if (!a.common.output) {
        body(console.out);
        return;
    }
    PendingFiles files;
    files.write(*a.common.output, body);
    files.commit();
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    if (a.common.format != OutputFormat::table) {
        throw OptionError("json", "the report is a page; `maillage run` writes the documents and tables it is made of");
    }
    std::optional<io::Figure> figure;
    if (a.svg) {
        figure = figure_named(*a.svg);
    }
    if (!a.common.output && console.out_is_terminal) {
        throw OptionError("output", "which file? say -o FILE.html");
    }
    const Session session(a.common, console);
    std::vector<io::Document> documents;
    if (figure) {
        documents = documents_for(session, *figure, a);
        write(a, console, [&](std::ostream& out) {
            io::write_figure(out, page_input(session, documents), *figure);
        });
    } else {
        std::vector<LeftOut> left_out;
        each_document(
            session, a.top.value, a.by, [&](io::Document document) { documents.push_back(std::move(document)); },
            [&](const LeftOut& part) { left_out.push_back(part); });
        write(a, console,
              [&](std::ostream& out) { io::write_page(out, page_input(session, documents, left_out)); });
    }
    return ExitCode::ok;
}

}  // namespace

io::PageInput page_input(const Session& session, std::span<const io::Document> documents,
                         std::span<const io::LeftOut> left_out) {
    return {session.network(),  session.all(),       session.scoped(), documents, session.header(),
            session.language(), session.execution(), left_out};
}

const Command report_command{"report", "One self-contained HTML page for everyone", run};

}  // namespace maillage::tools

#include "engine/error.hpp"

#include "io/formats/format.hpp"
#include "io/formats/graph_csv.hpp"
#include "io/formats/graph_network.hpp"
#include "io/formats/json_ld.hpp"
#include "io/formats/workbook.hpp"
#include "io/prepared_file.hpp"
#include "io/report/reading.hpp"
#include "io/write_dataset.hpp"

#include "tools/commands.hpp"
#include "tools/fitted_model.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/pending_folder.hpp"
#include "tools/session.hpp"
#include "tools/stored_ranking.hpp"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "convert",
    .summary =
        "Writes a dataset in another format: tables, JSON, a prepared file, or a graph that other programs "
        "read.",
    .example =
        "  maillage convert my-spreadsheets -o region.json\n"
        "      the tables of the folder my-spreadsheets, whatever their encoding, separator and language of\n"
        "      headers, as one JSON file; maillage convert region.json -o region writes tables again\n\n"
        "  maillage convert region -o region.gexf\n"
        "  maillage convert gephi-export.gexf -o region\n"
        "      to Gephi and back; what a format cannot hold is said\n\n"
        "  maillage convert region -o region.maillage\n"
        "      a prepared file, which every command takes where DATASET stands and has read in "
        "milliseconds;\n"
        "      with --fit the ranking of recommend is fitted on the history once and kept in it, so that\n"
        "      recommend and explain rank by it at once, however large the network\n",
    .details =
        "The ending of the output tells the format, or --to:\n\n"
        "  json               .json           all of a dataset, also to the standard output without -o\n"
        "  csv                (a folder)      all of a dataset, with datapackage.json (a Tabular Data "
        "Package)\n"
        "  maillage           .maillage       all of a dataset and its graph, ready to be used\n"
        "  xlsx               .xlsx           all of a dataset, a sheet for each table\n"
        "  graphml, gexf, gml .graphml …      Gephi, yEd, igraph, NetworkX, Cytoscape\n"
        "  pajek              .net            labels and weights only\n"
        "  jgf, node-link, graphology, cx2, cytoscape\n"
        "                     .jgf .cx2 .cyjs JSON graphs of the web, NetworkX, D3, Cytoscape, NDEx\n"
        "  matrix-market, edge-list\n"
        "                     .mtx .edges     ties and weights only\n"
        "  gephi, neo4j, graphframes\n"
        "                     (a folder)      tables of nodes and edges for Gephi, neo4j-admin import, "
        "Spark\n"
        "  json-ld            .jsonld         W3C ORG, SKOS and schema.org, for triple stores; written "
        "only\n\n"
        "All others are read, too, by every command, in whatever form: what a file holds tells its\n"
        "format, not its name; gzip is unpacked; - is the standard input. In a graph nodes are actors, "
        "edges\n"
        "partnerships; attributes with names like those of the tables are what they say, --map FILE tells "
        "otherwise:\n"
        "  {\"actor\": {\"kind\": \"type\", \"expertises\": \"skills\"}, \"partnership\": {\"start\": "
        "\"since\"}}\n\n"
        "The same data give the same bytes, whatever they were read from: rows in the order of ids, dates as "
        "given,\n"
        "shortest numbers. A folder that is not empty is refused; --force replaces the tables in it and "
        "leaves its\n"
        "other files alone.\n",
    .analysis = false};

struct Arguments {
    CommonOptions common;
    std::string to;
    bool force = false;
    bool fit = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("to", po::value(&a.to)->value_name("FORMAT"), "format, when the ending of the output does not tell");
    add("force", po::bool_switch(&a.force), "replace the tables of a folder that is not empty");
    add("fit", po::bool_switch(&a.fit),
        "fit the ranking of recommend on the history, once, and keep it in the prepared file");
    return own;
}

/// Ours by name; else a format of graphs.
struct Format {
    std::string code;
    std::optional<io::GraphFormat> graph;

    [[nodiscard]] bool is_folder() const {
        return code == "csv" || (graph && io::info_of(*graph).ending.empty());
    }
    [[nodiscard]] bool is_text() const {
        return code == "json" || (graph && !is_folder() && *graph != io::GraphFormat::xlsx);
    }
};

Format format_named(const std::string& code) {
    if (code == "json" || code == "csv" || code == "maillage") {
        return {code, std::nullopt};
    }
    if (const auto graph = io::format_with_code(code)) {
        return {code, graph};
    }
    std::vector<std::string> names = {"json", "csv", "maillage"};
    std::string list = "json, csv, maillage";
    for (const io::FormatInfo& format : io::graph_formats()) {
        names.emplace_back(format.code);
        list += ", " + names.back();
    }
    throw OptionError("to", "--to is one of " + list + ", not \"" + code + "\"" + suggestion(code, names));
}

Format format_of(const Arguments& a) {
    if (!a.to.empty()) {
        return format_named(a.to);
    }
    if (!a.common.output) {
        return format_named("json");
    }
    if (const auto graph = io::format_with_ending(*a.common.output)) {
        return {std::string(io::info_of(*graph).code), graph};
    }
    const std::string ending = std::filesystem::path(*a.common.output).extension().string();
    return format_named(ending == ".json" ? "json" : ending == io::prepared_ending ? "maillage" : "csv");
}

/// The further sections of the file: those that were read, and the ranking anew where it is asked for.
std::vector<io::Section> extra_of(const Session& session, bool fit) {
    std::vector<io::Section> extra = session.read().extra;
    if (!fit) {
        return extra;
    }
    const std::optional<RankingBasis> basis = ranking_basis(session);
    auto ranking = basis ? fit_on(session, *basis) : std::nullopt;
    if (!ranking) {
        throw OptionError(
            "fit",
            "too little history to fit a ranking: it needs partnerships with a start and at least "
            "100 new ties within the last two years");
    }
    StoredRanking stored{*basis, std::move(*ranking)};
    stored.basis.digest = session.header().digest;
    std::erase_if(extra, [](const io::Section& s) { return s.name == ranking_section; });
    extra.push_back(to_section(stored));
    return extra;
}

/// As every analysis sees the network when no option says otherwise.
void write_prepared(std::ostream& out, const Session& session, const std::vector<io::Section>& extra) {
    const io::PreparedProjection prepared{session.projection_options(), session.all()};
    io::write_prepared(out, session.read(), prepared, extra);
}

void say_what_was_written(const Arguments& a, const Network& n, Console console) {
    if (a.common.quiet) {
        return;
    }
    const Language language = a.common.language;
    console.err << *a.common.output << io::pick(language, " : ", ": ")
                << io::number(n.actors().size(), language) << io::pick(language, " acteurs, ", " actors, ")
                << io::number(n.expertises().size(), language) << " expertises, "
                << io::number(n.partnerships().size(), language)
                << io::pick(language, " partenariats\n", " partnerships\n");
}

void say_what_is_lost(const std::vector<LocalText>& lost, const Format& format, const Arguments& a,
                      Console console) {
    if (lost.empty() || a.common.quiet) {
        return;
    }
    const Language language = a.common.language;
    console.err << io::pick(language, "Ce que le format ", "What the format ") << format.code
                << io::pick(language, " ne peut pas contenir :\n", " cannot hold:\n");
    for (const LocalText& what : lost) {
        console.err << "  " << (language == Language::fr ? what.fr : what.en) << '\n';
    }
}

void write_text(std::ostream& out, const Format& format, const Network& network,
                std::vector<LocalText>& lost) {
    if (!format.graph) {
        io::write_json_dataset(out, network);
    } else if (*format.graph == io::GraphFormat::xlsx) {
        io::write_workbook(out, network, lost);
    } else if (*format.graph == io::GraphFormat::json_ld) {
        io::write_json_ld(out, network);
        lost.push_back({"les niveaux, les poids, les rôles, les attributs et les réglages",
                        "levels, weights, roles, attributes and settings"});
    } else {
        io::write_graph(*format.graph, out, io::graph_of(network, lost), lost);
    }
}

void write_folder(const Arguments& a, const Format& format, const Network& network,
                  std::vector<LocalText>& lost) {
    PendingFolder folder(*a.common.output, a.force);
    const auto file = [&folder](const auto& name, const auto& body) { folder.write(name, body); };
    if (!format.graph) {
        io::write_csv_tables(network, file);
    } else {
        const auto style = *format.graph == io::GraphFormat::tables  ? io::GraphTableStyle::gephi
                           : *format.graph == io::GraphFormat::neo4j ? io::GraphTableStyle::neo4j
                                                                     : io::GraphTableStyle::graphframes;
        io::write_graph_tables(style, io::graph_of(network, lost), file, lost);
    }
    folder.commit();
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const Format format = format_of(a);
    if (!format.is_text() && !a.common.output) {
        throw OptionError("output",
                          format.is_folder() ? "which folder? say -o FOLDER" : "which file? say -o FILE");
    }
    if (a.fit && format.code != "maillage") {
        throw OptionError("fit", "--fit keeps a ranking in a prepared file: say -o FILE.maillage");
    }
    const Session session(a.common, console, {.every_diagnostic = true});
    const Network& network = session.network();
    std::vector<LocalText> lost;
    if (!a.common.output) {
        write_text(console.out, format, network, lost);
    } else if (format.is_folder()) {
        write_folder(a, format, network, lost);
    } else {
        const bool prepare = format.code == "maillage";
        const std::vector<io::Section> extra =
            prepare ? extra_of(session, a.fit) : std::vector<io::Section>();
        PendingFiles files;
        files.write(*a.common.output, [&](std::ostream& out) {
            prepare ? write_prepared(out, session, extra) : write_text(out, format, network, lost);
        });
        files.commit();
    }
    if (a.common.output) {
        say_what_was_written(a, network, console);
    }
    say_what_is_lost(lost, format, a, console);
    return ExitCode::ok;
}

}  // namespace

const Command convert_command{
    "convert", "A dataset as tables, JSON, a prepared file, or a graph for other programs", run};

}  // namespace maillage::tools

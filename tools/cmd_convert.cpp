#include "engine/error.hpp"

#include "io/prepared_file.hpp"
#include "io/report/reading.hpp"
#include "io/write_dataset.hpp"

#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/pending_folder.hpp"
#include "tools/session.hpp"

#include <filesystem>
#include <ostream>
#include <string>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "convert",
    .summary =
        "Writes a dataset in its canonical form: a folder of CSV tables, one JSON file, or a prepared file.",
    .example =
        "  maillage convert my-spreadsheets -o region.json\n"
        "      the tables of the folder my-spreadsheets, whatever their encoding, separator and language of\n"
        "      headers, as one JSON file; maillage convert region.json -o region writes tables again\n\n"
        "  maillage convert region -o region.maillage\n"
        "  maillage recommend region.maillage --actor univ-tours\n"
        "      a prepared file: the network, its digest and the graph that analyses begin with, ready to be "
        "used\n"
        "      without reading and checking the tables anew; every command takes it where DATASET stands\n",
    .details =
        "The ending of the output tells the format: .json is JSON, .maillage a prepared file, anything else "
        "a "
        "folder of\n"
        "CSV tables with datapackage.json (a Tabular Data Package). Without -o, JSON goes to the standard "
        "output. The same "
        "data "
        "gives\n"
        "the same bytes, whatever it was read from: rows in the order of ids, dates as given, shortest "
        "numbers.\n"
        "A folder that is not empty is refused; --force replaces the tables in it and leaves its other files "
        "alone.\n",
    .analysis = false};

struct Arguments {
    CommonOptions common;
    std::string to;
    bool force = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("to", po::value(&a.to)->value_name("json|csv|maillage"),
        "format, when the ending of the output does not tell");
    add("force", po::bool_switch(&a.force), "replace the tables of a folder that is not empty");
    return own;
}

void check(const Arguments& a) {
    if (!a.to.empty() && a.to != "json" && a.to != "csv" && a.to != "maillage") {
        throw OptionError("to", "--to is json, csv or maillage, not \"" + a.to + "\"");
    }
}

/// "json", "csv" or "maillage".
std::string format_of(const Arguments& a) {
    if (!a.to.empty()) {
        return a.to;
    }
    if (!a.common.output) {
        return "json";
    }
    const std::string ending = std::filesystem::path(*a.common.output).extension().string();
    return ending == ".json" ? "json" : ending == io::prepared_ending ? "maillage" : "csv";
}

/// As every analysis sees the network when no option says otherwise.
void write_prepared(std::ostream& out, const Session& session) {
    const io::PreparedProjection prepared{session.projection_options(), session.all()};
    const io::ReadResult& read = session.read();
    io::write_prepared(out, read, prepared, read.extra);
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

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    check(a);
    const std::string format = format_of(a);
    if (format != "json" && !a.common.output) {
        throw OptionError(
            "output", format == "csv" ? "which folder? say -o FOLDER" : "which file? say -o FILE.maillage");
    }
    const Session session(a.common, console, {.every_diagnostic = true});
    const Network& network = session.network();
    if (!a.common.output) {
        io::write_json_dataset(console.out, network);
        return ExitCode::ok;
    }
    if (format != "csv") {
        PendingFiles files;
        files.write(*a.common.output, [&](std::ostream& out) {
            format == "json" ? io::write_json_dataset(out, network) : write_prepared(out, session);
        });
        files.commit();
    } else {
        PendingFolder folder(*a.common.output, a.force);
        io::write_csv_tables(network,
                             [&folder](const auto& name, const auto& body) { folder.write(name, body); });
        folder.commit();
    }
    say_what_was_written(a, network, console);
    return ExitCode::ok;
}

}  // namespace

const Command convert_command{"convert", "A dataset as CSV tables, one JSON file or a prepared binary file",
                              run};

}  // namespace maillage::tools

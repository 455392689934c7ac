#include "engine/error.hpp"

#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"

#include <filesystem>
#include <ostream>
#include <string>
#include <system_error>

namespace maillage::tools {
namespace {

namespace fs = std::filesystem;

constexpr Help help = {
    .command = "convert",
    .summary = "Writes a dataset in its canonical form: a folder of CSV tables, or one JSON file.",
    .example =
        "  maillage convert my-spreadsheets -o region.json\n"
        "      one JSON file; maillage convert region.json -o region/ writes the tables again\n",
    .details =
        "The ending of the output tells the format: .json is JSON, anything else a folder of CSV tables "
        "with\n"
        "datapackage.json. The same data gives the same bytes, whatever it was read from.\n"};

struct Arguments {
    CommonOptions common;
    std::string to;
    bool force = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()("to", po::value(&a.to)->value_name("json|csv"),
                      "format, when the ending does not tell")(
        "force", po::bool_switch(&a.force), "write into a folder that is not empty, over the tables there");
    return own;
}

bool wants_json(const Arguments& a) {
    if (a.to.empty()) {
        return !a.common.output || fs::path(*a.common.output).extension() == ".json";
    }
    if (a.to != "json" && a.to != "csv") {
        throw OptionError("to", "--to is json or csv, not \"" + a.to + "\"");
    }
    return a.to == "json";
}

void write_folder(const Network& network, const fs::path& folder, bool force) {
    std::error_code error;
    const bool existed = fs::exists(folder, error);
    if (existed && (!fs::is_directory(folder, error) || (!fs::is_empty(folder, error) && !force))) {
        throw OptionError(
            "output", folder.string() + " exists and is not an empty folder; choose another, or say --force");
    }
    fs::create_directories(folder, error);
    if (error) {
        throw OptionError("output", "cannot make the folder " + folder.string() + ": " + error.message());
    }
    try {
        PendingFiles files;
        io::write_csv_tables(network,
                             [&](const std::string& name, const std::function<void(std::ostream&)>& body) {
                                 files.write(folder / name, body);
                             });
        files.commit();
    } catch (...) {
        if (!existed) {
            fs::remove(folder, error);
        }
        throw;
    }
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const bool json = wants_json(a);
    const io::ReadResult read = io::read_dataset(a.common.dataset);
    if (!json) {
        if (!a.common.output) {
            throw OptionError("output", "which folder? say -o FOLDER");
        }
        write_folder(read.network, *a.common.output, a.force);
    } else if (a.common.output) {
        PendingFiles files;
        files.write(*a.common.output, [&](std::ostream& out) { io::write_json_dataset(out, read.network); });
        files.commit();
    } else {
        io::write_json_dataset(console.out, read.network);
    }
    return ExitCode::ok;
}

}  // namespace

const Command convert_command{"convert", "dataset <-> single JSON, in canonical form", run};

}  // namespace maillage::tools

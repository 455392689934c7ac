#include "engine/error.hpp"

#include "io/encoding.hpp"
#include "io/file_bytes.hpp"
#include "io/import/import.hpp"
#include "io/report/reading.hpp"
#include "io/write_dataset.hpp"

#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/pending_folder.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "import",
    .summary = "Makes a dataset of open data: projects and who takes part in them.",
    .example =
        "  maillage import cordis cordis-h2020 --region \"Centre-Val de Loire\" -o region\n"
        "      the organisations of the region in Horizon 2020, their projects and all their partners, from "
        "the\n"
        "      folder into which the files of CORDIS were unpacked; then: maillage recommend region\n\n"
        "  maillage import table my-folder --map map.json -o dataset\n"
        "      any other tables of projects and partners; the map says which column is what\n",
    .details =
        "Sources: cordis (organization.csv, project.csv, euroSciVoc.csv, topics.csv of Horizon 2020 and "
        "Horizon "
        "Europe),\n"
        "anr (partenaires.csv and projets.csv, the tables of partners and projects of the ANR), table (with "
        "--map).\n"
        "The form of a map is described in io/import/README.md; datasets/maps holds examples.\n\n"
        "Organisations are matched by identifier, then by name and place without regard to case, accents "
        "and\n"
        "punctuation. merges.csv, beside the tables, lists every spelling that was joined with another: to "
        "refuse\n"
        "some, put their lines in a file and import again with --refuse FILE.\n"};

struct Arguments {
    CommonOptions common;
    std::string source, folder;
    std::optional<std::string> map;
    io::ImportOptions options;
    bool force = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    const auto optional_text = [](std::optional<std::string>& target, const char* name) {
        return po::value<std::string>()->value_name(name)->notifier(
            [&target](const std::string& text) { target = text; });
    };
    add("source", po::value(&a.source), "");
    add("folder", po::value(&a.folder), "");
    add("map", optional_text(a.map, "FILE"),
        "which column is what (for table; replaces the map of a source)");
    add("region", optional_text(a.options.region, "REGION"),
        "only partnerships with a member in this region, and all their members");
    add("refuse", optional_text(a.options.refuse, "FILE"), "lines of merges.csv that are not to be joined");
    add("force", po::bool_switch(&a.force), "replace the tables of a folder that is not empty");
    return own;
}

io::ImportMap map_of(const Arguments& a) {
    static const std::vector<std::string> sources = {"anr", "cordis", "table"};
    if (std::find(sources.begin(), sources.end(), a.source) == sources.end()) {
        throw OptionError("source", "the source is one of anr, cordis, table, not \"" + a.source + "\"" +
                                        suggestion(a.source, sources));
    }
    if (a.map) {
        const io::FileBytes bytes(*a.map);
        io::DecodedText decoded;
        std::vector<Diagnostic> diagnostics;
        io::decode(bytes.bytes(), *a.map, decoded, diagnostics);
        if (!decoded.readable) {
            throw InputError(std::move(diagnostics));
        }
        return io::read_import_map(decoded.text, *a.map);
    }
    const std::optional<std::string_view> known = io::known_source(a.source);
    if (!known) {
        throw OptionError("map", "which column is what? say --map FILE");
    }
    return io::read_import_map(*known, a.source + ".json");
}

void say_what_was_done(const Arguments& a, const io::ImportResult& result, Console console) {
    if (a.common.quiet) {
        return;
    }
    const Language l = a.common.language;
    const io::ImportSummary& s = result.summary;
    const auto n = [l](std::size_t count) { return io::number(count, l); };
    const auto pick = [l](std::string_view fr, std::string_view en) { return io::pick(l, fr, en); };
    std::ostream& err = console.err;
    err << *a.common.output << pick(" : ", ": ") << n(result.network.actors().size())
        << pick(" acteurs", " actors");
    if (a.options.region) {
        err << " (" << n(s.in_region) << pick(" dans la région)", " in the region)");
    }
    err << ", " << n(result.network.partnerships().size()) << pick(" partenariats, ", " partnerships, ")
        << n(result.network.expertises().size()) << " expertises\n"
        << "  " << n(s.rows) << pick(" lignes lues, ", " rows read, ") << n(s.spellings)
        << pick(" façons d'écrire un organisme : ", " spellings of organisations: ")
        << n(s.merged_by_identifier) << pick(" rapprochées par identifiant, ", " joined by identifier, ")
        << n(s.merged_by_name) << pick(" par nom et lieu (merges.csv)", " by name and place (merges.csv)")
        << '\n';
    const auto line = [&](std::size_t count, std::string_view fr, std::string_view en) {
        if (count > 0) {
            err << "  " << n(count) << ' ' << pick(fr, en) << '\n';
        }
    };
    line(s.anonymous, "lignes sans organisme, laissées de côté (warnings.txt)",
         "rows that name no organisation, left out (warnings.txt)");
    line(s.refused, "rapprochements refusés", "refused");
    line(s.ambiguous,
         "sans identifiant, qui pourraient être plusieurs organismes identifiés : laissées à part",
         "without identifier that could be several identified organisations: kept apart");
    line(s.repeated_members, "fois un organisme deux fois dans un partenariat : compté une fois",
         "times an organisation twice in a partnership: counted once");
    line(s.lone_partnerships, "partenariats d'un seul membre : gardés, sans lien",
         "partnerships of one member: kept, they make no tie");
    line(s.outside_region, "partenariats sans membre dans la région, laissés de côté",
         "partnerships without a member in the region, left out");
}

/// Warnings with their places; of one kind at most so many, and how many more.
void say_warnings(const Arguments& a, const std::vector<Diagnostic>& diagnostics, Console console) {
    if (a.common.quiet) {
        return;
    }
    constexpr std::size_t shown = 5;
    std::size_t warnings = 0;
    for (const Diagnostic& d : diagnostics) {
        if (d.severity == Severity::warning && d.where.line > 0 && ++warnings <= shown) {
            console.err << to_text(d) << '\n';
        }
    }
    if (warnings > shown) {
        console.err << io::number(warnings - shown, a.common.language)
                    << io::pick(a.common.language, " autres avertissements : warnings.txt dans le dossier\n",
                                " more warnings: warnings.txt in the folder\n");
    }
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse_without_dataset(args, help, describe(a), a.common, console, {"source", "folder"})) {
        return ExitCode::ok;
    }
    const io::ImportMap map = map_of(a);
    if (!a.common.output) {
        throw OptionError("output", "which folder? say -o FOLDER");
    }
    PendingFolder folder(*a.common.output, a.force);
    const io::ImportResult result = io::import_tables(map, a.folder, a.options);
    io::write_csv_tables(result.network,
                         [&folder](const auto& name, const auto& body) { folder.write(name, body); });
    folder.write("merges.csv", [&](std::ostream& out) { io::write_merges(out, result.merges); });
    folder.write("warnings.txt", [&](std::ostream& out) {
        for (const Diagnostic& d : result.diagnostics) {
            out << to_text(d) << '\n';
        }
    });
    folder.commit();
    say_warnings(a, result.diagnostics, console);
    say_what_was_done(a, result, console);
    return ExitCode::ok;
}

}  // namespace

const Command import_command{"import", "Open data (CORDIS, ANR, any table of partners) to a dataset", run};

}  // namespace maillage::tools

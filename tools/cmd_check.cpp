#include "engine/error.hpp"

#include "io/formats/format.hpp"
#include "io/merge_network.hpp"
#include "io/merge_proposals.hpp"
#include "io/near_duplicates.hpp"
#include "io/read_dataset.hpp"
#include "io/read_merges.hpp"
#include "io/report/diagnostics_document.hpp"
#include "io/report/merging_document.hpp"
#include "io/report/proposals_document.hpp"
#include "io/write_dataset.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/pending_folder.hpp"
#include "tools/session.hpp"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "check",
    .summary =
        "Is my data sound? Every problem with its place, then what was read and who may be there twice.",
    .example =
        "  maillage check datasets/centre-val-de-loire\n"
        "  maillage check my-folder --lang fr\n"
        "      partnerships.csv:17:9: error: \"dix\" is not a number; expected one such as 1, 0.5 or 0,5\n"
        "          A12;B07;dix\n"
        "                  ^\n"
        "      …then actors and expertises that may be one under two spellings, with a score and the reason, "
        "the\n"
        "      files with their encodings, separators and rows, what was merged and what was kept alone\n\n"
        "  maillage check my-folder --proposals review.csv\n"
        "      the proposed merges as a spreadsheet; put yes or no (oui, non) into its last column, then:\n"
        "  maillage check my-folder --merge review.csv                what would be done\n"
        "  maillage check my-folder --merge review.csv -o merged      the merged dataset, in a new folder\n",
    .details =
        "Ends with 3 when there is an error, with 0 when there are only warnings and notes.\n\n"
        "Nothing is merged unasked: rows of the list without a decision are left. The list may be written by "
        "hand; "
        "it\n"
        "needs the columns keep, merge and decision (garder, fusionner, décision), with ids or names. Chains "
        "are\n"
        "followed to their ends; circles, one merged into two, and a no against a yes are errors with their "
        "place.\n"
        "Partnerships and expertises of who is merged go to who is kept, whose empty cells are filled; "
        "merges.csv "
        "and\n"
        "warnings.txt beside the tables say what was done. -o FILE.json writes one JSON file instead of a "
        "folder.\n"};

struct Arguments {
    CommonOptions common;
    std::optional<std::string> proposals, merge;
    Real least{0.6};
    bool force = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    const auto file = [](std::optional<std::string>& target) {
        return po::value<std::string>()->value_name("FILE")->notifier(
            [&target](const std::string& text) { target = text; });
    };
    auto add = own.add_options();
    add("proposals", file(a.proposals), "write the proposed merges as a CSV table to review");
    add("min-score", po::value(&a.least)->value_name("S"),
        "propose pairs of at least this score, 0 to 1 (default 0.6)");
    add("merge", file(a.merge),
        "apply the merges that a reviewed table accepts; without -o only say what would be done");
    add("force", po::bool_switch(&a.force), "replace the tables of a folder that is not empty");
    return own;
}

io::Document document_of(const io::DiagnosticsView& view, bool with_places) {
    io::Document document;
    document.name = "diagnostics";
    document.version = "1.1";
    document.options = [](io::JsonWriter&) {};
    document.result = [view](io::JsonWriter& json) { io::write_diagnostics_result(json, view); };
    document.reading = [view, with_places](Language language) {
        return io::diagnostics_reading(view, language, with_places);
    };
    return document;
}

io::DocumentHeader header_of(const io::ReadReport& report) {
    io::DocumentHeader header;
    header.diagnostics = io::summary_of(report.diagnostics);
    if (report.network) {
        const Network& n = *report.network;
        header.dataset_title = n.settings().title;
        header.digest = report.digest.empty() ? io::digest(n) : report.digest;
        header.actors = n.actors().size();
        header.expertises = n.expertises().size();
        header.partnerships = n.partnerships().size();
        header.opportunities = n.opportunities().size();
    }
    return header;
}

void show(const std::vector<Diagnostic>& diagnostics, std::ostream& out, bool proposed) {
    for (const Diagnostic& diagnostic : diagnostics) {
        if (!proposed || !io::is_near_duplicate(diagnostic)) {
            out << to_text(diagnostic) << '\n';
        }
    }
}

ExitCode check(const Arguments& a, const io::ReadReport& report, Console console) {
    io::DiagnosticsView view{report.diagnostics,
                             report.files,
                             report.summary,
                             report.network ? &*report.network : nullptr,
                             nullptr,
                             {}};
    io::MergeProposals proposals;
    view.proposal_options.least_score = a.least.value;
    if (report.network) {
        proposals = io::merge_proposals(*report.network, view.proposal_options);
        view.proposals = &proposals;
    }
    const bool for_reading = a.common.format == OutputFormat::table && !a.common.output;
    if (for_reading) {
        show(report.diagnostics, console.out, io::says_near_duplicates(view));
    }
    emit(document_of(view, !for_reading), header_of(report), a.common, console);
    if (a.proposals && report.network) {
        PendingFiles files;
        files.write(*a.proposals, [&](std::ostream& out) {
            io::write_proposals_csv(out, *report.network, proposals, a.common.language);
        });
        files.commit();
    }
    return report.network ? ExitCode::ok : ExitCode::bad_input;
}

void write_merged(const Arguments& a, const io::MergeResult& result) {
    const std::string& target = *a.common.output;
    const std::string ending = std::filesystem::path(target).extension().string();
    if (ending == ".json") {
        PendingFiles files;
        files.write(target, [&](std::ostream& out) { io::write_json_dataset(out, result.network); });
        files.commit();
        return;
    }
    if (!ending.empty() && ending != ".csv" && io::format_with_ending(target)) {
        throw OptionError(
            "output", "a folder of tables or FILE.json is written here; maillage convert makes \"" + ending +
                          "\" of it");
    }
    PendingFolder folder(target, a.force);
    io::write_csv_tables(result.network,
                         [&folder](const auto& name, const auto& body) { folder.write(name, body); });
    folder.write("merges.csv", [&](std::ostream& out) { io::write_merges(out, result.merges); });
    folder.write("warnings.txt", [&](std::ostream& out) {
        for (const Diagnostic& d : result.diagnostics) {
            out << to_text(d) << '\n';
        }
    });
    folder.commit();
}

ExitCode merge(const Arguments& a, const io::ReadReport& report, Console console) {
    if (!report.network) {
        show(report.diagnostics, console.err, false);
        return ExitCode::bad_input;
    }
    const io::ReviewedMerges list = io::read_merges(*a.merge, *report.network);
    if (!a.common.quiet) {
        show(list.diagnostics, console.err, false);
    }
    const io::MergeResult result =
        io::merge_network(*report.network, list, std::filesystem::path(*a.merge).filename().string());
    if (a.common.output) {
        write_merged(a, result);
    }
    const io::MergingView view{list, result, a.common.output.value_or("")};
    io::Document document;
    document.name = "merging";
    document.options = [](io::JsonWriter&) {};
    document.result = [&view](io::JsonWriter& json) { io::write_merging_result(json, view); };
    document.reading = [&view](Language language) { return io::merging_reading(view, language); };
    CommonOptions shown = a.common;
    shown.output.reset();  // there the dataset is
    emit(document, header_of(report), shown, console);
    return ExitCode::ok;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    if (a.least.value < 0.0 || a.least.value > 1.0) {
        throw OptionError("min-score", "--min-score is a number from 0 to 1");
    }
    if (a.merge && a.proposals) {
        throw OptionError("merge", "--proposals writes a list, --merge applies one: one of them at a time");
    }
    const io::ReadReport report = io::inspect_dataset(a.common.dataset, reading_of(a.common));
    return a.merge ? merge(a, report, console) : check(a, report, console);
}

}  // namespace

io::Document diagnostics_document(const Session& session) {
    const io::ReadResult& read = session.read();
    return document_of({read.diagnostics, read.files, read.summary, &read.network, nullptr, {}}, false);
}

const Command check_command{"check", "Is my data sound? All diagnostics, then what was read", run};

}  // namespace maillage::tools

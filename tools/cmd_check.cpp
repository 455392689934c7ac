#include "engine/error.hpp"

#include "io/read_dataset.hpp"
#include "io/report/diagnostics_document.hpp"
#include "io/write_dataset.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <ostream>
#include <string>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "check",
    .summary = "Is my data sound? Every problem with its place, then what was read.",
    .example =
        "  maillage check datasets/centre-val-de-loire\n"
        "  maillage check my-folder --lang fr\n"
        "      partnerships.csv:17:9: error: \"dix\" is not a number; expected one such as 1, 0.5 or 0,5\n"
        "          A12;B07;dix\n"
        "                  ^\n"
        "      …then the files with their encodings, separators and rows, what was merged and what was "
        "kept alone\n",
    .details = "Ends with 3 when there is an error, with 0 when there are only warnings and notes.\n"};

io::Document document_of(const io::DiagnosticsView& view, bool with_places) {
    io::Document document;
    document.name = "diagnostics";
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

ExitCode run(std::span<const std::string> args, Console console) {
    CommonOptions common;
    if (!parse(args, help, {}, common, console)) {
        return ExitCode::ok;
    }
    const io::ReadReport report = io::inspect_dataset(common.dataset, reading_of(common));
    const io::DiagnosticsView view{report.diagnostics, report.files, report.summary,
                                   report.network ? &*report.network : nullptr};
    const bool for_reading = common.format == OutputFormat::table && !common.output;
    if (for_reading) {
        for (const Diagnostic& diagnostic : report.diagnostics) {
            console.out << to_text(diagnostic) << '\n';
        }
    }
    emit(document_of(view, !for_reading), header_of(report), common, console);
    return report.network ? ExitCode::ok : ExitCode::bad_input;
}

}  // namespace

io::Document diagnostics_document(const Session& session) {
    const io::ReadResult& read = session.read();
    return document_of({read.diagnostics, read.files, read.summary, &read.network}, false);
}

const Command check_command{"check", "Is my data sound? All diagnostics, then what was read", run};

}  // namespace maillage::tools

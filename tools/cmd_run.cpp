#include "engine/error.hpp"

#include "io/report/version.hpp"
#include "io/write_dataset.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/output.hpp"
#include "tools/report_page.hpp"
#include "tools/session.hpp"

#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "run",
    .summary =
        "Every analysis of a dataset into a folder: one JSON document and one CSV file each, analysis.json "
        "over "
        "them, report.html to open and share, and summary.txt to read.",
    .example =
        "  maillage run datasets/centre-val-de-loire -o results --lang fr\n"
        "      writes results/recommendations.json, results/recommendations.csv, … results/summary.txt\n",
    .details = "What is written is complete or not there: files appear when all of them are finished.\n"};

/// Above this many actors in scope the lists per actor are kept short, unless --top says otherwise.
constexpr std::size_t many_actors = 10000;
/// Above this many the searches for bridges and consortia take minutes, and are for those who ask.
constexpr std::size_t most_searched = 20'000;

/// Above this many the page takes a browser long to open, and is for those who ask.
constexpr std::size_t most_on_a_page = 50'000;

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top;
    std::vector<std::string> by;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()("top", po::value(&a.top)->value_name("K"),
                      "length of the lists per actor (default 10; 3 above 10,000 actors)")(
        "by", po::value(&a.by)->value_name("ATTRIBUTE"), "attribute for openness; may be repeated");
    return own;
}

class Runner {
public:
    Runner(const Session& session, std::filesystem::path folder, Console console)
        : session_(session), folder_(std::move(folder)), console_(console) {}

    void write(io::Document document) {
        files_.write(folder_ / (document.name + ".json"),
                     [&](std::ostream& out) { io::write_json(out, document, session_.header()); });
        const io::Reading reading = document.reading(session_.language());
        files_.write(folder_ / (document.name + ".csv"),
                     [&](std::ostream& out) { io::write_csv(out, reading); });
        readings_.push_back(reading);
        written_.push_back({document.name, document.name + ".json", document.version, reading.title});
        tell_time(document.name);
        if (makes_page()) {
            documents_.push_back(std::move(document));
        }
    }

    [[nodiscard]] bool makes_page() const {
        return session_.all().graph.vertex_count() <= most_on_a_page;
    }

    void write_report() {
        files_.write(folder_ / "report.html",
                     [&](std::ostream& out) { io::write_page(out, page_input(session_, documents_, left_out_)); });
        tell_time("report");
        has_page_ = true;
    }

    /// Says in the summary what is not among the documents.
    void leave_out(const LeftOut& part) {
        io::Reading reading;
        reading.title = part.title.in(session_.language());
        reading.paragraph(part.why.in(session_.language()));
        readings_.push_back(std::move(reading));
        left_out_.push_back(part);
    }

    void finish() {
        files_.write(folder_ / "summary.txt", [&](std::ostream& out) {
            constexpr std::size_t width = 110;
            for (const io::Reading& reading : readings_) {
                io::write_text(out, reading, width, false);
            }
        });
        io::Document over;
        over.name = "analysis";
        over.options = [this](io::JsonWriter& json) { session_.write_common_options(json); };
        over.result = [this](io::JsonWriter& json) { write_index(json); };
        files_.write(folder_ / "analysis.json",
                     [&](std::ostream& out) { io::write_json(out, over, session_.header()); });
        files_.commit();
    }

    /// The first sentences of every analysis, and where the rest is.
    void tell() const {
        const Language language = session_.language();
        for (const io::Reading& reading : readings_) {
            io::Reading head;
            head.title = reading.title;
            for (const io::Block& block : reading.blocks) {
                if (const auto* paragraph = std::get_if<io::Paragraph>(&block)) {
                    head.blocks.emplace_back(*paragraph);
                    break;
                }
            }
            io::write_text(console_.out, head, console_.width, false);
        }
        console_.out << io::pick(language, "Résultats dans ", "Results in ") << folder_.string() << "/\n"
                     << (has_page_ ? io::pick(language, "  report.html    la page à ouvrir et à partager\n",
                                              "  report.html    the page to open and to share\n")
                                   : "")
                     << io::pick(language,
                                 "  summary.txt    tout, à lire\n  *.csv          les tableaux\n"
                                 "  *.json         les documents, décrits par « maillage schema --list »\n",
                                 "  summary.txt    everything, to read\n  *.csv          the tables\n"
                                 "  *.json         the documents, described by `maillage schema --list`\n");
    }

private:
    struct Written {
        std::string name, file, version, title;
    };

    void write_index(io::JsonWriter& json) const {
        json.key("documents").begin_array(io::JsonWriter::Form::lines);
        for (const Written& w : written_) {
            json.begin_object().field("name", w.name).field("file", w.file);
            json.field("schema", "maillage/" + w.name + "/" + w.version).field("title", w.title).end_object();
        }
        json.end_array();
    }

    void tell_time(const std::string& name) {
        const auto now = std::chrono::steady_clock::now();
        if (console_.err_is_terminal && !session_.common().quiet) {
            console_.err << "  " << name << ": "
                         << std::chrono::duration_cast<std::chrono::milliseconds>(now - last_).count()
                         << " ms\n";
        }
        last_ = now;
    }

    const Session& session_;
    std::filesystem::path folder_;
    Console console_;
    PendingFiles files_;
    std::vector<io::Document> documents_;
    std::vector<LeftOut> left_out_;
    bool has_page_ = false;
    std::vector<io::Reading> readings_;
    std::vector<Written> written_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    if (!a.common.output) {
        throw OptionError("output", "which folder? say -o FOLDER");
    }
    const Session session(a.common, console);
    const std::filesystem::path folder(*a.common.output);
    const bool existed = std::filesystem::exists(folder);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw OptionError("output", "cannot make the folder " + folder.string() + ": " + error.message());
    }
    try {
        Runner runner(session, folder, console);
        each_document(
            session, a.top.value, a.by, [&](io::Document document) { runner.write(std::move(document)); },
            [&](const LeftOut& part) { runner.leave_out(part); });
        if (runner.makes_page()) {
            runner.write_report();
        } else {
            runner.leave_out({{"Page de rapport", "Report page"},
                              {"La page report.html n’est pas écrite d’office au-delà de 50 000 acteurs : maillage report.",
                               "The page report.html is not written unasked above 50,000 actors: maillage report."}});
        }
        runner.finish();
        runner.tell();
    } catch (...) {
        if (!existed) {
            std::filesystem::remove(folder, error);  // empty by now: its files were never committed
        }
        throw;
    }
    return ExitCode::ok;
}

}  // namespace

void each_document(const Session& session, std::uint32_t top, const std::vector<std::string>& by,
                   const std::function<void(io::Document)>& take,
                   const std::function<void(const LeftOut&)>& leave_out) {
    const auto inside = static_cast<std::size_t>(session.scoped().graph.vertex_count());
    if (top == 0) {
        top = inside > many_actors ? 3 : 10;
    }
    static_cast<void>(session.all());  // while the digest, which every document has, is still being taken
    take(diagnostics_document(session));
    take(description_document(session));
    take(communities_document(session));
    take(matches_document(session, top));
    take(recommendations_document(session, top));
    take(openness_document(session, by));
    if (inside <= most_searched) {
        take(bridges_document(session, by.empty() ? by : std::vector<std::string>{by.front()}));
    } else {
        leave_out({{"Passerelles", "Bridges"},
                   {"Les passerelles ne sont pas calculées d’office au-delà de 20 000 acteurs : maillage bridges.",
                    "Bridges are not computed unasked above 20,000 actors: maillage bridges."}});
    }
    if (inside <= most_searched) {
        take(consortia_document(session));
    } else {
        leave_out({{"Consortiums", "Consortia"},
                   {"Les consortiums ne sont pas cherchés d’office au-delà de 20 000 acteurs : maillage consortium.",
                    "Consortia are not looked for unasked above 20,000 actors: maillage consortium."}});
    }
    if (has_meetings_in_run(session)) {
        take(meetings_document(session));
    } else {
        leave_out({{"Rencontres", "Meetings"},
                   {"Le programme de rencontres n’est pas calculé d’office au-delà de 450 participants : maillage "
                    "meetings.",
                    "A programme of meetings is not made unasked above 450 participants: maillage meetings."}});
    }
}

const Command run_command{"run", "All of it, into a folder", run};

}  // namespace maillage::tools

#include "engine/error.hpp"
#include "engine/history.hpp"

#include "algorithms/recommend/evaluation.hpp"
#include "algorithms/recommend/index_source.hpp"

#include "io/report/evaluation_document.hpp"

#include "tools/commands.hpp"
#include "tools/empty_chair.hpp"
#include "tools/evaluation_sources.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "evaluate",
    .summary = "How well rankings would have foreseen the partnerships that came.",
    .example =
        "  maillage evaluate datasets/centre-val-de-loire --split 2018 --scope all --lang fr\n"
        "      what was known before 2018 is used to rank every pair not tied yet; the ties that came later\n"
        "      say how good each ranking is: average precision, recall of the first ten, each with its\n"
        "      interval, and the single index that is to beat\n\n"
        "  maillage evaluate anr --split 2017 --until 2019 --json -o evaluation.json --plot curves.svg\n"
        "      the same for three years, as a document, with the curves of precision by recall\n\n"
        "  maillage evaluate anr --split 2019 --empty-chair\n"
        "      one partner is taken out of each project of 2019 and every actor known before ranked for the "
        "chair\n",
    .details =
        "Candidates are all pairs of actors known before the split that are not tied yet; none is drawn by\n"
        "lot, unless --sample says so. Actors that appear later cannot be proposed and are counted. A\n"
        "partnership that starts on the first day of the split or later is to be foreseen; one without a "
        "start "
        "is\n"
        "taken for known.\n\n"
        "Indices: common_neighbours, jaccard, salton, sorensen, hub_promoted, hub_depressed,\n"
        "leicht_holme_newman, preferential_attachment, adamic_adar, resource_allocation,\n"
        "adamic_adar_weighted, resource_allocation_weighted, l3, l3_weighted, random_walk_3, local_path, "
        "katz,\n"
        "pagerank, pagerank_flow.\n"};

struct Arguments {
    CommonOptions common;
    std::optional<std::string> split, until, plot;
    std::vector<std::string> top, pairs_top, index;
    std::optional<std::uint32_t> sample;
    Count<std::uint32_t> replicates{EvaluationOptions().replicates};
    Count<std::uint32_t> newcomer{EvaluationOptions().newcomer_partnerships};
    Count<std::uint32_t> least_partners{ChairOptions().least_partners};
    bool empty_chair = false;
};

po::options_description describe(Arguments& a) {
    const auto text = [](std::optional<std::string>& target, const char* name) {
        return po::value<std::string>()->value_name(name)->notifier(
            [&target](const std::string& word) { target = word; });
    };
    po::options_description own;
    auto add = own.add_options();
    add("split", text(a.split, "DATE"),
        "what starts before it is known, what starts later is to be foreseen");
    add("until", text(a.until, "DATE"),
        "what is to be foreseen ends with it (default: with the data, or --to)");
    add("top", po::value(&a.top)->value_name("K,…"), "lengths of the lists of actors (default 10,50,100)");
    add("pairs-top", po::value(&a.pairs_top)->value_name("K,…"),
        "lengths of the one ranking of all pairs (default 100,1000)");
    add("index", po::value(&a.index)->value_name("NAME,…"), "single indices to judge (default: all)");
    add("sample",
        po::value<Count<std::uint32_t>>()->value_name("N")->notifier(
            [&a](const Count<std::uint32_t>& n) { a.sample = n.value; }),
        "estimate from the lists of N actors drawn by lot (default: all actors)");
    add("replicates", po::value(&a.replicates)->value_name("N"),
        "draws for the intervals, 0 for none (default 500)");
    add("newcomer", po::value(&a.newcomer)->value_name("N"),
        "an actor with N past partnerships or fewer is a newcomer (default 1)");
    add("empty-chair", po::bool_switch(&a.empty_chair),
        "judge whole teams instead: one member of each is taken out, and all actors are ranked for the "
        "chair");
    add("least-partners", po::value(&a.least_partners)->value_name("N"),
        "for --empty-chair: known members of a team, the one taken out included (default 3)");
    add("plot", text(a.plot, "FILE.svg"), "curves of precision by recall");
    return own;
}

/// "10,50": whole numbers, each at least 1.
std::vector<std::uint32_t> lengths(const std::vector<std::string>& words, const char* option,
                                   std::vector<std::uint32_t> otherwise) {
    std::vector<std::uint32_t> result;
    for (const std::string& word : words) {
        std::size_t begin = 0;
        while (begin <= word.size()) {
            const std::size_t end = std::min(word.find(',', begin), word.size());
            std::uint32_t k = 0;
            const auto [stop, error] = std::from_chars(word.data() + begin, word.data() + end, k);
            if (error != std::errc{} || stop != word.data() + end || begin == end || k == 0) {
                throw OptionError(option, "\"" + word.substr(begin, end - begin) +
                                              "\" is not a length (whole numbers of at least 1, with commas "
                                              "between)");
            }
            result.push_back(k);
            begin = end + 1;
        }
    }
    if (result.empty()) {
        return otherwise;
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

/// Chairs are no pairs.
void refuse_options_of_pairs(const Arguments& a) {
    const std::pair<bool, const char*> given[] = {{!a.top.empty(), "top"},
                                                  {!a.pairs_top.empty(), "pairs-top"},
                                                  {!a.index.empty(), "index"},
                                                  {a.sample.has_value(), "sample"},
                                                  {a.plot.has_value(), "plot"}};
    for (const auto& [there, option] : given) {
        if (there) {
            throw OptionError(option, "speaks of pairs and does not go with --empty-chair");
        }
    }
}

Date date(const std::string& word, const char* option) {
    const auto read = parse_date(word);
    if (!read) {
        throw OptionError(option, "\"" + word + "\" is not a date (2018, 2018-07 or 2018-07-03)");
    }
    return *read;
}

struct Judged {
    HistoryOptions cut;
    EvaluationOptions options;
    IndexOptions indices{.tolerance = ranking_tolerance};
    History history;
    Evaluation evaluation;
    [[nodiscard]] io::EvaluationView view() const { return {history, cut, evaluation, options, indices}; }
};

io::Document document_of(const Session& session, const std::shared_ptr<const Judged>& judged) {
    io::Document document;
    document.name = "evaluation";
    document.options = [&session, judged](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_evaluation_options(json, judged->view());
    };
    document.result = [judged](io::JsonWriter& json) { io::write_evaluation_result(json, judged->view()); };
    document.reading = [judged](Language language) {
        return io::evaluation_reading(judged->view(), language);
    };
    return document;
}

/// The period ends where --until says, --to for those who are used to it, whichever is first.
std::optional<Date> end_of_period(const Arguments& a) {
    std::optional<Date> until = a.common.to;
    if (a.until) {
        const Date said = date(*a.until, "until");
        until = until && until->last_day() < said.last_day() ? *until : said;
    }
    return until;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    if (!a.split) {
        throw OptionError("split",
                          "--split DATE is needed: what starts before it is known, the rest to be foreseen");
    }
    const auto judged = std::make_shared<Judged>();
    judged->cut.split = date(*a.split, "split");
    judged->cut.until = end_of_period(a);
    judged->options.tops = lengths(a.top, "top", judged->options.tops);
    judged->options.pair_tops = lengths(a.pairs_top, "pairs-top", judged->options.pair_tops);
    judged->options.replicates = a.replicates.value;
    judged->options.newcomer_partnerships = a.newcomer.value;
    judged->options.sample = a.sample;
    judged->options.seed = a.common.seed;
    validate(judged->options);
    const std::vector<PairIndex> indices = parse_indices(a.index);

    const Session session(a.common, console);
    if (a.empty_chair) {
        refuse_options_of_pairs(a);
        judge_empty_chairs(session, judged->cut.split, judged->cut.until,
                           {.least_partners = a.least_partners.value, .seed = a.common.seed},
                           a.replicates.value);
        return ExitCode::ok;
    }
    judged->cut.projection = session.projection_options();
    judged->history = cut_history(session.network(), judged->cut);
    const auto sources = evaluation_sources(session, judged->history, judged->cut, indices, judged->indices);
    std::vector<const ScoreSource*> judged_sources;
    judged_sources.reserve(sources.size());
    for (const auto& source : sources) {
        judged_sources.push_back(source.get());
    }
    judged->evaluation = evaluate(judged->history, judged_sources, judged->options, session.execution());

    PendingFiles files;
    if (a.plot) {
        files.write(*a.plot, [&](std::ostream& out) {
            io::write_evaluation_plot(out, judged->view(), session.language());
        });
    }
    session.emit(document_of(session, judged));
    files.commit();
    return ExitCode::ok;
}

}  // namespace

const Command evaluate_command{"evaluate",
                               "How well would rankings have foreseen the partnerships that came?", run};

}  // namespace maillage::tools

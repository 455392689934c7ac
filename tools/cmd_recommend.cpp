#include "engine/error.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/opportunity_fit.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/read_pairs.hpp"
#include "io/report/page/page_views.hpp"
#include "io/report/recommendations_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/ranking_choice.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "recommend",
    .summary = "Which partnerships should be opened, and why.",
    .example =
        "  maillage recommend datasets/centre-val-de-loire --actor tours --top 5\n"
        "      the five actors that Tours should meet: with whom both work already, what each would bring\n"
        "      the other, which border the tie would cross, and what the score is made of\n\n"
        "  maillage recommend datasets/centre-val-de-loire --by territory\n"
        "      the same for everyone in scope; crossing from one territory to another counts\n\n"
        "  maillage recommend datasets/centre-val-de-loire --goal bridging --max-exposure 5 --exclude "
        "tried.csv\n"
        "      partnerships that open silos, nobody proposed more than five times, nor any pair of "
        "tried.csv\n"
        "  maillage recommend region.maillage --shard 3/8 -o part-3.json\n"
        "      one of eight parts of that run, for eight machines; maillage merge part-*.json puts them "
        "together\n",
    .details =
        "The score, from 0 to 1, is the sum of contributions: common partners (resource allocation), ways "
        "of\n"
        "three ties (L3), complementarity of expertises, common ground, crossing of groups, remoteness. "
        "Proposed are\n"
        "actors in scope within three ties (actors out of scope count as go-betweens) or with an expertise "
        "or a\n"
        "need in common. Pairs that share a partnership of any kind in the period are never proposed, pairs "
        "of\n"
        "--exclude neither.\n\n"
        "With a dated history that is long enough the ranking of goal likely is fitted on it instead: terms "
        "of ties,\n"
        "fields, names, places and activity, weighed by which ties came in the last two years. The score is "
        "then the\n"
        "logarithm of the odds, and each pair has the chance that a partnership begins. --ranking "
        "chooses.\n\n"
        "Goals, by what each contribution can be worth in hundredths (in the order above):\n"
        "  likely         25 25 30 10 10  0  what the network makes likely, expertises and openness counted "
        "in\n"
        "  complementary   5  5 75 10  5  0  each brings what the other lacks or seeks\n"
        "  bridging        5 10 25  5 35 20  across groups and far apart, of pairs with at least 5 without "
        "that\n\n"
        "How lists are chosen, from 5 times --top candidates and 20 more as soon as one of these is given:\n"
        "  --reciprocal   lists are ordered by what a pair is worth to both sides (as in \"reciprocal\" of "
        "the "
        "JSON),\n"
        "                 and a pair that is worth nothing to one side is left out. harmonic 2ab/(a+b), "
        "geometric\n"
        "                 sqrt(ab), uninorm ab/(ab+(1-a)(1-b)), minimum\n"
        "  --diversity D  each place goes to the largest (1-D) v/v1 - D s: v the value, v1 that of the best "
        "candidate,\n"
        "                 s the largest similarity with those placed before (expertises and groups, half "
        "each)\n"
        "  --quota N      at least N of a list are of another group (of the first --by)\n"
        "  --newcomers N  at least N of a list have at most --few partners\n"
        "  --max-exposure K  nobody stands in more than K lists: the lists take turns, greatest value first, "
        "which\n"
        "                 keeps at least half of the greatest possible sum of values\n"
        "A place that nobody within reach can take is left to others, and counted.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top{RecommendOptions().top};
    std::optional<std::string> actor;
    std::vector<std::string> by;
    std::string goal{"likely"};
    std::string ranking{"auto"};
    std::string reciprocal{"off"};
    Real diversity{};
    Count<std::uint32_t> quota, newcomers, max_exposure;
    Count<std::uint32_t> few{ListPolicy().newcomer_partners};
    bool capped = false;
    bool opportunities = false;
    std::string exclude;
    std::optional<std::string> shard;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("actor",
        po::value<std::string>()->value_name("ID")->notifier([&a](const std::string& id) { a.actor = id; }),
        "only this actor (id or name)");
    add("top", po::value(&a.top)->value_name("K"), "partners for each actor (default 10)");
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "groups that a tie may cross; may be repeated, the first is that of the E-I effect and of --quota "
        "(default: those the dataset groups by)");
    add("goal", po::value(&a.goal)->value_name("GOAL"),
        "which partnerships are wanted: likely (default), complementary or bridging");
    add("ranking", po::value(&a.ranking)->value_name("HOW"),
        "fitted on the network's own history, published weights, or auto (default): fitted where there is "
        "history "
        "enough, the goal is likely and the network is not too large to do it in passing; a prepared file of "
        "convert --fit has the fitted one with it");
    add("reciprocal", po::value(&a.reciprocal)->value_name("HOW"),
        "both sides must gain: harmonic, geometric, uninorm, minimum, or off (default)");
    add("diversity", po::value(&a.diversity)->value_name("D"),
        "how much partners of a list should differ, 0 (default) to 1");
    add("quota", po::value(&a.quota)->value_name("N"), "at least N of each list are of another group");
    add("newcomers", po::value(&a.newcomers)->value_name("N"), "at least N of each list have few partners");
    add("few", po::value(&a.few)->value_name("P"), "newcomers have at most P partners (default 2)");
    add("max-exposure",
        po::value(&a.max_exposure)->value_name("K")->notifier([&a](const auto&) { a.capped = true; }),
        "nobody stands in more than K lists");
    const auto named = [](const std::string& file) {
        if (file.empty()) {
            throw OptionError("exclude", "--exclude needs the name of a file");
        }
    };
    add("opportunities", po::bool_switch(&a.opportunities),
        "calls and working groups instead: which fit, what is missing, and with whom; --to says which day it "
        "is");
    add("exclude", po::value(&a.exclude)->value_name("FILE")->notifier(named),
        "CSV of pairs never to propose: columns a and b, ids or names");
    add("shard", po::value<std::string>()->value_name("I/N")->notifier([&a](const std::string& word) {
        a.shard = word;
    }),
        "only part I of N of the actors, as JSON, for maillage merge");
    return own;
}

ListPolicy policy_of(const Arguments& a) {
    if (a.capped && a.max_exposure.value == 0) {
        throw OptionError("max-exposure", "must be at least 1");
    }
    return {.reciprocal = chosen("reciprocal", a.reciprocal,
                                 std::array{Fusion::harmonic, Fusion::geometric, Fusion::uninorm,
                                            Fusion::minimum, Fusion::off}),
            .diversity = a.diversity.value,
            .quota = a.quota.value,
            .newcomers = a.newcomers.value,
            .newcomer_partners = a.few.value,
            .max_exposure = a.max_exposure.value};
}

/// "3/8"
Shard parse_shard(const std::string& word) {
    Shard shard;
    const char* const end = word.data() + word.size();
    const auto part = std::from_chars(word.data(), end, shard.part);
    const bool slash = part.ec == std::errc{} && part.ptr != end && *part.ptr == '/';
    const auto of = slash ? std::from_chars(part.ptr + 1, end, shard.of) : part;
    if (!slash || of.ec != std::errc{} || of.ptr != end) {
        throw OptionError("shard", "--shard is I/N with I from 1 to N, such as 3/8, not \"" + word + "\"");
    }
    return shard;
}

/// @throws OptionError for a shard that is none or does not go with the other options.
void take_shard(const Arguments& a, RecommendOptions& options) {
    if (!a.shard) {
        return;
    }
    options.shard = parse_shard(*a.shard);
    validate(options);
    if (a.actor) {
        throw OptionError("shard", "--shard is a part of all lists; with --actor there is one alone");
    }
    if (a.opportunities) {
        throw OptionError("shard", "--shard cuts the lists of partners; opportunities are not cut");
    }
    if (a.common.format != OutputFormat::json) {
        throw OptionError("shard",
                          "--shard writes a JSON document for maillage merge: say --json or -o FILE.json");
    }
}

/// What a run is asked for beyond the options of the algorithm.
struct Request {
    std::vector<std::string> by;
    Goal goal = Goal::likely;
    std::vector<Tie> barred;
    bool opportunities = false;
    Ranking ranking = Ranking::automatic;
};

/// The pairs of a file over the vertices of all actors. Warnings go where those of the dataset go.
std::vector<Tie> barred_pairs(const Session& session, const std::string& file, Console console) {
    const io::PairsFile read = io::read_pairs(file, session.network());
    if (!session.common().quiet) {
        for (const Diagnostic& diagnostic : read.diagnostics) {
            if (diagnostic.severity == Severity::warning) {
                console.err << to_text(diagnostic) << '\n';
            }
        }
    }
    std::vector<Tie> pairs;
    for (const auto& [a, b] : read.pairs) {
        pairs.push_back({session.all().vertex(a), session.all().vertex(b), 1.0});
    }
    return pairs;
}

struct Recommendations {
    Recommendations(const Session& session, const Request& request)
        : subject(session, request.by, request.goal, request.barred), ei(count_ei(subject.pairs().input())) {}
    RecommendModel subject;
    EiCounts ei;
    std::unique_ptr<FittedSource> fitted;
    std::string_view why_published;
    RecommendOptions options;
    RecommendResult result;
    std::optional<OpportunitySearch> opportunities;
};

io::Document document_of(const Session& session, const RecommendOptions& options, const Request& request) {
    const auto made = std::make_shared<Recommendations>(session, request);
    made->options = options;
    RankingChoice choice = choose_ranking(session, request.ranking, request.goal);
    made->fitted = std::move(choice.fitted);
    made->why_published = choice.why_published;
    made->options.fitted = made->fitted.get();
    made->result = recommend(made->subject.pairs(), made->options, session.execution());
    if (request.opportunities) {
        made->opportunities.emplace(
            session.network(), session.all(), made->subject.pairs(),
            OpportunityOptions{.today = session.projection_options().to, .top = options.top});
    }
    const auto view = [&session, made] {
        return io::RecommendationsView{session.network(),
                                       session.all(),
                                       made->subject.pairs(),
                                       made->ei,
                                       made->options,
                                       made->result,
                                       session.execution(),
                                       session.language(),
                                       made->opportunities ? &*made->opportunities : nullptr,
                                       made->why_published};
    };
    io::Document document;
    document.name = "recommendations";
    document.version = "1.2";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_recommendations_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_recommendations_result(json, view()); };
    document.page = [view](io::PageViews& page) { page.recommendations.emplace(view()); };
    document.reading = [view](Language language) { return io::recommendations_reading(view(), language); };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    RecommendOptions options;
    options.top = a.top.value;
    options.lists = policy_of(a);
    validate(options);
    take_shard(a, options);
    Request request{a.by,
                    chosen("goal", a.goal, std::array{Goal::likely, Goal::complementary, Goal::bridging}),
                    {},
                    a.opportunities,
                    parse_ranking(a.ranking)};

    const Session session(a.common, console);
    if (a.actor) {
        options.only = session.subject(*a.actor, "actor");
    }
    if (!a.exclude.empty()) {
        request.barred = barred_pairs(session, a.exclude, console);
    }
    session.emit(document_of(session, options, request));
    return ExitCode::ok;
}

}  // namespace

io::Document recommendations_document(const Session& session, std::uint32_t top) {
    RecommendOptions options;
    options.top = top;
    validate(options);
    return document_of(session, options, {});
}

const Command recommend_command{"recommend", "Which partnerships should be opened, and why", run};

}  // namespace maillage::tools

#include "engine/error.hpp"

#include "algorithms/matching/best_matches.hpp"
#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/report/explanation_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/ranking_choice.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "explain",
    .summary = "Why this pair: everything the engine knows of it, whether it is tied or not.",
    .example =
        "  maillage explain datasets/centre-val-de-loire tours orleans\n"
        "      the partnerships and common partners of Tours and Orléans, the shortest way between them, "
        "what "
        "each\n"
        "      would bring the other, and the score that the pair has or would have\n",
    .details =
        "A and B are ids or names. A pair that is tied already is scored as if it were not, by published "
        "weights; any\n"
        "other by the ranking that recommend would use (see --ranking there). When B is the id of a call\n"
        "or working group, the answer is the part A has in its consortium: why it is in, what would be lost "
        "without it,\n"
        "who could replace it, or what the best with it would cost.\n"};

/// Ranks are looked up in lists of this length.
constexpr std::uint32_t list_length = 100;

struct Arguments {
    CommonOptions common;
    std::string a, b;
    std::vector<std::string> by;
    std::string ranking{"auto"};
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("a", po::value(&a.a)->value_name("ID"), "one actor (id or name)");
    add("b", po::value(&a.b)->value_name("ID"), "the other");
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "groups that a tie may cross; may be repeated (default: those the dataset groups by)");
    add("ranking", po::value(&a.ranking)->value_name("HOW"),
        "fitted, published or auto (default), as of recommend");
    return own;
}

struct Explained {
    Explained(const Session& session, const std::vector<std::string>& attributes)
        : subject(session, attributes), ei(count_ei(subject.pairs().input())) {}
    RecommendModel subject;
    EiCounts ei;
    PairExplanation pair;
    RankingChoice ranking;
    std::optional<EvidenceValues> evidence;
    std::vector<VertexId> chain;
    MatchedPair match;
    io::PlaceInList b_in_list_of_a, a_in_list_of_b;
};

io::PlaceInList place_of(const PairModel& model, const FittedSource* fitted, VertexId other,
                         VertexId in_list_of, const Execution& execution) {
    io::PlaceInList place;
    place.of = list_length;
    const RecommendInput& input = model.input();
    place.listed =
        input.scoped(other) && input.scoped(in_list_of) && !input.known().adjacent(other, in_list_of);
    if (!place.listed) {
        return place;
    }
    const RecommendResult lists =
        recommend(model, {.top = list_length, .only = in_list_of, .fitted = fitted}, execution);
    for (const RecommendedPartner& partner : lists.actors.front().partners) {
        if (partner.partner == other) {
            place.rank = partner.rank;
        }
    }
    return place;
}

void explain(Explained& made, const Session& session, Ranking ranking, VertexId a, VertexId b) {
    const PairModel& model = made.subject.pairs();
    made.pair = PairExplainer(model, {.common_partners = 50, .paths = 5}, made.ei)(a, b);
    const Projection& projection = session.all();
    const ExpertiseModel expertises(projection.offers, projection.seeks, projection.in_scope,
                                    &session.taxonomy(), {});
    const Relatedness relatedness(projection.offers, projection.in_scope);
    made.match = match_pair({projection.offers, projection.seeks, projection.graph, session.links(),
                             projection.in_scope, &session.taxonomy()},
                            expertises, relatedness, a, b);
    made.chain = shortest_chain(model.input().ties, a, b);
    if (model.input().known().adjacent(a, b)) {
        made.ranking.why_published = "linked";  // what is fitted says how a tie begins
    } else {
        made.ranking = choose_ranking(session, ranking, Goal::likely);
    }
    const FittedSource* fitted = made.ranking.fitted.get();
    if (fitted != nullptr) {
        const auto rows = fitted->fitted_rows();
        rows->compute(std::span(&a, 1));
        made.evidence = rows->raw(0, b);
    }
    made.b_in_list_of_a = place_of(model, fitted, b, a, session.execution());
    made.a_in_list_of_b = place_of(model, fitted, a, b, session.execution());
}

io::Document document_of(const Session& session, VertexId a, VertexId b,
                         const std::vector<std::string>& attributes, Ranking ranking) {
    const auto made = std::make_shared<Explained>(session, attributes);
    explain(*made, session, ranking, a, b);
    const auto view = [&session, made] {
        return io::ExplanationView{
            session.network(),     session.all(),
            made->subject.pairs(), made->pair,
            made->chain,           made->match,
            made->b_in_list_of_a,  made->a_in_list_of_b,
            session.language(),    made->ranking.fitted ? &made->ranking.fitted->ranking() : nullptr,
            made->evidence,        made->ranking.why_published};
    };
    io::Document document;
    document.name = "explanation";
    document.version = "1.2";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_explanation_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_explanation_result(json, view()); };
    document.reading = [view](Language language) { return io::explanation_reading(view(), language); };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments arguments;
    if (!parse(args, help, describe(arguments), arguments.common, console, {"a", "b"})) {
        return ExitCode::ok;
    }
    if (arguments.a.empty() || arguments.b.empty()) {
        throw OptionError(arguments.a.empty() ? "a" : "b",
                          "explain needs two actors: maillage explain DATASET A B");
    }
    const Ranking ranking = parse_ranking(arguments.ranking);
    const Session session(arguments.common, console);
    const VertexId a = session.all().vertex(session.actor(arguments.a, "a"));
    if (!session.network().find_actor(arguments.b) && session.network().find_opportunity(arguments.b)) {
        session.emit(consortium_document(session, arguments.b, arguments.a));
        return ExitCode::ok;
    }
    const VertexId b = session.all().vertex(session.actor(arguments.b, "b"));
    if (a == b) {
        throw OptionError("b", "A and B are the same actor");
    }
    session.emit(document_of(session, a, b, arguments.by, ranking));
    return ExitCode::ok;
}

}  // namespace

const Command explain_command{"explain", "Why this pair: everything the engine knows of it", run};

}  // namespace maillage::tools

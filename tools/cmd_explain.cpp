#include "engine/error.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/report/explanation_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <memory>
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
        "A and B are ids or names. A pair that is tied already is scored as if it were not. When B is the id "
        "of a call\n"
        "or working group, the answer is the part A has in its consortium: why it is in, what would be lost "
        "without it,\n"
        "who could replace it, or what the best with it would cost.\n"};

/// Ranks are looked up in lists of this length.
constexpr std::uint32_t list_length = 100;

struct Arguments {
    CommonOptions common;
    std::string a, b;
    std::vector<std::string> by;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("a", po::value(&a.a)->value_name("ID"), "one actor (id or name)");
    add("b", po::value(&a.b)->value_name("ID"), "the other");
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "groups that a tie may cross; may be repeated (default: those the dataset groups by)");
    return own;
}

struct Explained {
    Explained(const Session& session, const std::vector<std::string>& attributes)
        : subject(session, attributes), ei(count_ei(subject.pairs().input())) {}
    RecommendModel subject;
    EiCounts ei;
    PairExplanation pair;
    std::vector<VertexId> chain;
    io::PlaceInList b_in_list_of_a, a_in_list_of_b;
};

io::PlaceInList place_of(const PairModel& model, VertexId other, VertexId in_list_of,
                         const Execution& execution) {
    io::PlaceInList place;
    place.of = list_length;
    const RecommendInput& input = model.input();
    place.listed =
        input.scoped(other) && input.scoped(in_list_of) && !input.known().adjacent(other, in_list_of);
    if (!place.listed) {
        return place;
    }
    const RecommendResult lists = recommend(model, {.top = list_length, .only = in_list_of}, execution);
    for (const RecommendedPartner& partner : lists.actors.front().partners) {
        if (partner.partner == other) {
            place.rank = partner.rank;
        }
    }
    return place;
}

void explain(Explained& made, const Session& session, VertexId a, VertexId b) {
    const PairModel& model = made.subject.pairs();
    made.pair = PairExplainer(model, {.common_partners = 50, .paths = 5}, made.ei)(a, b);
    made.chain = shortest_chain(model.input().ties, a, b);
    made.b_in_list_of_a = place_of(model, b, a, session.execution());
    made.a_in_list_of_b = place_of(model, a, b, session.execution());
}

io::Document document_of(const Session& session, VertexId a, VertexId b,
                         const std::vector<std::string>& attributes) {
    const auto made = std::make_shared<Explained>(session, attributes);
    explain(*made, session, a, b);
    const auto view = [&session, made] {
        return io::ExplanationView{session.network(),    session.all(),     made->subject.pairs(),
                                   made->pair,           made->chain,       made->b_in_list_of_a,
                                   made->a_in_list_of_b, session.language()};
    };
    io::Document document;
    document.name = "explanation";
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
    session.emit(document_of(session, a, b, arguments.by));
    return ExitCode::ok;
}

}  // namespace

const Command explain_command{"explain", "Why this pair: everything the engine knows of it", run};

}  // namespace maillage::tools

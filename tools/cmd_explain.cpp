#include "engine/error.hpp"

#include "algorithms/recommend/explanation.hpp"

#include "io/report/recommendations_document.hpp"

#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "explain",
    .summary = "Why this pair: everything the engine knows of two actors.",
    .example =
        "  maillage explain datasets/centre-val-de-loire univ-tours brgm --lang fr\n"
        "      their partnerships or the shortest chain between them, who they both know, what each would "
        "bring,\n"
        "      and what the score of a partnership is made of\n",
    .details = "Actors are named by their id or, when it is the only one, by their name.\n"};

struct Arguments {
    CommonOptions common;
    std::string a, b;
    std::vector<std::string> by;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("a", po::value(&a.a), "one actor");
    add("b", po::value(&a.b), "the other");
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "attribute whose groups a tie may cross; may be repeated (default: the dataset's own)");
    return own;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console, {"a", "b"})) {
        return ExitCode::ok;
    }
    const Session session(a.common, console);
    const VertexId va = session.all().vertex(session.actor(a.a, "a"));
    const VertexId vb = session.all().vertex(session.actor(a.b, "b"));
    if (va == vb) {
        throw OptionError("b", "two different actors are needed");
    }
    const RecommendModel model(session, a.by);
    PairExplainer explain(model.pairs(), {}, count_ei(model.pairs().input()));
    const io::ExplanationView view{session.network(), session.all(), model.pairs(), explain(va, vb),
                                   session.language()};
    io::Document document;
    document.name = "explanation";
    document.options = [&](io::JsonWriter& json) {
        session.write_common_options(json);
        json.field("a", session.network().id(session.all().actor(va)));
        json.field("b", session.network().id(session.all().actor(vb)));
    };
    document.result = [&view](io::JsonWriter& json) { io::write_explanation(json, view); };
    document.reading = [&view](Language language) { return io::explanation_reading(view, language); };
    session.emit(document);
    return ExitCode::ok;
}

}  // namespace

const Command explain_command{"explain", "Why this pair: everything the engine knows of it", run};

}  // namespace maillage::tools

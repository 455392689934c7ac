#include "engine/error.hpp"

#include "algorithms/recommend/recommend.hpp"

#include "io/report/recommendations_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "recommend",
    .summary = "Which partnerships should be opened, and why: for every actor in scope, or for one.",
    .example =
        "  maillage recommend datasets/centre-val-de-loire --actor univ-tours --lang fr\n"
        "      the ten best new partners of the Université de Tours, why each, and what its score is made "
        "of\n",
    .details =
        "A score is the sum of five published parts: common partners (resource allocation), paths of three "
        "ties (L3),\n"
        "complementarity of expertises, common ground, and whether the tie would cross groups. Pairs that "
        "share a\n"
        "partnership of any kind are never recommended. Actors out of scope serve as go-betweens.\n"};

struct Arguments {
    CommonOptions common;
    std::optional<std::string> actor;
    Count<std::uint32_t> top{RecommendOptions().top};
    std::vector<std::string> by;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("actor",
        po::value<std::string>()->value_name("ID")->notifier([&a](const std::string& id) { a.actor = id; }),
        "only the partners of this actor (its id or name)");
    add("top", po::value(&a.top)->value_name("K"), "partners listed for each actor (default 10)");
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "attribute whose groups a tie may cross; may be repeated (default: the dataset's own)");
    return own;
}

/// What a document refers to: the model refers to the groupings, the result to nothing.
struct Recommended {
    std::unique_ptr<const RecommendModel> model;
    RecommendOptions options;
    RecommendResult result;
};

io::Document document_of(const Session& session, const RecommendOptions& options,
                         const std::vector<std::string>& by) {
    auto recommended = std::make_shared<Recommended>();
    recommended->model = std::make_unique<const RecommendModel>(session, by);
    recommended->options = options;
    recommended->result = recommend(recommended->model->pairs(), options, session.execution());
    const auto view = [&session, recommended](Language language) {
        return io::RecommendationsView{session.network(),    session.all(),       recommended->model->pairs(),
                                       recommended->options, recommended->result, language};
    };
    io::Document document;
    document.name = "recommendations";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_recommendations_options(json, view(session.language()));
    };
    document.result = [&session, view](io::JsonWriter& json) {
        io::write_recommendations(json, view(session.language()));
    };
    document.reading = [view](Language language) {
        return io::recommendations_reading(view(language), language);
    };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    RecommendOptions options;
    options.top = a.top.value;
    validate(options);
    const Session session(a.common, console);
    if (a.actor) {
        options.only = session.all().vertex(session.actor(*a.actor, "actor"));
    }
    session.emit(document_of(session, options, a.by));
    return ExitCode::ok;
}

}  // namespace

io::Document recommendations_document(const Session& session, std::uint32_t top) {
    RecommendOptions options;
    options.top = top;
    validate(options);
    return document_of(session, options, {});
}

const Command recommend_command{"recommend", "Which partnerships should be opened, and why?", run};

}  // namespace maillage::tools

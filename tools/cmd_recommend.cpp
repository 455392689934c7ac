#include "engine/error.hpp"

#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/recommend.hpp"

#include "io/report/recommendations_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <charconv>
#include <memory>
#include <optional>
#include <string>
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
        "  maillage recommend region.maillage --shard 3/8 -o part-3.json\n"
        "      one of eight parts of that run, for eight machines; maillage merge part-*.json puts them "
        "together\n",
    .details =
        "The score, from 0 to 1, is the sum of five contributions: common partners (resource allocation), "
        "ways "
        "of\n"
        "three ties (L3), complementarity of expertises, common ground, and crossing of groups. Proposed are "
        "actors\n"
        "in scope within three ties (actors out of scope count as go-betweens) or with an expertise or a "
        "need "
        "in\n"
        "common. Pairs that share a partnership of any kind in the period are never proposed.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top{RecommendOptions().top};
    std::optional<std::string> actor;
    std::vector<std::string> by;
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
        "groups that a tie may cross; may be repeated, the first is that of the E-I effect (default: those "
        "the "
        "dataset groups by)");
    add("shard", po::value<std::string>()->value_name("I/N")->notifier([&a](const std::string& word) {
        a.shard = word;
    }),
        "only part I of N of the actors, as JSON, for maillage merge");
    return own;
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
    if (a.common.format != OutputFormat::json) {
        throw OptionError("shard",
                          "--shard writes a JSON document for maillage merge: say --json or -o FILE.json");
    }
}

struct Recommendations {
    Recommendations(const Session& session, const std::vector<std::string>& attributes)
        : subject(session, attributes), ei(count_ei(subject.pairs().input())) {}
    RecommendModel subject;
    EiCounts ei;
    RecommendOptions options;
    RecommendResult result;
};

io::Document document_of(const Session& session, const RecommendOptions& options,
                         const std::vector<std::string>& attributes) {
    const auto made = std::make_shared<Recommendations>(session, attributes);
    made->options = options;
    made->result = recommend(made->subject.pairs(), options, session.execution());
    const auto view = [&session, made] {
        return io::RecommendationsView{
            session.network(), session.all(), made->subject.pairs(), made->ei,
            made->options,     made->result,  session.execution(),   session.language()};
    };
    io::Document document;
    document.name = "recommendations";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_recommendations_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_recommendations_result(json, view()); };
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
    validate(options);
    take_shard(a, options);

    const Session session(a.common, console);
    if (a.actor) {
        options.only = session.subject(*a.actor, "actor");
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

const Command recommend_command{"recommend", "Which partnerships should be opened, and why", run};

}  // namespace maillage::tools

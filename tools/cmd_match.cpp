#include "engine/error.hpp"

#include "algorithms/matching/best_matches.hpp"

#include "io/report/matches_document.hpp"
#include "io/report/page/page_views.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/match_filters.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "match",
    .summary =
        "Which actors complement each other: what each would bring the other, and what they have in common.",
    .example =
        "  maillage match datasets/mini-region --actor pierrelande --top 2\n\n"
        "  Partner                              Score  Would bring ...           Would receive ...   Common "
        "ground\n"
        "  Scène ouverte (association fictive)  0.833  Performing arts, Heritage  Languages (sought)  a "
        "need, Languages\n"
        "  Eau partagée (association fictive)   0.619  Drinking water (sought)    Languages           a "
        "need, Drinking "
        "water\n\n"
        "  maillage match datasets/centre-val-de-loire --pooling\n"
        "      actors that do the same without being linked\n",
    .details =
        "The score, from 0 to 1, is the harmonic mean of what the pair is worth to each side. Expertises "
        "that few\n"
        "actors have count more; a pair with nothing in common and no need met scores 0 unless "
        "--common-ground 0.\n"
        "Pairs linked by a partnership of any kind in the period are left out unless --include-tied. Actors "
        "out of\n"
        "scope are not proposed but count in distances.\n\n"
        "Where expertises have parents, what is near counts: two actors in one field have something in "
        "common, "
        "bring\n"
        "each other less that is new, and meet part of a need for a neighbouring expertise. --taxonomy none "
        "compares\n"
        "expertises as they stand.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top{MatchOptions().top};
    Count<std::uint32_t> pairs{MatchOptions().top_pairs};
    Count<std::uint32_t> pooling_pairs{MatchOptions().top_pooling};
    Real common_ground{MatchOptions().complementarity.common_ground};
    std::optional<std::string> actor, across;
    std::vector<std::string> kinds, expertises;
    std::string taxonomy{to_code(ExpertiseModel::Options().measure)};
    Real near{ExpertiseModel::Options().near};
    bool pooling = false;
    bool include_tied = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("actor",
        po::value<std::string>()->value_name("ID")->notifier([&a](const std::string& id) { a.actor = id; }),
        "only this actor (id or name)");
    add("kind", po::value(&a.kinds)->value_name("KIND,…"), "only partners of this kind; may be repeated");
    add("expertise", po::value(&a.expertises)->value_name("ID,…"),
        "only partners that bring this expertise or one below it; may be repeated");
    add("across", po::value<std::string>()->value_name("ATTRIBUTE")->notifier([&a](const std::string& name) {
        a.across = name;
    }),
        "only pairs from different groups, such as --across territory");
    add("taxonomy", po::value(&a.taxonomy)->value_name("MEASURE"),
        "how near two expertises are: lin (by who holds what, the default), wu_palmer (by depth), none");
    add("near", po::value(&a.near)->value_name("S"),
        "similarity from which an expertise covers part of a need for another (default 0.7)");
    add("top", po::value(&a.top)->value_name("K"), "partners for each actor (default 10)");
    add("pairs", po::value(&a.pairs)->value_name("K"), "pairs over all actors (default 20)");
    add("pooling-pairs", po::value(&a.pooling_pairs)->value_name("K"),
        "pairs of the pooling list (default 60)");
    add("pooling", po::bool_switch(&a.pooling), "actors that do the same without being linked");
    add("include-tied", po::bool_switch(&a.include_tied), "also pairs that are linked already");
    add("common-ground", po::value(&a.common_ground)->value_name("J0"),
        "similarity from which there is enough in common, 0 to 1; 0 asks for nothing (default 0.1)");
    return own;
}

struct Matches {
    Matches(const Session& session, const MatchOptions& wanted, io::MatchFilters asked)
        : options(wanted), filters(std::move(asked)) {
        const Projection& projection = session.all();
        eligible = eligible_actors(session, filters.kinds, filters.expertises);
        if (filters.across) {
            across = labels_by(session.network(), projection.actor_of, *filters.across);
        }
        MatchInput input{projection.offers,   projection.seeks,    projection.graph, session.links(),
                         projection.in_scope, &session.taxonomy(), eligible,         nullptr};
        input.across = across ? &*across : nullptr;
        result = best_matches(input, options, session.execution());
    }
    MatchOptions options;
    io::MatchFilters filters;
    std::vector<std::uint8_t> eligible;
    std::optional<GroupLabels> across;
    MatchResult result;
};

io::Document document_of(const Session& session, const MatchOptions& options, const io::MatchFilters& filters,
                         bool pooling_first) {
    const auto matches = std::make_shared<const Matches>(session, options, filters);
    const auto view = [&session, matches, pooling_first] {
        return io::MatchesView{session.network(), session.all(), matches->options,  matches->filters,
                               matches->result,   pooling_first, session.language()};
    };
    io::Document document;
    document.name = "matches";
    document.version = "1.1";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_matches_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_matches_result(json, view()); };
    document.page = [view](io::PageViews& page) { page.matches.emplace(view()); };
    document.reading = [view](Language language) { return io::matches_reading(view(), language); };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    MatchOptions options;
    options.top = a.top.value;
    options.top_pairs = a.pairs.value;
    options.top_pooling = a.pooling_pairs.value;
    options.include_tied = a.include_tied;
    options.complementarity.common_ground = a.common_ground.value;
    options.taxonomy.measure =
        chosen("taxonomy", a.taxonomy,
               std::array{TaxonomyMeasure::lin, TaxonomyMeasure::wu_palmer, TaxonomyMeasure::none});
    options.taxonomy.near = a.near.value;
    validate(options);

    const Session session(a.common, console);
    if (a.actor) {
        options.only = session.subject(*a.actor, "actor");
    }
    io::MatchFilters filters;
    filters.kinds = words_of(a.kinds);
    for (const std::string& word : words_of(a.expertises)) {
        filters.expertises.push_back(session.expertise(word, "expertise"));
    }
    filters.across = a.across;
    try {
        session.emit(document_of(session, options, filters, a.pooling));
    } catch (const OptionError& error) {
        if (error.field() != "by") {
            throw;
        }
        throw OptionError("across", error.what());  // labels_by speaks of its own option
    }
    return ExitCode::ok;
}

}  // namespace

io::Document matches_document(const Session& session, std::uint32_t top) {
    MatchOptions options;
    options.top = top;
    validate(options);
    return document_of(session, options, {}, false);
}

const Command match_command{"match", "Which actors complement each other", run};

}  // namespace maillage::tools

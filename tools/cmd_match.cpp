#include "engine/error.hpp"

#include "algorithms/matching/best_matches.hpp"
#include "algorithms/matching/pooling.hpp"

#include "io/report/matches_document.hpp"
#include "io/report/page/page_views.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/fitted_model.hpp"
#include "tools/match_filters.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <set>
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
        "      actors that do the same without being linked: groups in one place or country, and pairs\n",
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
    std::vector<std::string> pool_within;
    Count<std::uint32_t> pools{PoolingOptions().top}, pool_min{PoolingOptions().min_size};
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
    add("pool-within", po::value(&a.pool_within)->value_name("ATTRIBUTE,…"),
        "groups that could pool are looked for within it (default: place, the territory of the dataset, "
        "country); may be repeated");
    add("pools", po::value(&a.pools)->value_name("K"), "such groups of each attribute (default 20)");
    add("pool-min", po::value(&a.pool_min)->value_name("N"), "members of such a group at least (default 3)");
    add("include-tied", po::bool_switch(&a.include_tied), "also pairs that are linked already");
    add("common-ground", po::value(&a.common_ground)->value_name("J0"),
        "similarity from which there is enough in common, 0 to 1; 0 asks for nothing (default 0.1)");
    return own;
}

struct Pooling {
    PoolingOptions options;
    std::vector<std::string> within;  ///< empty: place, the territory that the dataset groups by, country
};

struct Matches {
    Matches(const Session& session, const MatchOptions& wanted, io::MatchFilters asked,
            const Pooling& asked_pools)
        : options(wanted), filters(std::move(asked)), pool_options(asked_pools.options) {
        const Projection& projection = session.all();
        eligible = eligible_actors(session, filters.kinds, filters.expertises);
        if (filters.across) {
            across = labels_by(session.network(), projection.actor_of, *filters.across);
        }
        MatchInput input{projection.offers,   projection.seeks,    projection.graph, session.links(),
                         projection.in_scope, &session.taxonomy(), eligible,         nullptr};
        input.across = across ? &*across : nullptr;
        result = best_matches(input, options, session.execution());
        find_groups(session, input, within_or_default(session.network(), asked_pools.within));
    }

private:
    static std::vector<std::string> within_or_default(const Network& network,
                                                      std::vector<std::string> asked) {
        if (asked.empty()) {
            asked.emplace_back("place");
            if (std::string territory = territory_attribute(network); !territory.empty()) {
                asked.push_back(std::move(territory));
            }
            asked.emplace_back("country");
        }
        return asked;
    }
    /// Within each attribute; a group found already within an earlier one is not told again.
    void find_groups(const Session& session, const MatchInput& input,
                     const std::vector<std::string>& attributes) {
        pool_options.min_shared = options.pooling_min_shared;
        pool_options.min_similarity = options.pooling_min_similarity;
        pool_options.only = options.only;
        const ExpertiseModel model(input.offers, input.seeks, input.rarity_among(), input.taxonomy,
                                   options.taxonomy);
        std::set<std::vector<VertexId>> known;
        for (const std::string& attribute : attributes) {
            GroupLabels labels = labels_by(session.network(), session.all().actor_of, attribute);
            PoolingOptions all = pool_options;
            all.top = std::numeric_limits<std::uint32_t>::max();
            PoolingResult found = find_pools(input, model, &labels, all, session.execution());
            const auto told = [&known](const Pool& pool) {
                std::vector<VertexId> members;
                for (const PoolMember& member : pool.members) {
                    members.push_back(member.vertex);
                }
                return !known.insert(std::move(members)).second;
            };
            found.pools.erase(std::remove_if(found.pools.begin(), found.pools.end(), told),
                              found.pools.end());
            found.found = found.pools.size();
            if (found.pools.size() > pool_options.top) {
                found.pools.resize(pool_options.top);
            }
            pools.push_back({std::move(labels), std::move(found)});
        }
    }

public:
    MatchOptions options;
    io::MatchFilters filters;
    std::vector<std::uint8_t> eligible;
    std::optional<GroupLabels> across;
    MatchResult result;
    PoolingOptions pool_options;
    std::vector<io::PoolsWithin> pools;
};

io::Document document_of(const Session& session, const MatchOptions& options, const io::MatchFilters& filters,
                         const Pooling& pooling, bool pooling_first) {
    const auto matches = std::make_shared<const Matches>(session, options, filters, pooling);
    const auto view = [&session, matches, pooling_first] {
        return io::MatchesView{session.network(), session.all(),   matches->options,
                               matches->filters,  matches->result, matches->pool_options,
                               matches->pools,    pooling_first,   session.language()};
    };
    io::Document document;
    document.name = "matches";
    document.version = "1.2";
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
    Pooling pooling;
    pooling.options.top = a.pools.value;
    pooling.options.min_size = a.pool_min.value;
    validate(pooling.options);
    if (!a.pool_within.empty()) {
        pooling.within = words_of(a.pool_within);
    }

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
        session.emit(document_of(session, options, filters, pooling, a.pooling));
    } catch (const OptionError& error) {
        if (error.field() != "by") {
            throw;
        }
        // labels_by speaks of its own option
        const std::vector<std::string> names = session.network().groupable_names();
        const bool known = !a.across || std::find(names.begin(), names.end(), *a.across) != names.end();
        throw OptionError(known ? "pool-within" : "across", error.what());
    }
    return ExitCode::ok;
}

}  // namespace

io::Document matches_document(const Session& session, std::uint32_t top) {
    MatchOptions options;
    options.top = top;
    validate(options);
    return document_of(session, options, {}, {}, false);
}

const Command match_command{"match", "Which actors complement each other", run};

}  // namespace maillage::tools

#include "engine/error.hpp"

#include "algorithms/community/communities.hpp"

#include "io/read_communities.hpp"
#include "io/report/communities_document.hpp"
#include "io/report/page/page_views.hpp"
#include "io/report/communities_words.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "communities",
    .summary =
        "Which groups the network really forms, how closed they are, how sure that is, what they are about.",
    .example =
        "  maillage communities datasets/centre-val-de-loire --lang fr\n"
        "      the communities with their typical expertises, their most tied members, how open each is, "
        "and\n"
        "      the actors astride two of them\n\n"
        "  maillage communities datasets/centre-val-de-loire --resolution 2\n"
        "      smaller communities\n\n"
        "  maillage communities datasets/centre-val-de-loire --to 2021 --json -o 2021.json\n"
        "  maillage communities datasets/centre-val-de-loire --previous 2021.json\n"
        "      the same numbers for the same communities, and what has changed\n",
    .details =
        "Found by the Leiden algorithm on the graph of all actors, also those out of scope, which are "
        "marked.\n"
        "The best of several seeded runs is kept; how much the runs agree is the stability. With cpm the\n"
        "resolution is a density: pairs inside a community are tied with at least this weight on average.\n"
        "With barber a community has expertises as members too, and its ties are the links between both.\n"
        "Presets: fast makes one iteration a run; default iterates until it gains little; best makes up to "
        "a\n"
        "hundred runs and combines their divisions until nothing better is found (seconds up to some "
        "thousand\n"
        "ties, minutes from a million on).\n"};

struct Arguments {
    CommonOptions common;
    std::string objective = "modularity";
    std::string preset = "default";
    Real resolution{QualityOptions().resolution};
    Count<std::uint32_t> runs{0};
    std::string previous;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("objective", po::value(&a.objective)->value_name("NAME"),
        "what communities are sought by: modularity (default), cpm, infomap, which describes a random "
        "walk along the ties in the fewest bits (a second opinion), or barber: actors and expertises "
        "together, whatever the partnerships");
    add("resolution", po::value(&a.resolution)->value_name("GAMMA"),
        "above 0; higher gives smaller communities (default 1)");
    add("runs", po::value(&a.runs)->value_name("R"),
        "seeded runs to choose from (default 10, and 2 from 100,000 ties on; with best 10 to 100)");
    add("preset", po::value(&a.preset)->value_name("NAME"), "how much work to do: fast, default or best");
    const auto named = [](const std::string& file) {
        if (file.empty()) {
            throw OptionError("previous", "--previous needs the name of a file");
        }
    };
    add("previous", po::value(&a.previous)->value_name("FILE")->notifier(named),
        "a document of communities written earlier (JSON): communities keep their number where most members "
        "stay, and what split, merged, appeared or vanished is told");
    return own;
}

void set_objective(const std::string& name, CommunitiesOptions& options) {
    if (name == "modularity" || name == "cpm") {
        options.leiden.quality.objective = name == "cpm" ? Objective::cpm : Objective::modularity;
        return;
    }
    if (name == "infomap") {
        options.method = Method::infomap;
        return;
    }
    if (name == "barber") {
        options.method = Method::barber;
        return;
    }
    const std::vector<std::string> known{"modularity", "cpm", "infomap", "barber"};
    throw OptionError("objective", "--objective is modularity, cpm, infomap or barber, not \"" + name + "\"" +
                                       suggestion(name, known));
}

Preset preset_of(const std::string& name) {
    for (const Preset preset : {Preset::fast, Preset::standard, Preset::best}) {
        if (name == io::preset_name(preset)) {
            return preset;
        }
    }
    const std::vector<std::string> known{"fast", "default", "best"};
    throw OptionError("preset",
                      "--preset is fast, default or best, not \"" + name + "\"" + suggestion(name, known));
}

/// The earlier communities over the vertices of today.
EarlierCommunities earlier_of(const io::CommunitiesFile& file, const Network& network,
                              const Projection& projection) {
    std::unordered_map<std::string_view, VertexId> vertex_of;
    for (std::size_t v = 0; v < projection.actor_of.size(); ++v) {
        vertex_of.emplace(network.id(projection.actor_of[v]), id_at<VertexId>(v));
    }
    EarlierCommunities earlier;
    earlier.of.assign(projection.actor_of.size(), EarlierCommunities::unknown);
    earlier.next_id = file.next_id;
    for (const io::CommunitiesFile::Community& community : file.communities) {
        earlier.communities.push_back(
            {community.id, static_cast<std::uint32_t>(community.actors.size()), community.name});
        for (const std::string& actor : community.actors) {
            if (const auto known = vertex_of.find(actor); known != vertex_of.end()) {
                earlier.of[index_of(known->second)] = community.id;
            }
        }
    }
    return earlier;
}

io::Document document_of(const Session& session, CommunitiesOptions options,
                         const io::CommunitiesFile* previous = nullptr) {
    options.leiden.seed = session.common().seed;
    const Projection& projection = session.all();
    const auto result = std::make_shared<CommunitiesResult>(
        find_communities(projection.graph, projection.offers, options, session.execution()));
    if (previous != nullptr) {
        carry_ids(*result, earlier_of(*previous, session.network(), projection));
    }
    io::Document document;
    document.name = "communities";
    document.options = [&session, result](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_communities_options(json, result->options);
    };
    document.result = [&session, &projection, result](io::JsonWriter& json) {
        io::write_communities(json, session.network(), projection, *result, session.language());
    };
    document.page = [&session, &projection, result](io::PageViews& page) {
        page.communities.emplace(io::CommunitiesView{session.network(), projection, *result});
    };
    document.reading = [&session, &projection, result](Language language) {
        return io::communities_reading(session.network(), projection, *result, language);
    };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    CommunitiesOptions options;
    options.leiden.preset = preset_of(a.preset);
    set_objective(a.objective, options);
    options.leiden.quality.resolution = a.resolution.value;
    options.leiden.runs = a.runs.value;
    validate(options);
    const Session session(a.common, console);
    std::optional<io::CommunitiesFile> previous;
    if (!a.previous.empty()) {
        previous = io::read_communities(a.previous);
    }
    session.emit(document_of(session, options, previous ? &*previous : nullptr));
    return ExitCode::ok;
}

}  // namespace

io::Document communities_document(const Session& session) {
    return document_of(session, {});
}

const Command communities_command{"communities", "Which groups the network really forms", run};

}  // namespace maillage::tools

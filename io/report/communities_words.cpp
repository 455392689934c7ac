#include "io/report/communities_words.hpp"

#include "engine/top_k.hpp"

#include "io/report/reading.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace maillage::io {

namespace {

/// The typical expertises, else the most frequent one alone.
std::string words_of(const Network& network, const std::vector<NameWord>& words, Language language) {
    std::string name;
    for (const NameWord& word : words) {
        if (!name.empty() && !word.typical) {
            break;
        }
        name += (name.empty() ? "" : " · ") + std::string(network.label(word.expertise, language));
    }
    return name;
}

VertexId first_in_scope(const Projection& projection, const std::vector<VertexId>& members) {
    const auto first = std::find_if(members.begin(), members.end(), [&projection](VertexId v) {
        return projection.in_scope[index_of(v)] != 0;
    });
    return first == members.end() ? members.front() : *first;
}

}  // namespace

std::size_t number_of(CommunityId c) noexcept {
    return index_of(c) + 1;
}

std::vector<std::vector<VertexId>> ranked_members(const CommunitiesResult& result) {
    std::vector<std::vector<VertexId>> members = result.partition().members();
    const auto rank = [&result](VertexId v) {
        return std::pair(-score_key(result.profile.members[index_of(v)].internal_weight), v);
    };
    for (std::vector<VertexId>& community : members) {
        std::sort(community.begin(), community.end(),
                  [&rank](VertexId a, VertexId b) { return rank(a) < rank(b); });
    }
    return members;
}

std::vector<std::string> community_names(const Network& network, const Projection& projection,
                                         const CommunitiesResult& result,
                                         const std::vector<std::vector<VertexId>>& ranked,
                                         Language language) {
    std::vector<std::string> names;
    std::map<std::string, std::size_t> uses;
    for (const std::vector<NameWord>& words : result.names) {
        names.push_back(words_of(network, words, language));
        ++uses[names.back()];
    }
    for (std::size_t c = 0; c < names.size(); ++c) {
        const bool typical = !result.names[c].empty() && result.names[c].front().typical;
        if (!typical || uses[names[c]] > 1) {
            const VertexId first = first_in_scope(projection, ranked[c]);
            names[c] += (names[c].empty() ? "" : " · ") +
                        std::string(pick(language, "autour de ", "around ")) +
                        std::string(network.name(projection.actor(first)));
        }
    }
    return names;
}

std::string_view objective_name(const CommunitiesOptions& options) noexcept {
    if (options.method == Method::infomap) {
        return "infomap";
    }
    if (options.method == Method::barber) {
        return "barber";
    }
    return options.leiden.quality.objective == Objective::modularity ? "modularity" : "cpm";
}

std::string_view preset_name(Preset preset) noexcept {
    switch (preset) {
        case Preset::fast:
            return "fast";
        case Preset::best:
            return "best";
        case Preset::standard:
            break;
    }
    return "default";
}

std::string_view event_name(CarryOver::Event event) noexcept {
    switch (event) {
        case CarryOver::Event::continued:
            return "continued";
        case CarryOver::Event::split:
            return "split";
        case CarryOver::Event::merged:
            return "merged";
        case CarryOver::Event::appeared:
            return "appeared";
        case CarryOver::Event::vanished:
            break;
    }
    return "vanished";
}

std::string_view stop_name(LeidenRun::Stop stop) noexcept {
    return stop == LeidenRun::Stop::converged ? "converged" : "max_iterations";
}

std::string_view openness_word(double conductance, Language language) noexcept {
    if (conductance <= 0.0) {
        return pick(language, "coupée des autres", "cut off from the others");
    }
    if (conductance <= 0.1) {
        return pick(language, "très fermée", "nearly closed");
    }
    if (conductance <= 0.25) {
        return pick(language, "plutôt fermée", "rather closed");
    }
    if (conductance <= 0.5) {
        return pick(language, "ouverte", "open");
    }
    return pick(language, "très ouverte", "wide open");
}

std::string_view confidence_word(double confidence, Language language) noexcept {
    if (confidence >= 0.95) {
        return pick(language, "sûre", "sure");
    }
    if (confidence >= 0.8) {
        return pick(language, "assez sûre", "rather sure");
    }
    if (confidence >= 0.6) {
        return pick(language, "incertaine", "uncertain");
    }
    return pick(language, "fragile", "fragile");
}

}  // namespace maillage::io

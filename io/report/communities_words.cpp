#include "io/report/communities_words.hpp"

#include "engine/top_k.hpp"

#include "io/report/reading.hpp"

#include <algorithm>
#include <utility>

namespace maillage::io {

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

std::string community_name(const Network& network, const Projection& projection,
                           const std::vector<NameWord>& words, VertexId first_member, Language language) {
    if (words.empty()) {
        return std::string(pick(language, "autour de ", "around ")) +
               std::string(network.name(projection.actor(first_member)));
    }
    std::string name;
    for (const NameWord& word : words) {
        name += (name.empty() ? "" : " · ") + std::string(network.label(word.expertise, language));
    }
    return name;
}

std::string_view objective_name(Objective objective) noexcept {
    return objective == Objective::modularity ? "modularity" : "cpm";
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

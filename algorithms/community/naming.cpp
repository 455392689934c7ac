#include "algorithms/community/naming.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

namespace maillage {
namespace {

/// Everything the naming of one community reads.
struct Overall {
    const Incidence& offers;
    const NamingOptions& options;
    double assignments;

    [[nodiscard]] double holders(ExpertiseId x) const { return static_cast<double>(offers.of(x).size()); }
};

/// Expertises of the members and how many have each, by expertise.
std::vector<NameWord> count(const std::vector<VertexId>& members, const Incidence& offers) {
    std::vector<ExpertiseId> all;
    for (const VertexId v : members) {
        for (const Incidence::OfVertex& link : offers.of(v)) {
            all.push_back(link.expertise);
        }
    }
    std::sort(all.begin(), all.end());
    std::vector<NameWord> words;
    for (const ExpertiseId x : all) {
        if (words.empty() || words.back().expertise != x) {
            words.push_back({x, 0, std::nullopt, false});
        }
        ++words.back().holders;
    }
    return words;
}

void weigh(std::vector<NameWord>& words, const Overall& overall) {
    double inside = 0.0;
    for (const NameWord& word : words) {
        inside += word.holders;
    }
    for (NameWord& word : words) {
        const double holders = overall.holders(word.expertise);
        const double a = overall.options.prior * holders / overall.assignments;
        const auto odds = log_odds(word.holders, inside, holders - word.holders, overall.assignments - inside,
                                   a, overall.options.prior);
        if (odds) {
            word.z = odds->z;
            word.typical = odds->z > overall.options.min_z && word.holders >= overall.options.min_holders;
        }
    }
}

void keep_best(std::vector<NameWord>& words, const Overall& overall) {
    const bool any_typical =
        std::any_of(words.begin(), words.end(), [](const NameWord& w) { return w.typical; });
    if (any_typical) {
        std::erase_if(words, [](const NameWord& w) { return !w.typical; });
    }
    std::sort(words.begin(), words.end(), [&](const NameWord& x, const NameWord& y) {
        const double score_x = any_typical ? score_key(*x.z) : x.holders;
        const double score_y = any_typical ? score_key(*y.z) : y.holders;
        return std::tuple(-score_x, overall.holders(x.expertise), x.expertise) <
               std::tuple(-score_y, overall.holders(y.expertise), y.expertise);
    });
    if (words.size() > overall.options.words) {
        words.resize(overall.options.words);
    }
}

}  // namespace

void validate(const NamingOptions& options) {
    if (options.words == 0) {
        throw OptionError("words", "must be at least 1");
    }
    if (!std::isfinite(options.prior) || options.prior <= 0.0) {
        throw OptionError("prior", "must be a number above 0");
    }
    if (!std::isfinite(options.min_z) || options.min_z < 0.0) {
        throw OptionError("min-z", "must be a number, 0 or more");
    }
    if (options.min_holders == 0) {
        throw OptionError("min-holders", "must be at least 1");
    }
}

std::optional<LogOdds> log_odds(double y, double n, double y_rest, double n_rest, double a,
                                double a0) noexcept {
    const double against = n + a0 - y - a;
    const double against_rest = n_rest + a0 - y_rest - a;
    if (!(against > 1e-9 * a0) || !(against_rest > 1e-9 * a0) || !(a > 0.0)) {
        return std::nullopt;
    }
    LogOdds odds;
    odds.delta = std::log((y + a) / against) - std::log((y_rest + a) / against_rest);
    odds.z = odds.delta / std::sqrt(1.0 / (y + a) + 1.0 / (y_rest + a));
    return odds;
}

std::vector<std::vector<NameWord>> name_communities(const Partition& partition, const Incidence& offers,
                                                    const NamingOptions& options) {
    validate(options);
    if (partition.vertex_count() != offers.vertex_count()) {
        throw Error("a partition of " + std::to_string(partition.vertex_count()) +
                    " vertices and expertises of " + std::to_string(offers.vertex_count()));
    }
    const Overall overall{offers, options, static_cast<double>(offers.size())};
    std::vector<std::vector<NameWord>> names;
    names.reserve(partition.community_count());
    for (const std::vector<VertexId>& members : partition.members()) {
        std::vector<NameWord> words = count(members, offers);
        weigh(words, overall);
        keep_best(words, overall);
        names.push_back(std::move(words));
    }
    return names;
}

}  // namespace maillage

#include "tools/ranking_choice.hpp"

#include "engine/error.hpp"

#include "tools/fitted_model.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <array>
#include <cstddef>

namespace maillage::tools {
namespace {

/// Actors times arcs that rows of a fitted ranking are computed for without being asked: some seconds.
constexpr std::size_t most_in_passing = 300'000'000;

}  // namespace

std::string_view to_code(Ranking ranking) noexcept {
    return ranking == Ranking::automatic ? "auto" : ranking == Ranking::fitted ? "fitted" : "published";
}

Ranking parse_ranking(const std::string& word) {
    return chosen("ranking", word, std::array{Ranking::automatic, Ranking::fitted, Ranking::published});
}

RankingChoice choose_ranking(const Session& session, Ranking wanted, Goal goal) {
    if (wanted == Ranking::published) {
        return {nullptr, "asked"};
    }
    if (goal != Goal::likely) {
        if (wanted == Ranking::fitted) {
            throw OptionError("ranking",
                              "a fitted ranking says what is likely: it cannot be had with --goal " +
                                  std::string(to_code(goal)));
        }
        return {nullptr, "goal"};
    }
    const Projection& all = session.all();
    if (wanted == Ranking::automatic && all.actor_of.size() * 2 * all.graph.edge_count() > most_in_passing) {
        return {nullptr, "too_large"};
    }
    RankingChoice choice{fitted_source(session), {}};
    if (!choice.fitted) {
        if (wanted == Ranking::fitted) {
            throw OptionError(
                "ranking",
                "too little history to fit a ranking: it needs partnerships with a start and at "
                "least 100 new ties within the last two years");
        }
        choice.why_published = "no_history";
    }
    return choice;
}

}  // namespace maillage::tools

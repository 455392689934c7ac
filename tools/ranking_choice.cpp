#include "tools/ranking_choice.hpp"

#include "engine/error.hpp"

#include "tools/fitted_model.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace maillage::tools {
namespace {

/// Actors times arcs that rows of a fitted ranking are computed for without being asked: some seconds.
constexpr std::size_t most_in_passing = 300'000'000;

/// The ranking that the prepared file holds, when it is one for these options.
/// @throws InputError when it is damaged or of another network.
std::optional<FittedRanking> stored_for(const Session& session, const RankingBasis& basis) {
    const std::string& file = session.common().dataset;
    const auto refuse = [&file](const std::string& what) {
        return InputError(Diagnostic{Severity::error, {file, 0, 0}, what, {}});
    };
    bool other_version = false;
    std::optional<StoredRanking> stored;
    try {
        stored = find_ranking(session.read().extra, other_version);
    } catch (const Error& error) {
        throw refuse(error.what());
    }
    if (other_version) {
        session.warn(file +
                     ": its fitted ranking is of another version of this program and not used: prepare it "
                     "again with maillage convert --fit");
    }
    if (!stored) {
        return std::nullopt;
    }
    if (stored->basis.digest != session.header().digest) {
        throw refuse(
            "its fitted ranking belongs to another network: prepare it again with maillage convert --fit");
    }
    if (!stored->basis.same_options(basis)) {
        session.warn(file + ": its fitted ranking was made for other options and is not used");
        return std::nullopt;
    }
    return std::move(stored->ranking);
}

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
    const std::optional<RankingBasis> basis = ranking_basis(session);
    if (basis) {
        if (auto stored = stored_for(session, *basis)) {
            return {source_of(session, *basis, std::move(*stored)), {}};
        }
    }
    const Projection& all = session.all();
    if (wanted == Ranking::automatic && all.actor_of.size() * 2 * all.graph.edge_count() > most_in_passing) {
        return {nullptr, "too_large"};
    }
    auto ranking = basis ? fit_on(session, *basis) : std::nullopt;
    RankingChoice choice{ranking ? source_of(session, *basis, std::move(*ranking)) : nullptr, {}};
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

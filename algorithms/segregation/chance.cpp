#include "algorithms/segregation/chance.hpp"

#include "engine/random.hpp"

#include "algorithms/segregation/rewiring.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t draws_a_chunk = 8;
constexpr std::uint64_t steps_a_tie = 10;
constexpr std::size_t least_ties_for_hubs = 20'000;
constexpr std::size_t most_groups_for_hubs = 16;
constexpr std::size_t most_hubs = 200;

using Values = std::vector<std::optional<double>>;

/// Draws networks of one kind and evaluates them; one a thread.
class Drawer {
public:
    Drawer(GraphView g, std::span<const std::uint32_t> codes, const Rewiring* hub,
           const ControversyOfDivisions* walks)
        : g_(g), original_(codes), codes_(codes.begin(), codes.end()), hub_(hub) {
        scratch_.walks = walks;
    }

    void draw(Rng rng, const Panel& panel, Values& values) {
        if (hub_ != nullptr) {
            Rewiring branch = *hub_;
            branch.run(steps_a_tie * branch.tie_count(), rng);
            branch.fill(drawn_);
            panel.evaluate(drawn_.view(), original_, scratch_, values);
            return;
        }
        codes_.assign(original_.begin(), original_.end());
        rng.shuffle(std::span(codes_));
        panel.evaluate(g_, codes_, scratch_, values);
    }

private:
    GraphView g_;
    std::span<const std::uint32_t> original_;
    std::vector<std::uint32_t> codes_;
    const Rewiring* hub_;
    TieArrays drawn_;
    PanelScratch scratch_;
};

/// Where each slot of the panel without walks stands in the one with them.
std::vector<std::size_t> places_in(const Panel& full, const Panel& light) {
    std::map<std::pair<std::string_view, std::uint32_t>, std::size_t> place;
    for (std::size_t i = 0; i < full.slots().size(); ++i) {
        place.emplace(std::pair(full.slots()[i].id, full.slots()[i].group), i);
    }
    std::vector<std::size_t> places;
    for (const Slot& slot : light.slots()) {
        places.push_back(place.at({slot.id, slot.group}));
    }
    return places;
}

}  // namespace

void Tally::add(double value) noexcept {
    const double above = value - observed_;
    const double equal = 1e-9 * std::max(1.0, std::abs(observed_));
    ++draws_;
    at_most_ += above <= equal ? 1U : 0U;
    at_least_ += above >= -equal ? 1U : 0U;
    sum_ += above;
    squares_ += above * above;
}

void Tally::add(const Tally& other) noexcept {
    draws_ += other.draws_;
    at_most_ += other.at_most_;
    at_least_ += other.at_least_;
    sum_ += other.sum_;
    squares_ += other.squares_;
}

std::optional<NullModel> Tally::model(std::string_view name) const {
    if (draws_ == 0) {
        return std::nullopt;
    }
    const auto n = static_cast<double>(draws_);
    const double mean = sum_ / n;
    const double variance = n > 1.0 ? std::max(0.0, (squares_ - n * mean * mean) / (n - 1.0)) : 0.0;
    NullModel null{.model = name, .mean = observed_ + mean, .replicates = draws_};
    // sums of squares carry noise: a spread below it is none
    if (variance > 1e-18 * std::max(1.0, observed_ * observed_)) {
        null.sd = std::sqrt(variance);
        null.z = -mean / null.sd;
    }
    null.p_less = (1.0 + static_cast<double>(at_most_)) / (1.0 + n);
    null.p_greater = (1.0 + static_cast<double>(at_least_)) / (1.0 + n);
    null.p = std::min(1.0, 2.0 * std::min(*null.p_less, *null.p_greater));
    return null;
}

std::vector<std::optional<NullModel>> draw_null(GraphView g, const GroupCodes& codes, Dyads dyads,
                                                const PanelOptions& panel_options,
                                                std::span<const std::optional<double>> observed,
                                                const ChanceOptions& options, const Execution& execution) {
    PanelOptions drawn = panel_options;
    drawn.exact = false;
    const Panel full(codes, dyads, drawn);
    drawn.walks = false;
    const Panel light(codes, dyads, drawn);
    const std::vector<std::size_t> light_places = places_in(full, light);

    const bool rewired = options.chance == Chance::rewiring;
    const Rng root = Rng(options.seed).fork(rewired ? 1 : 0);
    std::optional<Rewiring> hub;
    if (rewired) {
        hub.emplace(g);
        Rng rng = root.fork(0);
        hub->run(steps_a_tie * hub->tie_count(), rng);
    }
    // on large networks the walks are solved once for all draws, when every group is likely to have its elites there
    std::optional<ControversyOfDivisions> walks;
    if (!rewired && panel_options.walks && options.walk_replicates > 0 && !codes.multi_valued() &&
        g.edge_count() >= least_ties_for_hubs && codes.group_count() <= most_groups_for_hubs) {
        walks.emplace(g, strengths(g), std::min<std::size_t>(most_hubs, 20 * codes.group_count()), 1e-7,
                      execution);
        if (!walks->usable()) {
            walks.reset();
        }
    }
    const std::size_t slots = full.slots().size();
    // the observed network is measured as the draws are, so that they are exchangeable to the last digit
    Values compared(slots);
    {
        PanelScratch scratch;
        scratch.walks = walks ? &*walks : nullptr;
        full.evaluate(g, codes.of_vertices(), scratch, compared);
        for (std::size_t s = 0; s < slots; ++s) {
            compared[s] = observed[s] ? compared[s] : std::nullopt;
        }
    }
    const auto tallies = [&] {
        std::vector<Tally> fresh;
        for (std::size_t s = 0; s < slots; ++s) {
            fresh.emplace_back(compared[s].value_or(0.0));
        }
        return fresh;
    };
    const std::size_t chunks = (options.replicates + draws_a_chunk - 1) / draws_a_chunk;
    std::vector<std::vector<Tally>> of_chunk(chunks);
    std::vector<std::optional<Drawer>> drawers(execution.threads);
    const auto body = [&](std::size_t chunk, std::size_t begin, std::size_t end, std::size_t worker) {
        if (!drawers[worker]) {
            drawers[worker].emplace(g, codes.of_vertices(), hub ? &*hub : nullptr, walks ? &*walks : nullptr);
        }
        std::vector<Tally> mine = tallies();
        Values values;
        for (std::size_t replicate = begin; replicate < end; ++replicate) {
            const bool with_walks = panel_options.walks && replicate < options.walk_replicates;
            const Panel& panel = with_walks ? full : light;
            values.assign(panel.slots().size(), std::nullopt);
            drawers[worker]->draw(root.fork(replicate + 1), panel, values);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const std::size_t slot = with_walks ? i : light_places[i];
                if (values[i] && compared[slot]) {
                    mine[slot].add(*values[i]);
                }
            }
        }
        of_chunk[chunk] = std::move(mine);
    };
    for_chunks(options.replicates, draws_a_chunk, execution, "openness", body);

    std::vector<Tally> all = tallies();
    for (const auto& chunk : of_chunk) {
        for (std::size_t s = 0; s < slots; ++s) {
            all[s].add(chunk[s]);
        }
    }
    std::vector<std::optional<NullModel>> models;
    for (const Tally& tally : all) {
        models.push_back(tally.model(rewired ? "degree_preserving" : "label_permutation"));
    }
    return models;
}

std::vector<std::optional<double>> mixing_jackknife(GraphView g, const GroupCodes& codes, Dyads dyads) {
    const auto code_of = codes.of_vertices();
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> kinds;
    MixingSums sums(codes.group_count());
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            if (v < u) {
                const auto [a, b] = std::minmax(code_of[index_of(v)], code_of[index_of(u)]);
                kinds[{a, b}] += 1.0;
                sums.add(codes, a, b, 1.0);
            }
        }
    }
    Values sd(mixing_measure_count);
    if (kinds.empty() || static_cast<double>(kinds.size()) * static_cast<double>(codes.group_count()) > 2e8) {
        return sd;
    }
    Values all(mixing_measure_count);
    mixing_measures(sums, dyads, all);
    std::vector<double> squares(mixing_measure_count, 0.0);
    std::vector<bool> defined(mixing_measure_count, true);
    Values without(mixing_measure_count);
    for (const auto& [kind, count] : kinds) {
        sums.add(codes, kind.first, kind.second, -1.0);
        mixing_measures(sums, dyads, without);
        sums.add(codes, kind.first, kind.second, 1.0);
        for (std::size_t m = 0; m < mixing_measure_count; ++m) {
            if (!all[m] || !without[m]) {
                defined[m] = false;
            } else {
                squares[m] += count * (*without[m] - *all[m]) * (*without[m] - *all[m]);
            }
        }
    }
    for (std::size_t m = 0; m < mixing_measure_count; ++m) {
        if (defined[m]) {
            sd[m] = std::sqrt(squares[m]);
        }
    }
    return sd;
}

}  // namespace maillage

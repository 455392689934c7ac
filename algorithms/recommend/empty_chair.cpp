#include "algorithms/recommend/empty_chair.hpp"

#include "engine/date.hpp"
#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/recommend/conditional_logit.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace maillage {
namespace {

constexpr double days_a_year = 365.25;
constexpr double activity_scale = 0.3;

/// Terms that say who is near, and by which alternatives are found.
constexpr bool leads(TeamTerm term) {
    switch (term) {
        case TeamTerm::same_kind:
        case TeamTerm::same_country:
        case TeamTerm::same_place:
        case TeamTerm::same_territory:
        case TeamTerm::topic_share:
            return false;
        default:
            return true;
    }
}

/// Computes the terms of all chairs, sixteen at a time, and hands each to body(chair, rows, lane).
template <class Body>
void for_chairs(const TeamModel& model, std::span<const Chair> chairs, const Execution& execution,
                const Body& body) {
    std::vector<std::unique_ptr<TeamRows>> rows(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(chairs.size(), TeamRows::lanes, execution, "empty chairs",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!rows[worker]) {
                       rows[worker] = std::make_unique<TeamRows>(model);
                   }
                   std::vector<const Team*> teams;
                   for (std::size_t i = begin; i < end; ++i) {
                       teams.push_back(&chairs[i].team);
                   }
                   rows[worker]->compute(teams);
                   for (std::size_t i = begin; i < end; ++i) {
                       body(i, *rows[worker], i - begin);
                   }
               });
}

std::vector<std::uint8_t> seated(const TeamModel& model, const Team& team) {
    std::vector<std::uint8_t> marks(model.vertex_count(), 0);
    for (const VertexId v : team.members) {
        marks[index_of(v)] = 1;
    }
    return marks;
}

std::size_t known_count(const TeamModel& model) {
    std::size_t known = 0;
    for (const VertexId v : IdRange<VertexId>(model.vertex_count())) {
        known += model.known(v) ? 1U : 0U;
    }
    return known;
}

using Raw = std::array<float, team_term_count>;

struct Example {
    std::vector<Raw> rows;  ///< who took the chair first
    std::vector<float> offset;
};

Example example_of(const TeamModel& model, const Chair& chair, const TeamRows& rows, std::size_t lane,
                   const ChairFitOptions& options) {
    const std::size_t head = options.head;
    std::vector<std::uint8_t> taken = seated(model, chair.team);
    taken[index_of(chair.taken_by)] = 1;
    std::vector<VertexId> others;
    std::vector<std::pair<float, VertexId>> best;
    for (std::size_t t = 0; t < team_term_count; ++t) {
        if (!leads(team_term(t))) {
            continue;
        }
        best.clear();
        for (const VertexId v : IdRange<VertexId>(model.vertex_count())) {
            const float value = rows.raw(team_term(t), lane, v);
            if (value > 0.0F && model.known(v)) {
                best.emplace_back(-value, v);
            }
        }
        const std::size_t first = std::min(head, best.size());
        std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(first), best.end());
        for (std::size_t i = 0; i < first; ++i) {
            if (taken[index_of(best[i].second)] == 0) {
                taken[index_of(best[i].second)] = 1;
                others.push_back(best[i].second);
            }
        }
    }
    std::sort(others.begin(), others.end());
    Example example;
    const auto add = [&](VertexId v) {
        example.offset.push_back(0.0F);
        Raw raw{};
        for (std::size_t t = 0; t < team_term_count; ++t) {
            raw[t] = rows.raw(team_term(t), lane, v);
        }
        example.rows.push_back(raw);
    };
    add(chair.taken_by);
    std::for_each(others.begin(), others.end(), add);
    std::vector<VertexId> rest;
    for (const VertexId v : IdRange<VertexId>(model.vertex_count())) {
        if (model.known(v) && taken[index_of(v)] == 0) {
            rest.push_back(v);
        }
    }
    const std::size_t drawn = std::min(options.others, rest.size());
    Rng rng = Rng(options.chairs.seed).fork(index_of(chair.partnership)).fork(2);
    for (std::size_t i = 0; i < drawn; ++i) {
        std::swap(rest[i], rest[i + rng.below(static_cast<std::uint32_t>(rest.size() - i))]);
        add(rest[i]);
        example.offset.back() =
            static_cast<float>(std::log(static_cast<double>(rest.size()) / static_cast<double>(drawn)));
    }
    return example;
}

std::array<double, team_term_count> scales_of(const std::vector<Example>& examples) {
    std::array<double, team_term_count> scales{};
    for (std::size_t t = 0; t < team_term_count; ++t) {
        std::vector<float> values;
        for (const Example& example : examples) {
            for (const Raw& raw : example.rows) {
                if (raw[t] > 0.0F) {
                    values.push_back(raw[t]);
                }
            }
        }
        scales[t] = 1.0;
        if (team_term(t) == TeamTerm::recent_activity) {
            scales[t] = activity_scale;
        } else if (!values.empty()) {
            const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 20);
            std::nth_element(values.begin(), at, values.end());
            scales[t] = static_cast<double>(*at);
        }
    }
    return scales;
}

void keep(std::vector<Chair>& chairs, std::size_t most, std::uint64_t seed) {
    if (chairs.size() <= most) {
        return;
    }
    const Rng root(seed);
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < chairs.size(); ++i) {
        Rng own = root.fork(index_of(chairs[i].partnership)).fork(1);
        order.emplace_back(own.next(), i);
    }
    std::sort(order.begin(), order.end());
    order.resize(most);
    std::sort(order.begin(), order.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
    std::vector<Chair> kept;
    for (const auto& [hash, i] : order) {
        kept.push_back(std::move(chairs[i]));
    }
    chairs = std::move(kept);
}

/// Where a chair's taker stands: how many are above, and how many beside, itself included.
struct Standing {
    std::uint32_t above = 0, beside = 1;
    [[nodiscard]] double hit(std::uint32_t k) const noexcept {
        const double places = static_cast<double>(k) - static_cast<double>(above);
        return std::clamp(places / static_cast<double>(beside), 0.0, 1.0);
    }
    [[nodiscard]] double reciprocal() const noexcept {
        double sum = 0.0;
        for (std::uint32_t i = 1; i <= beside; ++i) {
            sum += 1.0 / (static_cast<double>(above) + static_cast<double>(i));
        }
        return sum / static_cast<double>(beside);
    }
};

/// By expertise asked for, what the team leaves open.
double cover_gain(const Incidence& offers, const Team& team, const std::vector<float>& open, VertexId y) {
    double gain = 0.0;
    const auto own = offers.of(y);
    for (std::size_t i = 0; i < team.topics.size(); ++i) {
        const auto found =
            std::lower_bound(own.begin(), own.end(), team.topics[i],
                             [](const auto& held, ExpertiseId x) { return held.expertise < x; });
        if (found != own.end() && found->expertise == team.topics[i]) {
            gain += static_cast<double>(std::min(found->level, open[i]));
        }
    }
    return gain;
}

std::vector<float> open_topics(const Incidence& offers, const Team& team) {
    std::vector<float> open(team.topics.size(), 1.0F);
    for (const VertexId v : team.members) {
        for (const auto& held : offers.of(v)) {
            for (std::size_t i = 0; i < team.topics.size(); ++i) {
                if (team.topics[i] == held.expertise) {
                    open[i] = std::max(0.0F, open[i] - held.level);
                }
            }
        }
    }
    return open;
}

ChairFigure figure(const std::vector<double>& values, const std::vector<std::vector<std::uint32_t>>& draws) {
    ChairFigure result;
    if (values.empty()) {
        return result;
    }
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    result.value = sum / static_cast<double>(values.size());
    if (values.size() < 2 || draws.empty()) {
        return result;
    }
    std::vector<double> means;
    for (const auto& draw : draws) {
        double drawn = 0.0;
        for (const std::uint32_t i : draw) {
            drawn += values[i];
        }
        means.push_back(drawn / static_cast<double>(draw.size()));
    }
    std::sort(means.begin(), means.end());
    const auto at = [&](double share) {
        return means[static_cast<std::size_t>(share * static_cast<double>(means.size() - 1) + 0.5)];
    };
    result.low = at(0.025);
    result.high = at(0.975);
    return result;
}

ChairFigure ratio(const std::vector<double>& values, const std::vector<double>& reference,
                  const std::vector<std::vector<std::uint32_t>>& draws) {
    const auto sum = [](const std::vector<double>& list) {
        double all = 0.0;
        for (const double value : list) {
            all += value;
        }
        return all;
    };
    ChairFigure result;
    if (values.empty() || !(sum(reference) > 0.0)) {
        return result;
    }
    result.value = sum(values) / sum(reference);
    std::vector<double> ratios;
    for (const auto& draw : draws) {
        double own = 0.0;
        double other = 0.0;
        for (const std::uint32_t i : draw) {
            own += values[i];
            other += reference[i];
        }
        if (other > 0.0) {
            ratios.push_back(own / other);
        }
    }
    if (values.size() >= 2 && 2 * ratios.size() > draws.size()) {
        std::sort(ratios.begin(), ratios.end());
        const auto at = [&](double share) {
            return ratios[static_cast<std::size_t>(share * static_cast<double>(ratios.size() - 1) + 0.5)];
        };
        result.low = at(0.025);
        result.high = at(0.975);
    }
    return result;
}

}  // namespace

std::vector<Chair> empty_chairs(const TeamInput& before, const TeamModel& model, std::int32_t from,
                                std::int32_t to, const ChairOptions& options) {
    if (options.least_partners < 2) {
        throw OptionError("least-partners", "must be at least 2: somebody has to stay at the table");
    }
    const Network& network = before.network;
    const Rng root(options.seed);
    std::vector<Chair> chairs;
    for (const PartnershipId p : network.partnerships().ids()) {
        const Partnership& partnership = network.partnerships()[p];
        if (!partnership.start || partnership.start->first_day() < from ||
            partnership.start->first_day() >= to ||
            std::find(before.excluded_kinds.begin(), before.excluded_kinds.end(),
                      network.text(partnership.kind)) != before.excluded_kinds.end()) {
            continue;
        }
        Chair chair{p, {}, {}};
        auto& members = chair.team.members;
        for (const Member& member : network.members(p)) {
            const VertexId v = before.past.vertex(member.actor);
            if (v != none<VertexId> && model.known(v)) {
                members.push_back(v);
            }
        }
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (members.size() < options.least_partners) {
            continue;
        }
        Rng own = root.fork(index_of(p));
        const auto out = members.begin() + own.below(static_cast<std::uint32_t>(members.size()));
        chair.taken_by = *out;
        members.erase(out);
        chair.team.topics.assign(network.topics(p).begin(), network.topics(p).end());
        chairs.push_back(std::move(chair));
    }
    return chairs;
}

double ChairRanking::score(const TeamRows& rows, std::size_t lane, VertexId y) const noexcept {
    double sum = 0.0;
    for (std::size_t t = 0; t < team_term_count; ++t) {
        const float raw = weight[t] == 0.0 ? 0.0F : rows.raw(team_term(t), lane, y);
        if (raw > 0.0F) {
            sum += weight[t] * std::log1p(static_cast<double>(raw) / scale[t]);
        }
    }
    return sum;
}

std::optional<ChairRanking> fit_chairs(const TeamInput& input, const ChairFitOptions& options,
                                       const Execution& execution) {
    std::vector<Example> examples;
    const std::size_t known_today = known_count(TeamModel(input));
    for (std::uint32_t year = 1; year <= options.years; ++year) {
        const auto day = [&](std::uint32_t years_before) {
            return input.day - static_cast<std::int32_t>(std::lround(days_a_year * years_before));
        };
        TeamInput earlier = input;
        earlier.day = day(year);
        const TeamModel model(earlier);
        if (year > 1 && static_cast<double>(known_count(model)) <
                            options.least_known * static_cast<double>(known_today)) {
            break;
        }
        for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
            ChairFitOptions drawn = options;
            drawn.chairs.seed = options.chairs.seed + draw;
            std::vector<Chair> chairs =
                empty_chairs(earlier, model, earlier.day, day(year - 1), drawn.chairs);
            keep(chairs, options.most_chairs, drawn.chairs.seed);
            std::vector<Example> found(chairs.size());
            for_chairs(model, chairs, execution, [&](std::size_t i, const TeamRows& rows, std::size_t lane) {
                found[i] = example_of(model, chairs[i], rows, lane, drawn);
            });
            std::move(found.begin(), found.end(), std::back_inserter(examples));
        }
    }
    if (examples.size() < options.least_chairs) {
        return std::nullopt;
    }
    ChairRanking ranking;
    ranking.scale = scales_of(examples);
    ranking.chairs = examples.size();
    std::vector<float> values, offset;
    std::vector<std::size_t> begin(1, 0), chosen;
    for (const Example& example : examples) {
        chosen.push_back(begin.back());
        for (const Raw& raw : example.rows) {
            for (std::size_t t = 0; t < team_term_count; ++t) {
                values.push_back(
                    static_cast<float>(std::log1p(static_cast<double>(raw[t]) / ranking.scale[t])));
            }
        }
        offset.insert(offset.end(), example.offset.begin(), example.offset.end());
        begin.push_back(begin.back() + example.rows.size());
    }
    ConditionalLogitOptions fitting{.ridge = options.ridge};
    for (std::size_t t = 0; t < team_term_count; ++t) {
        fitting.non_negative.push_back(leads(team_term(t)) ? 1 : 0);
    }
    const ConditionalLogitFit fit =
        fit_conditional_logit({values, begin, chosen, team_term_count, offset}, fitting);
    std::copy(fit.weights.begin(), fit.weights.end(), ranking.weight.begin());
    ranking.loss = fit.loss;
    return ranking;
}

std::string_view to_code(ChairMethod method) noexcept {
    constexpr std::array<std::string_view, chair_method_count> codes = {
        "fitted", "pagerank", "resource_allocation", "common_neighbours", "popularity", "set_cover"};
    return codes[static_cast<std::size_t>(method)];
}

ChairEvaluation judge_chairs(const TeamModel& model, const Incidence& offers, std::span<const Chair> chairs,
                             const std::optional<ChairRanking>& ranking, std::uint32_t replicates,
                             std::uint64_t seed, const Execution& execution) {
    ChairEvaluation result;
    result.ranking = ranking;
    result.chairs = chairs.size();
    std::vector<VertexId> known;
    for (const VertexId v : IdRange<VertexId>(model.vertex_count())) {
        if (model.known(v)) {
            known.push_back(v);
        }
    }
    result.known = known.size();
    std::vector<std::array<Standing, chair_method_count>> standings(chairs.size());
    std::vector<std::uint8_t> stranger(chairs.size(), 0);
    for_chairs(model, chairs, execution, [&](std::size_t i, const TeamRows& rows, std::size_t lane) {
        const Chair& chair = chairs[i];
        const std::vector<std::uint8_t> at_table = seated(model, chair.team);
        const std::vector<float> open = open_topics(offers, chair.team);
        const auto scores = [&](VertexId y) {
            std::array<double, chair_method_count> all{};
            all[0] = ranking ? ranking->score(rows, lane, y) : 0.0;
            all[1] = static_cast<double>(rows.raw(TeamTerm::pagerank, lane, y));
            all[2] = static_cast<double>(rows.raw(TeamTerm::resource_allocation, lane, y));
            all[3] = static_cast<double>(rows.common_partners(lane, y));
            all[4] = static_cast<double>(model.activity(y));
            all[5] = cover_gain(offers, chair.team, open, y);
            return all;
        };
        const auto own = scores(chair.taken_by);
        for (const VertexId y : known) {
            if (at_table[index_of(y)] != 0 || y == chair.taken_by) {
                continue;
            }
            const auto other = scores(y);
            for (std::size_t m = 0; m < chair_method_count; ++m) {
                standings[i][m].above += other[m] > own[m] ? 1U : 0U;
                standings[i][m].beside += other[m] == own[m] ? 1U : 0U;
            }
        }
        stranger[i] = std::none_of(chair.team.members.begin(), chair.team.members.end(),
                                   [&](VertexId v) { return model.tied(v, chair.taken_by); })
                          ? 1
                          : 0;
    });
    for (const Chair& chair : chairs) {
        result.mean_team +=
            static_cast<double>(chair.team.members.size()) / static_cast<double>(chairs.size());
    }

    const Rng root(seed);
    for (const auto& [id, task] : {std::pair<std::string_view, std::uint64_t>("all", 0),
                                   std::pair<std::string_view, std::uint64_t>("strangers", 1),
                                   std::pair<std::string_view, std::uint64_t>("partners", 2)}) {
        std::vector<std::size_t> counted;
        for (std::size_t i = 0; i < chairs.size(); ++i) {
            if (task == 0 || (task == 1) == (stranger[i] != 0)) {
                counted.push_back(i);
            }
        }
        std::vector<std::vector<std::uint32_t>> draws(counted.size() < 2 ? 0 : replicates);
        for (std::size_t r = 0; r < draws.size(); ++r) {
            Rng rng = root.fork(task).fork(r);
            for (std::size_t i = 0; i < counted.size(); ++i) {
                draws[r].push_back(rng.below(static_cast<std::uint32_t>(counted.size())));
            }
        }
        const auto values = [&](std::size_t m, const auto& of) {
            std::vector<double> list;
            for (const std::size_t i : counted) {
                list.push_back(of(standings[i][m]));
            }
            return list;
        };
        const auto first_10 = [](const Standing& s) { return s.hit(10); };
        ChairStratum stratum{id, counted.size(), {}};
        for (std::size_t m = ranking ? 0 : 1; m < chair_method_count; ++m) {
            ChairQuality quality;
            quality.method = static_cast<ChairMethod>(m);
            quality.hit_10 = figure(values(m, first_10), draws);
            quality.hit_50 = figure(values(m, [](const Standing& s) { return s.hit(50); }), draws);
            quality.mrr = figure(values(m, [](const Standing& s) { return s.reciprocal(); }), draws);
            if (m != 1) {
                quality.ratio_10 = ratio(values(m, first_10), values(1, first_10), draws);
            }
            stratum.methods.push_back(quality);
        }
        result.strata.push_back(std::move(stratum));
    }
    return result;
}

}  // namespace maillage

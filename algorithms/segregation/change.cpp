#include "algorithms/segregation/change.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include "algorithms/segregation/chance.hpp"
#include "algorithms/segregation/group_codes.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

/// Places in mixing_measure_ids of the measures that are compared; the odds ratio by its logarithm.
constexpr std::array<std::size_t, 6> compared = {0, 2, 5, 3, 6, 7};
constexpr std::size_t odds_place = 5;

/// A tie by the codes of its ends, at each date it is there.
struct DatedTie {
    static constexpr std::uint32_t absent = GroupCodes::unknown;
    std::uint32_t a_before = absent, b_before = absent, a_after = absent, b_after = absent;

    [[nodiscard]] bool there_before() const noexcept { return a_before != absent; }
    [[nodiscard]] bool there_after() const noexcept { return a_after != absent; }
};

GroupLabels joined(const GroupLabels& first, const GroupLabels& second) {
    std::vector<std::string> values;
    for (const GroupLabels* labels : {&first, &second}) {
        for (std::size_t v = 0; v < labels->vertex_count(); ++v) {
            std::string value;
            for (const GroupId g : labels->of(id_at<VertexId>(v))) {
                value += (value.empty() ? "" : "|") + labels->name(g);
            }
            values.push_back(std::move(value));
        }
    }
    const std::vector<std::string_view> cells(values.begin(), values.end());
    return {first.attribute(), cells};
}

std::vector<DatedTie> dated_ties(GraphView before, GraphView after, std::span<const std::uint32_t> code_of) {
    const std::size_t n = before.vertex_count();
    std::vector<DatedTie> ties;
    for (const VertexId v : before.vertices()) {
        const auto first = before.neighbours(v);
        const auto second = after.neighbours(v);
        auto i = first.begin();
        auto j = second.begin();
        while (i != first.end() || j != second.end()) {
            const bool in_first = i != first.end() && (j == second.end() || *i <= *j);
            const bool in_second = j != second.end() && (i == first.end() || *j <= *i);
            const VertexId u = in_first ? *i : *j;
            DatedTie tie;
            const auto set = [&](std::size_t from, std::uint32_t& a, std::uint32_t& b) {
                const std::uint32_t x = code_of[from + index_of(v)];
                const std::uint32_t y = code_of[from + index_of(u)];
                if (x != GroupCodes::unknown && y != GroupCodes::unknown) {
                    std::tie(a, b) = std::minmax(x, y);
                }
            };
            if (in_first) {
                set(0, tie.a_before, tie.b_before);
                ++i;
            }
            if (in_second) {
                set(n, tie.a_after, tie.b_after);
                ++j;
            }
            if (v < u && (tie.there_before() || tie.there_after())) {
                ties.push_back(tie);
            }
        }
    }
    return ties;
}

/// Both mixings, and the differences of every measure that is compared.
class Pair {
public:
    Pair(const GroupCodes& codes, Dyads before, Dyads after)
        : codes_(codes),
          dyads_before_(before),
          dyads_after_(after),
          before_(codes.group_count()),
          after_(codes.group_count()) {}

    void clear() noexcept {
        before_.clear();
        after_.clear();
    }
    void add(const DatedTie& tie, double weight) {
        if (tie.there_before()) {
            before_.add(codes_, tie.a_before, tie.b_before, weight);
        }
        if (tie.there_after()) {
            after_.add(codes_, tie.a_after, tie.b_after, weight);
        }
    }
    void add_before(std::uint32_t a, std::uint32_t b) { before_.add(codes_, a, b, 1.0); }
    void add_after(std::uint32_t a, std::uint32_t b) { after_.add(codes_, a, b, 1.0); }

    /// Values by mixing_measure_ids, then ei of each group.
    struct Values {
        std::vector<std::optional<double>> before, after, difference;
    };
    void measure(Values& values) const {
        const std::size_t count = mixing_measure_count + codes_.group_count();
        values.before.resize(count);
        values.after.resize(count);
        values.difference.assign(count, std::nullopt);
        fill(before_, dyads_before_, values.before);
        fill(after_, dyads_after_, values.after);
        for (std::size_t i = 0; i < count; ++i) {
            if (values.before[i] && values.after[i]) {
                values.difference[i] = i == odds_place ? std::log(*values.after[i] / *values.before[i])
                                                       : *values.after[i] - *values.before[i];
            }
        }
    }

private:
    void fill(const MixingSums& sums, const Dyads& dyads, std::vector<std::optional<double>>& values) const {
        mixing_measures(sums, dyads, std::span(values).first(mixing_measure_count));
        for (std::size_t g = 0; g < codes_.group_count(); ++g) {
            const double internal = sums.inside[g] / 2.0;
            values[mixing_measure_count + g] = ei_index(sums.touching[g] - sums.inside[g], internal).value;
        }
    }

    const GroupCodes& codes_;
    Dyads dyads_before_, dyads_after_;
    MixingSums before_, after_;
};

/// Two-sided, of `ended` among all that changed when each may as well have begun.
std::optional<double> sign_test(std::size_t ended, std::size_t begun) {
    const std::size_t n = ended + begun;
    if (n == 0) {
        return std::nullopt;
    }
    const auto all = static_cast<double>(n);
    double tail = 0.0;
    for (std::size_t k = 0; k <= std::min(ended, begun); ++k) {
        const auto x = static_cast<double>(k);
        tail += std::exp(std::lgamma(all + 1.0) - std::lgamma(x + 1.0) - std::lgamma(all - x + 1.0) -
                         all * std::log(2.0));
    }
    return std::min(1.0, 2.0 * tail);
}

/// External ties among those of one status.
struct Share {
    double external = 0.0, ties = 0.0;
};

/// Interval of the sum of factor times share of external ties, from Wilson's interval of each share.
Interval joined_wilson(std::span<const Share> shares, std::span<const double> factors) {
    double centre = 0.0;
    double below = 0.0;
    double above = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto wilson = ei_wilson(shares[i].external, shares[i].ties);
        if (!wilson || factors[i] == 0.0) {
            continue;
        }
        const double value = factors[i] * shares[i].external / shares[i].ties;
        const double one = factors[i] * (wilson->low + 1.0) / 2.0;
        const double other = factors[i] * (wilson->high + 1.0) / 2.0;
        centre += value;
        below += (value - std::min(one, other)) * (value - std::min(one, other));
        above += (std::max(one, other) - value) * (std::max(one, other) - value);
    }
    return {centre - std::sqrt(below), centre + std::sqrt(above)};
}

/// p of every measure by dealing out anew which ties were kept, ended and begun.
std::vector<std::optional<double>> deal_dates(const std::vector<DatedTie>& ties, std::size_t kept,
                                              std::size_t ended, Pair& pair, const Pair::Values& observed,
                                              std::size_t replicates, std::uint64_t seed) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    for (const DatedTie& tie : ties) {  // as they are at the last date that has them
        ends.emplace_back(tie.there_after() ? tie.a_after : tie.a_before,
                          tie.there_after() ? tie.b_after : tie.b_before);
    }
    std::vector<Tally> tallies;
    for (const auto& difference : observed.difference) {
        tallies.emplace_back(difference.value_or(0.0));
    }
    const Rng root = Rng(seed).fork(3);
    Pair::Values values;
    for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
        Rng rng = root.fork(replicate);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> dealt = ends;
        rng.shuffle(std::span(dealt));
        pair.clear();
        for (std::size_t i = 0; i < dealt.size(); ++i) {
            if (i < kept + ended) {
                pair.add_before(dealt[i].first, dealt[i].second);
            }
            if (i < kept || i >= kept + ended) {
                pair.add_after(dealt[i].first, dealt[i].second);
            }
        }
        pair.measure(values);
        for (std::size_t i = 0; i < tallies.size(); ++i) {
            if (values.difference[i]) {
                tallies[i].add(*values.difference[i]);
            }
        }
    }
    std::vector<std::optional<double>> p;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const auto model = tallies[i].model("dates");
        p.push_back(observed.difference[i] && model ? model->p : std::nullopt);
    }
    return p;
}

bool same_actors(const GroupLabels& a, const GroupLabels& b) {
    for (std::size_t v = 0; v < a.vertex_count(); ++v) {
        if (a.of(id_at<VertexId>(v)).empty() != b.of(id_at<VertexId>(v)).empty()) {
            return false;
        }
    }
    return true;
}

}  // namespace

MixingAt mixing_at(GraphView g, const GroupLabels& labels) {
    const MixingMatrix m = mixing_matrix(g, labels, false);
    MixingAt at;
    at.actors = m.actors;
    for (const VertexId v : g.vertices()) {
        at.tied += g.degree(v) > 0 && !labels.of(v).empty() ? 1U : 0U;
    }
    at.ties = m.ties();
    at.internal = m.internal;
    at.external = m.external;
    at.pairs = m.internal_dyads + m.external_dyads;
    at.density = at.pairs > 0.0 ? Measured{at.ties / at.pairs, {}} : Measured::undefined(why_fewer_than_two);
    if (at.pairs > 0.0) {
        const auto share = ei_wilson(at.ties, at.pairs);  // of the same form: 2 share - 1
        at.density95 = Interval{(share->low + 1.0) / 2.0, (share->high + 1.0) / 2.0};
    }
    MixingSums sums(m.groups);
    sums.internal = m.internal;
    sums.external = m.external;
    for (std::size_t a = 0; a < m.groups; ++a) {
        sums.inside[a] = m.at(a, a);
        for (std::size_t b = 0; b < m.groups; ++b) {
            sums.touching[a] += m.at(a, b);
        }
    }
    mixing_measures(sums, {m.internal_dyads, m.external_dyads}, at.values);
    at.ei95 = ei_wilson(m.external, m.ties());
    at.odds95 = odds_ratio(m).haldane_ci95;
    at.chance = ei_label_permutation(g, labels, false);
    return at;
}

Change change_of_mixing(GraphView before, const GroupLabels& labels_before, GraphView after,
                        const GroupLabels& labels_after, const ChangeOptions& options) {
    if (before.vertex_count() != after.vertex_count()) {
        throw Error("change_of_mixing: " + std::to_string(before.vertex_count()) + " vertices before, " +
                    std::to_string(after.vertex_count()) + " after");
    }
    Change change;
    change.before = mixing_at(before, labels_before);
    change.after = mixing_at(after, labels_after);
    const GroupLabels labels = joined(labels_before, labels_after);
    const GroupCodes codes(labels);
    const std::vector<DatedTie> ties = dated_ties(before, after, codes.of_vertices());
    for (const DatedTie& tie : ties) {
        (tie.there_before() ? (tie.there_after() ? change.kept : change.ended) : change.begun) += 1;
    }
    if (same_actors(labels_before, labels_after)) {
        change.density_p = sign_test(change.ended, change.begun);
    }
    const auto dyads = [](GraphView g, const GroupLabels& of) {
        const MixingMatrix m = mixing_matrix(g, of, false);
        return Dyads{m.internal_dyads, m.external_dyads};
    };
    const Dyads before_dyads = dyads(before, labels_before);
    const Dyads after_dyads = dyads(after, labels_after);
    Pair pair(codes, before_dyads, after_dyads);
    for (const DatedTie& tie : ties) {
        pair.add(tie, 1.0);
    }
    Pair::Values observed;
    pair.measure(observed);
    Share shares[3];  // kept, ended, begun
    bool moved = false;
    for (const DatedTie& tie : ties) {
        Share& share = shares[tie.there_before() ? (tie.there_after() ? 0 : 1) : 2];
        share.ties += 1.0;
        const std::uint32_t a = tie.there_after() ? tie.a_after : tie.a_before;
        const std::uint32_t b = tie.there_after() ? tie.b_after : tie.b_before;
        share.external += codes.together(a, b) ? 0.0 : 1.0;
        moved = moved || (tie.there_before() && tie.there_after() &&
                          codes.together(tie.a_before, tie.b_before) != codes.together(a, b));
    }
    // at_before, at_after: what a share of external ties of 1 adds to the measure at each date
    const auto interval = [&](double at_before, double at_after) -> std::optional<Interval> {
        if (moved || !(change.before.ties > 0.0) || !(change.after.ties > 0.0) ||
            change.ended + change.begun == 0) {
            return std::nullopt;
        }
        const double factors[3] = {
            shares[0].ties * (at_after / change.after.ties - at_before / change.before.ties),
            -shares[1].ties * at_before / change.before.ties, shares[2].ties * at_after / change.after.ties};
        return joined_wilson(shares, factors);
    };
    std::vector<std::optional<double>> p(observed.difference.size());
    if (options.replicates > 0 && change.ended + change.begun > 0) {
        const std::size_t affordable = std::max<std::size_t>(99, 20'000'000 / ties.size());
        change.replicates = std::min<std::size_t>(options.replicates, affordable);
        p = deal_dates(ties, change.kept, change.ended, pair, observed, change.replicates, options.seed);
    }
    const auto write = [&](std::size_t i, std::string_view id, std::string group) {
        ChangedMeasure m{.id = id,
                         .group = std::move(group),
                         .before = observed.before[i],
                         .after = observed.after[i],
                         .difference = observed.difference[i],
                         .p = p[i]};
        change.measures.push_back(std::move(m));
    };
    for (const std::size_t i : compared) {
        write(i, mixing_measure_ids[i], {});
        ChangedMeasure& m = change.measures.back();
        if (m.difference && m.id == "ei") {
            m.ci95 = interval(2.0, 2.0);
        } else if (m.difference && m.id == "freeman") {
            const auto expected = [](const Dyads& d) { return d.external / (d.internal + d.external); };
            // 1 - share / expected: the ones cancel
            m.ci95 = interval(-1.0 / expected(before_dyads), -1.0 / expected(after_dyads));
        }
    }
    std::vector<std::size_t> tested;
    std::vector<double> of_groups;
    for (std::size_t g = 0; g < labels.group_count(); ++g) {
        write(mixing_measure_count + g, "ei", labels.names()[g]);
        if (change.measures.back().p) {
            tested.push_back(change.measures.size() - 1);
            of_groups.push_back(*change.measures.back().p);
        }
    }
    const std::vector<double> adjusted = benjamini_hochberg(of_groups);
    for (std::size_t i = 0; i < tested.size(); ++i) {
        change.measures[tested[i]].p_adjusted = adjusted[i];
    }
    return change;
}

}  // namespace maillage

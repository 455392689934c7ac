#include "algorithms/segregation/panel.hpp"

#include "algorithms/segregation/spectral.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {
namespace {

enum MixingMeasure : std::uint8_t {
    ei,
    ei_within,
    assortative,
    freeman_share,
    odds,
    haldane,
    gupta,
    modular
};

constexpr std::string_view spectral_id = "spectral_segregation";
constexpr std::string_view bubble_id = "bubble_radius";
constexpr std::string_view boundary_id = "boundary_connectivity";
constexpr std::string_view controversy_id = "random_walk_controversy";
constexpr std::string_view dipole_id = "dipole_moment";
constexpr std::string_view coleman_id = "coleman";

/// Means of a measure of vertices: over each group, and over all.
class GroupMeans {
public:
    GroupMeans(const GroupCodes& codes, std::size_t groups)
        : codes_(codes), sum_(groups, 0.0), count_(groups, 0.0) {}

    void add(std::uint32_t code, double value) noexcept {
        for (const GroupId g : codes_.groups(code)) {
            sum_[index_of(g)] += value;
            count_[index_of(g)] += 1.0;
        }
        all_ += value;
        vertices_ += 1.0;
    }
    [[nodiscard]] std::optional<double> of(std::size_t group) const {
        return count_[group] > 0.0 ? std::optional(sum_[group] / count_[group]) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> all() const {
        return vertices_ > 0.0 ? std::optional(all_ / vertices_) : std::nullopt;
    }

private:
    const GroupCodes& codes_;
    std::vector<double> sum_, count_;
    double all_ = 0.0, vertices_ = 0.0;
};

/// Measures of each group, in this order behind those of the network.
enum GroupMeasure : std::uint8_t { coleman_of, spectral_of, bubble_of, boundary_of, controversy_of };
constexpr std::string_view group_ids[] = {coleman_id, spectral_id, bubble_id, boundary_id, controversy_id};
/// Measures of the network by walks, in this order behind the mixing measures.
enum WalkMeasure : std::uint8_t { spectral_all, bubble_all, boundary_all, controversy_all, dipole_all };
constexpr std::string_view walk_ids[] = {spectral_id, bubble_id, boundary_id, controversy_id, dipole_id};

std::optional<double> coleman_value(double inside, double touching, double size, double actors) {
    if (!(touching > 0.0) || actors < 2.0) {
        return std::nullopt;
    }
    const double expected = touching * (size - 1.0) / (actors - 1.0);
    const double scale = inside > expected ? touching - expected : expected;
    return scale > 0.0 ? std::optional((inside - expected) / scale) : std::nullopt;
}

}  // namespace

const std::string_view mixing_measure_ids[mixing_measure_count] = {
    "ei",         "ei_rescaled",        "assortativity",      "freeman",
    "odds_ratio", "odds_ratio_haldane", "gupta_anderson_may", "modularity_declared"};

void MixingSums::add(const GroupCodes& codes, std::uint32_t a, std::uint32_t b, double weight) {
    const auto first = codes.groups(a);
    const auto second = codes.groups(b);
    if (!codes.multi_valued()) {
        touching[index_of(first[0])] += weight;
        touching[index_of(second[0])] += weight;
        inside[index_of(first[0])] += a == b ? 2.0 * weight : 0.0;
        (a == b ? internal : external) += weight;
        return;
    }
    if (!codes.together(a, b)) {
        for (const GroupId g : first) {
            touching[index_of(g)] += weight / static_cast<double>(first.size());
        }
        for (const GroupId g : second) {
            touching[index_of(g)] += weight / static_cast<double>(second.size());
        }
        external += weight;
        return;
    }
    double shared = 0.0;
    const auto both = [&](auto use) {
        auto i = first.begin();
        for (const GroupId g : second) {
            while (i != first.end() && *i < g) {
                ++i;
            }
            if (i != first.end() && *i == g) {
                use(index_of(g));
            }
        }
    };
    both([&shared](std::size_t) { shared += 1.0; });
    both([&](std::size_t g) {
        touching[g] += 2.0 * weight / shared;
        inside[g] += 2.0 * weight / shared;
    });
    internal += weight;
}

void MixingSums::clear() noexcept {
    std::fill(inside.begin(), inside.end(), 0.0);
    std::fill(touching.begin(), touching.end(), 0.0);
    internal = 0.0;
    external = 0.0;
}

void mixing_measures(const MixingSums& sums, const Dyads& dyads, std::span<std::optional<double>> values) {
    std::fill(values.begin(), values.end(), std::nullopt);
    const double ties = sums.internal + sums.external;
    if (!(ties > 0.0)) {
        return;
    }
    const double inner = sums.internal;
    const double across = sums.external;
    values[ei] = (across - inner) / ties;

    double all = 0.0;
    double trace = 0.0;
    double squares = 0.0;
    double rows = 0.0;
    double shares = 0.0;
    for (std::size_t g = 0; g < sums.inside.size(); ++g) {
        all += sums.touching[g];
        trace += sums.inside[g];
        squares += sums.touching[g] * sums.touching[g];
        if (sums.touching[g] > 0.0) {
            rows += 1.0;
            shares += sums.inside[g] / sums.touching[g];
        }
    }
    const double chance = squares / (all * all);
    values[modular] = trace / all - chance;
    if (1.0 - chance > 1e-15) {
        values[assortative] = (trace / all - chance) / (1.0 - chance);
    }
    if (rows > 1.0) {
        values[gupta] = (shares - 1.0) / (rows - 1.0);
    }
    if (dyads.external <= 0.0) {
        return;
    }
    const double least = std::max(0.0, ties - dyads.internal);
    const double most = std::min(ties, dyads.external);
    if (most > least) {
        values[ei_within] = 2.0 * (across - least) / (most - least) - 1.0;
    }
    const double expected = ties * dyads.external / (dyads.external + dyads.internal);
    values[freeman_share] = (expected - across) / expected;
    const double inside_free = dyads.internal - inner;
    const double across_free = dyads.external - across;
    values[haldane] = (inner + 0.5) * (across_free + 0.5) / ((across + 0.5) * (inside_free + 0.5));
    if (across > 0.0 && inside_free > 0.0) {
        values[odds] = inner * across_free / (across * inside_free);
    }
}

Panel::Panel(const GroupCodes& codes, Dyads dyads, const PanelOptions& options)
    : codes_(&codes), dyads_(dyads), options_(options) {
    for (const std::string_view id : mixing_measure_ids) {
        slots_.push_back({id});
    }
    if (options.walks) {
        for (const std::string_view id : walk_ids) {
            slots_.push_back({id});
        }
    }
    for (std::size_t measure = 0; measure < (options.walks ? std::size(group_ids) : 1); ++measure) {
        for (std::uint32_t g = 0; g < codes.group_count(); ++g) {
            slots_.push_back({group_ids[measure], g});
        }
    }
}

std::size_t Panel::place(std::size_t measure, std::uint32_t group) const noexcept {
    return mixing_measure_count + (options_.walks ? std::size(walk_ids) : 0) +
           measure * codes_->group_count() + group;
}

void Panel::evaluate(GraphView g, std::span<const std::uint32_t> code_of, PanelScratch& scratch,
                     std::span<std::optional<double>> values) const {
    const std::size_t groups = codes_->group_count();
    MixingSums sums(groups);
    std::vector<double> sizes(groups, 0.0);
    const bool plain = !codes_->multi_valued() && !g.weighted();
    for (const VertexId v : g.vertices()) {
        const std::uint32_t own = code_of[index_of(v)];
        for (const GroupId group : codes_->groups(own)) {
            sizes[index_of(group)] += 1.0;
        }
        const auto row = g.neighbours(v);
        if (plain) {  // nothing but counting what is equal
            std::uint32_t same = 0;
            for (const VertexId u : row) {
                same += code_of[index_of(u)] == own ? 1U : 0U;
            }
            sums.inside[own] += same;
            sums.touching[own] += static_cast<double>(row.size());
            continue;
        }
        const auto weights = g.weights(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i] < v) {
                sums.add(*codes_, own, code_of[index_of(row[i])], tie_weight(weights, i));
            }
        }
    }
    if (plain) {
        double inside = 0.0;
        for (const double arcs : sums.inside) {
            inside += arcs;
        }
        sums.internal = inside / 2.0;
        sums.external = static_cast<double>(g.edge_count()) - sums.internal;
    }
    mixing_measures(sums, dyads_, values.first(mixing_measure_count));
    for (std::uint32_t group = 0; group < groups; ++group) {
        values[place(coleman_of, group)] = coleman_value(sums.inside[group], sums.touching[group],
                                                         sizes[group], static_cast<double>(g.vertex_count()));
    }
    if (options_.walks) {
        evaluate_walks(g, code_of, scratch, values);
    }
}

void Panel::evaluate_walks(GraphView g, std::span<const std::uint32_t> code_of, PanelScratch& scratch,
                           std::span<std::optional<double>> values) const {
    const auto groups = static_cast<std::uint32_t>(codes_->group_count());
    const std::span<std::optional<double>> of_network =
        values.subspan(mixing_measure_count, std::size(walk_ids));
    std::fill(of_network.begin(), of_network.end(), std::nullopt);
    for (std::size_t measure = spectral_of; measure <= controversy_of; ++measure) {
        for (std::uint32_t group = 0; group < groups; ++group) {
            values[place(measure, group)] = std::nullopt;
        }
    }
    if (g.edge_count() == 0) {
        return;
    }
    const std::vector<double> strength = strengths(g);
    fill_inner_ties(g, *codes_, code_of, scratch.inner);
    const GraphView inner = scratch.inner.view();
    const auto write = [&](std::size_t measure, std::size_t overall, const GroupMeans& means) {
        of_network[overall] = means.all();
        for (std::uint32_t group = 0; group < groups; ++group) {
            values[place(measure, group)] = means.of(group);
        }
    };

    // means over groups need eigenvalues alone: the mean over a component is its eigenvalue. Exact ones need vectors to
    // start again from.
    SpectralOptions spectral;
    if (!options_.exact) {
        spectral = {.tolerance = 1e-4, .vectors = false, .steps = 12};
    }
    const SpectralSegregation segregation = spectral_segregation(inner, strength, spectral);
    GroupMeans closed(*codes_, groups);
    for (const VertexId v : g.vertices()) {
        closed.add(code_of[index_of(v)], segregation.eigenvalue[index_of(v)]);
    }
    write(spectral_of, spectral_all, closed);

    const std::vector<double> radius = bubble_radius(inner, strength, options_.bubble_steps);
    GroupMeans radii(*codes_, groups);
    for (const VertexId v : g.vertices()) {
        if (g.degree(v) > 0) {
            radii.add(code_of[index_of(v)], radius[index_of(v)]);
        }
    }
    write(bubble_of, bubble_all, radii);

    const BoundaryShare boundary = boundary_connectivity(g, *codes_, code_of);
    GroupMeans shares(*codes_, groups);
    for (const VertexId v : g.vertices()) {
        if (boundary.on_boundary[index_of(v)]) {
            shares.add(code_of[index_of(v)], boundary.share[index_of(v)]);
        }
    }
    write(boundary_of, boundary_all, shares);

    double controversies = 0.0;
    double dipoles = 0.0;
    double walks = 0.0;
    double opinions = 0.0;
    const bool two_sides = groups == 2 && !codes_->multi_valued();
    std::vector<Measured> solved;
    if (scratch.walks != nullptr) {
        solved = scratch.walks->measure(code_of, groups, options_.elites);
    }
    for (std::uint32_t group = 0; group < (two_sides ? 1 : groups); ++group) {
        if (!solved.empty() && (solved[group].value || !solved[group].why.empty())) {
            values[place(controversy_of, group)] = solved[group].value;
            controversies += solved[group].value.value_or(0.0);
            walks += solved[group].value ? 1.0 : 0.0;
            continue;
        }
        scratch.side.assign(g.vertex_count(), 0);
        for (const VertexId v : g.vertices()) {
            const auto own = codes_->groups(code_of[index_of(v)]);
            scratch.side[index_of(v)] =
                std::binary_search(own.begin(), own.end(), id_at<GroupId>(group)) ? 1 : 0;
        }
        const Controversy c =
            controversy(g, strength, scratch.side,
                        {.elites = options_.elites, .tolerance = options_.exact ? 1e-12 : 1e-6});
        values[place(controversy_of, group)] = c.walk.value;
        if (c.walk.value) {
            controversies += *c.walk.value;
            walks += 1.0;
        }
        if (c.dipole.value && solved.empty()) {
            dipoles += *c.dipole.value;
            opinions += 1.0;
        }
    }
    if (two_sides) {  // the same walks seen from the other side
        values[place(controversy_of, 1)] = values[place(controversy_of, 0)];
    }
    if (walks > 0.0) {
        of_network[controversy_all] = controversies / walks;
    }
    if (opinions > 0.0) {
        of_network[dipole_all] = dipoles / opinions;
    }
}

BoundaryShare boundary_connectivity(GraphView g, const GroupCodes& codes,
                                    std::span<const std::uint32_t> code_of) {
    const std::size_t n = g.vertex_count();
    std::vector<std::uint8_t> crossing(n, 0);
    const auto together = [&](VertexId a, VertexId b) {
        return codes.together(code_of[index_of(a)], code_of[index_of(b)]);
    };
    for (const VertexId v : g.vertices()) {
        const auto row = g.neighbours(v);
        crossing[index_of(v)] =
            std::any_of(row.begin(), row.end(), [&](VertexId u) { return !together(v, u); }) ? 1 : 0;
    }
    BoundaryShare result{std::vector<std::uint8_t>(n, 0), std::vector<double>(n, 0.0)};
    for (const VertexId v : g.vertices()) {
        const auto row = g.neighbours(v);
        result.on_boundary[index_of(v)] =
            crossing[index_of(v)] &&
                    std::any_of(row.begin(), row.end(), [&](VertexId u) { return !crossing[index_of(u)]; })
                ? 1
                : 0;
    }
    for (const VertexId v : g.vertices()) {
        if (!result.on_boundary[index_of(v)]) {
            continue;
        }
        double off = 0.0;
        double other = 0.0;
        const auto row = g.neighbours(v);
        const auto weights = g.weights(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!result.on_boundary[index_of(row[i])]) {
                off += tie_weight(weights, i);
            } else if (!together(v, row[i])) {
                other += tie_weight(weights, i);
            }
        }
        result.share[index_of(v)] = off / (off + other) - 0.5;  // off > 0: it has such a neighbour
    }
    return result;
}

}  // namespace maillage

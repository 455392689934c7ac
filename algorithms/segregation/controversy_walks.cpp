#include "algorithms/segregation/controversy_walks.hpp"

#include "engine/error.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <numeric>
#include <string>

namespace maillage {
namespace {

constexpr Eigen::Index no_walker = -1;

/// One row a walker, so that what is asked of two actors lies together.
using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

struct ControversyWalks::State {
    std::size_t groups = 0;
    std::vector<Eigen::Index> walker_of;  ///< vertex -> row, or no_walker
    std::vector<std::uint32_t> ends_in;   ///< group of an end point, else `groups`
    std::vector<std::uint8_t> takes_part;
    Eigen::MatrixXd inverse;  ///< of L
    Rows ends;                ///< walker x group: chance to end there
    Eigen::MatrixXd starts;   ///< walker x group: 1 for those that start in it
    Rows visits;              ///< inverse times starts
    double all_starters = 0.0;
    Eigen::VectorXd starters;    ///< per group
    Eigen::MatrixXd ended;       ///< start group x end group: sums over starters
    Eigen::VectorXd ended_all;   ///< per end group, over all starters
    Eigen::VectorXd visits_all;  ///< per walker, over the starters of all groups
    std::vector<Measured> by_group;
    Measured value;

    /// RWC of a group from the sums of chances that its starters, and those of the rest, end in it.
    [[nodiscard]] Measured of_group(Eigen::Index g, double own, double rest) const {
        const double own_starters = starters(g);
        const double rest_starters = all_starters - own_starters;
        if (!(own_starters > 0.0) || !(rest_starters > 0.0)) {
            return Measured::undefined(why_zero_denominator);
        }
        const double x = own / own_starters;    // a walk from the group ends in it
        const double y = rest / rest_starters;  // a walk from the rest ends in the group
        const double into = x + y;
        const double away = 2.0 - into;
        if (!(into > 1e-14) || !(away > 1e-14)) {
            return Measured::undefined(why_zero_denominator);
        }
        return {x / into * ((1.0 - y) / away) - (1.0 - x) / away * (y / into), {}};
    }
    [[nodiscard]] double rest_of(Eigen::Index g) const { return ended_all(g) - ended(g, g); }
    void evaluate() {
        ended = starts.transpose() * ends;
        ended_all = ended.colwise().sum().transpose();
        visits_all = visits.rowwise().sum();
        by_group.clear();
        double sum = 0.0;
        double defined = 0.0;
        for (Eigen::Index g = 0; g < static_cast<Eigen::Index>(groups); ++g) {
            by_group.push_back(of_group(g, ended(g, g), rest_of(g)));
            if (by_group.back().value) {
                sum += *by_group.back().value;
                defined += 1.0;
            }
        }
        value = groups < 2      ? Measured::undefined(why_single_group)
                : defined > 0.0 ? Measured{sum / defined, {}}
                                : Measured::undefined(why_zero_denominator);
    }
    /// Chance of a vertex to end in a group.
    [[nodiscard]] double chance(std::size_t v, Eigen::Index g) const {
        return walker_of[v] != no_walker                    ? ends(walker_of[v], g)
               : static_cast<Eigen::Index>(ends_in[v]) == g ? 1.0
                                                            : 0.0;
    }
    [[nodiscard]] double visited(std::size_t v, Eigen::Index g) const {
        return walker_of[v] != no_walker ? visits(walker_of[v], g) : 0.0;
    }
    /// u' M u for u = e_a - e_b, rows of end points being 0.
    [[nodiscard]] double resistance(std::size_t a, std::size_t b) const {
        const Eigen::Index i = walker_of[a];
        const Eigen::Index j = walker_of[b];
        double sum = 0.0;
        sum += i != no_walker ? inverse(i, i) : 0.0;
        sum += j != no_walker ? inverse(j, j) : 0.0;
        sum -= i != no_walker && j != no_walker ? 2.0 * inverse(i, j) : 0.0;
        return sum;
    }
};

ControversyWalks::ControversyWalks(GraphView g, const GroupLabels& labels, std::uint32_t end_points,
                                   GraphView ranked_by)
    : state_(std::make_unique<State>()) {
    State& s = *state_;
    const std::size_t n = g.vertex_count();
    if (labels.vertex_count() != n) {
        throw Error("ControversyWalks: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(n) + " vertices");
    }
    s.groups = labels.group_count();
    const auto known = [&](VertexId v) { return !labels.of(v).empty(); };
    const auto degrees = [&](GraphView of) {
        std::vector<std::size_t> degree(n, 0);
        for (const VertexId v : of.vertices()) {
            if (known(v)) {
                const auto row = of.neighbours(v);
                degree[index_of(v)] = static_cast<std::size_t>(std::count_if(row.begin(), row.end(), known));
            }
        }
        return degree;
    };
    const std::vector<std::size_t> degree = degrees(g);
    const std::vector<std::size_t> rank = degrees(ranked_by);
    // the k best linked of every group end a walk
    s.ends_in.assign(n, static_cast<std::uint32_t>(s.groups));
    std::vector<std::vector<VertexId>> members(s.groups);
    for (const VertexId v : g.vertices()) {
        if (rank[index_of(v)] > 0) {
            members[index_of(labels.first(v))].push_back(v);
        }
    }
    std::vector<VertexId> frontier;
    s.takes_part.assign(n, 0);
    for (std::size_t group = 0; group < s.groups; ++group) {
        std::stable_sort(members[group].begin(), members[group].end(),
                         [&](VertexId a, VertexId b) { return rank[index_of(a)] > rank[index_of(b)]; });
        members[group].resize(std::min<std::size_t>(members[group].size(), end_points));
        for (const VertexId v : members[group]) {
            s.ends_in[index_of(v)] = static_cast<std::uint32_t>(group);
            s.takes_part[index_of(v)] = 1;
            frontier.push_back(v);
        }
    }
    // who reaches an end point walks
    s.walker_of.assign(n, no_walker);
    while (!frontier.empty()) {
        const VertexId v = frontier.back();
        frontier.pop_back();
        for (const VertexId u : g.neighbours(v)) {
            if (known(u) && s.takes_part[index_of(u)] == 0) {
                s.takes_part[index_of(u)] = 1;
                frontier.push_back(u);
            }
        }
    }
    std::vector<VertexId> walkers;
    for (const VertexId v : g.vertices()) {
        if (s.takes_part[index_of(v)] != 0 && s.ends_in[index_of(v)] == s.groups) {
            s.walker_of[index_of(v)] = static_cast<Eigen::Index>(walkers.size());
            walkers.push_back(v);
        }
    }
    if (walkers.size() > most_walkers) {
        throw OptionError("objective", "controversy solves for all actors at once and serves up to " +
                                           std::to_string(most_walkers) + " of them, here are " +
                                           std::to_string(walkers.size()) + ": use --objective bubble");
    }
    const auto rows = static_cast<Eigen::Index>(walkers.size());
    const auto columns = static_cast<Eigen::Index>(s.groups);
    Eigen::MatrixXd laplacian = Eigen::MatrixXd::Zero(rows, rows);
    Eigen::MatrixXd into = Eigen::MatrixXd::Zero(rows, columns);
    s.starts = Eigen::MatrixXd::Zero(rows, columns);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const VertexId v = walkers[static_cast<std::size_t>(i)];
        s.starts(i, static_cast<Eigen::Index>(index_of(labels.first(v)))) = 1.0;
        laplacian(i, i) = static_cast<double>(degree[index_of(v)]);
        for (const VertexId u : g.neighbours(v)) {
            if (s.walker_of[index_of(u)] != no_walker) {
                laplacian(i, s.walker_of[index_of(u)]) -= 1.0;
            } else if (s.ends_in[index_of(u)] < s.groups) {
                into(i, static_cast<Eigen::Index>(s.ends_in[index_of(u)])) += 1.0;
            }
        }
    }
    s.inverse = laplacian.llt().solve(Eigen::MatrixXd::Identity(rows, rows));
    s.ends = s.inverse * into;
    s.visits = s.inverse * s.starts;
    s.starters = s.starts.colwise().sum().transpose();
    s.all_starters = s.starters.sum();
    s.evaluate();
}

ControversyWalks::~ControversyWalks() = default;

Measured ControversyWalks::value() const {
    return state_->value;
}

const std::vector<Measured>& ControversyWalks::by_group() const {
    return state_->by_group;
}

bool ControversyWalks::takes_part(VertexId v) const noexcept {
    return state_->takes_part[index_of(v)] != 0;
}

bool ControversyWalks::end_point(VertexId v) const noexcept {
    return state_->ends_in[index_of(v)] < state_->groups;
}

double ControversyWalks::gain(VertexId a, VertexId b) const {
    const State& s = *state_;
    if (!s.value.value || (end_point(a) && end_point(b))) {
        return 0.0;
    }
    const std::size_t i = index_of(a);
    const std::size_t j = index_of(b);
    const double scale = 1.0 / (1.0 + s.resistance(i, j));
    const auto groups = static_cast<Eigen::Index>(s.groups);
    const auto visited_all = [&](std::size_t v) {
        return s.walker_of[v] != no_walker ? s.visits_all(s.walker_of[v]) : 0.0;
    };
    const double visits = visited_all(i) - visited_all(j);
    double sum = 0.0;
    double defined = 0.0;
    for (Eigen::Index g = 0; g < groups; ++g) {
        const double moved = scale * (s.chance(i, g) - s.chance(j, g));
        const double own = s.visited(i, g) - s.visited(j, g);
        const Measured after =
            s.of_group(g, s.ended(g, g) - own * moved, s.rest_of(g) - (visits - own) * moved);
        if (after.value) {
            sum += *after.value;
            defined += 1.0;
        }
    }
    return defined > 0.0 ? *s.value.value - sum / defined : 0.0;
}

void ControversyWalks::add(VertexId a, VertexId b) {
    State& s = *state_;
    const std::size_t i = index_of(a);
    const std::size_t j = index_of(b);
    if (end_point(a) && end_point(b)) {
        return;
    }
    const double scale = 1.0 / (1.0 + s.resistance(i, j));
    Eigen::VectorXd along = Eigen::VectorXd::Zero(s.inverse.rows());  // M u
    if (s.walker_of[i] != no_walker) {
        along += s.inverse.col(s.walker_of[i]);
    }
    if (s.walker_of[j] != no_walker) {
        along -= s.inverse.col(s.walker_of[j]);
    }
    const auto groups = static_cast<Eigen::Index>(s.groups);
    Eigen::RowVectorXd chance(groups);
    Eigen::RowVectorXd visits(groups);
    for (Eigen::Index g = 0; g < groups; ++g) {
        chance(g) = s.chance(i, g) - s.chance(j, g);
        visits(g) = s.visited(i, g) - s.visited(j, g);
    }
    s.ends.noalias() -= scale * along * chance;
    s.visits.noalias() -= scale * along * visits;
    s.inverse.noalias() -= scale * along * along.transpose();
    s.evaluate();
}

}  // namespace maillage

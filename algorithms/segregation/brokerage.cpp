#include "algorithms/segregation/brokerage.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

namespace maillage {
namespace {

/// n (n - 1) … of k factors, 0 when n < k.
double falling(double n, int k) noexcept {
    double product = 1.0;
    for (int i = 0; i < k; ++i) {
        product *= std::max(0.0, n - i);
    }
    return product;
}

/// What two partners of a broker are to it, as one draw of two, three or four other actors at random tells it.
struct RoleChances {
    double one = 0.0;    ///< an open pair is in the role
    double chain = 0.0;  ///< two open pairs that share a partner both are
    double apart = 0.0;  ///< two open pairs without a common partner both are
};
struct Chances {
    RoleChances coordinator, itinerant, gatekeeper, liaison;
};

/// Sums over the groups of which none is the broker's.
struct OtherGroups {
    double size = 0.0;     ///< r
    double pairs = 0.0;    ///< sum of (n)_2
    double triples = 0.0;  ///< sum of (n)_3
    double fours = 0.0;    ///< sum of (n)_4
    double pair_squares = 0.0;
    double apart_chain = 0.0;    ///< x of one group, y and z of others, y != z
    double apart_squares = 0.0;  ///< the same, y = z allowed
};

OtherGroups others_of(const std::vector<std::size_t>& sizes, std::size_t own) {
    OtherGroups o;
    for (std::size_t g = 0; g < sizes.size(); ++g) {
        o.size += g == own ? 0.0 : static_cast<double>(sizes[g]);
    }
    for (std::size_t g = 0; g < sizes.size(); ++g) {
        if (g == own) {
            continue;
        }
        const auto n = static_cast<double>(sizes[g]);
        o.pairs += falling(n, 2);
        o.triples += falling(n, 3);
        o.fours += falling(n, 4);
        o.pair_squares += falling(n, 2) * falling(n, 2);
        o.apart_chain += n * falling(o.size - n, 2);
        o.apart_squares += n * (o.size - n) * (o.size - n);
    }
    return o;
}

Chances chances_of(const std::vector<std::size_t>& sizes, std::size_t own, double actors) {
    const double m = actors - 1.0;  // whose groups are dealt
    const double c = static_cast<double>(sizes[own]) - 1.0;
    const OtherGroups o = others_of(sizes, own);
    const double two = falling(m, 2);
    const double three = falling(m, 3);
    const double four = falling(m, 4);
    const auto share = [](double part, double all) { return all > 0.0 ? part / all : 0.0; };
    Chances k;
    k.coordinator = {share(falling(c, 2), two), share(falling(c, 3), three), share(falling(c, 4), four)};
    k.itinerant = {share(o.pairs, two), share(o.triples, three),
                   share(o.fours + o.pairs * o.pairs - o.pair_squares, four)};
    k.gatekeeper = {share(2.0 * c * o.size, two),
                    share(c * falling(o.size, 2) + o.size * falling(c, 2), three),
                    share(4.0 * falling(c, 2) * falling(o.size, 2), four)};
    const double mixed = falling(o.size, 2) - o.pairs;
    k.liaison = {share(mixed, two), share(o.apart_chain, three),
                 share(mixed * mixed - 4.0 * o.apart_squares + 2.0 * mixed, four)};
    return k;
}

/// Pairs of open pairs of one broker.
struct OpenPairs {
    double all = 0.0;    ///< open pairs
    double chain = 0.0;  ///< two of them that share a partner
    [[nodiscard]] double apart() const noexcept { return all * (all - 1.0) / 2.0 - chain; }
};

void compare_with_chance(RoleCount& role, const RoleChances& chance, const OpenPairs& open, double per_pair) {
    const double mean = open.all * chance.one;
    const double variance =
        mean + 2.0 * (open.chain * chance.chain + open.apart() * chance.apart) - mean * mean;
    role.expected = per_pair * mean;
    // sums of this size carry noise of some 1e-12: a variance below it is none
    if (variance > 1e-9 * std::max(1.0, mean * mean)) {
        role.sd = per_pair * std::sqrt(variance);
        role.z = (static_cast<double>(role.count) - role.expected) / role.sd;
    }
}

BrokerRole role_of(GroupId a, GroupId v, GroupId b) noexcept {
    if (a == v) {
        return b == v ? BrokerRole::coordinator : BrokerRole::representative;
    }
    if (b == v) {
        return BrokerRole::gatekeeper;
    }
    return a == b ? BrokerRole::itinerant : BrokerRole::liaison;
}

class Counter {
public:
    Counter(GraphView g, const ForwardTies& ties, const GroupLabels& labels)
        : g_(g), ties_(ties), labels_(labels), closed_(g.vertex_count()), at_tie_(ties.tie_count(), 0) {}

    Brokerage count() {
        list_triangles();
        sum_chains();
        Brokerage result;
        result.actors.resize(g_.vertex_count());
        const std::vector<std::size_t> sizes = labels_.sizes();
        double actors = 0.0;
        for (const std::size_t size : sizes) {
            actors += static_cast<double>(size);
        }
        std::vector<Chances> chances;
        for (std::size_t own = 0; own < sizes.size(); ++own) {
            chances.push_back(chances_of(sizes, own, actors));
        }
        std::vector<std::uint64_t> to_group(labels_.group_count(), 0);
        for (const VertexId v : g_.vertices()) {
            if (group(v) != none<GroupId>) {
                ActorBrokerage& actor = result.actors[index_of(v)];
                count_roles(v, to_group, actor);
                expect_roles(v, chances[index_of(group(v))], actor);
                add_to_totals(actor, sizes, actors, result);
            }
        }
        return result;
    }

private:
    using Counts = std::array<std::uint64_t, broker_role_count>;

    [[nodiscard]] GroupId group(VertexId v) const noexcept { return labels_.first(v); }

    void list_triangles() {
        ties_.for_each_triangle([&](std::uint32_t v, std::uint32_t a, std::uint32_t b, std::uint64_t va,
                                    std::uint64_t ab, std::uint64_t vb) {
            const std::array<std::uint32_t, 3> corner = {v, a, b};
            std::array<GroupId, 3> of{};
            for (std::size_t i = 0; i < 3; ++i) {
                of[i] = group(ties_.vertex(corner[i]));
                if (of[i] == none<GroupId>) {
                    return;
                }
            }
            for (std::size_t i = 0; i < 3; ++i) {
                Counts& closed = closed_[index_of(ties_.vertex(corner[i]))];
                const GroupId x = of[(i + 1) % 3];
                const GroupId y = of[(i + 2) % 3];
                ++closed[static_cast<std::size_t>(role_of(x, of[i], y))];
                ++closed[static_cast<std::size_t>(role_of(y, of[i], x))];
            }
            ++at_tie_[va];
            ++at_tie_[ab];
            ++at_tie_[vb];
        });
    }

    /// Per vertex, over its partners: pairs of open pairs that share the partner.
    void sum_chains() {
        known_.assign(g_.vertex_count(), 0);
        for (const VertexId v : g_.vertices()) {
            for (const VertexId u : g_.neighbours(v)) {
                known_[index_of(v)] += group(u) != none<GroupId> ? 1U : 0U;
            }
        }
        chains_.assign(g_.vertex_count(), 0.0);
        for (std::uint32_t r = 0; r < ties_.vertex_count(); ++r) {
            for (std::uint64_t tie = ties_.begin(r); tie < ties_.end(r); ++tie) {
                const VertexId v = ties_.vertex(r);
                const VertexId u = ties_.vertex(ties_.target(tie));
                if (group(v) == none<GroupId> || group(u) == none<GroupId>) {
                    continue;
                }
                for (const VertexId end : {v, u}) {
                    const auto open = static_cast<double>(known_[index_of(end)] - 1 - at_tie_[tie]);
                    chains_[index_of(end)] += open * (open - 1.0) / 2.0;
                }
            }
        }
    }

    void count_roles(VertexId v, std::vector<std::uint64_t>& to_group, ActorBrokerage& actor) const {
        for (const VertexId u : g_.neighbours(v)) {
            if (group(u) != none<GroupId>) {
                ++to_group[index_of(group(u))];
            }
        }
        const std::uint64_t own = std::exchange(to_group[index_of(group(v))], 0);
        const std::uint64_t other = known_[index_of(v)] - own;
        std::uint64_t alike = 0;    // ordered pairs of one other group
        std::uint64_t squares = 0;  // to take the same group off other^2
        for (const VertexId u : g_.neighbours(v)) {
            if (group(u) != none<GroupId>) {
                const std::uint64_t k = std::exchange(to_group[index_of(group(u))], 0);
                alike += k > 0 ? k * (k - 1) : 0;
                squares += k * k;
            }
        }
        const Counts all = {own > 0 ? own * (own - 1) : 0, alike, own * other, own * other,
                            other * other - squares};
        std::uint64_t ordered = 0;
        for (std::size_t r = 0; r < broker_role_count; ++r) {
            actor.roles[r].count = all[r] - closed_[index_of(v)][r];
            ordered += actor.roles[r].count;
        }
        actor.open_pairs = ordered / 2;
    }

    void expect_roles(VertexId v, const Chances& chances, ActorBrokerage& actor) const {
        const OpenPairs open{static_cast<double>(actor.open_pairs), chains_[index_of(v)]};
        const auto compare = [&](BrokerRole role, const RoleChances& chance, double per_pair) {
            compare_with_chance(actor.roles[static_cast<std::size_t>(role)], chance, open, per_pair);
        };
        compare(BrokerRole::coordinator, chances.coordinator, 2.0);
        compare(BrokerRole::itinerant, chances.itinerant, 2.0);
        compare(BrokerRole::gatekeeper, chances.gatekeeper, 1.0);
        compare(BrokerRole::representative, chances.gatekeeper, 1.0);
        compare(BrokerRole::liaison, chances.liaison, 2.0);
    }

    static void add_to_totals(const ActorBrokerage& actor, const std::vector<std::size_t>& sizes,
                              double actors, Brokerage& result) {
        for (std::size_t r = 0; r < broker_role_count; ++r) {
            result.totals[r] += actor.roles[r].count;
        }
        const double three = falling(actors, 3);
        if (!(three > 0.0)) {
            return;
        }
        double same = 0.0;   // all three of one group
        double pairs = 0.0;  // two of one group and one of another, in given places
        for (const std::size_t size : sizes) {
            const auto n = static_cast<double>(size);
            same += falling(n, 3) / three;
            pairs += falling(n, 2) * (actors - n) / three;
        }
        const double ordered = 2.0 * static_cast<double>(actor.open_pairs);
        const std::array<double, broker_role_count> shares = {same, pairs, pairs, pairs,
                                                              1.0 - same - 3.0 * pairs};
        for (std::size_t r = 0; r < broker_role_count; ++r) {
            result.expected_totals[r] += ordered * std::max(0.0, shares[r]);
        }
    }

    GraphView g_;
    const ForwardTies& ties_;
    const GroupLabels& labels_;
    std::vector<Counts> closed_;         ///< ordered pairs of partners that are tied, by role
    std::vector<std::uint64_t> at_tie_;  ///< triangles of actors with a group on each tie
    std::vector<std::uint64_t> known_;   ///< partners with a group
    std::vector<double> chains_;
};

}  // namespace

std::string_view to_code(BrokerRole role) noexcept {
    constexpr std::array<std::string_view, broker_role_count> codes = {
        "coordinator", "itinerant", "gatekeeper", "representative", "liaison"};
    return codes[static_cast<std::size_t>(role)];
}

Brokerage brokerage(GraphView g, const ForwardTies& ties, const GroupLabels& labels) {
    if (labels.vertex_count() != g.vertex_count()) {
        throw Error("brokerage: " + std::to_string(labels.vertex_count()) + " labels for " +
                    std::to_string(g.vertex_count()) + " vertices");
    }
    if (labels.multi_valued()) {
        Brokerage none;
        none.why = why_several_groups;
        return none;
    }
    return Counter(g, ties, labels).count();
}

Brokerage brokerage(GraphView g, const GroupLabels& labels) {
    return brokerage(g, ForwardTies(g), labels);
}

std::vector<std::array<std::uint64_t, broker_role_count>> directed_brokerage(
    std::span<const std::pair<VertexId, VertexId>> arcs, const GroupLabels& labels) {
    std::set<std::pair<VertexId, VertexId>> known;
    std::vector<std::vector<VertexId>> before(labels.vertex_count());
    std::vector<std::vector<VertexId>> behind(labels.vertex_count());
    for (const auto& [from, to] : arcs) {
        if (index_of(from) >= labels.vertex_count() || index_of(to) >= labels.vertex_count()) {
            throw Error("directed_brokerage: an arc leaves the " + std::to_string(labels.vertex_count()) +
                        " vertices");
        }
        if (from != to && !labels.of(from).empty() && !labels.of(to).empty() &&
            known.emplace(from, to).second) {
            behind[index_of(from)].push_back(to);
            before[index_of(to)].push_back(from);
        }
    }
    std::vector<std::array<std::uint64_t, broker_role_count>> result(labels.vertex_count());
    for (const VertexId v : IdRange<VertexId>(labels.vertex_count())) {
        for (const VertexId a : before[index_of(v)]) {
            for (const VertexId b : behind[index_of(v)]) {
                if (a != b && known.count({a, b}) == 0) {
                    const BrokerRole role = role_of(labels.first(a), labels.first(v), labels.first(b));
                    ++result[index_of(v)][static_cast<std::size_t>(role)];
                }
            }
        }
    }
    return result;
}

}  // namespace maillage

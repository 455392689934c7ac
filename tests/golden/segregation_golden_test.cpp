#include "engine/csr_graph.hpp"

#include "algorithms/segregation/nestedness.hpp"
#include "algorithms/segregation/openness.hpp"
#include "algorithms/segregation/spectral.hpp"
#include "algorithms/segregation/walks.hpp"

#include "tests/support/graphs.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <string>

using namespace maillage;
using namespace maillage::testing;

/// Published values (R package netseg, the papers) and regression values computed independently of this program.
namespace {

GroupLabels labels_of(const std::vector<std::string>& values) {
    const std::vector<std::string_view> cells(values.begin(), values.end());
    return {"group", cells};
}

GroupLabels karate_club() {
    std::vector<std::string> club;
    for (const std::uint32_t side : karate_clubs()) {
        club.emplace_back(side == 0 ? "Mr. Hi" : "Officer");
    }
    return labels_of(club);
}

const Indicator& find(const Openness& o, std::string_view id, std::string_view group = {}) {
    const auto found = std::find_if(o.indicators.begin(), o.indicators.end(),
                                    [&](const Indicator& i) { return i.id == id && i.group == group; });
    REQUIRE(found != o.indicators.end());
    return *found;
}

const NullModel& null_of(const Indicator& i, std::string_view model) {
    const auto found =
        std::find_if(i.null.begin(), i.null.end(), [&](const NullModel& n) { return n.model == model; });
    REQUIRE(found != i.null.end());
    return *found;
}

/// A network of the R package netseg, as arcs between named vertices with one attribute.
struct NetsegNetwork {
    std::vector<std::string> names, values;
    std::map<std::string, std::uint32_t> number;
    std::vector<std::pair<VertexId, VertexId>> arcs;

    [[nodiscard]] VertexId vertex(const std::string& name) const { return id_at<VertexId>(number.at(name)); }
    [[nodiscard]] GroupLabels labels() const { return labels_of(values); }
    /// Pairs with an arc one way or the other, or (mutual) both ways.
    [[nodiscard]] CsrGraph graph(bool mutual) const {
        std::set<std::pair<VertexId, VertexId>> seen(arcs.begin(), arcs.end());
        std::vector<Tie> ties;
        for (const auto& [a, b] : seen) {
            const bool both = seen.count({b, a}) > 0;
            if ((mutual && both && a < b) || (!mutual && (a < b || !both))) {
                ties.push_back({a, b, 1.0});
            }
        }
        return CsrGraph::from_ties(names.size(), ties);
    }
};

std::vector<std::vector<std::string>> rows_of(const std::string& file) {
    std::ifstream in(std::string(MAILLAGE_SOURCE_DIR) + "/../shared/data/netseg/" + file);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(in, line);  // the header
    while (std::getline(in, line)) {
        auto& row = rows.emplace_back(1);
        for (const char c : line) {
            if (c == ',') {
                row.emplace_back();
            } else if (c != '\r') {
                row.back() += c;
            }
        }
    }
    return rows;
}

std::optional<NetsegNetwork> netseg_network(const std::string& name) {
    NetsegNetwork network;
    for (const auto& row : rows_of(name + "-vdb.csv")) {
        network.number.emplace(row[0], static_cast<std::uint32_t>(network.names.size()));
        network.names.push_back(row[0]);
        network.values.push_back(row[1]);
    }
    for (const auto& row : rows_of(name + "-edb.csv")) {
        network.arcs.emplace_back(network.vertex(row[0]), network.vertex(row[1]));
    }
    if (network.names.empty()) {
        WARN("../shared/data/netseg is not there: " << name << " is not checked");
        return std::nullopt;
    }
    return network;
}

/// SSI of every vertex.
SpectralSegregation ssi(GraphView g, const GroupLabels& labels) {
    const GroupCodes codes(labels);
    TieArrays inner;
    const GraphView plain(g.offsets(), g.targets(), {});
    fill_inner_ties(plain, codes, codes.of_vertices(), inner);
    return spectral_segregation(inner.view(), strengths(plain));
}

}  // namespace

TEST_CASE("segregation: spectral segregation of the EF3 network, as the paper prints it",
          "[segregation][golden]") {
    const auto ef3 = netseg_network("EF3");
    if (!ef3) {
        return;
    }
    const CsrGraph graph = ef3->graph(false);
    CHECK(graph.edge_count() == 49);
    const SpectralSegregation s = ssi(graph, ef3->labels());
    const auto of = [&](const std::string& name) { return s.of[index_of(ef3->vertex(name))]; };
    for (const auto& [name, value] : std::map<std::string, double>{{"B1", .8744},
                                                                   {"B2", .6226},
                                                                   {"C1", 1.2622},
                                                                   {"C2", .9150},
                                                                   {"D1", .9312},
                                                                   {"D3", .2949},
                                                                   {"D4", .1026},
                                                                   {"C5", .25},
                                                                   {"B5", .25}}) {
        CAPTURE(name);
        CHECK(of(name) == Approx(value).epsilon(0).margin(5e-5));
    }
    CHECK(s.eigenvalue[index_of(ef3->vertex("B1"))] == Approx(.718503).epsilon(0).margin(5e-7));
    CHECK(s.eigenvalue[index_of(ef3->vertex("B5"))] == Approx(.25));
    const bool other = std::any_of(s.eigenvalue.begin(), s.eigenvalue.end(),
                                   [](double x) { return std::abs(x - .806871) < 5e-7; });
    CHECK(other);

    const MixingMatrix m = mixing_matrix(graph, ef3->labels(), false);
    CHECK(*ei_index(m.external, m.internal).value == Approx(-15.0 / 49));
    CHECK(*assortativity(m).r.value == Approx(591.0 / 2257));
    CHECK(*freeman(m).value == Approx(481.0 / 1960));
    CHECK(*odds_ratio(m).ratio.value == Approx(5856.0 / 3451));
}

TEST_CASE("segregation: the classroom of netseg, directed and mutual", "[segregation][golden]") {
    const auto classroom = netseg_network("classroom");
    if (!classroom) {
        return;
    }
    const GroupLabels labels = classroom->labels();
    REQUIRE(labels.names() == std::vector<std::string>{"Boy", "Girl"});
    const MixingMatrix directed = directed_mixing_matrix(classroom->arcs, labels);
    CHECK(directed.ties() == 88);
    CHECK(*ei_index(directed.external, directed.internal).value == Approx(-37.0 / 44));
    CHECK(*coleman(directed, 0).value == Approx(248.0 / 273));
    CHECK(*coleman(directed, 1).value == Approx(473.0 / 598));
    CHECK(*odds_ratio(directed).ratio.value == Approx(8937.0 / 539));
    // netseg symmetrises the matrix and prints .8408885; Newman's formula is about the arcs as they are
    CHECK(*assortativity(directed).r.value == Approx(815.0 / 969));
    // netseg copies the upper triangle over the lower and prints .9518002
    CHECK(*gupta_anderson_may(directed).value == Approx(.8436853).epsilon(0).margin(5e-8));
    // netseg divides both groups by the density of the first and prints .9138241
    CHECK(*segregation_matrix_index(directed, 1).value == Approx(.7976391).epsilon(0).margin(5e-8));

    const CsrGraph mutual = classroom->graph(true);
    const Openness o = openness(mutual, labels);
    CHECK(*find(o, "ei").value == Approx(-20.0 / 22));
    CHECK(*find(o, "assortativity").value == Approx(439.0 / 483));
    CHECK(*find(o, "freeman").value == Approx(261.0 / 286));
    CHECK(*find(o, "gupta_anderson_may").value == Approx(.9089026915).epsilon(1e-9));
    CHECK(*find(o, "odds_ratio").value == Approx(26.1333333).epsilon(1e-8));
    const SpectralSegregation s = ssi(mutual, labels);
    CHECK(s.of[0] == Approx(1.1392193).epsilon(0).margin(5e-8));
    CHECK(s.of[1] == Approx(.7033670).epsilon(0).margin(5e-8));
    CHECK(s.of[12] == Approx(.7151930).epsilon(0).margin(5e-8));
}

TEST_CASE("segregation: white kinship of netseg", "[segregation][golden]") {
    const auto white = netseg_network("WhiteKinship");
    if (!white) {
        return;
    }
    const CsrGraph graph = white->graph(false);
    CHECK(graph.edge_count() == 22);
    const Openness o = openness(graph, white->labels());
    CHECK(*find(o, "ei").value == Approx(-2.0 / 11));
    CHECK(*find(o, "ei_rescaled").value == Approx(-0.3));
    CHECK(*find(o, "freeman").value == Approx(29.0 / 110));
    CHECK(*find(o, "assortativity").value == Approx(29.0 / 161));
    CHECK(*find(o, "coleman", "female").value == Approx(8.0 / 35));
    CHECK(*find(o, "coleman", "male").value == Approx(34.0 / 115));
    const SpectralSegregation s = ssi(graph, white->labels());
    CHECK(s.of[index_of(white->vertex("Mother"))] == Approx(.378494).epsilon(0).margin(5e-7));
    CHECK(s.of[index_of(white->vertex("Father"))] == Approx(.405392).epsilon(0).margin(5e-7));
    CHECK(s.eigenvalue[index_of(white->vertex("Mother"))] == Approx(.6055423862).epsilon(0).margin(5e-11));
    CHECK(s.eigenvalue[index_of(white->vertex("Father"))] == Approx(.6573417427).epsilon(0).margin(5e-11));
}

TEST_CASE("segregation: the Catania table of netseg", "[segregation][golden]") {
    MixingMatrix m;
    m.groups = 4;
    m.arcs_per_tie = 1.0;
    m.arcs.assign(16, 0.0);
    const std::map<std::string, std::size_t> place = {
        {"black", 0}, {"hispanic", 1}, {"white", 2}, {"other", 3}};
    double inside = 0;
    double all = 0;
    for (const auto& row : rows_of("Catania.csv")) {
        const double n = std::stod(row[2]);
        m.arcs[place.at(row[0]) * 4 + place.at(row[1])] += n;
        all += n;
        inside += row[0] == row[1] ? n : 0;
    }
    if (all == 0) {
        WARN("../shared/data/netseg is not there: Catania is not checked");
        return;
    }
    CHECK(*assortativity(m).r.value == Approx(.6214458754).epsilon(1e-9));
    CHECK(*ei_index(all - inside, inside).value == Approx(-466.0 / 979));
}

TEST_CASE("segregation: karate by walks and eigenvalues", "[segregation][golden]") {
    const CsrGraph graph = karate();
    const GroupLabels club = karate_club();
    const Openness o = openness(graph, club);
    CHECK(*find(o, "spectral_segregation", "Mr. Hi").value == Approx(.9191195).epsilon(0).margin(5e-8));
    CHECK(*find(o, "spectral_segregation", "Officer").value == Approx(.8792846).epsilon(0).margin(5e-8));
    CHECK(*find(o, "bubble_radius").value == Approx(6.4075478).epsilon(0).margin(5e-8));
    CHECK(*find(o, "bubble_radius").value * 34 == Approx(217.856626).epsilon(0).margin(5e-7));
    CHECK(*find(o, "steps_to_another_group").value == Approx(10.0932979).epsilon(0).margin(5e-8));
    const auto actor = [&](std::size_t v) {
        return *std::find_if(o.actors.begin(), o.actors.end(),
                             [v](const ActorOpenness& a) { return index_of(a.vertex) == v; });
    };
    CHECK(actor(0).bubble == Approx(6.908159).epsilon(0).margin(5e-7));
    CHECK(actor(33).bubble == Approx(5.545924).epsilon(0).margin(5e-7));
    CHECK(actor(8).bubble == Approx(3.111689).epsilon(0).margin(5e-7));
    CHECK(actor(16).bubble == Approx(8.967224).epsilon(0).margin(5e-7));

    const GraphView plain(graph.view().offsets(), graph.view().targets(), {});
    const GroupCodes codes(club);
    TieArrays inner;
    fill_inner_ties(plain, codes, codes.of_vertices(), inner);
    const std::vector<double> degree = strengths(plain);
    const auto steps = steps_to_another_group(inner.view(), degree);
    CHECK(*steps[0] == Approx(11.919840).epsilon(0).margin(5e-7));
    CHECK(*steps[33] == Approx(7.599097).epsilon(0).margin(5e-7));
    CHECK(*steps[8] == Approx(4.747493).epsilon(0).margin(5e-7));
    CHECK(*steps[16] == Approx(17.253173).epsilon(0).margin(5e-7));

    std::vector<std::uint8_t> side;
    for (const std::uint32_t s : karate_clubs()) {
        side.push_back(s == 0 ? 1 : 0);
    }
    constexpr std::array<std::pair<std::uint32_t, double>, 4> controversies = {
        {{1, .6129846}, {2, .7017097}, {3, .7918838}, {5, .8482143}}};
    for (const auto& [k, value] : controversies) {
        CAPTURE(k);
        CHECK(*controversy(plain, degree, side, {.elites = k}).walk.value ==
              Approx(value).epsilon(0).margin(5e-8));
    }
    CHECK(*find(o, "random_walk_controversy").value == Approx(.7017097).epsilon(0).margin(5e-8));

    CHECK(*find(o, "modularity_declared").value == Approx(.3582347).epsilon(0).margin(5e-8));
    CHECK(*o.found->found_modularity == Approx(1277.0 / 3042));
    CHECK(*find(o, "modularity_ratio").value == Approx(.8533673).epsilon(0).margin(5e-8));
    CHECK(*find(o, "ami_declared").value == Approx(.5666659).epsilon(0).margin(5e-8));
    const Indicator& q = find(o, "gupta_anderson_may");
    CHECK(*q.value == Approx(.7175309).epsilon(0).margin(5e-8));
}

TEST_CASE("segregation: karate against drawn networks", "[segregation][golden]") {
    const CsrGraph graph = karate();
    const Openness o = openness(graph, karate_club(), {.replicates = 999, .rewiring = true});
    const NullModel& rewired = null_of(find(o, "ei"), "degree_preserving");
    CHECK((rewired.mean + 1) / 2 * 78 ==
          Approx(40.18).epsilon(0).margin(.45));  // of 1,500 replicates: 40.18, sd 3.76
    CHECK(rewired.sd / 2 * 78 == Approx(3.76).epsilon(0).margin(.35));
    CHECK(*rewired.p == Approx(2.0 / 1000));
    CHECK(rewired.replicates == 999);
    // what is drawn agrees with what is computed: freeman and E-I are the same up to scale
    const NullModel& exact = null_of(find(o, "ei"), "label_permutation");
    const NullModel& drawn = null_of(find(o, "freeman"), "label_permutation");
    CHECK(*drawn.z == Approx(-*exact.z).epsilon(.1));
    CHECK(null_of(find(o, "modularity_ratio"), "label_permutation").p ==
          null_of(find(o, "modularity_declared"), "label_permutation").p);
    for (const Indicator& i : o.indicators) {
        CAPTURE(i.id, i.group);
        for (const NullModel& n : i.null) {
            CHECK(n.p.has_value() == (i.id != "boundary_connectivity"));
            CHECK(n.p.value_or(1) > 0);
            CHECK(n.p.value_or(1) <= 1);
        }
    }
}

TEST_CASE("segregation: karate with weights", "[segregation][golden]") {
    // contexts in which two members met (Zachary 1977), in the order of karate()
    constexpr std::array<double, 78> weights = {4, 5, 3, 3, 3, 3, 2, 2, 2, 3, 1, 3, 2, 2, 2, 2, 6, 3, 4, 5,
                                                1, 2, 2, 2, 3, 4, 5, 1, 3, 2, 2, 2, 3, 3, 3, 2, 3, 5, 3, 3,
                                                3, 3, 3, 4, 2, 3, 3, 2, 3, 4, 1, 2, 1, 3, 1, 2, 3, 5, 4, 3,
                                                5, 4, 2, 3, 2, 7, 4, 2, 4, 2, 2, 4, 2, 3, 3, 4, 4, 5};
    const CsrGraph plain = karate();
    std::vector<Tie> ties;
    for (const VertexId v : plain.view().vertices()) {
        for (const VertexId u : plain.view().neighbours(v)) {
            if (v < u) {
                ties.push_back({v, u, weights[ties.size()]});
            }
        }
    }
    const CsrGraph graph = CsrGraph::from_ties(34, ties);
    const Openness o = openness(graph, karate_club(), {.weighted = true});
    CHECK(o.mixing.ties() == 231);
    CHECK(o.mixing.external == 25);
    CHECK(*find(o, "ei").value == Approx(-.7835498).epsilon(0).margin(5e-8));
    const NullModel& null = null_of(find(o, "ei"), "label_permutation");
    CHECK((null.mean + 1) / 2 * 231 == Approx(119));
    CHECK(null.sd / 2 * 231 == Approx(12.1715901).epsilon(0).margin(5e-8));
    CHECK(*null.z == Approx(-7.7229022).epsilon(0).margin(5e-8));
    CHECK(*find(o, "modularity_declared").value == Approx(.3914376).epsilon(0).margin(5e-8));
}

TEST_CASE("segregation: participation of the karate members in the four optimal communities",
          "[segregation][golden]") {
    const std::array<int, 34> member = {0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 0, 2, 2, 1,
                                        0, 2, 0, 2, 0, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 2, 2};
    std::vector<std::string> values;
    for (const int c : member) {
        values.push_back(std::to_string(c));
    }
    const CsrGraph graph = karate();
    const Openness o = openness(graph, labels_of(values));
    const auto participation = [&](std::size_t v) {
        return *std::find_if(o.actors.begin(), o.actors.end(), [v](const ActorOpenness& a) {
                    return index_of(a.vertex) == v;
                })->participation.value;
    };
    CHECK(participation(0) == Approx(.539062).epsilon(0).margin(5e-7));
    CHECK(participation(33) == Approx(.512111).epsilon(0).margin(5e-7));
    CHECK(participation(2) == Approx(.62));
    CHECK(*find(o, "modularity_ratio").value == Approx(1.0));
    CHECK(*find(o, "ami_declared").value == Approx(1.0));
    CHECK(*find(o, "ei").value == Approx(-18.0 / 39));
}

TEST_CASE("segregation: boundary connectivity of netseg's test graph", "[segregation][golden]") {
    const std::array<std::uint32_t, 100> ends = {
        1,  3,  2,  4,  3,  4,  1,  5,  3,  5,  4,  5,  2,  6,  1,  7,  2,  7,  3,  7,  5,  7,  1,  8,  5,
        8,  7,  8,  1,  9,  2,  9,  8,  9,  1,  10, 2,  10, 4,  10, 6,  10, 1,  11, 3,  12, 9,  14, 9,  17,
        6,  20, 11, 12, 11, 14, 12, 14, 11, 15, 12, 15, 13, 15, 14, 15, 11, 16, 13, 16, 15, 16, 12, 17, 16,
        17, 11, 18, 12, 18, 13, 18, 14, 18, 15, 18, 13, 19, 17, 19, 18, 19, 15, 20, 18, 20, 20, 21, 6,  21};
    Pairs pairs;
    for (std::size_t i = 0; i < ends.size(); i += 2) {
        pairs.emplace_back(ends[i] - 1, ends[i + 1] - 1);
    }
    std::vector<std::string> values(21, "b");
    std::fill(values.begin(), values.begin() + 10, "a");
    const CsrGraph graph = graph_of(21, pairs);
    const Openness o = openness(graph, labels_of(values));
    CHECK(*find(o, "boundary_connectivity").value == Approx(.2));  // .20000831 with netseg's 0.0001 added
}

TEST_CASE("segregation: nestedness, dyadicity, core and periphery", "[segregation][golden]") {
    // Almeida-Neto et al. 2008, figure 1
    const std::array<std::uint8_t, 25> table = {1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
                                                1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0};
    const Nestedness n = nodf(5, 5, table);
    CHECK(*n.rows == Approx(53.33).epsilon(0).margin(.005));
    CHECK(*n.columns == Approx(63.33).epsilon(0).margin(.005));
    CHECK(*n.all == Approx(58.33).epsilon(0).margin(.005));
    const std::array<std::uint8_t, 9> triangle = {1, 1, 1, 1, 1, 0, 1, 0, 0};
    CHECK(*nodf(3, 3, triangle).all == Approx(100));
    CHECK_FALSE(nodf(1, 1, std::array<std::uint8_t, 1>{1}).all);

    const CsrGraph graph = karate();
    const CorePeriphery core = core_periphery(graph);
    CHECK(core.core == 5);
    CHECK(*core.correlation == Approx(.431475).epsilon(0).margin(5e-7));
    const CsrGraph nobody_tied = empty_graph(4);
    CHECK_FALSE(core_periphery(nobody_tied).correlation);

    MixingMatrix m;  // 40 actors, 39 ties, 10 of one kind: 6 ties among them, 13 to the others
    m.groups = 2;
    m.arcs = {12, 13, 13, 40};
    m.sizes = {10, 30};
    m.actors = 40;
    m.internal = 26;
    m.external = 13;
    m.internal_dyads = 45 + 435;
    m.external_dyads = 300;
    const Dyadicity d = dyadicity(m, 0);
    CHECK(*d.dyadicity.value == Approx(2.6666667));
    CHECK(*d.heterophilicity.value == Approx(.8666667));
}

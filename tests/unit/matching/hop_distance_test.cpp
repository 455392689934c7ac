#include "algorithms/matching/hop_distance.hpp"

#include "engine/csr_graph.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace {

using namespace maillage;

//  0---1---2---3    5---6
//      |       |
//      4-------+
TEST_CASE("HopDistance: counts the ties of a shortest way, and answers again and again", "[matching][unit]") {
    const std::vector<Tie> list = {{VertexId{0}, VertexId{1}}, {VertexId{1}, VertexId{2}},
                                   {VertexId{2}, VertexId{3}}, {VertexId{1}, VertexId{4}},
                                   {VertexId{3}, VertexId{4}}, {VertexId{5}, VertexId{6}}};
    const CsrGraph graph = CsrGraph::from_ties(8, list);
    HopDistance distance(graph);
    for (int again = 0; again < 3; ++again) {
        CHECK(distance.between(VertexId{0}, VertexId{0}) == 0U);
        CHECK(distance.between(VertexId{0}, VertexId{1}) == 1U);
        CHECK(distance.between(VertexId{0}, VertexId{3}) == 3U);
        CHECK(distance.between(VertexId{3}, VertexId{0}) == 3U);
        CHECK(distance.between(VertexId{2}, VertexId{4}) == 2U);
        CHECK_FALSE(distance.between(VertexId{0}, VertexId{5}).has_value());
        CHECK_FALSE(distance.between(VertexId{7}, VertexId{0}).has_value());
    }
}

}  // namespace

#pragma once

#include "engine/network.hpp"
#include "engine/network_builder.hpp"

#include "io/formats/read_context.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Graphs as datasets: nodes are actors, edges partnerships.
namespace maillage::io {

/// Which attribute is which field, where somebody says so (--map).
struct GraphMap {
    struct Choice {
        std::string field;      ///< of the contract: "kind", "expertises", "start", …
        std::string attribute;  ///< as the file calls it
        Place where;            ///< in the map
    };
    std::string file;  ///< of the map, for messages; empty: no map
    std::vector<Choice> actor, partnership;
    std::string list_separator;  ///< of expertises; empty: found out
    std::string graph;           ///< id of the graph to read
    bool add_missing_nodes = false;
    /// Nodes of which this attribute has this value are partnerships, and their edges memberships.
    std::optional<std::pair<std::string, std::string>> partnership_nodes;
};

/// Reads a map:
///     {"actor": {"kind": "type", "expertises": "skills", "seeks": "needs"}, "partnership": {"start": "year"},
///      "list_separator": ",", "graph": "g2", "add_missing_nodes": true,
///      "partnership_nodes": {"attribute": "bipartite", "value": "1"}}
/// Errors  As diagnostics of the context: not JSON, an unknown member or field (with the nearest names), a value of the
///         wrong type.
[[nodiscard]] GraphMap read_graph_map(std::string_view text, ReadContext& context);

/// Hands the tables to a builder.
///
/// Definition  A node is an actor: its name is the attribute called name, the label of the format, or a synonym (see
///             tables.hpp), else its id; kind, place, country, lat, lon and url likewise; a list of expertises
///             (`expertises`, `compétences`, …; `seeks`, `besoins`, …) becomes expertises held; every other attribute is
///             one of the actor. An edge is a partnership of its ends: name, kind, start, end, status, weight, expertises,
///             source. Its id is the edge's where all have different ones, else made of the ids of its ends. Nodes of a
///             second mode are partnerships, edges to them memberships. Edges with the same value of `partnership` are
///             one partnership of all their ends.
/// Notes       Directed edges (partnerships have no direction), attributes of edges that a partnership has no place for,
///             dates that are none, weights that are not positive (the edge is left out): said once each, with the
///             number of cases.
/// Errors      An edge to a node that is not declared (add_missing_nodes adds it), an empty id, a map that names an
///             attribute that is not there; and what the builder finds.
/// Cost        O(size of the tables).
void add_graph(const GraphTables& tables, const GraphMap& map, NetworkBuilder& builder, ReadContext& context);

/// A network as a graph, with what is lost in it, a sentence each.
///
/// Definition  The reverse of add_graph. A partnership of two is an edge; one of k > 2 is an edge for each pair with
///             weight/(k-1), and its id in the column `partnership`, so that reading puts it together again; of one, a
///             loop. Expertises are lists of ids. The tables refer to the network.
[[nodiscard]] GraphTables graph_of(const Network& network, std::vector<LocalText>& lost);

}  // namespace maillage::io

#pragma once

#include "engine/network.hpp"

#include "io/formats/read_context.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// The formats of graphs that are read or written as one file, and the folders of tables that others import.
enum class GraphFormat : std::uint8_t {
    graphml,
    gexf,
    gml,
    pajek,
    jgf,
    node_link,
    graphology,
    cx2,
    cytoscape,
    matrix_market,
    edge_list,
    tables,
    xlsx,
    neo4j,
    graphframes,
    json_ld
};

struct FormatInfo {
    GraphFormat format{};
    std::string_view code;    ///< of --to
    std::string_view ending;  ///< ".graphml"; empty for a folder
    std::string_view name;    ///< for people
    bool reads = false, writes = false;
};

/// Every format, in the order of the help.
[[nodiscard]] std::span<const FormatInfo> graph_formats() noexcept;
[[nodiscard]] const FormatInfo& info_of(GraphFormat format) noexcept;
[[nodiscard]] std::optional<GraphFormat> format_with_code(std::string_view code) noexcept;
[[nodiscard]] std::optional<GraphFormat> format_with_ending(std::string_view ending) noexcept;

/// The format of a text, told by what stands in it; empty when it is none of the text formats. JSON graphs of all
/// dialects are node_link here: the reader tells them apart as it goes.
/// Cost  The first lines; for JSON up to the member that decides.
[[nodiscard]] std::optional<GraphFormat> detect_graph_format(std::string_view text);

struct GraphReadOptions {
    std::string graph;  ///< id of the graph to read where a file holds several; empty: the first
};

/// Reads a text of a format into tables. Everything that is wrong becomes a diagnostic of the context; false when
/// the text was not read to its end.
/// Cost  O(bytes). The tables refer to the text.
bool read_graph(GraphFormat format, std::string_view text, const GraphReadOptions& options,
                GraphTables& tables, ReadContext& context);

// The readers one by one; each as read_graph.
bool read_graphml(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                  ReadContext& context);
bool read_gexf(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
               ReadContext& context);
bool read_gml(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
              ReadContext& context);
bool read_pajek(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                ReadContext& context);
bool read_graph_json(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                     ReadContext& context);
bool read_matrix_market(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                        ReadContext& context);
bool read_edge_list(std::string_view text, const GraphReadOptions& options, GraphTables& tables,
                    ReadContext& context);

/// Writes tables. What the format cannot hold is said in `lost`, a sentence each.
void write_graph(GraphFormat format, std::ostream& out, const GraphTables& tables,
                 std::vector<LocalText>& lost);

void write_graphml(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);
void write_gexf(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);
void write_gml(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);
void write_pajek(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);
void write_graph_json(GraphFormat format, std::ostream& out, const GraphTables& tables,
                      std::vector<LocalText>& lost);
void write_matrix_market(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);
void write_edge_list(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost);

/// Whether a value is what its column is declared to hold (a wrong one is said as a warning and kept).
void check_value(const GraphColumn& column, std::string_view value, Place where, ReadContext& context);

}  // namespace maillage::io

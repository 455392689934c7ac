#pragma once

#include "engine/network.hpp"

#include "io/csv.hpp"
#include "io/formats/read_context.hpp"
#include "io/row_source.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// What a table of a graph lists.
enum class GraphTableRole : std::uint8_t { none, nodes, edges };

/// What the columns of a table say it is: edges have a source and a target (also From and To, De and Vers, :START_ID
/// and :END_ID), nodes have an id or a name.
[[nodiscard]] GraphTableRole role_of(const std::vector<CsvField>& header);

/// Reads to the row that names the columns: the first that role_of() knows; rows of one cell above it are a title.
/// `titles`: how many there were. `header` is empty when the rows ended before.
[[nodiscard]] GraphTableRole find_graph_header(RowSource& rows, std::vector<CsvField>& header,
                                               std::size_t& titles);

/// Visits the ids of a table of nodes of neo4j-admin whose ids are of a group, as in `:ID(Person)`; the group, empty otherwise.
std::string visit_grouped_ids(std::string_view text, const std::function<void(std::string_view)>& visit);

/// Whether a CSV text is one table of nodes or edges with names of columns that are known.
[[nodiscard]] bool is_graph_table(std::string_view text);

/// Reads one table, told by its columns: as Gephi (Id, Label; Source, Target, Type, Id, Weight), Kumu (Label, Type,
/// Tags; From, To) and neo4j-admin (name:ID, :LABEL; :START_ID, :END_ID, :TYPE) write them. A table of nodes without ids
/// is a list of actors by name. With edges alone, the nodes are those that they name.
/// `only_table`: a table that is neither is an error, and with edges alone their ends need no node.
bool read_graph_rows(RowSource& rows, bool only_table, GraphTables& tables, ReadContext& context);
bool read_graph_table(std::string_view text, GraphTables& tables, ReadContext& context,
                      bool only_table = true);

/// How write_graph_tables gets its files: as FileWriter of write_dataset.hpp.
using GraphFileWriter =
    std::function<void(const std::string& name, const std::function<void(std::ostream&)>& body)>;
enum class GraphTableStyle : std::uint8_t { gephi, neo4j, graphframes };
void write_graph_tables(GraphTableStyle style, const GraphTables& tables, const GraphFileWriter& write_file,
                        std::vector<LocalText>& lost);

}  // namespace maillage::io

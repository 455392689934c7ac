#pragma once

#include "io/kept_texts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What every reader of a graph format makes and every writer of one takes.
namespace maillage::io {

/// Where something stands; both from 1, columns in bytes of the decoded line. 0: nowhere.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// A text that somebody else keeps, in 12 bytes that need no alignment of 8: an edge fits into half a line of the cache.
class GraphText {
public:
    GraphText() noexcept : GraphText(std::string_view("")) {}
    GraphText(std::string_view text) noexcept  // NOLINT(google-explicit-constructor): a text is a text
        : size_(static_cast<std::uint32_t>(text.size())) {
        const char* const data = text.data();
        std::memcpy(address_.data(), &data, sizeof data);
    }
    [[nodiscard]] std::string_view view() const noexcept {
        const char* data = nullptr;
        std::memcpy(&data, address_.data(), sizeof data);
        return {data, size_};
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

private:
    alignas(std::uint32_t) std::array<char, sizeof(const char*)> address_{};
    std::uint32_t size_;
};

/// What a column is said to hold. Values stay texts, as they were written.
enum class ValueType : std::uint8_t { text, boolean, integer, real, list };

/// An attribute of nodes or of edges.
struct GraphColumn {
    std::string name;
    ValueType type = ValueType::text;
    /// The format itself has a place for it (a label, a weight, a date), so it means what its name says.
    bool native = false;
    std::size_t values = 0;  ///< that are not empty
};

struct GraphValue {
    GraphText text;  ///< items of a list are joined by '|'
    std::uint32_t column = 0;
    std::uint32_t line = 0, place_column = 0;
};

struct GraphNode {
    std::uint32_t name = 0;  ///< which name (GraphTables::name)
    std::uint32_t mode = 0;  ///< 1: of the second mode of a two-mode network
    Place where;
    std::uint32_t values = 0;  ///< the first of its values
};

/// An edge of two ends, or of any number of members.
struct GraphEdge {
    GraphText id;              ///< may be empty
    std::uint32_t values = 0;  ///< the first of its values
    Place where;
    std::uint32_t first_end = 0;  ///< its part of GraphTables::ends()
    std::uint32_t ends : 31 = 0;
    std::uint32_t directed : 1 = 0;
};

/// An end of an edge: the number of a name, or a name whose number is asked for together with others (GraphTables::end).
struct GraphEnd {
    GraphText text;
    std::uint32_t name = static_cast<std::uint32_t>(-1);  ///< not yet known

    GraphEnd() = default;
    GraphEnd(std::uint32_t number) noexcept : name(number) {}  // NOLINT(google-explicit-constructor)
};

/// Nodes and edges with attributes, as texts with their places.
///
/// Definition  Nodes have names, which edges refer to; a name may be referred to before its node comes, and may have
///             none. Values are kept where they are not empty. Nothing is checked here and nothing is merged:
///             two nodes may have one name.
/// Texts       What is handed in as GraphText must live as long as the tables; keep() copies.
/// Limits      2^31 - 1 values of nodes, values of edges and ends; add_… throws Error beyond.
/// Cost        add: O(length) expected; 32 bytes an edge and 4 an end, 20 a node, 24 a value, 40 a name, and the texts kept.
class GraphTables {
public:
    GraphTables();
    GraphTables(const GraphTables&) = delete;
    GraphTables& operator=(const GraphTables&) = delete;
    GraphTables(GraphTables&&) noexcept = default;
    GraphTables& operator=(GraphTables&&) noexcept = default;
    ~GraphTables() = default;

    static constexpr std::uint32_t nowhere = static_cast<std::uint32_t>(-1);

    /// The column with this name, made when it is new. A native one and another may have the same name.
    std::uint32_t node_column(std::string_view name, ValueType type = ValueType::text, bool native = false);
    std::uint32_t edge_column(std::string_view name, ValueType type = ValueType::text, bool native = false);

    /// The number of a name that nodes and edges share.
    std::uint32_t name(GraphText id);
    /// The same; the text is copied when it is new.
    std::uint32_t name_copied(std::string_view id);
    /// A name as the end of an edge, which is looked up with others so that the misses of the cache overlap: until settle() is
    /// called only nodes and values can be read.
    [[nodiscard]] GraphEnd end(GraphText id);
    /// The same; the text is copied unless it is a part of the source.
    [[nodiscard]] GraphEnd end_copied(std::string_view id);
    /// Every end has its number; readers call it behind the last edge.
    void settle();
    [[nodiscard]] std::string_view name_text(std::uint32_t name) const noexcept {
        return names_[name].text.view();
    }
    /// The first node with the name, or nowhere.
    [[nodiscard]] std::uint32_t node_named(std::uint32_t name) const noexcept { return names_[name].node; }
    [[nodiscard]] std::size_t names() const noexcept { return names_.size(); }

    void add_node(std::uint32_t name, Place where, std::span<const GraphValue> values,
                  std::uint32_t mode = 0);
    void add_edge(GraphText id, const GraphEnd& source, const GraphEnd& target, Place where, bool directed,
                  std::span<const GraphValue> values);
    void add_hyperedge(GraphText id, std::span<const std::uint32_t> members, Place where, bool directed,
                       std::span<const GraphValue> values);

    /// The text that is read, if it lives as long as the tables: its parts are not copied.
    void set_source(std::string_view text) noexcept { source_ = text; }
    /// A copy that lives as long as the tables, or the text itself where it is a part of the source.
    GraphText keep(std::string_view text);

    [[nodiscard]] const std::vector<GraphNode>& nodes() const noexcept { return nodes_; }
    [[nodiscard]] const std::vector<GraphEdge>& edges() const noexcept { return edges_; }
    [[nodiscard]] const std::vector<GraphColumn>& node_columns() const noexcept { return node_columns_; }
    [[nodiscard]] const std::vector<GraphColumn>& edge_columns() const noexcept { return edge_columns_; }
    [[nodiscard]] std::span<const GraphValue> values_of_node(std::size_t n) const noexcept;
    [[nodiscard]] std::span<const GraphValue> values_of_edge(std::size_t e) const noexcept;
    [[nodiscard]] std::span<const std::uint32_t> ends(const GraphEdge& edge) const noexcept {
        return std::span(ends_).subspan(edge.first_end, edge.ends);
    }
    /// Says that the ends and values of an edge will be looked at soon, so that they are on their way from memory.
    void ask_for_parts_of(const GraphEdge& edge) const noexcept {
        __builtin_prefetch(ends_.data() + edge.first_end);
        __builtin_prefetch(edge_values_.data() + edge.values);
    }
    [[nodiscard]] std::size_t value_count() const noexcept {
        return node_values_.size() + edge_values_.size();
    }

    void set_type(bool node, std::uint32_t column, ValueType type);

    std::string title;
    /// Edges may name nodes that nothing declares (edge lists).
    bool nodes_are_implied = false;
    /// Node ids are numbers that the format asks for; a column actor_id may have the ones that mean something.
    bool ids_are_numbers = false;
    /// Written by us: columns are called as the contract calls them, and no synonym is looked for.
    bool exact_names = false;
    /// The same id stands in several groups of neo4j-admin: the group is a part of it, "Person/1".
    bool ids_have_groups = false;
    /// What the format of the file is called, where one reader reads several; a literal.
    std::string_view dialect;

private:
    struct Name {
        GraphText text;
        std::uint32_t node = nowhere;
    };
    /// The beginning of a name stands in its slot: short ones are compared without a second miss of the cache.
    struct alignas(32) Slot {
        std::uint32_t hash = 0;
        std::uint32_t name = nowhere;
        std::uint32_t size = 0;
        char beginning[20] = {};
    };
    /// An end whose name is not yet looked up.
    struct Waiting {
        GraphText text;
        std::uint32_t hash = 0;
        std::uint32_t end = 0;  ///< in ends_
    };
    static std::uint32_t column_named(std::vector<GraphColumn>& columns, std::string_view name,
                                      ValueType type, bool native);
    static void count(std::vector<GraphColumn>& columns, std::vector<GraphValue>& kept,
                      std::span<const GraphValue> values);
    std::uint32_t find_or_add(GraphText id, std::uint32_t hash, bool copy);
    void put_end(const GraphEnd& end);
    void grow();
    /// Room for one more: for as many as the rest of the source will hold if it goes on like this, where that is known.
    template <class Item>
    void make_room(std::vector<Item>& items, std::size_t more);
    [[nodiscard]] bool in_source(std::string_view text) const noexcept;
    /// Where in the source the last name stood that was asked for, or 0.
    [[nodiscard]] std::size_t place_in_source() const noexcept;

    std::vector<GraphColumn> node_columns_, edge_columns_;
    std::vector<GraphNode> nodes_;
    std::vector<GraphEdge> edges_;
    std::vector<std::uint32_t> ends_;
    std::vector<GraphValue> node_values_, edge_values_;
    std::vector<Name> names_;
    std::vector<Slot> slots_;  ///< open addressing, a power of two
    std::vector<Waiting> waiting_;
    std::string_view source_;
    const char* last_name_ = nullptr;
    std::size_t first_edge_at_ = 0;  ///< in the source
    KeptTexts kept_;
};

}  // namespace maillage::io

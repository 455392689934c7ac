#include "io/formats/graph_tables.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace maillage::io {
namespace {

constexpr std::size_t first_slots = 1U << 10U;

/// @throws Error beyond 2^31 - 1.
std::uint32_t count32(std::size_t count) {
    if (count > 0x7FFFFFFFU) {
        throw Error("more than 2 billion values or ends of edges");
    }
    return static_cast<std::uint32_t>(count);
}

std::uint32_t hash_of(std::string_view text) noexcept {
    const std::size_t hash = std::hash<std::string_view>()(text);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

GraphTables::GraphTables() : slots_(first_slots) {}

std::uint32_t GraphTables::column_named(std::vector<GraphColumn>& columns, std::string_view name,
                                        ValueType type, bool native) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const GraphColumn& column) {
        return column.native == native && column.name == name;
    });
    if (found != columns.end()) {
        return static_cast<std::uint32_t>(found - columns.begin());
    }
    columns.push_back({std::string(name), type, native, 0});
    return static_cast<std::uint32_t>(columns.size() - 1);
}

std::uint32_t GraphTables::node_column(std::string_view name, ValueType type, bool native) {
    return column_named(node_columns_, name, type, native);
}

std::uint32_t GraphTables::edge_column(std::string_view name, ValueType type, bool native) {
    return column_named(edge_columns_, name, type, native);
}

void GraphTables::set_type(bool node, std::uint32_t column, ValueType type) {
    (node ? node_columns_ : edge_columns_)[column].type = type;
}

std::uint32_t GraphTables::name(GraphText id) {
    settle();
    return find_or_add(id, hash_of(id.view()), false);
}

std::uint32_t GraphTables::name_copied(std::string_view id) {
    settle();
    return find_or_add(id, hash_of(id), true);
}

GraphEnd GraphTables::end(GraphText id) {
    last_name_ = id.view().data();
    GraphEnd end;
    end.text = id;
    return end;
}

GraphEnd GraphTables::end_copied(std::string_view id) {
    return in_source(id) ? end(id) : GraphEnd(name_copied(id));
}

void GraphTables::put_end(const GraphEnd& end) {
    if (end.name == nowhere) {
        const std::uint32_t hash = hash_of(end.text.view());
        __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
        waiting_.push_back({end.text, hash, count32(ends_.size())});
    }
    ends_.push_back(end.name);
}

void GraphTables::settle() {
    for (const Waiting& end : waiting_) {
        ends_[end.end] = find_or_add(end.text, end.hash, false);
    }
    waiting_.clear();
}

std::uint32_t GraphTables::find_or_add(GraphText id, std::uint32_t hash, bool copy) {
    const std::string_view text = id.view();
    last_name_ = text.data();
    Slot wanted;
    wanted.hash = hash;
    wanted.size = id.size();
    std::memcpy(wanted.beginning, text.data(), std::min(text.size(), sizeof wanted.beginning));
    std::size_t at = wanted.hash & (slots_.size() - 1);
    while (slots_[at].name != nowhere) {
        const Slot& slot = slots_[at];
        if (slot.hash == wanted.hash && slot.size == wanted.size &&
            std::memcmp(slot.beginning, wanted.beginning, sizeof wanted.beginning) == 0 &&
            (wanted.size <= sizeof wanted.beginning || names_[slot.name].text.view() == text)) {
            return slot.name;
        }
        at = (at + 1) & (slots_.size() - 1);
    }
    wanted.name = static_cast<std::uint32_t>(names_.size());
    slots_[at] = wanted;
    const std::uint32_t number = wanted.name;
    names_.push_back({copy ? keep(text) : id, nowhere});
    if (names_.size() * 2 > slots_.size()) {
        grow();
    }
    return number;
}

void GraphTables::grow() {
    std::vector<Slot> wider(slots_.size() * 2);
    for (const Slot& slot : slots_) {
        if (slot.name != nowhere) {
            std::size_t at = slot.hash & (wider.size() - 1);
            while (wider[at].name != nowhere) {
                at = (at + 1) & (wider.size() - 1);
            }
            wider[at] = slot;
        }
    }
    slots_ = std::move(wider);
}

void GraphTables::count(std::vector<GraphColumn>& columns, std::vector<GraphValue>& kept,
                        std::span<const GraphValue> values) {
    for (const GraphValue& value : values) {
        if (!value.text.empty()) {
            ++columns[value.column].values;
            kept.push_back(value);
        }
    }
}

void GraphTables::add_node(std::uint32_t name, Place where, std::span<const GraphValue> values,
                           std::uint32_t mode) {
    if (names_[name].node == nowhere) {
        names_[name].node = static_cast<std::uint32_t>(nodes_.size());
    }
    nodes_.push_back({name, mode, where, count32(node_values_.size())});
    count(node_columns_, node_values_, values);
}

std::size_t GraphTables::place_in_source() const noexcept {
    const std::less<> before;
    return before(last_name_, source_.data()) || !before(last_name_, source_.data() + source_.size())
               ? 0
               : static_cast<std::size_t>(last_name_ - source_.data());
}

template <class Item>
void GraphTables::make_room(std::vector<Item>& items, std::size_t more) {
    constexpr std::size_t few = 4096;
    if (items.size() + more <= items.capacity()) {
        return;
    }
    const std::size_t at = place_in_source();
    std::size_t wanted = 2 * items.size() + more;
    if (items.size() >= few && at > first_edge_at_) {
        // every so many bytes one, and a little more, so that the guess is seldom made twice
        const double share =
            static_cast<double>(source_.size() - first_edge_at_) / static_cast<double>(at - first_edge_at_);
        const auto guess = static_cast<std::size_t>(1.03 * share * static_cast<double>(items.size())) + few;
        wanted = std::clamp(guess, items.size() + items.size() / 4 + more, 256 * items.size());
    }
    items.reserve(wanted);
}

void GraphTables::add_edge(GraphText id, const GraphEnd& source, const GraphEnd& target, Place where,
                           bool directed, std::span<const GraphValue> values) {
    constexpr std::size_t together = 32;
    if (waiting_.size() >= together) {
        settle();
    }
    if (edges_.empty()) {
        first_edge_at_ = place_in_source();
    }
    make_room(edges_, 1);
    make_room(ends_, 2);
    make_room(edge_values_, values.size());
    edges_.push_back({id, count32(edge_values_.size()), where, count32(ends_.size()), 2, directed ? 1U : 0U});
    put_end(source);
    put_end(target);
    count(edge_columns_, edge_values_, values);
}

void GraphTables::add_hyperedge(GraphText id, std::span<const std::uint32_t> members, Place where,
                                bool directed, std::span<const GraphValue> values) {
    edges_.push_back({id, count32(edge_values_.size()), where, count32(ends_.size()),
                      count32(members.size()) & 0x7FFFFFFFU, directed ? 1U : 0U});
    ends_.insert(ends_.end(), members.begin(), members.end());
    count(edge_columns_, edge_values_, values);
}

bool GraphTables::in_source(std::string_view text) const noexcept {
    return !std::less<>()(text.data(), source_.data()) &&
           !std::less<>()(source_.data() + source_.size(), text.data() + text.size());
}

GraphText GraphTables::keep(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (in_source(text)) {
        return text;
    }
    return kept_.keep(text);
}

std::span<const GraphValue> GraphTables::values_of_node(std::size_t n) const noexcept {
    const std::uint64_t end = n + 1 < nodes_.size() ? nodes_[n + 1].values : node_values_.size();
    return std::span(node_values_).subspan(nodes_[n].values, end - nodes_[n].values);
}

std::span<const GraphValue> GraphTables::values_of_edge(std::size_t e) const noexcept {
    const std::uint64_t end = e + 1 < edges_.size() ? edges_[e + 1].values : edge_values_.size();
    return std::span(edge_values_).subspan(edges_[e].values, end - edges_[e].values);
}

}  // namespace maillage::io

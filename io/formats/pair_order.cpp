#include "io/formats/pair_order.hpp"

#include "engine/text_order.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace maillage::io {
namespace {

constexpr std::string_view between = "--";

bool ends_with_number(std::string_view name) noexcept {
    const std::size_t before = name.find_last_not_of("0123456789");
    return before != std::string_view::npos && before + 1 < name.size() && name[before] == ' ';
}

/// Places of texts in their order; equal texts have the same place.
struct Ranks {
    std::vector<std::uint32_t> of;         ///< by text
    std::vector<std::string_view> sorted;  ///< by place
};

Ranks ranks_of(std::span<const std::string_view> texts) {
    Ranks ranks;
    ranks.of.resize(texts.size());
    ranks.sorted.reserve(texts.size());
    for (const std::uint32_t i : text_order(texts)) {
        if (ranks.sorted.empty() || ranks.sorted.back() != texts[i]) {
            ranks.sorted.push_back(texts[i]);
        }
        ranks.of[i] = static_cast<std::uint32_t>(ranks.sorted.size() - 1);
    }
    return ranks;
}

/// Names in the order that they have with "--" behind: another one only where a name goes on with a character before '-', as in
/// "Tours" and "Tours (37)". Empty when it is the same order.
std::vector<std::uint32_t> order_as_first(const std::vector<std::string_view>& sorted) {
    bool same = true;
    for (std::size_t i = 1; i < sorted.size() && same; ++i) {
        const std::string_view name = sorted[i - 1];
        same = !sorted[i].starts_with(name) || sorted[i][name.size()] >= '-';
    }
    if (same) {
        return {};
    }
    std::string all;
    std::vector<std::size_t> ends;
    for (const std::string_view name : sorted) {
        all.append(name).append(between);
        ends.push_back(all.size());
    }
    std::vector<std::string_view> texts(sorted.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        texts[i] = std::string_view(all).substr(begin, ends[i] - begin);
    }
    return text_order(texts);
}

}  // namespace

bool pair_ids_are_distinct(std::span<const std::string_view> names) noexcept {
    return std::none_of(names.begin(), names.end(), [](std::string_view name) {
        return name.find(between) != std::string_view::npos || name.starts_with('-') || name.ends_with('-') ||
               ends_with_number(name);
    });
}

PairOrder order_of_pairs(const GraphTables& tables, std::span<const std::string_view> names) {
    PairOrder order;
    const auto& edges = tables.edges();
    Ranks ranks = ranks_of(names);
    order.seconds = std::move(ranks.sorted);
    const std::vector<std::uint32_t> as_first = order_as_first(order.seconds);
    std::vector<std::uint32_t> first_of(as_first.size());  // by the other place
    for (std::size_t i = 0; i < as_first.size(); ++i) {
        first_of[as_first[i]] = static_cast<std::uint32_t>(i);
        order.firsts.push_back(order.seconds[as_first[i]]);
    }
    if (as_first.empty()) {
        order.firsts = order.seconds;
    }
    order.second_bits = static_cast<unsigned>(std::bit_width(order.seconds.size()));
    order.pairs.resize(edges.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const auto ends = tables.ends(edges[e]);
        const auto [a, b] = std::minmax(ranks.of[ends[0]], ranks.of[ends[1]]);
        const std::uint64_t first = first_of.empty() ? a : first_of[a];
        order.pairs[e] = {first << order.second_bits | b, static_cast<std::uint32_t>(e)};
    }
    std::vector<KeyedItem> scratch;
    sort_by_key(order.pairs, scratch);
    return order;
}

}  // namespace maillage::io

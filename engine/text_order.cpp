#include "engine/text_order.hpp"

#include "engine/radix_sort.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <numeric>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t most_characters = 16;  ///< of a key
constexpr std::size_t few = 48;              ///< texts that are compared instead

using Item = KeyedItem;

/// Texts that agree up to `depth`.
struct Range {
    std::size_t begin, end, depth;
};

class Sorter {
public:
    explicit Sorter(std::span<const std::string_view> texts) : texts_(texts), items_(texts.size()) {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            items_[i].item = static_cast<std::uint32_t>(i);
        }
    }

    std::vector<std::uint32_t> run() {
        open_.push_back({0, items_.size(), 0});
        while (!open_.empty()) {
            const Range range = open_.back();
            open_.pop_back();
            range.end - range.begin <= few ? compare(range) : sort(range);
        }
        std::vector<std::uint32_t> order(items_.size());
        std::transform(items_.begin(), items_.end(), order.begin(),
                       [](const Item& item) { return item.item; });
        return order;
    }

private:
    [[nodiscard]] std::string_view rest(const Item& item, std::size_t depth) const {
        return texts_[item.item].substr(depth);
    }

    void compare(const Range& range) {
        std::stable_sort(
            items_.begin() + static_cast<std::ptrdiff_t>(range.begin),
            items_.begin() + static_cast<std::ptrdiff_t>(range.end),
            [&](const Item& x, const Item& y) { return rest(x, range.depth) < rest(y, range.depth); });
    }

    void sort(Range range) {
        const std::span<Item> items(items_.data() + range.begin, range.end - range.begin);
        pass_common(items, range.depth);
        const std::size_t characters = make_keys(items, range.depth);
        sort_by_key(items, other_);
        for (std::size_t i = 0; i < items.size();) {
            std::size_t end = i + 1;
            while (end < items.size() && items[end].key == items[i].key) {
                ++end;
            }
            // equal keys have the same characters, and end in the same place if one of them ends here
            if (end - i > 1 && texts_[items[i].item].size() >= range.depth + characters) {
                open_.push_back({range.begin + i, range.begin + end, range.depth + characters});
            }
            i = end;
        }
    }

    /// Moves `depth` behind what all texts of a range begin with.
    void pass_common(std::span<const Item> items, std::size_t& depth) const {
        const std::string_view first = rest(items.front(), depth);
        std::size_t common = first.size();
        for (const Item& item : items) {
            const std::string_view text = rest(item, depth);
            common = std::min(common, text.size());
            if (common == 0) {
                return;
            }
            if (first.substr(0, common) != text.substr(0, common)) {
                common = static_cast<std::size_t>(
                    std::mismatch(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(common),
                                  text.begin())
                        .first -
                    first.begin());
            }
        }
        depth += common;
    }

    /// The next characters of every text as a number, 0 where it ends; returns how many.
    std::size_t make_keys(std::span<Item> items, std::size_t depth) {
        std::array<std::uint8_t, 256> used{};
        for (const Item& item : items) {
            for (const char c : rest(item, depth).substr(0, most_characters)) {
                used[static_cast<unsigned char>(c)] = 1;
            }
        }
        std::array<std::uint16_t, 256> code{};
        std::uint16_t codes = 0;
        for (std::size_t c = 0; c < used.size(); ++c) {
            code[c] = used[c] != 0 ? ++codes : std::uint16_t{0};
        }
        const auto bits = static_cast<std::size_t>(std::bit_width(codes | 1U));
        const std::size_t characters = std::min(most_characters, 64 / bits);
        for (Item& item : items) {
            const std::string_view text = rest(item, depth).substr(0, characters);
            std::uint64_t key = 0;
            for (const char c : text) {
                key = (key << bits) | code[static_cast<unsigned char>(c)];
            }
            item.key = text.empty() ? 0 : key << (bits * (characters - text.size()));
        }
        return characters;
    }

    std::span<const std::string_view> texts_;
    std::vector<Item> items_, other_;
    std::vector<Range> open_;
};

}  // namespace

std::vector<std::uint32_t> text_order(std::span<const std::string_view> texts) {
    if (std::is_sorted(texts.begin(), texts.end())) {
        std::vector<std::uint32_t> order(texts.size());
        std::iota(order.begin(), order.end(), 0U);
        return order;
    }
    return Sorter(texts).run();
}

}  // namespace maillage

#include "engine/text_order.hpp"

#include "engine/radix_sort.hpp"
#include "engine/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

using namespace maillage;

namespace {

std::vector<std::uint32_t> order_of(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    return text_order(views);
}

/// The definition.
std::vector<std::uint32_t> slow_order_of(const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
        return std::string_view(texts[x]) < std::string_view(texts[y]);
    });
    return order;
}

}  // namespace

TEST_CASE("text_order: by bytes, equal texts in their order", "[engine][unit]") {
    CHECK(order_of({"b", "", "a", "ab", "a"}) == std::vector<std::uint32_t>{1, 2, 4, 3, 0});
    CHECK(order_of({"\xC3\xA9", "z", "\x7F"}) == std::vector<std::uint32_t>{1, 2, 0});
}

TEST_CASE("text_order: degenerate cases", "[engine][unit][degenerate]") {
    CHECK(order_of({}).empty());
    CHECK(order_of({"", ""}) == std::vector<std::uint32_t>{0, 1});
    // all the same, long enough that no key holds one whole
    const std::vector<std::string> same(3000, std::string(500, 'q'));
    CHECK(order_of(same) == slow_order_of(same));
}

TEST_CASE("text_order: equals a stable sort", "[engine][property]") {
    Rng rng(5);
    for (const std::uint32_t symbols : {1U, 2U, 10U, 256U}) {
        for (const std::uint32_t longest : {1U, 9U, 40U}) {
            std::vector<std::string> texts(5000);
            for (std::string& text : texts) {
                text = rng.below(3) == 0 ? std::string(30, 'a') : std::string();
                for (std::uint64_t n = rng.below(longest + 1); n > 0; --n) {
                    text += static_cast<char>(
                        static_cast<unsigned char>(rng.below(symbols) + (symbols < 256 ? '0' : 0)));
                }
            }
            CHECK(order_of(texts) == slow_order_of(texts));
        }
    }
    // each a beginning of the next, from the longest down
    std::vector<std::string> beginnings;
    for (std::size_t n = 400; n > 0; --n) {
        beginnings.emplace_back(n, 'x');
    }
    CHECK(order_of(beginnings) == slow_order_of(beginnings));
}

TEST_CASE("sort_by_key: equals a stable sort, of few and of many", "[engine][property]") {
    Rng rng(23);
    for (const std::size_t count : {0U, 1U, 100U, 5000U}) {
        for (const unsigned shift : {0U, 31U, 53U, 63U}) {
            std::vector<KeyedItem> items(count);
            for (std::uint32_t i = 0; i < count; ++i) {
                items[i] = {rng.next() >> shift, i};
            }
            std::vector<KeyedItem> expected = items;
            std::stable_sort(expected.begin(), expected.end(),
                             [](const KeyedItem& x, const KeyedItem& y) { return x.key < y.key; });
            std::vector<KeyedItem> scratch;
            sort_by_key(items, scratch);
            CHECK(std::equal(
                items.begin(), items.end(), expected.begin(), expected.end(),
                [](const KeyedItem& x, const KeyedItem& y) { return x.key == y.key && x.item == y.item; }));
        }
    }
}

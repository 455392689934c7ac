#pragma once

#include "engine/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace maillage {

/// Every distinct text once. Ids are 4 bytes, equal texts have equal ids, views stay valid as long
/// as the pool. Id 0 is the empty text.
///
/// Cost  add: O(length) expected; text: O(1); memory: the bytes plus about 20 a text.
class TextPool {
public:
    TextPool();
    /// Texts that stand one after the other, text i up to ends[i] of `bytes` (ascending), the first empty.
    /// They are not copied: `owner` keeps them. Nothing is indexed until add() is called; find() looks at all till then.
    TextPool(std::string_view bytes, std::span<const std::uint64_t> ends, std::shared_ptr<const void> owner);
    TextPool(const TextPool&) = delete;
    TextPool& operator=(const TextPool&) = delete;
    TextPool(TextPool&&) noexcept = default;
    TextPool& operator=(TextPool&&) noexcept = default;
    ~TextPool() = default;

    TextId add(std::string_view text);
    /// The same for many, one after the other; ids has room for as many. The places they have in the index are asked for ahead,
    /// so that the misses of the cache overlap.
    void add_all(std::span<const std::string_view> texts, std::span<TextId> ids);
    /// Room for so many further texts, so that adding them does not move what is there.
    void reserve(std::size_t texts);
    /// The id of a text that was added before, or none<TextId>.
    [[nodiscard]] TextId find(std::string_view text) const noexcept;
    [[nodiscard]] std::string_view text(TextId id) const noexcept { return texts_[index_of(id)]; }
    [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

private:
    /// The hash stands beside the position: a text that is not there costs one cache line, not three.
    struct Slot {
        std::uint32_t hash;
        std::uint32_t position;  ///< in texts_, or free
    };
    [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const noexcept;
    TextId add_hashed(std::string_view text, std::uint32_t hash);
    void widen(std::size_t size);
    void index_all();
    std::string_view store(std::string_view text);

    std::vector<std::string_view> texts_;
    std::vector<Slot> slots_;  ///< open addressing; empty: not indexed yet
    std::shared_ptr<const void> owner_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_left_ = 0;
    char* block_next_ = nullptr;
};

}  // namespace maillage

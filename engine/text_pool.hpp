#pragma once

#include "engine/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
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
    TextPool(const TextPool&) = delete;
    TextPool& operator=(const TextPool&) = delete;
    TextPool(TextPool&&) noexcept = default;
    TextPool& operator=(TextPool&&) noexcept = default;
    ~TextPool() = default;

    TextId add(std::string_view text);
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
    void grow();
    std::string_view store(std::string_view text);

    std::vector<std::string_view> texts_;
    std::vector<Slot> slots_;  ///< open addressing
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_left_ = 0;
    char* block_next_ = nullptr;
};

}  // namespace maillage

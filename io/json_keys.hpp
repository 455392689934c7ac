#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_set>

namespace maillage::io {

/// The keys of one JSON object that were seen, which should all differ.
class JsonKeys {
public:
    /// Whether the key is new; its text must live as long as this.
    /// Cost  O(1) expected; a few keys are looked through, and most of them told apart by a bit.
    bool add(std::string_view key) {
        if (many_) {
            return many_->insert(key).second;
        }
        const std::uint64_t bit = std::uint64_t{1} << sort_of(key);
        auto* const end = few_.begin() + count_;
        if ((sorts_ & bit) != 0 && std::find(few_.begin(), end, key) != end) {
            return false;
        }
        sorts_ |= bit;
        if (count_ == few_.size()) {
            many_ = std::make_unique<std::unordered_set<std::string_view>>(few_.begin(), few_.end());
            return many_->insert(key).second;
        }
        few_[count_++] = key;
        return true;
    }

private:
    static unsigned sort_of(std::string_view key) noexcept {
        return key.empty()
                   ? 0
                   : (static_cast<unsigned>(key.size()) + 5U * static_cast<unsigned char>(key.front()) +
                      11U * static_cast<unsigned char>(key.back())) %
                         64U;
    }
    std::uint64_t sorts_ = 0;  ///< sort_of() of all of few_, a bit each
    std::size_t count_ = 0;
    std::array<std::string_view, 24> few_;
    std::unique_ptr<std::unordered_set<std::string_view>> many_;
};

}  // namespace maillage::io

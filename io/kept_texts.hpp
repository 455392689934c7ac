#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Texts that stay where they are, in blocks.
class KeptTexts {
public:
    /// A copy of the text, valid as long as this and until clear().
    [[nodiscard]] std::string_view keep(std::string_view text) {
        constexpr std::size_t block = std::size_t{1} << 16U;
        if (blocks_.empty() || blocks_.back()->capacity() - blocks_.back()->size() < text.size()) {
            blocks_.push_back(std::make_unique<std::string>());
            blocks_.back()->reserve(std::max(block, text.size()));
        }
        std::string& last = *blocks_.back();
        last.append(text);
        return std::string_view(last).substr(last.size() - text.size());
    }

    /// Forgets all texts; the room of one block is kept.
    void clear() noexcept {
        if (!blocks_.empty()) {
            blocks_.resize(1);
            blocks_.front()->clear();
        }
    }

private:
    std::vector<std::unique_ptr<std::string>> blocks_;
};

}  // namespace maillage::io

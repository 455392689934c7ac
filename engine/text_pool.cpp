#include "engine/text_pool.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 18U;
constexpr std::size_t least_slots = 64;
constexpr std::uint32_t free_slot = std::numeric_limits<std::uint32_t>::max();

/// FNV-1a over 8-byte words, finished with a multiply-shift: quick on short keys, and the same on every
/// machine of one endianness (nothing outside depends on it).
std::uint32_t hash_of(std::string_view text) noexcept {
    std::uint64_t h = 0xCBF29CE484222325ULL ^ text.size();
    while (text.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
        h ^= h >> 29U;
        text.remove_prefix(8);
    }
    std::uint64_t tail = 0;
    if (!text.empty()) {
        std::memcpy(&tail, text.data(), text.size());
    }
    h = (h ^ tail) * 0x9E3779B97F4A7C15ULL;
    h = (h ^ (h >> 32U)) * 0x9E3779B97F4A7C15ULL;  // the last characters must reach the low bits: p1, p2, …
    return static_cast<std::uint32_t>(h >> 32U);
}

/// How many slots so many texts need: at most two thirds are taken.
std::size_t slots_for(std::size_t texts) noexcept {
    return std::max(least_slots, std::bit_ceil(texts + texts / 2));
}

}  // namespace

TextPool::TextPool() : slots_(least_slots, Slot{0, free_slot}) {
    add({});
}

TextPool::TextPool(std::string_view bytes, std::span<const std::uint64_t> ends,
                   std::shared_ptr<const void> owner)
    : owner_(std::move(owner)) {
    texts_.reserve(ends.size());
    std::size_t begin = 0;
    for (const std::uint64_t end : ends) {
        texts_.push_back(bytes.substr(begin, static_cast<std::size_t>(end) - begin));
        begin = static_cast<std::size_t>(end);
    }
}

void TextPool::index_all() {
    slots_.assign(slots_for(texts_.size()), Slot{0, free_slot});
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const std::uint32_t hash = hash_of(texts_[i]);
        slots_[slot_of(texts_[i], hash)] = {hash, static_cast<std::uint32_t>(i)};
    }
}

std::size_t TextPool::slot_of(std::string_view text, std::uint32_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot].position != free_slot &&
           (slots_[slot].hash != hash || texts_[slots_[slot].position] != text)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

TextId TextPool::add(std::string_view text) {
    if (slots_.empty()) {
        index_all();
    }
    return add_hashed(text, hash_of(text));
}

void TextPool::add_all(std::span<const std::string_view> texts, std::span<TextId> ids) {
    if (slots_.empty()) {
        index_all();
    }
    constexpr std::size_t ahead = 32;
    std::array<std::uint32_t, ahead> hashes{};
    for (std::size_t begin = 0; begin < texts.size(); begin += ahead) {
        const std::size_t count = std::min(ahead, texts.size() - begin);
        for (std::size_t i = 0; i < count; ++i) {
            hashes[i] = hash_of(texts[begin + i]);
            __builtin_prefetch(&slots_[hashes[i] & (slots_.size() - 1)], 1);
        }
        for (std::size_t i = 0; i < count; ++i) {
            ids[begin + i] = add_hashed(texts[begin + i], hashes[i]);
        }
    }
}

TextId TextPool::add_hashed(std::string_view text, std::uint32_t hash) {
    std::size_t slot = slot_of(text, hash);
    if (slots_[slot].position != free_slot) {
        return id_at<TextId>(slots_[slot].position);
    }
    if (texts_.size() + 1 >= free_slot) {
        throw Error("more than 4 billion distinct texts");
    }
    if (slots_for(texts_.size() + 1) > slots_.size()) {
        widen(slots_.size() * 2);
        slot = slot_of(text, hash);
    }
    const auto position = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back(store(text));
    slots_[slot] = {hash, position};
    return id_at<TextId>(position);
}

TextId TextPool::find(std::string_view text) const noexcept {
    if (slots_.empty()) {
        const auto found = std::find(texts_.begin(), texts_.end(), text);
        return found == texts_.end() ? none<TextId>
                                     : id_at<TextId>(static_cast<std::size_t>(found - texts_.begin()));
    }
    const std::size_t slot = slot_of(text, hash_of(text));
    return slots_[slot].position == free_slot ? none<TextId> : id_at<TextId>(slots_[slot].position);
}

void TextPool::reserve(std::size_t texts) {
    if (slots_.empty()) {
        index_all();
    }
    texts_.reserve(texts_.size() + texts);
    if (const std::size_t size = slots_for(texts_.size() + texts); size > slots_.size()) {
        widen(size);
    }
}

void TextPool::widen(std::size_t size) {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(size, Slot{0, free_slot}));
    const std::size_t mask = slots_.size() - 1;
    for (const Slot entry : old) {
        if (entry.position == free_slot) {
            continue;
        }
        std::size_t slot = entry.hash & mask;
        while (slots_[slot].position != free_slot) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = entry;
    }
}

std::string_view TextPool::store(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (text.size() > block_left_) {
        const std::size_t size = std::max(block_size, text.size());
        blocks_.push_back(std::make_unique<char[]>(size));
        block_next_ = blocks_.back().get();
        block_left_ = size;
    }
    std::memcpy(block_next_, text.data(), text.size());
    const std::string_view stored(block_next_, text.size());
    block_next_ += text.size();
    block_left_ -= text.size();
    return stored;
}

}  // namespace maillage

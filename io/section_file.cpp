#include "io/section_file.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <ostream>

namespace maillage::io {
namespace {

static_assert(std::endian::native == std::endian::little, "prepared files are little-endian");

constexpr std::size_t header_size = 32;
constexpr std::size_t name_size = 24;
constexpr std::size_t entry_size = name_size + 4 * 8;
constexpr std::size_t alignment = 64;
constexpr std::size_t most_sections = 4096;

std::size_t aligned(std::size_t at) noexcept {
    return (at + alignment - 1) / alignment * alignment;
}

template <class T>
T number_at(std::string_view bytes, std::size_t at) noexcept {
    T x;
    std::memcpy(&x, bytes.data() + at, sizeof x);
    return x;
}

std::uint64_t mixed(std::uint64_t x) noexcept {
    x ^= x >> 32U;
    x *= 0xD6E8FEB86659FD93ULL;
    x ^= x >> 32U;
    x *= 0xD6E8FEB86659FD93ULL;
    return x ^ (x >> 32U);
}

}  // namespace

/// Eight sums side by side, so that the processor need not wait for a multiplication; every step of each is a bijection
/// of what came before, so one changed word always changes the result.
std::uint64_t checksum(std::string_view bytes) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::array<std::uint64_t, 8> sums = {1, 2, 3, 4, 5, 6, 7, 8};
    constexpr std::size_t block = sizeof sums;
    std::array<std::uint64_t, 8> words{};
    std::size_t at = 0;
    for (; at + block <= bytes.size(); at += block) {
        std::memcpy(words.data(), bytes.data() + at, block);
        for (std::size_t i = 0; i < words.size(); ++i) {
            sums[i] = (std::rotl(sums[i], 29) ^ words[i]) * odd;
        }
    }
    words = {};
    if (at < bytes.size()) {
        std::memcpy(words.data(), bytes.data() + at, bytes.size() - at);
    }
    std::uint64_t result = bytes.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
        result = mixed(result ^ ((std::rotl(sums[i], 29) ^ words[i]) * odd)) + i;
    }
    return result;
}

void SectionReader::finish() const {
    if (at_ != bytes_.size()) {
        throw Error("has bytes too many");
    }
}

void SectionReader::too_short() {
    throw Error("ends too early");
}

void SectionReader::misplaced() {
    throw Error("does not begin where numbers can be read");
}

void write_sections(std::ostream& out, std::span<const Section> sections) {
    SectionWriter table;
    std::string table_bytes;
    std::size_t at = aligned(header_size + sections.size() * entry_size);
    std::size_t end = header_size + sections.size() * entry_size;
    for (const Section& section : sections) {
        if (section.name.empty() || section.name.size() > name_size) {
            throw Error("no name of a section: \"" + section.name + "\"");
        }
        SectionWriter entry;
        entry.number<std::uint64_t>(section.required ? 1 : 0);
        entry.number<std::uint64_t>(at);
        entry.number<std::uint64_t>(section.bytes.size());
        entry.number<std::uint64_t>(checksum(section.bytes));
        table_bytes += section.name + std::string(name_size - section.name.size(), '\0') + entry.bytes();
        end = at + section.bytes.size();
        at = aligned(end);
    }
    SectionWriter header;
    header.number<std::uint32_t>(section_layout);
    header.number(static_cast<std::uint32_t>(sections.size()));
    header.number<std::uint64_t>(end);
    header.number<std::uint64_t>(checksum(table_bytes));
    out << section_magic << header.bytes() << table_bytes;
    std::size_t written = header_size + table_bytes.size();
    for (const Section& section : sections) {
        out << std::string(aligned(written) - written, '\0') << section.bytes;
        written = aligned(written) + section.bytes.size();
    }
}

SectionFile::SectionFile(std::string_view bytes) {
    if (!is_one(bytes)) {
        throw Error("not a prepared dataset");
    }
    if (bytes.size() < header_size) {
        throw Error("cut off: the header of a prepared dataset is not complete");
    }
    const auto layout = number_at<std::uint32_t>(bytes, 8);
    if (layout != section_layout) {
        throw Error("a prepared dataset of layout " + std::to_string(layout) +
                    "; this program reads layout " + std::to_string(section_layout) +
                    ": prepare it again with maillage convert");
    }
    const auto count = number_at<std::uint32_t>(bytes, 12);
    const auto size = number_at<std::uint64_t>(bytes, 16);
    if (size != bytes.size()) {
        throw Error(bytes.size() < size
                        ? "cut off: " + std::to_string(bytes.size()) + " of " + std::to_string(size) +
                              " bytes are there"
                        : "damaged: " + std::to_string(bytes.size() - size) + " bytes too many");
    }
    if (count > most_sections || count * entry_size > bytes.size() - header_size) {
        throw Error("damaged: the table of sections does not fit");
    }
    const std::string_view table = bytes.substr(header_size, count * entry_size);
    if (checksum(table) != number_at<std::uint64_t>(bytes, 24)) {
        throw Error("damaged: the table of sections is not as it was written");
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view entry = table.substr(i * entry_size, entry_size);
        const auto offset = number_at<std::uint64_t>(entry, name_size + 8);
        const auto length = number_at<std::uint64_t>(entry, name_size + 16);
        if (offset > bytes.size() || length > bytes.size() - offset) {
            throw Error("damaged: a section lies outside the file");
        }
        const std::string_view name = entry.substr(0, name_size);
        entries_.push_back({name.substr(0, std::min(name.find('\0'), name_size)),
                            bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length)),
                            number_at<std::uint64_t>(entry, name_size) != 0,
                            number_at<std::uint64_t>(entry, name_size + 24)});
    }
}

std::optional<std::string_view> SectionFile::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.name == name; });
    if (found == entries_.end()) {
        return std::nullopt;
    }
    if (checksum(found->bytes) != found->sum) {
        throw Error("damaged: the section \"" + std::string(name) + "\" is not as it was written");
    }
    return found->bytes;
}

std::string_view SectionFile::get(std::string_view name) const {
    const auto found = find(name);
    if (!found) {
        throw Error("incomplete: there is no section \"" + std::string(name) + "\"");
    }
    return *found;
}

void SectionFile::refuse_others(std::span<const std::string_view> known) const {
    for (const Entry& entry : entries_) {
        if (entry.required && std::find(known.begin(), known.end(), entry.name) == known.end()) {
            throw Error("written by a newer program: the section \"" + std::string(entry.name) +
                        "\" is not known here");
        }
    }
}

std::vector<std::string> SectionFile::names() const {
    std::vector<std::string> names;
    for (const Entry& entry : entries_) {
        names.emplace_back(entry.name);
    }
    return names;
}

}  // namespace maillage::io

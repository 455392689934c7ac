#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// A binary file of named sections: what a prepared dataset is kept in.
///
///     bytes  0  "MAILLAGE"
///            8  u32 version of the layout (1), u32 number of sections
///           16  u64 size of the file
///           24  u64 checksum of the table of sections
///           32  table: for each section 24 bytes name (zeros behind it), u64 kind (1 required, 0 optional),
///               u64 offset, u64 size, u64 checksum of its bytes
///               then the sections, each at a multiple of 64
///
/// Little-endian. A reader passes over optional sections that it does not know and refuses the file when it does not know
/// a required one, so that newer programs can add to a file what older ones need not understand.
namespace maillage::io {

inline constexpr std::string_view section_magic = "MAILLAGE";
inline constexpr std::uint32_t section_layout = 1;

/// 64 bits that change with any change of a byte, for finding damage; not against an adversary. O(size), some 10 GB/s.
[[nodiscard]] std::uint64_t checksum(std::string_view bytes) noexcept;

/// Collects the bytes of a section. Numbers are little-endian, texts have their length before them.
class SectionWriter {
public:
    template <class T>
    void number(T x) {
        static_assert(std::is_arithmetic_v<T>);
        bytes_.append(reinterpret_cast<const char*>(&x), sizeof x);
    }
    void text(std::string_view text) {
        number(static_cast<std::uint64_t>(text.size()));
        bytes_ += text;
    }
    /// The items as they are in memory: no padding, no bool. Their number stands before them, at a multiple of 8.
    template <class T>
    void array(std::span<const T> items) {
        static_assert(std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>);
        align();
        number(static_cast<std::uint64_t>(items.size()));
        bytes_.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
    }
    template <class T>
    void array(const std::vector<T>& items) {
        array(std::span<const T>(items));
    }
    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

private:
    void align() { bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0'); }
    std::string bytes_;
};

/// Takes a section apart; never reads beyond its end.
/// Errors  Error when it ends too early; finish(): when something is left over.
class SectionReader {
public:
    explicit SectionReader(std::string_view bytes) : bytes_(bytes) {}

    template <class T>
    [[nodiscard]] T number() {
        static_assert(std::is_arithmetic_v<T>);
        T x;
        std::memcpy(&x, take(sizeof x).data(), sizeof x);
        return x;
    }
    [[nodiscard]] std::string_view text() { return take(number<std::uint64_t>()); }
    /// An array in place; the bytes of the section begin at a multiple of 8, as they do in a mapped file.
    template <class T>
    [[nodiscard]] std::span<const T> view() {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
        align();
        const auto count = number<std::uint64_t>();
        if (count > (bytes_.size() - at_) / sizeof(T)) {
            too_short();
        }
        const std::string_view from = take(count * sizeof(T));
        if (reinterpret_cast<std::uintptr_t>(from.data()) % alignof(T) != 0) {
            misplaced();
        }
        return {reinterpret_cast<const T*>(from.data()), static_cast<std::size_t>(count)};
    }
    template <class T>
    [[nodiscard]] std::vector<T> array() {
        const std::span<const T> items = view<T>();
        return {items.begin(), items.end()};
    }
    /// A count that what follows must be able to hold, at `least` bytes each.
    [[nodiscard]] std::size_t count(std::size_t least) {
        const auto n = number<std::uint64_t>();
        if (n > (bytes_.size() - at_) / least) {
            too_short();
        }
        return static_cast<std::size_t>(n);
    }
    void finish() const;

private:
    [[noreturn]] static void too_short();
    [[noreturn]] static void misplaced();
    void align() { static_cast<void>(take((8 - at_ % 8) % 8)); }
    std::string_view take(std::uint64_t size) {
        if (size > bytes_.size() - at_) {
            too_short();
        }
        const std::string_view taken = bytes_.substr(at_, static_cast<std::size_t>(size));
        at_ += static_cast<std::size_t>(size);
        return taken;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
};

struct Section {
    std::string name;  ///< at most 24 bytes, not empty
    bool required = true;
    std::string bytes;
};

void write_sections(std::ostream& out, std::span<const Section> sections);

/// A file of sections in memory, the bytes of which must stay. Opening it checks the header and the table; a section
/// is checked against its checksum when it is asked for.
class SectionFile {
public:
    /// Errors  Error that says what is wrong: not such a file, cut off, damaged, of a newer layout.
    explicit SectionFile(std::string_view bytes);

    [[nodiscard]] static bool is_one(std::string_view bytes) noexcept {
        return bytes.starts_with(section_magic);
    }
    /// Empty when there is no such section. Errors  Error when it is damaged.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// Errors  Error when it is not there, or damaged.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    /// Errors  Error when a required section is none of these.
    void refuse_others(std::span<const std::string_view> known) const;
    /// Names of all sections, in the order of the file.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    struct Entry {
        std::string_view name, bytes;
        bool required;
        std::uint64_t sum;
    };
    std::vector<Entry> entries_;
};

}  // namespace maillage::io

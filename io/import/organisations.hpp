#pragma once

#include "engine/error.hpp"
#include "engine/text_pool.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Which of the organisations named in many rows are the same.
namespace maillage::io {

/// One way in which rows name an organisation: what stands in its identifier, name and place, as written.
struct Spelling {
    TextId id{}, name{}, place{};
    std::uint32_t rows = 0;
    std::uint32_t line = 0;  ///< of the first row, in `file`
    std::uint16_t file = 0;
};

/// Why a spelling counts as the organisation it is joined to; `review`: a list that somebody has read (check --merge).
enum class MergedBy : std::uint8_t { itself, identifier, name, review };
[[nodiscard]] std::string_view to_code(MergedBy by) noexcept;

/// One organisation: which spellings are it.
struct Organisation {
    std::string id;  ///< the identifier of the source, else made of name and place
    TextId name{};   ///< the spelling with most rows; texts in byte order decide among equals
    TextId place{};
    std::vector<std::uint32_t> spellings;  ///< most rows first
};

struct Organisations {
    std::vector<Organisation> all;
    std::vector<std::uint32_t> of_spelling;
    std::vector<MergedBy> merged_by;  ///< of each spelling
    /// Spellings without identifier whose name and place fit several identifiers, and which stay apart.
    std::vector<std::uint32_t> ambiguous;
};

/// Collects the spellings of organisations, then tells which are the same.
///
/// Definition  Two spellings are one organisation when their identifiers are equal, or when one has none and name
///             and place have the same key (see name_key) as the spellings of exactly one identifier, or when
///             both have none and the same key. Two identifiers are never joined.
/// Refused     A spelling that is refused stays an organisation of its own.
/// Cost        O(spellings) expected; the texts stand once in the pool.
class OrganisationMatcher {
public:
    explicit OrganisationMatcher(TextPool& pool) : pool_(pool) {}

    /// The spelling of a row.
    [[nodiscard]] std::uint32_t add(std::string_view id, std::string_view name, std::string_view place,
                                    std::uint16_t file, std::uint32_t line);
    /// Keeps a spelling apart. False when no row is spelled like this.
    [[nodiscard]] bool refuse(std::string_view id, std::string_view name, std::string_view place);
    [[nodiscard]] const std::vector<Spelling>& spellings() const noexcept { return spellings_; }
    [[nodiscard]] Organisations match() const;

private:
    struct Key {
        TextId id, name, place;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        [[nodiscard]] std::size_t operator()(const Key& key) const noexcept;
    };

    TextPool& pool_;
    std::vector<Spelling> spellings_;
    std::vector<std::uint8_t> refused_;
    std::unordered_map<Key, std::uint32_t, Hash> index_;
};

}  // namespace maillage::io

#pragma once

#include <string>
#include <string_view>

namespace maillage::io {

/// What two spellings of a name have in common: no case, no accents, no punctuation, one space between words;
/// ł ø ß œ æ đ ð þ ı become ASCII letters. Letters of other scripts are kept, folded. Malformed UTF-8 gives
/// what precedes it. "Université d'Orléans" and "UNIVERSITE D’ORLEANS" have the same key. Cost  O(length);
/// ASCII without a library.
[[nodiscard]] std::string name_key(std::string_view name);

/// The key of a column name: as name_key, without spaces, so that "date_debut" and "Date début" agree.
[[nodiscard]] std::string column_key(std::string_view name);

/// name_key without the words that tell a legal form or the kind of a town (association, SARL, ville de,
/// commune de …); the whole key when nothing else would remain.
[[nodiscard]] std::string name_core(std::string_view name);

}  // namespace maillage::io

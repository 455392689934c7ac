#pragma once

#include <string>
#include <string_view>

namespace maillage::io {

/// What two spellings of a name have in common: no case, no accents, no punctuation, one space between words;
/// ł ø ß œ æ đ ð þ ı become ASCII letters. Letters of other scripts are kept, folded.
/// "Université d'Orléans" and "UNIVERSITE D’ORLEANS" have the same key.
/// Cost    O(length); ASCII without a library.
/// Source  Unicode Standard Annex 15 (NFKD) and chapter 5.18 (case folding), through ICU.
[[nodiscard]] std::string name_key(std::string_view name);

/// The key of a column name: as name_key, without spaces, so that "date_debut" and "Date début" agree.
[[nodiscard]] std::string column_key(std::string_view name);

/// name_key without what people leave out or write differently: legal forms at either end (association,
/// SARL), the words for a town at the beginning (ville de, commune de), articles at the beginning; the
/// council of a department or region is called by its territory. The whole key when nothing else would
/// remain. "Ville de Tours", "Mairie de Tours" and "TOURS" have the same core.
[[nodiscard]] std::string name_core(std::string_view name);

}  // namespace maillage::io

#pragma once

#include "io/report/reading.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Names of organisations inside sentences.
namespace maillage::io {

/// The name with the article that French asks for where the first word tells its gender: "l’Université de
/// Tours", "la Ville de Blois", "le Lycée agricole". Names that begin with anything else (BRGM, Valimage, "Amis des
/// jumelages"), and all names in English, are left as they are.
[[nodiscard]] std::string with_article(std::string_view name, Language language);

/// "de" or "of" before a name: "de l’Université de Tours", "du Lycée agricole", "d’Aranda de Duero", "de BRGM";
/// "of Université de Tours" in English.
[[nodiscard]] std::string of_name(std::string_view name, Language language);

/// A name for the second time it is said: the acronym that stands in brackets in it ("Centre national de la recherche
/// scientifique (CNRS)" is "CNRS"), else what stands before the first bracket ("CNRS (Centre Limousin)" is
/// "CNRS"), else the name; and of more than 60 columns what stands before a dash, a colon or a comma, else the first
/// words, with "…".
[[nodiscard]] std::string short_name(std::string_view name);

/// With a capital first letter, for the beginning of a sentence. ASCII, é, è, à, ç and the like; others stay.
[[nodiscard]] std::string capitalised(std::string text);
/// "Type d’acteur" as it stands inside a sentence: "type d’acteur". Words with a second capital stay (ODD).
[[nodiscard]] std::string uncapitalised(std::string text);

/// "un", "deux", … "neuf" and "one", … "nine"; digits from 10.
[[nodiscard]] std::string number_word(std::size_t n, Language language);

}  // namespace maillage::io

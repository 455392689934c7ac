#include "io/report/name_words.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace {

using namespace maillage;
using namespace maillage::io;

constexpr Language fr = Language::fr;
constexpr Language en = Language::en;

TEST_CASE("names in French sentences: the article that the first word asks for", "[report][unit]") {
    CHECK(with_article("Université de Tours", fr) == "l’Université de Tours");
    CHECK(with_article("UNIVERSITE DE TOURS", fr) == "l’UNIVERSITE DE TOURS");
    CHECK(with_article("Ville de Blois", fr) == "la Ville de Blois");
    CHECK(with_article("Lycée agricole", fr) == "le Lycée agricole");
    CHECK(with_article("École d'art", fr) == "l’École d'art");
    CHECK(with_article("Communauté de communes", fr) == "la Communauté de communes");
    CHECK(with_article("BRGM", fr) == "BRGM");
    CHECK(with_article("Villeneuve", fr) == "Villeneuve");
    CHECK(with_article("Universität Bielefeld", fr) == "Universität Bielefeld");
    CHECK(with_article("", fr).empty());
    CHECK(with_article("Université de Tours", en) == "Université de Tours");
}

TEST_CASE("names in French sentences: of", "[report][unit]") {
    CHECK(of_name("Université de Tours", fr) == "de l’Université de Tours");
    CHECK(of_name("Ville de Blois", fr) == "de la Ville de Blois");
    CHECK(of_name("Lycée agricole", fr) == "du Lycée agricole");
    CHECK(of_name("Aranda de Duero", fr) == "d’Aranda de Duero");
    CHECK(of_name("Évreux", fr) == "d’Évreux");
    CHECK(of_name("INRAE Val de Loire", fr) == "de INRAE Val de Loire");
    CHECK(of_name("BRGM", fr) == "de BRGM");
    CHECK(of_name("Évreux", en) == "of Évreux");
}

TEST_CASE("names said again: the acronym, what stands before brackets, or the first words",
          "[report][unit]") {
    CHECK(short_name("Centre national de la recherche scientifique (CNRS)") == "CNRS");
    CHECK(short_name("CNRS (Centre Limousin Poitou-Charentes)") == "CNRS");
    CHECK(short_name("UNIVERSITE DE TOURS [FRANCOIS RABELAIS]") == "UNIVERSITE DE TOURS");
    CHECK(short_name("CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE - DELEGATION REGIONALE CENTRE-EST") ==
          "CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE");
    CHECK(short_name("Ville de Blois") == "Ville de Blois");
    CHECK(short_name("(sans nom)") == "(sans nom)");
    CHECK(short_name("Nom (ouvert") == "Nom");
    CHECK(
        short_name(
            "Laboratoire des Techniques de l’Informatique et de la Microélectronique pour l’Architecture") ==
        "Laboratoire des Techniques de l’Informatique et de la…");
}

TEST_CASE("first letters and small numbers", "[report][unit]") {
    CHECK(capitalised("école") == "École");
    CHECK(capitalised("la ville") == "La ville");
    CHECK(capitalised("ÿ") == "ÿ");
    CHECK(capitalised("œuvre") == "œuvre");
    CHECK(capitalised("").empty());
    CHECK(uncapitalised("Type d’acteur") == "type d’acteur");
    CHECK(uncapitalised("Échelle") == "échelle");
    CHECK(uncapitalised("ODD") == "ODD");
    CHECK(number_word(2, fr) == "deux");
    CHECK(number_word(9, en) == "nine");
    CHECK(number_word(10, en) == "10");
}

}  // namespace

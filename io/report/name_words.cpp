#include "io/report/name_words.hpp"

#include "io/name_key.hpp"
#include "io/report/text_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace maillage::io {
namespace {

enum class Article : std::uint8_t { none, le, la, elided };

constexpr std::size_t widest_name = 60;
constexpr std::size_t shortest_part = 10;  // bytes

struct FirstWord {
    std::string_view key;  ///< as name_key makes it
    Article article;
};

/// Nouns that names of organisations begin with, in the order of their keys.
constexpr FirstWord first_words[] = {{"academie", Article::elided},
                                     {"agence", Article::elided},
                                     {"agglomeration", Article::elided},
                                     {"alliance", Article::elided},
                                     {"ambassade", Article::elided},
                                     {"association", Article::elided},
                                     {"atelier", Article::elided},
                                     {"bibliotheque", Article::la},
                                     {"bureau", Article::le},
                                     {"caisse", Article::la},
                                     {"campus", Article::le},
                                     {"centre", Article::le},
                                     {"chambre", Article::la},
                                     {"cite", Article::la},
                                     {"club", Article::le},
                                     {"cluster", Article::le},
                                     {"college", Article::le},
                                     {"comite", Article::le},
                                     {"commissariat", Article::le},
                                     {"communaute", Article::la},
                                     {"commune", Article::la},
                                     {"compagnie", Article::la},
                                     {"confederation", Article::la},
                                     {"conseil", Article::le},
                                     {"conservatoire", Article::le},
                                     {"consortium", Article::le},
                                     {"cooperative", Article::la},
                                     {"delegation", Article::la},
                                     {"departement", Article::le},
                                     {"direction", Article::la},
                                     {"district", Article::le},
                                     {"ecole", Article::elided},
                                     {"entreprise", Article::elided},
                                     {"etablissement", Article::elided},
                                     {"federation", Article::la},
                                     {"fondation", Article::la},
                                     {"groupe", Article::le},
                                     {"groupement", Article::le},
                                     {"hopital", Article::elided},
                                     {"institut", Article::elided},
                                     {"laboratoire", Article::le},
                                     {"ligue", Article::la},
                                     {"lycee", Article::le},
                                     {"mairie", Article::la},
                                     {"maison", Article::la},
                                     {"metropole", Article::la},
                                     {"ministere", Article::le},
                                     {"mission", Article::la},
                                     {"municipalite", Article::la},
                                     {"musee", Article::le},
                                     {"museum", Article::le},
                                     {"observatoire", Article::elided},
                                     {"office", Article::elided},
                                     {"organisation", Article::elided},
                                     {"parc", Article::le},
                                     {"pays", Article::le},
                                     {"plateforme", Article::la},
                                     {"pole", Article::le},
                                     {"prefecture", Article::la},
                                     {"programme", Article::le},
                                     {"province", Article::la},
                                     {"rectorat", Article::le},
                                     {"region", Article::la},
                                     {"reseau", Article::le},
                                     {"service", Article::le},
                                     {"societe", Article::la},
                                     {"syndicat", Article::le},
                                     {"theatre", Article::le},
                                     {"union", Article::elided},
                                     {"unite", Article::elided},
                                     {"universite", Article::elided},
                                     {"ville", Article::la}};

static_assert(std::is_sorted(std::begin(first_words), std::end(first_words),
                             [](const FirstWord& x, const FirstWord& y) { return x.key < y.key; }));

Article article_of(std::string_view name) {
    const std::string key = name_key(name.substr(0, name.find_first_of(" ,-")));
    const auto* found = std::lower_bound(std::begin(first_words), std::end(first_words), key,
                                         [](const FirstWord& w, const std::string& k) { return w.key < k; });
    return found != std::end(first_words) && found->key == key ? found->article : Article::none;
}

bool begins_with_vowel(std::string_view name) {
    const std::string key = name_key(name.substr(0, name.find(' ')));
    return !key.empty() && std::string_view("aeiou").find(key.front()) != std::string_view::npos;
}

/// Two capitals at the beginning, or digits: spoken letter by letter, so nothing is elided.
bool is_acronym(std::string_view name) {
    const auto capital = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    const std::string_view word = name.substr(0, name.find(' '));
    return !word.empty() && std::all_of(word.begin(), word.end(), capital);
}

bool is_acronym_in_brackets(std::string_view inside) {
    constexpr std::size_t longest = 12;
    const auto part = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
    return inside.size() >= 2 && inside.size() <= longest && std::all_of(inside.begin(), inside.end(), part);
}

/// Changes the case of the first letter: ASCII, and the letters of Latin-1 that UTF-8 begins with 0xC3.
void set_case(std::string& text, bool capital) {
    constexpr int apart = 'a' - 'A';
    if (text.empty()) {
        return;
    }
    char* letter = text.data();
    char first = 'a';
    char last = 'z';
    if (static_cast<unsigned char>(text[0]) == 0xC3U && text.size() > 1) {
        ++letter;
        first = static_cast<char>(0xA0);
        last = static_cast<char>(0xBE);
    }
    const auto code = static_cast<unsigned char>(*letter);
    const auto low = static_cast<unsigned char>(first);
    const auto high = static_cast<unsigned char>(last);
    if (capital && code >= low && code <= high) {
        *letter = static_cast<char>(code - apart);
    } else if (!capital && code >= low - apart && code <= high - apart) {
        *letter = static_cast<char>(code + apart);
    }
}

}  // namespace

std::string with_article(std::string_view name, Language language) {
    if (language == Language::fr) {
        switch (article_of(name)) {
            case Article::none:
                break;
            case Article::le:
                return "le " + std::string(name);
            case Article::la:
                return "la " + std::string(name);
            case Article::elided:
                return "l’" + std::string(name);
        }
    }
    return std::string(name);
}

std::string of_name(std::string_view name, Language language) {
    if (language == Language::en) {
        return "of " + std::string(name);
    }
    switch (article_of(name)) {
        case Article::none:
            break;
        case Article::le:
            return "du " + std::string(name);
        case Article::la:
            return "de la " + std::string(name);
        case Article::elided:
            return "de l’" + std::string(name);
    }
    return (begins_with_vowel(name) && !is_acronym(name) ? "d’" : "de ") + std::string(name);
}

std::string short_name(std::string_view name) {
    const std::size_t open = name.find_first_of("([");
    if (open != std::string_view::npos && open > 0) {
        const std::size_t close = std::min(name.find_first_of(")]", open), name.size());
        const std::string_view inside = name.substr(open + 1, close - open - 1);
        if (is_acronym_in_brackets(inside)) {
            return std::string(inside);
        }
        name = name.substr(0, open);
        while (!name.empty() && name.back() == ' ') {
            name.remove_suffix(1);
        }
    }
    if (display_width(name) <= widest_name) {
        return std::string(name);
    }
    std::size_t part = 0;
    for (const std::string_view between : {" - ", " – ", " : ", ", "}) {
        for (std::size_t at = name.find(between); at != std::string_view::npos && at <= widest_name;
             at = name.find(between, at + 1)) {
            part = std::max(part, at);
        }
    }
    if (part >= shortest_part) {
        return std::string(name.substr(0, part));
    }
    return wrap(name, widest_name - 1).front() + "…";
}

std::string capitalised(std::string text) {
    set_case(text, true);
    return text;
}

std::string uncapitalised(std::string text) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() > 1 && capital(text[0]) && capital(text[1])) {
        return text;
    }
    set_case(text, false);
    return text;
}

std::string number_word(std::size_t n, Language language) {
    static constexpr std::array<std::string_view, 10> fr = {"zéro", "un",  "deux", "trois", "quatre",
                                                            "cinq", "six", "sept", "huit",  "neuf"};
    static constexpr std::array<std::string_view, 10> en = {"zero", "one", "two",   "three", "four",
                                                            "five", "six", "seven", "eight", "nine"};
    return n < fr.size() ? std::string(pick(language, fr[n], en[n])) : number(n, language);
}

}  // namespace maillage::io

#include "io/name_key.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

namespace maillage::io {
namespace {

struct Replacement {
    char32_t letter;
    std::string_view ascii;
};
/// Letters that have no decomposition into a base letter and marks; lower case, as folding leaves them.
constexpr std::array<Replacement, 11> special_letters = {{{0x142, "l"},
                                                          {0xF8, "o"},
                                                          {0xDF, "ss"},
                                                          {0x153, "oe"},
                                                          {0xE6, "ae"},
                                                          {0x111, "d"},
                                                          {0xF0, "d"},
                                                          {0xFE, "th"},
                                                          {0x131, "i"},
                                                          {0x127, "h"},
                                                          {0x167, "t"}}};

/// Legal forms, at the beginning or the end of a name.
constexpr std::array<std::string_view, 22> legal_forms = {
    "association", "asso", "assoc", "sa",  "sas", "sasu", "sarl", "eurl", "scop", "scic", "gip",
    "gie",         "epic", "epa",   "snc", "sci", "ltd",  "gmbh", "inc",  "spa",  "asbl", "societe"};
/// Words that say "the town of", at the beginning of a name.
constexpr std::array<std::string_view, 7> town_words = {"ville",        "commune", "mairie", "municipalite",
                                                        "municipality", "town",    "city"};
constexpr std::array<std::string_view, 9> articles = {"de", "du", "des", "d", "la", "le", "les", "l", "of"};

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80U;
}

/// Lower-case text without marks, other characters as they are.
std::string folded(std::string_view name) {
    std::string text;
    if (is_ascii(name)) {
        text = name;
        for (char& c : text) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return text;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
    unicode = decompose->normalize(unicode, status).foldCase();
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 c = unicode.char32At(i);
        const auto special =
            std::find_if(special_letters.begin(), special_letters.end(),
                         [c](const Replacement& r) { return r.letter == static_cast<char32_t>(c); });
        if (special != special_letters.end()) {
            kept.append(icu::UnicodeString::fromUTF8(
                icu::StringPiece(special->ascii.data(), static_cast<std::int32_t>(special->ascii.size()))));
        } else if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK) {
            continue;
        } else if (u_isalnum(c) != 0) {
            kept.append(c);
        } else {
            kept.append(static_cast<UChar32>(' '));
        }
    }
    kept.toUTF8String(text);
    return text;
}

template <class Words>
bool is_one_of(const Words& words, std::string_view word) noexcept {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string name_key(std::string_view name) {
    std::string key;
    bool gap = false;
    for (const char c : folded(name)) {
        if (!is_word_character(c)) {
            gap = !key.empty();
            continue;
        }
        if (gap) {
            key += ' ';
            gap = false;
        }
        key += c;
    }
    return key;
}

std::string column_key(std::string_view name) {
    std::string key = name_key(name);
    key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
    return key;
}

namespace {

/// The words of a key; letters that stand alone in a row are one word, so that S.A.R.L. is SARL.
std::vector<std::string> words_of(std::string_view key) {
    std::vector<std::string> words;
    bool letter_before = false;
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        const std::string_view word = key.substr(begin, end - begin);
        begin = end + 1;
        if (word.size() == 1 && letter_before) {
            words.back() += word;
        } else {
            words.emplace_back(word);
        }
        letter_before = word.size() == 1;
    }
    return words;
}

}  // namespace

std::string name_core(std::string_view name) {
    const std::string key = name_key(name);
    const std::vector<std::string> words = words_of(key);
    std::size_t begin = 0;
    std::size_t end = words.size();
    const auto skip_articles = [&] {
        while (begin < end && is_one_of(articles, words[begin])) {
            ++begin;
        }
    };
    while (begin < end && (is_one_of(legal_forms, words[begin]) || is_one_of(town_words, words[begin]))) {
        ++begin;
        skip_articles();
    }
    while (begin < end && is_one_of(legal_forms, words[end - 1])) {
        --end;
    }
    skip_articles();
    std::string core;
    // the council of a department or region is that department or region
    if (begin + 1 < end && words[begin] == "conseil" &&
        (words[begin + 1] == "departemental" || words[begin + 1] == "regional")) {
        core = words[begin + 1] == "regional" ? "region" : "departement";
        begin += 2;
    } else if (begin < end && (words[begin] == "departement" || words[begin] == "region")) {
        core = words[begin++];
    }
    if (!core.empty()) {
        skip_articles();
    }
    for (; begin < end; ++begin) {
        core += (core.empty() ? "" : " ") + words[begin];
    }
    return core.empty() ? key : core;
}

}  // namespace maillage::io

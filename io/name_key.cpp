#include "io/name_key.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
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

bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80U;
}

/// What a character leaves in a key: its base letters in lower case, nothing for a mark, a space for what is
/// neither letter nor digit. Decomposition and folding go character by character, so this is exact.
std::string folded_by_icu(char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString unicode(static_cast<UChar32>(character));
    unicode = decompose->normalize(unicode, status).foldCase();
    std::string text;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 c = unicode.char32At(i);
        const auto special =
            std::find_if(special_letters.begin(), special_letters.end(),
                         [c](const Replacement& r) { return r.letter == static_cast<char32_t>(c); });
        if (special != special_letters.end()) {
            text += special->ascii;
        } else if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK) {
            continue;
        } else if (u_isalnum(c) != 0) {
            icu::UnicodeString(c).toUTF8String(text);
        } else {
            text += ' ';
        }
    }
    return text;
}

/// The characters of the Latin alphabets and their marks, asked for once.
constexpr char32_t table_end = 0x370;
const std::string& folded_latin(char32_t character) {
    static const std::array<std::string, table_end> table = [] {
        std::array<std::string, table_end> made;
        for (char32_t c = 0; c < table_end; ++c) {
            made[c] = folded_by_icu(c);
        }
        return made;
    }();
    return table[character];
}

/// The character of several bytes at `at`, which moves behind it; none when the text is no UTF-8 there.
std::optional<char32_t> next_character(std::string_view text, std::size_t& at) noexcept {
    const auto byte = [text](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
    const char32_t lead = byte(at);
    const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    if (lead < 0xC2U || lead > 0xF4U || at + length > text.size()) {
        return std::nullopt;
    }
    char32_t character = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        character = (character << 6U) | (byte(at + i) & 0x3FU);
    }
    at += length;
    return character <= 0x10FFFF ? std::optional(character) : std::nullopt;
}

/// Lower-case text without marks, with a space for everything else.
std::string folded(std::string_view name) {
    std::string text;
    text.reserve(name.size());
    for (std::size_t at = 0; at < name.size();) {
        const char first = name[at];
        if (static_cast<unsigned char>(first) < 0x80U) {
            text += first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : first;
            ++at;
            continue;
        }
        const auto character = next_character(name, at);
        if (!character) {
            return text;
        }
        text += *character < table_end ? folded_latin(*character) : folded_by_icu(*character);
    }
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

/// Letters that stand alone in a row become one word, so that S.A.R.L. is SARL.
std::string joined_letters(std::string_view key) {
    std::string text;
    text.reserve(key.size());
    bool letter_before = false;
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        const bool letter = end - begin == 1;
        if (!text.empty() && !(letter && letter_before)) {
            text += ' ';
        }
        text += key.substr(begin, end - begin);
        letter_before = letter;
        begin = end + 1;
    }
    return text;
}

std::vector<std::string_view> words_of(std::string_view key) {
    std::vector<std::string_view> words;
    words.reserve(12);
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        words.push_back(key.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

}  // namespace

std::string name_core(std::string_view name) {
    std::string key = name_key(name);
    if (key.find(' ') == std::string::npos) {
        return key;  // one word is never left out
    }
    key = joined_letters(key);
    const std::vector<std::string_view> words = words_of(key);
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
        if (!core.empty()) {
            core += ' ';
        }
        core += words[begin];
    }
    return core.empty() ? key : core;
}

}  // namespace maillage::io

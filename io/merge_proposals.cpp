#include "io/merge_proposals.hpp"

#include "engine/ascii.hpp"
#include "engine/edit_distance.hpp"

#include "io/name_key.hpp"
#include "io/near_duplicates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace maillage::io {
namespace {

using Item = std::uint32_t;
using Word = std::uint32_t;

constexpr std::size_t most_words = 24;    // of a name that are looked at
constexpr std::size_t most_letters = 48;  // of which deletions are made
constexpr std::size_t longest_word = 64;  // that a typing error is looked for in
constexpr std::size_t whole_group = 24;   // compared each with each
constexpr std::size_t neighbours = 6;     // in a larger group
constexpr double weight_of_generic = 0.25;
constexpr double weight_left_telling = 0.8;
constexpr double least_population = 50.0;

/// Words without a meaning of their own in a name.
constexpr std::array<std::string_view, 34> stop_words = {
    "de",  "du", "des", "d",   "la",   "le",  "les", "l",   "of",  "the", "et",  "and",
    "en",  "a",  "au",  "aux", "pour", "for", "in",  "und", "der", "die", "das", "von",
    "sur", "e",  "y",   "di",  "da",   "do",  "del", "per", "par", "dans"};
/// Words that many bodies have in their name: they tell little of the body.
constexpr std::array<std::string_view, 36> generic_words = {
    "centre",    "center",    "centro",        "laboratoire",  "laboratory",    "association",
    "saint",     "sainte",    "national",      "nationale",    "international", "internationale",
    "recherche", "research",  "agglomeration", "hospitalier",  "unite",         "equipe",
    "group",     "groupe",    "service",       "services",     "societe",       "sciences",
    "science",   "superieur", "superieure",    "technologies", "jumelage",      "delegation",
    "regionale", "academy",   "systems",       "solutions",    "innovation",    "maison"};
/// Those that tell what kind of body it is, or which part of one: a town is not its university.
constexpr std::array<std::string_view, 92> telling_words = {
    "universite",    "university",    "universitat",
    "universitaet",  "universita",    "universidad",
    "universidade",  "universiteit",  "uniwersytet",
    "univerzita",    "ecole",         "school",
    "faculte",       "faculty",       "faculdade",
    "facultad",      "lycee",         "college",
    "institut",      "institute",     "instituto",
    "istituto",      "hopital",       "hospital",
    "clinique",      "klinikum",      "universitaetsklinikum",
    "metropole",     "metropolitan",  "province",
    "provincia",     "region",        "regional",
    "departement",   "department",    "departemental",
    "comite",        "communaute",    "communes",
    "ville",         "city",          "commune",
    "municipality",  "municipal",     "ayuntamiento",
    "comune",        "conseil",       "council",
    "agence",        "agency",        "office",
    "club",          "amis",          "fondation",
    "foundation",    "stiftung",      "federation",
    "union",         "musee",         "museum",
    "chambre",       "chamber",       "technical",
    "technische",    "technique",     "technology",
    "technological", "medical",       "medicale",
    "medicine",      "catholique",    "catholic",
    "catolica",      "polytechnique", "politecnico",
    "polytechnic",   "publica",       "valorisation",
    "nord",          "sud",           "est",
    "ouest",         "north",         "south",
    "east",          "west",          "syndicat",
    "pole",          "campus",        "prefecture",
    "academie",      "maternelle"};
/// Behind the @ of anybody.
constexpr std::array<std::string_view, 14> public_mail = {
    "gmail.com",  "orange.fr",   "wanadoo.fr", "free.fr",     "laposte.net", "yahoo.fr",   "yahoo.com",
    "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "sfr.fr",      "icloud.com", "live.fr"};

template <class Words>
bool is_one_of(const Words& words, std::string_view word) noexcept {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::uint64_t hash_of(std::string_view text, std::uint64_t salt) noexcept {
    std::uint64_t h =
        0xCBF29CE484222325ULL ^ (salt * 0x9E3779B97F4A7C15ULL);  // FNV-1a, finished as in SplitMix
    for (const char c : text) {
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    h = (h ^ (h >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    h = (h ^ (h >> 27U)) * 0x94D049BB133111EBULL;
    return h ^ (h >> 31U);
}

/// The number that a word is, in digits or as Roman number up to XX; 0: none.
unsigned roman(std::string_view word) {
    constexpr std::array<std::string_view, 20> numbers = {
        "i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
        "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};
    const auto at = std::find(numbers.begin(), numbers.end(), word);
    return at == numbers.end() ? 0 : static_cast<unsigned>(at - numbers.begin()) + 1;
}

/// What distinguishes bodies of one name: numbers, and letters that stand alone. "Paris I", "Paris 1": "1".
void add_designators(std::string_view word, std::vector<std::string>& to) {
    if (const unsigned number = roman(word); number > 0) {
        to.push_back(std::to_string(number));
        return;
    }
    if (word.size() == 1 && !is_digit(word.front())) {
        to.emplace_back(word);
        return;
    }
    for (std::size_t i = 0; i < word.size();) {
        std::size_t end = i;
        while (end < word.size() && is_digit(word[end])) {
            ++end;
        }
        if (end > i) {
            const std::size_t first = std::min(word.find_first_not_of('0', i), end - 1);
            to.emplace_back(word.substr(first, end - first));
        }
        i = end + 1;
    }
}

std::vector<std::string> split(std::string_view key) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < key.size() && words.size() < most_words;) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        if (end > begin) {
            words.emplace_back(key.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return words;
}

bool all_capitals(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '.' || c == '-';
    });
}

std::string_view trimmed_ascii(std::string_view text) noexcept {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// Whether the words of a name begin with these letters, with or without those that mean nothing.
bool is_initials(std::string_view letters, std::string_view name) {
    std::string all, some;
    for (const std::string& word : split(name_key(name))) {
        all += word.front();
        some += is_one_of(stop_words, word) ? "" : word.substr(0, 1);
    }
    return letters == all || letters == some;
}

/// Without one abbreviation in brackets, which is handed back: "Bureau de … (BRGM)".
std::string without_brackets(std::string_view name, std::string& inside) {
    const std::size_t open = name.find_first_of("([");
    const std::size_t shut = open == std::string_view::npos ? open : name.find_first_of(")]", open);
    if (shut == std::string_view::npos) {
        return std::string(name);
    }
    const std::string_view text = name.substr(open + 1, shut - open - 1);
    std::string rest = std::string(name.substr(0, open)) + ' ' + std::string(name.substr(shut + 1));
    const bool small = std::any_of(rest.begin(), rest.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (text.size() < 2 || text.size() > 12 || !all_capitals(text) ||
        trimmed_ascii(rest).size() < text.size() || (!small && !is_initials(column_key(text), rest))) {
        return std::string(name);
    }
    inside = column_key(text);
    return rest;
}

/// A name taken apart.
struct Name {
    std::string key, core, squeezed;
    std::string whole;                     ///< core with what stands in brackets
    std::vector<Word> words;               ///< of the core, in order, without those that mean nothing
    std::vector<std::string> designators;  ///< ascending
    std::string acronym;                   ///< that it gives in brackets or is
    std::string initials,
        short_initials;  ///< of all words, of those that mean something; empty: fewer than 3
};

/// What is compared, whatever its table.
struct Subject {
    std::string_view name, place;
    TextId country{}, kind{};
    std::uint64_t size = 0;  ///< partnerships and expertises: the largest is kept
    std::uint32_t filled = 0;
    std::vector<std::pair<std::size_t, TextId>> identifiers;  ///< column, value
    std::string site, mail;
    bool kinds_matter = true;
};

struct Comparison {
    double score = 0.0;
    std::vector<MergeEvidence> evidence;
};

class Proposer {
public:
    Proposer(const Network& network, std::vector<Subject> subjects, double least)
        : network_(network), subjects_(std::move(subjects)), least_(least) {}

    struct Found {
        Item keep, merge;
        Comparison what;
    };

    std::vector<Found> run(const std::vector<std::pair<Item, Item>>& certain, std::size_t& compared) {
        take_apart();
        weigh_words();
        rank_names();
        std::vector<std::uint64_t> pairs = candidates(certain);
        compared += pairs.size();
        std::vector<Scored> scored;
        for (const std::uint64_t pair : pairs) {
            const Item a = static_cast<Item>(pair >> 32U);
            const Item b = static_cast<Item>(pair);
            const double score = compare(a, b, nullptr);
            if (score >= least_) {
                scored.push_back({score, a, b});
            }
        }
        return forest(std::move(scored));
    }

private:
    struct Scored {
        double score;
        Item a, b;
    };
    struct Key {
        std::uint64_t hash;
        Item item;
        friend bool operator<(const Key& x, const Key& y) noexcept {
            return x.hash != y.hash ? x.hash < y.hash : x.item < y.item;
        }
        friend bool operator==(const Key&, const Key&) = default;
    };

    Word intern(const std::string& word) {
        const auto [at, fresh] = index_.try_emplace(word, static_cast<Word>(texts_.size()));
        if (fresh) {
            texts_.push_back(word);
            names_with_.push_back(0);
        }
        return at->second;
    }

    void take_apart() {
        names_.resize(subjects_.size());
        for (std::size_t i = 0; i < names_.size(); ++i) {
            Name& name = names_[i];
            std::string inside;
            const std::string plain = without_brackets(subjects_[i].name, inside);
            name.key = name_key(subjects_[i].name);
            name.core = name_core(plain);
            name.whole = name_core(subjects_[i].name);
            name.acronym = inside;
            name.squeezed = column_key(name.core);
            std::vector<std::string> words = split(name.core);
            std::string all, some;
            std::vector<std::string> meaning;
            for (std::string& word : words) {
                all += word.front();
                if (is_one_of(stop_words, word)) {
                    continue;
                }
                some += word.front();
                word = word == "st" ? "saint" : word == "ste" ? "sainte" : word;
                add_designators(word, name.designators);
                meaning.push_back(word);
            }
            if (meaning.empty()) {
                meaning = words;
            }
            std::sort(name.designators.begin(), name.designators.end());
            if (some.size() >= 2 && name.core.front() > ' ' &&
                static_cast<unsigned char>(name.core.front()) < 0x80U) {
                name.initials = all;
                name.short_initials = some;
            }
            if (name.acronym.empty() && words.size() == 1 && words.front().size() >= 2 &&
                words.front().size() <= 8 && all_capitals(trimmed_ascii(plain))) {
                name.acronym = words.front();
            }
            for (const std::string& word : meaning) {
                name.words.push_back(intern(word));
            }
            std::vector<Word> distinct = name.words;
            std::sort(distinct.begin(), distinct.end());
            distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
            for (const Word w : distinct) {
                ++names_with_[w];
            }
        }
    }

    void weigh_words() {
        telling_.resize(texts_.size());
        const double n = std::max(least_population, static_cast<double>(names_.size()));
        weight_.resize(texts_.size());
        for (std::size_t w = 0; w < texts_.size(); ++w) {
            const double rarity = std::log(1.0 + n / names_with_[w]) / std::log(1.0 + n);
            telling_[w] = is_one_of(telling_words, texts_[w]) ? 1 : 0;
            weight_[w] = telling_[w] != 0 || is_one_of(generic_words, texts_[w])
                             ? std::min(rarity, weight_of_generic)
                             : rarity;
        }
        for (const Name& name : names_) {
            if (!name.initials.empty()) {
                ++called_[name.initials];
                if (name.short_initials != name.initials) {
                    ++called_[name.short_initials];
                }
            }
        }
    }

    void rank_names() {
        std::vector<Item> order(names_.size());
        std::iota(order.begin(), order.end(), Item{0});
        std::sort(order.begin(), order.end(), [this](Item a, Item b) {
            return std::tie(names_[a].core, a) < std::tie(names_[b].core, b);
        });
        rank_.resize(order.size());
        for (std::size_t k = 0; k < order.size(); ++k) {
            rank_[order[k]] = static_cast<std::uint32_t>(k);
        }
    }

    // Which pairs are compared

    std::vector<std::uint64_t> candidates(const std::vector<std::pair<Item, Item>>& certain) const {
        std::vector<std::uint64_t> pairs;
        for (const auto& [a, b] : certain) {
            add_pair(a, b, pairs);
        }
        add_blocks(word_keys(), pairs);
        add_blocks(deletion_keys(), pairs);
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        return pairs;
    }

    static void add_pair(Item a, Item b, std::vector<std::uint64_t>& pairs) {
        if (a != b) {
            pairs.push_back((static_cast<std::uint64_t>(std::min(a, b)) << 32U) | std::max(a, b));
        }
    }

    std::vector<Key> word_keys() const {
        constexpr std::size_t rarest = 4;
        std::vector<Key> keys;
        std::vector<Word> words;
        std::vector<std::string> sorted;
        std::string both;
        for (Item i = 0; i < names_.size(); ++i) {
            const Name& name = names_[i];
            const auto add = [&](std::string_view text, std::uint64_t salt) {
                if (!text.empty()) {
                    keys.push_back({hash_of(text, salt), i});
                }
            };
            add(name.core, 1);
            add(name.key, 2);
            add(name.squeezed, 3);
            if (name.words.empty()) {
                continue;
            }
            sorted.clear();
            for (const Word w : name.words) {
                sorted.push_back(texts_[w]);
            }
            std::sort(sorted.begin(), sorted.end());
            std::string joined;
            for (const std::string& word : sorted) {
                joined += word + ' ';
            }
            add(joined, 4);
            words = name.words;
            std::sort(words.begin(), words.end(), [this](Word x, Word y) {
                return std::tie(weight_[y], texts_[x]) < std::tie(weight_[x], texts_[y]);
            });
            words.erase(std::unique(words.begin(), words.end()), words.end());
            words.erase(
                std::remove_if(words.begin(), words.end(), [this](Word w) { return names_with_[w] < 2; }),
                words.end());
            words.resize(std::min(words.size(), rarest));
            for (std::size_t k = 0; k < words.size(); ++k) {
                add(texts_[words[k]], 5);
                for (std::size_t m = k + 1; m < words.size(); ++m) {
                    const auto& [first, second] = std::minmax(texts_[words[k]], texts_[words[m]]);
                    both.assign(first).append(1, ' ').append(second);
                    add(both, 6);
                }
            }
            add(name.acronym, 7);
            add(name.initials, 7);
            add(name.short_initials == name.initials ? "" : name.short_initials, 7);
            for (const auto& [column, value] : subjects_[i].identifiers) {
                add(network_.text(value), 100 + column);
            }
            add(subjects_[i].site, 8);
            add(subjects_[i].mail, 9);
        }
        return keys;
    }

    /// Names one letter apart have a deletion in common.
    std::vector<Key> deletion_keys() const {
        std::vector<Key> keys;
        std::string shorter;
        for (Item i = 0; i < names_.size(); ++i) {
            const std::string text = names_[i].squeezed.substr(0, most_letters);
            if (text.size() < 4) {
                continue;
            }
            keys.push_back({hash_of(text, 11), i});
            for (std::size_t gap = 0; gap < text.size(); ++gap) {
                if (gap > 0 && text[gap] == text[gap - 1]) {
                    continue;  // the same again
                }
                shorter.assign(text, 0, gap);
                shorter.append(text, gap + 1);
                keys.push_back({hash_of(shorter, 11), i});
            }
        }
        return keys;
    }

    /// Pairs within each group of equal keys; of a large one neighbours in the order of names only.
    void add_blocks(std::vector<Key> keys, std::vector<std::uint64_t>& pairs) const {
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        std::vector<Item> group;
        for (std::size_t begin = 0; begin < keys.size();) {
            std::size_t end = begin + 1;
            while (end < keys.size() && keys[end].hash == keys[begin].hash) {
                ++end;
            }
            group.clear();
            for (std::size_t k = begin; k < end; ++k) {
                group.push_back(keys[k].item);
            }
            begin = end;
            std::size_t reach = group.size();
            if (group.size() > whole_group) {
                reach = neighbours;
                std::sort(group.begin(), group.end(), [this](Item a, Item b) { return rank_[a] < rank_[b]; });
            }
            for (std::size_t k = 0; k < group.size(); ++k) {
                for (std::size_t m = k + 1; m < std::min(group.size(), k + 1 + reach); ++m) {
                    add_pair(group[k], group[m], pairs);
                }
            }
        }
    }

    // How alike two are

    /// 0: other words.
    double similarity(Word x, Word y, MergeReason& why) const {
        const std::string& p = texts_[x];
        const std::string& q = texts_[y];
        const std::size_t shorter = std::min(p.size(), q.size());
        const std::size_t longer = std::max(p.size(), q.size());
        if (shorter < 3 || std::any_of(p.begin(), p.end(), is_digit) ||
            std::any_of(q.begin(), q.end(), is_digit)) {
            return 0.0;
        }
        if (longer == shorter + 1 && (p.starts_with(q) || q.starts_with(p)) &&
            (longer == p.size() ? p : q).back() == 's' && shorter > 4) {
            why = MergeReason::typing_error;
            return 0.97;  // the plural
        }
        if (shorter >= 3 && longer >= shorter + 2 && (p.starts_with(q) || q.starts_with(p))) {
            why = MergeReason::abbreviation;
            return weight_[longer == p.size() ? x : y] <= weight_of_generic ? 0.95 : shorter >= 4 ? 0.7 : 0.6;
        }
        if (shorter < 4 || longer > longest_word || (names_with_[x] > 1 && names_with_[y] > 1)) {
            return 0.0;  // both are words of their own
        }
        const std::size_t limit = longer >= 8 ? 2 : 1;
        if (longer > shorter + limit) {
            return 0.0;
        }
        const std::size_t distance = edit_distance(p, q, limit);
        if (distance > limit) {
            return 0.0;
        }
        why = MergeReason::typing_error;
        const double same = 1.0 - static_cast<double>(distance) / (2.0 * static_cast<double>(longer));
        return p.front() == q.front() ? same : same - 0.2;
    }

    struct Side {
        std::vector<Word> words;
        std::vector<std::uint8_t> used;
        double left = 0.0;
    };

    /// A word of x that is the initials of words of y which stand together.
    double pair_initials(Side& x, Side& y, std::vector<MergeEvidence>* told) const {
        double paired = 0.0;
        for (std::size_t i = 0; i < x.words.size(); ++i) {
            const std::string& word = texts_[x.words[i]];
            if (x.used[i] != 0 || word.size() < 2 || word.size() > 6) {
                continue;
            }
            for (std::size_t k = 0; k + word.size() <= y.words.size(); ++k) {
                bool fits = true;
                double weight = 0.0;
                std::string said;
                for (std::size_t m = 0; fits && m < word.size(); ++m) {
                    fits = y.used[k + m] == 0 && texts_[y.words[k + m]].front() == word[m];
                    weight += fits ? weight_[y.words[k + m]] : 0.0;
                    said += fits ? ' ' + texts_[y.words[k + m]] : "";
                }
                if (fits) {
                    x.used[i] = 1;
                    std::fill_n(y.used.begin() + static_cast<std::ptrdiff_t>(k), word.size(),
                                std::uint8_t{1});
                    const double share = word.size() > 2 ? 0.9 : 0.7;
                    const double both = (weight_[x.words[i]] + weight) / 2.0;
                    x.left += (1.0 - share) * both;
                    y.left += (1.0 - share) * both;
                    paired += share * both;
                    if (told != nullptr) {
                        told->push_back(
                            {MergeReason::abbreviation, std::string(word).append(" /").append(said)});
                    }
                    break;
                }
            }
        }
        return paired;
    }

    /// As alike as the words of two names are, 0 .. 1.
    double alike(const Name& a, const Name& b, std::vector<MergeEvidence>* told) const {
        Side x{a.words, std::vector<std::uint8_t>(a.words.size(), 0)};
        Side y{b.words, std::vector<std::uint8_t>(b.words.size(), 0)};
        double paired = 0.0;
        for (std::size_t i = 0; i < x.words.size(); ++i) {
            for (std::size_t k = 0; k < y.words.size(); ++k) {
                if (y.used[k] == 0 && x.words[i] == y.words[k]) {
                    x.used[i] = y.used[k] = 1;
                    paired += weight_[x.words[i]];
                    break;
                }
            }
        }
        struct Near {
            double similarity;
            std::size_t i, k;
            MergeReason why;
        };
        const bool single = x.words.size() == 1 && y.words.size() == 1;
        std::vector<Near> near;
        for (std::size_t i = 0; i < x.words.size(); ++i) {
            for (std::size_t k = 0; x.used[i] == 0 && k < y.words.size(); ++k) {
                MergeReason why{};
                double s = y.used[k] == 0 ? similarity(x.words[i], y.words[k], why) : 0.0;
                s = single && why == MergeReason::typing_error && s < 0.97 ? 2.0 * s - 1.0
                                                                           : s;  // nothing else agrees
                if (s > 0.0) {
                    near.push_back({s, i, k, why});
                }
            }
        }
        std::sort(near.begin(), near.end(), [](const Near& p, const Near& q) {
            return std::tie(q.similarity, p.i, p.k) < std::tie(p.similarity, q.i, q.k);
        });
        for (const Near& n : near) {
            if (x.used[n.i] != 0 || y.used[n.k] != 0) {
                continue;
            }
            x.used[n.i] = y.used[n.k] = 1;
            const double weight = std::min(weight_[x.words[n.i]], weight_[y.words[n.k]]);
            paired += n.similarity * weight;
            x.left += (1.0 - n.similarity) * weight;
            y.left += (1.0 - n.similarity) * weight;
            if (told != nullptr) {
                told->push_back({n.why, texts_[x.words[n.i]] + " / " + texts_[y.words[n.k]]});
            }
        }
        if (x.words.size() > 1 && y.words.size() > 1) {  // else see called_by_initials
            paired += pair_initials(x, y, told);
            paired += pair_initials(y, x, told);
        }
        bool told_apart = false;
        const auto rest = [&](Side& side) {
            std::string words;
            for (std::size_t i = 0; i < side.words.size(); ++i) {
                if (side.used[i] == 0) {
                    const Word w = side.words[i];
                    side.left += telling_[w] != 0 ? std::max(weight_[w], weight_left_telling) : weight_[w];
                    told_apart = told_apart || telling_[w] != 0;
                    words += (words.empty() ? "" : " ") + texts_[side.words[i]];
                }
            }
            return words;
        };
        const std::string more = rest(x);
        const std::string more_too = rest(y);
        if (told != nullptr && (more.empty() != more_too.empty())) {
            told->push_back({MergeReason::missing_words, more + more_too});
        } else if (told != nullptr && !more.empty()) {
            told->push_back({MergeReason::alike, more + " / " + more_too});
        }
        const double whole = paired + 0.7 * std::max(x.left, y.left) + 2.5 * std::min(x.left, y.left);
        return whole > 0.0 ? paired / whole * (told_apart ? 0.75 : 1.0) : 0.0;
    }

    /// The score of initials beside a full name; 0: they are none.
    double called_by_initials(const Name& a, const Name& b, std::string& acronym) const {
        double best = 0.0;
        for (const auto& [x, y] : {std::pair(&a, &b), std::pair(&b, &a)}) {
            if (x->acronym.empty() || x->words.size() > 1) {
                continue;  // the name is to be the acronym itself
            }
            const bool told = x->acronym == y->acronym;  // in brackets
            if (!told && x->acronym != y->initials && x->acronym != y->short_initials) {
                continue;
            }
            const auto called = called_.find(x->acronym);
            const double many = called == called_.end() ? 1.0 : std::max<double>(1.0, called->second);
            const std::size_t length = x->acronym.size();
            const double score = length >= 4 ? 0.85 : length == 3 ? 0.75 : 0.6;
            if (score / (told ? 1.0 : many) > best) {
                best = score / (told ? 1.0 : many);
                acronym = x->acronym;
            }
        }
        return best;
    }

    double compare(Item a, Item b, std::vector<MergeEvidence>* told) const {
        const Name& x = names_[a];
        const Name& y = names_[b];
        const auto say = [told](MergeReason reason, std::string detail = {}) {
            if (told != nullptr) {
                told->push_back({reason, std::move(detail)});
            }
        };
        double score = 0.0;
        std::string acronym;
        if (x.key.empty() || y.key.empty()) {
            return 0.0;
        }
        if (x.key == y.key) {
            score = 0.98;
            say(MergeReason::same_name);
        } else if (x.core == y.core || x.whole == y.whole) {
            score = 0.95;
            say(MergeReason::same_core, x.core);
        } else if (x.words == y.words) {
            score = 0.93;
            say(MergeReason::small_words);
        } else if (x.squeezed == y.squeezed) {
            score = 0.93;
            say(MergeReason::spacing);
        } else if (same_words(x, y)) {
            score = 0.93;
            say(MergeReason::word_order);
        } else {
            score = 0.92 * alike(x, y, nullptr);
            const double initials = called_by_initials(x, y, acronym);
            if (initials > score) {
                score = initials;
                say(MergeReason::acronym, acronym);
            } else if (told != nullptr) {
                (void)alike(x, y, told);
            }
        }
        if (x.designators != y.designators && x.whole != y.whole) {
            score *= x.designators.empty() || y.designators.empty() ? 0.8 : 0.2;
            say(MergeReason::other_number);
        }
        return in_circumstances(a, b, score, x.words == y.words || x.whole == y.whole, told);
    }

    /// The place is one of the words that were compared already.
    bool says_place(Item i) const {
        const std::string key = name_key(subjects_[i].place);
        const std::string first = key.substr(0, key.find(' '));
        return std::any_of(names_[i].words.begin(), names_[i].words.end(),
                           [&](Word w) { return texts_[w] == first; });
    }

    static bool same_words(const Name& x, const Name& y) {
        if (x.words.size() != y.words.size()) {
            return false;
        }
        std::vector<Word> p = x.words;
        std::vector<Word> q = y.words;
        std::sort(p.begin(), p.end());
        std::sort(q.begin(), q.end());
        return p == q;
    }

    double in_circumstances(Item a, Item b, double score, bool whole,
                            std::vector<MergeEvidence>* told) const {
        const Subject& x = subjects_[a];
        const Subject& y = subjects_[b];
        const auto say = [told](MergeReason reason, std::string detail = {}) {
            if (told != nullptr) {
                told->push_back({reason, std::move(detail)});
            }
        };
        const auto words = [&](std::string_view p, std::string_view q) {
            return std::string(p) + " / " + std::string(q);
        };
        std::optional<bool> identified;
        for (const auto& [column, value] : x.identifiers) {
            for (const auto& [other, theirs] : y.identifiers) {
                if (column == other) {
                    identified = identified.value_or(false) || value == theirs;
                    if (value == theirs) {
                        say(MergeReason::same_identifier,
                            network_.attribute_names()[column] + ' ' + std::string(network_.text(value)));
                    }
                }
            }
        }
        if (!x.site.empty() && x.site == y.site) {
            score += 0.5 * (1.0 - score);
            say(MergeReason::same_website, x.site);
        }
        if (!x.mail.empty() && x.mail == y.mail) {
            score += 0.3 * (1.0 - score);
            say(MergeReason::same_mail_domain, x.mail);
        }
        if (places_differ(x.place, y.place)) {
            score *= 0.6;
            say(MergeReason::other_place, words(x.place, y.place));
        } else if (!x.place.empty() && !y.place.empty()) {
            score += score >= 0.5 && !(says_place(a) && says_place(b)) ? 0.3 * (1.0 - score) : 0.0;
            say(MergeReason::same_place, std::string(x.place));
        }
        const auto differ = [](TextId p, TextId q) { return p != q && p != TextId{} && q != TextId{}; };
        if (differ(x.country, y.country)) {
            score *= 0.3;
            say(MergeReason::other_country, words(network_.text(x.country), network_.text(y.country)));
        }
        if (differ(x.kind, y.kind)) {
            score *= !x.kinds_matter ? 0.6 : whole ? 0.85 : 0.7;
            say(MergeReason::other_kind, words(network_.text(x.kind), network_.text(y.kind)));
        }
        if (identified && *identified) {
            return std::max(score, 0.97);
        }
        if (identified) {
            score *= 0.4;
            say(MergeReason::other_identifier);
        }
        return std::min(1.0, score);
    }

    // Which are told

    /// Better pairs first; none between what better ones have joined. Every item is merged towards the largest of
    /// its tree.
    std::vector<Found> forest(std::vector<Scored> scored) const {
        std::sort(scored.begin(), scored.end(), [](const Scored& p, const Scored& q) {
            return std::tie(q.score, p.a, p.b) < std::tie(p.score, q.a, q.b);
        });
        std::vector<Item> root(subjects_.size());
        std::iota(root.begin(), root.end(), Item{0});
        const auto find = [&root](Item i) {
            while (root[i] != i) {
                i = root[i] = root[root[i]];
            }
            return i;
        };
        std::vector<Scored> kept;
        std::map<Item, std::vector<std::pair<Item, std::size_t>>> ties;
        for (const Scored& s : scored) {
            const Item a = find(s.a);
            const Item b = find(s.b);
            if (a != b) {
                root[b] = a;
                ties[s.a].emplace_back(s.b, kept.size());
                ties[s.b].emplace_back(s.a, kept.size());
                kept.push_back(s);
            }
        }
        std::vector<Item> order;
        order.reserve(ties.size());
        for (const auto& [item, unused] : ties) {
            order.push_back(item);
        }
        std::sort(order.begin(), order.end(), [this](Item a, Item b) {
            const Subject& x = subjects_[a];
            const Subject& y = subjects_[b];
            return std::tuple(y.size, y.filled, y.name.size(), a) <
                   std::tuple(x.size, x.filled, x.name.size(), b);
        });
        std::vector<Found> found(kept.size());
        std::vector<std::uint8_t> reached(subjects_.size(), 0);
        std::vector<Item> queue;
        for (const Item largest : order) {
            if (reached[largest] != 0) {
                continue;
            }
            reached[largest] = 1;
            queue.assign(1, largest);
            for (std::size_t at = 0; at < queue.size(); ++at) {
                const Item from = queue[at];
                for (const auto& [to, pair] : ties[from]) {
                    if (reached[to] == 0) {
                        reached[to] = 1;
                        found[pair].keep = from;
                        found[pair].merge = to;
                        queue.push_back(to);
                    }
                }
            }
        }
        for (std::size_t p = 0; p < kept.size(); ++p) {
            found[p].what.score = kept[p].score;
            (void)compare(kept[p].a, kept[p].b, &found[p].what.evidence);
        }
        std::sort(found.begin(), found.end(), [](const Found& p, const Found& q) {
            return std::tie(q.what.score, p.keep, p.merge) < std::tie(p.what.score, q.keep, q.merge);
        });
        return found;
    }

    const Network& network_;
    std::vector<Subject> subjects_;
    double least_;
    std::vector<Name> names_;
    std::vector<std::uint32_t> rank_;  ///< in the order of cores
    std::unordered_map<std::string, Word> index_;
    std::vector<std::string> texts_;
    std::vector<std::uint32_t> names_with_;
    std::vector<double> weight_;
    std::vector<std::uint8_t> telling_;
    std::unordered_map<std::string, std::uint32_t> called_;  ///< names by their initials
};

/// "univ-tours.fr/international" of "https://www.univ-tours.fr/international/".
std::string site_of(std::string_view url) {
    std::string site = lower_ascii(url);
    if (const std::size_t scheme = site.find("://"); scheme != std::string::npos) {
        site.erase(0, scheme + 3);
    }
    if (site.starts_with("www.")) {
        site.erase(0, 4);
    }
    while (!site.empty() && site.back() == '/') {
        site.pop_back();
    }
    return site.find('.') == std::string::npos ? std::string() : site;
}

std::string mail_domain(std::string_view address) {
    const std::size_t at = address.rfind('@');
    std::string domain = at == std::string_view::npos ? std::string() : lower_ascii(address.substr(at + 1));
    return is_one_of(public_mail, domain) ? std::string() : domain;
}

/// What more than three have tells nothing of any of them.
void forget_shared(std::vector<Subject>& subjects, std::string Subject::*field) {
    std::unordered_map<std::string, std::uint32_t> count;
    for (const Subject& s : subjects) {
        ++count[s.*field];
    }
    for (Subject& s : subjects) {
        if (count[s.*field] > 3) {
            (s.*field).clear();
        }
    }
}

std::vector<Subject> subjects_of_actors(const Network& n) {
    const std::vector<std::size_t> identifying = identifier_columns(n);
    std::vector<std::size_t> mails;
    for (std::size_t column = 0; column < n.attribute_names().size(); ++column) {
        const std::string key = column_key(n.attribute_names()[column]);
        if (key == "email" || key == "mail" || key == "courriel" || key == "emailaddress" || key == "mel" ||
            key == "adressemail") {
            mails.push_back(column);
        }
    }
    std::vector<Subject> subjects(n.actors().size());
    for (const ActorId a : n.actors().ids()) {
        const Actor& actor = n.actors()[a];
        Subject& s = subjects[index_of(a)];
        s.name = n.name(a);
        s.place = n.text(actor.place);
        s.country = actor.country;
        s.kind = actor.kind;
        s.size = n.partnerships_of(a).size();
        for (const TextId text : {actor.kind, actor.place, actor.country, actor.url}) {
            s.filled += text != TextId{} ? 1U : 0U;
        }
        for (std::size_t column = 0; column < n.attribute_names().size(); ++column) {
            s.filled += n.attribute(column, a) != TextId{} ? 1U : 0U;
        }
        for (const std::size_t column : identifying) {
            if (const TextId value = n.attribute(column, a); value != TextId{}) {
                s.identifiers.emplace_back(column, value);
            }
        }
        s.site = site_of(n.text(actor.url));
        for (const std::size_t column : mails) {
            s.mail = s.mail.empty() ? mail_domain(n.text(n.attribute(column, a))) : s.mail;
        }
    }
    for (const Holding& h : n.holdings()) {
        ++subjects[index_of(h.actor)].size;
    }
    forget_shared(subjects, &Subject::site);
    forget_shared(subjects, &Subject::mail);
    return subjects;
}

std::vector<Subject> subjects_of_expertises(const Network& n) {
    std::vector<Subject> subjects(n.expertises().size());
    for (const ExpertiseId x : n.expertises().ids()) {
        Subject& s = subjects[index_of(x)];
        s.name = n.label(x, Language::fr);
        s.kind = n.expertises()[x].scheme;
        s.kinds_matter = false;
        s.size = n.children(x).size();
    }
    for (const Holding& h : n.holdings()) {
        ++subjects[index_of(h.expertise)].size;
    }
    for (const PartnershipId p : n.partnerships().ids()) {
        for (const ExpertiseId x : n.topics(p)) {
            ++subjects[index_of(x)].size;
        }
    }
    return subjects;
}

template <StrongId Id>
std::vector<MergeProposal<Id>> proposals(const Network& network, std::vector<Subject> subjects,
                                         const std::vector<std::pair<Item, Item>>& certain, double least,
                                         std::size_t& compared) {
    std::vector<MergeProposal<Id>> result;
    for (Proposer::Found& f : Proposer(network, std::move(subjects), least).run(certain, compared)) {
        result.push_back(
            {static_cast<Id>(f.keep), static_cast<Id>(f.merge), f.what.score, std::move(f.what.evidence)});
    }
    return result;
}

}  // namespace

std::string_view to_code(MergeReason reason) noexcept {
    constexpr std::array<std::string_view, 19> codes = {
        "same_identifier", "same_name",    "same_core",        "small_words",  "word_order",
        "spacing",         "acronym",      "typing_error",     "abbreviation", "missing_words",
        "alike",           "same_website", "same_mail_domain", "same_place",   "other_place",
        "other_country",   "other_kind",   "other_identifier", "other_number"};
    return codes[static_cast<std::size_t>(reason)];
}

MergeProposals merge_proposals(const Network& network, const ProposalOptions& options) {
    MergeProposals result;
    std::vector<std::pair<Item, Item>> certain;
    for (const auto& [first, second] : near_duplicates(network)) {
        certain.emplace_back(static_cast<Item>(first), static_cast<Item>(second));
    }
    result.actors = proposals<ActorId>(network, subjects_of_actors(network), certain, options.least_score,
                                       result.compared);
    result.expertises = proposals<ExpertiseId>(network, subjects_of_expertises(network), {},
                                               options.least_score, result.compared);
    return result;
}

}  // namespace maillage::io

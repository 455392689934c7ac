#include "io/near_duplicates.hpp"

#include "engine/edit_distance.hpp"
#include "engine/radix_sort.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace maillage::io {
namespace {

/// `"tours" (Ville de Tours)`: without its line, so that the message does not depend on the order of rows.
std::string described(const Network& network, ActorId a) {
    return '"' + std::string(network.id(a)) + "\" (" + std::string(network.name(a)) + ")";
}

constexpr std::string_view advice = " have nearly the same name; if they are one, give them one id";
constexpr std::string_view resembles = " resembles";

/// Keys of columns; compared by column_key.
constexpr std::array<std::string_view, 24> identifiers = {
    "siret",  "siren", "rna",  "ror",    "rorid",    "rnsr",        "pic",        "uai",
    "finess", "isni",  "grid", "gridid", "wikidata", "insee",       "codeinsee",  "vat",
    "tva",    "lei",   "duns", "orgid",  "idref",    "identifiant", "identifier", "numerorna"};

std::string place_key(std::string_view place) {
    std::string key = name_key(place);
    if (const std::size_t cedex = key.find(" cedex"); cedex != std::string::npos) {
        key.erase(cedex);
    }
    while (!key.empty() && (key.back() == ' ' || (key.back() >= '0' && key.back() <= '9'))) {
        key.pop_back();
    }
    return key;
}

bool may_be_one(const Network& network, const std::vector<std::size_t>& identifying, ActorId a, ActorId b) {
    const Actor& x = network.actors()[a];
    const Actor& y = network.actors()[b];
    const auto differ = [](TextId p, TextId q) { return p != q && p != TextId{} && q != TextId{}; };
    return !differ(x.country, y.country) && !places_differ(network.text(x.place), network.text(y.place)) &&
           std::none_of(identifying.begin(), identifying.end(), [&](std::size_t column) {
               return differ(network.attribute(column, a), network.attribute(column, b));
           });
}

/// Of actors with the cores of their names: each whose core is that of an earlier one that it may be, with the first of these.
void add_near(const Network& network, const std::vector<std::size_t>& identifying,
              std::vector<std::pair<std::string, ActorId>>& called,
              std::vector<std::pair<ActorId, ActorId>>& found) {
    constexpr std::size_t most_compared = 16;  // of the same name in as many countries
    std::sort(called.begin(), called.end());
    for (std::size_t k = 1; k < called.size(); ++k) {
        for (std::size_t j = k > most_compared ? k - most_compared : 0; j < k; ++j) {
            if (called[j].first == called[k].first &&
                may_be_one(network, identifying, called[k].second, called[j].second)) {
                found.emplace_back(called[j].second, called[k].second);
                break;
            }
        }
    }
}

void report(const Network& network, ActorId first, ActorId second, const std::string& file,
            std::vector<Diagnostic>& diagnostics) {
    const auto place = [&](ActorId a) {
        const RecordPlace& where = network.actors()[a].where;
        return SourcePosition{file, where.line, where.column};
    };
    diagnostics.push_back(
        {Severity::warning,
         place(second),
         "actors " + described(network, first) + " and " + described(network, second) + std::string(advice),
         {}});
    diagnostics.push_back({Severity::note,
                           place(first),
                           "here is " + described(network, first) + ", which " + described(network, second) +
                               std::string(resembles),
                           {}});
}

}  // namespace

std::vector<std::size_t> identifier_columns(const Network& network) {
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < network.attribute_names().size(); ++column) {
        const std::string key = column_key(network.attribute_names()[column]);
        if (std::find(identifiers.begin(), identifiers.end(), key) != identifiers.end()) {
            columns.push_back(column);
        }
    }
    return columns;
}

bool places_differ(std::string_view x, std::string_view y) {
    if (x == y || x.empty() || y.empty()) {
        return false;
    }
    const std::string p = place_key(x);
    const std::string q = place_key(y);
    return !p.empty() && !q.empty() && !p.starts_with(q) && !q.starts_with(p) &&
           edit_distance(p, q, 1) > (std::min(p.size(), q.size()) < 5 ? 0 : 1);
}

std::vector<std::pair<ActorId, ActorId>> near_duplicates(const Network& network) {
    const std::vector<std::size_t> identifying = identifier_columns(network);
    std::vector<KeyedItem> hashed;  // cores of names: most are alone, and no text of theirs is kept
    hashed.reserve(network.actors().size());
    for (const ActorId a : network.actors().ids()) {
        const std::string core = name_core(network.name(a));
        if (!core.empty()) {  // else punctuation alone
            hashed.push_back({std::hash<std::string>()(core), static_cast<std::uint32_t>(a)});
        }
    }
    std::vector<KeyedItem> scratch;
    sort_by_key(hashed, scratch);
    std::vector<std::pair<ActorId, ActorId>> found;
    std::vector<std::pair<std::string, ActorId>> same;
    for (std::size_t i = 0; i < hashed.size();) {
        std::size_t end = i + 1;
        while (end < hashed.size() && hashed[end].key == hashed[i].key) {
            ++end;
        }
        if (end - i > 1) {
            same.clear();
            for (std::size_t k = i; k < end; ++k) {
                const auto a = static_cast<ActorId>(hashed[k].item);
                same.emplace_back(name_core(network.name(a)), a);
            }
            add_near(network, identifying, same, found);
        }
        i = end;
    }
    std::sort(found.begin(), found.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
    return found;
}

void warn_near_duplicates(const Network& network, const std::string& file,
                          std::vector<Diagnostic>& diagnostics) {
    for (const auto& [first, second] : near_duplicates(network)) {
        report(network, first, second, file, diagnostics);
    }
}

bool is_near_duplicate(const Diagnostic& diagnostic) {
    const std::string_view message = diagnostic.message;
    return diagnostic.severity == Severity::warning
               ? message.starts_with("actors ") && message.ends_with(advice)
               : diagnostic.severity == Severity::note && message.starts_with("here is ") &&
                     message.ends_with(resembles);
}

}  // namespace maillage::io

#include "io/near_duplicates.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace maillage::io {
namespace {

/// `"tours" (Ville de Tours)`: without its line, so that the message does not depend on the order of rows.
std::string described(const Network& network, ActorId a) {
    return '"' + std::string(network.id(a)) + "\" (" + std::string(network.name(a)) + ")";
}

bool may_be_one(const Actor& x, const Actor& y) noexcept {
    return x.country == y.country || x.country == TextId{} || y.country == TextId{};
}

void report(const Network& network, ActorId first, ActorId second, const std::string& file,
            std::vector<Diagnostic>& diagnostics) {
    const auto place = [&](ActorId a) {
        const RecordPlace& where = network.actors()[a].where;
        return SourcePosition{file, where.line, where.column};
    };
    diagnostics.push_back({Severity::warning,
                           place(second),
                           "actors " + described(network, first) + " and " + described(network, second) +
                               " have nearly the same name; if they are one, give them one id",
                           {}});
    diagnostics.push_back(
        {Severity::note,
         place(first),
         "here is " + described(network, first) + ", which " + described(network, second) + " resembles",
         {}});
}

}  // namespace

void warn_near_duplicates(const Network& network, const std::string& file,
                          std::vector<Diagnostic>& diagnostics) {
    constexpr std::size_t most_compared = 16;              // of the same name in as many countries
    std::unordered_map<std::string, ActorId> last_called;  // the last actor of each core
    IdVector<ActorId, ActorId> before(network.actors().size(), none<ActorId>);
    last_called.reserve(network.actors().size());
    std::vector<ActorId> same;
    for (const ActorId a : network.actors().ids()) {
        std::string core = name_core(network.name(a));
        if (core.empty()) {
            continue;  // punctuation alone
        }
        const auto [last, first_of_its_name] = last_called.try_emplace(std::move(core), a);
        if (first_of_its_name) {
            continue;
        }
        before[a] = std::exchange(last->second, a);
        same.clear();
        for (ActorId b = before[a]; b != none<ActorId> && same.size() < most_compared; b = before[b]) {
            same.push_back(b);
        }
        const auto one = std::find_if(same.rbegin(), same.rend(), [&](ActorId b) {
            return may_be_one(network.actors()[a], network.actors()[b]);
        });
        if (one != same.rend()) {
            report(network, *one, a, file, diagnostics);
        }
    }
}

}  // namespace maillage::io

#include "io/near_duplicates.hpp"

#include "io/name_key.hpp"

#include <unordered_map>

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
    constexpr std::size_t most_compared = 16;  // of the same name in as many countries
    std::unordered_map<std::string, std::vector<ActorId>> seen;
    seen.reserve(network.actors().size());
    for (const ActorId a : network.actors().ids()) {
        const Actor& actor = network.actors()[a];
        std::string core = name_core(network.name(a));
        if (core.empty()) {
            continue;  // punctuation alone
        }
        std::vector<ActorId>& same = seen[std::move(core)];
        for (const ActorId b : same) {
            if (may_be_one(actor, network.actors()[b])) {
                report(network, b, a, file, diagnostics);
                break;
            }
        }
        if (same.size() < most_compared) {
            same.push_back(a);
        }
    }
}

}  // namespace maillage::io

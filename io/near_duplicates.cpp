#include "io/near_duplicates.hpp"

#include "io/name_key.hpp"

#include <unordered_map>

namespace maillage::io {

void warn_near_duplicates(const Network& network, const std::string& file,
                          std::vector<Diagnostic>& diagnostics) {
    std::unordered_map<std::string, std::vector<ActorId>> seen;
    seen.reserve(network.actors().size());
    for (const ActorId a : network.actors().ids()) {
        const Actor& actor = network.actors()[a];
        const std::string core = name_core(network.name(a));
        if (core.empty()) {
            continue;
        }
        std::vector<ActorId>& same = seen[core];
        for (const ActorId b : same) {
            const Actor& other = network.actors()[b];
            if (actor.country == other.country || actor.country == TextId{} || other.country == TextId{}) {
                diagnostics.push_back(
                    {Severity::warning,
                     {file, actor.where.line, actor.where.column},
                     "actors \"" + std::string(network.id(b)) + "\" (" + std::string(network.name(b)) +
                         ") and \"" + std::string(network.id(a)) + "\" (" + std::string(network.name(a)) +
                         ") have nearly the same name; if they are one, give them one id",
                     {}});
                break;
            }
        }
        same.push_back(a);
    }
}

}  // namespace maillage::io

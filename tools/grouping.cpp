#include "tools/grouping.hpp"

#include "engine/error.hpp"

#include "algorithms/community/leiden.hpp"

#include "tools/session.hpp"

#include <algorithm>
#include <set>

namespace maillage::tools {
namespace {

constexpr std::string_view community = "community";
constexpr std::string_view expertise = "expertise";

bool is_attribute(const Network& network, std::string_view name) {
    const auto names = network.groupable_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

GroupLabels from_cells(std::string_view by, const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    return {std::string(by), views};
}

GroupLabels domains(const Network& network, const Projection& projection) {
    std::vector<std::string> cells;
    for (std::size_t v = 0; v < projection.actor_of.size(); ++v) {
        std::set<std::string_view> roots;
        for (const auto& held : projection.offers.of(id_at<VertexId>(v))) {
            if (held.inferred) {  // from the ties: those would be inside by construction
                continue;
            }
            ExpertiseId x = held.expertise;
            while (network.expertises()[x].parent != none<ExpertiseId>) {
                x = network.expertises()[x].parent;
            }
            roots.insert(network.id(x));
        }
        auto& cell = cells.emplace_back();
        for (const std::string_view root : roots) {
            cell += (cell.empty() ? "" : "|") + std::string(root);
        }
    }
    return from_cells(expertise, cells);
}

/// Actors without ties are in no community.
GroupLabels found(const Session& session, const Projection& projection) {
    LeidenOptions options;
    options.seed = session.common().seed;
    const GraphView g = projection.graph;
    const LeidenResult result = leiden(g, options, session.execution());
    std::vector<std::string> cells;
    for (const VertexId v : g.vertices()) {
        std::string number = std::to_string(index_of(result.partition()[v]) + 1);
        number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');  // in the order of numbers
        cells.push_back(g.degree(v) > 0 ? number : std::string());
    }
    return from_cells(community, cells);
}

GroupLabels crossed(const Session& session, const Projection& projection, std::string_view by) {
    std::vector<GroupLabels> parts;
    std::string_view rest = by;
    while (true) {
        const auto star = rest.find('*');
        if (rest.substr(0, star).empty()) {
            throw OptionError("by",
                              "--by \"" + std::string(by) + "\": two attributes are crossed as kind*place");
        }
        parts.push_back(grouping(session, projection, rest.substr(0, star)));
        if (star == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(star + 1);
    }
    std::vector<std::string> cells;
    for (std::size_t v = 0; v < projection.actor_of.size(); ++v) {
        std::vector<std::string> names = {""};
        bool first = true;
        for (const GroupLabels& part : parts) {
            std::vector<std::string> longer;
            for (const std::string& name : names) {
                for (const GroupId g : part.of(id_at<VertexId>(v))) {
                    longer.push_back(first ? part.name(g) : name + "*" + part.name(g));
                }
            }
            names = std::move(longer);
            first = false;
        }
        auto& cell = cells.emplace_back();
        for (const std::string& name : names) {
            cell += (cell.empty() ? "" : "|") + name;
        }
    }
    return from_cells(by, cells);
}

}  // namespace

GroupLabels grouping(const Session& session, const Projection& projection, std::string_view by) {
    const Network& network = session.network();
    if (is_attribute(network, by)) {
        return labels_by(network, projection.actor_of, by);
    }
    if (by.find('*') != std::string_view::npos) {
        return crossed(session, projection, by);
    }
    if (by == expertise) {
        return domains(network, projection);
    }
    if (by == community) {
        return found(session, projection);
    }
    return labels_by(network, projection.actor_of, by);  // says the nearest names
}

std::vector<std::string> groupings_asked(const Session& session, const std::vector<std::string>& asked) {
    if (!asked.empty()) {
        return asked;
    }
    const auto& own = session.network().settings().group_by;
    return own.empty() ? std::vector<std::string>{"kind"} : own;
}

}  // namespace maillage::tools

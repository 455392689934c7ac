#include "io/report/group_words.hpp"

#include "io/report/reading.hpp"

#include <algorithm>

namespace maillage::io {
namespace {

bool is_attribute(const Network& network, std::string_view name) {
    const auto names = network.groupable_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string grouping_label(const Network& network, std::string_view attribute, Language language) {
    if (is_attribute(network, attribute)) {
        return std::string(network.label("attribute", attribute, language));
    }
    if (const auto star = attribute.find('*'); star != std::string_view::npos) {
        return grouping_label(network, attribute.substr(0, star), language) + " × " +
               grouping_label(network, attribute.substr(star + 1), language);
    }
    if (attribute == "expertise") {
        return std::string(pick(language, "Domaine d’expertise", "Domain of expertise"));
    }
    if (attribute == "community") {
        return std::string(pick(language, "Communauté", "Community"));
    }
    return std::string(attribute);
}

std::string group_label(const Network& network, std::string_view attribute, std::string_view group,
                        Language language) {
    if (is_attribute(network, attribute)) {
        return std::string(network.label(attribute, group, language));
    }
    if (const auto star = attribute.find('*'); star != std::string_view::npos) {
        const auto cut = std::min(group.find('*'), group.size());
        return group_label(network, attribute.substr(0, star), group.substr(0, cut), language) + " × " +
               (cut < group.size()
                    ? group_label(network, attribute.substr(star + 1), group.substr(cut + 1), language)
                    : std::string());
    }
    if (attribute == "expertise") {
        const auto x = network.find_expertise(group);
        return std::string(x ? network.label(*x, language) : group);
    }
    if (attribute == "community") {
        const auto number = group.substr(std::min(group.find_first_not_of('0'), group.size()));
        return std::string(pick(language, "Communauté ", "Community ")) + std::string(number);
    }
    return std::string(group);
}

}  // namespace maillage::io

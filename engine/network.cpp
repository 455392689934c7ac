#include "engine/network.hpp"

#include "engine/ascii.hpp"
#include "engine/edit_distance.hpp"
#include "engine/error.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace maillage {
namespace {

template <class Item>
std::span<const Item> row(const std::vector<std::uint64_t>& offsets, const std::vector<Item>& items,
                          std::size_t i) noexcept {
    const auto begin = static_cast<std::size_t>(offsets[i]);
    return std::span(items).subspan(begin, static_cast<std::size_t>(offsets[i + 1]) - begin);
}

/// Tables are sorted by id, so a lookup is a binary search on texts.
template <class Id, class Item>
std::optional<Id> find_by_id(const TextPool& pool, const IdVector<Id, Item>& table,
                             std::string_view id) noexcept {
    const auto& items = table.items();
    const auto found =
        std::lower_bound(items.begin(), items.end(), id,
                         [&pool](const Item& item, std::string_view x) { return pool.text(item.id) < x; });
    if (found == items.end() || pool.text(found->id) != id) {
        return std::nullopt;
    }
    return id_at<Id>(static_cast<std::size_t>(found - items.begin()));
}

constexpr std::array<std::string_view, 3> own_attributes = {"kind", "place", "country"};

TextId own_attribute(const Actor& actor, std::size_t which) noexcept {
    return which == 0 ? actor.kind : which == 1 ? actor.place : actor.country;
}

/// True when one of the items of a cell joined by '|' is the value.
bool has_item(std::string_view cell, std::string_view value) noexcept {
    while (true) {
        const auto bar = cell.find('|');
        std::string_view item = cell.substr(0, bar);
        while (!item.empty() && item.front() == ' ') {
            item.remove_prefix(1);
        }
        while (!item.empty() && item.back() == ' ') {
            item.remove_suffix(1);
        }
        if (item == value) {
            return true;
        }
        if (bar == std::string_view::npos) {
            return false;
        }
        cell.remove_prefix(bar + 1);
    }
}

template <class Table>
std::string suggest_from(const Network& network, const Table& table, std::string_view wrong) {
    std::vector<std::string> ids;
    ids.reserve(table.size());
    for (const auto& item : table.items()) {
        ids.emplace_back(network.text(item.id));
    }
    return suggestion(wrong, ids);
}

}  // namespace

std::span<const Member> Network::members(PartnershipId p) const noexcept {
    return row(member_offsets_, members_, index_of(p));
}

std::span<const ExpertiseId> Network::topics(PartnershipId p) const noexcept {
    return row(topic_offsets_, topics_, index_of(p));
}

std::span<const PartnershipId> Network::partnerships_of(ActorId a) const noexcept {
    return row(of_actor_offsets_, of_actor_, index_of(a));
}

std::span<const Requirement> Network::requirements(OpportunityId o) const noexcept {
    return row(requirement_offsets_, requirements_, index_of(o));
}

std::span<const ExpertiseId> Network::children(ExpertiseId x) const noexcept {
    return row(child_offsets_, children_, index_of(x));
}

std::optional<ActorId> Network::find_actor(std::string_view id) const noexcept {
    return find_by_id(pool_, actors_, id);
}

std::optional<ExpertiseId> Network::find_expertise(std::string_view id) const noexcept {
    return find_by_id(pool_, expertises_, id);
}

std::optional<PartnershipId> Network::find_partnership(std::string_view id) const noexcept {
    return find_by_id(pool_, partnerships_, id);
}

std::optional<OpportunityId> Network::find_opportunity(std::string_view id) const noexcept {
    return find_by_id(pool_, opportunities_, id);
}

IdVector<ActorId, TextId> Network::attribute_values(std::string_view name) const {
    IdVector<ActorId, TextId> values(actors_.size());
    if (const auto own = std::find(own_attributes.begin(), own_attributes.end(), name);
        own != own_attributes.end()) {
        for (const ActorId a : actors_.ids()) {
            values[a] = own_attribute(actors_[a], static_cast<std::size_t>(own - own_attributes.begin()));
        }
        return values;
    }
    const auto found = std::find(attribute_names_.begin(), attribute_names_.end(), name);
    if (found == attribute_names_.end()) {
        const auto names = groupable_names();
        std::string known;
        for (const auto& n : names) {
            known += (known.empty() ? "" : ", ") + n;
        }
        throw OptionError("by", "there is no attribute \"" + std::string(name) + "\"" +
                                    suggestion(name, names) + "; the actors have: " + known);
    }
    values.items() = attributes_[static_cast<std::size_t>(found - attribute_names_.begin())];
    return values;
}

std::vector<std::string> Network::groupable_names() const {
    std::vector<std::string> names(own_attributes.begin(), own_attributes.end());
    names.insert(names.end(), attribute_names_.begin(), attribute_names_.end());
    return names;
}

std::vector<std::uint8_t> Network::in_scope(
    const std::optional<std::pair<std::string, std::string>>& scope) const {
    std::vector<std::uint8_t> inside(actors_.size(), 1);
    if (!scope) {
        return inside;
    }
    IdVector<ActorId, TextId> values;
    try {
        values = attribute_values(scope->first);
    } catch (const OptionError& error) {
        throw OptionError("scope", error.what());
    }
    for (const ActorId a : actors_.ids()) {
        inside[index_of(a)] = has_item(text(values[a]), scope->second) ? 1 : 0;
    }
    return inside;
}

void Network::find_latest_date() {
    for (const Partnership& p : partnerships_.items()) {
        if ((!p.start && !p.end) || text(p.status) == "planned") {
            continue;
        }
        for (const auto& date : {p.start, p.end}) {
            if (date && (!latest_date_ || date->last_day() > latest_date_->last_day())) {
                latest_date_ = date;
            }
        }
    }
}

std::string_view Network::label(ExpertiseId x, Language language) const noexcept {
    const Expertise& expertise = expertises_[x];
    const TextId first = language == Language::fr ? expertise.label_fr : expertise.label_en;
    const TextId second = language == Language::fr ? expertise.label_en : expertise.label_fr;
    for (const TextId candidate : {first, expertise.label, second}) {
        if (!text(candidate).empty()) {
            return text(candidate);
        }
    }
    return text(expertise.id);
}

std::string_view Network::label(std::string_view attribute, std::string_view code,
                                Language language) const noexcept {
    for (const auto& [name, words] : settings_.labels) {
        if (name != attribute) {
            continue;
        }
        for (const auto& [word_code, word] : words) {
            if (word_code == code) {
                const std::string& first = language == Language::fr ? word.fr : word.en;
                const std::string& second = language == Language::fr ? word.en : word.fr;
                return !first.empty()    ? std::string_view(first)
                       : !second.empty() ? std::string_view(second)
                                         : code;
            }
        }
    }
    return code;
}

std::vector<std::string> nearest_names(std::string_view wrong, std::span<const std::string> candidates) {
    const std::string target = lower_ascii(wrong);
    const std::size_t limit = std::max<std::size_t>(1, target.size() / 3);
    std::vector<std::tuple<std::size_t, std::string>> close;
    for (const std::string& candidate : candidates) {
        if (const std::size_t distance = edit_distance(target, lower_ascii(candidate), limit);
            distance <= limit && distance < candidate.size()) {  // something of it must remain
            close.emplace_back(distance, candidate);
        }
    }
    std::sort(close.begin(), close.end());
    close.erase(std::unique(close.begin(), close.end()), close.end());
    std::vector<std::string> names;
    for (const auto& [distance, name] : close) {
        if (names.size() < 3 && distance <= std::get<0>(close.front()) + 1) {
            names.push_back(name);
        }
    }
    return names;
}

std::string suggestion(std::string_view wrong, std::span<const std::string> candidates) {
    const auto names = nearest_names(wrong, candidates);
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + ('"' + names[i] + '"');
    }
    return text.empty() ? text : " (did you mean " + text + "?)";
}

std::string suggest_actor(const Network& network, std::string_view wrong) {
    return suggest_from(network, network.actors(), wrong);
}

std::string suggest_expertise(const Network& network, std::string_view wrong) {
    return suggest_from(network, network.expertises(), wrong);
}

}  // namespace maillage

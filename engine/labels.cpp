#include "engine/labels.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace maillage {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

template <class Use>
void for_each_item(std::string_view list, Use use) {
    while (true) {
        const auto bar = list.find('|');
        if (const auto item = trimmed(list.substr(0, bar)); !item.empty()) {
            use(item);
        }
        if (bar == std::string_view::npos) {
            return;
        }
        list.remove_prefix(bar + 1);
    }
}

}  // namespace

GroupLabels::GroupLabels(std::string attribute, std::span<const std::string_view> values)
    : attribute_(std::move(attribute)) {
    std::map<std::string_view, GroupId> group_of;
    for (const std::string_view value : values) {
        for_each_item(value, [&group_of](std::string_view item) { group_of.emplace(item, GroupId{}); });
    }
    names_.reserve(group_of.size());
    for (auto& [name, group] : group_of) {
        group = id_at<GroupId>(names_.size());
        names_.emplace_back(name);
    }
    offsets_.reserve(values.size() + 1);
    offsets_.push_back(0);
    for (const std::string_view value : values) {
        const auto begin = static_cast<std::ptrdiff_t>(groups_.size());
        for_each_item(value, [&](std::string_view item) { groups_.push_back(group_of.at(item)); });
        std::sort(groups_.begin() + begin, groups_.end());
        groups_.erase(std::unique(groups_.begin() + begin, groups_.end()), groups_.end());
        const auto count = static_cast<std::ptrdiff_t>(groups_.size()) - begin;
        missing_ += count == 0 ? 1U : 0U;
        multi_valued_ = multi_valued_ || count > 1;
        offsets_.push_back(groups_.size());
    }
}

std::span<const GroupId> GroupLabels::of(VertexId v) const noexcept {
    const auto begin = static_cast<std::size_t>(offsets_[index_of(v)]);
    return std::span(groups_).subspan(begin, static_cast<std::size_t>(offsets_[index_of(v) + 1]) - begin);
}

GroupId GroupLabels::first(VertexId v) const noexcept {
    const auto groups = of(v);
    return groups.empty() ? none<GroupId> : groups.front();
}

std::vector<std::size_t> GroupLabels::sizes() const {
    std::vector<std::size_t> sizes(names_.size(), 0);
    for (const GroupId g : groups_) {
        ++sizes[index_of(g)];
    }
    return sizes;
}

bool share_a_group(std::span<const GroupId> a, std::span<const GroupId> b) noexcept {
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        if (*i == *j) {
            return true;
        }
        *i < *j ? ++i : ++j;
    }
    return false;
}

GroupLabels labels_by(const Network& network, std::span<const ActorId> actor_of, std::string_view attribute) {
    const IdVector<ActorId, TextId> column = network.attribute_values(attribute);
    std::vector<std::string_view> values;
    values.reserve(actor_of.size());
    for (const ActorId actor : actor_of) {
        values.push_back(network.text(column[actor]));
    }
    return {std::string(attribute), values};
}

}  // namespace maillage

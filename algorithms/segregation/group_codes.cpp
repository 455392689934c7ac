#include "algorithms/segregation/group_codes.hpp"

#include <limits>
#include <map>

namespace maillage {
namespace {

constexpr std::size_t most_codes_in_table = 2048;

}  // namespace

GroupCodes::GroupCodes(const GroupLabels& labels)
    : group_count_(labels.group_count()), multi_valued_(labels.multi_valued()) {
    of_.reserve(labels.vertex_count());
    if (!multi_valued_) {
        for (std::size_t g = 0; g < group_count_; ++g) {
            sets_.push_back({id_at<GroupId>(g)});
        }
        for (std::size_t v = 0; v < labels.vertex_count(); ++v) {
            const GroupId group = labels.first(id_at<VertexId>(v));
            of_.push_back(group == none<GroupId> ? unknown : static_cast<std::uint32_t>(index_of(group)));
        }
        return;
    }
    std::map<std::vector<GroupId>, std::uint32_t> code;
    for (std::size_t v = 0; v < labels.vertex_count(); ++v) {
        const auto groups = labels.of(id_at<VertexId>(v));
        if (!groups.empty()) {
            code.emplace(std::vector<GroupId>(groups.begin(), groups.end()), 0U);
        }
    }
    for (auto& [set, number] : code) {
        number = static_cast<std::uint32_t>(sets_.size());
        sets_.push_back(set);
    }
    for (std::size_t v = 0; v < labels.vertex_count(); ++v) {
        const auto groups = labels.of(id_at<VertexId>(v));
        of_.push_back(groups.empty() ? unknown : code.at({groups.begin(), groups.end()}));
    }
    if (sets_.size() <= most_codes_in_table) {
        table_.resize(sets_.size() * sets_.size());
        for (std::size_t a = 0; a < sets_.size(); ++a) {
            for (std::size_t b = 0; b < sets_.size(); ++b) {
                table_[a * sets_.size() + b] = share_a_group(sets_[a], sets_[b]) ? 1 : 0;
            }
        }
    }
}

void fill_inner_ties(GraphView g, const GroupCodes& codes, std::span<const std::uint32_t> code_of,
                     TieArrays& inner) {
    const std::size_t n = g.vertex_count();
    inner.offsets.resize(n + 1);
    inner.targets.resize(g.targets().size());
    inner.weights.resize(g.weighted() ? g.targets().size() : 0);
    const auto offsets = g.offsets();
    const auto targets = g.targets();
    const auto weights = g.weights();
    std::size_t kept = 0;
    const auto fill = [&](auto together) {
        for (std::size_t v = 0; v < n; ++v) {
            inner.offsets[v] = kept;
            const std::uint32_t own = code_of[v];
            for (auto i = static_cast<std::size_t>(offsets[v]); i < offsets[v + 1]; ++i) {
                // written always and counted when inside: whether it is, is a coin toss to the processor
                inner.targets[kept] = targets[i];
                if (!weights.empty()) {
                    inner.weights[kept] = weights[i];
                }
                kept += together(own, code_of[index_of(targets[i])]) ? 1U : 0U;
            }
        }
    };
    if (codes.multi_valued()) {
        fill([&codes](std::uint32_t a, std::uint32_t b) { return codes.together(a, b); });
    } else {
        fill([](std::uint32_t a, std::uint32_t b) { return a == b; });
    }
    inner.offsets[n] = kept;
    inner.targets.resize(kept);
    inner.weights.resize(g.weighted() ? kept : 0);
}

std::vector<double> strengths(GraphView g) {
    std::vector<double> strength;
    strength.reserve(g.vertex_count());
    for (const VertexId v : g.vertices()) {
        strength.push_back(g.weighted() ? g.strength(v) : static_cast<double>(g.degree(v)));
    }
    return strength;
}

void fill_components(GraphView g, Components& components) {
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    const std::size_t n = g.vertex_count();
    components.of.assign(n, unseen);
    components.offsets.assign(1, 0);
    components.members.clear();
    std::vector<VertexId> open;
    for (const VertexId start : g.vertices()) {
        if (components.of[index_of(start)] != unseen) {
            continue;
        }
        const auto number = static_cast<std::uint32_t>(components.offsets.size() - 1);
        components.of[index_of(start)] = number;
        open.assign(1, start);
        std::uint32_t size = 0;
        while (!open.empty()) {
            const VertexId v = open.back();
            open.pop_back();
            ++size;
            for (const VertexId u : g.neighbours(v)) {
                if (components.of[index_of(u)] == unseen) {
                    components.of[index_of(u)] = number;
                    open.push_back(u);
                }
            }
        }
        components.offsets.push_back(components.offsets.back() + size);
    }
    components.members.resize(n);
    std::vector<std::uint32_t> next(components.offsets.begin(), components.offsets.end());
    for (const VertexId v : g.vertices()) {
        components.members[next[components.of[index_of(v)]]++] = v;
    }
}

}  // namespace maillage

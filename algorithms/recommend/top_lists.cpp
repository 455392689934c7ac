#include "algorithms/recommend/top_lists.hpp"

#include "engine/error.hpp"

#include "algorithms/recommend/degree_order.hpp"
#include "algorithms/recommend/three_steps.hpp"
#include "algorithms/recommend/two_steps.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>

namespace maillage {
namespace {

constexpr std::size_t actors_per_chunk = 64;

/// Whose lists, and where they go. In the order of their best linked partners: its row is the longest that the walk
/// reads, and neighbours in this order share it.
struct Asked {
    std::vector<VertexId> sources;
    std::vector<std::size_t> places;
};

Asked asked_for(const DegreeOrder& order, const TopListsOptions& options) {
    std::vector<VertexId> sources;
    if (options.of) {
        sources.assign(options.of->begin(), options.of->end());
    } else {
        for (std::uint32_t v = 0; v < order.vertex_count(); ++v) {
            sources.push_back(id_at<VertexId>(v));
        }
    }
    const auto best_partner = [&order](VertexId v) {
        const std::uint32_t number = order.number(v);
        return order.degree(number) == 0 ? order.vertex_count() : order.row(number).front();
    };
    std::vector<std::size_t> next(std::size_t{order.vertex_count()} + 2, 0);
    for (const VertexId v : sources) {
        ++next[best_partner(v) + 1];
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    Asked asked{std::vector<VertexId>(sources.size()), std::vector<std::size_t>(sources.size())};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::size_t at = next[best_partner(sources[i])]++;
        asked.sources[at] = sources[i];
        asked.places[at] = i;
    }
    return asked;
}

void check(GraphView g, std::span<const PairIndex> indices, const TopListsOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const std::string name(to_code(indices[i]));
        if (!can_be_listed(indices[i])) {
            throw OptionError("index", name + " is not an index of two or three steps and cannot be listed");
        }
        if (std::count(indices.begin(), indices.end(), indices[i]) > 1) {
            throw OptionError("index", name + " is named twice");
        }
    }
    if (options.of) {
        for (const VertexId v : *options.of) {
            if (index_of(v) >= g.vertex_count()) {
                throw Error("vertex " + std::to_string(index_of(v)) + " of " +
                            std::to_string(g.vertex_count()));
            }
        }
    }
}

void two_steps(GraphView g, const DegreeOrder& order, const Asked& asked, std::uint32_t top,
               std::span<TopLists* const> lists, const Execution& execution) {
    std::vector<PairIndex> indices;
    for (const TopLists* list : lists) {
        indices.push_back(list->index());
    }
    const TwoStepModel model(g, order, indices);
    std::vector<std::unique_ptr<TwoStepSearch>> workers(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(asked.sources.size(), actors_per_chunk, execution, "two steps",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!workers[worker]) {
                       workers[worker] = std::make_unique<TwoStepSearch>(model, top);
                   }
                   for (std::size_t i = begin; i < end; ++i) {
                       workers[worker]->search(asked.sources[i], asked.places[i], lists);
                   }
               });
}

void three_steps(GraphView g, const DegreeOrder& order, const Asked& asked, std::uint32_t top,
                 TopLists& lists, const Execution& execution) {
    const ThreeStepModel model(g, order, lists.index());
    std::vector<std::unique_ptr<BlockSearch>> workers(std::max<std::uint32_t>(1, execution.threads));
    for_chunks(asked.sources.size(), model.block(), execution, "three steps",
               [&](std::size_t, std::size_t begin, std::size_t end, std::size_t worker) {
                   if (!workers[worker]) {
                       workers[worker] = make_search(model, top);
                   }
                   workers[worker]->search(std::span(asked.sources).subspan(begin, end - begin),
                                           std::span(asked.places).subspan(begin, end - begin), lists);
               });
}

}  // namespace

bool can_be_listed(PairIndex index) noexcept {
    return TwoStepModel::takes(index) || ThreeStepModel::takes(index);
}

std::vector<TopLists> top_lists(GraphView g, std::span<const PairIndex> indices,
                                const TopListsOptions& options, const Execution& execution) {
    check(g, indices, options);
    const bool weighted = std::any_of(indices.begin(), indices.end(), [](PairIndex index) {
        return index == PairIndex::adamic_adar_weighted || index == PairIndex::resource_allocation_weighted ||
               index == PairIndex::l3_weighted || index == PairIndex::random_walk_3;
    });
    const DegreeOrder order(g, weighted);
    const Asked asked = asked_for(order, options);
    std::vector<TopLists> lists;
    lists.reserve(indices.size());
    for (const PairIndex index : indices) {
        lists.emplace_back(index, asked.sources.size(), options.top);
    }
    std::vector<TopLists*> short_ones;
    for (TopLists& list : lists) {
        if (TwoStepModel::takes(list.index())) {
            short_ones.push_back(&list);
        } else {
            three_steps(g, order, asked, options.top, list, execution);
        }
    }
    if (!short_ones.empty()) {
        two_steps(g, order, asked, options.top, short_ones, execution);
    }
    return lists;
}

}  // namespace maillage

#include "tools/evaluation_sources.hpp"

#include "engine/error.hpp"
#include "engine/network.hpp"

#include "algorithms/recommend/index_source.hpp"

#include "tools/fitted_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <utility>

namespace maillage::tools {

std::vector<std::unique_ptr<ScoreSource>> evaluation_sources(const Session& session, const History& history,
                                                             const HistoryOptions& cut,
                                                             std::span<const PairIndex> indices,
                                                             const IndexOptions& options) {
    std::vector<std::unique_ptr<ScoreSource>> sources;
    sources.push_back(std::make_unique<IndexSource>(history.past.graph, options, indices));
    if (auto fitted = fitted_source(session, history.past, cut.split.first_day())) {
        sources.push_back(std::move(fitted));
    }
    return sources;
}

std::vector<PairIndex> parse_indices(std::span<const std::string> words) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < pair_index_count; ++i) {
        known.emplace_back(to_code(pair_index(i)));
    }
    std::vector<bool> wanted(pair_index_count, false);
    for (const std::string& word : words) {
        std::size_t begin = 0;
        while (begin <= word.size()) {
            const std::size_t end = std::min(word.find(',', begin), word.size());
            const std::string name = word.substr(begin, end - begin);
            const auto found = std::find(known.begin(), known.end(), name);
            if (found == known.end()) {
                throw OptionError("index", "there is no index \"" + name + "\"" + suggestion(name, known) +
                                               "; maillage evaluate --help names all");
            }
            wanted[static_cast<std::size_t>(found - known.begin())] = true;
            begin = end + 1;
        }
    }
    std::vector<PairIndex> indices;
    for (std::size_t i = 0; i < pair_index_count; ++i) {
        if (wanted[i]) {
            indices.push_back(pair_index(i));
        }
    }
    return indices;
}

}  // namespace maillage::tools

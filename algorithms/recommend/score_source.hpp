#pragma once

#include "engine/graph_view.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

/// Scores that an evaluation can judge, wherever they come from.
namespace maillage {

/// Scores of some actors with all others at once, by one or more methods. One a worker.
class ScoreRows {
public:
    ScoreRows() = default;
    ScoreRows(const ScoreRows&) = delete;
    ScoreRows& operator=(const ScoreRows&) = delete;
    virtual ~ScoreRows() = default;

    /// At most ScoreSource::lanes actors; what was computed before is forgotten.
    virtual void compute(std::span<const VertexId> actors) = 0;
    /// Score of the pair of the lane's actor with y by the source's method of this number: finite, of any sign,
    /// the same (up to rounding) from either side. Asked for pairs that are not tied only.
    [[nodiscard]] virtual double value(std::size_t method, std::size_t lane, VertexId y) const = 0;
    /// The same for many partners at once; scores has their size. Worth its own version where value() is cheap.
    virtual void values(std::size_t method, std::size_t lane, std::span<const VertexId> partners,
                        std::span<double> scores) const {
        for (std::size_t i = 0; i < partners.size(); ++i) {
            scores[i] = value(method, lane, partners[i]);
        }
    }
};

/// One or more ways to score pairs of one graph.
///
/// Law  Scores of a pair do not depend on which actors are computed together, nor on the worker.
class ScoreSource {
public:
    ScoreSource() = default;
    ScoreSource(const ScoreSource&) = delete;
    ScoreSource& operator=(const ScoreSource&) = delete;
    virtual ~ScoreSource() = default;

    /// How many actors ScoreRows::compute takes at once, >= 1.
    [[nodiscard]] virtual std::size_t lanes() const noexcept = 0;
    /// Codes of the methods, unique among all sources that are judged together.
    [[nodiscard]] virtual std::span<const std::string> methods() const noexcept = 0;
    /// Whether these are single indices, the best of which others are measured against.
    [[nodiscard]] virtual bool reference() const noexcept { return false; }
    /// A worker's own; must not outlive the source. Called from several threads at once.
    [[nodiscard]] virtual std::unique_ptr<ScoreRows> rows() const = 0;
};

}  // namespace maillage

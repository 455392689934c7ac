#include "algorithms/meetings/edge_colouring.hpp"

#include <algorithm>
#include <limits>

namespace maillage::meetings {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

class Colouring {
public:
    Colouring(std::size_t vertices, std::uint32_t colours)
        : colours_(colours), across_(vertices * colours, nobody) {}

    void add(std::uint32_t u, std::uint32_t v) {
        std::vector<std::uint32_t> fan = fan_of(u, v);
        const std::uint32_t c = free_at(u);
        const std::uint32_t d = free_at(fan.back());
        if (c != d) {
            swap_path(u, c, d);  // afterwards d is free at u
        }
        // the longest part of the fan that is one still, and whose last end has d free
        std::size_t last = fan.size();
        for (std::size_t i = 0; i < fan.size(); ++i) {
            if (i > 0 && !is_free(fan[i - 1], colour_between(u, fan[i]))) {
                break;
            }
            if (is_free(fan[i], d)) {
                last = i;
                break;
            }
        }
        for (std::size_t i = 0; i < last; ++i) {
            const std::uint32_t next = colour_between(u, fan[i + 1]);
            take_away(u, fan[i + 1], next);
            put(u, fan[i], next);
        }
        put(u, fan[last], d);
    }

    [[nodiscard]] std::uint32_t colour_between(std::uint32_t u, std::uint32_t v) const {
        for (std::uint32_t c = 0; c < colours_; ++c) {
            if (at(u, c) == v) {
                return c;
            }
        }
        return nobody;
    }

private:
    [[nodiscard]] std::uint32_t at(std::uint32_t v, std::uint32_t c) const {
        return across_[static_cast<std::size_t>(v) * colours_ + c];
    }
    void set(std::uint32_t v, std::uint32_t c, std::uint32_t other) {
        across_[static_cast<std::size_t>(v) * colours_ + c] = other;
    }
    [[nodiscard]] bool is_free(std::uint32_t v, std::uint32_t c) const { return at(v, c) == nobody; }
    [[nodiscard]] std::uint32_t free_at(std::uint32_t v) const {
        std::uint32_t c = 0;
        while (!is_free(v, c)) {
            ++c;  // there is one: colours exceed the degree
        }
        return c;
    }
    void put(std::uint32_t u, std::uint32_t v, std::uint32_t c) {
        set(u, c, v);
        set(v, c, u);
    }
    void take_away(std::uint32_t u, std::uint32_t v, std::uint32_t c) {
        set(u, c, nobody);
        set(v, c, nobody);
    }

    /// Ends of edges at u, the first not coloured, each further one of a colour that is free at the end before.
    [[nodiscard]] std::vector<std::uint32_t> fan_of(std::uint32_t u, std::uint32_t v) const {
        std::vector<std::uint32_t> fan{v};
        for (bool grown = true; grown;) {
            grown = false;
            for (std::uint32_t c = 0; c < colours_ && !grown; ++c) {
                const std::uint32_t next = at(u, c);
                if (next != nobody && is_free(fan.back(), c) &&
                    std::find(fan.begin(), fan.end(), next) == fan.end()) {
                    fan.push_back(next);
                    grown = true;
                }
            }
        }
        return fan;
    }

    /// The path from u on edges of d and c in turn has them exchanged.
    void swap_path(std::uint32_t u, std::uint32_t c, std::uint32_t d) {
        std::vector<std::uint32_t> path{u};
        std::uint32_t colour = d;
        while (at(path.back(), colour) != nobody) {
            path.push_back(at(path.back(), colour));
            colour = colour == d ? c : d;
        }
        colour = d;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            take_away(path[i], path[i + 1], colour);
            colour = colour == d ? c : d;
        }
        colour = c;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            put(path[i], path[i + 1], colour);
            colour = colour == d ? c : d;
        }
    }

    std::uint32_t colours_;
    std::vector<std::uint32_t> across_;  ///< per vertex and colour: the other end
};

}  // namespace

std::vector<std::uint32_t> edge_colouring(std::size_t vertices,
                                          std::span<const std::pair<std::uint32_t, std::uint32_t>> edges) {
    std::vector<std::uint32_t> degree(vertices, 0);
    for (const auto& [a, b] : edges) {
        ++degree[a];
        ++degree[b];
    }
    const std::uint32_t most = vertices == 0 ? 0 : *std::max_element(degree.begin(), degree.end());
    Colouring colouring(vertices, most + 1);
    for (const auto& [a, b] : edges) {
        colouring.add(a, b);
    }
    std::vector<std::uint32_t> colours;
    colours.reserve(edges.size());
    for (const auto& [a, b] : edges) {
        colours.push_back(colouring.colour_between(a, b));
    }
    return colours;
}

}  // namespace maillage::meetings

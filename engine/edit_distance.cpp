#include "engine/edit_distance.hpp"

#include <algorithm>
#include <vector>

namespace maillage {

std::size_t edit_distance(std::string_view x, std::string_view y, std::size_t limit) {
    if (x.size() > y.size() + limit || y.size() > x.size() + limit) {
        return limit + 1;
    }
    std::vector<std::size_t> before_last(y.size() + 1), last(y.size() + 1), current(y.size() + 1);
    for (std::size_t j = 0; j <= y.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= x.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= y.size(); ++j) {
            const std::size_t change = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, change});
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) {
                current[j] = std::min(current[j], before_last[j - 2] + 1);
            }
        }
        before_last.swap(last);
        last.swap(current);
    }
    return std::min(last[y.size()], limit + 1);
}

}  // namespace maillage

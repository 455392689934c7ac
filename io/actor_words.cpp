#include "io/actor_words.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::size_t shortest = 3;  ///< of, de, la, et: too short to mean much
constexpr std::size_t stem = 7;

}  // namespace

NameWords actor_words(const Network& network) {
    NameWords result;
    std::unordered_map<std::string, std::uint32_t> numbers;
    result.offsets.push_back(0);
    std::vector<std::uint32_t> own;
    for (const ActorId a : network.actors().ids()) {
        const std::string key = name_key(network.name(a));
        own.clear();
        for (std::size_t begin = 0; begin < key.size();) {
            const std::size_t end = std::min(key.find(' ', begin), key.size());
            if (end - begin >= shortest) {
                const auto next = static_cast<std::uint32_t>(numbers.size());
                own.push_back(
                    numbers.emplace(key.substr(begin, std::min(stem, end - begin)), next).first->second);
            }
            begin = end + 1;
        }
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        result.of_actors.insert(result.of_actors.end(), own.begin(), own.end());
        result.offsets.push_back(result.of_actors.size());
    }
    result.words = numbers.size();
    return result;
}

}  // namespace maillage::io

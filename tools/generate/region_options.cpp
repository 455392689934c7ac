#include "tools/generate/region_options.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage::tools {
namespace {

std::uint32_t rounded(double value, double least, double most) noexcept {
    return static_cast<std::uint32_t>(std::clamp(std::floor(value), least, most));
}

void require(bool truth, const char* field, const std::string& message) {
    if (!truth) {
        throw OptionError(field, "--" + std::string(field) + message);
    }
}

}  // namespace

RegionOptions completed(RegionOptions o) {
    const double n = o.actors;
    constexpr std::uint32_t most_partnerships = 4'000'000'000U;
    o.partnerships =
        o.partnerships.value_or(o.actors < 2 ? 0U
                                             : static_cast<std::uint32_t>(std::min<std::uint64_t>(
                                                   std::uint64_t{3} * o.actors, most_partnerships)));
    o.expertises = o.expertises.value_or(rounded(4.0 * std::sqrt(n), 24.0, 600.0));
    o.groups = o.groups.value_or(std::min(o.actors / 2 + 1, rounded(std::sqrt(n) / 3.0, 2.0, 60.0)));
    o.groups = std::max(1U, std::min(*o.groups, o.actors));
    o.mixing = o.mixing.value_or(*o.groups == 1 ? 0.0 : *o.groups == o.actors ? 1.0 : 0.3);
    o.opportunities = o.opportunities.value_or(rounded(n / 100.0, 4.0, 200.0));
    return o;
}

void validate(const RegionOptions& options) {
    constexpr std::uint32_t most_actors = 50'000'000;
    constexpr std::uint32_t most_partnerships = 4'000'000'000U;
    constexpr std::uint32_t most_others = 100'000;
    constexpr std::int32_t latest = 9998;
    require(options.actors >= 1 && options.actors <= most_actors, "actors",
            " is a number from 1 to 50000000");
    require(!options.groups || (*options.groups >= 1 && *options.groups <= options.actors), "groups",
            " is a number from 1 to the number of actors");
    const RegionOptions o = completed(options);
    require(*o.partnerships <= most_partnerships, "partnerships", " is at most 4000000000");
    require(o.actors >= 2 || *o.partnerships == 0, "partnerships", " needs two actors or more");
    require(*o.expertises >= 1 && *o.expertises <= most_others, "expertises",
            " is a number from 1 to 100000");
    require(std::isfinite(*o.mixing) && *o.mixing >= 0.0 && *o.mixing <= 1.0, "mixing",
            " lies between 0 and 1");
    require(*o.partnerships == 0 || *o.groups > 1 || *o.mixing == 0.0, "mixing",
            " above 0 needs two groups or more: there is no other group to go to");
    require(*o.partnerships == 0 || *o.groups < o.actors || *o.mixing == 1.0, "mixing",
            " below 1 needs fewer groups than actors: there is nobody else inside a group");
    require(*o.opportunities <= most_others, "opportunities", " is at most 100000");
    require(o.first_year >= 1 && o.first_year <= o.last_year && o.last_year <= latest, "years",
            " is FIRST:LAST, such as 2010:2025");
}

}  // namespace maillage::tools

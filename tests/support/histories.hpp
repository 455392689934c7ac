#pragma once

#include "engine/random.hpp"

#include "tests/support/networks.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace maillage::testing {

/// Projects of 2 to 5 actors, 2010 to 2019, that mostly stay within one of `fields` fields; actors of three kinds.
inline Network random_history(std::uint64_t seed, std::uint32_t actors, std::uint32_t projects,
                              std::uint32_t fields) {
    Rng rng(seed);
    NetworkBuilder builder;
    std::vector<std::string> names;
    const char* const kinds[] = {"lab", "firm", "town"};
    for (std::uint32_t a = 0; a < actors; ++a) {
        names.push_back("a" + std::to_string(a) + ":" + kinds[rng.below(3)]);
    }
    add_actors(builder, names);
    std::vector<std::string> topics;
    for (std::uint32_t f = 0; f < fields; ++f) {
        topics.push_back("f" + std::to_string(f));
    }
    add_expertises(builder, topics);
    for (std::uint32_t p = 0; p < projects; ++p) {
        const std::string id = "p" + std::to_string(p);
        const std::uint32_t field = rng.below(fields);
        PartnershipRecord record;
        record.id = cell(id, 2, 1);
        record.start.value = Date{static_cast<std::int16_t>(2010 + rng.below(10)),
                                  static_cast<std::uint8_t>(1 + rng.below(12)), 1};
        const Cell topic[] = {cell(topics[field], 2, 9)};
        record.expertises = topic;
        builder.add(record);
        const std::uint32_t size = 2 + rng.below(4);
        std::vector<std::uint32_t> members;
        while (members.size() < size) {
            const std::uint32_t near = rng.below((actors + fields - 1) / fields) * fields + field;
            const std::uint32_t member = rng.below(5) == 0 || near >= actors ? rng.below(actors) : near;
            if (std::find(members.begin(), members.end(), member) == members.end()) {
                members.push_back(member);
            }
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            const std::string actor = "a" + std::to_string(members[i]);
            builder.add(MemberRecord{cell(id, 2, 1), cell(actor, 2, 3), cell(i == 0 ? "coordinator" : "")});
        }
    }
    return build(builder);
}

}  // namespace maillage::testing

#pragma once

#include "engine/incidence.hpp"

#include "algorithms/community/leiden.hpp"
#include "algorithms/community/naming.hpp"
#include "algorithms/community/profile.hpp"
#include "algorithms/community/stability.hpp"

#include <vector>

namespace maillage {

struct CommunitiesOptions {
    LeidenOptions leiden;
    NamingOptions naming;

    friend bool operator==(const CommunitiesOptions&, const CommunitiesOptions&) = default;
};

/// @throws OptionError naming the first field that is out of range.
void validate(const CommunitiesOptions& options);

/// Which groups the network really forms, how closed they are, how sure that is, what they are about.
struct CommunitiesResult {
    CommunitiesOptions options;  ///< as used
    LeidenResult leiden;         ///< every run; leiden.partition() is the answer
    QualityResult quality;       ///< of the answer
    PartitionProfile profile;
    StabilityResult stability;
    std::vector<std::vector<NameWord>> names;  ///< by CommunityId

    [[nodiscard]] const Partition& partition() const noexcept { return leiden.partition(); }
};

/// Shapes      offers.vertex_count() == g.vertex_count().
/// Cost        that of leiden() and stability().
/// Errors      OptionError (see validate). Error when the shapes differ.
[[nodiscard]] CommunitiesResult find_communities(GraphView g, const Incidence& offers,
                                                 const CommunitiesOptions& options = {},
                                                 const Execution& execution = {});

}  // namespace maillage

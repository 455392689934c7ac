#pragma once

#include "engine/date.hpp"

#include "algorithms/recommend/empty_chair.hpp"

#include <cstdint>
#include <optional>

namespace maillage::tools {

class Session;

/// `maillage evaluate --empty-chair`: judges the teams that begin from `split` to `until` and emits the document.
/// @throws OptionError (field "split") when nothing is dated before or from the split on.
void judge_empty_chairs(const Session& session, Date split, std::optional<Date> until,
                        const ChairOptions& options, std::uint32_t replicates);

}  // namespace maillage::tools

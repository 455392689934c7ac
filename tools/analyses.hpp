#pragma once

#include "io/report/document.hpp"
#include "io/report/page/page.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Every analysis as a document, as its command makes it with these options; `run` writes them all. A
/// document refers to the session: use it while that lives.
namespace maillage::tools {

class Session;
using io::LeftOut;

[[nodiscard]] io::Document diagnostics_document(const Session& session);
[[nodiscard]] io::Document description_document(const Session& session);
[[nodiscard]] io::Document matches_document(const Session& session, std::uint32_t top = 10);
[[nodiscard]] io::Document communities_document(const Session& session);
[[nodiscard]] io::Document recommendations_document(const Session& session, std::uint32_t top = 10);
/// One consortium for every opportunity, in brief.
[[nodiscard]] io::Document consortia_document(const Session& session);
/// The consortia of one opportunity, told about one actor's part (ids or names).
[[nodiscard]] io::Document consortium_document(const Session& session, const std::string& opportunity,
                                               const std::string& actor);
/// A programme of some rounds for the actors in scope, where they are few enough for `run`.
[[nodiscard]] bool has_meetings_in_run(const Session& session);
[[nodiscard]] io::Document meetings_document(const Session& session, std::uint32_t rounds = 6);
/// attributes: empty for those the dataset groups by.
[[nodiscard]] io::Document openness_document(const Session& session,
                                             const std::vector<std::string>& attributes = {});
/// attributes: empty for the first that the dataset groups by.
[[nodiscard]] io::Document bridges_document(const Session& session,
                                            const std::vector<std::string>& attributes = {});

/// Every document of a dataset, one after the other, as `run` and `report` have them. top: length of the lists per actor,
/// 0 for the usual one. by: attributes for openness, the first for bridges; empty for the dataset's own.
/// leave_out: told of what is not made on a network of this size.
void each_document(const Session& session, std::uint32_t top, const std::vector<std::string>& by,
                   const std::function<void(io::Document)>& take,
                   const std::function<void(const LeftOut&)>& leave_out);

}  // namespace maillage::tools

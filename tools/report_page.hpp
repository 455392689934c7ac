#pragma once

#include "io/report/document.hpp"
#include "io/report/page/page.hpp"

#include <span>

namespace maillage::tools {

class Session;

/// What the report is made of: the session and the documents made with it, which it refers to.
[[nodiscard]] io::PageInput page_input(const Session& session, std::span<const io::Document> documents,
                                       std::span<const io::LeftOut> left_out = {});

}  // namespace maillage::tools

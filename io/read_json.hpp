#pragma once

#include "engine/error.hpp"
#include "engine/network_builder.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Reads a JSON dataset (UTF-8 text, as write_json_dataset writes it) into the builder, a record at a time.
///
/// Definition  An object with "schema" (maillage/dataset/1.x), "settings", "actors", "expertises",
/// "actor_expertises",
///             "partnerships" (with "members": [{"actor", "role"}] or "a" and "b", and "expertises": ["…"]),
///             "opportunities" (with "expertises": [{"expertise", "weight", "min_holders"}]). Further texts
///             of an actor, or a list of texts, are attributes; they may also stand in its "attributes".
///             Members may come in any order.
/// Errors      As diagnostics with the line and column of the value: what is not JSON, a key twice, a wrong
/// type, nesting
///             deeper than 64. An unknown member is a note.
/// Cost        O(bytes) time; memory of one record beyond the text.
void read_json_dataset(std::string_view text, const std::string& file, NetworkBuilder& builder,
                       std::vector<Diagnostic>& diagnostics);

/// The first thing that keeps a text from being JSON (RFC 8259, no key twice in an object, nesting up to
/// 512).
[[nodiscard]] std::optional<Diagnostic> json_syntax_error(std::string_view text, const std::string& file);

}  // namespace maillage::io

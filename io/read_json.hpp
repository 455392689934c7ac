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
/// Definition  An object with "schema" (maillage/dataset/1.x), "settings" (as in maillage.json) and the lists
///             "actors" (the only one required), "expertises", "actor_expertises", "partnerships" (with
///             "members": [{"actor", "role"}] or "a" and "b", and "expertises": ["…"]) and "opportunities"
///             (with "expertises": [{"expertise", "weight", "min_holders"}]);
///             io/schema/dataset-1.0.schema.json. Further members of an actor, or those of its "attributes",
///             are attributes: texts, lists of texts (the same as texts joined by |), numbers as written,
///             true and false. null is nothing given. Members may come in any order. Spaces around texts are
///             dropped, as in tables.
/// Errors      As diagnostics with the line and column of the value: what walk_json says, a value of the
/// wrong
///             type, a date that is none, a text that a table could not hold (a NUL, more than 1 MiB, a bar
///             in an item of a list), an attribute that a table would take for another column, no list of
///             actors. A member that is not known is a note, said once.
/// Returns     Whether the text was read to its end; false after what is not JSON.
/// Cost        O(bytes) time; memory of one record beyond the text.
bool read_json_dataset(std::string_view text, const std::string& file, NetworkBuilder& builder,
                       std::vector<Diagnostic>& diagnostics);

/// The first thing that keeps a text from being JSON (RFC 8259; nesting up to 512), with its place. It is
/// the parser of read_json_dataset, which asks for more: no key twice in an object, nesting up to 64.
[[nodiscard]] std::optional<Diagnostic> json_syntax_error(std::string_view text, const std::string& file);

}  // namespace maillage::io

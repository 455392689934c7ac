#pragma once

#include "engine/projection.hpp"

#include "io/read_dataset.hpp"
#include "io/section_file.hpp"

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A dataset prepared for many runs: one binary file with the network as it was read, its digest, what reading it
/// told, and the graph that analyses ask for by default.
namespace maillage::io {

/// The usual ending of such a file.
inline constexpr std::string_view prepared_ending = ".maillage";

/// Writes a prepared dataset. The same network, diagnostics and projection give the same bytes.
///
/// extra   Further sections (see section_file.hpp), for example of a fitted model: their names begin with "x.", and
///         they are optional, so that programs without them read the file too.
/// Cost    O(size), and the digest where read.digest does not have it.
/// Errors  Error for an extra section of another name or a required one.
void write_prepared(std::ostream& out, const ReadResult& read, const PreparedProjection& projection,
                    std::span<const Section> extra = {});

/// The dataset again; `file` names it in diagnostics. The graph is not copied: `owner` keeps the bytes, which begin at a
/// multiple of 64; without an owner they are copied first.
/// Errors  InputError with one diagnostic when the bytes are cut off, damaged, foreign, of a newer program, or hold
///         what no dataset can.
/// Cost    O(size).
[[nodiscard]] ReadResult read_prepared(std::string_view bytes, const std::string& file,
                                       std::shared_ptr<const void> owner = nullptr,
                                       const ReadOptions& options = {});

/// True when bytes begin as a prepared dataset does.
[[nodiscard]] bool is_prepared(std::string_view bytes) noexcept;

}  // namespace maillage::io

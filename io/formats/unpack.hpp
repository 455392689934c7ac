#pragma once

#include "io/encoding.hpp"
#include "io/formats/read_context.hpp"

#include <string>
#include <string_view>

namespace maillage::io {

/// Whether bytes begin as gzip does.
[[nodiscard]] bool is_gzip(std::string_view bytes) noexcept;

/// Unpacks gzip, also several members one behind the other (as `cat a.gz b.gz` makes). False after an error: damaged,
/// cut off, larger than the limits of bytes and ratio allow, or zlib is missing in this build.
/// Cost  O(bytes unpacked) time and memory.
bool unpack_gzip(std::string_view bytes, ReadContext& context, std::string& unpacked);

/// Decodes as decode() does, but believes an XML declaration that names another encoding than UTF-8 or UTF-16 (through
/// ICU). An encoding that ICU does not know, or bytes that it does not define, are an error with its place.
void decode_xml(std::string_view bytes, const std::string& file, DecodedText& decoded,
                std::vector<Diagnostic>& diagnostics);

}  // namespace maillage::io

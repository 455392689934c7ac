#pragma once

#include "engine/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16_le, utf16_be, windows_1252 };
[[nodiscard]] std::string_view to_text(Encoding encoding) noexcept;

/// A file's text as UTF-8 without byte order mark.
struct DecodedText {
    std::string_view text;  ///< of the bytes given, or of `owned`
    std::string owned;      ///< filled when the bytes had to be converted
    Encoding encoding = Encoding::utf8;
    bool readable = true;  ///< false: an error was reported and the text ends before it

    DecodedText() = default;
    DecodedText(const DecodedText&) = delete;
    DecodedText& operator=(const DecodedText&) = delete;
    DecodedText(DecodedText&&) = delete;
    DecodedText& operator=(DecodedText&&) = delete;
    ~DecodedText() = default;
};

/// Finds out how bytes are encoded and converts them.
///
/// Definition  A byte order mark decides. Without one: many NUL bytes at odd or even places mean UTF-16;
/// valid
///             UTF-8 is UTF-8; other text is Windows-1252 (said in a note) when hardly any of its bytes form
///             UTF-8 characters and what it then says is plausible, and damaged UTF-8 otherwise (an error).
/// Errors      As diagnostics with line and column: invalid UTF-8, a lone surrogate or a cut character of
///             UTF-16, a byte that Windows-1252 does not define, a NUL character.
/// Cost        One pass; ASCII eight bytes at a time; no copy for UTF-8.
void decode(std::string_view bytes, const std::string& file, DecodedText& decoded,
            std::vector<Diagnostic>& diagnostics);

/// Appends a character; c is at most U+10FFFF and no surrogate.
void append_utf8(std::string& out, char32_t c);

/// Offset of the first byte that is not part of a valid UTF-8 character (no overlong forms, no surrogates,
/// at most U+10FFFF), or npos.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text) noexcept;

/// Line and column (1-based, in bytes) of an offset; lines end with LF, CRLF or CR.
[[nodiscard]] SourcePosition position_of(std::string_view text, std::size_t offset, const std::string& file);

}  // namespace maillage::io

#include "io/encoding.hpp"

#include "io/scan.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace maillage::io {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
constexpr std::size_t most_bad_bytes_shown = 10;

unsigned byte_at(std::string_view text, std::size_t i) noexcept {
    return static_cast<unsigned char>(text[i]);
}

std::size_t skip_ascii(std::string_view text, std::size_t at) noexcept {
    constexpr std::size_t wide = 64;  // so that several loads are one after the other
    while (at + wide <= text.size()) {
        std::uint64_t any = 0;
        for (std::size_t i = 0; i < wide; i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at + i, 8);
            any |= word;
        }
        if ((any & high_bits) != 0) {
            break;
        }
        at += wide;
    }
    while (at + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if ((word & high_bits) != 0) {
            break;
        }
        at += 8;
    }
    while (at < text.size() && byte_at(text, at) < 0x80U) {
        ++at;
    }
    return at;
}

/// Bytes of the valid multi-byte character at a place, 0 when there is none (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text, std::size_t at) noexcept {
    const unsigned lead = byte_at(text, at);
    const std::size_t length = lead >= 0xC2U && lead <= 0xDFU   ? 2
                               : (lead & 0xF0U) == 0xE0U        ? 3
                               : lead >= 0xF0U && lead <= 0xF4U ? 4
                                                                : 0;
    if (length == 0 || at + length > text.size()) {
        return 0;
    }
    const unsigned second = byte_at(text, at + 1);
    const unsigned least = lead == 0xE0U ? 0xA0U : lead == 0xF0U ? 0x90U : 0x80U;
    const unsigned most = lead == 0xEDU ? 0x9FU : lead == 0xF4U ? 0x8FU : 0xBFU;
    if (second < least || second > most) {
        return 0;
    }
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte_at(text, at + i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return length;
}

bool is_small_ascii(unsigned byte) noexcept {
    return byte >= 'a' && byte <= 'z';
}

/// A byte that would be a surprise in a European text written in Windows-1252, given the one before: a
/// letter of Icelandic, a capital behind a small letter (the first half of a UTF-8 character looks so), an
/// ÿ behind anything but a vowel, an euro sign behind a letter.
bool surprising_in_1252(unsigned byte, unsigned before) noexcept {
    switch (byte) {
        case 0xD0U:
        case 0xDEU:
        case 0xF0U:
        case 0xFEU:
            return true;
        case 0xFFU:
            return std::string_view("aeouAEOU").find(static_cast<char>(before)) == std::string_view::npos;
        case 0x80U:
            return is_small_ascii(before | 0x20U);
        default:
            return byte >= 0xC0U && byte <= 0xDDU && is_small_ascii(before);
    }
}

struct ByteCensus {
    std::size_t characters = 0;  ///< valid UTF-8 ones of more than one byte
    std::size_t invalid = 0;     ///< other bytes above 0x7F
    std::size_t surprising = 0;  ///< of these, as Windows-1252
};

ByteCensus take_census(std::string_view text) noexcept {
    ByteCensus census;
    for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
        const std::size_t length = character_length(text, at);
        if (length == 0) {
            ++census.invalid;
            census.surprising +=
                surprising_in_1252(byte_at(text, at), at > 0 ? byte_at(text, at - 1) : 0U) ? 1U : 0U;
        } else {
            ++census.characters;
        }
        at += std::max<std::size_t>(1, length);
    }
    return census;
}

/// Text that is not UTF-8: Windows-1252 when hardly any of its bytes happen to form UTF-8 characters ("É" and
/// a no-break space do) and most of the others make sense; else it is damaged UTF-8.
bool is_windows_1252(std::string_view text) noexcept {
    const ByteCensus census = take_census(text);
    return census.characters * 4 < census.invalid && census.surprising * 2 < census.invalid;
}

/// Windows-1252, 0x80 .. 0x9F; 0 where it defines nothing.
constexpr std::array<char32_t, 32> windows_1252_high = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string_view line_around(std::string_view text, std::size_t offset) {
    constexpr std::size_t longest = 4096;
    offset = std::min(offset, text.size());
    std::size_t begin = offset;
    while (begin > 0 && offset - begin < longest && text[begin - 1] != '\n' && text[begin - 1] != '\r') {
        --begin;
    }
    const std::size_t end = find_line_end(text.substr(0, std::min(text.size(), offset + longest)), offset);
    return text.substr(begin, end - begin);
}

class Decoder {
public:
    Decoder(const std::string& file, DecodedText& decoded, std::vector<Diagnostic>& diagnostics)
        : file_(file), decoded_(decoded), diagnostics_(diagnostics) {}

    void run(std::string_view bytes) {
        const auto starts_with = [bytes](std::string_view mark) {
            return bytes.substr(0, mark.size()) == mark;
        };
        if (starts_with("\xEF\xBB\xBF")) {
            decoded_.encoding = Encoding::utf8_bom;
            take_utf8(bytes.substr(3));
        } else if (starts_with("\xFF\xFE")) {
            convert_utf16(bytes.substr(2), Encoding::utf16_le);
        } else if (starts_with("\xFE\xFF")) {
            convert_utf16(bytes.substr(2), Encoding::utf16_be);
        } else if (const auto guess = looks_like_utf16(bytes); guess != Encoding::utf8) {
            convert_utf16(bytes, guess);
        } else if (first_invalid_utf8(bytes) != std::string_view::npos && is_windows_1252(bytes)) {
            convert_windows_1252(bytes);
        } else {
            take_utf8(bytes);
        }
        refuse_nul();
    }

private:
    static Encoding looks_like_utf16(std::string_view bytes) noexcept {
        const std::size_t sample = std::min<std::size_t>(bytes.size(), 256) & ~std::size_t{1};
        std::array<std::size_t, 2> nul = {0, 0};
        for (std::size_t i = 0; i < sample; ++i) {
            nul[i % 2] += bytes[i] == '\0' ? 1U : 0U;
        }
        const auto most = [sample](std::size_t count) { return sample >= 4 && count * 4 >= sample; };
        return most(nul[1]) && !most(nul[0])   ? Encoding::utf16_le
               : most(nul[0]) && !most(nul[1]) ? Encoding::utf16_be
                                               : Encoding::utf8;
    }

    void take_utf8(std::string_view text) {
        decoded_.text = text;
        std::size_t shown = 0;
        std::size_t first = text.size();
        for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
            const std::size_t length = character_length(text, at);
            if (length == 0) {
                first = std::min(first, at);
                if (shown++ < most_bad_bytes_shown) {
                    error(at,
                          "this byte is not valid UTF-8; save the file as UTF-8, or wholly as Windows-1252");
                }
            }
            at += std::max<std::size_t>(1, length);
        }
        if (shown > 0) {
            decoded_.readable = false;
            decoded_.text = text.substr(0, first);
        }
    }

    void convert_utf16(std::string_view bytes, Encoding encoding) {
        decoded_.encoding = encoding;
        std::string& out = decoded_.owned;
        out.reserve(bytes.size());
        const auto unit = [&](std::size_t i) -> char32_t {
            const unsigned low = byte_at(bytes, encoding == Encoding::utf16_le ? i : i + 1);
            const unsigned high = byte_at(bytes, encoding == Encoding::utf16_le ? i + 1 : i);
            return (high << 8U) | low;
        };
        std::string_view problem;
        for (std::size_t i = 0; i < bytes.size() && problem.empty(); i += 2) {
            if (i + 1 == bytes.size()) {
                problem = "the UTF-16 text ends in the middle of a character";
                break;
            }
            char32_t c = unit(i);
            if (c >= 0xD800 && c <= 0xDBFF && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
                unit(i + 2) <= 0xDFFF) {
                c = 0x10000 + ((c - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
                i += 2;
            }
            if (c >= 0xD800 && c <= 0xDFFF) {
                problem = "half a character of UTF-16 (a lone surrogate)";
            } else {
                append_utf8(out, c);
            }
        }
        decoded_.text = out;
        if (!problem.empty()) {
            error(out.size(), std::string(problem));
            decoded_.readable = false;
        }
    }

    void convert_windows_1252(std::string_view bytes) {
        decoded_.encoding = Encoding::windows_1252;
        std::string& out = decoded_.owned;
        out.reserve(bytes.size() + bytes.size() / 8);
        std::size_t bad = bytes.size();
        for (std::size_t i = 0; i < bytes.size() && bad == bytes.size(); ++i) {
            const unsigned byte = byte_at(bytes, i);
            const char32_t c = byte >= 0x80U && byte < 0xA0U ? windows_1252_high[byte - 0x80U] : byte;
            if (byte >= 0x80U && c == 0) {
                bad = i;
            } else {
                append_utf8(out, c);
            }
        }
        decoded_.text = out;
        if (bad < bytes.size()) {
            error(out.size(), "this byte is neither UTF-8 nor Windows-1252; save the file as UTF-8");
            decoded_.readable = false;
            return;
        }
        diagnostics_.push_back(
            {Severity::note, {file_, 0, 0}, "the file is not UTF-8; read as Windows-1252", {}});
    }

    void refuse_nul() {
        const std::string_view text = decoded_.text;
        std::size_t shown = 0;
        for (auto at = text.find('\0'); at != std::string_view::npos; at = text.find('\0', at + 1)) {
            if (shown++ < most_bad_bytes_shown) {
                error(at, "a NUL character; the file is damaged or no text");
            } else {
                break;
            }
        }
        if (shown > 0) {
            decoded_.readable = false;
        }
    }

    void error(std::size_t offset, std::string message) {
        diagnostics_.push_back({Severity::error, position_of(decoded_.text, offset, file_),
                                std::move(message), std::string(line_around(decoded_.text, offset))});
        // an excerpt must be text: what cannot be shown becomes a question mark
        std::string& excerpt = diagnostics_.back().excerpt;
        for (auto bad = first_invalid_utf8(excerpt); bad != std::string::npos;
             bad = first_invalid_utf8(excerpt)) {
            excerpt[bad] = '?';
        }
    }

    const std::string& file_;
    DecodedText& decoded_;
    std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

std::string_view to_text(Encoding encoding) noexcept {
    switch (encoding) {
        case Encoding::utf8:
            return "UTF-8";
        case Encoding::utf8_bom:
            return "UTF-8 (with a byte order mark)";
        case Encoding::utf16_le:
            return "UTF-16 LE";
        case Encoding::utf16_be:
            return "UTF-16 BE";
        case Encoding::windows_1252:
            break;
    }
    return "Windows-1252";
}

std::size_t first_invalid_utf8(std::string_view text) noexcept {
    for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
        const std::size_t length = character_length(text, at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return std::string_view::npos;
}

SourcePosition position_of(std::string_view text, std::size_t offset, const std::string& file) {
    offset = std::min(offset, text.size());
    text = text.substr(0, offset + 2);  // the line may be endless; a CR looks one byte ahead
    SourcePosition position{file, 1, 1};
    std::size_t line_start = 0;
    while (true) {
        const std::size_t end = find_line_end(text, line_start);
        const std::size_t next = end + (text.substr(end, 2) == "\r\n" ? 2U : 1U);
        if (end >= text.size() || next > offset) {
            position.column = static_cast<std::uint32_t>(offset - line_start + 1);
            return position;
        }
        ++position.line;
        line_start = next;
    }
}

void decode(std::string_view bytes, const std::string& file, DecodedText& decoded,
            std::vector<Diagnostic>& diagnostics) {
    Decoder(file, decoded, diagnostics).run(bytes);
}

}  // namespace maillage::io

#pragma once

#include "io/formats/place_tracker.hpp"
#include "io/formats/read_context.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Reads a JSON text token by token, each with its place, without building anything.
///
///     JsonScanner scan(text, context);
///     scan.next() == Token::object_begin …
///     while (scan.next_key()) { key = scan.text(); …one value… }
///
/// Definition  RFC 8259, UTF-8 (checked before, see encoding.hpp).
/// Errors      One diagnostic at the first byte that is not JSON; then every call says Token::error. Depth and the
///             length of texts have limits. The same key twice is left to the reader.
/// Cost        O(bytes), 16 at a time inside texts. (nlohmann/json, which reads our own datasets, gives no places and
///             takes five times as long.)
class JsonScanner {
public:
    enum class Token : std::uint8_t {
        object_begin,
        object_end,
        array_begin,
        array_end,
        text,
        number,
        truth,
        null,
        end,  ///< of the file
        error
    };

    JsonScanner(std::string_view text, ReadContext& context);

    /// Passes over the mark that a text in UTF-8 may begin with; before anything else.
    void pass_byte_order_mark() noexcept;
    /// The next value, or the end of the array that is open, or of the file.
    Token next();
    /// In an object: reads a key and its colon; text() is the key. False at the end of the object and after an error.
    bool next_key();
    /// Passes over the value that next() would begin; its bytes. Empty after an error.
    std::string_view skip_value();
    /// Passes over the rest of the value whose first token was read.
    void skip_rest(Token first);

    /// Of a text or key: without escapes. Of a number: as written. Valid until the next call; a view of the whole
    /// text when is_view().
    [[nodiscard]] std::string_view text() const noexcept { return value_; }
    [[nodiscard]] bool is_view() const noexcept { return view_; }
    [[nodiscard]] bool truth() const noexcept { return truth_; }
    /// Where the last token or key began.
    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    /// Behind the last token.
    [[nodiscard]] std::size_t end() const noexcept { return at_; }
    [[nodiscard]] Place place() { return places_.at(begin_); }
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::string_view whole() const noexcept { return text_; }

private:
    struct Level {
        bool object;
        bool empty = true;
    };
    void skip_space() noexcept;
    Token read_value();
    Token read_string();
    Token read_number();
    bool read_escape();
    bool read_hex(std::uint32_t& unit);
    Token word(std::string_view expected, Token token);
    Token fail(std::size_t at, std::string message);

    std::string_view text_;
    ReadContext& context_;
    PlaceTracker places_;
    std::size_t at_ = 0, begin_ = 0;
    std::vector<Level> levels_;
    bool after_key_ = false, done_ = false, failed_ = false, view_ = true, truth_ = false;
    std::string_view value_;
    std::string unescaped_;
};

}  // namespace maillage::io

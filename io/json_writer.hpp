#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {

/// Writes JSON as it is told, without building the document in memory: a list of a million
/// recommendations costs the bytes of one. (nlohmann/json reads our JSON; its writer needs the whole
/// tree.)
///
/// Form      UTF-8; doubles in the shortest form that reads back the same, -0 as 0; objects and
///           lists opened with `lines` put each item on its own line, those opened with `compact`
///           stand on one line.
/// Errors    Error on a NaN or an infinity: an undefined value must be said with null_because.
///           Unbalanced calls are a defect of the caller (assert).
/// The stream has the whole document once its outermost value is closed.
class JsonWriter {
public:
    enum class Form : std::uint8_t { lines, compact };

    explicit JsonWriter(std::ostream& out) : out_(out) { text_.reserve(buffer_size + 1024); }

    JsonWriter& begin_object(Form form = Form::compact);
    JsonWriter& end_object();
    JsonWriter& begin_array(Form form = Form::compact);
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(double number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint32_t number) { return value(static_cast<std::uint64_t>(number)); }
    JsonWriter& value(std::int32_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool truth);
    JsonWriter& null();
    /// A value in the text of another writer, in compact form: what several threads have written.
    JsonWriter& written(std::string_view json);
    /// The value, or null when empty.
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }

    /// key + value in one call.
    template <class T>
    JsonWriter& field(std::string_view name, const T& item) {
        return key(name).value(item);
    }
    /// `"name": value`, or `"name": null, "why": reason` when the value is empty.
    JsonWriter& field_or_why(std::string_view name, const std::optional<double>& number,
                             std::string_view reason);

private:
    static constexpr std::size_t buffer_size = 1U << 16U;
    struct Level {
        bool array;
        Form form;
        bool empty = true;
    };
    void before_value();
    void newline();
    void close(char bracket);
    void write_quoted(std::string_view text);
    template <class T>
    void write_number(T number);
    /// Hands the text over when the document is complete or the buffer full.
    void after_value();

    std::ostream& out_;
    std::string text_;  ///< not handed over yet: a stream costs more a call than most values have bytes
    std::vector<Level> levels_;
    bool after_key_ = false;
};

}  // namespace maillage::io

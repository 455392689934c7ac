#include "io/json_writer.hpp"

#include "engine/error.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <ostream>

namespace maillage::io {

JsonWriter& JsonWriter::begin_object(Form form) {
    before_value();
    text_ += '{';
    levels_.push_back({false, form});
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    assert(!levels_.empty() && !levels_.back().array && !after_key_);
    close('}');
    return *this;
}

JsonWriter& JsonWriter::begin_array(Form form) {
    before_value();
    text_ += '[';
    levels_.push_back({true, form});
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    assert(!levels_.empty() && levels_.back().array);
    close(']');
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    assert(!levels_.empty() && !levels_.back().array && !after_key_);
    Level& level = levels_.back();
    if (!level.empty) {
        text_ += (level.form == Form::compact ? ", " : ",");
    }
    level.empty = false;
    if (level.form == Form::lines) {
        newline();
    }
    write_quoted(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    before_value();
    write_quoted(text);
    after_value();
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) {
        throw Error("a number of the document is not finite");
    }
    before_value();
    write_number(number == 0.0 ? 0.0 : number);
    after_value();
    return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
    before_value();
    write_number(number);
    after_value();
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    before_value();
    write_number(number);
    after_value();
    return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
    before_value();
    text_ += (truth ? "true" : "false");
    after_value();
    return *this;
}

JsonWriter& JsonWriter::null() {
    before_value();
    text_ += "null";
    after_value();
    return *this;
}

JsonWriter& JsonWriter::written(std::string_view json) {
    before_value();
    text_ += json;
    after_value();
    return *this;
}

JsonWriter& JsonWriter::field_or_why(std::string_view name, const std::optional<double>& number,
                                     std::string_view reason) {
    field(name, number);
    return number ? *this : field("why", reason);
}

void JsonWriter::before_value() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (levels_.empty()) {
        return;
    }
    Level& level = levels_.back();
    assert(level.array && "a value of an object needs a key");
    if (!level.empty) {
        text_ += (level.form == Form::compact ? ", " : ",");
    }
    level.empty = false;
    if (level.form == Form::lines) {
        newline();
    }
}

void JsonWriter::after_value() {
    if (levels_.empty() || text_.size() >= buffer_size) {
        out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
}

template <class T>
void JsonWriter::write_number(T number) {
    std::array<char, 32> digits{};
    text_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void JsonWriter::newline() {
    text_ += '\n';
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        text_ += "  ";
    }
}

void JsonWriter::close(char bracket) {
    const Level level = levels_.back();
    levels_.pop_back();
    if (level.form == Form::lines && !level.empty) {
        newline();
    }
    text_ += bracket;
    after_value();
}

void JsonWriter::write_quoted(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    text_ += '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20U && c != '"' && c != '\\' && byte != 0x7FU) {
            continue;
        }
        text_.append(text, begin, i - begin);
        begin = i + 1;
        switch (c) {
            case '"':
                text_ += "\\\"";
                break;
            case '\\':
                text_ += "\\\\";
                break;
            case '\n':
                text_ += "\\n";
                break;
            case '\r':
                text_ += "\\r";
                break;
            case '\t':
                text_ += "\\t";
                break;
            default:
                text_ += "\\u00";
                text_ += hex[byte >> 4U];
                text_ += hex[byte & 0xFU];
        }
    }
    text_.append(text, begin);
    text_ += '"';
}

}  // namespace maillage::io

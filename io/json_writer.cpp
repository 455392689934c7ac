#include "io/json_writer.hpp"

#include "engine/error.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <ostream>

namespace maillage::io {
namespace {

template <class T>
void write_number(std::ostream& out, T number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.write(buffer.data(), end - buffer.data());
}

}  // namespace

JsonWriter& JsonWriter::begin_object(Form form) {
    before_value();
    out_ << '{';
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
    out_ << '[';
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
        out_ << (level.form == Form::compact ? ", " : ",");
    }
    level.empty = false;
    if (level.form == Form::lines) {
        newline();
    }
    write_quoted(name);
    out_ << ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    before_value();
    write_quoted(text);
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) {
        throw Error("a number of the document is not finite");
    }
    before_value();
    write_number(out_, number == 0.0 ? 0.0 : number);
    return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
    before_value();
    write_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    before_value();
    write_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
    before_value();
    out_ << (truth ? "true" : "false");
    return *this;
}

JsonWriter& JsonWriter::null() {
    before_value();
    out_ << "null";
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
        out_ << (level.form == Form::compact ? ", " : ",");
    }
    level.empty = false;
    if (level.form == Form::lines) {
        newline();
    }
}

void JsonWriter::newline() {
    out_ << '\n';
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        out_ << "  ";
    }
}

void JsonWriter::close(char bracket) {
    const Level level = levels_.back();
    levels_.pop_back();
    if (level.form == Form::lines && !level.empty) {
        newline();
    }
    out_ << bracket;
}

void JsonWriter::write_quoted(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out_ << '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20U && c != '"' && c != '\\' && byte != 0x7FU) {
            continue;
        }
        out_.write(text.data() + begin, static_cast<std::streamsize>(i - begin));
        begin = i + 1;
        switch (c) {
            case '"':
                out_ << "\\\"";
                break;
            case '\\':
                out_ << "\\\\";
                break;
            case '\n':
                out_ << "\\n";
                break;
            case '\r':
                out_ << "\\r";
                break;
            case '\t':
                out_ << "\\t";
                break;
            default:
                out_ << "\\u00" << hex[byte >> 4U] << hex[byte & 0xFU];
        }
    }
    out_.write(text.data() + begin, static_cast<std::streamsize>(text.size() - begin));
    out_ << '"';
}

}  // namespace maillage::io

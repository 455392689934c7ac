#pragma once

#include "io/formats/read_context.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

/// The attributes of an element, by local name (without a prefix), in the order of the file.
class XmlAttributes {
public:
    /// `pairs`: name, value, name, value, …, a null pointer at the end.
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
    /// The value, or an empty text.
    [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept;
    [[nodiscard]] const char* const* pairs() const noexcept { return pairs_; }

private:
    const char* const* pairs_;
};

/// What is done with the elements of an XML text. Names are local names; texts are valid during the call.
class XmlVisitor {
public:
    XmlVisitor() = default;
    XmlVisitor(const XmlVisitor&) = delete;
    XmlVisitor& operator=(const XmlVisitor&) = delete;
    virtual ~XmlVisitor() = default;
    /// false: reading ends (an error was reported).
    virtual bool open(std::string_view name, const XmlAttributes& attributes, Place where) = 0;
    /// `text` is what stood directly in the element, when wants_text() said so at its opening.
    virtual bool close(std::string_view name, std::string_view text, Place where) = 0;
    [[nodiscard]] virtual bool wants_text() const { return false; }
};

/// Whether this build can read XML (with expat).
[[nodiscard]] bool xml_is_supported() noexcept;

/// Reads an XML text (UTF-8, whatever it declares), element by element. Returns false when an error was reported.
/// Refused     what is not well-formed, a DOCTYPE (it could define entities), nesting beyond the limit.
/// Cost        O(bytes); memory of the open elements.
bool parse_xml(std::string_view text, ReadContext& context, XmlVisitor& visitor);

/// The encoding that an XML declaration names, or an empty text.
[[nodiscard]] std::string_view declared_encoding(std::string_view bytes) noexcept;

/// A text for an attribute or between tags: & < > " escaped, line ends and tabs as references, so that they survive;
/// characters that XML cannot hold become U+FFFD. Returns how many were.
std::size_t append_xml(std::string& out, std::string_view text);

}  // namespace maillage::io

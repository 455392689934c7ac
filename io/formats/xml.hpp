#pragma once

#include "io/formats/read_context.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace maillage::io {

struct XmlAttribute {
    std::string_view name;  ///< local
    std::string_view value;
};

/// The attributes of an element, by local name (without a prefix), in the order of the file.
class XmlAttributes {
public:
    explicit XmlAttributes(std::span<const XmlAttribute> all) : all_(all) {}
    /// The value, or an empty text.
    [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept {
        for (const XmlAttribute& a : all_) {
            if (a.name == name) {
                return a.value;
            }
        }
        return {};
    }
    [[nodiscard]] bool has(std::string_view name) const noexcept {
        for (const XmlAttribute& a : all_) {
            if (a.name == name) {
                return true;
            }
        }
        return false;
    }

private:
    std::span<const XmlAttribute> all_;
};

/// What is done with the elements of an XML text. Names are local names; texts are valid during the call, and are views of
/// the whole text where nothing in them had to be decoded.
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
    /// Something other than space stands directly in an element whose text is not wanted; said once for an element, before its
    /// next child or its end.
    virtual void stray_text(Place where) { static_cast<void>(where); }
};

/// Whether this build can read XML (with expat).
[[nodiscard]] bool xml_is_supported() noexcept;

/// Reads an XML text (UTF-8, whatever it declares), element by element. Returns false when an error was reported.
/// Refused     what is not well-formed, a DOCTYPE (it could define entities), nesting beyond the limit.
/// Manner      What nearly all files hold (elements with ASCII names, attributes, texts, comments, the entities of XML) is read
///             by a scanner of our own, five times as fast as expat. At the first token that is anything else, well-formed or
///             not, expat reads from the beginning, in silence up to there, and says the rest and what is wrong: both say the
///             same, and expat has the last word.
/// Cost        O(bytes); memory of the open elements.
bool parse_xml(std::string_view text, ReadContext& context, XmlVisitor& visitor);
/// The same by expat alone, for comparison.
bool parse_xml_slowly(std::string_view text, ReadContext& context, XmlVisitor& visitor);

/// The local name of the outermost element, or an empty text. Nothing is checked.
[[nodiscard]] std::string_view root_element(std::string_view text) noexcept;

/// The encoding that an XML declaration names, or an empty text.
[[nodiscard]] std::string_view declared_encoding(std::string_view bytes) noexcept;

/// A text for an attribute or between tags: & < > " escaped, line ends and tabs as references, so that they survive;
/// characters that XML cannot hold become U+FFFD. Returns how many were.
std::size_t append_xml(std::string& out, std::string_view text);

}  // namespace maillage::io

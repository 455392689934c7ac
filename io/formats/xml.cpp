#include "io/formats/xml.hpp"

#include "io/formats/place_tracker.hpp"
#include "io/scan.hpp"

#include <algorithm>
#include <cstring>

#ifdef MAILLAGE_HAVE_EXPAT
#include <expat.h>
#endif

namespace maillage::io {
namespace {

std::string_view local_name(const char* name) noexcept {
    const char* colon = std::strrchr(name, ':');
    return colon == nullptr ? name : colon + 1;
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const noexcept {
    for (const char* const* p = pairs_; *p != nullptr; p += 2) {
        if (*p == name || local_name(*p) == name) {
            return p[1];
        }
    }
    return {};
}

bool XmlAttributes::has(std::string_view name) const noexcept {
    for (const char* const* p = pairs_; *p != nullptr; p += 2) {
        if (*p == name || local_name(*p) == name) {
            return true;
        }
    }
    return false;
}

std::string_view declared_encoding(std::string_view bytes) noexcept {
    if (bytes.rfind("<?xml", 0) != 0) {
        return {};
    }
    const std::string_view declaration = bytes.substr(0, std::min(bytes.find("?>"), bytes.size()));
    const auto at = declaration.find("encoding");
    if (at == std::string_view::npos) {
        return {};
    }
    const auto quote = declaration.find_first_of("\"'", at);
    if (quote == std::string_view::npos) {
        return {};
    }
    const auto end = declaration.find(declaration[quote], quote + 1);
    return end == std::string_view::npos ? std::string_view()
                                         : declaration.substr(quote + 1, end - quote - 1);
}

std::size_t append_xml(std::string& out, std::string_view text) {
    std::size_t replaced = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\n':
                out += "&#10;";
                break;
            case '\r':
                out += "&#13;";
                break;
            case '\t':
                out += "&#9;";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20U) {
                    out += "\xEF\xBF\xBD";
                    ++replaced;
                } else if (c == '\xEF' &&
                           (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF")) {
                    out += "\xEF\xBF\xBD";  // U+FFFE and U+FFFF are no characters of XML
                    i += 2;
                    ++replaced;
                } else {
                    out += c;
                }
        }
    }
    return replaced;
}

#ifdef MAILLAGE_HAVE_EXPAT

namespace {

class Parser {
public:
    Parser(std::string_view text, ReadContext& context, XmlVisitor& visitor)
        : text_(text),
          context_(context),
          visitor_(visitor),
          places_(text),
          parser_(XML_ParserCreate("UTF-8")) {
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &Parser::on_start, &Parser::on_end);
        XML_SetCharacterDataHandler(parser_, &Parser::on_text);
        XML_SetStartDoctypeDeclHandler(parser_, &Parser::on_doctype);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { XML_ParserFree(parser_); }

    bool run() {
        constexpr std::size_t piece = std::size_t{1} << 20U;
        for (std::size_t at = 0;; at += piece) {
            const std::string_view part = text_.substr(std::min(at, text_.size()), piece);
            const bool last = at + piece >= text_.size();
            if (XML_Parse(parser_, part.data(), static_cast<int>(part.size()), last ? 1 : 0) !=
                XML_STATUS_OK) {
                if (!stopped_) {
                    tell();
                }
                return false;
            }
            if (last) {
                return !stopped_;
            }
        }
    }

private:
    struct Level {
        bool wants_text;
        std::size_t text_begin;
    };

    static Parser& self(void* data) { return *static_cast<Parser*>(data); }

    [[nodiscard]] Place place() {
        const XML_Index at = XML_GetCurrentByteIndex(parser_);
        return places_.at(at < 0 ? 0 : std::min(static_cast<std::size_t>(at), text_.size()));
    }
    void stop() {
        stopped_ = true;
        XML_StopParser(parser_, XML_FALSE);
    }
    static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
        Parser& p = self(data);
        if (p.stopped_) {
            return;
        }
        const Place where = p.place();
        if (p.levels_.size() >= p.context_.limits().depth) {
            p.context_.error(where, "elements inside one another deeper than " +
                                        std::to_string(p.context_.limits().depth) +
                                        " levels; --limit depth=N allows more");
            p.stop();
            return;
        }
        for (const XML_Char** a = attributes; *a != nullptr; a += 2) {
            if (!p.context_.name_within_limits(a[1], where)) {
                p.stop();
                return;
            }
        }
        if (!p.visitor_.open(local_name(name), XmlAttributes(attributes), where)) {
            p.stop();
            return;
        }
        p.levels_.push_back({p.visitor_.wants_text(), p.characters_.size()});
    }
    static void on_end(void* data, const XML_Char* name) {
        Parser& p = self(data);
        if (p.stopped_) {
            return;
        }
        const Level level = p.levels_.back();
        p.levels_.pop_back();
        const std::string_view text = std::string_view(p.characters_).substr(level.text_begin);
        if (!p.context_.name_within_limits(text, {}) ||
            !p.visitor_.close(local_name(name), text, p.place())) {
            p.stop();
        }
        p.characters_.resize(level.text_begin);
    }
    static void on_text(void* data, const XML_Char* text, int length) {
        Parser& p = self(data);
        if (!p.stopped_ && !p.levels_.empty() && p.levels_.back().wants_text) {
            p.characters_.append(text, static_cast<std::size_t>(length));
        }
    }
    static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        Parser& p = self(data);
        p.context_.error(p.place(), "a DOCTYPE is not read, because it can define entities; remove it");
        p.stop();
    }
    void tell() {
        const XML_Error code = XML_GetErrorCode(parser_);
        std::string reason = XML_ErrorString(code);
        if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN) {
            reason = "the file ends too early (" + reason + ")";
        } else if (code == XML_ERROR_TAG_MISMATCH) {
            reason = "this closing tag does not fit the element that is open";
        } else if (code == XML_ERROR_INVALID_TOKEN) {
            reason = "this is no tag and no text (is a & or < not written as &amp; or &lt;?)";
        } else if (code == XML_ERROR_UNDEFINED_ENTITY) {
            reason = "an entity that XML does not define; only &amp; &lt; &gt; &quot; &apos; and &#…; are";
        }
        context_.error(place(), "this is not well-formed XML: " + reason);
    }

    std::string_view text_;
    ReadContext& context_;
    XmlVisitor& visitor_;
    PlaceTracker places_;
    XML_Parser parser_;
    std::vector<Level> levels_;
    std::string characters_;
    bool stopped_ = false;
};

}  // namespace

bool xml_is_supported() noexcept {
    return true;
}

bool parse_xml(std::string_view text, ReadContext& context, XmlVisitor& visitor) {
    return Parser(text, context, visitor).run();
}

#else

bool xml_is_supported() noexcept {
    return false;
}

bool parse_xml(std::string_view, ReadContext& context, XmlVisitor&) {
    context.error({1, 1}, "XML cannot be read: this maillage was built without the library expat");
    return false;
}

#endif

}  // namespace maillage::io

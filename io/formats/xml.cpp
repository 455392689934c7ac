#include "io/formats/xml.hpp"

#include "io/encoding.hpp"
#include "io/formats/place_tracker.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#ifdef MAILLAGE_HAVE_EXPAT
#include <expat.h>
#endif

namespace maillage::io {
namespace {

std::string_view local_name(std::string_view name) noexcept {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view root_element(std::string_view text) noexcept {
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        const std::string_view rest = text.substr(at);
        if (rest.rfind("<?", 0) == 0) {
            at = text.find("?>", at);
        } else if (rest.rfind("<!--", 0) == 0) {
            at = text.find("-->", at);
        } else if (rest.rfind("<!", 0) == 0) {
            at = text.find('>', at);
        } else {
            return local_name(rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1));
        }
        if (at == std::string_view::npos) {
            break;
        }
    }
    return {};
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

/// What both readers say to the visitor, with the limits.
class Events {
public:
    Events(std::string_view text, ReadContext& context, XmlVisitor& visitor)
        : text_(text), context_(context), visitor_(visitor), places_(text) {}

    [[nodiscard]] Place place(std::size_t at) { return places_.at(std::min(at, text_.size())); }
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }
    [[nodiscard]] std::size_t said() const noexcept { return said_; }
    [[nodiscard]] std::size_t depth() const noexcept { return levels_.size(); }
    [[nodiscard]] bool wants_text() const noexcept { return !levels_.empty() && levels_.back().wants_text; }
    /// The whole name of the element that is open, as the scanner read it.
    [[nodiscard]] std::string_view open_name() const noexcept { return levels_.back().name; }

    void error(Place where, std::string message) {
        context_.error(where, std::move(message));
        stopped_ = true;
    }

    /// False: reading ends.
    bool open(std::string_view name, std::span<const XmlAttribute> attributes, std::size_t at) {
        ++said_;
        const Place where = place(at);
        if (levels_.size() >= context_.limits().depth) {
            error(where, "elements inside one another deeper than " +
                             std::to_string(context_.limits().depth) +
                             " levels; --limit depth=N allows more");
            return false;
        }
        for (const XmlAttribute& a : attributes) {
            stopped_ = stopped_ || !context_.name_within_limits(a.value, where);
        }
        stopped_ = stopped_ || !visitor_.open(local_name(name), XmlAttributes(attributes), where);
        levels_.push_back({visitor_.wants_text(), false, characters_.size(), {}, name});
        return !stopped_;
    }

    bool close(std::string_view name, std::size_t at) {
        ++said_;
        const Level level = levels_.back();
        levels_.pop_back();
        const std::string_view text =
            level.only.empty() ? std::string_view(characters_).substr(level.text_begin) : level.only;
        stopped_ = stopped_ || !context_.name_within_limits(text, {}) ||
                   !visitor_.close(local_name(name), text, place(at));
        characters_.resize(level.text_begin);
        return !stopped_;
    }

    /// Characters of the element that is open; `lasting`: a part of the whole text.
    void add(std::string_view characters, bool lasting) {
        if (!wants_text() || characters.empty()) {
            return;
        }
        Level& level = levels_.back();
        if (lasting && level.only.empty() && characters_.size() == level.text_begin) {
            level.only = characters;
            return;
        }
        characters_.append(level.only).append(characters);
        level.only = {};
    }

    /// Text where none is wanted.
    void stray(std::size_t at) {
        if (!levels_.empty() && !std::exchange(levels_.back().stray, true)) {
            visitor_.stray_text(place(at));
        }
    }

private:
    struct Level {
        bool wants_text;
        bool stray;  ///< said
        std::size_t text_begin;
        std::string_view only;  ///< its text, while that is one part of the whole text
        std::string_view name;
    };
    std::string_view text_;
    ReadContext& context_;
    XmlVisitor& visitor_;
    PlaceTracker places_;
    std::vector<Level> levels_;
    std::string characters_;
    std::size_t said_ = 0;  ///< openings and closings
    bool stopped_ = false;
};

// what a character may be; special: in texts and values it must be looked at
enum Kind : std::uint8_t { invalid = 0, plain = 1, space = 2, name = 4, name_start = 8, special = 16 };
constexpr std::array<std::uint8_t, 256> make_kinds() {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t i = 0x20; i < kinds.size(); ++i) {
        kinds[i] = plain;
    }
    for (const char c : {'\t', '\n', '\r'}) {
        kinds[static_cast<unsigned char>(c)] = space | special;
    }
    kinds[0x20] = space | plain;
    for (const char c : {'<', '&', ']', '"', '\'', '\xEF'}) {
        kinds[static_cast<unsigned char>(c)] = special;
    }
    for (std::size_t c = 0; c < 26; ++c) {
        kinds['a' + c] = kinds['A' + c] = plain | name | name_start;
    }
    for (std::size_t c = 0; c < 10; ++c) {
        kinds['0' + c] = plain | name;
    }
    for (const char c : {'_', ':'}) {
        kinds[static_cast<unsigned char>(c)] = plain | name | name_start;
    }
    for (const char c : {'-', '.'}) {
        kinds[static_cast<unsigned char>(c)] = plain | name;
    }
    return kinds;
}
constexpr std::array<std::uint8_t, 256> kinds = make_kinds();
bool is(char c, unsigned kind) noexcept {
    return (kinds[static_cast<unsigned char>(c)] & kind) != 0;
}

/// Reads what nearly all files hold; see parse_xml.
class Scanner {
public:
    Scanner(std::string_view text, Events& events) : text_(text), events_(events) {}

    /// Offset of the first token that was not read; empty when all was, or reading ended.
    std::optional<std::size_t> run() {
        if (!pass_declaration()) {
            return 0;
        }
        bool root = false;
        while (true) {
            const std::size_t token = at_;
            if (events_.depth() == 0) {
                pass_space();
                if (at_ == text_.size()) {
                    return root ? std::nullopt : std::optional(token);
                }
                if (text_[at_] != '<') {
                    return token;
                }
            } else if (!read_text()) {
                return token;
            }
            const std::size_t markup = at_;
            const char next = peek(1);
            bool good = false;
            if (next == '/') {
                good = events_.depth() > 0 && read_closing();
            } else if (next == '!') {
                good = pass_comment();
            } else if (events_.depth() > 0 || !root) {
                root = true;
                good = read_opening();
            }
            if (events_.stopped()) {
                return std::nullopt;
            }
            if (!good) {
                return markup;
            }
        }
    }

private:
    [[nodiscard]] char peek(std::size_t ahead) const noexcept {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool pass_space() noexcept {
        const std::size_t from = at_;
        while (at_ < text_.size() && is(text_[at_], space)) {
            ++at_;
        }
        return at_ > from;
    }
    std::string_view take_name() noexcept {
        const std::size_t from = at_;
        if (is(peek(0), name_start)) {
            while (at_ < text_.size() && is(text_[at_], name)) {
                ++at_;
            }
        }
        // what goes on in another alphabet is for expat
        return at_ < text_.size() && static_cast<unsigned char>(text_[at_]) < 0x80U
                   ? text_.substr(from, at_ - from)
                   : std::string_view();
    }

    static bool is_encoding(std::string_view value) noexcept {
        return !value.empty() && is(value.front(), name_start) &&
               std::all_of(value.begin(), value.end(), [](char c) { return is(c, name) && c != ':'; });
    }

    /// `<?xml version="1.0" encoding="…"?>`, or nothing.
    bool pass_declaration() noexcept {
        if (text_.substr(0, 5) != "<?xml") {
            return true;
        }
        at_ = 5;
        constexpr std::array<std::string_view, 3> known = {"version", "encoding", "standalone"};
        std::size_t next = 0;
        while (pass_space()) {
            if (peek(0) == '?') {
                break;
            }
            const std::string_view word = take_name();
            const char quote = peek(1);
            if (peek(0) != '=' || (quote != '"' && quote != '\'')) {
                return false;
            }
            at_ += 2;
            const std::size_t end = text_.find(quote, at_);
            if (end == std::string_view::npos) {
                return false;
            }
            const std::string_view value = text_.substr(at_, end - at_);
            while (next < known.size() && known[next] != word) {
                ++next;
            }
            const bool good = word == "version"    ? value == "1.0"
                              : word == "encoding" ? is_encoding(value)
                                                   : value == "yes" || value == "no";
            if (next == known.size() || !good || (next > 0 && !version_)) {
                return false;
            }
            version_ = true;
            ++next;
            at_ = end + 1;
        }
        if (!version_ || text_.substr(at_, 2) != "?>") {
            return false;
        }
        at_ += 2;
        return true;
    }

    /// Decodes what stands at `from`, one of the special characters; appends it to the scratch text. False: not known here.
    bool decode(std::size_t& from, bool value) {
        const char c = text_[from];
        if (c == '\r' || c == '\n' || c == '\t') {
            scratch_ += value ? ' ' : c == '\t' ? '\t' : '\n';
            from += text_.substr(from, 2) == "\r\n" ? 2U : 1U;
            return true;
        }
        if (c != '&') {
            return false;
        }
        const std::size_t end = text_.substr(0, from + 12).find(';', from);
        if (end == std::string_view::npos) {
            return false;
        }
        std::string_view entity = text_.substr(from + 1, end - from - 1);
        from = end + 1;
        constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
            {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
        for (const auto& [word, character] : entities) {
            if (word == entity) {
                scratch_ += character;
                return true;
            }
        }
        if (entity.size() < 2 || entity.front() != '#') {
            return false;
        }
        const bool hexadecimal = entity[1] == 'x';
        entity.remove_prefix(hexadecimal ? 2 : 1);
        std::uint32_t code = 0;
        const auto [stop, wrong] =
            std::from_chars(entity.data(), entity.data() + entity.size(), code, hexadecimal ? 16 : 10);
        const bool character = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xD800) ||
                               (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
        if (wrong != std::errc{} || stop != entity.data() + entity.size() || !character) {
            return false;
        }
        append_utf8(scratch_, code);
        return true;
    }

    /// U+FFFE and U+FFFF are no characters of XML; everything else that begins so is.
    [[nodiscard]] bool is_character(std::size_t at) const noexcept {
        return text_.substr(at, 2) != "\xEF\xBF" ||
               (at + 2 < text_.size() && text_[at + 2] != '\xBE' && text_[at + 2] != '\xBF');
    }

    /// Characters up to the next tag. False: something that is not read here, and nothing was said.
    bool read_text() {
        const std::size_t begin = at_;
        std::size_t piece = begin;
        std::size_t i = begin;
        const bool wanted = events_.wants_text();
        scratch_.clear();
        while (true) {
            while (i < text_.size() && (kinds[static_cast<unsigned char>(text_[i])] & plain) != 0) {
                ++i;
            }
            if (i >= text_.size()) {
                return false;
            }
            const char c = text_[i];
            if (c == '<') {
                break;
            }
            if (c == '\n' || c == '\t' || c == '"' || c == '\'' || (c == '\r' && !wanted) ||
                (c == ']' && text_.substr(i, 3) != "]]>") || (c == '\xEF' && is_character(i))) {
                ++i;
                continue;
            }
            scratch_.append(text_.substr(piece, i - piece));
            if (!decode(i, false)) {
                return false;
            }
            piece = i;
        }
        at_ = i;
        if (!wanted) {
            std::size_t at = begin;
            while (at < i && is(text_[at], space)) {
                ++at;
            }
            if (at < i) {
                events_.stray(at);
            }
            return true;
        }
        if (piece == begin) {
            events_.add(text_.substr(begin, i - begin), true);
        } else {
            scratch_.append(text_.substr(piece, i - piece));
            events_.add(scratch_, false);
        }
        return true;
    }

    bool read_closing() {
        const std::size_t markup = at_;
        const std::string_view open = events_.open_name();
        at_ += 2;
        if (text_.substr(at_, open.size()) != open) {
            return false;
        }
        at_ += open.size();
        pass_space();
        if (peek(0) != '>') {
            return false;
        }
        ++at_;
        events_.close(open, markup);
        return true;
    }

    bool pass_comment() noexcept {
        if (text_.substr(at_, 4) != "<!--") {
            return false;
        }
        const std::size_t end = text_.find("--", at_ + 4);
        if (end == std::string_view::npos || text_.substr(end, 3) != "-->") {
            return false;
        }
        for (std::size_t i = at_ + 4; i < end; ++i) {
            if (kinds[static_cast<unsigned char>(text_[i])] == invalid ||
                (text_[i] == '\xEF' && !is_character(i))) {
                return false;
            }
        }
        at_ = end + 3;
        return true;
    }

    bool read_opening() {
        const std::size_t markup = at_++;
        const std::string_view element = take_name();
        if (element.empty()) {
            return false;
        }
        attributes_.clear();
        decoded_used_ = 0;
        while (true) {
            const bool apart = pass_space();
            const char c = peek(0);
            if (c == '>') {
                ++at_;
                events_.open(element, attributes_, markup);
                return true;
            }
            if (c == '/') {
                if (peek(1) != '>') {
                    return false;
                }
                at_ += 2;
                static_cast<void>(events_.open(element, attributes_, markup) && events_.close(element, at_));
                return true;
            }
            if (!apart || !read_attribute()) {
                return false;
            }
        }
    }

    bool read_attribute() {
        const std::string_view whole = take_name();
        if (whole.empty()) {
            return false;
        }
        pass_space();
        if (peek(0) != '=') {
            return false;
        }
        ++at_;
        pass_space();
        const char quote = peek(0);
        if (quote != '"' && quote != '\'') {
            return false;
        }
        const std::size_t begin = ++at_;
        std::size_t piece = begin;
        std::size_t i = begin;
        scratch_.clear();
        while (true) {
            while (i < text_.size() && (kinds[static_cast<unsigned char>(text_[i])] & plain) != 0) {
                ++i;
            }
            if (i >= text_.size()) {
                return false;
            }
            const char c = text_[i];
            if (c == quote) {
                break;
            }
            if (c == ']' || c == '"' || c == '\'' || (c == '\xEF' && is_character(i))) {
                ++i;
                continue;
            }
            scratch_.append(text_.substr(piece, i - piece));
            if (!decode(i, true)) {
                return false;
            }
            piece = i;
        }
        std::string_view value = text_.substr(begin, i - begin);
        if (piece != begin) {
            scratch_.append(text_.substr(piece, i - piece));
            if (decoded_used_ == decoded_.size()) {
                decoded_.emplace_back();
            }
            decoded_[decoded_used_] = scratch_;
            value = decoded_[decoded_used_++];
        }
        at_ = i + 1;
        const std::string_view local = local_name(whole);
        // two of one name are refused by expat, and two prefixes are rare enough to be left to it
        constexpr std::size_t most = 64;  // they are compared with one another
        for (const XmlAttribute& a : attributes_) {
            if (a.name == local) {
                return false;
            }
        }
        attributes_.push_back({local, value});
        return attributes_.size() <= most;
    }

    std::string_view text_;
    Events& events_;
    std::size_t at_ = 0;
    bool version_ = false;
    std::vector<XmlAttribute> attributes_;
    std::string scratch_;
    std::deque<std::string> decoded_;  ///< values of attributes; a deque keeps addresses
    std::size_t decoded_used_ = 0;
};

/// Expat, silent up to where the scanner came.
class Parser {
public:
    Parser(std::string_view text, ReadContext& context, Events& events, std::size_t from)
        : text_(text),
          context_(context),
          events_(events),
          from_(from),
          silent_(events.said()),
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
                if (!events_.stopped()) {
                    tell();
                }
                return false;
            }
            if (last) {
                return !events_.stopped();
            }
        }
    }

private:
    static Parser& self(void* data) { return *static_cast<Parser*>(data); }

    [[nodiscard]] std::size_t offset() const {
        const XML_Index at = XML_GetCurrentByteIndex(parser_);
        return at < 0 ? 0 : std::min(static_cast<std::size_t>(at), text_.size());
    }
    void stop_unless(bool good) {
        if (!good) {
            XML_StopParser(parser_, XML_FALSE);
        }
    }
    /// Whether the next opening or closing was said by the scanner.
    bool was_said() { return passed_++ < silent_; }
    static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
        Parser& p = self(data);
        if (p.events_.stopped() || p.was_said()) {
            return;
        }
        p.attributes_.clear();
        for (const XML_Char** a = attributes; *a != nullptr; a += 2) {
            p.attributes_.push_back({local_name(a[0]), a[1]});
        }
        p.stop_unless(p.events_.open(name, p.attributes_, p.offset()));
    }
    static void on_end(void* data, const XML_Char* name) {
        Parser& p = self(data);
        if (!p.events_.stopped() && !p.was_said()) {
            p.stop_unless(p.events_.close(name, p.offset()));
        }
    }
    static void on_text(void* data, const XML_Char* text, int length) {
        Parser& p = self(data);
        if (p.events_.stopped() || p.passed_ < p.silent_ || p.offset() < p.from_) {
            return;
        }
        const std::string_view part(text, static_cast<std::size_t>(length));
        if (p.events_.wants_text()) {
            p.events_.add(part, false);
        } else if (const auto at = p.text_[p.offset()] == '&' ? 0 : part.find_first_not_of(" \t\r\n");
                   at != std::string_view::npos) {
            p.events_.stray(p.offset() + at);
        }
    }
    static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        Parser& p = self(data);
        const std::size_t begin = p.text_.rfind("<!DOCTYPE", p.offset());
        p.events_.error(p.events_.place(begin == std::string_view::npos ? p.offset() : begin),
                        "a DOCTYPE is not read, because it can define entities; remove it");
        p.stop_unless(false);
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
        context_.error(events_.place(offset()), "this is not well-formed XML: " + reason);
    }

    std::string_view text_;
    ReadContext& context_;
    Events& events_;
    std::size_t from_;
    std::size_t silent_;      ///< openings and closings that the scanner said
    std::size_t passed_ = 0;  ///< so many came
    XML_Parser parser_;
    std::vector<XmlAttribute> attributes_;
};

}  // namespace

bool xml_is_supported() noexcept {
    return true;
}

bool parse_xml(std::string_view text, ReadContext& context, XmlVisitor& visitor) {
    Events events(text, context, visitor);
    const auto unread = Scanner(text, events).run();
    return unread ? Parser(text, context, events, *unread).run() : !events.stopped();
}

bool parse_xml_slowly(std::string_view text, ReadContext& context, XmlVisitor& visitor) {
    Events events(text, context, visitor);
    return Parser(text, context, events, 0).run();
}

#else

bool xml_is_supported() noexcept {
    return false;
}

bool parse_xml(std::string_view, ReadContext& context, XmlVisitor&) {
    context.error({1, 1}, "XML cannot be read: this maillage was built without expat");
    return false;
}

bool parse_xml_slowly(std::string_view text, ReadContext& context, XmlVisitor& visitor) {
    return parse_xml(text, context, visitor);
}

#endif

}  // namespace maillage::io

#include "io/formats/unpack.hpp"

#include "engine/ascii.hpp"

#include "io/formats/xml.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <memory>
#include <vector>

#ifdef MAILLAGE_HAVE_ZLIB
#include <zlib.h>
#endif

namespace maillage::io {

bool is_gzip(std::string_view bytes) noexcept {
    return bytes.size() >= 2 && bytes[0] == '\x1F' && bytes[1] == '\x8B';
}

#ifdef MAILLAGE_HAVE_ZLIB

namespace {

/// inflateEnd on the way out.
class Inflater {
public:
    Inflater() { ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() {
        if (ready_) {
            inflateEnd(&stream_);
        }
    }
    [[nodiscard]] bool ready() const noexcept { return ready_; }
    z_stream& stream() noexcept { return stream_; }

private:
    z_stream stream_{};
    bool ready_ = false;
};

}  // namespace

bool unpack_gzip(std::string_view bytes, ReadContext& context, std::string& unpacked) {
    unpacked.clear();
    Inflater inflater;
    if (!inflater.ready()) {
        context.error({}, "gzip cannot be unpacked: no memory");
        return false;
    }
    z_stream& s = inflater.stream();
    std::size_t at = 0;
    std::vector<char> buffer(std::size_t{1} << 18U);
    constexpr std::uint64_t small = std::uint64_t{16} << 20U;  // no bomb, whatever its ratio
    while (true) {
        if (s.avail_in == 0 && at < bytes.size()) {
            const std::size_t piece = std::min(bytes.size() - at, std::size_t{1} << 30U);
            // zlib does not write to its input, but its old interface says so
            s.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data() + at));
            s.avail_in = static_cast<uInt>(piece);
            at += piece;
        }
        s.next_out = reinterpret_cast<Bytef*>(buffer.data());
        s.avail_out = static_cast<uInt>(buffer.size());
        const int result = inflate(&s, Z_NO_FLUSH);
        unpacked.append(buffer.data(), buffer.size() - s.avail_out);
        const std::uint64_t read = at - s.avail_in;
        if (unpacked.size() > context.limits().bytes) {
            context.error({}, "unpacks to more than " + std::to_string(context.limits().bytes) +
                                  " bytes; --limit bytes=N allows more");
            return false;
        }
        if (unpacked.size() > small && unpacked.size() / context.limits().ratio > read) {
            context.error({}, "unpacks to more than " + std::to_string(context.limits().ratio) +
                                  " times its size; --limit ratio=N allows more");
            return false;
        }
        if (result == Z_STREAM_END) {
            const std::size_t left = s.avail_in + (bytes.size() - at);
            const std::string_view rest = bytes.substr(bytes.size() - left);
            if (!is_gzip(rest)) {
                if (rest.find_first_not_of('\0') != std::string_view::npos) {
                    context.warn("gzip", {},
                                 std::to_string(left) + " bytes behind the packed data are not read");
                }
                return true;
            }
            inflateReset(&s);
        } else if (result != Z_OK) {
            const bool cut = result == Z_BUF_ERROR;
            context.error({}, cut ? "the packed data (gzip) end too early; is the file cut off?"
                                  : "the packed data (gzip) are damaged at byte " + std::to_string(read));
            return false;
        } else if (s.avail_in == 0 && at >= bytes.size() && s.avail_out != 0) {
            context.error({}, "the packed data (gzip) end too early; is the file cut off?");
            return false;
        }
    }
}

#else

bool unpack_gzip(std::string_view, ReadContext& context, std::string&) {
    context.error({}, "gzip cannot be unpacked: this maillage was built without zlib");
    return false;
}

#endif

void decode_xml(std::string_view bytes, const std::string& file, DecodedText& decoded,
                std::vector<Diagnostic>& diagnostics) {
    std::string name(declared_encoding(bytes));
    const std::string lower = lower_ascii(name);
    if (lower.empty() || lower == "utf-8" || lower == "utf8" || lower.rfind("utf-16", 0) == 0 ||
        lower == "us-ascii") {
        decode(bytes, file, decoded, diagnostics);
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(name.c_str(), &status),
                                                                       ucnv_close);
    if (U_FAILURE(status) != 0) {
        diagnostics.push_back(
            {Severity::error, {file, 1, 1}, "the encoding \"" + name + "\" is not known", {}});
        decoded.readable = false;
        return;
    }
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    std::vector<UChar> units(std::size_t{1} << 14U);
    std::vector<char> utf8(units.size() * 3);
    while (source < end) {
        UChar* target = units.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, 1,
                       &status);
        const auto count = static_cast<std::int32_t>(target - units.data());
        UErrorCode written = U_ZERO_ERROR;
        std::int32_t size = 0;
        u_strToUTF8WithSub(utf8.data(), static_cast<std::int32_t>(utf8.size()), &size, units.data(), count,
                           0xFFFD, nullptr, &written);
        decoded.owned.append(utf8.data(), static_cast<std::size_t>(size));
        if (U_FAILURE(status) != 0 && status != U_BUFFER_OVERFLOW_ERROR) {
            diagnostics.push_back({Severity::error,
                                   position_of(decoded.owned, decoded.owned.size(), file),
                                   "bytes that the declared encoding " + name + " does not define",
                                   {}});
            decoded.readable = false;
            break;
        }
    }
    decoded.text = decoded.owned;
    decoded.encoding = Encoding::windows_1252;
    if (const auto nul = decoded.text.find('\0'); nul != std::string_view::npos && decoded.readable) {
        diagnostics.push_back({Severity::error, position_of(decoded.text, nul, file), "a NUL character", {}});
        decoded.readable = false;
    }
}

}  // namespace maillage::io

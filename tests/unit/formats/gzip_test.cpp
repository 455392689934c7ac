#include "tests/support/graph_answers.hpp"

#include <catch2/catch.hpp>

#ifdef MAILLAGE_TEST_ZLIB
#include <zlib.h>
#endif

using namespace maillage;
using namespace maillage::testing;

#ifdef MAILLAGE_TEST_ZLIB

TEST_CASE("gzip: unpacked as it comes; cut off, damaged and bombs are refused", "[formats][gzip]") {
    const auto pack = [](const std::string& text) {
        std::string out(compressBound(text.size()) + 64, '\0');
        z_stream s{};
        REQUIRE(deflateInit2(&s, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        std::string in = text;
        s.next_in = reinterpret_cast<Bytef*>(in.data());
        s.avail_in = static_cast<uInt>(in.size());
        s.next_out = reinterpret_cast<Bytef*>(out.data());
        s.avail_out = static_cast<uInt>(out.size());
        REQUIRE(deflate(&s, Z_FINISH) == Z_STREAM_END);
        out.resize(s.total_out);
        deflateEnd(&s);
        return out;
    };
    const std::string packed = pack("1 2\n") + pack("2 3\n");
    CHECK(ties_of(network_of(packed)) == "1 2, 2 3");
    CHECK(has(errors_of(packed.substr(0, packed.size() - 9)), "end too early"));
    std::string damaged = packed;
    damaged[12] = static_cast<char>(damaged[12] ^ 0x55);
    CHECK(!errors_of(damaged).empty());
    const std::string bomb = pack(std::string(std::size_t{32} << 20U, 'a'));
    CHECK(has(errors_of(bomb, {.limits = {.ratio = 100}}), "--limit ratio=N"));
    CHECK(has(errors_of(bomb, {.limits = {.bytes = 1U << 20U}}), "--limit bytes=N"));
}

#else

TEST_CASE("gzip: a build without zlib says so", "[formats][gzip]") {
    WARN("unpacking is skipped: built without zlib");
    CHECK(has(errors_of("\x1F\x8B\x08 whatever"), "this maillage was built without zlib"));
}

#endif

TEST_CASE("formats that this build does not have are refused by name, and the library is named",
          "[formats][gzip]") {
    const std::string graphml =
        "<graphml><graph edgedefault=\"undirected\"><node id=\"a\"/></graph></graphml>";
    const std::string gexf = "<gexf><graph><nodes><node id=\"a\"/></nodes></graph></gexf>";
    if (io::xml_is_supported()) {
        CHECK(network_of(graphml).actors().size() == 1);
        CHECK(network_of(gexf).actors().size() == 1);
    } else {
        CHECK(errors_of(graphml) ==
              "x:1:1: error: GraphML cannot be read: this maillage was built without expat");
        CHECK(errors_of(gexf) ==
              "x:1:1: error: GEXF (Gephi) cannot be read: this maillage was built without expat");
    }
    if (!io::workbooks_are_supported()) {
        CHECK(has(errors_of("PK\x03\x04 whatever"),
                  "workbooks (.xlsx) cannot be read: this maillage was built without "));
    }
}

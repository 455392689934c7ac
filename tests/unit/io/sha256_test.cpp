#include "io/sha256.hpp"

#include <catch2/catch.hpp>

#include <ostream>
#include <string>

using maillage::io::sha256_of;

namespace {

std::string of(const std::string& text) {
    return sha256_of([&text](std::ostream& out) { out << text; });
}

}  // namespace

// FIPS 180-4 examples: NIST, "SHA-256 Example" (one block, two blocks) and the message of a million a.
TEST_CASE("sha256: the examples of FIPS 180", "[io][unit]") {
    CHECK(of("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(of("") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(of(std::string(1000000, 'a')) ==
          "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: what is written piece by piece has the digest of the whole", "[io][unit]") {
    const std::string text = [] {
        std::string long_text;
        for (int i = 0; i < 70000; ++i) {
            long_text += std::to_string(i);
        }
        return long_text;
    }();
    const std::string pieces = sha256_of([&text](std::ostream& out) {
        for (std::size_t at = 0; at < text.size(); at += 1 + at % 97) {
            out << text.substr(at, 1 + at % 97);
        }
    });
    CHECK(pieces == of(text));
}

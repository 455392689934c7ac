#include "tests/fuzz/format_fuzz.hpp"
#include "tests/support/graph_files.hpp"

#include <catch2/catch.hpp>

using namespace maillage::testing;

TEST_CASE("format fuzzing: every input of the corpus makes sense", "[formats][fuzz]") {
    std::size_t inputs = 0;
    for (const auto& folder : std::filesystem::directory_iterator(MAILLAGE_SOURCE_DIR "/tests/fuzz/corpus")) {
        const std::string code = folder.path().filename().string();
        if (code == "csv") {
            continue;  // has a target of its own
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            CAPTURE(entry.path().string());
            maillage::fuzzing::graph(code, bytes_of(entry.path()));
            ++inputs;
        }
    }
    CHECK(inputs >= 12);
}

#include "engine/random.hpp"

#include "tests/fuzz/csv_fuzz.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::vector<std::string> corpus() {
    std::vector<std::string> inputs;
    for (const auto& entry :
         std::filesystem::directory_iterator(MAILLAGE_SOURCE_DIR "/tests/fuzz/corpus/csv")) {
        std::ifstream file(entry.path(), std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

TEST_CASE("csv fuzzing: every input of the corpus makes sense", "[io][fuzz]") {
    const auto inputs = corpus();
    REQUIRE(inputs.size() >= 10);
    for (const std::string& input : inputs) {
        maillage::fuzzing::csv(input);
    }
}

TEST_CASE("csv fuzzing: inputs made of the corpus by chance make sense", "[io][fuzz]") {
    const auto inputs = corpus();
    const std::string alphabet = "\"\",;\t|\r\n\r\n ab01\xC3\xA9\xFF\xEF\xBB\xBF";
    maillage::Rng rng(20240706);
    for (int round = 0; round < 4000; ++round) {
        std::string input = inputs[rng.below(static_cast<std::uint32_t>(inputs.size()))];
        input.resize(std::min<std::size_t>(input.size(), 400));
        const std::uint32_t edits = 1 + static_cast<std::uint32_t>(rng.below(6));
        for (std::uint32_t e = 0; e < edits; ++e) {
            const std::size_t at = rng.below(static_cast<std::uint32_t>(input.size() + 1));
            if (rng.below(3) == 0 && at < input.size()) {
                input.erase(at, 1);
            } else {
                input.insert(at, 1, alphabet[rng.below(static_cast<std::uint32_t>(alphabet.size()))]);
            }
        }
        maillage::fuzzing::csv(input);
    }
    SUCCEED();
}

}  // namespace

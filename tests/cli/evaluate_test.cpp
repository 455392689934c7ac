#include "tests/support/cli.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace maillage::testing;

namespace {

CliResult evaluate(std::vector<std::string> options,
                   const std::string& data = dataset("centre-val-de-loire")) {
    std::vector<std::string> args = {"evaluate", data, "--scope", "all", "--lang", "en"};
    args.insert(args.end(), options.begin(), options.end());
    return run_cli(args);
}

}  // namespace

TEST_CASE("cli evaluate: what cannot be evaluated is said, with the nearest names",
          "[tools][cli][evaluate]") {
    const auto refused = [](const std::vector<std::string>& options, const std::string& words) {
        CAPTURE(options, words);
        const CliResult result = evaluate(options);
        CHECK(result.code == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(words) != std::string::npos);
    };
    refused({}, "--split DATE is needed");
    refused({"--split", "1900"}, "nothing is known before 1900; the history goes from ");
    refused({"--split", "2090"}, "nothing starts from 2090 on; the history goes from ");
    refused({"--split", "20x8"}, "--split: \"20x8\" is not a date");
    refused({"--split", "2018-02-30"}, "is not a date");
    refused({"--split", "2018", "--until", "soon"}, "--until: \"soon\" is not a date");
    refused({"--split", "2018", "--until", "2016"}, "--until: 2016 is before the split, 2018");
    refused({"--split", "2018-01-02", "--until", "2018-01-02"}, "no partnership starts from 2018-01-02");
    refused({"--split", "2026"}, "nothing to foresee");
    refused({"--split", "2018", "--index", "l4"}, "there is no index \"l4\" (did you mean \"l3\"");
    refused({"--split", "2018", "--index", "katz,"}, "there is no index \"\"");
    refused({"--split", "2018", "--top", "0"}, "--top: \"0\" is not a length");
    refused({"--split", "2018", "--top", "10,-1"}, "--top: \"-1\" is not a length");
    refused({"--split", "2018", "--sample", "1"}, "--sample: must be at least 2");
    refused({"--split", "2018", "--plot", "/nowhere/at/all.svg"}, "cannot write /nowhere/at/all.svg");
    refused({"--split", "2018", "--empty-chair", "--plot", "x.svg"}, "--plot: speaks of pairs");
    refused({"--split", "2018", "--empty-chair", "--least-partners", "1"},
            "--least-partners: must be at least 2");
    refused({"--split", "2090", "--empty-chair"}, "no partnership starts from 2090 on");
    const CliResult undated = evaluate({"--split", "2018"}, dataset("karate"));
    CHECK(undated.code == 2);
    CHECK(undated.err.find("no partnership has a start") != std::string::npos);
}

TEST_CASE("cli evaluate: the same document on any number of threads, a plot beside it",
          "[tools][cli][evaluate]") {
    const auto plot = std::filesystem::temp_directory_path() / "maillage-evaluate-test.svg";
    std::filesystem::remove(plot);
    const CliResult one = evaluate({"--split", "2018", "--json", "--threads", "1", "--plot", plot.string()});
    REQUIRE(one.code == 0);
    CHECK(one.out == evaluate({"--split", "2018", "--json", "--threads", "3"}).out);
    CHECK(one.out.find("\"schema\": \"maillage/evaluation/1.0\"") != std::string::npos);
    std::ifstream in(plot, std::ios::binary);
    const std::string svg{std::istreambuf_iterator<char>(in), {}};
    CHECK(svg.find("<svg xmlns") == 0);
    CHECK(svg.find("<title id=\"t\">Precision by recall: new ties from 2018</title>") != std::string::npos);
    CHECK(svg.find("product of degrees (") != std::string::npos);
    CHECK(svg.find("nan") == std::string::npos);
    std::filesystem::remove(plot);
}

TEST_CASE("cli evaluate: the reading names the index to beat, and says when it is a sample",
          "[tools][cli][evaluate]") {
    const std::string all = evaluate({"--split", "2018", "--index", "l3,katz"}).out;
    CHECK(all.find("The index to beat over all pairs: L3,") != std::string::npos);
    CHECK(all.find("none is left out or drawn by lot") != std::string::npos);
    CHECK(all.find("Caution: ") != std::string::npos);  // seven partnerships
    CHECK(all.find("An estimate:") == std::string::npos);
    const std::string sample = evaluate({"--split", "2018", "--sample", "100"}).out;
    CHECK(sample.find("An estimate: only the lists of 100 actors drawn by lot, of 179") != std::string::npos);
    CHECK(sample.find("none is left out") == std::string::npos);
    const std::string french = evaluate({"--split", "2018", "--lang", "fr"}).err;
    CHECK(french.find("--lang is given more than once") != std::string::npos);
}

TEST_CASE("cli evaluate: the empty chair in both languages, too few teams said to be so",
          "[tools][cli][evaluate]") {
    const CliResult some = evaluate({"--split", "2010", "--empty-chair", "--least-partners", "2"});
    REQUIRE(some.code == 0);
    CHECK(some.out.find("15 teams formed from 2010 on") != std::string::npos);
    CHECK(some.out.find("popularity") != std::string::npos);
    const CliResult none = run_cli({"evaluate", dataset("centre-val-de-loire"), "--split", "2019",
                                    "--empty-chair", "--lang", "fr", "--quiet"});
    CHECK(none.code == 0);
    CHECK(none.out.find("il n’y a rien à juger") != std::string::npos);
}

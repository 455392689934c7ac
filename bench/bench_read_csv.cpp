// Reading tables: the CSV reader alone on a plain and on a quoted table, and the whole way from files to a
// Network. Every answer is checked against what was written.
#include "engine/random.hpp"

#include "io/csv.hpp"
#include "io/encoding.hpp"
#include "io/near_duplicates.hpp"
#include "io/read_dataset.hpp"

#include "bench/harness.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace maillage;

constexpr std::uint32_t actor_count = 100'000;
constexpr std::uint32_t partnership_count = 1'000'000;

std::string actor_id(std::uint32_t i) {
    return "a" + std::to_string(100000 + i);
}

struct Tables {
    std::string actors, partnerships, quoted;
    std::uint64_t partnership_fields = 0;
    std::uint64_t partnership_bytes = 0;  ///< in fields
};

Tables make_tables() {
    Tables t;
    Rng rng(7);
    t.actors = "id,name,kind,place,country,lat,lon\n";
    for (std::uint32_t i = 0; i < actor_count; ++i) {
        t.actors += actor_id(i) + ",Établissement synthétique n° " + std::to_string(i) + ",kind" +
                    std::to_string(rng.below(9)) + ",Ville " + std::to_string(rng.below(400)) + ",FR,47." +
                    std::to_string(rng.below(1000)) + ",1." + std::to_string(rng.below(1000)) + "\n";
    }
    const auto add = [&t](std::string_view field, char end) {
        t.partnerships += field;
        t.partnerships += end;
        ++t.partnership_fields;
        t.partnership_bytes += field.size();
    };
    for (const char* name : {"id", "name", "kind", "start", "end", "weight", "a"}) {
        add(name, ',');
    }
    add("b", '\n');
    for (std::uint32_t i = 0; i < partnership_count; ++i) {
        const auto a = static_cast<std::uint32_t>(rng.below(actor_count));
        const auto b = (a + 1 + static_cast<std::uint32_t>(rng.below(actor_count - 1))) % actor_count;
        add("p" + std::to_string(i), ',');
        add("Partnership " + std::to_string(i), ',');
        add("kind" + std::to_string(rng.below(5)), ',');
        add(std::to_string(2000 + rng.below(20)) + "-0" + std::to_string(1 + rng.below(9)), ',');
        add("", ',');
        add("1." + std::to_string(rng.below(10)), ',');
        add(actor_id(a), ',');
        add(actor_id(b), '\n');
    }
    t.quoted = "id,text\n";
    for (std::uint32_t i = 0; i < partnership_count / 2; ++i) {
        t.quoted +=
            "\"q" + std::to_string(i) + "\",\"two words, \"\"one\"\" quoted and an end\nof line in it\"\n";
    }
    return t;
}

struct Count {
    std::uint64_t rows = 0, fields = 0, bytes = 0;
};

Count count_fields(std::string_view text) {
    std::vector<Diagnostic> diagnostics;
    io::DecodedText decoded;
    io::decode(text, "bench.csv", decoded, diagnostics);
    io::CsvReader reader(decoded.text, "bench.csv", diagnostics);
    std::vector<io::CsvField> row;
    Count count;
    while (reader.next(row)) {
        ++count.rows;
        count.fields += row.size();
        for (const io::CsvField& field : row) {
            count.bytes += field.text.size();
        }
    }
    return diagnostics.empty() ? count : Count();
}

double megabytes(std::size_t bytes) {
    return static_cast<double>(bytes) / 1e6;
}

/// A folder that goes away with the benchmark.
struct Scratch {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("maillage-bench-" + std::to_string(getpid()));
    Scratch() { std::filesystem::create_directories(path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(path); }
};

std::vector<bench::Sample> run() {
    const Tables t = make_tables();
    std::vector<bench::Sample> samples;
    const auto keep = [&samples](bench::Sample sample, double amount, std::string unit) {
        sample.amount = amount;
        sample.unit = std::move(unit);
        std::cout << to_text(sample) << std::endl;
        samples.push_back(std::move(sample));
    };
    keep(bench::measure(
             "csv/plain", 9, [&] { return count_fields(t.partnerships); },
             [&](const Count& c) {
                 return c.rows == partnership_count + 1 && c.fields == t.partnership_fields &&
                        c.bytes == t.partnership_bytes;
             }),
         megabytes(t.partnerships.size()), "MB");
    keep(bench::measure(
             "csv/quoted", 9, [&] { return count_fields(t.quoted); },
             [&](const Count& c) { return c.rows == partnership_count / 2 + 1 && c.fields == 2 * c.rows; }),
         megabytes(t.quoted.size()), "MB");

    const Scratch scratch;
    std::ofstream(scratch.path / "actors.csv", std::ios::binary) << t.actors;
    const auto read = [&] { return io::read_dataset(scratch.path.string()); };
    keep(bench::measure("read/actors-100k", 5, read,
                        [](const io::ReadResult& r) { return r.network.actors().size() == actor_count; }),
         megabytes(t.actors.size()), "MB");
    const io::ReadResult actors = read();
    keep(bench::measure(
             "near-duplicates-100k", 5,
             [&] {
                 std::vector<Diagnostic> diagnostics;
                 io::warn_near_duplicates(actors.network, "actors.csv", diagnostics);
                 return diagnostics;
             },
             [](const std::vector<Diagnostic>& d) { return d.empty(); }),
         actor_count, "names");

    std::ofstream(scratch.path / "partnerships.csv", std::ios::binary) << t.partnerships;
    keep(bench::measure("read/100k-actors-1M-partnerships", 3, read,
                        [](const io::ReadResult& r) {
                            return r.network.partnerships().size() == partnership_count &&
                                   r.network.members(PartnershipId{0}).size() == 2;
                        }),
         megabytes(t.actors.size() + t.partnerships.size()), "MB");
    return samples;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<bench::Sample> samples = run();
        if (argc > 1) {
            std::ofstream(argv[1]) << bench::to_json(samples);
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

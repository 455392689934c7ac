#include "tests/fuzz/format_fuzz.hpp"

#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/formats/format.hpp"
#include "io/formats/graph_network.hpp"
#include "io/formats/unpack.hpp"
#include "io/formats/workbook.hpp"
#include "io/read_json.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/stored_zip.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace maillage::fuzzing {
namespace {

void expect(bool sense) {
    if (!sense) {
        std::abort();  // what a fuzzer waits for
    }
}

void check_places(std::string_view text, std::vector<Diagnostic> diagnostics) {
    io::fill_excerpts(text, "fuzz", diagnostics);
    for (const Diagnostic& d : diagnostics) {
        expect(!d.message.empty());
        expect(d.where.line == 0 || d.where.column <= d.excerpt.size() + 1);
        expect(io::first_invalid_utf8(to_text(d)) == std::string_view::npos);
    }
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

/// A zip as it is; any other bytes are the parts of a workbook, so that changed ones reach the reader of sheets and do
/// not end at the checksum of the zip.
void workbook(std::string_view input) {
    const std::string name = "fuzz";
    const std::string bytes = io::is_workbook(input) ? std::string(input) : testing::workbook_of_parts(input);
    std::vector<Diagnostic> diagnostics;
    std::vector<io::Sheet> sheets;
    io::ReadLimits limits;
    limits.bytes = std::uint64_t{4} << 20U;
    bool good = false;
    {
        io::ReadContext context(name, diagnostics, limits);
        good = io::read_workbook(bytes, context, sheets);
    }
    expect(good || has_error(diagnostics));
    for (const io::Sheet& sheet : sheets) {
        expect(io::first_invalid_utf8(sheet.text) == std::string_view::npos);
        std::vector<io::CsvField> row;
        for (std::size_t n = 0; n < sheet.rows(); ++n) {
            sheet.row(n, row);
            for (const io::CsvField& field : row) {
                expect(field.line == n + 1);
                expect(!io::cell_at(sheet, field.line, field.column).empty());
            }
        }
    }
}

/// A dataset as JSON; the network that comes of it is the same after it was written and read again.
void dataset(std::string_view text) {
    const std::string name = "fuzz";
    if (io::first_invalid_utf8(text) != std::string_view::npos) {
        return;  // refused before
    }
    std::vector<Diagnostic> diagnostics;
    const auto read = [&](std::string_view json) -> std::optional<Network> {
        NetworkBuilder builder;
        for (std::size_t t = 0; t < table_count; ++t) {
            builder.set_file(static_cast<Table>(t), name);
        }
        diagnostics.clear();
        const bool whole = io::read_json_dataset(json, name, builder, diagnostics);
        expect(whole || has_error(diagnostics));
        try {
            return builder.build(diagnostics);
        } catch (const InputError& error) {
            diagnostics = error.diagnostics();
            expect(has_error(diagnostics));
            return std::nullopt;
        }
    };
    const std::optional<Network> network = read(text);
    check_places(text, diagnostics);
    if (network) {
        std::ostringstream written;
        io::write_json_dataset(written, *network);
        const std::optional<Network> again = read(written.str());
        expect(again.has_value());
        std::ostringstream rewritten;
        io::write_json_dataset(rewritten, *again);
        expect(rewritten.str() == written.str());
    }
}

}  // namespace

void graph(std::string_view code, std::string_view input) {
    if (code == "xlsx" || code == "dataset-json") {
        code == "xlsx" ? workbook(input) : dataset(input);
        return;
    }
    const std::string name = "fuzz";
    const auto format = io::format_with_code(code);
    expect(format.has_value());
    std::vector<Diagnostic> diagnostics;
    io::DecodedText decoded;
    io::decode_xml(input, name, decoded, diagnostics);
    if (!decoded.readable) {  // places are of the bytes, and the text ends at the first error
        expect(has_error(diagnostics));
        return;
    }
    check_places(decoded.text, diagnostics);
    static_cast<void>(io::detect_graph_format(decoded.text));
    io::ReadLimits limits;
    limits.rows = 200'000;
    limits.depth = 100;
    io::GraphTables tables;
    NetworkBuilder builder;
    for (std::size_t t = 0; t < table_count; ++t) {
        builder.set_file(static_cast<Table>(t), name);
    }
    bool good = false;
    {
        io::ReadContext context(name, diagnostics, limits);
        good = io::read_graph(*format, decoded.text, {}, tables, context);
        expect(good || has_error(diagnostics));
        for (const io::GraphEdge& edge : tables.edges()) {
            for (const std::uint32_t end : tables.ends(edge)) {
                expect(end < tables.names());
            }
        }
        if (good) {
            io::add_graph(tables, {}, builder, context);
        }
    }
    if (good && !has_error(diagnostics)) {
        try {
            const Network network = builder.build(diagnostics);
            // what was read is what is there: nobody is lost, whatever the edges say
            expect(network.actors().size() + network.partnerships().size() >= tables.nodes().size());
        } catch (const InputError& error) {
            diagnostics = error.diagnostics();
            expect(has_error(diagnostics));
        }
    }
    check_places(decoded.text, diagnostics);
}

}  // namespace maillage::fuzzing

#ifdef MAILLAGE_FUZZ_FORMAT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    maillage::fuzzing::graph(MAILLAGE_FUZZ_FORMAT, {reinterpret_cast<const char*>(data), size});
    return 0;
}
#endif

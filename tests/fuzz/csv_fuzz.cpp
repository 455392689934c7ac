#include "tests/fuzz/csv_fuzz.hpp"

#include "io/csv.hpp"
#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/read_table.hpp"
#include "io/tables.hpp"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace maillage::fuzzing {
namespace {

void expect(bool sense) {
    if (!sense) {
        std::abort();  // what a fuzzer waits for
    }
}

/// The text of an unquoted field stands in the text at the place it claims; places never go back.
void check_fields(std::string_view text, const std::vector<io::CsvField>& row,
                  const std::vector<std::string_view>& lines) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const io::CsvField& field = row[i];
        expect(field.line >= 1 && field.line <= lines.size());
        const std::string_view line = lines[field.line - 1];
        expect(field.column >= 1 && field.column <= line.size() + 1);
        const bool inside =
            field.text.data() >= text.data() && field.text.data() <= text.data() + text.size();
        if (inside && !field.text.empty()) {
            expect(line.data() + field.column - 1 == field.text.data());
        }
        if (i > 0) {
            expect(field.line > row[i - 1].line || field.column > row[i - 1].column);
        }
    }
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t end = begin;
        while (end < text.size() && text[end] != '\n' && text[end] != '\r') {
            ++end;
        }
        lines.push_back(text.substr(begin, end - begin));
        begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    return lines;
}

void check_places(std::string_view text, std::vector<Diagnostic> diagnostics) {
    io::fill_excerpts(text, "fuzz.csv", diagnostics);
    for (const Diagnostic& d : diagnostics) {
        expect(!d.message.empty());
        expect(d.where.line == 0 || d.where.column <= d.excerpt.size() + 1);
        expect(io::first_invalid_utf8(to_text(d)) == std::string_view::npos);
    }
}

}  // namespace

void csv(std::string_view input) {
    std::vector<Diagnostic> diagnostics;
    io::DecodedText decoded;
    io::decode(input, "fuzz.csv", decoded, diagnostics);
    expect(io::first_invalid_utf8(decoded.text) == std::string_view::npos);
    expect(decoded.readable == diagnostics.empty() || decoded.encoding == io::Encoding::windows_1252);
    check_places(decoded.text, diagnostics);
    if (!decoded.readable) {
        return;
    }

    const std::vector<std::string_view> lines = lines_of(decoded.text);
    io::CsvReader reader(decoded.text, "fuzz.csv", diagnostics,
                         {.field_bytes = 200, .row_bytes = 1000, .columns = 50});
    std::vector<io::CsvField> row;
    while (reader.next(row)) {
        expect(!row.empty());
        check_fields(decoded.text, row, lines);
    }
    expect(!reader.failed() || !diagnostics.empty());
    check_places(decoded.text, diagnostics);

    for (const io::TableSpec& spec : io::table_specs()) {
        NetworkBuilder builder;
        builder.set_file(spec.table, "fuzz.csv");
        diagnostics.clear();
        static_cast<void>(io::read_table(spec.table, decoded.text, "fuzz.csv", builder, diagnostics));
        try {
            static_cast<void>(builder.build(diagnostics));
        } catch (const InputError& error) {
            diagnostics = error.diagnostics();
        }
        std::vector<Diagnostic> of_the_file;
        for (const Diagnostic& d : diagnostics) {
            if (d.where.file == "fuzz.csv") {
                of_the_file.push_back(d);
            }
        }
        check_places(decoded.text, of_the_file);
    }
}

}  // namespace maillage::fuzzing

#ifdef MAILLAGE_LIBFUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    maillage::fuzzing::csv({reinterpret_cast<const char*>(data), size});
    return 0;
}
#endif

#include "engine/error.hpp"

#include "io/csv.hpp"
#include "io/formats/late_library.hpp"
#include "io/formats/workbook.hpp"
#include "io/values.hpp"
#include "io/write_dataset.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <system_error>
#include <unistd.h>

#ifdef MAILLAGE_LIBXLSXWRITER
#include <xlsxwriter.h>
#endif

namespace maillage::io {

#ifdef MAILLAGE_LIBXLSXWRITER

namespace {

/// A file that lives as long as this: libxlsxwriter writes to a path.
class TemporaryFile {
public:
    TemporaryFile() {
        std::string pattern = (std::filesystem::temp_directory_path() / "maillage-XXXXXX").string();
        const int descriptor = mkstemp(pattern.data());
        if (descriptor < 0) {
            throw Error("a temporary file cannot be made in " +
                        std::filesystem::temp_directory_path().string());
        }
        close(descriptor);
        path_ = pattern;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

/// Columns whose values are numbers, where a spreadsheet should see them as such.
bool holds_numbers(std::string_view column) noexcept {
    constexpr std::array<std::string_view, 8> names = {
        "lat", "lon", "weight", "level", "min_partners", "max_partners", "min_kinds", "min_countries"};
    return std::find(names.begin(), names.end(), column) != names.end();
}

/// The functions of libxlsxwriter that are used here.
struct Libxlsxwriter {
    LateLibrary library{MAILLAGE_LIBXLSXWRITER};
    LateFunction<workbook_new_opt> create{library, "workbook_new_opt"};
    LateFunction<workbook_set_properties> set_properties{library, "workbook_set_properties"};
    LateFunction<workbook_add_format> add_format{library, "workbook_add_format"};
    LateFunction<workbook_add_worksheet> add_sheet{library, "workbook_add_worksheet"};
    LateFunction<workbook_close> close{library, "workbook_close"};
    LateFunction<format_set_bold> set_bold{library, "format_set_bold"};
    LateFunction<worksheet_freeze_panes> freeze{library, "worksheet_freeze_panes"};
    LateFunction<worksheet_write_number> write_number{library, "worksheet_write_number"};
    LateFunction<worksheet_write_string> write_text{library, "worksheet_write_string"};
    LateFunction<lxw_strerror> error_text{library, "lxw_strerror"};
};

const Libxlsxwriter& libxlsxwriter() {
    static const Libxlsxwriter loaded;
    return loaded;
}

class WorkbookWriter {
public:
    WorkbookWriter(const std::string& path, std::vector<LocalText>& lost) : lost_(lost) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_FALSE;
        book_ = xlsx_.create(path.c_str(), &options);
        lxw_doc_properties properties{};
        properties.created = 946684800;  // the same bytes whenever it is written
        char comment[] = "maillage";
        properties.comments = comment;
        xlsx_.set_properties(book_, &properties);
        head_ = xlsx_.add_format(book_);
        xlsx_.set_bold(head_);
    }

    void add(const std::string& name, const std::string& csv) {
        lxw_worksheet* sheet = xlsx_.add_sheet(book_, name.c_str());
        std::vector<Diagnostic> diagnostics;
        CsvReader reader(csv, name, diagnostics);
        std::vector<CsvField> fields;
        std::vector<bool> numbers;
        lxw_row_t row = 0;
        while (reader.next(fields)) {
            for (std::size_t c = 0; c < fields.size(); ++c) {
                if (row == 0) {
                    numbers.push_back(holds_numbers(fields[c].text));
                }
                put(sheet, row, static_cast<lxw_col_t>(c), fields[c].text, row > 0 && numbers[c]);
            }
            constexpr lxw_row_t most = 1'048'576;
            if (++row == most) {
                lost_.push_back({"les lignes au-delà de 1 048 576 de la feuille " + name,
                                 "rows beyond 1 048 576 of the sheet " + name});
                break;
            }
        }
        xlsx_.freeze(sheet, 1, 0);
    }

    void add_text(const std::string& name, const std::string& text) {
        put(xlsx_.add_sheet(book_, name.c_str()), 0, 0, text, false);
    }

    void close() {
        if (const lxw_error error = xlsx_.close(book_); error != LXW_NO_ERROR) {
            throw Error(std::string("the workbook cannot be written: ") + xlsx_.error_text(error));
        }
        if (cut_ > 0) {
            lost_.push_back({std::to_string(cut_) + " textes de plus de 32 767 caractères, coupés",
                             std::to_string(cut_) + " texts of more than 32 767 characters: cut"});
        }
    }

private:
    void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view text, bool number) {
        if (text.empty()) {
            return;
        }
        constexpr std::size_t digits = 15;  // that a cell keeps
        if (const auto value = parse_number(text); number && value && text.size() <= digits) {
            xlsx_.write_number(sheet, row, column, *value, nullptr);
            return;
        }
        std::string cell = escaped(text);
        if (xlsx_.write_text(sheet, row, column, cell.c_str(), row == 0 ? head_ : nullptr) ==
            LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
            ++cut_;
            constexpr std::size_t longest = 32'000 / 4;
            cell.resize(longest);
            while (!cell.empty() && (static_cast<unsigned char>(cell.back()) & 0x80U) != 0) {
                cell.pop_back();  // not in the middle of a character
            }
            xlsx_.write_text(sheet, row, column, cell.c_str(), nullptr);
        }
    }

    /// `_x000D_` in a text would be read as the character; its underscore is written as one.
    static std::string escaped(std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto hexadecimal = [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            };
            const std::string_view code = text.substr(i, 7);
            const bool looks = code.size() == 7 && code.substr(0, 2) == "_x" && code.back() == '_' &&
                               std::all_of(code.begin() + 2, code.begin() + 6, hexadecimal);
            out += looks ? "_x005F_" : std::string(1, text[i]);
        }
        return out;
    }

    std::vector<LocalText>& lost_;
    const Libxlsxwriter& xlsx_ = libxlsxwriter();
    lxw_workbook* book_ = nullptr;
    lxw_format* head_ = nullptr;
    std::size_t cut_ = 0;
};

}  // namespace

bool workbooks_can_be_written() noexcept {
    return true;
}

void write_workbook(std::ostream& out, const Network& network, std::vector<LocalText>& lost) {
    try {
        libxlsxwriter();
    } catch (const LibraryMissing& missing) {
        throw OptionError("to", std::string("workbooks cannot be written: ") + missing.what());
    }
    const TemporaryFile file;
    WorkbookWriter writer(file.path(), lost);
    write_csv_tables(network,
                     [&writer](const std::string& name, const std::function<void(std::ostream&)>& body) {
                         std::ostringstream text;
                         body(text);
                         const std::filesystem::path path(name);
                         if (path.extension() == ".csv") {
                             writer.add(path.stem().string(), text.str());
                         } else if (name == "maillage.json") {
                             writer.add_text("maillage", text.str());
                         }
                     });
    writer.close();
    std::ifstream in(file.path(), std::ios::binary);
    out << in.rdbuf();
}

#else

bool workbooks_can_be_written() noexcept {
    return false;
}

void write_workbook(std::ostream&, const Network&, std::vector<LocalText>&) {
    throw OptionError("to",
                      "workbooks (.xlsx) cannot be written: this maillage was built without libxlsxwriter");
}

#endif

}  // namespace maillage::io

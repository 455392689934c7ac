#include "io/read_dataset.hpp"

#include "io/encoding.hpp"
#include "io/file_bytes.hpp"
#include "io/near_duplicates.hpp"
#include "io/read_json.hpp"
#include "io/read_settings.hpp"
#include "io/read_table.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

namespace maillage::io {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> table_endings = {".csv", ".tsv", ".txt"};

/// A file with its text, kept until the diagnostics have their lines.
struct OpenFile {
    OpenFile(const std::string& path, const std::string& shown, std::vector<Diagnostic>& diagnostics)
        : name(shown), file(path) {
        if (refuse_endless_line(diagnostics)) {
            return;
        }
        decode(file.bytes(), name, decoded, diagnostics);
    }

    /// A huge text without a line end is no table; said before it is looked at as a whole.
    bool refuse_endless_line(std::vector<Diagnostic>& diagnostics) {
        constexpr std::size_t longest = std::size_t{16} << 20U;
        const std::string_view bytes = file.bytes();
        if (bytes.size() <= longest ||
            bytes.substr(0, longest).find_first_of("\r\n") != std::string_view::npos) {
            return false;
        }
        diagnostics.push_back({Severity::error,
                               {name, 1, static_cast<std::uint32_t>(longest + 1)},
                               "the first line has more than 16 MiB; is this a table?",
                               {}});
        decoded.readable = false;
        return true;
    }

    std::string name;
    FileBytes file;
    DecodedText decoded;
};

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

class DatasetReader {
public:
    explicit DatasetReader(const std::string& path) : path_(path) {}

    ReadReport run() {
        std::error_code error;
        if (path_ != "-" && !fs::exists(path_, error)) {
            fail({path_, 0, 0}, "there is no such file or folder");
        } else if (path_ != "-" && fs::is_directory(path_, error)) {
            read_folder();
        } else {
            read_single();
        }
        finish();
        return std::move(report_);
    }

private:
    void fail(SourcePosition where, std::string message) {
        report_.diagnostics.push_back({Severity::error, std::move(where), std::move(message), {}});
    }
    void note(SourcePosition where, std::string message) {
        report_.diagnostics.push_back({Severity::note, std::move(where), std::move(message), {}});
    }

    /// The file's text, or nullptr when it cannot be opened (reported).
    OpenFile* open(const std::string& path, const std::string& shown) {
        try {
            return &files_.emplace_back(path, shown, report_.diagnostics);
        } catch (const InputError& error) {
            for (Diagnostic d : error.diagnostics()) {
                d.where.file = shown;
                report_.diagnostics.push_back(std::move(d));
            }
            return nullptr;
        }
    }

    void read_folder() {
        std::map<Table, fs::path> tables;
        std::optional<fs::path> settings;
        std::vector<fs::path> entries;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(path_, error)) {
            entries.push_back(entry.path());
        }
        if (error) {
            fail({path_, 0, 0}, "cannot be read: " + error.message());
            return;
        }
        std::sort(entries.begin(), entries.end());
        for (const fs::path& entry : entries) {
            sort_entry(entry, tables, settings);
        }
        if (tables.count(Table::actors) == 0) {
            fail({path_, 0, 0},
                 tables.empty()
                     ? "this folder is not a dataset: it has no actors.csv (nor any other table of one)"
                     : "the table actors.csv is missing; a dataset needs it");
        }
        if (settings) {
            read_settings_file(*settings);
        }
        for (const TableSpec& spec : table_specs()) {
            if (const auto found = tables.find(spec.table); found != tables.end()) {
                read_table_file(spec.table, found->second);
            }
        }
    }

    void sort_entry(const fs::path& entry, std::map<Table, fs::path>& tables,
                    std::optional<fs::path>& settings) {
        const std::string ending = lower(entry.extension().string());
        if (lower(entry.filename().string()) == "maillage.json") {
            settings = entry;
            return;
        }
        if (std::find(table_endings.begin(), table_endings.end(), ending) == table_endings.end()) {
            return;
        }
        const auto table = table_named(entry.stem().string());
        if (!table) {
            if (ending != ".txt") {
                note({entry.filename().string(), 0, 0},
                     "not a table of a dataset; not read" + nearest_table(entry));
            }
        } else if (const auto [other, added] = tables.emplace(*table, entry); !added) {
            fail({entry.filename().string(), 0, 0}, "the table " + std::string(name_of(*table)) +
                                                        " is here twice, also as " +
                                                        other->second.filename().string());
        }
    }

    static std::string nearest_table(const fs::path& entry) {
        std::vector<std::string> names;
        for (const TableSpec& spec : table_specs()) {
            names.emplace_back(std::string(name_of(spec.table)) + ".csv");
        }
        return suggestion(entry.filename().string(), names);
    }

    void read_settings_file(const fs::path& path) {
        const std::string shown = path.filename().string();
        builder_.set_file(Table::settings, shown);
        if (OpenFile* file = open(path.string(), shown); file != nullptr && file->decoded.readable) {
            read_settings(file->decoded.text, shown, builder_, report_.diagnostics);
        }
    }

    void read_table_file(Table table, const fs::path& path) {
        const std::string shown = path.filename().string();
        builder_.set_file(table, shown);
        OpenFile* file = open(path.string(), shown);
        if (file == nullptr || !file->decoded.readable) {
            broken_ = true;
            return;
        }
        const std::size_t errors_before = error_count();
        const TableSummary summary =
            read_table(table, file->decoded.text, shown, builder_, report_.diagnostics);
        broken_ = broken_ || (summary.rows == 0 && error_count() > errors_before);
        report_.files.push_back(
            {shown, std::string(name_of(table)), std::string(to_text(file->decoded.encoding)),
             summary.separator == '\t' ? "tab" : std::string(1, summary.separator), summary.rows});
    }

    void read_single() {
        const std::string shown = path_ == "-" ? "<stdin>" : fs::path(path_).filename().string();
        for (std::size_t t = 0; t < table_count; ++t) {
            builder_.set_file(static_cast<Table>(t), shown);
        }
        OpenFile* file = open(path_, shown);
        if (file == nullptr || !file->decoded.readable) {
            broken_ = true;
            return;
        }
        const std::string_view text = file->decoded.text;
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) {
            fail({shown, 1, 1}, "the file is empty");
        } else if (text[first] != '{') {
            fail({shown, 1, 1},
                 "not a dataset: give a folder of CSV tables, or a JSON dataset, which begins with {");
        } else {
            const std::size_t before = error_count();
            read_json_dataset(text, shown, builder_, report_.diagnostics);
            broken_ = broken_ || error_count() > before;
            report_.files.push_back({shown, "dataset", std::string(to_text(file->decoded.encoding)), "", 0});
        }
    }

    [[nodiscard]] std::size_t error_count() const {
        return static_cast<std::size_t>(
            std::count_if(report_.diagnostics.begin(), report_.diagnostics.end(),
                          [](const auto& d) { return d.severity == Severity::error; }));
    }

    /// Builds, unless a table is missing as a whole: every reference to it would be reported as unknown.
    void finish() {
        if (broken_ || (error_count() > 0 && report_.files.empty())) {
            sort_by_place(report_.diagnostics, file_order());
        } else {
            try {
                Network network = builder_.build(report_.diagnostics, &report_.summary);
                const auto actors =
                    std::find_if(report_.files.begin(), report_.files.end(), [](const FileSummary& f) {
                        return f.table == name_of(Table::actors) || f.table == "dataset";
                    });
                warn_near_duplicates(network, actors == report_.files.end() ? "actors" : actors->file,
                                     report_.diagnostics);
                sort_by_place(report_.diagnostics, file_order());
                report_.network = std::move(network);
            } catch (const InputError& error) {
                report_.diagnostics = error.diagnostics();
            }
        }
        fill_excerpts();
    }

    [[nodiscard]] std::vector<std::string> file_order() const {
        std::vector<std::string> order;
        for (const OpenFile& file : files_) {
            order.push_back(file.name);
        }
        return order;
    }

    void fill_excerpts() {
        for (const OpenFile& file : files_) {
            std::vector<Diagnostic*> wanted;
            for (Diagnostic& d : report_.diagnostics) {
                if (d.where.file == file.name && d.where.line > 0 && d.excerpt.empty()) {
                    wanted.push_back(&d);
                }
            }
            std::stable_sort(wanted.begin(), wanted.end(), [](const Diagnostic* x, const Diagnostic* y) {
                return x->where.line < y->where.line;
            });
            fill_excerpts(file.decoded.text, wanted);
        }
    }

    static void fill_excerpts(std::string_view text, const std::vector<Diagnostic*>& wanted) {
        constexpr std::size_t longest = std::size_t{64} << 10U;
        std::uint32_t line = 1;
        std::size_t begin = 0;
        for (Diagnostic* d : wanted) {
            while (line < d->where.line && begin < text.size()) {
                const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
                begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
                ++line;
            }
            if (begin < text.size()) {
                const auto excerpt = text.substr(begin, longest);
                d->excerpt = std::string(excerpt.substr(0, excerpt.find_first_of("\r\n")));
            }
        }
    }

    std::string path_;
    NetworkBuilder builder_;
    std::deque<OpenFile> files_;
    ReadReport report_;
    bool broken_ = false;
};

}  // namespace

ReadReport inspect_dataset(const std::string& path) {
    return DatasetReader(path).run();
}

ReadResult read_dataset(const std::string& path, const ReadOptions&) {
    ReadReport report = inspect_dataset(path);
    if (!report.network) {
        throw InputError(std::move(report.diagnostics));
    }
    return {std::move(*report.network), std::move(report.diagnostics), report.summary,
            std::move(report.files)};
}

}  // namespace maillage::io

#include "io/read_dataset.hpp"

#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/near_duplicates.hpp"
#include "io/prepared_file.hpp"
#include "io/read_json.hpp"
#include "io/read_settings.hpp"
#include "io/read_table.hpp"
#include "io/scan.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <system_error>

namespace maillage::io {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> table_endings = {".csv", ".tsv", ".txt"};

/// A file with its text, kept until the diagnostics have their lines.
struct OpenFile {
    OpenFile(const std::string& path, const std::string& shown) : name(shown), file(path) {}

    std::string name;
    FileBytes file;
    DecodedText decoded;
};

/// Offset of the first line of more than 16 MiB, or npos. Such a line covers a whole block of 8 MiB, so it is
/// enough to look for a line end in each of them: a few pages of a file that is a table.
std::size_t find_endless_line(std::string_view bytes) noexcept {
    constexpr std::size_t block = std::size_t{8} << 20U;
    constexpr std::size_t longest = 2 * block;
    for (std::size_t at = 0; at + block <= bytes.size(); at += block) {
        if (find_line_end(bytes.substr(0, at + block), at) < at + block) {
            continue;
        }
        const std::size_t before = at == 0 ? std::string_view::npos : bytes.find_last_of("\r\n", at - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t window = std::min(bytes.size(), begin + longest + 1);
        if (find_line_end(bytes.substr(0, window), at) - begin > longest) {
            return begin;
        }
    }
    return std::string_view::npos;
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

/// A reference to something in a table that was not read to its end: the table's error says enough.
bool is_consequence(const Diagnostic& d, const std::set<std::string>& incomplete) {
    return std::any_of(incomplete.begin(), incomplete.end(), [&d](const std::string& file) {
        const std::string ending = "; it is not in " + file;
        return d.message.size() > ending.size() &&
               d.message.compare(d.message.size() - ending.size(), ending.size(), ending) == 0;
    });
}

class DatasetReader {
public:
    DatasetReader(const std::string& path, const ReadOptions& options) : path_(path), options_(options) {}

    ReadReport run() {
        std::error_code error;
        if (path_ != "-" && !fs::exists(path_, error)) {
            fail({path_, 0, 0}, "there is no such file or folder");
        } else if (path_ != "-" && fs::is_directory(path_, error)) {
            read_folder();
        } else {
            read_single();
        }
        if (prepared_) {
            return std::move(*prepared_);
        }
        if (!report_.files.empty()) {
            build();
        }
        sort_by_place(report_.diagnostics, file_order());
        for (const OpenFile& file : files_) {
            fill_excerpts(file.decoded.text, file.name, report_.diagnostics);
        }
        return std::move(report_);
    }

private:
    void fail(SourcePosition where, std::string message) {
        report_.diagnostics.push_back({Severity::error, std::move(where), std::move(message), {}});
    }
    void note(SourcePosition where, std::string message) {
        report_.diagnostics.push_back({Severity::note, std::move(where), std::move(message), {}});
    }

    /// The file with its bytes, or nullptr when it cannot be opened (reported).
    OpenFile* open(const std::string& path, const std::string& shown) {
        try {
            return &files_.emplace_back(path, shown);
        } catch (const InputError& error) {
            for (Diagnostic d : error.diagnostics()) {
                d.where.file = shown;
                report_.diagnostics.push_back(std::move(d));
            }
            return nullptr;
        }
    }

    /// Finds out the encoding; false when the text cannot be used (reported).
    bool decode_text(OpenFile& file) {
        decode(file.file.bytes(), file.name, file.decoded, report_.diagnostics);
        return file.decoded.readable;
    }

    void read_folder() {
        std::map<Table, fs::path> tables;
        std::optional<fs::path> settings;
        std::vector<fs::path> entries;
        std::error_code error;
        for (fs::directory_iterator entry(path_, error), end; !error && entry != end;
             entry.increment(error)) {
            entries.push_back(entry->path());
        }
        if (error) {
            fail({path_, 0, 0}, "cannot be read: " + error.message());
            return;
        }
        std::sort(entries.begin(), entries.end());
        for (const fs::path& entry : entries) {
            sort_entry(entry, tables, settings);
        }
        if (tables.empty()) {
            fail(
                {path_, 0, 0},
                "this folder is not a dataset: a dataset has at least the table actors.csv (or acteurs.csv), "
                "with the columns id and name");
            return;
        }
        if (tables.count(Table::actors) == 0) {
            fail({path_, 0, 0}, "the table actors.csv (or acteurs.csv) is missing; a dataset needs it");
            incomplete_.insert(std::string(name_of(Table::actors)));
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
        const std::string shown = entry.filename().string();
        const std::string ending = lower(entry.extension().string());
        if (lower(shown) == "maillage.json") {
            settings = entry;
            return;
        }
        if (std::find(table_endings.begin(), table_endings.end(), ending) == table_endings.end() ||
            shown.front() == '.') {
            return;
        }
        const auto table = table_named(entry.stem().string());
        if (!table) {
            if (ending != ".txt") {
                note({shown, 0, 0}, "not a table of a dataset; not read" + nearest_table(shown));
            }
        } else if (const auto [other, added] = tables.emplace(*table, entry); !added) {
            fail({shown, 0, 0}, "the table " + std::string(name_of(*table)) + " is here twice, also as " +
                                    other->second.filename().string());
        }
    }

    static std::string nearest_table(const std::string& shown) {
        std::vector<std::string> names;
        for (const TableSpec& spec : table_specs()) {
            names.emplace_back(std::string(name_of(spec.table)) + ".csv");
        }
        return suggestion(shown, names);
    }

    void read_settings_file(const fs::path& path) {
        const std::string shown = path.filename().string();
        builder_.set_file(Table::settings, shown);
        OpenFile* file = open(path.string(), shown);
        if (file != nullptr && decode_text(*file)) {
            read_settings(file->decoded.text, shown, builder_, report_.diagnostics);
        }
    }

    void read_table_file(Table table, const fs::path& path) {
        const std::string shown = path.filename().string();
        builder_.set_file(table, shown);
        FileSummary& summary = report_.files.emplace_back();
        summary.file = shown;
        summary.table = name_of(table);
        if (OpenFile* file = open(path.string(), shown); file != nullptr && decode_table(*file)) {
            const TableSummary read =
                read_table(table, file->decoded.text, shown, builder_, report_.diagnostics);
            summary.encoding = to_text(file->decoded.encoding);
            summary.separator = read.separator == '\t' ? "tab" : std::string(1, read.separator);
            summary.rows = read.rows;
            summary.complete = read.complete;
        }
        if (!summary.complete) {
            incomplete_.insert(shown);
        }
    }

    /// A line that no table has is refused before the whole text is looked at.
    bool decode_table(OpenFile& file) {
        const std::string_view bytes = file.file.bytes();
        const std::size_t endless = find_endless_line(bytes);
        if (endless == std::string_view::npos) {
            return decode_text(file);
        }
        // the line alone is not decoded: what stands before it gives its number
        const std::uint32_t line = endless == 0 ? 1 : position_of(bytes, endless, file.name).line;
        fail({file.name, line, 1}, "a line of more than 16 MiB; is this a table?");
        return false;
    }

    void read_single() {
        const std::string shown = path_ == "-" ? "<stdin>" : fs::path(path_).filename().string();
        for (std::size_t t = 0; t < table_count; ++t) {
            builder_.set_file(static_cast<Table>(t), shown);
        }
        OpenFile* file = open(path_, shown);
        if (file != nullptr && is_prepared(file->file.bytes())) {
            read_prepared_file(*file);
            return;
        }
        if (file == nullptr || !decode_text(*file)) {
            return;
        }
        const std::string_view text = file->decoded.text;
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) {
            fail({shown, 1, 1}, "the file is empty");
        } else if (text[first] != '{') {
            fail({shown, 1, 1}, "not a dataset: " + advice_for(shown));
        } else {
            const bool complete = read_json_dataset(text, shown, builder_, report_.diagnostics);
            if (!complete) {
                incomplete_.insert(shown);
            }
            report_.files.push_back(
                {shown, "dataset", std::string(to_text(file->decoded.encoding)), "", 0, complete});
        }
    }

    /// Nothing is left to build: the file has what building gave, diagnostics included.
    void read_prepared_file(const OpenFile& file) {
        try {
            // standard input cannot be opened again
            const auto mapped = path_ == "-" ? nullptr : std::make_shared<const FileBytes>(path_);
            if (mapped) {
                mapped->expect_all();
            }
            ReadResult read =
                read_prepared(mapped ? mapped->bytes() : file.file.bytes(), file.name, mapped, options_);
            prepared_.emplace();
            prepared_->diagnostics = std::move(read.diagnostics);
            prepared_->files = std::move(read.files);
            prepared_->summary = read.summary;
            prepared_->network = std::move(read.network);
            prepared_->digest = std::move(read.digest);
            prepared_->prepared = std::move(read.prepared);
            prepared_->extra = std::move(read.extra);
            prepared_->told = std::move(read.told);
        } catch (const InputError& error) {
            report_.diagnostics = error.diagnostics();
        }
    }

    static std::string advice_for(const std::string& shown) {
        const std::string ending = lower(fs::path(shown).extension().string());
        return std::find(table_endings.begin(), table_endings.end(), ending) != table_endings.end()
                   ? "this is one table; give the folder that holds it"
                   : "give a folder of CSV tables, or a JSON dataset, which begins with {";
    }

    [[nodiscard]] std::size_t error_count(std::size_t from = 0) const {
        return static_cast<std::size_t>(std::count_if(
            report_.diagnostics.begin() + static_cast<std::ptrdiff_t>(from), report_.diagnostics.end(),
            [](const Diagnostic& d) { return d.severity == Severity::error; }));
    }

    /// Builds whatever was read, to report everything at once; what only follows from a table that was not
    /// read to its end is left out.
    void build() {
        std::vector<Diagnostic> found;
        std::optional<Network> network;
        try {
            network = builder_.build(found, &report_.summary);
        } catch (const InputError& error) {
            found = error.diagnostics();
        }
        for (Diagnostic& d : found) {
            if (incomplete_.empty() || (d.severity == Severity::error && !is_consequence(d, incomplete_))) {
                report_.diagnostics.push_back(std::move(d));
            }
        }
        if (network && error_count() == 0) {
            const auto actors =
                std::find_if(report_.files.begin(), report_.files.end(), [](const FileSummary& f) {
                    return f.table == name_of(Table::actors) || f.table == "dataset";
                });
            warn_near_duplicates(*network, actors->file, report_.diagnostics);
            report_.network = std::move(network);
        }
    }

    [[nodiscard]] std::vector<std::string> file_order() const {
        std::vector<std::string> order = {path_};
        for (const OpenFile& file : files_) {
            order.push_back(file.name);
        }
        return order;
    }

    std::string path_;
    ReadOptions options_;
    NetworkBuilder builder_;
    std::deque<OpenFile> files_;
    std::set<std::string> incomplete_;  ///< files that were not read to their end
    ReadReport report_;
    std::optional<ReadReport> prepared_;  ///< all of a prepared file
};

}  // namespace

ReadReport inspect_dataset(const std::string& path, const ReadOptions& options) {
    return DatasetReader(path, options).run();
}

ReadResult read_dataset(const std::string& path, const ReadOptions& options) {
    ReadReport report = inspect_dataset(path, options);
    if (!report.network) {
        throw InputError(std::move(report.diagnostics));
    }
    return {std::move(*report.network), std::move(report.diagnostics), report.summary,
            std::move(report.files),    std::move(report.digest),      std::move(report.prepared),
            std::move(report.extra),    std::move(report.told)};
}

}  // namespace maillage::io

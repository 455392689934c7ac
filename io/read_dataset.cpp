#include "io/read_dataset.hpp"

#include "engine/ascii.hpp"

#include "io/encoding.hpp"
#include "io/excerpts.hpp"
#include "io/file_bytes.hpp"
#include "io/formats/foreign_files.hpp"
#include "io/formats/foreign_format.hpp"
#include "io/formats/format.hpp"
#include "io/formats/graph_csv.hpp"
#include "io/formats/graph_network.hpp"
#include "io/formats/json_scanner.hpp"
#include "io/formats/unpack.hpp"
#include "io/formats/workbook.hpp"
#include "io/near_duplicates.hpp"
#include "io/prepared_file.hpp"
#include "io/read_json.hpp"
#include "io/read_settings.hpp"
#include "io/read_table.hpp"
#include "io/scan.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <unordered_map>

namespace maillage::io {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> table_endings = {".csv", ".tsv", ".txt"};

/// A file with its text, kept until the diagnostics have their lines.
struct OpenFile {
    OpenFile(const std::string& path, const std::string& shown) : name(shown), file(path) {}

    [[nodiscard]] std::string_view bytes() const noexcept {
        return unpacked.empty() ? file.bytes() : unpacked;
    }

    std::string name;
    FileBytes file;
    std::string unpacked;  ///< of a file packed with gzip
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
            const std::size_t before = report_.diagnostics.size();
            for (const OpenFile& file : files_) {
                file.file.set_aside();  // the builder has copies; diagnostics will want a few lines
            }
            build();
            name_cells(before);
        }
        sort_by_place(report_.diagnostics, file_order());
        for (const OpenFile& file : files_) {
            fill_excerpts(file.decoded.text, file.name, report_.diagnostics);
        }
        for (const Sheet& sheet : sheets_) {
            fill_excerpts(sheet.text, sheet.file, report_.diagnostics);
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
        if (file.bytes().size() > options_.limits.bytes) {
            fail({file.name, 0, 0}, "more than " + std::to_string(options_.limits.bytes) +
                                        " bytes; --limit bytes=N allows more");
            return false;
        }
        decode_xml(file.bytes(), file.name, file.decoded, report_.diagnostics);
        return file.decoded.readable;
    }

    /// Unpacks a file that is packed; false when it cannot be (reported).
    bool unpack(OpenFile& file) {
        if (!is_gzip(file.file.bytes())) {
            return true;
        }
        ReadContext context(file.name, report_.diagnostics, options_.limits);
        return unpack_gzip(file.file.bytes(), context, file.unpacked);
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
        if (read_graph_folder(entries)) {
            return;
        }
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

    /// Tables of nodes and edges (Gephi, Kumu, neo4j-admin): headers of neo4j, or no table with a name of ours and some
    /// with the columns of a graph. False when the folder is something else.
    bool read_graph_folder(const std::vector<fs::path>& entries) {
        std::vector<OpenFile*> nodes;
        std::vector<OpenFile*> edges;
        std::vector<OpenFile*> others;
        bool neo4j = false;
        bool ours = false;
        const std::size_t told = report_.diagnostics.size();
        std::deque<OpenFile> opened;
        for (const fs::path& entry : entries) {
            const std::string shown = entry.filename().string();
            const std::string ending = lower_ascii(entry.extension().string());
            std::error_code error;
            if ((ending != ".csv" && ending != ".tsv") || shown.front() == '.' ||
                !fs::is_regular_file(entry, error)) {
                continue;
            }
            ours = ours || table_named(entry.stem().string()).has_value();
            try {
                OpenFile& file = opened.emplace_back(entry.string(), shown);
                constexpr std::size_t sample = 1U << 16U;
                decode(file.file.bytes().substr(0, sample), shown, file.decoded, report_.diagnostics);
                const std::string_view head =
                    file.decoded.text.substr(0, find_line_end(file.decoded.text, 0));
                std::vector<Diagnostic> ignored;
                CsvReader reader(head, shown, ignored);
                std::vector<CsvField> row;
                const GraphTableRole role = reader.next(row) ? role_of(row) : GraphTableRole::none;
                neo4j = neo4j || head.find(":ID") != std::string_view::npos ||
                        head.find(":START_ID") != std::string_view::npos;
                if (role != GraphTableRole::none) {
                    (role == GraphTableRole::nodes ? nodes : edges).push_back(&file);
                } else {
                    others.push_back(&file);
                }
            } catch (const InputError&) {
                continue;  // said when it is read as a table
            }
        }
        report_.diagnostics.resize(told);
        if ((!neo4j && ours) || nodes.size() + edges.size() == 0) {
            return false;
        }
        say_unread(others, nodes, edges);
        read_graph_tables(nodes, edges);
        return true;
    }

    /// Tables of a folder that are neither nodes nor edges: rows whose header stands in a file of its own, as neo4j-admin
    /// allows, are an error, others a note.
    void say_unread(const std::vector<OpenFile*>& others, const std::vector<OpenFile*>& nodes,
                    const std::vector<OpenFile*>& edges) {
        for (const OpenFile* file : others) {
            const std::string stem = fs::path(file->name).stem().string();
            const OpenFile* header = nullptr;
            for (const auto* found : {&nodes, &edges}) {
                for (const OpenFile* other : *found) {
                    const std::string name = fs::path(other->name).stem().string();
                    const std::string_view text = trimmed(other->decoded.text);
                    if (lower_ascii(name).find("header") != std::string::npos &&
                        find_line_end(text, 0) == text.size() && name.compare(0, stem.size(), stem) == 0) {
                        header = other;
                    }
                }
            }
            if (header != nullptr) {
                fail({file->name, 1, 1}, "the header of this table stands alone in " + header->name +
                                             "; put that line above these rows, and remove that file");
            } else {
                note({file->name, 0, 0},
                     "neither nodes (a column id or name) nor edges (source and target); not read");
            }
        }
    }

    /// Whether two groups of neo4j-admin have an id in common.
    static bool groups_share_ids(const std::vector<OpenFile*>& nodes) {
        std::unordered_map<std::string, std::string> group_of;
        for (const OpenFile* file : nodes) {
            if (file->decoded.text.find(":ID(") == std::string_view::npos) {
                continue;
            }
            std::vector<std::string> ids;
            DecodedText decoded;
            std::vector<Diagnostic> ignored;
            decode(file->file.bytes(), file->name, decoded, ignored);
            const std::string group =
                visit_grouped_ids(decoded.text, [&ids](std::string_view id) { ids.emplace_back(id); });
            for (const std::string& id : group.empty() ? std::vector<std::string>() : ids) {
                if (group_of.try_emplace(id, group).first->second != group) {
                    return true;
                }
            }
        }
        return false;
    }

    void read_graph_tables(const std::vector<OpenFile*>& nodes, const std::vector<OpenFile*>& edges) {
        const GraphMap map = read_map();
        GraphTables tables;
        tables.nodes_are_implied = nodes.empty();
        tables.ids_have_groups = nodes.size() > 1 && groups_share_ids(nodes);
        bool complete = true;
        const auto read = [&](const std::vector<OpenFile*>& found, Table table) {
            for (const OpenFile* sampled : found) {
                OpenFile* file = open((fs::path(path_) / sampled->name).string(), sampled->name);
                if (file == nullptr || !decode_table(*file)) {
                    complete = false;
                    continue;
                }
                builder_.set_file(table, file->name);
                const std::size_t rows = tables.nodes().size() + tables.edges().size();
                const std::size_t before = error_count();
                bool good = false;
                {
                    ReadContext context(file->name, report_.diagnostics, options_.limits);
                    good = read_graph_table(file->decoded.text, tables, context, false);
                }
                good = good && error_count() == before;
                complete = complete && good;
                report_.files.push_back({file->name, "dataset", std::string(to_text(file->decoded.encoding)),
                                         "", tables.nodes().size() + tables.edges().size() - rows, good});
            }
        };
        read(nodes, Table::actors);
        read(edges, Table::partnerships);
        if (!complete) {
            incomplete_.insert(path_);
            return;
        }
        note({path_, 0, 0}, "read as tables of nodes and edges: " + std::to_string(tables.nodes().size()) +
                                " nodes, " + std::to_string(tables.edges().size()) + " edges");
        const std::string shown = edges.empty() ? nodes.front()->name : edges.front()->name;
        ReadContext context(shown, report_.diagnostics, options_.limits);
        add_graph(tables, map, builder_, context);
    }

    void sort_entry(const fs::path& entry, std::map<Table, fs::path>& tables,
                    std::optional<fs::path>& settings) {
        const std::string shown = entry.filename().string();
        const std::string ending = lower_ascii(entry.extension().string());
        if (lower_ascii(shown) == "maillage.json") {
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
        if (const std::string_view foreign = foreign_file(bytes); !foreign.empty()) {
            fail({file.name, 0, 0}, std::string(foreign));
            return false;
        }
        if (is_workbook(bytes)) {
            fail({file.name, 0, 0}, "this is a workbook, not a text; give the file itself, not the folder");
            return false;
        }
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
        if (file == nullptr || !unpack(*file)) {
            return;
        }
        if (is_prepared(file->bytes())) {
            read_prepared_file(*file);
            return;
        }
        if (is_workbook(file->bytes())) {
            read_workbook_file(*file);
            return;
        }
        if (const std::string_view foreign = foreign_file(file->bytes()); !foreign.empty()) {
            fail({shown, 0, 0}, std::string(foreign));
            return;
        }
        if (!decode_text(*file)) {
            return;
        }
        const std::string_view text = file->decoded.text;
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) {
            fail({shown, 1, 1}, "the file is empty");
        } else if (text[first] == '{') {
            read_json_file(*file);
        } else if (const std::string other = foreign_format(text); !other.empty()) {
            fail({shown, 1, 1}, "this is " + other);
        } else if (const auto format = detect_graph_format(text)) {
            read_graph_file(*file, *format);
        } else {
            fail({shown, 1, 1}, "not a dataset: " + advice_for(shown));
        }
    }

    /// Which network a JSON object holds: told by its first telling member.
    enum class JsonKind : std::uint8_t { dataset, graph, neither };

    /// `members`: the first members of an object that holds neither. What is not JSON counts as a dataset, whose reader says why.
    static JsonKind kind_of_json(std::string_view text, std::string& members) {
        std::vector<Diagnostic> ignored;
        const std::string name;
        ReadContext context(name, ignored);
        JsonScanner scan(text, context);
        constexpr std::array<std::string_view, 9> of_a_graph = {
            "nodes", "edges", "links", "graph", "graphs", "elements", "hyperedges", "options", "multigraph"};
        constexpr std::array<std::string_view, 7> of_a_dataset = {
            "actors",   "actor_expertises", "partnerships", "opportunities",
            "settings", "expertises",       "members"};
        std::size_t count = 0;
        if (scan.next() == JsonScanner::Token::object_begin) {
            while (scan.next_key()) {
                if (std::find(of_a_graph.begin(), of_a_graph.end(), scan.text()) != of_a_graph.end()) {
                    return JsonKind::graph;
                }
                if (std::find(of_a_dataset.begin(), of_a_dataset.end(), scan.text()) != of_a_dataset.end()) {
                    return JsonKind::dataset;
                }
                constexpr std::size_t shown = 6;
                if (count++ < shown) {
                    members += (members.empty() ? "" : ", ") + quoted_text(scan.text());
                } else if (count == shown + 2) {
                    members += ", …";
                }
                scan.skip_value();
            }
        }
        const bool whole = !scan.failed() && scan.next() == JsonScanner::Token::end;
        return whole && count > 0 ? JsonKind::neither : JsonKind::dataset;
    }

    void read_json_file(OpenFile& file) {
        std::string members;
        switch (kind_of_json(file.decoded.text, members)) {
            case JsonKind::graph:
                read_graph_file(file, GraphFormat::node_link);
                return;
            case JsonKind::neither:
                fail({file.name, 1, 1},
                     "this JSON is neither a dataset ({\"actors\": [{\"id\": \"…\", \"name\": \"…\"}]}) nor "
                     "a graph "
                     "(\"nodes\" with \"edges\" or \"links\", \"graph\", \"elements\"); its members are " +
                         members);
                return;
            case JsonKind::dataset:
                break;
        }
        const bool complete = read_json_dataset(file.decoded.text, file.name, builder_, report_.diagnostics);
        if (!complete) {
            incomplete_.insert(file.name);
        }
        report_.files.push_back(
            {file.name, "dataset", std::string(to_text(file.decoded.encoding)), "", 0, complete});
    }

    GraphMap read_map() {
        if (options_.map.empty()) {
            return {};
        }
        OpenFile* file = open(options_.map, fs::path(options_.map).filename().string());
        if (file == nullptr || !decode_text(*file)) {
            return {};
        }
        ReadContext context(file->name, report_.diagnostics, options_.limits);
        return read_graph_map(file->decoded.text, context);
    }

    void read_graph_file(OpenFile& file, GraphFormat format) {
        const GraphMap map = read_map();
        GraphTables tables;
        ReadContext context(file.name, report_.diagnostics, options_.limits);
        if (file.decoded.encoding == Encoding::windows_1252 && format == GraphFormat::node_link) {
            const std::string_view text = file.decoded.text;
            const auto* const odd = std::find_if(text.begin(), text.end(), [](char c) {
                return (static_cast<unsigned char>(c) & 0x80U) != 0;
            });
            const SourcePosition where =
                position_of(text, static_cast<std::size_t>(odd - text.begin()), file.name);
            context.error({where.line, where.column},
                          "JSON is encoded in UTF-8, and this file is not, from here on");
            return;
        }
        const std::size_t before = error_count();
        const bool complete = read_graph(format, file.decoded.text, {.graph = map.graph}, tables, context) &&
                              error_count() == before;
        const std::string shown = !tables.dialect.empty()         ? std::string(tables.dialect)
                                  : format != GraphFormat::tables ? std::string(info_of(format).name)
                                  : tables.edges().empty()        ? "a table of actors"
                                                                  : "a table of edges";
        finish_graph(file, shown, complete, tables, map, context);
    }

    /// Rows of a sheet for the readers of tables.
    class SheetRows : public RowSource {
    public:
        explicit SheetRows(const Sheet& sheet) : sheet_(sheet) {}
        bool next(std::vector<CsvField>& row) override {
            row.clear();
            while (row.empty() && at_ < sheet_.rows()) {
                sheet_.row(at_++, row);
            }
            return !row.empty();
        }
        [[nodiscard]] bool failed() const override { return false; }

    private:
        const Sheet& sheet_;
        std::size_t at_ = 0;
    };

    /// Sheets with the names of our tables are tables; else those with the columns of nodes or edges are a graph.
    void read_workbook_file(OpenFile& file) {
        const std::size_t before = report_.diagnostics.size();
        {
            ReadContext context(file.name, report_.diagnostics, options_.limits);
            if (!read_workbook(file.bytes(), context, sheets_)) {
                incomplete_.insert(file.name);
                name_cells(before);
                return;
            }
        }
        file.file.set_aside();
        const bool ours = std::any_of(sheets_.begin(), sheets_.end(), [](const Sheet& sheet) {
            return table_named(sheet.name) == Table::actors;
        });
        ours ? read_sheets() : read_graph_sheets(file);
        name_cells(before);
    }

    void read_sheets() {
        std::set<Table> seen;
        for (const TableSpec& spec : table_specs()) {
            for (const Sheet& sheet : sheets_) {
                if (table_named(sheet.name) != spec.table) {
                    continue;
                }
                if (!seen.insert(spec.table).second) {
                    fail({sheet.file, 0, 0},
                         "the table " + std::string(name_of(spec.table)) + " is here twice");
                    continue;
                }
                builder_.set_file(spec.table, sheet.file);
                SheetRows rows(sheet);
                const TableSummary read =
                    read_table(spec.table, rows, sheet.file, builder_, report_.diagnostics);
                report_.files.push_back(
                    {sheet.file, std::string(name_of(spec.table)), "UTF-8", "", read.rows, read.complete});
                if (!read.complete) {
                    incomplete_.insert(sheet.file);
                }
            }
        }
        for (const Sheet& sheet : sheets_) {
            if (table_named(sheet.name)) {
                continue;
            }
            std::vector<CsvField> first;
            if (lower_ascii(sheet.name) == "maillage" && sheet.rows() > 0) {
                sheet.row(0, first);
            }
            if (!first.empty()) {
                builder_.set_file(Table::settings, sheet.file);
                read_settings(first.front().text, sheet.file, builder_, report_.diagnostics);
            } else if (sheet.rows() > 0) {
                note({sheet.file, 0, 0}, "not a table of a dataset; not read");
            }
        }
    }

    /// A hidden sheet of nodes beside one that is shown is a list for the choices in its cells, most often.
    void leave_out_hidden(std::vector<const Sheet*>& nodes) {
        const auto is_hidden = [](const Sheet* sheet) { return sheet->hidden; };
        if (std::all_of(nodes.begin(), nodes.end(), is_hidden)) {
            return;
        }
        for (const Sheet* sheet : nodes) {
            if (sheet->hidden) {
                note({sheet->file, 0, 0},
                     "this sheet is hidden; not read (show it in the workbook to have it read)");
            }
        }
        nodes.erase(std::remove_if(nodes.begin(), nodes.end(), is_hidden), nodes.end());
    }

    void read_graph_sheets(OpenFile& file) {
        const GraphMap map = read_map();
        GraphTables tables;
        std::vector<const Sheet*> nodes;
        std::vector<const Sheet*> edges;
        for (const Sheet& sheet : sheets_) {
            SheetRows rows(sheet);
            std::vector<CsvField> header;
            std::size_t titles = 0;
            const GraphTableRole role = find_graph_header(rows, header, titles);
            if (role != GraphTableRole::none) {
                (role == GraphTableRole::nodes ? nodes : edges).push_back(&sheet);
            } else if (!header.empty() && !sheet.hidden) {
                note({sheet.file, 0, 0},
                     "neither nodes (a column id or name) nor edges (source and target); not read");
            }
        }
        if (nodes.empty() && edges.empty()) {
            fail({file.name, 0, 0}, "no sheet of this workbook is a table of actors, nodes or edges");
            return;
        }
        leave_out_hidden(nodes);
        tables.nodes_are_implied = nodes.empty();
        bool complete = true;
        for (const auto* found : {&nodes, &edges}) {
            for (const Sheet* sheet : *found) {
                builder_.set_file(found == &nodes ? Table::actors : Table::partnerships, sheet->file);
                SheetRows rows(*sheet);
                const std::size_t before = error_count();
                const std::size_t size = tables.nodes().size() + tables.edges().size();
                {
                    ReadContext context(sheet->file, report_.diagnostics, options_.limits);
                    complete = read_graph_rows(rows, false, tables, context) && complete;
                }
                complete = complete && error_count() == before;
                report_.files.push_back({sheet->file, "dataset", "UTF-8", "",
                                         tables.nodes().size() + tables.edges().size() - size, complete});
            }
        }
        if (!complete) {
            incomplete_.insert(file.name);
            return;
        }
        const std::string shown = edges.empty() ? nodes.front()->file : edges.front()->file;
        ReadContext context(shown, report_.diagnostics, options_.limits);
        add_graph(tables, map, builder_, context);
    }

    /// Says which cell a diagnostic is about.
    void name_cells(std::size_t from) {
        for (std::size_t i = from; i < report_.diagnostics.size(); ++i) {
            Diagnostic& d = report_.diagnostics[i];
            const auto sheet = std::find_if(sheets_.begin(), sheets_.end(),
                                            [&d](const Sheet& s) { return s.file == d.where.file; });
            if (sheet != sheets_.end() && d.where.line > 0) {
                const std::string cell = cell_at(*sheet, d.where.line, d.where.column);
                if (!cell.empty() && d.message.find("(cell ") == std::string::npos) {
                    d.message += " (cell " + cell + ")";
                }
            }
        }
    }

    void finish_graph(const OpenFile& file, const std::string& format, bool complete,
                      const GraphTables& tables, const GraphMap& map, ReadContext& context) {
        const std::size_t rows = tables.nodes().size() + tables.edges().size();
        report_.files.push_back({file.name, "dataset",
                                 file.decoded.text.empty() ? "" : std::string(to_text(file.decoded.encoding)),
                                 "", rows, complete});
        if (!complete) {
            incomplete_.insert(file.name);
            context.finish();
            return;
        }
        const std::size_t nodes = tables.nodes_are_implied ? tables.names() : tables.nodes().size();
        note({file.name, 0, 0}, "read as " + format + ": " + std::to_string(nodes) + " nodes, " +
                                    std::to_string(tables.edges().size()) + " edges");
        add_graph(tables, map, builder_, context);
        context.finish();
    }

    /// Nothing is left to build: the file has what building gave, diagnostics included.
    void read_prepared_file(const OpenFile& file) {
        try {
            // standard input cannot be opened again
            const auto mapped = path_ == "-" ? nullptr : std::make_shared<const FileBytes>(path_);
            if (mapped) {
                mapped->expect_all();
            }
            ReadResult read = read_prepared(mapped && file.unpacked.empty() ? mapped->bytes() : file.bytes(),
                                            file.name, mapped, options_);
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
        const std::string ending = lower_ascii(fs::path(shown).extension().string());
        return std::find(table_endings.begin(), table_endings.end(), ending) != table_endings.end()
                   ? "this is one table; give the folder that holds it"
                   : "give a folder of CSV tables, a JSON dataset, which begins with {, or a graph (GraphML, "
                     "GEXF, GML, "
                     "Pajek, JSON, MatrixMarket, an edge list)";
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
            warn_near_duplicates(*network, actors == report_.files.end() ? path_ : actors->file,
                                 report_.diagnostics);
            report_.network = std::move(network);
        }
    }

    [[nodiscard]] std::vector<std::string> file_order() const {
        std::vector<std::string> order = {path_};
        for (const OpenFile& file : files_) {
            order.push_back(file.name);
        }
        for (const Sheet& sheet : sheets_) {
            order.push_back(sheet.file);
        }
        return order;
    }

    std::string path_;
    ReadOptions options_;
    NetworkBuilder builder_;
    std::deque<OpenFile> files_;
    std::vector<Sheet> sheets_;         ///< of a workbook
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

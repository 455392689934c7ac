#include "engine/ascii.hpp"

#include "io/formats/format.hpp"
#include "io/formats/line_reader.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <ostream>

namespace maillage::io {
namespace {

/// https://math.nist.gov/MatrixMarket/formats.html: coordinate and array, real, integer, pattern and complex; a
/// symmetric matrix has each pair once. A matrix that is not square is a two-mode network.
class MatrixReader {
public:
    MatrixReader(std::string_view text, GraphTables& tables, ReadContext& context)
        : lines_(text), tables_(tables), context_(context) {}

    bool run() {
        if (!read_header() || !read_sizes()) {
            return false;
        }
        add_nodes();
        weight_ = tables_.edge_column("weight", ValueType::real, true);
        if (coordinate_) {
            read_entries();
        } else {
            read_array();
        }
        return context_.errors() == 0;
    }

private:
    bool read_header() {
        if (!lines_.next()) {
            context_.error({1, 1}, "the file is empty");
            return false;
        }
        std::string_view rest = lines_.line();
        const std::string_view banner = take_word(rest);
        if (lower_ascii(banner) != "%%matrixmarket") {
            context_.error(lines_.start(),
                           "a MatrixMarket file begins with %%MatrixMarket, not " + quoted_text(banner));
            return false;
        }
        const std::string object = lower_ascii(take_word(rest));
        const std::string_view form = take_word(rest);
        const std::string_view field = take_word(rest);
        const std::string_view symmetry = take_word(rest);
        if (object != "matrix") {
            context_.error(lines_.start(), std::string(object == "vector" ? "a vector is no graph; " : "") +
                                               "a MatrixMarket file of a graph begins with "
                                               "\"%%MatrixMarket matrix …\"");
            return false;
        }
        coordinate_ = lower_ascii(form) == "coordinate";
        if (!coordinate_ && lower_ascii(form) != "array") {
            context_.error(lines_.place(form),
                           "the form is \"coordinate\" or \"array\", not " + quoted_text(form));
            return false;
        }
        field_ = lower_ascii(field);
        if (field_ != "real" && field_ != "integer" && field_ != "pattern" && field_ != "complex" &&
            field_ != "double" && field_ != "unsigned-integer") {
            context_.error(lines_.place(field),
                           "the values are real, integer, complex or pattern, not " + quoted_text(field));
            return false;
        }
        symmetry_ = lower_ascii(symmetry);
        if (symmetry_ != "general" && symmetry_ != "symmetric" && symmetry_ != "skew-symmetric" &&
            symmetry_ != "hermitian") {
            context_.error(lines_.place(symmetry),
                           "the symmetry is general, symmetric, skew-symmetric or hermitian, not " +
                               quoted_text(symmetry));
            return false;
        }
        const char* const contradiction =
            field_ != "pattern" ? nullptr
            : !coordinate_      ? "an array has values, so it is no pattern"
            : symmetry_ == "skew-symmetric" || symmetry_ == "hermitian"
                ? "a pattern has no values, so its symmetry is general or symmetric"
                : nullptr;
        if (contradiction != nullptr) {
            context_.error(lines_.place(field), contradiction);
        }
        return contradiction == nullptr;
    }

    /// A number, or one of those that are none: nan, inf.
    static bool is_value(std::string_view word) {
        if (parse_number(word)) {
            return true;
        }
        const std::string lower = lower_ascii(word.substr(!word.empty() && word.front() == '-' ? 1 : 0));
        return lower == "inf" || lower == "infinity" || lower == "nan";
    }

    /// What is wrong with a value.
    static std::string no_value(std::string_view word) {
        const bool digits = word.find_first_not_of("0123456789.+-eE") == std::string_view::npos &&
                            word.find_first_of("0123456789") != std::string_view::npos;
        return word.empty() ? "a value is missing here"
               : digits     ? quoted_text(word) + " is not a number that can be kept (1e-307 to 1e308)"
                            : quoted_text(word) + " is not a number";
    }

    /// The next line with something in it that is no comment.
    bool next_line() {
        while (lines_.next()) {
            const std::string_view text = trimmed(lines_.line());
            if (!text.empty() && text.front() != '%') {
                return true;
            }
        }
        return false;
    }

    bool read_sizes() {
        if (!next_line()) {
            context_.error({lines_.number() + 1, 1}, "the line with the sizes of the matrix is missing");
            return false;
        }
        std::string_view rest = lines_.line();
        const auto rows = parse_whole<std::uint64_t>(take_word(rest));
        const auto columns = parse_whole<std::uint64_t>(take_word(rest));
        const auto entries =
            coordinate_ ? parse_whole<std::uint64_t>(take_word(rest)) : std::optional<std::uint64_t>(0);
        if (!rows || !columns || !entries || !trimmed(rest).empty()) {
            context_.error(lines_.start(), coordinate_
                                               ? "expected three whole numbers: rows, columns and entries"
                                               : "expected two whole numbers: rows and columns");
            return false;
        }
        if (symmetry_ != "general" && *rows != *columns) {
            context_.error(lines_.start(), "a matrix that is " + symmetry_ + " has as many rows as columns");
            return false;
        }
        rows_ = *rows;
        columns_ = *columns;
        entries_ = *entries;
        sizes_ = lines_.start();
        if (rows_ > context_.limits().rows || columns_ > context_.limits().rows ||
            rows_ + columns_ > context_.limits().rows || entries_ > context_.limits().rows) {
            context_.error(sizes_, "a matrix of " + std::to_string(rows_) + " x " + std::to_string(columns_) +
                                       ", more than " + std::to_string(context_.limits().rows) +
                                       " rows; --limit rows=N allows more");
            return false;
        }
        // a few bytes must not ask for gigabytes: every entry needs a line, and every node some reason to be there
        constexpr std::uint64_t always = 10'000'000;
        if (rows_ + columns_ > always && rows_ + columns_ > 64 * (entries_ + 1)) {
            context_.error(sizes_, "a matrix of " + std::to_string(rows_) + " x " + std::to_string(columns_) +
                                       " with only " + std::to_string(entries_) + " entries; is that meant?");
            return false;
        }
        return true;
    }

    void add_nodes() {
        two_mode_ = rows_ != columns_;
        for (std::uint64_t i = 1; i <= rows_; ++i) {
            first_.push_back(tables_.name_copied((two_mode_ ? "r" : "") + std::to_string(i)));
            tables_.add_node(first_.back(), sizes_, {});
        }
        if (!two_mode_) {
            return;
        }
        for (std::uint64_t i = 1; i <= columns_; ++i) {
            second_.push_back(tables_.name_copied("c" + std::to_string(i)));
            tables_.add_node(second_.back(), sizes_, {}, 1);
        }
        context_.note("two-mode", sizes_,
                      "the matrix is not square: its rows are read as actors, its columns as partnerships");
    }

    void add(std::uint64_t row, std::uint64_t column, std::string_view value, Place where) {
        std::vector<GraphValue> values;
        if (symmetry_ == "skew-symmetric" && value.starts_with('-')) {
            context_.note("skew", where,
                          "a skew-symmetric matrix has each value with both signs; that above 0 is read");
            value.remove_prefix(1);
        }
        if (!value.empty()) {
            values.push_back({GraphText(value), weight_, where.line, where.column});
        }
        tables_.add_edge({}, first_[row - 1], (two_mode_ ? second_ : first_)[column - 1], lines_.start(),
                         symmetry_ == "general" && !two_mode_, values);
    }

    /// Whether a word is a value; that of a complex field is followed by its imaginary part, which is taken.
    bool check_parts(std::string_view value, std::string_view& rest) {
        if (!is_value(value)) {
            context_.error("value", lines_.place(value), no_value(value));
            return false;
        }
        if (field_ == "complex") {
            const std::string_view imaginary = take_word(rest);
            if (!is_value(imaginary)) {
                context_.error("value", lines_.place(imaginary), no_value(imaginary));
                return false;
            }
            context_.note("complex", lines_.start(), "only the real part of complex values is read");
        }
        return true;
    }

    void read_entries() {
        std::uint64_t read = 0;
        while (next_line()) {
            std::string_view rest = lines_.line();
            const std::string_view row_word = take_word(rest);
            const std::string_view column_word = take_word(rest);
            const auto row = parse_whole<std::uint64_t>(row_word);
            const auto column = parse_whole<std::uint64_t>(column_word);
            if (!row || !column || *row == 0 || *column == 0 || *row > rows_ || *column > columns_) {
                context_.error("index",
                               lines_.place(!row || *row == 0 || *row > rows_ ? row_word : column_word),
                               "expected a row from 1 to " + std::to_string(rows_) +
                                   " and a column from 1 to " + std::to_string(columns_));
                continue;
            }
            const std::string_view value = field_ == "pattern" ? std::string_view() : take_word(rest);
            if (field_ != "pattern" && !check_parts(value, rest)) {
                continue;
            }
            if (!trimmed(rest).empty()) {
                context_.error("surplus", lines_.start(), "this line says more than an entry does");
                continue;
            }
            ++read;
            add(*row, *column, value, lines_.place(value.empty() ? column_word : value));
            if (!context_.within_limits(tables_, lines_.start())) {
                return;
            }
        }
        if (read != entries_ && context_.errors() == 0) {
            context_.error(sizes_, "the matrix says " + std::to_string(entries_) + " entries, and " +
                                       std::to_string(read) + " are there; is the file cut off?");
        }
    }

    void read_array() {
        const bool half = symmetry_ != "general";
        const bool diagonal = symmetry_ != "skew-symmetric";
        std::uint64_t row = half && !diagonal ? 2 : 1;
        std::uint64_t column = 1;
        while (next_line()) {
            std::string_view rest = lines_.line();
            for (std::string_view value = take_word(rest); !value.empty(); value = take_word(rest)) {
                const auto number = parse_number(value);
                if (!check_parts(value, rest)) {
                    return;
                }
                if (column > columns_ || row > rows_) {
                    context_.error(lines_.place(value), "more values than the matrix has");
                    return;
                }
                if (!number || *number != 0.0) {
                    add(row, column, value, lines_.place(value));
                }
                if (++row > rows_) {
                    ++column;
                    row = half ? column + (diagonal ? 0U : 1U) : 1;
                }
            }
            if (!context_.within_limits(tables_, lines_.start())) {
                return;
            }
        }
        const bool complete = column > columns_ || (half && row > rows_) || rows_ == 0 || columns_ == 0;
        if (!complete) {
            context_.error({lines_.number(), 1}, "values are missing at the end; is the file cut off?");
        }
    }

    LineReader lines_;
    GraphTables& tables_;
    ReadContext& context_;
    bool coordinate_ = true, two_mode_ = false;
    std::string field_, symmetry_;
    std::uint64_t rows_ = 0, columns_ = 0, entries_ = 0;
    std::uint32_t weight_ = 0;
    Place sizes_;
    std::vector<std::uint32_t> first_, second_;
};

}  // namespace

bool read_matrix_market(std::string_view text, const GraphReadOptions&, GraphTables& tables,
                        ReadContext& context) {
    tables.set_source(text);
    return MatrixReader(text, tables, context).run();
}

void write_matrix_market(std::ostream& out, const GraphTables& tables, std::vector<LocalText>& lost) {
    std::vector<std::uint64_t> number_of(tables.names(), 0);
    for (std::size_t n = 0; n < tables.nodes().size(); ++n) {
        number_of[tables.nodes()[n].name] = n + 1;
    }
    out << "%%MatrixMarket matrix coordinate real symmetric\n% written by maillage\n"
        << tables.nodes().size() << ' ' << tables.nodes().size() << ' ' << tables.edges().size() << '\n';
    const auto& columns = tables.edge_columns();
    for (std::size_t e = 0; e < tables.edges().size(); ++e) {
        const auto ends = tables.ends(tables.edges()[e]);
        std::string weight = "1";
        for (const GraphValue& v : tables.values_of_edge(e)) {
            if (columns[v.column].native && columns[v.column].name == "weight") {
                weight = std::string(v.text.view());
            }
        }
        out << std::max(number_of[ends[0]], number_of[ends[1]]) << ' '
            << std::min(number_of[ends[0]], number_of[ends[1]]) << ' ' << weight << '\n';
    }
    lost.push_back(
        {"les identifiants, les noms et tous les attributs sauf le poids : une matrice numérote ses lignes, "
         "dans l’ordre des identifiants",
         "ids, names and every attribute but the weight: a matrix numbers its rows in the order of ids"});
}

}  // namespace maillage::io

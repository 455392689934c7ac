#include "tools/options.hpp"

#include "engine/error.hpp"

#include "io/values.hpp"

#include <boost/program_options/parsers.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <ostream>

namespace maillage::tools {
namespace {

/// A value that is not of its type; Boost adds the option's name on the way out.
class RefusedValue : public po::error_with_option_name {
public:
    RefusedValue(const std::string& text, const std::string& expected)
        : error_with_option_name("\"" + text + "\" is not " + expected) {}
};

template <class T>
Count<T> read_count(const std::string& text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        throw RefusedValue(text, "a whole number (digits only)");
    }
    return {value};
}

template <class T>
void validate_count(boost::any& target, const std::vector<std::string>& values) {
    po::validators::check_first_occurrence(target);
    target = read_count<T>(po::validators::get_single_string(values));
}

Language language_from_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return std::string_view(value).substr(0, 2) == "fr" ? Language::fr : Language::en;
        }
    }
    return Language::en;
}

po::options_description common_options() {
    po::options_description all("Options of every command");
    auto add = all.add_options();
    add("output,o", po::value<std::string>()->value_name("FILE"),
        "write there, whole or not at all; .json and .csv say the format");
    add("table", "tables made for reading (the default)");
    add("json", "the JSON document");
    add("csv", "the tables as CSV");
    add("lang", po::value<std::string>()->value_name("fr|en"),
        "language of labels and texts (default: LC_ALL, LC_MESSAGES, LANG)");
    add("from", po::value<std::string>()->value_name("DATE"),
        "partnerships running then or later (2018, 2018-07, 2018-07-03)");
    add("to", po::value<std::string>()->value_name("DATE"),
        "partnerships running then or earlier; nothing known later counts");
    add("scope", po::value<std::string>()->value_name("A=V|all"),
        "the actors the analysis is about: those whose attribute A has the value V, or all (default: the "
        "dataset's own)");
    add("tie-weight", po::value<std::string>()->value_name("newman|count|one"),
        "share of a partnership of k members in each pair: 1/(k-1), 1, or 1 for a tied pair (default "
        "newman)");
    add("expertises", po::value<std::string>()->value_name("declared|inferred|both"),
        "which expertises of actors count (default both)");
    add("seed", po::value<Count<std::uint64_t>>()->value_name("N"),
        "seed of what is drawn at random (default 1)");
    add("threads", po::value<Count<std::uint32_t>>()->value_name("N"),
        "threads (default: one a core); never changes a result");
    add("quiet,q", "no warnings, no progress");
    add("help,h", "this text");
    return all;
}

/// Those of a command that analyses nothing.
po::options_description basic_options() {
    po::options_description all("Options of every command");
    auto add = all.add_options();
    add("output,o", po::value<std::string>()->value_name("PATH"), "write there, whole or not at all");
    add("lang", po::value<std::string>()->value_name("fr|en"),
        "language of messages (default: LC_ALL, LC_MESSAGES, LANG)");
    add("seed", po::value<Count<std::uint64_t>>()->value_name("N"),
        "seed of what is drawn at random (default 1)");
    add("quiet,q", "no messages, no progress");
    add("help,h", "this text");
    return all;
}

/// Those of a command that reads a dataset.
void add_reading_options(po::options_description& all) {
    auto add = all.add_options();
    add("map", po::value<std::string>()->value_name("FILE"),
        "of a graph: which attribute is the kind, the expertises, the date (JSON, see io/formats/README.md)");
    add("limit", po::value<std::vector<std::string>>()->composing()->value_name("NAME=N"),
        "refuse what is larger: bytes, rows, columns, depth, name, ratio (k, M and G may follow N)");
}

std::vector<std::string> names_of(const po::options_description& options) {
    std::vector<std::string> names;
    for (const auto& option : options.options()) {
        names.push_back(option->long_name());
    }
    return names;
}

/// The words of a usage error in our own form; Boost's are of no help to somebody who mistyped.
[[noreturn]] void rethrow_as_option_error(const po::error& error, const po::options_description& options) {
    const auto bare = [](std::string name) {
        name.erase(0, name.find_first_not_of('-'));
        return name.substr(0, name.find('='));
    };
    if (const auto* unknown = dynamic_cast<const po::unknown_option*>(&error)) {
        const std::string name = bare(unknown->get_option_name());
        const auto names = names_of(options);
        throw OptionError(name, "there is no option --" + name + suggestion(name, names));
    }
    if (const auto* twice = dynamic_cast<const po::multiple_occurrences*>(&error)) {
        const std::string name = bare(twice->get_option_name());
        throw OptionError(name, "--" + name + " is given more than once");
    }
    if (const auto* named = dynamic_cast<const po::error_with_option_name*>(&error)) {
        const std::string name = bare(named->get_option_name());
        const auto* syntax = dynamic_cast<const po::invalid_syntax*>(&error);
        if (syntax != nullptr && (syntax->kind() == po::invalid_syntax::missing_parameter ||
                                  syntax->kind() == po::invalid_syntax::empty_adjacent_parameter)) {
            throw OptionError(name, "--" + name + " needs a value");
        }
        if (syntax != nullptr && syntax->kind() == po::invalid_syntax::extra_parameter) {
            throw OptionError(name, "--" + name + " takes no value");
        }
        throw OptionError(name, std::string("--") + name + ": " + error.what());
    }
    throw OptionError("", error.what());
}

template <class T>
T one_of(const po::variables_map& given, const std::string& name, const std::map<std::string, T>& choices,
         T otherwise) {
    if (given.count(name) == 0) {
        return otherwise;
    }
    const auto& word = given[name].as<std::string>();
    if (const auto found = choices.find(word); found != choices.end()) {
        return found->second;
    }
    std::vector<std::string> names;
    std::string list;
    for (const auto& [choice, value] : choices) {
        names.push_back(choice);
        list += (list.empty() ? "" : ", ") + choice;
    }
    throw OptionError(
        name, "--" + name + " is one of " + list + ", not \"" + word + "\"" + suggestion(word, names));
}

std::optional<Date> date_option(const po::variables_map& given, const std::string& name) {
    if (given.count(name) == 0) {
        return std::nullopt;
    }
    const auto& word = given[name].as<std::string>();
    const auto date = parse_date(word);
    if (!date) {
        throw OptionError(name,
                          "--" + name + ": \"" + word + "\" is not a date (2018, 2018-07 or 2018-07-03)");
    }
    return date;
}

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

OutputFormat format_of(const po::variables_map& given, const std::optional<std::string>& output) {
    const auto formats = given.count("table") + given.count("json") + given.count("csv");
    if (formats > 1) {
        throw OptionError("json", "--table, --json and --csv exclude each other");
    }
    if (given.count("json") > 0 || (formats == 0 && output && ends_with(*output, ".json"))) {
        return OutputFormat::json;
    }
    if (given.count("csv") > 0 || (formats == 0 && output && ends_with(*output, ".csv"))) {
        return OutputFormat::csv;
    }
    return OutputFormat::table;
}

/// What commands with and without a dataset share.
void read_basics(const po::variables_map& given, CommonOptions& common) {
    if (given.count("output") > 0) {
        common.output = given["output"].as<std::string>();
    }
    common.language = one_of<Language>(given, "lang", {{"fr", Language::fr}, {"en", Language::en}},
                                       language_from_environment());
    if (given.count("seed") > 0) {
        common.seed = given["seed"].as<Count<std::uint64_t>>().value;
    }
    common.quiet = given.count("quiet") > 0;
}

void read_reading(const po::variables_map& given, CommonOptions& common) {
    if (given.count("map") > 0) {
        common.map = given["map"].as<std::string>();
    }
    if (given.count("limit") > 0) {
        common.limits = given["limit"].as<std::vector<std::string>>();
    }
}

void read_common(const po::variables_map& given, CommonOptions& common) {
    read_basics(given, common);
    common.format = format_of(given, common.output);
    common.from = date_option(given, "from");
    common.to = date_option(given, "to");
    if (given.count("scope") > 0) {
        common.scope = given["scope"].as<std::string>();
    }
    common.tie_weight = one_of<TieWeight>(
        given, "tie-weight",
        {{"newman", TieWeight::newman}, {"count", TieWeight::count}, {"one", TieWeight::one}},
        TieWeight::newman);
    common.expertises = one_of<ExpertiseSource>(given, "expertises",
                                                {{"declared", ExpertiseSource::declared},
                                                 {"inferred", ExpertiseSource::inferred},
                                                 {"both", ExpertiseSource::both}},
                                                ExpertiseSource::both);
    if (given.count("threads") > 0) {
        common.threads = given["threads"].as<Count<std::uint32_t>>().value;
        if (common.threads == 0 || common.threads > 1024) {
            throw OptionError("threads", "--threads is a number from 1 to 1024");
        }
    }
}

void write_help(std::ostream& out, const Help& help, const po::options_description& own,
                const po::options_description& common, const std::vector<std::string>& positional,
                bool dataset) {
    out << help.summary << "\n\nExample\n"
        << help.example << "\nUsage\n  maillage " << help.command << (dataset ? " DATASET" : "");
    for (const std::string& word : positional) {
        std::string shown = word;
        std::transform(shown.begin(), shown.end(), shown.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        out << ' ' << shown;
    }
    out << " [options]\n"
        << (dataset
                ? "  DATASET is a folder of CSV tables, a JSON dataset, a prepared file, a workbook or a "
                  "graph "
                  "(GraphML, GEXF, GML,\n  "
                  "Pajek, JSON, …: see maillage convert --help), packed with gzip or not, or - for a file on "
                  "standard input.\n\n"
                : "\n");
    po::options_description shown("Options of " + std::string(help.command));
    bool any = false;
    for (const auto& option : own.options()) {
        if (std::find(positional.begin(), positional.end(), option->long_name()) == positional.end()) {
            shown.add(option);
            any = true;
        }
    }
    if (any) {
        out << shown << '\n';
    }
    out << common << '\n' << help.details;
}

/// The options as given; an empty map after --help.
std::optional<po::variables_map> parse_words(std::span<const std::string> args, const Help& help,
                                             const po::options_description& own, Console console,
                                             const std::vector<std::string>& positional, bool dataset) {
    po::options_description shared = dataset && help.analysis ? common_options() : basic_options();
    if (dataset) {
        add_reading_options(shared);
    }
    po::options_description everything;
    everything.add(own).add(shared);
    if (std::find(args.begin(), args.end(), "--help") != args.end() ||
        std::find(args.begin(), args.end(), "-h") != args.end()) {
        write_help(console.out, help, own, shared, positional, dataset);
        return std::nullopt;
    }
    everything.add_options()("dataset", po::value<std::string>())("surplus",
                                                                  po::value<std::vector<std::string>>());
    po::positional_options_description words;
    if (dataset) {
        words.add("dataset", 1);
    }
    bool all_taken = false;  // the last word may stand for any number of words
    for (const std::string& word : positional) {
        all_taken = own.find(word, false).semantic()->max_tokens() > 1;
        words.add(word.c_str(), all_taken ? -1 : 1);
    }
    if (!all_taken) {
        words.add("surplus", -1);
    }

    po::variables_map given;
    try {
        namespace style = po::command_line_style;
        constexpr int strict = style::allow_long | style::long_allow_adjacent | style::long_allow_next |
                               style::allow_short | style::allow_dash_for_short |
                               style::short_allow_adjacent | style::short_allow_next;
        po::command_line_parser parser(std::vector<std::string>(args.begin(), args.end()));
        po::store(parser.options(everything).positional(words).style(strict).run(), given);
        po::notify(given);
    } catch (const po::error& error) {
        rethrow_as_option_error(error, everything);
    }
    if (given.count("surplus") > 0) {
        throw OptionError("", "what is \"" + given["surplus"].as<std::vector<std::string>>().front() +
                                  "\"? see maillage " + std::string(help.command) + " --help");
    }
    return given;
}

void check_words(const po::variables_map& given, const Help& help,
                 const std::vector<std::string>& positional) {
    for (const std::string& word : positional) {
        if (given.count(word) == 0) {
            throw OptionError(word, "a word is missing: " + word + "; see maillage " +
                                        std::string(help.command) + " --help");
        }
    }
}

}  // namespace

void validate(boost::any& target, const std::vector<std::string>& values, Count<std::uint32_t>*, int) {
    validate_count<std::uint32_t>(target, values);
}

void validate(boost::any& target, const std::vector<std::string>& values, Count<std::uint64_t>*, int) {
    validate_count<std::uint64_t>(target, values);
}

void validate(boost::any& target, const std::vector<std::string>& values, Real*, int) {
    po::validators::check_first_occurrence(target);
    std::string text = po::validators::get_single_string(values);
    const std::string original = text;
    std::replace(text.begin(), text.end(), ',', '.');
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        throw RefusedValue(original, "a number");
    }
    target = Real{value};
}

bool parse(std::span<const std::string> args, const Help& help, const po::options_description& own,
           CommonOptions& common, Console console, const std::vector<std::string>& positional,
           const std::vector<std::string>& optional) {
    std::vector<std::string> words = positional;
    words.insert(words.end(), optional.begin(), optional.end());
    const auto given = parse_words(args, help, own, console, words, true);
    if (!given) {
        return false;
    }
    if (given->count("dataset") == 0) {
        throw OptionError("", "which dataset? see maillage " + std::string(help.command) + " --help");
    }
    check_words(*given, help, positional);
    common.dataset = (*given)["dataset"].as<std::string>();
    help.analysis ? read_common(*given, common) : read_basics(*given, common);
    read_reading(*given, common);
    return true;
}

bool parse_without_dataset(std::span<const std::string> args, const Help& help,
                           const po::options_description& own, CommonOptions& common, Console console,
                           const std::vector<std::string>& positional) {
    const auto given = parse_words(args, help, own, console, positional, false);
    if (!given) {
        return false;
    }
    check_words(*given, help, positional);
    read_basics(*given, common);
    return true;
}

std::vector<std::string> words_of(std::span<const std::string> options) {
    std::vector<std::string> words;
    for (const std::string_view option : options) {
        for (std::size_t begin = 0; begin <= option.size();) {
            const std::size_t end = std::min(option.find(',', begin), option.size());
            if (const auto word = io::trimmed(option.substr(begin, end - begin)); !word.empty()) {
                words.emplace_back(word);
            }
            begin = end + 1;
        }
    }
    return words;
}

}  // namespace maillage::tools

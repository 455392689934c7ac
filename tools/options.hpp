#pragma once

#include "engine/date.hpp"
#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include "tools/command.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maillage::tools {

namespace po = boost::program_options;

/// A whole number read strictly: digits only, in range. Boost would read "-1" as 4294967295.
template <std::unsigned_integral T>
struct Count {
    T value{};
};
void validate(boost::any& target, const std::vector<std::string>& values, Count<std::uint32_t>*, int);
void validate(boost::any& target, const std::vector<std::string>& values, Count<std::uint64_t>*, int);

/// A finite number; decimal comma accepted.
struct Real {
    double value{};
};
void validate(boost::any& target, const std::vector<std::string>& values, Real*, int);

enum class OutputFormat : std::uint8_t { table, json, csv };

/// Options that every command on a dataset takes.
struct CommonOptions {
    std::string dataset;                ///< folder, file, or "-"
    std::optional<std::string> output;  ///< -o FILE
    OutputFormat format = OutputFormat::table;
    Language language = Language::en;  ///< from --lang, else LC_ALL, LC_MESSAGES, LANG
    std::uint64_t seed = 1;
    std::uint32_t threads = 0;  ///< 0: one per core
    std::optional<Date> from, to;
    /// --scope: nothing said (the dataset's own), "all", or attribute=value
    std::optional<std::string> scope;
    TieWeight tie_weight = TieWeight::newman;
    ExpertiseSource expertises = ExpertiseSource::both;
    bool quiet = false;
    std::string map;                  ///< --map: which attribute of a graph is which field
    std::vector<std::string> limits;  ///< --limit NAME=N
};

/// What a command says of itself, for --help.
struct Help {
    std::string_view command;  ///< "match"
    std::string_view summary;  ///< one sentence
    std::string_view example;  ///< worked example: command line, then what it prints, shortened
    std::string_view details;  ///< paragraphs after the options, may be empty
    bool analysis = true;      ///< false: the options that choose what an analysis looks at are not taken
};

/// Parses strictly: unknown options (with the nearest name), missing values, repeated options, abbreviations
/// and surplus words are usage errors. Reads the options common to all commands into `common`.
/// When --help is there, writes it and returns false.
/// `own` holds the command's options; `positional` names the words after the command beyond DATASET
/// (for explain: {"a", "b"}), which must be options of `own`; `optional` those that may follow and be missing.
/// @throws OptionError
[[nodiscard]] bool parse(std::span<const std::string> args, const Help& help,
                         const po::options_description& own, CommonOptions& common, Console console,
                         const std::vector<std::string>& positional = {},
                         const std::vector<std::string>& optional = {});

/// The same for a command that reads no dataset (generate, import). `positional` names the words after the
/// command, all of them needed; the last may be an option of several tokens, which takes all words that are left.
[[nodiscard]] bool parse_without_dataset(std::span<const std::string> args, const Help& help,
                                         const po::options_description& own, CommonOptions& common,
                                         Console console, const std::vector<std::string>& positional = {});

/// The words of options that may be repeated and may hold several with commas between; spaces around them and empty
/// ones are left out.
[[nodiscard]] std::vector<std::string> words_of(std::span<const std::string> options);

/// The choice whose code (to_code) is the word of an option.
/// @throws OptionError naming the choices and the one meant perhaps.
template <class Choice, std::size_t size>
Choice chosen(std::string_view option, const std::string& word, const std::array<Choice, size>& choices) {
    std::vector<std::string> names;
    std::string list;
    for (const Choice choice : choices) {
        if (word == to_code(choice)) {
            return choice;
        }
        names.emplace_back(to_code(choice));
        list += (list.empty() ? "" : ", ") + names.back();
    }
    throw OptionError(std::string(option), "--" + std::string(option) + " is one of " + list + ", not \"" +
                                               word + "\"" + suggestion(word, names));
}

}  // namespace maillage::tools

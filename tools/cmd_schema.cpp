#include "engine/error.hpp"
#include "engine/network.hpp"

#include "tools/commands.hpp"
#include "tools/schemas.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr std::string_view help =
    "Prints the JSON Schema (draft-07) of a document.\n\n"
    "Example\n"
    "  maillage schema --list\n"
    "      communities, description, matches, openness, recommendations, …\n"
    "  maillage schema recommendations > recommendations.schema.json\n\n"
    "Usage\n"
    "  maillage schema NAME\n"
    "  maillage schema --list\n";

ExitCode run(std::span<const std::string> args, Console console) {
    if (std::find(args.begin(), args.end(), "--help") != args.end() ||
        std::find(args.begin(), args.end(), "-h") != args.end()) {
        console.out << help;
        return ExitCode::ok;
    }
    if (args.size() != 1) {
        throw OptionError("", "one name is needed; see maillage schema --list");
    }
    std::vector<std::string> names;
    for (const Schema& schema : schemas()) {
        names.emplace_back(schema.name);
        if (args.front() == "--list") {
            console.out << schema.name << '\n';
        } else if (args.front() == schema.name) {
            console.out << schema.text;
            return ExitCode::ok;
        }
    }
    if (args.front() == "--list") {
        return ExitCode::ok;
    }
    throw OptionError("", "there is no schema \"" + args.front() + "\"" + suggestion(args.front(), names));
}

}  // namespace

const Command schema_command{"schema", "The JSON Schema of a document; --list names them", run};

}  // namespace maillage::tools

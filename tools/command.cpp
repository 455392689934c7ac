#include "tools/command.hpp"

#include "engine/error.hpp"
#include "engine/network.hpp"

#include "io/report/version.hpp"

#include "tools/commands.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <ostream>
#include <vector>

namespace maillage::tools {
namespace {

constexpr std::array commands = {
    &check_command,    &describe_command, &match_command,   &communities_command, &recommend_command,
    &merge_command,    &openness_command, &compare_command, &bridges_command,     &consortium_command,
    &meetings_command, &groups_command,   &explain_command, &evaluate_command,    &run_command,
    &report_command,   &convert_command,  &import_command,  &generate_command,    &schema_command};

void write_help(std::ostream& out) {
    out << "maillage: who complements whom, which groups a network forms, which partnerships to open, how "
           "open it is.\n\n"
           "Example\n"
           "  maillage run datasets/centre-val-de-loire -o results\n"
           "      writes every analysis of the embedded dataset into the folder results\n\n"
           "Usage\n"
           "  maillage COMMAND DATASET [options]\n"
           "  maillage COMMAND --help      an example first, then every option\n"
           "  maillage --version\n\n"
           "Commands\n";
    for (const Command* command : commands) {
        out << "  " << command->name << std::string(14 - std::min<std::size_t>(13, command->name.size()), ' ')
            << command->summary << '\n';
    }
    out << "\nExit codes: 0 done, 2 usage, 3 input unreadable or invalid, 70 internal error, 130 "
           "interrupted.\n";
}

const Command* find_command(std::string_view name) {
    const auto found =
        std::find_if(commands.begin(), commands.end(), [&](const auto* c) { return c->name == name; });
    return found == commands.end() ? nullptr : *found;
}

ExitCode unknown_command(const std::string& name, Console console) {
    std::vector<std::string> names;
    for (const Command* command : commands) {
        names.emplace_back(command->name);
    }
    console.err << "maillage: there is no command \"" << name << '"' << suggestion(name, names)
                << "; see maillage --help\n";
    return ExitCode::usage;
}

void write_diagnostics(const InputError& error, Console console) {
    std::size_t errors = 0;
    std::size_t others = 0;
    for (const Diagnostic& diagnostic : error.diagnostics()) {
        if (diagnostic.severity == Severity::note) {
            ++others;
            continue;
        }
        ++(diagnostic.severity == Severity::error ? errors : others);
        console.err << to_text(diagnostic) << '\n';
    }
    console.err << errors << (errors == 1 ? " error" : " errors");
    if (others > 0) {
        console.err << ", " << others << (others == 1 ? " warning or note" : " warnings and notes");
    }
    console.err << '\n';
}

/// What was wrong with which option. The library names the field of a value; a message that names its option
/// itself, or is about a word that is no option (A, B, the output), stands as it is.
std::string to_text(const OptionError& error) {
    const std::string message = error.what();
    const std::string& field = error.field();
    const bool named =
        field.size() < 2 || field == "output" || message.find("--" + field) != std::string::npos;
    return named ? message : "--" + field + ": " + message;
}

ExitCode run(const Command& command, std::span<const std::string> args, Console console) {
    try {
        return command.run(args, console);
    } catch (const InputError& error) {
        write_diagnostics(error, console);
        return ExitCode::bad_input;
    } catch (const OptionError& error) {
        console.err << "maillage " << command.name << ": " << to_text(error) << '\n';
        return ExitCode::usage;
    } catch (const Error& error) {
        console.err << "maillage " << command.name << ": " << error.what() << '\n';
        return ExitCode::bad_input;
    } catch (const std::bad_alloc&) {
        console.err << "maillage " << command.name << ": not enough memory\n";
        return ExitCode::internal;
    } catch (const std::exception& error) {
        console.err << "maillage " << command.name << ": internal error: " << error.what() << '\n';
        return ExitCode::internal;
    }
}

}  // namespace

std::span<const Command* const> all_commands() noexcept {
    return commands;
}

ExitCode dispatch(std::span<const std::string> args, Console console) {
    if (args.empty()) {
        write_help(console.err);
        return ExitCode::usage;
    }
    const std::string& first = args.front();
    if (first == "--help" || first == "-h" || (first == "help" && args.size() == 1)) {
        write_help(console.out);
        return ExitCode::ok;
    }
    if (first == "--version") {
        console.out << "maillage " << io::version << '\n';
        return ExitCode::ok;
    }
    const bool help = first == "help";
    const std::string& name = help ? args[1] : first;
    const Command* command = find_command(name);
    if (command == nullptr) {
        return unknown_command(name, console);
    }
    const std::vector<std::string> help_args = {"--help"};
    return run(*command, help ? std::span<const std::string>(help_args) : args.subspan(1), console);
}

}  // namespace maillage::tools

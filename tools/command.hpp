#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace maillage::tools {

struct Console {
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    unsigned width = 100;  ///< display columns of `out`
};

enum class ExitCode : int { ok = 0, usage = 2, bad_input = 3, internal = 70, interrupted = 130 };

/// One subcommand: one file, one object with linkage.
struct Command {
    std::string_view name;
    std::string_view summary;
    ExitCode (*run)(std::span<const std::string> args, Console console);
};

/// Every command, in the order of --help.
[[nodiscard]] std::span<const Command* const> all_commands() noexcept;

/// Finds the command, runs it and turns exceptions into exit codes: the one place that does.
/// args: without the program's name.
ExitCode dispatch(std::span<const std::string> args, Console console);

}  // namespace maillage::tools

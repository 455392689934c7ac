#include "tools/command.hpp"
#include "tools/large_pages.hpp"
#include "tools/output.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

namespace {

unsigned width_of_terminal() {
    constexpr unsigned otherwise = 110;
    winsize size{};
    if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col;
    }
    return otherwise;
}

}  // namespace

int main(int argc, char** argv) {
    maillage::tools::use_large_pages();
    std::ios::sync_with_stdio(false);
    maillage::tools::remove_temporaries_on_interrupt();
    const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    const maillage::tools::Console console{.out = std::cout,
                                           .err = std::cerr,
                                           .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                           .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                           .width = width_of_terminal()};
    const auto code = maillage::tools::dispatch(args, console);
    std::cout.flush();
    if (!std::cout && code == maillage::tools::ExitCode::ok) {
        std::cerr << "maillage: cannot write to standard output\n";
        return static_cast<int>(maillage::tools::ExitCode::usage);
    }
    return static_cast<int>(code);
}

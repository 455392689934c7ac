#include "engine/error.hpp"

#include "tools/commands.hpp"
#include "tools/generate/region.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"

#include <charconv>
#include <filesystem>
#include <ostream>
#include <system_error>

namespace maillage::tools {
namespace {

namespace fs = std::filesystem;

constexpr Help help = {
    .command = "generate",
    .summary =
        "Makes a synthetic region of any size, with planted groups, needs and a history, to try things on.",
    .example =
        "  maillage generate -o region --actors 10000 --partnerships 100000 --mixing 0.3 --seed 7\n"
        "      a dataset of 10,000 fictional actors; its groups are in the attribute planted_group\n",
    .details = "The same options give the same bytes. Memory does not grow with the partnerships.\n"};

struct Arguments {
    Count<std::uint32_t> actors{1000}, expertises, groups, opportunities{20};
    Count<std::uint64_t> partnerships;
    Real mixing{0.3};
    std::string years;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("actors", po::value(&a.actors)->value_name("N"), "how many actors (default 1000)");
    add("partnerships", po::value(&a.partnerships)->value_name("M"),
        "how many partnerships (default 10 an actor)");
    add("expertises", po::value(&a.expertises)->value_name("X"),
        "how many expertises (default grows with the actors)");
    add("groups", po::value(&a.groups)->value_name("G"),
        "planted groups (default about the square root of the actors)");
    add("mixing", po::value(&a.mixing)->value_name("S"),
        "share of the partnerships open to every group, 0 to 1 (default 0.3)");
    add("opportunities", po::value(&a.opportunities)->value_name("K"), "how many calls (default 20)");
    add("years", po::value(&a.years)->value_name("FIRST:LAST"), "years of the history (default 2000:2025)");
    return own;
}

void read_years(const std::string& text, RegionOptions& options) {
    if (text.empty()) {
        return;
    }
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, options.first_year);
    const bool colon = first.ec == std::errc{} && first.ptr != end && *first.ptr == ':';
    const auto last = colon ? std::from_chars(first.ptr + 1, end, options.last_year) : first;
    if (!colon || last.ec != std::errc{} || last.ptr != end) {
        throw OptionError("years", "--years is FIRST:LAST, such as 2000:2025, not \"" + text + "\"");
    }
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    CommonOptions common;
    if (!parse_without_dataset(args, help, describe(a), common, console)) {
        return ExitCode::ok;
    }
    if (!common.output) {
        throw OptionError("output", "which folder? say -o FOLDER");
    }
    RegionOptions options{.actors = a.actors.value,
                          .partnerships = a.partnerships.value,
                          .expertises = a.expertises.value,
                          .groups = a.groups.value,
                          .mixing = a.mixing.value,
                          .opportunities = a.opportunities.value,
                          .seed = common.seed};
    read_years(a.years, options);
    validate(options);
    const fs::path folder(*common.output);
    std::error_code error;
    const bool existed = fs::exists(folder, error);
    if (existed && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error))) {
        throw OptionError("output", folder.string() + " exists and is not an empty folder; choose another");
    }
    fs::create_directories(folder, error);
    if (error) {
        throw OptionError("output", "cannot make the folder " + folder.string() + ": " + error.message());
    }
    PendingFiles files;
    write_region(options, [&](const std::string& name, const std::function<void(std::ostream&)>& body) {
        files.write(folder / name, body);
    });
    files.commit();
    return ExitCode::ok;
}

}  // namespace

const Command generate_command{"generate", "a synthetic region of any size, with planted groups and history",
                               run};

}  // namespace maillage::tools

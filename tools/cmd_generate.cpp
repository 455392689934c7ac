#include "engine/error.hpp"

#include "io/report/reading.hpp"

#include "tools/commands.hpp"
#include "tools/generate/region.hpp"
#include "tools/options.hpp"
#include "tools/pending_folder.hpp"
#include "tools/progress.hpp"

#include <charconv>
#include <optional>
#include <ostream>
#include <string>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "generate",
    .summary =
        "Makes a synthetic region of any size, with planted groups, needs and a history, to try things on.",
    .example =
        "  maillage generate -o region --actors 10000 --partnerships 100000 --mixing 0.3 --seed 7\n"
        "      a dataset of 10,000 made-up actors in groups that the attribute planted_group names; three\n"
        "      partnerships in ten join actors of different groups\n"
        "  maillage communities region\n"
        "      which of them are found again\n",
    .details =
        "The same options give the same bytes. Memory does not grow with the actors or partnerships.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> actors{RegionOptions().actors};
    std::optional<Count<std::uint32_t>> partnerships, expertises, groups, opportunities;
    std::optional<Real> mixing;
    std::string years;
    bool force = false;
};

template <class T>
po::typed_value<T>* maybe(std::optional<T>& target, const char* name) {
    return po::value<T>()->value_name(name)->notifier([&target](const T& value) { target = value; });
}

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("actors", po::value(&a.actors)->value_name("N"), "how many actors (default 1000)");
    add("partnerships", maybe(a.partnerships, "M"), "how many partnerships (default 3 an actor)");
    add("expertises", maybe(a.expertises, "X"),
        "how many expertises, those that hold others included (default 4 times the root of the actors, 24 to "
        "600)");
    add("groups", maybe(a.groups, "G"),
        "planted groups (default a third of the root of the actors, 2 to 60)");
    add("mixing", maybe(a.mixing, "S"), "share of the partnerships between groups, 0 to 1 (default 0.3)");
    add("opportunities", maybe(a.opportunities, "K"),
        "how many calls and events (default one for 100 actors, 4 to 200)");
    add("years", po::value(&a.years)->value_name("FIRST:LAST"), "years of the history (default 2010:2025)");
    add("force", po::bool_switch(&a.force), "replace the tables of a folder that is not empty");
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
        throw OptionError("years", "--years is FIRST:LAST, such as 2010:2025, not \"" + text + "\"");
    }
}

RegionOptions region_options(const Arguments& a) {
    const auto value = [](const auto& count) {
        return count ? std::optional<std::uint32_t>(count->value) : std::nullopt;
    };
    RegionOptions options;
    options.actors = a.actors.value;
    options.partnerships = value(a.partnerships);
    options.expertises = value(a.expertises);
    options.groups = value(a.groups);
    options.opportunities = value(a.opportunities);
    options.mixing = a.mixing ? std::optional<double>(a.mixing->value) : std::nullopt;
    options.seed = a.common.seed;
    read_years(a.years, options);
    validate(options);
    return options;
}

void say_what_was_written(const Arguments& a, const RegionOptions& o, Console console) {
    if (a.common.quiet) {
        return;
    }
    const Language language = a.common.language;
    const auto count = [language](std::uint32_t value) { return io::number(std::size_t{value}, language); };
    console.err << *a.common.output << io::pick(language, " : ", ": ") << count(o.actors)
                << io::pick(language, " acteurs fictifs en ", " made-up actors in ") << count(*o.groups)
                << io::pick(language, " groupes plantés, ", " planted groups, ") << count(*o.partnerships)
                << io::pick(language, " partenariats\n", " partnerships\n");
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse_without_dataset(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const RegionOptions options = region_options(a);
    if (!a.common.output) {
        throw OptionError("output", "which folder? say -o FOLDER");
    }
    const Region region(options);
    Progress progress(console.err, console.err_is_terminal && !a.common.quiet);
    PendingFolder folder(*a.common.output, a.force);
    write_region(
        region, [&folder](const auto& name, const auto& body) { folder.write(name, body); },
        [&progress](double share) { progress.show("generate", share); });
    folder.commit();
    progress.clear();
    say_what_was_written(a, region.options(), console);
    return ExitCode::ok;
}

}  // namespace

const Command generate_command{"generate", "A synthetic region of any size, with planted groups and history",
                               run};

}  // namespace maillage::tools

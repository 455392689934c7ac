#include "engine/error.hpp"

#include "io/file_bytes.hpp"
#include "io/report/recommendation_parts.hpp"

#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"

#include <deque>
#include <ostream>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "merge",
    .summary = "Puts the parts of one run of recommend together, as if it had not been cut.",
    .example =
        "  maillage convert region -o region.maillage\n"
        "  maillage recommend region.maillage --shard 1/2 -o part-1.json    # on one machine\n"
        "  maillage recommend region.maillage --shard 2/2 -o part-2.json    # on another\n"
        "  maillage merge part-*.json -o all.json\n"
        "      the same bytes as maillage recommend region.maillage -o all.json\n",
    .details =
        "The parts may be given in any order. Refused, with the reason: a part that is missing or there "
        "twice, parts of\n"
        "different datasets, options or versions, and files that were cut off.\n",
    .analysis = false};

ExitCode run(std::span<const std::string> args, Console console) {
    CommonOptions common;
    std::vector<std::string> names;
    po::options_description own;
    own.add_options()("parts", po::value(&names)->multitoken(), "documents of recommend --shard");
    if (!parse_without_dataset(args, help, own, common, console, {"parts"})) {
        return ExitCode::ok;
    }
    std::deque<io::FileBytes> files;
    std::vector<io::PartFile> parts;
    for (const std::string& name : names) {
        parts.push_back({name, files.emplace_back(name).bytes()});
    }
    if (!common.output) {
        io::merge_recommendation_parts(console.out, parts);
        return ExitCode::ok;
    }
    PendingFiles pending;
    pending.write(*common.output, [&](std::ostream& out) { io::merge_recommendation_parts(out, parts); });
    pending.commit();
    return ExitCode::ok;
}

}  // namespace

const Command merge_command{"merge", "Parts of recommend --shard put together to the document of the whole",
                            run};

}  // namespace maillage::tools

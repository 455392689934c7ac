#include "algorithms/structure/describe.hpp"

#include "io/report/description_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <memory>
#include <optional>
#include <string>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "describe",
    .summary =
        "What is in the network: sizes, ties, who is engaged, which expertises are held and which are "
        "missing.",
    .example =
        "  maillage describe datasets/centre-val-de-loire --lang fr\n"
        "      the network and its scope side by side, coverage by kind and place, the pool of expertises "
        "with\n"
        "      those that rest on a single actor, partnerships by kind and year, gaps in the data\n",
    .details = "Coverage and the pool are those of the scope when there is one; the document has both.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top{DescribeOptions().top};
};

po::options_description describe_options(Arguments& a) {
    po::options_description own;
    own.add_options()("top", po::value(&a.top)->value_name("K"),
                      "actors in the list of the strongest (default 10)");
    return own;
}

/// The whole network, and its scope when it has one.
struct Descriptions {
    Description all;
    std::optional<Description> in_scope;
};

io::Document document_of(const Session& session, const DescribeOptions& options) {
    const Projection& all = session.all();
    const Projection& scoped = session.scoped();
    Descriptions made{describe(session.network(), all, options), std::nullopt};
    if (&all != &scoped) {
        made.in_scope = describe(session.network(), scoped, options, &all);
    }
    const auto descriptions = std::make_shared<const Descriptions>(std::move(made));
    const auto with_both = [&session, &all, &scoped, descriptions](auto use) {
        const io::Described whole{session.network(), all, descriptions->all};
        if (!descriptions->in_scope) {
            return use(whole, nullptr);
        }
        const io::Described inside{session.network(), scoped, *descriptions->in_scope};
        return use(whole, &inside);
    };
    using Inside = const io::Described*;
    io::Document document;
    document.name = "description";
    document.options = [&session, options](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_description_options(json, options);
    };
    document.result = [&session, with_both](io::JsonWriter& json) {
        with_both([&](const io::Described& whole, Inside inside) {
            io::write_description(json, whole, inside, session.language());
        });
    };
    document.reading = [with_both](Language language) {
        return with_both([language](const io::Described& whole, Inside inside) {
            return io::description_reading(whole, inside, language);
        });
    };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe_options(a), a.common, console)) {
        return ExitCode::ok;
    }
    DescribeOptions options;
    options.top = a.top.value;
    validate(options);
    const Session session(a.common, console);
    session.emit(document_of(session, options));
    return ExitCode::ok;
}

}  // namespace

io::Document description_document(const Session& session) {
    return document_of(session, {});
}

const Command describe_command{"describe", "What is in the network", run};

}  // namespace maillage::tools

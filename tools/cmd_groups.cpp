#include "engine/error.hpp"

#include "algorithms/matching/working_group.hpp"

#include "io/report/groups_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

constexpr std::string_view working_group_kind = "working_group";

constexpr Help help = {
    .command = "groups",
    .summary = "Working groups: who in each covers what, what it lacks, who should join, how mixed it is.",
    .example =
        "  maillage groups datasets/centre-val-de-loire --lang en\n"
        "      every working group of opportunities.csv in brief\n\n"
        "  maillage groups datasets/centre-val-de-loire --group cpri-gt4 --members tours,brgm --lang en\n"
        "      one of them as it would stand with these members, and who should join next\n",
    .details =
        "A working group is a row of opportunities.csv of kind working_group; --group takes any opportunity. "
        "Its "
        "members\n"
        "are those of the partnership with the same id (partnerships.csv, members.csv), or of --members.\n\n"
        "Coverage counts the expertises asked for by weight, a neighbouring expertise in part. Who should "
        "join stands "
        "by\n"
        "what coverage would gain, then by how much of the need the actor covers itself, then by kinds and "
        "places "
        "that\n"
        "the group has not. How mixed: the chance that two members differ (Simpson 1949).\n"};

struct Arguments {
    CommonOptions common;
    std::optional<std::string> group;
    std::vector<std::string> members, mixed_by;
    Count<std::uint32_t> top{WorkingGroupOptions().top};
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("group",
        po::value<std::string>()->value_name("ID")->notifier([&a](const std::string& s) { a.group = s; }),
        "only this one (id or title)");
    add("members", po::value(&a.members)->value_name("ID,…"),
        "who is in it (ids or names), instead of those the dataset knows; may be repeated; with --group");
    add("by", po::value(&a.mixed_by)->value_name("ATTRIBUTE,…"),
        "how mixed it is, by these (default kind, place); may be repeated");
    add("top", po::value(&a.top)->value_name("K"), "who should join, for each group (default 10)");
    return own;
}

struct Made {
    WorkingGroupOptions options;
    std::vector<GroupLabels> mixed_by;
    std::vector<io::GroupCase> cases;
    bool one = false;
};

OpportunityId find_group(const Network& network, const std::string& word) {
    if (const auto found = network.find_opportunity(word)) {
        return *found;
    }
    std::vector<std::string> known;
    for (const OpportunityId o : network.opportunities().ids()) {
        known.emplace_back(network.id(o));
        known.emplace_back(network.text(network.opportunities()[o].title));
        if (known.back() == word) {
            return o;
        }
    }
    throw OptionError(
        "group", "there is no working group with the id or title \"" + word + "\"" + suggestion(word, known));
}

std::vector<VertexId> members_of(const Session& session, OpportunityId o,
                                 const std::vector<std::string>& asked) {
    const Network& network = session.network();
    std::vector<VertexId> members;
    for (const std::string& word : asked) {
        members.push_back(session.all().vertex(session.actor(word, "members")));
    }
    if (asked.empty()) {
        if (const auto p = network.find_partnership(network.id(o))) {
            for (const Member& member : network.members(*p)) {
                members.push_back(session.all().vertex(member.actor));
            }
        }
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
}

std::shared_ptr<const Made> make(const Session& session, const Arguments& a) {
    const auto made = std::make_shared<Made>();
    made->options.top = a.top.value;
    validate(made->options);
    const Network& network = session.network();
    const Projection& p = session.all();
    const std::vector<std::string> members = words_of(a.members);
    if (!members.empty() && !a.group) {
        throw OptionError("members", "of which group? say --group ID");
    }
    std::vector<OpportunityId> groups;
    if (a.group) {
        groups.push_back(find_group(network, *a.group));
        made->one = true;
    } else {
        for (const OpportunityId o : network.opportunities().ids()) {
            if (network.text(network.opportunities()[o].kind) == working_group_kind) {
                groups.push_back(o);
            }
        }
    }
    std::vector<std::string> attributes = words_of(a.mixed_by);
    if (attributes.empty()) {
        attributes = {"kind", "place"};
    }
    for (const std::string& attribute : attributes) {
        made->mixed_by.push_back(labels_by(network, p.actor_of, attribute));
    }
    std::vector<const GroupLabels*> by;
    for (const GroupLabels& labels : made->mixed_by) {
        by.push_back(&labels);
    }
    const ExpertiseModel model(p.offers, p.seeks, p.in_scope, &session.taxonomy(), {});
    for (const OpportunityId o : groups) {
        io::GroupCase c;
        c.opportunity = o;
        c.members = members_of(session, o, members);
        c.group = working_group({network.requirements(o), c.members, model, p.graph, p.in_scope, by},
                                made->options);
        made->cases.push_back(std::move(c));
    }
    return made;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const Session session(a.common, console);
    const auto made = make(session, a);
    const auto view = [&session, made] {
        return io::GroupsView{session.network(), session.all(), made->options,     made->mixed_by,
                              made->cases,       made->one,     session.language()};
    };
    io::Document document;
    document.name = "groups";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_groups_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_groups_result(json, view()); };
    document.reading = [view](Language language) { return io::groups_reading(view(), language); };
    session.emit(document);
    return ExitCode::ok;
}

}  // namespace

const Command groups_command{"groups", "Working groups: who covers what, what lacks, who should join", run};

}  // namespace maillage::tools

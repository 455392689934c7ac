#include "engine/error.hpp"

#include "algorithms/consortium/consortium.hpp"

#include "io/read_pairs.hpp"
#include "io/report/consortia_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

using namespace consortium;

constexpr Help help = {
    .command = "consortium",
    .summary = "Who together covers a call, or a set of expertises, at the least cost of coordination.",
    .example =
        "  maillage consortium datasets/centre-val-de-loire --opportunity cpri-gt4 --lang en\n"
        "      the group for the working group on waste, why each is in it, who could take its place, and\n"
        "      groups that differ\n\n"
        "  maillage consortium datasets/mini-region --expertise eau-potable,langues,patrimoine --max-size 3 "
        "\\\n"
        "      --lead rivebelle --objective leader\n\n"
        "  maillage consortium datasets/centre-val-de-loire\n"
        "      one line for every call and working group\n",
    .details =
        "A tie is shorter the stronger it is. Objectives: steiner, the ties that join the members, through "
        "go-betweens\n"
        "where need be; diameter, the two members farthest apart; sum, all distances between those who bring "
        "two\n"
        "expertises; leader, the distances to one of them; openness, most groups of --by, then sum. The "
        "answer is proven\n"
        "to be the best, or the gap is said. An opportunity brings its own conditions (partners, kinds, "
        "countries);\n"
        "options add to them or replace them. Actors out of scope may be members with --outside, and for "
        "calls that\n"
        "ask for several countries.\n"};

struct Arguments {
    CommonOptions common;
    std::optional<std::string> opportunity;
    std::vector<std::string> expertises, include, exclude, committed, kinds, countries, spread;
    std::optional<std::string> lead, apart, by, explain;
    std::string objective = "steiner";
    std::string length = "inverse";
    Real least_level{0.0}, near{1.0}, effort{1.0};
    std::optional<std::uint32_t> min_size, max_size, min_kinds, min_countries;
    Count<std::uint32_t> top{3}, differ{0};
    bool outside = false;
    bool front = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    const auto text = [](std::optional<std::string>& target, const char* name) {
        return po::value<std::string>()->value_name(name)->notifier(
            [&target](const std::string& s) { target = s; });
    };
    const auto size = [](std::optional<std::uint32_t>& target) {
        return po::value<Count<std::uint32_t>>()->value_name("N")->notifier(
            [&target](const Count<std::uint32_t>& n) { target = n.value; });
    };
    const auto list = [](std::vector<std::string>& target, const char* name) {
        return po::value(&target)->value_name(name);
    };
    add("opportunity", text(a.opportunity, "ID"),
        "the call or working group to cover (default: all, in brief)");
    add("expertise", list(a.expertises, "A,B,C"),
        "expertises to cover (id or label); A:2 asks for two different holders; may be repeated");
    add("objective", po::value(&a.objective)->value_name("steiner|diameter|sum|leader|openness"),
        "what is to be small, or for openness large (default steiner)");
    add("length", po::value(&a.length)->value_name("inverse|hops"),
        "length of a tie: 1 / strength, or 1 (default inverse)");
    add("min-size", size(a.min_size), "members at least (default: the opportunity's)");
    add("max-size", size(a.max_size), "members at most (default: the opportunity's)");
    add("lead", text(a.lead, "ID"), "the leader, a member (id or name)");
    add("include", list(a.include, "ID"), "a member in any case; may be repeated");
    add("exclude-actor", list(a.exclude, "ID"), "never a member; may be repeated");
    add("committed", list(a.committed, "ID"), "committed elsewhere, so not a member; may be repeated");
    add("apart", text(a.apart, "FILE"),
        "a table of pairs (columns a, b) that are not to be members together");
    add("require-kind", list(a.kinds, "KIND"), "a member of this kind; may be repeated");
    add("countries", list(a.countries, "A,B"),
        "only actors of these countries, or whose country is not known");
    add("min-kinds", size(a.min_kinds), "different kinds at least");
    add("min-countries", size(a.min_countries), "different countries at least");
    add("min-groups", list(a.spread, "ATTRIBUTE=N"),
        "different values of an attribute at least; may be repeated");
    add("min-level", po::value(&a.least_level)->value_name("L"),
        "level from which an expertise counts as held, 0 to 1 (default 0)");
    add("near", po::value(&a.near)->value_name("S"),
        "nearness in the taxonomy (Wu and Palmer) from which another expertise covers in part (default 1: "
        "none)");
    add("outside", po::bool_switch(&a.outside), "also actors out of scope");
    add("by", text(a.by, "ATTRIBUTE"),
        "whose groups openness counts (default: the first the dataset groups by)");
    add("top", po::value(&a.top)->value_name("K"), "consortia listed (default 3)");
    add("differ", po::value(&a.differ)->value_name("N"),
        "members of each consortium listed that the next does without (default: a third of them)");
    add("front", po::bool_switch(&a.front), "also the trade-offs of coverage, cohesion and openness");
    add("explain", text(a.explain, "ID"), "why this actor is in it, or not (text only)");
    add("effort", po::value(&a.effort)->value_name("F"),
        "times the usual work before a search stops unproven");
    return own;
}

/// "eau" or "eau:2".
Want want_of(const Session& session, const std::string& word) {
    Want want;
    const auto colon = word.rfind(':');
    if (colon != std::string::npos && !session.network().find_expertise(word)) {
        const std::string digits = word.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), want.holders);
        if (error != std::errc{} || end != digits.data() + digits.size() || want.holders == 0) {
            throw OptionError("expertise", "\"" + digits + "\" in \"" + word + "\" is no number of holders");
        }
        want.expertise = session.expertise(word.substr(0, colon), "expertise");
        return want;
    }
    want.expertise = session.expertise(word, "expertise");
    return want;
}

/// Everything a document of consortia refers to.
struct Made {
    std::vector<GroupLabels> groupings;
    std::vector<io::ConsortiumCase> cases;
    bool brief = false;
    std::optional<VertexId> about;
};

class Asker {
public:
    Asker(const Session& session, const Arguments& a)
        : session_(session), a_(a), network_(session.network()) {
        shared_.objective =
            chosen("objective", a.objective,
                   std::array{Objective::steiner, Objective::diameter, Objective::sum_distance,
                              Objective::leader, Objective::openness});
        shared_.length = chosen("length", a.length, std::array{LengthRule::inverse, LengthRule::hops});
        shared_.least_level = a.least_level.value;
        shared_.near = a.near.value;
        shared_.effort = a.effort.value;
        shared_.top = a.top.value;
        shared_.differ = a.differ.value;
        shared_.front = a.front;
        name_groupings();
        name_actors();
        name_rules();
    }

    std::shared_ptr<Made> ask() {
        auto made = std::make_shared<Made>();
        if (a_.explain) {
            made->about = vertex(*a_.explain, "explain");
        }
        std::vector<io::ConsortiumCase> cases;
        if (!a_.expertises.empty()) {
            if (a_.opportunity) {
                throw OptionError("expertise", "--opportunity and --expertise exclude each other");
            }
            cases.push_back(case_of_expertises());
        } else if (a_.opportunity) {
            cases.push_back(case_of(opportunity(*a_.opportunity)));
        } else {
            made->brief = true;
            for (const OpportunityId o : network_.opportunities().ids()) {
                cases.push_back(case_of(o));
                cases.back().options.top = 1;
                cases.back().options.replacements = 0;
                cases.back().options.front = false;
            }
        }
        for (io::ConsortiumCase& c : cases) {
            const std::vector<std::uint8_t> barred = barriers(c);
            const ConsortiumInput input{session_.all().graph, session_.all().offers, session_.taxonomy(),
                                        groupings_, barred};
            c.result = find_consortia(input, c.wants, c.options, session_.execution());
            if (made->about && !made->brief && c.result.feasible &&
                !has_member(c.result.found.front(), *made->about)) {
                ask_with(c, *made->about, barred);
            }
        }
        made->cases = std::move(cases);
        made->groupings = std::move(groupings_);
        return made;
    }

private:
    static bool has_member(const Consortium& c, VertexId v) {
        return std::any_of(c.members.begin(), c.members.end(),
                           [&](const ConsortiumMember& m) { return m.actor == v; });
    }
    /// The best one that has this actor.
    void ask_with(io::ConsortiumCase& c, VertexId actor, std::vector<std::uint8_t> barred) const {
        if ((barred[index_of(actor)] & (excluded | committed)) != 0) {
            return;
        }
        barred[index_of(actor)] = 0;
        ConsortiumOptions options = c.options;
        options.included.push_back(actor);
        options.top = 1;
        options.front = false;
        const ConsortiumInput input{session_.all().graph, session_.all().offers, session_.taxonomy(),
                                    groupings_, barred};
        ConsortiumResult result = find_consortia(input, c.wants, options, session_.execution());
        if (result.feasible) {
            c.with_actor = std::move(result.found.front());
        }
    }
    [[nodiscard]] VertexId vertex(const std::string& word, const char* field) const {
        return session_.all().vertex(session_.actor(word, field));
    }
    std::vector<VertexId> vertices(const std::vector<std::string>& given, const char* field) const {
        std::vector<VertexId> all;
        for (const std::string& text : given) {
            if (network_.find_actor(text)) {
                all.push_back(vertex(text, field));
                continue;
            }
            for (const std::string& word : words_of(std::span(&text, 1))) {
                all.push_back(vertex(word, field));
            }
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    std::size_t grouping(const std::string& attribute) {
        for (std::size_t i = 0; i < groupings_.size(); ++i) {
            if (groupings_[i].attribute() == attribute) {
                return i;
            }
        }
        groupings_.push_back(labels_by(network_, session_.all().actor_of, attribute));
        return groupings_.size() - 1;
    }

    void name_groupings() {
        const auto& group_by = network_.settings().group_by;
        shared_.silos = grouping(a_.by ? *a_.by : group_by.empty() ? "kind" : group_by.front());
        kind_ = grouping("kind");
        country_ = grouping("country");
    }

    void name_actors() {
        if (a_.lead) {
            shared_.lead = vertex(*a_.lead, "lead");
        }
        shared_.included = vertices(a_.include, "include");
        excluded_ = vertices(a_.exclude, "exclude-actor");
        committed_ = vertices(a_.committed, "committed");
        std::vector<VertexId> asked = shared_.included;
        if (shared_.lead) {
            asked.push_back(*shared_.lead);
        }
        for (const VertexId v : asked) {
            const auto is_in = [&](const std::vector<VertexId>& list) {
                return std::binary_search(list.begin(), list.end(), v);
            };
            const bool lead = shared_.lead == v;
            if (is_in(excluded_) || is_in(committed_)) {
                throw OptionError(lead ? "lead" : "include",
                                  std::string(network_.name(session_.all().actor(v))) + " (" +
                                      std::string(network_.id(session_.all().actor(v))) +
                                      ") is asked for and " +
                                      (is_in(excluded_) ? "excluded (--exclude-actor)"
                                                        : "committed elsewhere (--committed)"));
            }
        }
        if (a_.apart) {
            io::PairsFile file = io::read_pairs(*a_.apart, network_);
            for (const auto& [x, y] : file.pairs) {
                shared_.apart.emplace_back(session_.all().vertex(x), session_.all().vertex(y));
            }
        }
    }

    GroupId group_named(std::size_t g, const std::string& word, const char* field) const {
        const auto& names = groupings_[g].names();
        std::vector<std::string> known;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == word) {
                return id_at<GroupId>(i);
            }
            known.push_back(names[i]);
        }
        throw OptionError(field, "no actor has the " + groupings_[g].attribute() + " \"" + word + "\"" +
                                     suggestion(word, known));
    }

    void name_rules() {
        for (const std::string& text : a_.kinds) {
            for (const std::string& word : words_of(std::span(&text, 1))) {
                shared_.required.push_back({kind_, group_named(kind_, word, "require-kind")});
            }
        }
        for (const std::string& text : a_.countries) {
            for (const std::string& word : words_of(std::span(&text, 1))) {
                countries_.push_back(word);
                static_cast<void>(group_named(country_, word, "countries"));
            }
        }
        for (const std::string& text : a_.spread) {
            const auto equals = text.rfind('=');
            std::uint32_t n = 0;
            const char* begin = text.data() + (equals == std::string::npos ? 0 : equals + 1);
            const auto [end, error] = std::from_chars(begin, text.data() + text.size(), n);
            if (equals == std::string::npos || error != std::errc{} || end != text.data() + text.size() ||
                n == 0) {
                throw OptionError("min-groups", "is ATTRIBUTE=N, as in territory=3, not \"" + text + "\"");
            }
            shared_.spread.push_back({grouping(text.substr(0, equals)), n});
        }
    }

    OpportunityId opportunity(const std::string& word) const {
        if (const auto found = network_.find_opportunity(word)) {
            return *found;
        }
        std::vector<std::string> known;
        for (const OpportunityId o : network_.opportunities().ids()) {
            known.emplace_back(network_.id(o));
            known.emplace_back(network_.text(network_.opportunities()[o].title));
            if (known.back() == word) {
                return o;
            }
        }
        throw OptionError("opportunity", "there is no opportunity with the id or title \"" + word + "\"" +
                                             suggestion(word, known));
    }

    io::ConsortiumCase case_of_expertises() const {
        io::ConsortiumCase c;
        c.options = shared_;
        for (const std::string& text : a_.expertises) {
            for (const std::string& word : words_of(std::span(&text, 1))) {
                const Want want = want_of(session_, word);
                const bool twice = std::any_of(c.wants.begin(), c.wants.end(),
                                               [&](const Want& w) { return w.expertise == want.expertise; });
                if (twice) {
                    throw OptionError("expertise", std::string(network_.id(want.expertise)) +
                                                       " is given twice; " +
                                                       std::string(network_.id(want.expertise)) +
                                                       ":2 asks for two holders");
                }
                c.wants.push_back(want);
            }
        }
        if (c.wants.empty()) {
            throw OptionError("expertise", "names no expertise");
        }
        apply(c, {}, {}, {}, {});
        c.outside = a_.outside;
        return c;
    }

    io::ConsortiumCase case_of(OpportunityId o) const {
        io::ConsortiumCase c;
        c.opportunity = o;
        c.options = shared_;
        for (const Requirement& r : network_.requirements(o)) {
            c.wants.push_back({r.expertise, r.weight, r.min_holders});
        }
        const Opportunity& call = network_.opportunities()[o];
        apply(c, call.min_partners, call.max_partners, call.min_kinds, call.min_countries);
        for (const TextId kind : call.required_kinds) {
            const auto& names = groupings_[kind_].names();
            const auto found = std::find(names.begin(), names.end(), network_.text(kind));
            auto g = static_cast<std::size_t>(found - names.begin());
            if (found == names.end()) {  // nobody is of it: told as a conflict
                g += c.absent_groups.size();
                c.absent_groups.emplace_back(network_.text(kind));
            }
            c.options.required.push_back({kind_, id_at<GroupId>(g)});
        }
        c.outside = a_.outside || call.min_countries.value_or(0) > 1 || !call.countries.empty();
        return c;
    }

    void apply(io::ConsortiumCase& c, std::optional<std::uint32_t> least, std::optional<std::uint32_t> most,
               std::optional<std::uint32_t> kinds, std::optional<std::uint32_t> countries) const {
        c.options.min_size = a_.min_size.value_or(least.value_or(0));
        c.options.max_size = a_.max_size.value_or(most.value_or(0));
        const std::uint32_t k = a_.min_kinds.value_or(kinds.value_or(0));
        const std::uint32_t n = a_.min_countries.value_or(countries.value_or(0));
        if (k > 0) {
            c.options.spread.push_back({kind_, k});
        }
        if (n > 0) {
            c.options.spread.push_back({country_, n});
        }
        if (a_.max_size && *a_.max_size == 0) {
            throw OptionError("max-size", "must be at least 1");
        }
    }

    /// Why each actor may not be a member; whoever is asked for by name may, in scope or not.
    [[nodiscard]] std::vector<std::uint8_t> barriers(const io::ConsortiumCase& c) const {
        const Projection& p = session_.all();
        std::vector<std::uint8_t> barred(p.graph.vertex_count(), 0);
        std::vector<std::string_view> admitted(countries_.begin(), countries_.end());
        if (c.opportunity && admitted.empty()) {
            for (const TextId country : network_.opportunities()[*c.opportunity].countries) {
                admitted.push_back(network_.text(country));
            }
        }
        for (std::size_t v = 0; v < barred.size(); ++v) {
            if (!c.outside && !p.in_scope.empty() && p.in_scope[v] == 0) {
                barred[v] |= out_of_scope;
            }
            const auto country = network_.text(network_.actors()[p.actor(id_at<VertexId>(v))].country);
            if (!admitted.empty() && !country.empty() &&
                std::find(admitted.begin(), admitted.end(), country) == admitted.end()) {
                barred[v] |= other_country;
            }
        }
        const auto mark = [&](const std::vector<VertexId>& list, std::uint8_t bit) {
            for (const VertexId v : list) {
                barred[index_of(v)] |= bit;
            }
        };
        mark(excluded_, excluded);
        mark(committed_, committed);
        const auto admit = [&](VertexId v) {
            barred[index_of(v)] &= static_cast<std::uint8_t>(~out_of_scope);
        };
        std::for_each(c.options.included.begin(), c.options.included.end(), admit);
        if (c.options.lead) {
            admit(*c.options.lead);
        }
        return barred;
    }

    const Session& session_;
    const Arguments& a_;
    const Network& network_;
    ConsortiumOptions shared_;
    std::vector<GroupLabels> groupings_;
    std::size_t kind_ = 0, country_ = 0;
    std::vector<VertexId> excluded_, committed_;
    std::vector<std::string> countries_;
};

io::Document document_of(const Session& session, const Arguments& a) {
    const std::shared_ptr<const Made> made = Asker(session, a).ask();
    const auto view = [&session, made] {
        return io::ConsortiaView{session.network(), session.all(), made->groupings,   made->cases,
                                 made->brief,       made->about,   session.language()};
    };
    io::Document document;
    document.name = "consortia";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_consortia_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_consortia_result(json, view()); };
    document.reading = [view](Language language) { return io::consortia_reading(view(), language); };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const Session session(a.common, console);
    session.emit(document_of(session, a));
    return ExitCode::ok;
}

}  // namespace

io::Document consortia_document(const Session& session) {
    return document_of(session, Arguments());
}

io::Document consortium_document(const Session& session, const std::string& opportunity,
                                 const std::string& actor) {
    Arguments a;
    a.opportunity = opportunity;
    a.explain = actor;
    return document_of(session, a);
}

const Command consortium_command{"consortium", "Who together covers a call or a set of expertises", run};

}  // namespace maillage::tools

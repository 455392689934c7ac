#include "engine/error.hpp"

#include "algorithms/segregation/change.hpp"

#include "io/report/comparison_document.hpp"

#include "tools/commands.hpp"
#include "tools/grouping.hpp"
#include "tools/options.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "compare",
    .summary = "What changed between two datasets, or two dates of one, and what of it the data can prove.",
    .example =
        "  maillage compare datasets/centre-val-de-loire --at 2015 --at 2024 --lang fr\n"
        "      who came and left, density, and openness of the partnerships that ran in either year: the "
        "E-I\n"
        "      index and others with the probability of each difference\n\n"
        "  maillage compare last-year this-year --by kind\n"
        "      two datasets; actors are the same when their ids are\n",
    .details =
        "All actors in scope are compared, and those alone that have ties at both dates. Density is told "
        "apart from\n"
        "mixing. The probability of a change: which ties were kept, ended or begun is dealt out anew 999 "
        "times over\n"
        "all of them. --from and --to hold for both sides, and --at goes first.\n"};

struct Arguments {
    CommonOptions common;
    std::string second;
    std::vector<std::string> at, by;
    Count<std::uint32_t> replicates{ChangeOptions().replicates};
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    own.add_options()("d2", po::value(&a.second)->value_name("DATASET"),
                      "the second dataset, also as the second word")(
        "at", po::value(&a.at)->value_name("DATE"),
        "twice: the two dates (a year, month or day) at which partnerships ran")(
        "by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "what makes the groups, as for openness; may be repeated (default: the dataset's own)")(
        "replicates", po::value(&a.replicates)->value_name("R"), "draws of the test of change (default 999)");
    return own;
}

Date date_of(const std::string& word) {
    const auto date = parse_date(word);
    if (!date) {
        throw OptionError("at", "--at: \"" + word + "\" is not a date (2018, 2018-07 or 2018-07-03)");
    }
    return *date;
}

/// Actors and ties of both sides over the vertices that either has, by id.
class Together {
public:
    Together(const Session& before, const Session& after, Projection first, Projection second)
        : sessions_{&before, &after}, projections_{std::move(first), std::move(second)} {
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            for (const ActorId actor : projections_[side].actor_of) {
                ids_.emplace_back(network(side).id(actor));
            }
        }
        std::sort(ids_.begin(), ids_.end());
        ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            place(side);
        }
    }

    [[nodiscard]] const Network& network(std::size_t side) const { return sessions_[side]->network(); }
    [[nodiscard]] const Projection& projection(std::size_t side) const { return projections_[side]; }
    [[nodiscard]] const CsrGraph& graph(std::size_t side) const { return graphs_[side]; }
    [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }

    /// The groups of a side; `keep` says of whom (empty: all).
    [[nodiscard]] GroupLabels labels(std::size_t side, std::string_view by,
                                     const std::vector<std::uint8_t>& keep) const {
        const GroupLabels own = grouping(*sessions_[side], projections_[side], by);
        std::vector<std::string> cells(ids_.size());
        for (std::size_t v = 0; v < position_[side].size(); ++v) {
            const std::size_t at = position_[side][v];
            for (const GroupId g : own.of(id_at<VertexId>(v))) {
                if (keep.empty() || keep[at]) {
                    cells[at] += (cells[at].empty() ? "" : "|") + own.name(g);
                }
            }
        }
        const std::vector<std::string_view> views(cells.begin(), cells.end());
        return {std::string(by), views};
    }

private:
    void place(std::size_t side) {
        const Projection& p = projections_[side];
        for (const ActorId actor : p.actor_of) {
            position_[side].push_back(static_cast<std::size_t>(
                std::lower_bound(ids_.begin(), ids_.end(), network(side).id(actor)) - ids_.begin()));
        }
        std::vector<Tie> ties;
        const GraphView g = p.graph;
        for (const VertexId v : g.vertices()) {
            for (const VertexId u : g.neighbours(v)) {
                if (v < u) {
                    ties.push_back({id_at<VertexId>(position_[side][index_of(v)]),
                                    id_at<VertexId>(position_[side][index_of(u)]), 1.0});
                }
            }
        }
        graphs_[side] = CsrGraph::from_ties(ids_.size(), ties);
    }

    const Session* sessions_[2];
    Projection projections_[2];
    std::vector<std::string> ids_;
    std::vector<std::size_t> position_[2];
    CsrGraph graphs_[2];
};

io::ComparedSide side_of(const Session& session, const Projection& p, const ProjectionOptions& options) {
    io::ComparedSide side;
    side.title = session.network().settings().title;
    side.digest = session.header().digest;
    side.from = options.from;
    side.to = options.to;
    side.actors = p.graph.vertex_count();
    const GraphView g = p.graph;
    for (const VertexId v : g.vertices()) {
        side.with_ties += g.degree(v) > 0 ? 1U : 0U;
    }
    side.partnerships = p.summary.used;
    side.undated = p.summary.undated;
    return side;
}

/// The options of a session, at a date when one is given.
ProjectionOptions options_at(const Session& session, const std::vector<std::string>& at, std::size_t side) {
    ProjectionOptions options = session.projection_options();
    options.scope_only = options.scope.has_value();
    if (!at.empty()) {
        options.from = date_of(at[side]);
        options.to = options.from;
    }
    return options;
}

io::Comparison compare(const Session& first, const Session& second, const Arguments& a) {
    const ProjectionOptions options[2] = {options_at(first, a.at, 0), options_at(second, a.at, 1)};
    const Together both(first, second, project(first.network(), options[0]),
                        project(second.network(), options[1]));
    io::Comparison c;
    c.two_datasets = &first != &second;
    c.before = side_of(first, both.projection(0), options[0]);
    c.after = side_of(second, both.projection(1), options[1]);
    std::vector<std::uint8_t> common(both.ids().size(), 0);
    for (std::size_t v = 0; v < both.ids().size(); ++v) {
        const bool then = both.graph(0).view().degree(id_at<VertexId>(v)) > 0;
        const bool now = both.graph(1).view().degree(id_at<VertexId>(v)) > 0;
        common[v] = then && now ? 1 : 0;
        c.common_actors += common[v];
        if (then != now) {
            (then ? c.gone_actors : c.new_actors).push_back(both.ids()[v]);
        }
    }
    const ChangeOptions change{.replicates = a.replicates.value, .seed = first.common().seed};
    for (const std::string& by : groupings_asked(first, a.by)) {
        io::ComparedAttribute attribute;
        attribute.attribute = by;
        const GroupLabels before = both.labels(0, by, {});
        const GroupLabels after = both.labels(1, by, {});
        attribute.all = change_of_mixing(both.graph(0), before, both.graph(1), after, change);
        for (std::size_t v = 0; v < both.ids().size(); ++v) {
            const auto x = before.of(id_at<VertexId>(v));
            const auto y = after.of(id_at<VertexId>(v));
            const bool same = std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](GroupId g, GroupId h) {
                return before.name(g) == after.name(h);
            });
            attribute.moved += !x.empty() && !y.empty() && !same ? 1U : 0U;
        }
        if (c.common_actors > 0) {
            attribute.common = change_of_mixing(both.graph(0), both.labels(0, by, common), both.graph(1),
                                                both.labels(1, by, common), change);
        }
        c.attributes.push_back(std::move(attribute));
        first.execution().report("compare", 1.0);
    }
    return c;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console, {}, {"d2"})) {
        return ExitCode::ok;
    }
    if (!a.at.empty() && a.at.size() != 2) {
        throw OptionError("at", "--at is given twice: --at 2015 --at 2024");
    }
    if (a.at.empty() && a.second.empty()) {
        throw OptionError("at", "compare what? a second dataset, or two dates: --at 2015 --at 2024");
    }
    for (const std::string& word : a.at) {
        static_cast<void>(date_of(word));  // before a dataset is read
    }
    const Session first(a.common, console);
    std::optional<Session> other;
    if (!a.second.empty()) {
        CommonOptions common = a.common;
        common.dataset = a.second;
        other.emplace(common, console);
    }
    const Session& second = other ? *other : first;
    const auto comparison = std::make_shared<const io::Comparison>(compare(first, second, a));
    io::Document document;
    document.name = "comparison";
    document.options = [&](io::JsonWriter& json) {
        first.write_common_options(json);
        json.key("at").begin_array();
        for (const std::string& at : a.at) {
            json.value(at);
        }
        json.end_array().key("by").begin_array();
        for (const io::ComparedAttribute& attribute : comparison->attributes) {
            json.value(attribute.attribute);
        }
        json.end_array().field("replicates", std::uint32_t{a.replicates.value});
    };
    document.result = [&](io::JsonWriter& json) {
        io::write_comparison(json, second.network(), *comparison, first.language());
    };
    document.reading = [&](Language language) {
        return io::comparison_reading(first.network(), second.network(), *comparison, language);
    };
    first.emit(document);
    return ExitCode::ok;
}

}  // namespace

const Command compare_command{"compare", "What changed between two datasets, or two dates of one?", run};

}  // namespace maillage::tools

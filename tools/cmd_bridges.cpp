#include "engine/error.hpp"
#include "engine/labels.hpp"

#include "algorithms/matching/complementarity.hpp"
#include "algorithms/recommend/candidates.hpp"
#include "algorithms/recommend/explanation.hpp"
#include "algorithms/recommend/pair_scorer.hpp"
#include "algorithms/segregation/bridging.hpp"

#include "io/report/bridges_document.hpp"
#include "io/report/page/page_views.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/recommend_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

namespace maillage::tools {
namespace {

constexpr Help help = {
    .command = "bridges",
    .summary = "Which new partnerships would open the silos most, and what holds the network together.",
    .example =
        "  maillage bridges datasets/centre-val-de-loire --by kind --top 10 --lang en\n"
        "      ten partnerships between kinds of actors, each with its exact effect, how plausible it is and "
        "why;\n"
        "      every group before and after; the ties and actors that must not be lost; the brokers\n\n"
        "  maillage bridges datasets/karate --by club --weigh none --target 5 --ei-target 0\n"
        "      how many ties bring the mean bubble radius to 5, and how many the E-I index to 0\n",
    .details =
        "Objectives: bubble, steps that a walk along partnerships needs to leave its group (RePBubLik 2021); "
        "controversy,\n"
        "whether walks end on the side they began on (RWC, Garimella et al. 2018); reach, actors of other "
        "groups within\n"
        "two ties. A proposed tie crosses every attribute given. Pairs that share a partnership of any kind "
        "are never\n"
        "proposed. Ties are chosen one by one, by effect times plausibility over cost; effects are exact.\n"};

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> top{BridgingOptions().top}, steps{BridgingOptions().steps},
        end_points{BridgingOptions().end_points}, most{BridgingOptions().most};
    std::vector<std::string> by;
    std::string objective = "bubble";
    std::string weigh = "recommendation";
    std::string cost = "none";
    std::optional<double> target, ei_target;
    bool isolates = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    add("by", po::value(&a.by)->value_name("ATTRIBUTE"),
        "groups to open; may be repeated, a tie then crosses all (default: the first the dataset groups by)");
    add("top", po::value(&a.top)->value_name("K"), "partnerships to find (default 20)");
    add("objective", po::value(&a.objective)->value_name("NAME"), "bubble (default), controversy or reach");
    add("weigh", po::value(&a.weigh)->value_name("NAME"),
        "what makes a tie plausible: recommendation (default), complementarity or none");
    add("cost", po::value(&a.cost)->value_name("NAME"),
        "none (default), or distance: effects are divided by 1 + km / 100");
    add("target", po::value<Real>()->value_name("VALUE")->notifier([&a](Real r) { a.target = r.value; }),
        "go on until the objective's figure is there, and say how many ties that takes");
    add("ei-target",
        po::value<Real>()->value_name("VALUE")->notifier([&a](Real r) { a.ei_target = r.value; }),
        "say how many ties bring the E-I index there");
    add("most", po::value(&a.most)->value_name("K"), "ties tried for a target (default 500)");
    add("steps", po::value(&a.steps)->value_name("T"), "bubble: steps counted at most (default 10)");
    add("end-points", po::value(&a.end_points)->value_name("K"),
        "controversy: best linked actors of each group where walks end (default 3)");
    add("isolates", po::bool_switch(&a.isolates),
        "count actors without any tie too, and propose ties to them");
    return own;
}

template <class Value>
Value one_of(const std::string& word, std::string_view field,
             const std::vector<std::pair<std::string, Value>>& known) {
    std::vector<std::string> names;
    for (const auto& [name, value] : known) {
        if (word == name) {
            return value;
        }
        names.push_back(name);
    }
    std::string all;
    for (const std::string& name : names) {
        all += (all.empty() ? "" : ", ") + name;
    }
    throw OptionError(std::string(field), "\"" + word + "\" is none of " + all + suggestion(word, names));
}

io::BridgesOptions options_of(const Arguments& a) {
    io::BridgesOptions o;
    o.bridging.objective = one_of<BridgeObjective>(a.objective, "objective",
                                                   {{"bubble", BridgeObjective::bubble},
                                                    {"controversy", BridgeObjective::controversy},
                                                    {"reach", BridgeObjective::reach}});
    o.weighing = one_of<io::PairWeighing>(a.weigh, "weigh",
                                          {{"recommendation", io::PairWeighing::recommendation},
                                           {"complementarity", io::PairWeighing::complementarity},
                                           {"none", io::PairWeighing::none}});
    o.distance_costs = one_of<bool>(a.cost, "cost", {{"none", false}, {"distance", true}});
    o.bridging.top = a.top.value;
    o.bridging.steps = a.steps.value;
    o.bridging.end_points = a.end_points.value;
    o.bridging.most = a.most.value;
    o.bridging.target = a.target;
    o.bridging.isolates = a.isolates;
    o.ei_target = a.ei_target;
    validate(o.bridging);
    return o;
}

/// Along a great circle (haversine), on a sphere of 6,371 km.
std::optional<double> kilometres(const Actor& a, const Actor& b) {
    if (!a.lat || !a.lon || !b.lat || !b.lon) {
        return std::nullopt;
    }
    constexpr double degree = std::numbers::pi / 180.0;
    constexpr double diameter = 2.0 * 6371.0;
    const double across = std::sin((*b.lat - *a.lat) * degree / 2.0);
    const double along = std::sin((*b.lon - *a.lon) * degree / 2.0);
    const double h = across * across + std::cos(*a.lat * degree) * std::cos(*b.lat * degree) * along * along;
    return diameter * std::asin(std::min(1.0, std::sqrt(h)));
}

class Bridges {
public:
    Bridges(const Session& session, const io::BridgesOptions& options,
            const std::vector<std::string>& attributes)
        : session_(session), options_(options), model_(session, attributes) {
        const Projection& p = session.scoped();
        const GraphView g = p.graph.view();
        for (const std::string& attribute : attributes) {
            groupings_.push_back(labels_by(session.network(), p.actor_of, attribute));
        }
        for (const VertexId v : g.vertices()) {
            const Actor& actor = session.network().actors()[p.actor(v)];
            without_coordinates_ += actor.lat && actor.lon ? 0U : 1U;
        }
        scorers_.resize(std::max<std::uint32_t>(1, session.execution().threads));
        find(g);
        cohesion_ = cohesion(g, groupings_, holding_listed);
        const Positions where = positions(g, false, {}, session.execution());
        for (const GroupLabels& labels : groupings_) {
            brokers_.push_back(brokers(g, labels, where));
        }
    }
    Bridges(const Bridges&) = delete;
    Bridges& operator=(const Bridges&) = delete;
    ~Bridges() = default;

    [[nodiscard]] io::BridgesView view() const {
        return {session_.network(), session_.scoped(), session_.all(), model_.pairs(),
                groupings_,         options_,          result_,        pairs_,
                alternative_,       cohesion_,         brokers_,       without_coordinates_,
                session_.language()};
    }

private:
    static constexpr std::size_t holding_listed = 20;

    /// The vertex in the surroundings, which the model is about.
    [[nodiscard]] VertexId outer(VertexId v) const {
        return session_.all().vertex(session_.scoped().actor(v));
    }
    [[nodiscard]] std::optional<double> apart(VertexId a, VertexId b) const {
        const auto& actors = session_.network().actors();
        return kilometres(actors[session_.scoped().actor(a)], actors[session_.scoped().actor(b)]);
    }

    [[nodiscard]] double plausibility(VertexId a, VertexId b, std::size_t worker) {
        const PairModel& model = model_.pairs();
        switch (options_.weighing) {
            case io::PairWeighing::recommendation: {
                if (!scorers_[worker]) {
                    scorers_[worker] = std::make_unique<PairScorer>(model);
                }
                const PairScore score = (*scorers_[worker])(outer(a), outer(b));
                const double evidence = score.score - score.contributions[Feature::crossing];
                return evidence < least_evidence
                           ? 0.0
                           : evidence / (1.0 - model.options().weights[Feature::crossing]);
            }
            case io::PairWeighing::complementarity:
                return fit(a, b).value_or(0.0);
            case io::PairWeighing::none:
                return 1.0;
        }
        return 1.0;
    }
    [[nodiscard]] std::optional<double> fit(VertexId a, VertexId b) const {
        const PairModel& model = model_.pairs();
        return complementarity(model.masses(outer(a), outer(b)), model.options().complementarity).score;
    }

    void judge(VertexId a, std::span<const VertexId> others, std::span<PairWorth> worth, std::size_t worker) {
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (options_.distance_costs) {
                const std::optional<double> far = apart(a, others[i]);
                if (!far) {
                    worth[i].plausibility = 0.0;
                    continue;
                }
                worth[i].cost = 1.0 + *far / 100.0;
            }
            worth[i].plausibility = plausibility(a, others[i], worker);
        }
    }

    void find(GraphView g) {
        const Projection& all = session_.all();
        const GraphView outside =
            session_.links().vertex_count() == 0 ? all.graph.view() : session_.links().view();
        std::vector<Tie> inside;
        for (const VertexId v : g.vertices()) {
            for (const VertexId u : outside.neighbours(outer(v))) {
                const VertexId own = session_.scoped().vertex(all.actor(u));
                if (own != none<VertexId> && v < own) {
                    inside.push_back({v, own, 1.0});
                }
            }
        }
        const CsrGraph links = CsrGraph::from_ties(g.vertex_count(), inside);
        BridgingInput input;
        input.ties = g;
        input.links = links;
        input.groupings = groupings_;
        input.judge = [this](VertexId a, std::span<const VertexId> others, std::span<PairWorth> worth,
                             std::size_t worker) { judge(a, others, worth, worker); };
        result_ = bridging(input, options_.bridging, session_.execution());
        PairExplainer explain(model_.pairs(), {}, count_ei(model_.pairs().input()));
        for (const Bridge& bridge : result_.bridges) {
            pairs_.push_back({explain(outer(bridge.a), outer(bridge.b)), apart(bridge.a, bridge.b)});
        }
        for (const Bridging::Strong& strong : result_.strongest) {
            const double worth = fit(strong.a, strong.b).value_or(0.0);
            if (worth > 0.0 && (!alternative_ || worth > alternative_->complementarity + 1e-12)) {
                alternative_ = {strong, strong.effect / result_.strongest.front().effect, worth};
            }
        }
    }

    const Session& session_;
    io::BridgesOptions options_;
    RecommendModel model_;
    std::vector<GroupLabels> groupings_;
    std::vector<std::unique_ptr<PairScorer>> scorers_;
    Bridging result_;
    std::vector<io::BridgePair> pairs_;
    std::optional<io::BridgeAlternative> alternative_;
    Cohesion cohesion_;
    std::vector<Brokers> brokers_;
    std::size_t without_coordinates_ = 0;
};

io::Document document_of(const Session& session, const io::BridgesOptions& options,
                         std::vector<std::string> attributes) {
    if (attributes.empty()) {
        const auto& own = session.network().settings().group_by;
        attributes.push_back(own.empty() ? "kind" : own.front());
    }
    const auto made = std::make_shared<const Bridges>(session, options, attributes);
    io::Document document;
    document.name = "bridges";
    document.options = [&session, made](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_bridges_options(json, made->view());
    };
    document.result = [made](io::JsonWriter& json) { io::write_bridges_result(json, made->view()); };
    document.page = [made](io::PageViews& page) { page.bridges.emplace(made->view()); };
    document.reading = [made](Language language) { return io::bridges_reading(made->view(), language); };
    return document;
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const io::BridgesOptions options = options_of(a);
    const Session session(a.common, console);
    session.emit(document_of(session, options, a.by));
    return ExitCode::ok;
}

}  // namespace

io::Document bridges_document(const Session& session, const std::vector<std::string>& attributes) {
    return document_of(session, {}, attributes);
}

const Command bridges_command{"bridges", "Which new partnerships would open the silos most", run};

}  // namespace maillage::tools

#include "engine/projection.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace maillage {
namespace {

constexpr std::size_t largest_partnership = 4096;
constexpr double half_life_years = 10.0;
constexpr double recency_undated = 0.5;

void check(const Network& network, const ProjectionOptions& options) {
    if (options.from && options.to && options.from->first_day() > options.to->last_day()) {
        throw OptionError("from",
                          "--from " + to_text(*options.from) + " is after --to " + to_text(*options.to));
    }
    std::vector<std::string> kinds;
    for (const auto& partnership : network.partnerships().items()) {
        kinds.emplace_back(network.text(partnership.kind));
    }
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    for (const std::string& excluded : options.excluded_kinds) {
        if (!std::binary_search(kinds.begin(), kinds.end(), excluded)) {
            throw OptionError("exclude-kind",
                              "no partnership is of kind \"" + excluded + "\"" + suggestion(excluded, kinds));
        }
    }
}

bool in_window(const Partnership& p, const ProjectionOptions& options) {
    const bool ended_before = options.from && p.end && p.end->last_day() < options.from->first_day();
    const bool begins_after = options.to && p.start && p.start->first_day() > options.to->last_day();
    return !ended_before && !begins_after;
}

double pair_weight(const Partnership& p, std::size_t members, TieWeight how) {
    switch (how) {
        case TieWeight::newman:
            return p.weight / static_cast<double>(members - 1);
        case TieWeight::count:
            return p.weight;
        case TieWeight::one:
            break;
    }
    return 1.0;
}

/// Years since the partnership ended at the reference date, as a factor 2^(-age/10).
double recency(const Partnership& p, std::optional<Date> reference) {
    if (!p.start && !p.end) {
        return recency_undated;
    }
    if (!p.end || !reference) {
        return 1.0;
    }
    const double age = std::max(0.0, reference->as_years() - p.end->as_years());
    return std::exp2(-age / half_life_years);
}

/// Members are in vertex order, so every tie has a < b already.
void keep_one_a_pair(std::vector<Tie>& ties) {
    const auto before = [](const Tie& x, const Tie& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; };
    const auto same = [](const Tie& x, const Tie& y) { return x.a == y.a && x.b == y.b; };
    std::sort(ties.begin(), ties.end(), before);
    ties.erase(std::unique(ties.begin(), ties.end(), same), ties.end());
}

class Projector {
public:
    Projector(const Network& network, const ProjectionOptions& options)
        : network_(network), options_(options) {}

    Projection run() {
        choose_vertices();
        collect_ties();
        collect_expertises();
        return std::move(result_);
    }

private:
    void choose_vertices() {
        const auto inside = network_.in_scope(options_.scope);
        result_.vertex_of.assign(network_.actors().size(), none<VertexId>);
        for (const ActorId a : network_.actors().ids()) {
            if (options_.scope_only && inside[index_of(a)] == 0) {
                continue;
            }
            result_.vertex_of[index_of(a)] = id_at<VertexId>(result_.actor_of.size());
            result_.actor_of.push_back(a);
            result_.in_scope.push_back(inside[index_of(a)]);
        }
    }

    void collect_ties() {
        result_.partnership_used.assign(network_.partnerships().size(), 0);
        std::vector<Tie> ties;
        std::vector<VertexId> members;
        for (const PartnershipId p : network_.partnerships().ids()) {
            const Partnership& partnership = network_.partnerships()[p];
            if (excluded(partnership)) {
                ++result_.summary.excluded_kind;
                continue;
            }
            if (!in_window(partnership, options_)) {
                ++result_.summary.outside_window;
                continue;
            }
            members.clear();
            for (const Member& member : network_.members(p)) {
                if (const VertexId v = result_.vertex(member.actor); v != none<VertexId>) {
                    members.push_back(v);
                }
            }
            if (members.size() < 2) {
                ++result_.summary.lone;
                continue;
            }
            result_.partnership_used[index_of(p)] = 1;
            ++result_.summary.used;
            result_.summary.undated += !partnership.start && !partnership.end ? 1U : 0U;
            add_pairs(p, members, ties);
        }
        if (options_.tie_weight == TieWeight::one) {
            keep_one_a_pair(ties);
        }
        result_.graph = CsrGraph::from_ties(result_.actor_of.size(), ties);
    }

    /// The share of a partnership between its pairs counts all its members, also those left out of
    /// the graph: leaving actors out must not make the ties of the others stronger.
    void add_pairs(PartnershipId p, const std::vector<VertexId>& members, std::vector<Tie>& ties) const {
        const Partnership& partnership = network_.partnerships()[p];
        const std::size_t size = network_.members(p).size();
        if (size > largest_partnership) {
            throw Error("partnership \"" + std::string(network_.id(p)) + "\" has " + std::to_string(size) +
                        " members; at most " + std::to_string(largest_partnership) +
                        " can be tied pair by pair");
        }
        const double weight = pair_weight(partnership, size, options_.tie_weight);
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                ties.push_back({members[i], members[j], weight});
            }
        }
    }

    void collect_expertises() {
        std::vector<Incident> offers;
        std::vector<Incident> seeks;
        for (const Holding& holding : network_.holdings()) {
            const VertexId v = result_.vertex(holding.actor);
            if (v == none<VertexId> || holding.level <= 0.0F) {
                continue;
            }
            if (holding.relation == Relation::seeks) {
                seeks.push_back({v, holding.expertise, holding.level, false});
            } else if (options_.expertises != ExpertiseSource::inferred) {
                offers.push_back({v, holding.expertise, holding.level, false});
            }
        }
        if (options_.expertises != ExpertiseSource::declared) {
            infer(offers);
        }
        const std::size_t n = result_.actor_of.size();
        const std::size_t expertises = network_.expertises().size();
        result_.offers = Incidence(n, expertises, std::move(offers));
        result_.seeks = Incidence(n, expertises, std::move(seeks));
    }

    void infer(std::vector<Incident>& offers) const {
        const auto reference = options_.to ? options_.to : network_.latest_date();
        std::vector<std::pair<ExpertiseId, double>> seen;
        for (std::size_t v = 0; v < result_.actor_of.size(); ++v) {
            seen.clear();
            for (const PartnershipId p : network_.partnerships_of(result_.actor_of[v])) {
                const Partnership& partnership = network_.partnerships()[p];
                if (excluded(partnership) || !in_window(partnership, options_)) {
                    continue;
                }
                for (const ExpertiseId x : network_.topics(p)) {
                    seen.emplace_back(x, recency(partnership, reference));
                }
            }
            std::stable_sort(seen.begin(), seen.end(),
                             [](const auto& x, const auto& y) { return x.first < y.first; });
            for (std::size_t i = 0; i < seen.size();) {
                double sum = 0.0;
                const ExpertiseId x = seen[i].first;
                for (; i < seen.size() && seen[i].first == x; ++i) {
                    sum += seen[i].second;
                }
                offers.push_back({id_at<VertexId>(v), x, static_cast<float>(sum / (1.0 + sum)), true});
            }
        }
    }

    [[nodiscard]] bool excluded(const Partnership& partnership) const {
        const auto kind = network_.text(partnership.kind);
        return std::find(options_.excluded_kinds.begin(), options_.excluded_kinds.end(), kind) !=
               options_.excluded_kinds.end();
    }

    const Network& network_;
    const ProjectionOptions& options_;
    Projection result_;
};

}  // namespace

Projection project(const Network& network, const ProjectionOptions& options) {
    check(network, options);
    return Projector(network, options).run();
}

std::vector<std::string> default_excluded_kinds(const Network& network) {
    std::vector<std::string> kinds;
    for (const std::string& kind : network.settings().excluded_partnership_kinds) {
        const auto& all = network.partnerships().items();
        if (std::any_of(all.begin(), all.end(),
                        [&](const Partnership& p) { return network.text(p.kind) == kind; })) {
            kinds.push_back(kind);
        }
    }
    return kinds;
}

}  // namespace maillage

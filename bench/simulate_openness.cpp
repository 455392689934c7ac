#include "engine/csr_graph.hpp"
#include "engine/random.hpp"

#include "algorithms/segregation/change.hpp"
#include "algorithms/segregation/openness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

/// Are the p-values and intervals of openness honest? Networks without segregation and with a planted one, thousands of
/// them; the tables of algorithms/segregation/README.md. simulate_openness [NETWORKS]; exit code 1 when something that
/// is printed is not honest.
namespace maillage {
namespace {

/// Rows with a test of uniformity, and those above its limit of 1 %: of a hundred, one is by chance.
std::size_t rows = 0;
std::size_t above = 0;

struct Design {
    std::uint32_t actors = 0, ties = 0;
    std::vector<double> shares;  ///< of the groups
    double odds = 1.0;           ///< of a tie inside a group over one across, when drawing
};

std::vector<std::string> groups_of(const Design& design) {
    std::vector<std::string> groups;
    double until = 0.0;
    for (std::size_t g = 0; g < design.shares.size(); ++g) {
        until += design.shares[g];
        while (static_cast<double>(groups.size()) < until * design.actors - 1e-9) {
            groups.emplace_back(1, static_cast<char>('a' + static_cast<char>(g)));
        }
    }
    return groups;
}

GroupLabels labels_of(const std::vector<std::string>& groups) {
    const std::vector<std::string_view> cells(groups.begin(), groups.end());
    return {"group", cells};
}

CsrGraph draw(const Design& design, const std::vector<std::string>& groups, Rng rng) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    while (pairs.size() < design.ties) {
        const std::uint32_t a = rng.below(design.actors);
        const std::uint32_t b = rng.below(design.actors);
        const bool inside = groups[a] == groups[b];
        if (a != b && rng.uniform01() * std::max(1.0, design.odds) < (inside ? design.odds : 1.0)) {
            pairs.emplace(std::min(a, b), std::max(a, b));
        }
    }
    std::vector<Tie> ties;
    for (const auto& [a, b] : pairs) {
        ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
    }
    return CsrGraph::from_ties(design.actors, ties);
}

/// What the indices are when ties fall on all pairs alike.
MixingMatrix expected_matrix(const Design& design, const GroupLabels& labels) {
    const CsrGraph none = CsrGraph::from_ties(design.actors, {});
    MixingMatrix m = mixing_matrix(none, labels, false);
    const double density = design.ties / (m.internal_dyads + m.external_dyads);
    for (std::size_t g = 0; g < m.groups; ++g) {
        for (std::size_t h = 0; h < m.groups; ++h) {
            m.arcs[g * m.groups + h] = density * m.sizes[g] * (g == h ? m.sizes[g] - 1.0 : m.sizes[h]);
        }
    }
    m.internal = density * m.internal_dyads;
    m.external = density * m.external_dyads;
    return m;
}

struct Record {
    std::map<std::string, std::vector<double>> p;  ///< by null model
    std::vector<double> values;
    std::vector<Interval> intervals;  ///< of those networks that have one
    std::vector<double> tried;        ///< standard deviation by a way that was tried, beside `values`
};

using Records = std::map<std::string, Record>;

std::string name_of(const Indicator& i) {
    return i.id + (i.group.empty() ? "" : " (" + i.group + ")");
}

/// Kolmogorov and Smirnov's distance from the uniform distribution.
double distance(std::vector<double> p) {
    std::sort(p.begin(), p.end());
    double most = 0.0;
    const auto n = static_cast<double>(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto rank = static_cast<double>(i);
        most = std::max({most, (rank + 1.0) / n - p[i], p[i] - rank / n});
    }
    return most;
}

double share_below(const std::vector<double>& p, double limit) {
    return static_cast<double>(std::count_if(p.begin(), p.end(), [&](double x) { return x <= limit; })) /
           static_cast<double>(p.size());
}

/// Tried for the measures by walks: the jackknife over 50 parts of the ties.
std::vector<std::optional<double>> parts_jackknife(GraphView g, const GroupCodes& codes, Dyads dyads,
                                                   Rng rng) {
    constexpr std::size_t parts = 50;
    const Panel panel(codes, dyads, {.exact = false});
    std::vector<std::size_t> part_of(g.edge_count());
    for (std::size_t i = 0; i < part_of.size(); ++i) {
        part_of[i] = i % parts;
    }
    rng.shuffle(std::span(part_of));
    std::vector<std::vector<std::optional<double>>> without(parts);
    PanelScratch scratch;
    for (std::size_t part = 0; part < parts; ++part) {
        std::vector<Tie> ties;
        std::size_t number = 0;
        for (const VertexId v : g.vertices()) {
            for (const VertexId u : g.neighbours(v)) {
                if (v < u && part_of[number++] != part) {
                    ties.push_back({v, u, 1.0});
                }
            }
        }
        const CsrGraph rest = CsrGraph::from_ties(g.vertex_count(), ties);
        const GraphView view = rest;
        without[part].resize(panel.slots().size());
        panel.evaluate({view.offsets(), view.targets(), {}}, codes.of_vertices(), scratch, without[part]);
    }
    std::vector<std::optional<double>> sd(panel.slots().size());
    for (std::size_t s = 0; s < sd.size(); ++s) {
        double sum = 0.0;
        double squares = 0.0;
        bool defined = true;
        for (const auto& values : without) {
            defined = defined && values[s];
            sum += values[s].value_or(0.0);
            squares += values[s].value_or(0.0) * values[s].value_or(0.0);
        }
        if (defined) {
            sd[s] = std::sqrt(std::max(0.0, (parts - 1.0) / parts * (squares - sum * sum / parts)));
        }
    }
    return sd;
}

/// Tried for E-I: Snijders and Borgatti's bootstrap over vertices; pairs of the same vertex get a random pair's tie.
double vertex_bootstrap(GraphView g, const GroupCodes& codes, Rng rng) {
    const auto n = static_cast<std::uint32_t>(g.vertex_count());
    const double density = static_cast<double>(g.edge_count()) / (n * (n - 1.0) / 2.0);
    double sum = 0.0;
    double squares = 0.0;
    constexpr int samples = 200;
    for (int sample = 0; sample < samples; ++sample) {
        std::vector<double> times(n, 0.0);
        for (std::uint32_t i = 0; i < n; ++i) {
            times[rng.below(n)] += 1.0;
        }
        double inside = 0.0;
        double across = 0.0;
        for (const VertexId v : g.vertices()) {
            for (const VertexId u : g.neighbours(v)) {
                if (v < u) {
                    (codes.of_vertices()[index_of(v)] == codes.of_vertices()[index_of(u)] ? inside
                                                                                          : across) +=
                        times[index_of(v)] * times[index_of(u)];
                }
            }
            for (double pair = times[index_of(v)] * (times[index_of(v)] - 1.0) / 2.0; pair > 0.0;
                 pair -= 1.0) {
                inside += rng.uniform01() < density ? 1.0 : 0.0;
            }
        }
        const double ei = (across - inside) / (across + inside);
        sum += ei;
        squares += ei * ei;
    }
    return std::sqrt((squares - sum * sum / samples) / (samples - 1.0));
}

Records simulate(const Design& design, std::size_t networks, const OpennessOptions& options,
                 std::uint64_t seed, bool tried) {
    const std::vector<std::string> groups = groups_of(design);
    const GroupLabels labels = labels_of(groups);
    const GroupCodes codes(labels);
    std::vector<Openness> results(networks);
    std::vector<std::vector<std::optional<double>>> sds(networks);
    std::vector<double> bootstrap(networks);
    const Execution execution{.threads = std::max(1U, std::thread::hardware_concurrency())};
    for_chunks(networks, 4, execution, "", [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t i = begin; i < end; ++i) {
            const CsrGraph graph = draw(design, groups, Rng(seed).fork(i));
            OpennessOptions own = options;
            own.seed = seed * 100000 + i;
            results[i] = openness(graph, labels, own);
            if (tried) {
                const GraphView view = graph;
                const MixingMatrix& m = results[i].mixing;
                sds[i] = parts_jackknife({view.offsets(), view.targets(), {}}, codes,
                                         {m.internal_dyads, m.external_dyads}, Rng(own.seed).fork(7));
                bootstrap[i] = vertex_bootstrap(view, codes, Rng(own.seed).fork(8));
            }
        }
    });
    const Panel panel(codes, {1.0, 1.0}, {});
    Records records;
    for (std::size_t n = 0; n < networks; ++n) {
        for (const Indicator& i : results[n].indicators) {
            Record& r = records[name_of(i)];
            for (const NullModel& null : i.null) {
                if (null.p) {
                    r.p[std::string(null.model)].push_back(*null.p);
                }
            }
            if (i.value) {
                r.values.push_back(*i.value);
            }
            if (i.value && i.ci95) {
                r.intervals.push_back(*i.ci95);
            }
        }
        for (std::size_t s = 0; s < sds[n].size(); ++s) {
            const Slot& slot = panel.slots()[s];
            if (slot.of_network() && s >= mixing_measure_count && sds[n][s]) {
                records[std::string(slot.id)].tried.push_back(*sds[n][s]);
            }
        }
        if (tried) {
            records["ei"].tried.push_back(bootstrap[n]);
        }
    }
    return records;
}

/// The true value of every indicator that prints an interval.
std::map<std::string, double> truths(const Design& design) {
    const GroupLabels labels = labels_of(groups_of(design));
    const MixingMatrix m = expected_matrix(design, labels);
    std::map<std::string, double> truth;
    truth["ei"] = *ei_index(m.external, m.internal).value;
    truth["ei_rescaled"] = *ei_rescaled(m).value;
    truth["assortativity"] = *assortativity(m).r.value;
    truth["freeman"] = *freeman(m).value;
    truth["odds_ratio"] = 1.0;
    truth["odds_ratio_haldane"] = 1.0;
    truth["gupta_anderson_may"] = *gupta_anderson_may(m).value;
    truth["modularity_declared"] = *assortativity(m).r.value * (1.0 - [&] {
        double squares = 0.0;
        for (std::size_t g = 0; g < m.groups; ++g) {
            double row = 0.0;
            for (std::size_t h = 0; h < m.groups; ++h) {
                row += m.at(g, h);
            }
            squares += row * row;
        }
        return squares / (4.0 * m.ties() * m.ties());
    }());
    for (std::size_t g = 0; g < m.groups; ++g) {
        const std::string group = " (" + labels.name(id_at<GroupId>(g)) + ")";
        truth["ei" + group] = *group_ei(m, g).value;
        truth["coleman" + group] = *coleman(m, g).value;
    }
    return truth;
}

std::string digits(double value, int places = 3) {
    std::string text = std::to_string(std::round(value * std::pow(10.0, places)) / std::pow(10.0, places));
    return text.substr(0, text.find('.') + 1 + static_cast<std::size_t>(places));
}

/// A table of the measures that `shown` names (all when empty).
bool report(const Design& design, const Records& records, const std::set<std::string>& shown) {
    const auto truth = truths(design);
    bool honest = true;
    std::cout
        << "\n"
        << design.actors << " actors, " << design.ties << " ties, " << design.shares.size()
        << " groups\n\n| measure | null model | networks | D, at most | p at most 0.05 | interval covers |\n"
        << "|---|---|---|---|---|---|\n";
    for (const auto& [name, r] : records) {
        if (!shown.empty() && shown.count(name.substr(0, name.find(' '))) == 0) {
            continue;
        }
        std::string covers = "–";
        if (!r.intervals.empty()) {
            std::size_t inside = 0;
            for (const Interval& i : r.intervals) {
                inside += i.low <= truth.at(name) && truth.at(name) <= i.high ? 1U : 0U;
            }
            const double share = static_cast<double>(inside) / static_cast<double>(r.intervals.size());
            const bool good = share >= 0.93 && share <= 0.97;
            covers = digits(share) + (good ? "" : " !");
            honest = honest && good;
        }
        if (r.p.empty() && !r.intervals.empty()) {
            std::cout << "| " << name << " | – | " << r.values.size() << " | – | – | " << covers << " |\n";
        }
        for (const auto& [model, p] : r.p) {
            const double d = distance(p);
            const double limit = 1.628 / std::sqrt(static_cast<double>(p.size()));
            ++rows;
            above += d < limit ? 0U : 1U;
            honest = honest && d < 1.3 * limit;
            std::cout << "| " << name << " | " << model << " | " << p.size() << " | " << digits(d) << ", "
                      << digits(limit) << (d < limit ? "" : " !") << " | " << digits(share_below(p, 0.05))
                      << " | " << covers << " |\n";
        }
    }
    return honest;
}

/// Intervals that are not printed, and why.
void report_tried(const Records& records) {
    std::cout
        << "\n| tried | standard deviation over the true one | value ± 1.96 of it covers |\n|---|---|---|\n";
    for (const auto& [name, r] : records) {
        if (r.tried.empty() || r.tried.size() != r.values.size()) {
            continue;
        }
        const auto n = static_cast<double>(r.values.size());
        double mean = 0.0;
        for (const double v : r.values) {
            mean += v / n;
        }
        double inside = 0.0;
        double spread = 0.0;
        double estimated = 0.0;
        for (std::size_t i = 0; i < r.values.size(); ++i) {
            inside += std::abs(r.values[i] - mean) <= 1.96 * r.tried[i] ? 1.0 : 0.0;
            spread += (r.values[i] - mean) * (r.values[i] - mean);
            estimated += r.tried[i] * r.tried[i];
        }
        std::cout << "| " << name << (name == "ei" ? ", bootstrap over actors" : ", jackknife over parts")
                  << " | " << digits(std::sqrt(estimated / spread), 2) << " | " << digits(inside / n)
                  << " |\n";
    }
}

/// Two dates without a change of mixing: 300 ties kept, 60 ended, 120 begun, of 200 actors.
bool report_change(std::size_t networks) {
    const Design design{200, 480, {.4, .35, .25}};
    const std::vector<std::string> groups = groups_of(design);
    const GroupLabels labels = labels_of(groups);
    std::map<std::string, std::vector<double>> p;
    std::map<std::string, std::size_t> covered;
    std::vector<Change> changes(networks);
    const Execution execution{.threads = std::max(1U, std::thread::hardware_concurrency())};
    for_chunks(networks, 4, execution, "", [&](std::size_t, std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t i = begin; i < end; ++i) {
            Rng rng = Rng(99).fork(i);
            const CsrGraph all = draw(design, groups, rng.fork(0));
            std::vector<Tie> ties;
            for (const VertexId v : all.view().vertices()) {
                for (const VertexId u : all.view().neighbours(v)) {
                    if (v < u) {
                        ties.push_back({v, u, 1.0});
                    }
                }
            }
            rng.shuffle(std::span(ties));
            const CsrGraph before = CsrGraph::from_ties(design.actors, std::span(ties).first(360));
            const CsrGraph after = CsrGraph::from_ties(design.actors, std::span(ties).subspan(60));
            changes[i] = change_of_mixing(before, labels, after, labels, {.replicates = 199, .seed = i});
        }
    });
    for (const Change& change : changes) {
        for (const ChangedMeasure& c : change.measures) {
            const std::string name = std::string(c.id) + (c.group.empty() ? "" : " (" + c.group + ")");
            if (c.p) {
                p[name].push_back(*c.p);
            }
            if (c.ci95) {
                covered[name] += c.ci95->low <= 0.0 && 0.0 <= c.ci95->high ? 1U : 0U;
            }
        }
    }
    bool honest = true;
    std::cout << "\nTwo dates, 300 ties kept, 60 ended, 120 begun, no change of mixing\n\n"
              << "| change of | networks | D, at most | p at most 0.05 | interval covers "
                 "|\n|---|---|---|---|---|\n";
    for (const auto& [name, all] : p) {
        const double d = distance(all);
        const double limit = 1.628 / std::sqrt(static_cast<double>(all.size()));
        std::string covers = "–";
        if (covered.count(name) > 0) {
            const double share = static_cast<double>(covered.at(name)) / static_cast<double>(networks);
            covers = digits(share) + (share >= 0.93 && share <= 0.97 ? "" : " !");
            honest = honest && share >= 0.93 && share <= 0.97;
        }
        honest = honest && d < limit;
        std::cout << "| " << name << " | " << all.size() << " | " << digits(d) << ", " << digits(limit)
                  << (d < limit ? "" : " !") << " | " << digits(share_below(all, 0.05)) << " | " << covers
                  << " |\n";
    }
    return honest;
}

void report_power(std::size_t networks) {
    std::cout
        << "\nPower: share of networks with p at most 0.05 (groups dealt anew), odds of an inside tie 2\n\n";
    std::map<std::string, std::vector<double>> power;
    const std::vector<std::uint32_t> sizes = {30, 60, 120, 240};
    for (const std::uint32_t actors : sizes) {
        const Design design{actors, actors * 2, {.4, .35, .25}, 2.0};
        const Records records =
            simulate(design, networks, {.replicates = 199, .communities = false}, 77, false);
        for (const auto& [name, r] : records) {
            if (name.find('(') == std::string::npos && r.p.count("label_permutation") > 0) {
                power[name].push_back(share_below(r.p.at("label_permutation"), 0.05));
            }
        }
    }
    std::cout << "| measure |";
    for (const std::uint32_t actors : sizes) {
        std::cout << ' ' << actors << " actors |";
    }
    std::cout << "\n|---|---|---|---|---|\n";
    for (const auto& [name, shares] : power) {
        std::cout << "| " << name << " |";
        for (const double share : shares) {
            std::cout << ' ' << digits(share, 2) << " |";
        }
        std::cout << '\n';
    }
}

}  // namespace
}  // namespace maillage

int main(int argc, char** argv) {
    using namespace maillage;
    const std::size_t networks = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
    // many ties: counts are fine-grained enough for p-values to look uniform
    const Design large{700, 5000, {.4, .35, .25}};
    bool honest = report(
        large,
        simulate(large, networks, {.replicates = 199, .walk_replicates = 0, .communities = false}, 1, false),
        {});
    const Design small{150, 450, {.4, .35, .25}};
    const Records walks =
        simulate(small, networks, {.replicates = 199, .rewiring = true, .communities = false}, 2, true);
    honest = report(small, walks,
                    {"bubble_radius", "dipole_moment", "random_walk_controversy", "spectral_segregation"}) &&
             honest;
    report_tried(walks);
    honest = report_change(networks) && honest;
    report_power(networks / 5);
    std::cout << "\n" << above << " of " << rows << " rows above the limit of 1 %\n";
    honest = honest && above <= 1 + rows / 50;
    std::cout << (honest ? "\nhonest\n" : "\nNOT honest\n");
    return honest ? 0 : 1;
}

#include "algorithms/recommend/evidence.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace maillage {
namespace {

constexpr std::array<std::string_view, evidence_count> codes = {"walks",
                                                                "walks_wide",
                                                                "walks_recent",
                                                                "paths_recent",
                                                                "common_partners",
                                                                "resource_allocation",
                                                                "encounters",
                                                                "related_encounters",
                                                                "partners_encounters",
                                                                "common_ground",
                                                                "names",
                                                                "partners_names",
                                                                "kinds",
                                                                "countries",
                                                                "territories",
                                                                "same_place",
                                                                "same_territory",
                                                                "activity",
                                                                "recent_activity",
                                                                "partners",
                                                                "coordination"};

constexpr double days_a_year = 365.25;
/// Added to counts under a logarithm, so that none is a low value and not an infinite one.
constexpr double a_little = 0.3;
/// Ties that chance and observation start with when kinds are compared: few observations say little.
constexpr double lift_prior = 5.0;

double inverse(double x) {
    return x > 0.0 ? 1.0 / x : 0.0;
}

}  // namespace

std::string_view to_code(Evidence term) noexcept {
    return codes[static_cast<std::size_t>(term)];
}

bool has_scale(Evidence term) noexcept {
    return term <= Evidence::partners_encounters;
}

/// Partnerships that have begun, as lists of vertices.
struct EvidenceModel::Past {
    struct Item {
        std::size_t begin = 0, end = 0;  ///< in `members`
        double age = 0.0;                ///< years
        std::span<const ExpertiseId> fields;

        [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
    };
    std::vector<Item> items;
    std::vector<VertexId> members;
    std::vector<std::uint8_t> leads;  ///< beside members: its role is that of a coordinator
    double longest = 0.0;             ///< age of the oldest with a date

    explicit Past(const EvidenceInput& input) {
        const Network& network = input.network;
        std::vector<std::size_t> undated;
        for (const PartnershipId p : network.partnerships().ids()) {
            const Partnership& partnership = network.partnerships()[p];
            const auto kind = network.text(partnership.kind);
            if (std::find(input.excluded_kinds.begin(), input.excluded_kinds.end(), kind) !=
                    input.excluded_kinds.end() ||
                (partnership.start && partnership.start->first_day() >= input.day)) {
                continue;
            }
            Item item{members.size(), members.size(), 0.0, network.topics(p)};
            for (const Member& member : network.members(p)) {
                const VertexId v = input.past.vertex(member.actor);
                if (v != none<VertexId> && input.known[index_of(v)] != 0) {
                    members.push_back(v);
                    const auto role = network.text(member.role);
                    leads.push_back(role == "coordinator" || role == "lead" || role == "coordinateur" ? 1
                                                                                                      : 0);
                }
            }
            item.end = members.size();
            if (partnership.start) {
                item.age = (input.day - partnership.start->first_day()) / days_a_year;
                longest = std::max(longest, item.age);
            } else {
                undated.push_back(items.size());
            }
            items.push_back(item);
        }
        for (const std::size_t i : undated) {
            items[i].age = longest;
        }
    }
    [[nodiscard]] std::span<const VertexId> of(const Item& item) const {
        return std::span(members).subspan(item.begin, item.size());
    }
};

EvidenceModel::EvidenceModel(const EvidenceInput& input) : known_(input.known.begin(), input.known.end()) {
    const Past past(input);
    fading_ = std::clamp(0.4 * past.longest, 1.0, 3.0);
    build_ties(past);
    build_fields(past, input.network.expertises().size());
    build_words(input);
    build_facts(input, past);
    kinds_ = lift_of(&Facts::kind);
    countries_ = lift_of(&Facts::country);
    territories_ = lift_of(&Facts::territory);
}

void EvidenceModel::build_ties(const Past& past) {
    struct Arc {
        VertexId from{}, to{};
        float tie = 0.0F, wide = 0.0F, recent = 0.0F;
    };
    std::vector<Arc> arcs;
    for (const Past::Item& item : past.items) {
        if (item.size() < 2) {
            continue;
        }
        const auto others = static_cast<double>(item.size() - 1);
        const auto tie = static_cast<float>(1.0 / others);
        const auto wide = static_cast<float>(1.0 / std::sqrt(others));
        const auto recent = static_cast<float>(std::exp(-item.age / fading_) / others);
        for (const VertexId a : past.of(item)) {
            for (const VertexId b : past.of(item)) {
                if (a != b) {
                    arcs.push_back({a, b, tie, wide, recent});
                }
            }
        }
    }
    // Sums of equal arcs in the order of partnerships: the same whatever sorts them.
    std::stable_sort(arcs.begin(), arcs.end(), [](const Arc& x, const Arc& y) {
        return x.from != y.from ? x.from < y.from : x.to < y.to;
    });
    const std::size_t n = known_.size();
    offsets_.assign(n + 1, 0);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        const Arc& arc = arcs[i];
        if (i > 0 && arcs[i - 1].from == arc.from && arcs[i - 1].to == arc.to) {
            tie_.back() += arc.tie;
            wide_.back() += arc.wide;
            recent_.back() += arc.recent;
            continue;
        }
        targets_.push_back(arc.to);
        tie_.push_back(arc.tie);
        wide_.push_back(arc.wide);
        recent_.push_back(arc.recent);
        ++offsets_[index_of(arc.from) + 1];
    }
    for (std::size_t v = 0; v < n; ++v) {
        offsets_[v + 1] += offsets_[v];
    }
    std::vector<double> by_wide(n), by_root_recent(n), by_log_degree(n), by_degree(n);
    by_strength_.assign(n, 0.0F);
    by_recent_.assign(n, 0.0F);
    for (std::size_t v = 0; v < n; ++v) {
        double s = 0.0, f = 0.0, r = 0.0;
        for (auto e = static_cast<std::size_t>(offsets_[v]); e < offsets_[v + 1]; ++e) {
            s += static_cast<double>(tie_[e]);
            f += static_cast<double>(wide_[e]);
            r += static_cast<double>(recent_[e]);
        }
        const auto degree = static_cast<double>(offsets_[v + 1] - offsets_[v]);
        by_strength_[v] = static_cast<float>(inverse(s));
        by_recent_[v] = static_cast<float>(inverse(r));
        by_wide[v] = inverse(f);
        by_root_recent[v] = inverse(std::sqrt(r));
        by_degree[v] = inverse(degree);
        by_log_degree[v] = degree > 1.0 ? 1.0 / std::log(degree) : 0.0;
    }
    for (std::size_t e = 0; e < targets_.size(); ++e) {
        const std::size_t to = index_of(targets_[e]);
        walk_.push_back(tie_[e] * by_strength_[to]);
        walk_wide_.push_back(wide_[e] * static_cast<float>(by_wide[to]));
        walk_recent_.push_back(recent_[e] * by_recent_[to]);
        path_recent_.push_back(recent_[e] * static_cast<float>(by_root_recent[to]));
        adamic_.push_back(static_cast<float>(by_log_degree[to]));
        allocation_.push_back(static_cast<float>(by_degree[to]));
    }
}

void EvidenceModel::build_fields(const Past& past, std::size_t fields) {
    const std::size_t n = known_.size();
    struct Count {
        std::uint32_t field = 0;
        double recent = 0.0, shared = 0.0, all = 0.0;
    };
    std::vector<std::map<std::uint32_t, Count>> of(n);
    std::vector<double> total(fields, 0.0), holders(fields, 0.0);
    for (const Past::Item& item : past.items) {
        const bool shared = item.size() >= 2;
        const double recent = shared ? std::exp(-item.age / fading_) : 0.0;
        for (const ExpertiseId x : item.fields) {
            const auto f = static_cast<std::uint32_t>(index_of(x));
            total[f] += item.size() > 0 ? recent : 0.0;
            for (const VertexId v : past.of(item)) {
                Count& count = of[index_of(v)][f];
                count.recent += recent;
                count.shared += shared ? 1.0 : 0.0;
                count.all += 1.0;
            }
        }
    }
    std::size_t known = 0;
    for (std::size_t v = 0; v < n; ++v) {
        known += known_[v];
        for (const auto& [f, count] : of[v]) {
            holders[f] += 1.0;
        }
    }
    by_field_.assign(fields, 0.0F);
    for (std::size_t f = 0; f < fields; ++f) {
        by_field_[f] = static_cast<float>(inverse(total[f]));
    }
    std::vector<double> related(fields * fields, 0.0);
    field_offsets_.assign(n + 1, 0);
    for (std::size_t v = 0; v < n; ++v) {
        double squares = 0.0, sum = 0.0;
        std::vector<double> plain;
        for (const auto& [f, count] : of[v]) {
            const double rarity = std::log((1.0 + static_cast<double>(known)) / (1.0 + holders[f])) + 1.0;
            plain.push_back(std::log1p(count.all) * rarity);
            squares += plain.back() * plain.back();
            sum += count.recent;
        }
        std::size_t i = 0;
        for (const auto& [f, count] : of[v]) {
            fields_.push_back({f, static_cast<float>(count.recent),
                               static_cast<float>(plain[i++] * inverse(std::sqrt(squares)))});
            for (const auto& [g, other] : of[v]) {
                related[static_cast<std::size_t>(f) * fields + g] +=
                    count.recent * other.recent * inverse(sum);
            }
        }
        field_offsets_[v + 1] = fields_.size();
    }
    related_.assign(fields * fields, 0.0F);
    for (std::size_t f = 0; f < fields; ++f) {
        for (std::size_t g = 0; g < fields; ++g) {
            related_[f * fields + g] =
                static_cast<float>(related[f * fields + g] * inverse(total[f]) * inverse(total[g]));
        }
    }
}

void EvidenceModel::build_words(const EvidenceInput& input) {
    const std::size_t n = known_.size();
    std::vector<double> holders(input.words.words, 0.0);
    std::size_t known = 0;
    for (std::size_t v = 0; v < n; ++v) {
        if (known_[v] != 0) {
            ++known;
            for (const std::uint32_t w : input.words.of(input.past.actor_of[v])) {
                holders[w] += 1.0;
            }
        }
    }
    // Words that nobody else has tell nothing; those that a fifth of all have cost much and tell little.
    const auto tells = [&](std::uint32_t w) {
        return holders[w] >= 2.0 && holders[w] <= static_cast<double>(known) / 5.0;
    };
    word_offsets_.assign(n + 1, 0);
    std::vector<std::uint64_t> counts(input.words.words + 1, 0);
    for (std::size_t v = 0; v < n; ++v) {
        double squares = 0.0;
        const std::size_t begin = words_.size();
        if (known_[v] != 0) {
            for (const std::uint32_t w : input.words.of(input.past.actor_of[v])) {
                if (tells(w)) {
                    const double weight = std::log(static_cast<double>(known) / (1.0 + holders[w])) + 0.01;
                    squares += weight * weight;
                    words_.push_back({w, static_cast<float>(weight)});
                    ++counts[w + 1];
                }
            }
        }
        for (std::size_t i = begin; i < words_.size(); ++i) {
            words_[i].weight =
                static_cast<float>(static_cast<double>(words_[i].weight) * inverse(std::sqrt(squares + 1.0)));
        }
        word_offsets_[v + 1] = words_.size();
    }
    for (std::size_t w = 0; w + 1 < counts.size(); ++w) {
        counts[w + 1] += counts[w];
    }
    word_vertex_offsets_ = counts;
    word_vertices_.resize(words_.size());
    for (std::size_t v = 0; v < n; ++v) {
        for (auto i = static_cast<std::size_t>(word_offsets_[v]); i < word_offsets_[v + 1]; ++i) {
            word_vertices_[static_cast<std::size_t>(counts[words_[i].word]++)] = {
                VertexId{static_cast<std::uint32_t>(v)}, words_[i].weight};
        }
    }
}

void EvidenceModel::build_facts(const EvidenceInput& input, const Past& past) {
    const std::size_t n = known_.size();
    std::vector<double> faded(n, 0.0), last_year(n, 0.0), led(n, 0.0);
    for (const Past::Item& item : past.items) {
        if (item.size() < 2) {
            continue;
        }
        for (std::size_t i = item.begin; i < item.end; ++i) {
            const std::size_t v = index_of(past.members[i]);
            faded[v] += std::exp(-item.age / fading_);
            last_year[v] += item.age < 1.0 ? 1.0 : 0.0;
            led[v] += past.leads[i] != 0 ? 1.0 : 0.0;
        }
    }
    const auto numbered = [&](const IdVector<ActorId, TextId>& values, std::int32_t Facts::*category) {
        std::map<std::string_view, std::int32_t> number;
        for (std::size_t v = 0; v < n; ++v) {
            const auto text = input.network.text(values[input.past.actor_of[v]]);
            if (!text.empty() && known_[v] != 0) {
                const auto next = static_cast<std::int32_t>(number.size());
                facts_[v].*category = number.emplace(text, next).first->second;
            }
        }
    };
    facts_.resize(n);
    for (std::size_t v = 0; v < n; ++v) {
        const auto log_of = [](double x) { return static_cast<float>(std::log(x + a_little)); };
        facts_[v].activity = log_of(faded[v]);
        facts_[v].recent_activity = log_of(last_year[v]);
        facts_[v].coordination = log_of(led[v]);
        facts_[v].partners = log_of(static_cast<double>(offsets_[v + 1] - offsets_[v]));
    }
    numbered(input.network.attribute_values("kind"), &Facts::kind);
    numbered(input.network.attribute_values("country"), &Facts::country);
    numbered(input.network.attribute_values("place"), &Facts::place);
    if (!input.territory.empty()) {
        numbered(input.network.attribute_values(input.territory), &Facts::territory);
    }
}

/// Observed ties between two categories over those that chance would give them, as a logarithm.
auto EvidenceModel::lift_of(std::int32_t Facts::*category) const -> Lift {
    Lift lift;
    for (const Facts& facts : facts_) {
        lift.categories = std::max(lift.categories, static_cast<std::size_t>(facts.*category + 1));
    }
    const std::size_t c = lift.categories;
    std::vector<double> seen(c * c, 0.0), mass(c, 0.0);
    double all = 0.0;
    for (std::size_t v = 0; v < known_.size(); ++v) {
        const std::int32_t a = facts_[v].*category;
        for (auto e = static_cast<std::size_t>(offsets_[v]); a >= 0 && e < offsets_[v + 1]; ++e) {
            const std::int32_t b = facts_[index_of(targets_[e])].*category;
            if (b >= 0) {
                seen[static_cast<std::size_t>(a) * c + static_cast<std::size_t>(b)] +=
                    static_cast<double>(tie_[e]);
                mass[static_cast<std::size_t>(a)] += static_cast<double>(tie_[e]);
                all += static_cast<double>(tie_[e]);
            }
        }
    }
    for (std::size_t a = 0; a < c; ++a) {
        for (std::size_t b = 0; b < c; ++b) {
            // The mean of both directions: sums of the same ties in another order are not the same to the last bit.
            const double found = 0.5 * (seen[a * c + b] + seen[b * c + a]);
            const double expected = mass[a] * mass[b] * inverse(all);
            lift.table.push_back(
                static_cast<float>(std::log((found + lift_prior) / (expected + lift_prior))));
        }
    }
    return lift;
}

EvidenceRows::EvidenceRows(const EvidenceModel& model, const std::array<bool, evidence_count>& wanted)
    : m_(model), wanted_(wanted) {
    one_.resize(model.vertex_count() * lanes);
    two_.resize(model.vertex_count() * lanes);
}

/// The rows of the actors, from both ends the same.
void EvidenceRows::start(const std::vector<float>& arcs, Block& into) const {
    std::fill(into.begin(), into.end(), 0.0F);
    for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
        const std::size_t v = index_of(actors_[lane]);
        for (auto e = static_cast<std::size_t>(m_.offsets_[v]); e < m_.offsets_[v + 1]; ++e) {
            into[index_of(m_.targets_[e]) * lanes + lane] = arcs[e];
        }
    }
}

void EvidenceRows::multiply(const std::vector<float>& arcs, const Block& in, Block& out) const {
    out.resize(in.size());
    for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
        std::array<float, lanes> sum{};
        for (auto e = static_cast<std::size_t>(m_.offsets_[v]); e < m_.offsets_[v + 1]; ++e) {
            const float w = arcs[e];
            const float* const row = in.data() + index_of(m_.targets_[e]) * lanes;
            for (std::size_t k = 0; k < lanes; ++k) {
                sum[k] += w * row[k];
            }
        }
        std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(v * lanes));
    }
}

void EvidenceRows::compute(std::span<const VertexId> actors) {
    if (actors.size() > lanes) {
        throw Error("evidence rows: " + std::to_string(actors.size()) + " actors, at most " +
                    std::to_string(lanes));
    }
    actors_.assign(actors.begin(), actors.end());
    compute_walks();
    compute_fields();
    compute_words();
}

void EvidenceRows::compute_walks() {
    const auto walks = [this](Evidence term, const std::vector<float>& first,
                              const std::vector<float>& then) {
        if (wants(term)) {
            start(first, one_);
            multiply(then, one_, two_);
            multiply(then, two_, block(term));
        }
    };
    walks(Evidence::walks, m_.tie_, m_.walk_);
    walks(Evidence::walks_wide, m_.wide_, m_.walk_wide_);
    walks(Evidence::walks_recent, m_.recent_, m_.walk_recent_);
    walks(Evidence::paths_recent, m_.recent_, m_.path_recent_);
    if (wants(Evidence::common_partners) || wants(Evidence::resource_allocation)) {
        std::fill(one_.begin(), one_.end(), 0.0F);
        for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
            for (const VertexId u : m_.partners(actors_[lane])) {
                one_[index_of(u) * lanes + lane] = 1.0F;
            }
        }
        if (wants(Evidence::common_partners)) {
            multiply(m_.adamic_, one_, block(Evidence::common_partners));
        }
        if (wants(Evidence::resource_allocation)) {
            multiply(m_.allocation_, one_, block(Evidence::resource_allocation));
        }
    }
}

void EvidenceRows::compute_fields() {
    const bool onward = wants(Evidence::partners_encounters);
    if (!onward && !wants(Evidence::encounters) && !wants(Evidence::related_encounters) &&
        !wants(Evidence::common_ground)) {
        return;
    }
    const std::size_t fields = m_.by_field_.size();
    const auto of = [this](VertexId v) {
        const auto begin = static_cast<std::size_t>(m_.field_offsets_[index_of(v)]);
        return std::span(m_.fields_)
            .subspan(begin, static_cast<std::size_t>(m_.field_offsets_[index_of(v) + 1]) - begin);
    };
    // What the actors' fields weigh, and the product of everyone's with it.
    const auto spread = [&](bool recent, Block& out) {
        out.resize(m_.vertex_count() * lanes);
        for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
            std::array<float, lanes> sum{};
            for (const auto& f : of(VertexId{static_cast<std::uint32_t>(v)})) {
                const float w = recent ? f.recent : f.plain;
                const float* const row = weighed_.data() + static_cast<std::size_t>(f.field) * lanes;
                for (std::size_t k = 0; k < lanes; ++k) {
                    sum[k] += w * row[k];
                }
            }
            std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(v * lanes));
        }
    };
    profile_.assign(fields * lanes, 0.0F);
    weighed_.assign(fields * lanes, 0.0F);
    for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
        for (const auto& f : of(actors_[lane])) {
            profile_[static_cast<std::size_t>(f.field) * lanes + lane] = f.recent;
        }
    }
    if (wants(Evidence::encounters) || onward) {
        for (std::size_t f = 0; f < fields; ++f) {
            for (std::size_t k = 0; k < lanes; ++k) {
                weighed_[f * lanes + k] = profile_[f * lanes + k] * m_.by_field_[f];
            }
        }
        spread(true, block(Evidence::encounters));
    }
    if (wants(Evidence::related_encounters)) {
        std::fill(weighed_.begin(), weighed_.end(), 0.0F);
        for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
            for (const auto& f : of(actors_[lane])) {
                const float* const row = m_.related_.data() + static_cast<std::size_t>(f.field) * fields;
                for (std::size_t g = 0; g < fields; ++g) {
                    weighed_[g * lanes + lane] += f.recent * row[g];
                }
            }
        }
        spread(true, block(Evidence::related_encounters));
    }
    if (onward) {
        // Partners of the actor with y, then the actor with the partners of y.
        std::fill(weighed_.begin(), weighed_.end(), 0.0F);
        for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
            const std::size_t v = index_of(actors_[lane]);
            for (auto e = static_cast<std::size_t>(m_.offsets_[v]); e < m_.offsets_[v + 1]; ++e) {
                const float w = m_.recent_[e] * m_.by_recent_[v];
                for (const auto& f : of(m_.targets_[e])) {
                    weighed_[static_cast<std::size_t>(f.field) * lanes + lane] +=
                        w * f.recent * m_.by_field_[f.field];
                }
            }
        }
        Block& result = block(Evidence::partners_encounters);
        spread(true, result);
        multiply(m_.recent_, block(Evidence::encounters), two_);
        for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
            for (std::size_t k = 0; k < lanes; ++k) {
                result[v * lanes + k] += two_[v * lanes + k] * m_.by_recent_[v];
            }
        }
    }
    if (wants(Evidence::common_ground)) {
        std::fill(weighed_.begin(), weighed_.end(), 0.0F);
        for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
            for (const auto& f : of(actors_[lane])) {
                weighed_[static_cast<std::size_t>(f.field) * lanes + lane] = f.plain;
            }
        }
        spread(false, block(Evidence::common_ground));
    }
}

void EvidenceRows::compute_words() {
    const bool onward = wants(Evidence::partners_names);
    if (!onward && !wants(Evidence::names)) {
        return;
    }
    const auto of = [this](std::size_t v) {
        const auto begin = static_cast<std::size_t>(m_.word_offsets_[v]);
        return std::span(m_.words_).subspan(begin, static_cast<std::size_t>(m_.word_offsets_[v + 1]) - begin);
    };
    const auto holders = [this](std::uint32_t w) {
        const auto begin = static_cast<std::size_t>(m_.word_vertex_offsets_[w]);
        return std::span(m_.word_vertices_)
            .subspan(begin, static_cast<std::size_t>(m_.word_vertex_offsets_[w + 1]) - begin);
    };
    Block& same = block(Evidence::names);
    same.assign(m_.vertex_count() * lanes, 0.0F);
    for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
        for (const auto& word : of(index_of(actors_[lane]))) {
            for (const auto& holder : holders(word.word)) {
                same[index_of(holder.vertex) * lanes + lane] += word.weight * holder.weight;
            }
        }
    }
    if (!onward) {
        return;
    }
    Block& result = block(Evidence::partners_names);
    multiply(m_.tie_, same, result);
    for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
        for (std::size_t k = 0; k < lanes; ++k) {
            result[v * lanes + k] *= m_.by_strength_[v];
        }
    }
    std::map<std::uint32_t, float> words;
    for (std::size_t lane = 0; lane < actors_.size(); ++lane) {
        words.clear();
        const std::size_t v = index_of(actors_[lane]);
        for (auto e = static_cast<std::size_t>(m_.offsets_[v]); e < m_.offsets_[v + 1]; ++e) {
            for (const auto& word : of(index_of(m_.targets_[e]))) {
                words[word.word] += m_.tie_[e] * m_.by_strength_[v] * word.weight;
            }
        }
        for (const auto& [word, weight] : words) {
            for (const auto& holder : holders(word)) {
                result[index_of(holder.vertex) * lanes + lane] += weight * holder.weight;
            }
        }
    }
}

double EvidenceRows::raw(Evidence term, std::size_t lane, VertexId y) const noexcept {
    const EvidenceModel::Facts& a = m_.facts_[index_of(actors_[lane])];
    const EvidenceModel::Facts& b = m_.facts_[index_of(y)];
    const auto both = [](std::int32_t p, std::int32_t q) { return p >= 0 && p == q ? 1.0 : 0.0; };
    const auto sum = [](float p, float q) { return static_cast<double>(p) + static_cast<double>(q); };
    switch (term) {
        case Evidence::kinds:
            return static_cast<double>(m_.kinds_.of(a.kind, b.kind));
        case Evidence::countries:
            return static_cast<double>(m_.countries_.of(a.country, b.country));
        case Evidence::territories:
            return static_cast<double>(m_.territories_.of(a.territory, b.territory));
        case Evidence::same_place:
            return both(a.place, b.place);
        case Evidence::same_territory:
            return both(a.territory, b.territory);
        case Evidence::activity:
            return sum(a.activity, b.activity);
        case Evidence::recent_activity:
            return sum(a.recent_activity, b.recent_activity);
        case Evidence::partners:
            return sum(a.partners, b.partners);
        case Evidence::coordination:
            return sum(a.coordination, b.coordination);
        default:
            return static_cast<double>(blocks_[static_cast<std::size_t>(term)][index_of(y) * lanes + lane]);
    }
}

}  // namespace maillage

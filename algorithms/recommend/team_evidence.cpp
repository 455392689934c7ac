#include "algorithms/recommend/team_evidence.hpp"

#include "engine/labels.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace maillage {
namespace {

constexpr double fading_years = 2.0;
constexpr double days_a_year = 365.25;
constexpr float damping = 0.85F;
/// Partnerships added to an actor's own before a share is taken: few say little.
constexpr float share_prior = 0.3F;

float inverse(double x) {
    return x > 0.0 ? static_cast<float>(1.0 / x) : 0.0F;
}

}  // namespace

std::string_view to_code(TeamTerm term) noexcept {
    constexpr std::array<std::string_view, team_term_count> codes = {"pagerank",
                                                                     "walks_recent",
                                                                     "joint",
                                                                     "joint_recent",
                                                                     "tied",
                                                                     "resource_allocation",
                                                                     "shared_consortia",
                                                                     "consortia_jaccard",
                                                                     "consortia_cosine",
                                                                     "closest_consortium",
                                                                     "encounters",
                                                                     "topic",
                                                                     "topic_share",
                                                                     "recent_activity",
                                                                     "same_kind",
                                                                     "same_country",
                                                                     "same_place",
                                                                     "same_territory",
                                                                     "names"};
    return codes[static_cast<std::size_t>(term)];
}

TeamModel::Lists TeamModel::turned(const Lists& lists, std::size_t count) {
    Lists result;
    result.offsets.assign(count + 1, 0);
    for (const Entry& entry : lists.entries) {
        ++result.offsets[entry.at + 1];
    }
    for (std::size_t i = 0; i < count; ++i) {
        result.offsets[i + 1] += result.offsets[i];
    }
    result.entries.resize(lists.entries.size());
    std::vector<std::size_t> next(result.offsets.begin(), result.offsets.end() - 1);
    for (std::size_t i = 0; i + 1 < lists.offsets.size(); ++i) {
        for (const Entry& entry : lists.of(i)) {
            result.entries[next[entry.at]++] = {static_cast<std::uint32_t>(i), entry.value};
        }
    }
    return result;
}

TeamModel::TeamModel(const TeamInput& input) {
    build_teams(input);
    build_ties();
    build_fields(input);
    build_names(input);
    build_categories(input);
}

bool TeamModel::tied(VertexId a, VertexId b) const noexcept {
    const auto begin = targets_.begin();
    return std::binary_search(begin + static_cast<std::ptrdiff_t>(offsets_[index_of(a)]),
                              begin + static_cast<std::ptrdiff_t>(offsets_[index_of(a) + 1]), b);
}

void TeamModel::build_teams(const TeamInput& input) {
    const Network& network = input.network;
    std::int32_t oldest = input.day;
    for (const Partnership& p : network.partnerships().items()) {
        oldest = p.start ? std::min(oldest, p.start->first_day()) : oldest;
    }
    activity_.assign(input.past.actor_of.size(), 0.0F);
    recent_activity_.assign(activity_.size(), 0.0F);
    members_.offsets.push_back(0);
    for (const PartnershipId p : network.partnerships().ids()) {
        const Partnership& partnership = network.partnerships()[p];
        const std::int32_t start = partnership.start ? partnership.start->first_day() : oldest;
        if ((partnership.start && start >= input.day) ||
            std::find(input.excluded_kinds.begin(), input.excluded_kinds.end(),
                      network.text(partnership.kind)) != input.excluded_kinds.end()) {
            continue;
        }
        const auto fade = static_cast<float>(
            std::exp(-static_cast<double>(input.day - start) / days_a_year / fading_years));
        std::vector<std::uint32_t> members;
        for (const Member& member : network.members(p)) {
            if (const VertexId v = input.past.vertex(member.actor); v != none<VertexId>) {
                members.push_back(static_cast<std::uint32_t>(index_of(v)));
            }
        }
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (members.empty()) {
            continue;
        }
        for (const std::uint32_t v : members) {
            members_.entries.push_back({v, fade});
            activity_[v] += 1.0F;
            recent_activity_[v] += fade;
        }
        members_.offsets.push_back(members_.entries.size());
        source_.push_back(p);
    }
    teams_of_ = turned(members_, activity_.size());
}

void TeamModel::build_ties() {
    const std::size_t n = activity_.size();
    std::vector<float> sum(n, 0.0F), faded(n, 0.0F);
    std::vector<std::uint32_t> met;
    offsets_.push_back(0);
    std::vector<double> strength(n, 0.0), recent(n, 0.0);
    for (std::size_t v = 0; v < n; ++v) {
        met.clear();
        for (const Entry& team : teams_of_.of(v)) {
            const auto members = members_.of(team.at);
            if (members.size() < 2) {
                continue;
            }
            const float weight = 1.0F / static_cast<float>(members.size() - 1);
            for (const Entry& member : members) {
                if (member.at == v) {
                    continue;
                }
                if (sum[member.at] == 0.0F) {
                    met.push_back(member.at);
                }
                sum[member.at] += weight;
                faded[member.at] += weight * member.value;
            }
        }
        std::sort(met.begin(), met.end());
        for (const std::uint32_t u : met) {
            targets_.push_back(VertexId{u});
            tie_.push_back(std::exchange(sum[u], 0.0F));
            recent_.push_back(std::exchange(faded[u], 0.0F));
            strength[v] += static_cast<double>(tie_.back());
            recent[v] += static_cast<double>(recent_.back());
        }
        offsets_.push_back(targets_.size());
        by_strength_.push_back(inverse(strength[v]));
        by_recent_.push_back(inverse(recent[v]));
    }
}

void TeamModel::build_fields(const TeamInput& input) {
    const std::size_t fields = input.network.expertises().size();
    fields_.offsets.push_back(0);
    logs_.offsets.push_back(0);
    field_total_.assign(fields, 0.0F);
    std::vector<double> squares(fields, 0.0);
    for (std::size_t v = 0; v < activity_.size(); ++v) {
        std::map<std::uint32_t, std::pair<float, float>> counts;
        for (const Entry& team : teams_of_.of(v)) {
            for (const ExpertiseId x : input.network.topics(source_[team.at])) {
                auto& [plain, faded] = counts[static_cast<std::uint32_t>(index_of(x))];
                plain += 1.0F;
                faded += team.value;
            }
        }
        for (const auto& [x, count] : counts) {
            fields_.entries.push_back({x, count.second});
            logs_.entries.push_back({x, std::log1p(count.first)});
            field_total_[x] += count.second;
            squares[x] += static_cast<double>(logs_.entries.back().value * logs_.entries.back().value);
        }
        fields_.offsets.push_back(fields_.entries.size());
        logs_.offsets.push_back(logs_.entries.size());
    }
    for (const double square : squares) {
        field_norm_.push_back(inverse(std::sqrt(square)));
    }
    holders_ = turned(logs_, fields);
}

void TeamModel::build_names(const TeamInput& input) {
    std::vector<double> holders(input.words.words, 0.0);
    double actors = 0.0;
    for (std::size_t v = 0; v < activity_.size(); ++v) {
        actors += 1.0;
        for (const std::uint32_t w : input.words.of(input.past.actor_of[v])) {
            holders[w] += 1.0;
        }
    }
    words_.offsets.push_back(0);
    for (std::size_t v = 0; v < activity_.size(); ++v) {
        double squares = 0.0;
        const std::size_t begin = words_.entries.size();
        if (activity_[v] > 0.0F) {
            for (const std::uint32_t w : input.words.of(input.past.actor_of[v])) {
                const double weight = std::log(actors / holders[w]);
                words_.entries.push_back({w, static_cast<float>(weight)});
                squares += weight * weight;
            }
        }
        const float norm = inverse(std::sqrt(squares));
        for (std::size_t i = begin; i < words_.entries.size(); ++i) {
            words_.entries[i].value *= norm;
        }
        words_.offsets.push_back(words_.entries.size());
    }
    named_ = turned(words_, input.words.words);
}

void TeamModel::build_categories(const TeamInput& input) {
    const std::array<std::string_view, 4> attributes = {"kind", "country", "place", input.territory};
    for (std::size_t c = 0; c < attributes.size(); ++c) {
        category_[c].assign(activity_.size(), -1);
        if (attributes[c].empty()) {
            continue;
        }
        const GroupLabels labels = labels_by(input.network, input.past.actor_of, attributes[c]);
        categories_[c] = labels.group_count();
        for (const VertexId v : IdRange<VertexId>(activity_.size())) {
            const GroupId group = labels.first(v);
            category_[c][index_of(v)] =
                group == none<GroupId> ? -1 : static_cast<std::int32_t>(index_of(group));
        }
    }
}

TeamRows::TeamRows(const TeamModel& model) : m_(model), overlap_(model.source_.size(), 0) {
    for (Block& block : blocks_) {
        block.assign(model.vertex_count() * lanes, 0.0F);
    }
    for (Block* block : {&common_, &start_, &one_, &two_}) {
        block->assign(model.vertex_count() * lanes, 0.0F);
    }
}

void TeamRows::compute(std::span<const Team* const> teams) {
    for (Block& block : blocks_) {
        std::fill(block.begin(), block.end(), 0.0F);
    }
    compute_walks(teams);
    compute_consortia(teams);
    compute_fields(teams);
    compute_categories(teams);
    compute_names(teams);
}

void TeamRows::multiply(std::span<const float> arcs, std::span<const float> scale, const Block& in,
                        Block& out) const {
    for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
        std::array<float, lanes> sum{};
        for (std::size_t arc = m_.offsets_[v]; arc < m_.offsets_[v + 1]; ++arc) {
            const std::size_t u = index_of(m_.targets_[arc]);
            const float weight = (arcs.empty() ? 1.0F : arcs[arc]) * (scale.empty() ? 1.0F : scale[u]);
            const float* from = in.data() + u * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                sum[lane] += weight * from[lane];
            }
        }
        std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(v * lanes));
    }
}

void TeamRows::compute_walks(std::span<const Team* const> teams) {
    std::fill(start_.begin(), start_.end(), 0.0F);
    std::array<float, lanes> size{};
    for (std::size_t lane = 0; lane < teams.size(); ++lane) {
        for (const VertexId v : teams[lane]->members) {
            start_[index_of(v) * lanes + lane] = 1.0F;
        }
        size[lane] = static_cast<float>(teams[lane]->members.size());
    }
    multiply(m_.tie_, {}, start_, block(TeamTerm::joint));
    multiply(m_.recent_, {}, start_, block(TeamTerm::joint_recent));
    multiply({}, {}, start_, block(TeamTerm::tied));
    multiply(m_.recent_, m_.by_recent_, start_, one_);
    multiply(m_.recent_, m_.by_recent_, one_, two_);
    multiply(m_.recent_, m_.by_recent_, two_, block(TeamTerm::walks_recent));
    std::vector<float> by_degree;
    for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
        by_degree.push_back(inverse(static_cast<double>(m_.offsets_[v + 1] - m_.offsets_[v])));
    }
    multiply({}, by_degree, block(TeamTerm::tied), block(TeamTerm::resource_allocation));
    multiply({}, {}, block(TeamTerm::tied), common_);

    // x = a P^T x + (1 - a + what vertices without ties hold) e / s
    Block& rank = block(TeamTerm::pagerank);
    for (std::size_t i = 0; i < rank.size(); ++i) {
        const float members = size[i % lanes];
        start_[i] = members > 0.0F ? start_[i] / members : 0.0F;
        rank[i] = start_[i];
    }
    for (std::size_t step = 0; step < pagerank_steps; ++step) {
        multiply(m_.tie_, m_.by_strength_, rank, one_);
        std::array<double, lanes> moved{};
        for (std::size_t i = 0; i < one_.size(); ++i) {
            moved[i % lanes] += static_cast<double>(one_[i]);
        }
        std::array<float, lanes> home{};
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            home[lane] = static_cast<float>(1.0 - static_cast<double>(damping) * moved[lane]);
        }
        for (std::size_t i = 0; i < rank.size(); ++i) {
            rank[i] = damping * one_[i] + home[i % lanes] * start_[i];
        }
    }
}

void TeamRows::compute_consortia(std::span<const Team* const> teams) {
    std::vector<std::uint32_t> touched;
    for (std::size_t lane = 0; lane < teams.size(); ++lane) {
        touched.clear();
        for (const VertexId v : teams[lane]->members) {
            for (const auto& team : m_.teams_of_.of(index_of(v))) {
                if (overlap_[team.at]++ == 0) {
                    touched.push_back(team.at);
                }
            }
        }
        std::sort(touched.begin(), touched.end());
        const auto s = static_cast<float>(teams[lane]->members.size());
        for (const std::uint32_t p : touched) {
            const auto o = static_cast<float>(std::exchange(overlap_[p], 0));
            const auto members = m_.members_.of(p);
            const auto k = static_cast<float>(members.size());
            const float cosine = o * o / (k * s);
            const float jaccard = o / (k + s - o);
            const float pairs = o * (o - 1.0F) / 2.0F / std::max(k - o, 1.0F);
            for (const auto& member : members) {
                const std::size_t i = member.at * lanes + lane;
                block(TeamTerm::consortia_cosine)[i] += cosine;
                if (o >= 2.0F) {
                    block(TeamTerm::shared_consortia)[i] += pairs;
                    block(TeamTerm::consortia_jaccard)[i] += jaccard;
                    float& closest = block(TeamTerm::closest_consortium)[i];
                    closest = std::max(closest, jaccard);
                }
            }
        }
    }
}

void TeamRows::compute_fields(std::span<const Team* const> teams) {
    const std::size_t fields = m_.field_total_.size();
    std::vector<float> of_team(fields * lanes, 0.0F), asked(fields * lanes, 0.0F),
        related(fields * lanes, 0.0F);
    for (std::size_t lane = 0; lane < teams.size(); ++lane) {
        for (const VertexId v : teams[lane]->members) {
            for (const auto& field : m_.fields_.of(index_of(v))) {
                of_team[field.at * lanes + lane] += field.value;
            }
        }
        const auto& topics = teams[lane]->topics;
        const float part = topics.empty() ? 0.0F : 1.0F / static_cast<float>(topics.size());
        for (const ExpertiseId x : topics) {
            asked[index_of(x) * lanes + lane] += part;
            for (const auto& holder : m_.holders_.of(index_of(x))) {
                for (const auto& other : m_.logs_.of(holder.at)) {
                    related[other.at * lanes + lane] += part * holder.value * other.value *
                                                        m_.field_norm_[index_of(x)] *
                                                        m_.field_norm_[other.at];
                }
            }
        }
    }
    for (std::size_t x = 0; x < fields; ++x) {
        const float by_total = inverse(static_cast<double>(m_.field_total_[x]));
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            of_team[x * lanes + lane] *= by_total;
        }
    }
    for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
        for (const auto& field : m_.fields_.of(v)) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::size_t at = field.at * lanes + lane;
                block(TeamTerm::encounters)[v * lanes + lane] += field.value * of_team[at];
                block(TeamTerm::topic)[v * lanes + lane] += field.value * asked[at];
                block(TeamTerm::topic_share)[v * lanes + lane] += field.value * related[at];
            }
        }
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            block(TeamTerm::topic_share)[v * lanes + lane] /= m_.recent_activity_[v] + share_prior;
            block(TeamTerm::recent_activity)[v * lanes + lane] = m_.recent_activity_[v];
        }
    }
}

void TeamRows::compute_categories(std::span<const Team* const> teams) {
    constexpr std::array<TeamTerm, 4> terms = {TeamTerm::same_kind, TeamTerm::same_country,
                                               TeamTerm::same_place, TeamTerm::same_territory};
    for (std::size_t c = 0; c < terms.size(); ++c) {
        std::vector<float> share(m_.categories_[c] * lanes, 0.0F);
        for (std::size_t lane = 0; lane < teams.size(); ++lane) {
            const auto size = static_cast<float>(teams[lane]->members.size());
            for (const VertexId v : teams[lane]->members) {
                if (const std::int32_t group = m_.category_[c][index_of(v)]; group >= 0) {
                    share[static_cast<std::size_t>(group) * lanes + lane] += 1.0F / size;
                }
            }
        }
        for (std::size_t v = 0; v < m_.vertex_count(); ++v) {
            if (const std::int32_t group = m_.category_[c][v]; group >= 0) {
                std::copy_n(
                    share.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(group) * lanes),
                    lanes, block(terms[c]).begin() + static_cast<std::ptrdiff_t>(v * lanes));
            }
        }
    }
}

void TeamRows::compute_names(std::span<const Team* const> teams) {
    for (std::size_t lane = 0; lane < teams.size(); ++lane) {
        std::map<std::uint32_t, float> words;
        for (const VertexId v : teams[lane]->members) {
            for (const auto& word : m_.words_.of(index_of(v))) {
                words[word.at] += word.value / static_cast<float>(teams[lane]->members.size());
            }
        }
        for (const auto& [word, weight] : words) {
            for (const auto& holder : m_.named_.of(word)) {
                block(TeamTerm::names)[holder.at * lanes + lane] += weight * holder.value;
            }
        }
    }
}

}  // namespace maillage

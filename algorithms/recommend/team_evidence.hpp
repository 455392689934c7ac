#pragma once

#include "engine/ids.hpp"
#include "engine/name_words.hpp"
#include "engine/network.hpp"
#include "engine/projection.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the past of a network says about who would join a team: the terms of a ranking of all actors for an empty
/// chair.
namespace maillage {

/// e the team as a vector; W ties 1/(k-1), R the same fading with age, A ties 1; S strengths, D degrees; a partnership p
/// of the past with k members, o of them in the team of s. Sums are over the team.
enum class TeamTerm : std::uint8_t {
    pagerank,             ///< personalised PageRank from the team on W, 0.85
    walks_recent,         ///< e (S^-1 R)^3
    joint,                ///< e W: partnerships shared with the team
    joint_recent,         ///< e R
    tied,                 ///< e A: members tied
    resource_allocation,  ///< e A D^-1 A
    shared_consortia,  ///< sum over p of the actor with o >= 2 of o (o-1) / 2 / (k - o): pairs that it met together
    consortia_jaccard,   ///< sum over the same of o / (k + s - o)
    consortia_cosine,    ///< sum over p with o >= 1 of o^2 / (k s)
    closest_consortium,  ///< the largest o / (k + s - o) with o >= 2
    encounters,          ///< sum over fields of R_x R_team / R_all: meetings that chance would bring
    topic,               ///< faded partnerships in the fields of the team's project
    topic_share,      ///< part of its own that lies in these fields or in fields that the same actors are in
    recent_activity,  ///< faded partnerships
    same_kind,        ///< part of the team of the same kind
    same_country,
    same_place,
    same_territory,
    names  ///< cosine of the words of its name and of those of the team
};
inline constexpr std::size_t team_term_count = 19;
[[nodiscard]] constexpr TeamTerm team_term(std::size_t i) noexcept {
    return static_cast<TeamTerm>(i);
}
/// "pagerank", …
[[nodiscard]] std::string_view to_code(TeamTerm term) noexcept;

/// Those who sit there already, and what they meet for.
struct Team {
    std::vector<VertexId> members;      ///< ascending, none twice; not empty
    std::vector<ExpertiseId> topics{};  ///< of the project, as far as known
};

struct TeamInput {
    const Network& network;
    const Projection& past;  ///< what was known before `day`
    std::int32_t day = 0;    ///< partnerships that start on it or later do not count
    std::span<const std::string> excluded_kinds;
    const NameWords& words;
    std::string_view territory;  ///< attribute of actors; empty: none
};

/// What all teams share. Refers to nothing of the input once made.
class TeamModel {
public:
    /// Definition  A partnership fades by e^(-age / 2), age in years from its start to the day; one without start is as
    ///             old as the oldest.
    /// Cost        O(sum over partnerships of k^2 log) time; 12 bytes an arc.
    explicit TeamModel(const TeamInput& input);

    [[nodiscard]] std::size_t vertex_count() const noexcept { return activity_.size(); }
    /// Member of a partnership of the past, be it alone.
    [[nodiscard]] bool known(VertexId v) const noexcept { return activity_[index_of(v)] > 0.0F; }
    /// Partnerships of the past.
    [[nodiscard]] float activity(VertexId v) const noexcept { return activity_[index_of(v)]; }
    [[nodiscard]] bool tied(VertexId a, VertexId b) const noexcept;

private:
    friend class TeamRows;
    struct Entry {
        std::uint32_t at = 0;
        float value = 0.0F;
    };
    /// Lists of entries one after the other.
    struct Lists {
        std::vector<std::size_t> offsets;
        std::vector<Entry> entries;
        [[nodiscard]] std::span<const Entry> of(std::size_t i) const noexcept {
            return std::span(entries).subspan(offsets[i], offsets[i + 1] - offsets[i]);
        }
    };
    [[nodiscard]] static Lists turned(const Lists& lists, std::size_t count);

    void build_teams(const TeamInput& input);
    void build_ties();
    void build_fields(const TeamInput& input);
    void build_names(const TeamInput& input);
    void build_categories(const TeamInput& input);

    Lists members_, teams_of_;           ///< partnership -> vertices, vertex -> partnerships; value: fading
    std::vector<PartnershipId> source_;  ///< of the partnerships
    std::vector<std::size_t> offsets_;
    std::vector<VertexId> targets_;
    std::vector<float> tie_, recent_;             ///< W, R, an arc each
    std::vector<float> by_strength_, by_recent_;  ///< 1 / S of both
    std::vector<float> activity_, recent_activity_;
    Lists fields_, logs_, holders_;  ///< vertex -> field: faded, ln(1 + n); field -> vertex: ln(1 + n)
    std::vector<float> field_total_, field_norm_;
    Lists words_, named_;
    std::array<std::vector<std::int32_t>, 4> category_;  ///< kind, country, place, territory; -1: none
    std::array<std::size_t, 4> categories_{};
};

/// The terms of a few teams with all actors, side by side. One a worker.
///
/// Law   Values do not depend on which teams are computed together.
/// Cost  compute: pagerank_steps + 5 products of a sparse matrix with `lanes` vectors, and the fields of all actors.
class TeamRows {
public:
    static constexpr std::size_t lanes = 16;
    static constexpr std::size_t pagerank_steps = 60;

    explicit TeamRows(const TeamModel& model);

    /// At most `lanes` teams.
    void compute(std::span<const Team* const> teams);
    [[nodiscard]] float raw(TeamTerm term, std::size_t lane, VertexId y) const noexcept {
        return blocks_[static_cast<std::size_t>(term)][index_of(y) * lanes + lane];
    }
    /// e A A: common partners with the members, beside the terms.
    [[nodiscard]] float common_partners(std::size_t lane, VertexId y) const noexcept {
        return common_[index_of(y) * lanes + lane];
    }

private:
    using Block = std::vector<float>;  ///< vertices times lanes
    [[nodiscard]] Block& block(TeamTerm term) noexcept { return blocks_[static_cast<std::size_t>(term)]; }
    /// out(v) = sum over ties of arcs (1 for A) times in(u) times scale(u), scale empty for 1.
    void multiply(std::span<const float> arcs, std::span<const float> scale, const Block& in,
                  Block& out) const;
    void compute_walks(std::span<const Team* const> teams);
    void compute_consortia(std::span<const Team* const> teams);
    void compute_fields(std::span<const Team* const> teams);
    void compute_categories(std::span<const Team* const> teams);
    void compute_names(std::span<const Team* const> teams);

    const TeamModel& m_;
    std::array<Block, team_term_count> blocks_;
    Block common_, start_, one_, two_;
    std::vector<std::uint32_t> overlap_;  ///< by partnership, zero between two teams
};

}  // namespace maillage

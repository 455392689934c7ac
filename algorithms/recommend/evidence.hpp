#pragma once

#include "engine/history.hpp"
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

/// What the past of a network says about pairs that are not tied yet: the terms of a fitted ranking.
namespace maillage {

/// W ties 1/(k-1), R the same fading with age, F ties 1/sqrt(k-1), A ties 1; S, D strengths and degrees; N partnerships
/// of an actor by field, T all of a field; x and y the pair.
enum class Evidence : std::uint8_t {
    walks,                ///< W S^-1 W S^-1 W: walks of three ties
    walks_wide,           ///< F S^-1 F S^-1 F: the same, large partnerships counting more
    walks_recent,         ///< R S^-1 R S^-1 R
    paths_recent,         ///< R S^-1/2 R S^-1/2 R: L3 over ties that fade
    common_partners,      ///< A (1 / ln D) A (Adamic and Adar 2003)
    resource_allocation,  ///< A D^-1 A (Zhou, Lu and Zhang 2009)
    encounters,           ///< sum over fields of N_x N_y / T, faded: meetings that chance would bring
    related_encounters,  ///< the same one field further: sum of N_x C N_y, C fields that the same actors are in
    partners_encounters,  ///< the same between the partners of one and the other
    common_ground,        ///< cosine of the fields, rare ones counting more
    names,                ///< cosine of the words of both names
    partners_names,       ///< the words of one name among the partners of the other
    kinds,                ///< ln of how often these kinds tie, against chance
    countries,            ///< the same for countries
    territories,          ///< the same for the groups of a further attribute
    same_place,           ///< 1 or 0
    same_territory,       ///< 1 or 0
    activity,             ///< ln of the faded partnerships of both
    recent_activity,      ///< ln of those of the last year
    partners,             ///< ln of the degrees
    coordination          ///< ln of the partnerships that each led
};
inline constexpr std::size_t evidence_count = 21;
[[nodiscard]] constexpr Evidence evidence(std::size_t i) noexcept {
    return static_cast<Evidence>(i);
}
/// "walks", …
[[nodiscard]] std::string_view to_code(Evidence term) noexcept;
/// Whether a term is ln(1 + x / scale) of a raw value x >= 0; the others are used as they are.
[[nodiscard]] bool has_scale(Evidence term) noexcept;

struct EvidenceInput {
    const Network& network;
    const Projection& past;
    std::span<const std::uint8_t> known;  ///< per vertex, 1: counts and is a candidate
    std::int32_t day = 0;                 ///< days since 1970: partnerships that start before are past
    std::span<const std::string> excluded_kinds;  ///< of partnerships
    const NameWords& words;
    std::string_view territory;  ///< attribute of actors; empty: none
};

/// What the rows of all actors share. Refers to the input only while it is made.
class EvidenceModel {
public:
    /// Definition  A tie fades by e^(-age / fading), fading = 0.4 times the length of the history, between 1 and 3 years. A
    ///             partnership without start is as old as the oldest.
    /// Cost        O(sum over partnerships of k^2, log of it) time; 24 bytes an arc.
    /// Errors      OptionError when the attribute of territories does not exist.
    explicit EvidenceModel(const EvidenceInput& input);

    [[nodiscard]] std::size_t vertex_count() const noexcept { return known_.size(); }
    [[nodiscard]] bool known(VertexId v) const noexcept { return known_[index_of(v)] != 0; }
    [[nodiscard]] std::span<const VertexId> partners(VertexId v) const noexcept {
        return std::span(targets_).subspan(
            static_cast<std::size_t>(offsets_[index_of(v)]),
            static_cast<std::size_t>(offsets_[index_of(v) + 1] - offsets_[index_of(v)]));
    }
    [[nodiscard]] std::size_t arc_count() const noexcept { return targets_.size(); }
    [[nodiscard]] double fading_years() const noexcept { return fading_; }

private:
    friend class EvidenceRows;
    struct FieldOf {
        std::uint32_t field = 0;
        float recent = 0.0F;  ///< faded partnerships
        float plain = 0.0F;   ///< ln(1 + partnerships) times rarity, normed
    };
    struct Word {
        std::uint32_t word = 0;
        float weight = 0.0F;
    };
    struct VertexOf {
        VertexId vertex{};
        float weight = 0.0F;
    };
    struct Facts {
        float activity = 0.0F, recent_activity = 0.0F, partners = 0.0F, coordination = 0.0F;
        std::int32_t kind = -1, country = -1, territory = -1, place = -1;
    };
    struct Lift {
        std::size_t categories = 0;
        std::vector<float> table;  ///< categories squared
        [[nodiscard]] float of(std::int32_t a, std::int32_t b) const noexcept {
            return a < 0 || b < 0
                       ? 0.0F
                       : table[static_cast<std::size_t>(a) * categories + static_cast<std::size_t>(b)];
        }
    };
    struct Past;

    void build_ties(const Past& past);
    void build_fields(const Past& past, std::size_t fields);
    void build_words(const EvidenceInput& input);
    void build_facts(const EvidenceInput& input, const Past& past);
    [[nodiscard]] Lift lift_of(std::int32_t Facts::*category) const;

    std::vector<std::uint8_t> known_;
    double fading_ = 3.0;
    std::vector<std::uint64_t> offsets_;
    std::vector<VertexId> targets_;
    std::vector<float> tie_, wide_, recent_;  ///< W, F, R, an arc each
    /// Arcs times what the vertex they lead to divides by.
    std::vector<float> walk_, walk_wide_, walk_recent_, path_recent_, adamic_, allocation_;
    std::vector<float> by_strength_, by_recent_;  ///< 1 / S, of W and R
    std::vector<std::uint64_t> field_offsets_;
    std::vector<FieldOf> fields_;
    std::vector<float> by_field_;  ///< 1 / T
    std::vector<float> related_;   ///< fields squared
    std::vector<std::uint64_t> word_offsets_, word_vertex_offsets_;
    std::vector<Word> words_;
    std::vector<VertexOf> word_vertices_;
    std::vector<Facts> facts_;
    Lift kinds_, countries_, territories_;
};

/// The rows of a few actors at a time, side by side. One a worker.
///
/// Law   Values are symmetric up to rounding, and do not depend on which actors are computed together.
/// Cost  compute: at most 13 products of a sparse matrix with `lanes` vectors, and the fields and words of all actors.
class EvidenceRows {
public:
    static constexpr std::size_t lanes = 16;
    /// wanted: what will be asked for; the rest is not computed.
    EvidenceRows(const EvidenceModel& model, const std::array<bool, evidence_count>& wanted);

    /// At most `lanes` actors.
    void compute(std::span<const VertexId> actors);
    /// Raw value of a term for the pair of the lane's actor with y.
    [[nodiscard]] double raw(Evidence term, std::size_t lane, VertexId y) const noexcept;

private:
    using Block = std::vector<float>;  ///< vertices times lanes
    [[nodiscard]] bool wants(Evidence term) const noexcept { return wanted_[static_cast<std::size_t>(term)]; }
    [[nodiscard]] Block& block(Evidence term) noexcept { return blocks_[static_cast<std::size_t>(term)]; }
    void start(const std::vector<float>& arcs, Block& into) const;
    void multiply(const std::vector<float>& arcs, const Block& in, Block& out) const;
    void compute_walks();
    void compute_fields();
    void compute_words();

    const EvidenceModel& m_;
    std::array<bool, evidence_count> wanted_;
    std::vector<VertexId> actors_;
    std::array<Block, evidence_count> blocks_;
    Block one_, two_;
    std::vector<float> profile_, weighed_;  ///< fields (or words) times lanes
};

}  // namespace maillage

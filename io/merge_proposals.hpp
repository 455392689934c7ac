#pragma once

#include "engine/network.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Which actors, and which expertises, may be one and the same under two spellings.
namespace maillage::io {

/// What speaks for a pair being one, then what else is known of it.
enum class MergeReason : std::uint8_t {
    same_identifier,   ///< an attribute that identifies organisations (SIRET, ROR, PIC, …) says so
    same_name,         ///< but for case, accents and punctuation (name_key)
    same_core,         ///< but for legal form and articles (name_core)
    small_words,       ///< but for articles and the like, wherever they stand
    word_order,        ///< the same words in another order
    spacing,           ///< the same letters, cut into words elsewhere
    acronym,           ///< one is called by the initials of the other
    typing_error,      ///< words that differ by a letter or two
    abbreviation,      ///< a word and its beginning, or a word and initials
    missing_words,     ///< one has words that the other has not
    alike,             ///< most of what is rare in both names is the same
    same_website,      ///< the same address, of these two or three alone
    same_mail_domain,  ///< the same domain behind @, likewise
    same_place,
    other_place,
    other_country,
    other_kind,
    other_identifier,
    other_number  ///< Paris 1 and Paris 2
};
/// "same_name", …
[[nodiscard]] std::string_view to_code(MergeReason reason) noexcept;

struct MergeEvidence {
    MergeReason reason{};
    std::string detail;  ///< the words or the value concerned, may be empty
};

template <StrongId Id>
struct MergeProposal {
    Id keep{}, merge{};
    double score = 0.0;                   ///< 0 .. 1
    std::vector<MergeEvidence> evidence;  ///< the name first, then the circumstances
};

struct ProposalOptions {
    double least_score = 0.6;  ///< 0 .. 1
};

struct MergeProposals {
    std::vector<MergeProposal<ActorId>> actors;  ///< score down, then ids
    std::vector<MergeProposal<ExpertiseId>> expertises;
    std::size_t compared = 0;  ///< pairs whose names were compared
};

/// All pairs of near_duplicates are joined by proposals of at least this score: same core, another kind.
inline constexpr double near_duplicate_score = 0.8;

/// Pairs that may be one, to be reviewed by somebody who knows.
///
/// Words     of name_core without articles and prepositions. The weight of a word that d of n names have is
///           log(1 + n/d) / log(1 + n), with n at least 50; words that many bodies have in their name (university,
///           school, saint, …) weigh at most 0.25.
/// Score     Words are paired: equal; one letter apart (two from 8 letters on), unless both are words of several
///           names, with similarity 1 - distance / (2 length); a word and its beginning; a word and the initials of
///           words. With M the weight paired, h and l the larger and smaller weight left over, the names are as
///           alike as M / (M + h/2 + 5l/2): what only one has is half as bad as what both share is good, and
///           words on both sides that nothing pairs tell two bodies apart. Times 0.92; but 0.98 for the same
///           key, 0.95 for the same core, 0.93 for other small words, another order or spacing; initials of a whole name 0.55 to 0.85 by
///           their length, divided by the number of names that have them. Names with different numbers: x 0.2.
/// Known     The same place moves a score of at least one half by 0.3 of the way to 1, the same web site by 0.5, the
///           same domain of mail by 0.3; another place x 0.6, another country x 0.3, another kind x 0.85, another
///           identifier x 0.4; the same identifier gives at least 0.97.
/// Pairs     of at least least_score, as a forest: of pairs that are already joined through better ones none is
///           repeated, and each actor is merged into at most one. `keep` is the nearer one to the actor of the tree
///           with most partnerships and expertises, then attributes, then the first id. Any choice among
///           them can be applied.
/// Compared  are names that share a rare word, two words, all words, initials, an identifier, a site, or that differ by
///           one letter (deletion neighbourhoods, exact up to 48 letters); groups of more than 24 that share one
///           thing only with their neighbours in the order of names.
/// Cost      O(n L log n) for n names of L letters; memory some kilobytes a name.
/// Degenerate  Names of punctuation alone are never proposed. No actors: no pairs.
/// Source    Words weighed by rarity and paired softly: Cohen, Ravikumar, Fienberg 2003 (soft TF-IDF); the
///           asymmetric ratio: Tversky 1977, symmetric as in Jimenez, Becerra, Gelbukh 2013; blocking: Christen 2012,
///           chapter 4; deletion neighbourhoods: Mor, Fraenkel 1982; letters: Damerau 1964. Weights are ours, set on
///           the noise described in io/README.md.
/// Errors    none.
[[nodiscard]] MergeProposals merge_proposals(const Network& network, const ProposalOptions& options = {});

}  // namespace maillage::io

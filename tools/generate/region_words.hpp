#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The words of synthetic regions: codes with their labels, and the parts of made-up names.
namespace maillage::tools {

struct CodeWords {
    std::string_view code, fr, en;
    bool feminine = false;  ///< of the French word
};

inline constexpr std::array<CodeWords, 8> actor_kinds = {
    {{"association", "Association", "Association", true},
     {"company", "Entreprise", "Company", true},
     {"culture", "Établissement culturel", "Cultural institution"},
     {"municipality", "Commune", "Municipality", true},
     {"network", "Réseau", "Network"},
     {"public_body", "Établissement public", "Public body"},
     {"school", "Lycée", "School"},
     {"university", "Université", "University", true}}};
inline constexpr std::uint32_t actor_kind_count = actor_kinds.size();

inline constexpr std::array<CodeWords, 5> partnership_kinds = {
    {{"project", "Projet", "Project"},
     {"agreement", "Convention", "Agreement", true},
     {"network", "Réseau", "Network"},
     {"event", "Événement", "Event"},
     {"exchange", "Échange", "Exchange"}}};

inline constexpr std::array<CodeWords, 3> opportunity_kinds = {
    {{"call", "Appel à projets", "Call"},
     {"event", "Rencontre", "Event", true},
     {"working_group", "Groupe de travail", "Working group"}}};
inline constexpr std::uint32_t opportunity_kind_count = opportunity_kinds.size();

/// Middle words of names: « Association fictive Horizon 0123 ».
inline constexpr std::array<std::string_view, 16> name_words = {
    "Horizon", "Passerelle", "Boussole", "Rivage", "Estuaire",  "Trait d'union", "Canopée",  "Atelier",
    "Sillage", "Confluence", "Lanterne", "Alizé",  "Tisserand", "Belvédère",     "Méridien", "Archipel"};

struct Country {
    std::string_view code;
    std::int32_t lat, lon;  ///< hundredths of a degree, south-west of the made-up towns
};
inline constexpr std::array<Country, 8> countries = {{{"BE", 5000, 400},
                                                      {"DE", 5000, 900},
                                                      {"ES", 4000, -400},
                                                      {"IT", 4300, 1100},
                                                      {"MA", 3200, -700},
                                                      {"PL", 5100, 1800},
                                                      {"RO", 4500, 2400},
                                                      {"SN", 1400, -1600}}};

}  // namespace maillage::tools

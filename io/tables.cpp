#include "io/tables.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <array>

namespace maillage::io {
namespace {

using Names = std::string_view;

// As people write them; compared by column_key, so case, accents, spaces and punctuation do not matter.
constexpr Names id_names[] = {"identifiant", "code", "ident", "clé", "key", "uid"};
constexpr Names name_names[] = {
    "nom",     "structure", "organisme",           "organisation",   "organization",
    "acteur",  "actor",     "dénomination",        "raison sociale", "intitulé",
    "libellé", "label",     "nom de la structure", "full name",      "nom complet"};
constexpr Names kind_names[] = {"type",      "catégorie",        "category",          "nature",
                                "typologie", "statut juridique", "type de structure", "type d'acteur",
                                "actor type"};
constexpr Names place_names[] = {"ville", "commune", "lieu",     "localité",
                                 "city",  "town",    "location", "municipality"};
constexpr Names country_names[] = {"pays", "code pays", "country code"};
constexpr Names lat_names[] = {"latitude"};
constexpr Names lon_names[] = {"longitude", "lng", "long"};
constexpr Names url_names[] = {"site",    "site web", "site internet", "web",
                               "website", "lien",     "link",          "adresse web"};
constexpr Names parent_names[] = {"broader",          "parente",      "id parent",
                                  "niveau supérieur", "rattachement", "parent id"};
constexpr Names label_names[] = {"libellé", "intitulé", "nom", "name", "pref label", "titre", "title"};
constexpr Names label_fr_names[] = {"libellé fr", "libellé français", "nom fr", "français", "fr"};
constexpr Names label_en_names[] = {"libellé en", "libellé anglais", "nom en", "anglais", "english", "en"};
constexpr Names scheme_names[] = {"schéma", "référentiel", "nomenclature", "thésaurus", "vocabulary"};
constexpr Names actor_names[] = {"acteur",    "structure", "organisme", "organisation", "organization",
                                 "id acteur", "acteur id", "actor id",  "id structure"};
constexpr Names expertise_names[] = {"compétence",    "domaine",      "thème",        "skill",
                                     "competence id", "id expertise", "expertise id", "id compétence",
                                     "thématique",    "savoir-faire"};
constexpr Names relation_names[] = {"sens",          "offre ou besoin", "type de relation",
                                    "relation type", "nature",          "type"};
constexpr Names level_names[] = {"niveau", "degré", "maîtrise"};
constexpr Names source_names[] = {"origine", "provenance", "référence"};
constexpr Names start_names[] = {"début", "depuis",    "since", "date début", "date de début", "start date",
                                 "begin", "from date", "année", "year",       "année de début"};
constexpr Names end_names[] = {"fin",      "until",  "date fin", "date de fin",
                               "end date", "jusque", "jusqu'à",  "année de fin"};
constexpr Names status_names[] = {"statut", "état", "state"};
constexpr Names weight_names[] = {"poids", "pondération", "intensité", "strength", "importance"};
constexpr Names expertises_names[] = {"compétences", "thèmes",   "thème",     "thématique",
                                      "thématiques", "domaines", "domaine",   "expertise",
                                      "topics",      "skills",   "compétence"};
constexpr Names a_names[] = {"acteur a",    "acteur 1",    "partenaire a", "partenaire 1",
                             "structure a", "structure 1", "actor a",      "actor 1",
                             "partner a",   "partner 1",   "de",           "from"};
constexpr Names b_names[] = {"acteur b",    "acteur 2",    "partenaire b", "partenaire 2",
                             "structure b", "structure 2", "actor b",      "actor 2",
                             "partner b",   "partner 2",   "vers",         "to"};
constexpr Names partnership_names[] = {"partenariat",    "projet",         "project",
                                       "coopération",    "cooperation",    "id partenariat",
                                       "partenariat id", "partnership id", "consortium"};
constexpr Names role_names[] = {"rôle", "fonction", "function"};
constexpr Names title_names[] = {"titre", "intitulé", "nom", "name", "libellé", "label"};
constexpr Names opens_names[] = {"ouverture", "date d'ouverture", "date ouverture",
                                 "opening",   "opening date",     "début"};
constexpr Names deadline_names[] = {"échéance", "date limite",  "clôture", "limite",
                                    "closing",  "closing date", "fin"};
constexpr Names min_partners_names[] = {"partenaires min", "min partenaires",
                                        "nombre minimal de partenaires"};
constexpr Names max_partners_names[] = {"partenaires max", "max partenaires",
                                        "nombre maximal de partenaires"};
constexpr Names min_kinds_names[] = {"types min", "min types", "nombre minimal de types"};
constexpr Names required_kinds_names[] = {"types requis", "types exigés", "types obligatoires"};
constexpr Names countries_names[] = {"pays", "pays éligibles", "country"};
constexpr Names min_countries_names[] = {"pays min", "min pays", "nombre minimal de pays"};
constexpr Names opportunity_names[] = {"opportunité",    "appel",          "call",          "appel à projets",
                                       "id opportunité", "opportunité id", "opportunity id"};
constexpr Names min_holders_names[] = {"détenteurs min", "min détenteurs", "porteurs min", "min porteurs"};

constexpr ColumnSpec actors_columns[] = {
    {"id", true, id_names},        {"name", true, name_names},        {"kind", false, kind_names},
    {"place", false, place_names}, {"country", false, country_names}, {"lat", false, lat_names},
    {"lon", false, lon_names},     {"url", false, url_names}};
constexpr ColumnSpec expertises_columns[] = {{"id", true, id_names},
                                             {"parent", false, parent_names},
                                             {"label", false, label_names},
                                             {"label_fr", false, label_fr_names},
                                             {"label_en", false, label_en_names},
                                             {"scheme", false, scheme_names}};
constexpr ColumnSpec actor_expertises_columns[] = {{"actor", true, actor_names},
                                                   {"expertise", true, expertise_names},
                                                   {"relation", false, relation_names},
                                                   {"level", false, level_names},
                                                   {"source", false, source_names}};
constexpr ColumnSpec partnerships_columns[] = {{"id", true, id_names},
                                               {"name", false, name_names},
                                               {"kind", false, kind_names},
                                               {"start", false, start_names},
                                               {"end", false, end_names},
                                               {"status", false, status_names},
                                               {"weight", false, weight_names},
                                               {"expertises", false, expertises_names},
                                               {"source", false, source_names},
                                               {"a", false, a_names},
                                               {"b", false, b_names}};
constexpr ColumnSpec members_columns[] = {
    {"partnership", true, partnership_names}, {"actor", true, actor_names}, {"role", false, role_names}};
constexpr ColumnSpec opportunities_columns[] = {{"id", true, id_names},
                                                {"title", true, title_names},
                                                {"kind", false, kind_names},
                                                {"opens", false, opens_names},
                                                {"deadline", false, deadline_names},
                                                {"min_partners", false, min_partners_names},
                                                {"max_partners", false, max_partners_names},
                                                {"min_kinds", false, min_kinds_names},
                                                {"required_kinds", false, required_kinds_names},
                                                {"countries", false, countries_names},
                                                {"min_countries", false, min_countries_names},
                                                {"url", false, url_names}};
constexpr ColumnSpec opportunity_expertises_columns[] = {{"opportunity", true, opportunity_names},
                                                         {"expertise", true, expertise_names},
                                                         {"weight", false, weight_names},
                                                         {"min_holders", false, min_holders_names}};

constexpr Names actors_files[] = {"actors",        "acteurs",       "structures",
                                  "organisations", "organizations", "organismes"};
constexpr Names expertises_files[] = {"expertises", "compétences", "skills",
                                      "domaines",   "thématiques", "thèmes"};
constexpr Names actor_expertises_files[] = {
    "actor expertises",   "acteur expertises",      "acteurs expertises",
    "acteur compétences", "acteurs compétences",    "compétences des acteurs",
    "expertises acteurs", "expertises des acteurs", "actors expertises"};
constexpr Names partnerships_files[] = {"partnerships", "partenariats", "coopérations",
                                        "projets",      "projects",     "liens"};
constexpr Names members_files[] = {"members", "membres", "partnership members", "membres des partenariats"};
constexpr Names opportunities_files[] = {"opportunities", "opportunités", "appels", "calls",
                                         "appels à projets"};
constexpr Names opportunity_expertises_files[] = {"opportunity expertises",   "opportunité expertises",
                                                  "opportunités expertises",  "opportunité compétences",
                                                  "opportunités compétences", "expertises des opportunités"};

constexpr std::array<TableSpec, 7> specs = {
    {{Table::actors, actors_columns, actors_files},
     {Table::expertises, expertises_columns, expertises_files},
     {Table::actor_expertises, actor_expertises_columns, actor_expertises_files},
     {Table::partnerships, partnerships_columns, partnerships_files},
     {Table::members, members_columns, members_files},
     {Table::opportunities, opportunities_columns, opportunities_files},
     {Table::opportunity_expertises, opportunity_expertises_columns, opportunity_expertises_files}}};

}  // namespace

std::span<const TableSpec> table_specs() noexcept {
    return specs;
}

const TableSpec& spec_of(Table table) noexcept {
    return *std::find_if(specs.begin(), specs.end(),
                         [table](const TableSpec& spec) { return spec.table == table; });
}

std::optional<Table> table_named(std::string_view stem) {
    const std::string key = column_key(stem);
    for (const TableSpec& spec : specs) {
        if (std::any_of(spec.file_names.begin(), spec.file_names.end(),
                        [&key](std::string_view name) { return column_key(name) == key; })) {
            return spec.table;
        }
    }
    return std::nullopt;
}

}  // namespace maillage::io

#include "io/tables.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <array>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names id_names[] = {"identifiant", "code", "ident", "cle"};
constexpr Names name_names[] = {"nom",          "structure",     "organisme", "organisation", "acteur",
                                "denomination", "raisonsociale", "intitule",  "libelle"};
constexpr Names kind_names[] = {"type", "categorie", "nature", "typologie", "typedestructure", "typedacteur"};
constexpr Names place_names[] = {"ville", "commune", "lieu", "localite", "city", "town"};
constexpr Names country_names[] = {"pays", "codepays", "countrycode"};
constexpr Names lat_names[] = {"latitude"};
constexpr Names lon_names[] = {"longitude", "lng", "long"};
constexpr Names url_names[] = {"site", "siteweb", "siteinternet", "web", "website", "lien"};
constexpr Names parent_names[] = {"broader", "parente", "niveausuperieur", "rattachement"};
constexpr Names label_names[] = {"libelle", "intitule", "nom", "name", "preflabel"};
constexpr Names label_fr_names[] = {"libellefr", "nomfr", "francais"};
constexpr Names label_en_names[] = {"libelleen", "nomen", "anglais", "english"};
constexpr Names scheme_names[] = {"schema", "referentiel", "nomenclature", "thesaurus"};
constexpr Names actor_names[] = {"acteur", "structure", "organisme", "organisation", "idacteur", "actorid"};
constexpr Names expertise_names[] = {"competence", "domaine", "theme", "skill", "idexpertise", "expertiseid"};
constexpr Names relation_names[] = {"lien", "sens", "offreoubesoin", "typederelation"};
constexpr Names level_names[] = {"niveau"};
constexpr Names source_names[] = {"origine", "provenance"};
constexpr Names start_names[] = {"debut",       "depuis",    "since", "datedebut",
                                 "datededebut", "startdate", "annee", "begin"};
constexpr Names end_names[] = {"fin", "until", "datefin", "datedefin", "enddate", "jusque"};
constexpr Names status_names[] = {"statut", "etat"};
constexpr Names weight_names[] = {"poids", "ponderation", "intensite"};
constexpr Names expertises_names[] = {"competences", "themes",   "theme",    "thematique",
                                      "thematiques", "domaines", "expertise"};
constexpr Names a_names[] = {"acteura", "acteur1", "partenairea", "partenaire1", "actora",
                             "actor1",  "source1", "de",          "from"};
constexpr Names b_names[] = {"acteurb", "acteur2", "partenaireb", "partenaire2",
                             "actorb",  "actor2",  "vers",        "to"};
constexpr Names partnership_names[] = {"partenariat", "projet",        "project",
                                       "cooperation", "idpartenariat", "partnershipid"};
constexpr Names role_names[] = {"fonction"};
constexpr Names title_names[] = {"titre", "intitule", "nom", "name"};
constexpr Names opens_names[] = {"ouverture", "dateouverture", "opening"};
constexpr Names deadline_names[] = {"echeance", "datelimite", "cloture", "limite"};
constexpr Names min_partners_names[] = {"partenairesmin", "minpartenaires", "nombreminimaldepartenaires"};
constexpr Names max_partners_names[] = {"partenairesmax", "maxpartenaires", "nombremaximaldepartenaires"};
constexpr Names min_kinds_names[] = {"typesmin", "mintypes"};
constexpr Names required_kinds_names[] = {"typesrequis", "typesexiges"};
constexpr Names countries_names[] = {"pays"};
constexpr Names min_countries_names[] = {"paysmin", "minpays"};
constexpr Names opportunity_names[] = {"opportunite", "appel", "call", "idopportunite", "opportunityid"};
constexpr Names min_holders_names[] = {"detenteursmin", "porteursmin", "minporteurs"};

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

constexpr Names actors_files[] = {"actors", "acteurs", "structures", "organisations"};
constexpr Names expertises_files[] = {"expertises", "competences"};
constexpr Names actor_expertises_files[] = {"actorexpertises",    "acteurexpertises",
                                            "acteursexpertises",  "acteurcompetences",
                                            "acteurscompetences", "competencesdesacteurs"};
constexpr Names partnerships_files[] = {"partnerships", "partenariats", "cooperations", "projets"};
constexpr Names members_files[] = {"members", "membres"};
constexpr Names opportunities_files[] = {"opportunities", "opportunites", "appels"};
constexpr Names opportunity_expertises_files[] = {"opportunityexpertises", "opportuniteexpertises",
                                                  "opportunitesexpertises", "opportunitecompetences",
                                                  "opportunitescompetences"};

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
        if (std::find(spec.file_keys.begin(), spec.file_keys.end(), key) != spec.file_keys.end()) {
            return spec.table;
        }
    }
    return std::nullopt;
}

}  // namespace maillage::io

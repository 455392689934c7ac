#include "io/import/import_map.hpp"

/// The maps of the sources that maillage knows, in the form that --map takes.
namespace maillage::io {
namespace {

/// What the Publications Office publishes for Horizon 2020 and Horizon Europe (data.europa.eu, "CORDIS - EU
/// research projects"): one folder with organization.csv, project.csv, euroSciVoc.csv, topics.csv.
/// Regions are NUTS codes; those of the version of 2013 are older than the regions of today.
constexpr std::string_view cordis = R"json({
  "settings": {
    "title": "Projets européens (CORDIS)",
    "licence": "CC BY 4.0, © European Union, CORDIS",
    "group_by": ["country", "kind"],
    "labels": {
      "kind": {
        "HES": {"fr": "Enseignement supérieur", "en": "Higher education"},
        "REC": {"fr": "Organisme de recherche", "en": "Research organisation"},
        "PRC": {"fr": "Entreprise", "en": "Company"},
        "PUB": {"fr": "Organisme public", "en": "Public body"},
        "OTH": {"fr": "Autre", "en": "Other"}
      },
      "attribute": {
        "nuts": {"fr": "Région (NUTS)", "en": "Region (NUTS)"},
        "short_name": {"fr": "Sigle", "en": "Short name"},
        "sme": {"fr": "PME", "en": "SME"}
      }
    }
  },
  "region": {
    "attribute": "nuts",
    "by_beginning": true,
    "codes": {
      "Auvergne-Rhône-Alpes": ["FRK", "FR71", "FR72"],
      "Bourgogne-Franche-Comté": ["FRC", "FR26", "FR43"],
      "Bretagne": ["FRH", "FR52"],
      "Centre-Val de Loire": ["FRB", "FR24"],
      "Corse": ["FRM", "FR83"],
      "Grand Est": ["FRF", "FR21", "FR41", "FR42"],
      "Hauts-de-France": ["FRE", "FR22", "FR30"],
      "Île-de-France": ["FR1"],
      "Normandie": ["FRD", "FR23", "FR25"],
      "Nouvelle-Aquitaine": ["FRI", "FR53", "FR61", "FR63"],
      "Occitanie": ["FRJ", "FR62", "FR81"],
      "Pays de la Loire": ["FRG", "FR51"],
      "Provence-Alpes-Côte d'Azur": ["FRL", "FR82"]
    }
  },
  "files": [
    {"file": "project.csv", "columns": {
      "partnership.id": "id",
      "partnership.name": {"column": ["acronym", "title"]},
      "partnership.kind": {"column": "fundingScheme", "optional": true},
      "partnership.start": "startDate",
      "partnership.end": "endDate",
      "partnership.status": {"column": "status", "optional": true, "values": {"SIGNED": "active", "CLOSED": "ended", "TERMINATED": "ended"}},
      "partnership.source": {"constant": "CORDIS"}
    }},
    {"file": "organization.csv", "columns": {
      "partnership.id": "projectID",
      "actor.id": "organisationID",
      "actor.name": "name",
      "actor.place": "city",
      "actor.country": "country",
      "actor.kind": "activityType",
      "actor.url": {"column": "organizationURL", "optional": true},
      "actor.short_name": {"column": "shortName", "optional": true},
      "actor.sme": {"column": "SME", "optional": true, "values": {"true": "1", "false": "0"}},
      "actor.nuts": {"column": "nutsCode", "optional": true},
      "actor.lat": {"column": "geolocation", "cut_at": ",", "part": 1, "optional": true},
      "actor.lon": {"column": "geolocation", "cut_at": ",", "part": 2, "optional": true},
      "member.role": "role"
    }},
    {"file": "euroSciVoc.csv", "optional": true, "columns": {
      "partnership.id": "projectID",
      "expertise.id": "euroSciVocCode",
      "expertise.path": "euroSciVocPath",
      "expertise.label_en": "euroSciVocTitle"
    }},
    {"file": "topics.csv", "optional": true, "columns": {
      "partnership.id": "projectID",
      "expertise.id": "topic",
      "expertise.label_en": "title"
    }}
  ]
})json";

/// What the ANR publishes on data.gouv.fr ("Projets ANR : détail des projets et des partenaires"): a table of
/// partners and one of projects, here under the names partenaires.csv and projets.csv. The third part of the
/// code of a decision (ANR-19-CE04-0012) is its committee.
constexpr std::string_view anr = R"json({
  "settings": {
    "title": "Projets de l'Agence nationale de la recherche",
    "licence": "Licence Ouverte 2.0, ANR",
    "group_by": ["region", "kind"]
  },
  "region": {"attribute": "region"},
  "files": [
    {"file": "projets.csv", "columns": {
      "partnership.id": {"column": ["Projet.Code_Decision", "Projet.Code_Decision_ANR"]},
      "partnership.name": {"column": ["Projet.Acronyme", "Projet.Titre.Francais"], "optional": true},
      "partnership.kind": {"column": ["Action.Titre.Francais", "Programme.Acronyme"], "optional": true},
      "partnership.start": {"column": ["Projet.T0_Scientifique", "Projet.T0 scientifique", "AAP.Edition"]},
      "partnership.source": {"constant": "ANR"}
    }},
    {"file": "partenaires.csv", "columns": {
      "partnership.id": {"column": ["Projet.Code_Decision", "Projet.Code_Decision_ANR"]},
      "partnership.expertises": {"column": ["Projet.Code_Decision", "Projet.Code_Decision_ANR"], "cut_at": "-", "part": 3},
      "actor.id": {"column": ["Projet.Partenaire.Code_RNSR", "Projet.Partenaire.RNSR"], "optional": true},
      "actor.name": "Projet.Partenaire.Nom_organisme",
      "actor.kind": {"column": "Projet.Partenaire.Categorie_organisme", "optional": true},
      "actor.place": {"column": "Projet.Partenaire.Adresse.Ville"},
      "actor.region": {"column": "Projet.Partenaire.Adresse.Region", "optional": true},
      "actor.country": {"column": "Projet.Partenaire.Adresse.Pays", "optional": true},
      "member.role": {"column": "Projet.Partenaire.Est_coordinateur", "optional": true,
                      "values": {"True": "coordinator", "true": "coordinator", "1": "coordinator",
                                 "False": "participant", "false": "participant", "0": "participant"}}
    }}
  ]
})json";

}  // namespace

std::optional<std::string_view> known_source(std::string_view name) noexcept {
    if (name == "cordis") {
        return cordis;
    }
    if (name == "anr") {
        return anr;
    }
    return std::nullopt;
}

}  // namespace maillage::io

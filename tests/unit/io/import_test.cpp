#include "io/import/import.hpp"

#include "io/write_dataset.hpp"

#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace maillage;
using namespace maillage::testing;

namespace {

constexpr std::string_view plain_map = R"({
  "missing": ["NA"],
  "region": {"attribute": "region"},
  "files": [{"file": "rows.csv", "columns": {
    "partnership.id": "project",
    "partnership.start": {"column": "year", "optional": true},
    "partnership.expertises": {"column": "project", "cut_at": "-", "part": 2},
    "actor.id": "siret", "actor.name": "Organisme", "actor.place": "ville",
    "actor.region": {"column": "region", "optional": true},
    "member.role": {"column": "lead", "values": {"1": "coordinator", "0": "participant"}, "optional": true}
  }}]
})";

io::ImportResult import_rows(std::string_view rows, const io::ImportOptions& options = {}) {
    const Folder folder{{"rows.csv", rows}};
    return io::import_tables(io::read_import_map(plain_map, "map.json"), folder.path(), options);
}

std::string refusal(std::string_view rows, std::string_view map = plain_map,
                    const io::ImportOptions& options = {}) {
    const Folder folder{{"rows.csv", rows}};
    try {
        (void)io::import_tables(io::read_import_map(map, "map.json"), folder.path(), options);
    } catch (const InputError& error) {
        CHECK(places_make_sense(error.diagnostics()));
        return said(error.diagnostics());
    } catch (const OptionError& error) {
        return error.field() + ": " + error.what();
    }
    return {};
}

std::string names(const Network& network) {
    std::string all;
    for (const ActorId a : network.actors().ids()) {
        all += (all.empty() ? "" : "; ") + std::string(network.id(a)) + "=" + std::string(network.name(a));
    }
    return all;
}

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("import: organisations are matched by identifier, then by name and place", "[io][import]") {
    const auto result = import_rows(
        "project;siret;organisme;ville;year\n"
        "P-EAU-1;11;Université de Tours;Tours;2017\n"
        "P-EAU-1;22;CNRS;Orléans;2017\n"
        "P-EAU-2;11;UNIV TOURS;Tours;2018\n"
        "P-EAU-2;;universite de tours;TOURS;2018\n"  // the identified one, twice in P-EAU-2
        "P-SOL-3;;Ville de Blois;Blois;2019\n"
        "P-SOL-3;;VILLE DE BLOIS;blois;2019\n"  // itself again
        "P-SOL-3;11;Université de Tours;Tours;2019\n"
        "P-SOL-4;33;CNRS;Orléans;2019\n"
        "P-SOL-4;;Cnrs;Orleans;2019\n");  // could be 22 or 33
    CHECK(names(result.network) ==
          "11=Université de Tours; 22=CNRS; 33=CNRS; cnrs.orleans=Cnrs; ville-de-blois.blois=VILLE DE BLOIS");
    CHECK(result.summary.rows == 9);
    CHECK(result.summary.merged_by_identifier == 1);
    CHECK(result.summary.merged_by_name == 2);
    CHECK(result.summary.ambiguous == 1);
    CHECK(result.summary.repeated_members == 2);
    REQUIRE(result.merges.size() == 3);
    CHECK(result.merges[0].spelled_name == "UNIV TOURS");
    CHECK(result.merges[0].by == io::MergedBy::identifier);
    CHECK(result.merges[0].where == SourcePosition{"rows.csv", 4, 1});
    CHECK(result.merges[2].actor == "ville-de-blois.blois");
    CHECK(said(result.diagnostics, Severity::warning)
              .find("rows.csv:5:1: warning: \"Université de Tours\" is already in partnership \"P-EAU-2\" "
                    "(line 4); it is "
                    "a member once") != std::string::npos);
    const auto p = result.network.find_partnership("P-SOL-3");
    REQUIRE(p);
    CHECK(result.network.members(*p).size() == 2);
    REQUIRE(result.network.topics(*p).size() == 1);
    CHECK(result.network.id(result.network.topics(*p)[0]) == "SOL");
    CHECK(result.network.partnerships()[*p].start == Date{2019, 0, 0});
}

TEST_CASE("import: the order of rows changes nothing but places", "[io][import]") {
    const std::string head = "project;siret;organisme;ville;lead\n";
    const std::vector<std::string> rows = {"A-X-1;1;Un;Tours;1\n", "A-X-1;;un;tours;0\n", "A-X-1;2;Deux;;0\n",
                                           "A-Y-2;2;DEUX;Blois;1\n", "A-Y-2;;Trois;;0\n"};
    std::string there = head;
    std::string back = head;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        there += rows[i];
        back += rows[rows.size() - 1 - i];
    }
    std::ostringstream first;
    std::ostringstream second;
    io::write_json_dataset(first, import_rows(there).network);
    io::write_json_dataset(second, import_rows(back).network);
    CHECK(first.str() == second.str());
    CHECK(first.str().find("coordinator") != std::string::npos);
}

TEST_CASE("import: a merge can be refused", "[io][import]") {
    const std::string rows =
        "project;siret;organisme;ville\nP-A-1;1;Un;Tours\nP-A-1;2;Deux;Tours\nP-A-2;;UN;Tours\n";
    const Folder lists{{"refuse.csv", "spelled_id,spelled_name,spelled_place\n,UN,Tours\n"},
                       {"wrong.csv", "spelled_id,spelled_name,spelled_place\n,Onze,Tours\n"}};
    io::ImportOptions options;
    CHECK(names(import_rows(rows).network) == "1=Un; 2=Deux");
    options.refuse = lists.file("refuse.csv");
    const auto apart = import_rows(rows, options);
    CHECK(names(apart.network) == "1=Un; 2=Deux; un.tours=UN");
    CHECK(apart.merges.empty());
    CHECK(apart.summary.refused == 1);
    options.refuse = lists.file("wrong.csv");
    CHECK(refusal(rows, plain_map, options)
              .find("wrong.csv:2:1: error: no row spells an organisation like this") != std::string::npos);
}

TEST_CASE("import: a region keeps its partnerships and all their members", "[io][import]") {
    const std::string rows =
        "project;siret;organisme;ville;region\nP-A-1;1;Un;Tours;Centre-Val de Loire\nP-A-1;2;Deux;Lyon;ARA\n"
        "P-B-2;2;Deux;Lyon;ARA\nP-B-2;3;Trois;Paris;\n";
    io::ImportOptions options;
    options.region = "centre val de loire";
    const auto result = import_rows(rows, options);
    CHECK(names(result.network) == "1=Un; 2=Deux");
    CHECK(result.network.partnerships().size() == 1);
    CHECK(result.network.expertises().size() == 1);
    CHECK(result.summary.outside_region == 1);
    CHECK(result.summary.in_region == 1);
    CHECK(result.network.in_scope(result.network.settings().scope) == std::vector<std::uint8_t>{1, 0});
    options.region = "Centre-Val de Loir";
    CHECK(refusal(rows, plain_map, options).find("did you mean \"Centre-Val de Loire\"") !=
          std::string::npos);
}

TEST_CASE("import: what is wrong in the tables has its place", "[io][import]") {
    CHECK(refusal("projet;siret;organisme;ville\nP;1;Un;Tours\n") ==
          "rows.csv:1:1: error: there is no column \"project\" for partnership.expertises (asked for at "
          "map.json:7) "
          "(did you mean \"projet\"?)\n"
          "rows.csv:1:1: error: there is no column \"project\" for partnership.id (asked for at map.json:5) "
          "(did you "
          "mean \"projet\"?)");
    CHECK(refusal("project;siret;organisme;ville;year\nP;1;Un;Tours;2018\nP;2;De") ==
          "rows.csv:3:1: error: this row has 3 fields, the header 5; is the file cut here, or a separator "
          "inside a "
          "text without quotes?");
    CHECK(refusal("project;siret;organisme;ville\nP;1;\"Un;Tours\n").find("rows.csv:2:5: error:") == 0);
    CHECK(refusal("project;siret;organisme;ville;year\nP;1;Un;Tours;2018-13\n")
              .find("rows.csv:2:14: error: \"2018-13\" is not a date; there is no month 13") == 0);
    CHECK(refusal("project;siret;organisme;ville\n;1;Un;Tours\n") ==
          "rows.csv:2:1: error: this row names no partnership");
    CHECK(refusal("").find("the table is empty") != std::string::npos);
    const auto result =
        import_rows("project;siret;organisme;ville;year\nP;1;Un;Tours;NA\nP;;-;;NA\nP;2;Deux;;NA\n");
    CHECK(result.summary.anonymous == 1);
    CHECK(said(result.diagnostics, Severity::warning)
              .find("rows.csv:3:4: warning: this row names no organisation") != std::string::npos);
    const auto disputed =
        import_rows("project;siret;organisme;ville;year\nP;1;Un;;2018\nP;2;Deux;;2019\nP;3;Trois;;2019\n");
    CHECK(said(disputed.diagnostics, Severity::warning) ==
          "rows.csv:2:1: warning: the rows of partnership \"P\" do not agree on partnership.start; the most "
          "frequent, \"2019\", is kept");
}

TEST_CASE("import: what is wrong in a map has its place", "[io][import]") {
    const auto wrong = [](std::string_view map) { return refusal("a\n1\n", map); };
    CHECK(wrong("{\"files\": [}").find("map.json:1:12: error:") == 0);
    CHECK(wrong("[]").find("map.json:1:1: error: a map is an object") == 0);
    CHECK(wrong(R"({"files": [{"columns": {}}]})").find("which file?") != std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "f.csv", "columns": {"actor.id": 3, "partnership.idd": "p"}}]})")
              .find("there is no field \"partnership.idd\" (did you mean \"partnership.id\"") !=
          std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "f.csv", "columns": {"actor.id": {"column": "a", "part": 0}}}]})")
              .find("\"part\" must be a whole number from 1") != std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "f.csv", "columns": {"actor.id": {"column": "a", "part": 2}}}]})")
              .find("\"cut_at\" and \"part\" go together") != std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "f.csv", "columns": {"actor.id": {}}}]})")
              .find("neither \"column\" nor \"constant\"") != std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "f.csv", "columns": {"partnership.id": "p"}}], "regions": 1})")
              .find("\"regions\" is not known (did you mean \"region\"?)") != std::string::npos);
    CHECK(wrong(R"({"files": [{"file": "row.csv", "columns": {"partnership.id": "a", "actor.id": "b"}}]})")
              .find("row.csv: error: there is no such file") == 0);
}

TEST_CASE("import: CORDIS as published", "[io][import]") {
    const Folder folder{
        {"project.csv",
         "\"id\";\"acronym\";\"status\";\"title\";\"startDate\";\"endDate\";\"ecMaxContribution\";"
         "\"fundingScheme\"\n"
         "\"1\";\"ALPHA\";\"SIGNED\";\"A "
         "title;\n\"\"quoted\"\"\";\"2018-01-01\";\"2020-12-31\";\"1000,5\";\"RIA\"\n"
         "\"2\";\"BETA\";\"CLOSED\";\"B\";\"2019-03-01\";\"\";\"0,1\";\"CSA\"\n"},
        {"organization.csv",
         "\"projectID\";\"organisationID\";\"name\";\"activityType\";\"city\";\"country\";\"nutsCode\";"
         "\"geolocation\";"
         "\"role\"\n"
         "\"1\";\"999\";\"UNIVERSITE DE "
         "TOURS\";\"HES\";\"TOURS\";\"FR\";\"FRB04\";\"47.39,0.69\";\"coordinator\"\n"
         "\"1\";\"888\";\"UNI GENT\";\"HES\";\"GENT\";\"BE\";\"BE234\";\"51.05,3.72\";\"participant\"\n"
         "\"2\";\"888\";\"UNI GENT\";\"HES\";\"GENT\";\"BE\";\"BE234\";\"51.05,3.72\";\"coordinator\"\n"
         "\"2\";\"777\";\"CNRS\";\"REC\";\"PARIS\";\"FR\";\"FR101\";\"48.85,2.35\";\"participant\"\n"},
        {"euroSciVoc.csv",
         "\"projectID\";\"euroSciVocCode\";\"euroSciVocPath\";\"euroSciVocTitle\"\n"
         "\"1\";\"/23/47\";\"/natural sciences/physical sciences\";\"physical sciences\"\n"},
        {"topics.csv", "\"projectID\";\"topic\";\"title\"\n\"2\";\"SC5-01\";\"Water\"\n"}};
    const io::ImportMap map = io::read_import_map(*io::known_source("cordis"), "cordis.json");
    const Network whole = io::import_tables(map, folder.path()).network;
    CHECK(names(whole) == "777=CNRS; 888=UNI GENT; 999=UNIVERSITE DE TOURS");
    const auto alpha = whole.find_partnership("1");
    REQUIRE(alpha);
    CHECK(whole.text(whole.partnerships()[*alpha].name) == "ALPHA");
    CHECK(whole.partnerships()[*alpha].end == Date{2020, 12, 31});
    const auto physics = whole.find_expertise("/23/47");
    REQUIRE(physics);
    CHECK(whole.label(*physics, Language::en) == "physical sciences");
    REQUIRE(whole.find_expertise("/23"));
    CHECK(whole.expertises()[*physics].parent == *whole.find_expertise("/23"));
    CHECK(whole.label(*whole.find_expertise("/23"), Language::en) == "natural sciences");
    CHECK(whole.actors()[*whole.find_actor("999")].lat == 47.39);
    io::ImportOptions options;
    options.region = "Centre-Val de Loire";
    CHECK(names(io::import_tables(map, folder.path(), options).network) ==
          "888=UNI GENT; 999=UNIVERSITE DE TOURS");
}

TEST_CASE("import: the ANR as published", "[io][import]") {
    const Folder folder{
        {"projets.csv",
         "Projet.Code_Decision_ANR;AAP.Edition;Projet.Acronyme;Projet.Aide_allouee\n"
         "ANR-19-CE04-0012;2019;MOUSSE;100,5\n"},
        {"partenaires.csv",
         "Projet.Code_Decision_ANR;Projet.Partenaire.Nom_organisme;Projet.Partenaire.Adresse.Ville;"
         "Projet.Partenaire.Adresse.Region;Projet.Partenaire.Est_coordinateur;Projet.Partenaire.Code_RNSR\n"
         "ANR-19-CE04-0012;Institut des sciences de la Terre;Orléans;Centre-Val de Loire;True;201220364W\n"
         "ANR-19-CE04-0012;BRGM;Orléans;Centre-Val de Loire;False;\n"}};
    const auto result =
        io::import_tables(io::read_import_map(*io::known_source("anr"), "anr.json"), folder.path());
    CHECK(names(result.network) == "201220364W=Institut des sciences de la Terre; brgm.orleans=BRGM");
    const auto p = result.network.find_partnership("ANR-19-CE04-0012");
    REQUIRE(p);
    CHECK(result.network.text(result.network.members(*p)[0].role) == "coordinator");
    CHECK(result.network.id(result.network.topics(*p)[0]) == "CE04");
}

TEST_CASE("import: real histories are read whole", "[io][import][shared]") {
    const std::string shared = std::string(MAILLAGE_SOURCE_DIR) + "/../shared/data";
    if (!std::filesystem::exists(shared + "/anr") || !std::filesystem::exists(shared + "/h2020")) {
        WARN("no ../shared/data: the real histories are not tried");
        return;
    }
    const auto import_shared = [&](const std::string& name) {
        const std::string map = dataset("maps/" + name + "-participations.json");
        return io::import_tables(io::read_import_map(text_of(map), map), shared + "/" + name);
    };
    const auto anr = import_shared("anr");
    CHECK(anr.network.partnerships().size() == 12975);
    CHECK(anr.network.actors().size() == 17414);
    CHECK(anr.summary.anonymous == 40);
    const auto h2020 = import_shared("h2020");
    CHECK(h2020.network.partnerships().size() == 20073);
    CHECK(h2020.network.actors().size() == 27411);
    CHECK(h2020.summary.repeated_members == 0);
    std::size_t members = 0;
    for (const PartnershipId p : h2020.network.partnerships().ids()) {
        members += h2020.network.members(p).size();
    }
    CHECK(members == 91334);
}

TEST_CASE("import: the command writes a dataset, the merges and the warnings, or nothing",
          "[io][import][cli]") {
    const Folder folder{
        {"rows.csv", "project;siret;organisme;ville\nP-A-1;1;Un;Tours\nP-A-1;;UN;TOURS\nP-A-1;2;Deux;\n"},
        {"map.json", plain_map},
        {"cut.json", R"({"files": [)"}};
    const std::string out = folder.file("out");
    const auto done = run_cli(
        {"import", "table", folder.path(), "--map", folder.file("map.json"), "-o", out, "--lang", "en"});
    CHECK(done.code == 0);
    CHECK(done.err.find("2 actors, 1 partnerships") != std::string::npos);
    CHECK(text_of(out + "/merges.csv") ==
          "actor,name,by,spelled_id,spelled_name,spelled_place,rows,file,line\n1,Un,name,,UN,TOURS,1,rows."
          "csv,3\n");
    CHECK(text_of(out + "/warnings.txt").find("rows.csv:3:1: warning:") != std::string::npos);
    CHECK(run_cli({"check", out}).code == 0);
    std::ofstream(out + "/merges.csv") << "old";
    std::ofstream(out + "/mine.txt") << "mine";
    CHECK(run_cli({"import", "table", folder.path(), "--map", folder.file("map.json"), "-o", out}).code == 2);
    CHECK(run_cli({"import", "table", folder.path(), "--map", folder.file("map.json"), "-o", out, "--force"})
              .code == 0);
    CHECK(text_of(out + "/merges.csv").find("spelled_id") != std::string::npos);
    CHECK(text_of(out + "/mine.txt") == "mine");
    const std::string none = folder.file("none");
    CHECK(run_cli({"import", "table", folder.path(), "--map", folder.file("cut.json"), "-o", none}).code ==
          3);
    CHECK(run_cli({"import", "table", folder.path(), "-o", none}).code == 2);
    CHECK(run_cli({"import", "cordi", folder.path(), "-o", none}).err.find("did you mean \"cordis\"") !=
          std::string::npos);
    CHECK(run_cli({"import", "cordis", folder.path(), "-o", none}).code == 3);
    CHECK_FALSE(std::filesystem::exists(none));
}

#include "io/read_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace maillage;
using io::inspect_dataset;
using io::read_dataset;
using io::ReadReport;
using testing::as_utf16;
using testing::as_windows_1252;
using testing::Folder;
using testing::said;

constexpr std::string_view actors = "id,name\na,Alpha\nb,Beta\n";

std::string errors_of(const Folder& folder) {
    const ReadReport report = inspect_dataset(folder.path());
    CHECK(testing::places_make_sense(report.diagnostics));
    CHECK_FALSE(report.network.has_value());
    CHECK_THROWS_AS(read_dataset(folder.path()), InputError);
    return said(report.diagnostics);
}

TEST_CASE("read_dataset: the smallest dataset is a table of actors", "[io][unit]") {
    const Folder folder{{"actors.csv", actors}};
    const auto read = read_dataset(folder.path());
    CHECK(read.network.actors().size() == 2);
    CHECK(read.summary.isolated_actors == 2);
    REQUIRE(read.files.size() == 1);
    CHECK(read.files[0].table == "actors");
    CHECK(read.files[0].encoding == "UTF-8");
    CHECK(read.files[0].separator == ",");
    CHECK(read.files[0].rows == 2);
}

TEST_CASE("read_dataset: every table and column of the contract", "[io][unit]") {
    const Folder folder{
        {"actors.csv",
         "id,name,kind,place,country,lat,lon,url,tags\n"
         "a,Alpha,town,Tours,FR,47.39,0.69,http://a,x|y\nb,Beta,,,,,,,\nc,Gamma,,,,,,,z\n"},
        {"expertises.csv",
         "id,parent,label,label_fr,label_en,scheme\nw,,Water,Eau,Water,themes\nr,w,,,Rivers,\n"},
        {"actor_expertises.csv", "actor,expertise,relation,level,source\na,w,,0.5,S1\nb,r,seeks,,\n"},
        {"partnerships.csv",
         "id,name,kind,start,end,status,weight,expertises,source,a,b\n"
         "p,Pact,project,2018,2020-07-01,ended,2.5,w|r,S2,a,b\nq,,,,,,,,,,\n"},
        {"members.csv", "partnership,actor,role\nq,a,lead\nq,b,\nq,c,\n"},
        {"opportunities.csv",
         "id,title,kind,opens,deadline,min_partners,max_partners,min_kinds,required_kinds,countries,"
         "min_countries,url\no,Call,call,2024-01,2024-06-30,2,5,1,town|school,FR|DE,2,http://o\n"},
        {"opportunity_expertises.csv", "opportunity,expertise,weight,min_holders\no,w,2,3\n"},
        {"maillage.json",
         R"({"title": "T", "group_by": ["kind"], "scope": {"attribute": "kind", "value": "town"}})"}};
    const Network n = read_dataset(folder.path()).network;
    const Actor& a = n.actors()[*n.find_actor("a")];
    CHECK(n.text(a.place) == "Tours");
    CHECK(a.lat == 47.39);
    CHECK(n.attribute_names() == std::vector<std::string>{"tags"});
    CHECK(n.text(n.attribute(0, *n.find_actor("a"))) == "x|y");
    CHECK(n.expertises()[*n.find_expertise("r")].parent == *n.find_expertise("w"));
    REQUIRE(n.holdings().size() == 2);
    CHECK(n.holdings()[0].level == 0.5F);
    CHECK(n.holdings()[1].relation == Relation::seeks);
    const PartnershipId p = *n.find_partnership("p");
    CHECK(n.partnerships()[p].weight == 2.5);
    CHECK(n.partnerships()[p].end == Date{2020, 7, 1});
    CHECK(n.topics(p).size() == 2);
    CHECK(n.members(p).size() == 2);
    CHECK(n.members(*n.find_partnership("q")).size() == 3);
    const Opportunity& o = n.opportunities()[*n.find_opportunity("o")];
    CHECK(o.required_kinds.size() == 2);
    CHECK(o.countries.size() == 2);
    CHECK(o.min_countries == 2U);
    CHECK(n.requirements(*n.find_opportunity("o"))[0].min_holders == 3);
    CHECK(n.settings().title == "T");
}

TEST_CASE("read_dataset: what a French Excel writes", "[io][unit]") {
    const std::string table =
        "Identifiant;Structure;Type;Commune;Latitude;Longitude;Compétences\r\n"
        "t1;Université de Tours;Établissement;Tours;47,3936;0,6892;eau | énergie;\r\n"
        ";;;;;;\r\n"
        "t2;\"Société \"\"Loire\"\"; Blois\";;Blois;;;\r\n";
    const std::string ties =
        "id;Partenaire 1;Partenaire 2;Date début;Poids\r\np;t1;t2;03/07/2018;1 000,5\r\n";
    for (const std::string& bytes : {as_windows_1252(table), table, "\xEF\xBB\xBF" + table,
                                     as_utf16(table, true, true), as_utf16(table, false, true)}) {
        const Folder folder{{"Acteurs.CSV", bytes}, {"partenariats.txt", as_windows_1252(ties)}};
        const auto read = read_dataset(folder.path());
        CHECK(said(read.diagnostics, Severity::warning).empty());
        const Network& n = read.network;
        REQUIRE(n.actors().size() == 2);
        const ActorId t1 = *n.find_actor("t1");
        CHECK(n.name(t1) == "Université de Tours");
        CHECK(n.name(*n.find_actor("t2")) == "Société \"Loire\"; Blois");
        CHECK(n.text(n.actors()[t1].kind) == "Établissement");
        CHECK(n.actors()[t1].lat == 47.3936);
        CHECK(n.attribute_names() == std::vector<std::string>{"Compétences"});
        const PartnershipId p = *n.find_partnership("p");
        CHECK(n.partnerships()[p].weight == 1000.5);
        CHECK(n.partnerships()[p].start == Date{2018, 7, 3});
        CHECK(said(read.diagnostics, Severity::note).find("\"03/07/2018\" is read as 2018-07-03") !=
              std::string::npos);
    }
}

TEST_CASE("read_dataset: carriage returns alone, tabs, a sep= line", "[io][unit]") {
    const Folder folder{{"actors.tsv", "id\tname\ra\tAlpha\rb\tBeta\r"},
                        {"partnerships.csv", "sep=;\nid;a;b\np;a;b\n"}};
    const auto read = read_dataset(folder.path());
    CHECK(read.network.partnerships().size() == 1);
    CHECK(read.files[0].separator == "tab");
    CHECK(read.files[1].separator == ";");
}

TEST_CASE("read_dataset: words for offers and seeks in both languages", "[io][unit]") {
    const Folder folder{
        {"actors.csv", actors},
        {"compétences.csv", "code;libellé\nw;Eau\nx;Énergie\n"},
        {"acteurs_competences.csv", "acteur;compétence;relation\na;w;Offre\na;x;Recherche\nb;w;BESOIN\n"}};
    const Network n = read_dataset(folder.path()).network;
    REQUIRE(n.holdings().size() == 3);
    CHECK(n.holdings()[0].relation == Relation::offers);
    CHECK(n.holdings()[1].relation == Relation::seeks);
    CHECK(n.holdings()[2].relation == Relation::seeks);
}

struct BadInput {
    std::string_view what, file, text, expected;
};

TEST_CASE("read_dataset: bad cells are errors with their place", "[io][unit]") {
    const auto bad = GENERATE(values<BadInput>({
        {"unknown actor", "partnerships.csv", "id,a,b\np,a,zeta\n",
         "partnerships.csv:2:5: error: unknown actor \"zeta\"; it is not in actors.csv"},
        {"duplicate id", "actors.csv", "id,name\na,Alpha\na,Again\n",
         "actors.csv:3:1: error: id \"a\" is given twice; first in line 2"},
        {"weight 0", "partnerships.csv", "id,a,b,weight\np,a,b,0\n",
         "partnerships.csv:2:7: error: a weight must be greater than 0 and finite"},
        {"negative weight", "partnerships.csv", "id,a,b,weight\np,a,b,-1\n",
         "partnerships.csv:2:7: error: a weight must be greater than 0 and finite"},
        {"weight abc", "partnerships.csv", "id,a,b,weight\np,a,b,abc\n",
         "partnerships.csv:2:7: error: \"abc\" is not a number; expected one such as 1, 0.5 or 0,5"},
        {"weight 1e999", "partnerships.csv", "id,a,b,weight\np,a,b,1e999\n",
         "partnerships.csv:2:7: error: \"1e999\" is not a number that can be held; it is too large or too "
         "small"},
        {"weight nan", "partnerships.csv", "id,a,b,weight\np,a,b,nan\n",
         "partnerships.csv:2:7: error: \"nan\" is not a number; expected one such as 1, 0.5 or 0,5"},
        {"date 2018-13", "partnerships.csv", "id,a,b,start\np,a,b,2018-13\n",
         "partnerships.csv:2:7: error: \"2018-13\" is not a date; there is no month 13"},
        {"unclosed quote", "partnerships.csv", "id,a,b\np,a,\"b\nq,a,b\n",
         "partnerships.csv:2:5: error: this quote is never closed"},
        {"NUL byte", "actors.csv", std::string_view("id,name\na,Al\0pha\n", 17),
         "actors.csv:2:5: error: a NUL character; the file is damaged or no text"},
        {"invalid UTF-8", "actors.csv", "id,name\na,Alphé\nb,B\xE9ta\n",
         "actors.csv:3:4: error: this byte is not valid UTF-8; save the file as UTF-8, or wholly as "
         "Windows-1252"},
        {"empty file", "actors.csv", "",
         "actors.csv:1:1: error: the table is empty; its first line names the columns"},
        {"blank file", "actors.csv", "\n \n,\n",
         "actors.csv:1:1: error: the table is empty; its first line names the columns"},
        {"surplus field", "actors.csv", "id,name\na,Alpha\nb,Beta, Gamma\n",
         "actors.csv:3:8: error: this row has 3 fields, the header 2; is a separator inside a text without "
         "quotes?"},
        {"empty id", "actors.csv", "id,name\n,Alpha\n",
         "actors.csv:2:1: error: the id is empty; every row needs one"},
        {"same column twice", "actors.csv", "id,name,ville,commune\na,Alpha,x,y\n",
         "actors.csv:1:15: error: columns \"ville\" and \"commune\" both mean place; rename one of them"},
        {"attribute twice", "actors.csv", "id,name,tag,tag\na,Alpha,x,y\n",
         "actors.csv:1:13: error: column \"tag\" is there twice; rename one of them"},
        {"settings are no JSON", "maillage.json", "{\n  \"title\": \"T\",\n}\n",
         "maillage.json:3:1: error: this is not JSON"},
        {"settings of a wrong type", "maillage.json", "{\n  \"title\": 7\n}\n",
         "maillage.json:2:12: error: \"title\" must be a text"},
        {"settings twice", "maillage.json", "{\"title\": \"T\",\n\"title\": \"U\"}\n",
         "maillage.json:2:1: error: key \"title\" is given twice"},
        {"list of a wrong type", "maillage.json", "{\"group_by\": [\"kind\", 3]}",
         "maillage.json:1:23: error: \"group_by\" must hold texts only"},
    }));
    CAPTURE(bad.what);
    Folder folder{{"actors.csv", actors}};
    folder.write(bad.file, bad.text);
    const std::string errors = errors_of(folder);
    CAPTURE(errors);
    CHECK(errors.substr(0, bad.expected.size()) == bad.expected);
    CHECK(errors.find('\n') == std::string::npos);
}

TEST_CASE("read_dataset: a cycle of expertises is an error", "[io][unit]") {
    const Folder folder{{"actors.csv", actors}, {"expertises.csv", "id,parent\nx,y\ny,z\nz,x\nw,x\n"}};
    CHECK(errors_of(folder).find("expertises.csv:2") == 0);
}

TEST_CASE("read_dataset: a missing column names what was found and what is accepted", "[io][unit]") {
    const std::string errors = errors_of({{"actors.csv", "code;ville\na;Tours\n"}});
    CHECK(errors.find("actors.csv:1:1: error: there is no column name (accepted too: nom, structure,") == 0);
    CHECK(errors.find("the columns found are: code, ville") != std::string::npos);
}

TEST_CASE("read_dataset: what is no dataset says what one is", "[io][unit]") {
    CHECK(errors_of(Folder()).find(
              "this folder is not a dataset: a dataset has at least the table actors.csv") !=
          std::string::npos);
    CHECK(errors_of({{"readme.md", "x"}, {"photo.csv.bak", "y"}}).find("not a dataset") != std::string::npos);
    CHECK(errors_of({{"members.csv", "partnership,actor\n"}})
              .find("the table actors.csv (or acteurs.csv) is missing") != std::string::npos);
    CHECK(
        errors_of({{"actors.csv", actors}, {"Acteurs.csv", actors}}).find("the table actors is here twice") !=
        std::string::npos);
    const Folder folder{{"roles.csv", "role,holder\nlead,\n"},
                        {"notes.json", "[1]"},
                        {"empty.json", " \n"},
                        {"actors.csv", actors}};
    const auto message = [](const std::string& path) { return said(inspect_dataset(path).diagnostics); };
    CHECK(message(folder.file("nowhere")).find("there is no such file or folder") != std::string::npos);
    CHECK(message(folder.file("actors.csv")).empty());  // one table of actors is a network without ties
    CHECK(message(folder.file("notes.json"))
              .find("notes.json:1:2: error: a JSON list that is a network is CX2") == 0);
    CHECK(message(folder.file("empty.json")).find("empty.json:1:1: error: the file is empty") == 0);
}

TEST_CASE("read_dataset: all problems are reported together, in the order of the tables", "[io][unit]") {
    const Folder folder{{"actors.csv", "id,name,lat\na,Alpha,north\n,Beta,\n"},
                        {"partnerships.csv", "id,a,b,weight,start\np,a,unheard,abc,2018-13\nq,a,a,0,\n"},
                        {"members.csv", "partnership,actor\nz,a\n"}};
    CHECK(errors_of(folder) ==
          "actors.csv:2:9: error: \"north\" is not a number; expected one such as 1, 0.5 or 0,5\n"
          "actors.csv:3:1: error: the id is empty; every row needs one\n"
          "partnerships.csv:2:5: error: unknown actor \"unheard\"; it is not in actors.csv\n"
          "partnerships.csv:2:13: error: \"abc\" is not a number; expected one such as 1, 0.5 or 0,5\n"
          "partnerships.csv:2:17: error: \"2018-13\" is not a date; there is no month 13\n"
          "partnerships.csv:3:7: error: a weight must be greater than 0 and finite\n"
          "members.csv:2:1: error: unknown partnership \"z\"; it is not in partnerships.csv");
}

TEST_CASE("read_dataset: what only follows from a table that cannot be read is not reported", "[io][unit]") {
    const Folder folder{{"actors.csv", "id,name\na,\"Alpha\nb,Beta\n"},
                        {"partnerships.csv", "id,a,b,weight\np,a,b,0\n"}};
    CHECK(errors_of(folder) ==
          "actors.csv:2:3: error: this quote is never closed\n"
          "partnerships.csv:2:7: error: a weight must be greater than 0 and finite");
}

TEST_CASE("read_dataset: the excerpt is the line, decoded", "[io][unit]") {
    const Folder folder{{"actors.csv", as_windows_1252("id;name;lat\r\na;Été;x\r\n")}};
    const ReadReport report = inspect_dataset(folder.path());
    CHECK(report.diagnostics.back().excerpt == "a;Été;x");
    CHECK(report.diagnostics.back().where.column == 9);
    CHECK(to_text(report.diagnostics.back()).find("\n    a;Été;x\n          ^") != std::string::npos);
}

TEST_CASE("read_dataset: an endless line is refused at once", "[io][unit][slow]") {
    const std::string head = "id,name\na,Alpha\n";
    const Folder folder{{"actors.csv", head + "b," + std::string(std::size_t{40} << 20U, 'x')}};
    CHECK(errors_of(folder) == "actors.csv:3:1: error: a line of more than 16 MiB; is this a table?");
    folder.write("actors.csv", std::string(std::size_t{17} << 20U, 'x'));
    CHECK(errors_of(folder) == "actors.csv:1:1: error: a line of more than 16 MiB; is this a table?");
    folder.write("actors.csv", head + "b,\"" + std::string(std::size_t{2} << 20U, '\n'));
    CHECK(errors_of(folder).find("actors.csv:3:3: error: a quoted field of more than 1048576 bytes") == 0);
}

TEST_CASE("read_dataset: short rows, unknown columns and files are said and read all the same",
          "[io][unit]") {
    const Folder folder{{"actors.csv", "id,name,contry,place,,\na,Alpha\nb,Beta\nc,Gamma,FR,Tours\n"},
                        {"partnerships.csv", "id,a,b,colour\np,a,b,red\n"},
                        {"memberz.csv", "x\n"},
                        {"notes.txt", "hello"},
                        {"maillage.json", R"({"titel": "T"})"}};
    const auto read = read_dataset(folder.path());
    CHECK(said(read.diagnostics, Severity::warning) ==
          "actors.csv:2:1: warning: this row has 2 of 4 fields; the others are read as empty; 2 rows are "
          "like this");
    const std::string notes = said(read.diagnostics, Severity::note);
    CHECK(notes.find(
              R"(actors.csv:1:9: note: column "contry" is kept as an attribute (did you mean "country"?))") !=
          std::string::npos);
    CHECK(notes.find("partnerships.csv:1:8: note: column \"colour\" is not used") != std::string::npos);
    CHECK(notes.find(
              R"(memberz.csv: note: not a table of a dataset; not read (did you mean "members.csv"?))") !=
          std::string::npos);
    CHECK(notes.find(R"(maillage.json:1:11: note: setting "titel" is not known (did you mean "title"?))") !=
          std::string::npos);
    CHECK(notes.find("notes.txt") == std::string::npos);
}

TEST_CASE("read_dataset: nearly the same names are warned about with both places", "[io][unit]") {
    const Folder folder{{"actors.csv",
                         "id,name,country\nt1,Ville de Tours,FR\nu,Université de Tours,FR\nt2,TOURS,\n"
                         "c1,Alliance,FR\nc2,Alliance,DE\n"}};
    const auto read = read_dataset(folder.path());
    CHECK(said(read.diagnostics, Severity::warning) ==
          "actors.csv:4:1: warning: actors \"t1\" (Ville de Tours) and \"t2\" (TOURS) have nearly the same "
          "name; if they "
          "are one, give them one id");
    CHECK(said(read.diagnostics, Severity::note).find("actors.csv:2:1: note: here is \"t1\"") !=
          std::string::npos);
}

TEST_CASE("read_dataset: settings take their labels and say what they do not know", "[io][unit]") {
    const Folder folder{
        {"actors.csv", "id,name,kind\na,Alpha,town\n"},
        {"maillage.json", R"({"labels": {"kind": {"town": {"fr": "Commune", "en": "Town", "de": "Stadt"}}},
  "licence": "L", "excluded_partnership_kinds": ["part_of"]})"}};
    const auto read = read_dataset(folder.path());
    CHECK(read.network.label("kind", "town", Language::fr) == "Commune");
    CHECK(read.network.settings().excluded_partnership_kinds == std::vector<std::string>{"part_of"});
    CHECK(said(read.diagnostics, Severity::note).find("\"de\" is not used") != std::string::npos);
    for (const char* wrong : {R"({"scope": "x"})", R"({"labels": []})", R"({"labels": {"kind": 3}})",
                              R"([1])", "", R"({"labels": {"kind": {"town": {"fr": 3}}}})"}) {
        folder.write("maillage.json", wrong);
        CAPTURE(wrong);
        CHECK(errors_of(folder).find("maillage.json:1:") == 0);
    }
}

TEST_CASE("read_dataset: cut anywhere, a dataset never breaks the reader and every place makes sense",
          "[io][unit]") {
    const std::string text =
        "\xEF\xBB\xBFid;nom;lat;lon;\"a \"\"b\"\"\"\r\n"
        "a;\"Été\r\n; \"\"x\"\"\";47,5;0,5;1|2\r\nb;Bêta;;;\r\n";
    Folder folder;
    for (std::size_t length = 0; length <= text.size(); ++length) {
        CAPTURE(length);
        folder.write("actors.csv", text.substr(0, length));
        const ReadReport report = inspect_dataset(folder.path());
        CHECK(testing::places_make_sense(report.diagnostics));
        CHECK(report.network.has_value() == said(report.diagnostics).empty());
    }
}

TEST_CASE("read_dataset: the embedded datasets are sound", "[io][unit]") {
    for (const char* name : {"centre-val-de-loire", "karate", "southern-women", "mini-region"}) {
        CAPTURE(name);
        const auto read = read_dataset(std::string(MAILLAGE_SOURCE_DIR "/datasets/") + name);
        CHECK(said(read.diagnostics, Severity::warning).empty());
        CHECK(read.network.actors().size() > 0);
    }
}

}  // namespace

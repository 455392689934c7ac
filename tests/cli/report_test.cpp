#include "tests/support/cli.hpp"
#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using maillage::testing::dataset;
using maillage::testing::Folder;
using maillage::testing::run_cli;

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string page_of(const std::string& path, std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"report", path, "--quiet"};
    args.insert(args.end(), more.begin(), more.end());
    const auto result = run_cli(args);
    CAPTURE(result.err);
    REQUIRE(result.code == 0);
    return result.out;
}

/// What a browser makes of it, as far as it matters here: the elements and their attributes; style and script are skipped.
struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
};

std::vector<Element> elements_of(const std::string& html) {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] != '<') {
            continue;
        }
        if (html.compare(i, 2, "<!") == 0 || html.compare(i, 2, "</") == 0) {
            i = html.find('>', i);
            continue;
        }
        Element e;
        std::size_t at = i + 1;
        const auto is_name = [&](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == ':';
        };
        while (is_name(html[at])) {
            e.name += html[at++];
        }
        while (html[at] != '>') {
            if (!is_name(html[at])) {
                ++at;
                continue;
            }
            std::string name;
            while (is_name(html[at])) {
                name += html[at++];
            }
            std::string value;
            if (html[at] == '=') {
                ++at;
                const bool quoted = html[at] == '"';
                const std::size_t end = quoted ? html.find('"', at + 1) : html.find_first_of(" >", at);
                value = html.substr(at + (quoted ? 1 : 0), end - at - (quoted ? 1 : 0));
                at = end + (quoted ? 1 : 0);
            }
            e.attributes[name] = value;
        }
        i = at;
        if (e.name == "style" || e.name == "script") {
            i = html.find("</" + e.name, at);
        }
        elements.push_back(std::move(e));
    }
    return elements;
}

nlohmann::json data_of(const std::string& html) {
    const std::string open = "<script type=\"application/json\" id=\"data\">";
    const auto from = html.find(open) + open.size();
    return nlohmann::json::parse(html.substr(from, html.find("</script>", from) - from));
}

/// Laws of every page, whatever the data.
void check_page(const std::string& html) {
    static const std::set<std::string> known = {
        "html",   "head",     "meta",     "title", "style",   "link",    "body",    "input",      "a",
        "header", "p",        "label",    "h1",    "h2",      "h3",      "h4",      "div",        "nav",
        "ul",     "ol",       "li",       "main",  "span",    "section", "i",       "b",          "small",
        "strong", "dl",       "dt",       "dd",    "br",      "table",   "caption", "thead",      "tbody",
        "tr",     "th",       "td",       "code",  "details", "summary", "figure",  "figcaption", "footer",
        "script", "noscript", "svg",      "desc",  "defs",    "g",       "path",    "circle",     "rect",
        "use",    "text",     "fieldset", "legend"};
    std::set<std::string> ids;
    std::vector<std::string> wanted;
    std::size_t fr = 0;
    std::size_t en = 0;
    std::size_t h1 = 0;
    int level = 1;
    for (const Element& e : elements_of(html)) {
        CHECK(known.count(e.name) == 1);
        for (const auto& [name, value] : e.attributes) {
            CHECK(name.rfind("on", 0) != 0);
            if (name == "id") {
                CHECK(ids.insert(value).second);
            }
            if (name == "href" && e.name == "a") {
                CHECK(value[0] == '#');
                wanted.push_back(value.substr(1));
            }
            if (name == "aria-labelledby" || name == "for") {
                std::size_t from = 0;
                for (std::size_t space = 0; space != std::string::npos; from = space + 1) {
                    space = value.find(' ', from);
                    wanted.push_back(value.substr(from, space - from));
                }
            }
            CHECK((name != "src" && name != "action" && name != "srcdoc"));
            fr += name == "lang" && value == "fr" ? 1U : 0U;
            en += name == "lang" && value == "en" ? 1U : 0U;
        }
        h1 += e.name == "h1" ? 1U : 0U;
        if (e.name.size() == 2 && e.name[0] == 'h' &&
            std::isdigit(static_cast<unsigned char>(e.name[1])) != 0) {
            const int own = e.name[1] - '0';
            CHECK(own <= level + 1);  // no level is left out
            level = own;
        }
        if (e.name == "th") {
            CHECK(e.attributes.count("scope") == 1);
        }
    }
    CHECK(h1 == 1);
    for (const std::string& id : wanted) {
        CAPTURE(id);
        CHECK((ids.count(id) == 1 || id == "h-actor"));  // the card's heading comes with the script
    }
    CHECK(fr > 0);
    CHECK(std::max(fr, en) - std::min(fr, en) < fr / 10 + 4);
    CHECK_FALSE(has(html, ">nan"));
    CHECK_FALSE(has(html, "\"nan"));
    CHECK(has(html, "default-src 'none'"));
    CHECK_FALSE(has(html, "unsafe-"));
    CHECK_NOTHROW(data_of(html));
}

const std::string attack = "<script>alert(1)</script>";

/// Names that are attacks, or merely unusual.
const Folder& hostile() {
    static const Folder folder{
        {"actors.csv",
         "id,name,kind,place,lat,lon\n"
         "\"a\"\"><b>\",<script>alert(1)</script>,\"k\"\"onload=alert(1)\",</title><svg "
         "onload=alert(1)>,47.1,0.5\n"
         "b,\"\"\" onload=\"\"alert(1)\",k2,Blois,48,1.5\n"
         "c,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",k2,Blois,48,1.5\n"
         "d,\u202Egnp.exe \u2066x\u2069,k2,Blois,48,1.5\n"
         "e,👩‍🔬 Laboratoire,k3,ວຽງຈັນ,,\n"
         "f,ມະຫາວິທະຍາໄລແຫ່ງຊາດ,k3,ວຽງຈັນ,,\n"
         "g,--><!--<![CDATA[,k3,]]>,,\n"},
        {"expertises.csv", "id,label_fr,label_en\nx,<img src=x onerror=alert(1)>,</script>\ny,eau,water\n"},
        {"actor_expertises.csv", "actor,expertise\nb,x\nc,y\nd,x\ne,y\nf,x\ng,y\n"},
        {"partnerships.csv",
         "id,name,a,b,start\np,<script>alert(1)</"
         "script>,\"a\"\"><b>\",b,2019\nq,'\"><,b,c,2020\nr,-,c,d,2021\n"
         "s,+1,d,e,2021\nt,@x,e,f,2022\nu,\u2028,f,g,2022\n"},
        {"maillage.json", "{\"title\": \"</title><script>alert(1)</script>\", \"groups\": [\"kind\"]}"}};
    static const bool long_name = [] {
        std::string more;
        for (int i = 0; i < 60; ++i) {
            more += "Longue";
        }
        std::ofstream(folder.path() + "/actors.csv", std::ios::app | std::ios::binary)
            << "h," << more << ",k3,Blois,48,1.5\n";
        std::ofstream(folder.path() + "/partnerships.csv", std::ios::app | std::ios::binary)
            << "v,x,g,h,2022\n";
        return true;
    }();
    static_cast<void>(long_name);
    return folder;
}

TEST_CASE("report: names that are attacks are text", "[tools][page]") {
    const std::string html = page_of(hostile().path());
    check_page(html);
    CHECK_FALSE(has(html, attack));
    CHECK_FALSE(has(html, "<img"));
    CHECK_FALSE(has(html, "\u202E"));
    CHECK(has(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(has(html, "ມະຫາວິທະຍາໄລແຫ່ງຊາດ"));
    const auto data = data_of(html);
    const std::vector<std::string> names = data["a"]["n"];
    CHECK(std::count(names.begin(), names.end(), attack) == 1);
    CHECK(std::count(names.begin(), names.end(), "\" onload=\"alert(1)") == 1);
    CHECK(std::count(names.begin(), names.end(), "gnp.exe x") == 1);
    for (const char* figure : {"map", "mixing", "trend", "bridges"}) {
        const std::string svg = page_of(hostile().path(), {"--svg", figure});
        CAPTURE(figure);
        CHECK(svg.rfind("<svg xmlns=\"http://www.w3.org/2000/svg\"", 0) == 0);
        CHECK_FALSE(has(svg, attack));
        CHECK_FALSE(has(svg, "<img"));
        for (const Element& e : elements_of(svg)) {
            for (const auto& [name, value] : e.attributes) {
                CHECK(name.rfind("on", 0) != 0);
            }
        }
    }
}

TEST_CASE("report: the embedded dataset has every section, in both languages, and is small",
          "[tools][page]") {
    const std::string html = page_of(dataset("centre-val-de-loire"));
    check_page(html);
    CHECK(html.size() < 600'000);
    for (const char* section : {"summary", "recommendations", "map", "communities", "openness", "bridges",
                                "matches", "consortia", "meetings", "description", "diagnostics", "method"}) {
        CAPTURE(section);
        CHECK(has(html, "<section id=" + std::string(section) + " "));
        CHECK(has(html, "href=\"#" + std::string(section) + "\""));
    }
    for (const char* part :
         {"id=\"map-svg\"", "class=mixing", "class=\"fig interval\"", "class=\"fig trend\"",
          "class=\"fig bridges\"", "class=\"fig places\"", "data-name=\"brokers_kind\"",
          "sha256:", "Licence <i lang=fr>des données", "Krackhardt"}) {
        CAPTURE(part);
        CHECK(has(html, part));
    }
    CHECK(data_of(html)["a"]["n"].size() == 228);
    // the language asked for opens
    CHECK(has(page_of(dataset("karate"), {"--lang", "en"}), "<html lang=\"en\">"));
    CHECK(has(page_of(dataset("karate"), {"--lang", "fr"}), "<html lang=\"fr\">"));
}

TEST_CASE("report: the same bytes for any number of threads", "[tools][page]") {
    CHECK(page_of(dataset("karate"), {"--threads", "1"}) == page_of(dataset("karate"), {"--threads", "8"}));
}

TEST_CASE("report: poor datasets make a page that says what is missing", "[tools][page][degenerate]") {
    const std::string actors = "id,name,kind\na,Alpha,x\nb,Beta,y\nc,Gamma,x\n";
    SECTION("one actor") {
        const Folder f{{"actors.csv", "id,name\na,Alpha\n"}};
        const std::string html = page_of(f.path());
        check_page(html);
        CHECK(has(html, "Moins de deux acteurs"));
        CHECK_FALSE(has(html, "<svg"));
    }
    SECTION("no partnerships") {
        const Folder f{{"actors.csv", actors}};
        const std::string html = page_of(f.path());
        check_page(html);
        CHECK(has(html, "Aucun partenariat ne relie deux acteurs"));
        CHECK(has(html, "No partnership joins two actors"));
        CHECK_FALSE(has(html, "<svg"));
        const auto svg = run_cli({"report", f.path(), "--svg", "map"});
        CHECK(svg.code != 0);
        CHECK(has(svg.err, "there is no network to draw"));
        CHECK(svg.out.empty());
    }
    SECTION("no expertises, no dates, no coordinates") {
        const Folder f{{"actors.csv", actors}, {"partnerships.csv", "id,a,b\np,a,b\nq,b,c\n"}};
        const std::string html = page_of(f.path());
        check_page(html);
        CHECK(has(html, "Aucune expertise connue"));
        CHECK(has(html, "Aucun partenariat n’a de date de début"));
        CHECK(has(html, "Aucun acteur n’a de coordonnées"));
        CHECK(has(html, "id=\"map-svg\""));
        CHECK_FALSE(has(html, "class=\"fig trend\""));
        CHECK_FALSE(has(html, "class=\"fig places\""));
    }
    SECTION("more kinds than can be compared") {
        std::string many = "id,name,kind\n";
        std::string ties = "id,a,b,start\n";
        for (int i = 0; i < 130; ++i) {
            const std::string n = std::to_string(i);
            many += "a" + n + ",Actor " + n + ",kind " + n + "\n";
            ties += i > 0 ? "p" + n + ",a" + std::to_string(i / 2) + ",a" + n + ",2020\n" : "";
        }
        const Folder f{{"actors.csv", many}, {"partnerships.csv", ties}};
        const std::string html = page_of(f.path());
        check_page(html);
        CHECK(has(html, "130 groupes, trop pour être comparés un à un"));
        CHECK(html.size() < 1'500'000);
    }
}

TEST_CASE("report: bad input is told", "[tools][page]") {
    const auto figure = run_cli({"report", dataset("karate"), "--svg", "mpa"});
    CHECK(figure.code == 2);
    CHECK(has(figure.err, "did you mean \"map\"?"));
    const auto json = run_cli({"report", dataset("karate"), "--json"});
    CHECK(json.code == 2);
    CHECK(has(json.err, "maillage run"));
    CHECK(run_cli({"report", dataset("no-such-thing")}).code == 3);
    const Folder out;
    CHECK(run_cli({"report", dataset("karate"), "-o", out.file("no/such/folder.html"), "--quiet"}).code == 2);
    REQUIRE(run_cli({"report", dataset("karate"), "-o", out.file("r.html"), "--quiet"}).code == 0);
    CHECK(std::filesystem::file_size(out.file("r.html")) > 10'000);
}

}  // namespace

#include "io/report/page/figures.hpp"
#include "io/report/page/html.hpp"
#include "io/report/page/reading_html.hpp"
#include "io/report/page/svg.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace maillage::io {
namespace {

const std::string turned = "\u202Eabc\u202C \u2066x\u2069";

TEST_CASE("page: text is escaped, marks that turn it are left out", "[page]") {
    CHECK(escaped("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
    CHECK(escaped("a & b; \" onload='x'") == "a &amp; b; &quot; onload=&#39;x&#39;");
    CHECK(escaped("\"'", false) == "\"'");
    CHECK(escaped(turned) == "abc x");
    CHECK(escaped(std::string("a\0b\x01\x7F c\td", 9)) == "ab c\td");
    CHECK(escaped("ລາວ 👩‍🔬 é") == "ລາວ 👩‍🔬 é");
    CHECK(escaped("").empty());
}

TEST_CASE("page: JSON inside a script ends nothing and says the same", "[page]") {
    const std::string name = "</script><!--<script>&\u2028\u2029\"\\\n";
    const nlohmann::json whole = {{"n", {name, "a b"}}, {"x", 1}};
    const std::string inside = json_for_script(whole.dump(2));
    CHECK(inside.find_first_of("<>&\n") == std::string::npos);
    CHECK(inside.find("\u2028") == std::string::npos);
    CHECK(nlohmann::json::parse(inside) == whole);
    CHECK(inside.find("\"a b\"") != std::string::npos);  // spaces inside strings stay
    CHECK(inside.size() < whole.dump(2).size() + 60);
    CHECK(json_for_script("[\"" + turned + "\"]") == "[\"abc x\"]");
}

TEST_CASE("page: coordinates", "[page]") {
    CHECK(coordinate(0.0) == "0");
    CHECK(coordinate(-0.04) == "0");
    CHECK(coordinate(12.34) == "12.3");
    CHECK(coordinate(12.345, 2) == "12.35");
    CHECK(coordinate(100.0) == "100");
}

TEST_CASE("page: both languages, once what they share", "[page]") {
    const auto html = [](const Both& words) { return Html().text(words).take(); };
    CHECK(html(Both::same("Tours")) == "Tours");
    CHECK(html({"Carte", "Map"}) == "<i lang=fr>Carte</i><i lang=en>Map</i>");
    CHECK(html({"Blois, Dreux et Tours", "Blois, Dreux and Tours"}) ==
          "Blois, Dreux <i lang=fr>et</i><i lang=en>and</i> Tours");
    CHECK(html({"score 0,5", "score 0.5"}) == "score <i lang=fr>0,5</i><i lang=en>0.5</i>");
    CHECK(html({"12\u202F%", "12%"}) == "12\u202F%");
    CHECK(html({"<b>", "<i>"}) == "<i lang=fr>&lt;b&gt;</i><i lang=en>&lt;i&gt;</i>");
    CHECK(html({"", "only"}) == "<i lang=en>only</i>");
    // words of one language that are part of the other's
    CHECK(html({"liens directs", "liens"}) == "<i lang=fr>liens directs</i><i lang=en>liens</i>");
    CHECK(Html().paragraph({"Où ? « ici » : oui ; 5 %", "Where? 5%"}).str() ==
          "<p lang=fr>Où\u00a0? «\u00a0ici\u00a0»\u00a0: oui\u00a0; 5\u00a0%</p><p lang=en>Where? 5%</p>");
}

Table table_of(std::string head, std::string cell) {
    Table t;
    t.id = "a\"b";
    t.title = "T";
    t.columns = {{std::move(head)}, {"n", true}};
    t.rows = {{std::move(cell), "1"}, {"z", "2"}};
    return t;
}

TEST_CASE("page: tables have captions, scopes, escaped cells; an extra column stands where it is told",
          "[page]") {
    const Table fr = table_of("Nom", "<img src=x onerror=alert(1)>");
    const Table en = table_of("Name", "<img src=x onerror=alert(1)>");
    Html html;
    write_table(html, fr, en, {.prefix = "p", .without_columns = {}, .before_table = {}});
    const std::string& s = html.str();
    CHECK(s.find("<caption id=\"p-a&quot;b\">T</caption>") != std::string::npos);
    CHECK(s.find("<th scope=col><i lang=fr>Nom</i>") != std::string::npos);
    CHECK(s.find("<th scope=row>&lt;img src=x") != std::string::npos);
    CHECK(s.find("<img") == std::string::npos);
    const auto at = [](const std::string& text, std::string_view part) { return text.find(part); };

    ExtraColumn plots{{"P", "P"}, {"<svg id=one/>", "<svg id=two/>"}, 1};
    Html with;
    write_table(with, fr, en, {.prefix = "p", .without_columns = {}, .before_table = {}}, &plots);
    CHECK(at(with.str(), "<th scope=col>P</th><th scope=col class=n>n") != std::string::npos);
    CHECK(at(with.str(), "<td><svg id=one/><td class=n>1") != std::string::npos);
    plots.before = SIZE_MAX;
    Html last;
    write_table(last, fr, en, {.prefix = "p", .without_columns = {0}, .before_table = {}}, &plots);
    CHECK(at(last.str(), "<tr><td class=n>2<td><svg id=two/>") != std::string::npos);

    ReadingStyle short_one{.prefix = "p", .without_columns = {}, .before_table = {}};
    short_one.most_rows = 1;
    short_one.open_rows = 1;
    Html cut;
    write_table(cut, fr, en, short_one);
    CHECK(at(cut.str(), "<details class=fold><summary><i lang=fr>T (2 lignes)</i>") == 0);
    CHECK(at(cut.str(), "1 autres lignes") == std::string::npos);
    CHECK(at(cut.str(), "1 autre ligne est dans le document JSON.") != std::string::npos);
    CHECK(at(cut.str(), "1 more row is in the JSON document.") != std::string::npos);

    Html none;
    Table empty = fr;
    empty.rows.clear();
    write_table(none, empty, empty, short_one);
    CHECK(none.str().empty());
}

TEST_CASE("page: readings of another shape stand one after the other, each marked", "[page]") {
    Reading fr;
    fr.paragraph("un").paragraph("deux");
    Reading en;
    en.paragraph("one");
    Html html;
    write_reading(html, fr, en, {.prefix = "p", .without_columns = {}, .before_table = {}});
    CHECK(html.str().find("<div lang=fr><p>un</p>") != std::string::npos);
    CHECK(html.str().find("<div lang=en><p>one</p>") != std::string::npos);
}

TEST_CASE("page: SVG text is escaped", "[page]") {
    Svg svg(10.0, 20.0, "x");
    svg.text(1.0, 2.0, "nm", "</text><script>", "");
    svg.text(1.0, 2.0, "nm", Both("a", "b"), FigureText::en);
    svg.text(1.0, 2.0, "nm", Both("a", "b"), FigureText::both);
    CHECK(svg.take() ==
          "<svg viewBox=\"0 0 10 20\" class=\"fig x\"><text class=\"nm\" x=\"1\" "
          "y=\"2\">&lt;/text&gt;&lt;script&gt;</text>"
          "<text class=\"nm\" x=\"1\" y=\"2\">b</text><text class=\"nm\" x=\"1\" y=\"2\" lang=\"fr\">a</text>"
          "<text class=\"nm\" x=\"1\" y=\"2\" lang=\"en\">b</text></svg>");
}

TEST_CASE("page: a cell of the mixing matrix says how far from chance it is", "[page]") {
    CHECK(mixing_class(0.0, 0.0) == "no");
    CHECK(mixing_class(2.0, 2.0) == "eq");
    CHECK(mixing_class(9.0, 1.0) == "hi3");
    CHECK(mixing_class(0.0, 3.0) == "lo3");
}

TEST_CASE("page: an interval plot keeps to its scale", "[page]") {
    CHECK(interval_plot(0.0, {}, {}, {}, 1.0, 1.0).empty());
    const std::string plot = interval_plot(9.0, -9.0, 9.0, 0.0, -1.0, 1.0);
    CHECK(plot.find("cx=\"154\"") != std::string::npos);                     // held at the right end
    CHECK(plot.find("x=\"6\" y=\"7\" width=\"148\"") != std::string::npos);  // from end to end
    CHECK(plot.find("class=\"by\"") != std::string::npos);
    CHECK(interval_plot(0.0, {}, {}, {}, -1.0, 1.0).find("class=\"ci\"") == std::string::npos);
}

}  // namespace
}  // namespace maillage::io

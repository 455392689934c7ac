#include "io/report/page/page.hpp"

#include "engine/error.hpp"

#include "io/report/communities_words.hpp"
#include "io/report/group_words.hpp"
#include "io/report/page/assets.hpp"
#include "io/report/page/figures.hpp"
#include "io/report/page/reading_html.hpp"
#include "io/report/page/sections.hpp"
#include "io/report/version.hpp"
#include "io/sha256.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <sstream>
#include <utility>

namespace maillage::io {
namespace {

PageViews views_of(std::span<const Document> documents) {
    PageViews views;
    for (const Document& document : documents) {
        if (document.page) {
            document.page(views);
        }
    }
    return views;
}

/// Who the script knows: those drawn, in the order of the drawing, then the partners of those in scope.
void number_actors(PageContent& page) {
    const Projection& all = page.input.all;
    page.number_of.assign(all.actor_of.size(), UINT32_MAX);
    const auto add = [&](VertexId v) {
        if (page.number_of[index_of(v)] == UINT32_MAX) {
            page.number_of[index_of(v)] = static_cast<std::uint32_t>(page.actors.size());
            page.actors.push_back(v);
        }
    };
    if (page.scene) {
        for (const MapScene::Node& node : page.scene->nodes) {
            add(node.vertex);
        }
    }
    const GraphView g = all.graph.view();
    for (const VertexId v : g.vertices()) {
        if (all.in_scope[index_of(v)] != 0) {
            add(v);
        }
    }
    const std::size_t inside = page.actors.size();
    for (std::size_t i = 0; i < inside; ++i) {
        for (const VertexId u : g.neighbours(page.actors[i])) {
            add(u);
        }
    }
}

PageContent content_of(const PageInput& input) {
    PageContent page{input, views_of(input.documents), {}, std::nullopt, {}, {}};
    for (const Document& document : input.documents) {
        page.documents.push_back({document, document.reading(Language::fr), document.reading(Language::en)});
    }
    if (page.views.communities) {
        page.scene =
            map_scene(input.network, input.all, input.scoped, *page.views.communities, input.execution);
    }
    number_actors(page);
    return page;
}

/// The place of what is between <!--{name}--> marks of the template.
std::string filled(std::string_view form, const std::map<std::string_view, std::string>& parts) {
    std::string out;
    while (true) {
        const auto open = form.find("<!--{");
        if (open == std::string_view::npos) {
            return out += form;
        }
        const auto close = form.find("}-->", open);
        out += form.substr(0, open);
        out += parts.at(form.substr(open + 5, close - open - 5));
        form.remove_prefix(close + 4);
    }
}

/// "sha256-…" of a text in base64, as a Content-Security-Policy names it.
std::string hash_source(const std::string& text) {
    const std::string hex = sha256_of([&](std::ostream& out) { out << text; }).substr(7);
    const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string base64;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : hex) {
        held = (held << 4U) | digit(c);
        bits += 4;
        if (bits >= 6) {
            bits -= 6;
            base64 += letters[(held >> bits) & 63U];
            held &= (1U << bits) - 1U;
        }
    }
    base64 += letters[(held << (6U - bits)) & 63U];  // 256 bits leave four
    return "'sha256-" + base64 + "='";
}

std::string one_line(const std::function<void(JsonWriter&)>& fields) {
    std::ostringstream out;
    JsonWriter json(out);
    json.begin_object();
    fields(json);
    json.end_object();
    return out.str();
}

/// First sentences of a reading.
std::string first_paragraph(const Reading& reading) {
    for (const Block& block : reading.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            return paragraph->text;
        }
    }
    return {};
}

void tile(Html& html, const Both& figure, const Both& word) {
    html.raw("<div><dt>").text(word).raw("</dt><dd>").text(figure).raw("</dd></div>");
}

Both count(std::size_t n) {
    return {number(n, Language::fr), number(n, Language::en)};
}

/// The first sentences of a document, and the first three rows of what is to be opened.
void write_finding(Html& html, const ReadDocument& read) {
    const Both said(first_paragraph(read.fr), first_paragraph(read.en));
    if (said.empty()) {
        return;
    }
    html.raw("<li><a href=\"#" + read.document.name + "\">").text(read.title()).raw("</a> ");
    if (read.document.name == "recommendations") {
        for (const Block& block : read.fr.blocks) {
            const auto* table = std::get_if<Table>(&block);
            if (table == nullptr || table->id != "recommendations" || table->rows.empty()) {
                continue;
            }
            html.text(Both("En premier : ", "First: "));
            for (std::size_t i = 0; i < std::min<std::size_t>(3, table->rows.size()); ++i) {
                html.text(std::string_view(i > 0 ? ", " : ""))
                    .raw("<b>")
                    .text(table->rows[i][0])
                    .raw("</b> – <b>")
                    .text(table->rows[i][1])
                    .raw("</b>");
            }
            html.text(std::string_view(".")).raw("<br>");
            break;
        }
    }
    html.text(said).raw("</li>\n");
}

void write_summary(Html& html, const PageContent& page) {
    open_section(html, "summary", {"L’essentiel", "In short"});
    const PageInput& in = page.input;
    const bool scope = &in.all != &in.scoped;
    html.raw("<dl class=tiles>");
    tile(html, count(in.scoped.actor_of.size()),
         scope ? Both("acteurs dans le périmètre, sur " + number(in.all.actor_of.size(), Language::fr),
                      "actors in scope, of " + number(in.all.actor_of.size(), Language::en))
               : Both("acteurs", "actors"));
    tile(html, count(in.all.summary.used), {"partenariats", "partnerships"});
    if (page.views.communities) {
        const Partition& found = page.views.communities->result.partition();
        const auto ids = found.ids();
        tile(html,
             count(static_cast<std::size_t>(
                 std::count_if(ids.begin(), ids.end(), [&](CommunityId c) { return found.size(c) > 1; }))),
             {"communautés", "communities"});
    }
    if (page.views.openness && !page.views.openness->report.attributes.empty()) {
        const Openness& o = page.views.openness->report.attributes.front();
        for (const Indicator& i : o.indicators) {
            if (i.id == "ei" && i.group.empty() && i.value) {
                tile(html, {number(*i.value, 2, Language::fr), number(*i.value, 2, Language::en)},
                     Both("indice E-I (−1 cloisonné, +1 ouvert) : ", "E-I index (−1 closed, +1 open): ") +
                         Both(grouping_label(in.network, o.attribute, Language::fr),
                              grouping_label(in.network, o.attribute, Language::en)));
            }
        }
    }
    html.raw("</dl>\n<ul class=findings>");
    constexpr std::array<std::string_view, 10> order = {
        "recommendations", "bridges",  "openness", "communities", "matches",
        "consortia",       "meetings", "groups",   "description", "diagnostics"};
    for (const std::string_view name : order) {
        if (const ReadDocument* read = page.document(name)) {
            write_finding(html, *read);
        }
    }
    html.raw("</ul>");
    const std::vector<Both> missing = what_is_missing(page);
    if (!missing.empty()) {
        html.raw("<div class=missing><h3>")
            .text(Both("Ce qui manque pour en dire plus", "What is missing to say more"))
            .raw("</h3><ul>");
        for (const Both& m : missing) {
            html.raw("<li>").text(m).raw("</li>");
        }
        html.raw("</ul></div>");
    }
    close_section(html);
}

void write_body(Html& html, const PageContent& page) {
    write_summary(html, page);
    const auto known = [&](std::string_view name) { return page.document(name) != nullptr; };
    if (known("recommendations") && page.views.recommendations) {
        write_recommendations_section(html, page);
    }
    write_map_section(html, page);
    // sections of their own, or their readings, in the order people ask; what is not named follows
    constexpr std::array<std::string_view, 12> order = {
        "communities", "openness", "bridges",    "matches",     "pooling",     "consortia",
        "groups",      "meetings", "evaluation", "description", "diagnostics", "recommendations"};
    const auto write = [&](const ReadDocument& read) {
        const std::string& name = read.document.name;
        if (name == "openness" && page.views.openness) {
            write_openness_section(html, page);
        } else if (name == "bridges" && page.views.bridges) {
            write_bridges_section(html, page);
        } else if (name != "recommendations" || !page.views.recommendations) {
            write_reading_section(html, page, read);
        }
    };
    for (const std::string_view name : order) {
        if (const ReadDocument* read = page.document(name)) {
            write(*read);
        }
    }
    for (const ReadDocument& read : page.documents) {
        if (std::find(order.begin(), order.end(), read.document.name) == order.end()) {
            write(read);
        }
    }
    write_method_section(html, page);
}

void write_contents(Html& html, const PageContent& page, const std::string& body) {
    const auto link = [&](std::string_view id, const Both& title) {
        if (body.find("<section id=" + std::string(id) + " ") != std::string::npos) {
            html.raw("<li><a href=\"#").raw(id).raw("\">").text(title).raw("</a></li>");
        }
    };
    link("summary", {"L’essentiel", "In short"});
    link("recommendations", {"Partenariats à ouvrir", "Partnerships to open"});
    if (body.find("<div id=lists>") != std::string::npos) {
        html.raw("<li><a href=\"#actors\">")
            .text(Both("Acteur par acteur", "Actor by actor"))
            .raw("</a></li>");
    }
    link("map", {"Carte", "Map"});
    constexpr std::array<std::string_view, 3> elsewhere = {"recommendations", "description", "diagnostics"};
    for (const std::string_view name : {"communities", "openness", "bridges", "matches"}) {
        if (const ReadDocument* read = page.document(name)) {
            link(name, read->title());
        }
    }
    for (const ReadDocument& read : page.documents) {
        constexpr std::array<std::string_view, 4> said = {"communities", "openness", "bridges", "matches"};
        const std::string_view name = read.document.name;
        if (std::find(said.begin(), said.end(), name) == said.end() &&
            std::find(elsewhere.begin(), elsewhere.end(), name) == elsewhere.end()) {
            link(name, read.title());
        }
    }
    link("description", {"Le réseau en chiffres", "The network in figures"});
    link("diagnostics", {"Qualité des données", "Quality of the data"});
    link("method", {"Méthode, sources et paramètres", "Method, sources and parameters"});
}

}  // namespace

const ReadDocument* PageContent::document(std::string_view name) const noexcept {
    const auto found = std::find_if(documents.begin(), documents.end(),
                                    [&](const ReadDocument& d) { return d.document.name == name; });
    return found == documents.end() ? nullptr : &*found;
}

Both PageContent::label(std::string_view attribute, std::string_view code) const {
    return {std::string(input.network.label(attribute, code, Language::fr)),
            std::string(input.network.label(attribute, code, Language::en))};
}

CommunityWords community_words(const CommunitiesView& view) {
    const auto ranked = ranked_members(view.result);
    return {community_names(view.network, view.projection, view.result, ranked, Language::fr),
            community_names(view.network, view.projection, view.result, ranked, Language::en)};
}

void open_section(Html& html, std::string_view id, const Both& title) {
    html.raw("<section id=")
        .raw(id)
        .raw(" aria-labelledby=h-")
        .raw(id)
        .raw("><h2 id=h-")
        .raw(id)
        .raw(">")
        .text(title)
        .raw("</h2>\n");
}

void close_section(Html& html) {
    html.raw("</section>\n");
}

void write_figure_box(Html& html, const std::string& id, const std::string& svg, const FigureWords& words) {
    if (svg.empty()) {
        return;
    }
    html.raw("<figure><div class=scroll role=group tabindex=0 aria-labelledby=" + id + ">")
        .raw(svg)
        .raw("</div><figcaption><strong id=" + id + ">")
        .text(words.title)
        .raw("</strong>. <span id=" + id + "-text>")
        .text(words.description)
        .raw("</span></figcaption></figure>\n");
}

void write_missing(Html& html, const Both& why) {
    html.block("p", "class=missing", why);
}

namespace {

/// Who is in which community, a line each: shorter to read than a table of as many rows as actors.
void write_members(Html& html, const PageContent& page, const Table& fr, const Table& en) {
    std::map<std::string, Both> names;  // by the number people call it
    if (page.views.communities) {
        const CommunitiesView& view = *page.views.communities;
        const CommunityWords words = community_words(view);
        for (const CommunityId c : view.result.partition().ids()) {
            names[number(view.result.ids[index_of(c)], Language::fr)] = words.of(c);
        }
    }
    html.raw("<details class=fold><summary>")
        .text(Both(fr.title, en.title) + Both(" (" + number(fr.rows.size(), Language::fr) + ")",
                                              " (" + number(en.rows.size(), Language::en) + ")"))
        .raw("</summary><dl class=members>");
    for (std::size_t r = 0; r < fr.rows.size(); ++r) {
        const std::string& group = fr.rows[r][0];
        if (r == 0 || group != fr.rows[r - 1][0]) {
            const auto name = names.find(group);
            html.raw("\n<dt>").text(group).raw(". ");
            if (name != names.end()) {
                html.text(name->second);
            }
            html.raw("<dd>");
        } else {
            html.raw(", ");
        }
        html.text(fr.rows[r][1]);
    }
    html.raw("</dl>");
    if (!fr.note.empty()) {
        html.block("p", "class=note", {fr.note, en.note});
    }
    html.raw("</details>");
}

/// Positions of the columns that are for programs, or stand elsewhere on the page.
std::vector<std::size_t> columns_not_shown(const Table& en) {
    constexpr std::array<std::string_view, 6> titles = {"Id",       "Id A",     "Id B",
                                                        "A brings", "B brings", "Score"};
    std::vector<std::size_t> positions;
    for (std::size_t c = 0; c < en.columns.size(); ++c) {
        const std::string_view title = en.columns[c].title;
        const auto end = en.id == "programme" ? titles.end() : titles.end() - 3;
        if (std::find(titles.begin(), end, title) != end) {
            positions.push_back(c);
        }
    }
    return positions;
}

}  // namespace

void write_reading_section(Html& html, const PageContent& page, const ReadDocument& read) {
    constexpr std::size_t rows_of_long_tables = 20;
    open_section(html, read.document.name, read.title());
    ReadingStyle style{.prefix = read.document.name, .without_columns = {}, .before_table = {}};
    style.before_table = [&](Html& out, const Table& fr, const Table& en) {
        if (fr.id == "members") {
            write_members(out, page, fr, en);
            return true;
        }
        if (read.document.name == "meetings" && fr.id == "actors") {
            return true;  // the programme once more, by actor
        }
        ReadingStyle own = style;
        own.before_table = nullptr;
        own.without_columns = columns_not_shown(en);
        // a programme is for all who take part
        own.most_rows = fr.id == "programme" ? std::size_t{2000} : rows_of_long_tables;
        write_table(out, fr, en, own);
        return true;
    };
    write_reading(html, read.fr, read.en, style);
    close_section(html);
}

void write_map_section(Html& html, const PageContent& page) {
    open_section(html, "map", {"Carte", "Map"});
    const PageInput& in = page.input;
    if (!page.scene || page.scene->ties.empty()) {
        write_missing(html, {"Aucun lien entre acteurs : il n’y a pas de réseau à dessiner.",
                             "No tie between actors: there is no network to draw."});
    } else {
        html.raw("<div id=map-tools></div>");
        write_figure_box(
            html, "map-fig",
            map_figure(in.network, in.all, *page.scene, *page.views.communities, FigureText::both),
            map_words(*page.scene));
    }
    const PlaceMap places = place_figure(in.network, in.all, FigureText::both);
    if (places.svg.empty()) {
        write_missing(
            html,
            {"Moins de deux lieux du périmètre ont des coordonnées (colonnes lat et lon) : pas de carte des "
             "lieux.",
             "Fewer than two places in scope have coordinates (columns lat and lon): no map of places."});
    } else {
        write_figure_box(html, "places-fig", places.svg, place_words(places));
    }
    close_section(html);
}

std::vector<Both> what_is_missing(const PageContent& page) {
    const PageInput& in = page.input;
    const Network& n = in.network;
    std::vector<Both> missing;
    for (const LeftOut& part : in.left_out) {
        missing.push_back(part.why);
    }
    if (in.all.actor_of.size() < 2) {
        missing.emplace_back("Moins de deux acteurs : rien ne peut être comparé.",
                             "Fewer than two actors: nothing can be compared.");
    }
    if (in.all.summary.used == 0) {
        missing.emplace_back(
            "Aucun partenariat ne relie deux acteurs : ni carte, ni communautés, ni mesure d’ouverture "
            "(table partnerships.csv).",
            "No partnership joins two actors: no map, no communities, no measure of openness (table "
            "partnerships.csv).");
    }
    if (in.all.offers.size() == 0 && in.all.seeks.size() == 0) {
        missing.emplace_back(
            "Aucune expertise connue : les complémentarités ne peuvent pas être dites (tables expertises.csv "
            "et actor_expertises.csv).",
            "No known expertise: complementarities cannot be told (tables expertises.csv and "
            "actor_expertises.csv).");
    }
    const auto& partnerships = n.partnerships().items();
    if (!partnerships.empty() && std::none_of(partnerships.begin(), partnerships.end(),
                                              [](const auto& p) { return p.start.has_value(); })) {
        missing.emplace_back(
            "Aucun partenariat n’a de date de début : pas d’évolution dans le temps (colonne start).",
            "No partnership has a date of start: no change over time (column start).");
    }
    const auto& actors = n.actors().items();
    if (std::none_of(actors.begin(), actors.end(), [](const auto& a) { return a.lat && a.lon; })) {
        missing.emplace_back(
            "Aucun acteur n’a de coordonnées : pas de carte des lieux (colonnes lat et lon).",
            "No actor has coordinates: no map of places (columns lat and lon).");
    }
    if (page.views.openness) {
        for (const Openness& o : page.views.openness->report.attributes) {
            const Both by(grouping_label(n, o.attribute, Language::fr),
                          grouping_label(n, o.attribute, Language::en));
            if (o.group_names.size() < 2) {
                missing.push_back(by +
                                  Both(" : moins de deux groupes, l’ouverture entre groupes n’a pas de sens.",
                                       ": fewer than two groups, openness between groups has no meaning."));
            } else if (o.group_names.size() > 100) {
                missing.push_back(by + Both(" : " + number(o.group_names.size(), Language::fr) +
                                                " groupes, trop pour être comparés un à un ; regroupez-les "
                                                "dans une colonne plus générale.",
                                            ": " + number(o.group_names.size(), Language::en) +
                                                " groups, too many to compare one by one; gather them in a "
                                                "more general column."));
            }
        }
    }
    return missing;
}

void write_method_section(Html& html, const PageContent& page) {
    open_section(html, "method", {"Méthode, sources et paramètres", "Method, sources and parameters"});
    const PageInput& in = page.input;
    html.paragraph(
        {"Tout ce qui est dit ici vient des documents que le programme écrit ; les définitions et leurs "
         "sources accompagnent les mesures. "
         "Il n’existe pas de définition officielle du décloisonnement : plusieurs mesures sont données, "
         "chacune avec ce que le hasard "
         "donnerait et son intervalle. Un score se décompose toujours en parts nommées.",
         "Everything said here comes from the documents that the program writes; definitions and their "
         "sources stand beside the measures. "
         "There is no official definition of openness between silos: several measures are given, each with "
         "what chance would give and its "
         "interval. A score can always be taken apart into named parts."});
    html.raw("<dl class=facts>");
    const auto fact = [&](const Both& word, const Both& value) {
        html.raw("<div><dt>").text(word).raw("</dt><dd>").text(value).raw("</dd></div>");
    };
    fact({"Données", "Data"}, Both::same(in.header.dataset_title));
    fact({"Licence des données", "Licence of the data"}, in.network.settings().licence.empty()
                                                             ? Both("non précisée", "not stated")
                                                             : Both::same(in.network.settings().licence));
    fact({"Empreinte des données", "Digest of the data"}, Both::same(in.header.digest));
    fact({"Programme", "Program"}, Both::same("maillage " + std::string(version)));
    html.raw("</dl>\n<details class=fold><summary>")
        .text(Both("Paramètres de chaque analyse", "Parameters of each analysis"))
        .raw("</summary><dl class=facts>");
    for (const ReadDocument& read : page.documents) {
        html.raw("<div><dt>")
            .text(read.title())
            .raw("</dt><dd><code>")
            .text(one_line(read.document.options))
            .raw("</code></dd></div>\n");
    }
    html.raw("</dl></details>");
    if (page.views.recommendations) {
        html.raw("<h3>").text(Both("Comment lire un score", "How to read a score")).raw("</h3>");
        const auto note = [&](const Reading& reading) {
            for (const Block& block : reading.blocks) {
                if (const auto* table = std::get_if<Table>(&block);
                    table != nullptr && !table->note.empty()) {
                    return table->note;
                }
            }
            return std::string();
        };
        const ReadDocument& read = *page.document("recommendations");
        html.paragraph({note(read.fr), note(read.en)});
    }
    close_section(html);
}

void write_page(std::ostream& out, const PageInput& input) {
    const PageContent page = content_of(input);
    Html body;
    write_body(body, page);
    Html contents;
    write_contents(contents, page, body.str());
    const std::string style = std::string(page_css()) + std::string(figure_css());
    const std::string script(page_script());
    const std::string title =
        escaped(input.header.dataset_title.empty() ? "maillage" : input.header.dataset_title);
    const std::string policy = "default-src 'none'; style-src " + hash_source(style) + "; script-src " +
                               hash_source(script) + "; img-src data:; base-uri 'none'; form-action 'none'";
    const bool fr = input.language == Language::fr;
    out << filled(page_html(), {{"lang", std::string(lang_of(input.language))},
                                {"policy", policy},
                                {"title", title},
                                {"style", style},
                                {"script", script},
                                {"fr-checked", fr ? " checked" : ""},
                                {"en-checked", fr ? "" : " checked"},
                                {"contents", contents.str()},
                                {"body", body.str()},
                                {"data", page_data(page, lists_fit(page))},
                                {"version", std::string(version)}});
}

void write_figure(std::ostream& out, const PageInput& input, Figure figure) {
    const PageViews views = views_of(input.documents);
    const FigureText text = input.language == Language::fr ? FigureText::fr : FigureText::en;
    std::string svg;
    std::string why = "there is nothing to draw";
    switch (figure) {
        case Figure::map:
            why = "no tie between actors: there is no network to draw";
            if (views.communities) {
                const MapScene scene =
                    map_scene(input.network, input.all, input.scoped, *views.communities, input.execution);
                svg = scene.ties.empty()
                          ? ""
                          : map_figure(input.network, input.all, scene, *views.communities, text);
            }
            break;
        case Figure::mixing:
            why = "no tie between groups: there is no mixing matrix";
            svg = views.openness && !views.openness->report.attributes.empty()
                      ? mixing_figure(*views.openness, 0, text)
                      : "";
            break;
        case Figure::trend:
            why = "no two years with ties: there is no trend";
            svg = views.openness ? trend_figure(*views.openness, 0, text) : "";
            break;
        case Figure::bridges:
            why = "no partnership to propose: there is no before and after";
            svg = views.bridges ? bridges_figure(*views.bridges, 0, text) : "";
            break;
    }
    if (svg.empty()) {
        throw Error(why);
    }
    svg.insert(svg.find('>') + 1, "<style>" + std::string(figure_css()) + "</style>");
    svg.insert(4, " xmlns=\"http://www.w3.org/2000/svg\"");
    out << svg << '\n';
}

}  // namespace maillage::io

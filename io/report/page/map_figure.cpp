#include "io/report/communities_words.hpp"
#include "io/report/name_words.hpp"
#include "io/report/page/figures.hpp"
#include "io/report/page/svg.hpp"
#include "io/report/text_width.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace maillage::io {
namespace {

/// Signs of kinds, each in a square from -10 to 10; the ninth is for the others.
constexpr std::array<std::string_view, 9> signs = {
    "<circle r=\"9\"/>",
    "<rect x=\"-8\" y=\"-8\" width=\"16\" height=\"16\"/>",
    "<path d=\"M0-10L10 8H-10Z\"/>",
    "<path d=\"M0-11L11 0L0 11L-11 0Z\"/>",
    "<path d=\"M0 10L10-8H-10Z\"/>",
    "<path d=\"M-4-10H4V-4H10V4H4V10H-4V4H-10V-4H-4Z\"/>",
    "<path d=\"M0-10.5L10-3.2L6.2 8.5H-6.2L-10-3.2Z\"/>",
    "<path d=\"M0-11L3-3.8L10.5-3.4L4.7 1.5L6.6 9L0 4.8L-6.6 9L-4.7 1.5L-10.5-3.4L-3-3.8Z\"/>",
    "<rect x=\"-9\" y=\"-5\" width=\"18\" height=\"10\"/>"};

std::string first_words(const std::string& name) {
    const auto dot = name.find(" · ");
    std::string text = dot == std::string::npos ? name : name.substr(0, dot);
    if (display_width(text) > 34) {
        text = wrap(text, 32).front() + "…";
    }
    return text;
}

/// Returns where it ends.
double legend(Svg& svg, const Network& network, const MapScene& scene, double top, FigureText which) {
    double x = 20.0;
    double y = top;
    const bool others = std::any_of(scene.nodes.begin(), scene.nodes.end(),
                                    [&](const auto& node) { return node.kind == scene.kinds.size(); });
    const auto entry = [&](const std::string& sign, const Both& text) {
        const std::size_t widest = std::max(display_width(which == FigureText::en ? "" : text.fr),
                                            display_width(which == FigureText::fr ? "" : text.en));
        const double width = 34.0 + static_cast<double>(widest) * 7.4;
        if (x + width > scene.width) {
            x = 20.0;
            y += 24.0;
        }
        svg.raw("<g transform=\"translate(" + coordinate(x + 10.0) + " " + coordinate(y) + ")\">" + sign +
                "</g>");
        svg.text(x + 24.0, y + 4.5, "lg", text, which);
        x += width;
    };
    const auto sign_of = [](std::size_t kind, bool out) {
        return "<use href=\"#s" + std::to_string(kind) + "\" class=\"k" + std::to_string(kind) +
               (out ? " o" : "") + "\" transform=\"scale(.8)\"/>";
    };
    for (std::size_t k = 0; k < scene.kinds.size(); ++k) {
        entry(sign_of(k, scene.kinds_inside[k] == 0),
              {std::string(network.label("kind", scene.kinds[k], Language::fr)),
               std::string(network.label("kind", scene.kinds[k], Language::en))});
    }
    if (others) {
        const bool none = scene.kinds.empty();
        entry(sign_of(none ? 0 : 8, false),
              none ? Both("Acteur", "Actor") : Both("Autres types", "Other kinds"));
    }
    if (scene.outside > 0) {
        entry(sign_of(0, true), {"Forme vide : hors du périmètre", "Empty sign: out of scope"});
    }
    return y + 20.0;
}

std::string tie_paths(const MapScene& scene) {
    std::string inside;
    std::string across;
    for (const auto& [a, b] : scene.ties) {
        const MapScene::Node& from = scene.nodes[a];
        const MapScene::Node& to = scene.nodes[b];
        std::string& path = from.community == to.community ? inside : across;
        path += "M" + coordinate(from.at.x) + " " + coordinate(from.at.y) + "L" + coordinate(to.at.x) + " " +
                coordinate(to.at.y);
    }
    const std::string many = scene.ties.size() > 1500 ? " many" : "";
    return (across.empty() ? "" : "<path class=\"tie across" + many + "\" d=\"" + across + "\"/>") +
           (inside.empty() ? "" : "<path class=\"tie" + many + "\" d=\"" + inside + "\"/>");
}

void draw_actors(Svg& svg, const Network& network, const Projection& all, const MapScene& scene,
                 FigureText which) {
    svg.raw("<g class=\"hulls\">");
    for (const MapScene::Community& c : scene.communities) {
        if (c.hull.size() >= 3) {
            std::string d;
            for (const Point& p : c.hull) {
                d += (d.empty() ? "M" : "L") + coordinate(p.x) + " " + coordinate(p.y);
            }
            svg.raw("<path class=\"hull\" d=\"" + d + "Z\"/>");
        }
    }
    svg.raw("</g><g id=\"ties\">" + tie_paths(scene) + "</g><g id=\"near\"></g><g id=\"nodes\">");
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        const MapScene::Node& node = scene.nodes[i];
        const ActorId actor = all.actor(node.vertex);
        const std::size_t sign = node.kind < scene.kinds.size() ? node.kind : scene.kinds.empty() ? 0 : 8;
        svg.raw("<use href=\"#s" + std::to_string(sign) + "\" class=\"k" + std::to_string(sign) +
                (all.in_scope[index_of(node.vertex)] != 0 ? "" : " o") + "\" transform=\"translate(" +
                coordinate(node.at.x) + " " + coordinate(node.at.y) + ")scale(" +
                coordinate(node.radius / 10.0, 2) + ")\"><title>" + escaped(network.name(actor)) +
                "</title></use>");
    }
    svg.raw("</g><g class=\"names\">");
    for (const MapScene::Label& label : scene.labels) {
        using Anchor = MapScene::Label::Anchor;
        svg.text(label.at.x, label.at.y,
                 all.in_scope[index_of(scene.nodes[label.node].vertex)] != 0 ? "nm" : "nm o", label.text,
                 label.anchor == Anchor::start ? ""
                 : label.anchor == Anchor::end ? " text-anchor=\"end\""
                                               : " text-anchor=\"middle\"");
    }
    svg.raw("</g><g class=\"cnames\">");
    for (const MapScene::Caption& caption : scene.captions) {
        svg.text(caption.at.x, caption.at.y, "cn", {caption.fr, caption.en}, which,
                 " text-anchor=\"middle\"");
    }
    svg.raw("</g>");
}

void draw_communities(Svg& svg, const MapScene& scene, const CommunitiesView& found,
                      const std::array<std::vector<std::string>, 2>& names, FigureText which) {
    svg.raw("<g id=\"ties\">");
    const double most = scene.links.empty() ? 1.0 : static_cast<double>(scene.links.front().ties);
    for (const MapScene::Link& link : scene.links) {
        const Point& a = scene.communities[link.a].at;
        const Point& b = scene.communities[link.b].at;
        svg.raw("<path class=\"link\" stroke-width=\"" +
                coordinate(0.4 + 5.6 * std::sqrt(static_cast<double>(link.ties) / most)) + "\" d=\"M" +
                coordinate(a.x) + " " + coordinate(a.y) + "L" + coordinate(b.x) + " " + coordinate(b.y) +
                "\"/>");
    }
    svg.raw("</g><g id=\"near\"></g><g id=\"nodes\">");
    for (std::size_t i = 0; i < scene.communities.size(); ++i) {
        const MapScene::Community& c = scene.communities[i];
        if (c.drawn) {
            svg.raw("<circle class=\"bubble\" data-c=\"" + std::to_string(i) + "\" cx=\"" +
                    coordinate(c.at.x) + "\" cy=\"" + coordinate(c.at.y) + "\" r=\"" + coordinate(c.radius) +
                    "\"><title>" + escaped(names[which == FigureText::en ? 1 : 0][index_of(c.id)]) + " (" +
                    std::to_string(c.size) + ")</title></circle>");
        }
    }
    svg.raw("</g><g class=\"names\">");
    for (const MapScene::Community& c : scene.communities) {
        if (!c.drawn || c.radius < 9.0) {
            continue;
        }
        svg.text(c.at.x, c.at.y + 4.0, "bn", std::to_string(found.result.ids[index_of(c.id)]),
                 " text-anchor=\"middle\"");
    }
    std::size_t named = 0;
    std::vector<Point> put;
    for (const MapScene::Community& c : scene.communities) {
        const Point at{std::clamp(c.at.x, 120.0, scene.width - 120.0), c.at.y + c.radius + 13.0};
        const auto hidden = [&](const MapScene::Community& other) {
            return other.drawn && &other != &c && std::abs(other.at.x - at.x) < other.radius + 80.0 &&
                   std::abs(other.at.y - (at.y - 4.0)) < other.radius + 7.0;
        };
        const bool meets = std::any_of(put.begin(), put.end(),
                                       [&](const Point& p) {
                                           return std::abs(p.x - at.x) < 190.0 && std::abs(p.y - at.y) < 15.0;
                                       }) ||
                           std::any_of(scene.communities.begin(), scene.communities.end(), hidden);
        if (!c.drawn || meets || ++named > 20) {
            continue;
        }
        put.push_back(at);
        svg.text(at.x, at.y, "nm",
                 {first_words(names[0][index_of(c.id)]), first_words(names[1][index_of(c.id)])}, which,
                 " text-anchor=\"middle\"");
    }
    svg.raw("</g>");
}

std::string count(std::size_t n, Language language) {
    return number(n, language);
}

}  // namespace

FigureWords map_words(const MapScene& scene) {
    FigureWords words;
    words.title = {"Carte du réseau", "Map of the network"};
    const std::size_t n = scene.nodes.size();
    const std::size_t groups = static_cast<std::size_t>(std::count_if(
        scene.communities.begin(), scene.communities.end(), [](const auto& c) { return c.size > 1; }));
    if (scene.shows == MapScene::Shows::communities) {
        words.description = {
            "Chaque bulle est une communauté, d’autant plus grande qu’elle réunit d’acteurs (" +
                count(n, Language::fr) +
                " en tout) ; un trait est d’autant plus épais que les liens entre deux "
                "communautés sont nombreux (de chacune, les trois plus forts).",
            "Each bubble is a community, larger the more actors it has (" + count(n, Language::en) +
                " in all); a line is thicker the more ties join two communities (of each, the three "
                "strongest)."};
    } else {
        words.description = {
            count(n, Language::fr) + " acteurs et " + count(scene.ties.size(), Language::fr) +
                " paires liées, en " + count(groups, Language::fr) +
                " communautés. Chaque signe est un acteur, d’autant plus grand qu’il a de partenaires ; deux "
                "acteurs liés sont proches ; les fonds gris entourent les communautés de quatre acteurs ou "
                "plus ; les "
                "traits orange relient deux communautés.",
            count(n, Language::en) + " actors and " + count(scene.ties.size(), Language::en) +
                " tied pairs, in " + count(groups, Language::en) +
                " communities. Each sign is an actor, larger the more partners it has; tied actors are near "
                "each "
                "other; grey grounds surround communities of four actors or more; orange lines join two "
                "communities."};
    }
    if (scene.isolated > 0) {
        const bool drawn = scene.shows != MapScene::Shows::communities;
        words.description +=
            Both((drawn ? " Sans aucun lien montré, en bas : " : " Sans aucun lien, non dessinés : ") +
                     count(scene.isolated, Language::fr) + ".",
                 (drawn ? " Without any tie shown, at the bottom: " : " Without any tie, not drawn: ") +
                     count(scene.isolated, Language::en) + ".");
    }
    if (scene.left_out > 0) {
        words.description += Both(
            " " + count(scene.left_out, Language::fr) + " acteurs hors du périmètre ne sont pas dessinés.",
            " " + count(scene.left_out, Language::en) + " actors out of scope are not drawn.");
    }
    if (scene.shows == MapScene::Shows::communities && scene.small_communities > 0) {
        words.description +=
            Both(" " + count(scene.small_communities, Language::fr) +
                     " petites communautés ne sont pas dessinées.",
                 " " + count(scene.small_communities, Language::en) + " small communities are not drawn.");
    }
    return words;
}

std::string map_figure(const Network& network, const Projection& all, const MapScene& scene,
                       const CommunitiesView& found, FigureText which) {
    if (scene.nodes.empty()) {
        return {};
    }
    std::array<std::vector<std::string>, 2> names;
    const auto ranked = ranked_members(found.result);
    names[0] = community_names(network, found.projection, found.result, ranked, Language::fr);
    names[1] = community_names(network, found.projection, found.result, ranked, Language::en);
    const bool actors = scene.shows != MapScene::Shows::communities;
    double height = scene.height;
    if (actors) {
        Svg measure(0.0, 0.0, "");
        height = legend(measure, network, scene, scene.height + 16.0, which);
    }
    Svg svg(scene.width, height, "map",
            which == FigureText::both
                ? " id=\"map-svg\" role=\"img\" aria-labelledby=\"map-fig map-fig-text\""
                : " role=\"img\"");
    if (which != FigureText::both) {
        const FigureWords said = map_words(scene);
        const Language language = which == FigureText::en ? Language::en : Language::fr;
        svg.raw("<title>" + escaped(said.title.in(language)) + "</title><desc>" +
                escaped(said.description.in(language)) + "</desc>");
    }
    svg.raw("<defs>");
    for (std::size_t k = 0; k < signs.size(); ++k) {
        svg.raw("<g id=\"s" + std::to_string(k) + "\">" + std::string(signs[k]) + "</g>");
    }
    svg.raw("</defs><g id=\"view\">");
    if (actors) {
        draw_actors(svg, network, all, scene, which);
    } else {
        draw_communities(svg, scene, found, names, which);
    }
    svg.raw("</g>");
    if (actors) {
        svg.raw("<g class=\"legend\">");
        static_cast<void>(legend(svg, network, scene, scene.height + 16.0, which));
        svg.raw("</g>");
    }
    return svg.take();
}

// ---- places --------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t named_at_a_place = 6;
constexpr std::size_t most_place_links = 400;

struct Place {
    double lat = 0.0, lon = 0.0;
    std::vector<VertexId> actors;
    bool inside = false;
    Point at;
};

/// Degrees between lines of a graticule: about five across.
double lines_every(double degrees) {
    for (const double step : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0}) {
        if (degrees / step <= 6.0) {
            return step;
        }
    }
    return 60.0;
}

std::string degrees(double value, bool north, Language language) {
    const int decimals = std::abs(value - std::round(value)) < 1e-6 ? 0 : 1;
    const std::string_view side =
        north ? (value < 0.0 ? "S" : "N") : (value < 0.0 ? pick(language, "O", "W") : "E");
    return number(std::abs(value), decimals, language) + "°\u00a0" + std::string(side);
}

}  // namespace

PlaceMap place_figure(const Network& network, const Projection& all, FigureText which) {
    PlaceMap map;
    std::map<std::pair<double, double>, Place> by_place;
    for (std::size_t i = 0; i < all.actor_of.size(); ++i) {
        const Actor& actor = network.actors()[all.actor_of[i]];
        const bool inside = all.in_scope[i] != 0;
        if (!actor.lat || !actor.lon) {
            map.without += inside ? 1U : 0U;
            continue;
        }
        Place& place = by_place[{*actor.lat, *actor.lon}];
        place.lat = *actor.lat;
        place.lon = *actor.lon;
        place.actors.push_back(id_at<VertexId>(i));
        place.inside = place.inside || inside;
    }
    std::vector<Place> places;
    for (auto& [key, place] : by_place) {
        if (place.inside) {
            places.push_back(std::move(place));
        } else {
            map.far += place.actors.size();
        }
    }
    if (places.size() < 2) {
        return map;
    }
    double south = 90.0;
    double north = -90.0;
    double west = 180.0;
    double east = -180.0;
    for (const Place& p : places) {
        south = std::min(south, p.lat);
        north = std::max(north, p.lat);
        west = std::min(west, p.lon);
        east = std::max(east, p.lon);
    }
    // equirectangular, true along the middle parallel
    constexpr double radian = 3.14159265358979323846 / 180.0;
    const double squeeze = std::max(0.05, std::cos((south + north) / 2.0 * radian));
    constexpr double width = 900.0;
    constexpr double edge = 90.0;
    const double across = std::max(1e-3, (east - west) * squeeze);
    const double along = std::max(1e-3, north - south);
    const double scale = std::min((width - 2.0 * edge) / across, 640.0 / along);
    const double height = along * scale + 2.0 * edge;
    const double left = (width - across * scale) / 2.0;
    const auto project = [&](double lat, double lon) {
        return Point{left + (lon - west) * squeeze * scale, edge + (north - lat) * scale};
    };
    Svg svg(width, height, "places",
            which == FigureText::both ? " role=\"img\" aria-labelledby=\"places-fig places-fig-text\""
                                      : " role=\"img\"");
    const double step = lines_every(std::max(across, along));
    svg.raw("<g class=\"grid\">");
    for (double lon = std::ceil((west - 2.0 * step) / step) * step; lon < east + 2.0 * step; lon += step) {
        const double x = project(north, lon).x;
        if (x > 30.0 && x < width - 30.0) {
            svg.line(x, 0.0, x, height, "gr");
            svg.text(x + 3.0, height - 5.0, "gt",
                     {degrees(lon, false, Language::fr), degrees(lon, false, Language::en)}, which);
        }
    }
    for (double lat = std::ceil((south - 2.0 * step) / step) * step; lat < north + 2.0 * step; lat += step) {
        const double y = project(lat, west).y;
        if (y > 12.0 && y < height - 20.0) {
            svg.line(0.0, y, width, y, "gr");
            svg.text(4.0, y - 3.0, "gt", {degrees(lat, true, Language::fr), degrees(lat, true, Language::en)},
                     which);
        }
    }
    svg.raw("</g>");
    std::vector<std::uint32_t> place_of(all.actor_of.size(), UINT32_MAX);
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i].at = project(places[i].lat, places[i].lon);
        map.actors += places[i].actors.size();
        for (const VertexId v : places[i].actors) {
            place_of[index_of(v)] = static_cast<std::uint32_t>(i);
        }
    }
    map.places = places.size();
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> between;
    const GraphView g = all.graph.view();
    for (const VertexId v : g.vertices()) {
        for (const VertexId u : g.neighbours(v)) {
            const std::uint32_t a = place_of[index_of(v)];
            const std::uint32_t b = place_of[index_of(u)];
            if (v < u && a != UINT32_MAX && b != UINT32_MAX && a != b) {
                ++between[{std::min(a, b), std::max(a, b)}];
            }
        }
    }
    svg.raw("<g class=\"plinks\">");
    std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::size_t>> links(between.begin(),
                                                                                       between.end());
    std::stable_sort(links.begin(), links.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    map.links_left_out = links.size() - std::min(links.size(), most_place_links);
    links.resize(std::min(links.size(), most_place_links));
    for (const auto& [pair, ties] : links) {
        const Point& a = places[pair.first].at;
        const Point& b = places[pair.second].at;
        svg.raw("<path class=\"link\" stroke-width=\"" +
                coordinate(0.6 + std::min(7.0, 1.2 * std::sqrt(static_cast<double>(ties)))) + "\" d=\"M" +
                coordinate(a.x) + " " + coordinate(a.y) + "L" + coordinate(b.x) + " " + coordinate(b.y) +
                "\"/>");
    }
    svg.raw("</g>");
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.actors.size() > b.actors.size(); });
    struct Taken {
        double left, top, right, bottom;
    };
    std::vector<Taken> taken;
    const auto radius = [](const Place& p) {
        return 3.0 + 3.0 * std::sqrt(static_cast<double>(p.actors.size()));
    };
    for (const Place& p : places) {
        const double r = radius(p);
        taken.push_back({p.at.x - r, p.at.y - r, p.at.x + r, p.at.y + r});
        std::string names;
        for (std::size_t i = 0; i < std::min(p.actors.size(), named_at_a_place); ++i) {
            names += (names.empty() ? "" : ", ") + std::string(network.name(all.actor(p.actors[i])));
        }
        svg.raw("<circle class=\"place\" cx=\"" + coordinate(p.at.x) + "\" cy=\"" + coordinate(p.at.y) +
                "\" r=\"" + coordinate(r) + "\"><title>" + escaped(names) +
                (p.actors.size() > named_at_a_place ? ", …" : "") + "</title></circle>");
    }
    std::size_t labelled = 0;
    for (const Place& p : places) {
        if (labelled > 120) {
            break;
        }
        const std::string_view name = network.text(network.actors()[all.actor(p.actors.front())].place);
        if (name.empty()) {
            continue;
        }
        std::string text = display_width(name) > 28 ? wrap(name, 26).front() + "…" : std::string(name);
        if (p.actors.size() > 1) {
            text += " (" + std::to_string(p.actors.size()) + ")";
        }
        const double w = static_cast<double>(display_width(text)) * 7.0;
        const double r = radius(p) + 3.0;
        const std::array<Taken, 4> tries = {
            Taken{p.at.x + r, p.at.y - 8.0, p.at.x + r + w, p.at.y + 8.0},
            Taken{p.at.x - r - w, p.at.y - 8.0, p.at.x - r, p.at.y + 8.0},
            Taken{p.at.x - w / 2.0, p.at.y + r, p.at.x + w / 2.0, p.at.y + r + 16.0},
            Taken{p.at.x - w / 2.0, p.at.y - r - 16.0, p.at.x + w / 2.0, p.at.y - r}};
        for (std::size_t k = 0; k < tries.size(); ++k) {
            const Taken& t = tries[k];
            const bool fits =
                t.left > 2.0 && t.right < width - 2.0 && t.top > 0.0 && t.bottom < height - 14.0 &&
                std::none_of(taken.begin(), taken.end(), [&](const Taken& o) {
                    return t.left < o.right && o.left < t.right && t.top < o.bottom && o.top < t.bottom;
                });
            if (fits) {
                taken.push_back(t);
                ++labelled;
                svg.text(k == 0   ? t.left
                         : k == 1 ? t.right
                                  : p.at.x,
                         t.bottom - 4.0, "nm", text,
                         k == 0   ? ""
                         : k == 1 ? " text-anchor=\"end\""
                                  : " text-anchor=\"middle\"");
                break;
            }
        }
    }
    map.svg = svg.take();
    return map;
}

FigureWords place_words(const PlaceMap& map) {
    FigureWords words;
    words.title = {"Carte des lieux", "Map of places"};
    words.description = {number(map.places, Language::fr) + " lieux où se trouvent " +
                             number(map.actors, Language::fr) +
                             " acteurs ; un cercle est d’autant plus grand que le lieu a d’acteurs, un trait "
                             "d’autant plus épais que "
                             "les liens entre deux lieux sont nombreux. Les lignes fines sont des méridiens "
                             "et des parallèles.",
                         number(map.places, Language::en) + " places of " + number(map.actors, Language::en) +
                             " actors; a circle is larger the more actors a place has, a line thicker the "
                             "more ties join two places. "
                             "Thin lines are meridians and parallels."};
    if (map.links_left_out > 0) {
        words.description +=
            Both(" Les " + number(most_place_links, Language::fr) + " traits les plus forts sont dessinés.",
                 " The " + number(most_place_links, Language::en) + " strongest lines are drawn.");
    }
    if (map.without > 0) {
        words.description +=
            Both(" Sans coordonnées, donc absents : " + number(map.without, Language::fr) + " acteurs.",
                 " Without coordinates and so not shown: " + number(map.without, Language::en) + " actors.");
    }
    return words;
}

}  // namespace maillage::io

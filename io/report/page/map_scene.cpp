#include "io/report/page/map_scene.hpp"

#include "io/report/communities_words.hpp"
#include "io/report/name_words.hpp"
#include "io/report/text_width.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace maillage::io {
namespace {

constexpr double margin = 40.0;
constexpr double label_size = 12.0;
constexpr double letter = 0.56 * label_size;  ///< mean width of a letter
constexpr std::size_t longest_label = 30;
constexpr std::size_t most_labels = 150;
constexpr double least_radius_named = 6.5;  ///< of an actor in scope whose name may cover signs of others
constexpr std::size_t most_kinds = 8;
constexpr std::size_t most_bubbles = 200;
constexpr std::size_t many_communities = 60;  ///< beyond, those of two and three actors are not drawn
constexpr std::size_t most_captions = 14;
constexpr std::size_t least_captioned = 6;  ///< actors of a community

struct Rectangle {
    double left, top, right, bottom;
    bool weak = false;  ///< may be covered by the name of an actor that needs one

    [[nodiscard]] bool meets(const Rectangle& o) const noexcept {
        return left < o.right && o.left < right && top < o.bottom && o.top < bottom;
    }
};

/// Pushes circles apart until none overlaps another, or enough was tried.
void part_circles(std::vector<Point>& at, const std::vector<double>& radius, double gap) {
    double widest = 0.0;
    for (const double r : radius) {
        widest = std::max(widest, r);
    }
    const double cell = std::max(1.0, 2.0 * widest + gap);
    for (int round = 0; round < 80; ++round) {
        std::map<std::pair<int, int>, std::vector<std::uint32_t>> grid;
        const auto place = [&](const Point& p) {
            return std::pair(static_cast<int>(std::floor(p.x / cell)),
                             static_cast<int>(std::floor(p.y / cell)));
        };
        for (std::uint32_t i = 0; i < at.size(); ++i) {
            grid[place(at[i])].push_back(i);
        }
        bool moved = false;
        for (std::uint32_t i = 0; i < at.size(); ++i) {
            const auto [cx, cy] = place(at[i]);
            for (int x = cx - 1; x <= cx + 1; ++x) {
                for (int y = cy - 1; y <= cy + 1; ++y) {
                    const auto found = grid.find({x, y});
                    if (found == grid.end()) {
                        continue;
                    }
                    for (const std::uint32_t j : found->second) {
                        if (j <= i) {
                            continue;
                        }
                        Point d{at[j].x - at[i].x, at[j].y - at[i].y};
                        double length = std::sqrt(d.x * d.x + d.y * d.y);
                        const double wanted = radius[i] + radius[j] + gap;
                        if (length >= wanted) {
                            continue;
                        }
                        if (length == 0.0) {
                            d = {1.0, 0.25 * static_cast<double>(j % 7)};
                            length = std::sqrt(d.x * d.x + d.y * d.y);
                            d = {d.x / length, d.y / length};
                            length = 0.0;
                        } else {
                            d = {d.x / length, d.y / length};
                        }
                        const double by = (wanted - length) / 2.0;
                        at[i] = {at[i].x - d.x * by, at[i].y - d.y * by};
                        at[j] = {at[j].x + d.x * by, at[j].y + d.y * by};
                        moved = true;
                    }
                }
            }
        }
        if (!moved) {
            return;
        }
    }
}

/// Corners of the smallest convex shape around points, turning one way (Andrew 1979).
std::vector<Point> hull_of(std::vector<Point> points) {
    std::sort(points.begin(), points.end(),
              [](const Point& a, const Point& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    const auto turns = [](const Point& o, const Point& a, const Point& b) {
        return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x) > 0.0;
    };
    std::vector<Point> hull;
    const auto half = [&](auto begin, auto end) {
        const std::size_t from = hull.size();
        for (auto p = begin; p != end; ++p) {
            while (hull.size() >= from + 2 && !turns(hull[hull.size() - 2], hull.back(), *p)) {
                hull.pop_back();
            }
            hull.push_back(*p);
        }
        hull.pop_back();
    };
    half(points.begin(), points.end());
    half(points.rbegin(), points.rend());
    return hull;
}

class Builder {
public:
    Builder(const Network& network, const Projection& all, const Projection& scoped,
            const CommunitiesView& communities, const Execution& execution)
        : network_(network), all_(all), scoped_(scoped), found_(communities), execution_(execution) {}

    MapScene build() {
        choose();
        lay_out();
        gather_communities();
        size_and_scale();
        if (scene_.shows == MapScene::Shows::communities) {
            place_bubbles();
        } else {
            part_nodes();
            for (MapScene::Community& c : scene_.communities) {
                surround(c);
            }
            place_captions();
            place_labels();
        }
        return std::move(scene_);
    }

private:
    /// Which actors, and the graph among them.
    void choose() {
        const auto few = [](const Projection& p) {
            return p.actor_of.size() <= most_drawn_actors && p.graph.edge_count() <= most_drawn_ties;
        };
        scene_.shows = few(all_)      ? MapScene::Shows::everyone
                       : few(scoped_) ? MapScene::Shows::scope
                                      : MapScene::Shows::communities;
        shown_ = few(all_) ? &all_ : &scoped_;
        scene_.left_out = all_.actor_of.size() - shown_->actor_of.size();
    }

    /// Community in all_ of a vertex of what is shown.
    [[nodiscard]] CommunityId community_of(VertexId v) const {
        return found_.result.partition()[found_.projection.vertex(shown_->actor(v))];
    }

    void lay_out() {
        const GraphView g = shown_->graph.view();
        std::vector<std::uint32_t> label;
        std::map<std::string_view, std::size_t> count;
        for (const VertexId v : g.vertices()) {
            label.push_back(static_cast<std::uint32_t>(index_of(community_of(v))));
            const bool inside = all_.in_scope[index_of(all_.vertex(shown_->actor(v)))] != 0;
            count[network_.text(network_.actors()[shown_->actor(v)].kind)] += inside ? 3 : 1;
        }
        count.erase("");
        std::vector<std::pair<std::string_view, std::size_t>> kinds(count.begin(), count.end());
        std::stable_sort(kinds.begin(), kinds.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        kinds.resize(std::min(kinds.size(), most_kinds));
        for (const auto& kind : kinds) {
            scene_.kinds.emplace_back(kind.first);
        }
        scene_.kinds_inside.assign(scene_.kinds.size(), 0);
        const std::vector<Point> points = force_layout(g, Partition(label), {.aspect = 1.5}, execution_);
        for (const VertexId v : g.vertices()) {
            MapScene::Node node;
            node.vertex = all_.vertex(shown_->actor(v));
            node.at = points[index_of(v)];
            const auto kind = std::find(scene_.kinds.begin(), scene_.kinds.end(),
                                        network_.text(network_.actors()[shown_->actor(v)].kind));
            node.kind = static_cast<std::uint32_t>(kind - scene_.kinds.begin());
            if (kind != scene_.kinds.end() && all_.in_scope[index_of(node.vertex)] != 0) {
                scene_.kinds_inside[node.kind] = 1;
            }
            node.radius = 3.5 + std::min(9.0, 1.6 * std::sqrt(static_cast<double>(g.degree(v))));
            scene_.nodes.push_back(node);
            scene_.outside += all_.in_scope[index_of(node.vertex)] == 0 ? 1U : 0U;
            scene_.isolated += g.degree(v) == 0 ? 1U : 0U;
            for (const VertexId u : g.neighbours(v)) {
                if (v < u) {
                    scene_.ties.emplace_back(index_of(v), index_of(u));
                }
            }
        }
    }

    void gather_communities() {
        std::map<CommunityId, std::size_t> size;
        const GraphView g = shown_->graph.view();
        for (const VertexId v : g.vertices()) {
            ++size[community_of(v)];
        }
        std::vector<std::pair<CommunityId, std::size_t>> order(size.begin(), size.end());
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        std::map<CommunityId, std::uint32_t> position;
        for (const auto& [id, count] : order) {
            position[id] = static_cast<std::uint32_t>(scene_.communities.size());
            MapScene::Community community;
            community.id = id;
            community.size = count;
            scene_.communities.push_back(community);
        }
        for (const VertexId v : g.vertices()) {
            scene_.nodes[index_of(v)].community = position[community_of(v)];
        }
    }

    /// From units of ties to pixels.
    void size_and_scale() {
        double width = 0.0;
        double height = 0.0;
        for (const MapScene::Node& node : scene_.nodes) {
            width = std::max(width, node.at.x);
            height = std::max(height, node.at.y);
        }
        const double inner = scene_.width - 2.0 * margin;
        const double scale =
            std::min({inner / std::max(width, 1e-9), 1000.0 / std::max(height, 1e-9), 120.0});
        const double left = margin + (inner - width * scale) / 2.0;
        for (MapScene::Node& node : scene_.nodes) {
            node.at = {left + node.at.x * scale, margin + node.at.y * scale};
        }
        scene_.height = std::max(160.0, height * scale + 2.0 * margin);
        if (scene_.nodes.size() > 600) {  // many: smaller
            for (MapScene::Node& node : scene_.nodes) {
                node.radius *= 0.62;
            }
        }
    }

    void part_nodes() {
        std::vector<Point> at;
        std::vector<double> radius;
        for (const MapScene::Node& node : scene_.nodes) {
            at.push_back(node.at);
            radius.push_back(node.radius);
        }
        part_circles(at, radius, 2.5);
        keep_inside(at, radius);
        for (std::size_t i = 0; i < at.size(); ++i) {
            scene_.nodes[i].at = at[i];
        }
    }

    /// The drawing grows downwards when circles were pushed out; to the sides they are held.
    void keep_inside(std::vector<Point>& at, const std::vector<double>& radius) {
        double top = 0.0;
        double bottom = 0.0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            at[i].x = std::clamp(at[i].x, radius[i] + 4.0, scene_.width - radius[i] - 4.0);
            top = std::max(top, radius[i] + 20.0 - at[i].y);
        }
        for (std::size_t i = 0; i < at.size(); ++i) {
            at[i].y += top;
            bottom = std::max(bottom, at[i].y + radius[i] + 20.0);
        }
        scene_.height = std::max(160.0, bottom);
    }

    void surround(MapScene::Community& community) {
        const auto position = static_cast<std::uint32_t>(&community - scene_.communities.data());
        std::vector<Point> points;
        Point sum;
        for (const MapScene::Node& node : scene_.nodes) {
            if (node.community == position) {
                points.push_back(node.at);
                sum = {sum.x + node.at.x, sum.y + node.at.y};
            }
        }
        const auto count = static_cast<double>(points.size());
        community.at = {sum.x / count, sum.y / count};
        if (points.size() >= 4) {
            community.hull = hull_of(std::move(points));
        }
    }

    void place_bubbles() {
        std::vector<Point> sum(scene_.communities.size());
        for (const MapScene::Node& node : scene_.nodes) {
            Point& s = sum[node.community];
            s = {s.x + node.at.x, s.y + node.at.y};
        }
        std::size_t biggest = 1;
        for (const MapScene::Community& c : scene_.communities) {
            biggest = std::max(biggest, c.size);
        }
        std::vector<Point> at;
        std::vector<double> radius;
        const bool many = scene_.communities.size() > many_communities;
        for (std::size_t i = 0; i < scene_.communities.size(); ++i) {
            MapScene::Community& c = scene_.communities[i];
            const auto size = static_cast<double>(c.size);
            c.at = {sum[i].x / size, sum[i].y / size};
            c.radius = 5.0 + 55.0 * std::sqrt(size / static_cast<double>(biggest));
            c.drawn = i < most_bubbles && c.size >= (many ? 4U : 2U);
            if (c.drawn) {
                at.push_back(c.at);
                radius.push_back(c.radius);
            } else if (c.size > 1) {
                ++scene_.small_communities;
            }
        }
        fill_frame(at);
        part_circles(at, radius, 5.0);
        keep_inside(at, radius);
        std::size_t next = 0;
        for (MapScene::Community& c : scene_.communities) {
            if (c.drawn) {
                c.at = at[next++];
            }
        }
        join_bubbles();
    }

    /// Spreads points over the width, in both directions alike.
    void fill_frame(std::vector<Point>& at) const {
        if (at.size() < 2) {
            return;
        }
        Rectangle box{at[0].x, at[0].y, at[0].x, at[0].y};
        for (const Point& p : at) {
            box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
                   std::max(box.bottom, p.y)};
        }
        constexpr double edge = 80.0;
        const double scale = std::min((scene_.width - 2.0 * edge) / std::max(1e-9, box.right - box.left),
                                      700.0 / std::max(1e-9, box.bottom - box.top));
        const double left = (scene_.width - (box.right - box.left) * scale) / 2.0;
        for (Point& p : at) {
            p = {left + (p.x - box.left) * scale, edge + (p.y - box.top) * scale};
        }
    }

    /// Lines between communities: of each one the three to which it has most ties, not a hairball of all.
    void join_bubbles() {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> between;
        for (const auto& [a, b] : scene_.ties) {
            const std::uint32_t ca = scene_.nodes[a].community;
            const std::uint32_t cb = scene_.nodes[b].community;
            if (ca != cb && scene_.communities[ca].drawn && scene_.communities[cb].drawn) {
                ++between[{std::min(ca, cb), std::max(ca, cb)}];
            }
        }
        for (const auto& [pair, ties] : between) {
            scene_.links.push_back({pair.first, pair.second, ties});
        }
        std::stable_sort(scene_.links.begin(), scene_.links.end(),
                         [](const auto& x, const auto& y) { return x.ties > y.ties; });
        std::vector<std::uint32_t> lines(scene_.communities.size(), 0);
        const auto last =
            std::remove_if(scene_.links.begin(), scene_.links.end(), [&](const MapScene::Link& link) {
                const bool keep = lines[link.a] < 3 || lines[link.b] < 3;
                ++lines[link.a];
                ++lines[link.b];
                return !keep;
            });
        scene_.links.erase(last, scene_.links.end());
    }

    [[nodiscard]] static std::string shortened(std::string_view name) {
        std::string text = short_name(name);
        if (display_width(text) > longest_label) {
            std::vector<std::string> lines = wrap(text, longest_label - 2);
            text = lines.front() + "…";
        }
        return text;
    }

    /// What a name has before its first mark, short.
    static std::string first_words(const std::string& name) {
        std::string text = name.substr(0, name.find(" · "));
        return display_width(text) > 34 ? wrap(text, 32).front() + "…" : text;
    }

    /// Names above the larger communities, or below, where there is room.
    void place_captions() {
        for (const MapScene::Node& node : scene_.nodes) {
            taken_.push_back({node.at.x - node.radius, node.at.y - node.radius, node.at.x + node.radius,
                              node.at.y + node.radius, all_.in_scope[index_of(node.vertex)] == 0});
        }
        const auto ranked = ranked_members(found_.result);
        const auto fr = community_names(network_, found_.projection, found_.result, ranked, Language::fr);
        const auto en = community_names(network_, found_.projection, found_.result, ranked, Language::en);
        for (std::uint32_t i = 0; i < scene_.communities.size() && scene_.captions.size() < most_captions;
             ++i) {
            const MapScene::Community& c = scene_.communities[i];
            if (c.hull.size() < 3 || c.size < least_captioned) {
                continue;
            }
            const std::string number = std::to_string(found_.result.ids[index_of(c.id)]) + ". ";
            MapScene::Caption caption{
                i, number + first_words(fr[index_of(c.id)]), number + first_words(en[index_of(c.id)]), {}};
            const double half =
                0.5 * 1.18 * letter *
                static_cast<double>(std::max(display_width(caption.fr), display_width(caption.en)));
            for (const Point& at : caption_places(c)) {
                const double x =
                    std::clamp(at.x, half + 4.0, std::max(half + 4.0, scene_.width - half - 4.0));
                const Rectangle r{x - half, at.y - 12.0, x + half, at.y + 4.0};
                if (r.top >= 0.0 && r.bottom <= scene_.height && free(r)) {
                    taken_.push_back(r);
                    caption.at = {x, at.y};
                    scene_.captions.push_back(std::move(caption));
                    break;
                }
            }
        }
    }

    /// Above its ground, else somewhere on it: a name elsewhere would seem to be another's.
    static std::vector<Point> caption_places(const MapScene::Community& c) {
        Rectangle box{c.hull.front().x, c.hull.front().y, c.hull.front().x, c.hull.front().y};
        for (const Point& p : c.hull) {
            box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
                   std::max(box.bottom, p.y)};
        }
        std::vector<Point> places = {{c.at.x, box.top - 20.0},
                                     {(box.left + box.right) / 2.0, box.top - 20.0}};
        for (double y = box.top; y <= box.bottom; y += 12.0) {
            for (double x = box.left; x <= box.right; x += 24.0) {
                const Point p{x, y};
                const auto outside = [&](std::size_t i) {
                    const Point& from = c.hull[i];
                    const Point& to = c.hull[(i + 1) % c.hull.size()];
                    return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x) < 0.0;
                };
                bool inside = true;
                for (std::size_t i = 0; i < c.hull.size() && inside; ++i) {
                    inside = !outside(i);
                }
                if (inside) {
                    places.push_back(p);
                }
            }
        }
        return places;
    }

    [[nodiscard]] bool free(const Rectangle& r, bool over_weak = false) const {
        return std::none_of(taken_.begin(), taken_.end(), [&](const Rectangle& other) {
            return other.meets(r) && !(over_weak && other.weak);
        });
    }

    /// Labels of the actors in scope first, then of the best linked, each beside its circle where nothing is yet.
    void place_labels() {
        std::vector<std::uint32_t> order(scene_.nodes.size());
        std::iota(order.begin(), order.end(), 0U);
        const auto inside = [&](std::uint32_t i) {
            return all_.in_scope[index_of(scene_.nodes[i].vertex)] != 0;
        };
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return inside(a) != inside(b) ? inside(a) : scene_.nodes[a].radius > scene_.nodes[b].radius;
        });
        for (const std::uint32_t i : order) {
            if (scene_.labels.size() == most_labels) {
                break;
            }
            const MapScene::Node& node = scene_.nodes[i];
            const std::string text = shortened(network_.name(all_.actor(node.vertex)));
            const double width = static_cast<double>(display_width(text)) * letter;
            const double beside = node.radius + 3.0;
            using Anchor = MapScene::Label::Anchor;
            struct Try {
                double x, y;  ///< of the anchor, and of the middle of the line
                Anchor anchor;
            };
            const double slant = node.radius * 0.7 + 9.0;
            const std::array<Try, 8> tries = {{{node.at.x + beside, node.at.y, Anchor::start},
                                               {node.at.x - beside, node.at.y, Anchor::end},
                                               {node.at.x, node.at.y + node.radius + 9.0, Anchor::middle},
                                               {node.at.x, node.at.y - node.radius - 9.0, Anchor::middle},
                                               {node.at.x + beside - 4.0, node.at.y - slant, Anchor::start},
                                               {node.at.x + beside - 4.0, node.at.y + slant, Anchor::start},
                                               {node.at.x - beside + 4.0, node.at.y - slant, Anchor::end},
                                               {node.at.x - beside + 4.0, node.at.y + slant, Anchor::end}}};
            const bool needs_one = inside(i) && node.radius >= least_radius_named;
            bool done = false;
            for (const bool over_weak : {false, true}) {
                for (const Try& place : tries) {
                    const double left = place.anchor == Anchor::start ? place.x
                                        : place.anchor == Anchor::end ? place.x - width
                                                                      : place.x - width / 2.0;
                    const Rectangle r{left, place.y - 7.0, left + width, place.y + 7.0};
                    const bool fits = r.left >= 2.0 && r.right <= scene_.width - 2.0 && r.top >= 0.0 &&
                                      r.bottom <= scene_.height;
                    if (!done && fits && free(r, over_weak)) {
                        taken_.push_back(r);
                        scene_.labels.push_back({i, text, {place.x, place.y + 3.5}, place.anchor});
                        done = true;
                    }
                }
                if (done || !needs_one) {
                    break;
                }
            }
        }
    }

    const Network& network_;
    const Projection& all_;
    const Projection& scoped_;
    const CommunitiesView& found_;
    const Execution& execution_;
    const Projection* shown_ = nullptr;
    MapScene scene_;
    std::vector<Rectangle> taken_;  ///< by signs and words
};

}  // namespace

MapScene map_scene(const Network& network, const Projection& all, const Projection& scoped,
                   const CommunitiesView& communities, const Execution& execution) {
    return Builder(network, all, scoped, communities, execution).build();
}

}  // namespace maillage::io

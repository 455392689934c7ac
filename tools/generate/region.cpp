#include "tools/generate/region.hpp"

#include "tools/generate/region_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace maillage::tools {
namespace {

enum Stream : std::uint64_t {
    rank_stream,
    across_stream,
    actor_stream,
    holding_stream,
    member_stream,
    partnership_stream,
    opportunity_stream,
    group_stream,
    place_stream
};

constexpr std::uint32_t largest_partnership = 30;
constexpr std::uint32_t circle_size = 12;

/// A position below size, the low ones more often: P(position < x) = (x / size)^(2/5).
std::uint32_t skewed_below(Rng& rng, std::uint32_t size) noexcept {
    const double u = rng.uniform01();
    return std::min(size - 1, static_cast<std::uint32_t>(u * u * std::sqrt(u) * size));
}

/// Adds a value that is not there yet, in ascending order.
bool insert_sorted(std::vector<std::uint32_t>& values, std::uint32_t value) {
    const auto at = std::lower_bound(values.begin(), values.end(), value);
    if (at != values.end() && *at == value) {
        return false;
    }
    values.insert(at, value);
    return true;
}

bool contains(const std::vector<std::uint32_t>& values, std::uint32_t value) noexcept {
    return std::find(values.begin(), values.end(), value) != values.end();
}

Date day_of(std::int32_t year, std::uint32_t day_of_year, std::uint32_t precision) noexcept {
    Date date{.year = static_cast<std::int16_t>(year)};
    if (precision >= 1) {
        date.month = static_cast<std::uint8_t>(day_of_year / 28 % 12 + 1);
    }
    if (precision >= 2) {
        date.day = static_cast<std::uint8_t>(day_of_year % 28 + 1);
    }
    return date;
}

std::uint32_t rounded(double value, double least, double most) noexcept {
    return static_cast<std::uint32_t>(std::clamp(std::floor(value), least, most));
}

}  // namespace

Region::Region(const RegionOptions& options)
    : options_((validate(options), completed(options))),
      root_(options_.seed),
      rank_of_(options_.actors, root_.fork(rank_stream)),
      order_of_(std::max(1U, *options_.partnerships), root_.fork(across_stream)),
      across_count_(static_cast<std::uint32_t>(std::llround(*options_.mixing * *options_.partnerships))),
      places_(rounded(options_.actors / 15.0, 3.0, 80.0)) {
    draw_group_sizes();
    grow_expertises();
}

/// Sizes like rank^-0.75; two at least where there are actors enough, so that a group has an inside.
void Region::draw_group_sizes() {
    const std::uint32_t groups = *options_.groups;
    const std::uint32_t least = options_.actors / 2 >= groups ? 2 : 1;
    const auto share = [](std::uint32_t g) {
        const double root = std::sqrt(static_cast<double>(g) + 1.0);
        return 1.0 / (root * std::sqrt(root));
    };
    double total = 0.0;
    for (std::uint32_t g = 0; g < groups; ++g) {
        total += share(g);
    }
    const std::uint32_t spare = options_.actors - least * groups;
    std::vector<std::uint32_t> sizes;
    double before = 0.0;
    std::uint32_t given = 0;
    for (std::uint32_t g = 0; g < groups; ++g) {
        before += share(g);
        const std::uint32_t upto =
            g + 1 == groups ? spare : static_cast<std::uint32_t>(std::floor(before / total * spare));
        sizes.push_back(least + upto - given);
        given = upto;
    }
    std::sort(sizes.rbegin(), sizes.rend());  // rounding may have disturbed the order
    offsets_.assign(1, 0);
    for (const std::uint32_t size : sizes) {
        offsets_.push_back(offsets_.back() + size);
        inside_ranks_ = size >= 2 ? offsets_.back() : inside_ranks_;
    }
}

/// Domains, themes below them, and topics below those when there is room; in the order of their ids.
void Region::grow_expertises() {
    const std::uint32_t count = *options_.expertises;
    const std::uint32_t domains = std::clamp(count / 8, 1U, 30U);
    for (std::uint32_t d = 0; d < domains; ++d) {
        const std::uint32_t below = (count - domains) / domains + (d < (count - domains) % domains ? 1U : 0U);
        constexpr std::uint32_t flat = 6;  // as many themes need no topics
        const std::uint32_t themes =
            below <= flat ? below : std::max(3U, rounded(std::sqrt(below), 1.0, below));
        const auto root = static_cast<std::uint32_t>(expertises_.size());
        domain_begin_.push_back(root);
        expertises_.push_back({root, d + 1, 0, 0});
        for (std::uint32_t t = 0; t < themes; ++t) {
            const auto theme = static_cast<std::uint32_t>(expertises_.size());
            expertises_.push_back({root, d + 1, t + 1, 0});
            const std::uint32_t topics =
                (below - themes) / themes + (t < (below - themes) % themes ? 1U : 0U);
            for (std::uint32_t s = 0; s < topics; ++s) {
                expertises_.push_back({theme, d + 1, t + 1, s + 1});
            }
        }
    }
    domain_begin_.push_back(static_cast<std::uint32_t>(expertises_.size()));
}

std::uint32_t Region::group_at_rank(std::uint32_t rank) const noexcept {
    return static_cast<std::uint32_t>(std::upper_bound(offsets_.begin(), offsets_.end(), rank) -
                                      offsets_.begin() - 1);
}

std::uint32_t Region::group_of(std::uint32_t a) const noexcept {
    return group_at_rank(rank_of_(a));
}

std::uint32_t Region::actor_at(std::uint32_t group, std::uint32_t position) const noexcept {
    return rank_of_.inverse(offsets_[group] + position);
}

Region::Actor Region::actor(std::uint32_t a) const {
    Rng rng = root_.fork(actor_stream).fork(a);
    const std::uint32_t g = group_of(a);
    Rng taste = root_.fork(group_stream).fork(g);
    const std::array<std::uint32_t, 2> kinds = {taste.below(actor_kind_count), taste.below(actor_kind_count)};
    const std::array<std::uint32_t, 3> homes = {taste.below(places_), taste.below(places_),
                                                taste.below(places_)};
    const double kind = rng.uniform01();
    const std::uint32_t any_kind = rng.below(actor_kind_count);
    const double home = rng.uniform01();
    const std::uint32_t any_place = rng.below(places_);
    return {.group = g,
            .kind = kind < 0.35   ? kinds[0]
                    : kind < 0.55 ? kinds[1]
                                  : any_kind,
            .place = home < 0.6 ? homes[static_cast<std::size_t>(home / 0.2) % 3] : any_place};
}

/// Towns of a made-up region; one in eight lies in another country.
Region::Place Region::place(std::uint32_t p) const {
    Rng rng = root_.fork(place_stream).fork(p);
    const bool abroad = p % 8 == 7;
    Place place;
    if (abroad) {
        const Country& country = countries[rng.below(static_cast<std::uint32_t>(countries.size()))];
        place.country = country.code;
        place.lat = country.lat + static_cast<std::int32_t>(rng.below(200));
        place.lon = country.lon + static_cast<std::int32_t>(rng.below(200));
    } else {
        place.country = "FR";
        place.lat = 4640 + static_cast<std::int32_t>(rng.below(230));
        place.lon = 10 + static_cast<std::int32_t>(rng.below(300));
    }
    const std::string number = std::to_string(p + 1);
    place.name = "Ville fictive " + (number.size() < 2 ? "0" + number : number);
    return place;
}

std::uint32_t Region::preferred_domain(Rng& rng, std::uint32_t group) const noexcept {
    const auto domains = static_cast<std::uint32_t>(domain_begin_.size() - 1);
    Rng taste = root_.fork(group_stream).fork(group).fork(1);
    const std::array<std::uint32_t, 3> preferred = {taste.below(domains), taste.below(domains),
                                                    taste.below(domains)};
    const double u = rng.uniform01();
    return preferred[u < 0.5 ? 0 : u < 0.8 ? 1 : 2];
}

/// Any node of a domain but its root, the first ones more often: some expertises are common, some rare.
std::uint32_t Region::expertise_in(Rng& rng, std::uint32_t domain) const noexcept {
    const std::uint32_t begin = domain_begin_[domain];
    const std::uint32_t below = domain_begin_[domain + 1] - begin - 1;
    const double u = rng.uniform01();
    return below == 0 ? begin
                      : begin + 1 + std::min(below - 1, static_cast<std::uint32_t>(u * std::sqrt(u) * below));
}

void Region::holdings(std::uint32_t a, std::vector<Holding>& rows) const {
    Rng rng = root_.fork(holding_stream).fork(a);
    const std::uint32_t group = group_of(a);
    const auto domains = static_cast<std::uint32_t>(domain_begin_.size() - 1);
    const std::uint32_t offers = 1 + rng.below(4) + (rng.below(4) == 0 ? rng.below(3) : 0);
    const std::uint32_t seeks = rng.below(4);
    rows.clear();
    for (std::uint32_t i = 0; i < offers + seeks; ++i) {
        const bool offered = i < offers;
        const bool at_home = rng.uniform01() < (offered ? 0.75 : 0.25);
        const std::uint32_t any = rng.below(domains);
        const std::uint32_t x = expertise_in(rng, at_home ? preferred_domain(rng, group) : any);
        const std::uint32_t tenths = 3 + rng.below(8);
        if (std::none_of(rows.begin(), rows.end(), [x](const Holding& h) { return h.expertise == x; })) {
            rows.push_back({x, offered ? Relation::offers : Relation::seeks, tenths});
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const Holding& x, const Holding& y) { return x.expertise < y.expertise; });
}

bool Region::across(std::uint32_t p) const noexcept {
    return order_of_(p) < across_count_;
}

/// A group other than the one given, by size.
std::uint32_t Region::other_group(Rng& rng, std::uint32_t group) const noexcept {
    const std::uint32_t rank = rng.below(options_.actors - group_size(group));
    return group_at_rank(rank < offsets_[group] ? rank : rank + group_size(group));
}

/// A position in the group: often in the circle of the one given, else anywhere, by activity.
std::uint32_t Region::partner_in(Rng& rng, std::uint32_t group, std::uint32_t near) const noexcept {
    const std::uint32_t size = group_size(group);
    const std::uint32_t circles = std::max(1U, size / circle_size);
    if (rng.uniform01() < 0.45) {
        const std::uint32_t circle = near % circles;
        return circle + circles * skewed_below(rng, (size - circle + circles - 1) / circles);
    }
    return skewed_below(rng, size);
}

void Region::draw_inside(Rng& rng, std::uint32_t size, std::vector<std::uint32_t>& members) const {
    const std::uint32_t group = group_at_rank(rng.below(inside_ranks_));
    const std::uint32_t first = skewed_below(rng, group_size(group));
    std::vector<std::uint32_t> positions = {first};
    while (positions.size() < std::min(size, group_size(group))) {
        std::uint32_t next = partner_in(rng, group, first);
        for (std::uint32_t tries = 0; contains(positions, next); ++tries) {
            constexpr std::uint32_t patience = 8;  // then the next one who is free
            next = tries < patience ? partner_in(rng, group, first) : (next + 1) % group_size(group);
        }
        positions.push_back(next);
    }
    for (const std::uint32_t position : positions) {
        members.push_back(actor_at(group, position));
    }
}

/// The first two members are of two groups; others of either or of any.
void Region::draw_across(Rng& rng, std::uint32_t size, std::vector<std::uint32_t>& members) const {
    const std::uint32_t first = group_at_rank(rng.below(options_.actors));
    const std::uint32_t second = other_group(rng, first);
    members.push_back(actor_at(first, skewed_below(rng, group_size(first))));
    members.push_back(actor_at(second, skewed_below(rng, group_size(second))));
    const std::uint32_t patience = 8 * size;  // a small region may not have so many free
    for (std::uint32_t tries = 0; members.size() < size && tries < patience; ++tries) {
        const std::uint32_t which = rng.below(5);
        const std::uint32_t group = which < 2 ? first : which < 4 ? second : other_group(rng, first);
        const std::uint32_t next = actor_at(group, skewed_below(rng, group_size(group)));
        if (!contains(members, next)) {
            members.push_back(next);
        }
    }
}

/// The members a partnership has of itself, in the order they are drawn.
void Region::draw_members(std::uint32_t p, Partnership& row) const {
    Rng rng = root_.fork(member_stream).fork(p);
    std::uint32_t size = 2;
    if (rng.uniform01() < 0.15) {  // a tail like k^-3 from 3 to largest_partnership
        constexpr double least = 9.0 / ((largest_partnership + 1.0) * (largest_partnership + 1.0));
        size = static_cast<std::uint32_t>(3.0 / std::sqrt(least + (1.0 - least) * rng.uniform01()));
        size = std::min(size, largest_partnership);
    }
    row.members.clear();
    row.across = across(p);
    row.across ? draw_across(rng, size, row.members) : draw_inside(rng, size, row.members);
}

void Region::partnership(std::uint32_t p, Partnership& row) const {
    Rng rng = root_.fork(partnership_stream).fork(p);
    draw_members(p, row);
    if (p > 0 && rng.uniform01() < 0.13) {  // partners of an earlier one meet again, two of them
        constexpr std::uint32_t memory = 2000;
        const std::uint32_t earlier = p - 1 - rng.below(std::min(p, memory));
        if (across(earlier) == row.across) {
            draw_members(earlier, row);
            row.members.resize(2);
        }
    }
    row.coordinator = row.members.front();
    const std::uint32_t pick = rng.below(100);
    row.kind = row.members.size() > 2 ? (pick < 55   ? 0U
                                         : pick < 85 ? 2U
                                                     : 3U)
               : pick < 50            ? 0U
               : pick < 80            ? 1U
               : pick < 92            ? 3U
                                      : 4U;
    draw_dates(rng, p, row);
    draw_topics(rng, row);
    std::sort(row.members.begin(), row.members.end());
}

/// Ids run along time; the later years have more.
void Region::draw_dates(Rng& rng, std::uint32_t p, Partnership& row) const {
    const double share = (p + rng.uniform01()) / *options_.partnerships;
    const double years = options_.last_year - options_.first_year + 1;
    const double when = (0.4 * share + 0.6 * std::sqrt(share)) * years;
    const double whole = std::min(std::floor(when), years - 1.0);
    const std::uint32_t precision = rng.below(3);
    const auto year = options_.first_year + static_cast<std::int32_t>(whole);
    row.start = day_of(year, static_cast<std::uint32_t>(std::min(0.999, when - whole) * 336.0), precision);
    const std::int32_t ends = year + 1 + static_cast<std::int32_t>(rng.below(4));
    const std::uint32_t day = rng.below(336);
    row.end = rng.uniform01() < 0.75 && ends <= options_.last_year
                  ? std::optional<Date>(day_of(ends, day, precision))
                  : std::nullopt;
}

/// What the coordinator or another member offers, once or twice.
void Region::draw_topics(Rng& rng, Partnership& row) const {
    std::vector<Holding> rows;
    row.topics.clear();
    const std::uint32_t wanted = rng.uniform01() < 0.3 ? 2 : 1;
    for (std::uint32_t i = 0; i < wanted; ++i) {
        holdings(i == 0 ? row.coordinator : row.members[1], rows);
        rows.erase(std::remove_if(rows.begin(), rows.end(),
                                  [](const Holding& h) { return h.relation == Relation::seeks; }),
                   rows.end());
        insert_sorted(row.topics, rows[rng.below(static_cast<std::uint32_t>(rows.size()))].expertise);
    }
}

void Region::opportunity(std::uint32_t o, Opportunity& row) const {
    Rng rng = root_.fork(opportunity_stream).fork(o);
    row.kind = rng.below(opportunity_kind_count);
    const std::uint32_t opens = rng.below(168);
    row.opens = day_of(options_.last_year, opens, 2);
    row.deadline =
        day_of(options_.last_year + static_cast<std::int32_t>(rng.below(2)), opens + 60 + rng.below(90), 2);
    row.min_partners = 2 + rng.below(4);
    row.max_partners = rng.below(3) == 0 ? row.min_partners + 2 + rng.below(8) : 0;
    row.min_kinds = rng.below(3) == 0 ? 2 : 0;
    row.min_countries = rng.below(3) == 0 ? 2 : 0;
    const std::uint32_t kind = rng.below(actor_kind_count);
    row.required_kind = rng.below(4) == 0 ? std::optional<std::uint32_t>(kind) : std::nullopt;
    std::vector<std::uint32_t> needed;
    const auto domains = static_cast<std::uint32_t>(domain_begin_.size() - 1);
    for (std::uint32_t i = 3 + rng.below(4); i > 0; --i) {
        insert_sorted(needed, expertise_in(rng, rng.below(domains)));
    }
    row.needs.clear();
    for (const std::uint32_t x : needed) {
        row.needs.push_back({x, rng.below(3) == 0 ? 2U : 1U, rng.below(4) == 0 ? 2U : 1U});
    }
}

}  // namespace maillage::tools

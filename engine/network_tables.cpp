#include "engine/network_tables.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

void require(bool holds, const char* what) {
    if (!holds) {
        throw Error(what);
    }
}

/// Numbers texts in the order of their first use.
class TextNumbers {
public:
    explicit TextNumbers(const Network& network) : network_(network) {}

    void operator()(TextId& id) {
        if (id == TextId{}) {
            return;
        }
        if (index_of(id) >= number_.size()) {
            number_.resize(index_of(id) + 1, TextId{});
        }
        TextId& number = number_[index_of(id)];
        if (number == TextId{}) {
            number = id_at<TextId>(found_->ends.size());
            found_->texts += network_.text(id);
            found_->ends.push_back(found_->texts.size());
        }
        id = number;
    }
    void give(NetworkTables& tables) const {
        tables.texts = found_->texts;
        tables.text_ends = found_->ends;
        tables.text_owner = found_;
    }

private:
    struct Found {
        std::string texts;
        std::vector<std::uint64_t> ends = {0};
    };
    const Network& network_;
    std::shared_ptr<Found> found_ = std::make_shared<Found>();
    std::vector<TextId> number_;
};

/// Calls visit(id) for every text of the tables; the same order always.
template <class Tables, class Visit>
void for_texts(Tables& t, Visit visit) {
    for (auto& a : t.actors) {
        for (auto* id : {&a.id, &a.name, &a.kind, &a.place, &a.country, &a.url}) {
            visit(*id);
        }
    }
    for (auto& x : t.expertises) {
        for (auto* id : {&x.id, &x.label, &x.label_fr, &x.label_en, &x.scheme}) {
            visit(*id);
        }
    }
    for (auto& h : t.holdings) {
        visit(h.source);
    }
    for (auto& p : t.partnerships) {
        for (auto* id : {&p.id, &p.name, &p.kind, &p.status, &p.source}) {
            visit(*id);
        }
    }
    for (auto& m : t.members) {
        visit(m.role);
    }
    for (auto& o : t.opportunities) {
        for (auto* id : {&o.id, &o.title, &o.kind, &o.url}) {
            visit(*id);
        }
        for (auto* list : {&o.required_kinds, &o.countries}) {
            for (auto& id : *list) {
                visit(id);
            }
        }
    }
    for (auto& column : t.attributes) {
        for (auto& id : column) {
            visit(id);
        }
    }
}

template <class Item>
void check_rows(const std::vector<std::uint64_t>& offsets, std::size_t rows, const std::vector<Item>& items,
                const char* what) {
    require(offsets.size() == rows + 1 && offsets.front() == 0 && offsets.back() == items.size() &&
                std::is_sorted(offsets.begin(), offsets.end()),
            what);
}

/// Items of every row strictly ascending by `key`, which is below `limit`.
template <class Item, class Key>
void check_ascending(const std::vector<std::uint64_t>& offsets, const std::vector<Item>& items, Key key,
                     std::size_t limit, const char* what) {
    for (std::size_t row = 0; row + 1 < offsets.size(); ++row) {
        for (auto i = static_cast<std::size_t>(offsets[row]); i < offsets[row + 1]; ++i) {
            require(index_of(key(items[i])) < limit, what);
            require(i == offsets[row] || key(items[i - 1]) < key(items[i]), what);
        }
    }
}

bool is_weight(double w) noexcept {
    return w > 0.0 && std::isfinite(w);
}

bool is_degrees(const std::optional<double>& x, double most) noexcept {
    return !x || (*x >= -most && *x <= most);
}

void check_date(const std::optional<Date>& date) {
    if (!date) {
        return;
    }
    const bool plain = date->year >= 1 && date->year <= 9999 && date->month <= 12 && date->day <= 28 &&
                       (date->month > 0 || date->day == 0);
    require(plain || parse_date(to_text(*date)) == date, "a date is none");
}

/// Ids are there and strictly ascending.
template <class Item>
void check_ids(const std::vector<Item>& table, const TextPool& pool, const char* what) {
    require(table.size() < 0xFFFFFFFFU, what);
    for (std::size_t i = 0; i < table.size(); ++i) {
        require(table[i].id != TextId{}, what);
        require(i == 0 || pool.text(table[i - 1].id) < pool.text(table[i].id), what);
    }
}

void check(const NetworkTables& t, const TextPool& pool) {
    const auto actor = [&](ActorId a) { return index_of(a) < t.actors.size(); };
    const auto expertise = [&](ExpertiseId x) { return index_of(x) < t.expertises.size(); };
    for_texts(t, [&](TextId id) { require(index_of(id) < t.text_ends.size(), "a text is not there"); });
    check_ids(t.actors, pool, "actors: an id is empty, twice there or out of order");
    check_ids(t.expertises, pool, "expertises: an id is empty, twice there or out of order");
    check_ids(t.partnerships, pool, "partnerships: an id is empty, twice there or out of order");
    check_ids(t.opportunities, pool, "opportunities: an id is empty, twice there or out of order");
    for (const Actor& a : t.actors) {
        require(a.lat.has_value() == a.lon.has_value() && is_degrees(a.lat, 90.0) && is_degrees(a.lon, 180.0),
                "actors: a position is none");
    }
    for (const Expertise& x : t.expertises) {
        const bool root = x.parent == none<ExpertiseId>;
        require(root || expertise(x.parent), "expertises: a parent is not there");
        // one deeper than its parent: no cycle is possible
        require(x.depth == (root ? 1 : t.expertises[index_of(x.parent)].depth + 1),
                "expertises: a depth is not one more than the parent's");
    }
    for (std::size_t i = 0; i < t.holdings.size(); ++i) {
        const Holding& h = t.holdings[i];
        require(actor(h.actor) && expertise(h.expertise), "holdings: an actor or an expertise is not there");
        require(h.level >= 0.0F && h.level <= 1.0F && h.relation <= Relation::seeks,
                "holdings: a level is none");
        if (i > 0) {
            const Holding& b = t.holdings[i - 1];
            require(
                std::tuple(b.actor, b.expertise, b.relation) < std::tuple(h.actor, h.expertise, h.relation),
                "holdings: out of order");
        }
    }
    for (const Partnership& p : t.partnerships) {
        require(is_weight(p.weight), "partnerships: a weight is not positive and finite");
        check_date(p.start);
        check_date(p.end);
    }
    for (const Opportunity& o : t.opportunities) {
        check_date(o.opens);
        check_date(o.deadline);
    }
    check_rows(t.member_offsets, t.partnerships.size(), t.members, "members: rows do not fit");
    check_rows(t.topic_offsets, t.partnerships.size(), t.topics, "topics: rows do not fit");
    check_rows(t.requirement_offsets, t.opportunities.size(), t.requirements,
               "requirements: rows do not fit");
    check_ascending(
        t.member_offsets, t.members, [](const Member& m) { return m.actor; }, t.actors.size(),
        "members: an actor is not there or out of order");
    check_ascending(
        t.topic_offsets, t.topics, [](ExpertiseId x) { return x; }, t.expertises.size(),
        "topics: an expertise is not there or out of order");
    check_ascending(
        t.requirement_offsets, t.requirements, [](const Requirement& r) { return r.expertise; },
        t.expertises.size(), "requirements: an expertise is not there or out of order");
    for (const Requirement& r : t.requirements) {
        require(is_weight(r.weight) && r.min_holders > 0, "requirements: a weight or a number is none");
    }
    require(t.attributes.size() == t.attribute_names.size() &&
                std::is_sorted(t.attribute_names.begin(), t.attribute_names.end()) &&
                std::all_of(t.attributes.begin(), t.attributes.end(),
                            [&](const auto& column) { return column.size() == t.actors.size(); }),
            "attributes: columns do not fit");
}

/// Rows by `row_of(item)` of the numbers 0 .. count - 1, ascending within a row.
template <class Id, class ForItems>
void invert(std::size_t rows, const ForItems& for_items, std::vector<std::uint64_t>& offsets,
            std::vector<Id>& items) {
    offsets.assign(rows + 1, 0);
    for_items([&](std::size_t row, Id) { ++offsets[row + 1]; });
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    items.resize(static_cast<std::size_t>(offsets.back()));
    std::vector<std::uint64_t> next(offsets.begin(), offsets.end() - 1);
    for_items([&](std::size_t row, Id item) { items[static_cast<std::size_t>(next[row]++)] = item; });
}

}  // namespace

/// Friend of Network: the way in and out.
class NetworkStore {
public:
    static NetworkTables take(const Network& n) {
        NetworkTables t;
        t.settings = n.settings_;
        t.actors = n.actors_.items();
        t.expertises = n.expertises_.items();
        t.partnerships = n.partnerships_.items();
        t.opportunities = n.opportunities_.items();
        t.holdings = n.holdings_;
        t.attribute_names = n.attribute_names_;
        t.attributes = n.attributes_;
        t.member_offsets = n.member_offsets_;
        t.topic_offsets = n.topic_offsets_;
        t.requirement_offsets = n.requirement_offsets_;
        t.members = n.members_;
        t.topics = n.topics_;
        t.requirements = n.requirements_;
        const auto forget_places = [](auto& table) {
            for (auto& row : table) {
                row.where = {};
            }
        };
        forget_places(t.actors);
        forget_places(t.expertises);
        forget_places(t.partnerships);
        forget_places(t.opportunities);
        forget_places(t.holdings);
        TextNumbers numbers(n);
        for_texts(t, [&numbers](TextId& id) { numbers(id); });
        numbers.give(t);
        return t;
    }

    static Network give(NetworkTables&& t) {
        Network n;
        require(!t.text_ends.empty() && t.text_ends.front() == 0 && t.text_ends.back() == t.texts.size() &&
                    std::is_sorted(t.text_ends.begin(), t.text_ends.end()),
                "texts: ends do not fit");
        n.pool_ = TextPool(t.texts, t.text_ends, t.text_owner);
        check(t, n.pool_);
        n.settings_ = std::move(t.settings);
        n.actors_.items() = std::move(t.actors);
        n.expertises_.items() = std::move(t.expertises);
        n.partnerships_.items() = std::move(t.partnerships);
        n.opportunities_.items() = std::move(t.opportunities);
        n.holdings_ = std::move(t.holdings);
        n.attribute_names_ = std::move(t.attribute_names);
        n.attributes_ = std::move(t.attributes);
        n.member_offsets_ = std::move(t.member_offsets);
        n.topic_offsets_ = std::move(t.topic_offsets);
        n.requirement_offsets_ = std::move(t.requirement_offsets);
        n.members_ = std::move(t.members);
        n.topics_ = std::move(t.topics);
        n.requirements_ = std::move(t.requirements);
        invert(
            n.actors_.size(),
            [&n](const auto& add) {
                for (const PartnershipId p : n.partnerships_.ids()) {
                    for (const Member& m : n.members(p)) {
                        add(index_of(m.actor), p);
                    }
                }
            },
            n.of_actor_offsets_, n.of_actor_);
        invert(
            n.expertises_.size(),
            [&n](const auto& add) {
                for (const ExpertiseId x : n.expertises_.ids()) {
                    if (n.expertises_[x].parent != none<ExpertiseId>) {
                        add(index_of(n.expertises_[x].parent), x);
                    }
                }
            },
            n.child_offsets_, n.children_);
        n.find_latest_date();
        check_settings(n);
        return n;
    }

private:
    static void check_settings(const Network& n) {
        std::vector<std::string> names = n.settings_.group_by;
        if (n.settings_.scope) {
            names.push_back(n.settings_.scope->first);
        }
        const std::vector<std::string> known = n.groupable_names();
        for (const std::string& name : names) {
            require(std::find(known.begin(), known.end(), name) != known.end(),
                    "settings: an attribute is not there");
        }
    }
};

NetworkTables tables_of(const Network& network) {
    return NetworkStore::take(network);
}

Network network_from(NetworkTables&& tables) {
    return NetworkStore::give(std::move(tables));
}

}  // namespace maillage

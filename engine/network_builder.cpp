#include "engine/network_builder.hpp"

#include "engine/text_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace maillage {
namespace {

constexpr std::size_t largest_table = 0xFFFFFFFEU;
constexpr double largest_count = 1e6;  ///< of partners, kinds, countries, holders

RecordPlace place_of(const Cell& cell) noexcept {
    return {cell.line, cell.column};
}
template <class T>
RecordPlace place_of(const Parsed<T>& parsed) noexcept {
    return {parsed.line, parsed.column};
}

/// A reference by id that is resolved when every table is known.
struct Reference {
    TextId id{};
    RecordPlace where;
};

struct PendingHolding {
    Reference actor, expertise;
    Relation relation;
    float level;
    TextId source;
};
/// A member of a partnership, with the row that says so.
struct MemberRow {
    PartnershipId partnership{};
    Member member;
    RecordPlace where;
};
struct PendingMember {
    Reference partnership, actor;
    TextId role;
};
struct PendingTopic {
    std::uint32_t partnership;  ///< position in the order of reading
    Reference expertise;
};
struct PendingPair {
    std::uint32_t partnership;
    Reference a, b;
};
struct PendingRequirement {
    Reference opportunity, expertise;
    double weight;
    std::uint32_t min_holders;
};

/// Offsets of the rows of `items`, which are sorted by row_of.
template <class Item, class RowOf>
std::vector<std::uint64_t> offsets_of(const std::vector<Item>& items, std::size_t rows, RowOf row_of) {
    std::vector<std::uint64_t> offsets(rows + 1, 0);
    for (const Item& item : items) {
        ++offsets[row_of(item) + 1];
    }
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    return offsets;
}

}  // namespace

std::string_view name_of(Table table) noexcept {
    constexpr std::array<std::string_view, table_count> names = {
        "actors",  "expertises",    "actor_expertises",       "partnerships",
        "members", "opportunities", "opportunity_expertises", "settings"};
    return names[static_cast<std::size_t>(table)];
}

struct NetworkBuilder::State {
    Network network;
    std::array<std::string, table_count> files;
    std::map<std::string, RecordPlace> settings_places;
    std::vector<Diagnostic> problems;

    std::vector<Reference> parents;  ///< per expertise in reading order; id 0 for a root
    std::vector<PendingHolding> holdings;
    std::vector<PendingMember> members;
    std::vector<PendingTopic> topics;
    std::vector<PendingPair> pairs;
    std::vector<PendingRequirement> requirements;

    // text of an id -> position in the sorted table
    std::vector<ActorId> actor_named;
    std::vector<ExpertiseId> expertise_named;
    std::vector<PartnershipId> partnership_named;
    std::vector<OpportunityId> opportunity_named;
    std::vector<PartnershipId> partnership_read;  ///< reading order -> sorted

    TextId text(const Cell& cell) {
        return cell.known != none<TextId> ? cell.known
               : cell.text.empty()        ? TextId{}
                                          : network.pool_.add(cell.text);
    }
    Reference reference(const Cell& cell) { return {text(cell), place_of(cell)}; }

    void say(Severity severity, Table table, RecordPlace where, std::string message) {
        problems.push_back({severity,
                            {files[static_cast<std::size_t>(table)], where.line, where.column},
                            std::move(message),
                            {}});
    }
    void error(Table table, RecordPlace where, std::string message) {
        say(Severity::error, table, where, std::move(message));
    }

    void require_id(Table table, const Cell& id) {
        if (id.text.empty()) {
            error(table, place_of(id), "the id is empty; every row needs one");
        }
    }
    double positive(Table table, const Parsed<double>& number, std::string_view what) {
        const double value = number.value.value_or(1.0);
        if (!(value > 0.0) || !std::isfinite(value)) {
            error(table, place_of(number), std::string(what) + " must be greater than 0 and finite");
            return 1.0;
        }
        return value;
    }
    std::optional<std::uint32_t> count(Table table, const Parsed<double>& number, std::string_view what,
                                       double least) {
        if (!number.value) {
            return std::nullopt;
        }
        if (!(*number.value >= least) || *number.value > largest_count ||
            std::floor(*number.value) != *number.value) {
            error(table, place_of(number),
                  std::string(what) + " must be a whole number from " +
                      std::to_string(static_cast<int>(least)) + " to 1000000");
            return std::nullopt;
        }
        return static_cast<std::uint32_t>(*number.value);
    }

    template <class Id, class Item>
    void sort_table(Table table, IdVector<Id, Item>& items, std::vector<Id>& named,
                    std::vector<Id>& read_order);
    template <class Id>
    std::optional<Id> resolve(Table table, const Reference& reference, const std::vector<Id>& named,
                              std::string_view what, Table defined_in);

    void sort_attributes(const std::vector<ActorId>& read_order);
    void link_expertises(const std::vector<ExpertiseId>& read_order);
    void find_cycles();
    void set_depths();
    void link_holdings(BuildSummary& summary);
    void sort_by_partnership(std::vector<MemberRow>& rows) const;
    void say_own_tie(PartnershipId p, ActorId actor, RecordPlace where);
    void link_listed_members(BuildSummary& summary);
    void link_pairs(BuildSummary& summary);
    void link_members(BuildSummary& summary);
    void link_topics();
    void link_requirements();
    void check_settings();
    void index_actors(BuildSummary& summary);
    void count_unused(BuildSummary& summary) const;
};

template <class Id, class Item>
void NetworkBuilder::State::sort_table(Table table, IdVector<Id, Item>& items, std::vector<Id>& named,
                                       std::vector<Id>& read_order) {
    auto& rows = items.items();
    if (rows.size() > largest_table) {
        error(table, {}, "more than 4 294 967 294 rows");
        rows.resize(largest_table);
    }
    const auto text_of = [this](const Item& row) { return network.text(row.id); };
    const bool in_order = std::is_sorted(
        rows.begin(), rows.end(), [&](const Item& x, const Item& y) { return text_of(x) < text_of(y); });
    std::vector<std::uint32_t> order;  // empty: as they are
    if (!in_order) {
        std::vector<std::string_view> ids(rows.size());
        std::transform(rows.begin(), rows.end(), ids.begin(), text_of);
        order = text_order(ids);
        std::vector<Item> sorted;
        sorted.reserve(rows.size());
        for (const std::uint32_t row : order) {
            sorted.push_back(std::move(rows[row]));
        }
        rows = std::move(sorted);
    }
    read_order.resize(rows.size());
    named.assign(rows.empty() ? 0 : network.pool_.size(), none<Id>);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Item& row = rows[i];
        read_order[in_order ? i : order[i]] = id_at<Id>(i);
        Id& first = named[index_of(row.id)];
        if (first == none<Id>) {
            first = id_at<Id>(i);
        } else if (row.id != TextId{}) {
            error(table, row.where,
                  "id " + quoted_text(network.text(row.id)) + " is given twice; first in line " +
                      std::to_string(rows[index_of(first)].where.line));
        }
    }
}

template <class Id>
std::optional<Id> NetworkBuilder::State::resolve(Table table, const Reference& reference,
                                                 const std::vector<Id>& named, std::string_view what,
                                                 Table defined_in) {
    const std::size_t text = index_of(reference.id);
    if (reference.id == TextId{}) {
        error(table, reference.where, "the " + std::string(what) + " is empty");
        return std::nullopt;
    }
    if (text < named.size() && named[text] != none<Id>) {
        return named[text];
    }
    constexpr std::size_t most_suggestions = 50;  // each costs a pass over the ids
    std::string hint;
    if (problems.size() < most_suggestions) {
        if constexpr (std::is_same_v<Id, ActorId>) {
            hint = suggest_actor(network, network.text(reference.id));
        } else if constexpr (std::is_same_v<Id, ExpertiseId>) {
            hint = suggest_expertise(network, network.text(reference.id));
        }
    }
    error(table, reference.where,
          "unknown " + std::string(what) + " " + quoted_text(network.text(reference.id)) + hint +
              "; it is not in " + files[static_cast<std::size_t>(defined_in)]);
    return std::nullopt;
}

NetworkBuilder::NetworkBuilder() : state_(std::make_unique<State>()) {
    for (std::size_t t = 0; t < table_count; ++t) {
        state_->files[t] = name_of(static_cast<Table>(t));
    }
}

NetworkBuilder::~NetworkBuilder() = default;

void NetworkBuilder::set_file(Table table, std::string name) {
    state_->files[static_cast<std::size_t>(table)] = std::move(name);
}

void NetworkBuilder::set_attribute_names(std::vector<std::string> names) {
    state_->network.attributes_.assign(names.size(), {});
    state_->network.attribute_names_ = std::move(names);
}

void NetworkBuilder::set_settings(Settings settings) {
    state_->network.settings_ = std::move(settings);
}

void NetworkBuilder::set_scope(std::pair<std::string, std::string> scope) {
    state_->network.settings_.scope = std::move(scope);
}

void NetworkBuilder::set_settings_place(std::string key, RecordPlace place) {
    state_->settings_places[std::move(key)] = place;
}

TextId NetworkBuilder::intern(std::string_view text) {
    return state_->network.pool_.add(text);
}

void NetworkBuilder::intern_all(std::span<const std::string_view> texts, std::span<TextId> ids) {
    state_->network.pool_.add_all(texts, ids);
}

TextId NetworkBuilder::find(std::string_view text) const noexcept {
    return state_->network.pool_.find(text);
}

void NetworkBuilder::expect(Table table, std::size_t rows, std::size_t texts) {
    State& s = *state_;
    s.network.pool_.reserve(texts);
    if (table == Table::actors) {
        s.network.actors_.items().reserve(s.network.actors_.size() + rows);
    } else if (table == Table::partnerships) {
        s.network.partnerships_.items().reserve(s.network.partnerships_.size() + rows);
        s.pairs.reserve(s.pairs.size() + rows);
    }
}

void NetworkBuilder::add(const ActorRecord& record) {
    State& s = *state_;
    s.require_id(Table::actors, record.id);
    if (record.name.text.empty() && !record.id.text.empty()) {
        s.error(Table::actors, place_of(record.name),
                "actor " + quoted_text(record.id.text) + " has no name");
    }
    Actor actor{.id = s.text(record.id),
                .name = s.text(record.name),
                .kind = s.text(record.kind),
                .place = s.text(record.place),
                .country = s.text(record.country),
                .url = s.text(record.url),
                .lat = record.lat.value,
                .lon = record.lon.value,
                .where = place_of(record.id)};
    if (actor.lat.has_value() != actor.lon.has_value()) {
        s.error(Table::actors, place_of(actor.lat ? record.lat : record.lon),
                "a latitude and a longitude go together; one of them is empty");
    }
    if (actor.lat && !(std::abs(*actor.lat) <= 90.0)) {
        s.error(Table::actors, place_of(record.lat), "a latitude lies between -90 and 90 degrees");
    }
    if (actor.lon && !(std::abs(*actor.lon) <= 180.0)) {
        s.error(Table::actors, place_of(record.lon), "a longitude lies between -180 and 180 degrees");
    }
    s.network.actors_.push_back(actor);
    for (std::size_t i = 0; i < s.network.attributes_.size(); ++i) {
        s.network.attributes_[i].push_back(i < record.attributes.size() ? s.text(record.attributes[i])
                                                                        : TextId{});
    }
}

void NetworkBuilder::add(const ExpertiseRecord& record) {
    State& s = *state_;
    s.require_id(Table::expertises, record.id);
    s.network.expertises_.push_back({.id = s.text(record.id),
                                     .label = s.text(record.label),
                                     .label_fr = s.text(record.label_fr),
                                     .label_en = s.text(record.label_en),
                                     .scheme = s.text(record.scheme),
                                     .where = place_of(record.id)});
    s.parents.push_back(s.reference(record.parent));
}

void NetworkBuilder::add(const ActorExpertiseRecord& record) {
    State& s = *state_;
    Relation relation = Relation::offers;
    if (record.relation.text == "seeks") {
        relation = Relation::seeks;
    } else if (!record.relation.text.empty() && record.relation.text != "offers") {
        s.error(Table::actor_expertises, place_of(record.relation),
                "relation " + quoted_text(record.relation.text) + R"( is neither "offers" nor "seeks")");
    }
    const double level = record.level.value.value_or(1.0);
    if (!(level >= 0.0 && level <= 1.0)) {
        s.error(Table::actor_expertises, place_of(record.level), "a level lies between 0 and 1");
    }
    s.holdings.push_back({s.reference(record.actor), s.reference(record.expertise), relation,
                          static_cast<float>(level), s.text(record.source)});
}

void NetworkBuilder::add(const PartnershipRecord& record) {
    State& s = *state_;
    s.require_id(Table::partnerships, record.id);
    if (record.start.value && record.end.value &&
        record.start.value->first_day() > record.end.value->last_day()) {
        s.error(Table::partnerships, place_of(record.end),
                "the partnership ends (" + to_text(*record.end.value) + ") before it starts (" +
                    to_text(*record.start.value) + ")");
    }
    const auto position = static_cast<std::uint32_t>(s.network.partnerships_.size());
    s.network.partnerships_.push_back({.id = s.text(record.id),
                                       .name = s.text(record.name),
                                       .kind = s.text(record.kind),
                                       .status = s.text(record.status),
                                       .source = s.text(record.source),
                                       .start = record.start.value,
                                       .end = record.end.value,
                                       .weight = s.positive(Table::partnerships, record.weight, "a weight"),
                                       .where = place_of(record.id)});
    for (const Cell& expertise : record.expertises) {
        s.topics.push_back({position, s.reference(expertise)});
    }
    if (record.a.text.empty() != record.b.text.empty()) {
        s.error(
            Table::partnerships, place_of(record.a.text.empty() ? record.a : record.b),
            "only one side of the partnership is given; fill both a and b, or neither and list the members");
    } else if (!record.a.text.empty()) {
        s.pairs.push_back({position, s.reference(record.a), s.reference(record.b)});
    }
}

void NetworkBuilder::add(const MemberRecord& record) {
    State& s = *state_;
    s.members.push_back({s.reference(record.partnership), s.reference(record.actor), s.text(record.role)});
}

void NetworkBuilder::add(const OpportunityRecord& record) {
    State& s = *state_;
    s.require_id(Table::opportunities, record.id);
    Opportunity opportunity{
        .id = s.text(record.id),
        .title = s.text(record.title),
        .kind = s.text(record.kind),
        .url = s.text(record.url),
        .opens = record.opens.value,
        .deadline = record.deadline.value,
        .min_partners = s.count(Table::opportunities, record.min_partners, "min_partners", 0),
        .max_partners = s.count(Table::opportunities, record.max_partners, "max_partners", 1),
        .min_kinds = s.count(Table::opportunities, record.min_kinds, "min_kinds", 0),
        .min_countries = s.count(Table::opportunities, record.min_countries, "min_countries", 0),
        .required_kinds = {},
        .countries = {},
        .where = place_of(record.id)};
    if (record.title.text.empty() && !record.id.text.empty()) {
        s.error(Table::opportunities, place_of(record.title),
                "opportunity " + quoted_text(record.id.text) + " has no title");
    }
    if (opportunity.min_partners && opportunity.max_partners &&
        *opportunity.min_partners > *opportunity.max_partners) {
        s.error(Table::opportunities, place_of(record.max_partners),
                "max_partners is less than min_partners");
    }
    if (opportunity.opens && opportunity.deadline &&
        opportunity.opens->first_day() > opportunity.deadline->last_day()) {
        s.error(Table::opportunities, place_of(record.deadline), "the deadline is before the opening");
    }
    for (const Cell& kind : record.required_kinds) {
        opportunity.required_kinds.push_back(s.text(kind));
    }
    for (const Cell& country : record.countries) {
        opportunity.countries.push_back(s.text(country));
    }
    s.network.opportunities_.push_back(std::move(opportunity));
}

void NetworkBuilder::add(const OpportunityExpertiseRecord& record) {
    State& s = *state_;
    s.requirements.push_back(
        {s.reference(record.opportunity), s.reference(record.expertise),
         s.positive(Table::opportunity_expertises, record.weight, "a weight"),
         s.count(Table::opportunity_expertises, record.min_holders, "min_holders", 1).value_or(1)});
}

void NetworkBuilder::State::sort_attributes(const std::vector<ActorId>& read_order) {
    for (auto& column : network.attributes_) {
        std::vector<TextId> sorted(column.size());
        for (std::size_t i = 0; i < column.size(); ++i) {
            sorted[index_of(read_order[i])] = column[i];
        }
        column = std::move(sorted);
    }
    auto& names = network.attribute_names_;
    std::vector<std::size_t> order(names.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&names](auto x, auto y) { return names[x] < names[y]; });
    std::vector<std::string> sorted_names;
    std::vector<std::vector<TextId>> sorted_columns;
    for (const std::size_t i : order) {
        sorted_names.push_back(std::move(names[i]));
        sorted_columns.push_back(std::move(network.attributes_[i]));
    }
    names = std::move(sorted_names);
    network.attributes_ = std::move(sorted_columns);
}

void NetworkBuilder::State::link_expertises(const std::vector<ExpertiseId>& read_order) {
    for (std::size_t i = 0; i < parents.size(); ++i) {
        if (parents[i].id != TextId{}) {
            const auto parent = resolve(Table::expertises, parents[i], expertise_named, "parent expertise",
                                        Table::expertises);
            network.expertises_[read_order[i]].parent = parent.value_or(none<ExpertiseId>);
        }
    }
    find_cycles();
    set_depths();
    auto& children = network.children_;
    for (const ExpertiseId x : network.expertises_.ids()) {
        if (network.expertises_[x].parent != none<ExpertiseId>) {
            children.push_back(x);
        }
    }
    const auto parent_of = [this](ExpertiseId x) { return index_of(network.expertises_[x].parent); };
    std::stable_sort(children.begin(), children.end(),
                     [&](ExpertiseId x, ExpertiseId y) { return parent_of(x) < parent_of(y); });
    network.child_offsets_ = offsets_of(children, network.expertises_.size(), parent_of);
}

/// Walks up from every expertise; one met twice in the same walk closes a cycle, which is reported
/// once, at its member that was read first, and cut there.
void NetworkBuilder::State::find_cycles() {
    auto& expertises = network.expertises_;
    std::vector<std::uint32_t> walk_of(expertises.size(), 0);
    std::uint32_t walk = 0;
    for (const ExpertiseId start : expertises.ids()) {
        ++walk;
        ExpertiseId x = start;
        while (x != none<ExpertiseId> && walk_of[index_of(x)] == 0) {
            walk_of[index_of(x)] = walk;
            x = expertises[x].parent;
        }
        if (x == none<ExpertiseId> || walk_of[index_of(x)] != walk) {
            continue;
        }
        std::string path = std::string(network.id(x));
        ExpertiseId first = x;
        for (ExpertiseId y = expertises[x].parent; y != x; y = expertises[y].parent) {
            path += " < " + std::string(network.id(y));
            first = expertises[y].where.line < expertises[first].where.line ? y : first;
        }
        error(Table::expertises, expertises[first].where,
              "the parents form a cycle: " + path + " < " + std::string(network.id(x)));
        expertises[x].parent = none<ExpertiseId>;
    }
}

void NetworkBuilder::State::set_depths() {
    auto& expertises = network.expertises_;
    std::vector<ExpertiseId> path;
    std::vector<std::uint8_t> known(expertises.size(), 0);
    for (const ExpertiseId start : expertises.ids()) {
        path.clear();
        ExpertiseId x = start;
        while (x != none<ExpertiseId> && known[index_of(x)] == 0) {
            path.push_back(x);
            x = expertises[x].parent;
        }
        std::uint32_t depth = x == none<ExpertiseId> ? 0 : expertises[x].depth;
        for (auto y = path.rbegin(); y != path.rend(); ++y) {
            expertises[*y].depth = ++depth;
            known[index_of(*y)] = 1;
        }
    }
}

void NetworkBuilder::State::link_holdings(BuildSummary& summary) {
    auto& rows = network.holdings_;
    rows.reserve(holdings.size());
    for (const PendingHolding& h : holdings) {
        const auto actor = resolve(Table::actor_expertises, h.actor, actor_named, "actor", Table::actors);
        const auto expertise =
            resolve(Table::actor_expertises, h.expertise, expertise_named, "expertise", Table::expertises);
        if (actor && expertise) {
            rows.push_back({*actor, *expertise, h.relation, h.level, h.source, h.actor.where});
        }
    }
    const auto key = [](const Holding& h) { return std::tuple(h.actor, h.expertise, h.relation); };
    // the highest level first, then the source in byte order: what is kept does not depend on the order of
    // rows
    std::stable_sort(rows.begin(), rows.end(), [&](const Holding& x, const Holding& y) {
        return std::tuple(key(x), -x.level, network.text(x.source)) <
               std::tuple(key(y), -y.level, network.text(y.source));
    });
    std::vector<Holding> kept;
    kept.reserve(rows.size());
    for (const Holding& h : rows) {
        if (!kept.empty() && key(kept.back()) == key(h)) {
            ++summary.duplicate_holdings;
            say(Severity::note, Table::actor_expertises, h.where,
                "actor " + quoted_text(network.id(h.actor)) + " and expertise " +
                    quoted_text(network.id(h.expertise)) +
                    " are linked more than once; merged, the highest level is kept");
        } else {
            kept.push_back(h);
        }
    }
    rows = std::move(kept);
}

/// By partnership, actor and role; rows that agree in all keep their order.
void NetworkBuilder::State::sort_by_partnership(std::vector<MemberRow>& rows) const {
    std::vector<std::uint64_t> next = offsets_of(rows, network.partnerships_.size(),
                                                 [](const MemberRow& r) { return index_of(r.partnership); });
    std::vector<MemberRow> sorted(rows.size());
    for (const MemberRow& row : rows) {
        sorted[next[index_of(row.partnership)]++] = row;
    }
    const auto before = [this](const MemberRow& x, const MemberRow& y) {
        return x.member.actor != y.member.actor ? x.member.actor < y.member.actor
                                                : network.text(x.member.role) < network.text(y.member.role);
    };
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin + 1;
        while (end < sorted.size() && sorted[end].partnership == sorted[begin].partnership) {
            ++end;
        }
        if (end - begin == 2) {
            if (before(sorted[begin + 1], sorted[begin])) {
                std::swap(sorted[begin], sorted[begin + 1]);
            }
        } else {
            std::stable_sort(sorted.begin() + static_cast<std::ptrdiff_t>(begin),
                             sorted.begin() + static_cast<std::ptrdiff_t>(end), before);
        }
        begin = end;
    }
    rows = std::move(sorted);
}

void NetworkBuilder::State::say_own_tie(PartnershipId p, ActorId actor, RecordPlace where) {
    say(Severity::warning, Table::partnerships, where,
        "partnership " + quoted_text(network.id(p)) + " ties " + quoted_text(network.id(actor)) +
            " to itself; it makes no tie");
}

void NetworkBuilder::State::link_listed_members(BuildSummary& summary) {
    std::vector<MemberRow> rows;
    rows.reserve(members.size() + 2 * pairs.size());
    std::vector<std::uint8_t> has_pair(network.partnerships_.size(), 0);
    for (const PendingPair& pair : pairs) {
        const PartnershipId p = partnership_read[pair.partnership];
        has_pair[index_of(p)] = 1;
        for (const Reference& side : {pair.a, pair.b}) {
            if (const auto actor = resolve(Table::partnerships, side, actor_named, "actor", Table::actors)) {
                rows.push_back({p, {*actor, TextId{}}, side.where});
            }
        }
    }
    pairs = {};
    for (const PendingMember& m : members) {
        const auto p =
            resolve(Table::members, m.partnership, partnership_named, "partnership", Table::partnerships);
        const auto actor = resolve(Table::members, m.actor, actor_named, "actor", Table::actors);
        if (p && actor) {
            if (has_pair[index_of(*p)] == 1) {
                has_pair[index_of(*p)] = 2;  // said once
                error(Table::members, m.partnership.where,
                      "partnership " + quoted_text(network.id(*p)) +
                          " has a and b already; give its members in one place only");
            }
            rows.push_back({*p, {*actor, m.role}, m.actor.where});
        }
    }
    sort_by_partnership(rows);
    std::size_t kept = 0;
    for (const MemberRow& r : rows) {
        if (kept > 0 && rows[kept - 1].partnership == r.partnership &&
            rows[kept - 1].member.actor == r.member.actor) {
            ++summary.duplicate_members;
            has_pair[index_of(r.partnership)] != 0
                ? say_own_tie(r.partnership, r.member.actor, r.where)
                : say(Severity::warning, Table::members, r.where,
                      "actor " + quoted_text(network.id(r.member.actor)) + " is twice in partnership " +
                          quoted_text(network.id(r.partnership)) + "; counted once");
        } else {
            rows[kept++] = r;
        }
    }
    rows.resize(kept);
    network.member_offsets_ = offsets_of(rows, network.partnerships_.size(),
                                         [](const MemberRow& r) { return index_of(r.partnership); });
    network.members_.reserve(rows.size());
    for (const MemberRow& r : rows) {
        network.members_.push_back(r.member);
    }
}

/// Members of partnerships that all have a and b, each in its place without a table of all.
void NetworkBuilder::State::link_pairs(BuildSummary& summary) {
    constexpr std::uint32_t no_pair = 0xFFFFFFFFU;
    std::vector<std::uint32_t> pair_of(network.partnerships_.size(), no_pair);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pair_of[index_of(partnership_read[pairs[i].partnership])] = static_cast<std::uint32_t>(i);
    }
    network.members_.reserve(2 * pairs.size());
    network.member_offsets_.assign(1, 0);
    network.member_offsets_.reserve(pair_of.size() + 1);
    for (std::size_t i = 0; i < pair_of.size(); ++i) {
        if (pair_of[i] != no_pair) {
            const PendingPair& pair = pairs[pair_of[i]];
            auto a = resolve(Table::partnerships, pair.a, actor_named, "actor", Table::actors);
            auto b = resolve(Table::partnerships, pair.b, actor_named, "actor", Table::actors);
            if (a && b && *a == *b) {
                ++summary.duplicate_members;
                say_own_tie(id_at<PartnershipId>(i), *a, pair.b.where);
                b.reset();
            }
            if (a && b && *b < *a) {
                std::swap(a, b);
            }
            for (const auto& actor : {a, b}) {
                if (actor) {
                    network.members_.push_back({*actor, TextId{}});
                }
            }
        }
        network.member_offsets_.push_back(network.members_.size());
    }
    pairs = {};
}

void NetworkBuilder::State::link_members(BuildSummary& summary) {
    members.empty() ? link_pairs(summary) : link_listed_members(summary);
    for (const PartnershipId p : network.partnerships_.ids()) {
        if (network.members(p).size() < 2) {
            ++summary.lone_partnerships;
            say(Severity::warning, Table::partnerships, network.partnerships_[p].where,
                "partnership " + quoted_text(network.id(p)) + " has " +
                    (network.members(p).empty() ? "no member" : "one member only") + "; it makes no tie");
        }
    }
}

void NetworkBuilder::State::link_topics() {
    std::vector<std::pair<PartnershipId, ExpertiseId>> rows;
    rows.reserve(topics.size());
    for (const PendingTopic& topic : topics) {
        if (const auto x = resolve(Table::partnerships, topic.expertise, expertise_named, "expertise",
                                   Table::expertises)) {
            rows.emplace_back(partnership_read[topic.partnership], *x);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    network.topic_offsets_ =
        offsets_of(rows, network.partnerships_.size(), [](const auto& r) { return index_of(r.first); });
    network.topics_.reserve(rows.size());
    for (const auto& [p, x] : rows) {
        network.topics_.push_back(x);
    }
}

void NetworkBuilder::State::link_requirements() {
    struct Row {
        OpportunityId opportunity;
        Requirement requirement;
        RecordPlace where;
    };
    std::vector<Row> rows;
    for (const PendingRequirement& r : requirements) {
        const auto o = resolve(Table::opportunity_expertises, r.opportunity, opportunity_named, "opportunity",
                               Table::opportunities);
        const auto x = resolve(Table::opportunity_expertises, r.expertise, expertise_named, "expertise",
                               Table::expertises);
        if (o && x) {
            rows.push_back({*o, {*x, r.weight, r.min_holders}, r.expertise.where});
        }
    }
    const auto key = [](const Row& r) { return std::tuple(r.opportunity, r.requirement.expertise); };
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& x, const Row& y) { return key(x) < key(y); });
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (key(rows[i - 1]) == key(rows[i])) {
            error(Table::opportunity_expertises, rows[i].where,
                  "opportunity " + quoted_text(network.id(rows[i].opportunity)) + " asks for expertise " +
                      quoted_text(network.id(rows[i].requirement.expertise)) + " twice");
        }
    }
    network.requirement_offsets_ =
        offsets_of(rows, network.opportunities_.size(), [](const Row& r) { return index_of(r.opportunity); });
    for (const Row& r : rows) {
        network.requirements_.push_back(r.requirement);
    }
}

void NetworkBuilder::State::check_settings() {
    const auto names = network.groupable_names();
    const auto known = [&names](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string& attribute : network.settings_.group_by) {
        if (!known(attribute)) {
            error(Table::settings, settings_places["group_by"],
                  "group_by: the actors have no attribute " + quoted_text(attribute) +
                      suggestion(attribute, names));
        }
    }
    if (const auto& scope = network.settings_.scope; scope && !known(scope->first)) {
        error(Table::settings, settings_places["scope"],
              "scope: the actors have no attribute " + quoted_text(scope->first) +
                  suggestion(scope->first, names));
    }
}

void NetworkBuilder::State::index_actors(BuildSummary& summary) {
    std::vector<std::uint8_t> tied(network.actors_.size(), 0);
    std::vector<std::uint8_t> skilled(network.actors_.size(), 0);
    auto& offsets = network.of_actor_offsets_;
    offsets = offsets_of(network.members_, network.actors_.size(),
                         [](const Member& m) { return index_of(m.actor); });
    std::vector<std::uint64_t> next(offsets.begin(), offsets.end() - 1);
    network.of_actor_.resize(network.members_.size());
    for (const PartnershipId p : network.partnerships_.ids()) {
        const auto list = network.members(p);
        const bool topical = !network.topics(p).empty();
        for (const Member& member : list) {
            const std::size_t a = index_of(member.actor);
            network.of_actor_[next[a]++] = p;
            tied[a] = list.size() > 1 ? 1 : tied[a];
            skilled[a] = topical ? 1 : skilled[a];
        }
    }
    for (const Holding& h : network.holdings_) {
        if (h.relation == Relation::offers) {
            skilled[index_of(h.actor)] = 1;
        }
    }
    summary.isolated_actors = static_cast<std::size_t>(std::count(tied.begin(), tied.end(), 0));
    summary.actors_without_expertise =
        static_cast<std::size_t>(std::count(skilled.begin(), skilled.end(), 0));
}

void NetworkBuilder::State::count_unused(BuildSummary& summary) const {
    std::vector<std::uint8_t> used(network.expertises_.size(), 0);
    const auto mark = [&](ExpertiseId x) {
        for (; x != none<ExpertiseId> && used[index_of(x)] == 0; x = network.expertises_[x].parent) {
            used[index_of(x)] = 1;
        }
    };
    for (const Holding& h : network.holdings_) {
        mark(h.expertise);
    }
    for (const ExpertiseId x : network.topics_) {
        mark(x);
    }
    for (const Requirement& r : network.requirements_) {
        mark(r.expertise);
    }
    summary.unused_expertises = static_cast<std::size_t>(std::count(used.begin(), used.end(), 0));
}

Network NetworkBuilder::build(std::vector<Diagnostic>& diagnostics, BuildSummary* summary) {
    State& s = *state_;
    Network& n = s.network;
    BuildSummary counts;
    std::vector<ActorId> actor_read;
    std::vector<ExpertiseId> expertise_read;
    std::vector<OpportunityId> opportunity_read;

    s.sort_table(Table::actors, n.actors_, s.actor_named, actor_read);
    s.sort_attributes(actor_read);
    s.sort_table(Table::expertises, n.expertises_, s.expertise_named, expertise_read);
    s.sort_table(Table::partnerships, n.partnerships_, s.partnership_named, s.partnership_read);
    s.sort_table(Table::opportunities, n.opportunities_, s.opportunity_named, opportunity_read);
    s.link_expertises(expertise_read);
    s.link_holdings(counts);
    s.link_topics();
    s.link_members(counts);
    s.link_requirements();
    s.check_settings();
    s.index_actors(counts);
    s.count_unused(counts);
    n.find_latest_date();

    diagnostics.insert(diagnostics.end(), std::make_move_iterator(s.problems.begin()),
                       std::make_move_iterator(s.problems.end()));
    sort_by_place(diagnostics, {s.files.begin(), s.files.end()});
    if (summary != nullptr) {
        *summary = counts;
    }
    Network network = std::move(n);
    state_ = std::make_unique<State>();
    if (std::any_of(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; })) {
        throw InputError(diagnostics);
    }
    return network;
}

}  // namespace maillage

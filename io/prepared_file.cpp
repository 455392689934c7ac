#include "io/prepared_file.hpp"

#include "engine/error.hpp"
#include "engine/network_tables.hpp"

#include "io/write_dataset.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <future>
#include <memory>
#include <ostream>
#include <utility>

namespace maillage::io {
namespace {

constexpr std::string_view texts = "texts", settings = "settings", actors = "actors",
                           expertises = "expertises", partnerships = "partnerships",
                           opportunities = "opportunities", reading = "reading",
                           all_diagnostics = "diagnostics", digest_name = "digest", graph = "graph",
                           knowledge = "knowledge";
constexpr std::array known = {texts,   settings,        actors,      expertises, partnerships, opportunities,
                              reading, all_diagnostics, digest_name, graph,      knowledge};
constexpr std::string_view extra_prefix = "x.";

static_assert(sizeof(Member) == 8 && sizeof(TextId) == 4 && sizeof(ExpertiseId) == 4 &&
              sizeof(VertexId) == 4);

// ── numbers that may be missing ──────────────────────────────────────────────────────────────────────────────

template <class T, class Write>
void write_maybe(SectionWriter& w, const std::optional<T>& x, Write write) {
    w.number<std::uint8_t>(x ? 1 : 0);
    if (x) {
        write(*x);
    }
}
template <class T, class Read>
std::optional<T> read_maybe(SectionReader& r, Read read) {
    const auto has = r.number<std::uint8_t>();
    if (has > 1) {
        throw Error("a mark is neither 0 nor 1");
    }
    return has == 1 ? std::optional<T>(read()) : std::nullopt;
}

void write_texts(SectionWriter& w, const std::vector<std::string>& items) {
    w.number<std::uint64_t>(items.size());
    for (const std::string& item : items) {
        w.text(item);
    }
}
std::vector<std::string> read_texts(SectionReader& r) {
    std::vector<std::string> items(r.count(8));
    for (std::string& item : items) {
        item = r.text();
    }
    return items;
}

void write(SectionWriter& w, TextId id) {
    w.number(static_cast<std::uint32_t>(id));
}
TextId read_text_id(SectionReader& r) {
    return static_cast<TextId>(r.number<std::uint32_t>());
}

/// year, month and day in 32 bits, 0 for none: no date is of year 0
std::uint32_t packed(const std::optional<Date>& date) noexcept {
    return date ? static_cast<std::uint32_t>(date->year) << 16U | std::uint32_t{date->month} << 8U | date->day
                : 0U;
}
std::optional<Date> unpacked(std::uint32_t x) noexcept {
    if (x == 0) {
        return std::nullopt;
    }
    return Date{static_cast<std::int16_t>(x >> 16U), static_cast<std::uint8_t>(x >> 8U & 0xFFU),
                static_cast<std::uint8_t>(x & 0xFFU)};
}

// ── tables: rows of one size as they lie in the file ─────────────────────────────────────────────────────────

struct ActorRow {
    std::array<TextId, 6> texts;
    std::uint32_t placed, reserved;
    double lat, lon;
};
struct ExpertiseRow {
    std::array<TextId, 5> texts;
    ExpertiseId parent;
    std::uint32_t depth;
};
struct HoldingRow {
    ActorId actor;
    ExpertiseId expertise;
    std::uint32_t relation;
    float level;
    TextId source;
};
struct PartnershipRow {
    std::array<TextId, 5> texts;
    std::uint32_t start, end, reserved;
    double weight;
};
static_assert(sizeof(ActorRow) == 48 && sizeof(ExpertiseRow) == 28 && sizeof(HoldingRow) == 20 &&
              sizeof(PartnershipRow) == 40);

template <class Row>
void write_rows(SectionWriter& w, const std::vector<Row>& rows) {
    w.array(std::span(reinterpret_cast<const std::uint32_t*>(rows.data()), rows.size() * sizeof(Row) / 4));
}
/// Calls take(row) for every row, after reserve(number of rows).
template <class Row, class Reserve, class Take>
void read_rows(SectionReader& r, Reserve reserve, Take take) {
    constexpr std::size_t words = sizeof(Row) / 4;
    const std::span<const std::uint32_t> all = r.view<std::uint32_t>();
    if (all.size() % words != 0) {
        throw Error("rows are not complete");
    }
    reserve(all.size() / words);
    for (std::size_t i = 0; i < all.size(); i += words) {
        Row row;
        std::memcpy(&row, all.data() + i, sizeof row);
        take(row);
    }
}

std::string texts_section(const NetworkTables& t) {
    SectionWriter w;
    w.text(t.texts);
    w.array(t.text_ends);
    return w.bytes();
}
void read_texts_section(SectionReader r, const std::shared_ptr<const void>& owner, NetworkTables& t) {
    t.texts = r.text();
    t.text_ends = r.view<std::uint64_t>();
    t.text_owner = owner;
    r.finish();
}

std::string settings_section(const Settings& s) {
    SectionWriter w;
    w.text(s.title);
    w.text(s.licence);
    write_texts(w, s.group_by);
    write_texts(w, s.excluded_partnership_kinds);
    write_maybe(w, s.scope, [&w](const auto& scope) {
        w.text(scope.first);
        w.text(scope.second);
    });
    w.number<std::uint64_t>(s.labels.size());
    for (const auto& [attribute, words] : s.labels) {
        w.text(attribute);
        w.number<std::uint64_t>(words.size());
        for (const auto& [code, word] : words) {
            w.text(code);
            w.text(word.fr);
            w.text(word.en);
        }
    }
    return w.bytes();
}
Settings read_settings_section(SectionReader r) {
    Settings s;
    s.title = r.text();
    s.licence = r.text();
    s.group_by = read_texts(r);
    s.excluded_partnership_kinds = read_texts(r);
    s.scope = read_maybe<std::pair<std::string, std::string>>(r, [&r] {
        std::string attribute(r.text());
        return std::pair(std::move(attribute), std::string(r.text()));
    });
    for (std::size_t i = r.count(16); i > 0; --i) {
        auto& words = s.labels[std::string(r.text())];
        for (std::size_t k = r.count(24); k > 0; --k) {
            LocalText& word = words[std::string(r.text())];
            word.fr = r.text();
            word.en = r.text();
        }
    }
    r.finish();
    return s;
}

std::string actors_section(const NetworkTables& t) {
    SectionWriter w;
    std::vector<ActorRow> rows;
    rows.reserve(t.actors.size());
    for (const Actor& a : t.actors) {
        rows.push_back({{a.id, a.name, a.kind, a.place, a.country, a.url},
                        a.lat ? 1U : 0U,
                        0,
                        a.lat.value_or(0.0),
                        a.lon.value_or(0.0)});
    }
    write_rows(w, rows);
    write_texts(w, t.attribute_names);
    for (const auto& column : t.attributes) {
        w.array(column);
    }
    return w.bytes();
}
void read_actors_section(SectionReader r, NetworkTables& t) {
    const auto take = [&t](const ActorRow& row) {
        Actor& a = t.actors.emplace_back();
        std::tie(a.id, a.name, a.kind, a.place, a.country, a.url) = std::tuple_cat(row.texts);
        if (row.placed != 0) {
            a.lat = row.lat;
            a.lon = row.lon;
        }
    };
    read_rows<ActorRow>(
        r, [&t](std::size_t n) { t.actors.reserve(n); }, take);
    t.attribute_names = read_texts(r);
    for (std::size_t i = 0; i < t.attribute_names.size(); ++i) {
        t.attributes.push_back(r.array<TextId>());
    }
    r.finish();
}

std::string expertises_section(const NetworkTables& t) {
    SectionWriter w;
    std::vector<ExpertiseRow> rows;
    for (const Expertise& x : t.expertises) {
        rows.push_back({{x.id, x.label, x.label_fr, x.label_en, x.scheme}, x.parent, x.depth});
    }
    write_rows(w, rows);
    std::vector<HoldingRow> holdings;
    for (const Holding& h : t.holdings) {
        holdings.push_back({h.actor, h.expertise, static_cast<std::uint32_t>(h.relation), h.level, h.source});
    }
    write_rows(w, holdings);
    return w.bytes();
}
void read_expertises_section(SectionReader r, NetworkTables& t) {
    const auto take_expertise = [&t](const ExpertiseRow& row) {
        Expertise& x = t.expertises.emplace_back();
        std::tie(x.id, x.label, x.label_fr, x.label_en, x.scheme) = std::tuple_cat(row.texts);
        x.parent = row.parent;
        x.depth = row.depth;
    };
    const auto take_holding = [&t](const HoldingRow& row) {
        if (row.relation > 1) {
            throw Error("a relation is neither offers nor seeks");
        }
        t.holdings.push_back(
            {row.actor, row.expertise, static_cast<Relation>(row.relation), row.level, row.source, {}});
    };
    read_rows<ExpertiseRow>(
        r, [&t](std::size_t n) { t.expertises.reserve(n); }, take_expertise);
    read_rows<HoldingRow>(
        r, [&t](std::size_t n) { t.holdings.reserve(n); }, take_holding);
    r.finish();
}

std::string partnerships_section(const NetworkTables& t) {
    SectionWriter w;
    std::vector<PartnershipRow> rows;
    rows.reserve(t.partnerships.size());
    for (const Partnership& p : t.partnerships) {
        rows.push_back(
            {{p.id, p.name, p.kind, p.status, p.source}, packed(p.start), packed(p.end), 0, p.weight});
    }
    write_rows(w, rows);
    w.array(t.member_offsets);
    w.array(t.members);
    w.array(t.topic_offsets);
    w.array(t.topics);
    return w.bytes();
}
void read_partnerships_section(SectionReader r, NetworkTables& t) {
    const auto take = [&t](const PartnershipRow& row) {
        Partnership& p = t.partnerships.emplace_back();
        std::tie(p.id, p.name, p.kind, p.status, p.source) = std::tuple_cat(row.texts);
        p.start = unpacked(row.start);
        p.end = unpacked(row.end);
        p.weight = row.weight;
    };
    read_rows<PartnershipRow>(
        r, [&t](std::size_t n) { t.partnerships.reserve(n); }, take);
    t.member_offsets = r.array<std::uint64_t>();
    t.members = r.array<Member>();
    t.topic_offsets = r.array<std::uint64_t>();
    t.topics = r.array<ExpertiseId>();
    r.finish();
}

std::string opportunities_section(const NetworkTables& t) {
    SectionWriter w;
    w.number<std::uint64_t>(t.opportunities.size());
    const auto count = [&w](const std::optional<std::uint32_t>& x) {
        write_maybe(w, x, [&w](std::uint32_t n) { w.number(n); });
    };
    for (const Opportunity& o : t.opportunities) {
        for (const TextId id : {o.id, o.title, o.kind, o.url}) {
            write(w, id);
        }
        w.number(packed(o.opens));
        w.number(packed(o.deadline));
        count(o.min_partners);
        count(o.max_partners);
        count(o.min_kinds);
        count(o.min_countries);
        for (const auto* list : {&o.required_kinds, &o.countries}) {
            w.number<std::uint64_t>(list->size());
            for (const TextId id : *list) {
                write(w, id);
            }
        }
    }
    w.array(t.requirement_offsets);
    for (const Requirement& q : t.requirements) {
        w.number(static_cast<std::uint32_t>(q.expertise));
        w.number(q.min_holders);
        w.number(q.weight);
    }
    return w.bytes();
}
void read_opportunities_section(SectionReader r, NetworkTables& t) {
    const auto count = [&r] {
        return read_maybe<std::uint32_t>(r, [&r] { return r.number<std::uint32_t>(); });
    };
    t.opportunities.resize(r.count(4 * 4));
    for (Opportunity& o : t.opportunities) {
        for (TextId* id : {&o.id, &o.title, &o.kind, &o.url}) {
            *id = read_text_id(r);
        }
        o.opens = unpacked(r.number<std::uint32_t>());
        o.deadline = unpacked(r.number<std::uint32_t>());
        o.min_partners = count();
        o.max_partners = count();
        o.min_kinds = count();
        o.min_countries = count();
        for (auto* list : {&o.required_kinds, &o.countries}) {
            list->resize(r.count(4));
            for (TextId& id : *list) {
                id = read_text_id(r);
            }
        }
    }
    t.requirement_offsets = r.array<std::uint64_t>();
    const std::uint64_t requirements = t.requirement_offsets.empty() ? 0 : t.requirement_offsets.back();
    for (std::uint64_t i = 0; i < requirements; ++i) {
        Requirement& q = t.requirements.emplace_back();
        q.expertise = static_cast<ExpertiseId>(r.number<std::uint32_t>());
        q.min_holders = r.number<std::uint32_t>();
        q.weight = r.number<double>();
    }
    r.finish();
}

// ── what reading told ────────────────────────────────────────────────────────────────────────────────────────

void write_diagnostics(SectionWriter& w, const std::vector<Diagnostic>& diagnostics) {
    w.number<std::uint64_t>(diagnostics.size());
    for (const Diagnostic& d : diagnostics) {
        w.number(static_cast<std::uint32_t>(d.severity));
        w.text(d.where.file);
        w.number(d.where.line);
        w.number(d.where.column);
        w.text(d.message);
        w.text(d.excerpt_from == 0 ? d.excerpt
                                   : std::string());  // the format has no place for where it begins
    }
}
std::vector<Diagnostic> read_diagnostics(SectionReader& r) {
    std::vector<Diagnostic> diagnostics(r.count(4 * 8));
    for (Diagnostic& d : diagnostics) {
        const auto severity = r.number<std::uint32_t>();
        if (severity >= static_cast<std::uint32_t>(Severity::error)) {
            throw Error("a diagnostic is neither a note nor a warning");
        }
        d.severity = static_cast<Severity>(severity);
        d.where.file = r.text();
        d.where.line = r.number<std::uint32_t>();
        d.where.column = r.number<std::uint32_t>();
        d.message = r.text();
        d.excerpt = r.text();
    }
    return diagnostics;
}

std::string diagnostics_section(const ReadResult& read) {
    SectionWriter w;
    write_diagnostics(w, read.diagnostics);
    return w.bytes();
}

std::string reading_section(const ReadResult& read) {
    SectionWriter w;
    const DiagnosticSummary told = summary_of(read.diagnostics);
    w.number<std::uint64_t>(told.warnings);
    w.number<std::uint64_t>(told.notes);
    w.number<std::uint64_t>(told.more_messages);
    write_diagnostics(w, told.messages);
    const BuildSummary& s = read.summary;
    for (const std::size_t n : {s.duplicate_holdings, s.duplicate_members, s.lone_partnerships,
                                s.isolated_actors, s.actors_without_expertise, s.unused_expertises}) {
        w.number<std::uint64_t>(n);
    }
    w.number<std::uint64_t>(read.files.size());
    for (const FileSummary& f : read.files) {
        for (const std::string* text : {&f.file, &f.table, &f.encoding, &f.separator}) {
            w.text(*text);
        }
        w.number<std::uint64_t>(f.rows);
        w.number<std::uint8_t>(f.complete ? 1 : 0);
    }
    return w.bytes();
}
void read_reading_section(SectionReader r, ReadResult& read) {
    DiagnosticSummary& told = read.told.emplace();
    told.warnings = static_cast<std::size_t>(r.number<std::uint64_t>());
    told.notes = static_cast<std::size_t>(r.number<std::uint64_t>());
    told.more_messages = static_cast<std::size_t>(r.number<std::uint64_t>());
    told.messages = read_diagnostics(r);
    BuildSummary& s = read.summary;
    for (std::size_t* n : {&s.duplicate_holdings, &s.duplicate_members, &s.lone_partnerships,
                           &s.isolated_actors, &s.actors_without_expertise, &s.unused_expertises}) {
        *n = static_cast<std::size_t>(r.number<std::uint64_t>());
    }
    read.files.resize(r.count(4 * 8));
    for (FileSummary& f : read.files) {
        for (std::string* text : {&f.file, &f.table, &f.encoding, &f.separator}) {
            *text = r.text();
        }
        f.rows = static_cast<std::size_t>(r.number<std::uint64_t>());
        f.complete = r.number<std::uint8_t>() != 0;
    }
    r.finish();
}

// ── the graph ────────────────────────────────────────────────────────────────────────────────────────────────

void write_incidence(SectionWriter& w, const Incidence& incidence) {
    std::vector<std::uint64_t> offsets = {0};
    std::vector<ExpertiseId> items;
    std::vector<float> levels;
    std::vector<std::uint8_t> inferred;
    for (const VertexId v : IdRange<VertexId>(incidence.vertex_count())) {
        for (const Incidence::OfVertex& link : incidence.of(v)) {
            items.push_back(link.expertise);
            levels.push_back(link.level);
            inferred.push_back(link.inferred ? 1 : 0);
        }
        offsets.push_back(items.size());
    }
    w.array(offsets);
    w.array(items);
    w.array(levels);
    w.array(inferred);
}
Incidence read_incidence(SectionReader& r, std::size_t expertise_count) {
    auto offsets = r.array<std::uint64_t>();
    const auto items = r.view<ExpertiseId>();
    const auto levels = r.view<float>();
    const auto inferred = r.view<std::uint8_t>();
    if (levels.size() != items.size() || inferred.size() != items.size()) {
        throw Error("columns do not fit");
    }
    std::vector<Incidence::OfVertex> rows(items.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i] = {items[i], levels[i], inferred[i] != 0};
    }
    return Incidence::from_rows(expertise_count, std::move(offsets), std::move(rows));
}

std::string graph_section(const PreparedProjection& prepared) {
    const ProjectionOptions& o = prepared.options;
    const Projection& p = prepared.projection;
    SectionWriter w;
    w.number(packed(o.from));
    w.number(packed(o.to));
    w.number(static_cast<std::uint32_t>(o.tie_weight));
    w.number(static_cast<std::uint32_t>(o.expertises));
    write_texts(w, o.excluded_kinds);
    write_maybe(w, o.scope, [&w](const auto& scope) {
        w.text(scope.first);
        w.text(scope.second);
    });
    w.number<std::uint8_t>(o.scope_only ? 1 : 0);
    const ProjectionSummary& s = p.summary;
    for (const std::size_t n : {s.used, s.excluded_kind, s.outside_window, s.lone, s.undated}) {
        w.number<std::uint64_t>(n);
    }
    w.array(p.actor_of);
    w.array(p.in_scope);
    w.array(p.partnership_used);
    const GraphView g = p.graph;
    w.array(g.offsets());
    w.array(g.targets());
    w.array(g.weights());
    return w.bytes();
}
void read_graph_section(SectionReader r, const Network& network, const std::shared_ptr<const void>& owner,
                        PreparedProjection& prepared) {
    ProjectionOptions& o = prepared.options;
    Projection& p = prepared.projection;
    o.from = unpacked(r.number<std::uint32_t>());
    o.to = unpacked(r.number<std::uint32_t>());
    const auto tie_weight = r.number<std::uint32_t>();
    const auto source = r.number<std::uint32_t>();
    if (tie_weight > static_cast<std::uint32_t>(TieWeight::one) ||
        source > static_cast<std::uint32_t>(ExpertiseSource::both)) {
        throw Error("an option is none");
    }
    o.tie_weight = static_cast<TieWeight>(tie_weight);
    o.expertises = static_cast<ExpertiseSource>(source);
    o.excluded_kinds = read_texts(r);
    o.scope = read_maybe<std::pair<std::string, std::string>>(r, [&r] {
        std::string attribute(r.text());
        return std::pair(std::move(attribute), std::string(r.text()));
    });
    o.scope_only = r.number<std::uint8_t>() != 0;
    ProjectionSummary& s = p.summary;
    for (std::size_t* n : {&s.used, &s.excluded_kind, &s.outside_window, &s.lone, &s.undated}) {
        *n = static_cast<std::size_t>(r.number<std::uint64_t>());
    }
    p.actor_of = r.array<ActorId>();
    p.in_scope = r.array<std::uint8_t>();
    p.partnership_used = r.array<std::uint8_t>();
    const auto offsets = r.view<std::uint64_t>();
    const auto targets = r.view<VertexId>();
    p.graph = CsrGraph::from_rows(offsets, targets, r.view<double>(), owner);
    r.finish();
    if (p.graph.vertex_count() != p.actor_of.size() || p.in_scope.size() != p.actor_of.size() ||
        p.partnership_used.size() != network.partnerships().size()) {
        throw Error("columns do not fit");
    }
    p.vertex_of.assign(network.actors().size(), none<VertexId>);
    for (std::size_t v = 0; v < p.actor_of.size(); ++v) {
        if (index_of(p.actor_of[v]) >= p.vertex_of.size() || (v > 0 && p.actor_of[v - 1] >= p.actor_of[v])) {
            throw Error("an actor is not there or out of order");
        }
        p.vertex_of[index_of(p.actor_of[v])] = id_at<VertexId>(v);
    }
}

std::string knowledge_section(const Projection& p) {
    SectionWriter w;
    write_incidence(w, p.offers);
    write_incidence(w, p.seeks);
    return w.bytes();
}
void read_knowledge_section(SectionReader r, const Network& network, Projection& p) {
    p.offers = read_incidence(r, network.expertises().size());
    p.seeks = read_incidence(r, network.expertises().size());
    r.finish();
    if (p.offers.vertex_count() != p.graph.vertex_count() ||
        p.seeks.vertex_count() != p.graph.vertex_count()) {
        throw Error("columns do not fit");
    }
}

/// Reads the bytes of one section; what is wrong in them is said with its name.
template <class Read>
auto read_bytes(std::string_view bytes, std::string_view name, Read read) {
    try {
        return read(SectionReader(bytes));
    } catch (const Error& error) {
        throw Error("damaged: section \"" + std::string(name) + "\": " + error.what());
    }
}

template <class Read>
auto read_section(const SectionFile& file, std::string_view name, Read read) {
    return read_bytes(file.get(name), name, read);
}

ReadResult read_sections(std::string_view bytes, const std::shared_ptr<const void>& owner,
                         const ReadOptions& options) {
    const SectionFile file(bytes);
    file.refuse_others(known);
    // half of the file: its checksum is taken beside the tables
    auto graph_bytes = std::async(std::launch::async, [&file] { return file.get(graph); });
    NetworkTables tables;
    read_section(file, texts, [&](SectionReader r) { read_texts_section(r, owner, tables); });
    read_section(file, settings, [&](SectionReader r) { tables.settings = read_settings_section(r); });
    read_section(file, actors, [&](SectionReader r) { read_actors_section(r, tables); });
    read_section(file, expertises, [&](SectionReader r) { read_expertises_section(r, tables); });
    read_section(file, partnerships, [&](SectionReader r) { read_partnerships_section(r, tables); });
    read_section(file, opportunities, [&](SectionReader r) { read_opportunities_section(r, tables); });
    ReadResult read;
    try {
        read.network = network_from(std::move(tables));
    } catch (const Error& error) {
        throw Error(std::string("damaged: ") + error.what());
    }
    read_section(file, reading, [&](SectionReader r) { read_reading_section(r, read); });
    if (options.every_diagnostic) {
        read_section(file, all_diagnostics, [&](SectionReader r) {
            read.diagnostics = read_diagnostics(r);
            r.finish();
        });
        read.told.reset();
    }
    read.digest = read_section(file, digest_name, [](SectionReader r) {
        std::string text(r.text());
        r.finish();
        return text;
    });
    PreparedProjection& prepared = read.prepared.emplace();
    read_bytes(graph_bytes.get(), graph,
               [&](SectionReader r) { read_graph_section(r, read.network, owner, prepared); });
    read_section(file, knowledge,
                 [&](SectionReader r) { read_knowledge_section(r, read.network, prepared.projection); });
    for (const std::string& name : file.names()) {
        if (name.starts_with(extra_prefix)) {
            read.extra.push_back({name, false, std::string(file.get(name))});
        }
    }
    return read;
}

}  // namespace

void write_prepared(std::ostream& out, const ReadResult& read, const PreparedProjection& projection,
                    std::span<const Section> extra) {
    const NetworkTables t = tables_of(read.network);
    SectionWriter digest_bytes;
    digest_bytes.text(read.digest.empty() ? digest(read.network) : read.digest);
    const auto section = [](std::string_view name, std::string bytes) {
        return Section{std::string(name), true, std::move(bytes)};
    };
    std::vector<Section> sections = {section(texts, texts_section(t)),
                                     section(settings, settings_section(t.settings)),
                                     section(actors, actors_section(t)),
                                     section(expertises, expertises_section(t)),
                                     section(partnerships, partnerships_section(t)),
                                     section(opportunities, opportunities_section(t)),
                                     section(reading, reading_section(read)),
                                     section(all_diagnostics, diagnostics_section(read)),
                                     section(digest_name, digest_bytes.bytes()),
                                     section(graph, graph_section(projection)),
                                     section(knowledge, knowledge_section(projection.projection))};
    for (const Section& more : extra) {
        if (!more.name.starts_with(extra_prefix) || more.required) {
            throw Error("a further section is optional and its name begins with x., not \"" + more.name +
                        "\"");
        }
        sections.push_back(more);
    }
    write_sections(out, sections);
}

ReadResult read_prepared(std::string_view bytes, const std::string& file, std::shared_ptr<const void> owner,
                         const ReadOptions& options) {
    try {
        if (!owner) {
            const auto copy = std::make_shared<std::vector<std::uint64_t>>(bytes.size() / 8 + 1);
            if (!bytes.empty()) {
                std::memcpy(copy->data(), bytes.data(), bytes.size());
            }
            return read_sections({reinterpret_cast<const char*>(copy->data()), bytes.size()}, copy, options);
        }
        return read_sections(bytes, owner, options);
    } catch (const InputError&) {
        throw;
    } catch (const Error& error) {
        throw InputError(Diagnostic{Severity::error, {file, 0, 0}, error.what(), {}});
    }
}

bool is_prepared(std::string_view bytes) noexcept {
    return SectionFile::is_one(bytes);
}

}  // namespace maillage::io

#include "io/csv_text.hpp"
#include "io/datapackage.hpp"
#include "io/json_writer.hpp"
#include "io/name_key.hpp"
#include "io/tables.hpp"
#include "io/values.hpp"
#include "io/write_dataset.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <memory>
#include <ostream>

namespace maillage::io {
namespace {

template <class T>
std::string decimal(T value) {
    std::array<char, 32> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

/// A column of a table about to be written: its name, its type for datapackage.json, and its cells.
struct OutColumn {
    std::string name;
    std::string_view type;
    bool always;
    std::function<std::string(std::size_t row)> cell;
};

struct OutTable {
    std::string name;
    std::size_t rows;
    std::vector<OutColumn> columns;
};

class CsvDataset {
public:
    explicit CsvDataset(const Network& network) : n_(network) {}

    void write(const FileWriter& write_file) {
        std::vector<OutTable> tables = {actors(),  expertises(),    actor_expertises(),      partnerships(),
                                        members(), opportunities(), opportunity_expertises()};
        std::vector<OutTable> written;
        for (OutTable& table : tables) {
            if (table.rows == 0 && table.name != name_of(Table::actors)) {
                continue;
            }
            drop_empty_columns(table);
            write_file(table.name + ".csv", [&table](std::ostream& out) { write_table(out, table); });
            written.push_back(std::move(table));
        }
        if (!(n_.settings() == Settings{})) {
            write_file("maillage.json", [this](std::ostream& out) { write_settings(out); });
        }
        write_file("datapackage.json", [&](std::ostream& out) { write_package(out, written); });
    }

private:
    static void drop_empty_columns(OutTable& table) {
        std::vector<OutColumn> kept;
        for (OutColumn& column : table.columns) {
            bool any = column.always;
            for (std::size_t row = 0; row < table.rows && !any; ++row) {
                any = !column.cell(row).empty();
            }
            if (any) {
                kept.push_back(std::move(column));
            }
        }
        table.columns = std::move(kept);
    }

    static void write_table(std::ostream& out, const OutTable& table) {
        constexpr std::size_t piece = std::size_t{1} << 16U;
        std::string text;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            text += c == 0 ? "" : ",";
            append_csv_cell(text, table.columns[c].name);
        }
        text += '\n';
        for (std::size_t row = 0; row < table.rows; ++row) {
            for (std::size_t c = 0; c < table.columns.size(); ++c) {
                text += c == 0 ? "" : ",";
                append_csv_cell(text, table.columns[c].cell(row));
            }
            text += '\n';
            if (text.size() > piece) {
                out << text;
                text.clear();
            }
        }
        out << text;
    }

    [[nodiscard]] std::string text(TextId id) const { return std::string(n_.text(id)); }
    static std::string date(const std::optional<Date>& value) {
        return value ? to_text(*value) : std::string();
    }
    template <class T>
    static std::string number(const std::optional<T>& value) {
        return value ? decimal(*value) : std::string();
    }
    static std::string unless_one(double value) { return value == 1.0 ? std::string() : decimal(value); }
    [[nodiscard]] std::string joined(const std::vector<TextId>& items) const {
        std::string list;
        for (const TextId item : items) {
            list += (list.empty() ? "" : "|") + text(item);
        }
        return list;
    }

    OutTable actors() const {
        const auto& items = n_.actors().items();
        const auto column = [&](std::string name, std::string_view type, bool always, auto get) {
            return OutColumn{std::move(name), type, always,
                             [&items, get](std::size_t row) { return get(items[row]); }};
        };
        OutTable table{"actors", items.size(), {}};
        table.columns = {
            column("id", "string", true, [this](const Actor& a) { return text(a.id); }),
            column("name", "string", true, [this](const Actor& a) { return text(a.name); }),
            column("kind", "string", false, [this](const Actor& a) { return text(a.kind); }),
            column("place", "string", false, [this](const Actor& a) { return text(a.place); }),
            column("country", "string", false, [this](const Actor& a) { return text(a.country); }),
            column("lat", "number", false, [](const Actor& a) { return number(a.lat); }),
            column("lon", "number", false, [](const Actor& a) { return number(a.lon); }),
            column("url", "string", false, [this](const Actor& a) { return text(a.url); })};
        for (std::size_t i = 0; i < n_.attribute_names().size(); ++i) {
            const auto ids = n_.actors().ids();
            if (std::any_of(ids.begin(), ids.end(),
                            [&](ActorId a) { return n_.attribute(i, a) != TextId{}; })) {
                const auto cell = [this, i](std::size_t row) {
                    return text(n_.attribute(i, id_at<ActorId>(row)));
                };
                table.columns.push_back({n_.attribute_names()[i], "string", true, cell});
                keep_column_taken_for(n_.attribute_names()[i], table);
            }
        }
        return table;
    }

    /// An attribute called "type" would be read as the kind, unless a column of that name is there: it is
    /// written although it is empty.
    static void keep_column_taken_for(const std::string& attribute, OutTable& table) {
        const std::string key = column_key(attribute);
        for (const ColumnSpec& spec : spec_of(Table::actors).columns) {
            if (std::any_of(spec.synonyms.begin(), spec.synonyms.end(),
                            [&key](std::string_view synonym) { return column_key(synonym) == key; })) {
                const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                                 [&spec](const OutColumn& c) { return c.name == spec.name; });
                column->always = true;
            }
        }
    }

    OutTable expertises() const {
        const auto& items = n_.expertises().items();
        const auto column = [&](std::string name, bool always, auto get) {
            return OutColumn{std::move(name), "string", always,
                             [&items, get](std::size_t row) { return get(items[row]); }};
        };
        return {"expertises",
                items.size(),
                {column("id", true, [this](const Expertise& x) { return text(x.id); }),
                 column("parent", false,
                        [this](const Expertise& x) {
                            return x.parent == none<ExpertiseId> ? std::string()
                                                                 : std::string(n_.id(x.parent));
                        }),
                 column("label", false, [this](const Expertise& x) { return text(x.label); }),
                 column("label_fr", false, [this](const Expertise& x) { return text(x.label_fr); }),
                 column("label_en", false, [this](const Expertise& x) { return text(x.label_en); }),
                 column("scheme", false, [this](const Expertise& x) { return text(x.scheme); })}};
    }

    OutTable actor_expertises() const {
        const auto items = n_.holdings();
        const bool sought = std::any_of(items.begin(), items.end(),
                                        [](const Holding& h) { return h.relation == Relation::seeks; });
        const auto column = [&](std::string name, std::string_view type, bool always, auto get) {
            return OutColumn{std::move(name), type, always,
                             [items, get](std::size_t row) { return get(items[row]); }};
        };
        return {
            "actor_expertises",
            items.size(),
            {column("actor", "string", true,
                    [this](const Holding& h) { return std::string(n_.id(h.actor)); }),
             column("expertise", "string", true,
                    [this](const Holding& h) { return std::string(n_.id(h.expertise)); }),
             column("relation", "string", false,
                    [sought](const Holding& h) {
                        return std::string(h.relation == Relation::seeks ? "seeks" : sought ? "offers" : "");
                    }),
             column("level", "number", false,
                    [](const Holding& h) {
                        return h.level == 1.0F ? std::string() : decimal(shortest_decimal(h.level));
                    }),
             column("source", "string", false, [this](const Holding& h) { return text(h.source); })}};
    }

    /// Two members without a role are written as a and b, others in members.csv.
    [[nodiscard]] bool as_pair(PartnershipId p) const {
        const auto list = n_.members(p);
        return list.size() == 2 && list[0].role == TextId{} && list[1].role == TextId{};
    }

    OutTable partnerships() const {
        const auto column = [&](std::string name, std::string_view type, bool always, auto get) {
            return OutColumn{std::move(name), type, always, [this, get](std::size_t row) {
                                 const auto p = id_at<PartnershipId>(row);
                                 return get(p, n_.partnerships()[p]);
                             }};
        };
        const auto side = [this](std::size_t which) {
            return [this, which](PartnershipId p, const Partnership&) {
                return as_pair(p) ? std::string(n_.id(n_.members(p)[which].actor)) : std::string();
            };
        };
        using P = const Partnership&;
        return {"partnerships",
                n_.partnerships().size(),
                {column("id", "string", true, [this](PartnershipId, P p) { return text(p.id); }),
                 column("name", "string", false, [this](PartnershipId, P p) { return text(p.name); }),
                 column("kind", "string", false, [this](PartnershipId, P p) { return text(p.kind); }),
                 column("start", "string", false, [](PartnershipId, P p) { return date(p.start); }),
                 column("end", "string", false, [](PartnershipId, P p) { return date(p.end); }),
                 column("status", "string", false, [this](PartnershipId, P p) { return text(p.status); }),
                 column("weight", "number", false, [](PartnershipId, P p) { return unless_one(p.weight); }),
                 column("expertises", "string", false,
                        [this](PartnershipId id, P) {
                            std::string list;
                            for (const ExpertiseId x : n_.topics(id)) {
                                list += (list.empty() ? "" : "|") + std::string(n_.id(x));
                            }
                            return list;
                        }),
                 column("source", "string", false, [this](PartnershipId, P p) { return text(p.source); }),
                 column("a", "string", false, side(0)), column("b", "string", false, side(1))}};
    }

    OutTable members() const {
        auto rows = std::make_shared<std::vector<std::pair<PartnershipId, Member>>>();
        for (const PartnershipId p : n_.partnerships().ids()) {
            for (const Member& member : n_.members(p)) {
                if (!as_pair(p)) {
                    rows->emplace_back(p, member);
                }
            }
        }
        const auto column = [&](std::string name, bool always, auto get) {
            return OutColumn{std::move(name), "string", always,
                             [rows, get](std::size_t row) { return get((*rows)[row]); }};
        };
        using Row = const std::pair<PartnershipId, Member>&;
        return {"members",
                rows->size(),
                {column("partnership", true, [this](Row r) { return std::string(n_.id(r.first)); }),
                 column("actor", true, [this](Row r) { return std::string(n_.id(r.second.actor)); }),
                 column("role", false, [this](Row r) { return text(r.second.role); })}};
    }

    OutTable opportunities() const {
        const auto& items = n_.opportunities().items();
        const auto column = [&](std::string name, std::string_view type, bool always, auto get) {
            return OutColumn{std::move(name), type, always,
                             [&items, get](std::size_t row) { return get(items[row]); }};
        };
        using O = const Opportunity&;
        return {"opportunities",
                items.size(),
                {column("id", "string", true, [this](O o) { return text(o.id); }),
                 column("title", "string", true, [this](O o) { return text(o.title); }),
                 column("kind", "string", false, [this](O o) { return text(o.kind); }),
                 column("opens", "string", false, [](O o) { return date(o.opens); }),
                 column("deadline", "string", false, [](O o) { return date(o.deadline); }),
                 column("min_partners", "integer", false, [](O o) { return number(o.min_partners); }),
                 column("max_partners", "integer", false, [](O o) { return number(o.max_partners); }),
                 column("min_kinds", "integer", false, [](O o) { return number(o.min_kinds); }),
                 column("required_kinds", "string", false, [this](O o) { return joined(o.required_kinds); }),
                 column("countries", "string", false, [this](O o) { return joined(o.countries); }),
                 column("min_countries", "integer", false, [](O o) { return number(o.min_countries); }),
                 column("url", "string", false, [this](O o) { return text(o.url); })}};
    }

    OutTable opportunity_expertises() const {
        auto rows = std::make_shared<std::vector<std::pair<OpportunityId, Requirement>>>();
        for (const OpportunityId o : n_.opportunities().ids()) {
            for (const Requirement& r : n_.requirements(o)) {
                rows->emplace_back(o, r);
            }
        }
        const auto column = [&](std::string name, std::string_view type, bool always, auto get) {
            return OutColumn{std::move(name), type, always,
                             [rows, get](std::size_t row) { return get((*rows)[row]); }};
        };
        using Row = const std::pair<OpportunityId, Requirement>&;
        return {"opportunity_expertises",
                rows->size(),
                {column("opportunity", "string", true, [this](Row r) { return std::string(n_.id(r.first)); }),
                 column("expertise", "string", true,
                        [this](Row r) { return std::string(n_.id(r.second.expertise)); }),
                 column("weight", "number", false, [](Row r) { return unless_one(r.second.weight); }),
                 column("min_holders", "integer", false, [](Row r) {
                     return r.second.min_holders == 1 ? std::string() : decimal(r.second.min_holders);
                 })}};
    }

    void write_settings(std::ostream& out) const {
        JsonWriter json(out);
        write_settings_object(json, n_.settings());
        out << '\n';
    }

    void write_package(std::ostream& out, const std::vector<OutTable>& tables) const {
        std::vector<PackageTable> described;
        for (const OutTable& table : tables) {
            PackageTable& description = described.emplace_back(PackageTable{table.name, {}});
            for (const OutColumn& column : table.columns) {
                description.columns.push_back({column.name, column.type});
            }
        }
        write_datapackage(out, n_.settings(), described);
    }

    const Network& n_;
};

}  // namespace

void write_csv_tables(const Network& network, const FileWriter& write_file) {
    CsvDataset(network).write(write_file);
}

}  // namespace maillage::io

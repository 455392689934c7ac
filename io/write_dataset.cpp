#include "io/write_dataset.hpp"

#include "io/json_writer.hpp"
#include "io/sha256.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <ostream>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& items) {
    if (items.empty()) {
        return;
    }
    json.key(name).begin_array();
    for (const std::string& item : items) {
        json.value(item);
    }
    json.end_array();
}

void write_labels(JsonWriter& json, const Settings& settings) {
    json.key("labels").begin_object(Form::lines);
    for (const auto& [attribute, words] : settings.labels) {
        json.key(attribute).begin_object(Form::lines);
        for (const auto& [code, word] : words) {
            json.key(code).begin_object();
            if (!word.fr.empty()) {
                json.field("fr", word.fr);
            }
            if (!word.en.empty()) {
                json.field("en", word.en);
            }
            json.end_object();
        }
        json.end_object();
    }
    json.end_object();
}

class JsonDataset {
public:
    JsonDataset(std::ostream& out, const Network& network) : json_(out), n_(network) {}

    void write() {
        json_.begin_object(Form::lines).field("schema", "maillage/dataset/1.0");
        json_.key("settings");
        write_settings_object(json_, n_.settings());
        list("actors", n_.actors().ids(), [this](ActorId a) { write_actor(a); });
        list("expertises", n_.expertises().ids(), [this](ExpertiseId x) { write_expertise(x); });
        list("actor_expertises", n_.holdings(), [this](const Holding& h) { write_holding(h); });
        list("partnerships", n_.partnerships().ids(), [this](PartnershipId p) { write_partnership(p); });
        list("opportunities", n_.opportunities().ids(), [this](OpportunityId o) { write_opportunity(o); });
        json_.end_object();
    }

private:
    template <class Items, class Write>
    void list(std::string_view name, const Items& items, Write write) {
        json_.key(name).begin_array(Form::lines);
        for (const auto& item : items) {
            json_.begin_object();
            write(item);
            json_.end_object();
        }
        json_.end_array();
    }

    void text(std::string_view name, TextId id) {
        if (id != TextId{}) {
            json_.field(name, n_.text(id));
        }
    }
    void date(std::string_view name, const std::optional<Date>& value) {
        if (value) {
            json_.field(name, to_text(*value));
        }
    }
    template <class T>
    void number(std::string_view name, const std::optional<T>& value) {
        if (value) {
            json_.field(name, *value);
        }
    }
    void number_unless_one(std::string_view name, double value) {
        if (value != 1.0) {
            json_.field(name, value);
        }
    }
    /// A list joined by bars as a list of texts, when reading that gives the same cell again.
    void attribute(const std::string& name, std::string_view cell) {
        std::vector<std::string> items;
        bool clean = cell.find('|') != std::string_view::npos;
        for (std::size_t begin = 0; clean && begin <= cell.size();) {
            const std::size_t bar = std::min(cell.find('|', begin), cell.size());
            items.emplace_back(cell.substr(begin, bar - begin));
            clean = !items.back().empty() && trimmed(items.back()).size() == items.back().size();
            begin = bar + 1;
        }
        if (clean) {
            write_texts(json_, name, items);
        } else if (!cell.empty()) {
            json_.field(name, cell);
        }
    }

    void write_actor(ActorId a) {
        const Actor& actor = n_.actors()[a];
        json_.field("id", n_.id(a)).field("name", n_.name(a));
        text("kind", actor.kind);
        text("place", actor.place);
        text("country", actor.country);
        number("lat", actor.lat);
        number("lon", actor.lon);
        text("url", actor.url);
        bool any = false;
        for (std::size_t i = 0; i < n_.attribute_names().size(); ++i) {
            any = any || n_.attribute(i, a) != TextId{};
        }
        if (any) {
            json_.key("attributes").begin_object();
            for (std::size_t i = 0; i < n_.attribute_names().size(); ++i) {
                attribute(n_.attribute_names()[i], n_.text(n_.attribute(i, a)));
            }
            json_.end_object();
        }
    }

    void write_expertise(ExpertiseId x) {
        const Expertise& expertise = n_.expertises()[x];
        json_.field("id", n_.id(x));
        if (expertise.parent != none<ExpertiseId>) {
            json_.field("parent", n_.id(expertise.parent));
        }
        text("label", expertise.label);
        text("label_fr", expertise.label_fr);
        text("label_en", expertise.label_en);
        text("scheme", expertise.scheme);
    }

    void write_holding(const Holding& h) {
        json_.field("actor", n_.id(h.actor)).field("expertise", n_.id(h.expertise));
        if (h.relation == Relation::seeks) {
            json_.field("relation", "seeks");
        }
        if (h.level != 1.0F) {
            json_.field("level", shortest_decimal(h.level));  // a level is a float: 0.1, not 0.10000000149
        }
        text("source", h.source);
    }

    void write_partnership(PartnershipId p) {
        const Partnership& partnership = n_.partnerships()[p];
        json_.field("id", n_.id(p));
        text("name", partnership.name);
        text("kind", partnership.kind);
        date("start", partnership.start);
        date("end", partnership.end);
        text("status", partnership.status);
        number_unless_one("weight", partnership.weight);
        if (!n_.topics(p).empty()) {
            json_.key("expertises").begin_array();
            for (const ExpertiseId x : n_.topics(p)) {
                json_.value(n_.id(x));
            }
            json_.end_array();
        }
        text("source", partnership.source);
        json_.key("members").begin_array();
        for (const Member& member : n_.members(p)) {
            json_.begin_object().field("actor", n_.id(member.actor));
            text("role", member.role);
            json_.end_object();
        }
        json_.end_array();
    }

    void write_opportunity(OpportunityId o) {
        const Opportunity& opportunity = n_.opportunities()[o];
        json_.field("id", n_.id(o)).field("title", n_.text(opportunity.title));
        text("kind", opportunity.kind);
        date("opens", opportunity.opens);
        date("deadline", opportunity.deadline);
        number("min_partners", opportunity.min_partners);
        number("max_partners", opportunity.max_partners);
        number("min_kinds", opportunity.min_kinds);
        write_codes("required_kinds", opportunity.required_kinds);
        write_codes("countries", opportunity.countries);
        number("min_countries", opportunity.min_countries);
        text("url", opportunity.url);
        if (!n_.requirements(o).empty()) {
            json_.key("expertises").begin_array();
            for (const Requirement& r : n_.requirements(o)) {
                json_.begin_object().field("expertise", n_.id(r.expertise));
                number_unless_one("weight", r.weight);
                if (r.min_holders != 1) {
                    json_.field("min_holders", r.min_holders);
                }
                json_.end_object();
            }
            json_.end_array();
        }
    }

    void write_codes(std::string_view name, const std::vector<TextId>& codes) {
        std::vector<std::string> words;
        for (const TextId code : codes) {
            words.emplace_back(n_.text(code));
        }
        write_texts(json_, name, words);
    }

    JsonWriter json_;
    const Network& n_;
};

}  // namespace

void write_settings_object(JsonWriter& json, const Settings& settings) {
    json.begin_object(Form::lines);
    if (!settings.title.empty()) {
        json.field("title", settings.title);
    }
    if (!settings.licence.empty()) {
        json.field("licence", settings.licence);
    }
    write_texts(json, "group_by", settings.group_by);
    write_texts(json, "excluded_partnership_kinds", settings.excluded_partnership_kinds);
    if (settings.scope) {
        json.key("scope").begin_object();
        json.field("attribute", settings.scope->first).field("value", settings.scope->second).end_object();
    }
    if (!settings.labels.empty()) {
        write_labels(json, settings);
    }
    json.end_object();
}

void write_json_dataset(std::ostream& out, const Network& network) {
    JsonDataset(out, network).write();
    out << '\n';
}

std::string digest(const Network& network) {
    return sha256_of([&network](std::ostream& out) { write_json_dataset(out, network); });
}

}  // namespace maillage::io

#include "io/formats/json_ld.hpp"

#include "io/json_writer.hpp"

#include <ostream>
#include <string>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

/// `#actor/univ%20tours`
std::string iri(std::string_view kind, std::string_view id) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "#" + std::string(kind) + '/';
    for (const char c : id) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain || byte >= 0x80U) {
            out += c;  // an IRI holds letters of all scripts
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

class JsonLd {
public:
    JsonLd(std::ostream& out, const Network& network) : json_(out), n_(network) {}

    void run() {
        json_.begin_object(Form::lines);
        json_.key("@context").begin_object();
        json_.field("org", "http://www.w3.org/ns/org#").field("schema", "https://schema.org/");
        json_.field("skos", "http://www.w3.org/2004/02/skos/core#").end_object();
        json_.key("@graph").begin_array(Form::lines);
        for (const ActorId a : n_.actors().ids()) {
            actor(a);
        }
        for (const ExpertiseId x : n_.expertises().ids()) {
            expertise(x);
        }
        for (const PartnershipId p : n_.partnerships().ids()) {
            partnership(p);
        }
        for (const OpportunityId o : n_.opportunities().ids()) {
            opportunity(o);
        }
        json_.end_array().end_object();
    }

private:
    void text(std::string_view name, TextId id) {
        if (id != TextId{}) {
            json_.field(name, n_.text(id));
        }
    }
    void reference(std::string_view kind, std::string_view id) {
        json_.begin_object().field("@id", iri(kind, id)).end_object();
    }

    void actor(ActorId a) {
        const Actor& actor = n_.actors()[a];
        json_.begin_object().field("@id", iri("actor", n_.id(a)));
        json_.key("@type").begin_array().value("org:Organization").value("schema:Organization").end_array();
        json_.field("schema:identifier", n_.id(a)).field("schema:name", n_.name(a));
        text("org:classification", actor.kind);
        text("schema:url", actor.url);
        if (actor.place != TextId{} || actor.country != TextId{} || actor.lat) {
            json_.key("schema:location").begin_object().field("@type", "schema:Place");
            if (actor.place != TextId{} || actor.country != TextId{}) {
                json_.key("schema:address").begin_object().field("@type", "schema:PostalAddress");
                text("schema:addressLocality", actor.place);
                text("schema:addressCountry", actor.country);
                json_.end_object();
            }
            if (actor.lat) {
                json_.key("schema:geo").begin_object().field("@type", "schema:GeoCoordinates");
                json_.field("schema:latitude", *actor.lat).field("schema:longitude", *actor.lon).end_object();
            }
            json_.end_object();
        }
        holdings(a, Relation::offers, "schema:knowsAbout");
        holdings(a, Relation::seeks, "schema:seeks");
        json_.end_object();
    }

    void holdings(ActorId a, Relation relation, std::string_view name) {
        const auto all = n_.holdings();
        bool any = false;
        while (next_ < all.size() && all[next_].actor < a) {
            ++next_;
        }
        for (std::size_t h = next_; h < all.size() && all[h].actor == a; ++h) {
            if (all[h].relation == relation) {
                if (!any) {
                    json_.key(name).begin_array();
                }
                any = true;
                reference("expertise", n_.id(all[h].expertise));
            }
        }
        if (any) {
            json_.end_array();
        }
    }

    void label(TextId id, std::string_view language) {
        if (id != TextId{}) {
            json_.begin_object().field("@value", n_.text(id));
            if (!language.empty()) {
                json_.field("@language", language);
            }
            json_.end_object();
        }
    }

    void expertise(ExpertiseId x) {
        const Expertise& e = n_.expertises()[x];
        json_.begin_object().field("@id", iri("expertise", n_.id(x))).field("@type", "skos:Concept");
        json_.field("skos:notation", n_.id(x));
        if (e.label != TextId{} || e.label_fr != TextId{} || e.label_en != TextId{}) {
            json_.key("skos:prefLabel").begin_array();
            label(e.label_fr, "fr");
            label(e.label_en, "en");
            label(e.label, {});
            json_.end_array();
        }
        if (e.parent != none<ExpertiseId>) {
            json_.key("skos:broader");
            reference("expertise", n_.id(e.parent));
        }
        if (e.scheme != TextId{}) {
            json_.key("skos:inScheme");
            reference("scheme", n_.text(e.scheme));
        }
        json_.end_object();
    }

    void partnership(PartnershipId p) {
        const Partnership& tie = n_.partnerships()[p];
        json_.begin_object().field("@id", iri("partnership", n_.id(p)));
        json_.field("@type", "org:OrganizationalCollaboration").field("schema:identifier", n_.id(p));
        text("schema:name", tie.name);
        text("org:classification", tie.kind);
        if (tie.start) {
            json_.field("schema:startDate", to_text(*tie.start));
        }
        if (tie.end) {
            json_.field("schema:endDate", to_text(*tie.end));
        }
        if (!n_.topics(p).empty()) {
            json_.key("schema:about").begin_array();
            for (const ExpertiseId x : n_.topics(p)) {
                reference("expertise", n_.id(x));
            }
            json_.end_array();
        }
        json_.key("org:hasMember").begin_array();
        for (const Member& member : n_.members(p)) {
            reference("actor", n_.id(member.actor));
        }
        json_.end_array().end_object();
    }

    void opportunity(OpportunityId o) {
        const Opportunity& call = n_.opportunities()[o];
        json_.begin_object().field("@id", iri("opportunity", n_.id(o))).field("@type", "schema:Grant");
        json_.field("schema:identifier", n_.id(o)).field("schema:name", n_.text(call.title));
        text("schema:url", call.url);
        if (call.opens) {
            json_.field("schema:validFrom", to_text(*call.opens));
        }
        if (call.deadline) {
            json_.field("schema:validThrough", to_text(*call.deadline));
        }
        if (!n_.requirements(o).empty()) {
            json_.key("schema:about").begin_array();
            for (const Requirement& r : n_.requirements(o)) {
                reference("expertise", n_.id(r.expertise));
            }
            json_.end_array();
        }
        json_.end_object();
    }

    JsonWriter json_;
    const Network& n_;
    std::size_t next_ = 0;
};

}  // namespace

void write_json_ld(std::ostream& out, const Network& network) {
    JsonLd(out, network).run();
    out << '\n';
}

}  // namespace maillage::io

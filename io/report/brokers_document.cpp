#include "io/report/brokers_document.hpp"

#include "engine/labels.hpp"

#include "io/report/maybe_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace maillage::io {
namespace {

/// A count this many standard deviations from what chance gives is worth a word.
constexpr double notable = 3.0;

std::string text(Language language, std::string_view fr, std::string_view en) {
    return std::string(pick(language, fr, en));
}

std::string_view role_name(BrokerRole role, Language language) noexcept {
    switch (role) {
        case BrokerRole::coordinator:
            return pick(language, "coordinateur", "coordinator");
        case BrokerRole::itinerant:
            return pick(language, "conciliateur", "itinerant");
        case BrokerRole::gatekeeper:
            return pick(language, "portier", "gatekeeper");
        case BrokerRole::representative:
            return pick(language, "représentant", "representative");
        case BrokerRole::liaison:
            return pick(language, "agent de liaison", "liaison");
    }
    return {};
}

std::string_view place_name(CartographyRole role, Language language) noexcept {
    switch (role) {
        case CartographyRole::ultra_peripheral:
            return pick(language, "presque tous ses liens sont internes", "nearly all its ties are inside");
        case CartographyRole::peripheral:
            return pick(language, "la plupart de ses liens vont à un seul groupe",
                        "most of its ties go to one group");
        case CartographyRole::connector:
            return pick(language, "ses liens se partagent entre plusieurs groupes",
                        "its ties are shared among several groups");
        case CartographyRole::kinless:
            return pick(language, "ses liens se partagent entre presque tous les groupes",
                        "its ties are shared among nearly all groups");
        case CartographyRole::provincial_hub:
            return pick(language, "pivot de son propre groupe", "a hub of its own group");
        case CartographyRole::connector_hub:
            return pick(language, "pivot de son groupe, ouvert sur les autres",
                        "a hub of its group, open to others");
        case CartographyRole::kinless_hub:
            return pick(language, "pivot du réseau entier", "a hub of the whole network");
    }
    return {};
}

/// How often one pair of partners counts in a role: from both its ends, but gatekeeper and representative share it.
std::uint64_t per_pair(BrokerRole role) noexcept {
    return role == BrokerRole::gatekeeper || role == BrokerRole::representative ? 1 : 2;
}

std::span<const Broker> listed(const Brokers& brokers) {
    return std::span(brokers.actors).first(std::min(brokers.actors.size(), most_brokers_listed));
}

/// The crossing role that is farthest above chance, when one is notably so.
std::optional<BrokerRole> notable_role(const Broker& broker) {
    std::optional<BrokerRole> best;
    for (const BrokerRole role : {BrokerRole::itinerant, BrokerRole::gatekeeper, BrokerRole::liaison}) {
        const RoleCount& count = broker.roles[role];
        if (count.z && *count.z >= notable && (!best || *count.z > *broker.roles[*best].z)) {
            best = role;
        }
    }
    return best;
}

void write_item(JsonWriter& json, const BrokersView& view, const Broker& b) {
    const ActorId actor = view.projection.actor(b.vertex);
    json.begin_object().field("actor", view.network.id(actor)).field("actor_name", view.network.name(actor));
    json.field("attribute", view.attribute).field("external", b.external).field("internal", b.internal);
    json.field("ei", b.ei.value).field("participation", b.participation.value);
    MaybeFields maybe(json);
    maybe.field("constraint", b.constraint.value, b.constraint.why);
    maybe.field("effective_size", b.effective_size.value, b.effective_size.why);
    maybe.field("within_group_z", b.within_group_z.value, b.within_group_z.why);
    json.field("betweenness", b.betweenness).field("betweenness_error", b.betweenness_error);
    if (b.cartography) {
        json.field("cartography", to_code(*b.cartography));
    }
    const std::string_view why = view.brokers.brokerage.why;
    if (why.empty()) {
        json.field("open_pairs", b.roles.open_pairs).field("crossing_pairs", b.roles.crossing_pairs());
        json.key("brokerage").begin_object();
        for (const BrokerRole role : all_broker_roles) {
            json.field(to_code(role), b.roles[role].count);
        }
        json.end_object().key("brokerage_chance").begin_object();
        for (const BrokerRole role : all_broker_roles) {
            const RoleCount& count = b.roles[role];
            json.key(to_code(role)).begin_object().field("expected", count.expected).field("sd", count.sd);
            json.field("z", count.z).end_object();
        }
        json.end_object();
    } else {
        json.key("brokerage").null();
        maybe.field("crossing_pairs", std::nullopt, why);
    }
    maybe.finish();
    json.key("sentence").begin_object().field("fr", broker_sentence(view, b, Language::fr));
    json.field("en", broker_sentence(view, b, Language::en)).end_object().end_object();
}

}  // namespace

void write_broker_items(JsonWriter& json, const BrokersView& view) {
    for (const Broker& broker : listed(view.brokers)) {
        write_item(json, view, broker);
    }
}

void write_brokers(JsonWriter& json, const Network& network, const Projection& projection,
                   std::span<const std::string> attributes, bool weighted) {
    const GraphView g = projection.graph.view();
    // some seconds at most: fewer sources where there are millions of ties, and the error says so
    const auto samples = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(200'000'000 / std::max<std::size_t>(1, g.edge_count()), 64, 512));
    const Positions where = positions(g, weighted, {.samples = samples});
    for (const std::string& attribute : attributes) {
        const GroupLabels labels = labels_by(network, projection.actor_of, attribute);
        const Brokers found = brokers(g, labels, where, weighted);
        write_broker_items(json, {network, projection, attribute, found});
    }
}

std::string broker_sentence(const BrokersView& view, const Broker& b, Language language) {
    const std::string name(view.network.name(view.projection.actor(b.vertex)));
    const bool fr = language == Language::fr;
    std::string result = name;
    const std::size_t pairs = b.roles.crossing_pairs();
    if (!view.brokers.brokerage.why.empty() || pairs == 0) {
        const auto external = static_cast<std::size_t>(b.external + 0.5);
        return result +
               (fr ? (external == 1 ? " a un lien vers un autre groupe."
                                    : " a " + number(external, language) + " liens vers d’autres groupes.")
                   : (external == 1 ? " has one tie to another group."
                                    : " has " + number(external, language) + " ties to other groups."));
    }
    result +=
        fr ? " est l’intermédiaire de " + number(pairs, language) +
                 (pairs == 1
                      ? " paire d’acteurs non liés entre eux, dont un au moins d’un autre groupe que le sien"
                      : " paires d’acteurs non liés entre eux, dont un au moins d’un autre groupe que le "
                        "sien")
           : " stands between " + number(pairs, language) +
                 (pairs == 1
                      ? " pair of actors not tied to each other, at least one of another group than its own"
                      : " pairs of actors not tied to each other, at least one of another group than its "
                        "own");
    if (const std::optional<BrokerRole> role = notable_role(b)) {
        const RoleCount& count = b.roles[*role];
        result += (fr ? "\u00a0; " : "; ") + std::string(role_name(*role, language)) +
                  (fr ? " plus souvent que le hasard (" : " more often than chance (") +
                  number(static_cast<std::size_t>(count.count / per_pair(*role)), language) +
                  (fr ? " paires contre " : " pairs against ") +
                  number(count.expected / static_cast<double>(per_pair(*role)), 1, language) +
                  (fr ? " attendues)" : " expected)");
    }
    if (b.cartography) {
        result += (fr ? "\u00a0; " : "; ") + std::string(place_name(*b.cartography, language));
    }
    return result + ".";
}

Table brokers_table(const BrokersView& view, Language language) {
    const auto& brokerage = view.brokers.brokerage;
    const bool roles = brokerage.why.empty();
    Table t;
    t.id = "brokers_" + std::string(view.attribute);
    t.title = text(language, "Les intermédiaires entre les groupes", "The brokers between the groups");
    t.columns = {{text(language, "Acteur", "Actor")},
                 {text(language, "Paires reliées", "Pairs joined"), true},
                 {text(language, "Portier", "Gatekeeper"), true},
                 {text(language, "Conciliateur", "Itinerant"), true},
                 {text(language, "Liaison", "Liaison"), true},
                 {text(language, "Intermédiarité", "Betweenness"), true},
                 {text(language, "Contrainte", "Constraint"), true},
                 {text(language, "Taille effective", "Effective size"), true},
                 {text(language, "Diversité", "Spread"), true}};
    const auto figure = [&](const Measured& m, int decimals) {
        return m.value ? number(*m.value, decimals, language) : std::string("–");
    };
    const auto role_cell = [&](const Broker& b, BrokerRole role) {
        const RoleCount& count = b.roles[role];
        return roles ? number(static_cast<std::size_t>(count.count / per_pair(role)), language) + " (" +
                           number(count.expected / static_cast<double>(per_pair(role)), 1, language) + ")"
                     : std::string("–");
    };
    for (const Broker& b : listed(view.brokers)) {
        if (roles && b.roles.crossing_pairs() == 0) {
            continue;
        }
        t.rows.push_back({std::string(view.network.name(view.projection.actor(b.vertex))),
                          roles ? number(static_cast<std::size_t>(b.roles.crossing_pairs()), language) : "–",
                          role_cell(b, BrokerRole::gatekeeper), role_cell(b, BrokerRole::itinerant),
                          role_cell(b, BrokerRole::liaison),
                          (b.betweenness_error ? "≈ " : "") + number(b.betweenness, 0, language),
                          figure(b.constraint, 2), figure(b.effective_size, 1), figure(b.participation, 2)});
    }
    t.note = text(
        language,
        "Paires reliées : deux partenaires de l’acteur qui n’en sont pas l’un pour l’autre, dont un au moins "
        "d’un "
        "autre groupe que lui. Portier : entre un autre groupe et le sien ; conciliateur : au sein d’un "
        "autre groupe ; "
        "liaison : entre deux autres groupes (Gould et Fernandez 1989) ; entre parenthèses, ce que donnerait "
        "le "
        "hasard si les groupes des autres acteurs étaient redistribués (calcul exact). Intermédiarité : "
        "paires dont "
        "les plus courts chemins passent par lui (Freeman 1977). Contrainte : de près de 0, partenaires qui "
        "s’ignorent, à plus de 1, partenaires tous liés ; taille effective : partenaires non redondants "
        "(Burt 1992). "
        "Diversité : coefficient de participation (Guimerà et Amaral 2005).",
        "Pairs joined: two partners of the actor that are not partners of each other, at least one of "
        "another group. "
        "Gatekeeper: between another group and its own; itinerant: within another group; liaison: between "
        "two other "
        "groups (Gould and Fernandez 1989); in brackets what chance would give were the groups of all other "
        "actors "
        "dealt anew (exact). Betweenness: pairs whose shortest ways lead through it (Freeman 1977). "
        "Constraint: from "
        "near 0, partners that do not know each other, to above 1, partners all tied; effective size: "
        "partners that "
        "do not repeat each other (Burt 1992). Spread: participation coefficient (Guimerà and Amaral 2005).");
    if (!roles) {
        t.note =
            text(language,
                 "Des acteurs ont plusieurs groupes : les rôles de Gould et Fernandez ne sont pas définis. ",
                 "Some actors have several groups: Gould and Fernandez’ roles are undefined. ") +
            t.note;
    }
    return t;
}

}  // namespace maillage::io

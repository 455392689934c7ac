#include "io/report/matches_document.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

/// Expertises named in a cell or a sentence; the rest is counted.
constexpr std::size_t named = 4;
/// Pairs told as sentences before the table.
constexpr std::size_t told = 3;
/// The table with one row an actor is for networks that can be read.
constexpr std::size_t most_actor_rows = 300;
constexpr std::string_view inferred_mark = "°";

class Reader {
public:
    Reader(const MatchesView& view, Language language) : view_(view), language_(language) {}

    Reading read() {
        reading_.title = title();
        if (view_.options.only) {
            introduce_actor();
        } else {
            introduce_all();
        }
        if (view_.pooling_first) {
            add_pooling();
            return std::move(reading_);
        }
        add_pairs();
        if (!view_.options.only) {
            add_actors();
        }
        add_needs();
        add_pooling();
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const {
        return std::string(view_.network.name(view_.projection.actor(v)));
    }
    [[nodiscard]] std::string label(ExpertiseId x) const {
        return std::string(view_.network.label(x, language_));
    }
    [[nodiscard]] std::string count(std::uint64_t n) const {
        return number(static_cast<std::size_t>(n), language_);
    }
    [[nodiscard]] std::string colon() const { return pick("\u00a0: ", ": "); }
    [[nodiscard]] std::string semicolon() const { return pick("\u00a0; ", "; "); }
    [[nodiscard]] std::string score(const std::optional<double>& value) const {
        return value ? number(*value, 3, language_) : "–";
    }

    [[nodiscard]] std::string title() const {
        const std::string what = view_.pooling_first ? pick("Mutualisation", "Pooling")
                                                     : pick("Complémentarités", "Complementarity");
        return view_.options.only ? what + colon() + name(*view_.options.only) : what;
    }

    void introduce_all() {
        const auto& actors = view_.result.actors;
        const auto with = [&](auto&& condition) {
            return static_cast<std::uint64_t>(std::count_if(actors.begin(), actors.end(), condition));
        };
        if (with([](const auto& a) { return a.reason != NoMatch::no_expertise; }) == 0) {
            reading_.paragraph(
                pick("Aucune expertise n’est connue dans ce périmètre",
                     "No expertise is known in this scope") +
                semicolon() +
                pick("sans elles, il n’y a pas de complémentarité à mesurer (actor_expertises.csv, "
                     "ou la colonne expertises de partnerships.csv).",
                     "without them there is no complementarity to measure (actor_expertises.csv, "
                     "or the column expertises of partnerships.csv)."));
            return;
        }
        std::string text = count(actors.size()) + pick(" acteurs étudiés", " actors studied");
        if (!view_.pooling_first) {
            text += pick(", dont ", ", of which ") +
                    count(with([](const auto& a) { return !a.partners.empty(); })) +
                    pick(" ont au moins un partenaire complémentaire à proposer",
                         " have at least one complementary partner to propose");
        }
        reading_.paragraph(text + semicolon() + count(view_.result.pairs_in_touch) +
                           pick(" paires ont une expertise en commun ou un besoin auquel l’autre répond.",
                                " pairs have an expertise in common or a need that the other meets."));
    }

    void introduce_actor() {
        const VertexId v = *view_.options.only;
        const auto held = view_.projection.offers.of(v);
        const auto sought = view_.projection.seeks.of(v);
        if (!held.empty()) {
            reading_.paragraph(pick("Expertises connues", "Known expertises") + colon() + profile_list(held) +
                               ".");
        }
        if (!sought.empty()) {
            reading_.paragraph(pick("Recherche", "Seeks") + colon() + profile_list(sought) + ".");
        }
        const ActorMatches& own = view_.result.actors.front();
        if (own.reason != NoMatch::found && !view_.pooling_first) {
            reading_.paragraph(pick("Aucun partenaire à proposer", "No partner to propose") + colon() +
                               std::string(to_sentence(own.reason, language_)) + "." + way_out(own.reason));
        }
    }

    [[nodiscard]] std::string way_out(NoMatch reason) const {
        if (reason == NoMatch::all_linked) {
            return pick(" « --include-tied » montre ceux-là.", " `--include-tied` shows those.");
        }
        if (reason == NoMatch::nothing_common || reason == NoMatch::one_sided) {
            return pick(" « --common-ground 0 » propose aussi des acteurs sans terrain commun.",
                        " `--common-ground 0` also proposes actors without common ground.");
        }
        return {};
    }

    [[nodiscard]] std::string profile_list(std::span<const Incidence::OfVertex> list) const {
        std::vector<std::string> labels;
        for (const auto& held : list) {
            labels.push_back(label(held.expertise) + (held.inferred ? std::string(inferred_mark) : ""));
        }
        std::sort(labels.begin(), labels.end());
        return enumerate(labels, language_);
    }

    [[nodiscard]] std::string list(const std::vector<ExchangedExpertise>& items) const {
        std::string text;
        for (std::size_t i = 0; i < std::min(named, items.size()); ++i) {
            text += (i > 0 ? ", " : "") + label(items[i].expertise);
            text += items[i].inferred ? inferred_mark : "";
            text += items[i].sought ? pick(" (recherché)", " (sought)") : "";
            if (items[i].towards != none<ExpertiseId>) {
                text += pick(" (proche du besoin « ", " (near the need \u201c") + label(items[i].towards) +
                        pick(" »)", "\u201d)");
            }
        }
        if (items.size() > named) {
            text += pick(" et ", " and ") + count(items.size() - named) + pick(" de plus", " more");
        }
        return text.empty() ? "–" : text;
    }

    [[nodiscard]] std::string sentence(const MatchedPair& pair) const {
        const auto brings = [&](VertexId from, VertexId to, const std::vector<ExchangedExpertise>& items) {
            return name(from) + pick(" apporte à ", " brings ") + name(to) + colon() + list(items);
        };
        return brings(pair.a, pair.b, pair.exchange.a_gives) + semicolon() +
               brings(pair.b, pair.a, pair.exchange.b_gives) + semicolon() +
               pick("terrain commun", "common ground") + colon() + ground(pair) + ".";
    }

    /// What there is to start from: what both hold, else the needs that one of them meets.
    [[nodiscard]] std::string ground(const MatchedPair& pair) const {
        std::vector<std::string> needs;
        for (const auto* items : {&pair.exchange.a_gives, &pair.exchange.b_gives}) {
            for (const ExchangedExpertise& item : *items) {
                if (item.sought || item.towards != none<ExpertiseId>) {
                    needs.push_back(label(item.sought ? item.expertise : item.towards));
                }
            }
        }
        if (!pair.exchange.shared.empty() || needs.empty()) {
            return list(pair.exchange.shared);
        }
        return pick("un besoin, ", "a need, ") + enumerate(needs, language_);
    }

    [[nodiscard]] std::string distance(const MatchedPair& pair) const {
        if (pair.tied) {
            return pick("liés", "tied");
        }
        std::string hops = pair.distance ? count(*pair.distance) : "–";
        return pair.linked ? hops + pick(" (rattachés)", " (related)") : hops;
    }

    void add_pairs() {
        const bool one = view_.options.only.has_value();
        const auto& pairs = view_.result.pairs;
        if (pairs.empty()) {
            return;  // the introduction or the table of actors says why
        }
        for (std::size_t i = 0; i < std::min(told, pairs.size()); ++i) {
            reading_.paragraph(sentence(pairs[i]));
        }
        Table table;
        table.id = "matches";
        if (one) {
            const std::string own = name(pairs.front().a);
            table.title = pick("Partenaires complémentaires", "Complementary partners");
            table.columns = {{pick("Partenaire", "Partner")},
                             {pick("Score", "Score"), true},
                             {pick("Apporterait à ", "Would bring ") + own},
                             {pick("Recevrait de ", "Would receive from ") + own},
                             {pick("Terrain commun", "Common ground")},
                             {pick("Distance", "Distance"), true}};
        } else {
            table.title = pick("Les paires les plus complémentaires", "The most complementary pairs");
            table.columns = {{"A"},
                             {"B"},
                             {pick("Score", "Score"), true},
                             {pick("A apporte à B", "A brings B")},
                             {pick("B apporte à A", "B brings A")},
                             {pick("Terrain commun", "Common ground")},
                             {pick("Distance", "Distance"), true}};
        }
        for (const MatchedPair& pair : pairs) {
            std::vector<std::string> row;
            if (!one) {
                row.push_back(name(pair.a));
            }
            row.push_back(name(pair.b));
            row.push_back(score(pair.measures.score));
            row.push_back(list(one ? pair.exchange.b_gives : pair.exchange.a_gives));
            row.push_back(list(one ? pair.exchange.a_gives : pair.exchange.b_gives));
            row.push_back(ground(pair));
            row.push_back(distance(pair));
            table.rows.push_back(std::move(row));
        }
        table.note = pairs_note();
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string pairs_note() const {
        return pick(
                   "Score de 0 à 1 : chacun apporte à l’autre, les expertises rares comptent plus, et il "
                   "faut un terrain "
                   "commun ou un besoin déclaré pour commencer\u00a0; il est bas dès que l’un des deux ne "
                   "gagne "
                   "rien. "
                   "Distance\u00a0: nombre de partenariats sur le plus court chemin, acteurs hors périmètre "
                   "compris ; "
                   "–\u00a0: aucun chemin. ",
                   "Score from 0 to 1: each brings the other something, rare expertises count more, and "
                   "there must be "
                   "common ground or a declared need to start from; it is low as soon as one of the two "
                   "gains nothing. "
                   "Distance: partnerships on the shortest way, actors out of scope included; –: no way. ") +
               inferred_note();
    }
    [[nodiscard]] std::string inferred_note() const {
        return std::string(inferred_mark) + pick(" expertise déduite des partenariats, non déclarée.",
                                                 " expertise inferred from partnerships, not declared.");
    }

    void add_actors() {
        const auto& actors = view_.result.actors;
        if (std::all_of(actors.begin(), actors.end(),
                        [](const auto& a) { return a.reason == NoMatch::no_expertise; })) {
            return;
        }
        if (actors.size() > most_actor_rows) {
            reading_.paragraph(
                pick("Le document JSON donne la liste de chaque acteur ; --actor ID montre celle d’un seul.",
                     "The JSON document has the list of every actor; --actor ID shows that of one."));
            return;
        }
        Table table;
        table.id = "partners";
        table.title = pick("Acteur par acteur", "Actor by actor");
        table.columns = {
            {pick("Acteur", "Actor")},
            {pick("Meilleurs partenaires, ou pourquoi aucun", "Best partners, or why none"), false, 0}};
        for (const ActorMatches& actor : actors) {
            table.rows.push_back({name(actor.actor), partners(actor)});
        }
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string partners(const ActorMatches& actor) const {
        if (actor.partners.empty()) {
            return "– " + std::string(to_sentence(actor.reason, language_));
        }
        std::string text;
        for (std::size_t i = 0; i < std::min(told, actor.partners.size()); ++i) {
            text += (i > 0 ? semicolon() : "") + name(actor.partners[i].vertex) + " (" +
                    number(actor.partners[i].score, 2, language_) + ")";
        }
        return text;
    }

    void add_needs() {
        if (view_.result.needs.empty() || view_.result.needs.size() > most_actor_rows) {
            return;
        }
        Table table;
        table.id = "needs";
        table.title = pick("Besoins déclarés et qui y répond", "Declared needs and who meets them");
        table.columns = {{pick("Acteur", "Actor")},
                         {pick("Recherche", "Seeks")},
                         {pick("Offert par", "Offered by"), true},
                         {pick("Acteurs (*\u00a0: déjà partenaire)", "Actors (*: already a partner)")}};
        for (const NeedAnswer& need : view_.result.needs) {
            std::string holders;
            for (const NeedAnswer::Holder& holder : need.holders) {
                holders += (holders.empty() ? "" : ", ") + name(holder.vertex) + (holder.tied ? " *" : "");
            }
            table.rows.push_back({name(need.actor), label(need.expertise), count(need.offered_by),
                                  holders.empty() ? pick("personne", "nobody") : holders});
        }
        reading_.table(std::move(table));
    }

    /// Actors that a row of the pooling table names: those known for exactly the same stand together.
    struct Pool {
        std::vector<VertexId> actors;
        const MatchedPair* first;
    };

    [[nodiscard]] std::vector<Pool> pools() const {
        std::vector<Pool> result;
        for (const MatchedPair& pair : view_.result.pooling) {
            const auto holds = [](const Pool& pool, VertexId v) {
                return std::find(pool.actors.begin(), pool.actors.end(), v) != pool.actors.end();
            };
            const bool identical = *pair.measures.similarity == 1.0;
            const auto with_either = std::find_if(result.begin(), result.end(), [&](const Pool& pool) {
                return identical && *pool.first->measures.similarity == 1.0 &&
                       (holds(pool, pair.a) || holds(pool, pair.b));
            });
            if (with_either == result.end()) {
                result.push_back({{pair.a, pair.b}, &pair});
                continue;
            }
            for (const VertexId v : {pair.a, pair.b}) {
                if (!holds(*with_either, v)) {
                    with_either->actors.push_back(v);
                }
            }
        }
        for (Pool& pool : result) {
            if (!view_.options.only) {
                std::sort(pool.actors.begin(), pool.actors.end());
            }
        }
        return result;
    }

    void add_pooling() {
        add_pools(reading_, {view_.network, view_.projection, view_.pools}, view_.pooling_first ? told : 0,
                  language_);
        const std::string least = count(view_.options.pooling_min_shared);
        if (view_.result.pooling.empty()) {
            if (view_.pooling_first) {
                reading_.paragraph(
                    pick("Aucune paire d’acteurs non liés n’a assez d’expertises en commun (au moins ",
                         "No pair of actors without a link shares enough expertises (at least ") +
                    least + ").");
            }
            return;
        }
        Table table;
        table.id = "pooling";
        table.title = pick("Mutualisation\u00a0: ils font la même chose sans être liés, deux à deux",
                           "Pooling: the same work, no link, pair by pair");
        table.columns = {{pick("Acteurs", "Actors")},
                         {pick("Similarité", "Similarity"), true},
                         {pick("En commun", "In common")},
                         {pick("Distance", "Distance"), true}};
        for (const Pool& pool : pools()) {
            std::vector<std::string> names;
            for (const VertexId v : pool.actors) {
                names.push_back(name(v));
            }
            table.rows.push_back({enumerate(names, language_), score(pool.first->measures.similarity),
                                  list(pool.first->exchange.shared),
                                  names.size() > 2 ? "" : distance(*pool.first)});
        }
        table.note = pick(
                         "Similarité de 0 à 1 : part commune des expertises des deux, pondérée par leur "
                         "rareté\u00a0; au moins ",
                         "Similarity from 0 to 1: common part of the expertises of both, weighted by rarity; "
                         "at least ") +
                     least + pick(" expertises en commun. ", " expertises in common. ") + inferred_note();
        reading_.table(std::move(table));
    }

    const MatchesView& view_;
    Language language_;
    Reading reading_;
};

}  // namespace

Reading matches_reading(const MatchesView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io

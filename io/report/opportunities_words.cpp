#include "io/report/opportunities_words.hpp"

#include "io/report/name_words.hpp"
#include "io/report/pair_words.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::size_t actors_per_block = 1024;
constexpr std::size_t actors_per_chunk = 16;
/// Tables with one row an actor are for networks that can be read.
constexpr std::size_t most_actor_rows = 300;
constexpr std::size_t named_in_a_cell = 3;
constexpr std::size_t named_partners = 3;

constexpr std::string_view why_not_listed = "no_opportunities";

class ResultWriter {
public:
    ResultWriter(JsonWriter& json, const RecommendationsView& view)
        : json_(json),
          view_(view),
          search_(*view.opportunities),
          words_(view.network, view.projection, view.model) {}

    void write() {
        const Network& n = view_.network;
        json_.key("opportunities").begin_object();
        json_.field("date", date(search_.options().today));
        if (n.opportunities().size() == 0) {
            json_.field("why", why_not_listed);
        }
        json_.key("calls").begin_array(JsonWriter::Form::lines);
        for (const OpportunityId o : n.opportunities().ids()) {
            write_call(o);
        }
        json_.end_array();
        write_fits();
        json_.end_object();
    }

private:
    static std::optional<std::string> date(const std::optional<Date>& day) {
        return day ? std::optional<std::string>(to_text(*day)) : std::nullopt;
    }

    void write_call(OpportunityId o) {
        const Network& n = view_.network;
        const Opportunity& call = n.opportunities()[o];
        json_.begin_object().field("opportunity", n.id(o)).field("title", n.text(call.title));
        json_.field("kind", n.text(call.kind)).field("url", n.text(call.url));
        json_.field("status", to_code(status_of(call, search_.options().today)));
        json_.field("opens", date(call.opens)).field("deadline", date(call.deadline));
        json_.field("min_partners", call.min_partners).field("max_partners", call.max_partners);
        json_.field("min_kinds", call.min_kinds).field("min_countries", call.min_countries);
        write_texts("required_kinds", call.required_kinds);
        write_texts("countries", call.countries);
        json_.key("requires").begin_array();
        for (const Requirement& r : n.requirements(o)) {
            json_.begin_object().field("expertise", n.id(r.expertise));
            json_.field("label", n.label(r.expertise, view_.language));
            json_.field("weight", r.weight).field("min_holders", r.min_holders).end_object();
        }
        json_.end_array();
        json_.key("actors").begin_array();
        for (const FittingActor& fitting : search_.actors(o)) {
            json_.begin_object().field("actor", words_.id(fitting.actor));
            json_.field("actor_name", words_.name(fitting.actor)).field("fit", fitting.fit);
            json_.field("coverage", fitting.coverage).end_object();
        }
        json_.end_array().end_object();
    }

    void write_texts(std::string_view key, const std::vector<TextId>& list) {
        json_.key(key).begin_array();
        for (const TextId text : list) {
            json_.value(view_.network.text(text));
        }
        json_.end_array();
    }

    void write_fits() {
        const auto& actors = view_.result.actors;
        const bool full = actors.size() * std::min<std::size_t>(search_.options().top,
                                                                view_.network.opportunities().size()) <=
                          most_full_fits;
        json_.field("partners", full ? "listed" : "left_out");
        json_.key("fits").begin_array(JsonWriter::Form::lines);
        std::vector<std::vector<std::string>> block;
        for (std::size_t begin = 0; begin < actors.size(); begin += actors_per_block) {
            block.assign(std::min(actors_per_block, actors.size() - begin), {});
            for_chunks(block.size(), actors_per_chunk,
                       Execution{.threads = view_.execution.threads, .progress = {}}, "opportunities",
                       [&](std::size_t, std::size_t first, std::size_t last, std::size_t) {
                           for (std::size_t i = first; i < last; ++i) {
                               write_fits_of(actors[begin + i].actor, full, block[i]);
                           }
                       });
            for (const auto& items : block) {
                for (const std::string& item : items) {
                    json_.written(item);
                }
            }
        }
        json_.end_array();
    }

    void write_fits_of(VertexId actor, bool full, std::vector<std::string>& items) const {
        for (const OpportunityFit& fit : search_.fits(actor, full)) {
            std::ostringstream text;
            JsonWriter json(text);
            write_fit(json, actor, fit, full);
            items.push_back(text.str());
        }
    }

    void write_fit(JsonWriter& json, VertexId actor, const OpportunityFit& fit, bool full) const {
        const Network& n = view_.network;
        json.begin_object().field("actor", words_.id(actor)).field("actor_name", words_.name(actor));
        json.field("opportunity", n.id(fit.opportunity));
        json.field("title", n.text(n.opportunities()[fit.opportunity].title));
        json.field("rank", fit.rank).field("fit", fit.fit).field("coverage", fit.coverage);
        json.field("status", to_code(fit.status));
        json.key("country_ok");
        if (fit.country_ok) {
            json.value(*fit.country_ok);
        } else {
            json.null().field("why", fit.country_unknown ? "missing_country" : "any_country");
        }
        json.field("kind_required", fit.kind_required);
        json.key("has").begin_array();
        for (const Asked& asked : fit.asked) {
            if (asked.level > 0.0) {
                json.begin_object().field("expertise", n.id(asked.expertise));
                json.field("label", n.label(asked.expertise, view_.language));
                json.field("level", asked.level).field("inferred", asked.inferred);
                json.field("weight", asked.weight).end_object();
            }
        }
        json.end_array().key("missing").begin_array();
        for (const Asked& asked : fit.asked) {
            if (asked.lacking > 0.0) {
                json.begin_object().field("expertise", n.id(asked.expertise));
                json.field("label", n.label(asked.expertise, view_.language));
                json.field("holders_lacking", asked.lacking).field("weight", asked.weight).end_object();
            }
        }
        json.end_array();
        if (full) {
            json.key("partners").begin_object();
            write_helpers(json, "tied", fit.tied);
            write_helpers(json, "new", fit.fresh);
            json.end_object();
            write_group(json, fit);
        }
        json.end_object();
    }

    void write_helpers(JsonWriter& json, std::string_view key, const std::vector<Helper>& helpers) const {
        json.key(key).begin_array();
        for (const Helper& h : helpers) {
            json.begin_object()
                .field("actor", words_.id(h.partner))
                .field("actor_name", words_.name(h.partner));
            json.field("tied", h.tied).field("gain", h.gain);
            write_expertises(json, "brings", h.brings);
            json.field("brings_kind", h.brings_kind).field("brings_country", h.brings_country).end_object();
        }
        json.end_array();
    }

    void write_expertises(JsonWriter& json, std::string_view key,
                          const std::vector<ExpertiseId>& list) const {
        json.key(key).begin_array();
        for (const ExpertiseId x : list) {
            json.begin_object().field("expertise", view_.network.id(x));
            json.field("label", view_.network.label(x, view_.language)).end_object();
        }
        json.end_array();
    }

    void write_group(JsonWriter& json, const OpportunityFit& fit) const {
        json.key("group").begin_object();
        write_helpers(json, "members", fit.group);
        json.field("coverage", fit.coverage_of_group);
        write_expertises(json, "missing", fit.still_missing);
        json.key("conditions").begin_array();
        for (const Condition& condition : fit.conditions) {
            json.begin_object().field("id", to_code(condition.what));
            if (condition.what == Condition::What::kind_required) {
                json.field("kind", view_.network.text(condition.kind));
            }
            json.field("asked", condition.asked).field("reached", condition.reached);
            json.field("ok", condition.ok()).end_object();
        }
        json.end_array().end_object();
    }

    JsonWriter& json_;
    const RecommendationsView& view_;
    const OpportunitySearch& search_;
    PairWords words_;
};

class Reader {
public:
    Reader(const RecommendationsView& view, Language language)
        : view_(view),
          search_(*view.opportunities),
          language_(language),
          words_(view.network, view.projection, view.model) {}

    Reading read() {
        const bool one = view_.options.only.has_value();
        reading_.title = pick("Occasions à saisir", "Opportunities");
        if (one) {
            reading_.title += pick("\u00a0: ", ": ") + name(*view_.options.only);
        }
        if (view_.network.opportunities().size() == 0) {
            reading_.paragraph(
                pick("Ces données ne comptent ni appel ni groupe de travail (opportunities.csv).",
                     "There is no call or working group in these data (opportunities.csv)."));
        } else if (one) {
            read_actor(*view_.options.only);
        } else {
            read_all();
        }
        return std::move(reading_);
    }

private:
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(io::pick(language_, fr, en));
    }
    [[nodiscard]] std::string name(VertexId v) const { return std::string(words_.name(v)); }
    [[nodiscard]] std::string count(std::size_t n) const { return number(n, language_); }
    [[nodiscard]] std::string share(double value) const { return percent(value, 0, language_); }
    [[nodiscard]] std::string title(OpportunityId o) const {
        return std::string(view_.network.text(view_.network.opportunities()[o].title));
    }
    [[nodiscard]] std::string quoted(ExpertiseId x) const {
        return words_.quoted(view_.network.label(x, language_), language_);
    }
    [[nodiscard]] std::string status(CallStatus s) const {
        switch (s) {
            case CallStatus::undated:
                return pick("sans date", "no dates");
            case CallStatus::unjudged:
                return "–";
            case CallStatus::upcoming:
                return pick("à venir", "upcoming");
            case CallStatus::open:
                return pick("ouvert", "open");
            case CallStatus::closed:
                return pick("clos", "closed");
        }
        return {};
    }
    [[nodiscard]] std::string deadline(OpportunityId o) const {
        const auto& day = view_.network.opportunities()[o].deadline;
        return day ? to_text(*day) : "–";
    }

    void say_day() {
        if (const auto& today = search_.options().today) {
            reading_.paragraph(pick("Situation au ", "As of ") + to_text(*today) + ".");
        } else {
            reading_.paragraph(pick(
                "Sans date donnée (--to), les échéances sont indiquées sans dire lesquelles sont passées.",
                "Without a date (--to) deadlines are shown, and none is said to have passed."));
        }
    }

    void read_actor(VertexId actor) {
        const auto fits = search_.fits(actor, true);
        const std::size_t all = view_.network.opportunities().size();
        if (fits.empty()) {
            reading_.paragraph(
                pick("Aucun des ", "None of the ") + count(all) +
                pick(" appels et groupes de travail ne demande une expertise connue de cet acteur.",
                     " calls and working groups asks for an expertise this actor is known for."));
            return;
        }
        const std::size_t fitting = search_.count(actor);
        reading_.paragraph(
            count(fitting) + pick(" des ", " of ") + count(all) +
            (fitting > 1 ? pick(" appels et groupes de travail demandent ce que cet acteur sait faire.",
                                " calls and working groups ask for what this actor can do.")
                         : pick(" appels et groupes de travail demande ce que cet acteur sait faire.",
                                " calls and working groups asks for what this actor can do.")));
        say_day();
        Table table;
        table.id = "opportunities";
        table.title = pick("Où cet acteur a sa place", "Where this actor has its place");
        table.columns = {{pick("Rang", "Rank"), true},
                         {pick("Occasion", "Opportunity")},
                         {"Id"},
                         {pick("Part apportée", "Brings"), true},
                         {pick("Seul", "Alone"), true},
                         {pick("Avec le groupe", "With the group"), true},
                         {pick("État", "Status")},
                         {pick("Échéance", "Deadline")}};
        for (const OpportunityFit& fit : fits) {
            reading_.paragraph(sentence(fit));
            table.rows.push_back({count(fit.rank), title(fit.opportunity),
                                  std::string(view_.network.id(fit.opportunity)), share(fit.fit),
                                  share(fit.coverage), share(fit.coverage_of_group), status(fit.status),
                                  deadline(fit.opportunity)});
        }
        table.note = pick(
            "Part apportée\u00a0: ce que l’acteur offre de ce qui est demandé, selon les poids. Seul\u00a0: "
            "compte tenu du "
            "nombre d’acteurs demandé. Le groupe est une proposition de départ\u00a0; «\u00a0maillage "
            "consortium\u00a0» "
            "cherche le meilleur.",
            "Brings: what the actor offers of what is asked for, by weight. Alone: with the number of "
            "holders "
            "asked for. The group is a proposal to start from; \"maillage consortium\" looks for the best.");
        reading_.table(std::move(table));
    }

    [[nodiscard]] std::string sentence(const OpportunityFit& fit) const {
        std::vector<std::string> has;
        std::vector<std::string> missing;
        std::vector<std::string> more;
        for (const Asked& asked : fit.asked) {
            if (asked.level > 0.0) {
                has.push_back(quoted(asked.expertise));
            }
            if (asked.lacking > 0.0) {
                (asked.level > 0.0 ? more : missing).push_back(quoted(asked.expertise));
            }
        }
        std::string text = count(fit.rank) + ". " + title(fit.opportunity);
        if (fit.status == CallStatus::closed || fit.status == CallStatus::upcoming) {
            text += " (" + status(fit.status) + ")";
        }
        text += pick(". Apporte ", ". Brings ") + share(fit.fit) +
                pick(" de ce qui est demandé (", " of what is asked for (") + enumerate(has, language_) +
                ").";
        if (!missing.empty()) {
            text += (missing.size() > 1 ? pick(" Manquent ", " Missing: ") : pick(" Manque ", " Missing: ")) +
                    enumerate(missing, language_) + ".";
        }
        if (!more.empty()) {
            text += pick(" Il en faut d’autres pour ", " Others are needed for ") +
                    enumerate(more, language_) + ".";
        }
        if (fit.country_ok == false) {
            text += pick(" Réservé à d’autres pays.", " For other countries only.");
        } else if (fit.country_unknown) {
            text += pick(" Réservé à certains pays, or celui de l’acteur n’est pas connu.",
                         " For some countries only, and that of the actor is not known.");
        }
        if (!fit.tied.empty()) {
            text += pick(" Parmi ses partenaires\u00a0: ", " Among its partners: ") + helpers(fit.tied) + ".";
        }
        if (!fit.fresh.empty()) {
            text += pick(" À rencontrer\u00a0: ", " To meet: ") + helpers(fit.fresh) + ".";
        }
        return text + group(fit);
    }

    [[nodiscard]] std::string helpers(const std::vector<Helper>& list) const {
        std::vector<std::string> items;
        for (std::size_t i = 0; i < std::min(named_partners, list.size()); ++i) {
            std::vector<std::string> brings;
            for (const ExpertiseId x : list[i].brings) {
                brings.push_back(quoted(x));
            }
            items.push_back(name(list[i].partner) + pick(" pour ", " for ") + enumerate(brings, language_));
        }
        std::string text;
        for (const std::string& item : items) {
            text += (text.empty() ? "" : pick("\u00a0; ", "; ")) + item;
        }
        return text;
    }

    /// What else is to be said of a member of the group.
    [[nodiscard]] std::string part_of(const Helper& member) const {
        const std::string fresh = member.tied ? "" : pick("à rencontrer", "to be met");
        const std::string role = !member.brings.empty()  ? ""
                                 : member.brings_kind    ? pick("pour son type", "for its kind")
                                 : member.brings_country ? pick("pour son pays", "for its country")
                                                         : "";
        if (fresh.empty() && role.empty()) {
            return {};
        }
        return " (" + fresh + (fresh.empty() || role.empty() ? "" : ", ") + role + ")";
    }

    /// The group and what it does not meet.
    [[nodiscard]] std::string group(const OpportunityFit& fit) const {
        std::string text;
        if (!fit.group.empty()) {
            std::vector<std::string> names;
            for (const Helper& member : fit.group) {
                names.push_back(with_article(words_.name(member.partner), language_) + part_of(member));
            }
            text += pick(" Avec ", " With ") + enumerate(names, language_) +
                    pick(", le groupe couvrirait ", " the group would cover ") +
                    share(fit.coverage_of_group) + ".";
        }
        if (!fit.still_missing.empty()) {
            std::vector<std::string> names;
            for (const ExpertiseId x : fit.still_missing) {
                names.push_back(quoted(x));
            }
            text += pick(" Resterait à trouver\u00a0: ", " Still to be found: ") +
                    enumerate(names, language_) + ".";
        }
        std::vector<std::string> unmet;
        for (const Condition& condition : fit.conditions) {
            if (!condition.ok()) {
                unmet.push_back(demand(condition));
            }
        }
        if (!unmet.empty()) {
            text +=
                pick(" Condition non remplie\u00a0: ", " Not met yet: ") + enumerate(unmet, language_) + ".";
        }
        return text;
    }

    [[nodiscard]] std::string demand(const Condition& condition) const {
        const std::string figures = count(condition.asked) + pick(" (", " (") + count(condition.reached) +
                                    pick(" à ce stade)", " so far)");
        switch (condition.what) {
            case Condition::What::partners_at_least:
                return pick("partenaires au moins ", "partners at least ") + figures;
            case Condition::What::kinds_at_least:
                return pick("types d’acteurs au moins ", "kinds of actors at least ") + figures;
            case Condition::What::countries_at_least:
                return pick("pays au moins ", "countries at least ") + figures;
            case Condition::What::kind_required:
                return pick("un acteur du type ", "an actor of the kind ") +
                       words_.quoted(
                           view_.network.label("kind", view_.network.text(condition.kind), language_),
                           language_);
        }
        return {};
    }

    void read_all() {
        say_day();
        Table calls;
        calls.id = "opportunities";
        calls.title = pick("Pour chaque occasion, les acteurs les mieux placés",
                           "For each opportunity, the actors in the best position");
        calls.columns = {{pick("Occasion", "Opportunity")},
                         {"Id"},
                         {pick("État", "Status")},
                         {pick("Échéance", "Deadline")},
                         {pick("Les mieux placés", "In the best position")}};
        for (const OpportunityId o : view_.network.opportunities().ids()) {
            std::string best;
            const auto actors = search_.actors(o);
            for (std::size_t i = 0; i < std::min(named_in_a_cell, actors.size()); ++i) {
                best += (i > 0 ? pick("\u00a0; ", "; ") : "") + name(actors[i].actor) +
                        pick("\u00a0: ", ": ") + share(actors[i].fit);
            }
            calls.rows.push_back(
                {title(o), std::string(view_.network.id(o)),
                 status(status_of(view_.network.opportunities()[o], search_.options().today)), deadline(o),
                 best.empty() ? "–" : best});
        }
        calls.note = pick("Le pourcentage est la part de ce qui est demandé que l’acteur apporte.",
                          "The percentage is the share of what is asked for that the actor brings.");
        reading_.table(std::move(calls));
        if (view_.result.actors.size() > most_actor_rows) {
            reading_.paragraph(pick(
                "Le document JSON donne les occasions de chaque acteur\u00a0; --actor ID montre celles d’un "
                "seul.",
                "The JSON document has the opportunities of every actor; --actor ID shows those of one."));
            return;
        }
        Table table;
        table.id = "actors";
        table.title = pick("Acteur par acteur", "Actor by actor");
        table.columns = {{pick("Acteur", "Actor")}, {"Id"}, {pick("Occasions", "Opportunities"), false, 0}};
        for (const ActorRecommendations& actor : view_.result.actors) {
            std::string text;
            const auto fits = search_.fits(actor.actor, false);
            for (std::size_t i = 0; i < std::min(named_in_a_cell, fits.size()); ++i) {
                text += (i > 0 ? pick("\u00a0; ", "; ") : "") +
                        std::string(view_.network.id(fits[i].opportunity)) + " (" + share(fits[i].fit) + ")";
            }
            table.rows.push_back(
                {name(actor.actor), std::string(words_.id(actor.actor)),
                 text.empty() ? pick("– rien de ce qui est demandé", "– nothing that is asked for") : text});
        }
        reading_.table(std::move(table));
    }

    const RecommendationsView& view_;
    const OpportunitySearch& search_;
    Language language_;
    PairWords words_;
    Reading reading_;
};

}  // namespace

void write_opportunities(JsonWriter& json, const RecommendationsView& view) {
    ResultWriter(json, view).write();
}

Reading opportunities_reading(const RecommendationsView& view, Language language) {
    return Reader(view, language).read();
}

}  // namespace maillage::io

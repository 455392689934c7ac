#include "io/report/diagnostics_document.hpp"

#include "io/near_duplicates.hpp"
#include "io/report/proposals_document.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

std::size_t count_of(const std::vector<Diagnostic>& diagnostics, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [severity](const Diagnostic& d) { return d.severity == severity; }));
}

/// A figure with its name in JSON and in both languages.
struct Figure {
    std::string_view id, fr, en;
    std::size_t value;
};

std::vector<Figure> sizes(const Network& network) {
    std::size_t memberships = 0;
    for (const PartnershipId p : network.partnerships().ids()) {
        memberships += network.members(p).size();
    }
    std::size_t requirements = 0;
    for (const OpportunityId o : network.opportunities().ids()) {
        requirements += network.requirements(o).size();
    }
    return {{"actors", "acteurs", "actors", network.actors().size()},
            {"expertises", "expertises", "expertises", network.expertises().size()},
            {"actor_expertises", "expertises déclarées par des acteurs", "expertises declared by actors",
             network.holdings().size()},
            {"partnerships", "partenariats", "partnerships", network.partnerships().size()},
            {"memberships", "participations d’un acteur à un partenariat",
             "memberships of an actor in a partnership", memberships},
            {"opportunities", "opportunités", "opportunities", network.opportunities().size()},
            {"opportunity_expertises", "expertises demandées par des opportunités",
             "expertises required by opportunities", requirements}};
}

std::vector<Figure> merged(const BuildSummary& s) {
    return {{"duplicate_holdings",
             "lignes répétées d’expertises d’acteurs, fusionnées (le niveau le plus haut gardé)",
             "repeated rows of actors’ expertises, merged (the highest level kept)", s.duplicate_holdings},
            {"duplicate_members", "acteurs cités deux fois dans un partenariat, comptés une fois",
             "actors named twice in a partnership, counted once", s.duplicate_members}};
}

std::vector<Figure> kept_alone(const BuildSummary& s) {
    return {{"isolated_actors", "acteurs sans aucun lien, gardés", "actors without any tie, kept",
             s.isolated_actors},
            {"lone_partnerships", "partenariats de moins de deux acteurs, gardés sans lien",
             "partnerships of fewer than two actors, kept without a tie", s.lone_partnerships},
            {"actors_without_expertise", "acteurs sans expertise déclarée",
             "actors without a declared expertise", s.actors_without_expertise},
            {"unused_expertises", "expertises que rien n’utilise", "expertises that nothing uses",
             s.unused_expertises}};
}

void write_figures(JsonWriter& json, std::string_view name, const std::vector<Figure>& figures) {
    json.key(name).begin_object();
    for (const Figure& f : figures) {
        json.field(f.id, static_cast<std::uint64_t>(f.value));
    }
    json.end_object();
}

void write_list(JsonWriter& json, const std::vector<Diagnostic>& diagnostics) {
    const auto place = [&json](std::string_view name, std::uint32_t number) {
        json.field(name, number > 0 ? std::optional<std::uint32_t>(number) : std::nullopt);
    };
    json.key("diagnostics").begin_array(Form::lines);
    for (const Diagnostic& d : diagnostics) {
        json.begin_object().field("severity", to_text(d.severity)).field("file", d.where.file);
        place("line", d.where.line);
        place("column", d.where.line > 0 ? d.where.column : 0);
        json.field("message", d.message).field("excerpt", d.excerpt).end_object();
    }
    json.end_array();
}

void write_files(JsonWriter& json, const std::vector<FileSummary>& files) {
    json.key("files").begin_array(Form::lines);
    for (const FileSummary& f : files) {
        json.begin_object().field("file", f.file).field("table", f.table);
        json.field("encoding", f.encoding).field("separator", f.separator);
        json.field("rows", static_cast<std::uint64_t>(f.rows)).field("complete", f.complete).end_object();
    }
    json.end_array();
}

class ReadingWriter {
public:
    ReadingWriter(const DiagnosticsView& view, Language language) : view_(view), language_(language) {}

    [[nodiscard]] Reading reading(bool with_places) const {
        Reading r;
        r.title = say("Les données sont-elles saines ?", "Is the data sound?");
        r.paragraph(verdict());
        if (with_places && !view_.diagnostics.empty()) {
            r.table(list());
        }
        if (view_.proposals != nullptr && !has_proposals()) {
            r.paragraph(say("Aucune fusion d’acteurs ou d’expertises n’est proposée.",
                            "No merge of actors or expertises is proposed."));
        }
        if (has_proposals()) {
            r.table(proposals_table(*view_.network, *view_.proposals, 20, language_, true));
        }
        if (!view_.files.empty()) {
            r.table(files());
        }
        if (view_.network != nullptr) {
            r.table(figures());
        }
        return r;
    }

private:
    [[nodiscard]] bool has_proposals() const {
        return view_.proposals != nullptr &&
               !(view_.proposals->actors.empty() && view_.proposals->expertises.empty());
    }

    [[nodiscard]] std::string say(std::string_view fr, std::string_view en) const {
        return std::string(pick(language_, fr, en));
    }

    [[nodiscard]] std::string verdict() const {
        const std::string counts = diagnostics_count(view_.diagnostics, language_) + ". ";
        if (view_.network == nullptr) {
            return counts + say("Le jeu de données ne peut pas être utilisé tant qu’il reste des erreurs.",
                                "The dataset cannot be used until the errors are mended.");
        }
        const bool clean = count_of(view_.diagnostics, Severity::warning) == 0;
        return counts +
               (clean ? say("Le jeu de données peut être utilisé tel quel.",
                            "The dataset can be used as it is.")
                      : say("Le jeu de données peut être utilisé ; les avertissements méritent un coup "
                            "d’œil.",
                            "The dataset can be used; the warnings deserve a look."));
    }

    [[nodiscard]] std::string word(Severity severity) const {
        return severity == Severity::error     ? say("erreur", "error")
               : severity == Severity::warning ? say("avertissement", "warning")
                                               : say("remarque", "note");
    }

    [[nodiscard]] Table list() const {
        Table t;
        t.id = "diagnostics";
        t.title = say("Ce qui a été remarqué", "What was noticed");
        t.columns = {{say("gravité", "severity"), false, 0}, {say("fichier", "file"), false, 0},
                     {say("ligne", "line"), true, 0},        {say("colonne", "column"), true, 0},
                     {say("message", "message"), false, 70}, {say("extrait", "excerpt"), false, 40}};
        const auto place = [](std::uint32_t n) { return n > 0 ? std::to_string(n) : std::string(); };
        for (const Diagnostic& d : view_.diagnostics) {
            if (says_near_duplicates(view_) && is_near_duplicate(d)) {
                continue;  // among the proposals
            }
            t.rows.push_back({word(d.severity), d.where.file, place(d.where.line),
                              place(d.where.line > 0 ? d.where.column : 0), d.message, d.excerpt});
        }
        return t;
    }

    [[nodiscard]] Table files() const {
        Table t;
        t.id = "files";
        t.title = say("Ce qui a été lu", "What was read");
        t.columns = {{say("fichier", "file"), false, 0},
                     {say("table", "table"), false, 0},
                     {say("lignes", "rows"), true, 0},
                     {say("encodage", "encoding"), false, 0},
                     {say("séparateur", "separator"), false, 0}};
        for (const FileSummary& f : view_.files) {
            const std::string rows = f.separator.empty() && f.complete
                                         ? "–"
                                         : number(f.rows, language_) + (f.complete ? "" : " …");
            t.rows.push_back({f.file, f.table, rows, f.encoding.empty() ? "–" : f.encoding,
                              f.separator.empty()    ? "–"
                              : f.separator == "tab" ? say("tabulation", "tab")
                                                     : f.separator});
        }
        const bool cut =
            std::any_of(view_.files.begin(), view_.files.end(), [](const auto& f) { return !f.complete; });
        if (cut) {
            t.note = say("… : la table n’a pas pu être lue jusqu’au bout.",
                         "…: the table could not be read to its end.");
        }
        return t;
    }

    [[nodiscard]] Table figures() const {
        Table t;
        t.id = "contents";
        t.title = say("Ce que contient le jeu de données", "What the dataset holds");
        t.columns = {{"", false, 0}, {say("nombre", "count"), true, 0}};
        const auto add = [&](const std::vector<Figure>& list, bool zeros) {
            for (const Figure& f : list) {
                if (zeros || f.value > 0) {
                    t.rows.push_back({say(f.fr, f.en), number(f.value, language_)});
                }
            }
        };
        add(sizes(*view_.network), true);
        add(merged(view_.summary), false);
        add(kept_alone(view_.summary), false);
        return t;
    }

    const DiagnosticsView& view_;
    Language language_;
};

}  // namespace

bool says_near_duplicates(const DiagnosticsView& view) {
    return view.proposals != nullptr && view.proposal_options.least_score <= near_duplicate_score;
}

void write_diagnostics_result(JsonWriter& json, const DiagnosticsView& view) {
    json.field("usable", view.network != nullptr);
    json.key("counts").begin_object();
    json.field("errors", static_cast<std::uint64_t>(count_of(view.diagnostics, Severity::error)));
    json.field("warnings", static_cast<std::uint64_t>(count_of(view.diagnostics, Severity::warning)));
    json.field("notes", static_cast<std::uint64_t>(count_of(view.diagnostics, Severity::note))).end_object();
    write_list(json, view.diagnostics);
    write_files(json, view.files);
    if (view.network == nullptr) {
        json.key("tables").null().key("merged").null().key("kept_alone").null();
        json.field("why", "the dataset has errors");
        return;
    }
    write_figures(json, "tables", sizes(*view.network));
    write_figures(json, "merged", merged(view.summary));
    write_figures(json, "kept_alone", kept_alone(view.summary));
    if (view.proposals != nullptr) {
        write_proposals(json, *view.network, *view.proposals, view.proposal_options);
    }
}

std::string diagnostics_count(const std::vector<Diagnostic>& diagnostics, Language language) {
    struct Words {
        Severity severity;
        std::string_view fr_one, fr_many, en_one, en_many;
    };
    constexpr std::array<Words, 3> words = {
        Words{Severity::error, "erreur", "erreurs", "error", "errors"},
        Words{Severity::warning, "avertissement", "avertissements", "warning", "warnings"},
        Words{Severity::note, "remarque", "remarques", "note", "notes"}};
    std::string text;
    for (const Words& w : words) {
        const std::size_t count = count_of(diagnostics, w.severity);
        const bool one = language == Language::fr ? count < 2 : count == 1;
        text += (text.empty() ? "" : ", ") + number(count, language) + " " +
                std::string(one ? pick(language, w.fr_one, w.en_one) : pick(language, w.fr_many, w.en_many));
    }
    return text;
}

Reading diagnostics_reading(const DiagnosticsView& view, Language language, bool with_places) {
    return ReadingWriter(view, language).reading(with_places);
}

}  // namespace maillage::io

#include "io/report/merging_document.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

struct Figure {
    std::string_view id, fr, en;
    std::size_t value;
};

std::vector<Figure> figures(const MergingView& view) {
    const MergeSummary& s = view.result.summary;
    return {
        {"actors_merged", "acteurs fusionnés dans un autre", "actors merged into another", s.actors_merged},
        {"expertises_merged", "expertises fusionnées dans une autre", "expertises merged into another",
         s.expertises_merged},
        {"participations_before", "participations avant", "participations before", s.participations_before},
        {"participations_after", "participations après", "participations after", s.participations_after},
        {"participations_moved", "participations passées à l’acteur gardé",
         "participations moved to the kept actor", s.participations_moved},
        {"participations_united", "participations réunies (les deux étaient du même partenariat)",
         "participations united (both were in the same partnership)", s.participations_united},
        {"self_ties", "partenariats entre acteurs désormais confondus : gardés, sans lien",
         "partnerships between what is one actor now: kept, without a tie", s.self_ties},
        {"holdings_before", "expertises d’acteurs avant", "expertises of actors before", s.holdings_before},
        {"holdings_after", "expertises d’acteurs après", "expertises of actors after", s.holdings_after},
        {"holdings_moved", "expertises d’acteurs déplacées", "expertises of actors moved", s.holdings_moved},
        {"holdings_united", "expertises d’acteurs réunies (le niveau le plus haut gardé)",
         "expertises of actors united (the highest level kept)", s.holdings_united},
        {"topics_united", "thèmes de partenariats réunis", "topics of partnerships united", s.topics_united},
        {"requirements_united", "expertises demandées réunies", "required expertises united",
         s.requirements_united},
        {"filled", "cases vides complétées", "empty cells filled", s.filled},
        {"conflicts", "désaccords, où la valeur gardée l’emporte",
         "disagreements, where the kept value stays", s.conflicts},
        {"refused", "lignes refusées", "rows refused", view.list.refused},
        {"undecided", "lignes sans décision, non appliquées", "rows without a decision, not applied",
         view.list.undecided},
        {"repeated", "lignes qui n’ajoutent rien", "rows that add nothing", view.list.repeated}};
}

std::vector<const Diagnostic*> notes(const MergingView& view) {
    std::vector<const Diagnostic*> all;
    for (const Diagnostic& d : view.result.diagnostics) {
        all.push_back(&d);
    }
    return all;
}

}  // namespace

void write_merging_result(JsonWriter& json, const MergingView& view) {
    json.field("written", !view.output.empty());
    json.key("counts").begin_object(Form::lines);
    for (const Figure& f : figures(view)) {
        json.field(f.id, static_cast<std::uint64_t>(f.value));
    }
    json.end_object();
    json.key("merges").begin_array(Form::lines);
    for (const Merge& m : view.result.merges) {
        json.begin_object().field("keep", m.actor).field("keep_name", m.name).field("merge", m.spelled_id);
        json.field("merge_name", m.spelled_name).field("line", m.where.line).end_object();
    }
    json.end_array();
    json.key("notes").begin_array(Form::lines);
    for (const Diagnostic* d : notes(view)) {
        json.begin_object().field("severity", to_text(d->severity)).field("message", d->message).end_object();
    }
    json.end_array();
}

Reading merging_reading(const MergingView& view, Language language) {
    const auto say = [language](std::string_view fr, std::string_view en) {
        return std::string(pick(language, fr, en));
    };
    Reading r;
    r.title = view.output.empty() ? say("Ce que donneraient ces fusions", "What these merges would do")
                                  : say("Les fusions appliquées", "The merges applied");
    r.paragraph(view.output.empty()
                    ? say("Rien n’a été écrit : -o DOSSIER écrit le jeu de données fusionné.",
                          "Nothing was written: -o FOLDER writes the merged dataset.")
                    : say("Le jeu de données fusionné est dans ", "The merged dataset is in ") + view.output +
                          ".");
    Table counts;
    counts.id = "counts";
    counts.title = say("Décompte", "Counts");
    counts.columns = {{"", false, 0}, {say("nombre", "count"), true, 0}};
    for (const Figure& f : figures(view)) {
        if (f.value > 0 || f.id == "actors_merged") {
            counts.rows.push_back({say(f.fr, f.en), number(f.value, language)});
        }
    }
    r.table(counts);
    Table merges;
    merges.id = "merges";
    merges.title = say("Qui va où", "Who goes where");
    merges.columns = {{say("fusionné", "merged"), false, 44},
                      {say("dans", "into"), false, 44},
                      {say("ligne", "line"), true, 0}};
    for (const Merge& m : view.result.merges) {
        merges.rows.push_back({m.spelled_name + " [" + m.spelled_id + "]", m.name + " [" + m.actor + "]",
                               std::to_string(m.where.line)});
    }
    if (!merges.rows.empty()) {
        r.table(merges);
    }
    Table told;
    told.id = "notes";
    told.title = say("Ce qui mérite un coup d’œil", "What deserves a look");
    told.columns = {{"message", false, 90}};
    constexpr std::size_t shown = 30;
    const auto all = notes(view);
    for (const Diagnostic* d : all) {
        if (told.rows.size() < shown) {
            told.rows.push_back({d->message});
        }
    }
    if (all.size() > shown) {
        told.note = say("… et ", "… and ") + number(all.size() - shown, language) +
                    say(" autres (warnings.txt, ou --json).", " more (warnings.txt, or --json).");
    }
    if (!told.rows.empty()) {
        r.table(told);
    }
    return r;
}

}  // namespace maillage::io

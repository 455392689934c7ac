#include "io/report/proposals_document.hpp"

#include "io/csv_text.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

namespace maillage::io {
namespace {

using Form = JsonWriter::Form;

struct Words {
    std::string_view fr, en;
};

Words words_for(MergeReason reason) {
    constexpr std::array<Words, 19> words = {
        {{"même identifiant", "same identifier"},
         {"même nom", "same name"},
         {"même nom sans la forme juridique", "same name without legal form"},
         {"même nom, petits mots mis à part", "same name but for small words"},
         {"mêmes mots dans un autre ordre", "same words in another order"},
         {"mêmes lettres, coupées autrement", "same letters, cut elsewhere"},
         {"sigle", "acronym"},
         {"faute de frappe ou pluriel", "typing error or plural"},
         {"abréviation", "abbreviation"},
         {"un seul dit", "only one says"},
         {"mots différents", "different words"},
         {"même site", "same web site"},
         {"même domaine de messagerie", "same domain of mail"},
         {"même lieu", "same place"},
         {"autre lieu", "another place"},
         {"autre pays", "another country"},
         {"autre type", "another kind"},
         {"autre identifiant", "another identifier"},
         {"autre numéro", "another number"}}};
    return words[static_cast<std::size_t>(reason)];
}

std::string_view name_of(const Network& n, ActorId a, Language /*language*/) {
    return n.name(a);
}
std::string_view name_of(const Network& n, ExpertiseId x, Language language) {
    return n.label(x, language);
}
std::uint32_t line_of(const Network& n, ActorId a) {
    return n.actors()[a].where.line;
}
std::uint32_t line_of(const Network& n, ExpertiseId x) {
    return n.expertises()[x].where.line;
}

template <StrongId Id>
void write_pairs(JsonWriter& json, std::string_view field, const Network& n,
                 const std::vector<MergeProposal<Id>>& pairs) {
    json.key(field).begin_array(Form::lines);
    for (const MergeProposal<Id>& p : pairs) {
        json.begin_object().field("keep", n.id(p.keep)).field("merge", n.id(p.merge));
        json.field("keep_name", name_of(n, p.keep, Language::fr));
        json.field("merge_name", name_of(n, p.merge, Language::fr)).field("score", p.score);
        json.key("reasons").begin_array();
        for (const MergeEvidence& e : p.evidence) {
            json.begin_object().field("reason", to_code(e.reason));
            if (!e.detail.empty()) {
                json.field("detail", e.detail);
            }
            json.end_object();
        }
        json.end_array();
        json.field("reason_fr", reasons(p.evidence, Language::fr));
        json.field("reason_en", reasons(p.evidence, Language::en)).end_object();
    }
    json.end_array();
}

/// A spreadsheet would run it as a formula.
std::string guarded(std::string_view text) {
    const bool formula =
        !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
    return (formula ? "'" : "") + std::string(text);
}

template <StrongId Id>
void append_rows(std::string& out, char separator, std::string_view table, const Network& n,
                 const std::vector<MergeProposal<Id>>& pairs, Language language) {
    for (const MergeProposal<Id>& p : pairs) {
        const std::array<std::string, 7> cells = {std::string(n.id(p.keep)),
                                                  std::string(name_of(n, p.keep, language)),
                                                  std::string(n.id(p.merge)),
                                                  std::string(name_of(n, p.merge, language)),
                                                  number(p.score, 3, language),
                                                  reasons(p.evidence, language),
                                                  {}};
        out += table;
        for (const std::string& cell : cells) {
            out += separator;
            append_csv_cell(out, guarded(cell));
        }
        out += "\r\n";
    }
}

}  // namespace

std::string reasons(const std::vector<MergeEvidence>& evidence, Language language) {
    std::string text;
    for (const MergeEvidence& e : evidence) {
        const Words words = words_for(e.reason);
        text += text.empty() ? "" : pick(language, " ; ", "; ");
        text += pick(language, words.fr, words.en);
        if (!e.detail.empty()) {
            text += " (" + e.detail + ")";
        }
    }
    return text;
}

void write_proposals(JsonWriter& json, const Network& network, const MergeProposals& proposals,
                     const ProposalOptions& options) {
    json.key("proposals").begin_object(Form::lines).field("least_score", options.least_score);
    write_pairs(json, "actors", network, proposals.actors);
    write_pairs(json, "expertises", network, proposals.expertises);
    json.end_object();
}

Table proposals_table(const Network& network, const MergeProposals& proposals, std::size_t top,
                      Language language, bool with_lines) {
    const auto say = [language](std::string_view fr, std::string_view en) {
        return std::string(pick(language, fr, en));
    };
    Table t;
    t.id = "proposals";
    t.title = say("Peut-être les mêmes : fusions proposées", "Perhaps the same: proposed merges");
    t.columns = {{say("garder", "keep"), false, 36},
                 {say("fusionner", "merge"), false, 36},
                 {say("score", "score"), true, 0},
                 {say("motif", "reason"), false, 44}};
    if (with_lines) {
        t.columns.push_back({say("lignes", "lines"), true, 0});
    }
    const auto add = [&](const auto& pairs) {
        for (const auto& p : pairs) {
            if (t.rows.size() == top) {
                return;
            }
            const auto named = [&](auto id) {
                return std::string(name_of(network, id, language)) + " [" + std::string(network.id(id)) + "]";
            };
            t.rows.push_back(
                {named(p.keep), named(p.merge), number(p.score, 2, language), reasons(p.evidence, language)});
            if (with_lines) {
                t.rows.back().push_back(std::to_string(line_of(network, p.keep)) + ", " +
                                        std::to_string(line_of(network, p.merge)));
            }
        }
    };
    add(proposals.actors);
    add(proposals.expertises);
    const std::size_t more = proposals.actors.size() + proposals.expertises.size() - t.rows.size();
    const std::string all =
        say("--proposals FICHIER.csv les écrit toutes, à relire ; --merge FICHIER.csv applique "
            "celles qu’on a acceptées.",
            "--proposals FILE.csv writes all of them for review; --merge FILE.csv applies those "
            "that were accepted.");
    t.note =
        more > 0 ? say("… et ", "… and ") + number(more, language) + say(" autres. ", " more. ") + all : all;
    return t;
}

void write_proposals_csv(std::ostream& out, const Network& network, const MergeProposals& proposals,
                         Language language) {
    const char separator = language == Language::fr ? ';' : ',';
    std::string text = "\xEF\xBB\xBF";
    text += pick(language, "table;garder;nom gardé;fusionner;nom fusionné;score;motif;décision\r\n",
                 "table,keep,keep_name,merge,merge_name,score,reason,decision\r\n");
    append_rows(text, separator, pick(language, "acteurs", "actors"), network, proposals.actors, language);
    append_rows(text, separator, "expertises", network, proposals.expertises, language);
    out << text;
}

}  // namespace maillage::io

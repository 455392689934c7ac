#include "io/read_merges.hpp"

#include "io/name_key.hpp"
#include "io/side_table.hpp"
#include "io/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names keep_names[] = {"garder", "kept", "gardé", "conserver", "garde", "into", "dans"};
constexpr Names merge_names[] = {"fusionner", "merged",  "fusionné", "absorbé",
                                 "from",      "doublon", "duplicate"};
constexpr Names decision_names[] = {"décision", "accord", "accept", "accepted", "ok", "validé", "choix"};
constexpr Names table_names[] = {"objet", "what", "quoi"};
constexpr Names keep_name_names[] = {"nom gardé", "kept name"};
constexpr Names merge_name_names[] = {"nom fusionné", "merged name"};
constexpr Names score_names[] = {"confiance"};
constexpr Names reason_names[] = {"motif", "raison", "why"};
constexpr std::size_t keep_column = 0, merge_column = 1, decision_column = 2, table_column = 3;
/// The last four are for the person who decides.
constexpr ColumnSpec columns[] = {{"keep", true, keep_names},
                                  {"merge", true, merge_names},
                                  {"decision", true, decision_names},
                                  {"table", false, table_names},
                                  {"keep_name", false, keep_name_names},
                                  {"merge_name", false, merge_name_names},
                                  {"score", false, score_names},
                                  {"reason", false, reason_names}};
/// The table is none of a dataset; headers of tables other than actors are all read alike.
constexpr TableSpec merges_table = {Table::members, columns, {}};

constexpr std::array<std::string_view, 10> yes_words = {"yes", "oui",  "y",    "o",  "x",
                                                        "1",   "true", "vrai", "ok", "merge"};
constexpr std::array<std::string_view, 6> no_words = {"no", "non", "n", "0", "false", "faux"};

template <class Words>
bool is_one_of(const Words& words, std::string_view word) noexcept {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The merges of one table as they are read, then followed to their ends.
template <StrongId Id>
class Merges {
public:
    void accept(Id merge, Id keep, const CsvField& where) { accepted_.push_back({merge, keep, where}); }
    void refuse(Id merge, Id keep, const CsvField& where) { refused_.push_back({merge, keep, where}); }

    std::vector<MergeInto<Id>> resolve(const Network& network, SideTable& table, std::size_t& repeated) {
        std::vector<Row> more;
        for (const Row& row : accepted_) {
            const auto [at, fresh] = into_.try_emplace(row.merge, row);
            if (!fresh) {
                ++repeated;
                if (at->second.keep != row.keep) {
                    more.push_back(row);
                }
            }
        }
        if (!circles(network, table)) {
            compare(more, network, table);
            contradictions(network, table);
        }
        std::vector<MergeInto<Id>> result;
        for (const auto& [merge, row] : into_) {
            result.push_back({merge, end_of(merge), row.where.line});
        }
        return result;
    }

private:
    struct Row {
        Id merge, keep;
        CsvField where;
    };

    static std::string quoted(const Network& network, Id id) {
        return '"' + std::string(network.id(id)) + '"';
    }

    Id end_of(Id id) const {
        for (std::size_t steps = 0; steps <= into_.size(); ++steps) {
            const auto next = into_.find(id);
            if (next == into_.end()) {
                break;
            }
            id = next->second.keep;
        }
        return id;
    }

    bool circles(const Network& network, SideTable& table) const {
        std::set<Id> seen;
        bool found = false;
        for (const auto& [start, first] : into_) {
            std::vector<Id> way;
            Id at = start;
            while (into_.contains(at) && !seen.contains(at)) {
                seen.insert(at);
                way.push_back(at);
                at = into_.at(at).keep;
            }
            const auto back = std::find(way.begin(), way.end(), at);
            if (back == way.end()) {
                continue;
            }
            found = true;
            std::string circle;
            for (auto step = back; step != way.end(); ++step) {
                circle += quoted(network, *step);
                circle += " (line ";
                circle += std::to_string(into_.at(*step).where.line);
                circle += ") into ";
            }
            table.error(into_.at(*back).where, "these merges go round in a circle: " + circle +
                                                   quoted(network, *back) + "; one of them must stay");
        }
        return found;
    }

    /// A second target must come to the same in the end.
    void compare(const std::vector<Row>& more, const Network& network, SideTable& table) const {
        for (const Row& row : more) {
            const Row& first = into_.at(row.merge);
            if (row.keep == row.merge || end_of(row.keep) != end_of(first.keep)) {
                table.error(row.where, quoted(network, row.merge) + " is merged into " +
                                           quoted(network, row.keep) + " here and into " +
                                           quoted(network, first.keep) + " in line " +
                                           std::to_string(first.where.line) +
                                           "; it can go into one, or these two are merged as well");
            }
        }
    }

    void contradictions(const Network& network, SideTable& table) const {
        for (const Row& row : refused_) {
            if (end_of(row.merge) != end_of(row.keep)) {
                continue;
            }
            const auto line = [this](Id id) {
                const auto at = into_.find(id);
                return at == into_.end() ? std::string() : std::to_string(at->second.where.line);
            };
            const std::string one = line(row.merge);
            const std::string other = line(row.keep);
            std::string message = quoted(network, row.merge) + " and " + quoted(network, row.keep);
            message += " are kept apart here and merged by ";
            message += one.empty() || other.empty() ? "line " : "lines ";
            message += one;
            message += one.empty() || other.empty() ? "" : " and ";
            message += other;
            table.error(row.where, message);
        }
    }

    std::vector<Row> accepted_, refused_;
    std::map<Id, Row> into_;
};

class MergesReader {
public:
    MergesReader(const std::string& path, const Network& network)
        : network_(network), table_(path, merges_table, "keep, merge and decision", network) {}

    ReviewedMerges run() {
        while (table_.next()) {
            ++result_.rows;
            read_row();
        }
        if (result_.rows == 0 && !table_.failed()) {
            table_.say(Severity::warning, {{}, 1, 1}, "the table has columns and no row");
        }
        result_.actors = actors_.resolve(network_, table_, result_.repeated);
        result_.expertises = expertises_.resolve(network_, table_, result_.repeated);
        result_.diagnostics = table_.finish();
        return std::move(result_);
    }

private:
    enum class Decision : std::uint8_t { yes, no, none, unknown };

    void read_row() {
        const Decision decision = decided();
        const CsvField* what = table_.cell(table_column);
        if (what == nullptr) {
            add(actors_, table_.actor(keep_column), table_.actor(merge_column), decision);
            return;
        }
        const std::string kind = name_key(trimmed(what->text));
        if (kind == "expertises" || kind == "expertise") {
            add(expertises_, expertise(keep_column), expertise(merge_column), decision);
        } else if (kind == "actors" || kind == "actor" || kind == "acteurs" || kind == "acteur") {
            add(actors_, table_.actor(keep_column), table_.actor(merge_column), decision);
        } else {
            table_.error(
                *what, "the table is actors or expertises, not \"" + std::string(trimmed(what->text)) + '"');
        }
    }

    template <StrongId Id>
    void add(Merges<Id>& merges, std::optional<Id> keep, std::optional<Id> merge, Decision decision) {
        if (!keep || !merge) {
            return;
        }
        const CsvField& where = *table_.cell(merge_column);
        if (decision == Decision::none) {
            ++result_.undecided;
        } else if (decision == Decision::no) {
            ++result_.refused;
            merges.refuse(*merge, *keep, where);
        } else if (*keep == *merge && decision == Decision::yes) {
            table_.error(where, '"' + std::string(network_.id(*merge)) + "\" is merged into itself");
        } else if (decision == Decision::yes) {
            merges.accept(*merge, *keep, where);
        }
    }

    Decision decided() {
        const CsvField* cell = table_.cell(decision_column);
        if (cell == nullptr) {
            return Decision::none;
        }
        const std::string word = name_key(trimmed(cell->text));
        if (is_one_of(yes_words, word)) {
            return Decision::yes;
        }
        if (is_one_of(no_words, word)) {
            return Decision::no;
        }
        table_.error(*cell, "a decision is yes, no or empty (oui, non, x, 1, 0), not \"" +
                                std::string(trimmed(cell->text)) + '"');
        return Decision::unknown;
    }

    /// By id, or the label of exactly one.
    std::optional<ExpertiseId> expertise(std::size_t column) {
        const CsvField* cell = table_.cell(column);
        if (cell == nullptr) {
            table_.error(table_.any_cell(), "an expertise is missing in column " +
                                                std::string(merges_table.columns[column].name));
            return std::nullopt;
        }
        const std::string_view text = trimmed(cell->text);
        if (const auto found = network_.find_expertise(text)) {
            return found;
        }
        std::vector<ExpertiseId> labelled;
        const std::string key = name_key(text);
        for (const ExpertiseId x : network_.expertises().ids()) {
            if (!key.empty() && (name_key(network_.label(x, Language::fr)) == key ||
                                 name_key(network_.label(x, Language::en)) == key)) {
                labelled.push_back(x);
            }
        }
        if (labelled.size() == 1) {
            return labelled.front();
        }
        std::string ids;
        for (const ExpertiseId x : labelled) {
            ids += (ids.empty() ? "" : ", ") + std::string(network_.id(x));
        }
        const std::string quoted = '"' + std::string(text) + '"';
        table_.error(*cell, ids.empty()
                                ? "there is no expertise with the id or label " + quoted +
                                      suggest_expertise(network_, text)
                                : "several expertises are called " + quoted + ": " + ids + "; use the id");
        return std::nullopt;
    }

    const Network& network_;
    SideTable table_;
    ReviewedMerges result_;
    Merges<ActorId> actors_;
    Merges<ExpertiseId> expertises_;
};

}  // namespace

ReviewedMerges read_merges(const std::string& path, const Network& network) {
    return MergesReader(path, network).run();
}

}  // namespace maillage::io

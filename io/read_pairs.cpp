#include "io/read_pairs.hpp"

#include "io/side_table.hpp"

#include <algorithm>
#include <string_view>

namespace maillage::io {
namespace {

using Names = std::string_view;

constexpr Names a_names[] = {"actor",       "actor a",   "actor 1",      "partner a",    "partner 1",
                             "acteur",      "acteur a",  "acteur 1",     "partenaire a", "partenaire 1",
                             "structure a", "structure", "structure 1",  "organisme a",  "organisme 1",
                             "de",          "from",      "organisation", "organisme",    "actor id"};
constexpr Names b_names[] = {"partner",     "actor b",  "actor 2",     "partner b",    "partner 2",
                             "partenaire",  "acteur b", "acteur 2",    "partenaire b", "partenaire 2",
                             "structure b", "avec",     "structure 2", "organisme b",  "organisme 2",
                             "vers",        "to",       "with",        "partner id",   "id partenaire"};
constexpr ColumnSpec columns[] = {{"a", true, a_names}, {"b", true, b_names}};
/// The table is none of a dataset; headers of tables other than actors are all read alike.
constexpr TableSpec pairs_table = {Table::members, columns, {}};

}  // namespace

PairsFile read_pairs(const std::string& path, const Network& network) {
    PairsFile result;
    SideTable table(path, pairs_table, "a and b", network);
    while (table.next()) {
        ++result.rows;
        const auto a = table.actor(0);
        const auto b = table.actor(1);
        if (a && b && *a == *b) {
            table.error(*table.cell(1), "a and b are the same actor, " + std::string(network.id(*a)));
        } else if (a && b) {
            result.pairs.emplace_back(std::min(*a, *b), std::max(*a, *b));
        }
    }
    if (result.rows == 0 && !table.failed()) {
        table.say(Severity::warning, {{}, 1, 1}, "the table has columns and no row");
    }
    result.diagnostics = table.finish();
    std::sort(result.pairs.begin(), result.pairs.end());
    const auto end = std::unique(result.pairs.begin(), result.pairs.end());
    result.repeated = static_cast<std::size_t>(result.pairs.end() - end);
    result.pairs.erase(end, result.pairs.end());
    return result;
}

}  // namespace maillage::io

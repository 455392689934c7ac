#include "engine/history.hpp"

#include "engine/error.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace maillage {
namespace {

class Cut {
public:
    Cut(const Network& network, const HistoryOptions& options) : network_(network), options_(options) {}

    History run() {
        check_dates();
        ProjectionOptions past = options_.projection;
        past.to = date_of_day(options_.split.first_day() - 1);
        history_.past = project(network_, past);
        find_known();
        collect_meetings();
        keep_new_ties();
        if (history_.new_ties.empty()) {
            if (history_.future_partnerships == 0) {
                throw OptionError("until", "no partnership starts from " + to_text(options_.split) + " to " +
                                               to_text(*options_.until));
            }
            throw OptionError("split",
                              "from " + to_text(options_.split) +
                                  (options_.until ? " to " + to_text(*options_.until) : " on") +
                                  " no two actors who were known before meet for the first time: there is "
                                  "nothing to foresee");
        }
        return std::move(history_);
    }

private:
    [[nodiscard]] bool excluded(const Partnership& p) const {
        const auto& kinds = options_.projection.excluded_kinds;
        return std::find(kinds.begin(), kinds.end(), network_.text(p.kind)) != kinds.end();
    }
    [[nodiscard]] bool in_past(const Partnership& p) const {
        return !p.start || p.start->first_day() < options_.split.first_day();
    }
    [[nodiscard]] bool in_future(const Partnership& p) const {
        return !in_past(p) && (!options_.until || p.start->first_day() <= options_.until->last_day());
    }

    void check_dates() const {
        std::optional<Date> first, last;
        for (const PartnershipId id : network_.partnerships().ids()) {
            const Partnership& p = network_.partnerships()[id];
            if (p.start && !excluded(p)) {
                first = !first || *p.start < *first ? *p.start : *first;
                last = !last || *last < *p.start ? *p.start : *last;
            }
        }
        if (!first) {
            throw OptionError("split", "no partnership has a start: there is no history to cut");
        }
        const std::string span = "the history goes from " + to_text(*first) + " to " + to_text(*last);
        if (options_.split.first_day() <= first->first_day()) {
            throw OptionError("split", "nothing is known before " + to_text(options_.split) + "; " + span);
        }
        if (options_.split.first_day() > last->first_day()) {
            throw OptionError("split", "nothing starts from " + to_text(options_.split) + " on; " + span);
        }
        if (options_.until && options_.until->last_day() < options_.split.first_day()) {
            throw OptionError("until",
                              to_text(*options_.until) + " is before the split, " + to_text(options_.split));
        }
    }

    void find_known() {
        std::vector<std::uint32_t> seen(network_.actors().size(), 0);
        std::vector<std::uint8_t> later(network_.actors().size(), 0);
        for (const PartnershipId p : network_.partnerships().ids()) {
            const Partnership& partnership = network_.partnerships()[p];
            if (excluded(partnership)) {
                continue;
            }
            history_.past_partnerships += in_past(partnership) ? 1U : 0U;
            history_.future_partnerships += in_future(partnership) ? 1U : 0U;
            history_.undated += partnership.start ? 0U : 1U;
            for (const Member& member : network_.members(p)) {
                seen[index_of(member.actor)] += in_past(partnership) ? 1U : 0U;
                if (in_future(partnership)) {
                    later[index_of(member.actor)] = 1;
                }
            }
        }
        history_.known.assign(history_.past.actor_of.size(), 0);
        for (std::size_t v = 0; v < history_.known.size(); ++v) {
            const std::size_t actor = index_of(history_.past.actor_of[v]);
            history_.past_of.push_back(seen[actor]);
            if (seen[actor] != 0 && history_.past.in_scope[v] != 0) {
                history_.known[v] = 1;
                ++history_.known_actors;
            } else if (history_.past.in_scope[v] != 0) {
                history_.newcomers += later[actor];
            }
        }
    }

    /// Every pair of every partnership of the future.
    void collect_meetings() {
        std::vector<VertexId> members;
        for (const PartnershipId p : network_.partnerships().ids()) {
            const Partnership& partnership = network_.partnerships()[p];
            if (excluded(partnership) || !in_future(partnership)) {
                continue;
            }
            members.clear();
            for (const Member& member : network_.members(p)) {
                if (const VertexId v = history_.past.vertex(member.actor); v != none<VertexId>) {
                    members.push_back(v);
                }
            }
            std::sort(members.begin(), members.end());
            for (std::size_t i = 0; i < members.size(); ++i) {
                for (std::size_t j = i + 1; j < members.size(); ++j) {
                    meetings_.push_back({members[i], members[j], 1, p});
                }
            }
        }
        std::sort(meetings_.begin(), meetings_.end(), [this](const NewTie& x, const NewTie& y) {
            if (x.a != y.a || x.b != y.b) {
                return x.a != y.a ? x.a < y.a : x.b < y.b;
            }
            const std::int32_t at = start(x.first);
            const std::int32_t other = start(y.first);
            return at != other ? at < other : x.first < y.first;
        });
    }
    [[nodiscard]] std::int32_t start(PartnershipId p) const {
        return network_.partnerships()[p].start->first_day();
    }

    void keep_new_ties() {
        const GraphView before = history_.past.graph;
        for (std::size_t i = 0; i < meetings_.size();) {
            NewTie tie = meetings_[i];
            std::size_t next = i + 1;
            while (next < meetings_.size() && meetings_[next].a == tie.a && meetings_[next].b == tie.b) {
                ++next;
            }
            tie.partnerships = static_cast<std::uint32_t>(next - i);
            i = next;
            if (history_.known[index_of(tie.a)] == 0 || history_.known[index_of(tie.b)] == 0) {
                ++history_.with_newcomer;
            } else if (before.adjacent(tie.a, tie.b)) {
                ++history_.repeated;
            } else {
                history_.new_ties.push_back(tie);
            }
        }
    }

    const Network& network_;
    const HistoryOptions& options_;
    History history_;
    std::vector<NewTie> meetings_;
};

}  // namespace

History cut_history(const Network& network, const HistoryOptions& options) {
    return Cut(network, options).run();
}

}  // namespace maillage

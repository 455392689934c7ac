#include "io/report/meetings_document.hpp"

#include <string>
#include <string_view>

namespace maillage::io {
namespace {

using namespace meetings;

class Writer {
public:
    Writer(JsonWriter& json, const MeetingsView& view) : json_(json), view_(view) {}

    void write() {
        const Programme& p = view_.programme;
        json_.field("total", p.total).field("bound", p.bound);
        json_.field("gap", p.bound > 0.0 ? std::optional<double>(1.0 - p.total / p.bound) : std::nullopt);
        if (!(p.bound > 0.0)) {
            json_.field("why", "nothing_to_match");
        }
        json_.field("optimal", p.optimal).field("method", p.method).field("guarantee", p.guarantee);
        json_.field("participants", static_cast<std::uint64_t>(view_.participants.size()));
        json_.key("rounds").begin_array(JsonWriter::Form::lines);
        for (std::uint32_t r = 0; r < p.rounds.size(); ++r) {
            write_round(r);
        }
        json_.end_array();
        write_actors();
        write_unmatched();
        json_.key("shortfalls").begin_array(JsonWriter::Form::lines);
        for (const Shortfall& s : p.shortfalls) {
            json_.begin_object().field("actor", id(s.vertex)).field("name", name(s.vertex));
            json_.field("meetings", s.meetings)
                .field("wanted", s.wanted)
                .field("possible", s.possible)
                .end_object();
        }
        json_.end_array();
    }

private:
    [[nodiscard]] ActorId actor(std::uint32_t v) const {
        return view_.projection.actor(view_.participants[v]);
    }
    [[nodiscard]] std::string_view id(std::uint32_t v) const { return view_.network.id(actor(v)); }
    [[nodiscard]] std::string_view name(std::uint32_t v) const { return view_.network.name(actor(v)); }

    void write_round(std::uint32_t r) {
        const auto& tables = view_.programme.rounds[r];
        json_.begin_object().field("round", r + 1);
        json_.key("start");
        if (view_.times) {
            json_.value(to_text(view_.times->of(r)));
        } else {
            json_.null();
        }
        json_.key("stable");
        if (view_.stable) {
            json_.value(view_.round_is_stable[r] != 0);
        } else {
            json_.null();
        }
        std::vector<std::uint8_t> busy(view_.participants.size(), 0);
        json_.key("tables").begin_array();
        for (const ScoredPair& pair : tables) {
            busy[pair.a] = busy[pair.b] = 1;
            json_.begin_object().field("a", id(pair.a)).field("b", id(pair.b));
            json_.field("score", pair.score).end_object();
        }
        json_.end_array().key("free").begin_array();
        for (std::uint32_t v = 0; v < busy.size(); ++v) {
            const auto& there = view_.rules.there;
            const bool present = there.empty() || there[v].empty() || there[v][r] != 0;
            if (busy[v] == 0 && present) {
                json_.value(id(v));
            }
        }
        json_.end_array().end_object();
    }

    void write_actors() {
        json_.key("actors").begin_array(JsonWriter::Form::lines);
        std::vector<double> score(view_.participants.size(), 0.0);
        for (const auto& round : view_.programme.rounds) {
            for (const ScoredPair& pair : round) {
                score[pair.a] += pair.score;
                score[pair.b] += pair.score;
            }
        }
        for (std::uint32_t v = 0; v < view_.participants.size(); ++v) {
            json_.begin_object().field("actor", id(v)).field("name", name(v));
            json_.field("meetings", view_.programme.meetings[v]).field("score", score[v]).end_object();
        }
        json_.end_array();
    }

    void write_unmatched() {
        json_.key("unmatched").begin_array(JsonWriter::Form::lines);
        for (std::uint32_t v = 0; v < view_.participants.size(); ++v) {
            if (view_.programme.meetings[v] > 0) {
                continue;
            }
            const bool known = !view_.projection.offers.of(view_.participants[v]).empty();
            json_.begin_object().field("actor", id(v)).field("name", name(v));
            json_.field("why", known ? "no_partner" : "no_expertise").end_object();
        }
        json_.end_array();
    }

    JsonWriter& json_;
    const MeetingsView& view_;
};

}  // namespace

void write_meetings_options(JsonWriter& json, const MeetingsView& view) {
    json.field("rounds", view.rules.rounds).field("tied", view.tied).field("stable", view.stable);
    json.field("min", view.least).field("max", view.most);
    json.key("start");
    if (view.times) {
        json.value(to_text(view.times->start));
        json.field("slot", view.times->slot).field("pause", view.times->pause);
    } else {
        json.null();
    }
}

void write_meetings_result(JsonWriter& json, const MeetingsView& view) {
    Writer(json, view).write();
}

}  // namespace maillage::io

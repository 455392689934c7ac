#include "engine/error.hpp"

#include "algorithms/matching/best_matches.hpp"
#include "algorithms/meetings/programme.hpp"
#include "algorithms/meetings/stable_roommates.hpp"

#include "io/read_attendance.hpp"
#include "io/report/meetings_document.hpp"

#include "tools/analyses.hpp"
#include "tools/commands.hpp"
#include "tools/options.hpp"
#include "tools/output.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

using namespace meetings;

constexpr Help help = {
    .command = "meetings",
    .summary =
        "A programme of one-to-one meetings: who meets whom in each round, for the most complementarity.",
    .example =
        "  maillage meetings datasets/mini-region --rounds 3 --lang en\n"
        "      who meets whom in three rounds, what each brings, and how near the best that is\n\n"
        "  maillage meetings datasets/centre-val-de-loire --rounds 6 --start 2025-05-14T09:00 -o "
        "programme.ics\n"
        "      the same as a calendar, 20 minutes a round with 5 between (--slot, --pause)\n\n"
        "  maillage meetings datasets/centre-val-de-loire --rounds 6 --attendance who.csv --listed-only "
        "--csv\n"
        "      for those in who.csv: actor, and where known rounds (1|2|4-6), min, max\n",
    .details =
        "Nobody meets twice in a round, no pair meets twice, and pairs that are linked already are left out "
        "unless\n"
        "--tied. Scores are those of `maillage match`. Up to 450 participants every round is matched exactly "
        "and the\n"
        "rounds improved; a bound that no programme can pass stands beside the total. With --stable each "
        "round is a\n"
        "pairing that no two would leave for each other (Irving 1985), where there is one.\n"};

constexpr std::size_t most_in_run = 450;

struct Arguments {
    CommonOptions common;
    Count<std::uint32_t> rounds{6};
    std::optional<std::uint32_t> least, most;
    std::optional<std::string> attendance, actor, start, format;
    Count<std::uint32_t> slot{20}, pause{5};
    bool tied = false;
    bool stable = false;
    bool listed_only = false;
};

po::options_description describe(Arguments& a) {
    po::options_description own;
    auto add = own.add_options();
    const auto text = [](std::optional<std::string>& target, const char* name) {
        return po::value<std::string>()->value_name(name)->notifier(
            [&target](const std::string& s) { target = s; });
    };
    const auto number = [](std::optional<std::uint32_t>& target) {
        return po::value<Count<std::uint32_t>>()->value_name("N")->notifier(
            [&target](const Count<std::uint32_t>& n) { target = n.value; });
    };
    add("rounds", po::value(&a.rounds)->value_name("R"), "rounds of meetings (default 6)");
    add("min", number(a.least), "meetings each participant is to have at least, where it can");
    add("max", number(a.most), "meetings of a participant at most (default: as many as rounds)");
    add("attendance", text(a.attendance, "FILE"),
        "a table: actor, and where known rounds (1|2|4-6), min, max; who is not in it attends all rounds");
    add("listed-only", po::bool_switch(&a.listed_only), "only those in the table of --attendance attend");
    add("tied", po::bool_switch(&a.tied), "also pairs that are linked already");
    add("stable", po::bool_switch(&a.stable),
        "pairings that no two would leave for each other, where they exist");
    add("actor", text(a.actor, "ID"), "show the meetings of this participant only (id or name; not in JSON)");
    add("start", text(a.start, "DATETIME"), "start of the first round, as 2025-05-14T09:00");
    add("slot", po::value(&a.slot)->value_name("MIN"), "minutes of a round (default 20)");
    add("pause", po::value(&a.pause)->value_name("MIN"), "minutes between two (default 5)");
    add("format", text(a.format, "table|json|csv|ics"), "ics writes an iCalendar file; also by -o FILE.ics");
    return own;
}

struct Made {
    std::vector<VertexId> participants;
    std::optional<ExpertiseModel> expertises;  ///< of those who attend
    MeetingRules rules;
    Programme programme;
    std::vector<std::uint8_t> round_is_stable;
    std::optional<io::MeetingTimes> times;
    std::optional<VertexId> only;
};

class Maker {
public:
    Maker(const Session& session, const Arguments& a) : session_(session), a_(a), p_(session.all()) {}

    std::shared_ptr<Made> make(std::uint32_t passes, bool strict) {
        made_ = std::make_shared<Made>();
        made_->rules.rounds = a_.rounds.value;
        set_times();
        gather(strict);
        score_pairs();
        ProgrammeOptions options;
        options.passes = passes;
        if (a_.stable) {
            pair_stably(options);
        } else {
            made_->programme = plan_meetings(made_->participants.size(), pairs_, made_->rules, options,
                                             session_.execution());
        }
        return std::move(made_);
    }

private:
    void set_times() {
        if (!a_.start) {
            return;
        }
        io::MeetingTimes times;
        if (!io::parse_local_time(*a_.start, times.start)) {
            throw OptionError("start", "\"" + *a_.start + "\" is no moment as 2025-05-14T09:00");
        }
        if (a_.slot.value == 0 || a_.slot.value > 24 * 60 || a_.pause.value > 24 * 60) {
            throw OptionError(a_.slot.value == 0 || a_.slot.value > 24 * 60 ? "slot" : "pause",
                              "is a number of minutes of at most a day, and a round has at least one");
        }
        times.slot = a_.slot.value;
        times.pause = a_.pause.value;
        made_->times = times;
    }

    /// Who attends, and when.
    void gather(bool strict) {
        MeetingRules& rules = made_->rules;
        if (rules.rounds == 0) {
            throw OptionError("rounds", "must be at least 1");
        }
        if (a_.listed_only && !a_.attendance) {
            throw OptionError("listed-only", "needs the table of --attendance");
        }
        if (a_.least && *a_.least > std::min(rules.rounds, a_.most.value_or(rules.rounds))) {
            throw OptionError(
                "min", std::to_string(*a_.least) + " meetings do not fit into " +
                           (a_.most && *a_.most < rules.rounds ? "at most " + std::to_string(*a_.most)
                                                               : std::to_string(rules.rounds) + " rounds"));
        }
        std::vector<io::Attendance> rows;
        if (a_.attendance) {
            rows = io::read_attendance(*a_.attendance, session_.network(), rules.rounds).rows;
        }
        std::vector<const io::Attendance*> row_of(p_.graph.vertex_count(), nullptr);
        for (const io::Attendance& row : rows) {
            row_of[index_of(p_.vertex(row.actor))] = &row;
        }
        for (const VertexId v : IdRange<VertexId>(p_.graph.vertex_count())) {
            const io::Attendance* row = row_of[index_of(v)];
            const bool scoped = p_.in_scope.empty() || p_.in_scope[index_of(v)] != 0;
            if (row != nullptr || (!a_.listed_only && scoped)) {
                made_->participants.push_back(v);
                add_rules(row, rows.empty());
            }
        }
        const std::size_t n = made_->participants.size();
        if (strict && rules.rounds >= std::max<std::size_t>(n, 1)) {
            throw OptionError("rounds", std::to_string(rules.rounds) + " rounds are asked for and " +
                                            std::to_string(n) +
                                            (n == 1 ? " actor attends" : " actors attend") +
                                            ": nobody could have more than " +
                                            std::to_string(n == 0 ? 0 : n - 1) + " meetings");
        }
        if (a_.actor) {
            const VertexId v = p_.vertex(session_.actor(*a_.actor, "actor"));
            if (!std::binary_search(made_->participants.begin(), made_->participants.end(), v)) {
                throw OptionError("actor",
                                  std::string(session_.network().name(p_.actor(v))) + " does not attend");
            }
            made_->only = v;
        }
    }

    void add_rules(const io::Attendance* row, bool plain) {
        MeetingRules& rules = made_->rules;
        if (a_.least || !plain) {
            const std::uint32_t least = row != nullptr && row->least ? *row->least : a_.least.value_or(0);
            rules.least.push_back(std::min(least, rules.rounds));
        }
        if (a_.most || !plain) {
            rules.most.push_back(row != nullptr && row->most ? *row->most : a_.most.value_or(rules.rounds));
        }
        if (!plain) {
            rules.there.push_back(row != nullptr ? row->there : std::vector<std::uint8_t>());
        }
    }

    /// The pairs and scores of `match`, all of them, or for many participants the best of each.
    void score_pairs() {
        const std::size_t n = made_->participants.size();
        std::vector<std::uint8_t> attends(p_.graph.vertex_count(), 0);
        place_.assign(p_.graph.vertex_count(), 0);
        for (std::uint32_t i = 0; i < n; ++i) {
            attends[index_of(made_->participants[i])] = 1;
            place_[index_of(made_->participants[i])] = i;
        }
        MatchOptions options;
        const std::size_t few = std::max<std::size_t>(40, std::size_t{4} * a_.rounds.value);
        options.top = static_cast<std::uint32_t>(
            n <= ProgrammeOptions().most_exact ? std::max<std::size_t>(n, 1) : few);
        options.top_pairs = 1;
        options.top_pooling = 1;
        options.include_tied = a_.tied;
        MatchInput input{p_.offers, p_.seeks, p_.graph, session_.links(), attends, &session_.taxonomy()};
        const std::vector<std::uint8_t> counted =
            p_.in_scope.empty() ? std::vector<std::uint8_t>(attends.size(), 1) : p_.in_scope;
        input.counted = counted;  // as match does, whoever attends
        const MatchResult matches = best_matches(input, options, session_.execution());
        for (const ActorMatches& actor : matches.actors) {
            for (const Partner& partner : actor.partners) {
                const std::uint32_t a = place_[index_of(actor.actor)];
                const std::uint32_t b = place_[index_of(partner.vertex)];
                pairs_.push_back({std::min(a, b), std::max(a, b), partner.score});
            }
        }
        std::sort(pairs_.begin(), pairs_.end(), [](const ScoredPair& x, const ScoredPair& y) {
            return std::pair(x.a, x.b) < std::pair(y.a, y.b);
        });
        pairs_.erase(
            std::unique(pairs_.begin(), pairs_.end(),
                        [](const ScoredPair& x, const ScoredPair& y) { return x.a == y.a && x.b == y.b; }),
            pairs_.end());
        made_->expertises.emplace(p_.offers, p_.seeks, counted, &session_.taxonomy(), options.taxonomy);
    }

    /// Each prefers whom the pair is worth most with, to itself.
    void pair_stably(const ProgrammeOptions& options) {
        const std::size_t n = made_->participants.size();
        Programme& programme = made_->programme;
        programme.method = "stable_pairings";
        programme.meetings.assign(n, 0);
        struct Choice {
            double value;
            std::uint32_t other;
            std::size_t pair;
        };
        std::vector<std::vector<Choice>> choices(n);
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const ScoredPair& p = pairs_[i];
            const Complementarity c = complementarity(
                made_->expertises->masses(made_->participants[p.a], made_->participants[p.b]));
            choices[p.a].push_back({c.value_a, p.b, i});
            choices[p.b].push_back({c.value_b, p.a, i});
        }
        for (auto& list : choices) {
            std::sort(list.begin(), list.end(), [](const Choice& x, const Choice& y) {
                return x.value != y.value ? x.value > y.value : x.other < y.other;
            });
        }
        std::vector<std::uint8_t> met(pairs_.size(), 0);
        const MeetingRules& rules = made_->rules;
        for (std::uint32_t r = 0; r < rules.rounds; ++r) {
            const auto free = [&](std::uint32_t v) {
                return (rules.there.empty() || rules.there[v].empty() || rules.there[v][r] != 0) &&
                       (rules.most.empty() || programme.meetings[v] < rules.most[v]);
            };
            std::vector<std::vector<std::uint32_t>> lists(n);
            std::vector<ScoredPair> open;
            for (std::uint32_t v = 0; v < n; ++v) {
                for (const Choice& c : choices[v]) {
                    if (met[c.pair] == 0 && free(v) && free(c.other)) {
                        lists[v].push_back(c.other);
                        if (v < c.other) {
                            open.push_back(pairs_[c.pair]);
                        }
                    }
                }
            }
            std::vector<ScoredPair> round;
            const auto mates = stable_roommates(lists);
            made_->round_is_stable.push_back(mates ? 1 : 0);
            if (mates) {
                for (const ScoredPair& p : open) {
                    if ((*mates)[p.a] == p.b) {
                        round.push_back(p);
                    }
                }
                std::sort(round.begin(), round.end(), [](const ScoredPair& x, const ScoredPair& y) {
                    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
                });
            } else {
                round = plan_meetings(n, open, MeetingRules{}, options, session_.execution()).rounds.front();
            }
            for (const ScoredPair& p : round) {
                const auto at = std::lower_bound(
                    pairs_.begin(), pairs_.end(), p,
                    [](const auto& x, const auto& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
                met[static_cast<std::size_t>(at - pairs_.begin())] = 1;
                ++programme.meetings[p.a];
                ++programme.meetings[p.b];
                programme.total += p.score;
            }
            programme.rounds.push_back(std::move(round));
        }
        std::vector<std::uint32_t> most(n, rules.rounds);
        for (std::size_t v = 0; v < rules.most.size(); ++v) {
            most[v] = std::min(most[v], rules.most[v]);
        }
        programme.bound = std::max(programme.total, degree_bound(pairs_, most, programme.total).value);
        for (std::uint32_t v = 0; v < rules.least.size(); ++v) {
            if (programme.meetings[v] < rules.least[v]) {
                programme.shortfalls.push_back({v, programme.meetings[v], rules.least[v],
                                                static_cast<std::uint32_t>(choices[v].size())});
            }
        }
    }

    const Session& session_;
    const Arguments& a_;
    const Projection& p_;
    std::shared_ptr<Made> made_;
    std::vector<std::uint32_t> place_;
    std::vector<ScoredPair> pairs_;
};

io::MeetingsView view_of(const Session& session, const Made& made, const Arguments& a) {
    return {session.network(),
            session.all(),
            *made.expertises,
            made.participants,
            made.rules,
            made.programme,
            a.tied,
            a.stable,
            made.round_is_stable,
            a.least,
            a.most,
            made.times,
            made.only,
            session.language()};
}

io::Document document_of(const Session& session, std::shared_ptr<const Made> made, const Arguments& a) {
    const auto view = [&session, made = std::move(made), a] { return view_of(session, *made, a); };
    io::Document document;
    document.name = "meetings";
    document.options = [&session, view](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_meetings_options(json, view());
    };
    document.result = [view](io::JsonWriter& json) { io::write_meetings_result(json, view()); };
    document.reading = [view](Language language) { return io::meetings_reading(view(), language); };
    return document;
}

/// Whether a calendar is asked for; otherwise sets the common format.
bool wants_calendar(Arguments& a) {
    const auto ends_in = [](const std::string& text, std::string_view ending) {
        return text.size() >= ending.size() &&
               text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
    };
    const std::string format =
        a.format.value_or(a.common.output && ends_in(*a.common.output, ".ics") ? "ics" : "");
    if (format == "json") {
        a.common.format = OutputFormat::json;
    } else if (format == "csv") {
        a.common.format = OutputFormat::csv;
    } else if (format == "table") {
        a.common.format = OutputFormat::table;
    } else if (!format.empty() && format != "ics") {
        throw OptionError("format", "is one of table, json, csv, ics, not \"" + format + "\"");
    }
    if (format == "ics" && !a.start) {
        throw OptionError("start", "when does it begin? A calendar needs --start, as 2025-05-14T09:00");
    }
    return format == "ics";
}

ExitCode run(std::span<const std::string> args, Console console) {
    Arguments a;
    if (!parse(args, help, describe(a), a.common, console)) {
        return ExitCode::ok;
    }
    const bool calendar = wants_calendar(a);
    const Session session(a.common, console);
    const std::shared_ptr<const Made> made = Maker(session, a).make(ProgrammeOptions().passes, true);
    if (!calendar) {
        session.emit(document_of(session, made, a));
        return ExitCode::ok;
    }
    const io::MeetingsView view = view_of(session, *made, a);
    const io::Reading reading = io::meetings_reading(view, session.language());
    const auto appointments = io::meetings_calendar(view, session.language());
    if (!a.common.output) {
        io::write_calendar(console.out, reading.title, appointments);
        return ExitCode::ok;
    }
    PendingFiles files;
    files.write(*a.common.output,
                [&](std::ostream& out) { io::write_calendar(out, reading.title, appointments); });
    files.commit();
    return ExitCode::ok;
}

}  // namespace

bool has_meetings_in_run(const Session& session) {
    const auto& inside = session.all().in_scope;
    const auto n = inside.empty() ? session.all().graph.vertex_count()
                                  : static_cast<std::size_t>(std::count(inside.begin(), inside.end(), 1));
    return n <= most_in_run;
}

io::Document meetings_document(const Session& session, std::uint32_t rounds) {
    Arguments a;
    a.rounds.value = rounds;
    return document_of(session, Maker(session, a).make(1, false), a);
}

const Command meetings_command{"meetings", "A programme of meetings: who meets whom in each round", run};

}  // namespace maillage::tools

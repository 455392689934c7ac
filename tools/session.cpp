#include "tools/session.hpp"

#include "engine/error.hpp"

#include "io/actor_lookup.hpp"
#include "io/name_key.hpp"
#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "tools/output.hpp"
#include "tools/progress.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <future>
#include <ostream>
#include <thread>

namespace maillage::tools {
namespace {

constexpr std::size_t most_warnings = 20;

void show_warnings(const io::ReadResult& read, const std::string& dataset, Console console) {
    if (read.told) {  // they were shown when the file was prepared
        if (read.told->warnings > 0) {
            console.err << dataset << ": prepared with " << read.told->warnings
                        << " warnings: maillage check " << dataset << '\n';
        }
        return;
    }
    std::size_t warnings = 0;
    for (const Diagnostic& diagnostic : read.diagnostics) {
        if (diagnostic.severity == Severity::warning && ++warnings <= most_warnings) {
            console.err << to_text(diagnostic) << '\n';
        }
    }
    if (warnings > most_warnings) {
        console.err << "… and " << warnings - most_warnings << " more warnings: maillage check " << dataset
                    << '\n';
    }
}

using Scope = std::optional<std::pair<std::string, std::string>>;

Scope parse_scope(const std::optional<std::string>& word, const Network& network) {
    if (!word) {
        return network.settings().scope;
    }
    if (*word == "all") {
        return std::nullopt;
    }
    const auto equals = word->find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word->size()) {
        throw OptionError("scope", "--scope is \"all\" or attribute=value, not \"" + *word + "\"");
    }
    return std::pair(word->substr(0, equals), word->substr(equals + 1));
}

/// A scope without any actor is a typing error more often than a question.
void check_scope(const Network& network, const Scope& scope) {
    if (!scope) {
        return;
    }
    const auto inside = network.in_scope(scope);
    if (std::find(inside.begin(), inside.end(), std::uint8_t{1}) != inside.end()) {
        return;
    }
    std::vector<std::string> values;
    const auto column = network.attribute_values(scope->first);
    for (const ActorId a : network.actors().ids()) {
        values.emplace_back(network.text(column[a]));
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    throw OptionError("scope", "no actor has " + scope->first + " = \"" + scope->second + "\"" +
                                   suggestion(scope->second, values));
}

std::string_view word_for(TieWeight weight) {
    return weight == TieWeight::newman ? "newman" : weight == TieWeight::count ? "count" : "one";
}

std::string_view word_for(ExpertiseSource source) {
    return source == ExpertiseSource::declared   ? "declared"
           : source == ExpertiseSource::inferred ? "inferred"
                                                 : "both";
}

}  // namespace

io::ReadOptions reading_of(const CommonOptions& common, io::ReadOptions how) {
    how.map = common.map;
    const std::array<std::pair<std::string, std::uint64_t*>, 6> known = {{{"bytes", &how.limits.bytes},
                                                                          {"rows", &how.limits.rows},
                                                                          {"columns", &how.limits.columns},
                                                                          {"depth", &how.limits.depth},
                                                                          {"name", &how.limits.name},
                                                                          {"ratio", &how.limits.ratio}}};
    for (const std::string& word : common.limits) {
        const auto equals = std::min(word.find('='), word.size());
        const std::string name = word.substr(0, equals);
        const auto* found =
            std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == name; });
        if (found == known.end()) {
            std::vector<std::string> names;
            for (const auto& [other, unused] : known) {
                names.push_back(other);
            }
            throw OptionError("limit",
                              "--limit is bytes, rows, columns, depth, name or ratio with =N, not \"" + word +
                                  "\"" + suggestion(name, names));
        }
        std::uint64_t number = 0;
        const char* const end = word.data() + word.size();
        const auto [stop, problem] =
            std::from_chars(word.data() + std::min(equals + 1, word.size()), end, number);
        const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
        const unsigned shift = unit.empty()  ? 0U
                               : unit == "k" ? 10U
                               : unit == "M" ? 20U
                               : unit == "G" ? 30U
                                             : 64U;
        constexpr std::uint64_t most = std::uint64_t{1} << 33U;
        if (problem != std::errc() || number == 0 || shift > 30U || (shift > 0 && number > most)) {
            throw OptionError("limit", "--limit " + name + "=N takes a whole number, also with k, M or G");
        }
        *found->second = number << shift;
    }
    return how;
}

struct Session::State {
    CommonOptions common;
    Console console;
    Progress progress;
    Execution execution;
    io::ReadResult read;
    ProjectionOptions options;
    /// Begun with the session: the digest needs the network alone, the analyses need not wait for it.
    mutable std::future<std::string> digest;
    mutable std::optional<io::DocumentHeader> header;
    mutable std::optional<Projection> all;
    mutable std::optional<Projection> scoped;
    mutable std::optional<CsrGraph> links;
    mutable std::optional<Taxonomy> taxonomy;

    State(const CommonOptions& c, Console k, const io::ReadOptions& how)
        : common(c),
          console(k),
          progress(k.err, k.err_is_terminal && !c.quiet),
          read(io::read_dataset(c.dataset, reading_of(c, how))) {}
};

Session::Session(const CommonOptions& common, Console console, const io::ReadOptions& how)
    : state_(std::make_unique<State>(common, console, how)) {
    State& s = *state_;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    s.execution.threads = common.threads == 0 ? cores : common.threads;
    if (s.progress.active()) {
        s.execution.progress = [&s](std::string_view phase, double share) { s.progress.show(phase, share); };
    }
    if (!common.quiet) {
        show_warnings(s.read, common.dataset, console);
    }
    s.options.from = common.from;
    s.options.to = common.to;
    s.options.tie_weight = common.tie_weight;
    s.options.expertises = common.expertises;
    s.options.excluded_kinds = default_excluded_kinds(s.read.network);
    s.options.scope = parse_scope(common.scope, s.read.network);
    check_scope(s.read.network, s.options.scope);
    const bool beside = s.read.digest.empty() && s.execution.threads > 1;
    s.digest = std::async(beside ? std::launch::async : std::launch::deferred, [&s] {
        return s.read.digest.empty() ? io::digest(s.read.network) : s.read.digest;
    });
}

Session::~Session() = default;

const Network& Session::network() const noexcept {
    return state_->read.network;
}
const CommonOptions& Session::common() const noexcept {
    return state_->common;
}
Language Session::language() const noexcept {
    return state_->common.language;
}
const Execution& Session::execution() const noexcept {
    return state_->execution;
}
const BuildSummary& Session::build_summary() const noexcept {
    return state_->read.summary;
}
const ProjectionOptions& Session::projection_options() const noexcept {
    return state_->options;
}

const io::DocumentHeader& Session::header() const {
    State& s = *state_;
    if (!s.header) {
        const Network& n = network();
        s.header = io::DocumentHeader{
            .dataset_title = n.settings().title,
            .digest = s.digest.get(),
            .actors = n.actors().size(),
            .expertises = n.expertises().size(),
            .partnerships = n.partnerships().size(),
            .opportunities = n.opportunities().size(),
            .diagnostics = s.read.told ? *s.read.told : io::summary_of(s.read.diagnostics)};
    }
    return *s.header;
}

const Projection& Session::all() const {
    State& s = *state_;
    if (!s.all && s.read.prepared && s.read.prepared->options == s.options) {
        s.all = std::move(s.read.prepared->projection);
        s.read.prepared.reset();
    }
    if (!s.all) {
        s.all = project(network(), s.options);
    }
    return *s.all;
}

const Projection& Session::scoped() const {
    State& s = *state_;
    if (!s.options.scope) {
        return all();
    }
    if (!s.scoped) {
        ProjectionOptions options = s.options;
        options.scope_only = true;
        s.scoped = project(network(), options);
    }
    return *s.scoped;
}

const Taxonomy& Session::taxonomy() const {
    State& s = *state_;
    if (!s.taxonomy) {
        s.taxonomy.emplace(network());
    }
    return *s.taxonomy;
}

const CsrGraph& Session::links() const {
    State& s = *state_;
    if (!s.links) {
        s.links.emplace();
        if (!s.options.excluded_kinds.empty()) {
            ProjectionOptions options = s.options;
            options.excluded_kinds.clear();
            options.tie_weight = TieWeight::one;
            options.expertises = ExpertiseSource::declared;
            s.links = project(network(), options).graph;
        }
    }
    return *s.links;
}

std::vector<GroupLabels> Session::groupings(const std::vector<std::string>& attributes) const {
    std::vector<std::string> names = attributes.empty() ? network().settings().group_by : attributes;
    if (names.empty()) {
        names.emplace_back("kind");
    }
    std::vector<GroupLabels> groupings;
    for (const std::string& name : names) {
        groupings.push_back(labels_by(network(), all().actor_of, name));
    }
    return groupings;
}

void Session::write_common_options(io::JsonWriter& json) const {
    const ProjectionOptions& o = state_->options;
    const auto date = [&json](std::string_view name, const std::optional<Date>& value) {
        json.field(name, value ? std::optional<std::string>(to_text(*value)) : std::nullopt);
    };
    date("from", o.from);
    date("to", o.to);
    json.key("scope");
    if (o.scope) {
        json.begin_object().field("attribute", o.scope->first).field("value", o.scope->second).end_object();
    } else {
        json.null();
    }
    json.field("tie_weight", word_for(o.tie_weight)).field("expertises", word_for(o.expertises));
    json.key("excluded_partnership_kinds").begin_array();
    for (const std::string& kind : o.excluded_kinds) {
        json.value(kind);
    }
    json.end_array();
    json.field("seed", std::uint64_t{state_->common.seed});
}

const io::ReadResult& Session::read() const noexcept {
    return state_->read;
}

void Session::warn(const std::string& what) const {
    if (!state_->common.quiet) {
        state_->progress.clear();
        state_->console.err << what << '\n';
    }
}

void Session::emit(const io::Document& document) const {
    const State& s = *state_;
    s.progress.clear();
    const bool with_header = s.common.format == OutputFormat::json;  // its digest is not free
    tools::emit(document, with_header ? header() : io::DocumentHeader(), s.common, s.console);
}

void emit(const io::Document& document, const io::DocumentHeader& header, const CommonOptions& common,
          Console console) {
    const auto write = [&](std::ostream& out, bool terminal) {
        switch (common.format) {
            case OutputFormat::json:
                io::write_json(out, document, header);
                return;
            case OutputFormat::csv:
                io::write_csv(out, document.reading(common.language));
                return;
            case OutputFormat::table:
                break;
        }
        const char* no_color = std::getenv("NO_COLOR");
        const bool styled = terminal && (no_color == nullptr || *no_color == '\0');
        io::write_text(out, document.reading(common.language), console.width, styled);
    };
    if (!common.output) {
        write(console.out, console.out_is_terminal);
        return;
    }
    PendingFiles files;
    files.write(*common.output, [&](std::ostream& out) { write(out, false); });
    files.commit();
}

ActorId Session::actor(std::string_view id_or_name, std::string_view field) const {
    std::string why;
    if (const auto found = io::ActorLookup(network()).find(id_or_name, why)) {
        return *found;
    }
    throw OptionError(std::string(field), why);
}

ExpertiseId Session::expertise(std::string_view id_or_label, std::string_view field) const {
    const Network& n = network();
    if (const auto found = n.find_expertise(id_or_label)) {
        return *found;
    }
    const std::string key = io::name_key(id_or_label);
    std::vector<ExpertiseId> named;
    std::vector<std::string> known;
    for (const ExpertiseId x : n.expertises().ids()) {
        bool same = false;
        known.emplace_back(n.id(x));
        for (const Language language : {Language::fr, Language::en}) {
            known.emplace_back(n.label(x, language));
            same = same || (!key.empty() && io::name_key(n.label(x, language)) == key);
        }
        if (same) {
            named.push_back(x);
        }
    }
    if (named.size() == 1) {
        return named.front();
    }
    const std::string quoted = '"' + std::string(id_or_label) + '"';
    if (named.empty()) {
        throw OptionError(std::string(field), "there is no expertise with the id or label " + quoted +
                                                  suggestion(id_or_label, known));
    }
    std::string ids;
    for (const ExpertiseId x : named) {
        ids += (ids.empty() ? "" : ", ") + std::string(n.id(x));
    }
    throw OptionError(std::string(field),
                      "several expertises are called " + quoted + ": " + ids + "; use the id");
}

VertexId Session::subject(std::string_view id_or_name, std::string_view field) const {
    const ActorId found = actor(id_or_name, field);
    const VertexId vertex = all().vertex(found);
    if (!all().in_scope.empty() && !all().in_scope[index_of(vertex)]) {
        throw OptionError(std::string(field), std::string(network().name(found)) + " (" +
                                                  std::string(network().id(found)) +
                                                  ") is not in the scope of the analysis; try --scope all");
    }
    return vertex;
}

}  // namespace maillage::tools

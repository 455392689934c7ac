#pragma once

#include "engine/labels.hpp"
#include "engine/network.hpp"
#include "engine/network_builder.hpp"
#include "engine/parallel.hpp"
#include "engine/projection.hpp"

#include "algorithms/matching/taxonomy.hpp"

#include "io/read_dataset.hpp"
#include "io/report/document.hpp"

#include "tools/command.hpp"
#include "tools/options.hpp"

#include <memory>
#include <optional>
#include <string>

namespace maillage::tools {

/// How the common options say that a dataset is read: --map, --limit.
/// @throws OptionError (field "limit") naming the limits.
[[nodiscard]] io::ReadOptions reading_of(const CommonOptions& common, io::ReadOptions how = {});

/// A dataset opened by a command, with the projections that analyses share: each is made once.
class Session {
public:
    /// Reads the dataset. Warnings go to console.err unless --quiet (of a prepared file: their number).
    /// @throws InputError, OptionError
    Session(const CommonOptions& common, Console console,
            const io::ReadOptions& how = {.every_diagnostic = false});
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] const Network& network() const noexcept;
    [[nodiscard]] const CommonOptions& common() const noexcept;
    [[nodiscard]] Language language() const noexcept;
    [[nodiscard]] const Execution& execution() const noexcept;
    [[nodiscard]] const io::DocumentHeader& header() const;  ///< computes the digest on first use
    [[nodiscard]] const BuildSummary& build_summary() const noexcept;
    /// Everything that reading the dataset told: network, diagnostics, files.
    [[nodiscard]] const io::ReadResult& read() const noexcept;

    /// The graph of all actors, scope marked (options of the session: window, kinds, weights, expertises).
    [[nodiscard]] const Projection& all() const;
    /// The graph of the actors in scope alone; the same object as all() when there is no scope.
    [[nodiscard]] const Projection& scoped() const;
    /// Pairs that some partnership of the period joins, also of a kind left out of the analysis, over the
    /// vertices of all(): a body and its own member are not news to each other. Without vertices when no kind
    /// is left out.
    [[nodiscard]] const CsrGraph& links() const;
    /// What is a kind of what among the expertises.
    [[nodiscard]] const Taxonomy& taxonomy() const;
    /// Groupings of the dataset (group_by, else kind) over the vertices of all(), by the names given when
    /// there are any.
    [[nodiscard]] std::vector<GroupLabels> groupings(const std::vector<std::string>& attributes = {}) const;
    /// Options of the projections, for the "options" of a document.
    [[nodiscard]] const ProjectionOptions& projection_options() const noexcept;
    /// Fields that every document's options share: from, to, scope, tie_weight, expertises, excluded_kinds.
    void write_common_options(io::JsonWriter& json) const;

    /// Says something on console.err, unless --quiet.
    void warn(const std::string& what) const;
    /// Writes a document where and how the common options say (-o, --json, --csv, --table).
    void emit(const io::Document& document) const;
    /// The actor with this id, or the only one with this name (case and accents ignored).
    /// @throws OptionError(field) with the nearest ids and names.
    [[nodiscard]] ActorId actor(std::string_view id_or_name, std::string_view field) const;
    /// The expertise with this id, or the only one with this label in either language (case and accents ignored).
    /// @throws OptionError(field) with the nearest ids and labels.
    [[nodiscard]] ExpertiseId expertise(std::string_view id_or_label, std::string_view field) const;
    /// The vertex in all() of an actor that the analysis is about.
    /// @throws OptionError(field) as actor(), and when it is out of scope.
    [[nodiscard]] VertexId subject(std::string_view id_or_name, std::string_view field) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Writes a document where and how the common options say. Session::emit for a dataset that opened; `check`
/// has a document about one that may not.
void emit(const io::Document& document, const io::DocumentHeader& header, const CommonOptions& common,
          Console console);

}  // namespace maillage::tools

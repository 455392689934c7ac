#pragma once

#include "io/report/document.hpp"
#include "io/report/page/figures.hpp"
#include "io/report/page/html.hpp"
#include "io/report/page/map_scene.hpp"
#include "io/report/page/page.hpp"
#include "io/report/page/page_views.hpp"

#include <optional>
#include <string>
#include <vector>

/// What the sections of the page share.
namespace maillage::io {

/// A document's reading in both languages.
struct ReadDocument {
    const Document& document;
    Reading fr, en;

    [[nodiscard]] Both title() const { return {fr.title, en.title}; }
};

struct PageContent {
    const PageInput& input;
    PageViews views;
    std::vector<ReadDocument> documents;  ///< beside input.documents
    std::optional<MapScene> scene;        ///< when there are communities
    std::vector<VertexId> actors;  ///< of `input.all`, in the order of the page's data: those drawn first
    std::vector<std::uint32_t>
        number_of;  ///< vertex of `input.all` -> position in `actors`, UINT32_MAX if not there

    /// Null when there is none of that name.
    [[nodiscard]] const ReadDocument* document(std::string_view name) const noexcept;
    [[nodiscard]] Both label(std::string_view attribute, std::string_view code) const;
    [[nodiscard]] std::string_view name(VertexId v) const { return input.network.name(input.all.actor(v)); }
};

/// A section with its heading; `id` is its anchor.
void open_section(Html& html, std::string_view id, const Both& title);
void close_section(Html& html);
/// A figure that can be scrolled, with its caption; nothing where the figure is empty. id: the one that names it.
void write_figure_box(Html& html, const std::string& id, const std::string& svg, const FigureWords& words);
/// A sentence about why something is not there.
void write_missing(Html& html, const Both& why);

/// Names of communities by CommunityId, and the number people call each.
struct CommunityWords {
    std::vector<std::string> fr, en;
    [[nodiscard]] Both of(CommunityId c) const { return {fr[index_of(c)], en[index_of(c)]}; }
};
[[nodiscard]] CommunityWords community_words(const CommunitiesView& view);

/// What the dataset does not have and the page cannot show, in sentences.
[[nodiscard]] std::vector<Both> what_is_missing(const PageContent& page);

void write_recommendations_section(Html& html, const PageContent& page);
void write_map_section(Html& html, const PageContent& page);
void write_openness_section(Html& html, const PageContent& page);
void write_bridges_section(Html& html, const PageContent& page);
/// The title of the document's reading and the reading itself.
void write_reading_section(Html& html, const PageContent& page, const ReadDocument& document);
void write_method_section(Html& html, const PageContent& page);

/// Data of the script: actors, partnerships, words. See page.mjs for its shape.
[[nodiscard]] std::string page_data(const PageContent& page, bool lists_are_written);
/// Whether the page has the list of every actor as text; beyond, the script makes it of the data.
[[nodiscard]] bool lists_fit(const PageContent& page);

}  // namespace maillage::io

#pragma once

#include "engine/date.hpp"
#include "engine/random.hpp"

#include "tools/generate/permutation.hpp"
#include "tools/generate/region_options.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage::tools {

/// Rows of a synthetic region, each computed from its number alone: nothing of the size of the region is
/// kept, and rows may be asked for in any order.
///
/// Definition  Groups have sizes that fall off like rank^-0.75; actors belong to one each, in no order of
/// their ids.
///             An actor has a kind and a place that its group prefers, offers one to six expertises, mostly
///             in the domains its group prefers, and seeks up to three, mostly in others. Activity in a group
///             is a power law (expected degree ~ rank^-0.6, so degrees fall like d^-2.7). Exactly
///             round(mixing x partnerships) partnerships have members of two groups or more, the others lie
///             inside one. Partnerships have 2 members mostly, up to 30 with a tail like k^-3; about one in
///             eight repeats a pair seen shortly before; nearly half of those inside a group keep to a circle
///             of a dozen of its actors, which closes triangles. Starts lean to the later years.
/// Random      Every row has its own stream, keyed by the seed, the table and the row. Only exactly rounded
/// operations
///             are used, so that the rows are the same on every machine.
/// Memory      8 bytes a group, 24 an expertise.
/// Errors      OptionError (see validate).
/// Source      Planted groups: Condon and Karp 2001; power-law activity: Chung and Lu 2002; circles: the
/// overlapping
///             foci of Feld 1981. The rest is ours.
class Region {
public:
    enum class Relation : std::uint8_t { offers, seeks };

    struct Place {
        std::string name;
        std::string_view country;
        std::int32_t lat = 0, lon = 0;  ///< hundredths of a degree
    };
    struct Actor {
        std::uint32_t group = 0, kind = 0, place = 0;
    };
    struct Expertise {
        std::uint32_t parent = 0;                        ///< itself for a root
        std::uint32_t domain = 0, theme = 0, topic = 0;  ///< numbers from 1 in the label, 0 below its level
    };
    struct Holding {
        std::uint32_t expertise = 0;
        Relation relation = Relation::offers;
        std::uint32_t tenths = 10;  ///< level
    };
    struct Partnership {
        std::vector<std::uint32_t> members;  ///< ascending
        std::uint32_t coordinator = 0;       ///< the member that was drawn first
        bool across = false;                 ///< between groups
        std::uint32_t kind = 0;
        Date start;
        std::optional<Date> end;            ///< empty when it still runs at the end of the last year
        std::vector<std::uint32_t> topics;  ///< ascending
    };
    struct Need {
        std::uint32_t expertise = 0, weight = 1, min_holders = 1;
    };
    struct Opportunity {
        std::uint32_t kind = 0;
        Date opens, deadline;
        std::uint32_t min_partners = 2, max_partners = 0, min_kinds = 0, min_countries = 0;  ///< 0: not asked
        std::optional<std::uint32_t> required_kind;
        std::vector<Need> needs;  ///< ascending by expertise
    };

    explicit Region(const RegionOptions& options);

    [[nodiscard]] const RegionOptions& options() const noexcept { return options_; }  ///< completed
    [[nodiscard]] Actor actor(std::uint32_t a) const;
    [[nodiscard]] std::uint32_t group_of(std::uint32_t a) const noexcept;
    [[nodiscard]] std::uint32_t group_size(std::uint32_t g) const noexcept {
        return offsets_[g + 1] - offsets_[g];
    }
    [[nodiscard]] std::uint32_t place_count() const noexcept { return places_; }
    [[nodiscard]] Place place(std::uint32_t p) const;
    [[nodiscard]] const std::vector<Expertise>& expertises() const noexcept { return expertises_; }
    void holdings(std::uint32_t a, std::vector<Holding>& rows) const;  ///< ascending by expertise, none twice
    void partnership(std::uint32_t p, Partnership& row) const;
    void opportunity(std::uint32_t o, Opportunity& row) const;

private:
    void draw_group_sizes();
    void grow_expertises();
    [[nodiscard]] std::uint32_t actor_at(std::uint32_t group, std::uint32_t position) const noexcept;
    [[nodiscard]] bool across(std::uint32_t p) const noexcept;
    [[nodiscard]] std::uint32_t group_at_rank(std::uint32_t rank) const noexcept;
    [[nodiscard]] std::uint32_t other_group(Rng& rng, std::uint32_t group) const noexcept;
    [[nodiscard]] std::uint32_t partner_in(Rng& rng, std::uint32_t group, std::uint32_t near) const noexcept;
    [[nodiscard]] std::uint32_t preferred_domain(Rng& rng, std::uint32_t group) const noexcept;
    [[nodiscard]] std::uint32_t expertise_in(Rng& rng, std::uint32_t domain) const noexcept;
    void draw_members(std::uint32_t p, Partnership& row) const;
    void draw_inside(Rng& rng, std::uint32_t size, std::vector<std::uint32_t>& members) const;
    void draw_across(Rng& rng, std::uint32_t size, std::vector<std::uint32_t>& members) const;
    void draw_dates(Rng& rng, std::uint32_t p, Partnership& row) const;
    void draw_topics(Rng& rng, Partnership& row) const;

    RegionOptions options_;
    Rng root_;
    Permutation rank_of_;   ///< actor -> rank; ranks are contiguous in a group
    Permutation order_of_;  ///< partnership -> which are across
    std::uint32_t across_count_ = 0;
    std::uint32_t inside_ranks_ = 0;  ///< ranks of groups of two or more: they come first
    std::uint32_t places_ = 0;
    std::vector<std::uint32_t> offsets_;  ///< of groups in ranks
    std::vector<Expertise> expertises_;
    std::vector<std::uint32_t> domain_begin_;
};

/// How a file gets its place: called with its name and a function that writes its bytes.
using RegionFileWriter =
    std::function<void(const std::string& name, const std::function<void(std::ostream&)>& body)>;
/// Called now and then with the share of the work that is done.
using RegionProgress = std::function<void(double share)>;

/// Writes the tables of a region row by row, in the canonical form of a dataset (that of `convert`), but that
/// a column of opportunities stays where it happens to be empty.
void write_region(const Region& region, const RegionFileWriter& write_file,
                  const RegionProgress& progress = {});

}  // namespace maillage::tools

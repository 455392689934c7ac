#include "tools/generate/region.hpp"

#include "engine/error.hpp"
#include "engine/random.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ostream>
#include <string_view>
#include <vector>

namespace maillage::tools {
namespace {

constexpr std::array<std::string_view, 8> kinds = {"municipality", "association", "company", "university",
                                                   "school",       "agency",      "network", "public_body"};
constexpr std::array<std::string_view, 8> kind_words = {
    "Commune", "Association", "Entreprise", "Université", "Lycée", "Agence", "Réseau", "Établissement"};
constexpr std::array<std::string_view, 5> partnership_kinds = {"project", "cooperation", "twinning", "event",
                                                               "funding"};
constexpr std::uint32_t places = 40;
constexpr std::uint32_t expertises_a_domain = 12;
constexpr std::uint32_t largest_partnership = 30;

enum Stream : std::uint64_t {
    group_stream,
    actor_stream,
    holding_stream,
    partnership_stream,
    opportunity_stream
};

struct Shape {
    std::uint32_t groups, expertises, domains;
    std::uint64_t partnerships;
};

Shape shape_of(const RegionOptions& o) {
    Shape s{};
    s.groups = o.groups != 0 ? o.groups : static_cast<std::uint32_t>(std::max(2.0, std::sqrt(o.actors)));
    s.expertises = o.expertises != 0 ? o.expertises
                                     : std::clamp<std::uint32_t>(
                                           static_cast<std::uint32_t>(6.0 * std::sqrt(o.actors)), 24, 3000);
    s.domains = (s.expertises + expertises_a_domain - 1) / expertises_a_domain;
    s.partnerships = o.partnerships != 0 ? o.partnerships : std::uint64_t{10} * o.actors;
    return s;
}

/// Number padded with zeros to the width of the largest, so that the order of ids is that of the numbers.
std::string padded(std::string_view prefix, std::uint64_t number, std::uint64_t largest) {
    std::string digits = std::to_string(number);
    const std::size_t width = std::to_string(largest).size();
    return std::string(prefix) + std::string(width - std::min(width, digits.size()), '0') + digits;
}

/// The actors in the order of their groups, with their activity summed up, to draw one in O(log n).
class Population {
public:
    Population(const RegionOptions& options, const Shape& shape, const Rng& root)
        : group_begin_(shape.groups + 1, 0) {
        draw_sizes(options.actors, shape.groups);
        activity_sum_.reserve(options.actors + std::size_t{1});
        activity_sum_.push_back(0.0);
        group_of_.reserve(options.actors);
        for (std::uint32_t g = 0; g < shape.groups; ++g) {
            for (std::uint32_t i = group_begin_[g]; i < group_begin_[g + 1]; ++i) {
                Rng rng = root.fork(actor_stream).fork(i);
                constexpr double exponent = 1.5;  // of the tail: density falls like x^-2.5
                constexpr double largest = 200.0;
                const double activity = std::min(largest, std::pow(1.0 - rng.uniform01(), -1.0 / exponent));
                activity_sum_.push_back(activity_sum_.back() + activity);
                group_of_.push_back(g);
            }
        }
    }

    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(group_of_.size()); }
    [[nodiscard]] std::uint32_t group(std::uint32_t actor) const noexcept { return group_of_[actor]; }
    [[nodiscard]] std::uint32_t draw(Rng& rng) const { return draw(rng, 0, size()); }
    [[nodiscard]] std::uint32_t draw_in_group(Rng& rng, std::uint32_t g) const {
        return draw(rng, group_begin_[g], group_begin_[g + 1]);
    }

private:
    /// Sizes like 1 / (rank + 3), at least one each.
    void draw_sizes(std::uint32_t actors, std::uint32_t groups) {
        double total = 0.0;
        for (std::uint32_t g = 0; g < groups; ++g) {
            total += 1.0 / (g + 3.0);
        }
        double before = 0.0;
        for (std::uint32_t g = 0; g < groups; ++g) {
            before += 1.0 / (g + 3.0);
            const auto end = static_cast<std::uint32_t>(std::llround(before / total * (actors - groups)));
            group_begin_[g + 1] = end + g + 1;
        }
    }

    [[nodiscard]] std::uint32_t draw(Rng& rng, std::uint32_t begin, std::uint32_t end) const {
        const double low = activity_sum_[begin];
        const double target = low + rng.uniform01() * (activity_sum_[end] - low);
        const auto first = activity_sum_.begin() + begin + 1;
        const auto last = activity_sum_.begin() + end + 1;
        const auto found =
            static_cast<std::uint32_t>(std::upper_bound(first, last, target) - activity_sum_.begin());
        return std::min(found - 1, end - 1);
    }

    std::vector<std::uint32_t> group_begin_;
    std::vector<double> activity_sum_;
    std::vector<std::uint32_t> group_of_;
};

class Region {
public:
    explicit Region(const RegionOptions& options)
        : o_(options), shape_(shape_of(options)), root_(options.seed), population_(options, shape_, root_) {}

    void write(const RegionFileWriter& write_file) const {
        write_file("actors.csv", [this](std::ostream& out) { write_actors(out); });
        write_file("expertises.csv", [this](std::ostream& out) { write_expertises(out); });
        write_file("actor_expertises.csv", [this](std::ostream& out) { write_holdings(out); });
        // members.csv needs the same rows again: they are drawn again, not kept
        write_file("partnerships.csv", [this](std::ostream& out) { write_partnerships(out, false); });
        write_file("members.csv", [this](std::ostream& out) { write_partnerships(out, true); });
        write_file("opportunities.csv", [this](std::ostream& out) { write_opportunities(out); });
        write_file("opportunity_expertises.csv", [this](std::ostream& out) { write_needs(out); });
        write_file("maillage.json", [this](std::ostream& out) { write_settings(out); });
    }

private:
    [[nodiscard]] std::string actor_id(std::uint32_t a) const { return padded("a", a + 1, o_.actors); }
    [[nodiscard]] std::string expertise_id(std::uint32_t x) const {
        return padded("x", x + 1, shape_.expertises);
    }
    [[nodiscard]] std::string domain_id(std::uint32_t d) const { return padded("d", d + 1, shape_.domains); }

    void write_actors(std::ostream& out) const {
        out << "id,name,kind,place,country,planted_group\n";
        for (std::uint32_t a = 0; a < o_.actors; ++a) {
            Rng rng = root_.fork(actor_stream).fork(a).fork(1);
            const std::uint32_t g = population_.group(a);
            const std::uint32_t kind = rng.uniform01() < 0.6 ? g % kinds.size() : rng.below(kinds.size());
            const std::uint32_t place = rng.uniform01() < 0.5 ? g % places : rng.below(places);
            out << actor_id(a) << ',' << kind_words[kind] << ' ' << a + 1 << " (fictif)," << kinds[kind]
                << ",Ville " << place + 1 << ",FR,g" << g + 1 << '\n';
        }
    }

    void write_expertises(std::ostream& out) const {
        out << "id,parent,label_fr,label_en,scheme\n";
        for (std::uint32_t d = 0; d < shape_.domains; ++d) {
            out << domain_id(d) << ",,Domaine " << d + 1 << ",Domain " << d + 1 << ",synthetic\n";
        }
        for (std::uint32_t x = 0; x < shape_.expertises; ++x) {
            const std::uint32_t d = x / expertises_a_domain;
            const std::uint32_t i = x % expertises_a_domain + 1;
            out << expertise_id(x) << ',' << domain_id(d) << ",Thème " << d + 1 << '.' << i << ",Topic "
                << d + 1 << '.' << i << ",synthetic\n";
        }
    }

    /// An expertise of one of the two domains the group prefers, or any.
    [[nodiscard]] std::uint32_t draw_expertise(Rng& rng, std::uint32_t g) const {
        if (rng.uniform01() >= 0.7) {
            return rng.below(shape_.expertises);
        }
        const std::uint32_t d =
            static_cast<std::uint32_t>((std::uint64_t{g} * 2 + rng.below(2)) % shape_.domains);
        const std::uint32_t first = d * expertises_a_domain;
        return first + rng.below(std::min(expertises_a_domain, shape_.expertises - first));
    }

    void write_holdings(std::ostream& out) const {
        out << "actor,expertise,relation,level\n";
        std::vector<std::uint32_t> held;
        for (std::uint32_t a = 0; a < o_.actors; ++a) {
            Rng rng = root_.fork(holding_stream).fork(a);
            const std::uint32_t offers = 1 + rng.below(6);
            const std::uint32_t seeks = rng.below(3);
            held.clear();
            for (std::uint32_t i = 0; i < offers + seeks; ++i) {
                const std::uint32_t x = draw_expertise(rng, population_.group(a));
                const std::uint32_t level = 4 + rng.below(7);
                if (std::find(held.begin(), held.end(), x) != held.end()) {
                    continue;
                }
                held.push_back(x);
                out << actor_id(a) << ',' << expertise_id(x) << ',' << (i < offers ? "offers," : "seeks,");
                out << (level == 10 ? std::string("1") : "0." + std::to_string(level)) << '\n';
            }
        }
    }

    struct Drawn {
        std::vector<std::uint32_t> members;
        std::uint32_t kind = 0;
        std::int32_t start = 0;
        std::int32_t end = 0;  ///< 0: runs still
        std::uint32_t expertise = 0;
    };

    void draw_members(Rng& rng, std::vector<std::uint32_t>& members) const {
        const std::uint32_t first = population_.draw(rng);
        members.assign(1, first);
        std::uint32_t size = 2;
        if (rng.uniform01() < 0.25) {  // a tail that falls like k^-3
            size = std::min(largest_partnership,
                            static_cast<std::uint32_t>(2.0 / std::sqrt(1.0 - rng.uniform01())) + 1);
        }
        const bool open = rng.uniform01() < o_.mixing;
        for (std::uint32_t tries = 0; members.size() < size && tries < 20 * size; ++tries) {
            const std::uint32_t next =
                open ? population_.draw(rng) : population_.draw_in_group(rng, population_.group(first));
            if (std::find(members.begin(), members.end(), next) == members.end()) {
                members.push_back(next);
            }
        }
        while (members.size() < 2) {  // a group of one, or nearly: somebody else
            const std::uint32_t next = rng.below(o_.actors);
            if (next != first) {
                members.push_back(next);
            }
        }
    }

    void draw(std::uint64_t p, Drawn& drawn) const {
        Rng rng = root_.fork(partnership_stream).fork(p);
        drawn.kind = rng.below(partnership_kinds.size());
        const double years = o_.last_year - o_.first_year + 1;
        drawn.start = o_.first_year + static_cast<std::int32_t>(std::sqrt(rng.uniform01()) * years);
        drawn.end = rng.uniform01() < 0.6
                        ? std::min<std::int32_t>(o_.last_year,
                                                 drawn.start + 1 + static_cast<std::int32_t>(rng.below(5)))
                        : 0;
        if (p > 0 && rng.uniform01() < 0.2) {  // the same partners again
            const std::uint64_t back =
                1 + rng.below(static_cast<std::uint32_t>(std::min<std::uint64_t>(p, 1000)));
            Rng earlier = root_.fork(partnership_stream).fork(p - back).fork(1);
            draw_members(earlier, drawn.members);
        } else {
            Rng own = root_.fork(partnership_stream).fork(p).fork(1);
            draw_members(own, drawn.members);
        }
        drawn.expertise = draw_expertise(rng, population_.group(drawn.members.front()));
    }

    void write_partnerships(std::ostream& out, bool members) const {
        out << (members ? "partnership,actor\n" : "id,kind,start,end,expertises,a,b\n");
        Drawn drawn;
        for (std::uint64_t p = 0; p < shape_.partnerships; ++p) {
            draw(p, drawn);
            const std::string id = padded("p", p + 1, shape_.partnerships);
            const bool pair = drawn.members.size() == 2;
            if (members) {
                for (const std::uint32_t a : drawn.members) {
                    if (!pair) {
                        out << id << ',' << actor_id(a) << '\n';
                    }
                }
                continue;
            }
            out << id << ',' << partnership_kinds[drawn.kind] << ',' << drawn.start << ',';
            if (drawn.end != 0) {
                out << drawn.end;
            }
            out << ',' << expertise_id(drawn.expertise) << ',' << (pair ? actor_id(drawn.members[0]) : "")
                << ',' << (pair ? actor_id(drawn.members[1]) : "") << '\n';
        }
    }

    void write_opportunities(std::ostream& out) const {
        out << "id,title,kind,min_partners\n";
        for (std::uint32_t i = 0; i < o_.opportunities; ++i) {
            Rng rng = root_.fork(opportunity_stream).fork(i);
            out << padded("o", i + 1, o_.opportunities) << ",Appel fictif " << i + 1 << ",call,"
                << 2 + rng.below(5) << '\n';
        }
    }

    void write_needs(std::ostream& out) const {
        out << "opportunity,expertise\n";
        std::vector<std::uint32_t> needed;
        for (std::uint32_t i = 0; i < o_.opportunities; ++i) {
            Rng rng = root_.fork(opportunity_stream).fork(i).fork(1);
            needed.clear();
            for (std::uint32_t k = 3 + rng.below(4); k > 0; --k) {
                const std::uint32_t x = rng.below(shape_.expertises);
                if (std::find(needed.begin(), needed.end(), x) == needed.end()) {
                    needed.push_back(x);
                    out << padded("o", i + 1, o_.opportunities) << ',' << expertise_id(x) << '\n';
                }
            }
        }
    }

    void write_settings(std::ostream& out) const {
        std::array<char, 32> mixing{};
        const auto end = std::to_chars(mixing.data(), mixing.data() + mixing.size(), o_.mixing).ptr;
        out << "{\n  \"title\": \"Région synthétique (maillage generate --actors " << o_.actors
            << " --partnerships " << shape_.partnerships << " --expertises " << shape_.expertises
            << " --groups " << shape_.groups << " --mixing "
            << std::string_view(mixing.data(), static_cast<std::size_t>(end - mixing.data()))
            << " --opportunities " << o_.opportunities << " --years " << o_.first_year << ':' << o_.last_year
            << " --seed " << o_.seed << ")\",\n"
            << "  \"licence\": \"CC0-1.0\",\n  \"group_by\": [\"kind\", \"planted_group\"],\n"
            << "  \"labels\": {\"attribute\": {\"planted_group\": {\"fr\": \"Groupe planté\", \"en\": "
               "\"Planted group\"}}}\n}\n";
    }

    const RegionOptions& o_;
    Shape shape_;
    Rng root_;
    Population population_;
};

void require(bool truth, const char* field, const std::string& message) {
    if (!truth) {
        throw OptionError(field, message);
    }
}

}  // namespace

void validate(const RegionOptions& o) {
    constexpr std::uint32_t most_actors = 50'000'000;
    constexpr std::uint64_t most_partnerships = 4'000'000'000;
    constexpr std::uint32_t most_others = 100'000;
    require(o.actors >= 2 && o.actors <= most_actors, "actors", "--actors is a number from 2 to 50000000");
    require(o.partnerships <= most_partnerships, "partnerships", "--partnerships is at most 4000000000");
    require(o.expertises <= most_others, "expertises", "--expertises is at most 100000");
    require(o.groups <= o.actors, "groups", "--groups cannot exceed the number of actors");
    require(std::isfinite(o.mixing) && o.mixing >= 0.0 && o.mixing <= 1.0, "mixing",
            "--mixing lies between 0 and 1");
    require(o.opportunities <= most_others, "opportunities", "--opportunities is at most 100000");
    require(o.first_year >= 1 && o.last_year <= 9999 && o.first_year <= o.last_year, "years",
            "--years is FIRST:LAST, such as 2000:2025");
}

void write_region(const RegionOptions& options, const RegionFileWriter& write_file) {
    validate(options);
    Region(options).write(write_file);
}

}  // namespace maillage::tools

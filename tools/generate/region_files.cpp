#include "io/datapackage.hpp"
#include "io/json_writer.hpp"
#include "io/write_dataset.hpp"

#include "tools/generate/region.hpp"
#include "tools/generate/region_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>

namespace maillage::tools {
namespace {

/// Text gathered in large pieces: a stream is slow by the character.
class Buffer {
public:
    explicit Buffer(std::ostream& out) : out_(out) { text_.reserve(limit + 4096); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { flush(); }

    Buffer& operator<<(std::string_view text) {
        text_ += text;
        return *this;
    }
    Buffer& operator<<(char c) {
        text_ += c;
        return *this;
    }
    Buffer& operator<<(std::uint64_t number) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        text_.append(digits.data(), end);
        return *this;
    }
    Buffer& operator<<(std::uint32_t number) { return *this << std::uint64_t{number}; }
    /// With zeros in front, so that the order of ids is that of numbers.
    Buffer& padded(std::uint64_t number, std::size_t width) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        const auto size = static_cast<std::size_t>(end - digits.data());
        text_.append(width - std::min(width, size), '0').append(digits.data(), size);
        return *this;
    }
    Buffer& date(const Date& date) {
        padded(static_cast<std::uint64_t>(date.year), 4);
        if (date.month != 0) {
            (*this << '-').padded(date.month, 2);
        }
        if (date.day != 0) {
            (*this << '-').padded(date.day, 2);
        }
        return *this;
    }
    /// Hundredths as the shortest decimal.
    Buffer& hundredths(std::int32_t number) {
        *this << (number < 0 ? "-" : "");
        const auto size = static_cast<std::uint64_t>(number < 0 ? -number : number);
        *this << size / 100;
        if (size % 100 != 0) {
            *this << '.' << static_cast<char>('0' + size % 100 / 10);
        }
        if (size % 10 != 0) {
            *this << static_cast<char>('0' + size % 10);
        }
        return *this;
    }
    void end_row() {
        text_ += '\n';
        if (text_.size() > limit) {
            flush();
        }
    }

private:
    static constexpr std::size_t limit = std::size_t{1} << 16U;
    void flush() {
        out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
    std::ostream& out_;
    std::string text_;
};

std::size_t width_of(std::uint64_t largest) {
    return std::to_string(largest).size();
}

class RegionTables {
public:
    RegionTables(const Region& region, const RegionFileWriter& write_file, const RegionProgress& progress)
        : region_(region), o_(region.options()), write_file_(write_file), progress_(progress) {
        actor_width_ = width_of(o_.actors);
        partnership_width_ = width_of(*o_.partnerships);
        opportunity_width_ = width_of(*o_.opportunities);
        group_width_ = width_of(*o_.groups);
        for (const Region::Expertise& x : region.expertises()) {
            domain_width_ = std::max(domain_width_, width_of(x.domain));
            theme_width_ = std::max(theme_width_, width_of(x.theme));
            topic_width_ = std::max(topic_width_, width_of(x.topic));
        }
        for (std::uint32_t p = 0; p < region.place_count(); ++p) {
            places_.push_back(region.place(p));
        }
        const std::uint64_t rows = 2 * std::uint64_t{o_.actors} + 2 * std::uint64_t{*o_.partnerships};
        step_ = std::max<std::uint64_t>(1, rows / 1000);
        all_ = rows;
    }

    void write() {
        write_actors();
        write_expertises();
        write_holdings();
        if (*o_.partnerships > 0) {
            write_partnerships();
            write_members();
        }
        if (*o_.opportunities > 0) {
            write_opportunities();
            write_needs();
        }
        const Settings settings = make_settings();
        write_file_("maillage.json", [&settings](std::ostream& out) {
            io::JsonWriter json(out);
            io::write_settings_object(json, settings);
            out << '\n';
        });
        write_file_("datapackage.json",
                    [&](std::ostream& out) { io::write_datapackage(out, settings, tables_); });
    }

private:
    /// One table: its columns are written first, and kept for datapackage.json.
    void table(const std::string& name, std::vector<io::PackageColumn> columns,
               const std::function<void(Buffer&)>& rows) {
        write_file_(name + ".csv", [&](std::ostream& out) {
            Buffer buffer(out);
            for (std::size_t c = 0; c < columns.size(); ++c) {
                buffer << (c == 0 ? "" : ",") << columns[c].name;
            }
            buffer.end_row();
            rows(buffer);
        });
        tables_.push_back({name, std::move(columns)});
    }

    void count_row() {
        if (++done_ % step_ == 0 && progress_) {
            progress_(static_cast<double>(done_) / static_cast<double>(all_));
        }
    }

    void put_actor(Buffer& out, std::uint32_t a) const {
        (out << 'a').padded(a + std::uint64_t{1}, actor_width_);
    }
    void put_partnership(Buffer& out, std::uint32_t p) const {
        (out << 'p').padded(p + std::uint64_t{1}, partnership_width_);
    }
    void put_opportunity(Buffer& out, std::uint32_t o) const {
        (out << 'o').padded(o + std::uint64_t{1}, opportunity_width_);
    }
    void put_expertise(Buffer& out, std::uint32_t index) const {
        const Region::Expertise& x = region_.expertises()[index];
        (out << 'd').padded(x.domain, domain_width_);
        if (x.theme != 0) {
            (out << "-t").padded(x.theme, theme_width_);
        }
        if (x.topic != 0) {
            (out << "-s").padded(x.topic, topic_width_);
        }
    }
    static void put_label(Buffer& out, const Region::Expertise& x, std::string_view domain,
                          std::string_view theme, std::string_view topic) {
        out << (x.topic != 0 ? topic : x.theme != 0 ? theme : domain) << ' ' << x.domain;
        if (x.theme != 0) {
            out << '.' << x.theme;
        }
        if (x.topic != 0) {
            out << '.' << x.topic;
        }
    }

    void write_actors() {
        table("actors",
              {{"id"},
               {"name"},
               {"kind"},
               {"place"},
               {"country"},
               {"lat", "number"},
               {"lon", "number"},
               {"planted_group"}},
              [this](Buffer& out) {
                  for (std::uint32_t a = 0; a < o_.actors; ++a) {
                      const Region::Actor actor = region_.actor(a);
                      const Region::Place& place = places_[actor.place];
                      put_actor(out, a);
                      out << ',' << actor_kinds[actor.kind].fr
                          << (actor_kinds[actor.kind].feminine ? " fictive " : " fictif ")
                          << name_words[a % name_words.size()] << ' ';
                      out.padded(a + std::uint64_t{1}, actor_width_)
                          << ',' << actor_kinds[actor.kind].code << ',' << place.name << ',' << place.country
                          << ',';
                      (out.hundredths(place.lat) << ',').hundredths(place.lon) << ",G";
                      out.padded(actor.group + std::uint64_t{1}, group_width_);
                      out.end_row();
                      count_row();
                  }
              });
    }

    void write_expertises() {
        table("expertises", {{"id"}, {"parent"}, {"label_fr"}, {"label_en"}, {"scheme"}},
              [this](Buffer& out) {
                  const auto& expertises = region_.expertises();
                  for (std::uint32_t x = 0; x < expertises.size(); ++x) {
                      put_expertise(out, x);
                      out << ',';
                      if (expertises[x].parent != x) {
                          put_expertise(out, expertises[x].parent);
                      }
                      put_label(out << ',', expertises[x], "Domaine", "Thème", "Sujet");
                      put_label(out << ',', expertises[x], "Field", "Theme", "Topic");
                      out << ",synthetic";
                      out.end_row();
                  }
              });
    }

    void write_holdings() {
        table("actor_expertises", {{"actor"}, {"expertise"}, {"relation"}, {"level", "number"}},
              [this](Buffer& out) {
                  std::vector<Region::Holding> rows;
                  for (std::uint32_t a = 0; a < o_.actors; ++a) {
                      region_.holdings(a, rows);
                      for (const Region::Holding& row : rows) {
                          put_actor(out, a);
                          put_expertise(out << ',', row.expertise);
                          out << (row.relation == Region::Relation::offers ? ",offers," : ",seeks,");
                          if (row.tenths != 10) {
                              out << "0." << row.tenths;
                          }
                          out.end_row();
                      }
                      count_row();
                  }
              });
    }

    void write_partnerships() {
        table("partnerships",
              {{"id"}, {"name"}, {"kind"}, {"start"}, {"end"}, {"status"}, {"expertises"}, {"a"}, {"b"}},
              [this](Buffer& out) {
                  Region::Partnership row;
                  for (std::uint32_t p = 0; p < *o_.partnerships; ++p) {
                      region_.partnership(p, row);
                      put_partnership(out, p);
                      const CodeWords& kind = partnership_kinds[row.kind];
                      out << ',' << kind.fr << (kind.feminine ? " fictive " : " fictif ")
                          << p + std::uint64_t{1} << ',' << kind.code << ',';
                      out.date(row.start) << ',';
                      if (row.end) {
                          out.date(*row.end);
                      }
                      out << (row.end ? ",ended," : ",active,");
                      put_topics(out, row.topics);
                      const bool pair = row.members.size() == 2;
                      for (const std::size_t side : {0U, 1U}) {
                          out << ',';
                          if (pair) {
                              put_actor(out, row.members[side]);
                          }
                      }
                      out.end_row();
                      count_row();
                  }
              });
    }

    void put_topics(Buffer& out, const std::vector<std::uint32_t>& topics) const {
        out << (topics.size() > 1 ? "\"" : "");  // a bar is quoted
        for (std::size_t i = 0; i < topics.size(); ++i) {
            put_expertise(out << (i == 0 ? "" : "|"), topics[i]);
        }
        out << (topics.size() > 1 ? "\"" : "");
    }

    /// The partnerships are drawn a second time: cheaper than keeping them.
    void write_members() {
        table("members", {{"partnership"}, {"actor"}, {"role"}}, [this](Buffer& out) {
            Region::Partnership row;
            for (std::uint32_t p = 0; p < *o_.partnerships; ++p) {
                region_.partnership(p, row);
                for (const std::uint32_t member : row.members) {
                    if (row.members.size() == 2) {
                        break;  // has a and b
                    }
                    put_partnership(out, p);
                    put_actor(out << ',', member);
                    out << (member == row.coordinator ? ",coordinator" : ",partner");
                    out.end_row();
                }
                count_row();
            }
        });
    }

    void write_opportunities() {
        table("opportunities",
              {{"id"},
               {"title"},
               {"kind"},
               {"opens"},
               {"deadline"},
               {"min_partners", "integer"},
               {"max_partners", "integer"},
               {"min_kinds", "integer"},
               {"required_kinds"},
               {"min_countries", "integer"}},
              [this](Buffer& out) {
                  Region::Opportunity row;
                  const auto put = [&out](std::uint32_t number) {
                      out << ',';
                      if (number != 0) {
                          out << number;
                      }
                  };
                  for (std::uint32_t o = 0; o < *o_.opportunities; ++o) {
                      region_.opportunity(o, row);
                      const CodeWords& kind = opportunity_kinds[row.kind];
                      put_opportunity(out, o);
                      out << ',' << kind.fr << (kind.feminine ? " fictive " : " fictif ")
                          << o + std::uint64_t{1} << ',' << kind.code << ',';
                      (out.date(row.opens) << ',').date(row.deadline);
                      put(row.min_partners);
                      put(row.max_partners);
                      put(row.min_kinds);
                      out << ','
                          << (row.required_kind ? actor_kinds[*row.required_kind].code : std::string_view());
                      put(row.min_countries);
                      out.end_row();
                  }
              });
    }

    void write_needs() {
        table("opportunity_expertises",
              {{"opportunity"}, {"expertise"}, {"weight", "number"}, {"min_holders", "integer"}},
              [this](Buffer& out) {
                  Region::Opportunity row;
                  for (std::uint32_t o = 0; o < *o_.opportunities; ++o) {
                      region_.opportunity(o, row);
                      for (const Region::Need& need : row.needs) {
                          put_opportunity(out, o);
                          put_expertise(out << ',', need.expertise);
                          out << (need.weight == 1 ? "," : ",2") << (need.min_holders == 1 ? "," : ",2");
                          out.end_row();
                      }
                  }
              });
    }

    [[nodiscard]] Settings make_settings() const {
        std::array<char, 32> mixing{};
        const auto end = std::to_chars(mixing.data(), mixing.data() + mixing.size(), *o_.mixing).ptr;
        Settings settings;
        settings.title = "Région synthétique, données fictives (maillage generate --actors " +
                         std::to_string(o_.actors) + " --partnerships " + std::to_string(*o_.partnerships) +
                         " --expertises " + std::to_string(*o_.expertises) + " --groups " +
                         std::to_string(*o_.groups) + " --mixing " + std::string(mixing.data(), end) +
                         " --opportunities " + std::to_string(*o_.opportunities) + " --years " +
                         std::to_string(o_.first_year) + ':' + std::to_string(o_.last_year) + " --seed " +
                         std::to_string(o_.seed) + ')';
        settings.licence = "CC0-1.0";
        settings.group_by = {"planted_group", "kind"};
        const auto add = [&settings](const std::string& attribute, const auto& words) {
            for (const CodeWords& word : words) {
                settings.labels[attribute][std::string(word.code)] = {std::string(word.fr),
                                                                      std::string(word.en)};
            }
        };
        add("kind", actor_kinds);
        add("partnership_kind", partnership_kinds);
        add("opportunity_kind", opportunity_kinds);
        settings.labels["attribute"]["planted_group"] = {"Groupe planté", "Planted group"};
        settings.labels["attribute"]["kind"] = {"Type d'acteur", "Kind of actor"};
        return settings;
    }

    const Region& region_;
    const RegionOptions& o_;
    const RegionFileWriter& write_file_;
    const RegionProgress& progress_;
    std::vector<io::PackageTable> tables_;
    std::vector<Region::Place> places_;
    std::size_t actor_width_ = 1, partnership_width_ = 1, opportunity_width_ = 1, group_width_ = 1;
    std::size_t domain_width_ = 1, theme_width_ = 1, topic_width_ = 1;
    std::uint64_t done_ = 0, step_ = 1, all_ = 1;
};

}  // namespace

void write_region(const Region& region, const RegionFileWriter& write_file, const RegionProgress& progress) {
    RegionTables(region, write_file, progress).write();
}

}  // namespace maillage::tools

#include "io/report/recommendation_parts.hpp"

#include "engine/error.hpp"

#include "algorithms/recommend/exposure.hpp"
#include "algorithms/recommend/list_figures.hpp"

#include "io/json_writer.hpp"
#include "io/report/recommendations_document.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace maillage::io {
namespace {

constexpr std::string_view result_line = "  \"result\": {";
constexpr std::string_view shard_begin = "    \"shard\": {\"part\": ";
constexpr std::string_view no_part = "not a part that maillage recommend --shard wrote";

/// Lines of a text, one after the other.
class Lines {
public:
    explicit Lines(const PartFile& file) : file_(&file) {}

    /// False at the end.
    bool next(std::string_view& line) {
        if (at_ >= file_->text.size()) {
            return false;
        }
        const std::size_t end = std::min(file_->text.find('\n', at_), file_->text.size());
        line = file_->text.substr(at_, end - at_);
        at_ = end + 1;
        ++number_;
        return true;
    }
    std::string_view need() {
        std::string_view line;
        if (!next(line)) {
            fail("cut off: the document is not complete");
        }
        return line;
    }
    [[noreturn]] void fail(std::string message) const {
        throw InputError(Diagnostic{Severity::error, {file_->name, number_, 0}, std::move(message), {}});
    }

private:
    const PartFile* file_;
    std::size_t at_ = 0;
    std::uint32_t number_ = 0;
};

std::optional<std::uint64_t> leading_number(std::string_view text) {
    std::uint64_t x = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
    return error == std::errc{} ? std::optional(x) : std::nullopt;
}

/// A field of the result: its value, or where the items of a list begin.
struct Field {
    std::string_view name;
    std::string_view value;               ///< without a comma behind it
    std::vector<std::string_view> items;  ///< of a list, likewise
    bool list = false;
};

struct Part {
    const PartFile* file = nullptr;
    std::uint64_t part = 0, of = 0;
    std::vector<std::string_view> head;  ///< lines before the result, the one of the shard aside
    std::vector<Field> fields;
};

std::string_view without_comma(std::string_view line) noexcept {
    return line.ends_with(',') ? line.substr(0, line.size() - 1) : line;
}

void read_shard(const Lines& lines, std::string_view line, Part& part) {
    std::string_view rest = line.substr(shard_begin.size());
    const auto number = leading_number(rest);
    constexpr std::string_view between = ", \"of\": ";
    const std::size_t comma = std::min(rest.find(between), rest.size());
    rest.remove_prefix(std::min(rest.size(), comma + between.size()));
    const auto of = leading_number(rest);
    if (!number || !of || *number < 1 || *number > *of) {
        lines.fail(std::string(no_part));
    }
    part.part = *number;
    part.of = *of;
}

/// `    "name": value` into its two parts.
Field read_field(const Lines& lines, std::string_view line) {
    constexpr std::string_view begin = "    \"";
    constexpr std::string_view middle = "\": ";
    const std::size_t end = line.find(middle);
    if (!line.starts_with(begin) || end == std::string_view::npos) {
        lines.fail(std::string(no_part));
    }
    return {line.substr(begin.size(), end - begin.size()),
            without_comma(line.substr(end + middle.size())),
            {},
            false};
}

Part read_part(const PartFile& file) {
    Part part;
    part.file = &file;
    Lines lines(file);
    std::string_view line;
    if (!lines.next(line) || line != "{") {
        lines.fail(std::string(no_part));
    }
    part.head.push_back(line);
    for (line = lines.need(); line != result_line; line = lines.need()) {
        if (line.starts_with(shard_begin)) {
            read_shard(lines, line, part);
        } else {
            part.head.push_back(line);
        }
    }
    const bool document =
        part.head.size() > 1 && part.head[1].starts_with("  \"schema\": \"maillage/recommendations/");
    if (part.of == 0 || !document) {
        lines.fail(std::string(no_part) + (document ? ": it is of a whole run" : ""));
    }
    for (line = lines.need(); line != "  }"; line = lines.need()) {
        Field field = read_field(lines, line);
        if (field.value == "[") {
            field.list = true;
            for (line = lines.need(); !line.starts_with("    ]"); line = lines.need()) {
                if (!line.starts_with("      {")) {
                    lines.fail(std::string(no_part));
                }
                field.items.push_back(without_comma(line));
            }
        } else if (field.value == "[]") {
            field.list = true;
        } else if (field.value == "{") {
            lines.fail("the field \"" + std::string(field.name) +
                       "\" of the result is not one that parts have");
        }
        part.fields.push_back(std::move(field));
    }
    if (lines.need() != "}" || lines.next(line)) {
        lines.fail("something stands behind the document");
    }
    return part;
}

[[noreturn]] void refuse(const Part& part, std::string message) {
    throw InputError(Diagnostic{Severity::error, {part.file->name, 0, 0}, std::move(message), {}});
}

void check_numbers(const std::vector<Part>& parts) {
    const std::uint64_t of = parts.front().of;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].of != of) {
            refuse(parts[i], "one of " + std::to_string(parts[i].of) + " parts; " + parts.front().file->name +
                                 " is one of " + std::to_string(of));
        }
        if (i > 0 && parts[i].part == parts[i - 1].part) {
            refuse(parts[i], "part " + std::to_string(parts[i].part) + " is there twice, also as " +
                                 parts[i - 1].file->name);
        }
    }
    for (std::uint64_t number = 1; number <= of; ++number) {
        if (number > parts.size() || parts[number - 1].part != number) {
            refuse(parts.front(),
                   "part " + std::to_string(number) + " of " + std::to_string(of) + " is missing");
        }
    }
}

std::string trimmed_line(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    return std::string(without_comma(line.substr(begin)));
}

/// A field that only parts have.
bool is_for_merge(std::string_view name) noexcept {
    return name == "tally" || name == "shown_by_score";
}

/// A field that has its own way of being put together; others that are no lists must be the same in all parts.
bool is_merged(std::string_view name) noexcept {
    return name == "summary" || name == "exposure" || name == "candidates" || name == "lists" ||
           is_for_merge(name);
}

void check_heads(const std::vector<Part>& parts) {
    const auto& first = parts.front().head;
    for (const Part& part : parts) {
        const auto [a, b] = std::mismatch(first.begin(), first.end(), part.head.begin(), part.head.end());
        if (a != first.end() || b != part.head.end()) {
            const std::string theirs = b == part.head.end() ? "nothing" : trimmed_line(*b);
            const std::string ours = a == first.end() ? "nothing" : trimmed_line(*a);
            refuse(part,
                   "of another run than " + parts.front().file->name + ": " + theirs + " instead of " + ours);
        }
    }
    for (const Part& part : parts) {
        const bool same = std::equal(
            part.fields.begin(), part.fields.end(), parts.front().fields.begin(), parts.front().fields.end(),
            [](const Field& x, const Field& y) { return x.name == y.name && x.list == y.list; });
        if (!same) {
            refuse(part, "its result has other fields than that of " + parts.front().file->name);
        }
        for (std::size_t i = 0; i < part.fields.size(); ++i) {
            const Field& field = part.fields[i];
            if (!field.list && !is_merged(field.name) && field.value != parts.front().fields[i].value) {
                refuse(part, "of another run than " + parts.front().file->name + ": another " +
                                 std::string(field.name));
            }
        }
    }
}

/// The members of a flat object on one line, names with their values as written.
std::vector<std::pair<std::string_view, std::string_view>> members(const Part& part,
                                                                   std::string_view object) {
    std::vector<std::pair<std::string_view, std::string_view>> found;
    if (object.size() < 2 || object.front() != '{' || object.back() != '}') {
        refuse(part, std::string(no_part));
    }
    std::string_view rest = object.substr(1, object.size() - 2);
    while (!rest.empty()) {
        const std::size_t colon = rest.find("\": ");
        if (rest.front() != '"' || colon == std::string_view::npos) {
            refuse(part, std::string(no_part));
        }
        const std::string_view name = rest.substr(1, colon - 1);
        rest.remove_prefix(colon + 3);
        const std::size_t end = std::min(rest.find(", \""), rest.size());
        found.emplace_back(name, rest.substr(0, end));
        rest.remove_prefix(std::min(rest.size(), end + 2));
    }
    return found;
}

/// What the parts have of the whole is the same in all.
bool is_counted_by_part(std::string_view name) noexcept {
    return name != "actors_in_scope" && name != "excluded_pairs";
}

std::string merged_summary(const std::vector<Part>& parts, std::size_t field) {
    auto sums = members(parts.front(), parts.front().fields[field].value);
    std::vector<std::uint64_t> totals(sums.size(), 0);
    for (const Part& part : parts) {
        const auto mine = members(part, part.fields[field].value);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            if (mine.size() != sums.size() || mine[i].first != sums[i].first) {
                refuse(part, "its summary has other fields than that of " + parts.front().file->name);
            }
            const auto number = leading_number(mine[i].second);
            const bool adds_up = number && is_counted_by_part(sums[i].first);
            if (!adds_up && mine[i].second != sums[i].second) {
                refuse(part, "of another run than " + parts.front().file->name + ": another " +
                                 std::string(sums[i].first));
            }
            totals[i] += adds_up ? *number : 0;
        }
    }
    std::string text = "{";
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const bool adds_up = leading_number(sums[i].second) && is_counted_by_part(sums[i].first);
        text += i > 0 ? ", \"" : "\"";
        text += sums[i].first;
        text += "\": ";
        text += adds_up ? std::to_string(totals[i]) : std::string(sums[i].second);
    }
    return text + "}";
}

std::uint64_t actors_in_scope(const Part& part, std::string_view summary) {
    for (const auto& [name, value] : members(part, summary)) {
        if (name == "actors_in_scope") {
            return leading_number(value).value_or(0);
        }
    }
    refuse(part, std::string(no_part));
}

ListTally merged_tally(const std::vector<Part>& parts, std::size_t field) {
    ListTally all;
    for (const Part& part : parts) {
        const auto mine = members(part, part.fields[field].value);
        std::size_t i = 0;
        ListTally::for_each(all, [&](std::string_view name, std::uint64_t& number) {
            const auto found =
                i < mine.size() && mine[i].first == name ? leading_number(mine[i].second) : std::nullopt;
            if (!found) {
                refuse(part, std::string(no_part) + ": its tally has no " + std::string(name));
            }
            number += *found;
            ++i;
        });
    }
    return all;
}

/// How often actors are shown, and how prominently.
struct Shown {
    std::unordered_map<std::string_view, double> exposures;
    std::unordered_map<std::string_view, std::size_t> lists;

    [[nodiscard]] std::size_t most() const {
        std::size_t most = 0;
        for (const auto& [actor, times] : lists) {
            most = std::max(most, times);
        }
        return most;
    }
};

Shown shown_in(const std::vector<Part>& parts, std::size_t recommendations) {
    constexpr std::string_view partner_is = "\", \"partner\": \"";
    constexpr std::string_view rank_is = ", \"rank\": ";
    Shown shown;
    for (const Part& part : parts) {
        for (const std::string_view item : part.fields[recommendations].items) {
            const std::size_t partner = item.find(partner_is);
            const std::size_t rank = item.find(rank_is);
            const std::size_t end = item.find("\", \"actor_name\": ");
            if (partner == std::string_view::npos || rank == std::string_view::npos ||
                end == std::string_view::npos || end < partner + partner_is.size()) {
                refuse(part, std::string(no_part) + ": a recommendation has no partner or no rank");
            }
            const std::size_t begin = partner + partner_is.size();
            const auto place = leading_number(item.substr(rank + rank_is.size()));
            if (!place || *place == 0 || *place > 0xFFFFFFFFU) {
                refuse(part, std::string(no_part) + ": a recommendation has no rank");
            }
            const std::string_view who = item.substr(begin, end - begin);
            shown.exposures[who] += exposure_at(static_cast<std::uint32_t>(*place));
            ++shown.lists[who];
        }
    }
    return shown;
}

/// {"actor": "…", "exposure": x}, added up.
std::unordered_map<std::string_view, double> shown_by_score(const std::vector<Part>& parts,
                                                            std::size_t field) {
    constexpr std::string_view actor_is = "      {\"actor\": \"";
    constexpr std::string_view exposure_is = "\", \"exposure\": ";
    std::unordered_map<std::string_view, double> shown;
    for (const Part& part : parts) {
        for (const std::string_view item : part.fields[field].items) {
            const std::size_t end = item.find(exposure_is);
            double worth = 0.0;
            if (item.starts_with(actor_is) && end != std::string_view::npos) {
                std::from_chars(item.data() + end + exposure_is.size(), item.data() + item.size(), worth);
            }
            if (worth <= 0.0) {
                refuse(part, std::string(no_part) + ": an actor is shown by score without exposure");
            }
            shown[item.substr(actor_is.size(), end - actor_is.size())] += worth;
        }
    }
    return shown;
}

Exposure exposure_of(const std::vector<Part>& parts,
                     const std::unordered_map<std::string_view, double>& shown, std::uint64_t actors) {
    if (shown.size() > actors) {
        refuse(parts.front(), "more actors are recommended than there are in scope");
    }
    std::vector<double> all(static_cast<std::size_t>(actors), 0.0);
    std::transform(shown.begin(), shown.end(), all.begin(), [](const auto& one) { return one.second; });
    return exposure(all);
}

template <class Write>
std::string text_of(Write&& write) {
    std::ostringstream text;
    JsonWriter json(text);
    write(json);
    return text.str();
}

void write_list(std::ostream& out, const std::vector<Part>& parts, std::size_t field) {
    bool any = false;
    for (const Part& part : parts) {
        for (const std::string_view item : part.fields[field].items) {
            out << (any ? ",\n" : "[\n") << item;
            any = true;
        }
    }
    out << (any ? "\n    ]" : "[]");
}

}  // namespace

void merge_recommendation_parts(std::ostream& out, std::span<const PartFile> files) {
    if (files.empty()) {
        throw Error("no part was given");
    }
    std::vector<Part> parts;
    for (const PartFile& file : files) {
        parts.push_back(read_part(file));
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& x, const Part& y) { return x.part < y.part; });
    check_numbers(parts);
    check_heads(parts);
    const auto& fields = parts.front().fields;
    const auto position = [&](std::string_view name) {
        const auto found = std::find_if(fields.begin(), fields.end(),
                                        [&](const Field& field) { return field.name == name; });
        if (found == fields.end()) {
            refuse(parts.front(), std::string(no_part) + ": its result has no " + std::string(name));
        }
        return static_cast<std::size_t>(found - fields.begin());
    };
    const std::string summary = merged_summary(parts, position("summary"));
    const std::uint64_t actors = actors_in_scope(parts.front(), summary);
    const Shown shown = shown_in(parts, position("recommendations"));
    const std::string exposed = text_of([&](JsonWriter& json) {
        write_exposure(json, exposure_of(parts, shown.exposures, actors),
                       exposure_of(parts, shown_by_score(parts, position("shown_by_score")), actors));
    });
    const std::string figures = text_of([&](JsonWriter& json) {
        write_list_figures(json, merged_tally(parts, position("tally")), shown.most());
    });
    for (const std::string_view line : parts.front().head) {
        out << line << '\n';
    }
    out << result_line << '\n';
    bool any = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string_view name = fields[i].name;
        if (is_for_merge(name)) {
            continue;
        }
        out << (any ? ",\n" : "") << "    \"" << name << "\": ";
        any = true;
        if (fields[i].list) {
            write_list(out, parts, i);
        } else if (name == "summary") {
            out << summary;
        } else if (name == "exposure") {
            out << exposed;
        } else if (name == "lists") {
            out << figures;
        } else if (name == "candidates") {
            const bool exact = std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
                return part.fields[i].value == "\"exact\"";
            });
            out << (exact ? "\"exact\"" : "\"bounded\"");
        } else {
            out << fields[i].value;
        }
    }
    out << (any ? "\n" : "");
    out << "  }\n}\n";
}

}  // namespace maillage::io

#include "tools/stored_ranking.hpp"

#include "engine/date.hpp"
#include "engine/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace maillage::tools {
namespace {

std::string text_of(const std::optional<Date>& date) {
    return date ? to_text(*date) : std::string();
}

Date date_in(std::string_view text) {
    const std::optional<Date> date = parse_date(text);
    if (!date) {
        throw Error("holds \"" + std::string(text) + "\" where a date is expected");
    }
    return *date;
}

std::optional<Date> maybe_date_in(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(date_in(text));
}

double finite(double x) {
    if (!std::isfinite(x)) {
        throw Error("holds a number that is none");
    }
    return x;
}

double not_negative(double x) {
    if (finite(x) < 0.0) {
        throw Error("holds a negative number where none can be");
    }
    return x;
}

template <class Choice>
Choice choice_in(std::uint32_t x, Choice last) {
    if (x > static_cast<std::uint32_t>(last)) {
        throw Error("holds an option that is none");
    }
    return static_cast<Choice>(x);
}

void write(io::SectionWriter& w, const RankingBasis& basis) {
    w.text(basis.digest);
    w.number(basis.day);
    w.text(basis.territory);
    const ProjectionOptions& o = basis.projection;
    w.text(text_of(o.from));
    w.text(text_of(o.to));
    w.number(static_cast<std::uint32_t>(o.tie_weight));
    w.number(static_cast<std::uint32_t>(o.expertises));
    w.number(static_cast<std::uint64_t>(o.excluded_kinds.size()));
    for (const std::string& kind : o.excluded_kinds) {
        w.text(kind);
    }
}

RankingBasis read_basis(io::SectionReader& r) {
    RankingBasis basis;
    basis.digest = r.text();
    basis.day = r.number<std::int32_t>();
    basis.territory = r.text();
    ProjectionOptions& o = basis.projection;
    o.from = maybe_date_in(r.text());
    o.to = maybe_date_in(r.text());
    o.tie_weight = choice_in(r.number<std::uint32_t>(), TieWeight::one);
    o.expertises = choice_in(r.number<std::uint32_t>(), ExpertiseSource::both);
    o.excluded_kinds.resize(r.count(sizeof(std::uint64_t)));
    for (std::string& kind : o.excluded_kinds) {
        kind = r.text();
    }
    return basis;
}

void write(io::SectionWriter& w, const FittedRanking& ranking) {
    w.number(static_cast<std::uint64_t>(ranking.terms.size()));
    for (const FittedTerm& term : ranking.terms) {
        w.text(to_code(term.term));
        w.number(term.scale);
        w.number(term.weight);
    }
    w.number(ranking.intercept);
    w.number(ranking.horizon_years);
    w.number(static_cast<std::uint64_t>(ranking.splits.size()));
    for (const Date& split : ranking.splits) {
        w.text(to_text(split));
    }
    w.number(static_cast<std::uint64_t>(ranking.examples));
    w.number(static_cast<std::uint64_t>(ranking.new_ties));
}

FittedRanking read_ranking(io::SectionReader& r) {
    FittedRanking ranking;
    if (r.number<std::uint64_t>() != evidence_count) {
        throw Error("does not have a weight for each term");
    }
    for (std::size_t i = 0; i < evidence_count; ++i) {
        if (r.text() != to_code(evidence(i))) {
            throw Error("names a term that is none, or in another order");
        }
        FittedTerm term{evidence(i), 0.0, 0.0};
        term.scale = not_negative(r.number<double>());
        term.weight = finite(r.number<double>());
        if (has_scale(term.term) != (term.scale > 0.0)) {
            throw Error("has a scale where there is none, or none where there is one");
        }
        ranking.terms.push_back(term);
    }
    ranking.intercept = finite(r.number<double>());
    ranking.horizon_years = not_negative(r.number<double>());
    for (std::size_t left = r.count(sizeof(std::uint64_t)); left > 0; --left) {
        ranking.splits.push_back(date_in(r.text()));
    }
    ranking.examples = static_cast<std::size_t>(r.number<std::uint64_t>());
    ranking.new_ties = static_cast<std::size_t>(r.number<std::uint64_t>());
    ranking.stored = true;
    return ranking;
}

}  // namespace

bool RankingBasis::same_options(const RankingBasis& other) const {
    ProjectionOptions a = projection;
    ProjectionOptions b = other.projection;
    for (ProjectionOptions* const o : {&a, &b}) {
        o->scope.reset();
        o->scope_only = false;
    }
    return day == other.day && territory == other.territory && a == b;
}

io::Section to_section(const StoredRanking& stored) {
    io::SectionWriter w;
    w.number(ranking_version);
    write(w, stored.basis);
    write(w, stored.ranking);
    return {std::string(ranking_section), false, w.bytes()};
}

std::optional<StoredRanking> find_ranking(std::span<const io::Section> sections, bool& other_version) {
    other_version = false;
    const auto section = std::find_if(sections.begin(), sections.end(),
                                      [](const io::Section& s) { return s.name == ranking_section; });
    if (section == sections.end()) {
        return std::nullopt;
    }
    try {
        io::SectionReader r(section->bytes);
        if (r.number<std::uint32_t>() != ranking_version) {
            other_version = true;
            return std::nullopt;
        }
        StoredRanking stored;
        stored.basis = read_basis(r);
        stored.ranking = read_ranking(r);
        r.finish();
        return stored;
    } catch (const Error& error) {
        throw Error("damaged: section \"" + std::string(ranking_section) + "\" " + error.what());
    }
}

}  // namespace maillage::tools

#include "algorithms/recommend/opportunity_fit.hpp"

#include "engine/error.hpp"
#include "engine/top_k.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace maillage {
namespace {

/// Holders of one expertise among whom new partners are looked for.
constexpr std::size_t holders_considered = 256;
/// Helpers of equal gain whose closeness is looked at: the best linked of them.
constexpr std::size_t equals_considered = 64;
/// Coverage from which nothing is missing: sums of thirds need not be 1 to the last bit.
constexpr double whole = 1.0 - 1e-9;

const Incidence::OfVertex* held(const Incidence& offers, VertexId v, ExpertiseId x) {
    const auto list = offers.of(v);
    const auto found = std::lower_bound(
        list.begin(), list.end(), x, [](const auto& entry, ExpertiseId id) { return entry.expertise < id; });
    return found != list.end() && found->expertise == x ? &*found : nullptr;
}

double level(const Incidence& offers, VertexId v, ExpertiseId x) {
    const auto* entry = held(offers, v, x);
    return entry == nullptr ? 0.0 : static_cast<double>(entry->level);
}

double part(const Asked& asked, double levels) {
    return asked.weight * std::min(1.0, levels / static_cast<double>(asked.holders));
}

double total_weight(const std::vector<Asked>& list) {
    double sum = 0.0;
    for (const Asked& asked : list) {
        sum += asked.weight;
    }
    return sum;
}

/// The levels of a group, expertise by expertise of what is asked.
class Levels {
public:
    Levels(const std::vector<Asked>& asked, const Incidence& offers) : asked_(asked), offers_(offers) {
        for (const Asked& item : asked) {
            levels_.push_back(item.level);
            weight_ += item.weight;
        }
    }
    [[nodiscard]] double coverage() const {
        double sum = 0.0;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            sum += part(asked_[i], levels_[i]);
        }
        return weight_ > 0.0 ? sum / weight_ : 0.0;
    }
    [[nodiscard]] double gain(VertexId partner) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (lacking(i)) {
                sum += part(asked_[i], levels_[i] + level(offers_, partner, asked_[i].expertise)) -
                       part(asked_[i], levels_[i]);
            }
        }
        return weight_ > 0.0 ? sum / weight_ : 0.0;
    }
    /// What of the missing the partner offers.
    [[nodiscard]] std::vector<ExpertiseId> brings(VertexId partner) const {
        std::vector<ExpertiseId> list;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (lacking(i) && level(offers_, partner, asked_[i].expertise) > 0.0) {
                list.push_back(asked_[i].expertise);
            }
        }
        return list;
    }
    void add(VertexId partner) {
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            levels_[i] += level(offers_, partner, asked_[i].expertise);
        }
    }
    [[nodiscard]] std::vector<ExpertiseId> missing() const {
        std::vector<ExpertiseId> list;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            if (lacking(i)) {
                list.push_back(asked_[i].expertise);
            }
        }
        return list;
    }

private:
    [[nodiscard]] bool lacking(std::size_t i) const {
        return levels_[i] / static_cast<double>(asked_[i].holders) < whole;
    }
    const std::vector<Asked>& asked_;
    const Incidence& offers_;
    std::vector<double> levels_;
    double weight_ = 0.0;
};

bool contains(const std::vector<TextId>& list, TextId item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool better_fit(const OpportunityFit& x, const OpportunityFit& y) {
    const auto last = [](const OpportunityFit& f) { return f.status == CallStatus::closed; };
    const auto refused = [](const OpportunityFit& f) { return f.country_ok == false; };
    if (last(x) != last(y)) {
        return last(y);
    }
    if (refused(x) != refused(y)) {
        return refused(y);
    }
    if (const int order = compare_scores(x.fit, y.fit); order != 0) {
        return order > 0;
    }
    if (const int order = compare_scores(x.coverage, y.coverage); order != 0) {
        return order > 0;
    }
    return x.opportunity < y.opportunity;
}

}  // namespace

void validate(const OpportunityOptions& options) {
    if (options.top == 0) {
        throw OptionError("top", "must be at least 1");
    }
    if (options.most_members == 0) {
        throw OptionError("most-members", "must be at least 1");
    }
}

std::string_view to_code(CallStatus status) noexcept {
    switch (status) {
        case CallStatus::undated:
            return "undated";
        case CallStatus::unjudged:
            return "unjudged";
        case CallStatus::upcoming:
            return "upcoming";
        case CallStatus::open:
            return "open";
        case CallStatus::closed:
            return "closed";
    }
    return {};
}

std::string_view to_code(Condition::What what) noexcept {
    switch (what) {
        case Condition::What::partners_at_least:
            return "partners_at_least";
        case Condition::What::kinds_at_least:
            return "kinds_at_least";
        case Condition::What::countries_at_least:
            return "countries_at_least";
        case Condition::What::kind_required:
            return "kind_required";
    }
    return {};
}

CallStatus status_of(const Opportunity& opportunity, const std::optional<Date>& today) noexcept {
    if (!opportunity.opens && !opportunity.deadline) {
        return CallStatus::undated;
    }
    if (!today) {
        return CallStatus::unjudged;
    }
    const std::int32_t day = today->last_day();
    if (opportunity.deadline && opportunity.deadline->last_day() < day) {
        return CallStatus::closed;
    }
    return opportunity.opens && opportunity.opens->first_day() > day ? CallStatus::upcoming
                                                                     : CallStatus::open;
}

OpportunitySearch::OpportunitySearch(const Network& network, const Projection& projection,
                                     const PairModel& model, const OpportunityOptions& options)
    : network_(network), projection_(projection), model_(model), options_(options) {
    validate(options_);
    const RecommendInput& input = model_.input();
    holders_.resize(input.offers.expertise_count());
    std::set<ExpertiseId> asked;
    for (const OpportunityId o : network_.opportunities().ids()) {
        for (const Requirement& requirement : network_.requirements(o)) {
            asked.insert(requirement.expertise);
        }
    }
    for (const ExpertiseId x : asked) {
        std::vector<Incidence::OfExpertise> list;
        for (const auto& entry : input.offers.of(x)) {
            if (input.scoped(entry.vertex)) {
                list.push_back(entry);
            }
        }
        std::sort(list.begin(), list.end(), [this](const auto& p, const auto& q) {
            return p.level != q.level ? p.level > q.level : model_.stronger(p.vertex, q.vertex);
        });
        list.resize(std::min(list.size(), holders_considered));
        for (const auto& entry : list) {
            holders_[index_of(x)].push_back(entry.vertex);
        }
    }
    for (auto* by_value : {&of_kind_, &of_country_}) {
        const TextOf of = by_value == &of_kind_ ? &OpportunitySearch::kind : &OpportunitySearch::country;
        for (const VertexId v : input.ties.vertices()) {
            if (input.scoped(v) && (this->*of)(v) != TextId{}) {
                (*by_value)[(this->*of)(v)].push_back(v);
            }
        }
        for (auto& [value, actors] : *by_value) {
            std::sort(actors.begin(), actors.end(),
                      [this](VertexId p, VertexId q) { return model_.stronger(p, q); });
            actors.resize(std::min(actors.size(), holders_considered));
        }
    }
}

TextId OpportunitySearch::kind(VertexId v) const {
    return network_.actors()[projection_.actor(v)].kind;
}

TextId OpportunitySearch::country(VertexId v) const {
    return network_.actors()[projection_.actor(v)].country;
}

/// Unknown countries are given the benefit of the doubt.
bool OpportunitySearch::admitted(const Opportunity& o, VertexId v) const {
    return o.countries.empty() || country(v) == TextId{} || contains(o.countries, country(v));
}

bool OpportunitySearch::may_be_new(VertexId actor, VertexId partner) const {
    const RecommendInput& input = model_.input();
    const auto barred = input.barred_for(actor);
    return partner != actor && input.scoped(partner) && !input.known().adjacent(actor, partner) &&
           !input.ties.adjacent(actor, partner) && !std::binary_search(barred.begin(), barred.end(), partner);
}

OpportunityFit OpportunitySearch::judge(OpportunityId o, VertexId actor) const {
    const Opportunity& opportunity = network_.opportunities()[o];
    OpportunityFit fit;
    fit.opportunity = o;
    fit.status = status_of(opportunity, options_.today);
    fit.kind_required = contains(opportunity.required_kinds, kind(actor));
    if (!opportunity.countries.empty()) {
        fit.country_unknown = country(actor) == TextId{};
        if (!fit.country_unknown) {
            fit.country_ok = contains(opportunity.countries, country(actor));
        }
    }
    double sum = 0.0;
    for (const Requirement& requirement : network_.requirements(o)) {
        Asked asked{requirement.expertise, requirement.weight, requirement.min_holders};
        if (const auto* entry = held(model_.input().offers, actor, requirement.expertise)) {
            asked.level = static_cast<double>(entry->level);
            asked.inferred = entry->inferred;
        }
        asked.lacking = static_cast<double>(asked.holders) - asked.level;
        sum += asked.weight * asked.level;
        fit.asked.push_back(asked);
    }
    const double weight = total_weight(fit.asked);
    fit.fit = weight > 0.0 ? sum / weight : 0.0;
    fit.coverage = Levels(fit.asked, model_.input().offers).coverage();
    return fit;
}

std::vector<OpportunityFit> OpportunitySearch::fits(VertexId actor, bool with_partners) const {
    std::vector<OpportunityFit> list;
    for (const OpportunityId o : network_.opportunities().ids()) {
        OpportunityFit fit = judge(o, actor);
        if (fit.fit > 0.0) {
            list.push_back(std::move(fit));
        }
    }
    std::sort(list.begin(), list.end(), better_fit);
    list.resize(std::min<std::size_t>(list.size(), options_.top));
    for (std::size_t i = 0; i < list.size(); ++i) {
        list[i].rank = static_cast<std::uint32_t>(i + 1);
        if (with_partners) {
            find_partners(list[i], actor);
        }
    }
    return list;
}

std::size_t OpportunitySearch::count(VertexId actor) const {
    std::size_t fitting = 0;
    for (const OpportunityId o : network_.opportunities().ids()) {
        fitting += judge(o, actor).fit > 0.0 ? 1U : 0U;
    }
    return fitting;
}

std::vector<FittingActor> OpportunitySearch::actors(OpportunityId opportunity) const {
    const auto better = [](const FittingActor& x, const FittingActor& y) {
        if (const int order = compare_scores(x.fit, y.fit); order != 0) {
            return order > 0;
        }
        const int order = compare_scores(x.coverage, y.coverage);
        return order != 0 ? order > 0 : x.actor < y.actor;
    };
    TopK<FittingActor, decltype(better)> best(options_.top, better);
    std::set<VertexId> seen;
    for (const Requirement& requirement : network_.requirements(opportunity)) {
        for (const auto& entry : model_.input().offers.of(requirement.expertise)) {
            if (model_.input().scoped(entry.vertex) && seen.insert(entry.vertex).second) {
                const OpportunityFit fit = judge(opportunity, entry.vertex);
                best.offer({entry.vertex, fit.fit, fit.coverage});
            }
        }
    }
    return best.take();
}

std::optional<Helper> OpportunitySearch::helper(const OpportunityFit& fit, VertexId actor, VertexId partner,
                                                bool tied) const {
    const Opportunity& o = network_.opportunities()[fit.opportunity];
    if (!admitted(o, partner)) {
        return std::nullopt;
    }
    const Levels alone(fit.asked, model_.input().offers);
    Helper found{partner, tied, alone.gain(partner), alone.brings(partner)};
    found.brings_kind = kind(partner) != kind(actor) && contains(o.required_kinds, kind(partner));
    found.brings_country =
        o.min_countries.value_or(0) > 1 && country(partner) != TextId{} && country(partner) != country(actor);
    return found;
}

std::vector<Helper> OpportunitySearch::pool(const OpportunityFit& fit, VertexId actor) const {
    std::vector<Helper> list;
    const auto consider = [&](VertexId partner, bool tied) {
        if (auto found = helper(fit, actor, partner, tied); found && found->gain > 0.0) {
            list.push_back(std::move(*found));
        }
    };
    std::set<VertexId> linked;
    for (const GraphView links : {model_.input().known(), model_.input().ties}) {
        for (const VertexId partner : links.neighbours(actor)) {
            if (linked.insert(partner).second) {
                consider(partner, true);
            }
        }
    }
    std::set<VertexId> fresh;
    for (const Asked& asked : fit.asked) {
        if (asked.lacking > 0.0) {
            for (const VertexId partner : holders_[index_of(asked.expertise)]) {
                if (may_be_new(actor, partner) && fresh.insert(partner).second) {
                    consider(partner, false);
                }
            }
        }
    }
    return list;
}

void OpportunitySearch::order(std::vector<Helper>& helpers, VertexId actor) const {
    std::sort(helpers.begin(), helpers.end(), [this](const Helper& p, const Helper& q) {
        const int by_gain = compare_scores(p.gain, q.gain);
        return by_gain != 0 ? by_gain > 0 : model_.stronger(p.partner, q.partner);
    });
    const GraphView ties = model_.input().ties;
    for (std::size_t begin = 0; begin < std::min<std::size_t>(helpers.size(), options_.partners);) {
        std::size_t end = begin + 1;
        while (end < helpers.size() && end - begin < equals_considered &&
               compare_scores(helpers[begin].gain, helpers[end].gain) == 0) {
            ++end;
        }
        std::vector<std::pair<double, Helper>> equals;
        for (std::size_t i = begin; i < end; ++i) {
            const double close = helpers[i].tied ? ties.weight_between(actor, helpers[i].partner)
                                                 : model_.resource_allocation(actor, helpers[i].partner);
            equals.emplace_back(close, std::move(helpers[i]));
        }
        std::sort(equals.begin(), equals.end(), [](const auto& p, const auto& q) {
            const int closer = compare_scores(p.first, q.first);
            return closer != 0 ? closer > 0 : p.second.partner < q.second.partner;
        });
        for (std::size_t i = begin; i < end; ++i) {
            helpers[i] = std::move(equals[i - begin].second);
        }
        begin = end;
    }
}

void OpportunitySearch::find_partners(OpportunityFit& fit, VertexId actor) const {
    std::vector<Helper> all = pool(fit, actor);
    const auto middle = std::stable_partition(all.begin(), all.end(), [](const Helper& h) { return h.tied; });
    fit.tied.assign(all.begin(), middle);
    fit.fresh.assign(middle, all.end());
    order(fit.tied, actor);
    order(fit.fresh, actor);
    all = fit.tied;
    all.insert(all.end(), fit.fresh.begin(), fit.fresh.end());
    propose_group(fit, actor, all);
    check_conditions(fit, actor);
    fit.tied.resize(std::min<std::size_t>(fit.tied.size(), options_.partners));
    fit.fresh.resize(std::min<std::size_t>(fit.fresh.size(), options_.partners));
}

std::optional<Helper> OpportunitySearch::next_of(TextOf of, const OpportunityFit& fit, VertexId actor,
                                                 const std::vector<Helper>& all,
                                                 const std::function<bool(VertexId)>& wanted) const {
    for (const Helper& h : all) {
        if (wanted(h.partner)) {
            return h;
        }
    }
    VertexId best = none<VertexId>;
    bool tied = true;
    const Opportunity& o = network_.opportunities()[fit.opportunity];
    const auto consider = [&](VertexId v) {
        if (wanted(v) && admitted(o, v) && (best == none<VertexId> || model_.stronger(v, best))) {
            best = v;
            return true;
        }
        return false;
    };
    for (const VertexId v : model_.input().known().neighbours(actor)) {
        consider(v);
    }
    if (best == none<VertexId>) {
        tied = false;
        for (const auto& [value, actors] : of == &OpportunitySearch::kind ? of_kind_ : of_country_) {
            for (const VertexId v : actors) {
                if (may_be_new(actor, v) && consider(v)) {
                    break;
                }
            }
        }
    }
    return best == none<VertexId> ? std::nullopt : helper(fit, actor, best, tied);
}

/// `all`: who raises the coverage, tied ones first, best first.
void OpportunitySearch::propose_group(OpportunityFit& fit, VertexId actor,
                                      const std::vector<Helper>& all) const {
    const Opportunity& o = network_.opportunities()[fit.opportunity];
    const std::size_t most =
        std::min<std::size_t>(options_.most_members, o.max_partners.value_or(options_.most_members));
    Levels levels(fit.asked, model_.input().offers);
    std::set<VertexId> in{actor};
    const auto join = [&](Helper member) {
        member.gain = levels.gain(member.partner);
        member.brings = levels.brings(member.partner);
        levels.add(member.partner);
        in.insert(member.partner);
        fit.group.push_back(std::move(member));
    };
    const auto full = [&] { return in.size() >= most; };
    while (!full() && levels.coverage() < whole) {
        const Helper* best = nullptr;
        double most_gain = 0.0;
        for (const Helper& h : all) {
            const double gain = in.count(h.partner) > 0 ? 0.0 : levels.gain(h.partner);
            if (compare_scores(gain, most_gain) > 0) {
                most_gain = gain;
                best = &h;
            }
        }
        if (best == nullptr) {
            break;
        }
        join(*best);
    }
    // Kinds and countries that are still required: partners of the actor first, then the best linked in scope.
    const auto invite = [&](TextOf of, const auto& wanted) {
        const auto next =
            next_of(of, fit, actor, all, [&](VertexId v) { return in.count(v) == 0 && wanted(v); });
        if (next) {
            join(*next);
        }
        return next.has_value();
    };
    for (const TextId required : o.required_kinds) {
        const bool there = std::any_of(in.begin(), in.end(), [&](VertexId v) { return kind(v) == required; });
        if (!there && !full()) {
            invite(&OpportunitySearch::kind, [&](VertexId v) { return kind(v) == required; });
        }
    }
    const auto invite_others = [&](std::uint32_t wanted, TextOf of) {
        while (!full()) {
            std::set<TextId> known;
            for (const VertexId v : in) {
                known.insert((this->*of)(v));
            }
            known.erase(TextId{});
            const auto other = [&](VertexId v) {
                const TextId value = (this->*of)(v);
                return value != TextId{} && known.count(value) == 0;
            };
            if (known.size() >= wanted || !invite(of, other)) {
                return;
            }
        }
    };
    invite_others(o.min_countries.value_or(0), &OpportunitySearch::country);
    invite_others(o.min_kinds.value_or(0), &OpportunitySearch::kind);
    fit.coverage_of_group = levels.coverage();
    fit.still_missing = levels.missing();
}

void OpportunitySearch::check_conditions(OpportunityFit& fit, VertexId actor) const {
    const Opportunity& o = network_.opportunities()[fit.opportunity];
    std::set<TextId> kinds{kind(actor)};
    std::set<TextId> countries{country(actor)};
    for (const Helper& h : fit.group) {
        kinds.insert(kind(h.partner));
        countries.insert(country(h.partner));
    }
    kinds.erase(TextId{});
    countries.erase(TextId{});
    const auto add = [&fit](Condition::What what, std::uint32_t asked, std::size_t reached,
                            TextId named = {}) {
        if (asked > 0) {
            fit.conditions.push_back({what, asked, static_cast<std::uint32_t>(reached), named});
        }
    };
    add(Condition::What::partners_at_least, o.min_partners.value_or(0), fit.group.size() + 1);
    add(Condition::What::kinds_at_least, o.min_kinds.value_or(0), kinds.size());
    add(Condition::What::countries_at_least, o.min_countries.value_or(0), countries.size());
    for (const TextId required : o.required_kinds) {
        add(Condition::What::kind_required, 1, kinds.count(required), required);
    }
}

}  // namespace maillage

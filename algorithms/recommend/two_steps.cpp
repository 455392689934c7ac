#include "algorithms/recommend/two_steps.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maillage {
namespace {

constexpr unsigned sum_bits = 24;
constexpr std::uint64_t most_of_sum = (std::uint64_t{1} << sum_bits) - 1;
constexpr std::uint64_t most_ways = 0xFFFF;
/// Where the two sums stand in the 64 bits; the number of ways is in the lowest.
constexpr std::array<unsigned, 2> sum_place = {16, 16 + sum_bits};

/// Products in single precision are compared with this much room.
constexpr double room = 1e-6;

bool is_weighted(PairIndex index) noexcept {
    return index == PairIndex::adamic_adar_weighted || index == PairIndex::resource_allocation_weighted;
}

bool is_sum(PairIndex index) noexcept {
    return index == PairIndex::common_neighbours || index >= PairIndex::adamic_adar;
}

double inverse(double x) noexcept {
    return x > 0.0 ? 1.0 / x : 0.0;
}

}  // namespace

bool TwoStepModel::takes(PairIndex index) noexcept {
    return index <= PairIndex::resource_allocation_weighted && index != PairIndex::preferential_attachment;
}

TwoStepModel::TwoStepModel(GraphView g, const DegreeOrder& order, std::span<const PairIndex> indices)
    : order_(order), indices_(indices.begin(), indices.end()) {
    const std::size_t n = g.vertex_count();
    by_degree_.resize(n);
    by_log_degree_.resize(n);
    degree_.resize(n);
    for (std::uint32_t v = 0; v < n; ++v) {
        const auto d = static_cast<double>(order.degree(v));
        degree_[v] = static_cast<float>(d);
        by_degree_[v] = inverse(d);
        by_log_degree_[v] = d > 1.0 ? 1.0 / std::log(d) : 0.0;
    }
    const std::size_t greatest = n == 0 ? 0 : order.degree(0);
    first_with_.resize(greatest + 1);
    std::uint32_t first = 0;
    for (std::size_t d = greatest + 1; d-- > 0;) {
        while (first < n && order.degree(first) > d) {
            ++first;
        }
        first_with_[d] = first;
    }
    if (std::any_of(indices.begin(), indices.end(), is_weighted)) {
        by_strength_.resize(n);
        by_log_strength_.resize(n);
        for (std::uint32_t v = 0; v < n; ++v) {
            const double s = g.strength(order.vertex(v));
            by_strength_[v] = inverse(s);
            by_log_strength_[v] = inverse(std::log1p(s));
        }
    }
    // up to three sums are quicker one after the other
    together_ = std::any_of(indices.begin(), indices.end(), [](PairIndex index) { return !is_sum(index); });
}

TwoStepSearch::TwoStepSearch(const TwoStepModel& model, std::size_t top)
    : model_(model),
      sum_(model.order_.vertex_count(), 0.0),
      best_(top),
      partner_sums_{PartnerSum{PairIndex::adamic_adar, false, 0.0, {}, Contenders<float>(top)},
                    PartnerSum{PairIndex::resource_allocation, false, 0.0, {}, Contenders<float>(top)}} {
    if (!model.together_) {
        return;
    }
    const std::size_t room = sum_.size() + 1;
    packed_.resize(sum_.size(), 0);
    met_.resize(room);
    promising_.resize(room);
    number_.resize(room);
    common_.resize(room);
    degree_.resize(room);
    for (PartnerSum& sums : partner_sums_) {
        sums.wanted =
            std::find(model.indices_.begin(), model.indices_.end(), sums.index) != model.indices_.end();
        sums.met.resize(room);
    }
    bests_.resize(model.indices_.size(), Shortlist(top));
    place_.resize(sum_.size(), 0);
}

template <class Row>
void TwoStepSearch::for_partners(std::uint32_t x, const Row& row) const {
    const std::uint64_t* const offsets = model_.order_.offsets();
    const std::uint32_t* const targets = model_.order_.targets();
    for (std::uint64_t arc = offsets[x + 1]; arc-- > offsets[x];) {
        row(targets[arc], arc);
    }
}

/// way(z, arc) returns a function from an arc of z to what the way through it adds.
template <class Way>
void TwoStepSearch::list_sum(std::uint32_t x, const Way& way) {
    const std::uint64_t* const offsets = model_.order_.offsets();
    const std::uint32_t* const targets = model_.order_.targets();
    const VertexId* const vertices = model_.order_.vertices();
    double* const sum = sum_.data();
    for_partners(x, [&](std::uint32_t z, std::uint64_t arc) {
        const auto added = way(z, arc);
        for (std::uint64_t i = offsets[z]; i < offsets[z + 1]; ++i) {
            sum[targets[i]] += added(i);
        }
    });
    sum[x] = 0.0;  // whom it is tied to is not listed
    for_partners(x, [&](std::uint32_t z, std::uint64_t) { sum[z] = 0.0; });
    double floor = best_.floor();
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        for (std::uint64_t i = offsets[z]; i < offsets[z + 1]; ++i) {
            const std::uint32_t y = targets[i];
            const double score = sum[y];
            sum[y] = 0.0;
            if (score >= floor) [[unlikely]] {
                if (best_.may_enter(vertices[y], score)) {
                    best_.offer(vertices[y], score);
                    floor = best_.floor();
                }
            }
        }
    });
}

void TwoStepSearch::list_alone(PairIndex index, std::uint32_t x) {
    const TwoStepModel& m = model_;
    const auto constant = [&](const std::vector<double>& factor) {
        list_sum(x, [&](std::uint32_t z, std::uint64_t) {
            return [added = factor[z]](std::uint64_t) { return added; };
        });
    };
    const auto weight = [weights = m.order_.weights()](std::uint64_t arc) {
        return weights.empty() ? 1.0 : weights[arc];
    };
    switch (index) {
        case PairIndex::common_neighbours:
            return list_sum(x,
                            [](std::uint32_t, std::uint64_t) { return [](std::uint64_t) { return 1.0; }; });
        case PairIndex::adamic_adar:
            return constant(m.by_log_degree_);
        case PairIndex::resource_allocation:
            return constant(m.by_degree_);
        case PairIndex::adamic_adar_weighted:
            return list_sum(x, [&](std::uint32_t z, std::uint64_t arc) {
                return [=, w = weight(arc), factor = m.by_log_strength_[z]](std::uint64_t i) {
                    return (w + weight(i)) * factor;
                };
            });
        case PairIndex::resource_allocation_weighted:
            return list_sum(x, [&](std::uint32_t z, std::uint64_t arc) {
                return [=, w = weight(arc), factor = m.by_strength_[z]](std::uint64_t i) {
                    return (w * weight(i)) * factor;
                };
            });
        default:
            return;
    }
}

void TwoStepSearch::walk_together(std::uint32_t x) {
    const std::uint64_t* const offsets = model_.order_.offsets();
    const std::uint32_t* const targets = model_.order_.targets();
    std::array<double, 2> total{};
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        total[0] += model_.by_log_degree_[z];
        total[1] += model_.by_degree_[z];
    });
    const std::size_t dx = model_.order_.degree(x);
    for (std::size_t k = 0; k < 2; ++k) {
        // each of dx summands is rounded up by one half at most
        partner_sums_[k].unit = static_cast<double>(most_of_sum - dx) * inverse(total[k]);
    }
    std::uint64_t* const packed = packed_.data();
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        const auto whole = [&](std::size_t k, double factor) {
            return static_cast<std::uint64_t>(factor * partner_sums_[k].unit + 0.5) << sum_place[k];
        };
        const std::uint64_t added = 1 + whole(0, model_.by_log_degree_[z]) + whole(1, model_.by_degree_[z]);
        const std::uint64_t end = offsets[z + 1];
        for (std::uint64_t i = offsets[z]; i < end; ++i) {
            packed[targets[i]] += added;
        }
    });
    packed[x] = 0;
    for_partners(x, [&](std::uint32_t z, std::uint64_t) { packed[z] = 0; });
    Met* const met = met_.data();
    std::size_t front = 0;
    std::size_t back = met_.size() - 1;
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        const std::uint64_t end = offsets[z + 1];
        for (std::uint64_t i = offsets[z]; i < end; ++i) {
            const std::uint32_t y = targets[i];
            const std::uint64_t value = packed[y];
            const std::uint64_t ways = value & most_ways;
            // all ones or zeros: which of the two it is would be a coin toss to a branch
            const std::size_t several = std::size_t{0} - static_cast<std::size_t>(ways > 1 ? 1 : 0);
            packed[y] = 0;
            met[back ^ ((back ^ front) & several)] = {value, y};
            front -= several;
            back -= static_cast<std::size_t>(ways == 1 ? 1 : 0);
        }
    });
    several_ = front;
    one_ = back + 1;
}

/// Those of several ways, most ways first: lists fill with high scores at once, and few later ones enter.
std::span<const TwoStepSearch::Met> TwoStepSearch::by_ways() {
    std::array<std::size_t, 64> next{};
    const auto bin = [&next](const Met& met) {
        return next.size() - 1 - std::min<std::size_t>(next.size() - 1, met.packed & most_ways);
    };
    for (std::size_t i = 0; i < several_; ++i) {
        ++next[bin(met_[i])];
    }
    std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t{0});
    for (std::size_t i = 0; i < several_; ++i) {
        promising_[next[bin(met_[i])]++] = met_[i];
    }
    return {promising_.data(), several_};
}

void TwoStepSearch::unpack(std::span<const Met> met) {
    const auto narrow = [](std::uint64_t x) { return static_cast<float>(static_cast<std::int32_t>(x)); };
    count_ = met.size();
    for (std::size_t k = 0; k < met.size(); ++k) {
        const std::uint64_t value = met[k].packed;
        number_[k] = met[k].number;
        degree_[k] = model_.degree_[met[k].number];
        common_[k] = narrow(value & most_ways);
        partner_sums_[0].met[k] = narrow((value >> sum_place[0]) & most_of_sum);
        partner_sums_[1].met[k] = narrow((value >> sum_place[1]) & most_of_sum);
    }
}

/// common / size(dx, c, d) of the columns. A first look is in single precision with a little room, sixteen at a time.
template <class Size>
void TwoStepSearch::list_quotients(double dx, Shortlist& best, const Size& size) {
    constexpr std::size_t step = 16;
    const float* const common = common_.data();
    const float* const degree = degree_.data();
    const VertexId* const vertices = model_.order_.vertices();
    const auto narrow = static_cast<float>(dx);
    for (std::size_t begin = 0; begin < count_; begin += step) {
        const std::size_t end = std::min(count_, begin + step);
        const auto least = static_cast<float>(best.floor() * (1.0 - room));
        int any = end - begin < step ? 1 : 0;
        if (any == 0) {
            for (std::size_t i = begin; i < begin + step; ++i) {
                any |= common[i] >= least * size(narrow, common[i], degree[i]) ? 1 : 0;
            }
        }
        for (std::size_t i = begin; any != 0 && i < end; ++i) {
            const double score = double{common[i]} / size(dx, double{common[i]}, double{degree[i]});
            const VertexId y = vertices[number_[i]];
            if (best.may_enter(y, score)) {
                best.offer(y, score);
            }
        }
    }
}

void TwoStepSearch::list_counted(PairIndex index, double dx, Shortlist& best) {
    switch (index) {
        case PairIndex::common_neighbours:
            return list_quotients(dx, best, [](auto x, auto, auto) { return decltype(x){1}; });
        case PairIndex::jaccard:
            return list_quotients(dx, best, [](auto x, auto c, auto y) { return x + y - c; });
        case PairIndex::salton:
            return list_quotients(dx, best, [](auto x, auto, auto y) { return std::sqrt(x * y); });
        case PairIndex::sorensen:
            return list_quotients(dx, best, [](auto x, auto, auto y) { return (x + y) / 2; });
        case PairIndex::hub_promoted:
            return list_quotients(dx, best, [](auto x, auto, auto y) { return std::min(x, y); });
        case PairIndex::hub_depressed:
            return list_quotients(dx, best, [](auto x, auto, auto y) { return std::max(x, y); });
        case PairIndex::leicht_holme_newman:
            return list_quotients(dx, best, [](auto x, auto, auto y) { return x * y; });
        default:
            return;
    }
}

/// Offers the columns to every index.
void TwoStepSearch::compare(std::uint32_t x) {
    const auto dx = static_cast<double>(model_.order_.degree(x));
    for (std::size_t k = 0; k < bests_.size(); ++k) {
        list_counted(model_.indices_[k], dx, bests_[k]);
    }
    for (PartnerSum& sums : partner_sums_) {
        const float* const met = sums.met.data();
        for (std::size_t i = 0; sums.wanted && i < count_; ++i) {
            if (met[i] >= sums.contenders.least()) [[unlikely]] {
                sums.contenders.offer(met[i], number_[i]);
            }
        }
    }
}

/// Those met on one way that an index can still list.
std::span<const TwoStepSearch::Met> TwoStepSearch::promising_of_one_way(std::uint32_t x) {
    constexpr double any = 1e18;
    const auto dx = static_cast<double>(model_.order_.degree(x));
    double most = -1.0;  // the greatest degree with which a quotient of one way is high enough
    for (std::size_t k = 0; k < bests_.size(); ++k) {
        const double size = std::min(any, (1.0 + room) / bests_[k].floor());
        switch (model_.indices_[k]) {
            case PairIndex::common_neighbours:
                most = std::max(most, size >= 1.0 ? any : -1.0);
                break;
            case PairIndex::jaccard:
                most = std::max(most, size - dx + 1.0);
                break;
            case PairIndex::salton:
                most = std::max(most, size * size / dx);
                break;
            case PairIndex::sorensen:
                most = std::max(most, 2.0 * size - dx);
                break;
            case PairIndex::hub_promoted:
                most = std::max(most, size >= dx ? any : size);
                break;
            case PairIndex::hub_depressed:
                most = std::max(most, size >= dx ? size : -1.0);
                break;
            case PairIndex::leicht_holme_newman:
                most = std::max(most, size / dx);
                break;
            default:
                break;
        }
    }
    const auto greatest = static_cast<double>(model_.first_with_.size() - 1);
    const std::uint32_t first =
        most < 0.0 ? model_.order_.vertex_count()
                   : model_.first_with_[static_cast<std::size_t>(std::min(greatest, most + room))];
    std::array<std::uint64_t, 2> least{};
    for (std::size_t k = 0; k < 2; ++k) {
        least[k] = partner_sums_[k].wanted
                       ? static_cast<std::uint64_t>(std::max(1.0F, partner_sums_[k].contenders.least()))
                       : most_of_sum + 1;
    }
    std::size_t count = 0;
    for (std::size_t i = one_; i < met_.size(); ++i) {
        const Met& met = met_[i];
        promising_[count] = met;
        const unsigned kept = (met.number >= first ? 1U : 0U) |
                              (((met.packed >> sum_place[0]) & most_of_sum) >= least[0] ? 1U : 0U) |
                              (((met.packed >> sum_place[1]) & most_of_sum) >= least[1] ? 1U : 0U);
        count += kept;
    }
    return {promising_.data(), count};
}

/// Their sums in double, in the order of list_sum().
void TwoStepSearch::sum_contenders(std::uint32_t x) {
    exact_.assign(1, {});
    for (PartnerSum& sums : partner_sums_) {
        for (const auto& item : sums.contenders.finish()) {
            if (place_[item.number] == 0) {
                place_[item.number] = static_cast<std::uint32_t>(exact_.size());
                exact_.push_back({});
            }
        }
    }
    if (exact_.size() == 1) {
        return;
    }
    const std::uint64_t* const offsets = model_.order_.offsets();
    const std::uint32_t* const targets = model_.order_.targets();
    const std::uint32_t* const place = place_.data();
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        const double adamic = model_.by_log_degree_[z];
        const double allocation = model_.by_degree_[z];
        for (std::uint64_t i = offsets[z]; i < offsets[z + 1]; ++i) {
            if (const std::uint32_t at = place[targets[i]]; at != 0) [[unlikely]] {
                exact_[at][0] += adamic;
                exact_[at][1] += allocation;
            }
        }
    });
}

void TwoStepSearch::search_together(std::uint32_t x, std::size_t i, std::span<TopLists* const> lists) {
    const auto rounding = static_cast<float>(model_.order_.degree(x) + 2);
    walk_together(x);
    for (PartnerSum& sums : partner_sums_) {
        sums.contenders.begin(1.0F, rounding + static_cast<float>(sums.unit * 1e-11), 1.0F);
    }
    unpack(by_ways());
    compare(x);
    unpack(promising_of_one_way(x));
    compare(x);
    sum_contenders(x);
    for (std::size_t k = 0; k < lists.size(); ++k) {
        for (std::size_t which = 0; which < 2; ++which) {
            if (partner_sums_[which].index == model_.indices_[k]) {
                for (const auto& item : partner_sums_[which].contenders.finish()) {
                    bests_[k].offer(model_.order_.vertex(item.number), exact_[place_[item.number]][which]);
                }
            }
        }
        if (!is_weighted(model_.indices_[k])) {
            lists[k]->set(i, bests_[k].finish());
        }
    }
    for (PartnerSum& sums : partner_sums_) {
        for (const auto& item : sums.contenders.finish()) {
            place_[item.number] = 0;
        }
    }
}

/// Fills the columns with everyone met: for an actor with more partners than 16 bits count.
void TwoStepSearch::count_alone(std::uint32_t x) {
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        for (const std::uint32_t y : model_.order_.row(z)) {
            sum_[y] += 1.0;
        }
    });
    sum_[x] = 0.0;
    for_partners(x, [&](std::uint32_t z, std::uint64_t) { sum_[z] = 0.0; });
    count_ = 0;
    for_partners(x, [&](std::uint32_t z, std::uint64_t) {
        for (const std::uint32_t y : model_.order_.row(z)) {
            if (sum_[y] > 0.0) {
                number_[count_] = y;
                degree_[count_] = model_.degree_[y];
                common_[count_++] = static_cast<float>(sum_[y]);
                sum_[y] = 0.0;
            }
        }
    });
}

void TwoStepSearch::search(VertexId source, std::size_t i, std::span<TopLists* const> lists) {
    const std::uint32_t x = model_.order_.number(source);
    const std::size_t dx = model_.order_.degree(x);
    const bool together = model_.together_ && dx <= most_ways;
    if (together) {
        search_together(x, i, lists);
    } else if (model_.together_) {
        count_alone(x);
    }
    for (std::size_t k = 0; k < lists.size(); ++k) {
        const PairIndex index = model_.indices_[k];
        if (together && !is_weighted(index)) {
            continue;
        }
        if (is_sum(index)) {
            list_alone(index, x);
        } else {
            list_counted(index, static_cast<double>(dx), best_);
        }
        lists[k]->set(i, best_.finish());
    }
}

}  // namespace maillage

#include "io/import/organisations.hpp"

#include "io/name_key.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>

namespace maillage::io {
namespace {

constexpr std::uint32_t nobody = static_cast<std::uint32_t>(-1);

/// "universite-de-tours.tours": an id for who has none.
std::string made_id(std::string_view name, std::string_view place) {
    std::string id = name_key(name);
    if (const std::string where = name_key(place); !where.empty()) {
        id += '.' + where;
    }
    std::replace(id.begin(), id.end(), ' ', '-');
    return id;
}

/// Joins the spellings, those of an identifier first.
class Matching {
public:
    Matching(const TextPool& pool, const std::vector<Spelling>& spellings,
             const std::vector<std::uint8_t>& refused)
        : pool_(pool), spellings_(spellings), refused_(refused) {
        result_.of_spelling.assign(spellings.size(), nobody);
        result_.merged_by.assign(spellings.size(), MergedBy::itself);
    }

    Organisations run() {
        std::vector<std::uint32_t> order(spellings_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [this](auto a, auto b) { return before(a, b); });
        for (const std::uint32_t s : order) {
            if (!apart(s) && spellings_[s].id != TextId{}) {
                join_by_identifier(s);
            }
        }
        for (const std::uint32_t s : order) {
            if (!apart(s) && spellings_[s].id == TextId{}) {
                join_by_name(s);
            }
        }
        for (const std::uint32_t s : order) {
            if (apart(s)) {
                join(s, start(s), MergedBy::itself);
            }
        }
        give_ids();
        return std::move(result_);
    }

private:
    /// Most rows first, then what is written, so that the order of the rows decides nothing.
    bool before(std::uint32_t a, std::uint32_t b) const {
        const Spelling& x = spellings_[a];
        const Spelling& y = spellings_[b];
        if (x.rows != y.rows) {
            return x.rows > y.rows;
        }
        for (const auto& [p, q] :
             {std::pair(x.name, y.name), std::pair(x.place, y.place), std::pair(x.id, y.id)}) {
            if (p != q) {
                return pool_.text(p) < pool_.text(q);
            }
        }
        return false;
    }
    bool apart(std::uint32_t s) const { return refused_[s] != 0; }

    std::string key_of(std::uint32_t s) const {
        return name_key(pool_.text(spellings_[s].name)) + '\n' + name_key(pool_.text(spellings_[s].place));
    }

    std::uint32_t start(std::uint32_t s) {
        result_.all.push_back({{}, spellings_[s].name, spellings_[s].place, {}});
        result_.all.back().id = pool_.text(spellings_[s].id);
        return static_cast<std::uint32_t>(result_.all.size() - 1);
    }
    void join(std::uint32_t s, std::uint32_t organisation, MergedBy by) {
        Organisation& o = result_.all[organisation];
        result_.of_spelling[s] = organisation;
        result_.merged_by[s] = o.spellings.empty() ? MergedBy::itself : by;
        o.spellings.push_back(s);
        if (o.name == TextId{}) {
            o.name = spellings_[s].name;
        }
        if (o.place == TextId{}) {
            o.place = spellings_[s].place;
        }
    }

    void join_by_identifier(std::uint32_t s) {
        const auto [at, fresh] = by_id_.try_emplace(spellings_[s].id, nobody);
        if (fresh) {
            at->second = start(s);
        }
        join(s, at->second, MergedBy::identifier);
        if (spellings_[s].name != TextId{}) {
            identified_[key_of(s)].insert(at->second);
        }
    }

    void join_by_name(std::uint32_t s) {
        const std::string key = key_of(s);
        if (const auto known = identified_.find(key); known != identified_.end()) {
            if (known->second.size() == 1) {
                join(s, *known->second.begin(), MergedBy::name);
                return;
            }
            result_.ambiguous.push_back(s);
        }
        const auto [at, fresh] = by_key_.try_emplace(key, nobody);
        if (fresh) {
            at->second = start(s);
        }
        join(s, at->second, MergedBy::name);
    }

    /// Ids of the source as they are; made ones and those of refused spellings beside them, numbered where taken.
    void give_ids() {
        std::set<std::string> taken;
        std::vector<Organisation*> wanting;
        for (Organisation& o : result_.all) {
            if (o.id.empty() || !taken.insert(o.id).second) {
                wanting.push_back(&o);
            }
        }
        for (Organisation* o : wanting) {
            const std::string wish = o->id.empty()
                                         ? made_id(pool_.text(o->name), pool_.text(o->place))
                                         : o->id + '.' + made_id(pool_.text(o->name), pool_.text(o->place));
            std::string id = wish;
            for (std::size_t n = 2; !taken.insert(id).second; ++n) {
                id = wish + '-' + std::to_string(n);
            }
            o->id = id;
        }
    }

    const TextPool& pool_;
    const std::vector<Spelling>& spellings_;
    const std::vector<std::uint8_t>& refused_;
    Organisations result_;
    std::unordered_map<TextId, std::uint32_t> by_id_;
    std::unordered_map<std::string, std::set<std::uint32_t>> identified_;
    std::unordered_map<std::string, std::uint32_t> by_key_;
};

}  // namespace

std::string_view to_code(MergedBy by) noexcept {
    switch (by) {
        case MergedBy::itself:
            return "itself";
        case MergedBy::identifier:
            return "identifier";
        case MergedBy::name:
            return "name";
        case MergedBy::review:
            return "review";
    }
    return {};
}

std::size_t OrganisationMatcher::Hash::operator()(const Key& key) const noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t h = index_of(key.id);
    h = (h * odd) ^ index_of(key.name);
    h = (h * odd) ^ index_of(key.place);
    return static_cast<std::size_t>((h * odd) >> 7U);
}

std::uint32_t OrganisationMatcher::add(std::string_view id, std::string_view name, std::string_view place,
                                       std::uint16_t file, std::uint32_t line) {
    const Key key{pool_.add(id), pool_.add(name), pool_.add(place)};
    const auto [at, fresh] = index_.try_emplace(key, static_cast<std::uint32_t>(spellings_.size()));
    if (fresh) {
        spellings_.push_back({key.id, key.name, key.place, 0, line, file});
        refused_.push_back(0);
    }
    ++spellings_[at->second].rows;
    return at->second;
}

bool OrganisationMatcher::refuse(std::string_view id, std::string_view name, std::string_view place) {
    const auto found = index_.find({pool_.find(id), pool_.find(name), pool_.find(place)});
    if (found == index_.end()) {
        return false;
    }
    refused_[found->second] = 1;
    return true;
}

Organisations OrganisationMatcher::match() const {
    return Matching(pool_, spellings_, refused_).run();
}

}  // namespace maillage::io

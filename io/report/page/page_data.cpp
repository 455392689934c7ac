#include "io/json_writer.hpp"
#include "io/report/group_words.hpp"
#include "io/report/page/sections.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

namespace maillage::io {
namespace {

constexpr std::size_t most_named_partnerships = 20'000;
constexpr std::size_t matches_an_actor = 5;
constexpr std::size_t most_actors_with_matches = 20'000;

class Data {
public:
    Data(const PageContent& page, bool lists_are_written)
        : page_(page), network_(page.input.network), lists_are_written_(lists_are_written), json_(out_) {}

    std::string write() {
        json_.begin_object();
        json_.field("lang", lang_of(page_.input.language));
        json_.field("scope", page_.input.all.actor_of.size() != page_.input.scoped.actor_of.size());
        json_.key("a").begin_object();
        actors();
        json_.end_object();
        words();
        partnerships();
        matches();
        if (!lists_are_written_) {
            recommendations();
        }
        json_.end_object();
        return json_for_script(out_.str());
    }

private:
    using Values = std::vector<std::string_view>;

    template <class Value>
    void column(std::string_view key, Value value) {
        json_.key(key).begin_array();
        for (const VertexId v : page_.actors) {
            value(v);
        }
        json_.end_array();
    }
    [[nodiscard]] const Actor& actor(VertexId v) const { return network_.actors()[page_.input.all.actor(v)]; }

    /// The distinct values of a column, and for each actor its position, -1 for none.
    Values coded(std::string_view key, TextId Actor::*field) {
        std::map<std::string_view, std::size_t> code;
        for (const VertexId v : page_.actors) {
            code.emplace(network_.text(actor(v).*field), 0);
        }
        code.erase("");
        Values values;
        for (auto& [text, number] : code) {
            number = values.size();
            values.push_back(text);
        }
        column(key, [&](VertexId v) {
            const std::string_view text = network_.text(actor(v).*field);
            json_.value(text.empty() ? std::int64_t{-1} : static_cast<std::int64_t>(code[text]));
        });
        return values;
    }

    void actors() {
        column("id", [&](VertexId v) { json_.value(network_.id(page_.input.all.actor(v))); });
        column("n", [&](VertexId v) { json_.value(page_.name(v)); });
        kinds_ = coded("k", &Actor::kind);
        places_ = coded("p", &Actor::place);
        std::string scope;
        for (const VertexId v : page_.actors) {
            scope += page_.input.all.in_scope[index_of(v)] != 0 ? '1' : '0';
        }
        json_.field("s", scope);
        if (page_.scene) {
            const auto& nodes = page_.scene->nodes;
            for (const bool across : {true, false}) {
                json_.key(across ? "x" : "y").begin_array();
                for (const MapScene::Node& node : nodes) {
                    json_.value(
                        static_cast<std::int64_t>(std::llround((across ? node.at.x : node.at.y) * 10.0)));
                }
                json_.end_array();
            }
            const Partition& found = page_.views.communities->result.partition();
            column("c", [&](VertexId v) {
                json_.value(std::uint32_t{static_cast<std::uint32_t>(index_of(found[v]))});
            });
        }
        expertises("of", page_.input.all.offers);
        expertises("se", page_.input.all.seeks);
        if (page_.views.openness && !page_.views.openness->report.attributes.empty()) {
            openness();
        }
    }

    void expertises(std::string_view key, const Incidence& held) {
        column(key, [&](VertexId v) {
            json_.begin_array();
            for (const auto& link : held.of(v)) {
                json_.value(static_cast<std::int64_t>(code_of(link.expertise)) * (link.inferred ? -1 : 1));
            }
            json_.end_array();
        });
    }
    /// From 1, so that a minus can say "inferred".
    std::size_t code_of(ExpertiseId x) {
        const auto [at, is_new] = expertise_codes_.emplace(x, expertises_.size() + 1);
        if (is_new) {
            expertises_.push_back(x);
        }
        return at->second;
    }

    /// Ties to other groups and inside, of the first attribute.
    void openness() {
        const OpennessView& view = *page_.views.openness;
        std::map<ActorId, const ActorOpenness*> of;
        for (const ActorOpenness& a : view.report.attributes.front().actors) {
            of.emplace(view.projection.actor(a.vertex), &a);
        }
        column("o", [&](VertexId v) {
            const auto found = of.find(page_.input.all.actor(v));
            if (found == of.end()) {
                json_.value(std::uint32_t{0});
            } else {
                json_.begin_array().value(found->second->external).value(found->second->internal).end_array();
            }
        });
    }

    void pair(const Both& text) { json_.begin_array().value(text.fr).value(text.en).end_array(); }

    void words() {
        json_.key("kinds").begin_array();
        for (const std::string_view kind : kinds_) {
            pair(page_.label("kind", kind));
        }
        json_.end_array().key("places").begin_array();
        for (const std::string_view place : places_) {
            json_.value(place);
        }
        json_.end_array().key("ex").begin_array();
        for (const ExpertiseId x : expertises_) {
            pair(
                {std::string(network_.label(x, Language::fr)), std::string(network_.label(x, Language::en))});
        }
        json_.end_array();
        if (page_.views.communities) {
            const CommunitiesView& view = *page_.views.communities;
            const CommunityWords names = community_words(view);
            json_.key("com").begin_array();
            for (const CommunityId c : view.result.partition().ids()) {
                json_.begin_array().value(std::uint32_t{view.result.ids[index_of(c)]});
                json_.value(names.of(c).fr).value(names.of(c).en);
                json_.value(std::uint64_t{view.result.partition().size(c)}).end_array();
            }
            json_.end_array();
        }
        if (page_.views.openness && !page_.views.openness->report.attributes.empty()) {
            const std::string& by = page_.views.openness->report.attributes.front().attribute;
            json_.key("by");
            pair({grouping_label(network_, by, Language::fr), grouping_label(network_, by, Language::en)});
        }
        if (page_.scene && page_.scene->shows == MapScene::Shows::communities) {
            json_.key("bubbles").begin_array();
            for (const MapScene::Community& c : page_.scene->communities) {
                json_.value(std::uint32_t{static_cast<std::uint32_t>(index_of(c.id))});
            }
            json_.end_array();
        }
    }

    /// [kind, first year or 0, last year or 0, name or "", actors…] of those that make a tie, flat.
    void partnerships() {
        std::map<std::string_view, std::size_t> kinds;
        std::vector<std::string_view> kind_order;
        const auto& used = page_.input.all.partnership_used;
        const bool named = network_.partnerships().size() <= most_named_partnerships;
        json_.key("t").begin_array();
        for (const PartnershipId p : network_.partnerships().ids()) {
            if (used[index_of(p)] == 0) {
                continue;
            }
            std::vector<std::uint32_t> members;
            for (const Member& member : network_.members(p)) {
                const VertexId v = page_.input.all.vertex(member.actor);
                if (v != none<VertexId> && page_.number_of[index_of(v)] != UINT32_MAX) {
                    members.push_back(page_.number_of[index_of(v)]);
                }
            }
            if (members.size() < 2) {
                continue;
            }
            const Partnership& partnership = network_.partnerships()[p];
            const std::string_view kind = network_.text(partnership.kind);
            const auto [at, is_new] = kinds.emplace(kind, kind_order.size());
            if (is_new) {
                kind_order.push_back(kind);
            }
            json_.begin_array().value(std::uint64_t{at->second});
            json_.value(std::int32_t{partnership.start ? partnership.start->year : std::int16_t{0}});
            json_.value(std::int32_t{partnership.end ? partnership.end->year : std::int16_t{0}});
            json_.value(named ? network_.text(partnership.name) : std::string_view());
            for (const std::uint32_t member : members) {
                json_.value(member);
            }
            json_.end_array();
        }
        json_.end_array().key("pk").begin_array();
        for (const std::string_view kind : kind_order) {
            pair(page_.label("partnership_kind", kind));
        }
        json_.end_array();
    }

    /// Of each actor that has any: [actor, partner, thousandths, partner, …].
    void matches() {
        if (!page_.views.matches || page_.actors.size() > most_actors_with_matches) {
            return;
        }
        json_.key("m").begin_array();
        for (const ActorMatches& list : page_.views.matches->result.actors) {
            list_of(list.actor, list.partners, matches_an_actor, [](const Partner& p) { return p.vertex; });
        }
        json_.end_array();
    }

    void recommendations() {
        if (!page_.views.recommendations) {
            return;
        }
        json_.key("r").begin_array();
        for (const ActorRecommendations& list : page_.views.recommendations->result.actors) {
            list_of(list.actor, list.partners, 3, [](const RecommendedPartner& p) { return p.partner; });
        }
        json_.end_array();
    }

    template <class List, class Of>
    void list_of(VertexId actor, const List& partners, std::size_t most, Of of) {
        const std::uint32_t self = page_.number_of[index_of(actor)];
        if (partners.empty() || self == UINT32_MAX) {
            return;
        }
        json_.begin_array().value(self);
        for (std::size_t i = 0; i < std::min(most, partners.size()); ++i) {
            const std::uint32_t partner = page_.number_of[index_of(of(partners[i]))];
            if (partner != UINT32_MAX) {
                json_.value(partner).value(
                    static_cast<std::int64_t>(std::llround(partners[i].score * 1000.0)));
            }
        }
        json_.end_array();
    }

    const PageContent& page_;
    const Network& network_;
    bool lists_are_written_;
    std::ostringstream out_;
    JsonWriter json_;
    Values kinds_, places_;
    std::map<ExpertiseId, std::size_t> expertise_codes_;
    std::vector<ExpertiseId> expertises_;
};

}  // namespace

std::string page_data(const PageContent& page, bool lists_are_written) {
    return Data(page, lists_are_written).write();
}

}  // namespace maillage::io

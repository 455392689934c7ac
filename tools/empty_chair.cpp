#include "tools/empty_chair.hpp"

#include "engine/error.hpp"
#include "engine/network.hpp"

#include "io/actor_words.hpp"
#include "io/report/document.hpp"
#include "io/report/empty_chair_document.hpp"

#include "tools/fitted_model.hpp"
#include "tools/session.hpp"

#include <algorithm>
#include <limits>
#include <memory>

namespace maillage::tools {
namespace {

struct Judged {
    ChairEvaluation evaluation;
    Date split;
    std::optional<Date> until;
    ChairOptions options;
    std::uint32_t replicates = 0;
    [[nodiscard]] io::EmptyChairView view() const { return {evaluation, split, until, options, replicates}; }
};

void check_split(const Network& network, Date split) {
    bool before = false;
    bool after = false;
    for (const Partnership& p : network.partnerships().items()) {
        before = before || !p.start || p.start->first_day() < split.first_day();
        after = after || (p.start && p.start->first_day() >= split.first_day());
    }
    if (!before || !after) {
        throw OptionError("split", before ? "no partnership starts from " + to_text(split) + " on"
                                          : "nothing is known before " + to_text(split));
    }
}

}  // namespace

void judge_empty_chairs(const Session& session, Date split, std::optional<Date> until,
                        const ChairOptions& options, std::uint32_t replicates) {
    const Network& network = session.network();
    check_split(network, split);
    const auto judged = std::make_shared<Judged>();
    judged->split = split;
    judged->until = until;
    judged->options = options;
    judged->replicates = replicates;

    ProjectionOptions projection = session.projection_options();
    projection.scope.reset();
    projection.to = date_of_day(split.first_day() - 1);
    const Projection past = project(network, projection);
    const NameWords words = io::actor_words(network);
    const std::string territory = territory_attribute(network);
    const TeamInput input{network, past, split.first_day(), projection.excluded_kinds, words, territory};
    ChairFitOptions fitting;
    fitting.chairs = options;
    const auto ranking = fit_chairs(input, fitting, session.execution());
    const TeamModel model(input);
    const std::int32_t end = until ? until->last_day() + 1 : std::numeric_limits<std::int32_t>::max();
    const std::vector<Chair> chairs = empty_chairs(input, model, split.first_day(), end, options);
    judged->evaluation =
        judge_chairs(model, past.offers, chairs, ranking, replicates, options.seed, session.execution());

    io::Document document;
    document.name = "empty_chairs";
    document.options = [&session, judged](io::JsonWriter& json) {
        session.write_common_options(json);
        io::write_empty_chair_options(json, judged->view());
    };
    document.result = [judged](io::JsonWriter& json) { io::write_empty_chair_result(json, judged->view()); };
    document.reading = [judged](Language language) {
        return io::empty_chair_reading(judged->view(), language);
    };
    session.emit(document);
}

}  // namespace maillage::tools

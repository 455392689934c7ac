#pragma once

#include "io/json_writer.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::io {

/// Fields of one object of which several may be undefined: each of those is null, and one object "why" says
/// the reason of each by its name ({"conductance": null, "density": null, "why": {"conductance": …}}).
class MaybeFields {
public:
    explicit MaybeFields(JsonWriter& json) : json_(json) {}
    void field(std::string_view name, const std::optional<double>& value, std::string_view reason) {
        json_.field(name, value);
        if (!value) {
            reasons_.emplace_back(name, reason);
        }
    }
    void finish() {
        if (reasons_.empty()) {
            return;
        }
        json_.key("why").begin_object();
        for (const auto& [name, reason] : reasons_) {
            json_.field(name, reason);
        }
        json_.end_object();
    }

private:
    JsonWriter& json_;
    std::vector<std::pair<std::string_view, std::string_view>> reasons_;
};

}  // namespace maillage::io

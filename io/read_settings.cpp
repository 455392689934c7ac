#include "io/read_settings.hpp"

#include "io/encoding.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace maillage::io {
namespace {

using Json = nlohmann::json;

const std::vector<std::string> known_keys = {
    "excluded_partnership_kinds", "group_by", "labels", "language", "licence", "schema", "scope", "title"};

class SettingsReader {
public:
    SettingsReader(std::string_view text, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics)
        : text_(text), file_(file), builder_(builder), diagnostics_(diagnostics) {}

    void run() {
        const Json json = parsed();
        if (json.is_discarded()) {
            return;
        }
        if (!json.is_object()) {
            say(Severity::error, {}, "the settings are an object: {\"title\": …}");
            return;
        }
        Settings settings;
        for (const auto& [key, value] : json.items()) {
            read_key(key, value, settings);
        }
        for (const char* key : {"group_by", "scope"}) {
            const SourcePosition place = place_of(key);
            builder_.set_settings_place(key, {place.line, place.column});
        }
        builder_.set_settings(std::move(settings));
    }

private:
    /// The document, or a discarded value when a problem was reported.
    Json parsed() {
        std::vector<std::set<std::string>> open;
        bool twice = false;
        const auto watch = [&](int, Json::parse_event_t event, Json& item) {
            if (event == Json::parse_event_t::object_start) {
                open.emplace_back();
            } else if (event == Json::parse_event_t::object_end) {
                open.pop_back();
            } else if (event == Json::parse_event_t::key &&
                       !open.back().insert(item.get<std::string>()).second) {
                say(Severity::error, item.get<std::string>(),
                    "key \"" + item.get<std::string>() + "\" is given twice");
                twice = true;
            }
            return true;
        };
        try {
            Json json = Json::parse(text_.begin(), text_.end(), watch);
            return twice ? Json(Json::value_t::discarded) : json;
        } catch (const Json::parse_error& error) {
            const std::size_t at = error.byte > 0 ? error.byte - 1 : 0;
            const std::string what = error.what();
            diagnostics_.push_back({Severity::error,
                                    position_of(text_, std::min(at, text_.size()), file_),
                                    "this is not JSON: " + what.substr(what.rfind("] ") + 2),
                                    {}});
            return Json(Json::value_t::discarded);
        }
    }

    void read_key(const std::string& key, const Json& value, Settings& settings) {
        if (key == "title" || key == "licence" || key == "language" || key == "schema") {
            if (!value.is_string()) {
                say(Severity::error, key, "\"" + key + "\" is a text");
            } else if (key == "title") {
                settings.title = value.get<std::string>();
            } else if (key == "licence") {
                settings.licence = value.get<std::string>();
            }
        } else if (key == "group_by") {
            settings.group_by = texts(key, value);
        } else if (key == "excluded_partnership_kinds") {
            settings.excluded_partnership_kinds = texts(key, value);
        } else if (key == "scope") {
            read_scope(value, settings);
        } else if (key == "labels") {
            read_labels(value, settings);
        } else {
            say(Severity::note, key, "setting \"" + key + "\" is not known" + suggestion(key, known_keys));
        }
    }

    std::vector<std::string> texts(const std::string& key, const Json& value) {
        const bool fine = value.is_array() && std::all_of(value.begin(), value.end(),
                                                          [](const Json& v) { return v.is_string(); });
        if (!fine) {
            say(Severity::error, key, "\"" + key + "\" is a list of texts");
            return {};
        }
        return value.get<std::vector<std::string>>();
    }

    void read_scope(const Json& value, Settings& settings) {
        const bool fine = value.is_object() && value.size() == 2 && value.contains("attribute") &&
                          value.contains("value") && value["attribute"].is_string() &&
                          value["value"].is_string();
        if (!fine) {
            say(Severity::error, "scope",
                R"("scope" is an object of two texts: {"attribute": "…", "value": "…"})");
            return;
        }
        settings.scope = {value["attribute"].get<std::string>(), value["value"].get<std::string>()};
    }

    void read_labels(const Json& value, Settings& settings) {
        constexpr const char* expected =
            R"("labels" holds, for an attribute, for a code, its words: {"kind": {"municipality": {"fr": "Commune", "en": "Municipality"}}})";
        if (!value.is_object()) {
            say(Severity::error, "labels", expected);
            return;
        }
        for (const auto& [attribute, words] : value.items()) {
            if (!words.is_object()) {
                say(Severity::error, attribute, expected);
                continue;
            }
            for (const auto& [code, word] : words.items()) {
                LocalText local;
                if (!word.is_object() || !take_text(word, "fr", local.fr) ||
                    !take_text(word, "en", local.en)) {
                    say(Severity::error, code, expected);
                    continue;
                }
                settings.labels[attribute][code] = local;
            }
        }
    }

    static bool take_text(const Json& object, const char* key, std::string& text) {
        if (!object.contains(key)) {
            return true;
        }
        if (!object[key].is_string()) {
            return false;
        }
        text = object[key].get<std::string>();
        return true;
    }

    /// The settings are a page at most: a key is found again by searching its quoted form.
    [[nodiscard]] SourcePosition place_of(const std::string& key) const {
        const auto at = key.empty() ? 0 : text_.find('"' + key + '"');
        return position_of(text_, at == std::string_view::npos ? 0 : at, file_);
    }
    void say(Severity severity, const std::string& key, std::string message) {
        diagnostics_.push_back({severity, place_of(key), std::move(message), {}});
    }

    std::string_view text_;
    const std::string& file_;
    NetworkBuilder& builder_;
    std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void read_settings(std::string_view text, const std::string& file, NetworkBuilder& builder,
                   std::vector<Diagnostic>& diagnostics) {
    SettingsReader(text, file, builder, diagnostics).run();
}

}  // namespace maillage::io

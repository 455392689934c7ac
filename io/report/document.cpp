#include "io/report/document.hpp"

#include "io/report/version.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <tuple>

namespace maillage::io {
namespace {

constexpr std::size_t most_messages = 100;

std::size_t count_of(const std::vector<Diagnostic>& diagnostics, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [severity](const auto& d) { return d.severity == severity; }));
}

/// Messages without lines, sorted: their order must not tell the order of the rows.
void write_diagnostics(JsonWriter& json, const std::vector<Diagnostic>& diagnostics) {
    std::set<std::tuple<int, std::string, std::string>> messages;
    for (const Diagnostic& d : diagnostics) {
        messages.emplace(-static_cast<int>(d.severity), d.where.file, d.message);
    }
    json.key("diagnostics").begin_object(JsonWriter::Form::lines);
    json.field("errors", std::uint64_t{count_of(diagnostics, Severity::error)});
    json.field("warnings", std::uint64_t{count_of(diagnostics, Severity::warning)});
    json.field("notes", std::uint64_t{count_of(diagnostics, Severity::note)});
    json.key("messages").begin_array(JsonWriter::Form::lines);
    std::size_t written = 0;
    for (const auto& [severity, file, message] : messages) {
        if (written++ == most_messages) {
            break;
        }
        json.begin_object();
        json.field("severity", to_text(static_cast<Severity>(-severity)));
        json.field("file", file).field("message", message).end_object();
    }
    json.end_array();
    json.field("more_messages", std::uint64_t{messages.size() - std::min(messages.size(), most_messages)});
    json.end_object();
}

}  // namespace

void write_json(std::ostream& out, const Document& document, const DocumentHeader& header) {
    JsonWriter json(out);
    json.begin_object(JsonWriter::Form::lines);
    json.field("schema", "maillage/" + document.name + "/" + document.version);
    json.key("generator").begin_object().field("name", "maillage").field("version", version).end_object();
    json.key("dataset").begin_object(JsonWriter::Form::lines);
    json.field("title", header.dataset_title).field("digest", header.digest);
    json.field("actors", std::uint64_t{header.actors}).field("expertises", std::uint64_t{header.expertises});
    json.field("partnerships", std::uint64_t{header.partnerships});
    json.field("opportunities", std::uint64_t{header.opportunities}).end_object();
    json.key("options").begin_object(JsonWriter::Form::lines);
    document.options(json);
    json.end_object();
    write_diagnostics(json, header.diagnostics);
    json.key("result").begin_object(JsonWriter::Form::lines);
    document.result(json);
    json.end_object();
    json.end_object();
    out << '\n';
}

}  // namespace maillage::io

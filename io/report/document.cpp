#include "io/report/document.hpp"

#include "io/report/version.hpp"

#include <cstdint>
#include <ostream>

namespace maillage::io {
namespace {

void write_diagnostics(JsonWriter& json, const DiagnosticSummary& diagnostics) {
    json.key("diagnostics").begin_object(JsonWriter::Form::lines);
    json.field("errors", std::uint64_t{diagnostics.errors});
    json.field("warnings", std::uint64_t{diagnostics.warnings});
    json.field("notes", std::uint64_t{diagnostics.notes});
    json.key("messages").begin_array(JsonWriter::Form::lines);
    for (const Diagnostic& d : diagnostics.messages) {
        json.begin_object();
        json.field("severity", to_text(d.severity));
        json.field("file", d.where.file).field("message", d.message).end_object();
    }
    json.end_array();
    json.field("more_messages", std::uint64_t{diagnostics.more_messages});
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

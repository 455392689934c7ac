#pragma once

#include "engine/network.hpp"

#include <iosfwd>

namespace maillage::io {

/// A network as JSON-LD 1.1 with public vocabularies, for triple stores and search engines.
///
/// Definition  An actor is an org:Organization (W3C ORG, 2014) and schema:Organization with its name, place, country,
///             coordinates and web page; its kind is org:classification. An expertise is a skos:Concept with labels by
///             language and its broader one; what an actor offers is schema:knowsAbout, what it seeks schema:seeks. A
///             partnership is an org:OrganizationalCollaboration of its members with schema:startDate and endDate; an
///             opportunity a schema:Grant with its deadline and the expertises it asks for. Ids become IRIs relative to
///             the document: #actor/…, #expertise/…, #partnership/…, #opportunity/…, percent-encoded.
/// Lost        levels, weights, roles, attributes and settings: nothing in these vocabularies holds them.
/// Cost        O(size of the network).
void write_json_ld(std::ostream& out, const Network& network);

}  // namespace maillage::io

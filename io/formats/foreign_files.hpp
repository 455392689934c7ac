#pragma once

#include <string_view>

namespace maillage::io {

/// What a file is that people give in the belief that it is a table or a graph, and what to do with it: encrypted and old
/// workbooks (.xls, told from each other by the streams of their OLE container, MS-CFB 2.6), web pages and the XML of
/// Excel 2003 that are called .xls, PDF, databases, other packers. Empty for anything else.
/// Cost  The first 64 KiB; for OLE files a search for three names.
[[nodiscard]] std::string_view foreign_file(std::string_view bytes);

}  // namespace maillage::io

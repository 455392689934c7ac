# cmake -DOUT=assets.cpp -DFOLDER=io/report/page -P embed.cmake : the page's files as C++ texts.
cmake_minimum_required(VERSION 3.25)
set(source "// made by io/report/page/embed.cmake\n#include \"io/report/page/assets.hpp\"\n\nnamespace maillage::io {\n\n")
foreach(pair "page_html:page.html" "page_css:page.css" "figure_css:figure.css" "page_script:page.mjs")
  string(REGEX MATCH "^([^:]*):(.*)$" whole "${pair}")
  set(function "${CMAKE_MATCH_1}")
  # byte by byte: a string literal may not be longer than 64 KiB everywhere, and no mark in a text means anything here
  file(READ "${FOLDER}/${CMAKE_MATCH_2}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND source "std::string_view ${function}() noexcept {\n    static constexpr char text[] = {${bytes}};\n    return {text, sizeof text};\n}\n\n")
endforeach()
string(APPEND source "}  // namespace maillage::io\n")
file(WRITE "${OUT}" "${source}")

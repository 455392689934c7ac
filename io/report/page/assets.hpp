#pragma once

#include <string_view>

/// The files of this folder as the program holds them; made by embed.cmake.
namespace maillage::io {

[[nodiscard]] std::string_view page_html() noexcept;
[[nodiscard]] std::string_view page_css() noexcept;
[[nodiscard]] std::string_view figure_css() noexcept;
[[nodiscard]] std::string_view page_script() noexcept;

}  // namespace maillage::io

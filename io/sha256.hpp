#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace maillage::io {

/// "sha256:" and 64 hexadecimal digits of what `body` writes; nothing is kept in memory. (OpenSSL's
/// libcrypto.)
[[nodiscard]] std::string sha256_of(const std::function<void(std::ostream&)>& body);

}  // namespace maillage::io

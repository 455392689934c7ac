#pragma once

#include "engine/error.hpp"

#include "io/read_dataset.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

/// Datasets written to a folder that lives as long as the test.
namespace maillage::testing {

class Folder {
public:
    Folder() {
        static std::atomic<unsigned> next = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("maillage-test-" + std::to_string(getpid()) + "-" + std::to_string(next++));
        std::filesystem::create_directories(path_);
    }
    Folder(std::initializer_list<std::pair<std::string_view, std::string_view>> files) : Folder() {
        for (const auto& [name, text] : files) {
            write(name, text);
        }
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    void write(std::string_view name, std::string_view text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// "file:line:column: error: message", one a line, of the diagnostics of a severity.
inline std::string said(const std::vector<Diagnostic>& diagnostics, Severity severity = Severity::error) {
    std::string text;
    for (Diagnostic d : diagnostics) {
        if (d.severity == severity) {
            d.excerpt.clear();
            text += (text.empty() ? "" : "\n") + to_text(d);
        }
    }
    return text;
}

/// Every place is inside its line: the column of a diagnostic points at a byte of the excerpt, or just behind
/// it.
inline bool places_make_sense(const std::vector<Diagnostic>& diagnostics) {
    return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
        return d.where.line == 0 || d.where.column <= d.excerpt.size() + 1;
    });
}

/// The bytes of an ASCII or Latin text (code points up to U+00FF, given as UTF-8) in UTF-16.
inline std::string as_utf16(std::string_view utf8, bool little_endian, bool mark) {
    std::string bytes;
    const auto put = [&](unsigned unit) {
        const char low = static_cast<char>(unit & 0xFFU);
        const char high = static_cast<char>(unit >> 8U);
        bytes += little_endian ? low : high;
        bytes += little_endian ? high : low;
    };
    if (mark) {
        put(0xFEFFU);
    }
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80U) {
            put(byte);
        } else {
            put(((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
        }
    }
    return bytes;
}

/// The same in Windows-1252 (Latin-1 letters only).
inline std::string as_windows_1252(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        bytes +=
            byte < 0x80U
                ? utf8[i]
                : static_cast<char>(((byte & 0x03U) << 6U) | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
    }
    return bytes;
}

}  // namespace maillage::testing

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::testing {

/// The checksum of zip and gzip (CRC-32, ISO 3309), bit by bit: the tests need no library for it.
inline std::uint32_t crc32_of(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return crc ^ 0xFFFFFFFFU;
}

/// A zip whose parts are stored as they are (APPNOTE 6.3, without compression): for workbooks made by hand.
inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string zip;
    std::string directory;
    const auto number = [](std::string& to, std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i, value >>= 8U) {
            to += static_cast<char>(value & 0xFFU);
        }
    };
    for (const auto& [name, text] : parts) {
        const std::size_t at = zip.size();
        std::string common;  // what the head of a part and its entry in the directory share
        number(common, 20, 2);
        number(common, 0, 8);  // no flags, stored, no time
        number(common, crc32_of(text), 4);
        number(common, text.size(), 4);
        number(common, text.size(), 4);
        number(common, name.size(), 2);
        number(common, 0, 2);
        zip += "PK\x03\x04" + common + name + text;
        directory += std::string("PK\x01\x02\x14") + '\0' + common;
        number(directory, 0, 10);
        number(directory, at, 4);
        directory += name;
    }
    const std::size_t at = zip.size();
    zip += directory + "PK\x05\x06";
    number(zip, 0, 4);
    number(zip, parts.size(), 2);
    number(zip, parts.size(), 2);
    number(zip, directory.size(), 4);
    number(zip, at, 4);
    number(zip, 0, 2);
    return zip;
}

/// A workbook of one sheet, "actors", from its XML and that of its shared strings and its styles, each between markers
/// of a line of three dashes; the last two may be left out.
inline std::string workbook_of_parts(std::string_view text) {
    constexpr std::string_view marker = "\n---\n";
    std::vector<std::string> parts;
    for (std::size_t at = 0; parts.size() < 3;) {
        const std::size_t end = parts.size() == 2 ? std::string_view::npos : text.find(marker, at);
        parts.emplace_back(text.substr(at, end == std::string_view::npos ? end : end - at));
        if (end == std::string_view::npos) {
            break;
        }
        at = end + marker.size();
    }
    std::vector<std::pair<std::string, std::string>> files = {
        {"xl/workbook.xml",
         R"(<workbook><sheets><sheet name="actors" sheetId="1" r:id="r1"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>)"},
        {"xl/worksheets/sheet1.xml", parts[0]}};
    if (parts.size() > 1) {
        files.emplace_back("xl/sharedStrings.xml", parts[1]);
    }
    if (parts.size() > 2) {
        files.emplace_back("xl/styles.xml", parts[2]);
    }
    return stored_zip(files);
}

}  // namespace maillage::testing

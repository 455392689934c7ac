#pragma once

#include "engine/error.hpp"

#include "io/formats/format.hpp"
#include "io/formats/graph_csv.hpp"
#include "io/formats/graph_network.hpp"
#include "io/read_dataset.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

/// Graphs read from texts, as every command reads them.
namespace maillage::testing {

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Reads bytes through a file.
inline io::ReadReport read_bytes(const std::string& bytes, const io::ReadOptions& options = {}) {
    static const Folder folder;  // one for all: a new one takes longer than reading
    folder.write("x", bytes);
    return io::inspect_dataset(folder.file("x"), options);
}

inline std::string json_of(const Network& network) {
    std::ostringstream out;
    io::write_json_dataset(out, network);
    return out.str();
}

inline std::string written_as(io::GraphFormat format, const Network& network, std::vector<LocalText>& lost) {
    std::ostringstream out;
    io::write_graph(format, out, io::graph_of(network, lost), lost);
    return out.str();
}

}  // namespace maillage::testing

#include "tests/support/shared_networks.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <utility>

namespace maillage::testing {
namespace {

class Collector {
public:
    void vertex(const std::string& name) { number(name); }
    void pair(const std::string& a, const std::string& b) {
        const std::uint32_t x = number(a);
        const std::uint32_t y = number(b);
        if (x != y) {
            pairs_.insert(std::minmax(x, y));
        }
    }
    [[nodiscard]] CsrGraph graph() const {
        std::vector<Tie> ties;
        for (const auto& [a, b] : pairs_) {
            ties.push_back({id_at<VertexId>(a), id_at<VertexId>(b), 1.0});
        }
        return CsrGraph::from_ties(numbers_.size(), ties);
    }

private:
    std::uint32_t number(const std::string& name) {
        return numbers_.emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }
    std::map<std::string, std::uint32_t> numbers_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

void read_gml(std::istream& in, Collector& collector) {
    std::string word;
    std::string value;
    std::string source;
    while (in >> word) {
        if (word == "id" && in >> value) {
            collector.vertex(value);
        } else if (word == "source") {
            in >> source;
        } else if (word == "target" && in >> value) {
            collector.pair(source, value);
        }
    }
}

void read_pairs(std::istream& in, Collector& collector) {
    std::string a;
    std::string b;
    while (in >> a >> b) {
        collector.pair(a, b);
    }
}

}  // namespace

std::optional<CsrGraph> shared_network(const std::string& name) {
    std::ifstream in(std::string(MAILLAGE_SOURCE_DIR) + "/../shared/data/networks/" + name);
    if (!in) {
        return std::nullopt;
    }
    Collector collector;
    if (name.ends_with(".gml")) {
        read_gml(in, collector);
    } else {
        read_pairs(in, collector);
    }
    return collector.graph();
}

}  // namespace maillage::testing

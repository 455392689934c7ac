#include "tests/support/shared_networks.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <utility>

namespace maillage::testing {
namespace {

class Collector {
public:
    void vertex(const std::string& name) { number(name); }
    void pair(const std::string& a, const std::string& b, double weight = 1.0) {
        const std::uint32_t x = number(a);
        const std::uint32_t y = number(b);
        if (x != y) {
            pairs_.emplace(std::minmax(x, y), weight);
        }
    }
    [[nodiscard]] CsrGraph graph() const {
        std::vector<Tie> ties;
        for (const auto& [ends, weight] : pairs_) {
            ties.push_back({id_at<VertexId>(ends.first), id_at<VertexId>(ends.second), weight});
        }
        return CsrGraph::from_ties(numbers_.size(), ties);
    }

private:
    std::uint32_t number(const std::string& name) {
        return numbers_.emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }
    std::map<std::string, std::uint32_t> numbers_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> pairs_;
};

void read_gml(std::istream& in, Collector& collector, bool weighted) {
    std::string word;
    std::string value;
    std::string source;
    std::string target;
    while (in >> word) {
        if (word == "id" && in >> value) {
            collector.vertex(value);
        } else if (word == "source") {
            in >> source;
        } else if (word == "target" && in >> target && !weighted) {
            collector.pair(source, target);
        } else if (word == "value" && !target.empty() && weighted && in >> value) {
            collector.pair(source, target, std::stod(value));
            target.clear();
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

std::optional<CsrGraph> shared_network(const std::string& name, bool weighted) {
    std::ifstream in(std::string(MAILLAGE_SOURCE_DIR) + "/../shared/data/networks/" + name);
    if (!in) {
        return std::nullopt;
    }
    Collector collector;
    if (name.ends_with(".gml")) {
        read_gml(in, collector, weighted);
    } else {
        read_pairs(in, collector);
    }
    return collector.graph();
}

}  // namespace maillage::testing

#include "bench/harness.hpp"

#include <cstdio>

namespace maillage::bench {
namespace {

std::string formatted(const char* format, double value) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, format, value);
    return buffer;
}

}  // namespace

std::string to_text(const Sample& s) {
    return s.name + "  " + formatted("%.1f ", s.amount) + s.unit + "  median " +
           formatted("%.1f ms", s.median() * 1e3) + "  best " + formatted("%.1f ms", s.best() * 1e3) +
           "  spread " + formatted("%.2f", s.spread()) + "  " + formatted("%.0f ", s.rate()) + s.unit + "/s";
}

std::string to_json(const std::vector<Sample>& samples) {
    std::string text = "[";
    for (const Sample& s : samples) {
        text += (text.size() > 1 ? ",\n " : "") + std::string("{\"name\": \"") + s.name +
                "\", \"median\": " + formatted("%.9g", s.median()) +
                ", \"best\": " + formatted("%.9g", s.best()) +
                ", \"spread\": " + formatted("%.4g", s.spread()) +
                ", \"amount\": " + formatted("%.9g", s.amount) + ", \"unit\": \"" + s.unit + "\"}";
    }
    return text + "]\n";
}

}  // namespace maillage::bench

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace maillage {

/// Called from one thread at a time with the share of a phase that is done, 0 .. 1.
using ProgressFunction = std::function<void(std::string_view phase, double share)>;

/// How to run, as opposed to what to compute: never changes a result.
struct Execution {
    std::uint32_t threads = 1;  ///< >= 1
    ProgressFunction progress;  ///< may be empty

    void report(std::string_view phase, double share) const {
        if (progress) {
            progress(phase, share);
        }
    }
};

/// Cuts 0 .. count into chunks of chunk_size (the cut does not depend on the threads) and calls
/// body(chunk, begin, end, worker) for each, on up to execution.threads threads; worker is in
/// 0 .. threads-1 and names a scratch space. Chunks may run in any order: a body writes to places of
/// its chunk only, and sums are merged by the caller in chunk order.
/// An exception of a body ends the loop and is thrown again (the one of the lowest chunk seen).
void for_chunks(std::size_t count, std::size_t chunk_size, const Execution& execution, std::string_view phase,
                const std::function<void(std::size_t chunk, std::size_t begin, std::size_t end,
                                         std::size_t worker)>& body);

}  // namespace maillage

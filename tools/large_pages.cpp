#include "tools/large_pages.hpp"

#include <cstdint>
#include <cstdlib>
#include <features.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace maillage::tools {

void use_large_pages() noexcept {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr int heap = 64 << 20;
    constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
    mallopt(M_TOP_PAD, heap);             // the heap grows by so much at a time,
    mallopt(M_TRIM_THRESHOLD, 2 * heap);  // is not given back in between,
    mallopt(M_MMAP_THRESHOLD, heap / 2);  // and takes arrays up to 32 MB
    void* const grown = std::malloc(256 << 10);
    const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
    const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(grown) + page - 1) / page * page;
    if (grown != nullptr && begin < end) {
        // an advice: where it is not taken, nothing is lost
        static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
    }
    std::free(grown);
#endif
}

}  // namespace maillage::tools

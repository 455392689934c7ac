#include "tools/large_pages.hpp"

#include <cstddef>
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
    auto* const grown = static_cast<char*>(std::malloc(256 << 10));
    const auto* const end = static_cast<char*>(sbrk(0));
    const std::uintptr_t past_page = reinterpret_cast<std::uintptr_t>(grown) % page;
    char* const begin = grown + (past_page == 0 ? 0 : page - past_page);
    if (grown != nullptr && begin < end) {
        // an advice: where it is not taken, nothing is lost
        static_cast<void>(madvise(begin, static_cast<std::size_t>(end - begin), MADV_HUGEPAGE));
    }
    std::free(grown);
#endif
}

}  // namespace maillage::tools

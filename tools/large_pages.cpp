#include "tools/large_pages.hpp"

#include "engine/sanitizer.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <features.h>
#include <new>

#if defined(__GLIBC__) && !defined(MAILLAGE_WATCHED)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace maillage::tools {

void use_large_pages() noexcept {
#if defined(__GLIBC__) && !defined(MAILLAGE_WATCHED)
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

#if defined(__GLIBC__) && !defined(MAILLAGE_WATCHED)

namespace {

constexpr std::size_t large = std::size_t{4} << 20U;
constexpr std::size_t large_page = std::size_t{2} << 20U;

/// Memory, or a null pointer. Large arrays begin on a large page and ask for more of them.
void* allocate(std::size_t size) noexcept {
    if (size < large || size > PTRDIFF_MAX) {
        return std::malloc(size == 0 ? 1 : size);
    }
    void* const begin = std::aligned_alloc(large_page, (size + large_page - 1) / large_page * large_page);
    if (begin != nullptr) {
        static_cast<void>(madvise(begin, size, MADV_HUGEPAGE));
    }
    return begin;
}

}  // namespace

// Tables and indexes of a large dataset are arrays of many megabytes that are read at random: on pages of 4 KB half of the time of
// reading a graph of a million edges went into faults and into translating addresses.
void* operator new(std::size_t size) {
    while (true) {
        if (void* const begin = allocate(size); begin != nullptr) {
            return begin;
        }
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr) {
            throw std::bad_alloc();
        }
        handler();
    }
}

void operator delete(void* begin) noexcept {
    std::free(begin);
}

void operator delete(void* begin, std::size_t) noexcept {
    std::free(begin);
}

#endif

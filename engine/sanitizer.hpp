#pragma once

/// MAILLAGE_WATCHED is defined where AddressSanitizer, ThreadSanitizer or MemorySanitizer watches memory: GCC says so by macros,
/// clang by features.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MAILLAGE_WATCHED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define MAILLAGE_WATCHED
#endif
#endif

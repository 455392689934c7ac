#include "io/formats/late_library.hpp"

#include <dlfcn.h>

namespace maillage::io {

LateLibrary::LateLibrary(const char* soname)
    : handle_(dlopen(soname, RTLD_NOW | RTLD_LOCAL)), soname_(soname) {
    if (handle_ == nullptr) {
        throw LibraryMissing("the library " + soname_ + " cannot be loaded");
    }
}

void* LateLibrary::symbol(const char* name) const {
    void* found = dlsym(handle_, name);
    if (found == nullptr) {
        throw LibraryMissing("the library " + soname_ + " has no function " + name);
    }
    return found;
}

}  // namespace maillage::io

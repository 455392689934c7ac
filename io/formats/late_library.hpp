#pragma once

#include "engine/error.hpp"

#include <string>

namespace maillage::io {

/// A shared library that was there when maillage was built and is not any more.
class LibraryMissing : public Error {
public:
    using Error::Error;
};

/// A shared library that is loaded when an object of this class is made, not when the program starts: what few
/// commands need should not cost every command its start (libzip and libxlsxwriter bring libcrypto, bzip2 and minizip
/// along, two thirds of the start of the program). It stays loaded to the end.
class LateLibrary {
public:
    /// @param soname as the loader knows it: "libzip.so.4"
    /// @throws LibraryMissing when there is none of this name
    explicit LateLibrary(const char* soname);
    /// @throws LibraryMissing when the library has no such function
    [[nodiscard]] void* symbol(const char* name) const;

private:
    void* handle_;
    std::string soname_;
};

/// A function of such a library, with the type that its header declares: LateFunction<zip_fopen>.
/// The declared function is named for its type only, and need not be linked.
template <auto& declared>
class LateFunction {
    using Pointer = decltype(&declared);

public:
    /// @throws LibraryMissing
    LateFunction(const LateLibrary& library, const char* name)
        : call_(reinterpret_cast<Pointer>(library.symbol(name))) {}

    /// Called like the function itself.
    operator Pointer() const noexcept {
        return call_;
    }  // NOLINT(google-explicit-constructor,hicpp-explicit-conversions)

private:
    Pointer call_;
};

}  // namespace maillage::io

#include "io/file_bytes.hpp"

#include "engine/error.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace maillage::io {
namespace {

[[noreturn]] void cannot_read(const std::string& path, int reason) {
    throw InputError(Diagnostic{
        Severity::error, {path, 0, 0}, "cannot be read: " + std::generic_category().message(reason), {}});
}

/// Closes on the way out.
class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : number_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ > STDERR_FILENO) {
            close(number_);
        }
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

std::string read_all(int descriptor, const std::string& path) {
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    while (true) {
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count == 0) {
            return text;
        }
        if (count < 0 && errno != EINTR) {
            cannot_read(path, errno);
        }
        text.append(buffer.data(), static_cast<std::size_t>(count < 0 ? 0 : count));
    }
}

}  // namespace

FileBytes::FileBytes(const std::string& path) {
    const Descriptor file(path);
    struct stat info {};
    if (file.number() < 0 || fstat(file.number(), &info) != 0) {
        cannot_read(path, errno);
    }
    if (S_ISDIR(info.st_mode)) {
        cannot_read(path, EISDIR);
    }
    if (!S_ISREG(info.st_mode) || info.st_size == 0) {
        read_ = read_all(file.number(), path);
        bytes_ = read_;
        return;
    }
    const auto size = static_cast<std::size_t>(info.st_size);
    void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (mapped == MAP_FAILED) {
        cannot_read(path, errno);
    }
    mapped_ = mapped;
    bytes_ = {static_cast<const char*>(mapped), size};
}

void FileBytes::expect_all() const noexcept {
#ifdef MADV_POPULATE_READ
    if (mapped_ != nullptr) {
        static_cast<void>(madvise(mapped_, bytes_.size(), MADV_POPULATE_READ));
    }
#endif
}

void FileBytes::set_aside() const noexcept {
    if (mapped_ != nullptr) {
        static_cast<void>(
            madvise(mapped_, bytes_.size(), MADV_DONTNEED));  // mapped to be read: nothing is lost
    }
}

FileBytes::~FileBytes() {
    if (mapped_ != nullptr) {
        munmap(mapped_, bytes_.size());
    }
}

}  // namespace maillage::io

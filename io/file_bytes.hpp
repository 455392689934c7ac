#pragma once

#include <string>
#include <string_view>

namespace maillage::io {

/// The bytes of a file, mapped when it is a regular one, else read (standard input for "-").
class FileBytes {
public:
    /// @throws InputError naming the file and the reason.
    explicit FileBytes(const std::string& path);
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;
    FileBytes(FileBytes&&) = delete;
    FileBytes& operator=(FileBytes&&) = delete;
    ~FileBytes();

    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
    /// All of it will be read now: asks the system to map it in one go. Changes nothing else.
    void expect_all() const noexcept;
    /// None of it will be read for a while: its pages may leave memory, and come back when they are asked for.
    void set_aside() const noexcept;

private:
    std::string_view bytes_;
    std::string read_;
    void* mapped_ = nullptr;
};

}  // namespace maillage::io

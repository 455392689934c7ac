#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace maillage::tools {

/// Files written whole or not at all: each into a temporary file beside its target, all renamed by commit().
/// What is not committed is removed, also when the process is interrupted (see
/// remove_temporaries_on_interrupt).
class PendingFiles {
public:
    PendingFiles() = default;
    PendingFiles(const PendingFiles&) = delete;
    PendingFiles& operator=(const PendingFiles&) = delete;
    ~PendingFiles();

    /// A pipe or a device (/dev/stdout) is written in place, at once.
    /// @throws OptionError (field "output") when the file cannot be written.
    void write(const std::filesystem::path& target, const std::function<void(std::ostream&)>& body);
    void commit();

private:
    struct File {
        std::filesystem::path temporary, target;
        std::size_t slot;
    };
    std::vector<File> files_;
};

/// Makes SIGINT and SIGTERM remove the temporary files and end the process with 130: the handler calls
/// unlink and _exit only, so nothing has to poll.
void remove_temporaries_on_interrupt();

/// Names of the interrupt table for code that writes its temporary files itself (convert, generate).
/// A slot is freed by forget_temporary. Paths longer than 4 KiB are not registered.
[[nodiscard]] std::size_t register_temporary(const std::filesystem::path& path);
void forget_temporary(std::size_t slot) noexcept;

}  // namespace maillage::tools

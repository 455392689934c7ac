#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace maillage::tools {

/// A folder of tables written whole or not at all: its files go into a temporary folder beside it, which
/// commit() renames. What is not committed is removed, also when the process is interrupted.
class PendingFolder {
public:
    /// An existing folder that is not empty is refused unless `force`; then commit() replaces the tables,
    /// settings and package description in it and what is written anew, and leaves its other files alone.
    /// @throws OptionError (field "output")
    PendingFolder(const std::string& target, bool force);
    PendingFolder(const PendingFolder&) = delete;
    PendingFolder& operator=(const PendingFolder&) = delete;
    ~PendingFolder();

    /// @throws OptionError (field "output") when the file cannot be written.
    void write(const std::string& name, const std::function<void(std::ostream&)>& body);
    void commit();

private:
    void replace_existing();

    std::filesystem::path target_, temporary_;
    bool replaces_ = false;
    std::vector<std::size_t> slots_;  ///< in the table of output.hpp
};

}  // namespace maillage::tools

#include "tools/pending_folder.hpp"

#include "engine/error.hpp"

#include "io/tables.hpp"

#include "tools/output.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace maillage::tools {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
    throw OptionError("output", "cannot write " + path.string() + ": " + why);
}

void check(const std::error_code& error, const fs::path& path) {
    if (error) {
        refuse(path, error.message());
    }
}

/// `region/` and `region` are the same folder, and a link is followed.
fs::path folder_named(const std::string& target) {
    fs::path path(target);
    if (!path.has_filename() && path.has_parent_path()) {
        path = path.parent_path();
    }
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error);
    return error ? path : real;
}

/// A file that a reader of the folder would take as part of the dataset.
bool belongs_to_dataset(const fs::path& file) {
    const std::string ending = file.extension().string();
    const bool table = (ending == ".csv" || ending == ".tsv" || ending == ".txt") &&
                       io::table_named(file.stem().string()).has_value();
    return table || file.filename() == "maillage.json" || file.filename() == "datapackage.json";
}

}  // namespace

PendingFolder::PendingFolder(const std::string& target, bool force) : target_(folder_named(target)) {
    std::error_code error;
    if (fs::exists(target_, error)) {
        if (!fs::is_directory(target_, error)) {
            refuse(target_, "it is a file; tables need a folder");
        }
        replaces_ = !fs::is_empty(target_, error);
        check(error, target_);
        if (replaces_ && !force) {
            refuse(target_, "the folder is not empty; choose another, or say --force to replace its tables");
        }
    }
    if (target_.has_parent_path()) {
        fs::create_directories(target_.parent_path(), error);
        check(error, target_);
    }
    temporary_ = target_;
    temporary_ += "." + std::to_string(getpid()) + ".tmp";
    fs::create_directory(temporary_, error);
    check(error, target_);
    slots_.push_back(register_temporary(temporary_));
}

PendingFolder::~PendingFolder() {
    std::error_code ignored;
    if (!temporary_.empty()) {
        fs::remove_all(temporary_, ignored);
    }
    for (const std::size_t slot : slots_) {
        forget_temporary(slot);
    }
}

void PendingFolder::write(const std::string& name, const std::function<void(std::ostream&)>& body) {
    const fs::path file = temporary_ / name;
    slots_.push_back(register_temporary(file));
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (out) {
        body(out);
        out.close();
    }
    if (!out) {
        refuse(target_ / name, std::generic_category().message(errno != 0 ? errno : EIO));
    }
}

void PendingFolder::commit() {
    std::error_code error;
    if (replaces_) {
        replace_existing();
    } else {
        fs::rename(temporary_, target_, error);
        check(error, target_);
    }
    temporary_.clear();
}

/// Puts the old folder aside, the new one in its place, and what is not of the dataset back.
void PendingFolder::replace_existing() {
    fs::path old = target_;
    old += "." + std::to_string(getpid()) + ".old";
    std::error_code error;
    fs::rename(target_, old, error);
    check(error, target_);
    fs::rename(temporary_, target_, error);
    if (error) {
        std::error_code ignored;
        fs::rename(old, target_, ignored);
        refuse(target_, error.message());
    }
    std::vector<fs::path> kept;
    for (const auto& entry : fs::directory_iterator(old)) {
        if (!belongs_to_dataset(entry.path()) && !fs::exists(target_ / entry.path().filename())) {
            kept.push_back(entry.path());
        }
    }
    for (const fs::path& entry : kept) {
        fs::rename(entry, target_ / entry.filename(), error);
        check(error, target_ / entry.filename());  // nothing is lost: the rest is still in `old`
    }
    fs::remove_all(old, error);
}

}  // namespace maillage::tools

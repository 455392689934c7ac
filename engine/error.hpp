#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What can go wrong, and where: data problems are diagnostics with a place, contract problems are
/// exceptions (see engine/README.md).
namespace maillage {

/// Where something was read. Lines and columns count from 1; columns count bytes of the line as
/// decoded to UTF-8. line == 0: the file as a whole.
struct SourcePosition {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

enum class Severity : std::uint8_t {
    note,     ///< worth knowing: something was merged or kept alone
    warning,  ///< probably not meant, and read all the same
    error     ///< the dataset cannot be used
};

struct Diagnostic {
    Severity severity = Severity::error;
    SourcePosition where;
    std::string message;  ///< what is wrong and what was expected, without a final period
    std::string excerpt;  ///< the offending line, empty when there is none
    /// Bytes of the line that stand before the excerpt: of a line as long as a file, only what is around the column is kept.
    std::uint32_t excerpt_from = 0;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

[[nodiscard]] std::string_view to_text(Severity severity) noexcept;

/// `file:line:column: error: message`, then the line and a caret under the column when there is an
/// excerpt. Long lines are cut around the caret; control characters are shown as spaces.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

/// `"text"` for a message: cut after `longest` bytes at a whole character, control characters as spaces.
[[nodiscard]] std::string quoted_text(std::string_view text, std::size_t longest = 80);

/// The beginning of a text, at most so many bytes, ending at a whole character.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t longest) noexcept;

/// Files in the order given, then line, column, severity (errors first), message.
void sort_by_place(std::vector<Diagnostic>& diagnostics, const std::vector<std::string>& file_order);

/// Base of every exception of the engine. The message is for a person.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The data cannot be used: every diagnostic (warnings too), in file order.
class InputError : public Error {
public:
    explicit InputError(std::vector<Diagnostic> diagnostics);
    explicit InputError(Diagnostic diagnostic);
    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

private:
    std::vector<Diagnostic> diagnostics_;
};

/// An option is out of its range or names something that does not exist.
class OptionError : public Error {
public:
    OptionError(std::string field, const std::string& message);
    /// Name of the option without dashes, as the command line spells it.
    [[nodiscard]] const std::string& field() const noexcept { return field_; }

private:
    std::string field_;
};

}  // namespace maillage

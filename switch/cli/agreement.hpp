#pragma once
// A person at the keyboard is asked before something is done. Blocking.

#include <iosfwd>
#include <string_view>

namespace wasl::cli {

// Asks until the line is yes or no, or `in` ends, which is a no.
[[nodiscard]] bool agreed(const char* question, std::istream& in, std::ostream& out);

// Whether a person is there and wants to be asked. `yes`: of the command's `--yes`.
[[nodiscard]] bool asks_first(bool yes);

// Shows what is to be done and asks; a no ends the command with Exit::kFailed, as nothing was sent.
// On stderr: stdout may be a file, in which nobody sees a question.
void agree_or_leave(std::string_view summary, const char* question);

}  // namespace wasl::cli

#include "cli/exit.hpp"

#include <iostream>
#include <string>

namespace wasl::cli {

void leave(Exit code) { throw Leaving{static_cast<int>(code)}; }

void exit_with(Exit code, std::string_view what, const core::Error& error) {
  std::string line = core::describe(error);
  for (char& c : line) {
    if (c == '\n') c = ' ';  // One line, whatever the error's text holds.
  }
  std::cerr << "wasl " << what << ": " << line << '\n';
  leave(code);
}

}  // namespace wasl::cli

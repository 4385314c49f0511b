#include "cli/agreement.hpp"

#include <unistd.h>

#include <iostream>
#include <string>

#include "cli/exit.hpp"

namespace wasl::cli {

bool agreed(const char* question, std::istream& in, std::ostream& out) {
  for (std::string line;;) {
    out << question << std::flush;
    if (!std::getline(in, line)) return false;
    if (line == "yes" || line == "y") return true;
    if (line == "no" || line == "n") return false;
  }
}

bool asks_first(bool yes) { return !yes && ::isatty(STDIN_FILENO) == 1; }

void agree_or_leave(std::string_view summary, const char* question) {
  std::cerr << summary;
  if (agreed(question, std::cin, std::cerr)) return;
  std::cerr << "nothing was sent\n";
  leave(Exit::kFailed);
}

}  // namespace wasl::cli

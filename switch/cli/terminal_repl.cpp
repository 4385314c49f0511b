#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "cli/exit.hpp"
#include "cli/terminal_command.hpp"

namespace wasl::cli {

void run_terminal_repl(const std::shared_ptr<TerminalSession>& session) {
  session->open();
  const auto add_commands = [&](Command dialogue) { add_terminal_operations(dialogue, session); };
  const bool person = ::isatty(STDIN_FILENO) == 1;
  int worst = 0;
  for (std::string line;;) {
    if (person) std::cout << "wasl> " << std::flush;
    if (!std::getline(std::cin, line)) break;
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '#') continue;
    line.erase(0, begin);
    if (line == "quit" || line == "exit") break;
    worst = std::max(worst, run_line(add_commands, line == "help" ? "--help" : line));
  }
  // Nobody has read the lines of a script: it is told of the gravest, in doubt before all others.
  if (!person && worst != 0) leave(static_cast<Exit>(worst));
}

}  // namespace wasl::cli

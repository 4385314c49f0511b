#include <unistd.h>

#include <iostream>
#include <string>

#include "cli/terminal_command.hpp"

namespace wasl::cli {

void run_terminal_repl(const std::shared_ptr<TerminalSession>& session) {
  session->open();
  const auto add_commands = [&](Command dialogue) { add_terminal_operations(dialogue, session); };
  const bool person = ::isatty(STDIN_FILENO) == 1;
  for (std::string line;;) {
    if (person) std::cout << "wasl> " << std::flush;
    if (!std::getline(std::cin, line)) return;
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '#') continue;
    line.erase(0, begin);
    if (line == "quit" || line == "exit") return;
    run_line(add_commands, line == "help" ? "--help" : line);
  }
}

}  // namespace wasl::cli

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "cli/terminal_command.hpp"

namespace wasl::cli {
namespace {

void run_line(const std::string& line, const std::shared_ptr<TerminalSession>& session) {
  CLI::App app{"Commands of this dialogue; quit ends it", ""};
  app.require_subcommand(1);
  add_terminal_operations(app, session);
  try {
    app.parse(line);
  } catch (const CLI::RuntimeError& ended) {
    // Its line stands on stderr already.
    std::cerr << "exit code " << ended.get_exit_code() << '\n';
  } catch (const CLI::Success& help) {
    app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::cerr << error.what() << "; help lists the commands\n";
  }
}

}  // namespace

void run_terminal_repl(const std::shared_ptr<TerminalSession>& session) {
  session->open();
  const bool person = ::isatty(STDIN_FILENO) == 1;
  for (std::string line;;) {
    if (person) std::cout << "wasl> " << std::flush;
    if (!std::getline(std::cin, line)) return;
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '#') continue;
    line.erase(0, begin);
    if (line == "quit" || line == "exit") return;
    run_line(line == "help" ? "--help" : line, session);
  }
}

}  // namespace wasl::cli

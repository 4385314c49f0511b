#include "cli/command_line.hpp"
#include "cli/process.hpp"

int main(int argc, char** argv) {
  wasl::cli::prepare_process();
  return wasl::cli::run_command_line(argc, argv);
}

// `wasl import` and no other command: what the stage of the race gate's binary needs, without
// building all of wasl under TSan.

#include "cli/command.hpp"
#include "cli/import_command.hpp"

int main(int argc, char** argv) {
  return wasl::cli::run_words(wasl::cli::add_import_command, {argv + 1, argv + argc});
}

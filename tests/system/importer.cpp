// `wasl import` and no other command: what the stage of the race gate's binary needs, without
// building all of wasl under TSan.

#include <CLI/CLI.hpp>

#include "cli/import_command.hpp"

int main(int argc, char** argv) {
  CLI::App app{"wasl import", "importer"};
  wasl::cli::add_import_command(app);
  CLI11_PARSE(app, argc, argv);
  return 0;
}

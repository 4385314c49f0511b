#include "cli/command_line.hpp"

#include "cli/backup_command.hpp"
#include "cli/bench_command.hpp"
#include "cli/card_command.hpp"
#include "cli/command.hpp"
#include "cli/counter_command.hpp"
#include "cli/decode_command.hpp"
#include "cli/demo_command.hpp"
#include "cli/explain_command.hpp"
#include "cli/import_command.hpp"
#include "cli/init_command.hpp"
#include "cli/ledger_command.hpp"
#include "cli/pki_command.hpp"
#include "cli/reconcile_command.hpp"
#include "cli/replay_command.hpp"
#include "cli/sample_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/settle_command.hpp"
#include "cli/terminal_command.hpp"
#include "cli/verify_command.hpp"
#include "cli/version_command.hpp"

namespace wasl::cli {
namespace {

void add_commands(Command wasl) {
  wasl.examples(
      "Examples:\n"
      "  wasl demo                                 see a claim approved, in a minute\n"
      "  wasl init /var/lib/wasl                   a new switch: configuration, store, "
      "certificates\n"
      "  wasl serve --config wasl.toml             run it\n"
      "  wasl terminal claim claim.json --card card.json\n"
      "  wasl explain CARD_OPPOSED --lang fr");
  wasl.needs_a_command();
  add_demo_command(wasl);
  add_init_command(wasl);
  add_sample_command(wasl);
  add_import_command(wasl);
  add_serve_command(wasl);
  add_pki_commands(wasl);
  add_card_commands(wasl);
  add_terminal_commands(wasl);
  add_counter_commands(wasl);
  add_settle_commands(wasl);
  add_ledger_commands(wasl);
  add_reconcile_command(wasl);
  add_explain_command(wasl);
  add_decode_command(wasl);
  add_bench_command(wasl);
  add_verify_command(wasl);
  add_replay_command(wasl);
  add_backup_command(wasl);
  add_restore_command(wasl);
  add_version_command(wasl);
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  return run_words(add_commands, {argv + 1, argv + argc});
}

}  // namespace wasl::cli

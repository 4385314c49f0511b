#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <memory>

#include "cli/backup_command.hpp"
#include "cli/bench_command.hpp"
#include "cli/card_command.hpp"
#include "cli/counter_command.hpp"
#include "cli/decode_command.hpp"
#include "cli/demo_command.hpp"
#include "cli/exit.hpp"
#include "cli/explain_command.hpp"
#include "cli/import_command.hpp"
#include "cli/init_command.hpp"
#include "cli/ledger_command.hpp"
#include "cli/pki_command.hpp"
#include "cli/replay_command.hpp"
#include "cli/sample_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/terminal_command.hpp"
#include "cli/verify_command.hpp"
#include "cli/version_command.hpp"
#include "core/nearest.hpp"

namespace wasl::cli {
namespace {

// Examples stand in an app's footer; people read them before the list of options.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    std::string examples = app->get_footer();
    if (!examples.empty()) examples.append("\n\n");
    return examples + CLI::Formatter::make_help(app, std::move(name), mode);
  }
  std::string make_footer(const CLI::App*) const override { return {}; }
};

void add_commands(CLI::App& app) {
  app.footer(
      "Examples:\n"
      "  wasl demo                                 see a claim approved, in two minutes\n"
      "  wasl init /var/lib/wasl                   a new switch: configuration, store, "
      "certificates\n"
      "  wasl serve --config wasl.toml             run it\n"
      "  wasl terminal claim claim.json --card card.json\n"
      "  wasl explain CARD_OPPOSED --lang fr");
  app.require_subcommand(1);
  app.formatter(std::make_shared<ExamplesFirst>());
  add_demo_command(app);
  add_init_command(app);
  add_sample_command(app);
  add_import_command(app);
  add_serve_command(app);
  add_pki_commands(app);
  add_card_commands(app);
  add_terminal_commands(app);
  add_counter_commands(app);
  add_ledger_commands(app);
  add_explain_command(app);
  add_decode_command(app);
  add_bench_command(app);
  add_verify_command(app);
  add_replay_command(app);
  add_backup_command(app);
  add_restore_command(app);
  add_version_command(app);
}

// The command that was being parsed when it failed: the deepest one named.
const CLI::App& deepest(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

std::string path_of(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : path_of(*parent) + " " + app.get_name();
}

std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::App* command : app.get_subcommands({})) words.push_back(command->get_name());
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  return words;
}

// One line: what is wrong, and the nearest known word or where help is.
void explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = deepest(app);
  const std::vector<std::string> unknown = app.remaining(true);
  std::string near;
  if (!unknown.empty()) near = core::nearest(unknown.front(), known_words(at));
  std::cerr << path_of(at) << ": "
            << (unknown.empty() ? std::string(error.what()) : "unknown word " + unknown.front())
            << "; "
            << (near.empty() ? "see " + path_of(at) + " --help" : "did you mean " + near + "?")
            << '\n';
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app{"Wasl: the switch of a health-card payment network", "wasl"};
  try {
    add_commands(app);
    app.parse(argc, argv);
    return static_cast<int>(Exit::kOk);
  } catch (const CLI::RuntimeError& ended) {
    return ended.get_exit_code();
  } catch (const CLI::Success& success) {  // --help and the like.
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    explain(app, error);
    return static_cast<int>(Exit::kFailed);
  } catch (const std::exception& error) {
    std::cerr << "wasl: " << error.what() << '\n';
    return static_cast<int>(Exit::kFailed);
  }
}

}  // namespace wasl::cli

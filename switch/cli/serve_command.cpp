#include "cli/serve_command.hpp"

#include <memory>
#include <string>
#include <utility>

#include "cli/exit.hpp"
#include "cli/process.hpp"
#include "cli/server.hpp"
#include "cli/system_clock.hpp"

namespace wasl::cli {
namespace {

// How soon a failure of the engine is noticed while no signal comes.
constexpr std::chrono::milliseconds kLook{200};

struct ServeArguments {
  std::string config = "wasl.toml";
  bool accept_clock = false;
};

void handle(Signal signal, Server& server, const std::string& config_path) {
  if (signal == Signal::kConfirmClock) return server.confirm_clock();
  server.reload(ops::load_config(config_path));
}

// Until SIGTERM, which gives true, or until the engine ends by itself.
bool wait_for_end(Server& server, Signals& signals, const std::string& config_path) {
  while (server.running()) {
    const std::optional<Signal> signal = signals.next(kLook);
    if (signal == Signal::kStop) return true;
    if (signal) handle(*signal, server, config_path);
  }
  return false;
}

// As or_exit, behind what the log still has to say. Where nobody reads that, nobody reads the
// sentence either, and writing it would hold up the end.
template <typename T>
T or_leave(core::Result<T> result, ops::Log& log) {
  if (!result && !log.flush()) leave(Exit::kFailed);
  return or_exit(std::move(result), "serve");
}

void serve(const ServeArguments& arguments) {
  Signals signals;  // Before any thread.
  const SystemClock clock;
  const ops::Config config = or_exit(ops::load_config(arguments.config), "serve");
  const std::unique_ptr<ops::Log> log =
      ops::Log::to_stderr(clock, ops::level_named(config.log_level).value_or(ops::Level::kInfo));
  const std::unique_ptr<Server> server = or_leave(
      Server::start({.config = config, .accept_clock = arguments.accept_clock}, clock, *log), *log);
  log->info("serve.ready", {{"port", server->port()}, {"admin_port", server->admin_port()}});
  if (!wait_for_end(*server, signals, arguments.config)) {
    throw Leaving{store::kFailedExitCode};
  }
  log->info("serve.stopping");
  or_leave(server->stop(), *log);
  log->info("serve.stopped");
}

}  // namespace

void add_serve_command(Command parent) {
  const auto arguments = std::make_shared<ServeArguments>();
  Command command = parent.command("serve", "Run the switch until SIGTERM");
  command.examples(
      "Examples:\n"
      "  wasl serve --config /var/lib/wasl/wasl.toml\n"
      "  kill -HUP PID     read certificates, revocation list and log level again\n"
      "  kill -USR2 PID    confirm the clock after a jump\n"
      "  kill -TERM PID    answer what is in flight, flush, exit 0");
  command.option("--config", arguments->config, "The file `wasl init` wrote").shows_default();
  command.flag("--accept-clock", arguments->accept_clock,
               "The clock is right, however far from the journal's last record");
  command.runs([arguments] { serve(*arguments); });
}

}  // namespace wasl::cli

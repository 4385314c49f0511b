// `wasl counter shell`: the dialogue over a terminal's connection.

#include <iostream>

#include "cli/counter_command.hpp"
#include "cli/counter_shell.hpp"
#include "cli/lateness.hpp"
#include "cli/listed_pages.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kShell = "counter shell";

class SwitchDesk final : public ReviewDesk {
 public:
  explicit SwitchDesk(TerminalSession& session) : session_(session) {}

  core::Day today() override { return utc_today(); }
  PendingWork pending() override { return all_pending(session_, kShell); }
  Found find(const v1::ReviewBordereau& review) override {
    v1::Envelope request = or_exit(new_envelope(), kShell);
    *request.mutable_get_bordereau() = bordereau_of(review);
    const Ending ending = or_exit(session_.open().ask(std::move(request)), kShell);
    // What the clerk named may be mistyped: a refusal of it is told, and the dialogue goes on.
    if (ending.answer && ending.answer->has_refused()) {
      print_ending(ending, kShell, session_.config);
      return {.bordereau = std::nullopt, .is_refused = true};
    }
    if (ending.exit != Exit::kOk) leave_with(ending, kShell, session_.config);
    const v1::BordereauxPage& page = ending.answer->bordereaux_page();
    if (page.bordereaux().empty()) return {};
    return {.bordereau = page.bordereaux(0), .is_refused = false};
  }
  Sent send(const v1::ReviewBordereau& review) override {
    return submit(review_request(review, session_.open().signer("").me));
  }
  Sent send(const v1::ReduceClaim& reduction) override {
    return submit(reduction_request(reduction, session_.open().signer("").me));
  }

 private:
  // In doubt is the end of the dialogue: what was sent must be known before anything else is.
  Sent submit(core::Result<v1::Envelope> request) {
    if (!request) {
      std::cerr << core::describe(request.error()) << '\n';
      return Sent::kNotDone;
    }
    const Ending ending = or_exit(session_.open().submit(std::move(*request)), kShell);
    if (ending.exit == Exit::kInDoubt) leave_with(ending, kShell, session_.config);
    print_ending(ending, kShell, session_.config);
    if (ending.exit == Exit::kOk) return Sent::kDone;
    return ending.exit == Exit::kDeclined ? Sent::kDeclined : Sent::kNotDone;
  }

  TerminalSession& session_;
};

// What an operator sends with `wasl counter`.
bool is_of_counter(const v1::Envelope& request) {
  return request.has_review_bordereau() || request.has_reduce_claim() ||
         request.has_set_payout_account() || request.submit_claim().claim().kind() == v1::REFUND;
}

// Tells what became of what was in doubt. Whatever else an outbox holds that is shared with a
// terminal is the terminal's to resolve.
void recover_first(TerminalSession& session) {
  for (const Ending& ending : or_exit(session.open().recover(std::nullopt), kShell)) {
    if (!is_of_counter(ending.request)) continue;
    if (ending.exit == Exit::kInDoubt) leave_with(ending, kShell, session.config);
    print_ending(ending, kShell, session.config);
  }
}

}  // namespace

void add_counter_shell(Command parent, const std::shared_ptr<TerminalSession>& session) {
  Command command = parent.command("shell", "A guided dialogue: decide bordereau by bordereau");
  command.examples("Examples:\n  wasl counter shell --config counter.toml --lang fr");
  command.runs([session] {
    session->open();
    session->config.json = false;  // The dialogue is for people.
    recover_first(*session);
    SwitchDesk desk(*session);
    run_counter_shell(desk, language_of(session->config), std::cin, std::cout);
  });
}

}  // namespace wasl::cli

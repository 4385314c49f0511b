#include "cli/demo_payment.hpp"

#include <fmt/format.h>

#include "cli/payout_view.hpp"
#include "cli/settle_view.hpp"
#include "cli/terminal_request.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

constexpr std::chrono::days kUntilPaid{2};

template <typename Message>
core::Result<v1::RunAnswer> send(DemoPeer& peer, const Message& what) {
  core::Result<v1::Envelope> request = run_request(what, peer.me());
  if (!request) return std::unexpected(request.error());
  const core::Result<Told> told = peer.submit(std::move(*request));
  if (!told) return std::unexpected(told.error());
  const v1::RunAnswer& answer = told->body.run();
  if (answer.reason() == v1::REASON_NONE) return answer;
  return core::fail(core::Errc::kOutOfRange,
                    "the story's run was answered with " + v1::Reason_Name(answer.reason()));
}

struct Taken {
  std::uint32_t payouts = 0;
  std::int64_t cents = 0;
};

core::Result<Taken> collect(DemoPeer& proposer, std::uint64_t run, std::ostream& out) {
  Taken all;
  v1::CollectRun step;
  step.set_run(run);
  for (;;) {
    const core::Result<v1::RunAnswer> answer = send(proposer, step);
    if (!answer) return std::unexpected(answer.error());
    all.payouts += answer->payouts();
    all.cents += answer->amount_cents();
    for (const v1::LeftOut& each : answer->left_out()) {
      out << "   left out: " << payee_for_people(each.payee()) << ", "
          << dinars(each.amount_cents()) << ": " << text(each.why()) << "\n";
    }
    if (answer->state() != v1::RUN_COLLECTING) return all;
  }
}

}  // namespace

core::Result<std::uint32_t> tell_payment(DemoPeer& proposer, DemoPeer& approver,
                                         std::ostream& out) {
  out << "\n8. Two people of the fund pay what it owes: one proposes, the other approves.\n";
  const core::Day today{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
  v1::ProposeRun propose;
  propose.set_value_date(core::to_text(today + kUntilPaid));
  const core::Result<v1::RunAnswer> proposed = send(proposer, propose);
  if (!proposed) return std::unexpected(proposed.error());
  const core::Result<Taken> run = collect(proposer, proposed->run(), out);
  if (!run) return std::unexpected(run.error());
  out << fmt::format("   settlement run {}, value date {}: {} payout{}, {}\n", proposed->run(),
                     propose.value_date(), run->payouts, run->payouts == 1 ? "" : "s",
                     dinars(run->cents));
  v1::ApproveRun approve;
  approve.set_run(proposed->run());
  approve.set_payouts(run->payouts);
  approve.set_total_cents(run->cents);
  const core::Result<v1::RunAnswer> approved = send(approver, approve);
  if (!approved) return std::unexpected(approved.error());
  out << "   approved by the second person\n";
  return run->payouts;
}

}  // namespace wasl::cli

#include "cli/demo_payment.hpp"

#include <fmt/format.h>

#include "cli/payout_view.hpp"
#include "cli/receipt_text.hpp"
#include "cli/sample_participants.hpp"
#include "cli/terminal_request.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

constexpr std::chrono::days kUntilPaid{2};
// Apart from all streams of the sample's files.
constexpr std::uint64_t kAccounts = 0xacc0;

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

core::Result<DemoRun> collect(DemoPeer& proposer, std::uint64_t run, std::ostream& out) {
  DemoRun all{.id = run};
  v1::CollectRun step;
  step.set_run(run);
  for (;;) {
    const core::Result<v1::RunAnswer> answer = send(proposer, step);
    if (!answer) return std::unexpected(answer.error());
    all.payouts += answer->payouts();
    all.cents += answer->amount_cents();
    for (const v1::LeftOut& each : answer->left_out()) {
      out << "   left out: " << payee_for_people(each.payee()) << ", "
          << dinars(each.amount_cents()) << ": " << text(each.why(), core::Language::kEnglish)
          << "\n";
    }
    if (answer->state() != v1::RUN_COLLECTING) return all;
  }
}

core::Result<void> enter(DemoPeer& peer, const v1::SetPayoutAccount& entry,
                         v1::PayoutAnswer::Effect expected) {
  core::Result<v1::Envelope> request = payout_request(entry, peer.me());
  if (!request) return std::unexpected(request.error());
  const core::Result<Told> told = peer.submit(std::move(*request));
  if (!told) return std::unexpected(told.error());
  const v1::PayoutAnswer& answer = told->body.payout();
  if (answer.effect() == expected) return {};
  return core::fail(core::Errc::kOutOfRange, "the story's account was answered with " +
                                                 v1::PayoutAnswer::Effect_Name(answer.effect()) +
                                                 " " + v1::Reason_Name(answer.reason()));
}

v1::Payee payee_of(const core::FundCode& fund) {
  v1::Payee payee;
  payee.mutable_provider()->set_role(v1::FUND);
  payee.mutable_provider()->set_id(std::string(fund.view()));
  return payee;
}

// Whom the story refunded brought the number with the paper.
core::Result<void> set_accounts_of_persons(const DemoTreasury& treasury, std::ostream& out) {
  const core::Result<std::vector<v1::Owed>> rows = owed_of(asking(treasury.proposer));
  if (!rows) return std::unexpected(rows.error());
  std::string last;  // The rows of a payee stand together.
  std::uint64_t number = 1;
  for (const v1::Owed& row : *rows) {
    const std::string& person = row.payee().insured_number();
    if (row.payee().has_provider() || person == last) continue;
    const core::Result<void> set = set_account(treasury, row.payee(), demo_account(++number), out);
    if (!set) return set;
    last = person;
  }
  return {};
}

}  // namespace

std::string demo_account(std::uint64_t number) {
  SampleRandom random(kAccounts, kAccounts, number);
  return sample_payout_account(random);
}

core::Result<void> set_account(const DemoTreasury& treasury, const v1::Payee& payee,
                               const std::string& account, std::ostream& out) {
  v1::SetPayoutAccount entry;
  *entry.mutable_payee() = payee;
  entry.set_payout_account(account);
  core::Result<void> done = enter(treasury.proposer, entry, v1::PayoutAnswer::WAITS);
  if (done) done = enter(treasury.approver, entry, v1::PayoutAnswer::SET);
  if (!done) return done;
  out << "   account of " << payee_for_people(payee) << ", entered by both: ends with "
      << last_digits(account) << "\n";
  return {};
}

core::Result<DemoRun> tell_run(const DemoTreasury& treasury, std::ostream& out) {
  const core::Day today{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
  v1::ProposeRun propose;
  propose.set_value_date(core::to_text(today + kUntilPaid));
  const core::Result<v1::RunAnswer> proposed = send(treasury.proposer, propose);
  if (!proposed) return std::unexpected(proposed.error());
  core::Result<DemoRun> run = collect(treasury.proposer, proposed->run(), out);
  if (!run) return run;
  out << fmt::format("   settlement run {}, value date {}: {} payout{}, {}\n", run->id,
                     propose.value_date(), run->payouts, run->payouts == 1 ? "" : "s",
                     dinars(run->cents));
  v1::ApproveRun approve;
  approve.set_run(run->id);
  approve.set_payouts(run->payouts);
  approve.set_total_cents(run->cents);
  const core::Result<v1::RunAnswer> approved = send(treasury.approver, approve);
  if (!approved) return std::unexpected(approved.error());
  out << "   approved by the second person\n";
  return run;
}

core::Result<DemoRun> tell_payment(const DemoTreasury& treasury, std::ostream& out) {
  out << "\n8. Two people of the fund pay what it owes: one proposes, the other approves.\n";
  core::Result<void> done = set_account(treasury, payee_of(treasury.fund), demo_account(1), out);
  if (done) done = set_accounts_of_persons(treasury, out);
  if (!done) return std::unexpected(done.error());
  return tell_run(treasury, out);
}

}  // namespace wasl::cli

#pragma once
// A fund whose people pay what is owed, for tests of settlement runs: everybody has an account, and
// a run is proposed, filled step by step, approved or cancelled as the switch would do it. One
// thread.

#include <string>
#include <vector>

#include "core/presenting.hpp"
#include "core/run.hpp"

namespace wasl::test {

inline constexpr std::string_view kPharmacysRib = "00799999002345678941";
inline constexpr std::string_view kInsuredsRib = "00100000000000000097";

class Settling : public Presenting {
 protected:
  void SetUp() override {
    Presenting::SetUp();
    world.pharmacy().payout_account = kPharmacysRib;
    world.account().payout_account = kInsuredsRib;
  }

  // A refund that the centre has approved; owed at once.
  core::Command refunded(std::int64_t price = 100, std::uint8_t rank = 1) {
    core::Command refund =
        world.claim({line("C", dzd(price))}, {.kind = core::ClaimKind::kRefund,
                                              .prescription = "RF-" + std::to_string(++refunds_),
                                              .rank = rank});
    EXPECT_EQ(world.submit(refund).outcome, core::Outcome::kApproved);
    return refund;
  }
  // A claim that its centre has accepted; owed at once.
  core::Command accepted(std::int64_t price = 100, std::string_view product = "A") {
    core::Command claim = approved(price, product);
    EXPECT_EQ(run_review(review(close(), {}, true)).reason, core::Reason::kNone);
    return claim;
  }

  core::Command of_fund(std::string_view by, core::Request request) {
    core::Command made = world.command(core::Role::kFund, kFund, std::move(request));
    made.by = code<core::OperatorId>(by);
    return made;
  }
  core::Command proposal(std::string_view value_date = "2026-03-12", core::Cents minimum = {}) {
    return of_fund("001", core::ProposeRun{day(value_date), minimum});
  }
  // The run's id.
  core::Sequence propose(core::Cents minimum = {}) {
    EXPECT_EQ(run_decision(proposal("2026-03-12", minimum)).reason, core::Reason::kNone);
    return world.sequence;
  }

  // What is owed behind the run's cursor, as the engine finds it.
  core::OwedPage owed_page(core::Sequence run) {
    core::OwedPage page;
    page.after = settlement_run(run).cursor;
    for (const core::Owed& owed : owed_rows()) {
      if (core::cursor_at(owed) <= page.after) continue;
      if (page.owed.size() == core::kStepItemsMax) {
        page.more = true;
        break;
      }
      page.owed.push_back(owed);
    }
    return page;
  }
  core::Command step(core::Sequence run) {
    core::Command command = of_fund("001", core::CollectRun{run});
    command.owed = owed_page(run);
    return command;
  }
  core::CollectDecision collect(core::Sequence run) {
    return std::get<core::CollectDecision>(world.run(step(run)));
  }
  // Proposed, and every step of it done.
  core::Sequence filled(core::Cents minimum = {}) {
    const core::Sequence run = propose(minimum);
    while (collect(run).state == core::RunState::kCollecting) {
    }
    return run;
  }
  core::Command approval(core::Sequence run, std::string_view by = "002") {
    const core::SettlementRun row = settlement_run(run);
    return of_fund(by, core::ApproveRun{run, row.payouts, row.total});
  }
  core::RunDecision cancel(core::Sequence run) {
    return run_decision(of_fund("003", core::CancelRun{run}));
  }
  core::RunDecision run_decision(const core::Command& command) {
    return std::get<core::RunDecision>(world.run(command));
  }

  core::Reason collect_reason(core::Sequence run) {
    return std::get<core::CollectDecision>(world.run(of_fund("001", core::CollectRun{run}))).reason;
  }

  // A refund of one centime to another insured person, without all that leads to it.
  void owe_refund_to(const std::string& insured, std::uint64_t item) {
    core::Account account = world.account();
    account.insured = code<core::InsuredNumber>(insured);
    core::RequestRow row;
    row.state = core::RequestState::kApproved;
    row.sequence = ++world.sequence;
    row.insured = account.insured;
    row.rank = 1;
    row.fund = fund();
    row.kind = core::ClaimKind::kRefund;
    row.insurer = core::Cents{1};
    core::RefundItem refund;
    refund.centre = {core::Role::kCentre, code<core::ParticipantId>(kCentre)};
    core::put_big_endian(refund.request_id.data(), std::hash<std::string>{}(insured));
    core::put_big_endian(refund.request_id.data() + 8, item);
    const core::Owed owed{.fund = fund(),
                          .payee = account.insured,
                          .item = {.record = row.sequence, .amount = row.insurer, .of = refund}};
    world.rows[core::account_key(account.insured)] = account;
    world.rows[core::request_key(refund.centre, refund.request_id, 0)] = row;
    world.rows[core::owed_key(owed.fund, owed.payee, owed.item.record)] = owed;
  }

  core::SettlementRun settlement_run(core::Sequence run) {
    return std::get<core::SettlementRun>(world.rows.at(core::run_key(fund(), run)));
  }
  std::vector<core::Owed> owed_rows() { return rows_of<core::Owed>(); }
  std::vector<core::Payout> payouts() { return rows_of<core::Payout>(); }

 private:
  template <typename T>
  std::vector<T> rows_of() {
    std::vector<T> found;
    for (const auto& [key, row] : world.rows) {
      if (const auto* one = std::get_if<T>(&row)) found.push_back(*one);
    }
    return found;
  }

  int refunds_ = 0;
};

}  // namespace wasl::test

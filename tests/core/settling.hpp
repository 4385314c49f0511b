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
inline constexpr std::string_view kFundsRib = "00799999000000000109";
inline constexpr std::string_view kOtherRib = "00200000000000000097";

class Settling : public Presenting {
 protected:
  void SetUp() override {
    Presenting::SetUp();
    world.pharmacy().payout_account = kPharmacysRib;
    world.account().payout_account = kInsuredsRib;
    world.registration(core::Role::kFund, kFund).payout_account = kFundsRib;
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
  core::ExportDecision export_step(core::Sequence run, std::uint16_t payouts_per_file = 500) {
    return std::get<core::ExportDecision>(
        world.run(of_fund("004", core::ExportRun{run, payouts_per_file})));
  }
  void export_whole(core::Sequence run) {
    core::ExportDecision step;
    do {
      step = export_step(run);
      ASSERT_EQ(step.reason, core::Reason::kNone);
    } while (step.state != core::RunState::kExported);
  }
  // A run of all that is owed, approved and exported.
  core::Sequence exported() {
    const core::Sequence run = filled();
    EXPECT_EQ(run_decision(approval(run)).reason, core::Reason::kNone);
    export_whole(run);
    return run;
  }

  // What a bank says of the payout.
  static core::StatusEntry says(const core::Payout& payout, core::BankWord word,
                                std::string reason = {}) {
    return {
        .payout = payout.id, .word = word, .amount = payout.amount, .reason = std::move(reason)};
  }
  core::StatusFileDecision file_decision(core::Request request) {
    return std::get<core::StatusFileDecision>(world.run(of_fund("005", std::move(request))));
  }
  core::OpenStatusFile opening(std::string message_id, std::size_t entries) {
    core::OpenStatusFile open;
    open.message_id = std::move(message_id);
    open.sha256.fill(static_cast<std::uint8_t>(files_));
    open.entries = static_cast<std::uint32_t>(entries);
    return open;
  }
  // Under a name of its own; the file's id.
  core::Sequence open_file(std::size_t entries) {
    const core::OpenStatusFile open = opening("BANK-" + std::to_string(++files_), entries);
    EXPECT_EQ(file_decision(open).reason, core::Reason::kNone);
    return world.sequence;
  }
  // A file of one part, carried out if nothing in it is wrong.
  core::StatusFileState bank_says(const std::vector<core::StatusEntry>& entries) {
    const core::Sequence file = open_file(entries.size());
    core::StatusFileDecision step = file_decision(core::ReceiveStatuses{file, 1, entries});
    while (step.state == core::StatusFileState::kApplying) {
      step = file_decision(core::ApplyStatuses{file});
    }
    return step.state;
  }
  core::StatusFile status_file(core::Sequence file) {
    return std::get<core::StatusFile>(world.rows.at(core::status_file_key(fund(), file)));
  }

  // Of an accepted claim, by another person of its centre; `insurer` is what is left.
  core::Command reduction(const core::Command& claim, core::Cents insurer) {
    const core::RequestRow* row = world.request_row(claim);
    return reduction(row->bordereau, row->sequence, insurer);
  }
  core::Command reduction(std::uint32_t bordereau, core::ClaimId claim, core::Cents insurer) {
    core::Command made =
        world.command(core::Role::kCentre, kCentre,
                      core::ReduceClaim{fund(), pharmacy(), bordereau, claim, insurer,
                                        core::ReviewReason::kWrongQuantity});
    made.by = code<core::OperatorId>("043");
    return made;
  }
  core::ReductionDecision reduce(const core::Command& claim, core::Cents insurer) {
    return std::get<core::ReductionDecision>(world.run(reduction(claim, insurer)));
  }
  // What the pharmacy owes the fund back.
  core::Cents receivable() {
    const auto* row =
        std::get_if<core::Receivable>(&world.rows[core::receivable_key(fund(), pharmacy())]);
    return row == nullptr ? core::Cents{} : row->amount;
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
                          .item = {.record = row.sequence,
                                   .amount = row.insurer,
                                   .since = world.now,
                                   .due = core::kDayMax,
                                   .of = refund,
                                   .came_back = std::nullopt}};
    world.rows[core::account_key(account.insured)] = account;
    world.rows[core::request_key(refund.centre, refund.request_id, 0)] = row;
    world.rows[core::owed_key(owed.fund, owed.payee, owed.item.record)] = owed;
  }

  // Debits less credits of an account, over all postings.
  std::int64_t balance(core::LedgerAccount account) {
    std::int64_t sum = 0;
    for (const auto& [key, bytes] : world.index) {
      if (!core::posting_place(key)) continue;
      const auto set = core::decode_postings(core::as_bytes(bytes)).value();
      for (const core::Posting& each : set.postings) {
        if (each.account == account) sum += each.debit.value - each.credit.value;
      }
    }
    return sum;
  }

  // How many rows it changes when it is carried out.
  std::size_t rows_changed_by(const core::Command& command) {
    core::RowSet rows = world.rows_for(command);
    const core::Decision decision = core::decide(command, rows, world.reference, world.now);
    return rows_changed(core::apply(command, decision, {world.sequence + 1, world.now}, "answer",
                                    rows, world.reference));
  }

  core::SettlementRun settlement_run(core::Sequence run) {
    return std::get<core::SettlementRun>(world.rows.at(core::run_key(fund(), run)));
  }
  std::vector<core::Owed> owed_rows() { return rows_of<core::Owed>(); }
  std::vector<core::Payout> payouts() { return rows_of<core::Payout>(); }
  std::vector<core::SettlementRun> runs() { return rows_of<core::SettlementRun>(); }

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
  int files_ = 0;
};

}  // namespace wasl::test

#include "store/verify_settlement.hpp"

#include <utility>

#include "core/run.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::Reason;
using core::RunState;

namespace {

// Which states a run may be in when the request is granted.
bool may_take(const core::Request& request, RunState state) {
  switch (core::deed_of(request)) {
    case core::Deed::kCollectRun:
      return state == RunState::kCollecting;
    case core::Deed::kApproveRun:
      return state == RunState::kProposed;
    case core::Deed::kCancelRun:
      return state <= RunState::kCancelling;
    default:  // ExportRun.
      return state == RunState::kApproved || state >= RunState::kExporting;
  }
}

// Of one payee, the index-th of whom the step took anything. What is withheld is less to pay.
core::Payout begin_payout(const core::SettlementRun& run, const core::Owed& owed,
                          const core::CollectDecision& decision, std::size_t index) {
  core::Payout payout;
  payout.fund = run.fund;
  payout.id = {.run = run.id, .number = run.payouts};
  payout.payee = owed.payee;
  payout.to = decision.to[index];
  payout.withheld = decision.withheld[index];
  payout.amount -= payout.withheld;
  return payout;
}

// What the step took, payee by payee; the run counts it.
std::vector<core::Payout> payouts_of(const core::OwedPage& page,
                                     const core::CollectDecision& decision,
                                     core::SettlementRun& run) {
  std::vector<core::Payout> made;
  for (std::size_t i = 0; i < decision.verdicts.size(); ++i) {
    if (decision.verdicts[i] != core::OwedVerdict::kTaken) continue;
    const core::Owed& owed = page.owed[i];
    if (made.empty() || made.back().payee != owed.payee) {
      ++run.payouts;
      made.push_back(begin_payout(run, owed, decision, made.size()));
      run.total -= made.back().withheld;
    }
    made.back().items.push_back(owed.item);
    made.back().amount += owed.item.amount;
    run.total += owed.item.amount;
  }
  return made;
}

}  // namespace

core::Result<void> SettlementCheck::take(const core::RecordView& record, const core::Stamp& stamp) {
  const core::Command& command = record.command;
  if (std::holds_alternative<core::ClaimDecision>(record.decision)) {
    return owe_refund(record, stamp);
  }
  if (const auto* reversal = std::get_if<core::ReversalDecision>(&record.decision)) {
    const bool released = reversal->effect == core::ReversalDecision::Effect::kReleased;
    return released ? payouts_.items().forget(reversal->claim, stamp.sequence)
                    : core::Result<void>{};
  }
  if (const auto* step = std::get_if<core::CollectDecision>(&record.decision)) {
    return step->reason == Reason::kNone ? collect(command, *step, stamp) : core::Result<void>{};
  }
  if (const auto* step = std::get_if<core::ExportDecision>(&record.decision)) {
    return step->reason == Reason::kNone ? send(command, *step, stamp) : core::Result<void>{};
  }
  if (const auto* step = std::get_if<core::StatusFileDecision>(&record.decision)) {
    return step->reason == Reason::kNone ? status_files_.take(command, *step, stamp)
                                         : core::Result<void>{};
  }
  const auto* run = std::get_if<core::RunDecision>(&record.decision);
  if (run == nullptr || run->reason != Reason::kNone) return {};
  if (std::holds_alternative<core::ProposeRun>(command.request)) {
    return propose(command, *run, stamp);
  }
  return std::holds_alternative<core::ApproveRun>(command.request) ? approve(command, *run, stamp)
                                                                   : cancel(command, *run, stamp);
}

void SettlementCheck::differs(const core::Stamp& stamp, const char* what) {
  differences_.add("settlement", at(stamp.sequence) + ": " + what);
}

core::Result<void> SettlementCheck::take_review(const core::ReviewBordereau& review,
                                                const Reviewed& reviewed,
                                                const core::Stamp& stamp) {
  core::Owed owed;
  owed.fund = review.fund;
  owed.payee = review.provider;
  owed.item.record = stamp.sequence;
  owed.item.amount = reviewed.accepted;
  owed.item.since = stamp.now;
  owed.item.due = reviewed.due;
  owed.item.of = core::AcceptedItem{.bordereau = review.number};
  return payouts_.items().owe(owed);
}

core::Result<void> SettlementCheck::owe_refund(const core::RecordView& record,
                                               const core::Stamp& stamp) {
  const auto* submit = std::get_if<core::SubmitClaim>(&record.command.request);
  if (submit == nullptr || submit->claim.kind != core::ClaimKind::kRefund) return {};
  const auto& decision = std::get<core::ClaimDecision>(record.decision);
  core::Owed owed;
  owed.payee = decision.insured;
  owed.item.record = stamp.sequence;
  owed.item.amount = decision.insurer;
  owed.item.since = stamp.now;
  owed.item.due = decision.pay_by.value_or(core::kDayMax);
  owed.item.of =
      core::RefundItem{.centre = record.command.from, .request_id = record.command.request_id};
  return payouts_.items().owe(owed);
}

core::Result<void> SettlementCheck::propose(const core::Command& command,
                                            const core::RunDecision& decision,
                                            const core::Stamp& stamp) {
  const auto& request = std::get<core::ProposeRun>(command.request);
  core::SettlementRun run;
  run.fund = core::fund_spoken_for(command.from);
  run.id = stamp.sequence;
  run.value_date = request.value_date;
  run.minimum = request.minimum;
  run.proposed_by = command.by;
  run.proposed_at = stamp.now;
  return put(run, decision.state, RunState::kCollecting, stamp);
}

core::Result<std::optional<core::SettlementRun>> SettlementCheck::run_for(
    const core::Command& command, core::Sequence run, const core::Stamp& stamp) {
  const core::RowKey key = core::run_key(core::fund_spoken_for(command.from), run);
  auto found = expected_.get<core::SettlementRun>(key);
  if (!found || (found->has_value() && may_take(command.request, (*found)->state))) return found;
  differs(stamp, "goes on with a run that does not stand so");
  return std::optional<core::SettlementRun>{};
}

core::Result<void> SettlementCheck::put(core::SettlementRun& run, RunState told, RunState state,
                                        const core::Stamp& stamp) {
  if (told != state) differs(stamp, "leaves a run in another state");
  run.state = state;
  return expected_.put(core::run_key(run.fund, run.id), run);
}

core::Result<void> SettlementCheck::approve(const core::Command& command,
                                            const core::RunDecision& decision,
                                            const core::Stamp& stamp) {
  const auto& request = std::get<core::ApproveRun>(command.request);
  auto run = run_for(command, request.run, stamp);
  if (!run) return std::unexpected(run.error());
  if (!run->has_value()) return {};
  const bool seen = (*run)->payouts == request.payouts && (*run)->total == request.total;
  if (!seen || (*run)->proposed_by == command.by) {
    differs(stamp, "approves another run, or its own");
  }
  (*run)->approved_by = command.by;
  return put(**run, decision.state, RunState::kApproved, stamp);
}

core::Result<void> SettlementCheck::collect(const core::Command& command,
                                            const core::CollectDecision& decision,
                                            const core::Stamp& stamp) {
  auto run = run_for(command, std::get<core::CollectRun>(command.request).run, stamp);
  if (!run) return std::unexpected(run.error());
  if (!run->has_value()) return {};
  core::OwedPage page = *command.owed;
  for (core::Owed& owed : page.owed) {
    auto named = payouts_.items().named_by(owed);
    if (!named) return std::unexpected(named.error());
    owed = std::move(*named);
  }
  for (const core::Payout& payout : payouts_of(page, decision, **run)) {
    if (auto taken = payouts_.take(payout, stamp); !taken) return taken;
  }
  const RunState done = (*run)->payouts > 0 ? RunState::kProposed : RunState::kCancelled;
  const bool goes_on = decision.state == RunState::kCollecting;
  return put(**run, decision.state, goes_on ? RunState::kCollecting : done, stamp);
}

core::Result<void> SettlementCheck::cancel(const core::Command& command,
                                           const core::RunDecision& decision,
                                           const core::Stamp& stamp) {
  auto run = run_for(command, std::get<core::CancelRun>(command.request).run, stamp);
  if (!run) return std::unexpected(run.error());
  if (!run->has_value()) return {};
  core::SettlementRun& cancelled = **run;
  if (decision.released > cancelled.payouts - cancelled.released) {
    differs(stamp, "gives back more than the run took");
    return {};
  }
  for (std::uint32_t i = 0; i < decision.released; ++i) {
    auto released = payouts_.release(cancelled.fund,
                                     {.run = cancelled.id, .number = ++cancelled.released}, stamp);
    if (!released) return released;
  }
  const bool last = cancelled.released == cancelled.payouts;
  return put(cancelled, decision.state, last ? RunState::kCancelled : RunState::kCancelling, stamp);
}

core::Result<void> SettlementCheck::send(const core::Command& command,
                                         const core::ExportDecision& decision,
                                         const core::Stamp& stamp) {
  const auto& request = std::get<core::ExportRun>(command.request);
  auto run = run_for(command, request.run, stamp);
  if (!run) return std::unexpected(run.error());
  if (!run->has_value()) return {};
  core::SettlementRun& sent = **run;
  if (sent.exported.has_value() == decision.from.has_value()) {
    differs(stamp, "begins to export a run again, or does not begin");
    return {};
  }
  if (decision.from) {
    sent.exported = core::RunExport{.by = command.by,
                                    .at = stamp.now,
                                    .account = decision.from->account,
                                    .name = decision.from->name,
                                    .payouts_per_file = request.payouts_per_file,
                                    .payouts = 0};
  }
  if (decision.payouts > sent.payouts - sent.exported->payouts) {
    differs(stamp, "exports more than the run took");
    return {};
  }
  for (std::uint32_t i = 0; i < decision.payouts; ++i) {
    auto exported =
        payouts_.send(sent.fund, {.run = sent.id, .number = ++sent.exported->payouts}, stamp);
    if (!exported) return exported;
  }
  const bool last = sent.exported->payouts == sent.payouts;
  return put(sent, decision.state, last ? RunState::kExported : RunState::kExporting, stamp);
}

core::Result<void> SettlementCheck::compare_rows(const Rocks& rows) {
  if (auto payouts = payouts_.compare_rows(rows); !payouts) return payouts;
  // Where a run stands in what is owed is not followed.
  const auto check = [&](const core::RowKey& key, core::SettlementRun run) -> core::Result<void> {
    const core::Sequence id = run.id;
    run.cursor.clear();
    const auto met = expected_.meet(key, std::move(run));
    if (!met) return std::unexpected(met.error());
    if (!*met) {
      differences_.add("settlement",
                       "the run " + std::to_string(id) + " is not as its records left it");
    }
    return {};
  };
  auto runs = for_each_of<core::SettlementRun>(rows, core::KeyTag::kRun, check);
  if (!runs) return runs;
  if (const std::uint64_t missing = expected_.missing(core::KeyTag::kRun); missing > 0) {
    differences_.add("settlement", "runs without a row: " + std::to_string(missing));
  }
  return status_files_.compare_rows(rows);
}

}  // namespace wasl::store

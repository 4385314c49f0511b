// Settlement runs: what two people of a fund may do with one. docs/settlement.md.

#include "core/rib.hpp"
#include "core/run.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

RunDecision refused(Reason reason) {
  return {.reason = reason, .state = RunState::kCollecting, .released = 0};
}

RunDecision now_in(RunState state) {
  return {.reason = Reason::kNone, .state = state, .released = 0};
}

Reason check_value_date(const Situation& s, Day value_date) {
  const Rulebook* rulebook = s.reference.rulebook_of(fund_spoken_for(s.command.from));
  if (rulebook == nullptr) return Reason::kRulebookUnknown;
  const Day today = day_of(s.now, rulebook->utc_offset);
  const bool in_time =
      value_date >= today && value_date - today <= std::chrono::days{kValueDateDaysMax};
  return in_time ? Reason::kNone : Reason::kValueDateInvalid;
}

ExportDecision not_exported(Reason reason) {
  return {.reason = reason, .state = RunState::kExporting, .payouts = 0, .from = std::nullopt};
}

// From where the fund pays: its own registration says it.
Destination account_of_fund(const Situation& s) {
  return destination_of(s.rows.at(Slot::kParticipant));
}

Reason check_first_export(const Situation& s, const SettlementRun& run) {
  const Reason late = check_value_date(s, run.value_date);
  if (late != Reason::kNone) return late;
  return is_rib(account_of_fund(s).account) ? Reason::kNone : Reason::kFundAccountMissing;
}

}  // namespace

RunDecision decide_run(const Situation& s, const ProposeRun& request) {
  Reason reason = check_request(s);
  if (reason == Reason::kNone) reason = check_value_date(s, request.value_date);
  return reason != Reason::kNone ? refused(reason) : now_in(RunState::kCollecting);
}

RunDecision decide_run(const Situation& s, const ApproveRun& request) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return refused(reason);
  const auto* run = s.rows.get<SettlementRun>(Slot::kRun);
  if (run == nullptr) return refused(Reason::kRunUnknown);
  if (run->state != RunState::kProposed) return refused(Reason::kRunNotInThisState);
  if (run->payouts != request.payouts || run->total != request.total) {
    return refused(Reason::kRunDiffers);
  }
  if (run->proposed_by == s.command.by) return refused(Reason::kSameOperator);
  const Reason late = check_value_date(s, run->value_date);
  return late != Reason::kNone ? refused(late) : now_in(RunState::kApproved);
}

RunDecision decide_run(const Situation& s, const CancelRun&) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return refused(reason);
  const auto* run = s.rows.get<SettlementRun>(Slot::kRun);
  if (run == nullptr) return refused(Reason::kRunUnknown);
  const bool gone = run->state == RunState::kCancelled || run->exported.has_value();
  if (gone) return refused(Reason::kRunNotInThisState);
  const std::uint32_t released = step_payouts(s.rows);
  const bool last = run->released + released == run->payouts;
  return {.reason = Reason::kNone,
          .state = last ? RunState::kCancelled : RunState::kCancelling,
          .released = released};
}

ExportDecision decide_export(const Situation& s, const ExportRun&) {
  Reason reason = check_request(s);
  if (reason != Reason::kNone) return not_exported(reason);
  const auto* run = s.rows.get<SettlementRun>(Slot::kRun);
  if (run == nullptr) return not_exported(Reason::kRunUnknown);
  const bool first = run->state == RunState::kApproved;
  if (!first && !run->exported) return not_exported(Reason::kRunNotInThisState);
  if (first) reason = check_first_export(s, *run);
  if (reason != Reason::kNone) return not_exported(reason);
  ExportDecision decision = not_exported(Reason::kNone);
  if (first) decision.from = account_of_fund(s);
  decision.payouts = step_payouts(s.rows);
  if (handled(*run) + decision.payouts == run->payouts) decision.state = RunState::kExported;
  return decision;
}

}  // namespace wasl::core

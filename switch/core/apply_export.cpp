// ExportRun: an approved run's payouts go to the bank clearing, step by step.

#include "core/payout_changes.hpp"

namespace wasl::core {
namespace {

void begin(Application& state, const ExportDecision& decision, const ExportRun& request,
           SettlementRun& run) {
  WASL_ASSERT(decision.from.has_value());
  run.exported = RunExport{.by = state.command.by,
                           .at = state.stamp.now,
                           .account = decision.from->account,
                           .name = decision.from->name,
                           .payouts_per_file = request.payouts_per_file,
                           .payouts = 0};
}

}  // namespace

void apply_to(Application& state, const ExportDecision& decision, const ExportRun& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  auto& run = state.change<SettlementRun>(Slot::kRun);
  if (run.state == RunState::kApproved) begin(state, decision, request, run);
  PayoutPostings postings(state);
  std::uint16_t source = 0;
  for (std::uint32_t i = 0; i < decision.payouts; ++i) {
    auto& payout = state.change_listed<Payout>(Slot::kListed, static_cast<std::uint16_t>(i));
    WASL_ASSERT(payout.state == PayoutState::kTaken);
    payout.state = PayoutState::kExported;
    for (const OwedItem& item : payout.items) {
      set_paid(state, source++, item, PaidBy{.payout = payout.id, .state = payout.state});
    }
    postings.post(payout, shares(payout),
                  [&](Cents amount) { return export_postings(payout, amount, state.stamp.now); });
  }
  run.exported->payouts += decision.payouts;
  run.state = decision.state;
}

}  // namespace wasl::core

// Settlement runs: what is owed becomes payouts, step by step, or is owed again.

#include <algorithm>
#include <utility>

#include "core/application.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// The bordereau or refund that an item is of says which payout pays it.
void note_payout(Application& state, std::uint16_t index, const OwedItem& item,
                 const std::optional<PayoutId>& payout) {
  if (std::holds_alternative<RefundItem>(item.of)) {
    auto& refund = state.change_listed<RequestRow>(Slot::kListedSource, index);
    WASL_ASSERT(refund.sequence == item.record && refund.state == RequestState::kApproved);
    refund.payout = payout;
    return;
  }
  auto& bordereau = state.change_listed<Bordereau>(Slot::kListedSource, index);
  std::erase_if(bordereau.paid,
                [&](const AcceptancePaid& paid) { return paid.acceptance == item.record; });
  if (payout) bordereau.paid.push_back({.acceptance = item.record, .payout = *payout});
}

class Collection {
 public:
  Collection(Application& state, const CollectDecision& decision)
      : state_(state),
        decision_(decision),
        page_(*state.command.owed),
        run_(state.change<SettlementRun>(Slot::kRun)) {}

  void carry_out() {
    std::size_t account = 0;
    for (std::size_t i = 0; i < page_.owed.size(); ++i) {
      if (decision_.verdicts[i] == OwedVerdict::kLater) break;
      // A payee that fills the page may be owed more behind it.
      const bool cut = page_.more && page_.owed[i].payee == page_.owed.back().payee;
      run_.cursor = cut ? cursor_at(page_.owed[i]) : cursor_behind_payee(page_.owed[i]);
      if (decision_.verdicts[i] != OwedVerdict::kTaken) continue;
      if (payout_.items.empty() || payout_.payee != page_.owed[i].payee) {
        finish_payout();
        begin_payout(page_.owed[i], decision_.accounts[account++]);
      }
      take(static_cast<std::uint16_t>(i));
    }
    finish_payout();
    run_.state = decision_.state;
  }

 private:
  void begin_payout(const Owed& owed, const std::string& account) {
    payout_.fund = run_.fund;
    payout_.id = {.run = run_.id, .number = ++run_.payouts};
    payout_.payee = owed.payee;
    payout_.account = account;
  }

  void take(std::uint16_t index) {
    const OwedItem& item = page_.owed[index].item;
    payout_.items.push_back(item);
    payout_.amount += item.amount;
    state_.remove_listed(Slot::kListed, index);
    note_payout(state_, index, item, payout_.id);
  }

  void finish_payout() {
    if (payout_.items.empty()) return;
    run_.total += payout_.amount;
    const RowKey key = payout_key(payout_.fund, payout_.id);
    state_.make(key, std::exchange(payout_, {}));
  }

  Application& state_;
  const CollectDecision& decision_;
  const OwedPage& page_;
  SettlementRun& run_;
  Payout payout_;
};

// Gives back what a payout took.
void release(Application& state, std::uint16_t index, std::uint16_t& source) {
  const Row* row = state.rows.at(Slot::kListed, index);
  WASL_ASSERT(row != nullptr && std::holds_alternative<Payout>(*row));
  const Payout payout = std::get<Payout>(*row);
  for (const OwedItem& item : payout.items) {
    note_payout(state, source++, item, std::nullopt);
    state.owe({.fund = payout.fund, .payee = payout.payee, .item = item});
  }
  state.remove_listed(Slot::kListed, index);
}

}  // namespace

void apply_to(Application& state, const RunDecision& decision, const ProposeRun& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  SettlementRun run;
  run.fund = fund_spoken_for(state.command.from);
  run.id = state.stamp.sequence;
  run.value_date = request.value_date;
  run.minimum = request.minimum;
  run.proposed_by = state.command.by;
  run.proposed_at = state.stamp.now;
  const RowKey key = run_key(run.fund, run.id);
  state.make(key, std::move(run));
}

void apply_to(Application& state, const CollectDecision& decision, const CollectRun&) {
  state.remember(RequestState::kDone);
  if (decision.reason == Reason::kNone) Collection(state, decision).carry_out();
}

void apply_to(Application& state, const RunDecision& decision, const ApproveRun&) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  auto& run = state.change<SettlementRun>(Slot::kRun);
  run.state = decision.state;
  run.approved_by = state.command.by;
}

void apply_to(Application& state, const RunDecision& decision, const CancelRun&) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  auto& run = state.change<SettlementRun>(Slot::kRun);
  std::uint16_t source = 0;
  for (std::uint32_t i = 0; i < decision.released; ++i) {
    release(state, static_cast<std::uint16_t>(i), source);
  }
  run.released += decision.released;
  run.state = decision.state;
}

}  // namespace wasl::core

// Settlement runs: what is owed becomes payouts, step by step, or is owed again.

#include <algorithm>
#include <utility>

#include "core/payout_changes.hpp"

namespace wasl::core {
namespace {

class Collection {
 public:
  Collection(Application& state, const CollectDecision& decision)
      : state_(state),
        decision_(decision),
        page_(*state.command.owed),
        run_(state.change<SettlementRun>(Slot::kRun)),
        postings_(state) {}

  void carry_out() {
    std::size_t payee = 0;
    std::size_t first = 0;  // Row of the payee that is looked at.
    for (std::size_t i = 0; i < page_.owed.size(); ++i) {
      if (decision_.verdicts[i] == OwedVerdict::kLater) break;
      if (page_.owed[i].payee != page_.owed[first].payee) first = i;
      // A payee that fills the page may be owed more behind it.
      const bool cut = page_.more && page_.owed[i].payee == page_.owed.back().payee;
      run_.cursor = cut ? cursor_at(page_.owed[i]) : cursor_behind_payee(page_.owed[i]);
      if (decision_.verdicts[i] != OwedVerdict::kTaken) continue;
      if (payout_.items.empty() || payout_.payee != page_.owed[i].payee) {
        finish_payout();
        begin_payout(first, payee++);
      }
      take(static_cast<std::uint16_t>(i));
    }
    finish_payout();
    run_.state = decision_.state;
  }

 private:
  // Of the payee whose first row this is, the number-th of whom anything is taken.
  void begin_payout(std::size_t first, std::size_t number) {
    payout_.fund = run_.fund;
    payout_.id = {.run = run_.id, .number = ++run_.payouts};
    payout_.payee = page_.owed[first].payee;
    payout_.to = decision_.to[number];
    payout_.withheld = decision_.withheld[number];
    if (payout_.withheld.value == 0) return;
    const auto* receivable = state_.rows.get<Receivable>(Slot::kListedReceivable, first);
    WASL_ASSERT(receivable != nullptr && receivable->amount == payout_.withheld);
    state_.remove_listed(Slot::kListedReceivable, static_cast<std::uint16_t>(first));
  }

  void take(std::uint16_t index) {
    const auto* owed = state_.rows.get<Owed>(Slot::kListed, index);
    WASL_ASSERT(owed != nullptr);
    const OwedItem item = owed->item;
    payout_.items.push_back(item);
    payout_.amount += item.amount;
    state_.remove_listed(Slot::kListed, index);
    set_paid(state_, index, item, PaidBy{.payout = payout_.id, .state = payout_.state});
  }

  void finish_payout() {
    if (payout_.items.empty()) return;
    payout_.amount -= payout_.withheld;
    run_.total += payout_.amount;
    postings_.post(payout_, shares_that_came_back(payout_), [&](Cents amount) {
      return proposed_again_postings(payout_, amount, state_.stamp.now);
    });
    const RowKey key = payout_key(payout_.fund, payout_.id);
    state_.make(key, std::exchange(payout_, {}));
  }

  Application& state_;
  const CollectDecision& decision_;
  const OwedPage& page_;
  SettlementRun& run_;
  PayoutPostings postings_;
  Payout payout_;
};

// As it was before a run took it.
std::optional<PaidBy> paid_before(const OwedItem& item) {
  if (!item.came_back) return std::nullopt;
  return PaidBy{.payout = item.came_back->payout, .state = PayoutState::kReturned};
}

// Gives back what a payout took.
void release(Application& state, std::uint16_t index, std::uint16_t& source,
             PayoutPostings& postings) {
  const Row* row = state.rows.at(Slot::kListed, index);
  WASL_ASSERT(row != nullptr && std::holds_alternative<Payout>(*row));
  const Payout payout = std::get<Payout>(*row);
  for (const OwedItem& item : payout.items) {
    set_paid(state, source++, item, paid_before(item));
    state.owe({.fund = payout.fund, .payee = payout.payee, .item = item});
  }
  owe_back_withheld(state, index, payout);
  postings.post(payout, shares_that_came_back(payout),
                [&](Cents amount) { return given_back_postings(payout, amount, state.stamp.now); });
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
  PayoutPostings postings(state);
  std::uint16_t source = 0;
  for (std::uint32_t i = 0; i < decision.released; ++i) {
    release(state, static_cast<std::uint16_t>(i), source, postings);
  }
  run.released += decision.released;
  run.state = decision.state;
}

}  // namespace wasl::core

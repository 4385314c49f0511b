// A step of a settlement run: which of what is owed it takes, payee by payee. docs/settlement.md.

#include <algorithm>

#include "core/rib.hpp"
#include "core/run.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

CollectDecision refused(Reason reason) {
  return {
      .reason = reason, .state = RunState::kCollecting, .verdicts = {}, .to = {}, .withheld = {}};
}

class Collecting {
 public:
  Collecting(const Situation& s, const SettlementRun& run, const OwedPage& page)
      : s_(s), run_(run), page_(page), room_(kRunAmountMax - run.total) {}

  CollectDecision decide() {
    decision_.verdicts.assign(page_.owed.size(), OwedVerdict::kLater);
    std::size_t first = 0;
    while (first < page_.owed.size()) {
      const std::size_t end = end_of_payee(first);
      // Further rows of the payee may stand behind the page, unless it is full of this one's.
      const bool whole = end < page_.owed.size() || !page_.more || first == 0;
      if (!whole || !fits_step(first, end)) break;
      judge_payee(first, end);
      first = end;
    }
    const bool done = first == page_.owed.size() && !page_.more;
    const bool nothing = run_.payouts == 0 && decision_.to.empty();
    if (done) decision_.state = nothing ? RunState::kCancelled : RunState::kProposed;
    return std::move(decision_);
  }

 private:
  [[nodiscard]] std::size_t end_of_payee(std::size_t first) const {
    const auto begin = page_.owed.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = std::find_if(begin, page_.owed.end(),
                                  [&](const Owed& owed) { return owed.payee != begin->payee; });
    return static_cast<std::size_t>(end - page_.owed.begin());
  }

  // What a payee owes back is one more row to change than its items have.
  bool fits_step(std::size_t first, std::size_t end) {
    items_ += end - first + (owed_back(first).value > 0 ? 1 : 0);
    return first == 0 || items_ <= kStepItemsMax;
  }

  // Which the payee of this row owes the fund.
  [[nodiscard]] Cents owed_back(std::size_t first) const {
    const auto* receivable = s_.rows.get<Receivable>(Slot::kListedReceivable, first);
    return receivable == nullptr ? Cents{} : receivable->amount;
  }

  void judge_payee(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      // It may have been taken meanwhile, and owed again since it came back.
      const auto* now = s_.rows.get<Owed>(Slot::kListed, i);
      const bool there = now != nullptr && *now == named_by(page_.owed[i], now->item);
      decision_.verdicts[i] = there ? OwedVerdict::kTaken : OwedVerdict::kGone;
    }
    Cents amount;
    for (std::size_t i = first; i < end; ++i) {
      if (decision_.verdicts[i] == OwedVerdict::kGone) continue;
      const Cents owed = page_.owed[i].item.amount;
      if (owed > room_ - amount) return leave_out(first, end, OwedVerdict::kAboveMaximum);
      amount += owed;
    }
    if (amount.value == 0) return;
    Destination to = destination_of(s_.rows.at(Slot::kListedPayee, first));
    if (!is_rib(to.account)) return leave_out(first, end, OwedVerdict::kNoAccount);
    if (came_back_from(to.account, first, end))
      return leave_out(first, end, OwedVerdict::kCameBack);
    const Cents withheld = owed_back(first);
    if (withheld >= amount) return leave_out(first, end, OwedVerdict::kOwesMore);
    if (amount - withheld < run_.minimum) return leave_out(first, end, OwedVerdict::kBelowMinimum);
    decision_.to.push_back(std::move(to));
    decision_.withheld.push_back(withheld);
    room_ -= amount;
  }

  [[nodiscard]] bool came_back_from(const std::string& account, std::size_t first,
                                    std::size_t end) const {
    return std::any_of(page_.owed.begin() + static_cast<std::ptrdiff_t>(first),
                       page_.owed.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Owed& owed) {
                         return owed.item.came_back && owed.item.came_back->account == account;
                       });
  }

  void leave_out(std::size_t first, std::size_t end, OwedVerdict why) {
    for (std::size_t i = first; i < end; ++i) {
      if (decision_.verdicts[i] != OwedVerdict::kGone) decision_.verdicts[i] = why;
    }
  }

  const Situation& s_;
  const SettlementRun& run_;
  const OwedPage& page_;
  Cents room_;             // For what it may still take.
  std::size_t items_ = 0;  // Of the payees looked at, as a step counts them.
  CollectDecision decision_;
};

}  // namespace

CollectDecision decide_collecting(const Situation& s, const CollectRun&) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return refused(reason);
  const auto* run = s.rows.get<SettlementRun>(Slot::kRun);
  if (run == nullptr) return refused(Reason::kRunUnknown);
  if (run->state != RunState::kCollecting) return refused(Reason::kRunNotInThisState);
  WASL_ASSERT(s.command.owed && s.command.owed->after == run->cursor);
  return Collecting(s, *run, *s.command.owed).decide();
}

}  // namespace wasl::core

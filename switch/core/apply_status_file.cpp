// Status files: kept as they are received, and then payouts become what the bank says of them.

#include <algorithm>

#include "core/payout_changes.hpp"

namespace wasl::core {
namespace {

// No file of the fund is open any more.
void clear_desk(Application& state) { state.change<StatusDesk>(Slot::kStatusDesk).open = 0; }

class StatusStep {
 public:
  explicit StatusStep(Application& state)
      : state_(state), file_(state.change<StatusFile>(Slot::kStatusFile)), postings_(state) {}

  void carry_out(const std::vector<StatusEffect>& effects) {
    const auto* part = state_.rows.get<StatusPart>(Slot::kStatusPart);
    WASL_ASSERT(part != nullptr && file_.entry + effects.size() <= part->entries.size());
    for (std::size_t i = 0; i < effects.size(); ++i) {
      carry_out(part->entries[file_.entry + i], effects[i], static_cast<std::uint16_t>(i));
    }
    file_.applied += static_cast<std::uint32_t>(effects.size());
    file_.entry = static_cast<std::uint16_t>(file_.entry + effects.size());
    if (file_.entry < part->entries.size()) return;
    ++file_.part;
    file_.entry = 0;
  }

 private:
  void carry_out(const StatusEntry& entry, const StatusEffect& effect, std::uint16_t index) {
    auto& payout = state_.change_listed<Payout>(Slot::kListed, index);
    WASL_ASSERT(payout.id == entry.payout && payout.state != PayoutState::kTaken);
    const PayoutState before = payout.state;
    // A late word of before the booking or return hides neither.
    if (before == PayoutState::kExported || effect.behind != before) {
      payout.bank = BankStatus{.word = entry.word, .reason = entry.reason, .file = file_.id};
    }
    if (effect.behind == before) {
      source_ = static_cast<std::uint16_t>(source_ + payout.items.size());
      return;
    }
    payout.state = effect.behind;
    post(payout, before);
    if (payout.state == PayoutState::kReturned) owe_back_withheld(state_, index, payout);
    for (const OwedItem& item : payout.items) {
      set_paid(state_, source_++, item, PaidBy{.payout = payout.id, .state = payout.state});
      if (payout.state == PayoutState::kReturned) owe_again(payout, effect, item);
    }
  }

  void post(const Payout& payout, PayoutState before) {
    const bool paid_before = before == PayoutState::kPaid;
    postings_.post(payout, shares(payout), [&](Cents amount) {
      return payout.state == PayoutState::kPaid
                 ? booking_postings(payout, amount, state_.stamp.now)
                 : return_postings(payout, amount, paid_before, state_.stamp.now);
    });
  }

  void owe_again(const Payout& payout, const StatusEffect& effect, OwedItem item) {
    item.came_back =
        CameBack{.payout = payout.id,
                 .account = effect.account_must_change ? payout.to.account : std::string{}};
    state_.owe({.fund = payout.fund, .payee = payout.payee, .item = std::move(item)});
  }

  Application& state_;
  StatusFile& file_;
  PayoutPostings postings_;
  std::uint16_t source_ = 0;
};

}  // namespace

void apply_to(Application& state, const StatusFileDecision& decision,
              const OpenStatusFile& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone || decision.file > 0) return;
  StatusFile file;
  file.fund = fund_spoken_for(state.command.from);
  file.id = state.stamp.sequence;
  file.message_id = request.message_id;
  file.sha256 = request.sha256;
  file.by = state.command.by;
  file.at = state.stamp.now;
  file.entries = request.entries;
  state.change<StatusFileName>(Slot::kStatusFileName).file = file.id;
  state.change<StatusDesk>(Slot::kStatusDesk).open = file.id;
  const RowKey key = status_file_key(file.fund, file.id);
  state.make(key, std::move(file));
}

void apply_to(Application& state, const StatusFileDecision& decision,
              const ReceiveStatuses& request) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  auto& file = state.change<StatusFile>(Slot::kStatusFile);
  file.parts = request.part;
  file.received += static_cast<std::uint32_t>(request.entries.size());
  file.wrong += static_cast<std::uint32_t>(std::ranges::count_if(
      decision.verdicts, [](StatusVerdict verdict) { return verdict != StatusVerdict::kFine; }));
  file.last = std::max(file.last, request.entries.back().payout);
  file.state = decision.state;
  if (file.state == StatusFileState::kRefused) clear_desk(state);
  StatusPart part{
      .fund = file.fund, .file = file.id, .number = request.part, .entries = request.entries};
  const RowKey key = status_part_key(part.fund, part.file, part.number);
  state.make(key, std::move(part));
}

void apply_to(Application& state, const StatusFileDecision& decision, const ApplyStatuses&) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  StatusStep(state).carry_out(decision.effects);
  state.change<StatusFile>(Slot::kStatusFile).state = decision.state;
  if (decision.state == StatusFileState::kApplied) clear_desk(state);
}

void apply_to(Application& state, const StatusFileDecision& decision, const DropStatusFile&) {
  state.remember(RequestState::kDone);
  if (decision.reason != Reason::kNone) return;
  state.change<StatusFile>(Slot::kStatusFile).state = decision.state;
  clear_desk(state);
}

}  // namespace wasl::core

#include "simulation/settlement_books.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/bank_word.hpp"
#include "core/bordereau.hpp"
#include "simulation/rows_read.hpp"

namespace wasl::test {
namespace {

using core::KeyTag;
using core::LedgerAccount;
using core::PayoutState;
using core::RequestState;
using core::StatusFileState;

std::string text_of(const core::PayoutId& payout) {
  return "the payout " + std::to_string(payout.run) + "/" + std::to_string(payout.number);
}

LedgerAccount payable_to(const core::Payee& payee) {
  return std::holds_alternative<core::Participant>(payee) ? LedgerAccount::kPayableToProvider
                                                          : LedgerAccount::kPayableToInsured;
}

// Where the money of a payout is; nothing: what it paid is owed again.
std::optional<LedgerAccount> place_of(const core::Payout& payout) {
  switch (payout.state) {
    case PayoutState::kTaken:
      return payable_to(payout.payee);
    case PayoutState::kExported:
      return LedgerAccount::kBankClearing;
    case PayoutState::kPaid:
      return LedgerAccount::kBank;
    case PayoutState::kReturned:
      return std::nullopt;
  }
  return std::nullopt;
}

class SettlementBooks {
 public:
  SettlementBooks(const OrderedRows& rows, const Posted& posted) : rows_(rows), posted_(posted) {
    for (auto& each : rows_read<core::Payout>(rows, KeyTag::kPayout)) {
      payouts_.emplace(each.id, std::move(each));
    }
    for (auto& each : rows_read<core::StatusFile>(rows, KeyTag::kStatusFile)) {
      files_.emplace(each.id, std::move(each));
    }
  }

  std::vector<std::string> faults() {
    place_items();
    place_receivables();
    check_named();
    check_returned();
    check_money();
    check_runs();
    check_files();
    check_words();
    return std::move(faults_);
  }

 private:
  // Of an item: how much, and what its own row must say of its payout.
  struct Item {
    core::Cents amount;
    std::optional<core::PaidBy> paid;
    friend bool operator==(const Item&, const Item&) = default;
  };
  using Items = std::map<core::Sequence, Item>;

  void fault(const std::string& what) { faults_.push_back(what); }

  // Each once: owed, or in a payout that did not come back.
  void place_items() {
    for (const auto& owed : rows_read<core::Owed>(rows_, KeyTag::kOwed)) {
      std::optional<core::PaidBy> paid;
      if (owed.item.came_back) {
        paid = core::PaidBy{owed.item.came_back->payout, PayoutState::kReturned};
      }
      place(owed.item, paid);
      const bool back = owed.item.came_back.has_value();
      const LedgerAccount account = back ? LedgerAccount::kReturned : payable_to(owed.payee);
      money_[account] -= owed.item.amount.value;
    }
    for (const auto& [id, payout] : payouts_) {
      core::Cents sum;
      for (const core::OwedItem& item : payout.items) {
        sum += item.amount;
        if (payout.state != PayoutState::kReturned) place(item, core::PaidBy{id, payout.state});
      }
      if (sum != payout.amount + payout.withheld || payout.amount.value <= 0) {
        fault(text_of(id) + " is not the sum of its items, less what is withheld");
      }
      // The bank has what it is to pay; until then all of it is payable.
      const bool taken = payout.state == PayoutState::kTaken;
      if (const auto account = place_of(payout)) {
        money_[*account] -= (taken ? sum : payout.amount).value;
      }
    }
  }
  // What providers owe back, and what is withheld of payouts that are not at the bank.
  void place_receivables() {
    for (const auto& receivable : rows_read<core::Receivable>(rows_, KeyTag::kReceivable)) {
      if (receivable.amount.value <= 0) fault("a provider owes nothing back, or less");
      money_[LedgerAccount::kReceivable] += receivable.amount.value;
    }
    for (const auto& [id, payout] : payouts_) {
      if (payout.state != PayoutState::kTaken) continue;
      money_[LedgerAccount::kReceivable] += payout.withheld.value;
    }
  }
  void place(const core::OwedItem& item, const std::optional<core::PaidBy>& paid) {
    const bool once = items_.emplace(item.record, Item{item.amount, paid}).second;
    if (!once) fault("owed twice, by record " + std::to_string(item.record));
    if (item.came_back) came_back_.emplace(item.record, *item.came_back);
  }

  // What is owed or in a payout is what was accepted, or approved as a refund, and the rows of
  // those name the same payout in the same state.
  void check_named() {
    Items expected;
    for (const auto& row : rows_read<core::RequestRow>(rows_, KeyTag::kRequest)) {
      const bool refund =
          row.kind == core::ClaimKind::kRefund && row.state == RequestState::kApproved;
      if (refund && row.insurer.value > 0) expected[row.sequence] = {row.insurer, row.paid};
    }
    for (const auto& bordereau : rows_read<core::Bordereau>(rows_, KeyTag::kBordereau)) {
      for (const core::PresentedClaim& claim : bordereau.claims) {
        if (claim.state != RequestState::kAccepted) continue;
        Item& item = expected[claim.reviewed_by];
        item.amount += claim.insurer + owed_back(claim.claim);
        item.paid = core::paid_by(bordereau, claim);
      }
    }
    // What was reduced to nothing is not owed.
    std::erase_if(expected, [](const auto& each) { return each.second.amount.value == 0; });
    if (items_ != expected) fault("what is owed is not what was accepted");
  }

  // By how much the claim was reduced since it was paid: its payout paid the whole.
  [[nodiscard]] core::Cents owed_back(core::ClaimId claim) const {
    const auto found = posted_.reductions.find(claim);
    return found == posted_.reductions.end() ? core::Cents{} : found->second.owed_back;
  }

  // What the item says of that payout, or the items of those that took it since: a run may take it
  // that was proposed before.
  [[nodiscard]] std::optional<core::CameBack> came_back_from(const core::PayoutId& id,
                                                             core::Sequence record) const {
    const auto last = came_back_.find(record);
    if (last == came_back_.end()) return std::nullopt;
    std::optional<core::CameBack> back = last->second;
    for (std::size_t i = 0; i < payouts_.size() && back && back->payout != id; ++i) {
      const auto payout = payouts_.find(back->payout);
      if (payout == payouts_.end()) return std::nullopt;
      const auto item = std::ranges::find(payout->second.items, record, &core::OwedItem::record);
      if (item == payout->second.items.end()) return std::nullopt;
      back = item->came_back;
    }
    return back;
  }

  // What a returned payout paid came back, by it or by one that took it since, and says to which
  // account it must not go again.
  void check_returned() {
    for (const auto& [id, payout] : payouts_) {
      if (payout.state != PayoutState::kReturned) continue;
      for (const core::OwedItem& item : payout.items) {
        const std::optional<core::CameBack> back = came_back_from(id, item.record);
        const std::string account = core::is_accounts_fault(payout.bank->word, payout.bank->reason)
                                        ? payout.to.account
                                        : std::string{};
        if (!back || back->payout != id || back->account != account) {
          fault(text_of(id) + " came back, and record " + std::to_string(item.record) +
                " does not say so");
        }
      }
    }
    for (const auto& [record, came_back] : came_back_) {
      const auto found = payouts_.find(came_back.payout);
      if (found != payouts_.end() && found->second.state == PayoutState::kReturned) continue;
      fault("record " + std::to_string(record) + " came back from no payout that did");
    }
  }

  // Account by account.
  void check_money() {
    for (const LedgerAccount account :
         {LedgerAccount::kPayableToInsured, LedgerAccount::kPayableToProvider,
          LedgerAccount::kBankClearing, LedgerAccount::kReturned, LedgerAccount::kBank,
          LedgerAccount::kReceivable}) {
      const auto found = posted_.sums.find(account);
      const std::int64_t held = found == posted_.sums.end() ? 0 : found->second;
      if (held == money_[account]) continue;
      fault(std::string(core::name(account)) + " holds " + std::to_string(held) +
            ", what is owed and paid out says " + std::to_string(money_[account]));
    }
  }

  // A run's payouts are those that it took and did not give back; the first of them are exported.
  void check_runs() {
    std::map<core::Sequence, std::pair<std::uint32_t, core::Cents>> taken;
    std::map<core::Sequence, std::uint32_t> sent;
    for (const auto& [id, payout] : payouts_) {
      ++taken[id.run].first;
      taken[id.run].second += payout.amount;
      if (payout.state != PayoutState::kTaken) sent[id.run] = id.number;
      if (payout.state != PayoutState::kTaken && sent[id.run] != ++in_order_[id.run]) {
        fault(text_of(id) + " was exported before the one in front of it");
      }
    }
    for (const auto& run : rows_read<core::SettlementRun>(rows_, KeyTag::kRun)) {
      const auto& [payouts, total] = taken[run.id];
      const bool whole = run.released > 0 || run.total == total;
      const std::uint32_t exported = run.exported ? run.exported->payouts : 0;
      const bool done = run.state == core::RunState::kExported;
      if (payouts != run.payouts - run.released || !whole || exported != sent[run.id] ||
          (done && exported != run.payouts)) {
        fault("the run " + std::to_string(run.id) + " is not its payouts");
      }
    }
  }

  // One file of a fund is open at most, each has the parts that it received, and is applied whole.
  void check_files() {
    std::map<core::Sequence, std::pair<std::uint16_t, std::size_t>> received;
    for (auto& part : rows_read<core::StatusPart>(rows_, KeyTag::kStatusPart)) {
      auto& [parts, entries] = received[part.file];
      if (part.number != ++parts) fault("a part of a status file is missing");
      for (const core::StatusEntry& entry : part.entries) {
        ++entries;
        said_[part.file].push_back(entry);
      }
    }
    std::vector<core::Sequence> open;
    for (const auto& [id, file] : files_) {
      const auto& [parts, entries] = received[id];
      const bool applied = file.state == StatusFileState::kApplied;
      const bool refused = file.state == StatusFileState::kRefused;
      if (!applied && !refused) open.push_back(id);
      const bool kept = parts == file.parts && entries == file.received;
      if (!kept || (applied && file.applied != file.entries) || (refused && file.applied > 0)) {
        fault("the status file " + std::to_string(id) + " is not its parts");
      }
    }
    std::vector<core::Sequence> on_desk;
    for (const auto& desk : rows_read<core::StatusDesk>(rows_, KeyTag::kStatusDesk)) {
      if (desk.open > 0) on_desk.push_back(desk.open);
    }
    if (open != on_desk) fault("the status files that are open are not the one on the desk");
  }

  // What a payout's row has of the bank, a file said that was carried out as far.
  void check_words() {
    for (const auto& [id, payout] : payouts_) {
      if (!payout.bank) continue;
      const auto file = files_.find(payout.bank->file);
      const auto& entries = said_[payout.bank->file];
      const auto entry = std::ranges::find(entries, id, &core::StatusEntry::payout);
      const bool said = file != files_.end() && entry != entries.end() &&
                        entry->word == payout.bank->word && entry->reason == payout.bank->reason &&
                        entry - entries.begin() < std::int64_t{file->second.applied};
      if (!said) fault(text_of(id) + " has a word that no bank said");
    }
  }

  const OrderedRows& rows_;
  const Posted& posted_;
  std::map<core::PayoutId, core::Payout> payouts_;
  std::map<core::Sequence, core::StatusFile> files_;
  std::map<core::Sequence, std::vector<core::StatusEntry>> said_;  // By file.
  std::map<core::Sequence, std::uint32_t> in_order_;               // Exported, by run.
  Items items_;
  std::map<core::Sequence, core::CameBack> came_back_;
  Amounts money_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> settlement_faults(const OrderedRows& rows, const Posted& posted) {
  return SettlementBooks(rows, posted).faults();
}

}  // namespace wasl::test

#include "core/bank_word.hpp"

#include <algorithm>

#include "core/run.hpp"

namespace wasl::core {
namespace {

constexpr std::size_t kCodeBytes = 4;  // Of a reason of ISO 20022.

// What comes late of before the booking changes nothing.
bool is_late(BankWord word) { return word == BankWord::kPending || word == BankWord::kAccepted; }

PayoutState state_of(BankWord word, PayoutState now) {
  switch (word) {
    case BankWord::kPending:
    case BankWord::kAccepted:
      return now;
    case BankWord::kBooked:
      return PayoutState::kPaid;
    case BankWord::kRejected:
    case BankWord::kReturned:
      return PayoutState::kReturned;
  }
  return now;
}

bool names_the_account(std::string_view reason) {
  static constexpr std::string_view kBeginnings[] = {"AC01", "AC03", "AC04", "AC06", "AC07",
                                                     "AC14", "AG01", "MD07", "BE",   "RC"};
  return std::ranges::any_of(kBeginnings, [&](std::string_view begins) {
    return reason.size() == kCodeBytes && reason.starts_with(begins);
  });
}

// Not the bank's own words, nor the codes for "not specified" and "see the text".
bool is_code_that_says_why(std::string_view reason) {
  const bool code = reason.size() == kCodeBytes && std::ranges::all_of(reason, [](char c) {
                      return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                    });
  return code && reason != "MS02" && reason != "MS03" && reason != "NARR";
}

// The entry that ApplyStatuses carries out next.
const StatusEntry* next_entry(const RowSet& rows) {
  const auto* file = rows.get<StatusFile>(Slot::kStatusFile);
  const auto* part = rows.get<StatusPart>(Slot::kStatusPart);
  if (file == nullptr || part == nullptr || part->number != file->part) return nullptr;
  return file->entry < part->entries.size() ? &part->entries[file->entry] : nullptr;
}

}  // namespace

std::optional<PayoutState> state_behind(BankWord word, PayoutState now) {
  const bool possible = now == PayoutState::kExported ||
                        (now == PayoutState::kPaid && word == BankWord::kReturned) ||
                        (now != PayoutState::kTaken && is_late(word));
  return possible ? std::optional(state_of(word, now)) : std::nullopt;
}

StatusVerdict judge(const StatusEntry& entry, const Payout* payout) {
  if (payout == nullptr || payout->state == PayoutState::kTaken) return StatusVerdict::kUnknown;
  if (entry.amount.value > 0 && entry.amount != payout->amount) {
    return StatusVerdict::kAmountDiffers;
  }
  return state_behind(entry.word, payout->state) ? StatusVerdict::kFine
                                                 : StatusVerdict::kContradicts;
}

bool is_accounts_fault(BankWord word, std::string_view reasons) {
  const bool by_payees_bank = word == BankWord::kReturned;
  bool says_why = false;
  while (!reasons.empty()) {
    const std::string_view reason = reasons.substr(0, reasons.find(", "));
    if (names_the_account(reason)) return true;
    says_why = says_why || is_code_that_says_why(reason);
    reasons.remove_prefix(std::min(reasons.size(), reason.size() + 2));
  }
  return by_payees_bank && !says_why;
}

std::uint32_t step_entries(const RowSet& rows) {
  if (next_entry(rows) == nullptr) return 0;
  const auto& file = *rows.get<StatusFile>(Slot::kStatusFile);
  const std::size_t left = rows.get<StatusPart>(Slot::kStatusPart)->entries.size() - file.entry;
  std::size_t items = 0;
  for (std::uint32_t i = 0; i < left; ++i) {
    const auto* payout = rows.get<Payout>(Slot::kListed, i);
    if (payout == nullptr) return i;
    items += step_items(*payout);
    if (i > 0 && items > kStepItemsMax) return i;
  }
  return static_cast<std::uint32_t>(left);
}

bool is_overtaken_by_file(const Command& command, const RowSet& rows) {
  const auto* file = rows.get<StatusFile>(Slot::kStatusFile);
  if (std::holds_alternative<OpenStatusFile>(command.request)) {
    const auto* name = rows.get<StatusFileName>(Slot::kStatusFileName);
    return name != nullptr && (file == nullptr || file->id != name->file);
  }
  if (!std::holds_alternative<ApplyStatuses>(command.request)) return false;
  if (file == nullptr || file->state != StatusFileState::kApplying) return false;
  const StatusEntry* next = next_entry(rows);
  const auto* payout = rows.get<Payout>(Slot::kListed, 0);
  return next == nullptr || payout == nullptr || payout->id != next->payout;
}

}  // namespace wasl::core

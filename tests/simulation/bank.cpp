#include "simulation/bank.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "simulation/rows_read.hpp"

namespace wasl::test {
namespace {

using core::BankWord;
using core::PayoutState;

// What files name at most.
constexpr std::size_t kEntries = 6;

template <std::size_t kCount>
BankWord one_of(const std::array<BankWord, kCount>& words, std::mt19937_64& random) {
  return words[random() % kCount];
}

// Nothing: it has nothing to say of this one.
std::optional<core::StatusEntry> word_on(const core::Payout& payout, std::mt19937_64& random) {
  constexpr std::array kOfSent{BankWord::kPending, BankWord::kAccepted, BankWord::kRejected,
                               BankWord::kBooked,  BankWord::kBooked,   BankWord::kReturned};
  constexpr std::array kOfBooked{BankWord::kAccepted, BankWord::kReturned};
  const bool sent = payout.state == PayoutState::kExported;
  const bool booked = payout.state == PayoutState::kPaid;
  if (!sent && (!booked || random() % 4 != 0)) return std::nullopt;
  core::StatusEntry entry;
  entry.payout = payout.id;
  entry.word = sent ? one_of(kOfSent, random) : one_of(kOfBooked, random);
  const bool anew = std::ranges::any_of(
      payout.items, [](const core::OwedItem& item) { return item.came_back.has_value(); });
  const bool rare = anew || payout.withheld.value > 0;
  if (sent && rare && random() % 4 != 0) entry.word = BankWord::kBooked;
  entry.amount = payout.amount;
  const bool back = entry.word == BankWord::kRejected || entry.word == BankWord::kReturned;
  if (back) entry.reason = random() % 4 == 0 ? "AC04" : "AM05";
  if (entry.word < BankWord::kBooked && random() % 2 == 0) entry.amount = core::Cents{};
  return entry;
}

// In one of the ways in which a file can be wrong.
void spoil(std::vector<core::StatusEntry>& entries, std::mt19937_64& random) {
  core::StatusEntry& last = entries.back();
  switch (random() % 3) {
    case 0:
      last.amount = last.amount + core::Cents{1};
      return;
    case 1:
      last.payout.number += 1'000;
      return;
    default:  // Booked again, or of a payout that came back: not of one that was sent only.
      last.word = BankWord::kBooked;
      if (last.amount == core::Cents{}) last.amount = core::Cents{1};
      return;
  }
}

}  // namespace

std::string Bank::write_file(const OrderedRows& rows, std::mt19937_64& random) {
  BankFile file;
  for (const auto& payout : rows_read<core::Payout>(rows, core::KeyTag::kPayout)) {
    if (file.entries.size() == kEntries) break;
    if (random() % 3 == 0) continue;
    if (auto entry = word_on(payout, random)) file.entries.push_back(std::move(*entry));
  }
  if (file.entries.empty()) return {};
  if (random() % 6 == 0) spoil(file.entries, random);
  for (std::uint8_t& byte : file.sha256) byte = static_cast<std::uint8_t>(random());
  const std::string name = "BANK-" + std::to_string(files_.size() + 1);
  files_.emplace(name, std::move(file));
  return name;
}

}  // namespace wasl::test

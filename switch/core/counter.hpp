#pragma once
// What a person decides at the counter of a payment centre or fund. docs/settlement.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/page.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// A person's decision on presented claims, at the counter of the centre.
enum class Verdict : std::uint8_t { kAccept = 1, kReject = 2, kHold = 3 };

struct ReviewVerdict {
  ClaimId claim = 0;
  Verdict verdict = Verdict::kAccept;
  ReviewReason reason = ReviewReason::kNone;  // Of kReject and kHold.
  Day until;                                  // Of kHold; the epoch otherwise.
  StepOwner owner = StepOwner::kCentre;       // Of kHold.
  friend bool operator==(const ReviewVerdict&, const ReviewVerdict&) = default;
};

// Each rejection changes four rows, and a command at most 256.
inline constexpr std::size_t kVerdictsMax = 40;
// Furthest day of a step that a held claim waits for.
inline constexpr int kHoldDaysMax = 30;

struct ReviewBordereau {
  FundCode fund;
  Participant provider;
  std::uint32_t number = 0;
  std::vector<ReviewVerdict> verdicts;  // By claim, each once.
  bool accept_rest = false;             // Every presented claim that no verdict names.
  friend bool operator==(const ReviewBordereau&, const ReviewBordereau&) = default;
};

// Lowers what the fund pays of an accepted claim. If it was paid, the provider owes the difference.
struct ReduceClaim {
  FundCode fund;
  Participant provider;
  std::uint32_t bordereau = 0;
  ClaimId claim = 0;
  Cents insurer;  // From now on; less than now, 0 or more.
  ReviewReason reason = ReviewReason::kNone;
  friend bool operator==(const ReduceClaim&, const ReduceClaim&) = default;
};

// Where a payee is paid from now on. Two operators make it, one after the other, each with the same
// entry.
struct SetPayoutAccount {
  Payee payee;
  std::string account;  // Empty to withdraw what waits.
  bool withdraw = false;
  friend bool operator==(const SetPayoutAccount&, const SetPayoutAccount&) = default;
};

// Bordereaux that the asking operator's centre or fund has to review, the most urgent first. A
// scan.
struct ListReviews {
  std::optional<Day> after_day;  // Of the last row of the page before; nothing: the first page.
  Sequence after_closing = 0;
  std::uint32_t after_number = 0;
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListReviews&, const ListReviews&) = default;
};

// Changes that wait for a second operator of the asking centre or fund. A scan.
struct ListPayoutChanges {
  std::optional<Payee> after;  // Of the last row of the page before.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListPayoutChanges&, const ListPayoutChanges&) = default;
};

}  // namespace wasl::core

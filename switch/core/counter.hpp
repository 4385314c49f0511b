#pragma once
// What a person decides at the counter of a payment centre or fund. docs/settlement.md.

#include <cstdint>
#include <string>
#include <vector>

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

// Where a payee is paid from now on. Two operators make it, one after the other, each with the same
// entry.
struct SetPayoutAccount {
  Payee payee;
  std::string account;  // Empty to withdraw what waits.
  bool withdraw = false;
  friend bool operator==(const SetPayoutAccount&, const SetPayoutAccount&) = default;
};

}  // namespace wasl::core

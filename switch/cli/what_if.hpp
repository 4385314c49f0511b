#pragma once
// What another rulebook would have decided: claims and lines by reason, and their amounts, before
// and after. Each claim is judged on the state that the recorded decisions led to. One thread.

#include <cstdint>
#include <map>
#include <string>

#include "core/decision.hpp"

namespace wasl::cli {

// Amounts in centimes, at most INT64_MAX, where sums stay.
struct Tally {
  std::uint64_t count = 0;
  std::int64_t asked_cents = 0;  // Quantity times unit price.
  std::int64_t insurer_cents = 0;
  std::int64_t patient_cents = 0;

  void add(core::Cents asked, core::Cents insurer, core::Cents patient);
};

struct BeforeAfter {
  Tally before;
  Tally after;
};

// By outcome or, of what was declined, by reason.
using Changes = std::map<std::string, BeforeAfter, std::less<>>;

struct WhatIf {
  std::uint64_t claims = 0;   // Submitted to the rulebook's scheme.
  std::uint64_t changed = 0;  // Of these: another outcome, amount or reason.
  std::uint64_t others = 0;   // Of other schemes, or before the scheme had a rulebook: not judged.
  Changes by_claim;
  Changes by_line;

  void add(const core::Claim& claim, const core::ClaimDecision& before,
           const core::ClaimDecision& after);
};

}  // namespace wasl::cli

#pragma once
// What `wasl reconcile` prints of a business day: for people in dinars, for machines in centimes;
// and what a participant has counted, as it is typed. Pure.

#include <string>
#include <string_view>

#include "cli/format.hpp"
#include "core/result.hpp"
#include "wasl/v1/reconciliation.pb.h"

namespace wasl::cli {

// "12:960000", how many and their centimes. kMalformed otherwise.
[[nodiscard]] core::Result<v1::Tally> parse_tally(std::string_view typed);

// A day as the switch gave it, all pages together.
struct ReconciledDay {
  std::string fund{};
  std::string date{};
  bool of_all = false;                // Of everyone with the fund;
  v1::ParticipantName participant{};  // otherwise of this one.
  bool counted = false;               // The participant gave what it counted.
  v1::ReconciliationPage page{};
};

// Every account is in balance, and nothing differs from what the participant counted.
[[nodiscard]] bool in_balance(const ReconciledDay& day);

// Of all: a line for each participant, and the sum of the lines. Of one: its account.
[[nodiscard]] std::string reconciled(const ReconciledDay& day, Format format);

}  // namespace wasl::cli

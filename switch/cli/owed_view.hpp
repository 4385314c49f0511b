#pragma once
// What `wasl settle owed` prints: what the fund owes and no run has taken, payee by payee, and what
// providers owe it back. Amounts for people are in dinars, for machines in centimes. Pure.

#include <string>
#include <vector>

#include "cli/format.hpp"
#include "core/calendar.hpp"
#include "wasl/v1/settlement.pb.h"

namespace wasl::cli {

struct OwedBothWays {
  std::vector<v1::Owed> owed;  // As the switch lists it: what is owed to a payee stands together.
  std::vector<v1::Receivable> receivables;
};

// One line for each payee, with the earliest day by which the fund has promised to pay it, how late
// that is on `today`, and what of it came back from the bank; the earliest such day first. In CSV
// what a provider owes back stands in its own line, or in one of nothing owed.
[[nodiscard]] std::string owed(const OwedBothWays& what, core::Day today, Format format);

}  // namespace wasl::cli

#pragma once
// What `wasl ledger` prints of the ledger's pages: as a table for people, as JSON, as CSV with a
// header line. Amounts for people are in dinars with separators, for machines in centimes. Pure.

#include <span>
#include <string>

#include "cli/format.hpp"
#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "wasl/v1/ledger.pb.h"

namespace wasl::cli {

// Debits and credits of all accounts together are of one sum.
[[nodiscard]] bool in_balance(const v1::BalancesPage& page);
[[nodiscard]] std::string trial_balance(const v1::BalancesPage& page, Format format);

// The sets as they are, one line for each posting; `sets` in any number.
[[nodiscard]] std::string postings(std::span<const v1::PostingSet> sets, Format format);

struct StatementOf {
  std::string participant{};  // As parse_participant() reads it.
  std::string fund{};
  core::Interval days{};  // UTC; both ends may be open.
};

// Of one participant, each account but the fund's own (its expense and its bank): what was owed
// before the period, what moved in it, what is owed at its end. Over all accounts that is what a
// reconciliation's closing says. `sets` are all of the participant's in order.
[[nodiscard]] std::string statement(std::span<const v1::PostingSet> sets, const StatementOf& of,
                                    Format format);

// "provider:16-004512", as in the certificate's urn:wasl:provider:16-004512. kMalformed otherwise.
[[nodiscard]] core::Result<core::Participant> parse_participant(std::string_view text);

}  // namespace wasl::cli

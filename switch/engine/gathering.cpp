#include "engine/gathering.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/assert.hpp"
#include "core/ledger.hpp"

namespace wasl::engine {
namespace {

// Postings read at once: a pharmacy's of a month, about 100 KiB.
constexpr std::uint16_t kPageRows = 1000;

// Behind every set of a record.
constexpr auto kLastItem = std::numeric_limits<std::uint16_t>::max();

const core::CloseBordereau& closing_of(const core::Command& command) {
  return std::get<core::CloseBordereau>(command.request);
}

core::Sequence presented_up_to(const core::RowSet& rows) {
  const auto* presentation = rows.get<core::Presentation>(core::Slot::kPresentation);
  return presentation == nullptr ? 0 : presentation->up_to;
}

// Approvals up to the closing's record wait, unless they were reversed at any later time.
void add(const core::RowKey& key, const std::string& value, core::Sequence up_to,
         core::Holdings& holdings) {
  const auto place = core::posting_place(key);
  const auto set = core::decode_postings(core::as_bytes(value));
  WASL_ASSERT(place && set);
  if (set->cause == core::PostingCause::kReversal) {
    std::erase_if(holdings.claims,
                  [&](const core::HeldClaim& held) { return held.claim == set->claim; });
    return;
  }
  if (set->cause != core::PostingCause::kApproval || place->sequence > up_to) return;
  if (holdings.claims.size() == core::kHoldingsMax) {
    holdings.whole = false;
    return;
  }
  holdings.claims.push_back(
      {.claim = set->claim, .request_id = set->request_id, .insurer = set->postings.front().debit});
}

}  // namespace

bool Gathering::needed(const core::Command& command, const core::RowSet& rows) {
  if (!std::holds_alternative<core::CloseBordereau>(command.request)) return false;
  const auto& holdings = command.closing.holdings;
  return !holdings || holdings->after != presented_up_to(rows);
}

core::Scan Gathering::start(std::uint64_t scan, Submission submission, const core::RowSet& rows,
                            core::Sequence committed) {
  const core::Command& command = submission.command;
  const core::FundCode& fund = closing_of(command).fund;
  Closing closing;
  closing.holdings = {
      .after = presented_up_to(rows), .as_of = committed, .whole = true, .claims = {}};
  closing.scan.id = scan;
  closing.scan.prefix = core::posting_prefix(fund, command.from);
  closing.scan.after = core::posting_key(fund, command.from, closing.holdings.after, kLastItem);
  closing.scan.rows_max = kPageRows;
  closing.scan.not_before = committed;
  closing.submission = std::move(submission);
  const core::Scan first = closing.scan;
  closings_.emplace(scan, std::move(closing));
  return first;
}

std::optional<Submission> Gathering::take(core::Scanned page, std::vector<core::Scan>& scans) {
  const auto found = closings_.find(page.id);
  WASL_ASSERT(found != closings_.end());
  Closing& closing = found->second;
  const core::Sequence up_to = closing_of(closing.submission.command).up_to;
  for (const auto& [key, value] : page.rows) add(key, value, up_to, closing.holdings);
  if (page.more) {
    closing.scan.after = page.rows.back().first;
    scans.push_back(closing.scan);
    return std::nullopt;
  }
  Submission complete = std::move(closing.submission);
  complete.command.closing.holdings = std::move(closing.holdings);
  closings_.erase(found);
  return complete;
}

}  // namespace wasl::engine

#include "engine/gathering.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/assert.hpp"
#include "core/codec.hpp"
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

// Of a closing: approvals up to its record wait, unless they were reversed at any later time.
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

core::Scan scan_of_postings(core::Command& command, const core::RowSet& rows,
                            core::Sequence committed) {
  const core::FundCode& fund = closing_of(command).fund;
  const core::Sequence after = presented_up_to(rows);
  command.closing.holdings =
      core::Holdings{.after = after, .as_of = committed, .whole = true, .claims = {}};
  core::Scan scan;
  scan.prefix = core::posting_prefix(fund, command.from);
  scan.after = core::posting_key(fund, command.from, after, kLastItem);
  scan.rows_max = kPageRows;
  return scan;
}

core::Scan scan_of_owed(core::Command& command, const core::RowSet& rows,
                        std::uint16_t step_items) {
  const auto* run = rows.get<core::SettlementRun>(core::Slot::kRun);
  WASL_ASSERT(run != nullptr);
  command.owed = core::OwedPage{.after = run->cursor, .owed = {}, .more = false};
  core::Scan scan;
  scan.prefix = core::owed_prefix(run->fund);
  scan.after = core::RowKey(run->cursor);
  scan.rows_max = step_items;
  return scan;
}

void add_owed(const core::Scanned& page, core::OwedPage& to) {
  for (const auto& [key, value] : page.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    WASL_ASSERT(row && std::holds_alternative<core::Owed>(*row));
    to.owed.push_back(std::get<core::Owed>(*row));
  }
  to.more = page.more;
}

}  // namespace

bool Gathering::needed(const core::Command& command, const core::RowSet& rows) {
  if (std::holds_alternative<core::CloseBordereau>(command.request)) {
    const auto& holdings = command.closing.holdings;
    return !holdings || holdings->after != presented_up_to(rows);
  }
  if (!std::holds_alternative<core::CollectRun>(command.request)) return false;
  const auto* run = rows.get<core::SettlementRun>(core::Slot::kRun);
  if (run == nullptr || run->state != core::RunState::kCollecting) return false;
  return !command.owed || command.owed->after != run->cursor;
}

core::Scan Gathering::start(std::uint64_t id, Submission submission, const core::RowSet& rows,
                            core::Sequence committed) {
  core::Command& command = submission.command;
  const bool closing = std::holds_alternative<core::CloseBordereau>(command.request);
  core::Scan scan = closing ? scan_of_postings(command, rows, committed)
                            : scan_of_owed(command, rows, step_items_);
  scan.id = id;
  scan.not_before = committed;
  gathered_.emplace(id, Gathered{std::move(submission), scan});
  return scan;
}

std::optional<Submission> Gathering::take(core::Scanned page, std::vector<core::Scan>& scans) {
  const auto found = gathered_.find(page.id);
  WASL_ASSERT(found != gathered_.end());
  Gathered& gathered = found->second;
  core::Command& command = gathered.submission.command;
  if (command.owed) {
    add_owed(page, *command.owed);
  } else {
    const core::Sequence up_to = closing_of(command).up_to;
    for (const auto& [key, value] : page.rows) add(key, value, up_to, *command.closing.holdings);
    if (page.more) {
      gathered.scan.after = page.rows.back().first;
      scans.push_back(gathered.scan);
      return std::nullopt;
    }
  }
  Submission complete = std::move(gathered.submission);
  gathered_.erase(found);
  return complete;
}

}  // namespace wasl::engine

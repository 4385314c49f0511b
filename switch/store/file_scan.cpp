#include "store/file_scan.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/assert.hpp"
#include "core/row_set.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {
namespace {

using core::Errc;
using core::Result;

std::unexpected<core::Error> corrupt(std::string_view what) {
  return core::fail(Errc::kCorrupt, "store: of a bank file " + std::string(what));
}

// The row under the cursor.
template <typename Row>
Result<Row> row_at(const RowCursor& at) {
  auto row = decode_stored(core::RowKey(at.key()), at.value());
  if (!row || !std::holds_alternative<Row>(*row))
    return corrupt("a row does not follow its format");
  return std::get<Row>(std::move(*row));
}

// Nothing: there is no such run.
Result<std::optional<core::SettlementRun>> run_of(RowCursor& at, const core::WantedPart& wanted) {
  const core::RowKey key = core::run_key(wanted.fund, wanted.run);
  at.seek(key.view());
  if (!at.valid() || at.key() != key.view()) {
    if (auto ended = at.ended(); !ended) return std::unexpected(ended.error());
    return std::nullopt;
  }
  auto run = row_at<core::SettlementRun>(at);
  if (!run) return std::unexpected(run.error());
  return std::move(*run);
}

// Without their items, of which a file says nothing: 10,000 payouts may pay 800,000.
Result<std::vector<core::Payout>> payouts_of(RowCursor& at, const core::SettlementRun& run,
                                             const core::FilePayouts& range) {
  std::vector<core::Payout> payouts;
  payouts.reserve(range.last - range.first + 1);
  for (std::uint32_t number = range.first; number <= range.last; ++number) {
    const core::RowKey key = core::payout_key(run.fund, {.run = run.id, .number = number});
    if (number == range.first) {
      at.seek(key.view());
    } else {
      at.next();
    }
    if (!at.valid() || at.key() != key.view()) {
      if (auto ended = at.ended(); !ended) return std::unexpected(ended.error());
      return corrupt("a payout is not there");
    }
    auto payout = row_at<core::Payout>(at);
    if (!payout) return std::unexpected(payout.error());
    payout->items = std::vector<core::OwedItem>();
    payouts.push_back(std::move(*payout));
  }
  return payouts;
}

core::BankFilePart nothing_of(core::Reason reason) {
  core::BankFilePart part;
  part.reason = reason;
  return part;
}

}  // namespace

Result<core::Scanned> FileScan::read(const core::Scan& scan) {
  WASL_ASSERT(scan.part.has_value());
  auto part = part_of(*scan.part);
  if (!part) return std::unexpected(part.error());
  part->offset = scan.part->offset;
  core::Scanned scanned;
  scanned.id = scan.id;
  scanned.part = std::move(*part);
  return scanned;
}

Result<core::BankFilePart> FileScan::part_of(const core::WantedPart& wanted) {
  const auto at = kept_.find(wanted.fund);
  if (at == kept_.end()) return make(wanted);
  const Kept& kept = at->second;
  if (kept.run != wanted.run || kept.number != wanted.file) return make(wanted);
  return slice(kept, wanted.offset);
}

// On one snapshot.
Result<core::BankFilePart> FileScan::make(const core::WantedPart& wanted) {
  RowCursor at = rocks_.iterate();
  auto found = run_of(at, wanted);
  if (!found) return std::unexpected(found.error());
  if (!found->has_value()) return nothing_of(core::Reason::kRunUnknown);
  const core::SettlementRun& run = **found;
  if (run.state != core::RunState::kExported) return nothing_of(core::Reason::kRunNotInThisState);

  core::BankFilePart part;
  const std::uint32_t per_file = run.exported->payouts_per_file;
  part.files = core::bank_files(run.payouts, per_file);
  const auto range = core::payouts_of_file(wanted.file, run.payouts, per_file);
  if (!range) return part;
  const auto payouts = payouts_of(at, run, *range);
  if (!payouts) return std::unexpected(payouts.error());
  kept_.erase(wanted.fund);  // Not two of a fund at once.
  auto file = maker_.make(run, wanted.file, *payouts);
  if (!file) {
    part.name = core::bank_file_name(wanted.fund, wanted.run, wanted.file);
    part.problem = file.error().context;
    return part;
  }
  Kept& kept = kept_[wanted.fund];
  kept =
      Kept{.run = wanted.run, .number = wanted.file, .files = part.files, .file = std::move(*file)};
  return slice(kept, wanted.offset);
}

core::BankFilePart FileScan::slice(const Kept& kept, std::uint64_t offset) {
  const core::BankFile& file = kept.file;
  core::BankFilePart part;
  part.files = kept.files;
  part.name = file.name;
  part.size = file.bytes.size();
  part.sha256 = file.sha256;
  part.payouts = file.payouts;
  part.total = file.total;
  if (offset < file.bytes.size()) part.bytes = file.bytes.substr(offset, core::kFilePartBytesMax);
  return part;
}

}  // namespace wasl::store

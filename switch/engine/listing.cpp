#include "engine/listing.hpp"

#include <variant>

#include "core/assert.hpp"

namespace wasl::engine {
namespace {

constexpr std::size_t kSequenceBytes = sizeof(core::Sequence);
constexpr std::size_t kDayBytes = 4;

core::RowKey without_tail(const core::RowKey& key, std::size_t bytes) {
  return core::RowKey(key.view().substr(0, key.view().size() - bytes));
}

core::Scan scan_of_claims(const core::Participant& from, const core::ListClaims& list) {
  const core::RowKey first = core::claim_index_key(from, list.from, 0);
  core::Scan scan;
  scan.prefix = without_tail(first, kDayBytes + kSequenceBytes);
  scan.after = core::claim_index_key(from, list.from, list.after);
  scan.until = core::claim_index_key(from, list.until + std::chrono::days{1}, 0);
  scan.rows_max = list.page;
  return scan;
}

core::Scan scan_of_agreements(const core::Participant& from,
                              const core::ListPriorAgreements& list) {
  const auto fund = core::FundCode::make(from.id.view());
  const core::RowKey after = core::agreement_index_key(fund.value_or(core::FundCode{}), list.after);
  core::Scan scan;
  scan.prefix = without_tail(after, kSequenceBytes);
  scan.after = after;
  scan.rows_max = list.page;
  return scan;
}

}  // namespace

core::Scan scan_of(const core::Command& command) {
  if (const auto* claims = std::get_if<core::ListClaims>(&command.request)) {
    return scan_of_claims(command.from, *claims);
  }
  const auto* agreements = std::get_if<core::ListPriorAgreements>(&command.request);
  WASL_ASSERT(agreements != nullptr);
  return scan_of_agreements(command.from, *agreements);
}

}  // namespace wasl::engine

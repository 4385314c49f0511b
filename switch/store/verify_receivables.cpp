#include "store/verify_receivables.hpp"

#include <string>
#include <variant>

#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

core::Result<void> ReceivableCheck::owe_back(const core::FundCode& fund,
                                             const core::Participant& provider,
                                             core::Cents amount) {
  const core::RowKey key = core::receivable_key(fund, provider);
  const auto before = expected_.get<core::Receivable>(key);
  if (!before) return std::unexpected(before.error());
  const core::Cents owed = before->has_value() ? (*before)->amount : core::Cents{};
  return expected_.put(key, core::Receivable{fund, provider, owed + amount});
}

core::Result<void> ReceivableCheck::withhold(const core::Payout& payout, core::Sequence sequence) {
  core::Cents owed;
  if (const auto* provider = std::get_if<core::Participant>(&payout.payee)) {
    const core::RowKey key = core::receivable_key(payout.fund, *provider);
    const auto before = expected_.get<core::Receivable>(key);
    if (!before) return std::unexpected(before.error());
    if (before->has_value()) owed = (*before)->amount;
    if (auto removed = expected_.remove(key); !removed) return removed;
  }
  if (owed != payout.withheld) {
    differences_.add("settlement",
                     at(sequence) + ": withholds something else than the payee owes the fund");
  }
  return {};
}

core::Result<void> ReceivableCheck::owe_back_withheld(const core::Payout& payout) {
  const auto* provider = std::get_if<core::Participant>(&payout.payee);
  if (provider == nullptr || payout.withheld.value == 0) return {};
  return owe_back(payout.fund, *provider, payout.withheld);
}

core::Result<void> ReceivableCheck::compare_rows(const Rocks& rows) {
  const auto check = [&](const core::RowKey& key,
                         const core::Receivable& row) -> core::Result<void> {
    const auto met = expected_.meet(key, row);
    if (!met) return std::unexpected(met.error());
    if (!*met) {
      differences_.add("settlement",
                       "what a provider owes a fund back is not as the records left it");
    }
    return {};
  };
  auto checked = for_each_of<core::Receivable>(rows, core::KeyTag::kReceivable, check);
  if (!checked) return checked;
  const std::uint64_t missing = expected_.missing(core::KeyTag::kReceivable);
  if (missing > 0) {
    differences_.add("settlement",
                     "owed back to a fund, and in no row of it: " + std::to_string(missing));
  }
  return {};
}

}  // namespace wasl::store

#include "simulation/posted.hpp"

#include "core/assert.hpp"

namespace wasl::test {

Posted posted_in(const OrderedRows& rows) {
  Posted posted;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(core::KeyTag::kPosting)) continue;
    const auto set = core::decode_postings(core::as_bytes(value));
    WASL_ASSERT(set.has_value());
    const bool reduction = set->cause == core::PostingCause::kReduction;
    for (const core::Posting& each : set->postings) {
      posted.sums[each.account] += each.debit.value - each.credit.value;
      if (!reduction || each.account == core::LedgerAccount::kBenefitsExpense) continue;
      Reductions& of_claim = posted.reductions[set->claim];
      const bool owed_back = each.account == core::LedgerAccount::kReceivable;
      (owed_back ? of_claim.owed_back : of_claim.not_owed) += each.debit;
    }
  }
  return posted;
}

}  // namespace wasl::test

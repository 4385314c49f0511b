#include "store/verify_ledger.hpp"

#include "core/request.hpp"
#include "store/row_walk.hpp"

namespace wasl::store {

using core::LedgerAccount;

namespace {

constexpr char kPosted = 'p';  // Tag in the scratch map. Record: the set that it must have posted.

std::string place_of(core::Sequence sequence) {
  std::string bytes(1, kPosted);
  core::Writer(bytes).integer(sequence);
  return bytes;
}

// The approval's; its reversal's with the sides exchanged.
core::PostingSet expected_set(core::PostingCause cause, const core::PostedClaim& claim,
                              LedgerAccount owed, core::Instant at) {
  const core::Cents insurer = claim.insurer;
  const bool approval = cause == core::PostingCause::kApproval;
  const core::Cents nothing;
  const core::Cents expense_debit = approval ? insurer : nothing;
  const core::Cents expense_credit = approval ? nothing : insurer;
  return {.cause = cause,
          .claim = claim.claim,
          .request_id = claim.request_id,
          .at = at,
          .postings = {{LedgerAccount::kBenefitsExpense, expense_debit, expense_credit},
                       {owed, expense_credit, expense_debit}}};
}

}  // namespace

core::Result<void> LedgerCheck::take_approval(const core::PostedClaim& claim, core::Instant at) {
  if (claim.insurer.value == 0) return {};
  const LedgerAccount owed = claim.kind == core::ClaimKind::kRefund
                                 ? LedgerAccount::kPayableToInsured
                                 : LedgerAccount::kApprovedNotAccepted;
  const core::PostingSet set = expected_set(core::PostingCause::kApproval, claim, owed, at);
  return expect(set, claim.claim);
}

core::Result<void> LedgerCheck::take_reversal(core::ClaimId claim, const core::Stamp& stamp) {
  const auto posted = map_.get(place_of(claim));
  if (!posted) return std::unexpected(posted.error());
  if (!posted->has_value()) return {};
  const auto approval = core::decode_postings(core::as_bytes(**posted));
  if (!approval) return core::fail(core::Errc::kCorrupt, "the scratch map is damaged");
  const core::Posting& owed = approval->postings.back();
  const core::PostedClaim released{.claim = claim,
                                   .request_id = approval->request_id,
                                   .kind = core::ClaimKind::kThirdParty,
                                   .insurer = owed.credit};
  const core::PostingSet set =
      expected_set(core::PostingCause::kReversal, released, owed.account, stamp.now);
  return expect(set, stamp.sequence);
}

core::Result<void> LedgerCheck::expect(const core::PostingSet& set, core::Sequence sequence) {
  ++missing_;
  return map_.put(place_of(sequence), core::encode_postings(set));
}

core::Result<void> LedgerCheck::compare_rows(const Rocks& rows) {
  core::Balances sums;
  const auto check = [&](const core::RowKey& key, std::string_view value) {
    return check_set(key, value, sums);
  };
  if (auto checked = for_each_row(rows, core::KeyTag::kPosting, check); !checked) return checked;
  if (missing_ > 0) {
    differences_.add("ledger", "sets of postings that are missing: " + std::to_string(missing_));
  }
  return check_balances(rows, sums);
}

core::Result<void> LedgerCheck::check_set(const core::RowKey& key, std::string_view value,
                                          core::Balances& sums) {
  const auto place = core::posting_place(key);
  const core::Sequence sequence = place ? place->sequence : 0;
  const bool whole = place && core::decode_postings(core::as_bytes(value));
  if (whole) core::add_postings(key, core::as_bytes(value), sums);
  const auto expected = map_.get(place_of(sequence));
  if (!expected) return std::unexpected(expected.error());
  if (!whole || !expected->has_value() || **expected != value) {
    differences_.add("ledger", "record " + std::to_string(sequence) +
                                   ": its postings are not what its claim or reversal posts");
    return {};
  }
  --missing_;
  return map_.put(place_of(sequence), {});
}

core::Result<void> LedgerCheck::check_balances(const Rocks& rows, const core::Balances& sums) {
  std::size_t met = 0;
  const auto check = [&](const core::RowKey& key, std::string_view value) -> core::Result<void> {
    const auto sum = sums.find(key);
    if (sum == sums.end() || core::decode_balance(core::as_bytes(value)) != sum->second) {
      differences_.add("ledger", "a balance is not the sum of its postings: account " +
                                     std::to_string(core::balance_account(key).value_or(0)));
    }
    ++met;
    return {};
  };
  if (auto checked = for_each_row(rows, core::KeyTag::kBalance, check); !checked) return checked;
  if (met < sums.size()) {
    differences_.add("ledger", "balances that are missing: " + std::to_string(sums.size() - met));
  }
  return {};
}

}  // namespace wasl::store

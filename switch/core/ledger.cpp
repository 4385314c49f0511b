#include "core/ledger.hpp"

#include <utility>

#include "core/assert.hpp"
#include "core/decision.hpp"
#include "core/request.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kPostingsFormat = 1;

LedgerAccount owed_on(ClaimKind kind) {
  return kind == ClaimKind::kRefund ? LedgerAccount::kPayableToInsured
                                    : LedgerAccount::kApprovedNotAccepted;
}

bool is_amount(Cents cents) { return cents.value >= 0 && cents <= kClaimAmountMax; }

bool is_posting(const Posting& posting) {
  const bool one_side = (posting.debit.value > 0) != (posting.credit.value > 0);
  return one_side && is_amount(posting.debit) && is_amount(posting.credit) &&
         posting.account >= LedgerAccount::kBenefitsExpense &&
         posting.account <= LedgerAccount::kPayableToInsured;
}

}  // namespace

PostingSet approval_postings(ClaimId claim, ClaimKind kind, Cents insurer) {
  WASL_ASSERT(insurer.value > 0);
  return {.cause = PostingCause::kApproval,
          .claim = claim,
          .postings = {{.account = LedgerAccount::kBenefitsExpense, .debit = insurer, .credit = {}},
                       {.account = owed_on(kind), .debit = {}, .credit = insurer}}};
}

PostingSet reversal_postings(ClaimId claim, ClaimKind kind, Cents insurer) {
  PostingSet set = approval_postings(claim, kind, insurer);
  set.cause = PostingCause::kReversal;
  for (Posting& posting : set.postings) std::swap(posting.debit, posting.credit);
  return set;
}

bool balanced(const PostingSet& set) {
  Cents debit;
  Cents credit;
  for (const Posting& posting : set.postings) {
    debit += posting.debit;
    credit += posting.credit;
  }
  return debit == credit;
}

std::string encode_postings(const PostingSet& set) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kPostingsFormat);
  out.integer(static_cast<std::uint8_t>(set.cause));
  out.integer(set.claim);
  out.integer(static_cast<std::uint8_t>(set.postings.size()));
  for (const Posting& posting : set.postings) {
    out.integer(static_cast<std::uint8_t>(posting.account));
    out.integer(posting.debit.value);
    out.integer(posting.credit.value);
  }
  return bytes;
}

std::optional<PostingSet> decode_postings(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kPostingsFormat) in.reject();
  PostingSet set;
  set.cause = static_cast<PostingCause>(in.integer<std::uint8_t>());
  if (set.cause != PostingCause::kApproval && set.cause != PostingCause::kReversal) in.reject();
  set.claim = in.integer<ClaimId>();
  const auto count = in.integer<std::uint8_t>();
  for (std::uint8_t i = 0; in.ok() && i < count; ++i) {
    Posting posting;
    posting.account = static_cast<LedgerAccount>(in.integer<std::uint8_t>());
    posting.debit.value = in.integer<std::int64_t>();
    posting.credit.value = in.integer<std::int64_t>();
    if (!is_posting(posting)) in.reject();
    if (in.ok()) set.postings.push_back(posting);
  }
  if (!in.finished() || set.postings.empty() || !balanced(set)) return std::nullopt;
  return set;
}

}  // namespace wasl::core

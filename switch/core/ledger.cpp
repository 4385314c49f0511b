#include "core/ledger.hpp"

#include <utility>

#include "core/assert.hpp"
#include "core/decision.hpp"
#include "core/request.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kPostingsFormat = 2;  // 1 knew no bordereau.
constexpr std::uint8_t kBalanceFormat = 1;

LedgerAccount owed_on(ClaimKind kind) {
  return kind == ClaimKind::kRefund ? LedgerAccount::kPayableToInsured
                                    : LedgerAccount::kApprovedNotAccepted;
}

bool is_amount(Cents cents) { return cents.value >= 0 && cents <= kBordereauAmountMax; }

bool is_posting(const Posting& posting) {
  const bool one_side = (posting.debit.value > 0) != (posting.credit.value > 0);
  return one_side && is_amount(posting.debit) && is_amount(posting.credit) &&
         posting.account >= LedgerAccount::kBenefitsExpense &&
         posting.account <= LedgerAccount::kPayableToProvider;
}

}  // namespace

std::string_view name(LedgerAccount account) {
  switch (account) {
    case LedgerAccount::kBenefitsExpense:
      return "benefits_expense";
    case LedgerAccount::kApprovedNotAccepted:
      return "approved_not_accepted";
    case LedgerAccount::kPayableToInsured:
      return "payable_to_insured";
    case LedgerAccount::kPayableToProvider:
      return "payable_to_provider";
  }
  return "";
}

std::string_view name(PostingCause cause) {
  switch (cause) {
    case PostingCause::kApproval:
      return "approval";
    case PostingCause::kReversal:
      return "reversal";
    case PostingCause::kAcceptance:
      return "acceptance";
    case PostingCause::kRejection:
      return "rejection";
  }
  return "";
}

PostingSet approval_postings(const PostedClaim& claim, Instant at) {
  WASL_ASSERT(claim.insurer.value > 0);
  return {.cause = PostingCause::kApproval,
          .claim = claim.claim,
          .request_id = claim.request_id,
          .bordereau = 0,
          .at = at,
          .postings = {
              {.account = LedgerAccount::kBenefitsExpense, .debit = claim.insurer, .credit = {}},
              {.account = owed_on(claim.kind), .debit = {}, .credit = claim.insurer}}};
}

PostingSet reversal_postings(const PostedClaim& claim, Instant at) {
  PostingSet set = approval_postings(claim, at);
  set.cause = PostingCause::kReversal;
  for (Posting& posting : set.postings) std::swap(posting.debit, posting.credit);
  return set;
}

PostingSet rejection_postings(const PostedClaim& claim, std::uint32_t bordereau, Instant at) {
  PostingSet set = reversal_postings(claim, at);
  set.cause = PostingCause::kRejection;
  set.bordereau = bordereau;
  return set;
}

PostingSet acceptance_postings(std::uint32_t bordereau, Cents amount, Instant at) {
  WASL_ASSERT(amount.value > 0);
  return {
      .cause = PostingCause::kAcceptance,
      .claim = 0,
      .request_id = {},
      .bordereau = bordereau,
      .at = at,
      .postings = {{.account = LedgerAccount::kApprovedNotAccepted, .debit = amount, .credit = {}},
                   {.account = LedgerAccount::kPayableToProvider, .debit = {}, .credit = amount}}};
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
  out.raw(set.request_id);
  out.integer(set.bordereau);
  out.integer(static_cast<std::int64_t>(set.at.time_since_epoch().count()));
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
  if (set.cause < PostingCause::kApproval || set.cause > PostingCause::kRejection) in.reject();
  set.claim = in.integer<ClaimId>();
  set.request_id = in.array<16>();
  set.bordereau = in.integer<std::uint32_t>();
  set.at = Instant{std::chrono::milliseconds{in.integer<std::int64_t>()}};
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

void add_postings(const RowKey& key, ByteView bytes, Balances& to) {
  const std::optional<PostingPlace> place = posting_place(key);
  const std::optional<PostingSet> set = decode_postings(bytes);
  WASL_ASSERT(place && set);
  for (const Posting& posting : set->postings) {
    Balance& balance = to[balance_key(place->fund, static_cast<std::uint8_t>(posting.account))];
    balance.debit += static_cast<std::uint64_t>(posting.debit.value);
    balance.credit += static_cast<std::uint64_t>(posting.credit.value);
  }
}

std::string encode_balance(const Balance& balance) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kBalanceFormat);
  out.integer(balance.debit);
  out.integer(balance.credit);
  return bytes;
}

std::optional<Balance> decode_balance(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kBalanceFormat) in.reject();
  Balance balance;
  balance.debit = in.integer<std::uint64_t>();
  balance.credit = in.integer<std::uint64_t>();
  if (!in.finished()) return std::nullopt;
  return balance;
}

}  // namespace wasl::core

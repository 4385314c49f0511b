#include "core/ledger.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"
#include "core/decision.hpp"
#include "core/request.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kPostingsFormat = 3;  // 1 knew no bordereau, 2 no payout.
constexpr std::uint8_t kBalanceFormat = 1;

LedgerAccount owed_on(ClaimKind kind) {
  return kind == ClaimKind::kRefund ? LedgerAccount::kPayableToInsured
                                    : LedgerAccount::kApprovedNotAccepted;
}

bool is_amount(Cents cents) { return cents.value >= 0 && cents <= kRunAmountMax; }

bool is_posting(const Posting& posting) {
  const bool one_side = (posting.debit.value > 0) != (posting.credit.value > 0);
  return one_side && is_amount(posting.debit) && is_amount(posting.credit) &&
         posting.account >= LedgerAccount::kBenefitsExpense &&
         posting.account <= LedgerAccount::kReceivable;
}

LedgerAccount payable_to(const Payee& payee) {
  return std::holds_alternative<Participant>(payee) ? LedgerAccount::kPayableToProvider
                                                    : LedgerAccount::kPayableToInsured;
}

// What a payout moves from one account to another.
struct Move {
  PostingCause cause;
  LedgerAccount debit;
  LedgerAccount credit;
};

PostingSet moved(const Move& move, const Payout& payout, Cents amount, Instant at) {
  WASL_ASSERT(amount.value > 0);
  return {.cause = move.cause,
          .claim = 0,
          .request_id = {},
          .bordereau = 0,
          .payout = payout.id,
          .at = at,
          .postings = {{.account = move.debit, .debit = amount, .credit = {}},
                       {.account = move.credit, .debit = {}, .credit = amount}}};
}

// The bank never sees what is withheld: of its posting, that much is the provider's receivable.
PostingSet withhold(const Payout& payout, LedgerAccount bank, PostingSet set) {
  if (payout.withheld.value == 0) return set;
  Posting& banks = *std::ranges::find(set.postings, bank, &Posting::account);
  Posting receivable = banks;
  receivable.account = LedgerAccount::kReceivable;
  for (Cents Posting::* side : {&Posting::debit, &Posting::credit}) {
    if ((banks.*side).value == 0) continue;
    WASL_ASSERT(payout.withheld < banks.*side);
    banks.*side -= payout.withheld;
    receivable.*side = payout.withheld;
  }
  set.postings.push_back(receivable);
  return set;
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
    case LedgerAccount::kBankClearing:
      return "bank_clearing";
    case LedgerAccount::kReturned:
      return "returned";
    case LedgerAccount::kBank:
      return "bank";
    case LedgerAccount::kReceivable:
      return "receivable";
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
    case PostingCause::kExport:
      return "export";
    case PostingCause::kBooking:
      return "booking";
    case PostingCause::kReturn:
      return "return";
    case PostingCause::kProposedAgain:
      return "proposed_again";
    case PostingCause::kGivenBack:
      return "given_back";
    case PostingCause::kReduction:
      return "reduction";
  }
  return "";
}

PostingSet approval_postings(const PostedClaim& claim, Instant at) {
  WASL_ASSERT(claim.insurer.value > 0);
  return {.cause = PostingCause::kApproval,
          .claim = claim.claim,
          .request_id = claim.request_id,
          .bordereau = 0,
          .payout = std::nullopt,
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

PostingSet reduction_postings(const PostedClaim& claim, std::uint32_t bordereau, bool paid,
                              Instant at) {
  WASL_ASSERT(claim.kind == ClaimKind::kThirdParty);
  PostingSet set = rejection_postings(claim, bordereau, at);
  set.cause = PostingCause::kReduction;
  for (Posting& posting : set.postings) {
    if (posting.account != LedgerAccount::kApprovedNotAccepted) continue;
    posting.account = paid ? LedgerAccount::kReceivable : LedgerAccount::kPayableToProvider;
  }
  return set;
}

PostingSet acceptance_postings(std::uint32_t bordereau, Cents amount, Instant at) {
  WASL_ASSERT(amount.value > 0);
  return {
      .cause = PostingCause::kAcceptance,
      .claim = 0,
      .request_id = {},
      .bordereau = bordereau,
      .payout = std::nullopt,
      .at = at,
      .postings = {{.account = LedgerAccount::kApprovedNotAccepted, .debit = amount, .credit = {}},
                   {.account = LedgerAccount::kPayableToProvider, .debit = {}, .credit = amount}}};
}

PostingSet export_postings(const Payout& payout, Cents amount, Instant at) {
  constexpr LedgerAccount kBank = LedgerAccount::kBankClearing;
  return withhold(
      payout, kBank,
      moved({PostingCause::kExport, payable_to(payout.payee), kBank}, payout, amount, at));
}

PostingSet booking_postings(const Payout& payout, Cents amount, Instant at) {
  return moved({PostingCause::kBooking, LedgerAccount::kBankClearing, LedgerAccount::kBank}, payout,
               amount - payout.withheld, at);
}

PostingSet return_postings(const Payout& payout, Cents amount, bool paid_before, Instant at) {
  const LedgerAccount from = paid_before ? LedgerAccount::kBank : LedgerAccount::kBankClearing;
  return withhold(
      payout, from,
      moved({PostingCause::kReturn, from, LedgerAccount::kReturned}, payout, amount, at));
}

PostingSet proposed_again_postings(const Payout& payout, Cents amount, Instant at) {
  return moved({PostingCause::kProposedAgain, LedgerAccount::kReturned, payable_to(payout.payee)},
               payout, amount, at);
}

PostingSet given_back_postings(const Payout& payout, Cents amount, Instant at) {
  return moved({PostingCause::kGivenBack, payable_to(payout.payee), LedgerAccount::kReturned},
               payout, amount, at);
}

bool balanced(const PostingSet& set) {
  // Amounts are below 2^62 and a set has kPostingsMax of them.
  std::uint64_t debit = 0;
  std::uint64_t credit = 0;
  for (const Posting& posting : set.postings) {
    debit += static_cast<std::uint64_t>(posting.debit.value);
    credit += static_cast<std::uint64_t>(posting.credit.value);
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
  out.integer(set.payout ? set.payout->run : Sequence{0});
  out.integer(set.payout ? set.payout->number : std::uint32_t{0});
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
  if (set.cause < PostingCause::kApproval || set.cause > PostingCause::kReduction) in.reject();
  set.claim = in.integer<ClaimId>();
  set.request_id = in.array<16>();
  set.bordereau = in.integer<std::uint32_t>();
  const PayoutId payout{.run = in.integer<Sequence>(), .number = in.integer<std::uint32_t>()};
  if ((payout.run > 0) != (payout.number > 0)) in.reject();
  if (payout.run > 0) set.payout = payout;
  set.at = Instant{std::chrono::milliseconds{in.integer<std::int64_t>()}};
  const auto count = in.integer<std::uint8_t>();
  if (count > kPostingsMax) in.reject();
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

#include "store/verify_ledger.hpp"

#include <vector>

#include "core/request.hpp"
#include "core/run.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::LedgerAccount;

namespace {

// Tag in the scratch map. Record and item: whose ledger, and the set that it must have posted.
constexpr char kPosted = 'p';

std::string place_of(core::Sequence sequence, std::uint16_t item = 0) {
  std::string bytes(1, kPosted);
  core::Writer out(bytes);
  out.integer(sequence);
  out.integer(item);
  return bytes;
}

using Ledger = LedgerCheck::Ledger;

std::string encode(const Ledger& ledger, const core::PostingSet& set) {
  std::string bytes;
  core::Writer out(bytes);
  out.text(ledger.fund.view());
  out.integer(static_cast<std::uint8_t>(ledger.of.role));
  out.text(ledger.of.id.view());
  out.raw(core::as_bytes(core::encode_postings(set)));
  return bytes;
}

struct Expected {
  Ledger ledger;
  std::string set;  // As stored.
};
Expected decode(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  Expected expected;
  expected.ledger.fund = core::FundCode::make(in.text()).value_or(core::FundCode{});
  expected.ledger.of.role = static_cast<core::Role>(in.integer<std::uint8_t>());
  expected.ledger.of.id = core::ParticipantId::make(in.text()).value_or(core::ParticipantId{});
  expected.set = core::as_text(in.raw(in.remaining()));
  return expected;
}

bool is_of(const core::PostingPlace& place, const Ledger& ledger) {
  return place.participant == ledger.of && (ledger.fund.empty() || place.fund == ledger.fund);
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
          .bordereau = 0,
          .payout = std::nullopt,
          .at = at,
          .postings = {{LedgerAccount::kBenefitsExpense, expense_debit, expense_credit},
                       {owed, expense_credit, expense_debit}}};
}

// From where to where a payout's money goes.
struct Movement {
  LedgerAccount debit;
  LedgerAccount credit;
};

Movement movement_of(core::PostingCause cause, const core::Payee& payee, core::PayoutState before) {
  const LedgerAccount payable = std::holds_alternative<core::Participant>(payee)
                                    ? LedgerAccount::kPayableToProvider
                                    : LedgerAccount::kPayableToInsured;
  const LedgerAccount sent =
      before == core::PayoutState::kPaid ? LedgerAccount::kBank : LedgerAccount::kBankClearing;
  if (cause == core::PostingCause::kExport) return {payable, LedgerAccount::kBankClearing};
  if (cause == core::PostingCause::kBooking) return {sent, LedgerAccount::kBank};
  if (cause == core::PostingCause::kReturn) return {sent, LedgerAccount::kReturned};
  if (cause == core::PostingCause::kProposedAgain) return {LedgerAccount::kReturned, payable};
  return {payable, LedgerAccount::kReturned};
}

// What is withheld of a payout never reaches the bank: the provider's debt is settled by it when it
// is exported, and stands again when it comes back.
std::vector<core::Posting> postings_of(core::PostingCause cause, const Movement& movement,
                                       core::Cents amount, core::Cents withheld) {
  const auto [debit, credit] = movement;
  const core::Cents net = amount - withheld;
  if (cause == core::PostingCause::kBooking) return {{debit, net, {}}, {credit, {}, net}};
  if (withheld.value > 0 && cause == core::PostingCause::kExport) {
    return {{debit, amount, {}}, {credit, {}, net}, {LedgerAccount::kReceivable, {}, withheld}};
  }
  if (withheld.value > 0 && cause == core::PostingCause::kReturn) {
    return {{debit, net, {}}, {credit, {}, amount}, {LedgerAccount::kReceivable, withheld, {}}};
  }
  return {{debit, amount, {}}, {credit, {}, amount}};
}

// Only what came back before is moved when a run takes it, or gives it back.
bool is_of_what_came_back(core::PostingCause cause) {
  return cause == core::PostingCause::kProposedAgain || cause == core::PostingCause::kGivenBack;
}

}  // namespace

core::Result<void> LedgerCheck::take_approval(const Ledger& ledger, const core::PostedClaim& claim,
                                              core::Instant at) {
  if (claim.insurer.value == 0) return {};
  const LedgerAccount owed = claim.kind == core::ClaimKind::kRefund
                                 ? LedgerAccount::kPayableToInsured
                                 : LedgerAccount::kApprovedNotAccepted;
  const core::PostingSet set = expected_set(core::PostingCause::kApproval, claim, owed, at);
  return expect(ledger, set, claim.claim);
}

core::Result<void> LedgerCheck::take_reversal(core::ClaimId claim, const core::Stamp& stamp) {
  const auto posted = map_.get(place_of(claim));
  if (!posted) return std::unexpected(posted.error());
  if (!posted->has_value()) return {};
  const Expected before = decode(**posted);
  const auto approval = core::decode_postings(core::as_bytes(before.set));
  if (!approval) return core::fail(core::Errc::kCorrupt, "the scratch map is damaged");
  const core::Posting& owed = approval->postings.back();
  const core::PostedClaim released{.claim = claim,
                                   .request_id = approval->request_id,
                                   .kind = core::ClaimKind::kThirdParty,
                                   .insurer = owed.credit};
  const core::PostingSet set =
      expected_set(core::PostingCause::kReversal, released, owed.account, stamp.now);
  return expect(before.ledger, set, stamp.sequence);
}

core::Result<void> LedgerCheck::take_review(const core::ReviewBordereau& review,
                                            const Reviewed& reviewed, const core::Stamp& stamp) {
  const Ledger ledger{review.fund, review.provider};
  std::uint16_t item = 0;
  for (const core::PostedClaim& claim : reviewed.rejected) {
    core::PostingSet set = expected_set(core::PostingCause::kRejection, claim,
                                        LedgerAccount::kApprovedNotAccepted, stamp.now);
    set.bordereau = review.number;
    if (auto expected = expect(ledger, set, stamp.sequence, item++); !expected) return expected;
  }
  if (reviewed.accepted.value == 0) return {};
  const core::PostingSet set{
      .cause = core::PostingCause::kAcceptance,
      .claim = 0,
      .request_id = {},
      .bordereau = review.number,
      .payout = std::nullopt,
      .at = stamp.now,
      .postings = {{LedgerAccount::kApprovedNotAccepted, reviewed.accepted, {}},
                   {LedgerAccount::kPayableToProvider, {}, reviewed.accepted}}};
  return expect(ledger, set, stamp.sequence, item);
}

core::Result<void> LedgerCheck::take_reduction(const core::ReduceClaim& reduction,
                                               const Reduced& reduced, const core::Stamp& stamp) {
  const LedgerAccount owed =
      reduced.paid ? LedgerAccount::kReceivable : LedgerAccount::kPayableToProvider;
  core::PostingSet set =
      expected_set(core::PostingCause::kReduction, reduced.claim, owed, stamp.now);
  set.bordereau = reduction.bordereau;
  return expect({reduction.fund, reduction.provider}, set, stamp.sequence);
}

core::Result<void> LedgerCheck::take_payout(core::PostingCause cause, const core::Payout& payout,
                                            core::PayoutState before, const core::Stamp& stamp) {
  if (moved_by_ != stamp.sequence) moved_ = 0;
  moved_by_ = stamp.sequence;
  const Movement movement = movement_of(cause, payout.payee, before);
  const auto moved =
      is_of_what_came_back(cause) ? core::shares_that_came_back(payout) : core::shares(payout);
  for (const auto& [of, amount] : moved) {
    const core::PostingSet set{.cause = cause,
                               .claim = 0,
                               .request_id = {},
                               .bordereau = 0,
                               .payout = payout.id,
                               .at = stamp.now,
                               .postings = postings_of(cause, movement, amount, payout.withheld)};
    if (auto put = expect({payout.fund, of}, set, stamp.sequence, moved_++); !put) return put;
  }
  return {};
}

core::Result<void> LedgerCheck::expect(const Ledger& ledger, const core::PostingSet& set,
                                       core::Sequence sequence, std::uint16_t item) {
  ++missing_;
  return map_.put(place_of(sequence, item), encode(ledger, set));
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
  const std::string posted = place_of(sequence, place ? place->item : 0);
  const bool whole = place && core::decode_postings(core::as_bytes(value));
  if (whole) core::add_postings(key, core::as_bytes(value), sums);
  const auto found = map_.get(posted);
  if (!found) return std::unexpected(found.error());
  const Expected expected = found->has_value() ? decode(**found) : Expected{};
  if (!whole || expected.set != value || !is_of(*place, expected.ledger)) {
    differences_.add("ledger", at(sequence) + ": its postings are not what it did");
    return {};
  }
  --missing_;
  return map_.put(posted, {});
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

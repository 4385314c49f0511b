// Pages of the ledger.

#include "core/ledger.hpp"
#include "wire/answer_messages.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::LedgerAccount::kBenefitsExpense, v1::BENEFITS_EXPENSE));
static_assert(same(core::LedgerAccount::kApprovedNotAccepted, v1::APPROVED_NOT_ACCEPTED));
static_assert(same(core::LedgerAccount::kPayableToInsured, v1::PAYABLE_TO_INSURED));
static_assert(same(core::PostingCause::kApproval, v1::APPROVAL));
static_assert(same(core::LedgerAccount::kPayableToProvider, v1::PAYABLE_TO_PROVIDER));
static_assert(same(core::PostingCause::kReversal, v1::REVERSAL));
static_assert(same(core::PostingCause::kAcceptance, v1::ACCEPTANCE));
static_assert(same(core::PostingCause::kRejection, v1::REJECTION));
static_assert(same(core::LedgerAccount::kBankClearing, v1::BANK_CLEARING));
static_assert(same(core::LedgerAccount::kReturned, v1::RETURNED_BY_BANK));
static_assert(same(core::LedgerAccount::kBank, v1::BANK));
static_assert(same(core::LedgerAccount::kReceivable, v1::RECEIVABLE));
static_assert(same(core::PostingCause::kExport, v1::EXPORT));
static_assert(same(core::PostingCause::kBooking, v1::BOOKING));
static_assert(same(core::PostingCause::kReturn, v1::RETURN));
static_assert(same(core::PostingCause::kProposedAgain, v1::PROPOSED_AGAIN));
static_assert(same(core::PostingCause::kGivenBack, v1::GIVEN_BACK));
static_assert(same(core::PostingCause::kReduction, v1::REDUCTION));

void set_postings(const core::PostingSet& from, v1::PostingSet& out) {
  out.set_cause(static_cast<v1::PostingCause>(from.cause));
  out.set_claim_id(from.claim);
  out.set_bordereau(from.bordereau);
  if (from.payout) {
    out.set_payout_run(from.payout->run);
    out.set_payout_number(from.payout->number);
  }
  out.set_posted_at_ms(from.at.time_since_epoch().count());
  for (const core::Posting& each : from.postings) {
    v1::Posting& posting = *out.add_postings();
    posting.set_account(static_cast<v1::LedgerAccount>(each.account));
    posting.set_debit_cents(each.debit.value);
    posting.set_credit_cents(each.credit.value);
  }
}

}  // namespace

void set_participant(const core::Participant& from, v1::ParticipantName& out) {
  out.set_role(static_cast<v1::Role>(from.role));
  out.set_id(std::string(from.id.view()));
}

void fill(const core::Listed& listed, v1::BalancesPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto balance = core::decode_balance(core::as_bytes(value));
    v1::Balance& shown = *out.add_balances();
    shown.set_account(static_cast<v1::LedgerAccount>(core::balance_account(key).value_or(0)));
    if (!balance) continue;  // Shown as it can be: nothing is decided by a balance.
    shown.set_debit_cents(balance->debit);
    shown.set_credit_cents(balance->credit);
  }
}

void fill(const core::Listed& listed, v1::PostingsPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto place = core::posting_place(key);
    const auto set = core::decode_postings(core::as_bytes(value));
    v1::PostingSet& shown = *out.add_sets();
    if (place) {
      shown.set_sequence(place->sequence);
      shown.set_item(place->item);
      set_participant(place->participant, *shown.mutable_participant());
    }
    if (set) set_postings(*set, shown);
  }
  if (!listed.more || out.sets().empty()) return;
  const v1::PostingSet& last = *out.sets().rbegin();
  out.set_next_after(last.sequence());
  out.set_next_item(last.item());
  *out.mutable_next_participant() = last.participant();
}

}  // namespace wasl::wire

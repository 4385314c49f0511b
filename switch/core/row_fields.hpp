#pragma once
// The fields of the entitlement rows, in the order of docs/data_format.md "Rows". What a fund owns
// and what the switch owns are listed apart: feeds carry only the former. Private to core's codecs.

#include <limits>

#include "core/fields.hpp"
#include "core/request.hpp"
#include "core/rib.hpp"
#include "core/row_set.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// An absent row has none, and is never written.
void fields(auto&, Is<std::monostate> auto&) {}

void fields(auto& io, Is<PrescriptionKey> auto& key) {
  io.code(key.prescriber);
  io.code(key.number);
  io.day(key.date);
}

void fund_fields(auto& io, Is<Card> auto& card) {
  io.code(card.number);
  io.choice(card.kind, CardKind::kFamily, CardKind::kIndividual);
  io.integer(card.rank, 0, kRankMax);
  io.integer(card.key_version);
  io.boolean(card.active);
  io.choice(card.fund_bar, CardBar::kNone, CardBar::kReplaced);
  io.day(card.fund_bar_until);
}

void fields(auto& io, Is<Card> auto& card) {
  fund_fields(io, card);
  io.choice(card.reported_bar, CardBar::kNone, CardBar::kReplaced);
  io.day(card.reported_bar_until);
  io.integer(card.atc_highest);
  io.integer(card.atc_used);
  io.day(card.rights_until);
}

void fields(auto& io, Is<Treatment> auto& treatment) {
  io.code(treatment.condition);
  fields(io, treatment.in_force);
  io.list(treatment.inns, kListItemsMax);
}

void fields(auto& io, Is<Beneficiary> auto& beneficiary) {
  io.integer(beneficiary.rank, 1, kRankMax);
  io.day(beneficiary.birth);
  io.choice(beneficiary.basis, RateBasis::kStandard, RateBasis::kExempt);
  io.list(beneficiary.rights, kListItemsMax);
  io.list(beneficiary.treatments, kListItemsMax);
}

void fields(auto& io, Is<PriorAgreement> auto& agreement) {
  io.integer(agreement.id);
  io.integer(agreement.rank, 1, kRankMax);
  io.choice(agreement.state, AgreementState::kPending, AgreementState::kRefused);
  fields(io, agreement.in_force);
  io.alternative(agreement.subject);
  io.alternative_fields(agreement.subject);
}

// All of an account that is not of a card and not the switch's own version.
void shared_fields(auto& io, Is<Account> auto& account) {
  io.list(account.beneficiaries, kRankMax);
  io.list(account.agreements, kListItemsMax);
  io.text(account.payout_account, 0, kPayoutAccountBytesMax);
  io.integer(account.source_version);
}

void fields(auto& io, Is<Account> auto& account) {
  io.code(account.insured);
  io.code(account.fund);
  io.list(account.cards, kListItemsMax);
  shared_fields(io, account);
  io.integer(account.version);
}

void fields(auto& io, Is<HistoryLine> auto& line) {
  io.integer(line.claim);
  io.choice(line.kind, ClaimKind::kThirdParty, ClaimKind::kRefund);
  fields(io, line.prescription);
  io.day(line.service_date);
  io.code(line.product);
  io.code(line.inn);
  io.integer(line.supply_days, 0, kSupplyDaysMax);
  io.cents(line.price, kClaimAmountMax);
  io.boolean(line.long_term);
  io.boolean(line.subject_to_limits);
}

void fields(auto& io, Is<History> auto& history) {
  io.integer(history.version);
  io.long_list(history.lines, kHistoryBytesMax);
}

void fields(auto& io, Is<FundAgreement> auto& agreement) {
  io.code(agreement.fund);
  fields(io, agreement.in_force);
}

void feed_fields(auto& io, Is<Registration> auto& registration) {
  fields(io, registration.participant);
  io.boolean(registration.suspended);
  io.list(registration.agreements, kListItemsMax);
  io.code_or_empty(registration.centre);
  io.text(registration.signing_key, 0, kSigningKeyBytesMax);
  io.text(registration.payout_account, 0, kPayoutAccountBytesMax);
  io.text(registration.name, 0, kNameBytesMax);
  io.integer(registration.source_version);
}

void fields(auto& io, Is<Registration> auto& registration) {
  feed_fields(io, registration);
  io.integer(registration.version);
}

void fields(auto& io, Is<CardLink> auto& link) { io.code(link.insured); }

void payee_field(auto& io, Is<Payee> auto& payee) {
  io.alternative(payee);
  io.alternative_fields(payee);
}

void fields(auto& io, Is<PayoutId> auto& payout) {
  io.integer(payout.run, 1);
  io.integer(payout.number, 1);
}

void fields(auto& io, Is<AcceptedItem> auto& item) { io.integer(item.bordereau, 1); }

void fields(auto& io, Is<RefundItem> auto& item) {
  fields(io, item.centre);
  io.array(item.request_id);
}

void fields(auto& io, Is<CameBack> auto& came_back) {
  fields(io, came_back.payout);
  io.text(came_back.account, 0, kRibDigits);
  io.check(came_back.account.empty() || came_back.account.size() == kRibDigits);
}

void fields(auto& io, Is<OwedItem> auto& item) {
  io.integer(item.record, 1);
  io.cents(item.amount, kBordereauAmountMax);
  io.check(item.amount.value > 0);
  if (io.format() >= 5) {
    io.instant(item.since);
    io.day(item.due);
  }
  io.alternative(item.of);
  io.alternative_fields(item.of);
  if (io.format() < 4) return;
  io.optional(item.came_back, [&](auto& came_back) { fields(io, came_back); });
}

// A bordereau is a provider's, a refund an insured person's.
[[nodiscard]] inline bool is_owed_to(const Payee& payee, const OwedItem& item) {
  return std::holds_alternative<Participant>(payee) ==
         std::holds_alternative<AcceptedItem>(item.of);
}

void fields(auto& io, Is<Owed> auto& row) {
  io.code(row.fund);
  payee_field(io, row.payee);
  fields(io, row.item);
  io.check(is_owed_to(row.payee, row.item));
}

void fields(auto& io, Is<Receivable> auto& row) {
  io.code(row.fund);
  fields(io, row.provider);
  io.cents(row.amount, Cents{std::numeric_limits<std::int64_t>::max()});
  io.check(row.amount.value > 0);
}

void fields(auto& io, Is<BusinessDay> auto& row) {
  io.code(row.fund);
  io.day(row.date);
  io.integer(row.since, 1);
  io.instant(row.at);
}

void fields(auto& io, Is<RunExport> auto& exported) {
  io.code(exported.by);
  io.instant(exported.at);
  io.text(exported.account, kRibDigits, kRibDigits);
  io.text(exported.name, 0, kNameBytesMax);
  io.integer(exported.payouts_per_file, 1, kPayoutsPerFileMax);
  io.integer(exported.payouts);
}

[[nodiscard]] inline bool is_export(RunState state) {
  return state == RunState::kExporting || state == RunState::kExported;
}

void fields(auto& io, Is<SettlementRun> auto& row) {
  io.code(row.fund);
  io.integer(row.id, 1);
  io.choice(row.state, RunState::kCollecting, RunState::kExported);
  io.day(row.value_date);
  io.cents(row.minimum, kBordereauAmountMax);
  io.code(row.proposed_by);
  io.instant(row.proposed_at);
  io.code_or_empty(row.approved_by);
  io.text(row.cursor, 0, RowKey::kBytesMax);
  io.integer(row.payouts);
  io.cents(row.total, kRunAmountMax);
  io.integer(row.released, 0, row.payouts);
  io.optional(row.exported, [&](auto& exported) { fields(io, exported); });
  io.check(row.exported.has_value() == is_export(row.state));
  io.check(!row.exported || row.exported->payouts <= row.payouts);
}

// Records of before format 4 name no one.
void fields(auto& io, Is<Destination> auto& to) {
  io.text(to.account, kRibDigits, kRibDigits);
  if (io.format() >= 4) io.text(to.name, 0, kNameBytesMax);
}

void bank_word(auto& io, Is<BankWord> auto& word) {
  io.choice(word, BankWord::kPending, BankWord::kReturned);
}

void fields(auto& io, Is<BankStatus> auto& bank) {
  bank_word(io, bank.word);
  io.text(bank.reason, 0, kBankReasonBytesMax);
  io.integer(bank.file, 1);
}

void fields(auto& io, Is<Payout> auto& row) {
  io.code(row.fund);
  fields(io, row.id);
  payee_field(io, row.payee);
  fields(io, row.to);
  io.cents(row.amount, kRunAmountMax);
  io.cents(row.withheld, kRunAmountMax);
  io.check(row.withheld.value == 0 || std::holds_alternative<Participant>(row.payee));
  io.list(row.items, kPayoutItemsMax);
  io.check(!row.items.empty());
  for (const OwedItem& item : row.items) io.check(is_owed_to(row.payee, item));
  io.choice(row.state, PayoutState::kTaken, PayoutState::kReturned);
  io.optional(row.bank, [&](auto& bank) { fields(io, bank); });
  io.check(row.state < PayoutState::kPaid || row.bank.has_value());
}

void fields(auto& io, Is<PaidBy> auto& by) {
  fields(io, by.payout);
  io.choice(by.state, PayoutState::kTaken, PayoutState::kReturned);
}

void fields(auto& io, Is<AcceptancePaid> auto& paid) {
  io.integer(paid.acceptance, 1);
  fields(io, paid.by);
}

void fields(auto& io, Is<StatusEntry> auto& entry) {
  fields(io, entry.payout);
  bank_word(io, entry.word);
  io.cents(entry.amount, kRunAmountMax);
  io.text(entry.reason, 0, kBankReasonBytesMax);
  io.check(entry.amount.value > 0 || entry.word < BankWord::kBooked);
}

// Of a part: its payouts go up.
void part_entries(auto& io, Is<std::vector<StatusEntry>> auto& entries) {
  io.list(entries, kPartEntriesMax);
  io.check(!entries.empty());
  for (std::size_t i = 1; i < entries.size(); ++i) {
    io.check(entries[i - 1].payout < entries[i].payout);
  }
}

void fields(auto& io, Is<StatusFile> auto& row) {
  io.code(row.fund);
  io.integer(row.id, 1);
  io.text(row.message_id, 1, kMessageIdBytesMax);
  io.array(row.sha256);
  io.choice(row.state, StatusFileState::kReceiving, StatusFileState::kRefused);
  io.code(row.by);
  io.instant(row.at);
  io.integer(row.entries, 1, kFileEntriesMax);
  io.integer(row.received, 0, row.entries);
  io.integer(row.wrong, 0, row.received);
  io.integer(row.applied, 0, row.received);
  io.integer(row.parts);
  io.integer(row.last.run);
  io.integer(row.last.number);
  io.integer(row.part, 1);
  io.integer(row.entry, 0, static_cast<std::uint16_t>(kPartEntriesMax));
}

void fields(auto& io, Is<StatusPart> auto& row) {
  io.code(row.fund);
  io.integer(row.file, 1);
  io.integer(row.number, 1);
  part_entries(io, row.entries);
}

void fields(auto& io, Is<StatusFileName> auto& row) { io.integer(row.file, 1); }
void fields(auto& io, Is<StatusDesk> auto& row) { io.integer(row.open); }

[[nodiscard]] inline bool was_presented(RequestState state) {
  return state >= RequestState::kPresented;
}

// Without the receipt, which is known only when the record is durable.
void fields(auto& io, Is<RequestRow> auto& row) {
  io.choice(row.state, RequestState::kDone, RequestState::kCorrected);
  io.check(row.state != RequestState::kHeld && row.state != RequestState::kAccepted);
  io.boolean(row.answered);
  io.array(row.content);
  io.integer(row.sequence);
  io.instant(row.at);
  io.blob(row.body, kAnswerBytesMax);
  io.code_or_empty(row.insured);
  io.integer(row.rank, 0, kRankMax);
  io.code_or_empty(row.card);
  io.code_or_empty(row.fund);
  io.choice(row.kind, ClaimKind::kThirdParty, ClaimKind::kRefund);
  io.cents(row.insurer, kClaimAmountMax);
  io.cents(row.patient, kClaimAmountMax);
  io.day(row.service_date);
  io.integer(row.corrects);
  io.integer(row.bordereau);
  io.check(was_presented(row.state) == (row.bordereau > 0));
  io.optional(row.paid, [&](auto& paid) { fields(io, paid); });
  io.check(!row.paid || (row.kind == ClaimKind::kRefund && row.state == RequestState::kApproved));
  // A reversal or rejection releases the lines of this beneficiary, and what this fund owes; a
  // correction is decided on them.
  io.check((row.state != RequestState::kApproved && !was_presented(row.state)) ||
           (row.rank > 0 && !row.insured.empty() && !row.fund.empty()));
}

void fields(auto& io, Is<PayoutChange> auto& row) {
  payee_field(io, row.payee);
  io.text(row.account, kRibDigits, kRibDigits);
  io.code_or_empty(row.by);
  io.instant(row.at);
}

void fields(auto& io, Is<Presentation> auto& row) {
  io.integer(row.up_to);
  io.integer(row.bordereaux);
  io.integer(row.version);
}

void fields(auto& io, Is<PresentedClaim> auto& claim) {
  io.integer(claim.claim);
  io.array(claim.request_id);
  io.cents(claim.insurer, kClaimAmountMax);
  io.choice(claim.state, RequestState::kPresented, RequestState::kRejected);
  io.choice(claim.reason, ReviewReason::kNone, ReviewReason::kMedicalControl);
  const bool objected =
      claim.state == RequestState::kHeld || claim.state == RequestState::kRejected;
  io.cents(claim.reduced, kClaimAmountMax);
  io.integer(claim.reduced_by);
  const bool reduced = claim.reduced_by > 0;
  io.check(reduced == (claim.reduced.value > 0));
  io.check(!reduced || claim.state == RequestState::kAccepted);
  io.check((objected || reduced) == (claim.reason != ReviewReason::kNone));
  io.day(claim.until);
  io.choice(claim.owner, StepOwner::kProvider, StepOwner::kFund);
  io.integer(claim.reviewed_by);
  io.check((claim.reviewed_by > 0) == (claim.state != RequestState::kPresented));
}

void fields(auto& io, Is<Bordereau> auto& row) {
  io.code(row.fund);
  fields(io, row.provider);
  io.integer(row.number, 1);
  io.code_or_empty(row.centre);
  io.integer(row.up_to);
  io.integer(row.closed_by);
  io.instant(row.closed_at);
  io.day(row.due);
  io.cents(row.total, kBordereauAmountMax);
  io.list(row.claims, kBordereauClaimsMax);
  io.check(!row.claims.empty());
  io.list(row.paid, kBordereauClaimsMax);
}

}  // namespace wasl::core

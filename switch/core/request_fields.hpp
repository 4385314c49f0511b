#pragma once
// The fields of every request, in the order of docs/data_format.md "Canonical request": what a
// participant sent, and nothing the switch derived from it. Private to core's codecs.

#include <algorithm>
#include <functional>

#include "core/fields.hpp"
#include "core/reference_fields.hpp"
#include "core/request.hpp"
#include "core/row_fields.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

void fields(auto& io, Is<CardReference> auto& card) {
  io.code(card.number);
  io.code_or_empty(card.fund);
  io.integer(card.key_version);
}

void fields(auto& io, Is<ClaimLine> auto& line) {
  io.code(line.product);
  io.integer(line.quantity, 1, kQuantityMax);
  io.integer(line.unit_price.value, 1, kUnitPriceMax.value);
  io.integer(line.supply_days, 0, kSupplyDaysMax);
}

void fields(auto& io, Is<Prescription> auto& prescription) {
  fields(io, prescription.key);
  io.choice(prescription.type, PrescriptionType::kAcute, PrescriptionType::kLongTerm);
}

void claim_lines(auto& io, Is<std::vector<ClaimLine>> auto& lines) {
  io.list(lines, kClaimLinesMax);
  io.check(!lines.empty());
}

void fields(auto& io, Is<Claim> auto& claim) {
  io.choice(claim.kind, ClaimKind::kThirdParty, ClaimKind::kRefund);
  io.code_or_empty(claim.provider);
  io.code(claim.terminal);
  fields(io, claim.card);
  io.integer(claim.rank, 1, kRankMax);
  io.day(claim.service_date);
  io.day(claim.first_act_date);
  fields(io, claim.prescription);
  claim_lines(io, claim.lines);
}

void fields(auto& io, Is<SubmitClaim> auto& request) { fields(io, request.claim); }
void fields(auto& io, Is<QuoteClaim> auto& request) { fields(io, request.claim); }

void fields(auto& io, Is<ReverseClaim> auto& request) {
  io.array(request.original);
  io.choice(request.cause, ReversalCause::kCustomerCancelled, ReversalCause::kEntryError);
}

void fields(auto& io, Is<GetClaim> auto& request) {
  io.array(request.original);
  io.boolean(request.close_if_absent);
}

void fields(auto& io, Is<ListClaims> auto& request) {
  io.day(request.from);
  io.day(request.until);
  io.integer(request.after);
  io.integer(request.page, 1, kPageMax);
}

template <typename T>
concept CardService = Is<T, GetRights> || Is<T, UpdateCard>;

void fields(auto& io, CardService auto& request) {
  io.code_or_empty(request.provider);
  io.code_or_empty(request.terminal);
  fields(io, request.card);
  io.choice(request.purpose, Purpose::kCardPresented, Purpose::kFileReview);
}

void fields(auto& io, Is<ReportCard> auto& request) {
  io.code(request.card);
  io.choice(request.action, CardAction::kOpposeLost, CardAction::kReplace);
  io.day(request.until);
  io.code_or_empty(request.replacement);
  io.check((request.action == CardAction::kReplace) == !request.replacement.empty());
}

void fields(auto& io, Is<RequestPriorAgreement> auto& request) {
  io.code(request.card);
  io.integer(request.rank, 1, kRankMax);
  fields(io, request.wanted);
  io.alternative(request.subject);
  io.alternative_fields(request.subject);
}

void fields(auto& io, Is<DecidePriorAgreement> auto& request) {
  io.code(request.insured);
  io.integer(request.agreement);
  io.boolean(request.granted);
  fields(io, request.in_force);
}

void fields(auto& io, Is<ListPriorAgreements> auto& request) {
  io.integer(request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto&, Is<ListBalances> auto&) {}

void optional_participant(auto& io, Is<std::optional<Participant>> auto& participant) {
  io.optional(participant, [&](auto& value) { fields(io, value); });
}

void fields(auto& io, Is<ListPostings> auto& request) {
  io.code(request.fund);
  optional_participant(io, request.of);
  optional_participant(io, request.after_of);
  io.integer(request.after);
  io.integer(request.after_item);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<ListedClaim> auto& claim) {
  io.integer(claim.claim, 1);
  io.cents(claim.insurer, kClaimAmountMax);
  io.check(claim.insurer.value > 0);
}

// Each once, in ascending order.
template <typename T>
[[nodiscard]] bool by_id(const std::vector<T>& items, ClaimId T::* id) {
  return std::ranges::adjacent_find(items, std::greater_equal{}, id) == items.end();
}

void fields(auto& io, Is<CloseBordereau> auto& request) {
  io.code(request.fund);
  io.integer(request.up_to);
  io.list(request.claims, kClosingClaimsMax);
  io.check(by_id(request.claims, &ListedClaim::claim));
  io.integer(request.count);
  io.cents(request.total, kBordereauAmountMax);
  io.array(request.digest);
  io.text(request.signing_key, 1, kSigningKeyBytesMax);
  io.text(request.signature, 1, kSignatureBytesMax);
}

void fields(auto& io, Is<ListBordereaux> auto& request) {
  io.code(request.fund);
  optional_participant(io, request.provider);
  optional_participant(io, request.after_provider);
  io.integer(request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<GetBordereau> auto& request) {
  io.code(request.fund);
  fields(io, request.provider);
  io.integer(request.number, 1);
}

void fields(auto& io, Is<CorrectClaim> auto& request) {
  io.array(request.original);
  io.code(request.terminal);
  fields(io, request.prescription);
  claim_lines(io, request.lines);
}

void fields(auto& io, Is<ReviewVerdict> auto& verdict) {
  io.integer(verdict.claim, 1);
  io.choice(verdict.verdict, Verdict::kAccept, Verdict::kHold);
  io.choice(verdict.reason, ReviewReason::kNone, ReviewReason::kMedicalControl);
  io.check((verdict.verdict == Verdict::kAccept) == (verdict.reason == ReviewReason::kNone));
  io.day(verdict.until);
  io.choice(verdict.owner, StepOwner::kProvider, StepOwner::kFund);
}

void fields(auto& io, Is<ReviewBordereau> auto& request) {
  io.code(request.fund);
  fields(io, request.provider);
  io.integer(request.number, 1);
  io.list(request.verdicts, kVerdictsMax);
  io.check(by_id(request.verdicts, &ReviewVerdict::claim));
  io.boolean(request.accept_rest);
  io.check(request.accept_rest || !request.verdicts.empty());
}

void fields(auto& io, Is<ListReviews> auto& request) {
  io.optional(request.after_day, [&](auto& day) { io.day(day); });
  io.integer(request.after_closing);
  io.integer(request.after_number);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<ReduceClaim> auto& request) {
  io.code(request.fund);
  fields(io, request.provider);
  io.integer(request.bordereau, 1);
  io.integer(request.claim, 1);
  io.cents(request.insurer, kClaimAmountMax);
  io.choice(request.reason, ReviewReason::kWrongTarif, ReviewReason::kMedicalControl);
}

void fields(auto& io, Is<ListReceivables> auto& request) {
  optional_participant(io, request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<AdvanceBusinessDay> auto& request) {
  io.code(request.fund);
  io.day(request.date);
}

void fields(auto& io, Is<Tally> auto& tally) {
  io.integer(tally.count);
  io.cents(tally.amount, kRunAmountMax);
}

void fields(auto& io, Is<OwnTotals> auto& own) {
  fields(io, own.authorised);
  fields(io, own.reversed);
  fields(io, own.presented);
}

void fields(auto& io, Is<Reconcile> auto& request) {
  io.code(request.fund);
  io.day(request.date);
  optional_participant(io, request.of);
  io.optional(request.own, [&](auto& own) { fields(io, own); });
  optional_participant(io, request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<SetPayoutAccount> auto& request) {
  payee_field(io, request.payee);
  io.text(request.account, 0, kRibDigits);
  io.boolean(request.withdraw);
  io.check(request.account.size() == (request.withdraw ? 0 : kRibDigits));
}

void fields(auto& io, Is<ListPayoutChanges> auto& request) {
  io.optional(request.after, [&](auto& payee) { payee_field(io, payee); });
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<ProposeRun> auto& request) {
  io.day(request.value_date);
  io.cents(request.minimum, kBordereauAmountMax);
}

template <typename T>
concept RunStep = Is<T, CollectRun> || Is<T, CancelRun>;

void fields(auto& io, RunStep auto& request) { io.integer(request.run, 1); }

void fields(auto& io, Is<ApproveRun> auto& request) {
  io.integer(request.run, 1);
  io.integer(request.payouts, 1);
  io.cents(request.total, kRunAmountMax);
}

void fields(auto& io, Is<ExportRun> auto& request) {
  io.integer(request.run, 1);
  io.integer(request.payouts_per_file, 1, kPayoutsPerFileMax);
}

void fields(auto& io, Is<OpenStatusFile> auto& request) {
  io.text(request.message_id, 1, kMessageIdBytesMax);
  io.array(request.sha256);
  io.integer(request.entries, 1, kFileEntriesMax);
}

void fields(auto& io, Is<ReceiveStatuses> auto& request) {
  io.integer(request.file, 1);
  io.integer(request.part, 1);
  part_entries(io, request.entries);
}

template <typename T>
concept FileStep = Is<T, ApplyStatuses> || Is<T, DropStatusFile>;

void fields(auto& io, FileStep auto& request) { io.integer(request.file, 1); }

void fields(auto& io, Is<ListOwed> auto& request) {
  io.optional(request.after, [&](auto& payee) { payee_field(io, payee); });
  io.integer(request.after_record);
  io.integer(request.page, 1, kPageMax);
}

template <typename T>
concept PageBehind = Is<T, ListRuns> || Is<T, ListStatusFiles>;

void fields(auto& io, PageBehind auto& request) {
  io.integer(request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<ListPayouts> auto& request) {
  io.integer(request.run, 1);
  io.integer(request.after);
  io.integer(request.page, 1, kPageMax);
}

void fields(auto& io, Is<GetBankFile> auto& request) {
  io.integer(request.run, 1);
  io.integer(request.file, 1);
  io.integer(request.offset);
}

// As a record holds it.
void fields(auto& io, Is<OwedPage> auto& page) {
  io.text(page.after, 0, RowKey::kBytesMax);
  io.list(page.owed, kPayoutItemsMax);
  io.boolean(page.more);
}

void fields(auto& io, Is<HeldClaim> auto& claim) {
  io.integer(claim.claim);
  io.array(claim.request_id);
  io.cents(claim.insurer, kClaimAmountMax);
}

void fields(auto& io, Is<Holdings> auto& holdings) {
  io.integer(holdings.after);
  io.integer(holdings.as_of);
  io.boolean(holdings.whole);
  io.long_list(holdings.claims, kHoldingsMax);
}

// A record holds it whole: it was decided by it.
void fields(auto& io, Is<ClosingEvidence> auto& closing) {
  io.choice(closing.list, ListVerdict::kNotJudged, ListVerdict::kSignatureWrong);
  io.optional(closing.holdings, [&](auto& holdings) { fields(io, holdings); });
}

// A card as a feed gives it: the fund's fields only.
struct FeedCard {
  Card card;
};
void fields(auto& io, Is<FeedCard> auto& feed) { fund_fields(io, feed.card); }

void fields(auto& io, Is<PutCard> auto& request) {
  io.code(request.insured);
  fund_fields(io, request.card);
  io.integer(request.source_version);
}

template <typename Io>
void fields(Io& io, Is<PutAccount> auto& request) {
  auto& account = request.account;
  io.code(account.insured);
  io.code(account.fund);
  std::vector<FeedCard> cards;
  for (const Card& card : account.cards) cards.push_back({card});
  io.list(cards, kFeedCardsMax);
  if constexpr (!std::is_const_v<std::remove_reference_t<decltype(account)>>) {
    account.cards.clear();
    for (const FeedCard& feed : cards) account.cards.push_back(feed.card);
  }
  shared_fields(io, account);
}

void fields(auto& io, Is<PutRegistration> auto& request) { feed_fields(io, request.registration); }
void fields(auto& io, Is<PutPrescriber> auto& request) { fields(io, request.prescriber); }
void fields(auto& io, Is<PutProduct> auto& request) { fields(io, request.product); }
void fields(auto& io, Is<PutTarif> auto& request) { fields(io, request.tarif); }

// Not request.rulebook, which is read from the content: a record keeps it beside the request.
void fields(auto& io, Is<PutRulebook> auto& request) {
  io.blob(request.content, kRulebookBytesMax);
  io.integer(request.source_version);
}

void fields(auto&, Is<ConfirmClock> auto&) {}

void fields(auto& io, Is<NoRequest> auto&) { io.check(false); }

void fields(auto& io, Is<ImportedFile> auto& file) {
  io.text(file.name, 1, kNameBytesMax);
  io.array(file.sha256);
  io.integer(file.rows);
}

void fields(auto& io, Is<Import> auto& request) {
  io.list(request.files, kListItemsMax);
  io.check(!request.files.empty());
  io.integer(request.rows);
  io.array(request.digest);
}

void request_fields(auto& io, Is<Command> auto& command) {
  io.alternative(command.request);
  io.array(command.request_id);
  io.integer(command.index);
  io.alternative_fields(command.request);
}

}  // namespace wasl::core

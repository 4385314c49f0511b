// Which rows a command can read or change, asked round by round.

#include <algorithm>

#include "core/bank_word.hpp"
#include "core/bordereau.hpp"
#include "core/row_set.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// Collects what is not in the set yet.
class Needs {
 public:
  Needs(const Command& command, const RowSet& rows, std::vector<Need>& out)
      : command_(command), rows_(rows), out_(out) {}

  void add(Slot slot, const RowKey& key) {
    if (rows_.at(slot) == nullptr) out_.push_back({.slot = slot, .key = key});
  }
  void account_of(const CardNumber& card) {
    add(Slot::kCard, card_key(card));
    if (const auto* link = rows_.get<CardLink>(Slot::kCard)) {
      add(Slot::kAccount, account_key(link->insured));
    }
  }
  void history(const Account& account, std::uint8_t rank) {
    for (const Beneficiary& beneficiary : account.beneficiaries) {
      if (beneficiary.rank != rank) continue;
      add(history_slot(rank), history_key(account.insured, rank));
      return;
    }
  }

  void bordereau_of(const RequestRow& row) {
    if (row.state != RequestState::kPresented) return;
    add(Slot::kBordereau, bordereau_key(row.fund, command_.from, row.bordereau));
  }

  void operator()(const SubmitClaim& request) { claim(request.claim); }
  void operator()(const QuoteClaim& request) { claim(request.claim); }
  // Of the original's beneficiary and nothing else: what is released is that claim's lines.
  void operator()(const ReverseClaim& request) {
    const RequestRow* row = original(request.original);
    if (row == nullptr || row->state != RequestState::kApproved) return;
    add(history_slot(row->rank), history_key(row->insured, row->rank));
    if (is_owed(*row)) add(Slot::kOwed, owed_key(row->fund, row->insured, row->sequence));
  }
  void operator()(const CorrectClaim& request) {
    const RequestRow* row = original(request.original);
    if (row == nullptr || row->state != RequestState::kRejected) return;
    add(Slot::kAccount, account_key(row->insured));
    add(history_slot(row->rank), history_key(row->insured, row->rank));
  }
  void operator()(const GetClaim& request) { (void)original(request.original); }
  void operator()(const GetRights& request) {
    account_of(request.card.number);
    const auto* account = rows_.get<Account>(Slot::kAccount);
    if (account == nullptr) return;
    for (const Card& card : account->cards) {
      if (card.number == request.card.number) covered_by(*account, card);
    }
  }
  void operator()(const UpdateCard& request) { account_of(request.card.number); }
  void operator()(const ReportCard& request) {
    account_of(request.card);
    if (request.action != CardAction::kReplace) return;
    add(Slot::kReplacement, card_key(request.replacement));
  }
  void operator()(const RequestPriorAgreement& request) { account_of(request.card); }
  void operator()(const DecidePriorAgreement& request) {
    add(Slot::kAccount, account_key(request.insured));
  }
  void operator()(const PutAccount& request) {
    const Account& account = request.account;
    WASL_ASSERT(account.cards.size() <= kFeedCardsMax);
    add(Slot::kAccount, account_key(account.insured));
    for (std::size_t i = 0; i < account.cards.size(); ++i) {
      add(link_slot(i), card_key(account.cards[i].number));
    }
  }
  void operator()(const PutCard& request) {
    add(Slot::kAccount, account_key(request.insured));
    add(Slot::kReplacement, card_key(request.card.number));
  }
  void operator()(const PutRegistration& request) {
    add(Slot::kTarget, registration_key(request.registration.participant));
  }
  // First what was presented before; then, once the engine has scanned what waits, the rows of the
  // claims that both sides know.
  void operator()(const CloseBordereau& request) {
    add(Slot::kPresentation, presentation_key(request.fund, command_.from));
    if (!command_.closing.holdings) return;
    for (std::size_t i = 0; i < request.claims.size(); ++i) {
      const HeldClaim* held = held_claim(*command_.closing.holdings, request.claims[i].claim);
      if (held != nullptr) {
        list(Slot::kListed, i, request_key(command_.from, held->request_id, 0));
      }
    }
  }
  // Then the claims that are rejected, and what their beneficiaries were dispensed.
  void operator()(const ReviewBordereau& request) {
    add(Slot::kBordereau, bordereau_key(request.fund, request.provider, request.number));
    const auto* bordereau = rows_.get<Bordereau>(Slot::kBordereau);
    for (std::size_t i = 0; bordereau != nullptr && i < request.verdicts.size(); ++i) {
      if (request.verdicts[i].verdict != Verdict::kReject) continue;
      const PresentedClaim* claim = presented_claim(*bordereau, request.verdicts[i].claim);
      if (claim != nullptr) {
        list(Slot::kListed, i, request_key(request.provider, claim->request_id, 0));
      }
      const auto* row = rows_.get<RequestRow>(Slot::kListed, i);
      if (row == nullptr || row->state != RequestState::kPresented) continue;
      list(Slot::kListedHistory, i, history_key(row->insured, row->rank));
    }
  }
  // Then what is owed for the acceptance, or what was paid for it and is owed back.
  void operator()(const ReduceClaim& request) {
    add(Slot::kBordereau, bordereau_key(request.fund, request.provider, request.bordereau));
    const auto* bordereau = rows_.get<Bordereau>(Slot::kBordereau);
    if (bordereau == nullptr) return;
    const PresentedClaim* claim = presented_claim(*bordereau, request.claim);
    if (claim == nullptr || claim->state != RequestState::kAccepted) return;
    add(Slot::kOwed, owed_key(request.fund, request.provider, claim->reviewed_by));
    add(Slot::kReceivable, receivable_key(request.fund, request.provider));
  }
  void operator()(const SetPayoutAccount& request) {
    add(Slot::kPayoutChange, payout_change_key(command_.from, request.payee));
    if (const auto* insured = std::get_if<InsuredNumber>(&request.payee)) {
      return add(Slot::kAccount, account_key(*insured));
    }
    add(Slot::kTarget, registration_key(std::get<Participant>(request.payee)));
  }
  // The run's id will be its record's.
  void operator()(const ProposeRun&) {}
  void operator()(const ApproveRun& request) { (void)run(request.run); }
  // First the run, whose cursor says what the engine scans; then what is owed, and to whom.
  void operator()(const CollectRun& request) {
    if (run(request.run) == nullptr || !command_.owed) return;
    const std::vector<Owed>& page = command_.owed->owed;
    for (std::size_t i = 0; i < page.size(); ++i) {
      const Owed& owed = page[i];
      list(Slot::kListed, i, owed_key(owed.fund, owed.payee, owed.item.record));
      list(Slot::kListedSource, i, source_key(owed.fund, owed.payee, owed.item));
      const bool first = i == 0 || page[i - 1].payee != owed.payee;
      if (!first) continue;
      list(Slot::kListedPayee, i, payee_key(owed.payee));
      receivable_of(i, owed.fund, owed.payee);
    }
  }
  // Steps of older records gave back as much as a payout may hold.
  void operator()(const CancelRun& request) { next_payouts(run(request.run), kPayoutItemsMax); }
  void operator()(const ExportRun& request) { next_payouts(run(request.run), kStepItemsMax); }
  void operator()(const OpenStatusFile& request) {
    const FundCode fund = fund_spoken_for(command_.from);
    add(Slot::kStatusDesk, status_desk_key(fund));
    add(Slot::kStatusFileName, status_file_name_key(fund, request.message_id));
    const auto* name = rows_.get<StatusFileName>(Slot::kStatusFileName);
    if (name != nullptr) (void)file(name->file);
  }
  void operator()(const ReceiveStatuses& request) {
    if (file(request.file) == nullptr) return;
    payouts_of(request.entries, 0);
  }
  // First the file, which names the part; then that, which names the payouts.
  void operator()(const ApplyStatuses& request) {
    const StatusFile* applied = file(request.file);
    if (applied == nullptr || applied->state != StatusFileState::kApplying) return;
    add(Slot::kStatusPart, status_part_key(applied->fund, applied->id, applied->part));
    const auto* part = rows_.get<StatusPart>(Slot::kStatusPart);
    if (part == nullptr || part->number != applied->part) return;
    payouts_of(part->entries, applied->entry);
    sources_of(step_entries(rows_));
  }
  void operator()(const DropStatusFile& request) { (void)file(request.file); }
  void operator()(const AdvanceBusinessDay& request) {
    add(Slot::kBusinessDay, business_day_key(request.fund));
  }
  // Listings are scans; the reference is in memory whole.
  void operator()(const ListClaims&) {}
  void operator()(const ListPriorAgreements&) {}
  void operator()(const ListBalances&) {}
  void operator()(const ListPostings&) {}
  void operator()(const ListBordereaux&) {}
  void operator()(const GetBordereau&) {}
  void operator()(const ListReviews&) {}
  void operator()(const ListPayoutChanges&) {}
  void operator()(const ListOwed&) {}
  void operator()(const ListRuns&) {}
  void operator()(const ListPayouts&) {}
  void operator()(const ListStatusFiles&) {}
  void operator()(const ListReceivables&) {}
  void operator()(const Reconcile&) {}
  void operator()(const GetBankFile&) {}
  void operator()(const NoRequest&) {}
  void operator()(const PutPrescriber&) {}
  void operator()(const PutProduct&) {}
  void operator()(const PutTarif&) {}
  void operator()(const PutRulebook&) {}
  void operator()(const ConfirmClock&) {}
  void operator()(const Import&) {}

 private:
  // The history beside the account, not behind it: both are needed_behind() the card's link. A rank
  // that is nobody's has none, which is found at once.
  void claim(const Claim& claim) {
    account_of(claim.card.number);
    const auto* link = rows_.get<CardLink>(Slot::kCard);
    if (link != nullptr) add(history_slot(claim.rank), history_key(link->insured, claim.rank));
  }
  // Its row, once provided; of a presented claim the bordereau too, which knows its state.
  const RequestRow* original(const RequestId& id) {
    add(Slot::kOriginal, request_key(command_.from, id, 0));
    const auto* row = rows_.get<RequestRow>(Slot::kOriginal);
    if (row != nullptr) bordereau_of(*row);
    return row;
  }
  const SettlementRun* run(Sequence id) {
    add(Slot::kRun, run_key(fund_spoken_for(command_.from), id));
    return rows_.get<SettlementRun>(Slot::kRun);
  }
  // The first payouts of the run that are not handled, then what their items are of.
  void next_payouts(const SettlementRun* run, std::size_t items_max) {
    if (run == nullptr) return;
    const std::uint32_t left = run->payouts - handled(*run);
    for (std::uint32_t i = 0; i < std::min<std::size_t>(left, items_max); ++i) {
      list(Slot::kListed, i, payout_key(run->fund, {run->id, handled(*run) + i + 1}));
    }
    sources_of(step_payouts(rows_, items_max));
  }
  void payouts_of(const std::vector<StatusEntry>& entries, std::size_t from) {
    const FundCode fund = fund_spoken_for(command_.from);
    for (std::size_t i = from; i < entries.size(); ++i) {
      list(Slot::kListed, i - from, payout_key(fund, entries[i].payout));
    }
  }
  // Of the first payouts that are listed.
  void sources_of(std::uint32_t payouts) {
    std::size_t source = 0;
    for (std::uint32_t i = 0; i < payouts; ++i) {
      const auto& payout = *rows_.get<Payout>(Slot::kListed, i);
      if (payout.withheld.value > 0) receivable_of(i, payout.fund, payout.payee);
      for (const OwedItem& item : payout.items) {
        list(Slot::kListedSource, source++, source_key(payout.fund, payout.payee, item));
      }
    }
  }
  // Only providers owe anything back.
  void receivable_of(std::size_t index, const FundCode& fund, const Payee& payee) {
    const auto* provider = std::get_if<Participant>(&payee);
    if (provider != nullptr) list(Slot::kListedReceivable, index, receivable_key(fund, *provider));
  }
  const StatusFile* file(Sequence id) {
    const FundCode fund = fund_spoken_for(command_.from);
    add(Slot::kStatusDesk, status_desk_key(fund));
    add(Slot::kStatusFile, status_file_key(fund, id));
    return rows_.get<StatusFile>(Slot::kStatusFile);
  }
  void list(Slot slot, std::size_t index, const RowKey& key) {
    if (rows_.at(slot, index) != nullptr) return;
    out_.push_back({.slot = slot, .key = key, .index = static_cast<std::uint16_t>(index)});
  }
  void covered_by(const Account& account, const Card& card) {
    if (card.kind == CardKind::kIndividual) return history(account, card.rank);
    for (const Beneficiary& beneficiary : account.beneficiaries) {
      history(account, beneficiary.rank);
    }
  }

  const Command& command_;
  const RowSet& rows_;
  std::vector<Need>& out_;
};

}  // namespace

void keys_needed(const Command& command, const RowSet& rows, std::vector<Need>& out) {
  out.clear();
  Needs needs(command, rows, out);
  if (!command.from.id.empty()) needs.add(Slot::kParticipant, registration_key(command.from));
  // The stored answer needs nothing else, but whose it is must be known, and where its claim is.
  const auto* answered = rows.get<RequestRow>(Slot::kRequest);
  if (answered != nullptr && answered->answered) return needs.bordereau_of(*answered);
  if (has_request_id(command.request)) {
    needs.add(Slot::kRequest, request_key(command.from, command.request_id, command.index));
  }
  std::visit(needs, command.request);
}

Wanted wanted(const Command& command, const Need& need) {
  Wanted wanted{.key = need.key};
  if (need.slot != Slot::kCard) return wanted;
  if (const auto* submitted = std::get_if<SubmitClaim>(&command.request)) {
    wanted.rank = submitted->claim.rank;
  } else if (const auto* quoted = std::get_if<QuoteClaim>(&command.request)) {
    wanted.rank = quoted->claim.rank;
  }
  return wanted;
}

std::optional<std::array<RowKey, 2>> needed_behind(const Wanted& wanted, const Row& found) {
  const auto* link = std::get_if<CardLink>(&found);
  if (link == nullptr || !wanted.rank) return std::nullopt;
  return std::array{account_key(link->insured), history_key(link->insured, *wanted.rank)};
}

}  // namespace wasl::core

#include "simulation/books.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/ledger.hpp"
#include "simulation/day_books.hpp"
#include "simulation/rows_read.hpp"
#include "simulation/settlement_books.hpp"
#include "wire/client.hpp"

namespace wasl::test {
namespace {

using core::LedgerAccount;
using core::RequestState;

// Where the money of a claim is while it stands.
std::optional<LedgerAccount> place_of(const core::RequestRow& row, RequestState state) {
  switch (state) {
    case RequestState::kApproved:
      return row.kind == core::ClaimKind::kRefund ? LedgerAccount::kPayableToInsured
                                                  : LedgerAccount::kApprovedNotAccepted;
    case RequestState::kPresented:
    case RequestState::kHeld:
      return LedgerAccount::kApprovedNotAccepted;
    case RequestState::kAccepted:
      return LedgerAccount::kPayableToProvider;
    case RequestState::kInRun:
      return row.kind == core::ClaimKind::kRefund ? LedgerAccount::kPayableToInsured
                                                  : LedgerAccount::kPayableToProvider;
    case RequestState::kExported:
      return LedgerAccount::kBankClearing;
    case RequestState::kPaid:
      return LedgerAccount::kBank;
    case RequestState::kReturned:
      return LedgerAccount::kReturned;
    default:
      return std::nullopt;
  }
}

bool misses_a_bordereau(const Sent& sent, const std::vector<core::Bordereau>& bordereaux) {
  const auto* review = std::get_if<core::ReviewBordereau>(&sent.command.request);
  if (review == nullptr) return false;
  const auto body = wire::read_body(sent.answer->body);
  WASL_ASSERT(body.has_value());
  if (body->review().reason() != v1::BORDEREAU_UNKNOWN) return false;
  return std::ranges::any_of(bordereaux, [&](const core::Bordereau& each) {
    return each.number == review->number && each.closed_by < sent.answer->sequence;
  });
}

class Books {
 public:
  explicit Books(const OrderedRows& rows)
      : rows_(rows),
        claims_(rows_read<core::RequestRow>(rows, core::KeyTag::kRequest)),
        posted_(posted_in(rows)) {
    for (auto& each : rows_read<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
      check_total(each);
      for (const core::PresentedClaim& claim : each.claims) {
        const bool once = presented_.emplace(claim.claim, each).second;
        if (!once) fault("presented twice", claim.claim);
      }
    }
  }

  std::vector<std::string> faults() {
    Amounts expected;
    for (const core::RequestRow& row : claims_) {
      const auto found = presented_.find(row.sequence);
      const core::Bordereau* bordereau = found == presented_.end() ? nullptr : &found->second;
      check_presented(row, bordereau);
      const auto place = place_of(row, core::state_now(row, bordereau));
      if (!place) continue;
      expected[LedgerAccount::kBenefitsExpense] += row.insurer.value;
      expected[*place] -= row.insurer.value;
      move_reductions(row.sequence, *place, expected);
    }
    move_withheld(expected);
    check_corrections();
    check_claim_index();
    check_open_reviews();
    check_balances();
    std::ranges::move(settlement_faults(rows_, posted_), std::back_inserter(faults_));
    std::ranges::move(day_faults(rows_, posted_.sums), std::back_inserter(faults_));
    for (const LedgerAccount account : core::kLedgerAccounts) {
      if (posted_.sums[account] == expected[account]) continue;
      faults_.push_back(std::string(core::name(account)) + " holds " +
                        std::to_string(posted_.sums[account]) + ", the claims' states say " +
                        std::to_string(expected[account]));
    }
    return faults_;
  }

 private:
  void fault(const char* what, core::ClaimId claim) {
    faults_.push_back("claim " + std::to_string(claim) + ": " + what);
  }
  void check_total(const core::Bordereau& bordereau) {
    core::Cents total;
    for (const core::PresentedClaim& claim : bordereau.claims) {
      total += claim.insurer + claim.reduced;
    }
    if (total != bordereau.total) faults_.emplace_back("a total is not the sum of its claims");
  }
  void check_presented(const core::RequestRow& row, const core::Bordereau* bordereau) {
    if (row.bordereau != (bordereau == nullptr ? 0 : bordereau->number)) {
      return fault("it and its bordereau disagree", row.sequence);
    }
    if (bordereau == nullptr) return;
    const core::PresentedClaim& claim = *core::presented_claim(*bordereau, row.sequence);
    check_reduced(row, claim);
    const bool refused = claim.state == RequestState::kRejected;
    const bool says_so =
        row.state == RequestState::kRejected || row.state == RequestState::kCorrected;
    if (refused != says_so) fault("rejected in one row only", row.sequence);
  }
  // What is left of the claim and its reductions are what was approved.
  void check_reduced(const core::RequestRow& row, const core::PresentedClaim& claim) {
    const auto found = posted_.reductions.find(row.sequence);
    const Reductions by = found == posted_.reductions.end() ? Reductions{} : found->second;
    const bool whole = claim.insurer + claim.reduced == row.insurer && claim.insurer.value >= 0;
    if (!whole || claim.reduced != by.not_owed + by.owed_back) {
      fault("it was not reduced by what was posted", row.sequence);
    }
  }
  // The fund spends so much less; what it had paid already, the provider owes it.
  void move_reductions(core::ClaimId claim, LedgerAccount place, Amounts& expected) {
    const auto found = posted_.reductions.find(claim);
    if (found == posted_.reductions.end()) return;
    const auto& [not_owed, owed_back] = found->second;
    expected[place] += not_owed.value;
    expected[LedgerAccount::kReceivable] += owed_back.value;
    expected[LedgerAccount::kBenefitsExpense] -= (not_owed + owed_back).value;
  }
  // Of what was sent to the bank, so much stayed with the fund.
  void move_withheld(Amounts& expected) {
    for (const auto& payout : rows_read<core::Payout>(rows_, core::KeyTag::kPayout)) {
      const bool paid = payout.state == core::PayoutState::kPaid;
      if (!paid && payout.state != core::PayoutState::kExported) continue;
      expected[paid ? LedgerAccount::kBank : LedgerAccount::kBankClearing] += payout.withheld.value;
      expected[LedgerAccount::kReceivable] -= payout.withheld.value;
    }
  }
  // Each corrected claim has one in its place, and each correction one that it corrects.
  void check_corrections() {
    std::multiset<core::ClaimId> named;
    std::multiset<core::ClaimId> corrected;
    for (const core::RequestRow& row : claims_) {
      if (row.corrects > 0) named.insert(row.corrects);
      if (row.state == RequestState::kCorrected) corrected.insert(row.sequence);
    }
    if (named != corrected) faults_.emplace_back("corrections and corrected claims are not pairs");
  }

  // The pharmacy's list shows each claim as its row has it.
  void check_claim_index() {
    std::map<core::ClaimId, RequestState> listed;
    for (const auto& [key, value] : rows_.rows) {
      if (key.front() != static_cast<char>(core::KeyTag::kClaimIndex)) continue;
      const auto claim = core::indexed_sequence(core::RowKey(key));
      const auto row = core::decode_claim_index_row(core::as_bytes(value));
      WASL_ASSERT(claim && row);
      listed[*claim] = row->state;
    }
    for (const core::RequestRow& row : claims_) {
      const auto found = listed.find(row.sequence);
      if (found != listed.end() && found->second != row.state) {
        fault("its list shows another state", row.sequence);
      }
    }
  }
  // The centre's list holds what is undecided, and nothing else.
  void check_open_reviews() {
    std::map<std::string, std::string> expected;
    for (const auto& [claim, bordereau] : presented_) {
      const auto open = core::open_review(bordereau);
      if (open) expected[std::string(open->key.view())] = core::encode_index_row(open->row);
    }
    std::map<std::string, std::string> found;
    for (const auto& [key, value] : rows_.rows) {
      if (key.front() == static_cast<char>(core::KeyTag::kReviewIndex)) found[key] = value;
    }
    if (found != expected) faults_.emplace_back("the list of reviews is not what is undecided");
  }

  // The balances that are kept are the sums of the postings.
  void check_balances() {
    Amounts kept;
    for (const auto& [key, value] : rows_.rows) {
      if (key.front() != static_cast<char>(core::KeyTag::kBalance)) continue;
      const auto account = core::balance_account(core::RowKey(key));
      const auto balance = core::decode_balance(core::as_bytes(value));
      WASL_ASSERT(account && balance);
      kept[static_cast<LedgerAccount>(*account)] =
          static_cast<std::int64_t>(balance->debit - balance->credit);
    }
    if (kept != posted_.sums) faults_.emplace_back("a balance is not the sum of its postings");
  }

  const OrderedRows& rows_;
  std::vector<core::RequestRow> claims_;
  std::map<core::ClaimId, core::Bordereau> presented_;
  Posted posted_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_in(const OrderedRows& rows, const ClientRecord& record) {
  std::vector<std::string> faults = Books(rows).faults();
  const auto bordereaux = rows_read<core::Bordereau>(rows, core::KeyTag::kBordereau);
  for (const Sent& sent : record.requests()) {
    if (sent.answer && misses_a_bordereau(sent, bordereaux)) {
      faults.push_back("record " + std::to_string(sent.answer->sequence) +
                       ": did not find a bordereau that was closed before");
    }
  }
  return faults;
}

namespace {

void count_payouts(const OrderedRows& rows, Reached& reached) {
  for (const auto& payout : rows_read<core::Payout>(rows, core::KeyTag::kPayout)) {
    reached.in_run += payout.items.size();
    if (payout.state == core::PayoutState::kExported) ++reached.exported;
    if (payout.state == core::PayoutState::kPaid) ++reached.paid;
    if (payout.state == core::PayoutState::kReturned) ++reached.returned;
    if (payout.withheld.value > 0) {
      ++reached.withheld;
      if (payout.state == core::PayoutState::kPaid) ++reached.withheld_paid;
    }
    const bool again = std::ranges::any_of(
        payout.items, [](const core::OwedItem& item) { return item.came_back.has_value(); });
    if (!again) continue;
    ++reached.proposed_again;
    if (payout.state == core::PayoutState::kPaid) ++reached.paid_anew;
  }
}

}  // namespace

Reached reached_in(const OrderedRows& rows) {
  Reached reached;
  for (const auto& bordereau : rows_read<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
    ++reached.bordereaux;
    for (const core::PresentedClaim& claim : bordereau.claims) {
      if (claim.state == RequestState::kAccepted) ++reached.accepted;
      if (claim.state == RequestState::kHeld) ++reached.held;
      if (claim.state == RequestState::kRejected) ++reached.rejected;
    }
  }
  for (const auto& row : rows_read<core::RequestRow>(rows, core::KeyTag::kRequest)) {
    if (row.state == RequestState::kCorrected) ++reached.corrected;
  }
  for (const auto& run : rows_read<core::SettlementRun>(rows, core::KeyTag::kRun)) {
    if (!run.approved_by.empty()) ++reached.runs_approved;
    if (run.released > 0) ++reached.runs_cancelled;
  }
  count_payouts(rows, reached);
  for (const auto& [claim, by] : posted_in(rows).reductions) {
    ++reached.reduced;
    if (by.owed_back.value > 0) ++reached.reduced_paid;
  }
  reached.days = days_in(rows);
  for (const auto& file : rows_read<core::StatusFile>(rows, core::KeyTag::kStatusFile)) {
    if (file.state == core::StatusFileState::kApplied) ++reached.files_applied;
    if (file.state == core::StatusFileState::kRefused) ++reached.files_refused;
  }
  return reached;
}

}  // namespace wasl::test

#include "simulation/books.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/assert.hpp"
#include "core/bordereau.hpp"
#include "core/ledger.hpp"
#include "store/stored_row.hpp"
#include "wire/client.hpp"

namespace wasl::test {
namespace {

using core::LedgerAccount;
using core::RequestState;

// Of one kind, whole.
template <typename T>
std::vector<T> rows_of(const OrderedRows& rows, core::KeyTag tag) {
  std::vector<T> found;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(tag)) continue;
    const auto row = store::decode_stored(core::RowKey(key), value);
    WASL_ASSERT(row.has_value());
    found.push_back(std::get<T>(*row));
  }
  return found;
}

using Amounts = std::map<LedgerAccount, std::int64_t>;  // Debits less credits.

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
    default:
      return std::nullopt;
  }
}

Amounts posted_in(const OrderedRows& rows) {
  Amounts posted;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(core::KeyTag::kPosting)) continue;
    const auto set = core::decode_postings(core::as_bytes(value));
    WASL_ASSERT(set.has_value());
    for (const core::Posting& each : set->postings) {
      posted[each.account] += each.debit.value - each.credit.value;
    }
  }
  return posted;
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
        claims_(rows_of<core::RequestRow>(rows, core::KeyTag::kRequest)),
        posted_(posted_in(rows)) {
    for (auto& each : rows_of<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
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
    }
    check_corrections();
    check_claim_index();
    check_open_reviews();
    check_owed();
    check_runs();
    for (const LedgerAccount account : core::kLedgerAccounts) {
      if (posted_[account] == expected[account]) continue;
      faults_.push_back(std::string(core::name(account)) + " holds " +
                        std::to_string(posted_[account]) + ", the claims' states say " +
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
    for (const core::PresentedClaim& claim : bordereau.claims) total += claim.insurer;
    if (total != bordereau.total) faults_.emplace_back("a total is not the sum of its claims");
  }
  void check_presented(const core::RequestRow& row, const core::Bordereau* bordereau) {
    if (row.bordereau != (bordereau == nullptr ? 0 : bordereau->number)) {
      return fault("it and its bordereau disagree", row.sequence);
    }
    if (bordereau == nullptr) return;
    const bool refused =
        core::presented_claim(*bordereau, row.sequence)->state == RequestState::kRejected;
    const bool says_so =
        row.state == RequestState::kRejected || row.state == RequestState::kCorrected;
    if (refused != says_so) fault("rejected in one row only", row.sequence);
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

  // By record: how much, and in which payout. What is owed or in a payout is what was accepted or
  // approved as a refund, each once, and both sides name the same payout.
  void check_owed() {
    Items expected;
    for (const core::RequestRow& row : claims_) {
      const bool refund =
          row.kind == core::ClaimKind::kRefund && row.state == RequestState::kApproved;
      if (refund && row.insurer.value > 0) expected[row.sequence] = {row.insurer, row.payout};
    }
    for (const auto& bordereau : rows_of<core::Bordereau>(rows_, core::KeyTag::kBordereau)) {
      for (const core::PresentedClaim& claim : bordereau.claims) {
        if (claim.state != RequestState::kAccepted) continue;
        Item& item = expected[claim.reviewed_by];
        item.amount += claim.insurer;
        item.payout = core::payout_of(bordereau, claim);
      }
    }
    Items found;
    for (const core::Owed& owed : rows_of<core::Owed>(rows_, core::KeyTag::kOwed)) {
      add_item(owed.item, std::nullopt, found);
    }
    for (const core::Payout& payout : rows_of<core::Payout>(rows_, core::KeyTag::kPayout)) {
      core::Cents sum;
      for (const core::OwedItem& item : payout.items) {
        sum += item.amount;
        add_item(item, payout.id, found);
      }
      if (sum != payout.amount) faults_.emplace_back("a payout is not the sum of its items");
    }
    if (found != expected) faults_.emplace_back("what is owed is not what was accepted");
  }
  // A run's payouts are those that it took and did not give back.
  void check_runs() {
    std::map<core::Sequence, std::pair<std::uint32_t, core::Cents>> paid;
    for (const core::Payout& payout : rows_of<core::Payout>(rows_, core::KeyTag::kPayout)) {
      ++paid[payout.id.run].first;
      paid[payout.id.run].second += payout.amount;
    }
    for (const auto& run : rows_of<core::SettlementRun>(rows_, core::KeyTag::kRun)) {
      const auto& [payouts, total] = paid[run.id];
      const bool whole = run.released > 0 || run.total == total;
      if (payouts != run.payouts - run.released || !whole) {
        faults_.push_back("the run " + std::to_string(run.id) + " is not its payouts");
      }
    }
  }

  struct Item {
    core::Cents amount;
    std::optional<core::PayoutId> payout;
    friend bool operator==(const Item&, const Item&) = default;
  };
  using Items = std::map<core::Sequence, Item>;
  void add_item(const core::OwedItem& item, std::optional<core::PayoutId> payout, Items& to) {
    const bool once = to.emplace(item.record, Item{item.amount, payout}).second;
    if (!once) fault("owed twice", item.record);
  }

  const OrderedRows& rows_;
  std::vector<core::RequestRow> claims_;
  std::map<core::ClaimId, core::Bordereau> presented_;
  Amounts posted_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_in(const OrderedRows& rows, const ClientRecord& record) {
  std::vector<std::string> faults = Books(rows).faults();
  const auto bordereaux = rows_of<core::Bordereau>(rows, core::KeyTag::kBordereau);
  for (const Sent& sent : record.requests()) {
    if (sent.answer && misses_a_bordereau(sent, bordereaux)) {
      faults.push_back("record " + std::to_string(sent.answer->sequence) +
                       ": did not find a bordereau that was closed before");
    }
  }
  return faults;
}

Reached reached_in(const OrderedRows& rows) {
  Reached reached;
  for (const auto& bordereau : rows_of<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
    ++reached.bordereaux;
    for (const core::PresentedClaim& claim : bordereau.claims) {
      if (claim.state == RequestState::kAccepted) ++reached.accepted;
      if (claim.state == RequestState::kHeld) ++reached.held;
      if (claim.state == RequestState::kRejected) ++reached.rejected;
    }
  }
  for (const auto& row : rows_of<core::RequestRow>(rows, core::KeyTag::kRequest)) {
    if (row.state == RequestState::kCorrected) ++reached.corrected;
  }
  for (const auto& run : rows_of<core::SettlementRun>(rows, core::KeyTag::kRun)) {
    if (run.state == core::RunState::kApproved) ++reached.runs_approved;
    if (run.released > 0) ++reached.runs_cancelled;
  }
  for (const auto& payout : rows_of<core::Payout>(rows, core::KeyTag::kPayout)) {
    reached.in_run += payout.items.size();
  }
  return reached;
}

}  // namespace wasl::test

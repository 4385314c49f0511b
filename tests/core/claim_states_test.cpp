// The table of docs/settlement.md: each state of a claim with each thing that can be asked of it.
// What the table does not allow is refused, by name, and changes nothing.

#include "core/settling.hpp"
#include "support/page_table.hpp"

namespace wasl::core {
namespace {

using test::dzd;
using test::line;

// As the columns of the table.
enum Column : std::size_t {
  kReverse,
  kClose,
  kAccept,
  kReject,
  kHold,
  kCorrect,
  kReduce,
  kPropose,  // From here on no claim is named: it is changed or passed by.
  kCancel,
  kExport,
  kBook,
  kReturn,
  kColumns
};

class ClaimStates : public test::Settling {
 protected:
  // What asks it of the claim, ready to be run.
  Command ask(Column column, const Command& claim) {
    const ClaimId id = world.request_row(claim)->sequence;
    switch (column) {
      case kReverse:
        return world.reversal(claim);
      case kClose: {
        const Cents insurer = std::max(world.request_row(claim)->insurer, Cents{1});
        return closing({{id, insurer}}, world.sequence);
      }
      case kAccept:
        return review(number_for(claim), {accept(id)});
      case kReject:
        return review(number_for(claim), {reject(id)});
      case kHold:
        return review(number_for(claim), {hold(id)});
      case kReduce:
        return reduction(number_for(claim), id, {});
      case kCorrect:
      default:
        break;
    }
    return correction(claim, {line("A", dzd(50))});
  }

  // A new run; or something with every run, or payout, that there is.
  void carry_out(Column column) {
    if (column == kPropose) {
      filled();
      return;
    }
    if (column == kCancel) propose();
    for (const SettlementRun& run : runs()) {
      if (column == kCancel) cancel(run.id);
      if (column == kExport) export_step(run.id);
    }
    for (const Payout& payout : payouts()) {
      if (column == kBook) bank_says({says(payout, BankWord::kBooked)});
      if (column == kReturn) bank_says({says(payout, BankWord::kReturned, "AC04")});
    }
  }

  // Without those that were only looked for.
  std::map<RowKey, Row> present_rows() {
    std::map<RowKey, Row> rows = world.rows;
    std::erase_if(
        rows, [](const auto& each) { return std::holds_alternative<std::monostate>(each.second); });
    return rows;
  }

  static Reason refusal(const Decision& decision) {
    if (const auto* reversal = std::get_if<ReversalDecision>(&decision)) return reversal->reason;
    if (const auto* closed = std::get_if<ClosingDecision>(&decision)) return closed->reason;
    if (const auto* reviewed = std::get_if<ReviewDecision>(&decision)) return reviewed->reason;
    if (const auto* reduced = std::get_if<ReductionDecision>(&decision)) return reduced->reason;
    return std::get<ClaimDecision>(decision).reason;
  }

  static std::string_view text(RequestState state) {
    switch (state) {
      case RequestState::kApproved:
        return "approved";
      case RequestState::kDeclined:
        return "declined";
      case RequestState::kReversed:
        return "reversed";
      case RequestState::kPresented:
        return "presented";
      case RequestState::kHeld:
        return "held";
      case RequestState::kAccepted:
        return "accepted";
      case RequestState::kRejected:
        return "rejected";
      case RequestState::kCorrected:
        return "corrected";
      case RequestState::kInRun:
        return "in a run";
      case RequestState::kExported:
        return "exported";
      case RequestState::kPaid:
        return "paid";
      case RequestState::kReturned:
        return "returned";
      default:
        return "?";
    }
  }

 private:
  // Its own bordereau's; of a claim in none, that of another claim.
  std::uint32_t number_for(const Command& claim) {
    const std::uint32_t number = world.request_row(claim)->bordereau;
    if (number > 0) return number;
    const ClaimId id = world.request_row(claim)->sequence;
    approved(100, "D", 2);
    const ClaimId other = world.sequence;
    Command command = closing({{other, dzd(80)}}, other);
    std::erase_if(command.closing.holdings->claims,
                  [&](const HeldClaim& held) { return held.claim == id; });
    return std::get<ClosingDecision>(world.run(command)).first;
  }
};

// A row of the page: the state, then for each column the state behind it or why it is refused.
std::vector<test::Cells> documented() {
  std::vector<test::Cells> rows;
  for (const test::Cells& row : test::table_rows("settlement.md")) {
    const bool of_states = row.size() == kColumns + 1 && row[0] != "state" && row[0] != "---";
    if (of_states) rows.push_back(row);
  }
  return rows;
}

class EachState : public ClaimStates {
 protected:
  // What is owed, until the state is reached. Who sent it back has another account by then.
  void pay(std::string_view state) {
    const Sequence run = filled();
    run_decision(approval(run));
    if (state.starts_with("in a run")) return;
    export_whole(run);
    if (state.starts_with("paid")) bank_says({says(payouts()[0], BankWord::kBooked)});
    if (!state.starts_with("returned")) return;
    bank_says({says(payouts()[0], BankWord::kReturned, "AC04")});
    world.pharmacy().payout_account = test::kOtherRib;
    world.account().payout_account = test::kOtherRib;
  }

  Command claim_in(std::string_view state) {
    if (state.ends_with(", refund")) {
      Command refund = refunded();
      if (state != "approved, refund") pay(state);
      return refund;
    }
    if (state == "declined") {
      Command declined = world.claim({line("NONE", dzd(100))});
      world.submit(declined);
      return declined;
    }
    Command claim = approved();
    const ClaimId id = world.sequence;
    if (state == "approved, third party") return claim;
    if (state == "reversed") {
      world.run(world.reversal(claim));
      return claim;
    }
    const std::uint32_t number = close();
    if (state == "held") run_review(review(number, {hold(id)}));
    const bool owed = state == "accepted" || state.ends_with(", third party");
    if (owed) run_review(review(number, {accept(id)}));
    if (owed && state != "accepted") pay(state);
    if (state == "rejected" || state == "corrected") run_review(review(number, {reject(id)}));
    if (state == "corrected") world.run(correction(claim, {line("A", dzd(50))}));
    return claim;
  }
};

TEST_F(EachState, AllowsWhatThePageSaysAndNothingElse) {
  const std::vector<test::Cells> rows = documented();
  ASSERT_EQ(rows.size(), 17U);
  for (const test::Cells& row : rows) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      SCOPED_TRACE(row[0] + ", column " + std::to_string(column));
      world = {};
      SetUp();
      const Command claim = claim_in(row[0]);
      ASSERT_TRUE(row[0].starts_with(text(state_of(claim))));
      if (column >= kPropose) {
        carry_out(static_cast<Column>(column));
        EXPECT_EQ(text(state_of(claim)), row[column + 1]);
        continue;
      }
      const Command asked = ask(static_cast<Column>(column), claim);
      const std::map<RowKey, Row> before = present_rows();
      const Reason refused = refusal(world.run(asked));
      if (refused == Reason::kNone) {
        EXPECT_EQ(text(state_of(claim)), row[column + 1]);
        continue;
      }
      EXPECT_EQ(entry(refused).name, row[column + 1]);
      world.rows.erase(request_key(asked.from, asked.request_id, 0));
      EXPECT_TRUE(present_rows() == before) << "a refusal leaves its answer and nothing else";
    }
  }
}

}  // namespace
}  // namespace wasl::core

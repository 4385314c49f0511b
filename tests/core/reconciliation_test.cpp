// A participant's day: what it began with, what was moved, and what it ended with, which is added
// up on its own.

#include "core/reconciliation.hpp"

#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::dzd;

class Reconciling : public test::Settling {
 protected:
  // The pharmacy's records behind `since`, up to `until`.
  DayAccount books(Sequence since, std::optional<Sequence> until = std::nullopt) {
    DayBooks books({.since = since, .until = until});
    for (const auto& [key, bytes] : world.index) {
      const auto place = posting_place(key);
      if (place && place->participant == pharmacy()) {
        books.add(place->sequence, decode_postings(as_bytes(bytes)).value());
      }
    }
    for (const auto& [key, row] : world.rows) {
      if (const auto* bordereau = std::get_if<Bordereau>(&row)) books.add(*bordereau);
    }
    EXPECT_TRUE(in_balance(books.account()));
    return books.account();
  }
};

TEST_F(Reconciling, CountsWhatWasAuthorisedAndReversed) {
  const Command claim = approved(100, "A");
  approved(200, "B");
  world.run(world.reversal(claim));
  const DayAccount day = books(0);
  EXPECT_EQ(day.day.authorised, (Tally{2, dzd(240)}));
  EXPECT_EQ(day.day.reversed, (Tally{1, dzd(80)}));
  EXPECT_EQ(day.opening, Cents{});
  EXPECT_EQ(day.closing, dzd(160));
}

TEST_F(Reconciling, PutsEachRecordOnOneSideOfTheCutOver) {
  approved(100, "A");
  const Sequence cut_over = world.sequence;
  approved(200, "B");
  const DayAccount first = books(0, cut_over);
  const DayAccount second = books(cut_over);
  EXPECT_EQ(first.day.authorised, (Tally{1, dzd(80)}));
  EXPECT_EQ(second.day.authorised, (Tally{1, dzd(160)}));
  EXPECT_EQ(first.closing, second.opening);
}

TEST_F(Reconciling, CountsWhatIsPresentedAcceptedAndRejected) {
  approved(100, "A");
  const ClaimId rejected = world.sequence;
  approved(200, "B");
  run_review(review(close(), {reject(rejected)}, true));
  const DayAccount day = books(0);
  EXPECT_EQ(day.day.presented, (Tally{2, dzd(240)}));
  EXPECT_EQ(day.day.accepted, (Tally{1, dzd(160)}));
  EXPECT_EQ(day.day.rejected, (Tally{1, dzd(80)}));
  EXPECT_EQ(day.closing, dzd(160));
}

TEST_F(Reconciling, FollowsThePayoutToTheBankAndBack) {
  const Command claim = accepted(100, "A");
  exported();
  EXPECT_EQ(books(0).day.exported, (Tally{1, dzd(80)}));
  EXPECT_EQ(books(0).closing, dzd(80)) << "what is at the bank is owed until it is booked";
  bank_says({says(payouts()[0], BankWord::kBooked)});
  EXPECT_EQ(books(0).day.paid, (Tally{1, dzd(80)}));
  EXPECT_EQ(books(0).closing, Cents{});
  bank_says({says(payouts()[0], BankWord::kReturned, "AC04")});
  EXPECT_EQ(books(0).day.returned, (Tally{1, dzd(80)}));
  EXPECT_EQ(books(0).day.returned_paid, (Tally{1, dzd(80)}));
  EXPECT_EQ(books(0).closing, dzd(80));
}

TEST_F(Reconciling, TellsWhatThePharmacyOwesBack) {
  const Command claim = accepted(100, "A");
  exported();
  bank_says({says(payouts()[0], BankWord::kBooked)});
  reduce(claim, dzd(50));
  EXPECT_EQ(books(0).day.reduced, (Tally{1, dzd(30)}));
  EXPECT_EQ(books(0).closing, Cents{-3000});
  accepted(200, "B");
  exported();
  bank_says({says(payouts()[1], BankWord::kBooked)});
  EXPECT_EQ(books(0).day.exported, (Tally{2, dzd(240)})) << "with what is withheld";
  EXPECT_EQ(books(0).day.paid, (Tally{2, dzd(210)}));
  EXPECT_EQ(books(0).closing, Cents{});
}

TEST_F(Reconciling, KeepsItsBytes) {
  approved(100, "A");
  const DayAccount account = books(0);
  EXPECT_EQ(decode_day_account(as_bytes(encode_day_account(account))), account);
  for (const std::optional<Sequence> until : {std::optional<Sequence>{}, {Sequence{9}}}) {
    const DayRange range{.since = 7, .until = until};
    EXPECT_EQ(decode_day_range(as_bytes(encode_day_range(range))), range);
  }
  EXPECT_EQ(accounted(posting_prefix(fund(), pharmacy())), pharmacy());
  EXPECT_EQ(accounted(posting_key(fund(), pharmacy(), 1)), std::nullopt);
}

}  // namespace
}  // namespace wasl::core

// What a bank says of payouts: a file is judged whole before anything of it is done, and what came
// back is owed again.

#include "core/bank_word.hpp"
#include "core/settling.hpp"

namespace wasl::core {
namespace {

using test::dzd;

class BankSays : public test::Settling {
 protected:
  Payout payout(const PayoutId& id) {
    return std::get<Payout>(world.rows.at(payout_key(fund(), id)));
  }
  std::vector<StatusVerdict> verdicts(std::vector<StatusEntry> entries) {
    const Sequence file = open_file(entries.size() + 1);
    const StatusFileDecision step = file_decision(ReceiveStatuses{file, 1, std::move(entries)});
    file_decision(DropStatusFile{file});
    return step.verdicts;
  }
};

TEST_F(BankSays, ThatAPayoutIsBooked) {
  const Command claim = accepted();
  exported();
  EXPECT_EQ(bank_says({says(payouts()[0], BankWord::kBooked)}), StatusFileState::kApplied);
  EXPECT_EQ(payouts()[0].state, PayoutState::kPaid);
  EXPECT_EQ(state_of(claim), RequestState::kPaid);
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), 0);
  EXPECT_EQ(balance(LedgerAccount::kBank), -dzd(80).value);
}

TEST_F(BankSays, ThatItAcceptsAPayoutAndNothingMoves) {
  const Command claim = accepted();
  exported();
  const std::size_t postings = world.index.size();
  EXPECT_EQ(bank_says({says(payouts()[0], BankWord::kAccepted)}), StatusFileState::kApplied);
  EXPECT_EQ(payouts()[0].state, PayoutState::kExported);
  EXPECT_EQ(payouts()[0].bank->word, BankWord::kAccepted);
  EXPECT_EQ(state_of(claim), RequestState::kExported);
  EXPECT_EQ(world.index.size(), postings);
}

TEST_F(BankSays, ThatAPayoutIsRejectedOrSentBackBeforeOrBehindItsBooking) {
  struct Case {
    std::vector<BankWord> words;
    std::int64_t bank;
  };
  for (const Case& each : {Case{{BankWord::kRejected}, 0}, Case{{BankWord::kReturned}, 0},
                           Case{{BankWord::kBooked, BankWord::kReturned}, 0}}) {
    world = {};
    SetUp();
    const Command claim = accepted();
    exported();
    for (const BankWord word : each.words) {
      EXPECT_EQ(bank_says({says(payouts()[0], word, "AC04")}), StatusFileState::kApplied);
    }
    EXPECT_EQ(payouts()[0].state, PayoutState::kReturned);
    EXPECT_EQ(payouts()[0].bank->reason, "AC04");
    EXPECT_EQ(state_of(claim), RequestState::kReturned);
    EXPECT_EQ(balance(LedgerAccount::kBankClearing), 0);
    EXPECT_EQ(balance(LedgerAccount::kBank), each.bank);
    EXPECT_EQ(balance(LedgerAccount::kReturned), -dzd(80).value);
    ASSERT_EQ(owed_rows().size(), 1U) << "it is owed again";
    EXPECT_EQ(owed_rows()[0].item.came_back,
              (CameBack{payouts()[0].id, std::string(test::kPharmacysRib)}));
  }
}

TEST_F(BankSays, WhatCannotBeSo) {
  accepted();
  refunded();
  const Sequence run = exported();
  const Payout insureds = payouts()[0];
  const Payout pharmacys = payouts()[1];
  using enum StatusVerdict;
  StatusEntry other_amount = says(insureds, BankWord::kAccepted);
  other_amount.amount += Cents{1};
  StatusEntry unknown = says(pharmacys, BankWord::kBooked);
  unknown.payout.number = 3;
  EXPECT_EQ(verdicts({other_amount, says(pharmacys, BankWord::kBooked), unknown}),
            (std::vector{kAmountDiffers, kFine, kUnknown}));
  bank_says({says(insureds, BankWord::kBooked), says(pharmacys, BankWord::kRejected)});
  for (const BankWord word : {BankWord::kBooked, BankWord::kRejected}) {
    EXPECT_EQ(verdicts({says(insureds, word)}), std::vector{kContradicts});
  }
  for (const BankWord word : {BankWord::kRejected, BankWord::kBooked, BankWord::kReturned}) {
    EXPECT_EQ(verdicts({says(pharmacys, word)}), std::vector{kContradicts});
  }
  EXPECT_EQ(verdicts({says(insureds, BankWord::kReturned)}), std::vector{kFine});
  EXPECT_EQ(settlement_run(run).state, RunState::kExported);
}

TEST_F(BankSays, NothingOfAPayoutThatWasNeverExported) {
  accepted();
  const Sequence run = filled();
  run_decision(approval(run));
  EXPECT_EQ(verdicts({says(payouts()[0], BankWord::kBooked)}),
            std::vector{StatusVerdict::kUnknown});
}

TEST_F(BankSays, LateThatItAcceptedWhatIsBookedOrCameBack) {
  for (const BankWord before : {BankWord::kBooked, BankWord::kReturned}) {
    world = {};
    SetUp();
    accepted();
    exported();
    bank_says({says(payouts()[0], before)});
    const PayoutState state = payouts()[0].state;
    const std::size_t postings = world.index.size();
    EXPECT_EQ(bank_says({says(payouts()[0], BankWord::kAccepted)}), StatusFileState::kApplied);
    EXPECT_EQ(payouts()[0].state, state);
    EXPECT_EQ(payouts()[0].bank->word, before) << "the later event stays to be seen";
    EXPECT_EQ(world.index.size(), postings);
  }
}

TEST_F(BankSays, SomethingWrongAndNothingOfTheFileIsDone) {
  accepted();
  refunded();
  exported();
  StatusEntry wrong = says(payouts()[1], BankWord::kBooked);
  wrong.amount += Cents{1};
  EXPECT_EQ(bank_says({says(payouts()[0], BankWord::kBooked), wrong}), StatusFileState::kRefused);
  EXPECT_EQ(payouts()[0].state, PayoutState::kExported);
  EXPECT_EQ(balance(LedgerAccount::kBank), 0);
  wrong.amount = payouts()[1].amount;
  EXPECT_EQ(bank_says({says(payouts()[0], BankWord::kBooked), wrong}), StatusFileState::kApplied)
      << "the next file may come";
}

class StatusFiles : public BankSays {};

TEST_F(StatusFiles, AreKnownByNameAndDigest) {
  accepted();
  exported();
  const std::vector<StatusEntry> entries{says(payouts()[0], BankWord::kBooked)};
  EXPECT_EQ(bank_says(entries), StatusFileState::kApplied);
  const OpenStatusFile again = opening("BANK-1", 1);
  const StatusFileDecision known = file_decision(again);
  EXPECT_EQ(known.state, StatusFileState::kApplied);
  EXPECT_GT(known.file, 0U);
  OpenStatusFile altered = again;
  altered.sha256[0] ^= 1U;
  EXPECT_EQ(file_decision(altered).reason, Reason::kStatusFileDiffers);
  altered = again;
  altered.entries = 2;
  EXPECT_EQ(file_decision(altered).reason, Reason::kStatusFileDiffers);
}

TEST_F(StatusFiles, MayComeAgainAfterTheyWereRefused) {
  accepted();
  exported();
  StatusEntry wrong = says(payouts()[0], BankWord::kBooked);
  wrong.amount += Cents{1};
  EXPECT_EQ(bank_says({wrong}), StatusFileState::kRefused);
  const StatusFileDecision anew = file_decision(opening("BANK-1", 1));
  EXPECT_EQ(anew.state, StatusFileState::kReceiving);
  EXPECT_EQ(anew.file, 0U) << "it is begun anew";
}

TEST_F(StatusFiles, ComeOneAtATime) {
  accepted();
  exported();
  const Sequence file = open_file(2);
  EXPECT_EQ(file_decision(opening("OTHER", 1)).reason, Reason::kStatusFileOpen);
  EXPECT_EQ(file_decision(opening("BANK-1", 2)).file, file) << "who was cut short goes on";
  EXPECT_EQ(file_decision(DropStatusFile{file}).state, StatusFileState::kRefused);
  EXPECT_EQ(file_decision(opening("OTHER", 1)).reason, Reason::kNone);
}

TEST_F(StatusFiles, AreReceivedPartByPartInOrder) {
  for (std::size_t i = 0; i < 100; ++i) owe_refund_to(std::to_string(100 + i), 1);
  exported();
  std::vector<StatusEntry> first;
  std::vector<StatusEntry> second;
  for (const Payout& each : payouts()) {
    (each.id.number <= 60 ? first : second).push_back(says(each, BankWord::kBooked));
  }
  const Sequence file = open_file(100);
  const auto receive = [&](std::uint16_t part, const std::vector<StatusEntry>& entries) {
    return file_decision(ReceiveStatuses{file, part, entries});
  };
  EXPECT_EQ(receive(2, second).reason, Reason::kStatusFileNotInThisState);
  EXPECT_EQ(file_decision(ApplyStatuses{file}).reason, Reason::kStatusFileNotInThisState);
  EXPECT_EQ(receive(1, first).state, StatusFileState::kReceiving);
  EXPECT_EQ(receive(1, first).reason, Reason::kStatusFileNotInThisState);
  EXPECT_EQ(file_decision(opening("BANK-1", 100)).parts, 1);
  EXPECT_EQ(receive(2, second).state, StatusFileState::kApplying);
  EXPECT_EQ(file_decision(DropStatusFile{file}).reason, Reason::kStatusFileNotInThisState);
  EXPECT_EQ(file_decision(ApplyStatuses{file}).effects.size(), 60U);
  EXPECT_EQ(status_file(file).part, 2);
  EXPECT_EQ(file_decision(ApplyStatuses{file}).state, StatusFileState::kApplied);
  EXPECT_EQ(balance(LedgerAccount::kBank), -100);
  EXPECT_EQ(file_decision(ApplyStatuses{file}).reason, Reason::kStatusFileNotInThisState);
  EXPECT_EQ(file_decision(ApplyStatuses{file + 1}).reason, Reason::kStatusFileUnknown);
}

TEST_F(StatusFiles, NameEachPayoutOnceOverAllParts) {
  accepted();
  refunded();
  exported();
  const Sequence file = open_file(3);
  file_decision(ReceiveStatuses{file, 1, {says(payouts()[1], BankWord::kBooked)}});
  const StatusFileDecision step = file_decision(ReceiveStatuses{
      file, 2, {says(payouts()[0], BankWord::kBooked), says(payouts()[1], BankWord::kBooked)}});
  EXPECT_EQ(step.verdicts, std::vector(2, StatusVerdict::kTwice));
  EXPECT_EQ(step.state, StatusFileState::kRefused);
}

// A step that was asked while another one of the same file was decided.
TEST_F(StatusFiles, AreCarriedOutOnceByWhoeverAsks) {
  for (std::size_t i = 0; i < 60; ++i) owe_refund_to(std::to_string(100 + i), 1);
  for (std::size_t i = 0; i < 5; ++i) owe_refund_to("9", i + 1);
  exported();
  std::vector<StatusEntry> entries;
  for (const Payout& each : payouts()) {
    if (entries.size() < kPartEntriesMax) entries.push_back(says(each, BankWord::kBooked));
  }
  const Sequence file = open_file(entries.size());
  file_decision(ReceiveStatuses{file, 1, entries});
  const Command late = of_fund("006", ApplyStatuses{file});
  const RowSet rows = world.rows_for(late);
  EXPECT_FALSE(is_overtaken(late, rows));
  file_decision(ApplyStatuses{file});
  const bool done = status_file(file).state == StatusFileState::kApplied;
  EXPECT_TRUE(done || is_overtaken(late, rows));
}

TEST_F(StatusFiles, ChangeNoMoreRowsThanACommandMay) {
  for (std::size_t i = 0; i < kStepItemsMax; ++i) owe_refund_to(std::to_string(100 + i), 1);
  exported();
  std::vector<StatusEntry> entries;
  for (const Payout& each : payouts()) entries.push_back(says(each, BankWord::kReturned, "AC04"));
  const Sequence file = open_file(entries.size());
  file_decision(ReceiveStatuses{file, 1, entries});
  const Command command = of_fund("004", ApplyStatuses{file});
  EXPECT_EQ(rows_changed_by(command), 4 * kStepItemsMax + 3);
}

class CameBackToTheFund : public BankSays {
 protected:
  // One accepted claim whose payout came back.
  Command returned(std::string reason = "AC04") {
    Command claim = accepted();
    exported();
    bank_says({says(payouts()[0], BankWord::kReturned, std::move(reason))});
    return claim;
  }
};

TEST_F(CameBackToTheFund, WaitsForAnotherAccount) {
  const Command claim = returned();
  accepted(100, "B");
  const Sequence run = propose();
  const CollectDecision left = collect(run);
  EXPECT_EQ(left.verdicts, (std::vector{OwedVerdict::kCameBack, OwedVerdict::kCameBack}));
  world.pharmacy().payout_account = test::kOtherRib;
  const Sequence next = filled();
  EXPECT_EQ(settlement_run(next).total, dzd(160));
  EXPECT_EQ(state_of(claim), RequestState::kInRun);
  EXPECT_EQ(balance(LedgerAccount::kReturned), 0);
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), -dzd(160).value);
}

// A step that found it owed before it was paid and came back.
TEST_F(CameBackToTheFund, IsNotTakenAsItWasFoundBefore) {
  accepted();
  const Sequence slow = propose();
  const Command found = step(slow);
  exported();
  bank_says({says(payouts()[0], BankWord::kReturned, "AM04")});
  const auto decision = std::get<CollectDecision>(world.run(found));
  EXPECT_EQ(decision.verdicts, std::vector{OwedVerdict::kGone});
  EXPECT_EQ(settlement_run(filled()).payouts, 1U) << "the next run takes it as what came back";
  EXPECT_EQ(balance(LedgerAccount::kReturned), 0);
}

TEST_F(CameBackToTheFund, IsPaidByAnotherPayoutInTheEnd) {
  const Command claim = returned();
  world.pharmacy().payout_account = test::kOtherRib;
  const Sequence run = exported();
  bank_says({says(payout({run, 1}), BankWord::kBooked)});
  EXPECT_EQ(state_of(claim), RequestState::kPaid);
  EXPECT_EQ(balance(LedgerAccount::kBank), -dzd(80).value);
  EXPECT_EQ(balance(LedgerAccount::kBankClearing), 0);
  EXPECT_EQ(balance(LedgerAccount::kReturned), 0);
  EXPECT_TRUE(owed_rows().empty());
}

TEST_F(CameBackToTheFund, NeedsNoOtherAccountWhereThatWasNotTheFault) {
  returned("AM04");
  EXPECT_EQ(owed_rows()[0].item.came_back->account, "");
  EXPECT_EQ(settlement_run(filled()).payouts, 1U);
}

TEST_F(CameBackToTheFund, IsReturnedAgainWhenItsRunIsCancelled) {
  const Command claim = returned();
  const std::vector<Owed> before = owed_rows();
  world.pharmacy().payout_account = test::kOtherRib;
  cancel(filled());
  EXPECT_TRUE(owed_rows() == before);
  EXPECT_EQ(state_of(claim), RequestState::kReturned);
  EXPECT_EQ(balance(LedgerAccount::kReturned), -dzd(80).value);
  EXPECT_EQ(balance(LedgerAccount::kPayableToProvider), 0);
}

TEST_F(CameBackToTheFund, ChangesNoMoreRowsThanACommandMayWhenItIsTakenAgain) {
  for (std::size_t i = 0; i < kStepItemsMax; ++i) owe_refund_to(std::to_string(100 + i), 1);
  exported();
  std::vector<StatusEntry> entries;
  for (const Payout& each : payouts()) entries.push_back(says(each, BankWord::kReturned, "AM04"));
  bank_says(entries);
  const Sequence run = propose();
  const Command command = step(run);
  EXPECT_EQ(rows_changed_by(command), 4 * kStepItemsMax + 2);
}

TEST(AccountsFault, IsWhatTheBankSaysOfTheAccount) {
  for (const BankWord word : {BankWord::kRejected, BankWord::kReturned}) {
    for (const std::string_view of_it :
         {"AC01", "AC04", "AC06", "AG01", "BE01", "BE05", "RC01", "MD07", "AM09, AC04"}) {
      EXPECT_TRUE(is_accounts_fault(word, of_it)) << of_it;
    }
    for (const std::string_view other :
         {"AM04", "AM05", "AC02", "AC13", "DT01", "DUPL", "FF01", "TM01", "DS0H", "CURR"}) {
      EXPECT_FALSE(is_accounts_fault(word, other)) << other;
    }
  }
}

// A bank that rejects a whole file and gives no code must not bar all its payees.
TEST(AccountsFault, IsWhateverThePayeesBankSendsBackWithoutACode) {
  for (const std::string_view nothing : {"", "MS03", "NARR", "compte cloture", "BE, RC"}) {
    EXPECT_TRUE(is_accounts_fault(BankWord::kReturned, nothing)) << nothing;
    EXPECT_FALSE(is_accounts_fault(BankWord::kRejected, nothing)) << nothing;
  }
}

}  // namespace
}  // namespace wasl::core

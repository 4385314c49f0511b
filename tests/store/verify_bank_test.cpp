// What verify asks of what went to a bank and came back: payouts, files and money as the records
// alone moved them. Each damage of a row is named.

#include <functional>

#include "core/bank_word.hpp"
#include "store/settlement_followed.hpp"

namespace wasl::store {
namespace {

using core::BankWord;
using core::PayoutState;
using core::StatusFileState;
using core::StatusVerdict;

class BankChecked : public test::SettlementFollowed {
 protected:
  // An accepted claim's payout, and what the bank says of it.
  core::Payout heard(BankWord word, std::string reason = {}) {
    accept_claim();
    export_run();
    hear({says(payouts()[0], word, std::move(reason))});
    return payouts()[0];
  }
  core::Owed& owed() { return only<core::Owed>(); }
};

TEST_F(BankChecked, AcceptsARunThatWasExported) {
  accept_claim();
  approve_refund();
  const core::Sequence run = export_run();
  EXPECT_EQ(ask<core::ExportDecision>(of_fund("004", core::ExportRun{run, 1})).payouts, 0U);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(BankChecked, AcceptsEverythingThatABankSays) {
  accept_claim();
  approve_refund();
  export_run();
  hear({says(payouts()[0], BankWord::kPending), says(payouts()[1], BankWord::kAccepted)});
  hear({says(payouts()[0], BankWord::kBooked), says(payouts()[1], BankWord::kRejected, "AC04")});
  hear({says(payouts()[0], BankWord::kAccepted)});
  hear({says(payouts()[0], BankWord::kReturned, "AM05")});
  EXPECT_EQ(owed_rows().size(), 2U);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

// Out to the bank three times, and once taken by a run that was cancelled.
TEST_F(BankChecked, AcceptsWhatCameBackAndWasPaidAnew) {
  accept_claim();
  export_run();
  hear({says(payouts()[0], BankWord::kReturned, "AC04")});
  const core::Sequence left_out = propose_run();
  EXPECT_EQ(ask<core::CollectDecision>(step(left_out)).verdicts[0], core::OwedVerdict::kCameBack);
  world.pharmacy().payout_account = test::kOtherRib;
  cancel_run(fill_run());
  export_run();
  hear({says(payouts().back(), BankWord::kBooked)});
  hear({says(payouts().back(), BankWord::kReturned, "AM05")});
  accept_claim();
  export_run();
  hear({says(payouts().back(), BankWord::kBooked)});
  EXPECT_EQ(payouts().back().state, PayoutState::kPaid);
  EXPECT_EQ(owed_rows().size(), 0U);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(BankChecked, AcceptsFilesThatWereRefusedDroppedFoundAgainOrAreNotDone) {
  accept_claim();
  approve_refund();
  export_run();
  core::StatusEntry wrong = says(payouts()[0], BankWord::kBooked);
  wrong.amount += core::Cents{1};
  receive_file({wrong});
  ask_file(core::DropStatusFile{begin_file(1)});
  const core::OpenStatusFile named = opening("AGAIN", 2);
  EXPECT_EQ(ask_file(named).file, 0U);
  const core::Sequence file = world.sequence;
  EXPECT_EQ(ask_file(named).file, file);
  ask_file(core::ReceiveStatuses{file, 1, {says(payouts()[0], BankWord::kBooked)}});
  ask_file(core::ReceiveStatuses{file, 2, {says(payouts()[1], BankWord::kBooked)}});
  EXPECT_EQ(ask_file(core::ApplyStatuses{file}).state, StatusFileState::kApplying);
  EXPECT_EQ(ask_file(named).parts, 2U);
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST_F(BankChecked, NamesAPayoutThatIsSetPaid) {
  const core::Payout payout = heard(BankWord::kAccepted);
  only<core::Payout>().state = PayoutState::kPaid;
  only<core::Bordereau>().paid[0].by.state = PayoutState::kPaid;
  expect_named("the payout 1 of the run " + std::to_string(payout.id.run) +
               " is not as its records left it");
}

TEST_F(BankChecked, NamesAReturnedPayoutThatIsSetPaid) {
  heard(BankWord::kReturned, "AC04");
  only<core::Payout>().state = PayoutState::kPaid;
  expect_named("is not where the records put it");
}

TEST_F(BankChecked, NamesAClaimThatIsSaidToBePaid) {
  heard(BankWord::kReturned, "AC04");
  only<core::Bordereau>().paid[0].by.state = PayoutState::kPaid;
  expect_named("is said to be paid as it is not");
}

TEST_F(BankChecked, NamesARefundThatIsNotSaidToBePaid) {
  const core::Command refund = approve_refund();
  export_run();
  hear({says(payouts()[0], BankWord::kBooked)});
  std::get<core::RequestRow>(world.rows.at(core::request_key(refund.from, refund.request_id, 0)))
      .paid.reset();
  expect_named("paid, and not said so in their own rows: 1 items");
}

TEST_F(BankChecked, NamesAnotherWordOfTheBank) {
  heard(BankWord::kBooked);
  only<core::Payout>().bank->reason = "AC04";
  expect_named("is not as its records left it");
}

TEST_F(BankChecked, NamesWhatCameBackAndIsNotOwed) {
  heard(BankWord::kReturned, "AC04");
  std::erase_if(world.rows,
                [](const auto& each) { return std::holds_alternative<core::Owed>(each.second); });
  expect_named("owed, and in no row of it: 1 items");
}

TEST_F(BankChecked, NamesWhatCameBackAndIsOwedTwice) {
  heard(BankWord::kReturned, "AC04");
  core::Owed twice = owed();
  twice.payee = test::provider("16-000001");
  world.rows[core::owed_key(twice.fund, twice.payee, twice.item.record)] = twice;
  expect_named("is not where the records put it");
}

TEST_F(BankChecked, NamesWhatCameBackAndMayBePaidToTheSameAccount) {
  heard(BankWord::kReturned, "AC04");
  owed().item.came_back->account.clear();
  expect_named("is not where the records put it");
}

TEST_F(BankChecked, NamesEachSetOfPostingsThatIsGone) {
  heard(BankWord::kBooked);
  hear({says(payouts()[0], BankWord::kReturned, "AM05")});
  fill_run();
  for (const auto cause : {core::PostingCause::kExport, core::PostingCause::kBooking,
                           core::PostingCause::kReturn, core::PostingCause::kProposedAgain}) {
    const auto gone = std::erase_if(world.index, [&](const auto& each) {
      const auto set = core::decode_postings(core::as_bytes(each.second));
      return core::posting_place(each.first) && set->cause == cause;
    });
    EXPECT_EQ(gone, 1U) << core::name(cause);
  }
  expect_named("ledger: sets of postings that are missing: 4");
}

TEST_F(BankChecked, NamesASetThatNoPayoutPosted) {
  const core::Payout payout = heard(BankWord::kAccepted);
  const core::RowKey key = core::posting_key(fund(), pharmacy(), world.sequence, 0);
  world.index[key] =
      core::encode_postings(core::booking_postings(payout, payout.amount, world.now));
  expect_named("its postings are not what it did");
}

TEST_F(BankChecked, NamesAReturnThatIsPostedOutOfAnotherAccount) {
  const core::Payout payout = heard(BankWord::kReturned, "AC04");
  for (auto& [key, bytes] : world.index) {
    const auto set = core::decode_postings(core::as_bytes(bytes));
    if (!core::posting_place(key) || set->cause != core::PostingCause::kReturn) continue;
    bytes = core::encode_postings(core::return_postings(payout, payout.amount, true, world.now));
  }
  expect_named("its postings are not what it did");
}

TEST_F(BankChecked, NamesARunThatWasExportedOtherwise) {
  accept_claim();
  export_run();
  only<core::SettlementRun>().exported->account = test::kOtherRib;
  expect_named("the run ");
}

TEST_F(BankChecked, NamesAFileThatIsNotAsFarAsItWas) {
  heard(BankWord::kBooked);
  only<core::StatusFile>().state = StatusFileState::kApplying;
  EXPECT_EQ(found(),
            std::vector<std::string>{"settlement: a status file is not as its records left it"});
}

TEST_F(BankChecked, NamesAPartThatSaysSomethingElse) {
  heard(BankWord::kBooked);
  only<core::StatusPart>().entries[0].word = BankWord::kReturned;
  expect_named("a part of a status file is not as its records left it");
}

TEST_F(BankChecked, NamesANameThatLeadsToAnotherFile) {
  heard(BankWord::kBooked);
  ++only<core::StatusFileName>().file;
  expect_named("the name of a status file is not as its records left it");
}

TEST_F(BankChecked, NamesADeskWithAFileThatIsDone) {
  heard(BankWord::kBooked);
  only<core::StatusDesk>().open = only<core::StatusFile>().id;
  expect_named("what a fund has open of status files is not as its records left it");
}

TEST_F(BankChecked, NamesAVerdictThatTheRecordsContradict) {
  accept_claim();
  export_run();
  const core::Sequence file = begin_file(1);
  const core::Command part =
      of_fund("005", core::ReceiveStatuses{file, 1, {says(payouts()[0], BankWord::kBooked)}});
  auto told = std::get<core::StatusFileDecision>(world.decide(part));
  told.verdicts[0] = StatusVerdict::kContradicts;
  follow(world.sequence + 1, part, told);
  expect_named("misjudges what the bank says");
}

TEST_F(BankChecked, NamesAFileThatIsCarriedOutThoughItIsWrong) {
  accept_claim();
  export_run();
  core::StatusEntry wrong = says(payouts()[0], BankWord::kBooked);
  wrong.amount += core::Cents{1};
  const core::Sequence file = receive_file({wrong});
  core::StatusFileDecision told;
  told.state = StatusFileState::kApplied;
  told.effects.resize(1);
  follow(world.sequence + 1, of_fund("005", core::ApplyStatuses{file}), told);
  expect_named("goes on with a status file that does not stand so");
}

TEST_F(BankChecked, NamesAStepThatCarriesOutMoreThanItsPart) {
  accept_claim();
  approve_refund();
  export_run();
  const core::Sequence file =
      receive_file({says(payouts()[0], BankWord::kBooked), says(payouts()[1], BankWord::kBooked)});
  core::StatusFileDecision told;
  told.state = StatusFileState::kApplied;
  told.effects.resize(2);
  follow(world.sequence + 1, of_fund("005", core::ApplyStatuses{file}), told);
  expect_named("carries out nothing, or more than a part of a status file");
}

TEST_F(BankChecked, NamesASecondFileThatIsOpenedBesideAnother) {
  begin_file(1);
  const core::Command second = of_fund("005", opening("SECOND", 1));
  core::StatusFileDecision told;
  told.state = StatusFileState::kReceiving;
  follow(world.sequence + 1, second, told);
  expect_named("opens a second status file");
}

}  // namespace
}  // namespace wasl::store

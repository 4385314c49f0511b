// What a bank's file says of a fund's payouts.

#include "cli/status_entries.hpp"

#include <gtest/gtest.h>

#include "cli/exported_run.hpp"
#include "core/settlement.hpp"

namespace wasl::cli {
namespace {

using core::Cents;
using iso20022::Direction;
using iso20022::Entry;
using iso20022::Movement;
using iso20022::Notification;
using iso20022::PaymentStatus;
using iso20022::Status;
using iso20022::StatusReport;
using iso20022::Transaction;
using iso20022::TransactionStatus;
using Lines = std::vector<std::string>;

// Two exported runs: 7 with five payouts in files of two, 9 with one.
StatusEntries entries_of(const iso20022::BankFile& file) {
  std::vector<v1::SettlementRun> runs{test::exported_run(7, 5, 2), test::exported_run(9, 1, 500),
                                      test::exported_run(11, 1, 500)};
  runs[1].set_debtor_account(test::kPayeeRib);
  runs[2].set_state(v1::RUN_EXPORTING);
  return status_entries(file, test::kCnas, runs);
}

// "7-1 BANK_REJECTED 0 AC04"
Lines lines_of(const std::vector<v1::StatusEntry>& entries) {
  Lines lines;
  for (const v1::StatusEntry& each : entries) {
    lines.push_back(std::to_string(each.run()) + "-" + std::to_string(each.number()) + " " +
                    v1::BankWord_Name(each.word()) + " " + std::to_string(each.amount_cents()) +
                    " " + each.reason());
  }
  return lines;
}
Lines lines_of(const std::vector<StatusNote>& notes) {
  Lines lines;
  for (const StatusNote& each : notes) lines.push_back(describe(each));
  return lines;
}

TransactionStatus said(const std::string& id, Status status, std::vector<iso20022::Reason> why = {},
                       std::optional<Cents> amount = {}) {
  return {.end_to_end_id = id,
          .status = status,
          .reasons = std::move(why),
          .amount = amount,
          .line = 30};
}

// Of the first file of run 7.
StatusReport report_of(std::vector<TransactionStatus> transactions) {
  StatusReport report;
  report.message_id = "BNA-1";
  report.original_message_id = "CNAS-7-F1";
  PaymentStatus payment;
  payment.payment_id = "CNAS-7-F1";
  payment.transactions = std::move(transactions);
  report.payments.push_back(std::move(payment));
  return report;
}

TEST(StatusReportEntries, AreWhatTheBankSaysOfEachPayoutInTheirOrder) {
  const StatusEntries found = entries_of(
      report_of({said("CNAS-7-2", Status::kRejected, {{"AC04", false}, {"Compte clos", true}}),
                 said("CNAS-7-1", Status::kAccepted, {}, Cents{10'001})}));
  EXPECT_EQ(found.message_id, "BNA-1");
  EXPECT_EQ(lines_of(found.entries),
            (Lines{"7-1 BANK_ACCEPTED 10001 ", "7-2 BANK_REJECTED 0 AC04, Compte clos"}));
  EXPECT_EQ(found.lines, (std::vector<std::uint32_t>{30, 30}));
  EXPECT_TRUE(found.wrong.empty());
  EXPECT_TRUE(found.told.empty());
  EXPECT_EQ(lines_of(entries_of(report_of({said("CNAS-7-1", Status::kPending)})).entries),
            Lines{"7-1 BANK_PENDING 0 "});
}

TEST(StatusReportEntries, RejectAllPayoutsOfAFileThatIsRejectedAndNoOthers) {
  StatusReport report = report_of({});
  report.original_message_id = "CNAS-7-F2";
  report.status = Status::kRejected;
  report.reasons = {{"FF01", false}};
  report.payments.clear();
  EXPECT_EQ(lines_of(entries_of(report).entries),
            (Lines{"7-3 BANK_REJECTED 0 FF01", "7-4 BANK_REJECTED 0 FF01"}));
  report.original_message_id = "CNAS-7-F3";
  EXPECT_EQ(lines_of(entries_of(report).entries), Lines{"7-5 BANK_REJECTED 0 FF01"});
}

TEST(StatusReportEntries, HaveTheReasonThatIsMostSpecial) {
  StatusReport report = report_of({said("CNAS-7-2", Status::kRejected, {{"AC04", false}})});
  report.status = Status::kRejected;
  report.reasons = {{"FF01", false}};
  EXPECT_EQ(lines_of(entries_of(report).entries),
            (Lines{"7-1 BANK_REJECTED 0 FF01", "7-2 BANK_REJECTED 0 AC04"}));
  EXPECT_EQ(entries_of(report).lines, (std::vector<std::uint32_t>{0, 30}));
  report.payments[0].status = Status::kRejected;
  EXPECT_EQ(lines_of(entries_of(report).entries),
            (Lines{"7-1 BANK_REJECTED 0 FF01", "7-2 BANK_REJECTED 0 AC04"}));
  report.payments[0].reasons = {{"AM04", false}};
  EXPECT_EQ(lines_of(entries_of(report).entries),
            (Lines{"7-1 BANK_REJECTED 0 AM04", "7-2 BANK_REJECTED 0 AC04"}));
  report.payments[0].transactions[0].reasons.clear();
  EXPECT_EQ(lines_of(entries_of(report).entries),
            (Lines{"7-1 BANK_REJECTED 0 AM04", "7-2 BANK_REJECTED 0 AM04"}));
}

TEST(StatusReportEntries, KeepReasonsThatHaveRoomAndNoPartOfOne) {
  const std::string longest(core::kBankReasonBytesMax - 6, 'x');
  const auto reason_of = [](std::vector<iso20022::Reason> reasons) {
    return entries_of(report_of({said("CNAS-7-1", Status::kRejected, std::move(reasons))}))
        .entries[0]
        .reason();
  };
  EXPECT_EQ(reason_of({{longest, true}, {"AC04", false}}), longest + ", AC04");
  EXPECT_EQ(reason_of({{longest + "x", true}, {"AC04", false}}), longest + "x");
}

TEST(StatusReportEntries, AreNoneWhereOnlyTheFileIsSpokenOf) {
  for (const auto status : {std::optional(Status::kAccepted), std::optional(Status::kPending),
                            std::optional<Status>()}) {
    StatusReport report = report_of({});
    report.status = status;
    const StatusEntries found = entries_of(report);
    EXPECT_TRUE(found.entries.empty());
    EXPECT_TRUE(found.wrong.empty());
    EXPECT_EQ(lines_of(found.told), Lines{"says nothing of single payouts of CNAS-7-F1"});
  }
}

TEST(StatusReportEntries, AreOfAFileOfOursOnly) {
  for (const char* id : {"CNAS-7-F4", "CNAS-8-F1", "CNAS-11-F1", "CASNOS-7-F1", "x"}) {
    StatusReport report = report_of({said("CNAS-7-1", Status::kAccepted)});
    report.original_message_id = id;
    const StatusEntries found = entries_of(report);
    EXPECT_TRUE(found.entries.empty());
    EXPECT_EQ(lines_of(found.wrong), Lines{"answers " + std::string(id) +
                                           ", which is no file of an exported run of CNAS"});
  }
}

TEST(StatusReportEntries, AreOfPayoutsThatTheFileHolds) {
  for (const char* id : {"CNAS-7-3", "CNAS-7-0", "CNAS-9-1", "CASNOS-7-1", "NOTPROVIDED", "x"}) {
    const StatusEntries found = entries_of(report_of({said(id, Status::kRejected)}));
    EXPECT_EQ(lines_of(found.wrong),
              Lines{"line 30: " + std::string(id) + ": CNAS-7-F1 holds no such payout"});
  }
}

TEST(StatusReportEntries, AreNotTakenOfAFileThatIsDescribedOtherwise) {
  StatusReport report = report_of({});
  report.payments[0].payment_id = "CNAS-7-F2";
  EXPECT_EQ(lines_of(entries_of(report).wrong), Lines{"CNAS-7-F1 has no PmtInf CNAS-7-F2"});
  report = report_of({});
  report.totals.transactions = report.payments[0].totals.transactions = 2;
  EXPECT_TRUE(entries_of(report).wrong.empty());
  report.totals.transactions = 3;
  EXPECT_EQ(lines_of(entries_of(report).wrong),
            Lines{"counts 3 payouts in CNAS-7-F1, which has 2"});
  report = report_of({});
  report.payments.push_back(report.payments[0]);
  EXPECT_EQ(lines_of(entries_of(report).wrong), Lines{"CNAS-7-F1 has one PmtInf"});
}

Transaction moved(const std::string& id, std::int64_t cents, Movement movement) {
  return {.end_to_end_id = id,
          .amount = Cents{cents},
          .movement = movement,
          .return_reason = {},
          .line = 41};
}

// Booked, on the account from which run 7 was paid.
Entry entry_of(std::vector<Transaction> transactions) {
  Entry entry;
  entry.account = test::kFundRib;
  entry.booked = true;
  const bool debit = transactions.empty() || transactions[0].movement == Movement::kPayout;
  entry.direction = debit ? Direction::kDebit : Direction::kCredit;
  for (const Transaction& each : transactions) entry.amount += each.amount;
  entry.transactions = std::move(transactions);
  entry.line = 40;
  return entry;
}

StatusEntries entries_of(const Entry& entry) {
  Notification notification;
  notification.message_id = "BNA-2";
  notification.entries.push_back(entry);
  return entries_of(iso20022::BankFile(notification));
}

TEST(BookedEntries, ArePayoutsThatWereBookedOrSentBack) {
  const StatusEntries booked = entries_of(entry_of({moved("CNAS-7-3", 10'003, Movement::kPayout),
                                                    moved("CNAS-7-1", 10'001, Movement::kPayout)}));
  EXPECT_EQ(booked.message_id, "BNA-2");
  EXPECT_EQ(lines_of(booked.entries), (Lines{"7-1 BANK_BOOKED 10001 ", "7-3 BANK_BOOKED 10003 "}));
  Entry entry = entry_of({moved("CNAS-7-2", 10'002, Movement::kReturn)});
  EXPECT_EQ(lines_of(entries_of(entry).entries), Lines{"7-2 BANK_RETURNED 10002 "});
  entry.transactions[0].return_reason = iso20022::Reason{"AC04", false};
  EXPECT_EQ(lines_of(entries_of(entry).entries), Lines{"7-2 BANK_RETURNED 10002 AC04"});
  EXPECT_TRUE(entries_of(entry).wrong.empty());
}

TEST(BookedEntries, AreNotWhatIsAnnouncedOrNoPayout) {
  Entry announced = entry_of({moved("CNAS-7-1", 1'234'567, Movement::kPayout)});
  announced.booked = false;
  Entry debit = entry_of({});
  debit.amount = Cents{25'000};
  Entry credit = debit;
  credit.direction = Direction::kCredit;
  const std::pair<Entry, std::string> table[] = {
      {announced, "line 40: a debit of 12,345.67 DZD is announced, not booked"},
      {debit, "line 40: a debit of 250.00 DZD names no payouts"},
      {credit, "line 40: a credit of 250.00 DZD names no payouts"},
      {entry_of({moved("CNAS-7-1", 500, Movement::kReceipt)}),
       "line 41: CNAS-7-1: a receipt of 5.00 DZD, no return"},
      {entry_of({moved("NOTPROVIDED", 500, Movement::kPayout)}),
       "line 41: a debit of 5.00 DZD without end-to-end id"},
      {entry_of({moved("NOTPROVIDED", 500, Movement::kReturn)}),
       "line 41: a return of 5.00 DZD without end-to-end id"}};
  for (const auto& [entry, told] : table) {
    const StatusEntries found = entries_of(entry);
    EXPECT_EQ(lines_of(found.told), Lines{told});
    EXPECT_TRUE(found.entries.empty());
    EXPECT_TRUE(found.wrong.empty());
  }
}

// Whoever judges the rest of the file names them with it.
TEST(BookedEntries, AreLeftToTheSwitchWhereThePayoutIsNotKnown) {
  const StatusEntries found = entries_of(entry_of(
      {moved("CNAS-8-1", 10, Movement::kPayout), moved("CNAS-7-6", 20, Movement::kPayout)}));
  EXPECT_EQ(lines_of(found.entries), (Lines{"7-6 BANK_BOOKED 20 ", "8-1 BANK_BOOKED 10 "}));
  EXPECT_TRUE(found.wrong.empty());
}

TEST(BookedEntries, AreWrongWhereNoPayoutOfTheFundCanBeMeant) {
  const std::pair<const char*, const char*> table[] = {
      {"CASNOS-7-1", "no payout of CNAS"},
      {"salaires", "no payout of CNAS"},
      {"CNAS-9-1", "not on the account that the run pays from"}};
  for (const auto& [id, fault] : table) {
    for (const Movement movement : {Movement::kPayout, Movement::kReturn}) {
      const StatusEntries found = entries_of(entry_of({moved(id, 10'001, movement)}));
      EXPECT_EQ(lines_of(found.wrong), Lines{"line 41: " + std::string(id) + ": " + fault});
    }
  }
  EXPECT_EQ(lines_of(entries_of(entry_of({moved("CNAS-7-1", 0, Movement::kPayout)})).wrong),
            Lines{"line 41: CNAS-7-1: an amount of zero"});
}

}  // namespace
}  // namespace wasl::cli

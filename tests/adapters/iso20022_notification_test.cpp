#include "iso20022/notification.hpp"

#include <gtest/gtest.h>

#include "adapters/iso20022_support.hpp"

namespace wasl::iso20022 {
namespace {

using core::Cents;
using test::notification;
using test::problem_of;
using test::sample_entries;
using test::with;

// The package of the schemas has none of camt.054, but camt.052's entries are of the same type.
Notification read(const std::string& entries) {
  EXPECT_EQ(test::schema_problems(test::kCamt052, test::account_report(entries)), "");
  const auto read = read_bank_file(notification(entries), test::expected());
  EXPECT_TRUE(read) << core::describe(read.error());
  return read ? std::get<Notification>(*read) : Notification{};
}

constexpr std::string_view kEntry = "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry";
constexpr std::string_view kTransaction = "BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry/NtryDtls/TxDtls";

// "line 7: path: ", of the first line that holds `what`.
std::string at(std::string_view what, std::string_view path, std::string_view below = "") {
  return test::line_of(notification(sample_entries()), what) + ": " + std::string(path) +
         std::string(below) + ": ";
}

// With the sample's entries changed in one place.
std::string problem(std::string_view what, std::string_view instead) {
  return problem_of(notification(with(sample_entries(), what, instead)));
}

TEST(Notification, TellsPayoutsReturnsAndAnnouncementsApart) {
  const Notification read_back = read(sample_entries());
  EXPECT_EQ(read_back.message_id, "BNA-NTF-20260312");
  EXPECT_EQ(core::to_text(read_back.created_at), "2026-03-12T19:00:00.000Z");
  ASSERT_EQ(read_back.entries.size(), 3U);

  const Entry& booked = read_back.entries[0];
  EXPECT_EQ(booked.account, "00100600030000012339");
  EXPECT_TRUE(booked.booked);
  EXPECT_EQ(booked.direction, Direction::kDebit);
  EXPECT_EQ(booked.amount, Cents{1'200'25});
  EXPECT_EQ(booked.booked_on, core::parse_day("2026-03-12"));
  ASSERT_EQ(booked.transactions.size(), 2U);
  EXPECT_EQ(booked.transactions[0].end_to_end_id, "R000042-000001");
  EXPECT_EQ(booked.transactions[0].amount, Cents{1'000'25});
  EXPECT_EQ(booked.transactions[0].movement, Movement::kPayout);
  EXPECT_EQ(booked.transactions[1].amount, Cents{200'00});
  EXPECT_EQ("line " + std::to_string(booked.transactions[0].line),
            test::line_of(notification(sample_entries()), "<TxDtls>"));

  const Entry& returned = read_back.entries[1];
  EXPECT_TRUE(returned.booked);
  EXPECT_EQ(returned.direction, Direction::kCredit);
  EXPECT_EQ(returned.booked_on, core::parse_day("2026-03-12"));
  ASSERT_EQ(returned.transactions.size(), 1U);
  EXPECT_EQ(returned.transactions[0].movement, Movement::kReturn);
  EXPECT_EQ(returned.transactions[0].return_reason, (Reason{"AC01", false}));

  const Entry& announced = read_back.entries[2];
  EXPECT_FALSE(announced.booked);
  EXPECT_EQ(announced.booked_on, std::nullopt);
  ASSERT_EQ(announced.transactions.size(), 1U);
  EXPECT_EQ(announced.transactions[0].end_to_end_id, "R000042-000004");
}

TEST(Notification, BooksNothingButBook) {
  for (const char* status :
       {"<Cd>PDNG</Cd>", "<Cd>INFO</Cd>", "<Cd>FUTR</Cd>", "<Prtry>BOOK</Prtry>"}) {
    const Notification read_back = read(with(sample_entries(), "<Cd>BOOK</Cd>", status));
    ASSERT_EQ(read_back.entries.size(), 3U);
    EXPECT_FALSE(read_back.entries[0].booked) << status;
  }
}

TEST(Notification, TakesACreditWithoutReturnInformationForAReturnOnlyWhereItReverses) {
  std::string entries = sample_entries();
  const std::size_t begin = entries.find("<RtrInf>");
  const std::size_t end = entries.find("</RtrInf>");
  entries.erase(begin, end + 9 - begin);
  const Notification reversal = read(entries);
  ASSERT_EQ(reversal.entries.size(), 3U);
  EXPECT_TRUE(reversal.entries[1].reversal);
  EXPECT_EQ(reversal.entries[1].transactions[0].movement, Movement::kReturn);
  const Notification receipt = read(with(entries, "<RvslInd>true", "<RvslInd>false"));
  ASSERT_EQ(receipt.entries.size(), 3U);
  EXPECT_EQ(receipt.entries[1].transactions[0].movement, Movement::kReceipt);
}

TEST(Notification, TakesReturnsWithTheBanksOwnReasonOrNone) {
  const Notification own =
      read(with(sample_entries(), "<Cd>AC01</Cd>", "<Prtry>RIB inconnu</Prtry>"));
  ASSERT_EQ(own.entries.size(), 3U);
  EXPECT_EQ(own.entries[1].transactions[0].return_reason, (Reason{"RIB inconnu", true}));
  const Notification none = read(with(sample_entries(), "<Rsn><Cd>AC01</Cd></Rsn>", ""));
  ASSERT_EQ(none.entries.size(), 3U);
  EXPECT_EQ(none.entries[1].transactions[0].movement, Movement::kReturn);
  EXPECT_EQ(none.entries[1].transactions[0].return_reason, std::nullopt);
}

TEST(Notification, MayHoldNoEntriesAndEntriesWithoutTransactions) {
  EXPECT_TRUE(read("").entries.empty());
  std::string entries = sample_entries();
  const std::size_t begin = entries.find("<NtryDtls>");
  const std::size_t end = entries.find("</NtryDtls>");
  const Notification read_back = read(entries.erase(begin, end + 11 - begin));
  ASSERT_EQ(read_back.entries.size(), 3U);
  EXPECT_TRUE(read_back.entries[0].transactions.empty());
  EXPECT_EQ(read_back.entries[0].amount, Cents{1'200'25});
}

TEST(Notification, RefusesTransactionsThatDoNotAddUpToTheirEntry) {
  const std::string sums =
      "malformed: " + at("<Ntry>", kEntry) + "its transactions do not add up to its amount";
  EXPECT_EQ(problem("1200.25", "1200.26"), sums);
  EXPECT_EQ(problem("1200.25", "1200.24"), sums);
  EXPECT_EQ(problem("1000.25", "9999999999999999.99"), sums);
  EXPECT_EQ(problem("<Amt Ccy=\"DZD\">200</Amt>", "<Amt Ccy=\"DZD\">0</Amt>"), sums);
}

TEST(Notification, RefusesAnotherCurrency) {
  const std::string expected = "expected an amount with Ccy=\"DZD\"";
  const std::string of_entry = "out of range: " + at("1200.25", kEntry, "/Amt") + expected;
  EXPECT_EQ(problem("\"DZD\">1200.25", "\"EUR\">1200.25"), of_entry);
  EXPECT_EQ(problem(" Ccy=\"DZD\">1200.25", ">1200.25"), of_entry);
  EXPECT_EQ(problem("\"DZD\">1000.25", "\"dzd\">1000.25"),
            "out of range: " + at("1000.25", kTransaction, "/Amt") + expected);
}

TEST(Notification, RefusesTheSameEndToEndIdTwice) {
  const std::string same = "the same end-to-end id as on " +
                           test::line_of(notification(sample_entries()), "R000042-000001");
  for (const char* id : {"R000042-000003", "R000041-000007", "R000042-000004"}) {
    EXPECT_EQ(problem(id, "R000042-000001"),
              "malformed: " + at(id, kTransaction, "/Refs/EndToEndId") + same);
  }
}

TEST(Notification, RefusesMovementsThatAPayoutNeverMakes) {
  EXPECT_EQ(
      problem("<RvslInd>false", "<RvslInd>true"),
      "unsupported: " + at("<RvslInd>", kEntry, "/RvslInd") + "a debit that takes back a credit");
  EXPECT_EQ(problem(">200</Amt>", ">200</Amt><RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>"),
            "unsupported: " + at(">200</Amt>", kTransaction, "/RtrInf") + "a return by a debit");
  EXPECT_EQ(problem(">200</Amt>", ">200</Amt><CdtDbtInd>CRDT</CdtDbtInd>"),
            "unsupported: " + at(">200</Amt>", kTransaction, "/CdtDbtInd") +
                "an entry of debits and credits together");
}

TEST(Notification, SaysWhichElementIsMissing) {
  const std::string entry = "malformed: " + at("<Ntry>", kEntry);
  EXPECT_EQ(problem("<Amt Ccy=\"DZD\">1200.25</Amt>", ""), entry + "Amt is missing");
  EXPECT_EQ(problem("<BookgDt><Dt>2026-03-12</Dt></BookgDt>", ""), entry + "BookgDt is missing");
  EXPECT_EQ(problem("<Sts><Cd>BOOK</Cd></Sts>", ""), entry + "Sts is missing");
  const std::string transaction = "malformed: " + at("<TxDtls>", kTransaction);
  EXPECT_EQ(problem("<Amt Ccy=\"DZD\">1000.25</Amt>", ""), transaction + "Amt is missing");
  EXPECT_EQ(problem("<Refs><EndToEndId>R000042-000001</EndToEndId></Refs>", ""),
            transaction + "Refs is missing");
}

TEST(Notification, RefusesValuesThatAreNone) {
  const std::pair<const char*, const char*> table[] = {
      {">1200.25<", ">-1200.25<"},
      {">1200.25<", ">1200.255<"},
      {">1200.25<", ">1,200.25<"},
      {">1200.25<", "><"},
      {">1200.25<", "><Amt>1200.25</Amt><"},
      {"<Dt>2026-03-12<", "<Dt>2026-02-30<"},
      {"<Dt>2026-03-12</Dt>", ""},
      {"<Dt>2026-03-12</Dt>", "<Dt>2026-03-12</Dt><DtTm>2026-03-12T10:00:00</DtTm>"},
      {"<CdtDbtInd>DBIT", "<CdtDbtInd>BOTH"},
      {"<RvslInd>false", "<RvslInd>perhaps"},
      {"<Cd>BOOK</Cd>", "<Cd>BOOKED</Cd>"},
      {"<Cd>BOOK</Cd>", "BOOK"},
      {"R000042-000001", "R000042-0000000000000000000000000001"},
      {"R000042-000001", ""},
      {"R000042-000001", "R000042\n000001"},
  };
  for (const auto& [what, instead] : table) {
    const std::string said = problem(what, instead);
    EXPECT_TRUE(said.starts_with("malformed: line ")) << instead << ": " << said;
  }
}

}  // namespace
}  // namespace wasl::iso20022

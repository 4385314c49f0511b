#include "iso20022/status_report.hpp"

#include <gtest/gtest.h>

#include <map>

#include "adapters/iso20022_support.hpp"
#include "support/page_table.hpp"

namespace wasl::iso20022 {
namespace {

using core::Cents;
using test::kPain002;
using test::problem_of;
using test::schema_problems;
using test::status_report;
using test::with;

StatusReport read(const std::string& file) {
  EXPECT_EQ(schema_problems(kPain002, file), "");
  const auto read = read_bank_file(file, test::expected());
  EXPECT_TRUE(read) << core::describe(read.error());
  return read ? std::get<StatusReport>(*read) : StatusReport{};
}

TEST(StatusReport, SaysWhatTheBankSaysOfEachPayout) {
  const StatusReport report = read(status_report());
  EXPECT_EQ(report.message_id, "BNA-20260311-000017");
  EXPECT_EQ(core::to_text(report.created_at), "2026-03-11T05:30:00.000Z");
  EXPECT_EQ(report.original_message_id, "CNAS-R000042-1");
  EXPECT_EQ(report.status, Status::kPartial);
  EXPECT_EQ(report.reasons, (std::vector<Reason>{{"une ligne refusée", true}}));
  EXPECT_EQ(report.totals.transactions, 3U);
  EXPECT_EQ(report.totals.control_sum, Cents{2'012'75});

  ASSERT_EQ(report.payments.size(), 1U);
  const PaymentStatus& payment = report.payments[0];
  EXPECT_EQ(payment.payment_id, "CNAS-R000042-1");
  EXPECT_EQ(payment.status, Status::kPartial);
  EXPECT_TRUE(payment.reasons.empty());
  EXPECT_EQ(payment.totals.transactions, 3U);

  ASSERT_EQ(payment.transactions.size(), 3U);
  const TransactionStatus& rejected = payment.transactions[1];
  EXPECT_EQ(rejected.end_to_end_id, "R000042-000002");
  EXPECT_EQ(rejected.status, Status::kRejected);
  EXPECT_EQ(rejected.reasons, (std::vector<Reason>{{"AC04", false}}));
  EXPECT_EQ(rejected.amount, Cents{812'50});
  EXPECT_EQ("line " + std::to_string(rejected.line),
            test::line_of(status_report(), "<TxInfAndSts>\n        <StsId>"));
  EXPECT_EQ(payment.transactions[0].status, Status::kAccepted);
  EXPECT_EQ(payment.transactions[0].amount, std::nullopt);
  EXPECT_EQ(payment.transactions[2].status, Status::kPending);
}

TEST(StatusReport, TakesEveryCodeForWhatTheDocumentSays) {
  const std::map<std::string, Status> words = {{"accepted", Status::kAccepted},
                                               {"pending", Status::kPending},
                                               {"rejected", Status::kRejected}};
  int codes = 0;
  for (const test::Cells& row : test::table_rows("bank_files.md")) {
    const auto word = row.size() == 3 ? words.find(row[1]) : words.end();
    if (word == words.end()) continue;
    ++codes;
    const StatusReport report = read(with(status_report(), "ACSP", row[0]));
    ASSERT_EQ(report.payments.size(), 1U);
    EXPECT_EQ(report.payments[0].transactions[0].status, word->second) << row[0];
  }
  EXPECT_EQ(codes, 9);
}

// The list of the transactions is ours to know: the bank need not repeat it.
TEST(StatusReport, LetsARejectedFileStandForAllOfItsPayouts) {
  const std::string all = status_report();
  const std::size_t begin = all.find("    <OrgnlPmtInfAndSts>");
  const std::size_t end = all.find("  </CstmrPmtStsRpt>");
  const StatusReport report =
      read(with(all.substr(0, begin) + all.substr(end), ">PART<", ">RJCT<"));
  EXPECT_EQ(report.status, Status::kRejected);
  EXPECT_TRUE(report.payments.empty());
}

TEST(StatusReport, MayLeaveGroupAndPaymentWithoutAStatus) {
  const std::string without_group = with(status_report(), "<GrpSts>PART</GrpSts>", "");
  const StatusReport report = read(with(without_group, "<PmtInfSts>PART</PmtInfSts>", ""));
  EXPECT_EQ(report.status, std::nullopt);
  ASSERT_EQ(report.payments.size(), 1U);
  EXPECT_EQ(report.payments[0].status, std::nullopt);
}

constexpr std::string_view kTransaction = "CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts";

// "line 7: path: ", of the sample's first line that holds `what`.
std::string at(std::string_view what, std::string_view path) {
  return test::line_of(status_report(), what) + ": " + std::string(path) + ": ";
}

// With the sample changed in one place.
std::string problem(std::string_view what, std::string_view instead) {
  return problem_of(with(status_report(), what, instead));
}

TEST(StatusReport, NamesThePlaceOfAnUnknownStatus) {
  const std::string status = at("ACSP", std::string(kTransaction) + "/TxSts");
  EXPECT_EQ(problem("ACSP", "CANC"),
            "unsupported: " + status + "the status CANC is not known here");
  EXPECT_EQ(problem("ACSP", "PART"),
            "unsupported: " + status + "the status PART is not known here");
  EXPECT_EQ(problem("ACSP", "acsp"),
            "malformed: " + status + "expected a code of 1 to 4 capitals or digits");
  EXPECT_EQ(problem("<GrpSts>PART", "<GrpSts>WHAT"),
            "unsupported: " + at("<GrpSts>", "CstmrPmtStsRpt/OrgnlGrpInfAndSts/GrpSts") +
                "the status WHAT is not known here");
}

TEST(StatusReport, RefusesAStatusThatContradictsARejectionAboveIt) {
  const std::string contradiction = "contradicts the rejection of what it belongs to";
  EXPECT_EQ(problem("<GrpSts>PART", "<GrpSts>RJCT"),
            "malformed: " + at("<PmtInfSts>", "CstmrPmtStsRpt/OrgnlPmtInfAndSts/PmtInfSts") +
                contradiction);
  EXPECT_EQ(problem("<PmtInfSts>PART", "<PmtInfSts>RJCT"),
            "malformed: " + at("ACSP", std::string(kTransaction) + "/TxSts") + contradiction);
}

TEST(StatusReport, RefusesTheSameEndToEndIdTwiceWithoutRepeatingIt) {
  EXPECT_EQ(problem("R000042-000003", "R000042-000001"),
            "malformed: " + at("R000042-000003", std::string(kTransaction) + "/OrgnlEndToEndId") +
                "the same end-to-end id as on " + test::line_of(status_report(), "R000042-000001"));
}

TEST(StatusReport, RefusesAnotherCurrency) {
  EXPECT_EQ(problem("Ccy=\"DZD\"", "Ccy=\"EUR\""),
            "out of range: " + at("Ccy=", std::string(kTransaction) + "/OrgnlTxRef/Amt/InstdAmt") +
                "expected an amount with Ccy=\"DZD\"");
}

TEST(StatusReport, AnswersCreditTransfersOnly) {
  EXPECT_EQ(read(with(status_report(), "pain.001.001.09", "pain.001")).message_id,
            "BNA-20260311-000017");
  EXPECT_EQ(
      problem("pain.001.001.09", "pain.008.001.08"),
      "unsupported: " + at("pain.001.001.09", "CstmrPmtStsRpt/OrgnlGrpInfAndSts/OrgnlMsgNmId") +
          "an answer to another message than pain.001");
}

TEST(StatusReport, SaysWhichElementIsMissing) {
  const std::string group = at("<OrgnlGrpInfAndSts>", "CstmrPmtStsRpt/OrgnlGrpInfAndSts");
  const std::string transaction = at("<TxInfAndSts>", kTransaction);
  const std::pair<const char*, std::string> table[] = {
      {"<MsgId>BNA-20260311-000017</MsgId>", at("<GrpHdr>", "CstmrPmtStsRpt/GrpHdr") + "MsgId"},
      {"<CreDtTm>2026-03-11T06:30:00+01:00</CreDtTm>",
       at("<GrpHdr>", "CstmrPmtStsRpt/GrpHdr") + "CreDtTm"},
      {"<OrgnlMsgId>CNAS-R000042-1</OrgnlMsgId>", group + "OrgnlMsgId"},
      {"<OrgnlEndToEndId>R000042-000001</OrgnlEndToEndId>", transaction + "OrgnlEndToEndId"},
      {"<TxSts>ACSP</TxSts>", transaction + "TxSts"},
  };
  for (const auto& [element, place] : table) {
    EXPECT_EQ(problem(element, ""), "malformed: " + place + " is missing");
  }
}

TEST(StatusReport, RefusesElementsTwiceOrOutOfOrder) {
  const std::string status = "<TxSts>ACSP</TxSts>";
  const std::string id = "<OrgnlEndToEndId>R000042-000001</OrgnlEndToEndId>";
  EXPECT_EQ(problem(status, status + status),
            "malformed: " + at(status, std::string(kTransaction) + "/TxSts") +
                "stands twice, or behind an element that must follow it");
  EXPECT_EQ(problem_of(with(with(status_report(), id, ""), status, status + id)),
            "malformed: " + at("<TxInfAndSts>", kTransaction) + "OrgnlEndToEndId is missing");
}

}  // namespace
}  // namespace wasl::iso20022

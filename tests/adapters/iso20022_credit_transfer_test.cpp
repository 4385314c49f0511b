#include "iso20022/credit_transfer.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "adapters/iso20022_support.hpp"
#include "iso20022/values.hpp"
#include "support/golden.hpp"

namespace wasl::iso20022 {
namespace {

using core::Cents;
using core::Errc;
using core::Result;
using test::kPain001;
using test::schema_problems;

constexpr std::string_view kDebtorRib = "00100600030000012339";
constexpr std::string_view kCreditorRib = "00799999002345678941";

std::vector<Payout> three_payouts() {
  return {{"R000042-000001", Cents{1'000'25}, "صيدلية الأمل", "00400123400000000135",
           "Bordereaux 16-004512/2026/31 à 33"},
          {"R000042-000002", Cents{812'50}, "Pharmacie \"Ben & Frères\" <Béjaïa>",
           std::string(kCreditorRib), "l'avance > 30 jours; ]]>"},
          {"R000042-000003", Cents{1}, "Zohra Benaïssa", "01200001000000000144", ""}};
}

CreditTransfer transfer_of(std::span<const Payout> payouts) {
  using std::chrono::sys_days;
  CreditTransfer transfer;
  transfer.message_id = "CNAS-R000042-1";
  transfer.created_at = sys_days{std::chrono::year{2026} / 3 / 10} + std::chrono::hours{8} +
                        std::chrono::milliseconds{123};
  transfer.initiating_party = "CNAS";
  transfer.debtor_name = "Caisse nationale des assurances sociales";
  transfer.debtor_rib = kDebtorRib;
  transfer.currency = "DZD";
  transfer.value_date = sys_days{std::chrono::year{2026} / 3 / 12};
  transfer.payouts = payouts;
  return transfer;
}

std::string written(const CreditTransfer& transfer) {
  const Result<std::string> file = write_credit_transfer(transfer);
  EXPECT_TRUE(file) << core::describe(file.error());
  return file ? *file : "";
}

std::string problem(const CreditTransfer& transfer) {
  const Result<std::string> file = write_credit_transfer(transfer);
  return file ? "written" : core::describe(file.error());
}

// What is wrong with a file of one payout, changed.
template <typename Change>
std::string problem_of_payout(Change change) {
  std::vector<Payout> payouts{three_payouts()[0]};
  change(payouts[0]);
  return problem(transfer_of(payouts));
}

template <typename Change>
std::string problem_of_transfer(Change change) {
  const std::vector<Payout> payouts = three_payouts();
  CreditTransfer transfer = transfer_of(payouts);
  change(transfer);
  return problem(transfer);
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

TEST(CreditTransfer, IsTheSameBytesForEver) {
  const std::vector<Payout> payouts = three_payouts();
  const std::string file = written(transfer_of(payouts));
  EXPECT_EQ(file, written(transfer_of(payouts)));
  ASSERT_TRUE(file.ends_with('\n'));
  test::Golden golden("credit_transfer.txt", "A file of three payouts, pain.001.001.09.");
  std::istringstream lines(file);
  for (std::string line; std::getline(lines, line);) golden.add_line(line);
  golden.check();
}

TEST(CreditTransfer, IsValidAgainstItsSchema) {
  const std::vector<Payout> payouts = three_payouts();
  EXPECT_EQ(schema_problems(kPain001, written(transfer_of(payouts))), "");
}

// Else the test before would prove nothing.
TEST(CreditTransfer, IsInvalidOnceAnElementIsLost) {
  const std::vector<Payout> payouts = three_payouts();
  const std::string file = written(transfer_of(payouts));
  for (const std::string_view line : {"<PmtMtd>TRF</PmtMtd>", "<NbOfTxs>3</NbOfTxs>"}) {
    EXPECT_NE(schema_problems(kPain001, test::with(file, line, "")), "") << line;
  }
}

TEST(CreditTransfer, TellsCountAndControlSumTwice) {
  const std::vector<Payout> payouts = three_payouts();
  const std::string file = written(transfer_of(payouts));
  EXPECT_EQ(count_of(file, "<NbOfTxs>3</NbOfTxs>"), 2U);
  EXPECT_EQ(count_of(file, "<CtrlSum>1812.76</CtrlSum>"), 2U);
}

TEST(CreditTransfer, KeepsTheOrderOfThePayouts) {
  std::vector<Payout> payouts = three_payouts();
  std::ranges::reverse(payouts);
  const std::string file = written(transfer_of(payouts));
  EXPECT_LT(file.find("R000042-000003"), file.find("R000042-000002"));
  EXPECT_LT(file.find("R000042-000002"), file.find("R000042-000001"));
}

TEST(CreditTransfer, EscapesWhatXmlWouldRead) {
  const std::vector<Payout> payouts = three_payouts();
  const std::string file = written(transfer_of(payouts));
  EXPECT_NE(file.find("<Nm>Pharmacie \"Ben &amp; Frères\" &lt;Béjaïa&gt;</Nm>"), std::string::npos);
  EXPECT_NE(file.find("<Ustrd>l'avance &gt; 30 jours; ]]&gt;</Ustrd>"), std::string::npos);
  EXPECT_NE(file.find("<Nm>صيدلية الأمل</Nm>"), std::string::npos);
}

TEST(CreditTransfer, NamesTheDebtorsBankByTheFirstDigitsOfItsRib) {
  const std::vector<Payout> payouts = three_payouts();
  CreditTransfer transfer = transfer_of(payouts);
  EXPECT_EQ(count_of(written(transfer), "<MmbId>001</MmbId>"), 1U);
  transfer.debtor_rib = kCreditorRib;
  EXPECT_EQ(count_of(written(transfer), "<MmbId>007</MmbId>"), 1U);
}

TEST(CreditTransfer, LeavesOutARemittanceThatIsEmpty) {
  const std::vector<Payout> payouts = three_payouts();
  EXPECT_EQ(count_of(written(transfer_of(payouts)), "<RmtInf>"), 2U);
}

// The letter ص has two bytes, so a count of bytes would refuse what the schema admits.
TEST(CreditTransfer, CountsCharactersAtTheirBounds) {
  std::string longest;
  for (int i = 0; i < 140; ++i) longest += "ص";
  std::vector<Payout> payouts{three_payouts()[0]};
  payouts[0].creditor_name = payouts[0].remittance = longest;
  payouts[0].end_to_end_id = longest.substr(0, 2 * std::size_t{35});
  CreditTransfer transfer = transfer_of(payouts);
  transfer.message_id = std::string(35, 'M');
  transfer.initiating_party = transfer.debtor_name = longest;
  EXPECT_EQ(schema_problems(kPain001, written(transfer)), "");
}

TEST(CreditTransfer, NamesThePayoutAndItsFieldThatIsTooLongOrEmpty) {
  EXPECT_EQ(problem_of_payout([](Payout& p) { p.end_to_end_id = std::string(36, 'E'); }),
            "out of range: payout 1: end-to-end id: 36 characters, expected 1 to 35");
  EXPECT_EQ(problem_of_payout([](Payout& p) { p.end_to_end_id.clear(); }),
            "out of range: payout 1: end-to-end id: 0 characters, expected 1 to 35");
  EXPECT_EQ(problem_of_payout([](Payout& p) { p.creditor_name = std::string(141, 'N'); }),
            "out of range: payout 1: creditor name: 141 characters, expected 1 to 140");
  EXPECT_EQ(problem_of_payout([](Payout& p) { p.creditor_name.clear(); }),
            "out of range: payout 1: creditor name: 0 characters, expected 1 to 140");
  EXPECT_EQ(problem_of_payout([](Payout& p) { p.remittance = std::string(141, 'R'); }),
            "out of range: payout 1: remittance: 141 characters, expected 1 to 140");
}

TEST(CreditTransfer, NamesTheFieldOfTheFileThatIsTooLongOrEmpty) {
  const std::pair<const char*, std::string CreditTransfer::*> fields[] = {
      {"message id", &CreditTransfer::message_id},
      {"initiating party", &CreditTransfer::initiating_party},
      {"debtor name", &CreditTransfer::debtor_name},
  };
  for (const auto& [name, field] : fields) {
    for (const std::size_t characters : {0U, 141U}) {
      const std::string text = problem_of_transfer(
          [&](CreditTransfer& transfer) { transfer.*field = std::string(characters, 'x'); });
      EXPECT_TRUE(text.starts_with("out of range: " + std::string(name) + ": ")) << text;
    }
  }
  EXPECT_EQ(problem_of_transfer([](CreditTransfer& t) { t.message_id = std::string(36, 'M'); }),
            "out of range: message id: 36 characters, expected 1 to 35");
}

TEST(CreditTransfer, RefusesCharactersThatNoFileCanHold) {
  using std::string_literals::operator""s;
  const std::string wrong[] = {
      "a\0b"s,        "a\nb",         "a\tb",         "a\x7f",           "\xff", "\xc3", "\xc0\x80",
      "\xed\xa0\x80", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xf4\x90\x80\x80"};
  for (const std::string& text : wrong) {
    const std::string said = problem_of_payout([&](Payout& p) { p.creditor_name = text; });
    EXPECT_TRUE(said.starts_with("malformed: payout 1: creditor name: ")) << said;
  }
}

TEST(CreditTransfer, WritesAmountsAtTheirBounds) {
  std::vector<Payout> payouts{three_payouts()[0]};
  payouts[0].amount = kAmountMax;
  const std::string file = written(transfer_of(payouts));
  EXPECT_EQ(schema_problems(kPain001, file), "");
  EXPECT_NE(file.find("<InstdAmt Ccy=\"DZD\">9999999999999999.99</InstdAmt>"), std::string::npos);
  payouts[0].amount = Cents{1};
  EXPECT_NE(written(transfer_of(payouts)).find("<InstdAmt Ccy=\"DZD\">0.01</InstdAmt>"),
            std::string::npos);

  const std::string expected =
      "out of range: payout 1: amount: expected 0.01 to 9999999999999999.99";
  for (const Cents amount : {Cents{0}, Cents{-1}, kAmountMax + Cents{1}, Cents{INT64_MIN}}) {
    EXPECT_EQ(problem_of_payout([&](Payout& p) { p.amount = amount; }), expected);
  }
}

TEST(CreditTransfer, RefusesAControlSumThatHasNoRoom) {
  std::vector<Payout> payouts = three_payouts();
  payouts[0].amount = kAmountMax - payouts[1].amount - payouts[2].amount;
  EXPECT_EQ(schema_problems(kPain001, written(transfer_of(payouts))), "");
  payouts[0].amount += Cents{1};
  EXPECT_EQ(problem(transfer_of(payouts)),
            "out of range: payout 3: control sum: expected at most 9999999999999999.99");
}

TEST(CreditTransfer, RefusesAnAccountWithAWrongKey) {
  const auto wrong_key = [](Payout& p) { p.creditor_rib = "00799999002345678966"; };
  const auto iban = [](Payout& p) { p.creditor_rib = "DZ580021000001113000"; };
  const std::string expected =
      "out of range: payout 1: creditor RIB: expected the 20 digits of a RIB with its right key";
  EXPECT_EQ(problem_of_payout(wrong_key), expected);
  EXPECT_EQ(problem_of_payout(iban), expected);
  EXPECT_EQ(problem_of_transfer([](CreditTransfer& t) { t.debtor_rib.clear(); }),
            "out of range: debtor RIB: expected the 20 digits of a RIB with its right key");
}

TEST(CreditTransfer, RefusesACurrencyOrADayThatIsNone) {
  for (const char* currency : {"", "DZ", "dzd", "DZDX", "D\"D"}) {
    EXPECT_EQ(problem_of_transfer([&](CreditTransfer& t) { t.currency = currency; }),
              "out of range: currency: expected three capital letters");
  }
  const std::string expected =
      "out of range: creation time and value date: expected years from 1900 to 2199";
  EXPECT_EQ(problem_of_transfer(
                [](CreditTransfer& t) { t.value_date = core::kDayMax + std::chrono::days{1}; }),
            expected);
  EXPECT_EQ(problem_of_transfer([](CreditTransfer& t) {
              t.created_at = core::kDayMin - std::chrono::milliseconds{1};
            }),
            expected);
}

TEST(CreditTransfer, RefusesTheSameEndToEndIdTwice) {
  std::vector<Payout> payouts = three_payouts();
  payouts[2].end_to_end_id = payouts[0].end_to_end_id;
  EXPECT_EQ(problem(transfer_of(payouts)),
            "out of range: payout 3: end-to-end id: another payout has it, too");
}

std::vector<Payout> many_payouts(std::size_t count) {
  std::vector<Payout> payouts(count, three_payouts()[0]);
  for (std::size_t i = 0; i < count; ++i) payouts[i].end_to_end_id = "E" + std::to_string(i);
  return payouts;
}

TEST(CreditTransfer, HoldsOneToTenThousandPayouts) {
  EXPECT_EQ(problem(transfer_of({})), "out of range: payouts: there are none");
  const std::vector<Payout> payouts = many_payouts(kPayoutsPerFileMax + 1);
  EXPECT_EQ(problem(transfer_of(payouts)),
            "limit reached: payouts: expected at most 10000 in one file");
  const std::string file = written(transfer_of(std::span(payouts).first(kPayoutsPerFileMax)));
  EXPECT_EQ(schema_problems(kPain001, file), "");
}

}  // namespace
}  // namespace wasl::iso20022

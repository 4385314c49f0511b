// Accounts as they are typed, and the list of the changes that wait.

#include "cli/payout_view.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cli/counter_command.hpp"
#include "cli/typed_command.hpp"

namespace wasl::cli {
namespace {

std::string fault_of(std::string_view typed) {
  const auto account = parse_payout_account(typed);
  EXPECT_FALSE(account) << typed;
  return account ? std::string() : account.error().context;
}

TEST(PayoutAccount, IsTypedWithOrWithoutSpaces) {
  for (const char* typed :
       {"00799999002345678941", "007 99999 0023456789 41", " 0079 9999 0023 4567 8941 "}) {
    const auto account = parse_payout_account(typed);
    ASSERT_TRUE(account) << typed << ": " << account.error().context;
    EXPECT_EQ(*account, "00799999002345678941");
  }
}

TEST(PayoutAccount, SaysWhatIsWrongWithANumber) {
  EXPECT_EQ(fault_of("007 99999 0023456789 4"), "an account number has 20 digits, this one 19");
  EXPECT_EQ(fault_of("007 99999 0023456789 411"), "an account number has 20 digits, this one 21");
  EXPECT_EQ(fault_of(""), "an account number has 20 digits, this one 0");
  EXPECT_EQ(fault_of("007 99999 OO23456789 41"),
            "an account number is made of digits and spaces alone");
  EXPECT_EQ(fault_of("007-99999-0023456789-41"),
            "an account number is made of digits and spaces alone");
  EXPECT_EQ(fault_of("007 99999 0023456798 41"),
            "the key, the last two digits, does not fit the others: one is mistyped");
}

std::vector<v1::PayoutChange> waiting() {
  std::vector<v1::PayoutChange> changes(2);
  changes[0].mutable_payee()->set_insured_number("1600123456");
  changes[0].set_payout_account("****************8941");
  changes[0].set_operator_id("042");
  changes[0].set_entered_at_ms(1'773'131'400'123);
  changes[1] = changes[0];
  changes[1].mutable_payee()->mutable_provider()->set_role(v1::PROVIDER);
  changes[1].mutable_payee()->mutable_provider()->set_id("16-004512");
  return changes;
}

TEST(PayoutChanges, NameThePayeeTheLastDigitsAndWhoEnteredThem) {
  EXPECT_EQ(payout_changes(waiting(), Format::kText),
            "payee                               account  entered by  since\n"
            "insured 1600123456                     8941  042         2026-03-10T08:30:00.123Z\n"
            "pharmacy 16-004512                     8941  042         2026-03-10T08:30:00.123Z\n"
            "waiting for a second person: 2\n");
  EXPECT_EQ(payout_changes({}, Format::kText), "no account waits for a second person\n");
}

TEST(PayoutChanges, AreListedForMachines) {
  EXPECT_EQ(payout_changes(waiting(), Format::kCsv),
            "payee,id,last_digits,operator,entered_at\n"
            "insured,1600123456,8941,042,2026-03-10T08:30:00.123Z\n"
            "provider,16-004512,8941,042,2026-03-10T08:30:00.123Z\n");
  const std::vector<v1::PayoutChange> changes = waiting();
  EXPECT_EQ(payout_changes(std::span(changes).last(1), Format::kJson),
            R"({"changes":[{"payee":"provider","id":"16-004512","last_digits":"8941",)"
            R"("operator":"042","entered_at":"2026-03-10T08:30:00.123Z"}]})"
            "\n");
}

TEST(PayoutChanges, NameAFundsOwnAccount) {
  std::vector<v1::PayoutChange> changes = waiting();
  changes.resize(1);
  changes[0].mutable_payee()->mutable_provider()->set_role(v1::FUND);
  changes[0].mutable_payee()->mutable_provider()->set_id("CNAS");
  EXPECT_NE(payout_changes(changes, Format::kText).find("\nfund CNAS  "), std::string::npos);
  EXPECT_NE(payout_changes(changes, Format::kCsv).find("\nfund,CNAS,8941,"), std::string::npos);
}

test::Typed type_payout(std::vector<std::string> words) {
  words.insert(words.begin(), {"counter", "payout"});
  return test::type(add_counter_commands, std::move(words));
}

TEST(PayoutCommand, LooksAtTheNumberBeforeAnythingIsSent) {
  const test::Typed typed =
      type_payout({"set", "--insured", "1600123456", "--account", "007 99999 0023456789 42"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("wasl counter payout set: malformed: the key, the last two digits"),
            std::string::npos)
      << typed.err;
}

TEST(PayoutCommand, IsAboutOnePayee) {
  EXPECT_NE(type_payout({"set", "--account", "00799999002345678941"}).exit_code, 0);
  EXPECT_NE(type_payout({"withdraw"}).exit_code, 0);
  EXPECT_NE(type_payout({"withdraw", "--insured", "1", "--provider", "16-004512"}).exit_code, 0);
  EXPECT_NE(type_payout({"withdraw", "--fund-account", "CNAS", "--insured", "1"}).exit_code, 0);
}

TEST(PayoutCommand, TakesAFundsOwnAccount) {
  const test::Typed typed =
      type_payout({"set", "--fund-account", "CNAS", "--account", "007 99999 0023456789 42"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("the key, the last two digits"), std::string::npos) << typed.err;
}

}  // namespace
}  // namespace wasl::cli

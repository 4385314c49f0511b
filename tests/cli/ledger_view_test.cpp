// What `wasl ledger` prints: tables for people, JSON and CSV for machines.

#include "cli/ledger_view.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace wasl::cli {
namespace {

// 2026-03-10T08:00:00Z, and each day after it.
v1::PostingSet set_of(int day, v1::PostingCause cause, std::int64_t cents,
                      v1::LedgerAccount owed = v1::APPROVED_NOT_ACCEPTED) {
  v1::PostingSet set;
  set.set_sequence(static_cast<std::uint64_t>(100 + day));
  set.mutable_participant()->set_role(v1::PROVIDER);
  set.mutable_participant()->set_id("16-004512");
  set.set_cause(cause);
  set.set_claim_id(100);
  set.set_posted_at_ms(1'773'129'600'000LL + day * 86'400'000LL);
  const bool approval = cause == v1::APPROVAL;
  v1::Posting& expense = *set.add_postings();
  expense.set_account(v1::BENEFITS_EXPENSE);
  v1::Posting& other = *set.add_postings();
  other.set_account(owed);
  (approval ? expense : other).set_debit_cents(cents);
  (approval ? other : expense).set_credit_cents(cents);
  return set;
}

// All of bordereau 3: one claim rejected, the rest accepted, by record 102.
std::vector<v1::PostingSet> reviewed(std::int64_t accepted_cents, std::int64_t rejected_cents) {
  v1::PostingSet rejection = set_of(2, v1::REJECTION, rejected_cents);
  rejection.set_bordereau(3);
  v1::PostingSet acceptance = set_of(2, v1::ACCEPTANCE, accepted_cents);
  acceptance.set_claim_id(0);
  acceptance.set_bordereau(3);
  acceptance.set_item(1);
  acceptance.mutable_postings(0)->set_account(v1::PAYABLE_TO_PROVIDER);
  return {rejection, acceptance};
}

// What payout 77-2 moved of one account to another.
v1::PostingSet moved(int day, v1::PostingCause cause, v1::LedgerAccount debit,
                     v1::LedgerAccount credit, std::int64_t cents) {
  v1::PostingSet set = set_of(day, cause, cents);
  set.set_claim_id(0);
  set.set_payout_run(77);
  set.set_payout_number(2);
  set.clear_postings();
  v1::Posting& from = *set.add_postings();
  from.set_account(debit);
  from.set_debit_cents(cents);
  v1::Posting& to = *set.add_postings();
  to.set_account(credit);
  to.set_credit_cents(cents);
  return set;
}

v1::BalancesPage balances(std::uint64_t debit, std::uint64_t credit) {
  v1::BalancesPage page;
  v1::Balance& expense = *page.add_balances();
  expense.set_account(v1::BENEFITS_EXPENSE);
  expense.set_debit_cents(debit);
  v1::Balance& owed = *page.add_balances();
  owed.set_account(v1::APPROVED_NOT_ACCEPTED);
  owed.set_credit_cents(credit);
  return page;
}

StatementOf days(const char* from, const char* until) {
  return {.participant = "provider:16-004512",
          .fund = "CNAS",
          .days = {.from = *core::parse_day(from), .until = *core::parse_day(until)}};
}

TEST(TrialBalance, PutsEachBalanceOnItsSideWithSeparators) {
  const std::string text = trial_balance(balances(123'456'789, 123'456'789), Format::kText);
  EXPECT_EQ(text,
            "account                               debits             credits       debit balance  "
            "    credit balance\n"
            "benefits_expense                1,234,567.89                            1,234,567.89  "
            "                  \n"
            "approved_not_accepted                               1,234,567.89                      "
            "      1,234,567.89\n"
            "total                           1,234,567.89        1,234,567.89        1,234,567.89  "
            "      1,234,567.89\n"
            "in balance\n");
}

TEST(TrialBalance, SaysWhenItIsNotInBalance) {
  const v1::BalancesPage page = balances(100, 99);
  EXPECT_FALSE(in_balance(page));
  EXPECT_NE(trial_balance(page, Format::kText).find("NOT IN BALANCE"), std::string::npos);
  EXPECT_EQ(trial_balance(page, Format::kJson),
            R"({"accounts":[{"account":"benefits_expense","debit_cents":100,"credit_cents":0},)"
            R"({"account":"approved_not_accepted","debit_cents":0,"credit_cents":99}],)"
            R"("debit_cents":100,"credit_cents":99,"in_balance":false})"
            "\n");
  EXPECT_EQ(trial_balance(page, Format::kCsv),
            "account,debit_cents,credit_cents\n"
            "benefits_expense,100,0\n"
            "approved_not_accepted,0,99\n");
}

TEST(TrialBalance, HoldsWhatWentThroughTheBank) {
  v1::BalancesPage page = balances(100, 0);
  v1::Balance& bank = *page.add_balances();
  bank.set_account(v1::BANK);
  bank.set_credit_cents(100);
  EXPECT_TRUE(in_balance(page));
  EXPECT_NE(trial_balance(page, Format::kCsv).find("bank,0,100\n"), std::string::npos);
}

TEST(TrialBalance, OfAFundWithoutPostingsIsInBalance) {
  EXPECT_TRUE(in_balance({}));
  EXPECT_NE(trial_balance({}, Format::kText).find("in balance"), std::string::npos);
}

TEST(Statement, OpensWithWhatWasOwedBeforeThePeriod) {
  const std::vector sets{set_of(0, v1::APPROVAL, 96'000), set_of(1, v1::APPROVAL, 4'000),
                         set_of(2, v1::REVERSAL, 96'000), set_of(3, v1::APPROVAL, 7)};
  EXPECT_EQ(statement(sets, days("2026-03-11", "2026-03-12"), Format::kCsv),
            "account,posted_at,sequence,cause,claim_id,bordereau,payout_run,payout_number,"
            "change_cents,owed_cents\n"
            "approved_not_accepted,,,opening,,,,,,96000\n"
            "approved_not_accepted,2026-03-11T08:00:00.000Z,101,approval,100,0,0,0,4000,100000\n"
            "approved_not_accepted,2026-03-12T08:00:00.000Z,102,reversal,100,0,0,0,-96000,4000\n"
            "approved_not_accepted,,,closing,,,,,,4000\n");
}

TEST(Statement, IsReadByPeople) {
  const std::vector sets{set_of(0, v1::APPROVAL, 123'456)};
  const std::string text = statement(sets, {}, Format::kText);
  EXPECT_NE(text.find("opening"), std::string::npos);
  EXPECT_NE(text.find("1,234.56"), std::string::npos);
}

TEST(Statement, SaysOfWhomWithWhichFundAndOfWhichDays) {
  EXPECT_EQ(statement({}, days("2026-03-11", "2026-03-12"), Format::kText),
            "statement of provider:16-004512 with fund CNAS, 2026-03-11 to 2026-03-12 (UTC)\n"
            "no postings\n");
  EXPECT_EQ(statement({}, {.participant = "centre:16-001", .fund = "CNAS"}, Format::kText),
            "statement of centre:16-001 with fund CNAS, the first posting to now (UTC)\n"
            "no postings\n");
}

TEST(Statement, MovesWhatWasAcceptedToWhatIsPayable) {
  std::vector sets{set_of(0, v1::APPROVAL, 96'000), set_of(1, v1::APPROVAL, 4'000)};
  for (const v1::PostingSet& set : reviewed(96'000, 4'000)) sets.push_back(set);
  EXPECT_EQ(statement(sets, days("2026-03-12", "2026-03-12"), Format::kCsv),
            "account,posted_at,sequence,cause,claim_id,bordereau,payout_run,payout_number,"
            "change_cents,owed_cents\n"
            "approved_not_accepted,,,opening,,,,,,100000\n"
            "approved_not_accepted,2026-03-12T08:00:00.000Z,102,rejection,100,3,0,0,-4000,96000\n"
            "approved_not_accepted,2026-03-12T08:00:00.000Z,102,acceptance,0,3,0,0,-96000,0\n"
            "approved_not_accepted,,,closing,,,,,,0\n"
            "payable_to_provider,,,opening,,,,,,0\n"
            "payable_to_provider,2026-03-12T08:00:00.000Z,102,acceptance,0,3,0,0,96000,96000\n"
            "payable_to_provider,,,closing,,,,,,96000\n");
  const std::string text = statement(sets, {}, Format::kText);
  EXPECT_NE(text.find("payable_to_provider: accepted by the centre; the fund owes it\n"),
            std::string::npos);
}

// Exported, sent back, taken again, exported and booked: what is owed is what is payable, what is
// at the bank and what came back.
TEST(Statement, CountsWhatCameBackAsOwed) {
  const std::vector sets{
      set_of(0, v1::APPROVAL, 96'000, v1::PAYABLE_TO_PROVIDER),
      moved(0, v1::EXPORT, v1::PAYABLE_TO_PROVIDER, v1::BANK_CLEARING, 96'000),
      moved(1, v1::RETURN, v1::BANK_CLEARING, v1::RETURNED_BY_BANK, 96'000),
      moved(2, v1::PROPOSED_AGAIN, v1::RETURNED_BY_BANK, v1::PAYABLE_TO_PROVIDER, 96'000),
      moved(3, v1::EXPORT, v1::PAYABLE_TO_PROVIDER, v1::BANK_CLEARING, 96'000),
      moved(4, v1::BOOKING, v1::BANK_CLEARING, v1::BANK, 96'000)};
  EXPECT_EQ(statement(sets, days("2026-03-11", "2026-03-20"), Format::kCsv),
            "account,posted_at,sequence,cause,claim_id,bordereau,payout_run,payout_number,"
            "change_cents,owed_cents\n"
            "payable_to_provider,,,opening,,,,,,0\n"
            "payable_to_provider,2026-03-12T08:00:00.000Z,102,proposed_again,0,0,77,2,96000,96000\n"
            "payable_to_provider,2026-03-13T08:00:00.000Z,103,export,0,0,77,2,-96000,0\n"
            "payable_to_provider,,,closing,,,,,,0\n"
            "bank_clearing,,,opening,,,,,,96000\n"
            "bank_clearing,2026-03-11T08:00:00.000Z,101,return,0,0,77,2,-96000,0\n"
            "bank_clearing,2026-03-13T08:00:00.000Z,103,export,0,0,77,2,96000,96000\n"
            "bank_clearing,2026-03-14T08:00:00.000Z,104,booking,0,0,77,2,-96000,0\n"
            "bank_clearing,,,closing,,,,,,0\n"
            "returned,,,opening,,,,,,0\n"
            "returned,2026-03-11T08:00:00.000Z,101,return,0,0,77,2,96000,96000\n"
            "returned,2026-03-12T08:00:00.000Z,102,proposed_again,0,0,77,2,-96000,0\n"
            "returned,,,closing,,,,,,0\n");
  const std::string text = statement(sets, {}, Format::kText);
  EXPECT_NE(text.find("returned: came back from the bank; the fund owes it again\n"),
            std::string::npos);
  EXPECT_NE(text.find("proposed_again"), std::string::npos);
  EXPECT_NE(text.find("77-2"), std::string::npos);
  EXPECT_NE(text.find("bank_clearing: at the bank, not booked yet\n"), std::string::npos);
  EXPECT_EQ(text.find("bank: "), std::string::npos);
}

TEST(Statement, AddsUpWhatIsOwedInAll) {
  const std::vector sets{set_of(0, v1::APPROVAL, 96'000, v1::PAYABLE_TO_PROVIDER),
                         moved(1, v1::EXPORT, v1::PAYABLE_TO_PROVIDER, v1::BANK_CLEARING, 96'000),
                         set_of(2, v1::APPROVAL, 4'000)};
  const std::string text = statement(sets, {}, Format::kText);
  EXPECT_TRUE(text.ends_with("1,000.00\n")) << text;
  EXPECT_NE(text.find("owed in all"), std::string::npos) << text;
}

// Of what was paid, and withheld from a later payout.
TEST(Statement, CountsWhatIsOwedBackBelowZero) {
  const std::vector sets{moved(1, v1::REDUCTION, v1::RECEIVABLE, v1::BENEFITS_EXPENSE, 8'000),
                         moved(2, v1::EXPORT, v1::PAYABLE_TO_PROVIDER, v1::RECEIVABLE, 8'000)};
  const std::string csv = statement(sets, days("2026-03-11", "2026-03-20"), Format::kCsv);
  EXPECT_NE(csv.find("receivable,2026-03-11T08:00:00.000Z,101,reduction,0,0,77,2,-8000,-8000\n"
                     "receivable,2026-03-12T08:00:00.000Z,102,export,0,0,77,2,8000,0\n"),
            std::string::npos)
      << csv;
  EXPECT_NE(statement(sets, {}, Format::kText)
                .find("receivable: reduced after it was paid; below zero: owed to the fund\n"),
            std::string::npos);
}

TEST(Statement, KeepsTheAccountsApart) {
  const std::vector sets{set_of(0, v1::APPROVAL, 100),
                         set_of(1, v1::APPROVAL, 23, v1::PAYABLE_TO_INSURED)};
  const std::string text = statement(sets, {}, Format::kJson);
  EXPECT_NE(text.find(R"("account":"approved_not_accepted","opening_cents":0)"), std::string::npos);
  EXPECT_NE(text.find(R"("account":"payable_to_insured","opening_cents":0)"), std::string::npos);
  EXPECT_EQ(text.find("benefits_expense"), std::string::npos);
}

TEST(PostingsView, HasALineForEachPosting) {
  const std::vector sets{set_of(0, v1::APPROVAL, 96'000)};
  EXPECT_EQ(postings(sets, Format::kCsv),
            "sequence,item,posted_at,participant,cause,claim_id,bordereau,payout_run,payout_number,"
            "account,debit_cents,credit_cents\n"
            "100,0,2026-03-10T08:00:00.000Z,provider:16-004512,approval,100,0,0,0,benefits_expense,"
            "96000,0\n"
            "100,0,2026-03-10T08:00:00.000Z,provider:16-004512,approval,100,0,0,0,"
            "approved_not_accepted,0,96000\n");
  EXPECT_NE(postings(sets, Format::kText).find("approval of claim 100"), std::string::npos);
  EXPECT_EQ(postings({}, Format::kText), "no postings\n");
  EXPECT_EQ(postings({}, Format::kJson), "{\"sets\":[]}\n");
}

TEST(PostingsView, NamesTheBordereauOfAReview) {
  const std::vector<v1::PostingSet> sets = reviewed(96'000, 4'000);
  const std::string text = postings(sets, Format::kText);
  EXPECT_NE(text.find("rejection of claim 100 of bordereau 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("acceptance of bordereau 3\n"), std::string::npos) << text;
  const std::string json = postings(sets, Format::kJson);
  EXPECT_NE(json.find(R"("item":1)"), std::string::npos);
  EXPECT_NE(json.find(R"("claim_id":0,"bordereau":3)"), std::string::npos);
  EXPECT_NE(postings(sets, Format::kCsv)
                .find("102,1,2026-03-12T08:00:00.000Z,provider:16-004512,acceptance,0,3,0,0,"
                      "payable_to_provider,0,96000\n"),
            std::string::npos);
}

TEST(PostingsView, NamesThePayoutOfWhatWentThroughTheBank) {
  const std::vector sets{moved(0, v1::BOOKING, v1::BANK_CLEARING, v1::BANK, 96'000)};
  EXPECT_NE(postings(sets, Format::kText).find("booking of payout 77-2\n"), std::string::npos);
  EXPECT_NE(postings(sets, Format::kCsv).find("booking,0,0,77,2,bank,0,96000\n"),
            std::string::npos);
  EXPECT_NE(postings(sets, Format::kJson).find(R"("payout_run":77,"payout_number":2)"),
            std::string::npos);
}

TEST(Participants, AreWrittenAsInTheirCertificates) {
  const auto pharmacy = parse_participant("provider:16-004512");
  ASSERT_TRUE(pharmacy);
  EXPECT_EQ(pharmacy->role, core::Role::kProvider);
  EXPECT_EQ(pharmacy->id.view(), "16-004512");
  for (const char* wrong : {"", "provider", "provider:", "baker:16-004512", "16-004512"}) {
    EXPECT_FALSE(parse_participant(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace wasl::cli

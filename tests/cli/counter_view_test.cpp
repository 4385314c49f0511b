// What `wasl counter` makes of what is typed, and what it prints.

#include "cli/counter_view.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "cli/reviewed_bordereau.hpp"

namespace wasl::cli {
namespace {

using core::Language;
using Verdict = v1::ReviewVerdict;

v1::OpenReview open_review(const char* deadline, const char* provider, std::int64_t cents) {
  v1::OpenReview review;
  review.mutable_provider()->set_role(v1::PROVIDER);
  review.mutable_provider()->set_id(provider);
  review.set_fund("CNAS");
  review.set_number(3);
  review.set_closed_by(77);
  review.set_deadline(deadline);
  review.set_presented(2);
  review.set_held(1);
  review.set_insurer_cents(cents);
  return review;
}

const core::Day kToday = *core::parse_day("2026-03-10");

std::vector<v1::OpenReview> work() {
  return {open_review("2026-03-01", "16-004512", 123'456'789),
          open_review("2026-03-10", "16-004513", 100), open_review("2026-03-25", "16-004514", 4)};
}

TEST(Pending, MarksWhatIsLateAndSaysByHowMuch) {
  const PendingWork reviews{.reviews = work(), .changes = {}, .agreements = {}};
  EXPECT_EQ(
      pending(reviews, kToday, Format::kText),
      "deadline                  fund          pharmacy      bordereau  presented   held      "
      "      amount\n"
      "2026-03-01  LATE 9 days   CNAS          16-004512             3          2      1      "
      "1,234,567.89\n"
      "2026-03-10  today         CNAS          16-004513             3          2      1      "
      "        1.00\n"
      "2026-03-25                CNAS          16-004514             3          2      1      "
      "        0.04\n"
      "to decide: 3; late: 1; claims presented: 6, held: 3; 1,234,568.93\n");
  EXPECT_NE(pending(reviews, *core::parse_day("2026-03-11"), Format::kText).find("LATE 1 day "),
            std::string::npos);
}

TEST(Pending, GivesMachinesDaysAndCentimes) {
  const PendingWork reviews{.reviews = work(), .changes = {}, .agreements = {}};
  const PendingWork first{.reviews = {work().front()}, .changes = {}, .agreements = {}};
  EXPECT_EQ(pending(first, kToday, Format::kCsv),
            "deadline,days_late,fund,provider,number,closed_by,presented,held,insurer_cents\n"
            "2026-03-01,9,CNAS,16-004512,3,77,2,1,123456789\n");
  const std::string json = pending(reviews, kToday, Format::kJson);
  EXPECT_NE(json.find(R"("deadline":"2026-03-25","days_late":0)"), std::string::npos);
  EXPECT_TRUE(
      json.ends_with("],\"late\":1,\"presented\":6,\"held\":3,\"insurer_cents\":123456893}\n"))
      << json;
}

v1::PayoutChange change(std::string_view entered, const char* insured) {
  v1::PayoutChange made;
  made.mutable_payee()->set_insured_number(insured);
  made.set_payout_account("****************8941");
  made.set_operator_id("042");
  made.set_entered_at_ms(core::Instant{*core::parse_day(entered)}.time_since_epoch().count());
  return made;
}

v1::ListedAgreement agreement(std::uint64_t id, const char* from) {
  v1::ListedAgreement made;
  made.set_agreement_id(id);
  made.set_insured_number("871234567890");
  made.set_rank(2);
  made.mutable_wanted()->set_from(from);
  made.set_product_code("T02");
  return made;
}

PendingWork other_work() {
  PendingWork work;
  work.changes = {change("2026-03-08", "900000000002"), change("2026-03-05", "900000000001")};
  work.agreements = {agreement(4711, "2026-03-20"), agreement(4712, "2026-03-09")};
  v1::PrescriptionKey& key = *work.agreements.back().mutable_prescription();
  key.set_prescriber_id("M000001");
  key.set_number("RX-7");
  key.set_date("2026-03-04");
  return work;
}

TEST(Pending, ListsAccountsAndAgreementsByDeadlineBehindTheBordereaux) {
  PendingWork all = other_work();
  const std::string others =
      "deadline                  account of                          entered by\n"
      "2026-03-08  LATE 2 days   insured 900000000001                042\n"
      "2026-03-11                insured 900000000002                042\n"
      "accounts to enter again: 2; late: 1\n"
      "deadline                  agreement  insured           rank  wanted for\n"
      "2026-03-09  LATE 1 day         4712  871234567890         2  prescription RX-7 of M000001, "
      "2026-03-04\n"
      "2026-03-20                     4711  871234567890         2  product T02\n"
      "prior agreements to decide: 2; late: 1\n";
  EXPECT_EQ(pending(all, kToday, Format::kText), others);
  all.reviews = work();
  const std::string text = pending(all, kToday, Format::kText);
  EXPECT_TRUE(text.ends_with("1,234,568.93\n" + others)) << text;
}

TEST(Pending, GivesMachinesAccountsAndAgreements) {
  const std::string json = pending(other_work(), kToday, Format::kJson);
  EXPECT_NE(json.find(R"("account_changes":[{"deadline":"2026-03-08","days_late":2,)"
                      R"("payee":"insured","id":"900000000001","operator":"042"},)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"({"deadline":"2026-03-20","days_late":0,"agreement":4711,)"
                      R"("insured":"871234567890","rank":2,"wanted_for":"product T02"}])"),
            std::string::npos)
      << json;
}

TEST(Pending, SaysThatNothingWaits) {
  EXPECT_EQ(pending({}, kToday, Format::kText), "nothing waits for a decision\n");
  EXPECT_EQ(numbered_pending({}, kToday), "nothing waits for a decision\n");
}

TEST(Pending, IsCountedForTheDialogue) {
  const std::string text =
      numbered_pending({.reviews = work(), .changes = {}, .agreements = {}}, kToday);
  EXPECT_NE(text.find("\n  1  2026-03-01  LATE 9 days"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  3  2026-03-25 "), std::string::npos) << text;
}

TEST(Verdicts, AreReadFromOptions) {
  const auto rejection = parse_rejection("71=WRONG_TARIF");
  ASSERT_TRUE(rejection) << rejection.error().context;
  EXPECT_EQ(rejection->claim_id(), 71u);
  EXPECT_EQ(rejection->verdict(), Verdict::REJECT);
  EXPECT_EQ(rejection->reason(), v1::WRONG_TARIF);

  const auto hold = parse_hold("72=missing-prescription:2026-03-20:provider");
  ASSERT_TRUE(hold) << hold.error().context;
  EXPECT_EQ(hold->verdict(), Verdict::HOLD);
  EXPECT_EQ(hold->reason(), v1::MISSING_PRESCRIPTION);
  EXPECT_EQ(hold->until(), "2026-03-20");
  EXPECT_EQ(hold->owner(), v1::STEP_OF_PROVIDER);
}

TEST(Verdicts, SayWhatIsWrongWithAnOption) {
  for (const char* wrong : {"", "71", "71=", "=WRONG_TARIF", "x=WRONG_TARIF", "-1=WRONG_TARIF",
                            "71=WRONG_TARIF:2026-03-20", "71 = WRONG_TARIF"}) {
    EXPECT_FALSE(parse_rejection(wrong)) << wrong;
  }
  for (const char* wrong : {"", "72=WRONG_TARIF", "72=WRONG_TARIF:2026-03-20",
                            "72=WRONG_TARIF:20.3.2026:CENTRE", "72=WRONG_TARIF:2026-02-30:CENTRE",
                            "72=WRONG_TARIF::CENTRE", "72=WRONG_TARIF:2026-03-20:CENTRE:1"}) {
    EXPECT_FALSE(parse_hold(wrong)) << wrong;
  }
}

TEST(Names, AreSuggestedAndListedWhereOneIsUnknown) {
  const auto reason = parse_review_reason("WRONG_TARIFF");
  ASSERT_FALSE(reason);
  EXPECT_EQ(reason.error().context,
            "there is no reason 'WRONG_TARIFF', did you mean WRONG_TARIF?; known: WRONG_TARIF, "
            "MISSING_PRESCRIPTION, NOT_CONFORMING, MISSING_VIGNETTE, WRONG_QUANTITY, "
            "WRONG_BENEFICIARY, MEDICAL_CONTROL");
  const auto owner = parse_step_owner("doctor");
  ASSERT_FALSE(owner);
  EXPECT_EQ(owner.error().context,
            "there is no owner of a step 'doctor'; known: PROVIDER, CENTRE, FUND");
}

TEST(Review, KeepsOneVerdictOnEachClaimInTheirOrder) {
  v1::ReviewBordereau review = review_of("16-004512", "CNAS", 12);
  set_verdict(*parse_rejection("72=WRONG_TARIF"), review);
  set_verdict(accepting(70), review);
  set_verdict(accepting(72), review);
  ASSERT_EQ(review.verdicts_size(), 2);
  EXPECT_EQ(review.verdicts(0).claim_id(), 70u);
  EXPECT_EQ(review.verdicts(1).verdict(), Verdict::ACCEPT);
  EXPECT_EQ(verdict_on(review, 71), nullptr);
}

TEST(Review, IsFinalOnceItAcceptsOrRejects) {
  v1::ReviewBordereau review = review_of("16-004512", "CNAS", 12);
  set_verdict(*parse_hold("73=WRONG_TARIF:2026-03-20:CENTRE"), review);
  EXPECT_FALSE(is_final(review));
  set_verdict(*parse_rejection("72=WRONG_TARIF"), review);
  EXPECT_TRUE(is_final(review));
  review.clear_verdicts();
  review.set_accept_rest(true);
  EXPECT_TRUE(is_final(review));
}

TEST(Review, AcceptsOfTheRestWhatIsPresentedNotWhatIsHeld) {
  v1::ReviewBordereau review = review_of("16-004512", "CNAS", 12);
  review.set_accept_rest(true);
  EXPECT_EQ(summary(review, test::reviewed_bordereau(), Language::kEnglish),
            "bordereau 12 of pharmacy 16-004512, fund CNAS, reviewed by centre 16-01\n"
            "  Accepted claims: 1, 400.00\n"
            "  Rejected claims: 0, 0.00\n"
            "  Held claims: 0, 0.00\n"
            "  Claims left to decide: 1, 600.00\n");
}

TEST(Review, LeavesWhatItHolds) {
  v1::ReviewBordereau review = review_of("16-004512", "CNAS", 12);
  set_verdict(*parse_rejection("72=MISSING_PRESCRIPTION"), review);
  set_verdict(*parse_hold("73=WRONG_TARIF:2026-03-20:CENTRE"), review);
  const v1::ReviewAnswer answer = expected(review, test::reviewed_bordereau());
  EXPECT_EQ(answer.rejected().insurer_cents(), 60'000);
  EXPECT_EQ(answer.held().insurer_cents(), 40'000);
  EXPECT_EQ(answer.undecided().claims(), 1u);
  EXPECT_EQ(answer.accepted().claims(), 0u);
}

TEST(Claims, AreCountedWithTheVerdictsThatWereNotSent) {
  v1::ReviewBordereau review = review_of("16-004512", "CNAS", 12);
  review.set_accept_rest(true);
  set_verdict(*parse_rejection("72=WRONG_QUANTITY"), review);
  const std::string text = numbered_claims(test::reviewed_bordereau(), review, Language::kEnglish);
  EXPECT_NE(text.find("  1  claim 70                 960.00  accepted by the centre\n  2"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("next step: the pharmacy\n"
                      "     -> reject: The quantity is not that of the prescription "
                      "(WRONG_QUANTITY)\n"),
            std::string::npos)
      << text;
  EXPECT_TRUE(text.ends_with("presented in a bordereau\n     -> accept\n")) << text;
}

TEST(Amounts, AreTypedInDinarsAsTheyArePrinted) {
  const std::pair<const char*, std::int64_t> kTyped[] = {
      {"0", 0},
      {"400", 40'000},
      {"0.05", 5},
      {"1234.50", 123'450},
      {"1,234.50", 123'450},
      {"1,234", 123'400},
      {"99999999999999.99", 9'999'999'999'999'999}};
  for (const auto& [typed, cents] : kTyped) {
    const auto amount = parse_amount(typed);
    ASSERT_TRUE(amount) << typed;
    EXPECT_EQ(*amount, cents) << typed;
  }
  for (const char* wrong :
       {"", "-1", "-0.50", "+1", "0400", "12,34", "1,2345.00", "1.5", "1.505", ".50", "1.", "1 000",
        "4e2", "DA 400", "100000000000000", "1..00", "99999999999999999999"}) {
    EXPECT_FALSE(parse_amount(wrong)) << wrong;
  }
}

TEST(Reasons, AreListedInALanguageAndForMachinesInAll) {
  EXPECT_TRUE(review_reasons(Language::kFrench, false)
                  .starts_with("1  WRONG_TARIF           Le tarif appliqué n'est pas le bon\n"));
  const std::string json = review_reasons(Language::kFrench, true);
  EXPECT_NE(json.find(R"({"number":7,"name":"MEDICAL_CONTROL","meaning":{"ar":")"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace wasl::cli

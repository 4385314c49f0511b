// The clerk's dialogue: what each line does, and that nothing is sent before a yes.

#include "cli/counter_shell.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/reviewed_bordereau.hpp"

namespace wasl::cli {
namespace {

using Verdict = v1::ReviewVerdict;

// One bordereau to decide until something is carried out.
class OneBordereau final : public ReviewDesk {
 public:
  core::Day today() override { return *core::parse_day("2026-03-28"); }
  PendingWork pending() override {
    PendingWork work;
    work.changes = changes;
    if (done) return work;
    v1::OpenReview review;
    *review.mutable_provider() = bordereau.provider();
    review.set_fund(bordereau.fund());
    review.set_number(bordereau.number());
    review.set_deadline("2026-03-25");
    review.set_presented(1);
    review.set_held(1);
    work.reviews.push_back(review);
    return work;
  }
  Found find(const v1::ReviewBordereau& review) override {
    if (is_busy) return {.bordereau = std::nullopt, .is_refused = true};
    if (is_gone) return {};
    EXPECT_EQ(review.number(), bordereau.number());
    return {.bordereau = bordereau, .is_refused = false};
  }
  Sent send(const v1::ReviewBordereau& review) override {
    sent.push_back(review);
    is_gone = goes_away;
    is_busy = becomes_busy;
    for (const int index : decided_by_a_colleague) {
      bordereau.mutable_claims(index)->set_state(v1::ACCEPTED);
    }
    done = how_sent == Sent::kDone;
    return how_sent;
  }

  Sent send(const v1::ReduceClaim& reduction) override {
    reductions.push_back(reduction);
    if (how_sent == Sent::kDone) test::reduce_claim(bordereau);
    return how_sent;
  }

  v1::Bordereau bordereau = test::reviewed_bordereau();
  std::vector<v1::PayoutChange> changes;
  std::vector<v1::ReviewBordereau> sent;
  std::vector<v1::ReduceClaim> reductions;
  Sent how_sent = Sent::kDone;
  std::vector<int> decided_by_a_colleague;  // Before anything is sent, and not seen.
  bool is_gone = false;
  bool goes_away = false;  // With the first thing that is sent.
  bool is_busy = false;
  bool becomes_busy = false;  // As above.
  bool done = false;
};

class CounterShell : public ::testing::Test {
 protected:
  // What the clerk sees of what was typed.
  std::string type(const std::string& lines) {
    std::istringstream in(lines);
    std::ostringstream out;
    run_counter_shell(desk_, core::Language::kEnglish, in, out);
    return out.str();
  }

  OneBordereau desk_;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(CounterShell, BeginsWithThePendingWorkLateFirst) {
  const std::string text = type("");
  EXPECT_TRUE(holds(text, "  1  2026-03-25  LATE 3 days")) << text;
  EXPECT_TRUE(text.ends_with("counter> ")) << text;
}

TEST_F(CounterShell, ShowsTheAccountsThatWaitBehindTheBordereaux) {
  v1::PayoutChange& change = desk_.changes.emplace_back();
  change.mutable_payee()->set_insured_number("900000000001");
  change.set_operator_id("042");
  const std::string text = type("1\na\ns\nyes\nq\n");
  const std::string accounts = "accounts to enter again: 1; late: 1\n";
  EXPECT_TRUE(holds(text, accounts + "a number opens a bordereau")) << text;
  EXPECT_TRUE(holds(text, accounts + "q: quit")) << text;
}

TEST_F(CounterShell, AcceptsAllButOne) {
  const std::string text = type("1\na\nr 3\n1\ns\nyes\nq\n");
  ASSERT_EQ(desk_.sent.size(), 1u) << text;
  const v1::ReviewBordereau& review = desk_.sent.front();
  EXPECT_EQ(review.provider().id(), "16-004512");
  EXPECT_EQ(review.fund(), "CNAS");
  EXPECT_TRUE(review.accept_rest());
  ASSERT_EQ(review.verdicts_size(), 1);
  EXPECT_EQ(review.verdicts(0).claim_id(), 72u);
  EXPECT_EQ(review.verdicts(0).verdict(), Verdict::REJECT);
  EXPECT_EQ(review.verdicts(0).reason(), v1::WRONG_TARIF);
  EXPECT_TRUE(holds(text, "  Rejected claims: 1, 600.00\n")) << text;
  EXPECT_TRUE(holds(text, "nothing waits for a decision\n")) << text;
}

TEST_F(CounterShell, AcceptsAClaimThatIsHeldByItsNumber) {
  type("1\na 3 4\ns\ny\n");
  ASSERT_EQ(desk_.sent.size(), 1u);
  EXPECT_FALSE(desk_.sent[0].accept_rest());
  EXPECT_EQ(desk_.sent[0].verdicts_size(), 2);
}

TEST_F(CounterShell, AsksForAHoldItsReasonItsDayAndWhoOwesTheStep) {
  const std::string text = type(
      "1\nh "
      "4\nmissing-vignete\nmissing-vignette\nsoon\n2026-03-27\n2026-04-29\n2026-04-"
      "05\n9\n2\ns\nyes\n");
  ASSERT_EQ(desk_.sent.size(), 1u) << text;
  const Verdict& hold = desk_.sent[0].verdicts(0);
  EXPECT_EQ(hold.claim_id(), 73u);
  EXPECT_EQ(hold.verdict(), Verdict::HOLD);
  EXPECT_EQ(hold.reason(), v1::MISSING_VIGNETTE);
  EXPECT_EQ(hold.until(), "2026-04-05");
  EXPECT_EQ(hold.owner(), v1::STEP_OF_CENTRE);
  EXPECT_TRUE(holds(text, "did you mean MISSING_VIGNETTE?")) << text;
  EXPECT_TRUE(holds(text, "a day is written YYYY-MM-DD")) << text;
  EXPECT_TRUE(holds(text, "choose a day from 2026-03-28 to 2026-04-27\nuntil")) << text;
  EXPECT_TRUE(holds(text, "choose 1 to 3")) << text;
}

TEST_F(CounterShell, ReducesAnAcceptedClaimAfterASummary) {
  const std::string text = type("1\nr 4\n1\nd 1\n880\n5\nyes\ns\nyes\n");
  ASSERT_EQ(desk_.reductions.size(), 1u) << text;
  const v1::ReduceClaim& reduction = desk_.reductions.front();
  EXPECT_EQ(reduction.provider().id(), "16-004512");
  EXPECT_EQ(reduction.fund(), "CNAS");
  EXPECT_EQ(reduction.number(), 12u);
  EXPECT_EQ(reduction.claim_id(), 70u);
  EXPECT_EQ(reduction.insurer_cents(), 88'000);
  EXPECT_EQ(reduction.reason(), v1::WRONG_QUANTITY);
  EXPECT_TRUE(holds(text, "  the fund pays 960.00 now, 880.00 from now on: 80.00 less\n")) << text;
  EXPECT_TRUE(holds(text, "  the fund owes the difference no longer\nsend it? ")) << text;
  EXPECT_TRUE(holds(text, "880.00  accepted by the centre, reduced by 80.00: ")) << text;
  ASSERT_EQ(desk_.sent.size(), 1u) << "verdicts wait meanwhile: " << text;
  EXPECT_EQ(desk_.sent[0].verdicts(0).claim_id(), 73u);
}

TEST_F(CounterShell, ReducesToLessAndWhatIsAcceptedOnly) {
  const std::string text =
      type("1\nd 3\nd\nd 9\nd 1\nmuch\n960\n959.99\n\nd 1\n\nd 1\n0\n1\nno\nd 1\n1,000.00\n");
  EXPECT_TRUE(desk_.reductions.empty());
  EXPECT_TRUE(holds(text, "claim 3: held by the centre: ")) << text;
  EXPECT_TRUE(holds(text, "; only what is accepted, or paid, and in no run is reduced\n")) << text;
  EXPECT_TRUE(holds(text, "there is no claim '' in this list")) << text;
  EXPECT_TRUE(holds(text, "there is no claim '9' in this list")) << text;
  EXPECT_TRUE(holds(text, "an amount is written in dinars, 400 or 1,234.50\n")) << text;
  EXPECT_TRUE(holds(text, "it is to be less than 960.00\n")) << text;
  EXPECT_TRUE(holds(text, "nothing was sent\n")) << text;
}

TEST_F(CounterShell, SaysThatWhatWasPaidIsOwedBack) {
  desk_.bordereau.mutable_claims(0)->set_state(v1::PAID);
  desk_.how_sent = Sent::kDeclined;
  const std::string text = type("1\nd 1\n880\n5\nyes\nq\n");
  EXPECT_EQ(desk_.reductions.size(), 1u) << text;
  EXPECT_TRUE(holds(text, "the pharmacy owes the difference, withheld from a later payout\n"))
      << text;
}

TEST_F(CounterShell, OpensABordereauThatIsDecidedByItsName) {
  desk_.done = true;
  const std::string text = type("o 16-004512 CNAS 12\nb\no 16-004512\nq\n");
  EXPECT_TRUE(holds(text, "bordereau 12> ")) << text;
  EXPECT_TRUE(holds(text, "which bordereau? o 16-004512 CNAS 3\n")) << text;
}

TEST_F(CounterShell, SendsNothingBeforeAYes) {
  type("1\na\ns\nno\nq\nyes\n");
  type("1\na\ns\n");
  type("1\na\ns\nmaybe\n");
  const std::string text = type("1\na\n");
  EXPECT_TRUE(desk_.sent.empty());
  EXPECT_TRUE(holds(text, "nothing was sent of the verdicts on this bordereau")) << text;
}

TEST_F(CounterShell, AnEmptyLineGivesAQuestionUp) {
  type("1\nr 4\n\ns\nh 4\n1\n\ns\nh 4\n1\n2026-04-05\n\ns\nyes\n");
  EXPECT_TRUE(desk_.sent.empty());
}

TEST_F(CounterShell, UndoesWhatWasNotSent) {
  const std::string text = type("1\na\nr 3\n1\nu\ns\nyes\n");
  EXPECT_TRUE(desk_.sent.empty());
  EXPECT_TRUE(holds(text, "no verdicts yet")) << text;
}

TEST_F(CounterShell, UndoesTheVerdictThatIsNamedAndNoOther) {
  const std::string text = type("1\nr 3 4\n1\nu 3 9\nu 3\nu 3\ns\nyes\n");
  ASSERT_EQ(desk_.sent.size(), 1u) << text;
  ASSERT_EQ(desk_.sent[0].verdicts_size(), 1) << text;
  EXPECT_EQ(desk_.sent[0].verdicts(0).claim_id(), 73u);
  EXPECT_TRUE(holds(text, "there is no claim '9' in this list")) << text;
  EXPECT_TRUE(holds(text, "claim 3: there is no verdict to undo\n")) << text;
}

TEST_F(CounterShell, UndoesNoSingleOneOfAllThatAreAccepted) {
  const std::string text = type("1\na\nr 4\n1\nu 4\nu 4\ns\nyes\n");
  ASSERT_EQ(desk_.sent.size(), 1u) << text;
  EXPECT_TRUE(desk_.sent[0].accept_rest());
  EXPECT_EQ(desk_.sent[0].verdicts_size(), 0);
  EXPECT_TRUE(holds(text, "claim 4: accepted with all that are presented; u undoes that\n"))
      << text;
}

TEST_F(CounterShell, RefusesVerdictsThatTheClaimsStateDoesNotAllow) {
  const std::string text = type("1\nr 1\na 2\nh 3\nr 9\nr x\nr\nh\nr 3 1\ns\n");
  EXPECT_TRUE(holds(text, "claim 1: accepted by the centre\n")) << text;
  EXPECT_TRUE(holds(text, "claim 2: rejected by the centre: ")) << text;
  EXPECT_TRUE(holds(text, "claim 3: held by the centre: ")) << text;
  EXPECT_TRUE(holds(text, "there is no claim '9' in this list")) << text;
  EXPECT_TRUE(holds(text, "there is no claim 'x' in this list")) << text;
  EXPECT_TRUE(holds(text, "which claims? r 2 4")) << text;
  EXPECT_TRUE(holds(text, "which claims? h 3")) << text;
  EXPECT_TRUE(holds(text, "no verdicts yet")) << text;
}

TEST_F(CounterShell, KeepsTheVerdictsThatWereRefusedAndGoesOn) {
  desk_.how_sent = Sent::kDeclined;
  const std::string text = type("1\na\ns\nyes\ns\nyes\nb\nyes\n1\nq\n");
  ASSERT_EQ(desk_.sent.size(), 2u) << text;
  EXPECT_EQ(desk_.sent[0].SerializeAsString(), desk_.sent[1].SerializeAsString());
  EXPECT_TRUE(holds(text, "nothing was changed, your verdicts are still here")) << text;
}

TEST_F(CounterShell, ShowsWhatAColleagueDecidedMeanwhileAndKeepsTheVerdictsThatStillFit) {
  desk_.how_sent = Sent::kDeclined;
  desk_.decided_by_a_colleague = {3};
  const std::string text = type("1\na\nr 3 4\n1\ns\nyes\ns\nyes\nb\nyes\nq\n");
  ASSERT_EQ(desk_.sent.size(), 2u) << text;
  EXPECT_EQ(desk_.sent[0].verdicts_size(), 2);
  EXPECT_TRUE(holds(text, "  4  claim 73                 400.00  accepted by the centre\n"))
      << text;
  EXPECT_TRUE(holds(text, "claim 4: accepted by the centre; your verdict on it is dropped\n"));
  EXPECT_TRUE(holds(text, "nothing was changed, your verdicts are still here")) << text;
  EXPECT_FALSE(desk_.sent[1].accept_rest()) << "no claim is presented any more";
  ASSERT_EQ(desk_.sent[1].verdicts_size(), 1);
  EXPECT_EQ(desk_.sent[1].verdicts(0).claim_id(), 72u);
}

TEST_F(CounterShell, SaysThatNoVerdictIsLeftWhereAColleagueDecidedAll) {
  desk_.how_sent = Sent::kDeclined;
  desk_.decided_by_a_colleague = {2, 3};
  const std::string text = type("1\na\ns\nyes\ns\nb\nq\n");
  EXPECT_EQ(desk_.sent.size(), 1u) << text;
  EXPECT_TRUE(holds(text, "nothing was changed, and no verdict is left to send; b: back\n"))
      << text;
}

TEST_F(CounterShell, GoesBackToTheListWhereADeclinedBordereauIsGone) {
  desk_.how_sent = Sent::kDeclined;
  desk_.goes_away = true;
  const std::string text = type("1\na\ns\nyes\nq\n");
  EXPECT_TRUE(holds(text, "this bordereau is not here any more\n")) << text;
  EXPECT_TRUE(text.ends_with("counter> ")) << text;
}

TEST_F(CounterShell, KeepsTheVerdictsWhereADeclinedBordereauCannotBeReadAgain) {
  desk_.how_sent = Sent::kDeclined;
  desk_.becomes_busy = true;
  const std::string text = type("1\na\ns\nyes\ns\nyes\nb\nyes\nq\n");
  EXPECT_TRUE(holds(text, "it could not be read again; your verdicts are still here\n")) << text;
  EXPECT_FALSE(holds(text, "not here any more")) << text;
  ASSERT_EQ(desk_.sent.size(), 2u) << text;
  EXPECT_EQ(desk_.sent[0].SerializeAsString(), desk_.sent[1].SerializeAsString());
}

TEST_F(CounterShell, StaysInTheListWhereABordereauCannotBeRead) {
  desk_.is_busy = true;
  const std::string text = type("1\nq\n");
  EXPECT_TRUE(text.ends_with("it could not be read\ncounter> ")) << text;
}

TEST_F(CounterShell, DoesNotLookAgainAfterWhatNeverReachedTheSwitch) {
  desk_.how_sent = Sent::kNotDone;
  desk_.decided_by_a_colleague = {3};
  const std::string text = type("1\nr 4\n1\ns\nyes\nb\nyes\nq\n");
  EXPECT_FALSE(holds(text, "dropped")) << text;
  EXPECT_TRUE(holds(text, "your verdicts are still here")) << text;
}

TEST_F(CounterShell, AsksBeforeItDropsVerdicts) {
  const std::string text = type("1\na\nb\nno\ns\nyes\nq\n");
  EXPECT_TRUE(holds(text, "drop the verdicts that were not sent? (yes/no) ")) << text;
  EXPECT_EQ(desk_.sent.size(), 1u);
}

TEST_F(CounterShell, ExplainsItselfAndSurvivesNonsense) {
  const std::string text = type("?\n0\n2\nopen\n1\n?\nz\n\nb\n\nq\n");
  EXPECT_TRUE(holds(text, "open bordereau 2 of the list")) << text;
  EXPECT_TRUE(holds(text, "there is no 'open' here; ?: help")) << text;
  EXPECT_TRUE(holds(text, "reject claims 2 and 4")) << text;
  EXPECT_TRUE(holds(text, "there is no 'z' here; ?: help")) << text;
}

TEST_F(CounterShell, GoesBackToTheListWhereABordereauIsGone) {
  desk_.is_gone = true;
  const std::string text = type("1\nq\n");
  EXPECT_TRUE(holds(text, "this bordereau is not here, or not here any more")) << text;
}

}  // namespace
}  // namespace wasl::cli

// What the store says of what waits, state by state, as a fund's day goes on.

#include "store/pending_scan.hpp"

#include <future>

#include "store/rounds.hpp"
#include "store/waiting.hpp"
#include "support/fixed_clock.hpp"

namespace wasl::store {
namespace {

using core::PendingState;
using test::Waiting;

TEST_F(Waiting, KnowsAFundInWhichNothingWaits) { EXPECT_EQ(waiting(), ""); }

TEST_F(Waiting, FollowsAClaimToItsMoney) {
  approved();
  EXPECT_EQ(waiting(), "approved 1 0");
  const std::uint32_t number = close();
  EXPECT_EQ(waiting(), "presented 1 0");
  run_review(review(number, {}, true));
  EXPECT_EQ(waiting(), "accepted 1 0");
  const core::Sequence run = filled();
  EXPECT_EQ(waiting(), "in_run 1 0");
  run_decision(approval(run));
  export_whole(run);
  EXPECT_EQ(waiting(), "exported 1 0");
  bank_says({says(payouts()[0], core::BankWord::kBooked)});
  EXPECT_EQ(waiting(), "");
}

TEST_F(Waiting, CountsOnlyWhatNoBordereauHoldsAndWasNotReversed) {
  approved();
  close();
  approved();
  const core::Command reversed = approved(100, "A", 2);
  approved(100, "B", 2);
  world.run(world.reversal(reversed));
  EXPECT_EQ(waiting(), "approved 2 0, presented 1 0");
}

TEST_F(Waiting, TellsHeldClaimsFromPresentedOnes) {
  approved();
  const core::ClaimId held = world.sequence;
  approved();
  run_review(review(close(), {hold(held)}));
  EXPECT_EQ(waiting(), "presented 1 0, held 1 0");
}

TEST_F(Waiting, SaysWhoOwesTheStepOfAHeldClaim) {
  const auto owners = [&] {
    std::string text;
    const core::FundPending fund = found();
    for (std::size_t state = 0; state < core::kPendingStates; ++state) {
      const core::PendingName& name = core::name(PendingState(state));
      if (name.state == "held" && fund.states[state].items > 0) text += name.owner;
    }
    return text;
  };
  for (const auto& [owner, named] :
       {std::pair{core::StepOwner::kProvider, "provider"},
        std::pair{core::StepOwner::kCentre, "centre"}, std::pair{core::StepOwner::kFund, "fund"}}) {
    approved(100, "A", owner == core::StepOwner::kFund ? 2 : 1);
    const core::ClaimId claim = world.sequence;
    core::ReviewVerdict verdict = hold(claim);
    verdict.owner = owner;
    const std::uint32_t number = close();
    run_review(review(number, {verdict}));
    EXPECT_EQ(owners(), named);
    run_review(review(number, {accept(claim)}));
  }
}

TEST_F(Waiting, TellsWhatIsLateOfABordereauFromWhatIsNot) {
  approved();
  const core::ClaimId held = world.sequence;
  approved();
  run_review(review(close(), {hold(held, "2026-03-20")}));
  world.set_today("2026-03-21");
  EXPECT_EQ(waiting(), "presented 1 0, held 1 1");
}

TEST_F(Waiting, CountsARunThatTookNothingYet) {
  const core::Sequence run = propose();
  EXPECT_EQ(waiting(), "in_run 1 0");
  collect(run);
  EXPECT_EQ(waiting(), "") << "nothing is owed: it is cancelled";
}

TEST_F(Waiting, CountsAChangeOfAnAccountUntilASecondOperatorHasEnteredIt) {
  world.run(entry(core::Role::kCentre, test::kCentre, "042", pharmacy()));
  world.run(entry(core::Role::kFund, test::kFund, "007",
                  test::code<core::InsuredNumber>(test::kInsured)));
  EXPECT_EQ(waiting(), "account 1 0, account 1 0");
  world.set_today("2026-03-14");
  EXPECT_EQ(waiting(), "account 1 1, account 1 1");
  world.run(entry(core::Role::kCentre, test::kCentre, "043", pharmacy()));
  EXPECT_EQ(waiting(), "account 1 1");
}

TEST_F(Waiting, CountsAChangeAtACentreInEachFundThatPaysThere) {
  const auto other = test::code<core::FundCode>("CASNOS");
  world.pharmacy().agreements.push_back({.fund = other, .in_force = {}});
  world.run(entry(core::Role::kCentre, test::kCentre, "042", pharmacy()));
  store_rows();
  const auto report = scan();
  ASSERT_TRUE(report && *report);
  for (const core::FundPending& fund : (*report)->funds) {
    EXPECT_EQ(fund.states[static_cast<std::size_t>(PendingState::kAccountAtCentre)].items, 1U)
        << fund.fund.view();
  }
  EXPECT_EQ((*report)->funds.size(), 2U);
}

TEST_F(Waiting, CountsAPriorAgreementSinceTheDayItWasAskedOn) {
  begin_day();
  const core::Instant day = world.now;
  world.set_today("2026-03-11");
  world.run(world.command(
      core::Role::kProvider, test::kPharmacy,
      core::RequestPriorAgreement{.card = test::code<core::CardNumber>(test::kCard),
                                  .rank = 1,
                                  .wanted = {test::day("2026-03-12"), test::day("2026-03-31")},
                                  .subject = test::code<core::ProductCode>("A")}));
  const core::Sequence agreement = world.sequence;
  begin_day();
  world.set_today("2026-03-13");
  EXPECT_EQ(waiting(), "agreement 1 1");
  EXPECT_EQ(found().states[static_cast<std::size_t>(PendingState::kAgreement)].oldest, day);
  world.run(world.command(
      core::Role::kFund, test::kFund,
      core::DecidePriorAgreement{.insured = test::code<core::InsuredNumber>(test::kInsured),
                                 .agreement = agreement,
                                 .granted = false,
                                 .in_force = {}}));
  EXPECT_EQ(waiting(), "");
}

TEST_F(Waiting, CountsARefundAsOwedAndNotAsAClaimToPresent) {
  refunded();
  EXPECT_EQ(waiting(), "refund 1 0");
}

TEST_F(Waiting, CountsWhatTheBankSentBack) {
  accepted();
  exported();
  bank_says({says(payouts()[0], core::BankWord::kReturned, "AC04")});
  EXPECT_EQ(waiting(), "returned 1 0");
}

TEST_F(Waiting, CountsAnOpenStatusFileUntilItIsDropped) {
  const core::Sequence file = open_file(1);
  EXPECT_EQ(waiting(), "status_file 1 0");
  file_decision(core::DropStatusFile{file});
  EXPECT_EQ(waiting(), "");
}

TEST_F(Waiting, SaysSinceWhenAndWhatIsLate) {
  approved();
  const core::Instant first = world.now;
  world.set_today("2026-04-01");
  approved();
  world.set_today("2026-04-10");
  EXPECT_EQ(waiting(), "approved 2 1");
  EXPECT_EQ(found().states[static_cast<std::size_t>(PendingState::kApproved)].oldest, first);
}

TEST_F(Waiting, SaysWhenTheBusinessDayBegan) {
  EXPECT_EQ(found().day_began, std::nullopt);
  begin_day();
  EXPECT_EQ(found().day_began, world.now);
}

// That its payout is open again, which no record can do, is seen by another scan only.
TEST_F(Waiting, ReadsASettledRunOnlyOnce) {
  accepted();
  exported();
  bank_says({says(payouts()[0], core::BankWord::kBooked)});
  EXPECT_EQ(waiting(), "");
  for (auto& [key, row] : world.rows) {
    if (auto* payout = std::get_if<core::Payout>(&row))
      payout->state = core::PayoutState::kExported;
  }
  EXPECT_EQ(waiting(), "");
  scan_ = {};
  EXPECT_EQ(waiting(), "exported 1 0");
}

TEST_F(Waiting, SaysNothingOnceStopped) {
  store_rows();
  stopped_ = true;
  const auto report = scan();
  ASSERT_TRUE(report);
  EXPECT_EQ(*report, std::nullopt);
}

TEST_F(Waiting, SaysThatARowDoesNotFollowItsFormat) {
  RocksBatch batch;
  batch.change(core::run_key(fund(), 7).view(), "no run");
  ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  const auto report = scan();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, core::Errc::kCorrupt);
}

TEST_F(Waiting, IsLookedAtFromTheStartAndAgainAndAgain) {
  approved();
  store_rows();
  const test::FixedClock clock(world.now);
  std::promise<core::PendingReport> third;
  int looks = 0;
  RoundsOptions options{.clock = &clock,
                        .pending = {},
                        .failed = [](const core::Error& error) { FAIL() << error.context; },
                        .every = std::chrono::milliseconds{1}};
  options.pending = [&](const core::PendingReport& report) {
    if (++looks == 3) third.set_value(report);
  };
  Rounds rounds(*rocks_, options);
  const core::PendingReport report = third.get_future().get();
  rounds.stop();
  ASSERT_EQ(report.funds.size(), 1U);
  EXPECT_EQ(report.funds[0].states[0].items, 1U);
  EXPECT_EQ(report.at, world.now);
}

TEST_F(Waiting, IsNotWaitedForAtTheEnd) {
  store_rows();
  const test::FixedClock clock(world.now);
  std::promise<void> first;
  RoundsOptions options{.clock = &clock,
                        .pending = [&](const auto&) { first.set_value(); },
                        .failed = [](const core::Error& error) { FAIL() << error.context; },
                        .every = std::chrono::hours{1}};
  Rounds rounds(*rocks_, options);
  first.get_future().get();
  const auto asked = std::chrono::steady_clock::now();
  rounds.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::minutes{1});
}

}  // namespace
}  // namespace wasl::store

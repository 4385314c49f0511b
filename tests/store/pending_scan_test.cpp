// What the store says of what waits, state by state, as a fund's day goes on.

#include "store/pending_scan.hpp"

#include <future>

#include "core/settling.hpp"
#include "store/rocks.hpp"
#include "store/rounds.hpp"
#include "store/store_world.hpp"
#include "store/stored_row.hpp"
#include "support/fixed_clock.hpp"

namespace wasl::store {
namespace {

using core::Pending;
using core::PendingState;

class Waiting : public test::Settling {
 protected:
  void SetUp() override {
    Settling::SetUp();
    auto rocks = Rocks::create({.path = places_.path() + "/rows"}, journal::genesis({}));
    ASSERT_TRUE(rocks);
    rocks_ = std::move(*rocks);
  }

  // All rows as they are now, and no others.
  void store_rows() {
    RocksBatch batch;
    for (const auto& [key, row] : world.rows) {
      std::string bytes;
      if (!std::holds_alternative<std::monostate>(row)) encode_stored(key, row, bytes);
      batch.change(key.view(), bytes);
    }
    std::map<core::RowKey, std::string> index = world.index;
    core::encode_entry(*world.reference.fund(fund()), index[core::fund_key(fund())]);
    const core::Rulebook& rulebook = *world.reference.rulebook_of(fund());
    core::encode_entry(rulebook, index[core::rulebook_key(rulebook.scheme)]);
    for (const auto& [key, bytes] : stored_) {
      if (!index.contains(key)) batch.change(key.view(), "");
    }
    for (const auto& [key, bytes] : index) batch.change(key.view(), bytes);
    stored_ = std::move(index);
    ASSERT_TRUE(rocks_->write(batch, rocks_->applied()));
  }

  // A claim that its centre has rejected.
  core::Command rejected(std::string_view service = "2026-03-10") {
    const std::string prescription = "RJ-" + std::to_string(world.sequence);
    core::Command claim =
        world.claim({test::line("A", test::dzd(100))},
                    {.prescription = prescription, .service = service, .prescribed = service});
    EXPECT_EQ(world.submit(claim).outcome, core::Outcome::kApproved);
    const core::ClaimId id = world.sequence;
    EXPECT_EQ(run_review(review(close(), {reject(id)})).reason, core::Reason::kNone);
    return claim;
  }
  void begin_day() {
    core::Command begin;
    begin.request =
        core::AdvanceBusinessDay{fund(), core::business_date(test::dz_cnas(), world.now)};
    world.run(begin);
  }
  core::Command entry(core::Role role, std::string_view at, std::string_view by,
                      core::Payee payee) {
    core::Command made = world.command(
        role, at,
        core::SetPayoutAccount{std::move(payee), std::string(test::kOtherRib), /*withdraw=*/false});
    made.by = test::code<core::OperatorId>(by);
    return made;
  }

  core::Result<std::optional<core::PendingReport>> scan() {
    return scan_.read(*rocks_, world.now, stopped_);
  }
  // Of the fund, which must be the only one.
  core::FundPending found() {
    store_rows();
    const auto report = scan();
    if (!report || !*report || (*report)->funds.size() != 1) {
      ADD_FAILURE() << "no report of one fund";
      return {};
    }
    EXPECT_EQ((*report)->funds.front().fund, fund());
    return (*report)->funds.front();
  }
  // "state items late" of what waits.
  std::string waiting() {
    std::string text;
    const core::FundPending fund = found();
    for (std::size_t state = 0; state < core::kPendingStates; ++state) {
      const Pending& each = fund.states[state];
      if (each.items == 0) continue;
      if (!text.empty()) text += ", ";
      text += std::string(core::name(PendingState(state)).state) + " " +
              std::to_string(each.items) + " " + std::to_string(each.late);
    }
    return text;
  }

  test::StoreWorld places_;
  std::unique_ptr<Rocks> rocks_;
  PendingScan scan_;
  std::atomic<bool> stopped_ = false;

 private:
  std::map<core::RowKey, std::string> stored_;  // Of no row of a Row.
};

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

TEST_F(Waiting, KnowsARejectedClaimUntilItIsCorrected) {
  const core::Command claim = rejected();
  EXPECT_EQ(waiting(), "rejected 1 0");
  world.run(correction(claim, {test::line("A", test::dzd(900))}));
  EXPECT_EQ(waiting(), "rejected 1 0") << "above the original: it stays rejected";
  world.run(correction(claim, {test::line("A", test::dzd(90))}));
  EXPECT_EQ(waiting(), "approved 1 0");
  scan_ = {};
  EXPECT_EQ(waiting(), "approved 1 0");
}

TEST_F(Waiting, FindsARejectionBetweenWhatItHasReadAndWhatIsPresented) {
  approved();
  EXPECT_EQ(waiting(), "approved 1 0");
  const core::ClaimId claim = world.sequence;
  const std::uint32_t number = close();
  run_review(review(number, {reject(claim)}));
  accepted();
  EXPECT_EQ(waiting(), "rejected 1 0, accepted 1 0");
  EXPECT_EQ(waiting(), "rejected 1 0, accepted 1 0") << "counted once";
}

TEST_F(Waiting, KnowsACorrectionThatWasRejectedInItsTurn) {
  const core::Command first = rejected();
  const core::Command second = correction(first, {test::line("A", test::dzd(90))});
  world.run(second);
  run_review(review(close(), {reject(world.request_row(second)->sequence)}));
  EXPECT_EQ(waiting(), "rejected 1 0");
}

TEST_F(Waiting, SaysSinceWhenAClaimIsRejectedAndWhenThatIsLate) {
  rejected();
  const core::Instant at = world.now;
  world.set_today("2026-04-09");
  EXPECT_EQ(waiting(), "rejected 1 0");
  world.set_today("2026-04-10");
  EXPECT_EQ(waiting(), "rejected 1 1");
  EXPECT_EQ(found().states[static_cast<std::size_t>(PendingState::kRejected)].oldest, at);
}

TEST_F(Waiting, LeavesOutWhatCanBeCorrectedNoLonger) {
  const core::Command claim = rejected();
  world.set_today("2026-06-10");
  EXPECT_EQ(waiting(), "rejected 1 1");
  world.set_today("2026-06-11");
  const auto refused = world.submit(correction(claim, {test::line("A", test::dzd(90))}));
  EXPECT_EQ(refused.reason, core::Reason::kTimeBarred);
  EXPECT_EQ(waiting(), "");
  scan_ = {};
  EXPECT_EQ(waiting(), "");
}

// A rejection of a claim that there never was, which no record can post, would be damage.
TEST_F(Waiting, ReadsOnlyPostingsOfDaysOfWhichSomethingCanBeCorrected) {
  accepted();
  exported();
  bank_says({says(payouts()[0], core::BankWord::kBooked)});
  world.set_today("2026-06-10");
  begin_day();
  const core::Instant begun = world.now;
  world.set_today("2026-09-12");
  rejected("2026-09-12");
  for (auto& [key, bytes] : world.index) {
    auto set = core::decode_postings(core::as_bytes(bytes));
    if (!core::posting_place(key) || !set || set->at > begun) continue;
    set->cause = core::PostingCause::kRejection;
    set->request_id.fill(9);
    bytes = core::encode_postings(*set);
  }
  EXPECT_EQ(waiting(), "rejected 1 0");
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

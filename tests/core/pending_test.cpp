// What waits is late on the day behind its deadline, counted where the fund is.

#include "core/pending.hpp"

#include <set>

#include "core/history_view.hpp"
#include "core/settling.hpp"

namespace wasl::core {
namespace {

using namespace std::chrono_literals;
using test::day;

constexpr std::size_t index(PendingState state) { return static_cast<std::size_t>(state); }

// 22:59 of UTC is the last minute of the day in Algiers, an hour ahead.
Instant at_the_end_of(std::string_view date) { return day(date) + 22h + 59min; }

// What is counted of one state at that time.
template <typename Add>
Pending counted(PendingState state, Instant now, const Add& add) {
  const Rulebook rulebook = test::dz_cnas();
  PendingCount count(&rulebook, now);
  add(count);
  for (std::size_t other = 0; other < kPendingStates; ++other) {
    if (other != index(state)) {
      EXPECT_EQ(count.states()[other], Pending{}) << other;
    }
  }
  return count.states()[index(state)];
}

// The deadline's last minute, and the next one.
template <typename Add>
void expect_late_behind(std::string_view deadline, PendingState state, const Add& add) {
  EXPECT_EQ(counted(state, at_the_end_of(deadline), add).late, 0U);
  const Pending late = counted(state, at_the_end_of(deadline) + 1min, add);
  EXPECT_GT(late.items, 0U);
  EXPECT_EQ(late.late, late.items);
}

Owed owed(OwedItem item) {
  return {.fund = {}, .payee = test::code<InsuredNumber>(test::kInsured), .item = std::move(item)};
}

OwedItem item_due(std::string_view due) {
  OwedItem item;
  item.since = at_the_end_of("2026-03-01");
  item.due = day(due);
  return item;
}

SettlementRun run_of(std::uint32_t payouts) {
  SettlementRun run;
  run.payouts = payouts;
  run.value_date = day("2026-03-12");
  run.proposed_at = at_the_end_of("2026-03-10");
  return run;
}

TEST(Pending, NamesEachStateOnceForEachWhoMayOweItsStep) {
  std::set<std::pair<std::string_view, std::string_view>> names;
  const std::set<std::string_view> owners{"provider", "centre", "fund", "bank"};
  for (std::size_t state = 0; state < kPendingStates; ++state) {
    const PendingName& named = name(PendingState(state));
    names.emplace(named.state, named.owner);
    EXPECT_TRUE(owners.contains(named.owner)) << state;
  }
  EXPECT_EQ(names.size(), kPendingStates);
}

TEST(Pending, AnApprovedClaimIsToBePresentedInTheDaysOfItsRulebook) {
  const Rulebook rulebook = test::dz_cnas();
  const Instant approved = at_the_end_of("2026-03-10");
  const Day deadline =
      day("2026-03-10") + std::chrono::days{rulebook.at(day("2026-03-10")).presentation_days};
  expect_late_behind(to_text(deadline), PendingState::kApproved,
                     [&](PendingCount& count) { count.add_approved(approved); });
}

TEST(Pending, NothingIsToBePresentedByADayWithoutARulebook) {
  PendingCount count(nullptr, Instant{kDayMax});
  count.add_approved(at_the_end_of("2026-03-10"));
  EXPECT_EQ(count.states()[index(PendingState::kApproved)].items, 1U);
  EXPECT_EQ(count.states()[index(PendingState::kApproved)].late, 0U);
}

TEST(Pending, PresentedClaimsWaitForWhoeverReviewsThem) {
  ReviewIndexRow review;
  review.presented = 3;
  review.since = at_the_end_of("2026-03-10");
  ReviewPlace place{.reviewer = Role::kCentre, .deadline = day("2026-03-25")};
  const auto add = [&](PendingCount& count) { count.add(review, place); };
  expect_late_behind("2026-03-25", PendingState::kPresented, add);
  EXPECT_EQ(counted(PendingState::kPresented, review.since, add), (Pending{3, 0, review.since}));
  place.reviewer = Role::kFund;
  expect_late_behind("2026-03-25", PendingState::kPresentedToFund, add);
}

Bordereau bordereau_of(std::vector<PresentedClaim> claims) {
  Bordereau bordereau;
  bordereau.fund = test::code<FundCode>(test::kFund);
  bordereau.centre = test::code<ParticipantId>(test::kCentre);
  bordereau.closed_at = at_the_end_of("2026-03-10");
  bordereau.due = day("2026-03-25");
  bordereau.claims = std::move(claims);
  return bordereau;
}

PresentedClaim in_state(RequestState state) {
  PresentedClaim claim;
  claim.state = state;
  return claim;
}

PresentedClaim held(StepOwner owner, std::string_view until) {
  PresentedClaim claim = in_state(RequestState::kHeld);
  claim.owner = owner;
  claim.until = day(until);
  return claim;
}

TEST(Pending, AHeldClaimIsLateBehindItsOwnDayAndOwedByWhomTheHoldNames) {
  for (const auto& [owner, state] :
       {std::pair{StepOwner::kProvider, PendingState::kHeldForProvider},
        std::pair{StepOwner::kCentre, PendingState::kHeldForCentre},
        std::pair{StepOwner::kFund, PendingState::kHeldForFund}}) {
    expect_late_behind("2026-03-12", state, [&, &owner = owner](PendingCount& count) {
      count.add(bordereau_of({held(owner, "2026-03-12")}));
    });
  }
}

TEST(Pending, ClaimsOfOneBordereauHaveEachTheirOwnDay) {
  const Bordereau mixed =
      bordereau_of({in_state(RequestState::kPresented), held(StepOwner::kCentre, "2026-03-12"),
                    held(StepOwner::kCentre, "2026-03-30"), in_state(RequestState::kAccepted),
                    in_state(RequestState::kRejected)});
  const Rulebook rulebook = test::dz_cnas();
  PendingCount count(&rulebook, at_the_end_of("2026-03-20"));
  count.add(mixed);
  EXPECT_EQ(count.states()[index(PendingState::kPresented)], (Pending{1, 0, mixed.closed_at}));
  EXPECT_EQ(count.states()[index(PendingState::kHeldForCentre)], (Pending{2, 1, mixed.closed_at}));
}

TEST(Pending, WithoutACentreTheFundOwesTheFirstDecision) {
  Bordereau bordereau = bordereau_of({in_state(RequestState::kPresented)});
  bordereau.centre = {};
  expect_late_behind("2026-03-25", PendingState::kPresentedToFund,
                     [&](PendingCount& count) { count.add(bordereau); });
}

TEST(Pending, ARejectedClaimIsToBeCorrectedInTheDaysOfPresentation) {
  const Rulebook rulebook = test::dz_cnas();
  const Instant rejected = at_the_end_of("2026-03-10");
  const Day deadline =
      day("2026-03-10") + std::chrono::days{rulebook.at(day("2026-03-10")).presentation_days};
  expect_late_behind(to_text(deadline), PendingState::kRejected,
                     [&](PendingCount& count) { count.add_rejected(rejected); });
}

TEST(Pending, KnowsUntilWhenARejectedClaimCanBeCorrected) {
  const Rulebook rulebook = test::dz_cnas();
  const PendingCount count(&rulebook, at_the_end_of("2026-06-20"));
  const Day oldest = history_bounds(rulebook, day("2026-06-20")).service_from;
  EXPECT_TRUE(count.is_correctable(oldest));
  EXPECT_FALSE(count.is_correctable(oldest - std::chrono::days{1}));
  // A clock that is ahead approves, and a centre rejects, before the service date.
  const std::chrono::minutes ahead{rulebook.at(oldest).service_date_ahead_minutes};
  EXPECT_EQ(count.correctable_since(), Instant{oldest} - 1h - ahead);
}

TEST(Pending, WithoutARulebookNothingIsTooOldToBeCorrected) {
  EXPECT_TRUE(PendingCount(nullptr, Instant{kDayMax}).is_correctable(kDayMin));
}

TEST(Pending, WhatIsOwedIsLateBehindThePromisedDay) {
  const OwedItem accepted = item_due("2026-03-25");
  expect_late_behind("2026-03-25", PendingState::kAccepted,
                     [&](PendingCount& count) { count.add(owed(accepted)); });
  OwedItem refund = accepted;
  refund.of = RefundItem{};
  expect_late_behind("2026-03-25", PendingState::kRefund,
                     [&](PendingCount& count) { count.add(owed(refund)); });
  for (OwedItem returned : {accepted, refund}) {
    returned.came_back = CameBack{};
    expect_late_behind("2026-03-25", PendingState::kReturned,
                       [&](PendingCount& count) { count.add(owed(returned)); });
  }
}

TEST(Pending, SaysNoAgeOfWhatWasOwedBeforeThatWasKept) {
  OwedItem old = item_due("2199-12-31");
  old.since = {};
  const auto found = counted(PendingState::kAccepted, at_the_end_of("2026-03-10"),
                             [&](PendingCount& count) { count.add(owed(old)); });
  EXPECT_EQ(found, (Pending{1, 0, std::nullopt}));
}

TEST(Pending, ARunsPayoutsWaitUntilTheyAreGivenBackOrInABankFile) {
  SettlementRun run = run_of(5);
  expect_late_behind("2026-03-12", PendingState::kInRun,
                     [&](PendingCount& count) { count.add(run); });
  const auto left = [&] {
    return counted(PendingState::kInRun, run.proposed_at,
                   [&](PendingCount& count) { count.add(run); })
        .items;
  };
  EXPECT_EQ(left(), 5U);
  run.released = 2;
  EXPECT_EQ(left(), 3U);
  run.released = 0;
  run.exported = RunExport{};
  run.exported->payouts = 4;
  EXPECT_EQ(left(), 1U);
  run.exported->payouts = 5;
  EXPECT_EQ(left(), 0U);
}

TEST(Pending, ARunThatHasTakenNothingYetWaitsLikeAPayout) {
  SettlementRun run = run_of(0);
  const auto add = [&](PendingCount& count) { count.add(run); };
  expect_late_behind("2026-03-12", PendingState::kInRun, add);
  EXPECT_EQ(counted(PendingState::kInRun, run.proposed_at, add), (Pending{1, 0, run.proposed_at}));
  run.state = RunState::kCancelled;
  EXPECT_EQ(counted(PendingState::kInRun, run.proposed_at, add), Pending{});
}

TEST(Pending, AnExportedPayoutWaitsUntilTheBankHasPaidItOrSentItBack) {
  SettlementRun run = run_of(1);
  run.exported = RunExport{};
  run.exported->payouts = 1;
  run.exported->at = at_the_end_of("2026-03-11");
  Payout payout;
  payout.state = PayoutState::kExported;
  const auto add = [&](PendingCount& count) { count.add(payout, run); };
  expect_late_behind("2026-03-12", PendingState::kExported, add);
  EXPECT_EQ(counted(PendingState::kExported, run.exported->at, add).oldest, run.exported->at);
  for (const PayoutState state :
       {PayoutState::kTaken, PayoutState::kPaid, PayoutState::kReturned}) {
    payout.state = state;
    EXPECT_EQ(counted(PendingState::kExported, run.exported->at, add), Pending{});
  }
}

TEST(Pending, AStatusFileIsToBeDoneByTheDayBehindItsOwn) {
  StatusFile file;
  file.at = at_the_end_of("2026-03-10");
  expect_late_behind("2026-03-11", PendingState::kStatusFile,
                     [&](PendingCount& count) { count.add(file); });
}

TEST(Pending, AChangeOfAnAccountIsToBeEnteredAgainWithinThreeDays) {
  PayoutChange change;
  change.at = at_the_end_of("2026-03-10");
  expect_late_behind("2026-03-13", PendingState::kAccountAtCentre,
                     [&](PendingCount& count) { count.add(change, Role::kCentre); });
  expect_late_behind("2026-03-13", PendingState::kAccountAtFund,
                     [&](PendingCount& count) { count.add(change, Role::kFund); });
}

TEST(Pending, APriorAgreementIsToBeDecidedByTheDayItIsWantedFrom) {
  AgreementIndexRow agreement;
  agreement.wanted = {day("2026-03-20"), day("2026-06-20")};
  const Instant asked = at_the_end_of("2026-03-10");
  const auto add = [&](PendingCount& count) { count.add(agreement, asked); };
  expect_late_behind("2026-03-20", PendingState::kAgreement, add);
  EXPECT_EQ(counted(PendingState::kAgreement, asked, add), (Pending{1, 0, asked}));
}

TEST(Pending, KnowsTheOldestOfSeveral) {
  const auto found =
      counted(PendingState::kApproved, at_the_end_of("2026-03-12"), [](PendingCount& count) {
        count.add_approved(at_the_end_of("2026-03-11"));
        count.add_approved(at_the_end_of("2026-03-10"));
        count.add_approved(at_the_end_of("2026-03-12"));
      });
  EXPECT_EQ(found, (Pending{3, 0, at_the_end_of("2026-03-10")}));
}

}  // namespace
}  // namespace wasl::core

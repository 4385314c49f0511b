// Reversals and status queries in every order with their original.

#include <gtest/gtest.h>

#include <algorithm>

#include "core/index_rows.hpp"
#include "support/world.hpp"

namespace wasl::core {
namespace {

using Effect = ReversalDecision::Effect;
using Finding = StatusDecision::Finding;
using test::dzd;
using test::line;
using test::World;

ReversalDecision reverse(World& world, const Command& claim) {
  return std::get<ReversalDecision>(world.run(world.reversal(claim)));
}

StatusDecision status(World& world, const Command& claim, bool close = false) {
  Command query =
      world.command(claim.from.role, claim.from.id.view(), GetClaim{claim.request_id, close});
  return std::get<StatusDecision>(world.run(query));
}

TEST(Reversal, ReleasesExactlyTheLinesOfItsClaim) {
  World world;
  world.submit(world.claim({line("A", dzd(100))}, {.prescription = "RX-1"}));
  const History before = world.history();
  const Command claim =
      world.claim({line("B", dzd(200)), line("C", dzd(300))}, {.prescription = "RX-2"});
  const ClaimDecision approved = world.submit(claim);
  const std::uint32_t counter = world.card().atc_highest;

  const ReversalDecision decision = reverse(world, claim);
  EXPECT_EQ(decision.effect, Effect::kReleased);
  EXPECT_EQ(decision.insurer, approved.insurer);
  EXPECT_EQ(decision.patient, approved.patient);
  EXPECT_EQ(decision.claim, world.request_row(claim)->sequence);
  EXPECT_EQ(world.history().lines, before.lines);
  EXPECT_EQ(world.request_row(claim)->state, RequestState::kReversed);
  EXPECT_EQ(world.card().atc_highest, counter);  // The counter stays used.
}

TEST(Reversal, IsIdempotent) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  reverse(world, claim);
  const std::uint64_t version = world.history().version;
  const ReversalDecision again = reverse(world, claim);
  EXPECT_EQ(again.effect, Effect::kAlreadyReversed);
  EXPECT_EQ(again.claim, world.request_row(claim)->sequence);
  EXPECT_EQ(again.insurer, Cents{0});
  EXPECT_EQ(world.history().version, version);
}

TEST(Reversal, OfADeclinedClaimReleasesNothing) {
  World world;
  const Command claim = world.claim({line("NONE", dzd(100))});
  world.submit(claim);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kNothingToRelease);
  EXPECT_EQ(world.request_row(claim)->state, RequestState::kDeclined);
}

TEST(Reversal, BeforeItsOriginalLeavesATombstoneThatDeclinesIt) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  const ReversalDecision early = reverse(world, claim);
  EXPECT_EQ(early.effect, Effect::kTombstone);
  EXPECT_EQ(early.claim, 0U);
  EXPECT_FALSE(world.request_row(claim)->answered);
  EXPECT_EQ(status(world, claim).finding, Finding::kReversed);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kAlreadyReversed);

  const ClaimDecision late = world.submit(claim);
  EXPECT_EQ(late.reason, Reason::kReversedBeforeArrival);
  const RequestRow& row = *world.request_row(claim);
  EXPECT_EQ(row.state, RequestState::kReversed);
  EXPECT_TRUE(row.answered);
  EXPECT_EQ(row.content, claim.content);
  EXPECT_EQ(row.body, "answer");
  EXPECT_TRUE(world.history().lines.empty());
  EXPECT_EQ(status(world, claim).finding, Finding::kReversed);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kAlreadyReversed);
}

TEST(Reversal, OfAClosedIdReleasesNothing) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  EXPECT_EQ(status(world, claim).finding, Finding::kNotSeen);
  EXPECT_EQ(world.request_row(claim), nullptr);
  EXPECT_EQ(status(world, claim, true).finding, Finding::kClosed);
  EXPECT_EQ(status(world, claim).finding, Finding::kClosed);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kNothingToRelease);
  EXPECT_EQ(world.submit(claim).reason, Reason::kClosedBeforeArrival);
  EXPECT_EQ(world.request_row(claim)->state, RequestState::kClosed);
  EXPECT_EQ(status(world, claim, true).finding, Finding::kClosed);
}

TEST(Reversal, OfAnotherRequestOrOfItselfIsRefusedAndRemembered) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  const Command reversal = world.reversal(claim);
  world.run(reversal);
  const Command of_reversal = world.reversal(reversal);
  const auto refused = std::get<ReversalDecision>(world.run(of_reversal));
  EXPECT_EQ(refused.effect, Effect::kRefused);
  EXPECT_EQ(refused.reason, Reason::kOriginalNotAClaim);
  EXPECT_TRUE(world.request_row(of_reversal)->answered);
  EXPECT_EQ(status(world, reversal).finding, Finding::kNotAClaim);

  Command of_itself = world.reversal(claim);
  std::get<ReverseClaim>(of_itself.request).original = of_itself.request_id;
  EXPECT_EQ(std::get<ReversalDecision>(world.run(of_itself)).reason, Reason::kOriginalNotAClaim);
  EXPECT_EQ(world.request_row(of_itself)->state, RequestState::kDone);
}

TEST(Reversal, UnderAnIdThatWasClosedIsRefused) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  const Command reversal = world.reversal(claim);
  status(world, reversal, true);
  const auto refused = std::get<ReversalDecision>(world.run(reversal));
  EXPECT_EQ(refused.reason, Reason::kClosedBeforeArrival);
  EXPECT_EQ(world.request_row(claim)->state, RequestState::kApproved);
}

TEST(Reversal, IsOpenToASuspendedParticipant) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  world.pharmacy().suspended = true;
  EXPECT_EQ(status(world, claim).finding, Finding::kFound);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kReleased);
  const Command next = world.claim({line("B", dzd(100))});
  EXPECT_EQ(world.submit(next).reason, Reason::kParticipantSuspended);
  EXPECT_EQ(world.request_row(next), nullptr);
}

TEST(Reversal, OfARefundReleasesToo) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))}, {.kind = ClaimKind::kRefund});
  world.submit(claim);
  EXPECT_EQ(reverse(world, claim).effect, Effect::kReleased);
  EXPECT_TRUE(world.history().lines.empty());
}

TEST(Reversal, OfAClaimWhoseLinesWerePrunedStillReverses) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  world.history().lines.clear();
  const std::uint64_t version = world.history().version;
  EXPECT_EQ(reverse(world, claim).effect, Effect::kReleased);
  EXPECT_EQ(world.history().version, version);
}

TEST(Reversal, ShowsInTheIndexOfClaims) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  const auto indexed = [&] {
    return std::ranges::count_if(
        world.index, [](const auto& entry) { return indexed_day(entry.first).has_value(); });
  };
  ASSERT_EQ(indexed(), 1);
  const auto row = [&] {
    return decode_claim_index_row(as_bytes(world.index.begin()->second)).value();
  };
  EXPECT_EQ(row().state, RequestState::kApproved);
  EXPECT_EQ(row().request_id, claim.request_id);
  world.set_today("2026-03-12");
  reverse(world, claim);
  ASSERT_EQ(indexed(), 1);
  EXPECT_EQ(row().state, RequestState::kReversed);
  EXPECT_EQ(row().insurer, dzd(80));
}

TEST(RequestIds, OtherContentIsRefusedAndNotRemembered) {
  World world;
  const Command claim = world.claim({line("A", dzd(100))});
  world.submit(claim);
  const RequestRow before = *world.request_row(claim);
  Command other = claim;
  other.content.fill(0xee);
  RowSet rows = world.rows_for(other);
  const Decision decision = decide(other, rows, world.reference, world.now);
  EXPECT_EQ(std::get<ClaimDecision>(decision).reason, Reason::kRequestIdReused);
  EXPECT_FALSE(changes_state(other, decision));
  EXPECT_EQ(apply(other, decision, {99, world.now}, "x", rows, world.reference).slots, 0U);
  EXPECT_EQ(*world.request_row(claim), before);
}

TEST(IndexRows, RefuseTruncatedAndOversizedBytes) {
  const std::string claim = encode_index_row(ClaimIndexRow{});
  AgreementIndexRow row{.insured = test::code<InsuredNumber>("1"),
                        .rank = 1,
                        .wanted = {},
                        .subject = test::code<ProductCode>("A")};
  const std::string agreement = encode_index_row(row);
  EXPECT_EQ(decode_agreement_index_row(as_bytes(agreement)), row);
  for (std::size_t size = 0; size < agreement.size(); ++size) {
    EXPECT_FALSE(decode_agreement_index_row(as_bytes(agreement).first(size)));
  }
  for (std::size_t size = 0; size < claim.size(); ++size) {
    EXPECT_FALSE(decode_claim_index_row(as_bytes(claim).first(size)));
  }
  EXPECT_FALSE(decode_claim_index_row(as_bytes(claim + '\0')));
  EXPECT_FALSE(decode_agreement_index_row(as_bytes(agreement + '\0')));
  row.subject = PrescriptionKey{test::code<PrescriberId>("D"), test::code<PrescriptionNumber>("N"),
                                test::day("2026-03-10")};
  EXPECT_EQ(decode_agreement_index_row(as_bytes(encode_index_row(row))), row);
}

}  // namespace
}  // namespace wasl::core

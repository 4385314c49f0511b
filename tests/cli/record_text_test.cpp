// A record in one line, as `wasl verify` and `wasl replay` print it.

#include "cli/record_text.hpp"

#include <gtest/gtest.h>

namespace wasl::cli {
namespace {

TEST(RecordText, SaysWhatAReductionDid) {
  using Effect = core::ReductionDecision::Effect;
  core::ReductionDecision decision{
      .effect = Effect::kOwedBack, .reason = core::Reason::kNone, .difference = core::Cents{8'000}};
  EXPECT_EQ(decision_text(decision), "OWED_BACK, difference 80.00");
  decision = {.effect = Effect::kRefused, .reason = core::Reason::kInSettlement, .difference = {}};
  EXPECT_EQ(decision_text(decision), "REFUSED IN_SETTLEMENT");
}

TEST(RecordText, SaysWhatAStepWithheld) {
  core::CollectDecision decision;
  decision.to.resize(2);
  decision.withheld = {core::Cents{0}, core::Cents{8'000}};
  decision.verdicts = {core::OwedVerdict::kTaken, core::OwedVerdict::kOwesMore};
  EXPECT_EQ(decision_text(decision), "COLLECTING, payouts 2, items 1 of 2, withheld 80.00");
}

TEST(RecordText, NamesTheSwitchWhereItAskedItself) {
  core::RecordView record;
  record.command.request = core::AdvanceBusinessDay{};
  record.decision = core::PlainDecision{};
  EXPECT_EQ(record_text(record, core::Instant{}),
            "AdvanceBusinessDay of the switch at 1970-01-01T00:00:00.000Z: granted");
  record.command.request = core::ConfirmClock{};
  EXPECT_NE(record_text(record, core::Instant{}).find("ConfirmClock of the operator at "),
            std::string::npos);
}

}  // namespace
}  // namespace wasl::cli

// A part of a bank file is asked of the store, and given as it made it.

#include <gtest/gtest.h>

#include "engine/engine.hpp"
#include "engine/listing.hpp"

namespace wasl::engine {
namespace {

core::Command wanted(std::string_view fund) {
  core::Command command;
  command.from = {core::Role::kFund, *core::ParticipantId::make(fund)};
  command.by = *core::OperatorId::make("007");
  command.request = core::GetBankFile{.run = 77, .file = 2, .offset = 61'440};
  return command;
}

class NoBodies : public core::AnswerEncoder {
 public:
  void encode_body(const core::Command&, const core::Decision&, core::Sequence,
                   std::string&) const override {}
};

class BankFileAsked : public ::testing::Test {
 protected:
  Effects step(Inputs inputs) {
    inputs.wall = core::Instant{std::chrono::hours{500'000}};
    inputs.free_bytes = 1ULL << 40;
    return engine_.step(std::move(inputs));
  }
  // By an operator of a fund that is on file.
  Effects ask(const core::Command& command, bool suspended = false) {
    core::Registration registration;
    registration.participant = command.from;
    registration.suspended = suspended;
    Inputs inputs;
    inputs.commands.push_back({.command = command, .origin = {}, .wants_trace = false});
    const Effects asked = step(std::move(inputs));
    EXPECT_EQ(asked.loads.claims.size(), 1U);
    EXPECT_EQ(asked.loads.claims.at(0).key, core::registration_key(command.from));
    inputs = {};
    inputs.loaded.push_back({asked.loads.claims.at(0).key, registration});
    return step(std::move(inputs));
  }

  core::Observer observer_;
  NoBodies encoder_;
  Engine engine_{Options{}, Start{}, encoder_, observer_};
};

TEST(BankFileScan, IsOfTheAskingFundsOwnRun) {
  for (const char* fund : {"CNAS", "CASNOS"}) {
    const core::Scan scan = scan_of(wanted(fund));
    ASSERT_TRUE(scan.part.has_value());
    EXPECT_EQ(scan.part->fund.view(), fund);
    EXPECT_EQ(scan.part->run, 77U);
    EXPECT_EQ(scan.part->file, 2U);
    EXPECT_EQ(scan.part->offset, 61'440U);
  }
}

TEST_F(BankFileAsked, GivesThePartThatTheStoreMade) {
  const Effects asked = ask(wanted("CNAS"));
  ASSERT_EQ(asked.scans.size(), 1U);
  ASSERT_TRUE(asked.scans[0].part.has_value());
  EXPECT_FALSE(engine_.idle());
  core::Scanned scanned;
  scanned.id = asked.scans[0].id;
  scanned.part.emplace().bytes = "<Document>";
  Inputs inputs;
  inputs.scanned.push_back(std::move(scanned));
  const Effects given = step(std::move(inputs));
  ASSERT_EQ(given.deliveries.size(), 1U);
  const auto* listed = std::get_if<core::Listed>(&given.deliveries[0].reply);
  ASSERT_NE(listed, nullptr);
  EXPECT_EQ(listed->deed, core::Deed::kGetBankFile);
  ASSERT_TRUE(listed->part.has_value());
  EXPECT_EQ(listed->part->bytes, "<Document>");
  EXPECT_TRUE(engine_.idle());
}

TEST_F(BankFileAsked, IsClosedToASuspendedFund) {
  const Effects asked = ask(wanted("CNAS"), true);
  EXPECT_TRUE(asked.scans.empty());
  ASSERT_EQ(asked.deliveries.size(), 1U);
  const auto* refused = std::get_if<core::Refused>(&asked.deliveries[0].reply);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->code, core::Refusal::kParticipantSuspended);
}

}  // namespace
}  // namespace wasl::engine

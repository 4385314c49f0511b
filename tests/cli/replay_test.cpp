// `wasl replay` as it is typed, on a switch that the real engine filled.

#include "cli/replay.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "cli/journaled_switch.hpp"
#include "support/source_directory.hpp"

namespace wasl::cli {
namespace {

using test::Typed;

class ReplayCommand : public ::testing::Test {
 protected:
  // Record 1 is the import; 2 and 4 are claims, 3 reverses 2.
  void fill() {
    const core::Command first = switch_.claim(2, "RX-1");
    const auto replies = switch_.run({first, switch_.reversal(first), switch_.claim(3, "RX-2")});
    ASSERT_EQ(replies.size(), 3U);
  }
  // Fills with one record changed, and names what replay says of it: "4 decision ".
  std::string differences_with(core::Sequence sequence,
                               const std::function<void(core::RecordView&)>& change) {
    core::Sequence next = 2;
    switch_.tamper = [&](core::RecordView& record) {
      if (next++ == sequence) change(record);
    };
    fill();
    const Typed typed = switch_.look({"replay", "--json"});
    EXPECT_EQ(typed.exit_code, 6) << typed.err;
    std::ostringstream found;
    const auto object = boost::json::parse(typed.out).as_object();
    for (const auto& each : object.at("differences").as_array()) {
      found << each.at("sequence").to_number<int>() << ' ' << each.at("where").as_string().c_str()
            << ' ';
    }
    return found.str();
  }
  // dz-cnas with a lower ceiling since 2025.
  [[nodiscard]] std::string other_rulebook() const {
    std::ifstream in(test::source_directory() + "/config/rulebooks/dz-cnas.toml");
    std::string text(std::istreambuf_iterator<char>(in), {});
    const std::string ceiling = "prescription_ceiling_centimes = 500_000";
    EXPECT_NE(text.find(ceiling), std::string::npos);
    text.replace(text.find(ceiling), ceiling.size(), "prescription_ceiling_centimes = 80_000");
    switch_.write("other.toml", text);
    return switch_.directory() + "/other.toml";
  }

  test::JournaledSwitch switch_;
};

TEST_F(ReplayCommand, DecidesEverythingAsItWasDecided) {
  fill();
  const Typed typed = switch_.look({"replay", "--json"});
  EXPECT_EQ(typed.exit_code, 0) << typed.out << typed.err;
  const auto found = boost::json::parse(typed.out).as_object();
  EXPECT_EQ(found.at("ok"), true);
  EXPECT_EQ(found.at("records"), 4);
  EXPECT_EQ(found.at("decided"), 3);
  EXPECT_EQ(found.at("sequence"), 4);
  const auto versions = found.at("versions").as_array();
  ASSERT_EQ(versions.size(), 1U);
  EXPECT_EQ(versions[0].at("decider_version"), core::kDeciderVersion);
  EXPECT_EQ(versions[0].at("records"), 3);
  EXPECT_EQ(versions[0].at("differing"), 0);
  EXPECT_TRUE(switch_.look({"replay"}).out.ends_with("\nOK\n"));
}

TEST_F(ReplayCommand, NamesADecisionThatWasTamperedWith) {
  EXPECT_EQ(differences_with(4,
                             [](core::RecordView& record) {
                               auto& decision = std::get<core::ClaimDecision>(record.decision);
                               decision.insurer += core::Cents{100};
                             }),
            "4 decision 4 answer ");
  const Typed typed = switch_.look({"replay"});
  EXPECT_NE(typed.out.find("DIFFERS  record 4 (decider " + std::to_string(core::kDeciderVersion) +
                           "), decision: recorded APPROVED, fund 673.00, patient 265.35; now "
                           "APPROVED, fund 672.00, patient 265.35\n"),
            std::string::npos)
      << typed.out;
}

TEST_F(ReplayCommand, NamesAnAnswerThatWasTamperedWith) {
  EXPECT_EQ(differences_with(2, [](core::RecordView& record) { record.body.back() ^= 1; }),
            "2 answer ");
}

TEST_F(ReplayCommand, NamesARulebookThatWasNotInForce) {
  EXPECT_EQ(differences_with(2, [](core::RecordView& record) { record.rulebook[0] ^= 1; }),
            "2 rulebook ");
}

TEST_F(ReplayCommand, CountsDifferencesByDeciderVersion) {
  EXPECT_EQ(differences_with(4,
                             [](core::RecordView& record) {
                               record.decider_version = 9;
                               record.rulebook[0] ^= 1;
                             }),
            "4 rulebook ");
  const Typed typed = switch_.look({"replay", "--json"});
  const auto versions = boost::json::parse(typed.out).at("versions").as_array();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].at("differing"), 0);
  EXPECT_EQ(versions[1].at("decider_version"), 9);
  EXPECT_EQ(versions[1].at("records"), 1);
  EXPECT_EQ(versions[1].at("differing"), 1);
}

TEST_F(ReplayCommand, NamesADamagedJournal) {
  fill();
  switch_.damage_journal(200);
  const Typed typed = switch_.look({"replay"});
  EXPECT_EQ(typed.exit_code, 6);
  EXPECT_NE(typed.out.find("DIFFERS  "), std::string::npos) << typed.out;
  EXPECT_EQ(typed.out.find("OK"), std::string::npos);
}

TEST_F(ReplayCommand, ShowsTheChecksOfOneRecord) {
  fill();
  const Typed typed = switch_.look({"replay", "--trace", "4", "--json"});
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  const auto traced = boost::json::parse(typed.out).at("traced").as_object();
  EXPECT_EQ(traced.at("sequence"), 4);
  const auto steps = traced.at("trace").as_array();
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps.at(0).at("check"), 3);
  EXPECT_EQ(steps.at(0).at("passed"), true);
  const std::string text = switch_.look({"replay", "--trace", "4"}).out;
  EXPECT_TRUE(text.starts_with("record 4: SubmitClaim of provider 16-004512")) << text;
  EXPECT_NE(text.find("check 22  claim    passed"), std::string::npos) << text;
}

TEST_F(ReplayCommand, SaysWhyARecordCannotBeTraced) {
  fill();
  const Typed import = switch_.look({"replay", "--trace", "1"});
  EXPECT_EQ(import.exit_code, 1);
  EXPECT_NE(import.err.find("is an import"), std::string::npos) << import.err;
  const Typed beyond = switch_.look({"replay", "--trace", "5"});
  EXPECT_EQ(beyond.exit_code, 1);
  EXPECT_NE(beyond.err.find("the last one is 4"), std::string::npos) << beyond.err;
  EXPECT_NE(switch_.look({"replay", "--trace", "0"}).exit_code, 0);
}

TEST_F(ReplayCommand, ShowsWhatAnotherRulebookWouldHaveChanged) {
  fill();
  const Typed typed = switch_.look({"replay", "--rulebook", other_rulebook(), "--json"});
  EXPECT_EQ(typed.exit_code, 0) << typed.out << typed.err;
  const auto what_if = boost::json::parse(typed.out).at("what_if").as_object();
  EXPECT_EQ(what_if.at("claims"), 2);
  EXPECT_EQ(what_if.at("changed"), 1) << "2 x 312.45 stays below 800.00, 3 x 312.45 does not";
  const auto& approved = what_if.at("by_claim").at("APPROVED");
  EXPECT_EQ(approved.at("before").at("count"), 2);
  EXPECT_EQ(approved.at("before").at("insurer_cents"), 112'000);
  EXPECT_EQ(approved.at("before").at("patient_cents"), 44'225);
  EXPECT_EQ(approved.at("after").at("count"), 1);
  EXPECT_EQ(approved.at("after").at("insurer_cents"), 44'800);
  const auto& ceiling = what_if.at("by_line").at("PRESCRIPTION_CEILING_EXCEEDED");
  EXPECT_EQ(ceiling.at("before").at("count"), 0);
  EXPECT_EQ(ceiling.at("after").at("count"), 1);
  EXPECT_EQ(ceiling.at("after").at("asked_cents"), 93'735);
  EXPECT_EQ(what_if.at("by_claim").at("NO_PAYABLE_LINE").at("after").at("count"), 1);
}

TEST_F(ReplayCommand, PrintsWhatAnotherRulebookWouldHaveChanged) {
  fill();
  const std::string rulebook = other_rulebook();
  const Typed typed = switch_.look({"replay", "--rulebook", rulebook});
  EXPECT_NE(typed.out.find("2 claims of the rulebook's scheme, 1 would have been answered"),
            std::string::npos)
      << typed.out;
  EXPECT_NE(typed.out.find("1120.00"), std::string::npos) << typed.out;
  EXPECT_TRUE(switch_.look({"replay"}).out.ends_with("\nOK\n")) << "the rulebook is put back";
  switch_.write("other.toml", "format = 1\nschema = 3\n");
  EXPECT_EQ(switch_.look({"replay", "--rulebook", rulebook}).exit_code, 1);
}

}  // namespace
}  // namespace wasl::cli

// What the engine reports of requests that change nothing: they are decided too.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/engine.hpp"

namespace wasl::engine {
namespace {

class CountingObserver : public core::Observer {
 public:
  void decided(core::Deed deed, core::Outcome outcome, core::Reason) noexcept override {
    const bool granted = outcome != core::Outcome::kDeclined;
    ++decided_[std::string(core::name(deed)) + (granted ? " granted" : " refused")];
  }
  void line_declined(core::Reason) noexcept override { ++lines_; }

  std::map<std::string, int> decided_;
  int lines_ = 0;
};

class EmptyBodies : public core::AnswerEncoder {
 public:
  void encode_body(const core::Command&, const core::Decision&, core::Sequence,
                   std::string&) const override {}
};

// Every row but the participant's own is absent.
class Reports : public ::testing::Test {
 protected:
  void ask(core::Request request) {
    Submission submission;
    submission.command.from = from_;
    submission.command.request_id.fill(++asked_);
    submission.command.request = std::move(request);
    Inputs inputs = now();
    inputs.commands.push_back(std::move(submission));
    Effects effects = engine_.step(std::move(inputs));
    while (!effects.loads.claims.empty() || !effects.loads.reserved.empty()) {
      inputs = now();
      for (auto* lane : {&effects.loads.claims, &effects.loads.reserved}) {
        for (const auto& [key, rank] : *lane) inputs.loaded.push_back({key, row_of(key)});
      }
      effects = engine_.step(std::move(inputs));
    }
  }
  static Inputs now() {
    Inputs inputs;
    inputs.wall = core::Instant{std::chrono::hours{500'000}};
    inputs.free_bytes = 1ULL << 40;
    return inputs;
  }
  core::Row row_of(const core::RowKey& key) const {
    if (key != core::registration_key(from_)) return {};
    core::Registration registration;
    registration.participant = from_;
    return registration;
  }

  core::Participant from_{core::Role::kProvider, *core::ParticipantId::make("16-004512")};
  std::uint8_t asked_ = 0;
  CountingObserver observer_;
  EmptyBodies encoder_;
  Engine engine_{Options{}, Start{}, encoder_, observer_};
};

TEST_F(Reports, CountStatusQueries) {
  ask(core::GetClaim{});
  EXPECT_EQ(observer_.decided_, (std::map<std::string, int>{{"GetClaim granted", 1}}));
}

TEST_F(Reports, CountListings) {
  ask(core::ListClaims{});
  EXPECT_EQ(observer_.decided_, (std::map<std::string, int>{{"ListClaims granted", 1}}));
}

TEST_F(Reports, CountQuotesAndNoneOfTheirLines) {
  core::QuoteClaim quote;
  quote.claim.provider = from_.id;
  quote.claim.card.number = *core::CardNumber::make("160012345678");
  quote.claim.lines.resize(2);
  ask(quote);
  EXPECT_EQ(observer_.decided_, (std::map<std::string, int>{{"QuoteClaim refused", 1}}));
  EXPECT_EQ(observer_.lines_, 0);
}

}  // namespace
}  // namespace wasl::engine

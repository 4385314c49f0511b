// `wasl backup` of a switch under load, judged by the clients' own record: everything that was
// answered before the backup began is in what is restored from it, and the switch noticed nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/audit.hpp"
#include "cli/demo_proof.hpp"
#include "journal/head.hpp"
#include "journal/posix_files.hpp"
#include "ops/config.hpp"
#include "system/stage.hpp"

namespace wasl::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::size_t kConnections = 8;
constexpr std::uint64_t kClaimsBefore = 500;
// For answers to come, and for the switch to start and stop; hundreds of times what they take.
constexpr seconds kPatience{60};

class LiveBackup : public ::testing::Test {
 protected:
  void SetUp() override {
    auto stage = set_up_stage(2 * kConnections);
    ASSERT_TRUE(stage) << stage.error().context;
    stage_.emplace(std::move(*stage));
    auto started = cli::start_switch(*stage_, 0);
    ASSERT_TRUE(started) << started.error().context;
    switch_.emplace(std::move(*started));
  }

  // Terminals of their own request ids; one fleet at a time, for they share the cards.
  std::unique_ptr<cli::Fleet> start_fleet(std::uint64_t seed) {
    cli::FleetOptions options;
    options.port = switch_->port();
    options.tls = stage_->tls;
    options.keys = &stage_->keys;
    options.today = stage_->today;
    options.seed = seed;
    auto fleet = std::make_unique<cli::Fleet>(options, seats_with_cards(*stage_, kConnections),
                                              stage_->network);
    fleet->start();
    fleet->open();
    return fleet;
  }
  static void wait_for(const cli::Fleet& fleet, std::uint64_t claims) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (fleet.claims() < claims) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "no answers come";
      std::this_thread::sleep_for(microseconds{200});
    }
  }
  // A command of wasl; whether it ended with 0.
  [[nodiscard]] bool run(const std::vector<std::string>& arguments) const {
    const auto ended = cli::run_to_end(stage_->binary, arguments, stage_->directory.log());
    EXPECT_TRUE(ended) << ended.error().context;
    return ended.has_value();
  }
  // As a client would know it: held against the restored journal.
  void expect_held(const std::vector<cli::Exchange>& exchanges) const {
    const auto journal = journal::open_directory(restored_ + "/journal");
    ASSERT_TRUE(journal);
    const core::Result<cli::Audit> audit = cli::audit(**journal, **journal, exchanges);
    ASSERT_TRUE(audit) << audit.error().context;
    EXPECT_EQ(audit->lost, 0U) << audit->first;
    EXPECT_EQ(audit->doubled, 0U) << audit->first;
    EXPECT_EQ(audit->without_outcome, 0U) << audit->first;
  }
  // The switch's configuration names absolute paths, so the restored one gets its own; keys and
  // certificates stay where the operator keeps them.
  void restore() {
    restored_ = stage_->directory.path() + "/restored";
    auto config = ops::load_config(stage_->directory.config());
    ASSERT_TRUE(config) << config.error().context;
    config->data_directory = restored_ + "/data";
    config->journal_directory = restored_ + "/journal";
    fs::create_directory(restored_);
    std::ofstream(restored_ + "/wasl.toml") << ops::config_text(*config);
    ASSERT_TRUE(run({"restore", restored_, "--from", backup()}));
    ASSERT_TRUE(run({"verify", restored_}));
  }
  [[nodiscard]] std::string backup() const { return stage_->directory.path() + "/backup"; }
  void expect_it_serves() const {
    auto served = cli::ServerProcess::start({.binary = stage_->binary,
                                             .config = restored_ + "/wasl.toml",
                                             .log = stage_->directory.log()},
                                            kPatience);
    ASSERT_TRUE(served) << served.error().context;
    const core::Result<int> code = served->stop(kPatience);
    ASSERT_TRUE(code) << code.error().context;
    EXPECT_EQ(*code, 0);
  }

  std::optional<cli::DemoStage> stage_;
  std::optional<cli::ServerProcess> switch_;
  std::string restored_;
};

TEST_F(LiveBackup, HoldsEveryAnswerGivenBeforeItBeganWhileClaimsFlow) {
  const std::unique_ptr<cli::Fleet> before = start_fleet(1);
  wait_for(*before, kClaimsBefore);
  ASSERT_TRUE(before->finish(kPatience));
  const std::unique_ptr<cli::Fleet> during = start_fleet(2);
  wait_for(*during, kClaimsBefore / 10);
  ASSERT_TRUE(run({"backup", stage_->directory.home(), "--to", backup()}));
  wait_for(*during, during->claims() + kClaimsBefore / 10);
  ASSERT_TRUE(during->finish(kPatience));
  const core::Result<int> code = switch_->stop(kPatience);
  ASSERT_TRUE(code) << code.error().context;
  EXPECT_EQ(*code, 0);

  ASSERT_NO_FATAL_FAILURE(restore());
  expect_held(before->exchanges());
  const auto head = journal::read_head(**journal::open_directory(restored_ + "/journal"));
  ASSERT_TRUE(head);
  std::vector<cli::Exchange> within = during->exchanges();
  std::erase_if(within, [&](const cli::Exchange& exchange) {
    return exchange.sequence > head->anchor.sequence;
  });
  EXPECT_GE(within.size(), kClaimsBefore / 10) << "these were answered before the backup began";
  EXPECT_LT(within.size(), during->exchanges().size()) << "claims flowed behind it";
  expect_held(within);
  expect_it_serves();

  std::vector<cli::Exchange> all = before->exchanges();
  all.insert(all.end(), during->exchanges().begin(), during->exchanges().end());
  const core::Result<cli::DemoProof> proof = cli::prove(*stage_, all);
  ASSERT_TRUE(proof) << proof.error().context;
  EXPECT_EQ(proof->audit.lost, 0U) << proof->audit.first;
  EXPECT_EQ(proof->verified.differences.total(), 0U);
}

}  // namespace
}  // namespace wasl::test

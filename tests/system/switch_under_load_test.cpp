// The whole switch in this process, so that one sanitizer sees all of its threads: pharmacies and
// payment centres ask over TLS as fast as answers come, while an operator reloads certificates,
// reads the metrics and confirms the clock.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "cli/demo_proof.hpp"
#include "cli/server.hpp"
#include "cli/system_clock.hpp"
#include "support/seed.hpp"
#include "system/stage.hpp"

namespace wasl::test {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kPharmacies = 16;
constexpr std::uint64_t kRounds = 10;
// Between two of the operator's rounds: several groups of all terminals.
constexpr std::uint64_t kClaimsBetween = 100;
// Many times what it takes on a slow machine, under a sanitizer.
constexpr std::chrono::seconds kPatience{120};

class SwitchUnderLoad : public ::testing::Test {
 protected:
  void SetUp() override {
    core::Result<cli::DemoStage> stage = set_up_stage(kPharmacies);
    ASSERT_TRUE(stage) << core::describe(stage.error());
    stage_.emplace(std::move(*stage));
    core::Result<ops::Config> config = ops::load_config(stage_->directory.config());
    ASSERT_TRUE(config) << core::describe(config.error());
    config_ = std::move(*config);
    config_.log_level = "error";  // What a reload sets.
    auto started = cli::Server::start({.config = config_}, clock_, *log_);
    ASSERT_TRUE(started) << core::describe(started.error());
    server_ = std::move(*started);
  }

  [[nodiscard]] cli::FleetOptions fleet_options() const {
    cli::FleetOptions options;
    options.port = server_->port();
    options.tls = stage_->tls;
    options.keys = &stage_->keys;
    options.today = stage_->today;
    options.seed = seed_of_run(20'260'310);
    return options;
  }

  // What the admin listener says of a page.
  [[nodiscard]] std::string page(const std::string& target) const {
    asio::io_context context;
    asio::ip::tcp::socket socket(context);
    socket.connect({asio::ip::address_v4::loopback(), server_->admin_port()});
    asio::write(socket, asio::buffer("GET " + target + " HTTP/1.1\r\nHost: wasl\r\n\r\n"));
    std::string text;
    boost::system::error_code closed;
    asio::read(socket, asio::dynamic_buffer(text), closed);
    return text;
  }

  void take_care() {
    server_->reload(config_);
    server_->confirm_clock();
    const std::string ready = page("/readyz");
    EXPECT_TRUE(ready.starts_with("HTTP/1.1 200")) << ready;
    const std::string done = "wasl_reloads_total{result=\"done\"} " + std::to_string(++reloads_);
    EXPECT_NE(page("/metrics").find(done + "\n"), std::string::npos);
  }

  void expect_borne_out(const cli::Fleet& fleet) {
    EXPECT_TRUE(std::ranges::all_of(fleet.exchanges(), &cli::Exchange::answered));
    const core::Result<cli::DemoProof> proof = cli::prove(*stage_, fleet.exchanges());
    ASSERT_TRUE(proof) << core::describe(proof.error());
    EXPECT_EQ(proof->audit.lost, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.doubled, 0U) << proof->audit.first;
    EXPECT_EQ(proof->audit.without_outcome, 0U) << proof->audit.first;
    EXPECT_EQ(proof->verified.differences.total(), 0U);
    // One import, one record for each business day, for each confirmation of the clock, and for
    // each request.
    EXPECT_EQ(proof->verified.records,
              1 + proof->verified.business_days + kRounds + fleet.exchanges().size());
  }

  const cli::SystemClock clock_;
  const std::unique_ptr<ops::Log> log_ = ops::Log::to_stderr(clock_, ops::Level::kError);
  ops::Config config_;
  std::optional<cli::DemoStage> stage_;
  std::unique_ptr<cli::Server> server_;
  int reloads_ = 0;
};

[[nodiscard]] bool wait_for(const cli::Fleet& fleet, std::uint64_t claims) {
  const Clock::time_point deadline = Clock::now() + kPatience;
  while (fleet.claims() < claims) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

TEST_F(SwitchUnderLoad, IsReloadedWatchedAndStoppedWithoutLosingAnAnswer) {
  cli::Fleet fleet(fleet_options(), stage_->seats, stage_->network);
  fleet.start();
  fleet.open();
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    ASSERT_TRUE(wait_for(fleet, kClaimsBetween * round)) << "round " << round;
    take_care();
  }
  EXPECT_TRUE(fleet.finish(kPatience)) << "some requests never had their answer";
  const core::Result<void> stopped = server_->stop();
  ASSERT_TRUE(stopped) << core::describe(stopped.error());
  server_.reset();
  EXPECT_EQ(fleet.totals().unlike, 0U);
  EXPECT_EQ(fleet.totals().refused, 0U);
  expect_borne_out(fleet);
}

}  // namespace
}  // namespace wasl::test

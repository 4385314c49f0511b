#include "cli/demo.hpp"

#include <fmt/format.h>

#include <optional>
#include <thread>

#include "cli/demo_books.hpp"
#include "cli/demo_proof.hpp"
#include "cli/demo_stage.hpp"
#include "cli/demo_story.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr seconds kResolvePatience{60};
// All handshakes at the fleet's pace take a quarter of it at national scale; other work may slow
// the machine.
constexpr seconds kConnectPatience{180};
// For a request to be in flight at all, at the lowest rate.
constexpr seconds kInFlightPatience{3};
// SIGTERM to exit 0 (docs/operating.md).
constexpr milliseconds kStopPatience{10'000};
constexpr milliseconds kLook{100};
// Of fewer connections, the memory of everything else is not told apart.
constexpr std::size_t kConnectionsThatTell = 1'000;

class Demo {
 public:
  Demo(const DemoOptions& options, DemoStage stage, DemoConsole& console)
      : options_(options), stage_(std::move(stage)), console_(console) {}

  core::Result<DemoReport> run() {
    core::Result<void> done = start(0);
    if (done) done = story();
    if (done) done = connect();
    if (done) done = live_traffic();
    if (done) done = balance();
    if (done) done = stop_and_verify();
    if (!done) return std::unexpected(done.error());
    report_.verified = report_.finding.empty() && report_.lost == 0 && report_.doubled == 0;
    return std::move(report_);
  }

 private:
  core::Result<void> start(std::uint16_t port) {
    core::Result<ServerProcess> started = start_switch(stage_, port);
    if (!started) return std::unexpected(started.error());
    switch_.emplace(std::move(*started));
    return {};
  }

  core::Result<void> story() {
    core::Result<DemoPeople> people = issue_people(stage_);
    if (!people) return std::unexpected(people.error());
    people_ = std::move(*people);
    core::Result<DemoStory> told = tell_story(stage_, people_, switch_->port(), console_.story());
    if (!told) return std::unexpected(told.error());
    exchanges_ = std::move(told->exchanges);
    report_.settlement = told->settlement;
    if (!report_.settlement.is_whole()) note("a claim of the story was not settled");
    return {};
  }

  core::Result<void> connect() {
    FleetOptions fleet_options;
    fleet_options.port = switch_->port();
    fleet_options.tls = stage_.tls;
    fleet_options.keys = &stage_.keys;
    fleet_options.today = stage_.today;
    fleet_options.requests_per_second = options_.requests_per_second;
    fleet_.emplace(std::move(fleet_options), stage_.seats, stage_.network);
    report_.terminals = fleet_->size();
    console_.say("\n12. " + grouped(options_.pharmacies) + " pharmacies and " +
                 grouped(options_.centres) + " payment centres connect.");
    const std::uint64_t before = switch_->resident_bytes();
    const core::Result<void> connected =
        console_.timed("connected, each with its certificate, from an address of its own", [&] {
          fleet_->start();
          return wait_for_all();
        });
    if (!connected) return connected;
    const std::uint64_t now = switch_->resident_bytes();
    if (fleet_->size() < kConnectionsThatTell || now < before) return {};
    report_.connection_bytes = (now - before) / fleet_->size();
    console_.say(
        fmt::format("   the switch holds {:.0f} MiB of memory, {:.1f} KiB of it for each "
                    "connection",
                    static_cast<double>(now) / 1048576, kib_per_connection()));
    return {};
  }

  [[nodiscard]] double kib_per_connection() const {
    return static_cast<double>(report_.connection_bytes) / 1024;
  }

  core::Result<void> wait_for_all() {
    const auto deadline = Clock::now() + kConnectPatience;
    while (fleet_->connected() < fleet_->size()) {
      const core::Result<void> going = console_.go_on();
      if (!going) return going;
      if (Clock::now() > deadline) {
        return core::fail(core::Errc::kTimeout, "only " + grouped(fleet_->connected()) + " of " +
                                                    grouped(fleet_->size()) +
                                                    " terminals could connect");
      }
      console_.show(grouped(fleet_->connected()) + " of " + grouped(fleet_->size()) +
                    " terminals connected");
      std::this_thread::sleep_for(kLook);
    }
    return {};
  }

  core::Result<void> live_traffic() {
    console_.say(
        fmt::format("\n13. They work: {} requests are due each second; metrics at "
                    "http://127.0.0.1:{}/metrics",
                    options_.requests_per_second, switch_->admin_port()));
    fleet_->open();
    const auto began = Clock::now();
    const std::uint32_t half = options_.duration_seconds / 2;
    core::Result<void> done = watch(half);
    if (done) done = kill_and_restart();
    if (done) done = watch(options_.duration_seconds - half);
    if (!done) return done;
    if (!fleet_->finish(kResolvePatience)) note("some terminals never had their answer");
    const std::chrono::duration<double> took = Clock::now() - began;
    report_.totals = fleet_->totals();
    report_.claims_per_second = static_cast<double>(report_.totals.claims) / took.count();
    if (report_.totals.unlike > 0) note("a repeat gave other bytes than the answer before");
    exchanges_.insert(exchanges_.end(), fleet_->exchanges().begin(), fleet_->exchanges().end());
    fleet_.reset();  // Its connections too: the switch waits for them when it stops.
    return {};
  }

  // After all of it, the kill included.
  core::Result<void> balance() {
    const core::Result<bool> balanced = tell_books(stage_, people_, switch_->port(), console_);
    if (!balanced) return std::unexpected(balanced.error());
    report_.settlement.trial_balance_zero = report_.settlement.trial_balance_zero && *balanced;
    if (!report_.settlement.trial_balance_zero) note("a fund's debits are not its credits");
    return {};
  }

  core::Result<void> kill_and_restart() {
    const std::uint16_t port = switch_->port();
    wait_until_busy();
    const std::size_t in_flight = fleet_->in_flight();
    switch_->kill_now();
    const auto killed = Clock::now();
    console_.say("\n14. kill -9 under load, with " + grouped(in_flight) +
                 " requests in flight; the switch is started again.");
    core::Result<void> done =
        console_.timed("journal verified, store brought up, ready", [&] { return start(port); });
    if (!done) return done;
    done = wait_for_all();
    if (!done) return done;
    report_.all_back = Clock::now() - killed;
    console_.say_took(
        "all " + grouped(fleet_->size()) + " terminals back; they ask about what was in doubt",
        report_.all_back);
    return {};
  }

  // So that the kill leaves something in doubt.
  void wait_until_busy() {
    const auto deadline = Clock::now() + kInFlightPatience;
    while (fleet_->in_flight() == 0 && Clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::microseconds{20});
    }
  }

  // A line a second.
  core::Result<void> watch(std::uint32_t for_seconds) {
    static_cast<void>(take_second());  // What came before is of another second.
    for (std::uint32_t i = 0; i < for_seconds; ++i) {
      std::this_thread::sleep_for(seconds{1});
      const core::Result<void> going = console_.go_on();
      if (!going) return going;
      const FleetTotals last = take_second();
      console_.show(fmt::format(
          "{:>6} claims/s   p50 {:.2f} ms   p99 {:.2f} ms   approved {}   declined {}", last.claims,
          percentile_ms(last.latencies_us, 0.50), percentile_ms(last.latencies_us, 0.99),
          grouped(approved_), grouped(declined_)));
    }
    console_.keep();
    return {};
  }

  FleetTotals take_second() {
    FleetTotals last = fleet_->take_recent();
    approved_ += last.approved + last.approved_partially;
    declined_ += last.declined_claims();
    return last;
  }

  core::Result<void> stop_and_verify() {
    console_.say("\n15. SIGTERM, then the proof.");
    const core::Result<void> stopped =
        console_.timed("every request answered, store flushed, ended", [&] { return stop(); });
    if (!stopped) return stopped;
    std::optional<DemoProof> proof;
    const core::Result<void> proven =
        console_.timed("chain, checksums, imports, every row against a replay", [&] {
          core::Result<DemoProof> made = prove(stage_, exchanges_);
          if (!made) return core::Result<void>(std::unexpected(made.error()));
          proof.emplace(std::move(*made));
          return core::Result<void>();
        });
    if (proven) conclude(*proof);
    return proven;
  }

  core::Result<void> stop() {
    const core::Result<int> code = switch_->stop(kStopPatience);
    if (!code) return std::unexpected(code.error());
    if (*code != 0) note("the switch ended with exit code " + std::to_string(*code));
    return {};
  }

  void conclude(const DemoProof& proof) {
    const store::Verified& verified = proof.verified;
    for (const store::Difference& difference : verified.differences.named()) {
      note(difference.where + ": " + difference.what);
    }
    if (!proof.audit.first.empty()) note(proof.audit.first);
    report_.compared = exchanges_.size();
    report_.lost = proof.audit.lost + proof.audit.without_outcome;
    report_.doubled = proof.audit.doubled;
    console_.say(fmt::format(
        "   Verified: {} records chained from the first, {} rows equal to a replay, {} differences",
        grouped(verified.records), grouped(verified.rows_compared), verified.differences.total()));
    console_.say(fmt::format("   Clients' own record: {} requests compared, lost {}, doubled {}",
                             grouped(report_.compared), report_.lost, report_.doubled));
  }

  void note(const std::string& finding) {
    console_.say("   WRONG: " + finding);
    if (report_.finding.empty()) report_.finding = finding;
  }

  const DemoOptions& options_;
  DemoStage stage_;
  DemoConsole& console_;
  DemoPeople people_;
  std::optional<ServerProcess> switch_;
  std::optional<Fleet> fleet_;
  std::vector<Exchange> exchanges_;
  std::uint64_t approved_ = 0;
  std::uint64_t declined_ = 0;
  DemoReport report_;
};

}  // namespace

core::Result<DemoReport> run_demo(const DemoOptions& options, DemoConsole& console) {
  core::Result<DemoStage> stage = set_up_demo(options, console);
  if (!stage) return std::unexpected(stage.error());
  return Demo(options, std::move(*stage), console).run();
}

}  // namespace wasl::cli

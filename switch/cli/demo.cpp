#include "cli/demo.hpp"

#include <iomanip>
#include <thread>

#include "cli/audit.hpp"
#include "cli/demo_stage.hpp"
#include "cli/demo_story.hpp"
#include "cli/places.hpp"
#include "ops/config.hpp"
#include "store/verify.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kResolvePatience{30};
// SIGTERM to exit 0 (docs/operating.md).
constexpr milliseconds kStopPatience{10'000};

class Demo {
 public:
  Demo(const DemoOptions& options, DemoStage stage, std::ostream& out)
      : options_(options), stage_(std::move(stage)), out_(out) {}

  core::Result<DemoReport> run() {
    core::Result<void> done = start(0);
    if (done) done = story();
    if (done) done = live_traffic();
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
    core::Result<std::vector<Sale>> told = tell_story(stage_, switch_->port(), out_);
    if (!told) return std::unexpected(told.error());
    sales_ = std::move(*told);
    return {};
  }

  core::Result<void> live_traffic() {
    out_ << "\n4. " << stage_.seats.size()
         << " pharmacies sell; metrics at http://127.0.0.1:" << switch_->admin_port()
         << "/metrics\n";
    FleetOptions fleet_options;
    fleet_options.port = switch_->port();
    fleet_options.tls = stage_.tls;
    fleet_options.keys = &stage_.keys;
    fleet_options.today = stage_.today;
    fleet_options.claims_per_second = options_.claims_per_second;
    Fleet fleet(fleet_options, stage_.seats, stage_.network);
    fleet.start();
    const std::uint32_t half = std::max(1U, options_.duration_seconds / 2);
    watch(fleet, half);
    const core::Result<void> back = kill_and_restart();
    if (!back) return back;
    watch(fleet, std::max(1U, options_.duration_seconds - half));
    if (!fleet.finish(kResolvePatience)) note("some terminals never had their answer");
    report_.totals = fleet.totals();
    report_.claims_per_second =
        static_cast<double>(report_.totals.claims) / options_.duration_seconds;
    sales_.insert(sales_.end(), fleet.sales().begin(), fleet.sales().end());
    return {};
  }

  core::Result<void> kill_and_restart() {
    const std::uint16_t port = switch_->port();
    out_ << "\n5. kill -9 while they sell.\n";
    switch_->kill_now();
    const auto began = std::chrono::steady_clock::now();
    const core::Result<void> started = start(port);
    if (!started) return started;
    const auto took = std::chrono::steady_clock::now() - began;
    out_ << "   The switch recovered and is ready again after "
         << std::chrono::duration_cast<milliseconds>(took).count()
         << " ms; terminals resolve what was in doubt.\n";
    return {};
  }

  // A line a second.
  void watch(const Fleet& fleet, std::uint32_t for_seconds) {
    std::uint64_t before = fleet.totals().claims;
    for (std::uint32_t i = 0; i < for_seconds; ++i) {
      std::this_thread::sleep_for(seconds{1});
      const FleetTotals totals = fleet.totals();
      out_ << (options_.plain ? "" : "\r") << "   " << std::setw(6) << totals.claims - before
           << " claims/s   p50 " << std::fixed << std::setprecision(2)
           << percentile_ms(totals.latencies_us, 0.50) << " ms   p99 "
           << percentile_ms(totals.latencies_us, 0.99) << " ms   approved "
           << totals.approved + totals.approved_partially << "   declined "
           << totals.declined_claims() << "   " << (options_.plain ? "\n" : "") << std::flush;
      before = totals.claims;
    }
    if (!options_.plain) out_ << "\n";
  }

  core::Result<void> stop_and_verify() {
    out_ << "\n6. SIGTERM, then the proof.\n";
    const core::Result<int> code = switch_->stop(kStopPatience);
    if (!code) return std::unexpected(code.error());
    if (*code != 0) note("the switch ended with exit code " + std::to_string(*code));
    const core::Result<ops::Config> config = ops::load_config(stage_.directory.config());
    if (!config) return std::unexpected(config.error());
    const core::Result<Places> places = Places::open(*config);
    if (!places) return std::unexpected(places.error());
    const store::StorePlaces parts = places->store();
    const core::Result<void> verified = verify(parts);
    if (!verified) return verified;
    const core::Result<Audit> audited = audit(parts.journal.journal, parts.journal.head, sales_);
    if (!audited) return std::unexpected(audited.error());
    report_.lost = audited->lost + audited->without_outcome;
    report_.doubled = audited->doubled;
    if (!audited->first.empty()) note(audited->first);
    out_ << "   Clients' own record: " << sales_.size() << " requests compared, lost "
         << report_.lost << ", doubled " << report_.doubled << "\n";
    return {};
  }

  core::Result<void> verify(const store::StorePlaces& parts) {
    const core::Result<store::Verified> verified =
        store::verify_store({.journal = parts.journal.journal,
                             .head = parts.journal.head,
                             .rocks = parts.rocks,
                             .scratch = stage_.directory.path() + "/scratch",
                             .run_import = parts.run_import});
    if (!verified) return std::unexpected(verified.error());
    out_ << "   Verified: " << verified->records << " records chained from the first, "
         << verified->rows_compared << " rows equal to a replay, " << verified->differences.total()
         << " differences\n";
    for (const store::Difference& difference : verified->differences.named()) {
      note(difference.where + ": " + difference.what);
    }
    return {};
  }

  void note(const std::string& finding) {
    out_ << "   WRONG: " << finding << "\n";
    if (report_.finding.empty()) report_.finding = finding;
  }

  const DemoOptions& options_;
  DemoStage stage_;
  std::ostream& out_;
  std::optional<ServerProcess> switch_;
  std::vector<Sale> sales_;
  DemoReport report_;
};

}  // namespace

core::Result<DemoReport> run_demo(const DemoOptions& options, std::ostream& out) {
  core::Result<DemoStage> stage = set_up_demo(options, out);
  if (!stage) return std::unexpected(stage.error());
  return Demo(options, std::move(*stage), out).run();
}

}  // namespace wasl::cli

// The end of a country's working day against a running switch, while claims go on arriving: every
// pharmacy closes, every centre accepts, every fund proposes what it owes.
//   settlement_day --directory DIR --network SAMPLE --signing-key FILE --port N --pid N [...]
// DIR as `wasl init` made it, SAMPLE the one that it has imported, FILE the private key that is
// registered for every pharmacy. Prints one JSON object; fails if anything was answered otherwise
// than expected, or the amounts do not add up, never for a figure.

#include <sys/resource.h>

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <memory>
#include <string_view>
#include <thread>

#include "cli/command.hpp"
#include "cli/exit.hpp"
#include "cli/fleet_totals.hpp"
#include "core/closing.hpp"
#include "load/arrivals.hpp"
#include "load/day_errands.hpp"
#include "load/server_gauge.hpp"

namespace wasl::cli {
namespace {

using Clock = std::chrono::steady_clock;
using core::Result;

constexpr std::string_view kName = "settlement_day";
// Claims arrive alone first: what they take by themselves.
constexpr std::chrono::seconds kAlone{10};
// For the switch to write behind what was sold.
constexpr std::chrono::seconds kSettle{5};
// Of the thread that is all pharmacies, clerks and offices: it computes their side of a handshake
// too, and would take more of the two cores than all threads of the claims together, the arriving
// claims' own among them. Those who close have computers of their own.
constexpr int kVisitorsNice = 10;

struct Arguments {
  DayPlan plan;
  std::string signing_key;
  std::uint16_t port = 0;
  std::uint32_t pid = 0;
};

struct Phase {
  std::string name;
  Clock::time_point begin;
  Clock::time_point end;
  double cpu_seconds = 0;   // The switch's.
  double resident_mib = 0;  // At the beginning,
  double growth_mib = 0;    // and what its highest moment was above it.
};

void say(std::string_view text) { std::cerr << kName << ": " << text << std::endl; }

std::unexpected<core::Error> differs(const char* what) {
  return core::fail(core::Errc::kOutOfRange,
                    std::string("what was ") + what + " is not what was sold");
}

class SettlementDay {
 public:
  SettlementDay(const Arguments& arguments, DaySetting day)
      : arguments_(arguments),
        day_(std::move(day)),
        gauge_(static_cast<pid_t>(arguments.pid)),
        sales_(day_, arguments.plan.claims_each),
        reviews_(day_),
        proposals_(day_) {
    day_.door.port = arguments.port;
  }

  Result<boost::json::object> run() {
    say("selling");
    Result<void> done = visit(day_.door, day_.visitors, sales_);
    if (done) done = closings_.sign(day_, sales_, arguments_.signing_key);
    if (!done) return std::unexpected(done.error());
    std::this_thread::sleep_for(kSettle);
    Arrivals arrivals(day_.door, day_.arriving_at, day_.arriving,
                      arguments_.plan.arriving_per_second);
    done = arrivals.begin();
    if (::setpriority(PRIO_PROCESS, 0, kVisitorsNice) != 0) say("visitors are at par with claims");
    if (done) done = settle();
    if (!done) return std::unexpected(done.error());
    const Result<ArrivalReport> report = arrivals.end();
    if (!report) return std::unexpected(report.error());
    done = approve();
    if (!done) return std::unexpected(done.error());
    return json_of(*report);
  }

 private:
  Result<void> settle() {
    Result<void> done = timed("alone", [] {
      std::this_thread::sleep_for(kAlone);
      return Result<void>{};
    });
    if (done) {
      done = timed("close", [&] {
        return visit(day_.door, day_.visitors, closings_, arguments_.plan.closings_per_second);
      });
    }
    if (done) done = timed("accept", [&] { return visit(day_.door, day_.clerks, reviews_); });
    if (done) done = timed("propose", [&] { return visit(day_.door, proposers(), proposals_); });
    return done ? check() : done;
  }

  template <typename Work>
  Result<void> timed(const char* name, const Work& work) {
    say(name);
    if (!gauge_.forget_peak()) {
      return core::fail(core::Errc::kIo, "the peak of the switch's memory cannot be reset");
    }
    Phase phase;
    phase.name = name;
    phase.resident_mib = gauge_.resident_mib();
    phase.begin = Clock::now();
    const double cpu = gauge_.cpu_seconds();
    const Result<void> done = work();
    phase.end = Clock::now();
    phase.cpu_seconds = gauge_.cpu_seconds() - cpu;
    phase.growth_mib = gauge_.peak_mib() - phase.resident_mib;
    phases_.push_back(phase);
    return done;
  }

  [[nodiscard]] std::vector<Visitor> proposers() const {
    std::vector<Visitor> all;
    for (const FundOffice& each : day_.offices) all.push_back(each.proposer);
    return all;
  }

  Result<void> approve() {
    std::vector<Visitor> approvers;
    for (const FundOffice& each : day_.offices) approvers.push_back(each.approver);
    Approvals approvals(day_, proposals_.runs());
    return visit(day_.door, approvers, approvals);
  }

  [[nodiscard]] ProposedRun all_runs() const {
    ProposedRun all;
    for (const ProposedRun& each : proposals_.runs()) {
      all.payouts += each.payouts;
      all.cents += each.cents;
      all.steps += each.steps;
      all.left_out += each.left_out;
    }
    return all;
  }

  [[nodiscard]] Result<void> check() const {
    const Tally sold = sales_.total();
    if (closings_.presented() != sold) return differs("presented");
    if (reviews_.accepted() != sold || reviews_.bordereaux() != closings_.bordereaux()) {
      return differs("accepted");
    }
    const ProposedRun runs = all_runs();
    const bool whole = runs.left_out == 0 && runs.payouts == day_.pharmacies.size();
    if (!whole || runs.cents != sold.cents) return differs("proposed");
    return {};
  }

  [[nodiscard]] static boost::json::object latency(const ArrivalReport& report,
                                                   const Phase& phase) {
    std::vector<std::uint32_t> took;
    for (const Arrival& each : report.answered) {
      const bool within = each.due >= phase.begin && each.due < phase.end;
      if (within) took.push_back(static_cast<std::uint32_t>(each.took.count()));
    }
    const std::chrono::duration<double> time = phase.end - phase.begin;
    return {{"claims_per_s", static_cast<double>(took.size()) / time.count()},
            {"p50", percentile_ms(took, 0.50)},
            {"p99", percentile_ms(took, 0.99)},
            {"p999", percentile_ms(took, 0.999)},
            {"max", percentile_ms(took, 1)}};
  }

  // All but the first, in which claims arrive alone.
  [[nodiscard]] Phase whole_day() const {
    Phase whole = phases_[1];
    whole.end = phases_.back().end;
    for (const Phase& each : phases_) {
      const double above = each.resident_mib + each.growth_mib - whole.resident_mib;
      whole.growth_mib = std::max(whole.growth_mib, above);
    }
    whole.cpu_seconds = 0;
    for (std::size_t i = 1; i < phases_.size(); ++i) whole.cpu_seconds += phases_[i].cpu_seconds;
    whole.name = "day";
    return whole;
  }

  [[nodiscard]] boost::json::object json_of(const ArrivalReport& report) const {
    std::vector<Phase> phases = phases_;
    phases.push_back(whole_day());
    boost::json::object of_phases;
    for (const Phase& each : phases) {
      const std::chrono::duration<double> time = each.end - each.begin;
      of_phases[each.name] = {{"seconds", time.count()},
                              {"server_cpu_seconds", each.cpu_seconds},
                              {"server_resident_mib", each.resident_mib},
                              {"server_growth_mib", each.growth_mib},
                              {"arriving_ms", latency(report, each)}};
    }
    const ProposedRun runs = all_runs();
    return {{"pharmacies", day_.pharmacies.size()},
            {"claims", closings_.presented().claims},
            {"bordereaux", closings_.bordereaux()},
            {"centres", day_.clerks.size()},
            {"runs", proposals_.runs().size()},
            {"run_steps", runs.steps},
            {"payouts", runs.payouts},
            {"run_cents", runs.cents},
            {"phases", std::move(of_phases)},
            {"arrived", report.answered.size()},
            {"arrived_approved", report.approved},
            {"arrived_busy", report.busy},
            {"arrived_unanswered", report.unanswered}};
  }

  const Arguments& arguments_;
  DaySetting day_;
  ServerGauge gauge_;
  Sales sales_;
  Closings closings_;
  Reviews reviews_;
  Proposals proposals_;
  std::vector<Phase> phases_;
};

void measure(const Arguments& arguments) {
  say("preparing");
  DaySetting day = or_exit(prepare_day(arguments.plan), kName);
  const auto result = or_exit(SettlementDay(arguments, std::move(day)).run(), kName);
  std::cout << boost::json::serialize(result) << '\n';
}

void add_options(Command command) {
  const auto arguments = std::make_shared<Arguments>();
  DayPlan& plan = arguments->plan;
  command.option("--directory", plan.directory, "Of the switch").required();
  command.option("--network", plan.network, "The sample that it has imported").required();
  command.option("--signing-key", arguments->signing_key, "PEM, of all pharmacies").required();
  command.option("--port", arguments->port, "Of the switch").required();
  command.option("--pid", arguments->pid, "Of the switch").required();
  command.option("--pharmacies", plan.pharmacies, "That close their day").shows_default();
  command.option("--claims-each", plan.claims_each, "Of each pharmacy")
      .between(std::size_t{1}, core::kClosingClaimsMax)
      .shows_default();
  command.option("--rate", plan.arriving_per_second, "Claims that arrive a second")
      .between(1.0, 10'000.0)
      .shows_default();
  command
      .option("--closings-rate", plan.closings_per_second,
              "Pharmacies that begin to close a second; 0: as fast as the connections allow")
      .between(0.0, 10'000.0)
      .shows_default();
  command.runs([arguments] { measure(*arguments); });
}

}  // namespace
}  // namespace wasl::cli

int main(int argc, char** argv) {
  return wasl::cli::run_words(wasl::cli::add_options, {argv + 1, argv + argc});
}

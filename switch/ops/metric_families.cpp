#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <sstream>

#include "ops/metric_cells.hpp"

namespace wasl::ops {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr double kNanosecond = 1e-9;

// Reasons of a claim are numbered below those of a line, these below those of other requests.
constexpr std::uint8_t kLineReasonFirst = 40;
constexpr std::uint8_t kOtherReasonFirst = 70;

ClientMetric labelled(std::initializer_list<std::pair<std::string_view, std::string_view>> labels) {
  ClientMetric metric;
  for (const auto& [name, value] : labels) {
    metric.label.push_back({std::string(name), std::string(value)});
  }
  return metric;
}

// No fund's code has a space in it.
constexpr std::string_view kOtherFunds = "all others";

std::string_view fund_text(const core::FundPending& fund) {
  return fund.fund.empty() ? kOtherFunds : fund.fund.view();
}

// With the funds that have no series of their own in one without a code.
core::PendingReport shown(core::PendingReport report) {
  if (report.funds.size() <= kFundsShownMax) return report;
  core::FundPending others;
  for (const core::FundPending& fund : std::span(report.funds).subspan(kFundsShownMax)) {
    for (std::size_t state = 0; state < core::kPendingStates; ++state) {
      others.states[state].add(fund.states[state]);
    }
  }
  report.funds.resize(kFundsShownMax);
  report.funds.push_back(others);
  return report;
}

double seconds_of(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

// A clock that was set back makes nothing younger than new.
double age(const core::Pending& waiting, core::Instant at) {
  if (!waiting.oldest) return 0;
  return std::max(0.0, seconds_of(at - *waiting.oldest));
}

struct Scale {
  std::span<const std::uint64_t> bounds;
  double unit;  // One of a bound's units, in the metric's.
};

}  // namespace

// Adds up the shards, then takes families from the sums, in one order always.
struct Metrics::Collector {
  explicit Collector(const Metrics& of) : metrics(of) {
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      for (std::size_t cell = 0; cell < Cells::kEnd; ++cell) {
        sums[cell] += metrics.shards_[shard].cells[cell].load(std::memory_order_relaxed);
      }
    }
  }

  MetricFamily& family(std::string_view name, std::string_view help, MetricType type) {
    MetricFamily& made = families.emplace_back();
    made.name = name;
    made.help = help;
    made.type = type;
    return made;
  }

  void counter(MetricFamily& to, ClientMetric metric, std::uint64_t value) {
    metric.counter.value = static_cast<double>(value);
    to.metric.push_back(std::move(metric));
  }

  void gauge(std::string_view name, std::string_view help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    family(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
  }

  void gauge(std::string_view name, std::string_view help, Gauge gauge_of) {
    gauge(name, help, static_cast<double>(metrics.get(gauge_of)));
  }

  // One counter for each text; those that are empty have no series.
  void counters(std::string_view name, std::string_view help, std::string_view label,
                std::span<const std::string_view> texts, std::size_t first) {
    MetricFamily& to = family(name, help, MetricType::Counter);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].empty()) counter(to, labelled({{label, texts[i]}}), sums[first + i]);
    }
  }

  void single(std::string_view name, std::string_view help, std::size_t cell) {
    counter(family(name, help, MetricType::Counter), {}, sums[cell]);
  }

  void histogram(MetricFamily& to, ClientMetric metric, std::size_t first, Scale scale) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i <= scale.bounds.size(); ++i) {
      below += sums[first + i];
      const double bound = i < scale.bounds.size()
                               ? static_cast<double>(scale.bounds[i]) * scale.unit
                               : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({below, bound});
    }
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum =
        static_cast<double>(sums[first + scale.bounds.size() + 1]) * scale.unit;
    to.metric.push_back(std::move(metric));
  }

  void claims() {
    MetricFamily& to =
        family("wasl_claims_total", "Claims decided, by outcome and reason.", MetricType::Counter);
    counter(to, labelled({{"outcome", "approved"}, {"reason", "NONE"}}), sums[Cells::kClaims]);
    counter(to, labelled({{"outcome", "approved_partially"}, {"reason", "NONE"}}),
            sums[Cells::kClaims + 1]);
    for (const core::ReasonEntry& entry : core::reasons()) {
      const auto number = static_cast<std::uint8_t>(entry.reason);
      const bool of_claim = entry.reason != core::Reason::kNone && number < kLineReasonFirst;
      if (!of_claim && number < kOtherReasonFirst) continue;
      counter(to, labelled({{"outcome", "declined"}, {"reason", entry.name}}),
              sums[Cells::kClaims + 2 + number]);
    }
  }

  void lines() {
    MetricFamily& to = family("wasl_claim_lines_declined_total", "Claim lines declined, by reason.",
                              MetricType::Counter);
    for (const core::ReasonEntry& entry : core::reasons()) {
      const auto number = static_cast<std::uint8_t>(entry.reason);
      if (number < kLineReasonFirst || number >= kOtherReasonFirst) continue;
      counter(to, labelled({{"reason", entry.name}}), sums[Cells::kLines + number]);
    }
  }

  void requests() {
    MetricFamily& to = family("wasl_requests_decided_total",
                              "Requests decided, by kind; granted includes claims approved partly.",
                              MetricType::Counter);
    for (std::size_t deed = 1; deed < kDeedTexts.size(); ++deed) {
      if (kDeedTexts[deed].empty()) continue;
      const std::size_t cell = Cells::kRequests + 2 * deed;
      counter(to, labelled({{"deed", kDeedTexts[deed]}, {"result", "granted"}}), sums[cell]);
      counter(to, labelled({{"deed", kDeedTexts[deed]}, {"result", "refused"}}), sums[cell + 1]);
    }
    single("wasl_repeats_total", "Requests answered with the answer that was stored before.",
           Cells::kRepeats);
    counters("wasl_busy_total", "Requests answered BUSY, by cause.", "cause", kBusyTexts,
             Cells::kBusy);
    counters("wasl_refused_total", "Requests refused without an answer that is kept, by cause.",
             "cause", kRefusalTexts, Cells::kRefused);
  }

  void durations() {
    MetricFamily& stages =
        family("wasl_stage_duration_seconds", "Time that requests and groups spend in each stage.",
               MetricType::Histogram);
    for (std::size_t i = 0; i < kStageTexts.size(); ++i) {
      histogram(stages, labelled({{"stage", kStageTexts[i]}}),
                Cells::kStages + i * Cells::kStageCells, {kDurationBounds, kNanosecond});
    }
    histogram(family("wasl_group_commands", "Commands that share one sync of the journal.",
                     MetricType::Histogram),
              {}, Cells::kGroup, {kGroupBounds, 1.0});
    gauge("wasl_queue_commands", "Commands that wait for the engine.", Gauge::kQueue);
    gauge("wasl_parked_commands", "Commands that wait for rows.", Gauge::kParked);
  }

  void connections() {
    MetricFamily& open =
        family("wasl_connections", "Connections established now, by role.", MetricType::Gauge);
    for (std::size_t role = 1; role < kRoleTexts.size(); ++role) {
      // Signed: between two shards' reads a connection may have been closed that was not yet open.
      const auto now = static_cast<std::int64_t>(sums[Cells::kOpened + role]) -
                       static_cast<std::int64_t>(sums[Cells::kClosed + role]);
      ClientMetric metric = labelled({{"role", kRoleTexts[role]}});
      metric.gauge.value = static_cast<double>(std::max<std::int64_t>(now, 0));
      open.metric.push_back(std::move(metric));
    }
    counters("wasl_connections_opened_total", "Connections established, by role.", "role",
             kRoleTexts, Cells::kOpened);
    // The first cause, "none", is of a connection that is still open.
    counters("wasl_connections_closed_total", "Connections closed, by cause.", "cause",
             std::span(kCloseTexts).subspan(1), Cells::kCloseCauses + 1);
    counters("wasl_accepts_refused_total", "Connections refused before TLS, by cause.", "cause",
             kAcceptTexts, Cells::kAccepts);
    counters("wasl_handshakes_total", "TLS handshakes, by result.", "result", kHandshakeTexts,
             Cells::kHandshakes);
    counters("wasl_frames_refused_total", "Frames refused before they were parsed, by cause.",
             "cause", kFrameTexts, Cells::kFrames);
  }

  void durability() {
    // Head and store are never ahead of the journal; read in this order the lags are never
    // negative.
    const std::uint64_t head = metrics.get(Gauge::kHead);
    const std::uint64_t applied = metrics.get(Gauge::kApplied);
    const std::uint64_t sequence = metrics.get(Gauge::kSequence);
    const auto lag = [&](std::uint64_t behind) {
      return static_cast<double>(sequence > behind ? sequence - behind : 0);
    };
    single("wasl_journal_bytes_total", "Bytes appended to the journal.", Cells::kJournalBytes);
    gauge("wasl_journal_sequence", "Last record synced.", Gauge::kSequence);
    gauge("wasl_journal_head_lag_records", "Records synced that the head file does not name yet.",
          lag(head));
    gauge("wasl_store_applied_sequence", "Last record whose effects can be read from the store.",
          Gauge::kApplied);
    gauge("wasl_store_lag_records", "Records synced that are not in the store yet.", lag(applied));
    single("wasl_cache_hits_total", "Rows found in memory.", Cells::kCacheHits);
    single("wasl_cache_misses_total", "Rows read from the store.", Cells::kCacheMisses);
    gauge("wasl_disk_free_bytes", "Least free space of journal, mirror and store.",
          Gauge::kDiskFree);
    gauge("wasl_disk_reserve_bytes", "Free space below which writing stops.", Gauge::kDiskReserve);
    gauge("wasl_clock_alarm", "1 while the wall clock jumped and nobody has confirmed it.",
          Gauge::kClockAlarm);
  }

  void pending() {
    const core::PendingReport report = shown(metrics.last_pending());
    by_state(report, "wasl_pending_items", "What waits for its next step, by who owes that.",
             [](const core::Pending& each) { return static_cast<double>(each.items); });
    by_state(report, "wasl_pending_late_items", "What waits though its deadline has passed.",
             [](const core::Pending& each) { return static_cast<double>(each.late); });
    by_state(report, "wasl_pending_oldest_seconds", "How long the oldest waits; 0 if none does.",
             [&](const core::Pending& each) { return age(each, report.at); });
    MetricFamily& days =
        family("wasl_business_day_start_timestamp_seconds",
               "When the fund's business day began, in seconds since 1970.", MetricType::Gauge);
    for (const core::FundPending& fund : report.funds) {
      if (!fund.day_began) continue;
      ClientMetric metric = labelled({{"fund", fund_text(fund)}});
      metric.gauge.value = seconds_of(fund.day_began->time_since_epoch());
      days.metric.push_back(std::move(metric));
    }
    gauge("wasl_pending_scan_seconds", "Time that the last look at what waits took.",
          seconds_of(report.took));
    gauge("wasl_pending_scan_timestamp_seconds",
          "When it began, in seconds since 1970; 0 until the first one ends.",
          seconds_of(report.at.time_since_epoch()));
  }

  template <typename Value>
  void by_state(const core::PendingReport& report, std::string_view series, std::string_view help,
                const Value& value_of) {
    MetricFamily& to = family(series, help, MetricType::Gauge);
    for (const core::FundPending& fund : report.funds) {
      for (std::size_t state = 0; state < core::kPendingStates; ++state) {
        const core::PendingName& name = core::name(core::PendingState(state));
        ClientMetric metric =
            labelled({{"fund", fund_text(fund)}, {"state", name.state}, {"owner", name.owner}});
        metric.gauge.value = value_of(fund.states[state]);
        to.metric.push_back(std::move(metric));
      }
    }
  }

  void process() {
    MetricFamily& expiry =
        family("wasl_expiry_timestamp_seconds",
               "When the certificate or list ends, in seconds since 1970; 0 if not read.",
               MetricType::Gauge);
    for (std::size_t i = 0; i < kExpiringTexts.size(); ++i) {
      ClientMetric metric = labelled({{"what", kExpiringTexts[i]}});
      metric.gauge.value = static_cast<double>(metrics.expires_[i].load(std::memory_order_relaxed));
      expiry.metric.push_back(std::move(metric));
    }
    counters("wasl_reloads_total", "Readings of the configuration after SIGHUP, by result.",
             "result", kReloadTexts, Cells::kReloads);
    counter(
        family("wasl_log_left_out_total",
               "Events of the log that could not be written, or not in time.", MetricType::Counter),
        {}, metrics.get(Gauge::kLogLeftOut));
    gauge("wasl_ready", "1 while every check of /readyz passes.", Gauge::kReady);
    ClientMetric build = labelled({{"version", metrics.version_}});
    build.gauge.value = 1;
    family("wasl_build_info", "Always 1; the labels say which build this is.", MetricType::Gauge)
        .metric.push_back(std::move(build));
  }

  const Metrics& metrics;
  std::array<std::uint64_t, Cells::kEnd> sums{};
  std::vector<MetricFamily> families;
};

std::vector<MetricFamily> Metrics::Collect() const {
  Collector collector(*this);
  collector.claims();
  collector.lines();
  collector.requests();
  collector.durations();
  collector.connections();
  collector.durability();
  collector.pending();
  collector.process();
  return std::move(collector.families);
}

std::string metrics_page(const prometheus::Collectable& metrics) {
  std::ostringstream page;
  prometheus::TextSerializer().Serialize(page, metrics.Collect());
  return std::move(page).str();
}

}  // namespace wasl::ops

#include "cli/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/clock_check.hpp"
#include "cli/network_log.hpp"
#include "cli/process.hpp"
#include "cli/recovery_log.hpp"
#include "cli/version.hpp"
#include "rulebook/reader.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMiB = 1024 * 1024;
// A sync takes 0.1 to 20 ms; terminals give up after 10 s.
constexpr milliseconds kSyncMax{1'000};

engine::Options engine_options(const ops::Config& config, std::uint64_t journal_group_bytes_max) {
  engine::Options options;
  options.begins_days = true;
  // One record more may pass the engine's bound, and must still fit the journal's.
  options.group_bytes_max = std::min<std::size_t>(
      options.group_bytes_max,
      journal_group_bytes_max - journal::kPayloadBytesMax - journal::kRecordHeaderBytes);
  options.group_commands_max = config.group_commands;
  options.cache_entries_max = config.cached_rows;
  options.parked_entries_max = config.parked_rows;
  options.store_lag_max.records = config.store_lag_records;
  options.disk_reserve_bytes = config.disk_reserve_bytes;
  options.clock_step_max = milliseconds(config.clock_step_ms);
  options.retry_after_ms = static_cast<std::uint32_t>(config.retry_after_ms);
  return options;
}

net::ConnectionLimits connection_limits(const ops::Config& config) {
  net::ConnectionLimits limits;
  limits.hello_timeout = milliseconds(config.hello_ms);
  limits.handshake_timeout = milliseconds(config.handshake_ms);
  limits.idle_timeout = milliseconds(config.idle_ms);
  limits.frame_timeout = milliseconds(config.frame_ms);
  limits.write_timeout = milliseconds(config.write_ms);
  limits.shutdown_timeout = milliseconds(config.shutdown_ms);
  return limits;
}

net::ServerTlsConfig tls_config(const ops::Config& config) {
  return {.certificate_file = config.certificate_file,
          .key_file = config.key_file,
          .ca_file = config.authority_file,
          .crl_file = config.revocation_file,
          .allow_tls12 = config.lowest_tls == "1.2"};
}

core::Instant instant_of(net::TimePoint time) {
  return std::chrono::time_point_cast<milliseconds>(time);
}

}  // namespace

Server::Server(const ServeOptions& options, const core::Clock& clock, ops::Log& log, Places places)
    : config_(options.config),
      clock_(clock),
      log_(log),
      places_(std::move(places)),
      metrics_(std::string(kVersion)),
      look_ups_(static_cast<std::uint32_t>(options.config.look_ups_per_minute)),
      inbox_(options.config.queue_commands) {}

core::Result<std::unique_ptr<Server>> Server::start(const ServeOptions& options,
                                                    const core::Clock& clock, ops::Log& log) {
  const core::Result<void> raised =
      raise_descriptors(options.config.connections + kOtherDescriptors);
  if (!raised) return std::unexpected(raised.error());
  core::Result<Places> places = Places::open(options.config);
  if (!places) return std::unexpected(places.error());
  if (auto room = places->require_room(options.config); !room) {
    return std::unexpected(room.error());
  }
  std::unique_ptr<Server> server(new Server(options, clock, log, std::move(*places)));
  core::Result<FundKeys> keys = FundKeys::read(options.config.card_key_files);
  if (!keys) return std::unexpected(keys.error());
  server->keys_ = std::move(*keys);
  core::Result<void> done = server->bring_up(options);
  if (done) done = server->start_listening();
  if (done) done = server->start_admin();
  if (!done) return std::unexpected(done.error());
  return server;
}

Server::~Server() {
  if (listener_ != nullptr) listener_->stop();
  if (engine_thread_.joinable()) {
    inbox_.stop();
    engine_thread_.join();
  }
  if (io_threads_ != nullptr) io_threads_->stop();
}

core::Result<void> Server::bring_up(const ServeOptions& options) {
  core::Result<store::BroughtUp> brought_up = store::bring_up(places_.store());
  if (!brought_up) return std::unexpected(brought_up.error());
  const core::Result<void> clock =
      check_clock(brought_up->last_now, clock_.wall(), options.accept_clock);
  if (!clock) return clock;
  const journal::RecoveryReport& report = brought_up->journal_report;
  log_.info("store.recovered", {{"sequence", brought_up->last().sequence},
                                {"replayed", brought_up->replayed},
                                {"groups_verified", report.verified},
                                {"groups_rewritten", report.rewritten},
                                {"torn_groups_dropped", report.dropped.size()}});
  log_findings(log_, report);
  expect_keys(brought_up->funds);
  journal_id_ = brought_up->last().data_id;
  start_engine(std::move(*brought_up));
  return {};
}

void Server::expect_keys(const std::vector<core::FundCode>& funds) {
  for (const core::FundCode& fund : keys_.expect(funds)) {
    log_.warning("keys.missing", {{"fund", fund.view()},
                                  {"why", "no line in [card_keys]: its cards get BUSY KEYS"}});
  }
}

void Server::start_engine(store::BroughtUp brought_up) {
  engine::Start start{.last_sequence = brought_up.last().sequence,
                      .last_now = brought_up.last_now,
                      .reference = std::move(brought_up.reference)};
  store::DurableOptions options;
  options.observer = &metrics_;
  options.on_failure = [this](const core::Error& error) {
    log_.error("store.failed", {{"error", error}});
    static_cast<void>(log_.flush());  // The process leaves without running a destructor.
  };
  options.rounds.clock = &clock_;
  options.rounds.pending = [this](core::PendingReport found) {
    metrics_.pending(std::move(found));
  };
  options.rounds.failed = [this](const core::Error& error) {
    log_.error("rounds.failed", {{"error", error}});
  };
  options.bank_files = &bank_files_;
  durable_ = std::make_unique<store::DurableStore>(std::move(brought_up.parts), inbox_, options);
  engine_ = std::make_unique<engine::Engine>(engine_options(config_, durable_->group_bytes_max()),
                                             std::move(start), encoder_, metrics_);
  io_threads_ = std::make_unique<net::IoThreads>(config_.io_threads);
  const auto retry_after_ms = static_cast<std::uint32_t>(config_.retry_after_ms);
  std::vector<std::shared_ptr<net::Lane>> lanes;
  for (std::size_t i = 0; i < io_threads_->size(); ++i) {
    lanes.push_back(
        std::make_shared<net::Lane>(io_threads_->context(i), static_cast<std::uint32_t>(i),
                                    net::LaneParts{.inbox = inbox_,
                                                   .keys = keys_,
                                                   .read_rulebook = rulebook::read_rulebook,
                                                   .journal_id = journal_id_,
                                                   .look_ups = look_ups_,
                                                   .observer = metrics_,
                                                   .retry_after_ms = retry_after_ms}));
  }
  gate_ = std::make_unique<net::Gate>(std::move(lanes));
  engine_thread_ = std::thread([this] {
    // Why it failed stands in the log already: see on_failure.
    static_cast<void>(
        engine::run(*engine_, inbox_,
                    {.durable = *durable_,
                     .clock = clock_,
                     .deliver = [this](auto deliveries) { gate_->deliver(std::move(deliveries)); },
                     .observer = metrics_}));
    engine_ended_.store(true);
  });
}

net::ListenerConfig Server::listener_config() const {
  net::ListenerConfig listener;
  listener.tls = tls_config(config_);
  listener.connection = connection_limits(config_);
  listener.limits.connections_max = config_.connections;
  listener.limits.connections_per_address_max = config_.connections_per_address;
  listener.limits.connections_per_certificate_max = config_.connections_per_certificate;
  listener.limits.handshakes_max = config_.handshakes;
  listener.notices = notices_to(log_);
  return listener;
}

core::Result<void> Server::start_listening() {
  boost::system::error_code bad;
  const auto address = net::asio::ip::make_address(config_.listen_address, bad);
  if (bad) {
    return core::fail(core::Errc::kConfiguration,
                      "listen.address " + config_.listen_address + " is no IP address");
  }
  net::ListenerConfig config = listener_config();
  config.address = {address, static_cast<std::uint16_t>(config_.listen_port)};
  listener_ = std::make_unique<net::Listener>(
      *io_threads_, std::move(config),
      [this](std::shared_ptr<net::Connection> peer) { return gate_->serve(std::move(peer)); },
      metrics_);
  const core::Result<void> started = listener_->start();
  if (started) note_expiries();
  return started;
}

core::Result<void> Server::start_admin() {
  add_checks();
  metrics_.disk_reserve(config_.disk_reserve_bytes);
  core::Result<std::unique_ptr<ops::AdminListener>> admin = ops::AdminListener::start(
      {.address = config_.admin_address, .port = static_cast<std::uint16_t>(config_.admin_port)},
      [this] {
        metrics_.ready(health_.report().ready);
        metrics_.log_left_out(log_.left_out());
        return ops::metrics_page(metrics_);
      },
      health_);
  if (!admin) return std::unexpected(admin.error());
  admin_ = std::move(*admin);
  return {};
}

void Server::add_checks() {
  health_.add("engine", [this] {
    return ops::CheckResult{running(), running() ? "answering" : "ended after a failure"};
  });
  health_.add("disk", [this] {
    const std::uint64_t free = durable_->free_bytes();
    return ops::CheckResult{free >= config_.disk_reserve_bytes,
                            std::to_string(free / kMiB) + " MiB free"};
  });
  health_.add("store_lag", [this] {
    const core::Lag lag = durable_->lag();
    return ops::CheckResult{
        lag.records <= engine_->lag_max().records && lag.bytes <= engine_->lag_max().bytes,
        std::to_string(lag.records) + " records, " + std::to_string(lag.bytes / kMiB) +
            " MiB behind the journal"};
  });
  health_.add("journal", [this] {
    const auto age = std::chrono::floor<milliseconds>(durable_->commit_age());
    return ops::CheckResult{
        age <= kSyncMax,
        age <= kSyncMax ? "syncing" : "a sync has hung for " + std::to_string(age.count()) + " ms"};
  });
  health_.add("clock", [this] {
    const bool believed = !metrics_.clock_alarmed();
    return ops::CheckResult{
        believed,
        believed ? "believed" : "jumped, or behind the last record: correct it, or SIGUSR2"};
  });
  health_.add("certificate", [this] {
    const core::Instant now = clock_.wall();
    const bool valid = listener_->tls()->certificate_expires() > now;
    return ops::CheckResult{valid, valid ? "in force" : "expired: issue a new one, then SIGHUP"};
  });
  health_.add("revocation_list", [this] {
    const core::Instant now = clock_.wall();
    const bool valid = listener_->tls()->crl_expires() > now;
    return ops::CheckResult{valid, valid ? "in force" : "expired: `wasl pki crl`, then SIGHUP"};
  });
}

void Server::note_expiries() {
  const std::shared_ptr<const net::TlsContext> tls = listener_->tls();
  metrics_.expires(ops::Expiring::kServerCertificate, instant_of(tls->certificate_expires()));
  metrics_.expires(ops::Expiring::kAuthority, instant_of(tls->authority_expires()));
  metrics_.expires(ops::Expiring::kRevocationList, instant_of(tls->crl_expires()));
}

void Server::reload(const core::Result<ops::Config>& config) {
  const core::Result<std::size_t> closed =
      config ? listener_->reload() : std::unexpected(config.error());
  metrics_.reloaded(closed.has_value());
  if (!closed) return log_.error("reload.failed", {{"error", closed.error()}});
  if (const std::optional<ops::Level> level = ops::level_named(config->log_level)) {
    log_.lowest(*level);
  }
  note_expiries();
  log_.info("reload.done", {{"revoked_connections_closed", *closed}});
  ops::Config unread = *config;
  unread.log_level = config_.log_level;
  const std::vector<std::string> keys = ops::keys_that_differ(config_, unread);
  if (keys.empty()) return;
  log_.warning("reload.needs_restart", {{"keys", fmt::format("{}", fmt::join(keys, ", "))}});
}

void Server::confirm_clock() {
  if (!engine::can_be_right(clock_.wall())) {
    log_.error("clock.not_confirmed", {{"why", "no such time can be right: set the clock"}});
    return;
  }
  engine::Submission submission;
  submission.command.request = core::ConfirmClock{};
  submission.received = clock_.monotonic();
  std::vector<engine::Submission> one;
  one.push_back(std::move(submission));
  inbox_.submit(one);
  log_.warning("clock.confirmed", {{"taken", one.empty()}});
}

core::Result<void> Server::stop() {
  health_.stopping();
  listener_->stop();
  const auto deadline = clock_.monotonic() + kDrainMax;
  while (listener_->connections() > 0 && clock_.monotonic() < deadline) {
    std::this_thread::sleep_for(milliseconds{10});
  }
  io_threads_->stop();
  inbox_.stop();
  engine_thread_.join();
  const std::uint64_t free = durable_->free_bytes();
  if (free >= room_needed(config_)) return durable_->close();
  // RocksDB aborts where a flush finds no room; the journal has everything.
  log_.warning("store.not_flushed", {{"free_bytes", free}});
  return {};
}

}  // namespace wasl::cli

#pragma once
// The running switch: every room wired to the next. start() recovers, listens and answers; stop()
// is the orderly end. One thread drives it; it has threads of its own.

#include <atomic>
#include <memory>
#include <thread>

#include "cli/bank_file.hpp"
#include "cli/fund_keys.hpp"
#include "cli/places.hpp"
#include "core/clock.hpp"
#include "engine/runner.hpp"
#include "net/listener.hpp"
#include "net/session.hpp"
#include "ops/admin_listener.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "wire/answer_body.hpp"

namespace wasl::cli {

// In-flight requests are answered and connections closed within this; then they are cut.
inline constexpr std::chrono::seconds kDrainMax{5};

// Store, journal segments, admin connections, files being read: what is open beside the terminals.
inline constexpr std::uint64_t kOtherDescriptors = 2'048;

struct ServeOptions {
  ops::Config config;
  bool accept_clock = false;
};

class Server {
 public:
  // Clock and log outlive the server.
  [[nodiscard]] static core::Result<std::unique_ptr<Server>> start(const ServeOptions& options,
                                                                   const core::Clock& clock,
                                                                   ops::Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
  [[nodiscard]] std::uint16_t admin_port() const { return admin_->port(); }
  // False once the engine has ended by itself, which only a failure of the store does.
  [[nodiscard]] bool running() const { return !engine_ended_.load(); }

  // Certificates, revocation list and log level again; live connections of revoked certificates are
  // closed. If anything cannot be read, all stays as it was, and log and metrics say so. The log
  // names other keys of the configuration that are not as at the start: they stay as they were.
  void reload(const core::Result<ops::Config>& config);
  // The operator's word that the wall clock is right: a journaled command.
  void confirm_clock();
  // Not ready from now on; what is in flight is answered, the store flushed if there is room.
  [[nodiscard]] core::Result<void> stop();

 private:
  Server(const ServeOptions& options, const core::Clock& clock, ops::Log& log, Places places);

  core::Result<void> bring_up(const ServeOptions& options);
  void expect_keys(const std::vector<core::FundCode>& funds);
  void start_engine(store::BroughtUp brought_up);
  core::Result<void> start_listening();
  core::Result<void> start_admin();
  void add_checks();
  void note_expiries();
  [[nodiscard]] net::ListenerConfig listener_config() const;

  const ops::Config config_;
  const core::Clock& clock_;
  ops::Log& log_;
  Places places_;
  ops::Metrics metrics_;
  ops::Health health_;
  FundKeys keys_;
  net::LookUpRate look_ups_;
  wire::AnswerBodyEncoder encoder_;
  const CreditTransferFiles bank_files_;
  core::DataId journal_id_{};

  engine::Inbox inbox_;
  std::unique_ptr<store::DurableStore> durable_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<net::IoThreads> io_threads_;
  std::unique_ptr<net::Gate> gate_;
  std::unique_ptr<net::Listener> listener_;
  std::unique_ptr<ops::AdminListener> admin_;
  std::atomic<bool> engine_ended_ = false;
  std::thread engine_thread_;
};

}  // namespace wasl::cli

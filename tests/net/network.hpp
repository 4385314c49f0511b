#pragma once
// A loopback network with its own authority: an echo server on the real listener and I/O threads,
// and clients on the test's own thread. Deadlines are generous unless a test sets them, so that a
// slow machine fails no test.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "cli/certificate_authority.hpp"
#include "net/client_connection.hpp"
#include "net/io_threads.hpp"
#include "net/listener.hpp"
#include "net/spawn.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::test {

using namespace std::chrono_literals;
namespace asio = boost::asio;

// Longer than anything here takes on the slowest machine; reached only by a test that fails.
inline constexpr auto kPatience = 60s;

inline net::TimePoint now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

inline cli::Validity valid_now() { return {now() - 1h, now() + 24h}; }

// Counts everything, and lets a test wait for a count.
class CountingObserver : public core::Observer {
 public:
  void accept_refused(core::AcceptRefusal refusal) noexcept override {
    count(core::label(refusal));
  }
  void handshake_done(core::HandshakeResult result) noexcept override {
    count(std::string{"handshake_"}.append(core::label(result)));
  }
  void connection_opened(core::Role) noexcept override { count("opened"); }
  void connection_closed(core::Role, core::CloseCause cause) noexcept override {
    count(std::string{"closed_"}.append(core::label(cause)));
  }
  void frame_refused(core::FrameRefusal refusal) noexcept override {
    count(std::string{"frame_"}.append(core::label(refusal)));
  }

  void count(std::string_view what) {
    const std::lock_guard lock{mutex_};
    ++counts_[std::string{what}];
    changed_.notify_all();
  }
  [[nodiscard]] int get(const std::string& what) {
    const std::lock_guard lock{mutex_};
    return counts_[what];
  }
  // False if the count was not reached within the test's patience.
  [[nodiscard]] bool wait_for(const std::string& what, int at_least = 1) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, kPatience, [&] { return counts_[what] >= at_least; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, int> counts_;
};

class Authority {
 public:
  explicit Authority(std::string name = "Test authority")
      : own_(*cli::CertificateAuthority::create(name, {now() - 2h, now() + 48h})) {}

  [[nodiscard]] const cli::CertificateAuthority& own() const { return own_; }
  [[nodiscard]] cli::IssuedCertificate issue(const cli::CertificateRequest& request) const {
    return *own_.issue(request);
  }
  [[nodiscard]] cli::IssuedCertificate client(const std::string& uri) const {
    return issue({.kind = cli::CertificateKind::kClient, .uris = {uri}, .validity = valid_now()});
  }
  [[nodiscard]] cli::IssuedCertificate server() const {
    return issue({.kind = cli::CertificateKind::kServer,
                  .dns_names = {"localhost"},
                  .ip_addresses = {"127.0.0.1"},
                  .validity = valid_now()});
  }
  [[nodiscard]] std::string crl(const std::vector<std::string>& revoked_serials,
                                cli::Validity validity = valid_now()) const {
    cli::CrlRequest request{.this_update = validity.not_before, .next_update = validity.not_after};
    for (const std::string& serial : revoked_serials) request.revoked.push_back({serial, now()});
    return *own_.crl_pem(request);
  }

 private:
  cli::CertificateAuthority own_;
};

inline void write_file(const std::string& path, const std::string& content, bool secret = false) {
  std::ofstream{path} << content;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  if (!secret) {
    std::filesystem::permissions(path, std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
  }
}

// The files of one server, replaceable while it runs.
class ServerFiles {
 public:
  explicit ServerFiles(const Authority& authority) {
    install(authority.server());
    write_file(config_.ca_file, authority.own().certificate_pem());
    write_file(config_.crl_file, authority.crl({}));
  }
  void install(const cli::IssuedCertificate& server) {
    write_file(config_.certificate_file, server.certificate_pem);
    write_file(config_.key_file, server.key_pem, true);
  }
  [[nodiscard]] const net::ServerTlsConfig& config() const { return config_; }

 private:
  TemporaryDirectory directory_;
  net::ServerTlsConfig config_{.certificate_file = directory_.path() + "/server.crt",
                               .key_file = directory_.path() + "/server.key",
                               .ca_file = directory_.path() + "/ca.crt",
                               .crl_file = directory_.path() + "/ca.crl"};
};

inline asio::awaitable<void> echo(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    const core::Result<core::ByteView> frame = co_await connection->read_frame();
    if (!frame) co_return;
    connection->send(core::as_text(*frame));
  }
}

inline net::ConnectionLimits patient() {
  return {.hello_timeout = kPatience,
          .handshake_timeout = kPatience,
          .idle_timeout = kPatience,
          .frame_timeout = kPatience,
          .write_timeout = kPatience};
}

class Network {
 public:
  struct Options {
    net::ConnectionLimits connection = patient();
    net::ListenerLimits limits{};
    net::SessionFunction session = echo;
    bool allow_tls12 = false;
    std::string crl{};  // Empty: a list without entries.
    net::Notices notices{};
    std::size_t io_threads = 2;
  };
  explicit Network(Options options) : files_(authority_), threads_(options.io_threads) {
    if (!options.crl.empty()) write_file(files_.config().crl_file, options.crl);
    start(std::move(options));
  }
  Network() : Network(Options{}) {}
  // With an authority that has issued already, and a list made from it.
  Network(Authority authority, Options options)
      : authority_(std::move(authority)), files_(authority_), threads_(options.io_threads) {
    if (!options.crl.empty()) write_file(files_.config().crl_file, options.crl);
    start(std::move(options));
  }
  ~Network() { threads_.stop(); }

  [[nodiscard]] Authority& authority() { return authority_; }
  [[nodiscard]] ServerFiles& files() { return files_; }
  [[nodiscard]] CountingObserver& counts() { return observer_; }
  [[nodiscard]] net::Listener& listener() { return *listener_; }
  [[nodiscard]] net::IoThreads& threads() { return threads_; }
  // Until the server has noticed that connections came, or ended.
  [[nodiscard]] bool wait_for_connections(std::size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (listener_->connections() != count) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  [[nodiscard]] asio::ip::tcp::endpoint address() const {
    return {asio::ip::make_address("127.0.0.1"), listener_->port()};
  }

  [[nodiscard]] std::shared_ptr<const net::TlsContext> client_tls() {
    auto context =
        net::TlsContext::client({.ca_file = files_.config().ca_file, .server_name = "127.0.0.1"});
    EXPECT_TRUE(context) << core::describe(context.error());
    return *context;
  }
  [[nodiscard]] net::ClientTarget target(const cli::IssuedCertificate& client) {
    return {
        .server = address(),
        .certificate = *net::ClientCertificate::from_pem(client.certificate_pem, client.key_pem),
        .limits = patient()};
  }
  [[nodiscard]] net::ClientTarget provider() {
    return target(authority_.client("urn:wasl:provider:16-004512"));
  }

 private:
  void start(Options options) {
    net::ServerTlsConfig tls = files_.config();
    tls.allow_tls12 = options.allow_tls12;
    listener_.emplace(threads_,
                      net::ListenerConfig{.address = {asio::ip::make_address("127.0.0.1"), 0},
                                          .tls = tls,
                                          .connection = options.connection,
                                          .limits = options.limits,
                                          .notices = std::move(options.notices)},
                      std::move(options.session), observer_);
    const auto started = listener_->start();
    EXPECT_TRUE(started) << core::describe(started.error());
  }

  Authority authority_;
  ServerFiles files_;
  CountingObserver observer_;
  net::IoThreads threads_;
  std::optional<net::Listener> listener_;
};

// Runs one coroutine on a context until it has finished; the context may hold more work.
template <typename T>
T run(asio::io_context& context, asio::awaitable<T> task) {
  std::optional<T> result;
  asio::co_spawn(context, std::move(task), [&result](std::exception_ptr escaped, T value) {
    if (escaped) net::rethrow_and_terminate(escaped);
    result.emplace(std::move(value));
  });
  context.restart();
  const auto deadline = std::chrono::steady_clock::now() + 2 * kPatience;
  while (!result && std::chrono::steady_clock::now() < deadline) context.run_one_for(1s);
  if (!result) throw std::runtime_error("the coroutine did not finish");
  return std::move(*result);
}

// The first flight of an honest client.
inline std::string client_hello(Network& network) {
  const net::SslPtr session = network.client_tls()->new_session();
  SSL_set_connect_state(session.get());
  BIO* const out = BIO_new(BIO_s_mem());
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), out);
  EXPECT_LE(SSL_do_handshake(session.get()), 0);
  ERR_clear_error();
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

inline asio::awaitable<core::Result<std::string>> next_frame(
    std::shared_ptr<net::Connection> connection) {
  const core::Result<core::ByteView> read = co_await connection->read_frame();
  if (!read) co_return std::unexpected(read.error());
  co_return std::string{core::as_text(*read)};
}

// Sends one frame and gives the answer.
inline asio::awaitable<core::Result<std::string>> ask(std::shared_ptr<net::Connection> connection,
                                                      std::string body) {
  const core::Result<void> sent = connection->send(body);
  if (!sent) co_return std::unexpected(sent.error());
  core::Result<std::string> answer = co_await next_frame(connection);
  co_return answer;
}

// A client on its own context, used from the test's thread.
class Client {
 public:
  Client(std::shared_ptr<const net::TlsContext> tls, net::ClientTarget target)
      : result_(run(context_, net::connect(context_, std::move(tls), std::move(target)))) {}
  Client(Network& network, net::ClientTarget target)
      : Client(network.client_tls(), std::move(target)) {}
  explicit Client(Network& network) : Client(network, network.provider()) {}

  [[nodiscard]] bool connected() const { return result_.has_value(); }
  [[nodiscard]] const core::Error& error() const { return result_.error(); }
  [[nodiscard]] std::shared_ptr<net::Connection> connection() { return *result_; }
  [[nodiscard]] core::Result<std::string> ask(const std::string& body) {
    if (!result_) return std::unexpected(result_.error());
    return run(context_, test::ask(*result_, body));
  }
  // True if the server serves this client: with TLS 1.3 only an answer shows it.
  [[nodiscard]] bool is_served() {
    const auto answer = ask("ping");
    return answer && *answer == "ping";
  }
  [[nodiscard]] asio::io_context& context() { return context_; }

 private:
  asio::io_context context_;
  core::Result<std::shared_ptr<net::Connection>> result_;
};

}  // namespace wasl::test

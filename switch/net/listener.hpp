#pragma once
// Accepts connections and gives each, once established, to a session on one of the I/O threads, in
// turn. Holds the current TLS context, the bounds and the registry of live connections. start(),
// stop() and reload() may be called from any thread, one at a time. The listener and the observer
// outlive the I/O threads' work: end IoThreads::stop() first.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "core/mutex.hpp"
#include "core/observer.hpp"
#include "core/result.hpp"
#include "net/admission.hpp"
#include "net/connection.hpp"
#include "net/io_threads.hpp"
#include "net/limits.hpp"
#include "net/revocation.hpp"
#include "net/tls_context.hpp"

namespace wasl::net {

// Runs from the established connection to its last answer queued; then the listener writes what is
// left and closes. It waits for answers still under way before it returns.
using SessionFunction = std::function<asio::awaitable<void>(std::shared_ptr<Connection>)>;

// What an operator may want to look into; empty: nobody is told. Called on I/O threads. The error's
// text names the peer masked.
struct Notices {
  using Address = asio::ip::address;
  std::function<void(core::HandshakeResult, const core::Error&, const Address&)> refused{};
  // An established connection ended.
  std::function<void(const core::Participant&, core::CloseCause, const Address&)> closed{};
};

struct ListenerConfig {
  tcp::endpoint address;  // Port 0: the kernel chooses, see port().
  ServerTlsConfig tls;
  ConnectionLimits connection;
  ListenerLimits limits;
  Notices notices{};
};

class Listener {
 public:
  Listener(IoThreads& threads, ListenerConfig config, SessionFunction session,
           core::Observer& observer);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Reads the certificates and listens. Errors: those of TlsContext::server, kIo for the socket.
  [[nodiscard]] core::Result<void> start();
  // Nothing new is accepted and every session is told to end. connections() says how far it is.
  void stop();
  // Reads certificates and list again; new connections use them, live ones of a certificate that is
  // now revoked are closed. Gives their number. After an error everything stays as it was.
  [[nodiscard]] core::Result<std::size_t> reload();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Established ones, handshakes and goodbyes together.
  [[nodiscard]] std::size_t connections() const { return admission_->connections(); }
  [[nodiscard]] std::size_t established() const { return registry_.size(); }
  // For the expiry times; null before start().
  [[nodiscard]] std::shared_ptr<const TlsContext> tls() const;

 private:
  [[nodiscard]] asio::awaitable<void> accept_all();
  [[nodiscard]] asio::awaitable<void> pause_accepting(boost::system::error_code error);
  void admit(tcp::socket socket, asio::io_context& context);
  [[nodiscard]] asio::awaitable<void> serve(std::shared_ptr<Connection> connection,
                                            Admission::Ticket ticket);
  [[nodiscard]] asio::awaitable<core::Result<void>> establish(Connection& connection,
                                                              Admission::Ticket& ticket);
  void refuse(Connection& connection, core::HandshakeResult result, const core::Error& error);
  [[nodiscard]] asio::awaitable<void> run_session(std::shared_ptr<Connection> connection);
  core::Result<void> listen();

  IoThreads& threads_;
  const ListenerConfig config_;
  const SessionFunction session_;
  core::Observer& observer_;
  // Accepting happens on the first I/O thread.
  asio::io_context& context_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::shared_ptr<Admission> admission_;
  ConnectionRegistry registry_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  int reserve_ =
      -1;  // A descriptor given up so that one more connection can be accepted and refused.
  mutable core::Mutex mutex_;
  std::shared_ptr<const TlsContext> tls_ WASL_GUARDED_BY(mutex_);
};

}  // namespace wasl::net

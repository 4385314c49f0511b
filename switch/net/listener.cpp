#include "net/listener.hpp"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sstream>
#include <utility>

#include "net/spawn.hpp"
#include "wire/encode.hpp"

namespace wasl::net {
namespace {

using core::Errc;

// A dead peer is noticed 120 s after its last segment: 60 s of silence, then four probes.
constexpr int kKeepAliveIdleSeconds = 60;
constexpr int kKeepAliveIntervalSeconds = 15;
constexpr int kKeepAliveProbes = 4;
// Two sweeps of the watchdog, and a loaded machine.
constexpr std::chrono::milliseconds kSweepsLate{300};

// Time for a terminal that lost its line to have its old connection noticed and closed.
constexpr std::uint32_t kConnectionsRetryMs = 5'000;
constexpr const char* kConnectionsSentence =
    "as many connections of this certificate are open as there may be: close one, or connect "
    "again later";
constexpr const char* kBadIdentitySentence =
    "; the certificate must hold exactly one URI, urn:wasl:<role>:<id>, of a role and an id that "
    "docs/wire_protocol.md admits: have a new one issued";

// Options that only fail on a socket that has just died, which its handshake then finds out.
void keep_alive(tcp::socket& socket) {
  const int descriptor = socket.native_handle();
  const int on = 1;
  static_cast<void>(::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)));
  static_cast<void>(::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &kKeepAliveIdleSeconds,
                                 sizeof(kKeepAliveIdleSeconds)));
  static_cast<void>(::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, &kKeepAliveIntervalSeconds,
                                 sizeof(kKeepAliveIntervalSeconds)));
  static_cast<void>(::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPCNT, &kKeepAliveProbes,
                                 sizeof(kKeepAliveProbes)));
}

bool is_shortage(const boost::system::error_code& error) {
  return error == asio::error::no_descriptors || error == asio::error::no_memory ||
         error == asio::error::no_buffer_space || error.value() == ENFILE;
}

// A grant may come when the connection has gone: nobody waits then.
std::function<void()> wake_up(const std::weak_ptr<asio::steady_timer>& timer) {
  return [timer] {
    const std::shared_ptr<asio::steady_timer> waiting = timer.lock();
    if (waiting) asio::post(waiting->get_executor(), [waiting] { waiting->cancel(); });
  };
}

int open_reserve() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

}  // namespace

Listener::Listener(IoThreads& threads, ListenerConfig config, SessionFunction session,
                   core::Observer& observer)
    : threads_(threads),
      config_(std::move(config)),
      session_(std::move(session)),
      observer_(observer),
      context_(threads.context(0)),
      acceptor_(context_),
      pause_(context_),
      admission_(std::make_shared<Admission>(config_.limits)) {}

Listener::~Listener() {
  if (reserve_ >= 0) ::close(reserve_);
}

std::shared_ptr<const TlsContext> Listener::tls() const {
  const core::MutexLock lock{mutex_};
  return tls_;
}

core::Result<void> Listener::start() {
  core::Result<std::shared_ptr<const TlsContext>> tls = TlsContext::server(config_.tls);
  if (!tls) return std::unexpected(tls.error());
  const core::Result<void> in_force = (*tls)->certificate_in_force();
  if (!in_force) return in_force;
  {
    const core::MutexLock lock{mutex_};
    tls_ = std::move(*tls);
  }
  const core::Result<void> listening = listen();
  if (!listening) return listening;
  reserve_ = open_reserve();
  spawn(context_.get_executor(), accept_all());
  return {};
}

core::Result<void> Listener::listen() {
  boost::system::error_code error;
  const auto failed = [&](const char* what) {
    std::ostringstream where;
    where << config_.address;
    return core::fail(Errc::kIo, std::string{what} + " " + where.str() + ": " + error.message());
  };
  acceptor_.open(config_.address.protocol(), error);
  if (error) return failed("cannot open a socket for");
  acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (error) return failed("cannot reuse");
  acceptor_.bind(config_.address, error);
  if (error) return failed("cannot bind");
  acceptor_.listen(config_.limits.backlog, error);
  if (error) return failed("cannot listen on");
  const tcp::endpoint bound = acceptor_.local_endpoint(error);
  if (error) return failed("cannot read the address of");
  port_ = bound.port();
  return {};
}

void Listener::stop() {
  stopping_.store(true);
  asio::post(context_, [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
  });
  registry_.stop_all();
}

core::Result<std::size_t> Listener::reload() {
  core::Result<std::shared_ptr<const TlsContext>> tls = TlsContext::server(config_.tls);
  if (!tls) return std::unexpected(tls.error());
  // Where ours has expired too, a new revocation list must still come through.
  const core::Result<void> in_force = (*tls)->certificate_in_force();
  if (!in_force && this->tls()->certificate_in_force()) return std::unexpected(in_force.error());
  {
    const core::MutexLock lock{mutex_};
    tls_ = *tls;
  }
  // After the swap: a handshake that began with the old list looks at the new one when it
  // registers.
  return registry_.close_revoked(**tls);
}

asio::awaitable<void> Listener::accept_all() {
  for (std::size_t turn = 0;; ++turn) {
    asio::io_context& context = threads_.context(turn % threads_.size());
    boost::system::error_code error;
    tcp::socket socket =
        co_await acceptor_.async_accept(context, asio::redirect_error(asio::use_awaitable, error));
    if (!acceptor_.is_open()) co_return;
    if (!error) {
      admit(std::move(socket), context);
    } else if (is_shortage(error)) {
      co_await pause_accepting(error);
    }
  }
}

// Without a descriptor the waiting connection could be neither served nor refused, and the acceptor
// would stay readable: the reserve takes it, closes it and comes back.
asio::awaitable<void> Listener::pause_accepting(boost::system::error_code error) {
  observer_.accept_refused(core::AcceptRefusal::kDescriptors);
  if (error == asio::error::no_descriptors && reserve_ >= 0) {
    ::close(reserve_);
    const int refused =
        ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (refused >= 0) ::close(refused);
    reserve_ = open_reserve();
  }
  pause_.expires_after(config_.limits.accept_pause);
  boost::system::error_code cancelled;
  co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void Listener::admit(tcp::socket socket, asio::io_context& context) {
  boost::system::error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;
  core::AcceptRefusal refusal{};
  std::optional<Admission::Ticket> ticket = admission_->admit(peer.address(), refusal);
  if (!ticket) return observer_.accept_refused(refusal);
  keep_alive(socket);
  // The connection is made on its own thread, where its watchdog is.
  asio::post(context,
             [this, &context, socket = std::move(socket), ticket = std::move(*ticket)]() mutable {
               auto connection = std::make_shared<Connection>(
                   context, std::move(socket), tls()->new_session(), config_.connection, observer_);
               spawn(context.get_executor(), serve(std::move(connection), std::move(ticket)));
             });
}

// Waits for a slot between hello and handshake. At its deadline the watchdog, which sweeps ten
// times a second, has closed the connection.
asio::awaitable<core::Result<void>> Listener::establish(Connection& connection,
                                                        Admission::Ticket& ticket) {
  const core::Result<void> hello = co_await connection.read_hello();
  if (!hello) co_return hello;
  const auto granted = std::make_shared<asio::steady_timer>(
      connection.executor(), connection.turn_deadline() + kSweepsLate);
  ticket.begin_handshake(wake_up(granted));
  while (!ticket.in_handshake() && connection.is_open()) {
    boost::system::error_code cancelled;
    co_await granted->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  const core::Result<void> established =
      co_await connection.handshake(threads_.handshakes().executor());
  co_return established;
}

asio::awaitable<void> Listener::serve(std::shared_ptr<Connection> connection,
                                      Admission::Ticket ticket) {
  core::Result<void> established = co_await establish(*connection, ticket);
  ticket.end_handshake();
  core::HandshakeResult result = connection->handshake_result();
  if (established && !ticket.establish(connection->certificate())) {
    result = core::HandshakeResult::kCertificateLimit;
    established = core::fail(Errc::kLimit, "handshake: certificate_limit: too many connections");
  }
  observer_.handshake_done(result);
  if (established) {
    co_await run_session(connection);
  } else {
    refuse(*connection, result, established.error());
    if (config_.notices.refused) {
      config_.notices.refused(result, established.error(), ticket.address());
    }
  }
  co_await connection->shutdown();
  if (established && config_.notices.closed) {
    config_.notices.closed(connection->participant(), connection->close_cause(), ticket.address());
  }
}

// Whoever fails within TLS has TLS's alert; those that fail behind it would only see an end.
void Listener::refuse(Connection& connection, core::HandshakeResult result,
                      const core::Error& error) {
  wire::Refusal refusal;
  if (result == core::HandshakeResult::kBadIdentity) {
    refusal.refused.code = core::Refusal::kNotPermitted;
    refusal.sentence = error.context + kBadIdentitySentence;
  } else if (result == core::HandshakeResult::kCertificateLimit) {
    refusal.refused.code = core::Refusal::kBusy;
    refusal.refused.retry_after_ms = kConnectionsRetryMs;
    refusal.sentence = kConnectionsSentence;
  } else {
    return;
  }
  std::string frame;
  wire::encode_refusal(refusal, frame);
  // A peer that is gone already needs no reason.
  static_cast<void>(connection.send(std::string_view{frame}.substr(wire::kFrameHeaderBytes)));
}

asio::awaitable<void> Listener::run_session(std::shared_ptr<Connection> connection) {
  registry_.add(connection);
  // A stop() or reload() that looked before add() did not see this connection.
  if (is_revoked(*connection, *tls())) connection->close(core::CloseCause::kRevoked);
  if (stopping_.load()) connection->stop();
  if (connection->is_open()) co_await session_(connection);
  registry_.remove(*connection);
}

}  // namespace wasl::net

#include "net/client_connection.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <csignal>
#include <utility>

#include "core/assert.hpp"

namespace wasl::net {
namespace {

using core::Errc;

core::Result<tcp::socket> open_socket(asio::io_context& context, const ClientTarget& target) {
  tcp::socket socket{context};
  boost::system::error_code error;
  socket.open(target.server.protocol(), error);
  if (!error && target.local_address) {
    // The port is chosen at connect(), when the whole pair of endpoints must be unique, not the
    // local one alone: otherwise 28,000 connections would use up the ports of all local addresses.
    const int on = 1;
    static_cast<void>(
        ::setsockopt(socket.native_handle(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on)));
    socket.bind(tcp::endpoint{*target.local_address, 0}, error);
  }
  if (error) return core::fail(Errc::kIo, "cannot open a socket: " + error.message());
  return socket;
}

// Clients count for themselves.
core::Observer& no_observer() {
  static core::Observer observer;
  return observer;
}

}  // namespace

asio::awaitable<core::Result<std::shared_ptr<Connection>>> connect(
    asio::io_context& context, std::shared_ptr<const TlsContext> tls, ClientTarget target) {
  // Writing to a closed socket is an error to be returned, not the end of the process.
  static const bool kPipeSignalIgnored = std::signal(SIGPIPE, SIG_IGN) != SIG_ERR;
  WASL_ASSERT(kPipeSignalIgnored);
  core::Result<tcp::socket> socket = open_socket(context, target);
  if (!socket) co_return std::unexpected(socket.error());
  SslPtr session = tls->new_session();
  if (target.certificate && !target.certificate->install(*session)) {
    co_return core::fail(Errc::kTls,
                         "the client's certificate is unusable: " + take_openssl_error());
  }
  auto connection = std::make_shared<Connection>(context, std::move(*socket), std::move(session),
                                                 target.limits, no_observer());
  const core::Result<void> connected = co_await connection->connect(target.server);
  if (!connected) co_return std::unexpected(connected.error());
  const core::Result<void> established = co_await connection->handshake(connection->executor());
  if (!established) co_return std::unexpected(established.error());
  co_return connection;
}

}  // namespace wasl::net

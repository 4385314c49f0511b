#pragma once
// The client's side of a connection, for terminal, demo, bench and tests: connects, proves both
// identities, and gives the same Connection class that the server uses. Nothing here blocks.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>

#include "core/result.hpp"
#include "net/connection.hpp"
#include "net/tls_context.hpp"

namespace wasl::net {

struct ClientTarget {
  tcp::endpoint server{};
  // Where to connect from; one of 127.0.0.0/8 simulates many places on one machine.
  std::optional<asio::ip::address> local_address{};
  // Without one, the server will refuse us.
  std::shared_ptr<const ClientCertificate> certificate{};
  ConnectionLimits limits{};
};

// On the context's thread. From the first call on the process ignores SIGPIPE. Errors: kIo (not
// reachable), kTimeout, kTls, kClosed. With TLS 1.3 the server judges our certificate only after
// this has succeeded: its refusal is the first read's error.
[[nodiscard]] asio::awaitable<core::Result<std::shared_ptr<Connection>>> connect(
    asio::io_context& context, std::shared_ptr<const TlsContext> tls, ClientTarget target);

}  // namespace wasl::net

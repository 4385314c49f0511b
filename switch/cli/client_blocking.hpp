#pragma once
// A Client for commands that do one thing at a time: connects, calls, waits. One thread; nothing
// runs between two calls, so a connection left alone for the switch's idle timeout is closed.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "cli/client.hpp"

namespace wasl::cli {

struct BlockingTarget {
  std::string host{};  // Name or address.
  std::string port{};  // Number or service.
  std::shared_ptr<const net::TlsContext> tls{};
  std::shared_ptr<const net::ClientCertificate> certificate{};
};

class BlockingClient {
 public:
  // Tries the host's addresses in their order and greets: after it, whatever is sent reaches a
  // switch that accepts this certificate. kIo, kTimeout, kClosed: not reachable. kTls,
  // kNotPermitted: refused, by either side.
  [[nodiscard]] static core::Result<BlockingClient> connect(const BlockingTarget& target,
                                                            std::chrono::milliseconds timeout);
  BlockingClient(BlockingClient&&) = default;
  BlockingClient& operator=(BlockingClient&&) = delete;
  ~BlockingClient();

  // `frame` with its header, as wire::frame_of() made it from an Envelope with this correlation id.
  // Errors as Client::send().
  [[nodiscard]] core::Result<v1::Envelope> call(std::string_view frame,
                                                std::uint64_t correlation_id,
                                                std::chrono::milliseconds timeout);

 private:
  BlockingClient() : context_(std::make_unique<asio::io_context>(1)) {}

  std::unique_ptr<asio::io_context> context_;
  std::shared_ptr<Client> client_;
};

}  // namespace wasl::cli

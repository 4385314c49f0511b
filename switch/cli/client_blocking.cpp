#include "cli/client_blocking.hpp"

#include <algorithm>
#include <optional>

#include "core/assert.hpp"
#include "net/spawn.hpp"
#include "wire/frame.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using net::tcp;

template <typename T>
asio::awaitable<void> store(asio::awaitable<T> task, std::optional<T>& out) {
  T result = co_await std::move(task);
  out.emplace(std::move(result));
}

// Runs the context until the task has ended.
template <typename T>
T run(asio::io_context& context, asio::awaitable<T> task) {
  std::optional<T> result;
  net::spawn(context.get_executor(), store(std::move(task), result));
  context.restart();
  while (!result && context.run_one() > 0) {
  }
  WASL_ASSERT(result.has_value());  // Every wait of a client has a deadline.
  return std::move(*result);
}

asio::awaitable<core::Result<std::shared_ptr<Client>>> meet(asio::io_context& context,
                                                            BlockingTarget target,
                                                            tcp::endpoint server,
                                                            std::chrono::milliseconds timeout) {
  net::ClientTarget to{.server = server, .certificate = target.certificate};
  to.limits.handshake_timeout = std::min(to.limits.handshake_timeout, timeout);
  core::Result<std::shared_ptr<Client>> client =
      co_await Client::connect(context, target.tls, std::move(to));
  if (!client) co_return client;
  const core::Result<void> greeted = co_await (*client)->greet(timeout);
  if (greeted) co_return client;
  (*client)->close();
  co_return std::unexpected(greeted.error());
}

}  // namespace

core::Result<BlockingClient> BlockingClient::connect(const BlockingTarget& target,
                                                     std::chrono::milliseconds timeout) {
  BlockingClient made;
  boost::system::error_code error;
  tcp::resolver resolver{*made.context_};
  const std::string server = target.host + ":" + target.port;
  const auto addresses = resolver.resolve(target.host, target.port, error);
  if (error) return core::fail(Errc::kIo, server + ": " + error.message());
  core::Result<std::shared_ptr<Client>> client = core::fail(Errc::kIo, "the host has no address");
  for (const auto& address : addresses) {
    client = run(*made.context_, meet(*made.context_, target, address.endpoint(), timeout));
    if (client) break;
  }
  if (!client) return core::fail(client.error().code, server + ": " + client.error().context);
  made.client_ = std::move(*client);
  return made;
}

// NOLINTNEXTLINE(bugprone-exception-escape): poll throws what a handler throws; ours do not.
BlockingClient::~BlockingClient() {
  if (!client_) return;
  client_->close();
  client_.reset();
  context_->restart();
  context_->poll();  // The reader ends before its context does.
}

core::Result<v1::Envelope> BlockingClient::call(std::string_view frame,
                                                std::uint64_t correlation_id,
                                                std::chrono::milliseconds timeout) {
  WASL_ASSERT(frame.size() > wire::kFrameHeaderBytes);
  return run(*context_, client_->call(std::string(frame.substr(wire::kFrameHeaderBytes)),
                                      correlation_id, timeout));
}

}  // namespace wasl::cli

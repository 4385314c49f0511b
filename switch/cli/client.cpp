#include "cli/client.hpp"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "core/assert.hpp"
#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {

using core::Errc;

Client::Client(asio::io_context& context, std::shared_ptr<net::Connection> connection)
    : context_(context),
      watchdog_(asio::use_service<net::Watchdog>(context)),
      connection_(std::move(connection)) {}

Client::~Client() {
  for (const auto& [id, waiting] : waiting_) watchdog_.remove(*waiting);
}

asio::awaitable<core::Result<std::shared_ptr<Client>>> Client::connect(
    asio::io_context& context, std::shared_ptr<const net::TlsContext> tls,
    net::ClientTarget target) {
  core::Result<std::shared_ptr<net::Connection>> connection =
      co_await net::connect(context, std::move(tls), std::move(target));
  if (!connection) co_return std::unexpected(connection.error());
  auto client = std::make_shared<Client>(context, std::move(*connection));
  net::spawn(context.get_executor(), read_answers(client));
  co_return client;
}

asio::awaitable<void> Client::read_answers(std::shared_ptr<Client> self) {
  for (;;) {
    const core::Result<core::ByteView> frame = co_await self->connection_->read_frame();
    if (!frame) {
      self->fail_all(frame.error());
      break;
    }
    core::Result<v1::Envelope> answer = wire::read_answer(*frame);
    if (!answer) {
      self->fail_all(answer.error());
      break;
    }
    const std::uint64_t correlation_id = answer->correlation_id();
    self->answer(correlation_id, std::move(answer));
  }
  self->connection_->close(core::CloseCause::kSession);
}

void Client::send(std::string_view envelope, std::uint64_t correlation_id,
                  std::chrono::milliseconds timeout, Answered answered) {
  WASL_ASSERT(!waiting_.contains(correlation_id));
  if (ended_) {
    return hand_over(std::move(answered), core::fail(Errc::kClosed, "the connection has ended"));
  }
  const core::Result<void> sent = connection_->send(envelope);
  if (!sent) return hand_over(std::move(answered), std::unexpected(sent.error()));
  auto waiting = std::make_unique<Waiting>();
  waiting->client = this;
  waiting->correlation_id = correlation_id;
  waiting->answered = std::move(answered);
  watchdog_.add(*waiting);
  watchdog_.allow(*waiting, net::Waiting::kRead, timeout);
  waiting_.emplace(correlation_id, std::move(waiting));
}

asio::awaitable<core::Result<v1::Envelope>> Client::call(std::string envelope,
                                                         std::uint64_t correlation_id,
                                                         std::chrono::milliseconds timeout) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(core::Result<v1::Envelope>)>(
      [self = shared_from_this(), correlation_id, timeout](auto handler, const std::string& bytes) {
        self->send(bytes, correlation_id, timeout, Answered(std::move(handler)));
      },
      asio::use_awaitable, std::move(envelope));
}

asio::awaitable<core::Result<v1::Envelope>> Client::call(v1::Envelope request,
                                                         std::chrono::milliseconds timeout) {
  request.set_correlation_id(++last_correlation_id_);
  return call(request.SerializeAsString(), last_correlation_id_, timeout);
}

asio::awaitable<core::Result<void>> Client::greet(std::chrono::milliseconds timeout) {
  v1::Envelope hello;
  hello.mutable_echo();
  const core::Result<v1::Envelope> answer = co_await call(std::move(hello), timeout);
  if (!answer) co_return std::unexpected(answer.error());
  co_return wire::greeted(*answer);
}

void Client::close() {
  fail_all({Errc::kClosed, "the client closed the connection"});
  connection_->close(core::CloseCause::kSession);
}

Client::WaitingPtr Client::take(std::uint64_t correlation_id) {
  const auto found = waiting_.find(correlation_id);
  if (found == waiting_.end()) return nullptr;
  WaitingPtr waiting = std::move(found->second);
  waiting_.erase(found);
  watchdog_.remove(*waiting);
  return waiting;
}

void Client::answer(std::uint64_t correlation_id, core::Result<v1::Envelope> result) {
  const WaitingPtr waiting = take(correlation_id);
  if (waiting) hand_over(std::move(waiting->answered), std::move(result));
}

// In a later turn: the caller may send, close or drop its last reference without care for us.
void Client::hand_over(Answered answered, core::Result<v1::Envelope> result) {
  asio::post(context_, [answered = std::move(answered), result = std::move(result)]() mutable {
    answered(std::move(result));
  });
}

void Client::fail_all(const core::Error& error) {
  ended_ = true;
  if (on_end_) std::exchange(on_end_, nullptr)();
  for (auto& [id, waiting] : std::exchange(waiting_, {})) {
    watchdog_.remove(*waiting);
    hand_over(std::move(waiting->answered), std::unexpected(error));
  }
}

void Client::Waiting::deadline_passed(net::Waiting) {
  client->answer(correlation_id, core::fail(Errc::kTimeout, "the switch did not answer in time"));
}

std::chrono::milliseconds Backoff::next() {
  const auto whole = span_.count();
  span_ = std::min(span_ * 2, most_);
  return std::chrono::milliseconds{static_cast<long>(random_()) % (whole + 1)};
}

}  // namespace wasl::cli

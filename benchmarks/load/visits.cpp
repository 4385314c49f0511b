#include "load/visits.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Longer than any stall that would still be worth a figure.
constexpr std::chrono::milliseconds kPatience{30'000};

core::Result<v1::Envelope> unless_refused(core::Result<v1::Envelope> answer) {
  if (!answer || !answer->has_refused()) return answer;
  return core::fail(core::Errc::kNotPermitted, "refused: " + answer->refused().sentence());
}

core::Result<v1::AnswerBody> body_of(const core::Result<v1::Envelope>& answer) {
  if (!answer) return std::unexpected(answer.error());
  return wire::read_body(answer->answer().body());
}

class Visits {
 public:
  Visits(const Door& door, const std::vector<Visitor>& visitors, Errand& errand, double per_second)
      : door_(door), visitors_(visitors), errand_(errand) {
    if (per_second > 0) gap_ = std::chrono::duration<double>(1 / per_second);
  }

  core::Result<void> run() {
    working_ = std::min(door_.connections, visitors_.size());
    for (std::size_t i = 0; i < working_; ++i) net::spawn(context_.get_executor(), receive(i));
    context_.run();
    // The readers of closed connections end before their context does.
    context_.restart();
    context_.poll();
    if (failed_) return std::unexpected(*failed_);
    return {};
  }

 private:
  asio::awaitable<void> receive(std::size_t connection) {
    while (next_ < visitors_.size() && !failed_) {
      const std::size_t visitor = next_++;
      if (gap_.count() > 0) co_await pause_until(context_, due(visitor));
      const core::Result<void> done = co_await receive(connection, visitor);
      if (!done && !failed_) failed_ = done.error();
    }
    // The connections' deadlines run on: the context would never end by itself.
    if (--working_ == 0) context_.stop();
  }

  asio::awaitable<core::Result<void>> receive(std::size_t connection, std::size_t visitor) {
    const auto client = co_await Client::connect(context_, door_.tls,
                                                 target_of(door_, connection, visitors_[visitor]));
    if (!client) co_return std::unexpected(client.error());
    const core::Result<void> done = co_await errand_.run(**client, visitor);
    (*client)->close();
    co_return done;
  }

  [[nodiscard]] Clock::time_point due(std::size_t visitor) const {
    return begin_ +
           std::chrono::duration_cast<Clock::duration>(static_cast<double>(visitor) * gap_);
  }

  const Door& door_;
  const std::vector<Visitor>& visitors_;
  Errand& errand_;
  std::chrono::duration<double> gap_{0};
  const Clock::time_point begin_ = Clock::now();
  asio::io_context context_{1};
  std::size_t next_ = 0;
  std::size_t working_ = 0;
  std::optional<core::Error> failed_;
};

}  // namespace

core::Result<void> visit(const Door& door, const std::vector<Visitor>& visitors, Errand& errand,
                         double visitors_per_second) {
  if (visitors.empty()) return {};
  return Visits(door, visitors, errand, visitors_per_second).run();
}

asio::awaitable<void> pause_until(asio::io_context& context, Clock::time_point time) {
  asio::steady_timer timer(context, time);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

net::ClientTarget target_of(const Door& door, std::size_t connection, const Visitor& visitor) {
  net::ClientTarget target;
  target.server = {asio::ip::address_v4::loopback(), door.port};
  target.local_address = asio::ip::address_v4(0x7f000002U + static_cast<std::uint32_t>(connection));
  target.certificate = visitor.certificate;
  return target;
}

asio::awaitable<core::Result<v1::Envelope>> ask(Client& client, v1::Envelope request) {
  core::Result<v1::Envelope> answer = co_await client.call(std::move(request), kPatience);
  co_return unless_refused(std::move(answer));
}

asio::awaitable<core::Result<v1::AnswerBody>> submit(Client& client, v1::Envelope request) {
  const core::Result<v1::Envelope> answer = co_await ask(client, std::move(request));
  co_return body_of(answer);
}

asio::awaitable<core::Result<v1::AnswerBody>> submit(Client& client, std::string envelope,
                                                     std::uint64_t correlation_id) {
  core::Result<v1::Envelope> answer =
      co_await client.call(std::move(envelope), correlation_id, kPatience);
  co_return body_of(unless_refused(std::move(answer)));
}

core::Result<void> expect_done(v1::Reason reason, const char* what) {
  if (reason == v1::REASON_NONE) return {};
  return core::fail(core::Errc::kOutOfRange,
                    std::string(what) + " was answered with " + v1::Reason_Name(reason));
}

}  // namespace wasl::cli

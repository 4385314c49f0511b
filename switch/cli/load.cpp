#include "cli/load.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "cli/client.hpp"
#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Longer than any stall that would still be worth a figure.
constexpr milliseconds kAnswerPatience{10'000};
// Handshakes at once: the switch takes 128, and one terminal's own cost hides another's wait.
constexpr std::size_t kConnectingMost = 64;

asio::awaitable<void> pause_until(asio::io_context& context, Clock::time_point time) {
  asio::steady_timer timer(context, time);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

class Load {
 public:
  Load(const LoadOptions& options, const std::vector<LoadSeat>& seats, const LoadClaims& claims)
      : options_(options), seats_(seats), claims_(claims), clients_(options.connections) {}

  core::Result<LoadReport> run() {
    const Clock::time_point began = Clock::now();
    for (std::size_t i = 0; i < std::min(kConnectingMost, clients_.size()); ++i) {
      net::spawn(context_.get_executor(), connect_some());
    }
    context_.run();
    if (failed_) return std::unexpected(*failed_);
    report_.connecting = Clock::now() - began;
    begin_ = Clock::now();
    end_ = begin_ + options_.time;
    net::spawn(context_.get_executor(),
               options_.claims_per_second > 0 ? follow_schedule() : saturate());
    context_.restart();
    context_.run();
    return std::move(report_);
  }

 private:
  asio::awaitable<void> connect_some() {
    while (next_client_ < clients_.size() && !failed_) {
      const std::size_t index = next_client_++;
      const core::Result<void> connected = co_await connect(index);
      if (!connected) failed_ = connected.error();
    }
    // The readers of all connections run on: the context would never end by itself.
    if (failed_ || report_.connected == clients_.size()) context_.stop();
  }

  asio::awaitable<core::Result<void>> connect(std::size_t index) {
    net::ClientTarget target;
    target.server = {asio::ip::address_v4::loopback(), options_.port};
    // An address of its own for each: 127.0.x.y, from 127.0.0.2.
    target.local_address = asio::ip::address_v4(0x7f000002U + static_cast<std::uint32_t>(index));
    target.certificate = seats_[index % seats_.size()].certificate;
    auto client = co_await Client::connect(context_, options_.tls, std::move(target));
    if (!client) co_return std::unexpected(client.error());
    const core::Result<void> greeted = co_await (*client)->greet(kAnswerPatience);
    if (!greeted) co_return std::unexpected(greeted.error());
    clients_[index] = std::move(*client);
    ++report_.connected;
    co_return core::Result<void>{};
  }

  asio::awaitable<void> saturate() {
    working_ = clients_.size();
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      net::spawn(context_.get_executor(), sell_in_turn(i));
    }
    co_return;
  }

  asio::awaitable<void> sell_in_turn(std::size_t connection) {
    std::size_t place = connection;
    while (place < claims_.size() && Clock::now() < end_) {
      const Clock::time_point sent = Clock::now();
      const core::Result<v1::Envelope> answer = co_await clients_[connection]->call(
          std::string(claims_.envelope(place)), place + 1, kAnswerPatience);
      take(answer, sent);
      if (!answer) break;
      place += clients_.size();
    }
    if (--working_ == 0) co_await leave();
  }

  // The schedule's time goes on whatever the switch does; what is due is sent at once, also where
  // earlier claims of the connection are still in flight.
  asio::awaitable<void> follow_schedule() {
    const auto gap = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1 / options_.claims_per_second));
    Clock::time_point due = begin_;
    for (std::size_t place = 0; place < claims_.size() && due < end_; ++place, due += gap) {
      if (due > Clock::now()) co_await pause_until(context_, due);
      ++working_;
      clients_[place % clients_.size()]->send(
          claims_.envelope(place), place + 1, kAnswerPatience,
          [this, due](const core::Result<v1::Envelope>& answer) {
            take(answer, due);
            --working_;
          });
    }
    while (working_ > 0) co_await pause_until(context_, Clock::now() + milliseconds{1});
    co_await leave();
  }

  void take(const core::Result<v1::Envelope>& answer, Clock::time_point since) {
    const Clock::time_point now = Clock::now();
    report_.measured = now - begin_;
    if (!answer) {
      ++report_.unanswered;
    } else if (!answer->has_answer()) {
      ++report_.busy;
    } else {
      count(answer->answer());
      report_.answer_bytes += answer->ByteSizeLong();
      report_.latencies_us.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(now - since).count()));
    }
  }

  void count(const v1::Answer& answer) {
    ++report_.answered;
    const core::Result<v1::AnswerBody> body = wire::read_body(answer.body());
    const bool approved = body && body->claim().outcome() != v1::ClaimAnswer::DECLINED;
    if (approved) {
      ++report_.approved;
    } else if (body) {
      ++report_.declined[v1::Reason_Name(body->claim().reason())];
    }
  }

  asio::awaitable<void> leave() {
    if (options_.hold.count() > 0) co_await pause_until(context_, Clock::now() + options_.hold);
    for (const std::shared_ptr<Client>& client : clients_) client->close();
    context_.stop();
  }

  const LoadOptions& options_;
  const std::vector<LoadSeat>& seats_;
  const LoadClaims& claims_;
  asio::io_context context_{1};
  std::vector<std::shared_ptr<Client>> clients_;
  std::size_t next_client_ = 0;
  std::size_t working_ = 0;
  std::optional<core::Error> failed_;
  Clock::time_point begin_;
  Clock::time_point end_;
  LoadReport report_;
};

}  // namespace

core::Result<LoadReport> run_load(const LoadOptions& options, const std::vector<LoadSeat>& seats,
                                  const LoadClaims& claims) {
  return Load(options, seats, claims).run();
}

}  // namespace wasl::cli

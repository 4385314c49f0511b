#include "cli/load.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "net/client_connection.hpp"
#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

namespace asio = boost::asio;

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
  Load(const LoadOptions& options, const std::vector<LoadSeat>& seats, const Envelopes& claims)
      : options_(options),
        seats_(seats),
        claims_(claims),
        connections_(options.connections),
        since_(claims.size()) {
    answers_.reserve(claims);  // An answer is shorter than its claim.
    arrived_.reserve(claims.size());
  }

  core::Result<LoadReport> run() {
    const Clock::time_point began = Clock::now();
    for (std::size_t i = 0; i < std::min(kConnectingMost, connections_.size()); ++i) {
      net::spawn(context_.get_executor(), connect_some());
    }
    context_.run();
    if (failed_) return std::unexpected(*failed_);
    report_.connected = connections_.size();
    report_.connecting = Clock::now() - began;
    begin_ = Clock::now();
    end_ = begin_ + options_.time;
    begin_load();
    context_.restart();
    context_.run();
    read_answers();
    return std::move(report_);
  }

 private:
  asio::awaitable<void> connect_some() {
    while (next_ < connections_.size() && !failed_) {
      const std::size_t index = next_++;
      const core::Result<void> connected = co_await connect(index);
      if (!connected) failed_ = connected.error();
      ++connected_;
    }
    // The connections' deadlines run on: the context would never end by itself.
    if (failed_ || connected_ == connections_.size()) context_.stop();
  }

  asio::awaitable<core::Result<void>> connect(std::size_t index) {
    net::ClientTarget target;
    target.server = {asio::ip::address_v4::loopback(), options_.port};
    // An address of its own for each: 127.0.x.y, from 127.0.0.2.
    target.local_address = asio::ip::address_v4(0x7f000002U + static_cast<std::uint32_t>(index));
    target.certificate = seats_[index % seats_.size()].certificate;
    auto connection = co_await net::connect(context_, options_.tls, std::move(target));
    if (!connection) co_return std::unexpected(connection.error());
    connections_[index] = std::move(*connection);
    co_return co_await greet(connections_[index]);
  }

  // Only the first answer tells whether the switch has accepted the certificate.
  asio::awaitable<core::Result<void>> greet(std::shared_ptr<net::Connection> connection) {
    asio::steady_timer patience(context_, kAnswerPatience);
    patience.async_wait([connection](const boost::system::error_code& cancelled) {
      if (!cancelled) connection->close(core::CloseCause::kSession);
    });
    v1::Envelope hello;
    hello.mutable_echo();
    const core::Result<void> sent = connection->send(hello.SerializeAsString());
    if (!sent) co_return std::unexpected(sent.error());
    const core::Result<core::ByteView> frame = co_await connection->read_frame();
    if (!frame) co_return std::unexpected(frame.error());
    const core::Result<v1::Envelope> answer = wire::read_answer(*frame);
    if (!answer) co_return std::unexpected(answer.error());
    co_return wire::greeted(*answer);
  }

  void begin_load() {
    const bool scheduled = options_.claims_per_second > 0;
    working_ = connections_.size();
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      net::spawn(context_.get_executor(),
                 scheduled ? take_answers(connections_[i]) : sell_in_turn(i));
    }
    if (scheduled) net::spawn(context_.get_executor(), follow_schedule());
    net::spawn(context_.get_executor(), lose_patience());
  }

  asio::awaitable<void> sell_in_turn(std::size_t index) {
    const std::shared_ptr<net::Connection> connection = connections_[index];
    const std::size_t step = connections_.size();
    for (std::size_t place = index; place < claims_.size(); place += step) {
      const Clock::time_point now = Clock::now();
      if (now >= end_ || !send(place, now) || !co_await take_answer(*connection)) break;
    }
    if (--working_ == 0) co_await leave(options_.hold);
  }

  // The schedule's time goes on whatever the switch does; what is due is sent at once, also where
  // earlier claims of the connection are still in flight.
  asio::awaitable<void> follow_schedule() {
    const auto gap = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1 / options_.claims_per_second));
    Clock::time_point due = begin_;
    for (std::size_t place = 0; place < claims_.size() && due < end_; ++place, due += gap) {
      if (due > Clock::now()) co_await pause_until(context_, due);
      send(place, due);
    }
    while (working_ > 0 && arrived_.size() < sent_) {
      co_await pause_until(context_, Clock::now() + milliseconds{1});
    }
    co_await leave(options_.hold);
  }

  asio::awaitable<void> take_answers(std::shared_ptr<net::Connection> connection) {
    // Awaited in the condition of an empty loop, g++ 12 makes it crash.
    bool more = true;
    while (more) more = co_await take_answer(*connection);
    --working_;
  }

  bool send(std::size_t place, Clock::time_point since) {
    since_[place] = since;
    ++sent_;
    return connections_[place % connections_.size()]->send(claims_[place]).has_value();
  }

  // False when no more will come.
  asio::awaitable<bool> take_answer(net::Connection& connection) {
    const core::Result<core::ByteView> frame = co_await connection.read_frame();
    if (!frame) co_return false;
    answers_.add(core::as_text(*frame));
    arrived_.push_back(Clock::now());
    co_return true;
  }

  asio::awaitable<void> lose_patience() {
    co_await pause_until(context_, end_ + kAnswerPatience);
    co_await leave(milliseconds{0});
  }

  // The first who calls it does it. Ends when no connection is read any more.
  asio::awaitable<void> leave(milliseconds hold) {
    if (std::exchange(leaving_, true)) co_return;
    if (hold.count() > 0) co_await pause_until(context_, Clock::now() + hold);
    for (const auto& connection : connections_) connection->close(core::CloseCause::kSession);
    while (working_ > 0) co_await pause_until(context_, Clock::now() + milliseconds{1});
    context_.stop();
  }

  void read_answers() {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const auto envelope = wire::read_answer(core::as_bytes(answers_[i]));
      const std::uint64_t id = envelope ? envelope->correlation_id() : 0;
      if (id == 0 || id > since_.size()) continue;  // No answer to any claim.
      if (!envelope->has_answer()) {
        ++report_.busy;
        continue;
      }
      count(envelope->answer());
      report_.measured = arrived_[i] - begin_;
      report_.answer_bytes += answers_[i].size();
      report_.latencies_us.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(arrived_[i] - since_[id - 1])
              .count()));
    }
    report_.unanswered = sent_ - report_.answered - report_.busy;
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

  const LoadOptions& options_;
  const std::vector<LoadSeat>& seats_;
  const Envelopes& claims_;
  asio::io_context context_{1};
  std::vector<std::shared_ptr<net::Connection>> connections_;
  std::size_t next_ = 0;
  std::size_t connected_ = 0;
  std::size_t working_ = 0;  // Connections that still read.
  bool leaving_ = false;
  std::optional<core::Error> failed_;
  Clock::time_point begin_;
  Clock::time_point end_;
  std::vector<Clock::time_point> since_;  // Of each claim: when it was sent or due.
  std::uint64_t sent_ = 0;
  Envelopes answers_;
  std::vector<Clock::time_point> arrived_;  // Of each answer.
  LoadReport report_;
};

}  // namespace

core::Result<LoadReport> run_load(const LoadOptions& options, const std::vector<LoadSeat>& seats,
                                  const Envelopes& claims) {
  return Load(options, seats, claims).run();
}

}  // namespace wasl::cli

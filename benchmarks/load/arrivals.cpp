#include "load/arrivals.hpp"

#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{10'000};

}  // namespace

Arrivals::Arrivals(const Door& door, std::vector<Visitor> visitors, const Envelopes& claims,
                   double claims_per_second)
    : door_(door),
      visitors_(std::move(visitors)),
      claims_(claims),
      gap_(std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(1 / claims_per_second))) {
  report_.answered.reserve(claims.size());
}

Arrivals::~Arrivals() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

core::Result<void> Arrivals::begin() {
  net::spawn(context_.get_executor(), connect_all());
  context_.run();
  if (failed_) {
    leave();
    return std::unexpected(*failed_);
  }
  context_.restart();
  net::spawn(context_.get_executor(), follow_schedule());
  thread_ = std::thread([this] {
    context_.run();
    leave();
  });
  return {};
}

core::Result<ArrivalReport> Arrivals::end() {
  ending_ = true;
  thread_.join();
  if (!lasted_) {
    return core::fail(core::Errc::kOutOfRange,
                      "all " + std::to_string(claims_.size()) + " claims arrived before the end");
  }
  return std::move(report_);
}

asio::awaitable<void> Arrivals::connect_all() {
  for (std::size_t i = 0; i < visitors_.size() && !failed_; ++i) {
    const core::Result<void> connected = co_await connect(i);
    if (!connected) failed_ = connected.error();
  }
  // The connections' deadlines run on: the context would never end by itself.
  context_.stop();
}

asio::awaitable<core::Result<void>> Arrivals::connect(std::size_t index) {
  auto client =
      co_await Client::connect(context_, door_.tls, target_of(door_, index, visitors_[index]));
  if (!client) co_return std::unexpected(client.error());
  clients_.push_back(std::move(*client));
  co_return co_await clients_.back()->greet(kPatience);
}

asio::awaitable<void> Arrivals::follow_schedule() {
  Clock::time_point due = Clock::now();
  for (std::size_t place = 0; !ending_; ++place, due += gap_) {
    lasted_ = place < claims_.size();
    if (!lasted_) break;
    if (due > Clock::now()) co_await pause_until(context_, due);
    send(place, due);
  }
  while (in_flight_ > 0)
    co_await pause_until(context_, Clock::now() + std::chrono::milliseconds{1});
  context_.stop();
}

void Arrivals::leave() {
  for (const auto& client : clients_) client->close();
  // The readers of closed connections end before their context does.
  context_.restart();
  context_.poll();
}

void Arrivals::send(std::size_t place, Clock::time_point due) {
  ++in_flight_;
  clients_[place % clients_.size()]->send(
      claims_[place], place + 1, kPatience,
      [this, due](const core::Result<v1::Envelope>& answer) { take(due, answer); });
}

void Arrivals::take(Clock::time_point due, const core::Result<v1::Envelope>& answer) {
  --in_flight_;
  if (!answer) {
    ++report_.unanswered;
    return;
  }
  if (!answer->has_answer()) {
    ++report_.busy;
    return;
  }
  report_.answered.push_back(
      {.due = due,
       .took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - due)});
  const core::Result<v1::AnswerBody> body = wire::read_body(answer->answer().body());
  if (body && body->claim().outcome() != v1::ClaimAnswer::DECLINED) ++report_.approved;
}

}  // namespace wasl::cli

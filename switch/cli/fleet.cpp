#include "cli/fleet.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;

// A counter does not wait longer for an answer before it calls the request in doubt.
constexpr milliseconds kAnswerPatience{5'000};
// As long as the kernel's queue in front of a switch may take to be served: who gives up while it
// waits has only lengthened it.
constexpr milliseconds kConnectPatience{30'000};
// What two cores can do of both sides' handshakes, so that none waits until its deadline: the pace
// in which terminals first connect, and the first span of their pauses when all lose the switch.
constexpr std::size_t kHandshakesPerSecond = 800;
// A restart of the switch over a small store takes less.
constexpr milliseconds kReconnectFirst{100};
// Terminals that spread over this long together are no burden, however often each of them tries.
constexpr milliseconds kReconnectMost{1'000};
// A repeat must give the stored answer again, byte for byte.
constexpr std::uint64_t kRepeatEvery = 100;

milliseconds time_of_handshakes(std::size_t count) {
  return milliseconds{static_cast<long>(count * 1'000 / kHandshakesPerSecond)};
}

}  // namespace

struct Fleet::Terminal {
  Terminal(asio::io_context& context, Seat at, std::size_t number, Backoff pauses)
      : seat(std::move(at)), index(number), timer(context), backoff(pauses) {}

  [[nodiscard]] bool is_connected() const { return client != nullptr && client->is_open(); }

  Seat seat;
  std::size_t index;
  std::unique_ptr<DemoCounter> counter;
  asio::steady_timer timer;
  Backoff backoff;
  bool attempted = false;  // To connect.
  std::shared_ptr<Client> client;
  std::uint64_t correlation = 0;
  // The next request, and when it is due; empty before open() and where nobody ever comes.
  std::optional<v1::Envelope> request;
  std::optional<Clock::time_point> due;
};

Fleet::Fleet(FleetOptions options, std::vector<Seat> seats, DemoNetwork& network)
    : options_(std::move(options)), town_(network, *options_.keys, options_.today, options_.seed) {
  const milliseconds all = time_of_handshakes(seats.size());
  const milliseconds first = std::max(kReconnectFirst, all);
  const milliseconds most = std::max(kReconnectMost, all);
  for (Seat& seat : seats) {
    const std::size_t index = terminals_.size();
    auto terminal = std::make_shared<Terminal>(context_, std::move(seat), index,
                                               Backoff(options_.seed + index, first, most));
    const Seat& at = terminal->seat;
    terminal->counter = at.me.role == core::Role::kCentre
                            ? centre_counter(town_, index)
                            : pharmacy_counter(town_, at.me, at.agreed_fund, index);
    terminals_.push_back(std::move(terminal));
  }
}

Fleet::~Fleet() {
  if (thread_.joinable()) {
    context_.stop();
    thread_.join();
  }
}

void Fleet::start() {
  working_ = terminals_.size();
  for (const std::shared_ptr<Terminal>& terminal : terminals_) {
    net::spawn(context_.get_executor(), work(terminal));
  }
  thread_ = std::thread([this] { context_.run(); });
}

void Fleet::open() {
  open_ = true;
  wake_all();
}

bool Fleet::finish(std::chrono::seconds patience) {
  finishing_ = true;
  wake_all();
  const Clock::time_point deadline = Clock::now() + patience;
  while (working_ > 0 && Clock::now() < deadline) std::this_thread::sleep_for(milliseconds{10});
  const bool resolved = working_ == 0;
  abandoned_ = true;
  context_.stop();
  thread_.join();
  return resolved;
}

void Fleet::wake_all() {
  asio::post(context_, [this] {
    for (const std::shared_ptr<Terminal>& terminal : terminals_) terminal->timer.cancel();
  });
}

FleetTotals Fleet::take_recent() {
  FleetTotals taken;
  {
    const core::MutexLock lock(mutex_);
    taken = std::exchange(recent_, {});
  }
  earlier_.add(taken);
  return taken;
}

FleetTotals Fleet::totals() {
  static_cast<void>(take_recent());
  return earlier_;
}

asio::awaitable<void> Fleet::work(std::shared_ptr<Terminal> terminal) {
  co_await wait(*terminal, Clock::now() + time_of_handshakes(terminal->index));
  while (!finishing_) {
    if (!terminal->is_connected()) {
      terminal->due.reset();  // A counter without connection does not make its sales up.
      co_await connect(*terminal);
      continue;
    }
    prepare(*terminal);
    // Also ends when the connection does, and when the fleet opens or finishes.
    co_await wait(*terminal, terminal->due.value_or(Clock::time_point::max()));
    if (finishing_ || !terminal->due || Clock::now() < *terminal->due) continue;
    co_await ask(*terminal);
  }
  if (terminal->client) terminal->client->close();
  --working_;
}

asio::awaitable<void> Fleet::wait(Terminal& terminal, Clock::time_point until) {
  terminal.timer.expires_at(until);
  boost::system::error_code cancelled;
  co_await terminal.timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

// The request is made before it is due, so that making it costs its latency nothing.
void Fleet::prepare(Terminal& terminal) {
  if (!open_ || !terminal.seat.open) return;
  if (!terminal.request) terminal.request = terminal.counter->next_request();
  if (!terminal.request || terminal.due) return;
  const Clock::duration phase =
      std::chrono::duration_cast<Clock::duration>(gap() * town_.draw_share());
  terminal.due = Clock::now() + phase;
}

// Terminals share the rate evenly; from half to one and a half of their mean distance.
Fleet::Clock::duration Fleet::gap() {
  if (options_.requests_per_second <= 0) return {};
  const std::chrono::duration<double> mean(static_cast<double>(terminals_.size()) /
                                           options_.requests_per_second);
  return std::chrono::duration_cast<Clock::duration>(mean * (0.5 + town_.draw_share()));
}

// One attempt, after a pause unless it is the first.
asio::awaitable<void> Fleet::connect(Terminal& terminal) {
  if (std::exchange(terminal.attempted, true)) {
    co_await wait(terminal, Clock::now() + terminal.backoff.next());
  }
  net::ClientTarget target;
  target.server = {asio::ip::address_v4::loopback(), options_.port};
  // From an address of its own, 127.0.x.y, behind the switch's 127.0.0.1.
  const auto host = static_cast<std::uint32_t>(terminal.index + 2);
  target.local_address = asio::ip::address_v4(0x7f000000U + host);
  target.certificate = terminal.seat.certificate;
  target.limits.handshake_timeout = kConnectPatience;
  auto connected = co_await Client::connect(context_, options_.tls, std::move(target));
  if (!connected) co_return;
  terminal.client = std::move(*connected);
  const core::Result<void> greeted = co_await terminal.client->greet(kConnectPatience);
  if (!greeted) co_return terminal.client->close();
  terminal.backoff.reset();
  ++connected_;
  terminal.client->on_end([this, &terminal] {
    --connected_;
    terminal.timer.cancel();
  });
}

asio::awaitable<void> Fleet::ask(Terminal& terminal) {
  terminal.request->set_correlation_id(++terminal.correlation);
  exchanges_.push_back(open_exchange(terminal.seat.me, *terminal.request));
  terminal.request.reset();
  co_await settle(terminal, exchanges_.size() - 1);
  if (options_.requests_per_second <= 0) terminal.due.reset();  // The next is due at once.
  // A stall of the switch, or of ours, delays what is due behind it, and counts.
  if (terminal.due) *terminal.due += gap();
}

// Sends the same bytes until there is an answer.
asio::awaitable<void> Fleet::settle(Terminal& terminal, std::size_t index) {
  while (!abandoned_) {
    if (!terminal.is_connected()) {
      terminal.due.reset();
      co_await connect(terminal);
      continue;
    }
    std::string envelope = exchanges_[index].envelope;
    ++in_flight_;
    auto answer = co_await terminal.client->call(envelope, terminal.correlation, kAnswerPatience);
    --in_flight_;
    if (answer && answer->has_answer()) {
      take_answer(terminal, index, answer->answer());
      if (town_.happens(kRepeatEvery)) co_await repeat(terminal, std::move(envelope), index);
      co_return;
    }
    if (!answer || !answer->has_refused()) {
      exchanges_[index].was_in_doubt = true;
      terminal.client->close();
      continue;
    }
    if (answer->refused().code() != v1::Refused::BUSY) {
      exchanges_[index].refused = true;
      const core::MutexLock lock(mutex_);
      ++recent_.refused;
      co_return;
    }
    co_await wait(terminal, Clock::now() + milliseconds{answer->refused().retry_after_ms()});
  }
}

asio::awaitable<void> Fleet::repeat(Terminal& terminal, std::string envelope, std::size_t index) {
  auto again =
      co_await terminal.client->call(std::move(envelope), terminal.correlation, kAnswerPatience);
  if (!again || !again->has_answer()) co_return;
  const bool like = again->answer().repeat() && again->answer().body() == exchanges_[index].body;
  const core::MutexLock lock(mutex_);
  ++(like ? recent_.repeated : recent_.unlike);
}

void Fleet::take_answer(Terminal& terminal, std::size_t index, const v1::Answer& answer) {
  Exchange& exchange = exchanges_[index];
  close_exchange(exchange, answer);
  const core::Result<v1::AnswerBody> body = wire::read_body(answer.body());
  if (body) terminal.counter->answered(exchange, *body);
  const bool claim = exchange.kind == v1::Envelope::kSubmitClaim;
  if (claim) ++claims_;
  const core::MutexLock lock(mutex_);
  if (exchange.was_in_doubt) ++recent_.in_doubt;
  if (!body) {
    ++recent_.unlike;
    return;
  }
  recent_.count(exchange, *body);
  if (!claim || !terminal.due) return;
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - *terminal.due);
  recent_.latencies_us.push_back(static_cast<std::uint32_t>(took.count()));
}

}  // namespace wasl::cli

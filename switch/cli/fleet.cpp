#include "cli/fleet.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cmath>

#include "cli/demo_claim.hpp"
#include "net/spawn.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// A counter does not wait longer for an answer before it calls the sale in doubt.
constexpr milliseconds kAnswerPatience{5'000};
// Between attempts to reach a switch that is down: a demo restarts it within a second.
constexpr milliseconds kReconnectPause{100};
constexpr std::uint64_t kReversalEvery = 20;
constexpr std::size_t kLinesMost = 3;

asio::awaitable<void> pause(asio::io_context& context, Clock::duration time) {
  asio::steady_timer timer(context, time);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace

std::uint64_t FleetTotals::declined_claims() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : declined) sum += count;
  return sum;
}

double percentile_ms(std::vector<std::uint32_t> latencies_us, double share) {
  if (latencies_us.empty()) return 0;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(latencies_us.size() - 1));
  const auto at = latencies_us.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(latencies_us.begin(), at, latencies_us.end());
  return static_cast<double>(*at) / 1'000;
}

Fleet::Fleet(FleetOptions options, std::vector<Seat> seats, DemoNetwork& network)
    : options_(std::move(options)), network_(network), random_(options_.seed) {
  for (std::size_t i = 0; i < network_.cards.size(); ++i) {
    cards_by_fund_[network_.cards[i].reference.fund].push_back(i);
  }
  for (Seat& seat : seats) {
    auto terminal = std::make_shared<Terminal>();
    terminal->seat = std::move(seat);
    terminal->index = terminals_.size();
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
  const Clock::time_point now = Clock::now();
  working_ = terminals_.size();
  for (const std::shared_ptr<Terminal>& terminal : terminals_) {
    terminal->next = now;
    net::spawn(context_.get_executor(), work(terminal));
  }
  thread_ = std::thread([this] { context_.run(); });
}

bool Fleet::finish(std::chrono::seconds patience) {
  finishing_ = true;
  const Clock::time_point deadline = Clock::now() + patience;
  while (working_ > 0 && Clock::now() < deadline) std::this_thread::sleep_for(milliseconds{10});
  const bool resolved = working_ == 0;
  abandoned_ = true;
  context_.stop();
  thread_.join();
  return resolved;
}

FleetTotals Fleet::totals() const {
  const core::MutexLock lock(mutex_);
  return totals_;
}

asio::awaitable<void> Fleet::work(std::shared_ptr<Terminal> terminal) {
  while (!finishing_) {
    co_await pace(*terminal);
    if (finishing_) break;
    std::optional<v1::Envelope> request = next_request(*terminal);
    if (!request) break;  // No card of its fund in the network: nobody comes.
    const std::size_t sale = open_sale(*terminal, std::move(*request));
    co_await settle(*terminal, sale);
  }
  if (terminal->client) terminal->client->close();
  --working_;
}

// Terminals share the rate evenly and begin at different moments.
asio::awaitable<void> Fleet::pace(Terminal& terminal) {
  co_await connect(terminal);
  if (options_.claims_per_second <= 0) co_return;
  const double seconds = static_cast<double>(terminals_.size()) / options_.claims_per_second;
  const std::exponential_distribution<double> gap(1.0 / seconds);
  auto drawn = gap;
  terminal.next +=
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(drawn(random_)));
  const Clock::time_point now = Clock::now();
  if (terminal.next > now) {
    co_await pause(context_, terminal.next - now);
  } else {
    terminal.next = now;  // Behind after an outage: a counter does not make its sales up.
  }
}

asio::awaitable<void> Fleet::connect(Terminal& terminal) {
  while (!abandoned_ && (!terminal.client || !terminal.client->is_open())) {
    net::ClientTarget target;
    target.server = {asio::ip::address_v4::loopback(), options_.port};
    // Each terminal comes from an address of its own: 127.0.x.y.
    const auto host = static_cast<std::uint32_t>(terminal.index + 2);
    target.local_address = asio::ip::address_v4(0x7f000000U + host);
    target.certificate = terminal.seat.certificate;
    auto connected = co_await Client::connect(context_, options_.tls, std::move(target));
    if (connected) {
      if (terminal.client == nullptr) ++connected_;
      terminal.client = std::move(*connected);
      co_return;
    }
    co_await pause(context_, kReconnectPause);
  }
}

// Sends the same bytes until there is an answer: a repeat gives the stored one.
asio::awaitable<void> Fleet::settle(Terminal& terminal, std::size_t sale) {
  while (!abandoned_) {
    co_await connect(terminal);
    if (abandoned_) break;
    v1::Envelope request;
    request.ParseFromString(sales_[sale].envelope);
    const Clock::time_point sent = Clock::now();
    auto answer = co_await terminal.client->call(std::move(request), kAnswerPatience);
    if (answer && answer->has_answer()) {
      take_answer(terminal, sale, answer->answer(), Clock::now() - sent);
      break;
    }
    if (answer && answer->has_refused() && answer->refused().code() == v1::Refused::BUSY) {
      co_await pause(context_, milliseconds{answer->refused().retry_after_ms()});
      continue;
    }
    sales_[sale].was_in_doubt = true;
    terminal.client->close();
  }
}

std::optional<v1::Envelope> Fleet::next_request(Terminal& terminal) {
  if (terminal.last_approved && random_() % kReversalEvery == 0) {
    core::RequestId id{};
    for (std::uint8_t& byte : id) byte = static_cast<std::uint8_t>(random_());
    const core::RequestId original = *terminal.last_approved;
    terminal.last_approved.reset();
    return reversal_of(original, id);
  }
  return claim_of(terminal);
}

std::optional<v1::Envelope> Fleet::claim_of(Terminal& terminal) {
  const auto cards = cards_by_fund_.find(terminal.seat.agreed_fund);
  if (cards == cards_by_fund_.end()) return std::nullopt;
  DemoCard& card = network_.cards[cards->second[random_() % cards->second.size()]];
  std::vector<DemoLine> lines;
  for (std::size_t i = 1 + random_() % kLinesMost; i > 0; --i) {
    lines.push_back({.medicine = &network_.medicines[random_() % network_.medicines.size()],
                     .quantity = 1 + static_cast<std::uint32_t>(random_() % 2),
                     .supply_days = static_cast<std::uint32_t>(random_() % 2) * 10});
  }
  DemoClaim claim;
  claim.pharmacy = terminal.seat.me;
  for (std::uint8_t& byte : claim.request_id) byte = static_cast<std::uint8_t>(random_());
  claim.today = options_.today;
  claim.prescriber = "M00000" + std::to_string(random_() % 10);
  claim.prescription =
      std::to_string(terminal.index) + "-" + std::to_string(++terminal.prescriptions);
  claim.lines = lines;
  core::Result<v1::Envelope> made = signed_claim(claim, card, *options_.keys, cmac_);
  if (!made) return std::nullopt;
  return std::move(*made);
}

std::size_t Fleet::open_sale(Terminal& terminal, v1::Envelope request) {
  Sale sale;
  sale.from = terminal.seat.me;
  sale.reversal = request.has_reverse_claim();
  const std::string& id =
      sale.reversal ? request.reverse_claim().request_id() : request.submit_claim().request_id();
  std::copy(id.begin(), id.end(), sale.request_id.begin());
  sale.envelope = request.SerializeAsString();
  sales_.push_back(std::move(sale));
  return sales_.size() - 1;
}

void Fleet::take_answer(Terminal& terminal, std::size_t index, const v1::Answer& answer,
                        Clock::duration took) {
  Sale& sale = sales_[index];
  sale.answered = true;
  sale.body = answer.body();
  sale.sequence = answer.receipt().sequence();
  const std::string& hash = answer.receipt().record_hash();
  if (hash.size() == sale.record_hash.size()) {
    std::copy(hash.begin(), hash.end(), sale.record_hash.begin());
  }
  const core::Result<v1::AnswerBody> body = wire::read_body(answer.body());
  const core::MutexLock lock(mutex_);
  if (sale.was_in_doubt) ++totals_.in_doubt;
  if (!body) {
    ++totals_.unlike;
    return;
  }
  if (sale.reversal) {
    ++totals_.reversed;
    return;
  }
  count_claim(body->claim());
  if (body->claim().outcome() != v1::ClaimAnswer::DECLINED) {
    terminal.last_approved = sale.request_id;
  }
  if (!sale.was_in_doubt) {
    totals_.latencies_us.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
  }
}

void Fleet::count_claim(const v1::ClaimAnswer& answer) {
  ++totals_.claims;
  ++claims_;
  switch (answer.outcome()) {
    case v1::ClaimAnswer::APPROVED:
      ++totals_.approved;
      break;
    case v1::ClaimAnswer::APPROVED_PARTIALLY:
      ++totals_.approved_partially;
      break;
    default:
      ++totals_.declined[v1::Reason_Name(answer.reason())];
  }
  totals_.insurer_cents += answer.insurer_cents();
  totals_.patient_cents += answer.patient_cents();
  for (const v1::LineAnswer& line : answer.lines()) {
    if (line.reason() != v1::REASON_NONE) {
      ++totals_.declined_lines[v1::Reason_Name(line.reason())];
    }
  }
}

}  // namespace wasl::cli

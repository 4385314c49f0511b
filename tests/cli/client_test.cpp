// The asynchronous client against a real listener: answers in any order, deadlines, and peers that
// go away.

#include "cli/client.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "cli/client_blocking.hpp"
#include "net/network.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

using namespace std::chrono_literals;
using test::kPatience;
using test::Network;

std::shared_ptr<Client> meet(asio::io_context& context, Network& network) {
  auto client =
      test::run(context, Client::connect(context, network.client_tls(), network.provider()));
  EXPECT_TRUE(client) << core::describe(client.error());
  return *client;
}

v1::Envelope echo(std::uint64_t correlation_id) {
  v1::Envelope envelope;
  envelope.set_correlation_id(correlation_id);
  envelope.mutable_echo()->set_data(std::to_string(correlation_id));
  return envelope;
}

// Answers pairs of frames, the later one first.
asio::awaitable<void> swap_pairs(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    auto first = co_await test::next_frame(connection);
    if (!first) co_return;
    auto second = co_await test::next_frame(connection);
    if (!second) co_return;
    connection->send(*second);
    connection->send(*first);
  }
}

asio::awaitable<void> say_nothing(std::shared_ptr<net::Connection> connection) {
  for (;;) {
    const auto frame = co_await test::next_frame(connection);
    if (!frame) co_return;
  }
}

asio::awaitable<void> leave_at_the_first(std::shared_ptr<net::Connection> connection) {
  const auto frame = co_await test::next_frame(connection);
  if (frame) connection->close(core::CloseCause::kSession);
}

asio::awaitable<void> answer_garbage(std::shared_ptr<net::Connection> connection) {
  const auto frame = co_await test::next_frame(connection);
  if (frame) connection->send("\xff\xff");
  const auto until_closed = co_await test::next_frame(connection);
  static_cast<void>(until_closed);
}

TEST(Client, MatchesAnswersToRequestsInAnyOrder) {
  Network network({.session = swap_pairs});
  asio::io_context context;
  const auto client = meet(context, network);
  std::vector<std::uint64_t> answered;
  for (const std::uint64_t id : {7U, 8U, 9U, 10U}) {
    client->send(echo(id).SerializeAsString(), id, kPatience,
                 [&answered, id](core::Result<v1::Envelope> answer) {
                   ASSERT_TRUE(answer) << core::describe(answer.error());
                   EXPECT_EQ(answer->echo().data(), std::to_string(id));
                   answered.push_back(id);
                 });
  }
  EXPECT_EQ(client->in_flight(), 4u);
  while (answered.size() < 4) context.run_one_for(kPatience);
  EXPECT_EQ(answered, (std::vector<std::uint64_t>{8, 7, 10, 9}));
  client->close();
}

TEST(Client, GivesUpARequestAtItsDeadlineAndKeepsTheConnection) {
  Network network({.session = swap_pairs});
  asio::io_context context;
  const auto client = meet(context, network);
  const auto late = test::run(context, client->call(echo(0), 1ms));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, core::Errc::kTimeout);
  EXPECT_TRUE(client->is_open());
  // The late answer comes with this one, and is dropped.
  EXPECT_TRUE(test::run(context, client->call(echo(0), kPatience)));
  EXPECT_EQ(client->in_flight(), 0u);
  client->close();
}

TEST(Client, FailsWhatIsInFlightWhenThePeerLeaves) {
  Network network({.session = leave_at_the_first});
  asio::io_context context;
  const auto client = meet(context, network);
  const auto answer = test::run(context, client->call(echo(0), kPatience));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, core::Errc::kClosed);
  EXPECT_FALSE(client->is_open());
  EXPECT_EQ(test::run(context, client->call(echo(0), kPatience)).error().code, core::Errc::kClosed);
}

TEST(Client, EndsAConnectionThatSpeaksNonsense) {
  Network network({.session = answer_garbage});
  asio::io_context context;
  const auto client = meet(context, network);
  const auto answer = test::run(context, client->call(echo(0), kPatience));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, core::Errc::kMalformed);
  EXPECT_FALSE(client->is_open());
}

TEST(Client, EndsWhatIsInFlightWhenItCloses) {
  Network network({.session = say_nothing});
  asio::io_context context;
  const auto client = meet(context, network);
  bool ended = false;
  client->send(echo(1).SerializeAsString(), 1, kPatience,
               [&ended](core::Result<v1::Envelope> answer) {
                 EXPECT_EQ(answer.error().code, core::Errc::kClosed);
                 ended = true;
               });
  client->close();
  client->close();
  EXPECT_FALSE(ended);  // Never within the call.
  while (!ended) context.run_one_for(kPatience);
}

TEST(Client, MayBeDestroyedWithItsContextWhileItWaits) {
  Network network({.session = say_nothing});
  asio::io_context context;
  auto client = meet(context, network);
  client->send(echo(1).SerializeAsString(), 1, kPatience,
               [](core::Result<v1::Envelope>) { ADD_FAILURE() << "nobody answers"; });
  client.reset();
}

TEST(Client, SaysOnceThatItsConnectionEnded) {
  Network network({.session = leave_at_the_first});
  asio::io_context context;
  const auto client = meet(context, network);
  int ended = 0;
  client->on_end([&ended] { ++ended; });
  EXPECT_FALSE(test::run(context, client->call(echo(0), kPatience)));
  EXPECT_EQ(ended, 1);
  client->close();
  EXPECT_EQ(ended, 1);
}

TEST(BlockingClient, MeetsAndCalls) {
  Network network;
  const auto pharmacy = network.authority().client("urn:wasl:provider:16-004512");
  auto client = BlockingClient::connect({.host = "127.0.0.1",
                                         .port = std::to_string(network.listener().port()),
                                         .tls = network.client_tls(),
                                         .certificate = *net::ClientCertificate::from_pem(
                                             pharmacy.certificate_pem, pharmacy.key_pem)},
                                        kPatience);
  ASSERT_TRUE(client) << core::describe(client.error());
  for (const std::uint64_t id : {41U, 42U}) {
    const auto answer = client->call(*wire::frame_of(echo(id)), id, kPatience);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->correlation_id(), id);
  }
}

TEST(Backoff, GrowsToItsMostAndStaysWithinItsSpan) {
  Backoff backoff(1);
  for (auto span = Backoff::kFirst;; span = std::min(span * 2, Backoff::kMost)) {
    const auto pause = backoff.next();
    EXPECT_GE(pause, 0ms);
    EXPECT_LE(pause, span);
    if (span == Backoff::kMost) break;
  }
  backoff.reset();
  EXPECT_LE(backoff.next(), Backoff::kFirst);
}

TEST(Backoff, SpreadsThoseWhoLostTheSwitchInTheSameMoment) {
  constexpr int kTerminals = 1'000;
  std::array<int, 10> tenths{};
  for (int i = 0; i < kTerminals; ++i) {
    Backoff backoff(static_cast<std::uint64_t>(i), 10'000ms);
    const auto tenth = static_cast<std::size_t>(backoff.next() / 1'000ms);
    ++tenths[std::min(tenth, tenths.size() - 1)];
  }
  for (const int in_tenth : tenths) EXPECT_NEAR(in_tenth, kTerminals / 10, kTerminals / 20);
}

}  // namespace
}  // namespace wasl::cli

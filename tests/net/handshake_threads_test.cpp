// Handshakes are computed apart from the connections' own threads: what goes on meanwhile, and what
// becomes of a connection that ends before its step is back.

#include "net/handshake_threads.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <latch>
#include <memory>
#include <utility>

#include "net/network.hpp"

namespace wasl::net {
namespace {

using test::Client;
using test::Network;
using namespace std::chrono_literals;

// Keeps every thread of an executor busy until it is let go.
class Held {
 public:
  Held(const asio::any_io_executor& executor, std::size_t threads) {
    const std::shared_future<void> gone = go_.get_future().share();
    const auto begun = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(threads));
    for (std::size_t i = 0; i < threads; ++i) {
      asio::post(executor, [begun, gone] {
        begun->count_down();
        gone.wait();
      });
    }
    begun->wait();
  }
  ~Held() { let_go(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  void let_go() {
    if (!std::exchange(went_, true)) go_.set_value();
  }

 private:
  std::promise<void> go_;
  bool went_ = false;
};

Held hold_handshakes(Network& network) {
  HandshakeThreads& threads = network.threads().handshakes();
  return Held{threads.executor(), threads.size()};
}

// A terminal that has sent its hello; the answer to it shows that the switch has computed the step.
class HalfOpen {
 public:
  explicit HalfOpen(Network& network) {
    socket_.connect(network.address());
    asio::write(socket_, asio::buffer(test::client_hello(network)));
  }
  [[nodiscard]] bool is_answered() const { return socket_.available() > 0; }
  void wait_for_answer() { socket_.wait(tcp::socket::wait_read); }
  // Drops what came before it.
  [[nodiscard]] bool sees_the_end() {
    boost::system::error_code error;
    std::array<char, 4'096> dropped{};
    while (!error) socket_.read_some(asio::buffer(dropped), error);
    return error == asio::error::eof || error == asio::error::connection_reset;
  }

 private:
  asio::io_context context_;
  tcp::socket socket_{context_};
};

int nice_on(const asio::any_io_executor& executor) {
  std::promise<int> nice;
  asio::post(executor, [&nice] { nice.set_value(::getpriority(PRIO_PROCESS, 0)); });
  return nice.get_future().get();
}

TEST(HandshakeThreads, GiveWayToThoseOfTheConnections) {
  IoThreads threads{2};
  const int of_io = nice_on(threads.context(0).get_executor());
  EXPECT_EQ(of_io, ::getpriority(PRIO_PROCESS, 0));
  EXPECT_EQ(nice_on(threads.handshakes().executor()), std::max(of_io, 10));
  EXPECT_EQ(threads.handshakes().size(), threads.size());
}

// Answers on the same I/O thread show that it has read the hello, and waits for no step.
bool others_are_served(Network& network, Client& established) {
  if (!network.wait_for_connections(2)) return false;
  for (int i = 0; i < 50; ++i) {
    if (!established.is_served()) return false;
  }
  return true;
}

TEST(HandshakeThreads, KeepNoEstablishedConnectionWaiting) {
  Network network{{.io_threads = 1}};
  Client established{network};
  ASSERT_TRUE(established.is_served());
  Held handshakes = hold_handshakes(network);
  HalfOpen terminal{network};
  ASSERT_TRUE(others_are_served(network, established));
  EXPECT_FALSE(terminal.is_answered());

  handshakes.let_go();
  terminal.wait_for_answer();
  EXPECT_TRUE(terminal.is_answered());
}

TEST(HandshakeThreads, LetInWhoeverWaitedForThem) {
  Network network;
  Held handshakes = hold_handshakes(network);
  std::future<bool> served = std::async(std::launch::async, [&network] {
    Client client{network};
    return client.is_served();
  });
  ASSERT_TRUE(network.wait_for_connections(1));
  handshakes.let_go();
  EXPECT_TRUE(served.get());
  EXPECT_EQ(network.counts().get("handshake_ok"), 1);
}

// One thread and its watchdog: when the silent one's later deadline has passed, the other's has.
TEST(HandshakeThreads, LeaveAConnectionWhoseDeadlinePassedToItsOwnThread) {
  Network::Options options;
  options.connection.handshake_timeout = 500ms;
  options.connection.hello_timeout = 500ms;
  options.io_threads = 1;
  Network network{std::move(options)};
  Held handshakes = hold_handshakes(network);
  HalfOpen late{network};
  ASSERT_TRUE(network.wait_for_connections(1));
  asio::io_context context;
  tcp::socket silent{context};
  silent.connect(network.address());
  ASSERT_TRUE(network.counts().wait_for("handshake_timeout"));
  ASSERT_TRUE(network.wait_for_connections(1));

  handshakes.let_go();
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout", 2));
  EXPECT_TRUE(network.wait_for_connections(0));
  EXPECT_TRUE(late.sees_the_end());
  EXPECT_EQ(network.counts().get("handshake_ok"), 0);
  EXPECT_EQ(network.counts().get("opened"), 0);
}

TEST(HandshakeThreads, EndWithAStepThatNobodyBegan) {
  Network network{{.io_threads = 1}};
  Client established{network};
  ASSERT_TRUE(established.is_served());
  Held handshakes = hold_handshakes(network);
  HalfOpen terminal{network};
  ASSERT_TRUE(others_are_served(network, established));
  network.threads().handshakes().executor().context().stop();
  handshakes.let_go();
  network.threads().stop();
  EXPECT_FALSE(terminal.is_answered());
}

TEST(HandshakeThreads, EndWithAStepWhoseConnectionIsNotBack) {
  Network network{{.io_threads = 1}};
  Client established{network};
  ASSERT_TRUE(established.is_served());
  Held handshakes = hold_handshakes(network);
  HalfOpen terminal{network};
  ASSERT_TRUE(others_are_served(network, established));
  asio::io_context& io = network.threads().context(0);
  Held its_own_thread{io.get_executor(), 1};
  handshakes.let_go();
  terminal.wait_for_answer();
  io.stop();
  its_own_thread.let_go();
  network.threads().stop();
  EXPECT_EQ(network.counts().get("opened"), 1);
}

}  // namespace
}  // namespace wasl::net

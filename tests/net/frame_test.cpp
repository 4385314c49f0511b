// Frames over real TLS: limits, broken and cut ones, several at once, and peers that are slow in
// each state.

#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <future>

#include "net/network.hpp"

namespace wasl::net {
namespace {

using test::Client;
using test::Network;
using namespace std::chrono_literals;

std::string frame(std::string_view body) {
  std::string bytes;
  core::Writer{bytes}.blob(core::as_bytes(body));
  return bytes;
}

std::string header(std::uint32_t body_bytes) {
  std::string bytes;
  core::Writer{bytes}.integer(body_bytes);
  return bytes;
}

asio::awaitable<bool> write_all(std::shared_ptr<Connection> connection, std::string bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    std::size_t taken = 0;
    const Step step =
        connection->stream().write(core::as_bytes(std::string_view{bytes}.substr(done)), taken);
    if (step == Step::kDone) {
      done += taken;
      continue;
    }
    if (step != Step::kWantWrite) co_return false;
    boost::system::error_code error;
    co_await ready(connection->stream(), step, error);
  }
  co_return true;
}

// Bytes below the framing of Connection.
bool write_raw(Client& client, const std::string& bytes) {
  return test::run(client.context(), write_all(client.connection(), bytes));
}

core::Result<std::string> read(Client& client) {
  return test::run(client.context(), test::next_frame(client.connection()));
}

TEST(Frame, TravelsAtEachEndOfItsBounds) {
  Network network;
  Client client{network};
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{2}, std::size_t{16'383}, std::size_t{16'384},
        std::size_t{kFrameBytesMax} - 1, std::size_t{kFrameBytesMax}}) {
    const std::string body(size, 'x');
    const auto answer = client.ask(body);
    ASSERT_TRUE(answer) << size << ": " << core::describe(answer.error());
    EXPECT_EQ(*answer, body);
  }
}

TEST(Frame, OfLengthZeroEndsTheConnection) {
  Network network;
  Client client{network};
  ASSERT_TRUE(write_raw(client, header(0)));
  EXPECT_FALSE(read(client));
  client.connection()->close(core::CloseCause::kSession);
  EXPECT_TRUE(network.counts().wait_for("frame_empty"));
  EXPECT_TRUE(network.counts().wait_for("closed_broken_frame"));
}

TEST(Frame, AboveTheMaximumEndsTheConnectionBeforeItsBodyComes) {
  Network network;
  int refused = 0;
  for (const std::uint32_t size : {kFrameBytesMax + 1, 0x00ffffffu, 0x80000000u, 0xffffffffu}) {
    Client client{network};
    ASSERT_TRUE(write_raw(client, header(size)));
    EXPECT_FALSE(read(client));
    EXPECT_TRUE(network.counts().wait_for("frame_too_long", ++refused)) << size;
  }
}

TEST(Frame, BrokenOnesGetTheAnswersQueuedBeforeThem) {
  Network network;
  Client client{network};
  ASSERT_TRUE(write_raw(client, frame("first") + header(0)));
  const auto answer = read(client);
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "first");
  EXPECT_FALSE(read(client));
}

TEST(Frame, CutAtAnyByteIsNeverASession) {
  std::atomic<int> frames = 0;
  Network network{{.session = [&frames](std::shared_ptr<Connection> connection) {
    return [](std::shared_ptr<Connection> own, std::atomic<int>& seen) -> asio::awaitable<void> {
      for (;;) {
        const core::Result<core::ByteView> read = co_await own->read_frame();
        if (!read) co_return;
        ++seen;
      }
    }(std::move(connection), frames);
  }}};
  const std::string whole = frame("a request");
  int truncated = 0;
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    Client client{network};
    ASSERT_TRUE(write_raw(client, whole.substr(0, cut)));
    client.connection()->close(core::CloseCause::kSession);
    if (cut > 0) {
      EXPECT_TRUE(network.counts().wait_for("frame_truncated", ++truncated)) << cut;
    }
  }
  EXPECT_TRUE(network.counts().wait_for("closed_lost", truncated));
  EXPECT_TRUE(network.counts().wait_for("closed_peer", 1));
  EXPECT_EQ(frames.load(), 0);
}

TEST(Frame, ArrivesWholeHoweverItIsCutIntoRecords) {
  Network network;
  const std::string whole = frame("a request");
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    Client client{network};
    ASSERT_TRUE(write_raw(client, whole.substr(0, cut)));
    ASSERT_TRUE(write_raw(client, whole.substr(cut)));
    const auto answer = read(client);
    ASSERT_TRUE(answer) << cut;
    EXPECT_EQ(*answer, "a request");
  }
  Client client{network};
  for (const char byte : whole) ASSERT_TRUE(write_raw(client, std::string(1, byte)));
  EXPECT_EQ(*read(client), "a request");
}

TEST(Frame, ManyInOneRecordAreEachAnswered) {
  Network network;
  Client client{network};
  std::string bytes;
  for (int i = 0; i < 500; ++i) bytes += frame("request " + std::to_string(i));
  ASSERT_TRUE(write_raw(client, bytes));
  for (int i = 0; i < 500; ++i) {
    const auto answer = read(client);
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(*answer, "request " + std::to_string(i));
  }
}

// A deadline short enough for a test; the others stay generous, so that only this one can pass.
constexpr auto kShort = 200ms;

Network::Options with(std::chrono::milliseconds ConnectionLimits::* deadline) {
  Network::Options options;
  options.connection.*deadline = kShort;
  return options;
}

TEST(SlowPeer, ThatSendsNothingIsClosed) {
  Network network{with(&ConnectionLimits::hello_timeout)};
  asio::io_context context;
  tcp::socket socket{context};
  socket.connect(network.address());
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout"));
  std::array<char, 1> byte{};
  boost::system::error_code error;
  socket.read_some(asio::buffer(byte), error);
  EXPECT_TRUE(error);
}

TEST(SlowPeer, ThatSendsPartOfItsHelloIsClosed) {
  Network network{with(&ConnectionLimits::hello_timeout)};
  asio::io_context context;
  tcp::socket socket{context};
  socket.connect(network.address());
  // A record header that promises 512 bytes, and the first of a ClientHello.
  asio::write(socket, asio::buffer(std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 9}));
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout"));
}

TEST(SlowPeer, ThatNeverFinishesItsHandshakeIsClosed) {
  Network network{with(&ConnectionLimits::handshake_timeout)};
  asio::io_context context;
  tcp::socket socket{context};
  socket.connect(network.address());
  // A whole ClientHello and nothing after it.
  const SslPtr session = network.client_tls()->new_session();
  SSL_set_connect_state(session.get());
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_do_handshake(session.get());
  char* hello = nullptr;
  const long size = BIO_get_mem_data(SSL_get_wbio(session.get()), &hello);
  asio::write(socket, asio::buffer(hello, static_cast<std::size_t>(size)));
  EXPECT_TRUE(network.counts().wait_for("handshake_timeout"));
}

TEST(SlowPeer, ThatIsIdleIsClosed) {
  Network network{with(&ConnectionLimits::idle_timeout)};
  Client client{network};
  EXPECT_FALSE(read(client));
  EXPECT_TRUE(network.counts().wait_for("closed_idle"));
}

TEST(SlowPeer, InsideAFrameIsClosed) {
  const std::string whole = frame("a request");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{4}, whole.size() - 1}) {
    Network network{with(&ConnectionLimits::frame_timeout)};
    Client client{network};
    ASSERT_TRUE(write_raw(client, whole.substr(0, cut)));
    EXPECT_FALSE(read(client));
    EXPECT_TRUE(network.counts().wait_for("frame_slow")) << cut;
    EXPECT_TRUE(network.counts().wait_for("closed_slow_frame")) << cut;
  }
}

// Queues answers that nobody reads, a frame each time the peer has sent one.
asio::awaitable<void> flood(std::shared_ptr<Connection> connection, std::size_t frames) {
  const core::Result<core::ByteView> begun = co_await connection->read_frame();
  if (!begun) co_return;
  const std::string body(kFrameBytesMax, 'x');
  for (std::size_t i = 0; i < frames && connection->is_open(); ++i) connection->send(body);
  for (;;) {
    const core::Result<core::ByteView> next = co_await connection->read_frame();
    if (!next) co_return;
  }
}

// More than both sockets' buffers hold: Linux lets them grow to about 10 MiB.
constexpr std::size_t kFloodFrames = 512;

TEST(SlowPeer, ThatDoesNotTakeItsAnswersIsClosed) {
  Network::Options options = with(&ConnectionLimits::write_timeout);
  options.connection.queued_bytes_max = 2 * kFloodFrames * kFrameBytesMax;
  options.session = [](std::shared_ptr<Connection> own) { return flood(own, kFloodFrames); };
  Network network{std::move(options)};
  Client client{network};
  ASSERT_TRUE(write_raw(client, frame("go")));
  EXPECT_TRUE(network.counts().wait_for("closed_slow_reader"));
}

TEST(SlowPeer, WithTooManyAnswersWaitingIsClosedAtOnce) {
  Network::Options options;
  options.session = [](std::shared_ptr<Connection> own) { return flood(own, 5); };
  Network network{std::move(options)};
  Client client{network};
  ASSERT_TRUE(write_raw(client, frame("go")));
  EXPECT_TRUE(network.counts().wait_for("closed_slow_reader"));
}

TEST(SlowPeer, GetsAllItsAnswersOnceItReads) {
  Network::Options options;
  options.connection.queued_bytes_max = 2 * kFloodFrames * kFrameBytesMax;
  options.session = [](std::shared_ptr<Connection> own) { return flood(own, kFloodFrames); };
  Network network{std::move(options)};
  Client client{network};
  ASSERT_TRUE(write_raw(client, frame("go")));
  for (std::size_t i = 0; i < kFloodFrames; ++i) {
    const auto answer = read(client);
    ASSERT_TRUE(answer) << i << core::describe(answer.error());
    ASSERT_EQ(answer->size(), kFrameBytesMax);
  }
}

TEST(SlowPeer, IsNotReadFromWhileItsAnswersWait) {
  Network network;
  Client client{network};
  const std::string body(kFrameBytesMax, 'x');
  // An echo of 32 MiB: the server's queue stays within its bound, because it reads no further
  // request while the answers wait. Otherwise it would close this connection.
  auto sender = [](std::shared_ptr<Connection> own, std::string bytes) -> asio::awaitable<void> {
    for (std::size_t i = 0; i < kFloodFrames; ++i) {
      const bool written = co_await write_all(own, bytes);
      if (!written) co_return;
    }
  };
  spawn(client.context().get_executor(), sender(client.connection(), frame(body)));
  for (std::size_t i = 0; i < kFloodFrames; ++i) {
    const auto answer = read(client);
    ASSERT_TRUE(answer) << i << core::describe(answer.error());
  }
}

TEST(Goodbye, IsBoundedWhenThePeerStaysSilent) {
  Network::Options options;
  options.connection.shutdown_timeout = kShort;
  options.session = [](std::shared_ptr<Connection>) -> asio::awaitable<void> { co_return; };
  Network network{std::move(options)};
  Client client{network};
  EXPECT_TRUE(network.counts().wait_for("closed_session"));
}

TEST(Goodbye, GivesTheLastAnswers) {
  Network::Options options;
  options.session = [](std::shared_ptr<Connection> own) -> asio::awaitable<void> {
    own->send("one");
    own->send("two");
    co_return;
  };
  Network network{std::move(options)};
  Client client{network};
  EXPECT_EQ(*read(client), "one");
  EXPECT_EQ(*read(client), "two");
  EXPECT_EQ(read(client).error().code, core::Errc::kClosed);
}

}  // namespace
}  // namespace wasl::net

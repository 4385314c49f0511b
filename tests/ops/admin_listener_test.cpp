#include "ops/admin_listener.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "ops/metrics.hpp"

namespace wasl::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class AdminPages : public testing::Test {
 protected:
  void start(std::chrono::milliseconds deadline = std::chrono::seconds{5}) {
    auto started = ops::AdminListener::start(
        {.address = "127.0.0.1", .port = 0, .deadline = deadline},
        [this] { return ops::metrics_page(metrics_); }, health_);
    ASSERT_TRUE(started) << started.error().context;
    listener_ = std::move(*started);
  }

  tcp::socket connect() {
    tcp::socket socket(context_);
    socket.connect({asio::ip::address_v4::loopback(), listener_->port()});
    return socket;
  }

  // All that the server sends until it closes.
  static std::string read_all(tcp::socket& socket) {
    std::string text;
    boost::system::error_code error;
    asio::read(socket, asio::dynamic_buffer(text), error);
    return text;
  }

  std::string ask(const std::string& request) {
    tcp::socket socket = connect();
    boost::system::error_code error;
    asio::write(socket, asio::buffer(request), error);
    return read_all(socket);
  }

  std::string get(const std::string& target) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: wasl\r\n\r\n");
  }

  asio::io_context context_;
  ops::Metrics metrics_{"0.0.0"};
  ops::Health health_;
  std::unique_ptr<ops::AdminListener> listener_;
};

TEST_F(AdminPages, ServeMetrics) {
  start();
  const std::string page = get("/metrics");
  EXPECT_TRUE(page.starts_with("HTTP/1.1 200 OK\r\n")) << page.substr(0, 100);
  EXPECT_NE(page.find("Content-Type: text/plain; version=0.0.4"), std::string::npos);
  EXPECT_NE(page.find("\nwasl_build_info{version=\"0.0.0\"} 1\n"), std::string::npos);
}

TEST_F(AdminPages, SayAliveAndReadyApart) {
  bool ok = true;
  health_.add("disk", [&] { return ops::CheckResult{ok, ok ? "fine" : "full"}; });
  start();
  EXPECT_TRUE(get("/livez").ends_with("\r\n\r\nalive\n"));
  EXPECT_TRUE(get("/readyz").starts_with("HTTP/1.1 200 "));
  ok = false;
  EXPECT_TRUE(get("/livez").starts_with("HTTP/1.1 200 "));
  const std::string page = get("/readyz");
  EXPECT_TRUE(page.starts_with("HTTP/1.1 503 ")) << page;
  EXPECT_TRUE(page.ends_with("\r\n\r\n[-] disk: full\n")) << page;
}

TEST_F(AdminPages, AreOnlyTheseAndOnlyToRead) {
  start();
  EXPECT_TRUE(get("/").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(get("/metrics/../../etc/passwd").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(ask("POST /metrics HTTP/1.1\r\nHost: wasl\r\nContent-Length: 0\r\n\r\n")
                  .starts_with("HTTP/1.1 405 "));
  EXPECT_TRUE(ask("DELETE /livez HTTP/1.1\r\nHost: wasl\r\n\r\n").starts_with("HTTP/1.1 405 "));
}

TEST_F(AdminPages, EndWithGarbageAndOversizedHeaders) {
  start();
  EXPECT_EQ(ask(std::string(64, '\x16') + "\r\n\r\n"), "");
  const std::string header = "X: " + std::string(ops::kAdminHeaderBytesMax, 'x');
  EXPECT_EQ(ask("GET /livez HTTP/1.1\r\n" + header + "\r\n\r\n"), "");
  EXPECT_TRUE(get("/livez").starts_with("HTTP/1.1 200 "));
}

TEST_F(AdminPages, CloseWhoSendsNothing) {
  start(std::chrono::milliseconds{50});
  tcp::socket silent = connect();
  EXPECT_EQ(read_all(silent), "");
}

TEST_F(AdminPages, AreServedPastAThousandSlowReaders) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GE(limit.rlim_cur, 1'500U) << "this test needs about 1,100 descriptors";
  start(std::chrono::minutes{10});  // No deadline comes to help.
  std::vector<tcp::socket> slow;
  for (int i = 0; i < 1'000; ++i) {
    slow.push_back(connect());
    boost::system::error_code error;
    asio::write(slow.back(), asio::buffer(std::string_view("GET /metr")), error);
  }
  EXPECT_TRUE(get("/metrics").starts_with("HTTP/1.1 200 "));
  EXPECT_EQ(read_all(slow.front()), "") << "the oldest were closed for the newest";
}

TEST_F(AdminPages, RefuseAnAddressThatIsTakenOrNone) {
  start();
  const auto page = [] { return std::string(); };
  const auto taken = ops::AdminListener::start({.port = listener_->port()}, page, health_);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, core::Errc::kIo);
  const auto none = ops::AdminListener::start({.address = "localhost"}, page, health_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, core::Errc::kConfiguration);
}

}  // namespace
}  // namespace wasl::test

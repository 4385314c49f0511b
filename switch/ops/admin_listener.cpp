#include "ops/admin_listener.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <list>
#include <thread>

namespace wasl::ops {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

constexpr const char* kPlainText = "text/plain; charset=utf-8";
constexpr const char* kMetricsText = "text/plain; version=0.0.4; charset=utf-8";

// An exception in a coroutine is a bug: nothing of ours throws after start.
constexpr auto kTerminate = [](const std::exception_ptr& escaped) {
  if (escaped) std::terminate();
};

Response answer(http::status status, const char* type, std::string body) {
  Response response{status, 11};
  response.set(http::field::content_type, type);
  response.set(http::field::cache_control, "no-store");
  response.keep_alive(false);
  response.body() = std::move(body);
  response.prepare_payload();
  return response;
}

Response answer_to(const Request& request, const AdminListener::Page& metrics,
                   const Health& health) {
  if (request.method() != http::verb::get) {
    Response refused = answer(http::status::method_not_allowed, kPlainText, "GET only\n");
    refused.set(http::field::allow, "GET");
    return refused;
  }
  if (request.target() == "/metrics") {
    return answer(http::status::ok, kMetricsText, metrics());
  }
  if (request.target() == "/livez") return answer(http::status::ok, kPlainText, "alive\n");
  if (request.target() == "/readyz") {
    HealthReport report = health.report();
    const auto status = report.ready ? http::status::ok : http::status::service_unavailable;
    return answer(status, kPlainText, std::move(report.text));
  }
  return answer(http::status::not_found, kPlainText, "/metrics /livez /readyz\n");
}

core::Result<tcp::acceptor> listen_on(asio::io_context& context, const AdminConfig& config) {
  error_code error;
  const auto address = asio::ip::make_address(config.address, error);
  const std::string where = config.address + " port " + std::to_string(config.port);
  if (error) {
    return core::fail(core::Errc::kConfiguration, "admin address is no IP address: " + where);
  }
  const tcp::endpoint endpoint(address, config.port);
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return core::fail(core::Errc::kIo, "admin listener on " + where + ": " + error.message());
  return acceptor;
}

}  // namespace

// All but the constructor and the destructor runs on the one thread.
class AdminListener::Server {
 public:
  Server(std::unique_ptr<asio::io_context> context, tcp::acceptor acceptor, Page metrics,
         const Health& health, std::chrono::milliseconds deadline)
      : context_(std::move(context)),
        acceptor_(std::move(acceptor)),
        metrics_(std::move(metrics)),
        health_(health),
        deadline_(deadline),
        port_(acceptor_.local_endpoint().port()) {
    asio::co_spawn(*context_, accept_all(), kTerminate);
    thread_ = std::thread([this] { context_->run(); });
  }
  // The coroutines are destroyed with the context, where they stand.
  ~Server() {
    context_->stop();
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  using Stream = std::shared_ptr<beast::tcp_stream>;

  asio::awaitable<void> accept_all() {
    for (;;) {
      error_code error;
      tcp::socket socket =
          co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error) {
        // Out of descriptors: some will come free; a busy loop would take a core meanwhile.
        asio::steady_timer pause(*context_, kAcceptPause);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (open_.size() >= kAdminConnectionsMax) open_.front()->close();
      if (open_.size() >= kAdminConnectionsMax) open_.pop_front();
      open_.push_back(std::make_shared<beast::tcp_stream>(std::move(socket)));
      asio::co_spawn(*context_, serve(open_.back()), kTerminate);
    }
  }

  asio::awaitable<void> serve(Stream stream) {
    stream->expires_after(deadline_);
    beast::flat_buffer buffer(kAdminHeaderBytesMax);
    http::request_parser<http::empty_body> parser;
    parser.header_limit(kAdminHeaderBytesMax);
    error_code error;
    co_await http::async_read_header(*stream, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    // A body, if any, is never read: the answer closes the connection.
    if (!error) {
      const Response response = answer_to(parser.get(), metrics_, health_);
      co_await http::async_write(*stream, response,
                                 asio::redirect_error(asio::use_awaitable, error));
    }
    stream->socket().shutdown(tcp::socket::shutdown_both, error);
    open_.remove(stream);
  }

  static constexpr std::chrono::milliseconds kAcceptPause{100};

  std::unique_ptr<asio::io_context> context_;
  tcp::acceptor acceptor_;
  const Page metrics_;
  const Health& health_;
  const std::chrono::milliseconds deadline_;
  const std::uint16_t port_;
  std::list<Stream> open_;  // Oldest first.
  std::thread thread_;
};

core::Result<std::unique_ptr<AdminListener>> AdminListener::start(const AdminConfig& config,
                                                                  Page metrics,
                                                                  const Health& health) {
  auto context = std::make_unique<asio::io_context>(1);
  core::Result<tcp::acceptor> acceptor = listen_on(*context, config);
  if (!acceptor) return std::unexpected(acceptor.error());
  return std::unique_ptr<AdminListener>(new AdminListener(std::make_unique<Server>(
      std::move(context), std::move(*acceptor), std::move(metrics), health, config.deadline)));
}

AdminListener::AdminListener(std::unique_ptr<Server> server) : server_(std::move(server)) {}
AdminListener::~AdminListener() = default;

std::uint16_t AdminListener::port() const { return server_->port(); }

}  // namespace wasl::ops

// Measures what a connection costs: resident memory of the server per idle connection after one
// frame each, and time per echoed frame. Asserts nothing: figures depend on the machine.
//   connection_cost [connections] [seconds of echo] [bytes per frame]

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <list>
#include <string>

#include "net/network.hpp"

namespace wasl::net {
namespace {

using namespace std::chrono_literals;

struct Arguments {
  std::size_t connections = 2'000;
  int seconds = 3;
  std::size_t frame_bytes = 300;
};

constexpr std::size_t kEchoConnections = 64;
// Below the default bound per address, and each address has its own ports.
constexpr std::size_t kConnectionsPerAddress = 500;

double resident_kib() {
  std::ifstream file{"/proc/self/statm"};
  double pages = 0;
  file >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1024;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The server's process answers each byte with a line of figures until the pipe ends.
void serve(const test::ServerFiles& files, int port_pipe, int command_pipe, int answer_pipe) {
  core::Observer observer;
  IoThreads threads{2};
  Listener listener{threads,
                    {.address = {asio::ip::make_address("127.0.0.1"), 0},
                     .tls = files.config(),
                     .connection = {},
                     .limits = {}},
                    test::echo,
                    observer};
  if (!listener.start()) std::abort();
  const std::uint16_t port = listener.port();
  if (::write(port_pipe, &port, sizeof(port)) != sizeof(port)) std::abort();
  char command = 0;
  while (::read(command_pipe, &command, 1) == 1) {
    const double figures[2] = {resident_kib(), cpu_seconds()};
    if (::write(answer_pipe, figures, sizeof(figures)) != sizeof(figures)) std::abort();
  }
  threads.stop();
}

struct Figures {
  double kib;
  double cpu;
};

class Server {
 public:
  explicit Server(const test::ServerFiles& files) {
    int port[2];
    int command[2];
    int answer[2];
    if (::pipe(port) != 0 || ::pipe(command) != 0 || ::pipe(answer) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::close(command[1]);
      serve(files, port[1], command[0], answer[1]);
      std::exit(0);
    }
    ::close(command[0]);
    command_ = command[1];
    answer_ = answer[0];
    if (::read(port[0], &port_, sizeof(port_)) != sizeof(port_)) std::abort();
  }
  ~Server() {
    ::close(command_);
    ::waitpid(child_, nullptr, 0);
  }
  [[nodiscard]] Figures ask() const {
    Figures figures{};
    if (::write(command_, "?", 1) != 1) std::abort();
    if (::read(answer_, &figures, sizeof(figures)) != sizeof(figures)) std::abort();
    return figures;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  pid_t child_ = 0;
  int command_ = -1;
  int answer_ = -1;
  std::uint16_t port_ = 0;
};

asio::awaitable<void> echo_until(std::shared_ptr<Connection> connection, std::string body,
                                 std::chrono::steady_clock::time_point end, std::size_t* frames) {
  while (std::chrono::steady_clock::now() < end) {
    connection->send(body);
    const core::Result<core::ByteView> answer = co_await connection->read_frame();
    if (!answer) co_return;
    ++*frames;
  }
}

class Measurement {
 public:
  explicit Measurement(const Arguments& arguments) : arguments_(arguments) {}

  void run() {
    connect_all();
    const Figures idle = server_.ask();
    std::printf("%zu connections after one frame each: %.1f KiB resident each, %.2f ms CPU each\n",
                connections_.size(),
                (idle.kib - before_.kib) / static_cast<double>(connections_.size()),
                1e3 * (idle.cpu - before_.cpu) / static_cast<double>(connections_.size()));
    echo(idle);
  }

 private:
  void connect_all() {
    auto tls = TlsContext::client({.ca_file = files_.config().ca_file, .server_name = "127.0.0.1"});
    for (std::size_t i = 0; i < arguments_.connections; ++i) {
      const auto issued = authority_.client("urn:wasl:provider:" + std::to_string(i));
      ClientTarget target{
          .server = {asio::ip::make_address("127.0.0.1"), server_.port()},
          .local_address =
              asio::ip::make_address("127.0.1." + std::to_string(1 + i / kConnectionsPerAddress)),
          .certificate = *ClientCertificate::from_pem(issued.certificate_pem, issued.key_pem)};
      auto connected = test::run(context_, connect(context_, *tls, std::move(target)));
      if (!connected) std::abort();
      const auto answer =
          test::run(context_, test::ask(*connected, std::string(arguments_.frame_bytes, 'x')));
      if (!answer) std::abort();
      connections_.push_back(std::move(*connected));
    }
  }

  void echo(const Figures& idle) {
    std::size_t frames = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{arguments_.seconds};
    std::size_t started = 0;
    for (const auto& connection : connections_) {
      if (started++ == kEchoConnections) break;
      spawn(context_.get_executor(),
            echo_until(connection, std::string(arguments_.frame_bytes, 'x'), end, &frames));
    }
    const double own_cpu = cpu_seconds();
    context_.restart();
    context_.run_until(end + 1s);
    const Figures busy = server_.ask();
    std::printf("%.0f frames/s of %zu bytes, server %.1f us CPU each, client %.1f us\n",
                static_cast<double>(frames) / arguments_.seconds, arguments_.frame_bytes,
                1e6 * (busy.cpu - idle.cpu) / static_cast<double>(frames),
                1e6 * (cpu_seconds() - own_cpu) / static_cast<double>(frames));
  }

  const Arguments arguments_;
  test::Authority authority_;
  test::ServerFiles files_{authority_};
  Server server_{files_};
  Figures before_ = server_.ask();
  asio::io_context context_;
  std::list<std::shared_ptr<Connection>> connections_;
};

}  // namespace
}  // namespace wasl::net

int main(int argc, char** argv) {
  wasl::net::Arguments arguments;
  if (argc > 1) arguments.connections = std::stoul(argv[1]);
  if (argc > 2) arguments.seconds = std::stoi(argv[2]);
  if (argc > 3) arguments.frame_bytes = std::stoul(argv[3]);
  wasl::net::Measurement{arguments}.run();
}

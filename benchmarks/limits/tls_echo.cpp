// What TLS alone allows: frames of a claim's sizes, echoed by net's own listener, threads and
// connection class in a process of its own. 64 connections, one frame in flight each.
//   tls_echo REQUEST_BYTES ANSWER_BYTES [SECONDS]
// Prints {"tls_echo_per_s": …, "server_cpu_us_per_frame": …}.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "cli/certificate_authority.hpp"
#include "cli/scratch_directory.hpp"
#include "core/observer.hpp"
#include "net/client_connection.hpp"
#include "net/io_threads.hpp"
#include "net/listener.hpp"
#include "net/spawn.hpp"

namespace wasl::net {
namespace {

constexpr std::size_t kConnections = 64;
constexpr std::size_t kServerThreads = 2;  // As the configuration's default.

template <typename T>
T or_exit(core::Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << "tls_echo: " << core::describe(result.error()) << '\n';
  std::exit(1);
}

// A network's files for the time of the measurement.
class Authority {
 public:
  Authority() {
    write("ca.crt", own_.certificate_pem());
    write("ca.crl", or_exit(own_.crl_pem({.this_update = from_, .next_update = until_})));
    const cli::IssuedCertificate server = or_exit(own_.issue({.kind = cli::CertificateKind::kServer,
                                                              .ip_addresses = {"127.0.0.1"},
                                                              .validity = {from_, until_}}));
    write("server.crt", server.certificate_pem);
    write("server.key", server.key_pem);
  }

  [[nodiscard]] std::string file(const std::string& name) const {
    return directory_.path() + "/" + name;
  }
  [[nodiscard]] std::shared_ptr<const ClientCertificate> client(std::size_t number) const {
    const cli::IssuedCertificate issued =
        or_exit(own_.issue({.kind = cli::CertificateKind::kClient,
                            .uris = {"urn:wasl:provider:16-" + std::to_string(number)},
                            .validity = {from_, until_}}));
    return or_exit(ClientCertificate::from_pem(issued.certificate_pem, issued.key_pem));
  }

 private:
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(file(name)) << content;
    std::filesystem::permissions(file(name), std::filesystem::perms::owner_read);
  }

  const TimePoint from_ =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) -
      std::chrono::hours{1};
  const TimePoint until_ = from_ + std::chrono::hours{24};
  const cli::ScratchDirectory directory_ = or_exit(cli::ScratchDirectory::make());
  const cli::CertificateAuthority own_ =
      or_exit(cli::CertificateAuthority::create("Echo", {from_, until_}));
};

asio::awaitable<void> answer_frames(std::shared_ptr<Connection> peer, std::string answer) {
  for (;;) {
    const core::Result<core::ByteView> frame = co_await peer->read_frame();
    if (!frame) co_return;
    if (!peer->send(answer)) co_return;
  }
}

// The server's process: tells its port, and ends when `end` does.
[[noreturn]] void serve(const Authority& files, std::size_t answer_bytes, int port, int end) {
  core::Observer observer;
  IoThreads threads{kServerThreads};
  Listener listener(
      threads,
      {.address = {asio::ip::address_v4::loopback(), 0},
       .tls = {.certificate_file = files.file("server.crt"),
               .key_file = files.file("server.key"),
               .ca_file = files.file("ca.crt"),
               .crl_file = files.file("ca.crl")},
       .connection = {},
       .limits = {}},
      [answer = std::string(answer_bytes, 'x')](std::shared_ptr<Connection> peer) {
        return answer_frames(std::move(peer), answer);
      },
      observer);
  const core::Result<void> started = listener.start();
  const std::uint16_t number = started ? listener.port() : 0;
  char ended = 0;
  if (::write(port, &number, sizeof(number)) == sizeof(number)) (void)::read(end, &ended, 1);
  threads.stop();
  std::_Exit(started ? 0 : 1);
}

asio::awaitable<void> ask(std::shared_ptr<Connection> connection, std::string request,
                          std::uint64_t* frames) {
  for (;;) {
    if (!connection->send(request)) co_return;
    const core::Result<core::ByteView> answer = co_await connection->read_frame();
    if (!answer) co_return;
    ++*frames;
  }
}

asio::awaitable<void> connect_all(asio::io_context& context, const Authority& files,
                                  std::uint16_t port,
                                  std::vector<std::shared_ptr<Connection>>* connections) {
  const auto tls = or_exit(TlsContext::client(
      {.ca_file = files.file("ca.crt"), .crl_file = {}, .server_name = "127.0.0.1"}));
  for (std::size_t i = 0; i < kConnections; ++i) {
    ClientTarget target;
    target.server = {asio::ip::address_v4::loopback(), port};
    target.certificate = files.client(i);
    auto connected = co_await connect(context, tls, std::move(target));
    connections->push_back(or_exit(std::move(connected)));
  }
  context.stop();  // The connections' deadlines are still to come.
}

double cpu_seconds_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(std::size_t request_bytes, std::size_t answer_bytes, std::chrono::seconds time) {
  const Authority files;
  int port[2];
  int end[2];
  if (::pipe(port) != 0 || ::pipe(end) != 0) std::exit(1);
  const pid_t server = ::fork();
  if (server == 0) {
    ::close(end[1]);
    serve(files, answer_bytes, port[1], end[0]);
  }
  std::uint16_t number = 0;
  if (::read(port[0], &number, sizeof(number)) != sizeof(number) || number == 0) std::exit(1);

  asio::io_context context{1};
  std::vector<std::shared_ptr<Connection>> connections;
  spawn(context.get_executor(), connect_all(context, files, number, &connections));
  context.run();
  std::uint64_t frames = 0;
  for (const auto& connection : connections) {
    spawn(context.get_executor(), ask(connection, std::string(request_bytes, 'x'), &frames));
  }
  context.restart();
  context.run_for(time);
  ::close(end[1]);
  ::waitpid(server, nullptr, 0);
  std::printf("{\"tls_echo_per_s\": %.0f, \"server_cpu_us_per_frame\": %.1f}\n",
              static_cast<double>(frames) / static_cast<double>(time.count()),
              1e6 * cpu_seconds_of_children() / static_cast<double>(frames));
}

}  // namespace
}  // namespace wasl::net

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: tls_echo REQUEST_BYTES ANSWER_BYTES [SECONDS]\n";
    return 1;
  }
  const std::chrono::seconds time{argc > 3 ? std::stoi(argv[3]) : 20};
  wasl::net::measure(std::stoul(argv[1]), std::stoul(argv[2]), time);
}

#pragma once
// Participants come to a running switch, so many at a time, each on a connection of its own: they
// connect, do their errand and leave. On the thread that calls, which it blocks.

#include <memory>
#include <string>
#include <vector>

#include "cli/client.hpp"
#include "wasl/v1/answer.pb.h"

namespace wasl::cli {

// Where the switch is, and how many come to it at a time.
struct Door {
  std::uint16_t port = 0;
  std::shared_ptr<const net::TlsContext> tls{};
  std::size_t connections = 64;
};

struct Visitor {
  core::Participant me;
  std::shared_ptr<const net::ClientCertificate> certificate;
};

class Errand {
 public:
  virtual ~Errand() = default;
  // What the visitor at this place does on its connection. Its error ends the visits.
  [[nodiscard]] virtual asio::awaitable<core::Result<void>> run(Client& client,
                                                                std::size_t visitor) = 0;
};

// Every visitor's errand, begun in their order, with a rate not before they are due; 0: as soon as
// another one leaves. Errors: the first of a connection or an errand.
[[nodiscard]] core::Result<void> visit(const Door& door, const std::vector<Visitor>& visitors,
                                       Errand& errand, double visitors_per_second = 0);
// Not before `time`.
[[nodiscard]] asio::awaitable<void> pause_until(asio::io_context& context,
                                                std::chrono::steady_clock::time_point time);

// From the connection's own address: 127.0.0.2 and on, so that no address has too many.
[[nodiscard]] net::ClientTarget target_of(const Door& door, std::size_t connection,
                                          const Visitor& visitor);

// One request and its answer. Errors: as Client::call(); kNotPermitted with the switch's words, if
// it refused.
[[nodiscard]] asio::awaitable<core::Result<v1::Envelope>> ask(Client& client, v1::Envelope request);
// One changing request and the body of its answer, done or declined.
[[nodiscard]] asio::awaitable<core::Result<v1::AnswerBody>> submit(Client& client,
                                                                   v1::Envelope request);
// The same of a request that was prepared, with this correlation id.
[[nodiscard]] asio::awaitable<core::Result<v1::AnswerBody>> submit(Client& client,
                                                                   std::string envelope,
                                                                   std::uint64_t correlation_id);

// kOutOfRange, with the switch's reason, unless there is none.
[[nodiscard]] core::Result<void> expect_done(v1::Reason reason, const char* what);

}  // namespace wasl::cli

#pragma once
// One TLS connection that carries frames: a 4-byte big-endian length and a body of 1 to 65,536
// bytes. One coroutine reads; answers are queued with send() and written together, at the end of
// the turn in which they were queued. While it is idle, a connection holds no buffer. It belongs to
// one I/O thread, but for the steps of its handshake; other threads post to executor(). It must not
// outlive its io_context.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/ids.hpp"
#include "core/observer.hpp"
#include "core/result.hpp"
#include "net/identity.hpp"
#include "net/limits.hpp"
#include "net/tls_stream.hpp"
#include "net/watchdog.hpp"

namespace wasl::net {

class Connection final : public std::enable_shared_from_this<Connection>, private Watched {
 public:
  Connection(asio::io_context& context, tcp::socket socket, SslPtr session,
             const ConnectionLimits& limits, core::Observer& observer);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A client's first step, bounded together with the handshake by handshake_timeout.
  [[nodiscard]] asio::awaitable<core::Result<void>> connect(tcp::endpoint server);
  // Server's side, before handshake(): until the client's whole hello is there. Errors as below.
  [[nodiscard]] asio::awaitable<core::Result<void>> read_hello();
  // Ends established, with the peer's identity known (a client's peer has none), or with kTls,
  // kTimeout, kNotPermitted or kClosed and handshake_result() set. Its steps are computed on
  // `computing`, everything else of it on the connection's own thread.
  [[nodiscard]] asio::awaitable<core::Result<void>> handshake(asio::any_io_executor computing);

  // The next frame's body; the view lasts until the next call. Errors: kClosed (the peer, or
  // stop()), kTimeout, kMalformed (length zero), kLimit (length above the maximum), kTls. After any
  // of them nothing more can be read, but a last answer may still be sent. While more than
  // queued_bytes_pause wait for the peer, nothing is read from it.
  [[nodiscard]] asio::awaitable<core::Result<core::ByteView>> read_frame();

  // Queues one frame of 1 to 65,536 bytes (asserted). kLimit closes the connection: the peer does
  // not take its answers. kClosed when it is closed already; the answer is not lost, the peer asks
  // again.
  core::Result<void> send(std::string_view body);

  // Writes what is queued, says goodbye and closes, within shutdown_timeout.
  [[nodiscard]] asio::awaitable<void> shutdown();
  // Ends the reading side: read_frame() gives kClosed, now and later. Answers can still be sent.
  void stop();
  // At once; while a step of the handshake is computed elsewhere, the socket when that is back. The
  // first cause counts.
  void close(core::CloseCause cause);

  [[nodiscard]] bool is_open() const { return !closed_; }
  [[nodiscard]] core::CloseCause close_cause() const { return cause_; }
  [[nodiscard]] core::HandshakeResult handshake_result() const { return handshake_result_; }
  // Of an established server's side.
  [[nodiscard]] const core::Participant& participant() const { return participant_; }
  [[nodiscard]] const CertificateId& certificate() const { return certificate_; }
  // Between the certificate and the authority that is trusted; mostly none.
  [[nodiscard]] const std::vector<CertificateId>& issuers() const { return issuers_; }
  // When the watchdog ends a server's side whose hello is there but whose handshake has not begun.
  // With more to do than can be done, each would else get its turn just before it is cut: a quarter
  // of handshake_timeout is left for the handshake itself, a round trip of 2 s with the default.
  [[nodiscard]] Watchdog::Clock::time_point turn_deadline() const {
    return handshake_deadline_ - limits_.handshake_timeout / 4;
  }
  [[nodiscard]] std::size_t queued_bytes() const { return outgoing_.size() - written_; }
  [[nodiscard]] asio::any_io_executor executor() { return stream_.socket().get_executor(); }
  [[nodiscard]] TlsStream& stream() { return stream_; }

 private:
  // What the read deadline means when it passes.
  enum class Phase : std::uint8_t { kHandshake, kIdle, kFrame, kShutdown };

  void deadline_passed(Waiting waiting) override;
  core::Result<void> handshake_failed(core::HandshakeResult result, std::string text);
  // Until the handshake is done or the hello is there.
  [[nodiscard]] asio::awaitable<core::Result<void>> advance_handshake(
      asio::any_io_executor computing);
  [[nodiscard]] asio::awaitable<Step> handshake_step(asio::any_io_executor computing);
  core::Result<void> establish();
  [[nodiscard]] asio::awaitable<core::Result<void>> read_exactly(std::span<std::uint8_t> out);
  [[nodiscard]] asio::awaitable<void> relieve();
  [[nodiscard]] std::unexpected<core::Error> read_failed(Step step);
  [[nodiscard]] std::unexpected<core::Error> refuse_frame(core::FrameRefusal refusal);
  [[nodiscard]] std::unexpected<core::Error> ended() const;
  void allow_until(Watchdog::Clock::time_point deadline);
  void begin_idle();
  void begin_frame();
  void note(core::CloseCause cause);
  void schedule_flush();
  void flush();
  void wait_to_write();
  void all_written();

  TlsStream stream_;
  Watchdog& watchdog_;
  core::Observer& observer_;
  const ConnectionLimits limits_;
  core::Participant participant_{};
  CertificateId certificate_{};
  std::vector<CertificateId> issuers_;
  Watchdog::Clock::time_point handshake_deadline_{};

  std::unique_ptr<std::uint8_t[]> body_;
  std::string outgoing_;  // Frames not yet taken by the kernel, behind written_ bytes that were.
  std::size_t written_ = 0;
  std::size_t write_mark_ = 0;  // Bytes of outgoing_ that the write deadline is for.

  Phase phase_ = Phase::kHandshake;
  core::CloseCause cause_ = core::CloseCause::kNone;
  core::HandshakeResult handshake_result_ = core::HandshakeResult::kClosed;
  bool counted_ = false;  // The observer knows of it: a server's established side.
  bool stopping_ = false;
  bool closed_ = false;
  bool computing_ = false;  // The stream is another thread's.
  bool flush_scheduled_ = false;
  bool write_blocked_ = false;
};

}  // namespace wasl::net

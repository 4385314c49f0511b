#include "net/connection.hpp"

#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "core/assert.hpp"

namespace wasl::net {

using core::Errc;

Connection::Connection(asio::io_context& context, tcp::socket socket, SslPtr session,
                       const ConnectionLimits& limits, core::Observer& observer)
    : stream_(std::move(socket), std::move(session)),
      watchdog_(asio::use_service<Watchdog>(context)),
      observer_(observer),
      limits_(limits) {
  watchdog_.add(*this);
}

Connection::~Connection() { close(core::CloseCause::kSession); }

void Connection::note(core::CloseCause cause) {
  if (cause_ == core::CloseCause::kNone) cause_ = cause;
}

void Connection::close(core::CloseCause cause) {
  note(cause);
  if (closed_) return;
  closed_ = true;
  watchdog_.remove(*this);
  // Another connection might get the descriptor that the step still uses.
  if (!computing_) stream_.close();
  if (counted_) observer_.connection_closed(participant_.role, cause_);
}

void Connection::stop() {
  if (closed_ || stopping_) return;
  stopping_ = true;
  note(core::CloseCause::kStopping);
  // Wakes the reader, and a blocked writer, which waits again.
  boost::system::error_code ignored;
  stream_.socket().cancel(ignored);
}

void Connection::deadline_passed(Waiting waiting) {
  if (waiting == Waiting::kWrite) return close(core::CloseCause::kSlowReader);
  switch (phase_) {
    case Phase::kHandshake:
      handshake_result_ = core::HandshakeResult::kTimeout;
      return close(core::CloseCause::kHandshake);
    case Phase::kIdle:
      return close(core::CloseCause::kIdle);
    case Phase::kFrame:
      observer_.frame_refused(core::FrameRefusal::kSlow);
      return close(core::CloseCause::kSlowFrame);
    case Phase::kShutdown:
      return close(core::CloseCause::kSession);
  }
}

std::unexpected<core::Error> Connection::ended() const {
  switch (cause_) {
    case core::CloseCause::kIdle:
    case core::CloseCause::kSlowFrame:
    case core::CloseCause::kSlowReader:
      return core::fail(Errc::kTimeout, "connection closed: " + std::string{core::label(cause_)});
    default:
      return core::fail(Errc::kClosed, "connection closed: " + std::string{core::label(cause_)});
  }
}

asio::awaitable<core::Result<void>> Connection::connect(tcp::endpoint server) {
  watchdog_.allow(*this, Waiting::kRead, limits_.handshake_timeout);
  boost::system::error_code error;
  co_await stream_.socket().async_connect(server, asio::redirect_error(asio::use_awaitable, error));
  if (closed_) co_return core::fail(Errc::kTimeout, "the server did not answer in time");
  if (error) co_return core::fail(Errc::kIo, "cannot connect: " + error.message());
  co_return core::Result<void>{};
}

// Where `computing` is the connection's own executor, nothing is posted.
asio::awaitable<Step> Connection::handshake_step(asio::any_io_executor computing) {
  const asio::any_io_executor own = executor();
  computing_ = true;
  co_await asio::dispatch(asio::bind_executor(computing, asio::use_awaitable));
  const Step step = stream_.handshake();
  co_await asio::dispatch(own, asio::use_awaitable);
  computing_ = false;
  if (closed_) stream_.close();
  co_return step;
}

asio::awaitable<core::Result<void>> Connection::advance_handshake(asio::any_io_executor computing) {
  while (!closed_ && !stopping_) {
    const Step step = co_await handshake_step(computing);
    if (closed_) break;
    if (step == Step::kDone || step == Step::kHello) co_return core::Result<void>{};
    if (step == Step::kClosed || step == Step::kFailed) {
      co_return handshake_failed(stream_.handshake_failure(), stream_.error_text());
    }
    boost::system::error_code error;
    co_await ready(stream_, step, error);
  }
  co_return handshake_failed(handshake_result_, "");
}

asio::awaitable<core::Result<void>> Connection::read_hello() {
  WASL_ASSERT(SSL_is_server(&stream_.session()) == 1);
  handshake_deadline_ = Watchdog::Clock::now() + limits_.handshake_timeout;
  watchdog_.allow(*this, Waiting::kRead, limits_.hello_timeout);
  const core::Result<void> read = co_await advance_handshake(executor());
  if (read) allow_until(turn_deadline());
  co_return read;
}

asio::awaitable<core::Result<void>> Connection::handshake(asio::any_io_executor computing) {
  if (SSL_is_server(&stream_.session()) == 0) {
    watchdog_.allow(*this, Waiting::kRead, limits_.handshake_timeout);
  } else if (stream_.peer_has_left()) {
    // It gave up while it waited for its turn. After an outage a switch that spends a handshake on
    // each of those never reaches the ones that still wait.
    co_return handshake_failed(core::HandshakeResult::kClosed, "the peer has left");
  } else if (!closed_) {
    allow_until(handshake_deadline_);
  }
  stream_.accept_hello();
  const core::Result<void> done = co_await advance_handshake(std::move(computing));
  if (!done) co_return done;
  co_return establish();
}

core::Result<void> Connection::handshake_failed(core::HandshakeResult result, std::string text) {
  handshake_result_ = result;
  note(core::CloseCause::kHandshake);
  if (!closed_) watchdog_.relax(*this, Waiting::kRead);
  const std::string what = "handshake: " + std::string{core::label(result)};
  if (result == core::HandshakeResult::kTimeout) return core::fail(Errc::kTimeout, what);
  if (result == core::HandshakeResult::kClosed) return core::fail(Errc::kClosed, what);
  if (result == core::HandshakeResult::kBadIdentity) {
    return core::fail(Errc::kNotPermitted, what + ": " + text);
  }
  if (result == core::HandshakeResult::kCrlUnusable) {
    text += "; nobody is let in until a new list is loaded: run `wasl pki crl`, then SIGHUP";
  }
  return core::fail(Errc::kTls, what + ": " + text);
}

core::Result<void> Connection::establish() {
  const unsigned char* protocol = nullptr;
  unsigned int protocol_size = 0;
  SSL_get0_alpn_selected(&stream_.session(), &protocol, &protocol_size);
  if (protocol_size == 0) {
    return handshake_failed(core::HandshakeResult::kAlpn, "the peer does not speak wasl/1");
  }
  const X509* const certificate = SSL_get0_peer_certificate(&stream_.session());
  WASL_ASSERT(certificate != nullptr);
  if (SSL_is_server(&stream_.session()) == 1) {
    const core::Result<core::Participant> participant = participant_of(*certificate);
    if (!participant) {
      return handshake_failed(core::HandshakeResult::kBadIdentity, participant.error().context);
    }
    participant_ = *participant;
    const STACK_OF(X509)* const chain = SSL_get0_verified_chain(&stream_.session());
    for (int i = 1; i + 1 < sk_X509_num(chain); ++i) {
      issuers_.push_back(certificate_id(*sk_X509_value(chain, i)));
    }
    counted_ = true;
    observer_.connection_opened(participant_.role);
  }
  certificate_ = certificate_id(*certificate);
  handshake_result_ = core::HandshakeResult::kOk;
  begin_idle();
  return {};
}

void Connection::allow_until(Watchdog::Clock::time_point deadline) {
  const auto left = deadline - Watchdog::Clock::now();
  watchdog_.allow(*this, Waiting::kRead,
                  std::chrono::duration_cast<std::chrono::milliseconds>(left));
}

void Connection::begin_idle() {
  phase_ = Phase::kIdle;
  watchdog_.allow(*this, Waiting::kRead, limits_.idle_timeout);
}

void Connection::begin_frame() {
  if (phase_ != Phase::kIdle) return;
  phase_ = Phase::kFrame;
  watchdog_.allow(*this, Waiting::kRead, limits_.frame_timeout);
}

std::unexpected<core::Error> Connection::refuse_frame(core::FrameRefusal refusal) {
  observer_.frame_refused(refusal);
  note(core::CloseCause::kBrokenFrame);
  if (refusal == core::FrameRefusal::kEmpty) {
    return core::fail(Errc::kMalformed, "a frame's length is zero");
  }
  return core::fail(Errc::kLimit, "a frame is longer than 65,536 bytes");
}

std::unexpected<core::Error> Connection::read_failed(Step step) {
  if (step == Step::kFailed) {
    note(core::CloseCause::kTls);
    return core::fail(Errc::kTls, "broken record: " + stream_.error_text());
  }
  if (phase_ == Phase::kFrame) {
    observer_.frame_refused(core::FrameRefusal::kTruncated);
    note(core::CloseCause::kLost);
    return core::fail(Errc::kClosed, "the peer closed inside a frame");
  }
  note(core::CloseCause::kPeer);
  return ended();
}

// Waits before it reads, unless OpenSSL holds bytes: a peer that sends one request and waits for
// the answer then costs one read(2) per request instead of two. The frame deadline begins with the
// first byte of the frame or of a record that is not whole yet.
asio::awaitable<core::Result<void>> Connection::read_exactly(std::span<std::uint8_t> out) {
  Step step = stream_.has_input() ? Step::kDone : Step::kWantRead;
  while (!out.empty()) {
    if (step != Step::kDone) {
      boost::system::error_code error;
      co_await ready(stream_, step, error);
      if (closed_ || stopping_) co_return ended();
    }
    std::size_t got = 0;
    step = stream_.read(out, got);
    if (step == Step::kClosed || step == Step::kFailed) co_return read_failed(step);
    if (step == Step::kDone) out = out.subspan(got);
    if (!out.empty() && (got > 0 || stream_.has_input())) begin_frame();
    if (step == Step::kDone && !stream_.has_input()) step = Step::kWantRead;
  }
  co_return core::Result<void>{};
}

asio::awaitable<core::Result<core::ByteView>> Connection::read_frame() {
  body_.reset();
  if (queued_bytes() > limits_.queued_bytes_pause) co_await relieve();
  if (closed_ || stopping_) co_return ended();
  begin_idle();

  std::array<std::uint8_t, kFrameHeaderBytes> header;
  const core::Result<void> header_read = co_await read_exactly(header);
  if (!header_read) co_return std::unexpected(header_read.error());
  const auto body_bytes = core::get_big_endian<std::uint32_t>(header.data());
  if (body_bytes == 0) co_return refuse_frame(core::FrameRefusal::kEmpty);
  if (body_bytes > kFrameBytesMax) co_return refuse_frame(core::FrameRefusal::kTooLong);

  begin_frame();
  body_ = std::make_unique_for_overwrite<std::uint8_t[]>(body_bytes);
  const std::span<std::uint8_t> body{body_.get(), body_bytes};
  const core::Result<void> body_read = co_await read_exactly(body);
  if (!body_read) co_return std::unexpected(body_read.error());
  watchdog_.relax(*this, Waiting::kRead);
  co_return core::ByteView{body};
}

// The reader helps to write until the peer has taken enough; the write deadline bounds it.
asio::awaitable<void> Connection::relieve() {
  while (!closed_ && !stopping_ && queued_bytes() > limits_.queued_bytes_pause) {
    boost::system::error_code error;
    co_await ready(stream_, Step::kWantWrite, error);
    flush();
  }
}

core::Result<void> Connection::send(std::string_view body) {
  WASL_ASSERT(!body.empty() && body.size() <= kFrameBytesMax);
  if (closed_) return ended();
  if (queued_bytes() + kFrameHeaderBytes + body.size() > limits_.queued_bytes_max) {
    close(core::CloseCause::kSlowReader);
    return core::fail(Errc::kLimit, "the peer does not take its answers");
  }
  core::Writer{outgoing_}.blob(core::as_bytes(body));
  schedule_flush();
  return {};
}

void Connection::schedule_flush() {
  if (flush_scheduled_ || write_blocked_) return;
  flush_scheduled_ = true;
  asio::post(executor(), [self = shared_from_this()] {
    self->flush_scheduled_ = false;
    self->flush();
  });
}

void Connection::flush() {
  while (!closed_ && queued_bytes() > 0) {
    std::size_t taken = 0;
    const Step step =
        stream_.write(core::as_bytes(std::string_view{outgoing_}.substr(written_)), taken);
    if (step == Step::kClosed) return close(core::CloseCause::kLost);
    if (step == Step::kFailed) return close(core::CloseCause::kTls);
    if (step != Step::kDone) return wait_to_write();
    written_ += taken;
  }
  if (!closed_) all_written();
}

void Connection::all_written() {
  // Not an assignment: that would keep the capacity.
  std::string{}.swap(outgoing_);
  written_ = 0;
  write_mark_ = 0;
  watchdog_.relax(*this, Waiting::kWrite);
}

// A new deadline begins only when all that waited at the last one's beginning was taken: a peer
// that takes a byte now and then does not hold 256 KiB for ever.
void Connection::wait_to_write() {
  if (written_ >= write_mark_) {
    write_mark_ = outgoing_.size();
    watchdog_.allow(*this, Waiting::kWrite, limits_.write_timeout);
  }
  outgoing_.erase(0, written_);
  write_mark_ -= written_;
  written_ = 0;
  if (write_blocked_) return;
  write_blocked_ = true;
  stream_.socket().async_wait(tcp::socket::wait_write,
                              [self = shared_from_this()](const boost::system::error_code&) {
                                self->write_blocked_ = false;
                                self->flush();
                              });
}

asio::awaitable<void> Connection::shutdown() {
  if (closed_) co_return;
  note(core::CloseCause::kSession);
  body_.reset();
  phase_ = Phase::kShutdown;
  watchdog_.allow(*this, Waiting::kRead, limits_.shutdown_timeout);
  boost::system::error_code error;
  flush();
  while (!closed_ && queued_bytes() > 0) {
    co_await ready(stream_, Step::kWantWrite, error);
    flush();
  }
  // The peer's bytes are read until it closes: closing over unread ones would reset the connection
  // and might take our last answer with it.
  stream_.finish_writing();
  while (stream_.drain() != Step::kClosed) {
    co_await ready(stream_, Step::kWantRead, error);
  }
  close(core::CloseCause::kSession);
}

}  // namespace wasl::net

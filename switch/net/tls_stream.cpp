#include "net/tls_stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <climits>
#include <utility>

#include "core/assert.hpp"
#include "net/identity.hpp"
#include "net/limits.hpp"

namespace wasl::net {
namespace {

// SSL_get_error wants the thread's queue empty before each call. It nearly always is: looking costs
// a fraction of clearing.
void empty_error_queue() {
  if (ERR_peek_error() != 0) ERR_clear_error();
}

int openssl_size(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

core::HandshakeResult result_of_verification(long verdict) {
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return core::HandshakeResult::kExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return core::HandshakeResult::kNotYetValid;
    case X509_V_ERR_CERT_REVOKED:
      return core::HandshakeResult::kRevoked;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
      return core::HandshakeResult::kCrlUnusable;
    case X509_V_ERR_INVALID_PURPOSE:
      return core::HandshakeResult::kWrongPurpose;
    default:
      return core::HandshakeResult::kUnknownAuthority;
  }
}

}  // namespace

TlsStream::TlsStream(tcp::socket socket, SslPtr session)
    : socket_(std::move(socket)), session_(std::move(session)) {
  boost::system::error_code ignored;
  socket_.native_non_blocking(true, ignored);
  // An answer is one small segment that nothing follows: waiting for more would cost 40 ms.
  socket_.set_option(tcp::no_delay(true), ignored);
  WASL_ASSERT(SSL_set_fd(session_.get(), socket_.native_handle()) == 1);
  SSL_set_app_data(session_.get(), this);
  SSL_set_msg_callback(session_.get(), &TlsStream::watch_messages);
  SSL_set_msg_callback_arg(session_.get(), this);
  if (SSL_is_server(session_.get()) == 1) {
    SSL_set_accept_state(session_.get());
  } else {
    SSL_set_connect_state(session_.get());
  }
}

Step TlsStream::step_of(int result) {
  if (result > 0) return Step::kDone;
  const int system_error = errno;
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Step::kWantRead;
    case SSL_ERROR_WANT_WRITE:
      return Step::kWantWrite;
    case SSL_ERROR_WANT_CLIENT_HELLO_CB:
      return Step::kHello;
    case SSL_ERROR_ZERO_RETURN:
      return Step::kClosed;
    case SSL_ERROR_SYSCALL:
      ERR_clear_error();
      error_text_ = system_error == ETIMEDOUT ? "the peer stopped answering" : "connection reset";
      return Step::kClosed;
    default:
      break;
  }
  error_reason_ = ERR_GET_REASON(ERR_peek_last_error());
  error_text_ = take_openssl_error();
  if (!refused_peer_.empty()) error_text_ += " (" + refused_peer_ + ")";
  return error_reason_ == SSL_R_UNEXPECTED_EOF_WHILE_READING ? Step::kClosed : Step::kFailed;
}

Step TlsStream::handshake() {
  if (!socket_.is_open()) return Step::kClosed;
  empty_error_queue();
  return step_of(SSL_do_handshake(session_.get()));
}

Step TlsStream::read(std::span<std::uint8_t> out, std::size_t& got) {
  WASL_ASSERT(!out.empty());
  if (!socket_.is_open()) return Step::kClosed;
  empty_error_queue();
  const int result = SSL_read(session_.get(), out.data(), openssl_size(out.size()));
  const Step step = step_of(result);
  if (step == Step::kDone) got = static_cast<std::size_t>(result);
  if (key_updates_ <= kKeyUpdatesMax) return step;
  error_text_ = "the peer renewed its keys too often";
  return Step::kFailed;
}

Step TlsStream::write(core::ByteView bytes, std::size_t& taken) {
  WASL_ASSERT(!bytes.empty());
  if (!socket_.is_open()) return Step::kClosed;
  empty_error_queue();
  const int result = SSL_write(session_.get(), bytes.data(), openssl_size(bytes.size()));
  const Step step = step_of(result);
  if (step == Step::kDone) taken = static_cast<std::size_t>(result);
  return step;
}

bool TlsStream::peer_has_left() {
  tcp_info info{};
  socklen_t size = sizeof(info);
  const int read = ::getsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size);
  return read == 0 && info.tcpi_state != TCP_ESTABLISHED;
}

void TlsStream::finish_writing() {
  if (!socket_.is_open()) return;
  // After a fatal error OpenSSL has sent its alert and wants no shutdown.
  if (error_reason_ == 0 && SSL_is_init_finished(session_.get()) == 1) {
    SSL_shutdown(session_.get());
    ERR_clear_error();
  }
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

Step TlsStream::drain() {
  if (!socket_.is_open()) return Step::kClosed;
  std::array<std::uint8_t, 4096> dropped;
  const ssize_t got = ::recv(socket_.native_handle(), dropped.data(), dropped.size(), 0);
  if (got > 0) return Step::kWantRead;
  return got < 0 && (errno == EAGAIN || errno == EINTR) ? Step::kWantRead : Step::kClosed;
}

void TlsStream::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

int TlsStream::judge_hello(SSL* session, int* /*alert*/, void* /*argument*/) {
  const auto* const stream = static_cast<const TlsStream*>(SSL_get_app_data(session));
  WASL_ASSERT(stream != nullptr);
  return stream->hello_accepted_ ? SSL_CLIENT_HELLO_SUCCESS : SSL_CLIENT_HELLO_RETRY;
}

int TlsStream::judge_certificate(int verified, X509_STORE_CTX* store) {
  const X509* const certificate = X509_STORE_CTX_get0_cert(store);
  if (verified == 1 || certificate == nullptr) return verified;
  auto* const session =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  static_cast<TlsStream*>(SSL_get_app_data(session))->refused_peer_ = masked_peer(*certificate);
  return verified;
}

core::HandshakeResult TlsStream::handshake_failure() const {
  switch (error_reason_) {
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return core::HandshakeResult::kNoCertificate;
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return result_of_verification(SSL_get_verify_result(session_.get()));
    case SSL_R_NO_APPLICATION_PROTOCOL:
      return core::HandshakeResult::kAlpn;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
      return core::HandshakeResult::kVersion;
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
    case 0:
      return core::HandshakeResult::kClosed;
    default:
      return core::HandshakeResult::kProtocol;
  }
}

// The only way to see a key update: OpenSSL answers it inside a read, and reads on while more come.
// Closing our receiving side ends that loop.
// NOLINTNEXTLINE(readability-function-size): the signature is OpenSSL's.
void TlsStream::watch_messages(int sent, int /*version*/, int content_type, const void* message,
                               std::size_t size, SSL* /*session*/, void* self) {
  if (sent != 0 || content_type != SSL3_RT_HANDSHAKE || size == 0) return;
  if (*static_cast<const std::uint8_t*>(message) != SSL3_MT_KEY_UPDATE) return;
  TlsStream& stream = *static_cast<TlsStream*>(self);
  if (++stream.key_updates_ > kKeyUpdatesMax) {
    ::shutdown(stream.socket_.native_handle(), SHUT_RD);
  }
}

asio::awaitable<void> ready(TlsStream& stream, Step wanted, boost::system::error_code& error) {
  const auto side = wanted == Step::kWantWrite ? tcp::socket::wait_write : tcp::socket::wait_read;
  return stream.socket().async_wait(side, asio::redirect_error(asio::use_awaitable, error));
}

}  // namespace wasl::net

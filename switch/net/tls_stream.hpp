#pragma once
// One TCP socket with OpenSSL running directly on it, non-blocking: each call does what it can at
// once and says what to wait for. Without asio::ssl::stream's buffers an idle connection costs a
// sixth of its memory. Not movable: OpenSSL holds its address. On one thread at a time.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <span>
#include <string>

#include "core/bytes.hpp"
#include "core/observer.hpp"
#include "net/openssl.hpp"

namespace wasl::net {

namespace asio = boost::asio;
using asio::ip::tcp;

enum class Step : std::uint8_t {
  kDone,
  kWantRead,   // Call again when the socket is readable.
  kWantWrite,  // Call again when the socket is writable.
  kHello,      // The client's whole hello is there and costs no computing before accept_hello().
  kClosed,     // The peer ended the connection, in order or not.
  kFailed      // A TLS error; error_text() has it.
};

class TlsStream {
 public:
  // The socket is open; the session decides whether this is the server's or the client's side.
  TlsStream(tcp::socket socket, SslPtr session);
  ~TlsStream() = default;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  [[nodiscard]] Step handshake();
  // Server's side: the next handshake() answers the hello.
  void accept_hello() { hello_accepted_ = true; }
  // After kDone, 1 to out.size() bytes were read. `out` is not empty.
  [[nodiscard]] Step read(std::span<std::uint8_t> out, std::size_t& got);
  // After kDone, 1 to bytes.size() bytes were taken, at most one record's 16 KiB. After kWantWrite
  // the next call begins with the same bytes; they may have moved and more may follow them.
  [[nodiscard]] Step write(core::ByteView bytes, std::size_t& taken);
  // It closed or was lost, as far as the kernel knows; one system call.
  [[nodiscard]] bool peer_has_left();
  // Tells the peer that no more comes, and closes our direction.
  void finish_writing();
  // Reads and drops what the peer still sends; kClosed when it has closed as well.
  [[nodiscard]] Step drain();
  // Idempotent; ends every wait on the socket.
  void close();

  // OpenSSL holds bytes, so that a read may give some without a system call.
  [[nodiscard]] bool has_input() const { return SSL_has_pending(session_.get()) == 1; }
  // Why the handshake failed, from the last step, which was kClosed or kFailed.
  [[nodiscard]] core::HandshakeResult handshake_failure() const;
  // Reason of the last kFailed; never holds bytes of the peer.
  [[nodiscard]] const std::string& error_text() const { return error_text_; }

  [[nodiscard]] tcp::socket& socket() { return socket_; }
  [[nodiscard]] SSL& session() { return *session_; }

  // For the server's context: hold every hello until it is accepted, and remember whose certificate
  // is refused.
  static int judge_hello(SSL* session, int* alert, void* argument);
  static int judge_certificate(int verified, X509_STORE_CTX* store);

 private:
  [[nodiscard]] Step step_of(int result);
  static void watch_messages(int sent, int version, int content_type, const void* message,
                             std::size_t size, SSL* session, void* self);

  tcp::socket socket_;
  SslPtr session_;
  std::string error_text_;
  std::string refused_peer_;  // Masked.
  int error_reason_ = 0;
  int key_updates_ = 0;
  bool hello_accepted_ = false;
};

// Waits until the step can be tried again; `error` is operation_aborted after close() or a cancel.
[[nodiscard]] asio::awaitable<void> ready(TlsStream& stream, Step wanted,
                                          boost::system::error_code& error);

}  // namespace wasl::net

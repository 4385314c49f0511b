#pragma once
// The threads that compute a server's handshakes: signing, key exchange, verifying certificates.
// They give way to all others, so that a claim waits for none of them, however many terminals
// connect at once. A connection goes there for a step of its handshake and comes back: see
// Connection::handshake().

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <thread>
#include <vector>

namespace wasl::net {

namespace asio = boost::asio;

class HandshakeThreads {
 public:
  // Starts `count` threads, at least one.
  explicit HandshakeThreads(std::size_t count);
  ~HandshakeThreads();
  HandshakeThreads(const HandshakeThreads&) = delete;
  HandshakeThreads& operator=(const HandshakeThreads&) = delete;

  [[nodiscard]] std::size_t size() const { return threads_.size(); }
  // Steps begin in order of arrival. There are never more than handshakes in flight: see Admission.
  [[nodiscard]] asio::io_context::executor_type executor() { return context_.get_executor(); }
  // Idempotent. Waits until each thread has finished its step. What still waits ends with this
  // object, on the threads it came from: these end later.
  void stop();

 private:
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
};

}  // namespace wasl::net

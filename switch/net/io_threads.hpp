#pragma once
// The threads that do all TLS: each runs one io_context alone, and a connection lives on one of
// them for its whole life, so that nothing about it needs a lock or a strand. Only the steps of its
// handshake are computed elsewhere.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "net/handshake_threads.hpp"

namespace wasl::net {

namespace asio = boost::asio;

class IoThreads {
 public:
  // Starts `count` threads, at least one, and as many for handshakes: after an outage, when nothing
  // else is to be done, those take every core that TLS may have. Ignores SIGPIPE in the whole
  // process, for ever.
  explicit IoThreads(std::size_t count);
  // Ends the threads and destroys what still runs on them.
  ~IoThreads();
  IoThreads(const IoThreads&) = delete;
  IoThreads& operator=(const IoThreads&) = delete;

  [[nodiscard]] std::size_t size() const { return threads_.size(); }
  [[nodiscard]] asio::io_context& context(std::size_t index) { return threads_[index]->context; }
  [[nodiscard]] HandshakeThreads& handshakes() { return handshakes_; }
  // Idempotent. Waits until each thread has finished the handler it is in; afterwards nothing runs.
  void stop();

 private:
  struct IoThread {
    IoThread();
    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> work;
    std::thread thread;
  };

  std::vector<std::unique_ptr<IoThread>> threads_;
  HandshakeThreads handshakes_;  // Ends before the threads whose connections it holds.
};

}  // namespace wasl::net

#include "net/io_threads.hpp"

#include <csignal>

#include "core/assert.hpp"

namespace wasl::net {
namespace {

// A promise to Asio that one thread runs the context: its queue then takes no wake-ups of others.
constexpr int kOneThread = 1;

}  // namespace

IoThreads::IoThread::IoThread()
    : context(kOneThread), work(context.get_executor()), thread([this] { context.run(); }) {}

IoThreads::IoThreads(std::size_t count) : handshakes_(count) {
  WASL_ASSERT(count > 0);
  // A peer that has gone must give EPIPE to one connection, not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  for (std::size_t i = 0; i < count; ++i) threads_.push_back(std::make_unique<IoThread>());
}

IoThreads::~IoThreads() { stop(); }

void IoThreads::stop() {
  for (const auto& thread : threads_) thread->context.stop();
  handshakes_.stop();
  for (const auto& thread : threads_) {
    if (thread->thread.joinable()) thread->thread.join();
  }
}

}  // namespace wasl::net

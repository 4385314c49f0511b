#include "net/handshake_threads.hpp"

#include <sys/resource.h>

#include "core/assert.hpp"

namespace wasl::net {
namespace {

// A tenth of what a thread of the claims gets where both want a processor: while claims take all
// there is, terminals still get in.
constexpr int kNice = 10;

}  // namespace

HandshakeThreads::HandshakeThreads(std::size_t count)
    : context_(static_cast<int>(count)), work_(context_.get_executor()) {
  WASL_ASSERT(count > 0);
  for (std::size_t i = 0; i < count; ++i) {
    threads_.emplace_back([this] {
      // Of this thread alone, as Linux has it. Where it is forbidden handshakes are at par.
      static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNice));
      context_.run();
    });
  }
}

HandshakeThreads::~HandshakeThreads() { stop(); }

void HandshakeThreads::stop() {
  context_.stop();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace wasl::net

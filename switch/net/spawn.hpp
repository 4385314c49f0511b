#pragma once
// Starts a coroutine that nobody waits for. An exception that escapes it is a bug and ends the
// process: asio::detached would drop it, and with it the connection's or the loop's only owner.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace wasl::net {

namespace asio = boost::asio;

// Inside a noexcept function, so that terminate's message names the exception.
inline void rethrow_and_terminate(const std::exception_ptr& escaped) noexcept {
  std::rethrow_exception(escaped);
}

// The coroutine runs on the executor's thread and begins there. Any thread may call.
template <typename Executor>
void spawn(const Executor& executor, asio::awaitable<void> task) {
  asio::co_spawn(executor, std::move(task), [](const std::exception_ptr& escaped) {
    if (escaped) rethrow_and_terminate(escaped);
  });
}

}  // namespace wasl::net

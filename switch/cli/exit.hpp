#pragma once
// How commands end. A command that fails prints one line on stderr that says what to do and throws
// Leaving with its exit code, through the parser that called it; run_words() of command.hpp turns
// it into the process's.

#include <string_view>
#include <type_traits>
#include <utility>

#include "core/result.hpp"

namespace wasl::cli {

// Scripts depend on these; docs/operating.md lists them.
enum class Exit : int {
  kOk = 0,
  kFailed = 1,        // Usage, configuration, files.
  kDeclined = 2,      // A claim was decided, and declined.
  kNotReachable = 3,  // The switch.
  kRefused = 4,       // By TLS or by a typed refusal.
  kInDoubt = 5,       // Sent, and no final answer yet.
  kDiffers = 6,       // verify, replay, ledger, reconcile or the demo found a difference.
};

// The way out of a command. An int, as a failed store has an exit code of its own.
struct Leaving {
  int code;
};

// Out of the command, which has said why.
[[noreturn]] void leave(Exit code);

// "wasl WHAT: sentence" on stderr, then out of the command.
[[noreturn]] void exit_with(Exit code, std::string_view what, const core::Error& error);

// The value, or exit_with(Exit::kFailed).
template <typename T>
T or_exit(core::Result<T> result, std::string_view what) {
  if (!result) exit_with(Exit::kFailed, what, result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace wasl::cli

#pragma once
// What I/O threads hand to the engine, and what comes back to them. Plain values.

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/reply.hpp"

namespace wasl::engine {

using MonotonicTime = std::chrono::steady_clock::time_point;

// Where an answer goes. The engine carries it and never looks inside.
struct Origin {
  std::uint32_t io_thread = 0;
  std::uint64_t connection = 0;   // Unique over the life of the process.
  std::uint64_t correlation = 0;  // The client's.
  std::uint16_t item = 0;         // Position in a batch.
  bool batch = false;
  std::uint32_t languages = 0;  // Of the texts beside the answer, as `wire` gives them.
};

struct Submission {
  core::Command command;
  Origin origin;
  bool wants_trace = false;
  MonotonicTime received{};
};

struct Delivery {
  Origin origin;
  core::Reply reply;
  MonotonicTime received{};
};

}  // namespace wasl::engine

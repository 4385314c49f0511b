#pragma once
// The engine's thread: takes what has come, steps, and sends the effects on their way. After a
// failure of the store nothing more is answered and run() returns the error.

#include <functional>

#include "core/clock.hpp"
#include "core/durable.hpp"
#include "engine/engine.hpp"
#include "engine/inbox.hpp"

namespace wasl::engine {

// Takes the answers of one step; must not block. Engine thread.
using DeliverFunction = std::function<void(std::vector<Delivery>)>;

struct Outlets {
  core::Durable& durable;
  const core::Clock& clock;
  DeliverFunction deliver;
  core::Observer& observer;
};

// Runs until the inbox is told to stop and all that was admitted is answered, or the store fails.
[[nodiscard]] core::Result<void> run(Engine& engine, Inbox& inbox, const Outlets& outlets);

}  // namespace wasl::engine

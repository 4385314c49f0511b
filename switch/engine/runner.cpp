#include "engine/runner.hpp"

#include <utility>

namespace wasl::engine {
namespace {

// With nothing to do the loop still looks at clocks and free space this often.
constexpr std::chrono::milliseconds kIdleLook{100};

void send(Effects effects, const Outlets& outlets) {
  if (!effects.loads.reserved.empty()) {
    outlets.durable.load(std::move(effects.loads.reserved), core::Lane::kReserved);
  }
  if (!effects.loads.claims.empty()) {
    outlets.durable.load(std::move(effects.loads.claims), core::Lane::kClaims);
  }
  if (effects.commit) outlets.durable.commit(std::move(*effects.commit));
  for (core::Scan& scan : effects.scans) outlets.durable.scan(std::move(scan));
  if (!effects.deliveries.empty()) outlets.deliver(std::move(effects.deliveries));
}

}  // namespace

core::Result<void> run(Engine& engine, Inbox& inbox, const Outlets& outlets) {
  for (bool stopping = false; !stopping || !engine.idle();) {
    Mail mail = inbox.take(kIdleLook);
    outlets.observer.queue_depth(mail.commands.size());
    if (mail.failed) return std::unexpected(std::move(*mail.failed));
    stopping = stopping || mail.stop;
    Inputs inputs{.commands = std::move(mail.commands),
                  .loaded = std::move(mail.loaded),
                  .committed = std::move(mail.committed),
                  .applied = mail.applied,
                  .scanned = std::move(mail.scanned),
                  .wall = outlets.clock.wall(),
                  .monotonic = outlets.clock.monotonic(),
                  .free_bytes = outlets.durable.free_bytes(),
                  .lag = outlets.durable.lag()};
    const MonotonicTime began = inputs.monotonic;
    Effects effects = engine.step(std::move(inputs));
    if (effects.commit) {
      outlets.observer.stage(core::Stage::kDecide, outlets.clock.monotonic() - began);
    }
    send(std::move(effects), outlets);
  }
  return {};
}

}  // namespace wasl::engine

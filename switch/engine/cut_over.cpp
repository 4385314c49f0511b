#include "engine/cut_over.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace wasl::engine {
namespace {

constexpr std::chrono::seconds kLookEvery{1};

core::AdvanceBusinessDay& asked_by(core::Command& command) {
  return std::get<core::AdvanceBusinessDay>(command.request);
}

}  // namespace

std::vector<core::Command> CutOver::due(const core::Reference& reference, core::Instant now,
                                        MonotonicTime monotonic) {
  std::vector<core::Command> commands;
  if (looked_ && monotonic < *looked_ + kLookEvery) return commands;
  looked_ = monotonic;
  for (const auto& [code, fund] : reference.funds()) {
    const core::Rulebook* rulebook = reference.rulebook_of(code);
    if (rulebook == nullptr) continue;
    const core::Day date = core::business_date(*rulebook, now);
    const auto [asked, first] = asked_.try_emplace(code, date);
    const core::Day before = std::exchange(asked->second, date);
    if (!first && before >= date) continue;  // Also where another rulebook has put it off.
    commands.emplace_back().request = core::AdvanceBusinessDay{.fund = code, .date = date};
  }
  std::ranges::sort(commands, {}, [](core::Command& command) { return asked_by(command).fund; });
  return commands;
}

void CutOver::forget(const core::Command& command) {
  asked_.erase(std::get<core::AdvanceBusinessDay>(command.request).fund);
}

}  // namespace wasl::engine

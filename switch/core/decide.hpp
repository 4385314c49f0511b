#pragma once
// The decision and its effects: pure functions of what they are given. No clock, no I/O, no thread;
// total for every command that `wire` admits. Checks run in the order of docs/decline_reasons.md.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/decision.hpp"
#include "core/row_set.hpp"

namespace wasl::core {

// Goes up whenever decide() may answer differently from before for the same input; recorded with
// each decision, so that `wasl replay` can tell a changed rule from a fault.
inline constexpr std::uint16_t kDeciderVersion = 6;

// One check as it was made: its number in docs/decline_reasons.md, the line (0-based; -1: the whole
// claim), whether it passed, and its inputs in words ("service 2026-03-10, today 2026-03-11, at
// most 30 days").
struct TraceStep {
  std::uint8_t check = 0;
  std::int16_t line = -1;
  bool passed = false;
  std::string inputs;
};
using Trace = std::vector<TraceStep>;

// Decides a command whose needed rows are all provided and whose request id is not answered yet.
// `now` is the group's. `trace` may be nullptr; it never changes the decision.
[[nodiscard]] Decision decide(const Command& command, const RowSet& rows,
                              const Reference& reference, Instant now, Trace* trace = nullptr);

struct Stamp {
  Sequence sequence = 0;
  Instant now{};
};

// What apply() did: which rows of the set it changed, and rows to insert beside them.
struct Touched {
  std::uint64_t slots = 0;                                      // Bit i: the row in Slot i changed.
  std::array<std::vector<std::uint16_t>, kListedSlots> listed;  // Of the listed slots, by index.
  std::vector<std::pair<RowKey, Row>> made;  // New rows that later commands may need.
  // Rows that no command needs: written, whatever was there.
  std::vector<std::pair<RowKey, std::string>> inserted;
  std::vector<RowKey> removed;

  void mark(Slot slot) { slots |= std::uint64_t{1} << static_cast<unsigned>(slot); }
  // In ascending order of the indexes of a slot.
  void mark(Slot slot, std::uint16_t index) { listed[listed_place(slot)].push_back(index); }
  [[nodiscard]] bool marked(Slot slot) const {
    return ((slots >> static_cast<unsigned>(slot)) & 1U) != 0;
  }
  [[nodiscard]] bool marked(Slot slot, std::uint16_t index) const {
    if (!is_listed(slot)) return marked(slot);
    return std::ranges::binary_search(listed[listed_place(slot)], index);
  }
};
static_assert(kSlots <= 64);

// Carries a decision out on the rows of the set, in place. `body` is the encoded answer, kept with
// the request row; `reference` only takes catalogue feeds. Deterministic: the same record on the
// same rows gives the same rows, for ever.
[[nodiscard]] Touched apply(const Command& command, const Decision& decision, const Stamp& stamp,
                            const std::string& body, RowSet& rows, Reference& reference);

// True if the command, so decided, changes any row and therefore needs a record in the journal.
[[nodiscard]] bool changes_state(const Command& command, const Decision& decision);

}  // namespace wasl::core

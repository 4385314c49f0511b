#pragma once
// Commands that are decided by what a scan finds: a closing by its provider's postings behind what
// it has presented, page by page, until every record of then has been seen; a step of a settlement
// run by what is owed behind the run's cursor. Engine thread only.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/durable.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

class Gathering {
 public:
  // `step_items`: rows of what is owed that a step gets, at most core::kStepItemsMax.
  explicit Gathering(std::uint16_t step_items = core::kStepItemsMax) : step_items_(step_items) {}

  // True for a command of these kinds that lacks what is found, or has what was found of another
  // state of the rows.
  [[nodiscard]] static bool needed(const core::Command& command, const core::RowSet& rows);

  // Takes the command in; gives the first scan. `committed`: the last record that is synced.
  [[nodiscard]] core::Scan start(std::uint64_t scan, Submission submission,
                                 const core::RowSet& rows, core::Sequence committed);
  [[nodiscard]] bool holds(std::uint64_t scan) const { return gathered_.contains(scan); }
  // The command with what was found; nothing while there are further pages, which `scans` gets.
  [[nodiscard]] std::optional<Submission> take(core::Scanned page, std::vector<core::Scan>& scans);
  [[nodiscard]] bool empty() const { return gathered_.empty(); }

 private:
  struct Gathered {
    Submission submission;
    core::Scan scan;
  };
  std::uint16_t step_items_;
  std::unordered_map<std::uint64_t, Gathered> gathered_;  // By scan.
};

}  // namespace wasl::engine

#pragma once
// Closings whose holdings are being scanned: a provider's postings on a fund behind what it has
// presented, page by page, until every record of then has been seen. Engine thread only.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/durable.hpp"
#include "engine/submission.hpp"

namespace wasl::engine {

class Gathering {
 public:
  // True for a closing without holdings, or with those of another presentation than the row's.
  [[nodiscard]] static bool needed(const core::Command& command, const core::RowSet& rows);

  // Takes the closing in; gives the first scan. `committed`: the last record that is synced.
  [[nodiscard]] core::Scan start(std::uint64_t scan, Submission submission,
                                 const core::RowSet& rows, core::Sequence committed);
  [[nodiscard]] bool holds(std::uint64_t scan) const { return closings_.contains(scan); }
  // The closing with its holdings; nothing while there are further pages, which `scans` gets.
  [[nodiscard]] std::optional<Submission> take(core::Scanned page, std::vector<core::Scan>& scans);
  [[nodiscard]] bool empty() const { return closings_.empty(); }

 private:
  struct Closing {
    Submission submission;
    core::Scan scan;
    core::Holdings holdings;
  };
  std::unordered_map<std::uint64_t, Closing> closings_;  // By scan.
};

}  // namespace wasl::engine

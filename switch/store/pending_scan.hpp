#pragma once
// Finds what waits for somebody's next step, in all of the store, for core/pending.hpp. One thread.

#include <atomic>
#include <optional>
#include <set>

#include "core/pending.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

class PendingScan {
 public:
  // All funds on one snapshot, `took` left at zero; nothing if `stopped` became true before the
  // end, for which it looks at each row. The first time it reads every payout there is.
  [[nodiscard]] core::Result<std::optional<core::PendingReport>> read(
      const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped);

 private:
  // Keys of exported runs of whose payouts none is open, which stays so: not read again.
  std::set<core::RowKey> settled_;
};

}  // namespace wasl::store

#pragma once
// Finds what waits for somebody's next step, in all of the store, for core/pending.hpp. One thread.

#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/pending.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

// Claims of one provider on one fund that were rejected, and neither corrected since nor too old
// for it.
struct Rejections {
  struct Claim {
    core::RequestId request_id{};
    core::Instant at{};  // Of the rejection.
  };

  core::FundCode fund;
  core::Participant provider;
  core::Sequence read = 0;       // What was posted up to this record was looked at.
  core::Day correctable_from{};  // What was too old then was dropped: a service date before this.
  std::vector<Claim> waiting;
};

// What one look leaves to the next: it can all be found again.
struct PendingKnown {
  // Keys of exported runs of whose payouts none is open, which stays so: not read again.
  std::set<core::RowKey> settled;
  std::map<core::RowKey, Rejections> rejections;  // By the key of the provider's presentation.
};

class PendingScan {
 public:
  // All funds on one snapshot, `took` left at zero; nothing if `stopped` became true before the
  // end, for which it looks at each row. The first time it reads every payout there is, and every
  // posting since the oldest rejection that can still be corrected.
  [[nodiscard]] core::Result<std::optional<core::PendingReport>> read(
      const Rocks& rocks, core::Instant now, const std::atomic<bool>& stopped);

 private:
  PendingKnown known_;
};

}  // namespace wasl::store

#pragma once
// Keeps what each participant closed its business days with (core/reconciliation.hpp), so that a
// reconciliation reads the postings of one day and not of all that came before. Whatever is not
// kept yet is added up when it is asked for. One thread.

#include <atomic>
#include <cstdint>
#include <map>

#include "core/reconciliation.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

struct KeptClosing {
  core::Sequence last = 0;  // The closing holds what was moved up to this record; 0: nothing.
  core::DayClosing closing;
};

// The latest of the participant that is kept and ends at `until` or before. Moves the cursor.
[[nodiscard]] KeptClosing kept_closing(RowCursor& at, const core::FundCode& fund,
                                       const core::Participant& participant, core::Sequence until);

class DayClosings {
 public:
  // Of all funds: keeps what the days that ended since the last call closed with, a row for each
  // participant and day that moved something. Ends early once `stopped` is true, which it looks at
  // for each row; what it has kept then holds. Gives the number of rows kept. Where no day ended it
  // reads a few rows of each fund; the first time it looks at every participant.
  [[nodiscard]] core::Result<std::uint64_t> keep(Rocks& rocks, const std::atomic<bool>& stopped);

 private:
  std::map<core::FundCode, core::Sequence> kept_;  // Days that ended here or before are done.
};

}  // namespace wasl::store

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
// kCorrupt: it does not follow its format.
[[nodiscard]] core::Result<KeptClosing> kept_closing(RowCursor& at, const core::FundCode& fund,
                                                     const core::Participant& participant,
                                                     core::Sequence until);

class DayClosings {
 public:
  // How many postings one call of keep() reads before it leaves the rest to the next.
  static constexpr std::uint64_t kSetsEnough = 20'000'000;

  explicit DayClosings(std::uint64_t sets_enough = kSetsEnough) : sets_enough_(sets_enough) {}

  // Of all funds: keeps what the days that ended closed with, a row for each participant and day
  // that moved something, and gives the number of rows kept now. Ends early once it has read
  // enough, behind a participant, or once `stopped` is true, which it looks at for each row; what
  // it has kept then holds. Where no day ended since the last call it reads one row of each fund.
  // kCorrupt: a row does not follow its format; nothing is kept of what it was read for.
  [[nodiscard]] core::Result<std::uint64_t> keep(Rocks& rocks, const std::atomic<bool>& stopped);

 private:
  std::uint64_t sets_enough_;
  std::map<core::FundCode, core::Sequence> kept_;  // Days that ended here or before are done.
};

}  // namespace wasl::store

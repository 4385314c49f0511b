#pragma once
// What is owed and what settlement runs took of it, from the records alone and then against the
// rows: each acceptance and refund is owed once, is in one payout at most, and every payout and run
// is the sum of what it took. docs/settlement.md. One thread.

#include <cstdint>
#include <string>
#include <vector>

#include "core/codec.hpp"
#include "core/result.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class SettlementCheck {
 public:
  // Both outlive the check.
  SettlementCheck(ScratchMap& map, Differences& differences)
      : map_(map), differences_(differences) {}

  [[nodiscard]] core::Result<void> take(const core::RecordView& record, core::Sequence sequence);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  // Of an item: how much, and in which payout; number 0: in none.
  struct Place {
    core::Cents amount;
    core::PayoutId payout;
    friend bool operator==(const Place&, const Place&) = default;
  };
  // Of a run.
  struct Tally {
    core::RunState state = core::RunState::kCollecting;
    std::uint32_t payouts = 0;
    core::Cents total;
    std::uint32_t released = 0;
  };
  static std::string encode(const Place& place);
  static std::string encode(const Tally& tally);

  [[nodiscard]] core::Result<void> owe(core::Sequence record, core::Cents amount);
  // A refund that was reversed is owed no longer.
  [[nodiscard]] core::Result<void> forget(core::ClaimId claim, core::Sequence sequence);
  [[nodiscard]] core::Result<void> take_collecting(const core::Command& command,
                                                   const core::CollectDecision& decision,
                                                   core::Sequence sequence);
  [[nodiscard]] core::Result<void> take_run(const core::Command& command,
                                            const core::RunDecision& decision,
                                            core::Sequence sequence);
  [[nodiscard]] core::Result<void> release(const core::PayoutId& payout);
  // Puts an item that must be owed there.
  [[nodiscard]] core::Result<void> move(const core::OwedItem& item, const core::PayoutId& payout,
                                        core::Sequence sequence);
  [[nodiscard]] core::Result<Tally> tally_of(core::Sequence run);
  [[nodiscard]] core::Result<void> check_item(core::Sequence record, const Place& found);
  [[nodiscard]] core::Result<void> check_payout(const core::Payout& payout);
  [[nodiscard]] core::Result<void> check_run(const core::SettlementRun& run);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;       // Items that were not met in a row yet,
  std::uint64_t missing_runs_ = 0;  // and runs.
};

}  // namespace wasl::store

#pragma once
// Settlement runs from the records alone, and then against the rows: every run is what its steps
// took, gave back and exported, and nothing is in two places. Items, payouts and what banks say of
// them are followed by verify_items.hpp, verify_payouts.hpp and verify_status_files.hpp.
// docs/settlement.md. One thread.

#include <optional>

#include "core/codec.hpp"
#include "core/result.hpp"
#include "store/expected_rows.hpp"
#include "store/rocks.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"
#include "store/verify_ledger.hpp"
#include "store/verify_payouts.hpp"
#include "store/verify_status_files.hpp"

namespace wasl::store {

class SettlementCheck {
 public:
  // All outlive the check; the ledger is told what payouts post.
  SettlementCheck(ScratchMap& map, LedgerCheck& ledger, Differences& differences)
      : differences_(differences),
        expected_(map, differences),
        payouts_(map, expected_, ledger, differences),
        status_files_(expected_, payouts_, differences) {}
  // Its parts name each other.
  SettlementCheck(const SettlementCheck&) = delete;
  SettlementCheck& operator=(const SettlementCheck&) = delete;

  [[nodiscard]] core::Result<void> take(const core::RecordView& record, const core::Stamp& stamp);
  // The review `stamp` accepted claims,
  [[nodiscard]] core::Result<void> take_review(const core::ReviewBordereau& review,
                                               const Reviewed& reviewed, const core::Stamp& stamp);
  // and the record `sequence` reduced one.
  [[nodiscard]] core::Result<void> take_reduction(const core::ReduceClaim& reduction,
                                                  const Reduced& reduced, core::Sequence sequence) {
    return payouts_.reduce(reduction, reduced, sequence);
  }
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> owe_refund(const core::RecordView& record,
                                              const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> propose(const core::Command& command,
                                           const core::RunDecision& decision,
                                           const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> approve(const core::Command& command,
                                           const core::RunDecision& decision,
                                           const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> collect(const core::Command& command,
                                           const core::CollectDecision& decision,
                                           const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> cancel(const core::Command& command,
                                          const core::RunDecision& decision,
                                          const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> send(const core::Command& command,
                                        const core::ExportDecision& decision,
                                        const core::Stamp& stamp);

  // The run of the command's fund, if it may take this step; nothing and a difference otherwise.
  [[nodiscard]] core::Result<std::optional<core::SettlementRun>> run_for(
      const core::Command& command, core::Sequence run, const core::Stamp& stamp);
  // Behind a step, in the state that the record gives it and that it must have.
  [[nodiscard]] core::Result<void> put(core::SettlementRun& run, core::RunState told,
                                       core::RunState state, const core::Stamp& stamp);
  void differs(const core::Stamp& stamp, const char* what);

  Differences& differences_;
  ExpectedRows expected_;
  PayoutCheck payouts_;
  StatusFileCheck status_files_;
};

}  // namespace wasl::store

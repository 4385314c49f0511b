#pragma once
// The invariants of all claims, from the records alone and then against the rows; on purpose
// without the code that decides or applies. Beside it the other verify_*.hpp. One thread.
//   * No card counter is marked twice; no request id is answered twice.
//   * A claim's amounts are the sums of its lines, a line's price is insurer plus patient.
//   * A presented claim stands, has that amount, was presented once and never reversed.
//   * A correction stands in the place of one rejected claim, for no more than its amount.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/codec.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"
#include "store/verify_bordereaux.hpp"
#include "store/verify_business_days.hpp"
#include "store/verify_histories.hpp"
#include "store/verify_ledger.hpp"
#include "store/verify_settlement.hpp"

namespace wasl::store {

class ClaimCheck {
 public:
  // `scratch` is a directory that is empty or absent; `differences` outlives the check.
  [[nodiscard]] static core::Result<ClaimCheck> make(const std::string& scratch,
                                                     Differences& differences);

  [[nodiscard]] core::Result<void> take(const core::RecordView& record, const core::Stamp& stamp);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

  [[nodiscard]] std::uint64_t claims() const { return claims_; }
  [[nodiscard]] std::uint64_t business_days() const { return days_.begun(); }

 private:
  ClaimCheck(std::unique_ptr<ScratchMap> map, Differences& differences)
      : map_(std::move(map)),
        differences_(differences),
        histories_(*map_, differences),
        bordereaux_(*map_, differences),
        days_(differences),
        ledger_(std::make_unique<LedgerCheck>(*map_, differences)),
        settlement_(std::make_unique<SettlementCheck>(*map_, *ledger_, differences)) {}

  [[nodiscard]] core::Result<void> mark_once(const std::string& key, core::Sequence sequence,
                                             const char* what);
  [[nodiscard]] core::Result<void> take_claim(const core::RecordView& record,
                                              const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> take_correction(const core::RecordView& record,
                                                   const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> take_approval(const core::Claim& claim,
                                                 const core::RecordView& record,
                                                 const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> take_review(const core::RecordView& record,
                                               const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> take_reduction(const core::RecordView& record,
                                                  const core::Stamp& stamp);
  // The claim stands no longer; `what` was done to it.
  [[nodiscard]] core::Result<void> release(core::ClaimId claim, core::Sequence sequence,
                                           const char* what);
  [[nodiscard]] core::Result<void> take_reversal(core::ClaimId claim, const core::Stamp& stamp);
  [[nodiscard]] core::Result<void> take_closing(const core::RecordView& record,
                                                const core::Stamp& stamp);
  void check_sums(const core::ClaimDecision& decision, core::Sequence sequence);

  std::unique_ptr<ScratchMap> map_;
  Differences& differences_;
  HistoryCheck histories_;
  BordereauCheck bordereaux_;
  BusinessDayCheck days_;
  std::unique_ptr<LedgerCheck> ledger_;  // Named by the settlement's: a check is moved.
  std::unique_ptr<SettlementCheck> settlement_;
  std::uint64_t claims_ = 0;
};

}  // namespace wasl::store

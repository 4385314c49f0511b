#pragma once
// Where everything is that was ever owed, from the records alone and then against the rows: each
// acceptance and refund is owed, or in one payout that did not come back, since when and by when it
// is to be paid. docs/settlement.md. One thread.

#include <cstdint>
#include <optional>

#include "core/result.hpp"
#include "core/settlement.hpp"
#include "store/scratch_map.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class ItemCheck {
 public:
  // Both outlive the check.
  ItemCheck(ScratchMap& map, Differences& differences) : map_(map), differences_(differences) {}

  // Of an item: what it is, and in which payout; number 0: it is owed. Its fund is empty where the
  // record that made it owed does not name it: of a refund, until a run takes it.
  struct Place {
    core::Owed owed;
    core::PayoutId payout;
  };
  // By the record that made it owed.
  [[nodiscard]] core::Result<std::optional<Place>> find(core::Sequence record);
  // `visit(Place)` of all of them.
  template <typename Visit>
  [[nodiscard]] core::Result<void> for_each(const Visit& visit) {
    return map_.scan({&kItem, 1}, [&](std::string_view, std::string_view bytes) {
      visit(decode(bytes));
      return true;
    });
  }

  // Owed from now on. Nothing, if it is worth nothing.
  [[nodiscard]] core::Result<void> owe(const core::Owed& owed);
  // A refund that was reversed is owed no longer.
  [[nodiscard]] core::Result<void> forget(core::ClaimId claim, core::Sequence sequence);
  // By so much less is owed; whole, and it is owed no longer.
  [[nodiscard]] core::Result<void> lower(core::Sequence record, core::Cents difference,
                                         core::Sequence sequence);
  // What a step's page names, as core::named_by() has it.
  [[nodiscard]] core::Result<core::Owed> named_by(const core::Owed& on_page);
  // The record took what was owed into the payout,
  [[nodiscard]] core::Result<void> take(const core::Owed& owed, const core::PayoutId& payout,
                                        core::Sequence sequence);
  // or made it owed again, out of that payout.
  [[nodiscard]] core::Result<void> put_back(const core::Owed& owed, const core::PayoutId& payout,
                                            core::Sequence sequence);

  // Met in a row, once: owed, or in that payout.
  [[nodiscard]] core::Result<void> check(const core::Owed& found, const core::PayoutId& payout);
  // Items that were not met.
  [[nodiscard]] std::uint64_t missing() const { return missing_; }

 private:
  static constexpr char kItem =
      'o';  // Tag in the scratch map. Record that made it owed: its Place.

  [[nodiscard]] static std::string encode(const Place& place);
  [[nodiscard]] static Place decode(std::string_view bytes);

  ScratchMap& map_;
  Differences& differences_;
  std::uint64_t missing_ = 0;
};

}  // namespace wasl::store

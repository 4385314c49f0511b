#include "wire/convert.hpp"

namespace wasl::wire {
namespace {

core::Tally tally(const v1::Tally& given, const Fields& at) {
  return {.count = given.count(),
          .amount = at.cents("amount_cents", given.amount_cents(), core::kRunAmountMax, 0)};
}

// A tally that is not given counts nothing.
core::OwnTotals own_totals(const v1::OwnTotals& given, const Fields& at) {
  return {.authorised = tally(given.authorised(), at.in("authorised")),
          .reversed = tally(given.reversed(), at.in("reversed")),
          .presented = tally(given.presented(), at.in("presented"))};
}

}  // namespace

void convert(const v1::Reconcile& given, const Fields& at, core::Command& out) {
  const auto* const participant = given.has_participant() ? &given.participant() : nullptr;
  const auto [fund, of] = listed(given.fund(), "participant", participant, at, out.from);
  core::Reconcile reconcile;
  reconcile.fund = fund;
  reconcile.date = at.day("date", given.date());
  reconcile.of = of;
  if (given.has_own()) {
    at.require(out.from.role != core::Role::kFund, "own", "not from funds");
    reconcile.own = own_totals(given.own(), at.in("own"));
  }
  if (given.has_after()) {
    at.require(!of, "after", "only where all participants are listed");
    reconcile.after = convert(given.after(), at.in("after"));
  }
  reconcile.page = at.page_size(given.page_size());
  out.request = reconcile;
}

}  // namespace wasl::wire

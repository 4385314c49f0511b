// Pages of what is owed, of settlement runs and of their payouts.

#include "core/codec.hpp"
#include "wire/answer_messages.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::RunState::kCollecting, v1::RUN_COLLECTING));
static_assert(same(core::RunState::kCancelled, v1::RUN_CANCELLED));

// Calls `show` with each row of the kind that can be read; `wasl verify` names the others.
template <typename T, typename Show>
void each_row(const core::Listed& listed, Show show) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    if (row) show(std::get<T>(*row));
  }
}

}  // namespace

void fill(const core::Listed& listed, v1::OwedPage& out) {
  each_row<core::Owed>(listed, [&](const core::Owed& owed) {
    v1::Owed& shown = *out.add_owed();
    set_payee(owed.payee, *shown.mutable_payee());
    shown.set_record(owed.item.record);
    shown.set_amount_cents(owed.item.amount.value);
    const auto* accepted = std::get_if<core::AcceptedItem>(&owed.item.of);
    if (accepted != nullptr) shown.set_bordereau(accepted->bordereau);
  });
  if (!listed.more || out.owed().empty()) return;
  *out.mutable_next_after() = out.owed().rbegin()->payee();
  out.set_next_after_record(out.owed().rbegin()->record());
}

void fill(const core::Listed& listed, v1::RunsPage& out) {
  each_row<core::SettlementRun>(listed, [&](const core::SettlementRun& run) {
    v1::SettlementRun& shown = *out.add_runs();
    shown.set_run(run.id);
    shown.set_state(static_cast<v1::RunState>(run.state));
    shown.set_value_date(core::to_text(run.value_date));
    shown.set_minimum_cents(run.minimum.value);
    shown.set_proposed_by(std::string(run.proposed_by.view()));
    shown.set_proposed_at_ms(run.proposed_at.time_since_epoch().count());
    shown.set_approved_by(std::string(run.approved_by.view()));
    shown.set_payouts(run.payouts);
    shown.set_total_cents(run.total.value);
    shown.set_released(run.released);
  });
  if (listed.more && !out.runs().empty()) out.set_next_after(out.runs().rbegin()->run());
}

void fill(const core::Listed& listed, v1::PayoutsPage& out) {
  each_row<core::Payout>(listed, [&](const core::Payout& payout) {
    v1::Payout& shown = *out.add_payouts();
    shown.set_number(payout.id.number);
    set_payee(payout.payee, *shown.mutable_payee());
    shown.set_payout_account(core::masked(payout.account));
    shown.set_amount_cents(payout.amount.value);
    shown.set_items(static_cast<std::uint32_t>(payout.items.size()));
  });
  if (listed.more && !out.payouts().empty()) {
    out.set_next_after(out.payouts().rbegin()->number());
  }
}

}  // namespace wasl::wire

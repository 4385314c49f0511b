// Pages of changes of accounts.

#include "core/codec.hpp"
#include "wire/answer_messages.hpp"

namespace wasl::wire {

void set_payee(const core::Payee& from, v1::Payee& out) {
  if (const auto* insured = std::get_if<core::InsuredNumber>(&from)) {
    out.set_insured_number(std::string(insured->view()));
  } else {
    set_participant(std::get<core::Participant>(from), *out.mutable_provider());
  }
}

void fill(const core::Listed& listed, v1::PayoutChangesPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    if (!row) continue;  // `wasl verify` names it.
    const auto& change = std::get<core::PayoutChange>(*row);
    v1::PayoutChange& shown = *out.add_changes();
    set_payee(change.payee, *shown.mutable_payee());
    shown.set_payout_account(core::masked(change.account));
    shown.set_operator_id(std::string(change.by.view()));
    shown.set_entered_at_ms(change.at.time_since_epoch().count());
  }
  if (!listed.more || out.changes().empty()) return;
  *out.mutable_next_after() = out.changes().rbegin()->payee();
}

}  // namespace wasl::wire

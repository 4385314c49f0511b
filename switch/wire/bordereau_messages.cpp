// Pages of bordereaux.

#include "core/codec.hpp"
#include "wire/answer_messages.hpp"

namespace wasl::wire {
namespace {

void set_claims(const core::Bordereau& from, v1::Bordereau& out) {
  for (const core::PresentedClaim& each : from.claims) {
    v1::PresentedClaim& claim = *out.add_claims();
    claim.set_claim_id(each.claim);
    claim.set_request_id(std::string(core::as_text(each.request_id)));
    claim.set_insurer_cents(each.insurer.value);
  }
}

void set_bordereau(const core::Bordereau& from, v1::Bordereau& out) {
  set_participant(from.provider, *out.mutable_provider());
  out.set_fund(std::string(from.fund.view()));
  out.set_number(from.number);
  out.set_closed_by(from.closed_by);
  out.set_up_to(from.up_to);
  out.set_closed_at_ms(from.closed_at.time_since_epoch().count());
  out.set_due(core::to_text(from.due));
  out.set_count(static_cast<std::uint32_t>(from.claims.size()));
  out.set_total_cents(from.total.value);
}

}  // namespace

void fill(const core::Listed& listed, v1::BordereauxPage& out) {
  for (const auto& [key, value] : listed.rows) {
    const auto row = core::decode_row(key, core::as_bytes(value));
    if (!row) continue;  // `wasl verify` names it.
    const auto& bordereau = std::get<core::Bordereau>(*row);
    v1::Bordereau& shown = *out.add_bordereaux();
    set_bordereau(bordereau, shown);
    if (listed.deed == core::Deed::kGetBordereau) set_claims(bordereau, shown);
  }
  if (!listed.more || out.bordereaux().empty()) return;
  const v1::Bordereau& last = *out.bordereaux().rbegin();
  out.set_next_after(last.number());
  *out.mutable_next_provider() = last.provider();
}

}  // namespace wasl::wire

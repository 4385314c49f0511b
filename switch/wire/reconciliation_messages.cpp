// A page of a fund's business day.

#include "core/reconciliation.hpp"
#include "wire/answer_messages.hpp"

namespace wasl::wire {
namespace {

void set_tally(const core::Tally& from, v1::Tally& out) {
  out.set_count(from.count);
  out.set_amount_cents(from.amount.value);
}

void set_account(const core::DayAccount& from, v1::DayAccount& out) {
  out.set_opening_cents(from.opening.value);
  set_tally(from.day.authorised, *out.mutable_authorised());
  set_tally(from.day.reversed, *out.mutable_reversed());
  set_tally(from.day.presented, *out.mutable_presented());
  set_tally(from.day.accepted, *out.mutable_accepted());
  set_tally(from.day.rejected, *out.mutable_rejected());
  set_tally(from.day.reduced, *out.mutable_reduced());
  set_tally(from.day.exported, *out.mutable_exported());
  set_tally(from.day.paid, *out.mutable_paid());
  set_tally(from.day.returned, *out.mutable_returned());
  set_tally(from.day.returned_paid, *out.mutable_returned_paid());
  out.set_closing_cents(from.closing.value);
  out.set_in_balance(core::in_balance(from));
}

void compare(v1::TotalDiffers::Which which, const core::Tally& own, const core::Tally& held,
             v1::ReconciliationPage& out) {
  if (own == held) return;
  v1::TotalDiffers& difference = *out.add_differences();
  difference.set_which(which);
  set_tally(own, *difference.mutable_own());
  set_tally(held, *difference.mutable_held());
}

void compare(const core::OwnTotals& own, const core::DayTotals& held, v1::ReconciliationPage& out) {
  compare(v1::TotalDiffers::AUTHORISED, own.authorised, held.authorised, out);
  compare(v1::TotalDiffers::REVERSED, own.reversed, held.reversed, out);
  compare(v1::TotalDiffers::PRESENTED, own.presented, held.presented, out);
}

}  // namespace

void fill(const core::Listed& listed, v1::ReconciliationPage& out) {
  core::DayTotals held;  // Of the participant that counted; zeros if nothing was ever posted of it.
  for (const auto& [key, value] : listed.rows) {
    if (const auto participant = core::accounted(key)) {
      const auto account = core::decode_day_account(core::as_bytes(value));
      if (!account) continue;
      v1::DayAccount& shown = *out.add_accounts();
      set_participant(*participant, *shown.mutable_participant());
      set_account(*account, shown);
      held = account->day;
    } else if (const auto day = core::decode_day_range(core::as_bytes(value))) {
      out.set_known(true);
      out.set_since(day->since);
      out.set_until(day->until.value_or(0));
    }
  }
  if (out.known() && listed.own) compare(*listed.own, held, out);
  if (listed.more && !out.accounts().empty()) {
    *out.mutable_next_after() = out.accounts().rbegin()->participant();
  }
}

}  // namespace wasl::wire

#include "store/verify_payouts.hpp"

#include <utility>

#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::PayoutState;

namespace {

constexpr char kNamed = 'q';  // Tag in the scratch map. Record: its row names the payout it is in.

std::string text_of(const core::PayoutId& payout) {
  return "the payout " + std::to_string(payout.number) + " of the run " +
         std::to_string(payout.run);
}

core::Owed owed_of(const core::Payout& payout, const core::OwedItem& item) {
  return {.fund = payout.fund, .payee = payout.payee, .item = item};
}

// From where a payout stands to where a bank's word can put it.
bool can_become(PayoutState before, PayoutState behind) {
  if (before == PayoutState::kTaken) return false;
  return before == behind || before == PayoutState::kExported ||
         (before == PayoutState::kPaid && behind == PayoutState::kReturned);
}

}  // namespace

core::Result<std::optional<core::Payout>> PayoutCheck::find(const core::FundCode& fund,
                                                            const core::PayoutId& payout) {
  return expected_.get<core::Payout>(core::payout_key(fund, payout));
}

core::Result<void> PayoutCheck::reduce(const core::ReduceClaim& reduction, const Reduced& reduced,
                                       core::Sequence sequence) {
  const core::Cents difference = reduced.claim.insurer;
  if (!reduced.paid) return items_.lower(reduced.acceptance, difference, sequence);
  const auto place = items_.find(reduced.acceptance);
  if (!place) return std::unexpected(place.error());
  core::Result<std::optional<core::PaidBy>> paid;
  if (place->has_value()) paid = paid_by(**place);
  if (!paid) return std::unexpected(paid.error());
  if (!paid->has_value() || (*paid)->state != PayoutState::kPaid) {
    differences_.add("settlement", at(sequence) + ": reduces what is owed by " +
                                       at(reduced.acceptance) + ", as if it had been paid");
  }
  return receivables_.owe_back(reduction.fund, reduction.provider, difference);
}

core::Result<void> PayoutCheck::take(const core::Payout& payout, const core::Stamp& stamp) {
  if (auto withheld = receivables_.withhold(payout, stamp.sequence); !withheld) return withheld;
  for (const core::OwedItem& item : payout.items) {
    auto taken = items_.take(owed_of(payout, item), payout.id, stamp.sequence);
    if (!taken) return taken;
  }
  auto posted =
      ledger_.take_payout(core::PostingCause::kProposedAgain, payout, payout.state, stamp);
  return posted ? expected_.put(core::payout_key(payout.fund, payout.id), payout) : posted;
}

core::Result<std::optional<core::Payout>> PayoutCheck::taken(const core::FundCode& fund,
                                                             const core::PayoutId& id,
                                                             const core::Stamp& stamp) {
  auto payout = find(fund, id);
  if (!payout || (payout->has_value() && (*payout)->state == PayoutState::kTaken)) return payout;
  differences_.add("settlement", at(stamp.sequence) + ": " + text_of(id) +
                                     " is not there, or was exported before");
  return std::optional<core::Payout>{};
}

core::Result<void> PayoutCheck::release(const core::FundCode& fund, const core::PayoutId& id,
                                        const core::Stamp& stamp) {
  const auto payout = taken(fund, id, stamp);
  if (!payout) return std::unexpected(payout.error());
  if (!payout->has_value()) return {};
  for (const core::OwedItem& item : (*payout)->items) {
    auto owed = items_.put_back(owed_of(**payout, item), id, stamp.sequence);
    if (!owed) return owed;
  }
  if (auto owed = receivables_.owe_back_withheld(**payout); !owed) return owed;
  auto posted =
      ledger_.take_payout(core::PostingCause::kGivenBack, **payout, (*payout)->state, stamp);
  return posted ? expected_.remove(core::payout_key(fund, id)) : posted;
}

core::Result<void> PayoutCheck::send(const core::FundCode& fund, const core::PayoutId& id,
                                     const core::Stamp& stamp) {
  auto payout = taken(fund, id, stamp);
  if (!payout) return std::unexpected(payout.error());
  if (!payout->has_value()) return {};
  auto posted = ledger_.take_payout(core::PostingCause::kExport, **payout, (*payout)->state, stamp);
  if (!posted) return posted;
  (*payout)->state = PayoutState::kExported;
  return expected_.put(core::payout_key(fund, id), **payout);
}

core::Result<void> PayoutCheck::hear(const CarriedOut& what, const core::Stamp& stamp) {
  const PayoutState behind = what.effect.behind;
  auto found = find(what.file.fund, what.entry.payout);
  if (!found) return std::unexpected(found.error());
  if (!found->has_value() || !can_become((*found)->state, behind)) {
    differences_.add("settlement", at(stamp.sequence) + ": " + text_of(what.entry.payout) +
                                       " cannot become what the bank says of it");
    return {};
  }
  core::Payout& payout = **found;
  const PayoutState before = std::exchange(payout.state, behind);
  const bool late = before != PayoutState::kExported && before == behind;
  if (!late) payout.bank = core::BankStatus{what.entry.word, what.entry.reason, what.file.id};
  const core::RowKey key = core::payout_key(what.file.fund, payout.id);
  if (auto put = expected_.put(key, payout); !put) return put;
  if (before == behind) return {};
  const bool paid = behind == PayoutState::kPaid;
  const auto cause = paid ? core::PostingCause::kBooking : core::PostingCause::kReturn;
  if (auto posted = ledger_.take_payout(cause, payout, before, stamp); !posted) return posted;
  return paid ? core::Result<void>{} : owe_again(payout, what.effect.account_must_change, stamp);
}

core::Result<void> PayoutCheck::owe_again(const core::Payout& payout, bool account_must_change,
                                          const core::Stamp& stamp) {
  if (auto owed = receivables_.owe_back_withheld(payout); !owed) return owed;
  const core::CameBack came_back{
      .payout = payout.id, .account = account_must_change ? payout.to.account : std::string{}};
  for (core::OwedItem item : payout.items) {
    item.came_back = came_back;
    if (auto put = items_.put_back(owed_of(payout, item), payout.id, stamp.sequence); !put) {
      return put;
    }
  }
  return {};
}

core::Result<void> PayoutCheck::compare_rows(const Rocks& rows) {
  if (auto paid = check_paid(rows); !paid) return paid;
  auto owed = for_each_of<core::Owed>(
      rows, core::KeyTag::kOwed,
      [&](const core::RowKey&, const core::Owed& row) { return items_.check(row, {}); });
  if (!owed) return owed;
  auto payouts = for_each_of<core::Payout>(
      rows, core::KeyTag::kPayout,
      [&](const core::RowKey& key, const core::Payout& row) { return check_payout(key, row); });
  if (!payouts) return payouts;
  if (items_.missing() > 0) {
    differences_.add("settlement",
                     "owed, and in no row of it: " + std::to_string(items_.missing()) + " items");
  }
  const std::uint64_t missing = expected_.missing(core::KeyTag::kPayout);
  if (missing > 0) {
    differences_.add("settlement", "payouts without a row: " + std::to_string(missing));
  }
  return receivables_.compare_rows(rows);
}

core::Result<void> PayoutCheck::check_payout(const core::RowKey& key, const core::Payout& payout) {
  core::Cents sum;
  for (const core::OwedItem& item : payout.items) {
    sum += item.amount;
    if (payout.state == PayoutState::kReturned) continue;  // Owed again, or in another payout.
    if (auto checked = items_.check(owed_of(payout, item), payout.id); !checked) return checked;
  }
  if (sum != payout.amount + payout.withheld) {
    differences_.add("settlement",
                     text_of(payout.id) + " is not the sum of its items, less what is withheld");
  }
  const auto met = expected_.meet(key, payout);
  if (!met) return std::unexpected(met.error());
  if (!*met) {
    differences_.add("settlement", text_of(payout.id) + " is not as its records left it");
  }
  return {};
}

core::Result<void> PayoutCheck::check_paid(const Rocks& rows) {
  auto counted = items_.for_each([&](const ItemCheck::Place& place) {
    if (place.payout.number > 0 || place.owed.item.came_back) ++unnamed_;
  });
  if (!counted) return counted;
  auto bordereaux = for_each_of<core::Bordereau>(
      rows, core::KeyTag::kBordereau,
      [&](const core::RowKey&, const core::Bordereau& row) { return check_acceptances(row); });
  if (!bordereaux) return bordereaux;
  auto refunds = for_each_of<core::RequestRow>(
      rows, core::KeyTag::kRequest,
      [&](const core::RowKey& key, const core::RequestRow& row) { return check_refund(key, row); });
  if (!refunds) return refunds;
  if (unnamed_ > 0) {
    differences_.add("settlement", "paid, and not said so in their own rows: " +
                                       std::to_string(unnamed_) + " items");
  }
  return {};
}

core::Result<std::optional<core::PaidBy>> PayoutCheck::paid_by(const ItemCheck::Place& place) {
  if (place.payout.number == 0) {
    const auto& came_back = place.owed.item.came_back;
    if (!came_back) return std::optional<core::PaidBy>{};
    return core::PaidBy{.payout = came_back->payout, .state = PayoutState::kReturned};
  }
  const auto payout = find(place.owed.fund, place.payout);
  if (!payout) return std::unexpected(payout.error());
  if (!payout->has_value()) return std::optional<core::PaidBy>{};
  return core::PaidBy{.payout = place.payout, .state = (*payout)->state};
}

core::Result<void> PayoutCheck::check_acceptances(const core::Bordereau& bordereau) {
  for (const core::AcceptancePaid& paid : bordereau.paid) {
    auto place = items_.find(paid.acceptance);
    if (!place) return std::unexpected(place.error());
    const bool own =
        place->has_value() && (*place)->owed.payee == core::Payee{bordereau.provider} &&
        (*place)->owed.fund == bordereau.fund &&
        (*place)->owed.item.of ==
            decltype(core::OwedItem::of){core::AcceptedItem{.bordereau = bordereau.number}};
    if (!own) place->reset();
    if (auto met = meet_paid(*place, paid.acceptance, paid.by); !met) return met;
  }
  return {};
}

core::Result<void> PayoutCheck::check_refund(const core::RowKey& key, const core::RequestRow& row) {
  if (!row.paid) return {};
  auto place = items_.find(row.sequence);
  if (!place) return std::unexpected(place.error());
  const auto* refund =
      place->has_value() ? std::get_if<core::RefundItem>(&(*place)->owed.item.of) : nullptr;
  const bool own =
      refund != nullptr && core::request_key(refund->centre, refund->request_id, 0) == key;
  if (!own) place->reset();
  return meet_paid(*place, row.sequence, *row.paid);
}

core::Result<void> PayoutCheck::meet_paid(const std::optional<ItemCheck::Place>& place,
                                          core::Sequence record, const core::PaidBy& found) {
  const auto before = map_.get(kNamed + number(record));
  if (!before) return std::unexpected(before.error());
  core::Result<std::optional<core::PaidBy>> expected;
  if (place) expected = paid_by(*place);
  if (!expected) return std::unexpected(expected.error());
  if (before->has_value() || *expected != found) {
    differences_.add("settlement",
                     "what is owed by " + at(record) + " is said to be paid as it is not");
    return {};
  }
  --unnamed_;
  return map_.put(kNamed + number(record), number(1));
}

}  // namespace wasl::store

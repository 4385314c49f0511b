#include "store/verify_items.hpp"

#include <chrono>
#include <variant>

#include "core/run.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

namespace {

constexpr std::uint8_t kOfProvider = 1;
constexpr std::uint8_t kOfInsured = 2;
constexpr std::uint8_t kAccepted = 1;
constexpr std::uint8_t kRefund = 2;

void write(core::Writer& out, const core::Participant& participant) {
  out.integer(static_cast<std::uint8_t>(participant.role));
  out.text(participant.id.view());
}

core::Participant read_participant(core::Reader& in) {
  core::Participant participant;
  participant.role = static_cast<core::Role>(in.integer<std::uint8_t>());
  participant.id = core::ParticipantId::make(in.text()).value_or(core::ParticipantId{});
  return participant;
}

void write(core::Writer& out, const core::PayoutId& payout) {
  out.integer(payout.run);
  out.integer(payout.number);
}

core::PayoutId read_payout(core::Reader& in) {
  core::PayoutId payout;
  payout.run = in.integer<core::Sequence>();
  payout.number = in.integer<std::uint32_t>();
  return payout;
}

void write(core::Writer& out, const core::Payee& payee) {
  if (const auto* provider = std::get_if<core::Participant>(&payee)) {
    out.integer(kOfProvider);
    return write(out, *provider);
  }
  out.integer(kOfInsured);
  out.text(std::get<core::InsuredNumber>(payee).view());
}

core::Payee read_payee(core::Reader& in) {
  if (in.integer<std::uint8_t>() == kOfProvider) return read_participant(in);
  return core::InsuredNumber::make(in.text()).value_or(core::InsuredNumber{});
}

void write(core::Writer& out, const core::OwedItem& item) {
  out.integer(item.record);
  out.integer(item.amount.value);
  out.integer(static_cast<std::int64_t>(item.since.time_since_epoch().count()));
  out.integer(static_cast<std::int32_t>(item.due.time_since_epoch().count()));
  if (const auto* accepted = std::get_if<core::AcceptedItem>(&item.of)) {
    out.integer(kAccepted);
    out.integer(accepted->bordereau);
  } else {
    const auto& refund = std::get<core::RefundItem>(item.of);
    out.integer(kRefund);
    write(out, refund.centre);
    out.raw(refund.request_id);
  }
  out.boolean(item.came_back.has_value());
  if (!item.came_back) return;
  write(out, item.came_back->payout);
  out.text(item.came_back->account);
}

core::OwedItem read_item(core::Reader& in) {
  core::OwedItem item;
  item.record = in.integer<core::Sequence>();
  item.amount.value = in.integer<std::int64_t>();
  item.since = core::Instant{std::chrono::milliseconds{in.integer<std::int64_t>()}};
  item.due = core::Day{std::chrono::days{in.integer<std::int32_t>()}};
  if (in.integer<std::uint8_t>() == kAccepted) {
    item.of = core::AcceptedItem{.bordereau = in.integer<std::uint32_t>()};
  } else {
    core::RefundItem refund;
    refund.centre = read_participant(in);
    refund.request_id = in.array<16>();
    item.of = refund;
  }
  if (!in.boolean()) return item;
  core::CameBack came_back;
  came_back.payout = read_payout(in);
  came_back.account = in.text();
  item.came_back = std::move(came_back);
  return item;
}

// The fund is compared where it is known.
bool is_there(const std::optional<ItemCheck::Place>& expected, const core::Owed& owed,
              const core::PayoutId& payout) {
  if (!expected || expected->payout != payout) return false;
  const bool same_fund = expected->owed.fund.empty() || expected->owed.fund == owed.fund;
  return same_fund && expected->owed.payee == owed.payee && expected->owed.item == owed.item;
}

}  // namespace

std::string ItemCheck::encode(const Place& place) {
  std::string bytes;
  core::Writer out(bytes);
  out.text(place.owed.fund.view());
  write(out, place.owed.payee);
  write(out, place.owed.item);
  write(out, place.payout);
  return bytes;
}

ItemCheck::Place ItemCheck::decode(std::string_view bytes) {
  core::Reader in(core::as_bytes(bytes));
  Place place;
  place.owed.fund = core::FundCode::make(in.text()).value_or(core::FundCode{});
  place.owed.payee = read_payee(in);
  place.owed.item = read_item(in);
  place.payout = read_payout(in);
  return place;
}

core::Result<std::optional<ItemCheck::Place>> ItemCheck::find(core::Sequence record) {
  const auto bytes = map_.get(kItem + number(record));
  if (!bytes) return std::unexpected(bytes.error());
  return bytes->has_value() ? std::optional<Place>(decode(**bytes)) : std::optional<Place>{};
}

core::Result<void> ItemCheck::owe(const core::Owed& owed) {
  if (owed.item.amount.value == 0) return {};
  ++missing_;
  return map_.put(kItem + number(owed.item.record), encode({.owed = owed, .payout = {}}));
}

core::Result<void> ItemCheck::forget(core::ClaimId claim, core::Sequence sequence) {
  const auto before = find(claim);
  if (!before) return std::unexpected(before.error());
  if (!before->has_value()) return {};  // No refund, or one of which the fund pays nothing.
  if ((*before)->payout.number > 0 || (*before)->owed.item.came_back) {
    differences_.add("settlement",
                     at(sequence) + ": reverses " + at(claim) + ", which a run has taken");
  }
  --missing_;
  return map_.put(kItem + number(claim), {});
}

core::Result<void> ItemCheck::lower(core::Sequence record, core::Cents difference,
                                    core::Sequence sequence) {
  auto before = find(record);
  if (!before) return std::unexpected(before.error());
  const bool owed = before->has_value() && (*before)->payout.number == 0 &&
                    !(*before)->owed.item.came_back && difference <= (*before)->owed.item.amount;
  if (!owed) {
    differences_.add("settlement", at(sequence) + ": reduces what is owed by " + at(record) +
                                       ", which is not owed, or less");
    return {};
  }
  Place& place = **before;
  place.owed.item.amount -= difference;
  const bool nothing = place.owed.item.amount.value == 0;
  if (nothing) --missing_;
  return map_.put(kItem + number(record), nothing ? std::string{} : encode(place));
}

core::Result<core::Owed> ItemCheck::named_by(const core::Owed& on_page) {
  const auto owed = find(on_page.item.record);
  if (!owed) return std::unexpected(owed.error());
  return owed->has_value() ? core::named_by(on_page, (*owed)->owed.item) : on_page;
}

core::Result<void> ItemCheck::take(const core::Owed& owed, const core::PayoutId& payout,
                                   core::Sequence sequence) {
  const auto before = find(owed.item.record);
  if (!before) return std::unexpected(before.error());
  if (!is_there(*before, owed, core::PayoutId{})) {
    differences_.add("settlement", at(sequence) + ": takes what is owed by " +
                                       at(owed.item.record) + ", which is not owed, or not so");
  }
  if (!before->has_value()) ++missing_;
  return map_.put(kItem + number(owed.item.record), encode({.owed = owed, .payout = payout}));
}

core::Result<void> ItemCheck::put_back(const core::Owed& owed, const core::PayoutId& payout,
                                       core::Sequence sequence) {
  const auto before = find(owed.item.record);
  if (!before) return std::unexpected(before.error());
  if (!before->has_value() || (*before)->payout != payout) {
    differences_.add("settlement", at(sequence) + ": gives back what is owed by " +
                                       at(owed.item.record) + ", which its payout does not pay");
  }
  if (!before->has_value()) ++missing_;
  return map_.put(kItem + number(owed.item.record), encode({.owed = owed, .payout = {}}));
}

core::Result<void> ItemCheck::check(const core::Owed& found, const core::PayoutId& payout) {
  const core::Sequence record = found.item.record;
  const auto expected = find(record);
  if (!expected) return std::unexpected(expected.error());
  if (!is_there(*expected, found, payout)) {
    differences_.add("settlement", "what is owed by " + at(record) +
                                       " is not where the records put it, or not so");
    return {};
  }
  --missing_;
  return map_.put(kItem + number(record), {});
}

}  // namespace wasl::store

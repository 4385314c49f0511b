#include "core/reconciliation.hpp"

namespace wasl::core {
namespace {

// What the fund owes the participant changes by the accounts that say so; its own expense and its
// money at the bank are the other side.
bool is_owed_on(LedgerAccount account) {
  return account != LedgerAccount::kBenefitsExpense && account != LedgerAccount::kBank;
}

// Modulo 2^64, as balances are: no sum of what was posted may stop the switch.
Cents plus(Cents a, Cents b) {
  return Cents{static_cast<std::int64_t>(static_cast<std::uint64_t>(a.value) +
                                         static_cast<std::uint64_t>(b.value))};
}
Cents minus(Cents a, Cents b) {
  return Cents{static_cast<std::int64_t>(static_cast<std::uint64_t>(a.value) -
                                         static_cast<std::uint64_t>(b.value))};
}

void add(Cents amount, Tally& to) {
  ++to.count;
  to.amount = plus(to.amount, amount);
}

Cents change_of(const PostingSet& set) {
  Cents change;
  for (const Posting& posting : set.postings) {
    if (is_owed_on(posting.account)) change += posting.credit - posting.debit;
  }
  return change;
}

Cents worth(const PostingSet& set) {
  Cents sum;
  for (const Posting& posting : set.postings) sum += posting.debit;
  return sum;
}

// Sent back after the bank had booked it.
bool was_paid(const PostingSet& set) {
  return set.postings.front().account == LedgerAccount::kBank;
}

void count(const PostingSet& set, DayTotals& day) {
  switch (set.cause) {
    case PostingCause::kApproval:
      return add(worth(set), day.authorised);
    case PostingCause::kReversal:
      return add(worth(set), day.reversed);
    case PostingCause::kAcceptance:
      return add(worth(set), day.accepted);
    case PostingCause::kRejection:
      return add(worth(set), day.rejected);
    case PostingCause::kReduction:
      return add(worth(set), day.reduced);
    case PostingCause::kExport:
      return add(worth(set), day.exported);
    case PostingCause::kBooking:
      return add(worth(set), day.paid);
    case PostingCause::kReturn:
      add(worth(set), day.returned);
      if (was_paid(set)) add(set.postings.front().debit, day.returned_paid);
      return;
    case PostingCause::kProposedAgain:
    case PostingCause::kGivenBack:
      return;
  }
}

constexpr std::uint8_t kDayFormat = 1;

// Every tally of the day, in the order of its bytes.
template <typename Day, typename Each>
void for_each_tally(Day& day, Each each) {
  each(day.authorised);
  each(day.reversed);
  each(day.presented);
  each(day.accepted);
  each(day.rejected);
  each(day.reduced);
  each(day.exported);
  each(day.paid);
  each(day.returned);
  each(day.returned_paid);
}

}  // namespace

void add(const PostingSet& set, DayClosing& to) { to.owed = plus(to.owed, change_of(set)); }

void DayBooks::add(Sequence record, const PostingSet& set) {
  if (!range_.begun(record)) return;
  account_.closing = plus(account_.closing, change_of(set));
  if (range_.holds(record)) {
    count(set, account_.day);
  } else {
    account_.opening = plus(account_.opening, change_of(set));
  }
}

void DayBooks::add(const Bordereau& bordereau) {
  if (!range_.holds(bordereau.closed_by)) return;
  account_.day.presented.count += bordereau.claims.size();
  account_.day.presented.amount = plus(account_.day.presented.amount, bordereau.total);
}

std::string encode_day_closing(const DayClosing& closing) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kDayFormat);
  out.integer(closing.owed.value);
  out.integer(closing.bordereaux);
  return bytes;
}

std::optional<DayClosing> decode_day_closing(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kDayFormat) in.reject();
  DayClosing closing;
  closing.owed.value = in.integer<std::int64_t>();
  closing.bordereaux = in.integer<std::uint32_t>();
  if (!in.finished()) return std::nullopt;
  return closing;
}

bool in_balance(const DayAccount& account) {
  const DayTotals& day = account.day;
  const Cents more = plus(plus(account.opening, day.authorised.amount), day.returned_paid.amount);
  const Cents less = plus(plus(day.reversed.amount, day.rejected.amount),
                          plus(day.reduced.amount, day.paid.amount));
  return minus(more, less) == account.closing;
}

std::string encode_day_range(const DayRange& range) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kDayFormat);
  out.integer(range.since);
  out.integer(range.until.value_or(0));
  return bytes;
}

std::optional<DayRange> decode_day_range(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kDayFormat) in.reject();
  DayRange range;
  range.since = in.integer<Sequence>();
  const auto until = in.integer<Sequence>();
  if (until > 0) range.until = until;
  if (!in.finished()) return std::nullopt;
  return range;
}

std::string encode_day_account(const DayAccount& account) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kDayFormat);
  out.integer(account.opening.value);
  for_each_tally(account.day, [&](const Tally& tally) {
    out.integer(tally.count);
    out.integer(tally.amount.value);
  });
  out.integer(account.closing.value);
  return bytes;
}

std::optional<DayAccount> decode_day_account(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kDayFormat) in.reject();
  DayAccount account;
  account.opening.value = in.integer<std::int64_t>();
  for_each_tally(account.day, [&](Tally& tally) {
    tally.count = in.integer<std::uint64_t>();
    tally.amount.value = in.integer<std::int64_t>();
  });
  account.closing.value = in.integer<std::int64_t>();
  if (!in.finished()) return std::nullopt;
  return account;
}

std::optional<Participant> accounted(const RowKey& key) {
  Reader in(as_bytes(key.view()));
  if (static_cast<KeyTag>(in.integer<char>()) != KeyTag::kPosting) in.reject();
  (void)in.text();  // The fund.
  const auto role = static_cast<Role>(in.integer<std::uint8_t>());
  const auto id = ParticipantId::make(in.text());
  if (!in.finished() || !id || role < Role::kProvider || role > Role::kDesk) return std::nullopt;
  return Participant{role, *id};
}

}  // namespace wasl::core

#pragma once
// A participant's business day with a fund, added up from its postings and bordereaux.
// docs/settlement.md "Reconciliation". Pure.

#include <optional>
#include <string>

#include "core/business_day.hpp"
#include "core/ledger.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// The records of a business day: behind `since`, up to `until`; nothing: the day goes on.
struct DayRange {
  Sequence since = 0;
  std::optional<Sequence> until;

  // On this day; on it or before.
  [[nodiscard]] bool holds(Sequence record) const { return record > since && begun(record); }
  [[nodiscard]] bool begun(Sequence record) const { return !until || record <= *until; }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// What a participant had at the end of a business day, under day_closing_key(). It follows from
// the rows up to the day's last record, and is kept so that later days need not read them again.
struct DayClosing {
  Cents owed;                    // To the participant.
  std::uint32_t bordereaux = 0;  // The number of the last one that was closed by then.

  friend bool operator==(const DayClosing&, const DayClosing&) = default;
};
// The set moved what is owed.
void add(const PostingSet& set, DayClosing& to);

class DayBooks {
 public:
  // `before`: of an earlier day, or nothing.
  explicit DayBooks(const DayRange& range, const DayClosing& before = {}) : range_(range) {
    account_.opening = account_.closing = before.owed;
  }

  // Every set of the participant behind `before`, up to the end of the day, by its record, and its
  // bordereaux behind it.
  void add(Sequence record, const PostingSet& set);
  void add(const Bordereau& bordereau);
  [[nodiscard]] const DayAccount& account() const { return account_; }

 private:
  DayRange range_;
  DayAccount account_;
};

[[nodiscard]] std::string encode_day_closing(const DayClosing& closing);
[[nodiscard]] std::optional<DayClosing> decode_day_closing(ByteView bytes);

// Opening and what was moved give the closing, which is added up on its own.
[[nodiscard]] bool in_balance(const DayAccount& account);

// The page of a scan of a business day: first, under business_day_index_key(), the day's range,
// unless the fund had no such day; then, under posting_prefix() of each participant, its account.
[[nodiscard]] std::string encode_day_range(const DayRange& range);
[[nodiscard]] std::optional<DayRange> decode_day_range(ByteView bytes);
[[nodiscard]] std::string encode_day_account(const DayAccount& account);
[[nodiscard]] std::optional<DayAccount> decode_day_account(ByteView bytes);
// Whose account stands under this key; nothing: it is no posting prefix.
[[nodiscard]] std::optional<Participant> accounted(const RowKey& key);

}  // namespace wasl::core

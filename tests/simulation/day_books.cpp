#include "simulation/day_books.hpp"

#include <map>
#include <utility>

#include "core/assert.hpp"
#include "core/index_rows.hpp"
#include "core/reconciliation.hpp"
#include "simulation/rows_read.hpp"

namespace wasl::test {
namespace {

using Days = std::vector<std::pair<core::RowKey, core::BusinessDayIndexRow>>;

// By date: the simulator has one fund.
Days days_of(const OrderedRows& rows) {
  Days days;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(core::KeyTag::kBusinessDayIndex)) continue;
    const auto row = core::decode_business_day_index_row(core::as_bytes(value));
    WASL_ASSERT(row.has_value());
    days.emplace_back(core::RowKey(key), *row);
  }
  return days;
}

// What a participant's postings and bordereaux are.
struct Moved {
  std::vector<std::pair<core::Sequence, core::PostingSet>> sets;
  std::vector<core::Bordereau> bordereaux;
};
using Participants = std::map<core::RowKey, Moved>;  // By their posting prefix.

Participants participants_of(const OrderedRows& rows) {
  Participants all;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(core::KeyTag::kPosting)) continue;
    const auto place = core::posting_place(core::RowKey(key));
    auto set = core::decode_postings(core::as_bytes(value));
    WASL_ASSERT(place && set);
    all[core::posting_prefix(place->fund, place->participant)].sets.emplace_back(place->sequence,
                                                                                 std::move(*set));
  }
  for (auto& each : rows_read<core::Bordereau>(rows, core::KeyTag::kBordereau)) {
    const core::RowKey of = core::posting_prefix(each.fund, each.provider);
    all[of].bordereaux.push_back(std::move(each));
  }
  return all;
}

core::DayAccount account(const Moved& moved, const core::DayRange& range) {
  core::DayBooks books(range);
  for (const auto& [record, set] : moved.sets) books.add(record, set);
  for (const core::Bordereau& each : moved.bordereaux) books.add(each);
  return books.account();
}

class BooksOfDays {
 public:
  explicit BooksOfDays(const OrderedRows& rows) : rows_(rows), days_(days_of(rows)) {}

  std::vector<std::string> faults(const Amounts& posted) {
    check_days();
    core::Cents owed;
    for (const auto& [key, moved] : participants_of(rows_)) owed += follow(moved);
    check_owed(owed, posted);
    return std::move(faults_);
  }

 private:
  void fault(const char* what) { faults_.emplace_back(what); }

  void check_days() {
    for (std::size_t i = 1; i < days_.size(); ++i) {
      const bool later = days_[i - 1].second.since < days_[i].second.since &&
                         days_[i - 1].second.at <= days_[i].second.at;
      if (!later) fault("a business day began before the one in front of it");
    }
    const auto current = rows_read<core::BusinessDay>(rows_, core::KeyTag::kBusinessDay);
    if (current.size() != (days_.empty() ? 0U : 1U)) return fault("a fund is in no business day");
    if (current.empty()) return;
    const core::BusinessDay& day = current.front();
    const bool last = core::business_day_index_key(day.fund, day.date) == days_.back().first &&
                      day.since == days_.back().second.since && day.at == days_.back().second.at;
    if (!last) fault("a fund is not in the business day that began last");
  }

  // From before the first day to the end of the last; what the participant is owed then.
  core::Cents follow(const Moved& moved) {
    core::DayAccount before;
    std::uint64_t presented = 0;
    for (std::size_t i = 0; i <= days_.size(); ++i) {
      core::DayRange range;
      if (i > 0) range.since = days_[i - 1].second.since;
      if (i < days_.size()) range.until = days_[i].second.since;
      const core::DayAccount day = account(moved, range);
      if (!core::in_balance(day)) fault("a participant's day is not in balance");
      if (day.opening != before.closing) fault("a day does not open with what the last one closed");
      presented += day.day.presented.count;
      before = day;
    }
    std::uint64_t claims = 0;
    for (const core::Bordereau& each : moved.bordereaux) claims += each.claims.size();
    if (claims != presented) fault("a presented claim is of no business day, or of two");
    return before.closing;
  }

  // All that is owed by the books is what the ledger holds for participants.
  void check_owed(core::Cents owed, const Amounts& posted) {
    std::int64_t held = 0;
    for (const auto& [ledger, amount] : posted) {
      const bool own =
          ledger == core::LedgerAccount::kBenefitsExpense || ledger == core::LedgerAccount::kBank;
      if (!own) held -= amount;
    }
    if (held != owed.value) fault("what the days end with is not what the ledger holds");
  }

  const OrderedRows& rows_;
  Days days_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> day_faults(const OrderedRows& rows, const Amounts& posted) {
  return BooksOfDays(rows).faults(posted);
}

std::size_t days_in(const OrderedRows& rows) { return days_of(rows).size(); }

}  // namespace wasl::test

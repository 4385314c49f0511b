#include "store/verify_business_days.hpp"

#include "core/index_rows.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

void BusinessDayCheck::take(const core::AdvanceBusinessDay& request, const core::Stamp& stamp) {
  ++days_;
  const auto [day, first] = current_.try_emplace(request.fund);
  if (!first && request.date <= day->second.date) {
    differences_.add("settlement",
                     at(stamp.sequence) + ": begins a business day that is not a later one");
  }
  day->second = {
      .fund = request.fund, .date = request.date, .since = stamp.sequence, .at = stamp.now};
  begun_[core::business_day_index_key(request.fund, request.date)] =
      core::encode_index_row(core::BusinessDayIndexRow{.since = stamp.sequence, .at = stamp.now});
}

core::Result<void> BusinessDayCheck::compare_rows(const Rocks& rows) {
  const auto check = [&](const core::RowKey&, const core::BusinessDay& row) -> core::Result<void> {
    const auto expected = current_.find(row.fund);
    if (expected == current_.end() || expected->second != row) {
      differences_.add("settlement", "the business day of a fund is not as its records left it");
    }
    if (expected != current_.end()) current_.erase(expected);
    return {};
  };
  auto checked = for_each_of<core::BusinessDay>(rows, core::KeyTag::kBusinessDay, check);
  if (!checked) return checked;
  if (!current_.empty()) {
    differences_.add("settlement",
                     "business days of funds without a row: " + std::to_string(current_.size()));
  }
  const auto check_begun = [&](const core::RowKey& key, std::string_view value) {
    return check_row(key, value);
  };
  auto begun = for_each_row(rows, core::KeyTag::kBusinessDayIndex, check_begun);
  if (!begun) return begun;
  if (!begun_.empty()) {
    differences_.add("settlement", "business days that began, and in no list of them: " +
                                       std::to_string(begun_.size()));
  }
  return {};
}

core::Result<void> BusinessDayCheck::check_row(const core::RowKey& key, std::string_view value) {
  const auto expected = begun_.find(key);
  if (expected == begun_.end() || expected->second != value) {
    differences_.add("settlement", "a list shows a business day that did not begin so");
  }
  if (expected != begun_.end()) begun_.erase(expected);
  return {};
}

}  // namespace wasl::store

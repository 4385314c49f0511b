#pragma once
// The business days of the funds, from the records that began them, and then against the rows: each
// is later than the one before, and the row of a fund's day and the list of its days say the same.
// A few rows a day, all in memory. One thread.

#include <map>
#include <string>
#include <string_view>

#include "core/business_day.hpp"
#include "core/codec.hpp"
#include "store/rocks.hpp"
#include "store/verify.hpp"

namespace wasl::store {

class BusinessDayCheck {
 public:
  // The differences outlive the check.
  explicit BusinessDayCheck(Differences& differences) : differences_(differences) {}

  // A day that was begun.
  void take(const core::AdvanceBusinessDay& request, const core::Stamp& stamp);
  [[nodiscard]] std::uint64_t begun() const { return days_; }
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  [[nodiscard]] core::Result<void> check_row(const core::RowKey& key, std::string_view value);

  Differences& differences_;
  std::map<core::FundCode, core::BusinessDay> current_;
  std::uint64_t days_ = 0;
  std::map<core::RowKey, std::string> begun_;  // Rows of the list that were not met yet.
};

}  // namespace wasl::store

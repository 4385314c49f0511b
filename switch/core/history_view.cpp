#include "core/history_view.hpp"

#include <algorithm>

#include "core/codec.hpp"

namespace wasl::core {
namespace {

constexpr std::int32_t kQuartersKept = 2;  // Beside the current one, at least.

// The earliest first act that a refund still admits today.
Day oldest_first_act(int months, Day today) {
  Day day = months_after(today, -months);
  while (months_after(day, months) < today) day += std::chrono::days{1};
  return day;
}

}  // namespace

bool HistoryBounds::keep(const HistoryLine& line) const {
  return quarter_of(line.service_date) >= quarter_from ||
         line.service_date + std::chrono::days{line.supply_days} >= service_from;
}

HistoryBounds history_bounds(const Rulebook& rulebook, Day today) {
  using std::chrono::days;
  Day oldest = today;
  days prescribed{0};  // How long before its service a prescription that is counted may be dated.
  for (const Parameters& period : rulebook.periods) {
    oldest = std::min(oldest, today - days{period.service_date_past_days_max});
    oldest = std::min(oldest, oldest_first_act(period.refund_months_max, today));
    if (!period.prescriptions_per_quarter) continue;
    prescribed = std::max(prescribed, days{period.prescription_days_max});
  }
  // Each prescription of the oldest claim's quarter is counted where its first line is.
  const Day counted = first_day_of_quarter(quarter_of(std::max(oldest, kDayMin))) - prescribed;
  const std::int32_t quarter =
      std::min(quarter_of(today) - kQuartersKept, quarter_of(std::max(counted, kDayMin)));
  return {.quarter_from = std::max(quarter, 0),
          .service_from = std::clamp(oldest, kDayMin, kDayMax)};
}

bool HistoryView::dispensed(const PrescriptionKey& prescription, const ProductCode& product,
                            std::optional<Day> service_date) const {
  bool found = false;
  for_each([&](const HistoryLine& line) {
    found = found || (line.product == product && line.prescription == prescription &&
                      (!service_date || line.service_date == *service_date));
  });
  return found;
}

std::optional<Day> HistoryView::supplied_until(const InnCode& inn, Day by) const {
  std::optional<Day> latest;
  for_each([&](const HistoryLine& line) {
    if (line.inn != inn || line.supply_days == 0 || line.service_date > by) return;
    const Day end = line.service_date + std::chrono::days{line.supply_days};
    latest = std::max(latest.value_or(end), end);
  });
  return latest;
}

std::optional<std::int32_t> HistoryView::counted_quarter(const PrescriptionKey& key) const {
  std::optional<Day> earliest;
  for_each([&](const HistoryLine& line) {
    if (!line.subject_to_limits || line.prescription != key) return;
    earliest = std::min(earliest.value_or(line.service_date), line.service_date);
  });
  if (!earliest) return std::nullopt;
  return quarter_of(*earliest);
}

std::uint32_t HistoryView::counted_in(std::int32_t quarter) const {
  std::uint32_t count = 0;
  std::vector<const PrescriptionKey*> seen;
  for_each([&](const HistoryLine& line) {
    if (!line.subject_to_limits || quarter_of(line.service_date) != quarter) return;
    const bool again = std::ranges::any_of(
        seen, [&](const PrescriptionKey* key) { return *key == line.prescription; });
    if (again) return;
    seen.push_back(&line.prescription);
    if (counted_quarter(line.prescription) == quarter) ++count;
  });
  return count;
}

Cents HistoryView::limited_amount(const PrescriptionKey& key) const {
  Cents sum;
  for_each([&](const HistoryLine& line) {
    if (line.subject_to_limits && line.prescription == key) sum += line.price;
  });
  return sum;
}

std::size_t HistoryView::kept_bytes() const {
  std::size_t bytes = encoded_bytes(History{});
  for_each([&](const HistoryLine& line) { bytes += encoded_bytes(line); });
  return bytes;
}

}  // namespace wasl::core

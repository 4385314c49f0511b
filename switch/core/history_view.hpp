#pragma once
// A beneficiary's history as a decision sees it: only the lines that its own `now` would keep, so
// that it makes no difference whether apply() has pruned the row yet. Pure; views the row.

#include <optional>

#include "core/decision.hpp"

namespace wasl::core {

// The oldest service date that any period of the rulebook still admits today sets `service_from`.
// `quarter_from` is the second quarter before today's, or an earlier one where the rulebook admits
// claims so old that prescriptions of their quarter may be counted before it.
[[nodiscard]] HistoryBounds history_bounds(const Rulebook& rulebook, Day today);

class HistoryView {
 public:
  // An absent row (nullptr) has no lines.
  HistoryView(const History* row, const HistoryBounds& bounds) : row_(row), bounds_(bounds) {}

  [[nodiscard]] const HistoryBounds& bounds() const { return bounds_; }
  // A line of this prescription and product; on this service date only, if one is given.
  [[nodiscard]] bool dispensed(const PrescriptionKey& prescription, const ProductCode& product,
                               std::optional<Day> service_date) const;
  // Latest end of supply among the dispensings of the INN dated on or before `by`. No days of
  // supply are not remembered.
  [[nodiscard]] std::optional<Day> supplied_until(const InnCode& inn, Day by) const;
  // The quarter of the earliest service date among the prescription's lines subject to limits.
  [[nodiscard]] std::optional<std::int32_t> counted_quarter(const PrescriptionKey& key) const;
  // How many prescriptions are counted in the quarter.
  [[nodiscard]] std::uint32_t counted_in(std::int32_t quarter) const;
  // Sum of the prices of the prescription's lines subject to limits.
  [[nodiscard]] Cents limited_amount(const PrescriptionKey& key) const;
  // Encoded size of a row of the kept lines only.
  [[nodiscard]] std::size_t kept_bytes() const;

 private:
  template <typename Use>
  void for_each(Use use) const {
    if (row_ == nullptr) return;
    for (const HistoryLine& line : row_->lines) {
      if (bounds_.keep(line)) use(line);
    }
  }

  const History* row_;
  HistoryBounds bounds_;
};

}  // namespace wasl::core

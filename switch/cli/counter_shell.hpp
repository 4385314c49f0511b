#pragma once
// The dialogue of a payment centre's clerk, line by line: the pending work, one bordereau, verdicts
// on its claims, what is paid less of accepted ones, a summary. Nothing is sent before the summary
// was confirmed. Without sockets and files: what it needs of the switch is a ReviewDesk.

#include <iosfwd>
#include <optional>
#include <vector>

#include "core/calendar.hpp"
#include "core/reason.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

class ReviewDesk {
 public:
  virtual ~ReviewDesk() = default;

  [[nodiscard]] virtual core::Day today() = 0;
  // The earliest deadline first.
  [[nodiscard]] virtual std::vector<v1::OpenReview> pending() = 0;
  // With its claims; nothing: there is none that the clerk's centre reviews, or the clerk was told
  // why it is not shown.
  [[nodiscard]] virtual std::optional<v1::Bordereau> find(const v1::ReviewBordereau& review) = 0;
  // Whether it was carried out. What became of it was told to the clerk.
  [[nodiscard]] virtual bool send(const v1::ReviewBordereau& review) = 0;
  [[nodiscard]] virtual bool send(const v1::ReduceClaim& reduction) = 0;
};

// Until `q` or the end of `in`.
void run_counter_shell(ReviewDesk& desk, core::Language language, std::istream& in,
                       std::ostream& out);

// Asks until the line is yes or no, or `in` ends, which is a no.
[[nodiscard]] bool agreed(const char* question, std::istream& in, std::ostream& out);

}  // namespace wasl::cli

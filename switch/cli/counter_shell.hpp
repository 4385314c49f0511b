#pragma once
// The dialogue of a payment centre's clerk, line by line: the pending work, one bordereau, verdicts
// on its claims, what is paid less of accepted ones, a summary. Nothing is sent before the summary
// was confirmed. Without sockets and files: what it needs of the switch is a ReviewDesk.

#include <cstdint>
#include <iosfwd>
#include <optional>

#include "cli/counter_view.hpp"
#include "core/calendar.hpp"
#include "core/reason.hpp"
#include "wasl/v1/bordereau.pb.h"

namespace wasl::cli {

enum class Sent : std::uint8_t {
  kDone,
  kDeclined,  // By the switch, as it stands by now.
  kNotDone,   // It was not asked, or refused to decide.
};

// A bordereau that was looked for.
struct Found {
  // With its claims; nothing: there is none that the clerk's centre reviews.
  std::optional<v1::Bordereau> bordereau{};
  bool is_refused = false;  // Whether there is one is not known, and the clerk was told why.
};

class ReviewDesk {
 public:
  virtual ~ReviewDesk() = default;

  [[nodiscard]] virtual core::Day today() = 0;
  [[nodiscard]] virtual PendingWork pending() = 0;
  [[nodiscard]] virtual Found find(const v1::ReviewBordereau& review) = 0;
  // What became of it was told to the clerk.
  [[nodiscard]] virtual Sent send(const v1::ReviewBordereau& review) = 0;
  [[nodiscard]] virtual Sent send(const v1::ReduceClaim& reduction) = 0;
};

// Until `q` or the end of `in`.
void run_counter_shell(ReviewDesk& desk, core::Language language, std::istream& in,
                       std::ostream& out);

}  // namespace wasl::cli

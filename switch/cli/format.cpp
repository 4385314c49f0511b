#include "cli/format.hpp"

#include "core/money.hpp"

namespace wasl::cli {

std::string amount_for_people(std::int64_t cents) {
  const std::string plain = core::to_text(core::Cents{cents});
  const std::size_t point = plain.size() - 3;
  std::string grouped;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const bool digit_before = at > 0 && plain[at - 1] != '-';
    if (at < point && (point - at) % 3 == 0 && digit_before) grouped += ',';
    grouped += plain[at];
  }
  return grouped;
}

}  // namespace wasl::cli

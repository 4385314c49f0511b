#include "cli/format.hpp"

#include <charconv>

#include "core/money.hpp"
#include "core/request.hpp"

namespace wasl::cli {
namespace {

// Centimes below 10^16: above what the switch takes of one claim, and far within 64 bits.
constexpr std::size_t kAmountDigitsMax = 16;
static_assert(core::kClaimAmountMax < core::Cents{10'000'000'000'000'000});

}  // namespace

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

core::Result<std::int64_t> parse_amount(std::string_view typed) {
  std::string whole(typed);
  if (whole.find('.') == std::string::npos) whole += ".00";
  std::string digits = whole;
  std::erase_if(digits, [](char c) { return c == ',' || c == '.'; });
  std::int64_t cents = 0;
  const char* const end = digits.data() + digits.size();
  const bool number = digits.size() <= kAmountDigitsMax &&
                      std::from_chars(digits.data(), end, cents).ptr == end && cents >= 0;
  // As it would be printed, or that without its separators: anything else may be a slip.
  if (number && (whole == amount_for_people(cents) || whole == core::to_text(core::Cents{cents}))) {
    return cents;
  }
  return core::fail(core::Errc::kMalformed, "an amount is written in dinars, 400 or 1,234.50");
}

}  // namespace wasl::cli

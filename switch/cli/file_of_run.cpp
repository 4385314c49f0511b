#include "cli/file_of_run.hpp"

#include <algorithm>
#include <charconv>

#include "core/bank_file.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kFileMark = "-F";

// 0 for what is no number. What stands behind it is not looked at.
template <typename Number>
Number leading_number(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<FileOfRun> file_named(const core::FundCode& fund,
                                    std::span<const v1::SettlementRun> runs,
                                    std::string_view message_id) {
  if (message_id.size() <= fund.view().size()) return std::nullopt;
  const std::string_view behind_fund = message_id.substr(fund.view().size() + 1);
  const std::size_t mark = behind_fund.find(kFileMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const auto id = leading_number<std::uint64_t>(behind_fund);
  const auto number = leading_number<std::uint32_t>(behind_fund.substr(mark + kFileMark.size()));
  if (core::bank_message_id(fund, id, number) != message_id) return std::nullopt;
  const auto run = std::ranges::find(runs, id, &v1::SettlementRun::run);
  if (run == runs.end() || run->state() != v1::RUN_EXPORTED || run->payouts_per_file() == 0) {
    return std::nullopt;
  }
  const auto range = core::payouts_of_file(number, run->payouts(), run->payouts_per_file());
  if (!range) return std::nullopt;
  return FileOfRun{.run = id, .number = number, .first = range->first, .last = range->last};
}

}  // namespace wasl::cli

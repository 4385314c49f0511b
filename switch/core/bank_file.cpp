#include "core/bank_file.hpp"

#include <algorithm>

namespace wasl::core {

std::uint32_t bank_files(std::uint32_t payouts, std::uint32_t per_file) {
  return payouts / per_file + (payouts % per_file == 0 ? 0 : 1);
}

std::optional<FilePayouts> payouts_of_file(std::uint32_t number, std::uint32_t payouts,
                                           std::uint32_t per_file) {
  if (number == 0 || number > bank_files(payouts, per_file)) return std::nullopt;
  const std::uint32_t before = (number - 1) * per_file;
  return FilePayouts{.first = before + 1, .last = before + std::min(per_file, payouts - before)};
}

std::string bank_message_id(const FundCode& fund, Sequence run, std::uint32_t file) {
  std::string id(fund.view());
  id.append("-").append(std::to_string(run)).append("-F").append(std::to_string(file));
  return id;
}

std::string bank_file_name(const FundCode& fund, Sequence run, std::uint32_t file) {
  return bank_message_id(fund, run, file) + ".xml";
}

}  // namespace wasl::core

#pragma once
// An exported run's file for its fund's bank, pain.001.001.09, made of the store's rows
// (docs/bank_files.md "A run's files"). Pure: the same run gives the same bytes for ever.

#include <string>
#include <string_view>

#include "core/bank_file.hpp"

namespace wasl::cli {

// Of all amounts that funds pay and banks tell.
inline constexpr std::string_view kBankCurrency = "DZD";

class CreditTransferFiles final : public core::BankFileMaker {
 public:
  [[nodiscard]] core::Result<core::BankFile> make(
      const core::SettlementRun& run, std::uint32_t number,
      std::span<const core::Payout> payouts) const override;
};

[[nodiscard]] core::Sha256 sha256_of(std::string_view bytes);

}  // namespace wasl::cli

#pragma once
// An exported run as the files that its fund's bank is given (docs/bank_files.md). Pure: the same
// run gives the same bytes for ever, whoever writes them and whenever.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "wasl/v1/settlement.pb.h"

namespace wasl::cli {

// Of all amounts that funds pay and banks tell.
inline constexpr std::string_view kBankCurrency = "DZD";

struct TransferFile {
  std::string name;  // "CNAS-48213-F1.xml"
  std::string bytes;
  core::Sha256 sha256{};
  std::uint32_t payouts = 0;
  core::Cents total;
};

// `transfers`: all of the run, in their order. kOutOfRange: the run is not exported, or a value of
// it is outside what the message admits; kMalformed: the transfers are not those of the run.
[[nodiscard]] core::Result<std::vector<TransferFile>> bank_files(
    const core::FundCode& fund, const v1::SettlementRun& run,
    std::span<const v1::Transfer> transfers);

// A file of a run, from 1, and the payouts that it holds: both ends included.
struct FileOfRun {
  std::uint64_t run = 0;
  std::uint32_t number = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// The message id that bank_files() gives a file: "CNAS-48213-F1".
[[nodiscard]] std::string message_id_of(const core::FundCode& fund, std::uint64_t run,
                                        std::uint32_t number);
// Nothing: none of the fund's exported runs has a file of this message id.
[[nodiscard]] std::optional<FileOfRun> file_named(const core::FundCode& fund,
                                                  std::span<const v1::SettlementRun> runs,
                                                  std::string_view message_id);

[[nodiscard]] core::Sha256 sha256_of(std::string_view bytes);

}  // namespace wasl::cli

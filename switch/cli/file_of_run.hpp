#pragma once
// Which file of which exported run a bank names. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/ids.hpp"
#include "wasl/v1/settlement.pb.h"

namespace wasl::cli {

// A file of a run, from 1, and the payouts that it holds: both ends included.
struct FileOfRun {
  std::uint64_t run = 0;
  std::uint32_t number = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// Nothing: none of the fund's exported runs has a file of this message id.
[[nodiscard]] std::optional<FileOfRun> file_named(const core::FundCode& fund,
                                                  std::span<const v1::SettlementRun> runs,
                                                  std::string_view message_id);

}  // namespace wasl::cli

#pragma once
// Reads the files that banks send, pain.002.001.10 and camt.054.001.08, whole or not at all. Pure:
// no file, no clock, nothing kept. Any thread.

#include <cstddef>
#include <string_view>
#include <variant>

#include "core/result.hpp"
#include "iso20022/notification.hpp"
#include "iso20022/reader.hpp"
#include "iso20022/status_report.hpp"

namespace wasl::iso20022 {

// The answer to our largest file, kPayoutsPerFileMax payouts of 1.6 KiB each.
inline constexpr std::size_t kFileBytesMax = 16 * 1024 * 1024;

using BankFile = std::variant<StatusReport, Notification>;

// Errors name line and element, and repeat no text of the file.
//   kMalformed    no XML in UTF-8, a DOCTYPE, not one of the messages, not as their schemas have
//   it,
//                 an end-to-end id twice, sums that do not fit, a status that contradicts another
//   kUnsupported  another version or message of ISO 20022, an unknown status, a movement that a
//                 payout never makes
//   kOutOfRange   another currency
//   kLimit        file_bytes_max, and the limits of document.hpp
[[nodiscard]] core::Result<BankFile> read_bank_file(std::string_view file, const Expected& expected,
                                                    std::size_t file_bytes_max = kFileBytesMax);

}  // namespace wasl::iso20022

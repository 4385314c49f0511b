#pragma once
// What `wasl settle` prints of the files that go to a fund's bank and come back from it. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/format.hpp"
#include "cli/settle_steps.hpp"
#include "core/bank_file.hpp"
#include "core/reason.hpp"
#include "wasl/v1/status_file.pb.h"

namespace wasl::cli {

// A run's files in a directory.
struct Exported {
  v1::SettlementRun run;
  bool was_before = false;  // All of it was exported before this command.
  std::vector<core::BankFile> files;
  std::vector<bool> written;  // One for each; else the same file was there.
};
[[nodiscard]] std::string exported(const Exported& what, Format format);

// What became of a file of the bank.
struct Imported {
  std::string path;
  StatusEntries statuses;
  SentStatusFile sent;  // Its file is 0 if there was nothing to send, or something wrong.
  // For which the switch declined it: another one that is open, or that came under its name.
  std::optional<v1::StatusFile> in_the_way{};
  std::string failed{};  // Why this client could not send it, or not to its end.

  [[nodiscard]] bool is_declined() const { return sent.declined != v1::REASON_NONE; }
  // It was not carried out.
  [[nodiscard]] bool is_wrong() const {
    return !statuses.wrong.empty() || sent.state == v1::STATUS_FILE_REFUSED || is_declined() ||
           !failed.empty();
  }
  [[nodiscard]] std::size_t wrong_count() const {
    return statuses.wrong.size() + static_cast<std::size_t>(sent.wrong.size());
  }
};
// For machines one object, or row for each remark, a file; `language`: of what is wrong. CSV is
// without its header line.
[[nodiscard]] std::string imported(const Imported& what, const core::FundCode& fund, Format format,
                                   core::Language language);
[[nodiscard]] std::string_view imported_header();
// "nothing of it was done"
[[nodiscard]] std::string_view outcome_of_wrong(const Imported& what);

// `language`: of the states.
[[nodiscard]] std::string status_files(std::span<const v1::StatusFile> rows, Format format,
                                       core::Language language);

}  // namespace wasl::cli

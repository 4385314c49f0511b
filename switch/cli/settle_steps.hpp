#pragma once
// What takes more than one request of a fund's operator: an export, a status file of the bank. Each
// goes on where another client, or one that was killed, has left it. Blocking as `submit` is.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/status_entries.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// An operator of a fund on a connection.
struct StepSender {
  core::Participant me;
  // Sends a changing request and gives what it was answered with, done or declined.
  std::function<core::Result<v1::AnswerBody>(v1::Envelope request)> submit;
};

// Until the run is exported: the payouts that these steps exported; 0: all were before. Errors:
// those of submit; kNotPermitted with the reason, if it was declined.
[[nodiscard]] core::Result<std::uint32_t> export_run(const StepSender& to, std::uint64_t run,
                                                     std::uint32_t payouts_per_file);

struct SentStatusFile {
  std::uint64_t file = 0;
  // STATUS_FILE_APPLIED, or STATUS_FILE_REFUSED: see `wrong`, nothing was done.
  v1::StatusFileState state = v1::STATUS_FILE_STATE_UNSPECIFIED;
  bool was_done = false;               // It was carried out before: nothing was sent now.
  std::vector<v1::WrongStatus> wrong;  // Every entry of the file that the switch found wrong.
  // Why the switch declined the file, or the step behind `state`; else REASON_NONE.
  v1::Reason declined = v1::REASON_NONE;
};

// Until the file, which has entries and nothing wrong, is carried out, refused or declined.
// `sha256`: of the bank's file. Errors: those of submit; kLimit above core::kFileEntriesMax
// entries.
[[nodiscard]] core::Result<SentStatusFile> send_status_file(const StepSender& to,
                                                            const StatusEntries& statuses,
                                                            const core::Sha256& sha256);

// A file that is whole to the switch is carried out to its end, whoever began it: until then no
// other one of the fund can be sent. Errors: those of export_run.
[[nodiscard]] core::Result<void> finish_status_file(const StepSender& to, std::uint64_t file);

}  // namespace wasl::cli

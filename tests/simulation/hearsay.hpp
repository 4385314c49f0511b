#pragma once
// What each side has heard of in answers, and so may ask about next.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulation/client_record.hpp"
#include "wasl/v1/settlement.pb.h"
#include "wasl/v1/status_file.pb.h"

namespace wasl::test {

// Third-party claims known to be approved, neither reversed nor presented; by claim.
[[nodiscard]] std::vector<core::ListedClaim> standing_claims(const ClientRecord& record);

// The centre's clerk: the bordereaux closed, and the claims that a review rejected.
struct Known {
  std::map<std::uint32_t, std::vector<core::ClaimId>> bordereaux;
  std::set<core::ClaimId> rejected;
};
[[nodiscard]] Known known_to_the_clerk(const ClientRecord& record);

// The fund's people: settlement runs, how they stood at the last step, and what they took.
struct KnownRun {
  v1::RunState state = v1::RUN_STATE_UNSPECIFIED;
  std::uint32_t payouts = 0;
  core::Cents total;
};
[[nodiscard]] std::map<core::Sequence, KnownRun> known_runs(const ClientRecord& record);

// The status files of their bank that were begun.
struct KnownFile {
  std::string message_id;
  v1::StatusFileState state = v1::STATUS_FILE_STATE_UNSPECIFIED;
  std::uint32_t parts = 0;     // Received.
  core::Sequence told_by = 0;  // The record that said so last.
};
[[nodiscard]] std::map<core::Sequence, KnownFile> known_files(const ClientRecord& record);

}  // namespace wasl::test

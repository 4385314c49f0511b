#include "cli/recovery_log.hpp"

namespace wasl::cli {

void log_findings(ops::Log& log, const journal::RecoveryReport& report) {
  for (const journal::CutWrite& cut : report.dropped) {
    log.warning("recovery.group_dropped",
                {{"file", cut.path},
                 {"offset", cut.start.offset},
                 {"bytes", cut.bytes},
                 {"why", "cut short by a crash before anybody was answered"}});
  }
  if (report.head_slot_damaged) {
    log.warning("recovery.head_slot_damaged",
                {{"file", journal::kHeadName}, {"why", "the other slot served; look at the disk"}});
  }
  if (report.journal_completed > 0) {
    log.warning("recovery.journal_completed",
                {{"groups", report.journal_completed}, {"from", "mirror"}});
  }
  if (report.mirror_completed > 0) {
    log.warning("recovery.mirror_completed",
                {{"groups", report.mirror_completed}, {"from", "journal"}});
  }
}

}  // namespace wasl::cli

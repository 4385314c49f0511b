#pragma once
// Status files of banks as the records alone opened, received and carried them out, and then
// against the rows: one of a fund at a time, judged whole before anything of it is done, and each
// entry carried out once. docs/settlement.md "What the bank says". One thread.

#include <optional>

#include "core/codec.hpp"
#include "core/result.hpp"
#include "store/expected_rows.hpp"
#include "store/rocks.hpp"
#include "store/verify.hpp"
#include "store/verify_payouts.hpp"

namespace wasl::store {

class StatusFileCheck {
 public:
  // All outlive the check.
  StatusFileCheck(ExpectedRows& expected, PayoutCheck& payouts, Differences& differences)
      : expected_(expected), payouts_(payouts), differences_(differences) {}

  // A request of these that was granted.
  [[nodiscard]] core::Result<void> take(const core::Command& command,
                                        const core::StatusFileDecision& decision,
                                        const core::Stamp& stamp);
  // `rows` are those at the end of the records taken.
  [[nodiscard]] core::Result<void> compare_rows(const Rocks& rows);

 private:
  // What one record is about.
  struct Step {
    const core::Command& command;
    const core::StatusFileDecision& decision;
    const core::Stamp& stamp;
  };
  [[nodiscard]] core::Result<void> open(const Step& step, const core::OpenStatusFile& request);
  // That the file found is the one of this name.
  [[nodiscard]] core::Result<void> find_again(const Step& step, const core::StatusFile* known,
                                              const core::OpenStatusFile& request);
  [[nodiscard]] core::Result<void> receive(const Step& step, const core::ReceiveStatuses& request);
  [[nodiscard]] core::Result<void> apply(const Step& step, const core::ApplyStatuses& request);
  [[nodiscard]] core::Result<void> drop(const Step& step, const core::DropStatusFile& request);

  // The file, in that state; nothing and a difference otherwise.
  [[nodiscard]] core::Result<std::optional<core::StatusFile>> file_in(const Step& step,
                                                                      core::Sequence id,
                                                                      core::StatusFileState state);
  [[nodiscard]] core::Result<core::StatusVerdict> verdict_on(const core::StatusFile& file,
                                                             const core::StatusEntry& entry);
  // Behind a step, in the state that it says; a file that is done leaves the fund's desk.
  [[nodiscard]] core::Result<void> put(const Step& step, core::StatusFile& file,
                                       core::StatusFileState state);
  void differs(const Step& step, const char* what);
  void name_missing(core::KeyTag tag, const char* what);

  ExpectedRows& expected_;
  PayoutCheck& payouts_;
  Differences& differences_;
};

}  // namespace wasl::store

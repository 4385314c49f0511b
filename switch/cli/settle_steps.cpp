#include "cli/settle_steps.hpp"

#include <algorithm>

#include "cli/terminal_request.hpp"
#include "core/status_file.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::Result;

std::unexpected<core::Error> declined(v1::Reason reason) {
  return core::fail(Errc::kNotPermitted, "the switch answered " + v1::Reason_Name(reason));
}

template <typename Message>
Result<v1::AnswerBody> send(const StepSender& to, const Message& what) {
  Result<v1::Envelope> request = run_request(what, to.me);
  if (!request) return std::unexpected(request.error());
  return to.submit(std::move(*request));
}

// A file on its way to the switch. Each step begins with the state that the step before left.
class Delivery {
 public:
  Delivery(const StepSender& to, const StatusEntries& statuses, const core::Sha256& sha256)
      : to_(to), statuses_(statuses) {
    open_.set_message_id(statuses.message_id);
    open_.set_sha256(sha256.data(), sha256.size());
    open_.set_entries(static_cast<std::uint32_t>(statuses.entries.size()));
  }

  Result<SentStatusFile> deliver() {
    Result<void> done = open();
    if (done && sent_.state == v1::STATUS_FILE_APPLIED) sent_.was_done = true;
    while (done && !is_over()) done = next();
    if (!done) return std::unexpected(done.error());
    return sent_;
  }

 private:
  // A file that was refused and whose beginning another client sent, before this one, is sent once
  // more from its beginning: only so all that is wrong in it can be told.
  [[nodiscard]] bool is_over() const {
    if (is_declined()) return true;
    if (sent_.state == v1::STATUS_FILE_REFUSED) return !resumed_;
    return sent_.state == v1::STATUS_FILE_APPLIED;
  }

  [[nodiscard]] bool is_declined() const { return sent_.declined != v1::REASON_NONE; }

  Result<void> next() {
    switch (sent_.state) {
      case v1::STATUS_FILE_RECEIVING:
        return send_part();
      case v1::STATUS_FILE_APPLYING:
        return apply();
      default:
        return open();
    }
  }

  Result<void> open() {
    const Result<v1::AnswerBody> body = send(to_, open_);
    if (!body) return std::unexpected(body.error());
    const v1::StatusFileAnswer& answer = body->status_file();
    sent_.declined = answer.reason();
    if (is_declined()) return {};
    sent_.file = answer.file();
    sent_.state = answer.state();
    sent_.wrong.clear();
    parts_ = answer.parts();
    resumed_ = parts_ > 0;
    return check_parts();
  }

  // Of a file that is whole to the switch there is no part to send.
  [[nodiscard]] Result<void> check_parts() const {
    if (sent_.state != v1::STATUS_FILE_RECEIVING || first_entry() < statuses_.entries.size()) {
      return {};
    }
    return core::fail(Errc::kMalformed, "the switch waits for more entries than the file has");
  }

  [[nodiscard]] std::size_t first_entry() const { return parts_ * core::kPartEntriesMax; }

  Result<void> send_part() {
    v1::ReceiveStatuses part;
    part.set_file(sent_.file);
    part.set_part(parts_ + 1);
    const auto entries = std::span(statuses_.entries).subspan(first_entry());
    for (const v1::StatusEntry& each :
         entries.first(std::min(core::kPartEntriesMax, entries.size()))) {
      *part.add_entries() = each;
    }
    const Result<v1::AnswerBody> body = send(to_, part);
    if (!body) return std::unexpected(body.error());
    if (is_overtaken(body->status_file())) return open();
    take(body->status_file());
    if (is_declined()) return {};
    ++parts_;
    return check_parts();
  }

  Result<void> apply() {
    v1::ApplyStatuses step;
    step.set_file(sent_.file);
    const Result<v1::AnswerBody> body = send(to_, step);
    if (!body) return std::unexpected(body.error());
    if (is_overtaken(body->status_file())) return open();
    take(body->status_file());
    return {};
  }

  // Another client sent the same part, or did the last step.
  static bool is_overtaken(const v1::StatusFileAnswer& answer) {
    return answer.reason() == v1::STATUS_FILE_NOT_IN_THIS_STATE;
  }

  void take(const v1::StatusFileAnswer& answer) {
    sent_.declined = answer.reason();
    if (is_declined()) return;
    sent_.state = answer.state();
    sent_.wrong.insert(sent_.wrong.end(), answer.wrong().begin(), answer.wrong().end());
  }

  const StepSender& to_;
  const StatusEntries& statuses_;
  v1::OpenStatusFile open_;
  SentStatusFile sent_;
  std::uint32_t parts_ = 0;  // Received by the switch,
  bool resumed_ = false;     // some of them before this client came.
};

}  // namespace

Result<std::uint32_t> export_run(const StepSender& to, std::uint64_t run,
                                 std::uint32_t payouts_per_file) {
  v1::ExportRun step;
  step.set_run(run);
  step.set_payouts_per_file(payouts_per_file);
  std::uint32_t payouts = 0;
  for (;;) {
    const Result<v1::AnswerBody> body = send(to, step);
    if (!body) return std::unexpected(body.error());
    const v1::RunAnswer& answer = body->run();
    if (answer.reason() != v1::REASON_NONE) return declined(answer.reason());
    payouts += answer.payouts();
    if (answer.state() != v1::RUN_EXPORTING) return payouts;
  }
}

Result<SentStatusFile> send_status_file(const StepSender& to, const StatusEntries& statuses,
                                        const core::Sha256& sha256) {
  if (statuses.entries.size() > core::kFileEntriesMax) {
    return core::fail(Errc::kLimit, "the file names " + std::to_string(statuses.entries.size()) +
                                        " payouts, more than " +
                                        std::to_string(core::kFileEntriesMax) +
                                        "; ask the bank for smaller files");
  }
  return Delivery(to, statuses, sha256).deliver();
}

Result<void> finish_status_file(const StepSender& to, std::uint64_t file) {
  v1::ApplyStatuses step;
  step.set_file(file);
  for (;;) {
    const Result<v1::AnswerBody> body = send(to, step);
    if (!body) return std::unexpected(body.error());
    const v1::StatusFileAnswer& answer = body->status_file();
    // Another client did the last step.
    if (answer.reason() == v1::STATUS_FILE_NOT_IN_THIS_STATE) return {};
    if (answer.reason() != v1::REASON_NONE) return declined(answer.reason());
    if (answer.state() == v1::STATUS_FILE_APPLIED) return {};
  }
}

}  // namespace wasl::cli

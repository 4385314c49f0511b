#include "engine/inbox.hpp"

#include <iterator>
#include <utility>

namespace wasl::engine {
namespace {

bool ends_a_doubt(const Submission& submission) {
  const core::Deed deed = core::deed_of(submission.command.request);
  return deed == core::Deed::kReverseClaim || deed == core::Deed::kGetClaim;
}

}  // namespace

void Inbox::submit(std::vector<Submission>& submissions) {
  std::size_t refused = 0;
  {
    const core::MutexLock lock(mutex_);
    for (Submission& submission : submissions) {
      if (take_in(submission)) continue;
      if (&submissions[refused] != &submission) submissions[refused] = std::move(submission);
      ++refused;
    }
  }
  if (refused < submissions.size()) arrived_.notify_one();
  submissions.resize(refused);
}

bool Inbox::take_in(Submission& submission) {
  const std::size_t bound =
      ends_a_doubt(submission) ? commands_max_ : commands_max_ - commands_max_ / 4;
  if (mail_.commands.size() >= bound) return false;
  mail_.commands.push_back(std::move(submission));
  return true;
}

void Inbox::loaded(std::vector<core::LoadedRow> rows) {
  {
    const core::MutexLock lock(mutex_);
    if (mail_.loaded.empty()) {
      mail_.loaded = std::move(rows);
    } else {
      std::move(rows.begin(), rows.end(), std::back_inserter(mail_.loaded));
    }
  }
  arrived_.notify_one();
}

void Inbox::committed(core::Committed commit) {
  {
    const core::MutexLock lock(mutex_);
    mail_.committed = std::move(commit);
  }
  arrived_.notify_one();
}

void Inbox::applied(core::Sequence up_to) {
  {
    const core::MutexLock lock(mutex_);
    mail_.applied = up_to;
  }
  arrived_.notify_one();
}

void Inbox::scanned(core::Scanned scan) {
  {
    const core::MutexLock lock(mutex_);
    mail_.scanned.push_back(std::move(scan));
  }
  arrived_.notify_one();
}

void Inbox::failed(core::Error error) {
  {
    const core::MutexLock lock(mutex_);
    mail_.failed = std::move(error);
  }
  arrived_.notify_one();
}

void Inbox::stop() {
  {
    const core::MutexLock lock(mutex_);
    mail_.stop = true;
  }
  arrived_.notify_one();
}

Mail Inbox::take(std::chrono::milliseconds wait) {
  const MonotonicTime deadline = std::chrono::steady_clock::now() + wait;
  core::MutexLock lock(mutex_);
  while (mail_.empty() && lock.wait_until(arrived_, deadline)) {
  }
  return std::exchange(mail_, {});
}

std::size_t Inbox::depth() const {
  const core::MutexLock lock(mutex_);
  return mail_.commands.size();
}

}  // namespace wasl::engine

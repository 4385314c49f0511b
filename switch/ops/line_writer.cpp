#include "ops/line_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <string_view>
#include <thread>
#include <utility>

#include "core/mutex.hpp"

namespace wasl::ops {
namespace {

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (count < 0 && errno == EAGAIN) {
      // Another process that shares the description may have made it non-blocking.
      pollfd writable{.fd = descriptor, .events = POLLOUT, .revents = 0};
      static_cast<void>(::poll(&writable, 1, -1));
    } else if (count == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

class LineWriter::Queue {
 public:
  Queue(int descriptor, Notice notice)
      : descriptor_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), notice_(std::move(notice)) {}
  ~Queue() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  void put(std::string line) {
    {
      const core::MutexLock lock(mutex_);
      if (unsaid_ > 0 && half_empty()) {
        const std::uint64_t lines = std::exchange(unsaid_, 0);
        push({.text = notice_(lines), .says = lines});
      }
      // Whoever waits for half of the room is told of once, not line by line.
      if (unsaid_ > 0 || lines_.size() >= kLinesMax || bytes_ + line.size() > kBytesMax) {
        ++unsaid_;
        ++left_out_;
        return;
      }
      push({.text = std::move(line), .says = 0});
    }
    changed_.notify_all();
  }

  // On the thread, until stop() and nothing is left.
  void write() {
    Line line;
    while (take(line)) {
      if (!write_all(descriptor_, line.text)) fail(line);
    }
  }

  void stop() {
    {
      const core::MutexLock lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
  }

  bool flush() {
    const auto deadline = std::chrono::steady_clock::now() + kFlushMax;
    core::MutexLock lock(mutex_);
    while (writing_ || !lines_.empty()) {
      if (!lock.wait_until(changed_, deadline)) return !writing_ && lines_.empty();
    }
    return true;
  }

  std::uint64_t left_out() const {
    const core::MutexLock lock(mutex_);
    return left_out_;
  }

 private:
  struct Line {
    std::string text;
    std::uint64_t says = 0;  // How many were left out, if this is the notice of it.
  };

  [[nodiscard]] bool half_empty() const WASL_REQUIRES(mutex_) {
    return lines_.size() < kLinesMax / 2 && bytes_ < kBytesMax / 2;
  }

  void push(Line line) WASL_REQUIRES(mutex_) {
    bytes_ += line.text.size();
    lines_.push_back(std::move(line));
  }

  // Says that the line before is done, and waits for the next.
  bool take(Line& line) {
    core::MutexLock lock(mutex_);
    writing_ = false;
    changed_.notify_all();
    while (lines_.empty() && !stopping_) lock.wait(changed_);
    if (lines_.empty()) return false;
    line = std::move(lines_.front());
    lines_.pop_front();
    bytes_ -= line.text.size();
    writing_ = true;
    return true;
  }

  void fail(const Line& line) {
    const core::MutexLock lock(mutex_);
    unsaid_ += line.says > 0 ? line.says : 1;
    left_out_ += line.says > 0 ? 0 : 1;
  }

  const int descriptor_;
  const Notice notice_;
  mutable core::Mutex mutex_;  // Never held while a line is written.
  std::condition_variable changed_;
  std::deque<Line> lines_ WASL_GUARDED_BY(mutex_);
  std::size_t bytes_ WASL_GUARDED_BY(mutex_) = 0;
  std::uint64_t unsaid_ WASL_GUARDED_BY(mutex_) = 0;  // Left out, and no notice of it queued.
  std::uint64_t left_out_ WASL_GUARDED_BY(mutex_) = 0;
  bool writing_ WASL_GUARDED_BY(mutex_) = false;
  bool stopping_ WASL_GUARDED_BY(mutex_) = false;
};

LineWriter::LineWriter(int descriptor, Notice notice)
    : queue_(std::make_shared<Queue>(descriptor, std::move(notice))) {
  // Detached, as a write may last longer than the process cares to wait.
  std::thread([queue = queue_] {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // A reader that has gone is a failed write.
    queue->write();
  }).detach();
}

LineWriter::~LineWriter() {
  static_cast<void>(queue_->flush());
  queue_->stop();
}

void LineWriter::put(std::string line) { queue_->put(std::move(line)); }

bool LineWriter::flush() { return queue_->flush(); }

std::uint64_t LineWriter::left_out() const { return queue_->left_out(); }

}  // namespace wasl::ops

#include "cli/process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

namespace wasl::cli {
namespace {

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGUSR2}) sigaddset(&set, number);
  return set;
}

}  // namespace

void prepare_process() {
  int null = 0;
  do {
    null = ::open("/dev/null", O_RDWR);  // The lowest number that is free.
  } while (null >= 0 && null <= STDERR_FILENO);
  if (null > STDERR_FILENO) ::close(null);
  std::signal(SIGXFSZ, SIG_IGN);
}

core::Result<void> raise_descriptors(std::uint64_t wanted, std::string_view fewer) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return core::fail(core::Errc::kIo,
                      std::string("cannot read the descriptor limit: ") + std::strerror(errno));
  }
  if (limit.rlim_cur >= wanted) return {};
  const rlimit raised{wanted, std::max<rlim_t>(limit.rlim_max, wanted)};
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return {};
  return core::fail(core::Errc::kLimit,
                    std::to_string(wanted) + " open descriptors are needed and " +
                        std::to_string(limit.rlim_max) +
                        " are allowed: raise LimitNOFILE (or ulimit -Hn " + std::to_string(wanted) +
                        " as root), or lower " + std::string(fewer));
}

Signals::Signals() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // A peer or a reader of the log that has gone ends nothing.
}

std::optional<Signal> Signals::next(std::chrono::milliseconds wait) {
  const sigset_t set = watched();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
  const timespec bound{seconds.count(), std::chrono::nanoseconds(wait - seconds).count()};
  switch (sigtimedwait(&set, nullptr, &bound)) {
    case SIGTERM:
    case SIGINT:
      return Signal::kStop;
    case SIGHUP:
      return Signal::kReload;
    case SIGUSR2:
      return Signal::kConfirmClock;
    default:
      return std::nullopt;
  }
}

}  // namespace wasl::cli

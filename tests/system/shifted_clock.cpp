// Preloaded into tests: the wall clock of a process runs WASL_CLOCK_SHIFT_SECONDS ahead (behind, if
// negative), so that a test can live on any day. The monotonic clock is left alone. Deadlines by
// the wall clock are given to the kernel as the real clock's.

#include <dlfcn.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace {

// A monotonic clock stands below it, a wall clock above: thirty years of uptime.
constexpr time_t kWallClockSecondsMin = 1'000'000'000;

time_t shift_seconds() {
  static const time_t shift = [] {
    const char* text = std::getenv("WASL_CLOCK_SHIFT_SECONDS");
    return text == nullptr ? 0L : std::atol(text);
  }();
  return shift;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) {
  const long failed = syscall(SYS_clock_gettime, clock, now);
  const bool wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (failed == 0 && wall) now->tv_sec += shift_seconds();
  return static_cast<int>(failed);
}

time_t time(time_t* seconds) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds != nullptr) *seconds = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(timeval* now, void* /*zone*/) {
  timespec precise{};
  clock_gettime(CLOCK_REALTIME, &precise);
  *now = {.tv_sec = precise.tv_sec, .tv_usec = precise.tv_nsec / 1000};
  return 0;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* deadline) {
  using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, const timespec*);
  static const auto wait = reinterpret_cast<Wait>(dlsym(RTLD_NEXT, "pthread_cond_timedwait"));
  timespec real = *deadline;
  if (real.tv_sec >= kWallClockSecondsMin) real.tv_sec -= shift_seconds();
  return wait(condition, mutex, &real);
}

}  // extern "C"

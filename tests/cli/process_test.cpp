#include "cli/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

[[noreturn]] void exit_if(bool as_meant) { ::_exit(as_meant ? 0 : 1); }

TEST(ProcessDeathTest, FilesNeverTakeThePlaceOfClosedStandardStreams) {
  const auto opens_a_file = [] {
    for (const int stream : {0, 1, 2}) ::close(stream);
    prepare_process();
    exit_if(::open("/dev/zero", O_RDONLY) > STDERR_FILENO && ::write(STDERR_FILENO, "a", 1) == 1);
  };
  EXPECT_EXIT(opens_a_file(), testing::ExitedWithCode(0), "");
}

TEST(ProcessDeathTest, AFileAtItsLimitIsAFailedWrite) {
  const test::TemporaryDirectory place;
  const auto writes_too_much = [&place] {
    prepare_process();
    const rlimit small{.rlim_cur = 4, .rlim_max = 4};
    const int file = ::open((place.path() + "/f").c_str(), O_WRONLY | O_CREAT, 0600);
    constexpr std::array<char, 8> kBytes{};
    const bool cut =
        ::setrlimit(RLIMIT_FSIZE, &small) == 0 && ::write(file, kBytes.data(), kBytes.size()) == 4;
    exit_if(cut && ::write(file, kBytes.data(), kBytes.size()) < 0 && errno == EFBIG);
  };
  EXPECT_EXIT(writes_too_much(), testing::ExitedWithCode(0), "");
}

TEST(ProcessDeathTest, SignalsThatComeWhileItEndsDoNotChangeItsExitCode) {
  const auto ends = [] {
    {
      Signals signals;
      std::raise(SIGTERM);
      std::raise(SIGINT);
      std::raise(SIGHUP);
      if (!signals.next(std::chrono::milliseconds{0})) exit_if(false);
    }
    std::raise(SIGTERM);
    std::exit(0);
  };
  EXPECT_EXIT(ends(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace wasl::cli

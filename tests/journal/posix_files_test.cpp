#include "journal/posix_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/journal.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::journal {
namespace {

using core::Errc;
using core::OpenMode;
using test::TemporaryDirectory;

TEST(PosixFiles, ReadWhatTheyWrote) {
  const TemporaryDirectory place;
  const auto directory = open_directory(place.path());
  ASSERT_TRUE(directory) << describe(directory.error());
  const auto file = (*directory)->open("f", OpenMode::kCreate);
  ASSERT_TRUE(file) << describe(file.error());
  ASSERT_TRUE((*file)->write_at(3, core::as_bytes("abc")));
  ASSERT_TRUE((*file)->sync());
  ASSERT_TRUE((*directory)->sync());
  EXPECT_EQ(*(*file)->size(), 6);
  std::array<std::uint8_t, 10> bytes{};
  EXPECT_EQ(*(*file)->read_at(0, bytes), 6);
  EXPECT_EQ(core::as_text(core::ByteView(bytes).first(6)), std::string_view("\0\0\0abc", 6));
  EXPECT_EQ(*(*file)->read_at(6, bytes), 0);
  EXPECT_GT(*(*directory)->free_bytes(), 0);
}

TEST(PosixFiles, ListRenameAndRemoveNames) {
  const TemporaryDirectory place;
  const auto directory = open_directory(place.path());
  ASSERT_TRUE(directory);
  ASSERT_TRUE((*directory)->open("b", OpenMode::kCreate));
  ASSERT_TRUE((*directory)->open("a", OpenMode::kCreate));
  EXPECT_EQ(*(*directory)->list(), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE((*directory)->rename("a", "c"));
  EXPECT_EQ(*(*directory)->list(), (std::vector<std::string>{"b", "c"}));
  ASSERT_TRUE((*directory)->remove("b"));
  EXPECT_EQ(*(*directory)->list(), (std::vector<std::string>{"c"}));
}

TEST(PosixFiles, NameWhatFailed) {
  const TemporaryDirectory place;
  const auto absent = open_directory(place.path() + "/absent");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, Errc::kNotFound);
  const auto directory = open_directory(place.path());
  ASSERT_TRUE(directory);
  const auto file = (*directory)->open("f", OpenMode::kRead);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Errc::kNotFound);
  EXPECT_EQ(file.error().context, place.path() + "/f: open: No such file or directory");
  ASSERT_TRUE((*directory)->open("f", OpenMode::kCreate));
  EXPECT_EQ((*directory)->open("f", OpenMode::kCreate).error().code, Errc::kExists);
  EXPECT_EQ((*directory)->remove("g").error().code, Errc::kNotFound);
}

TEST(PosixFiles, ALockKeepsOthersOutUntilItGoes) {
  const TemporaryDirectory place;
  {
    const auto lock = DirectoryLock::take(place.path());
    ASSERT_TRUE(lock) << describe(lock.error());
    const auto second = DirectoryLock::take(place.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::kExists);
  }
  EXPECT_TRUE(DirectoryLock::take(place.path()));
}

TEST(PosixFiles, ALockGoesWithItsProcess) {
  const TemporaryDirectory place;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = DirectoryLock::take(place.path());
    ::_exit(lock ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(DirectoryLock::take(place.path()));
}

TEST(PosixFiles, ALockHoldsAfterItsFileIsRemoved) {
  const TemporaryDirectory place;
  const auto lock = DirectoryLock::take(place.path());
  ASSERT_TRUE(lock);
  ASSERT_EQ(::unlink((place.path() + "/LOCK").c_str()), 0);
  const auto second = DirectoryLock::take(place.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kExists);
  EXPECT_FALSE(DirectoryLock::take_for_reading(place.path()));
}

// Whether `check` holds in a process that may not write there; root may write everywhere.
template <typename Check>
bool holds_for_who_only_reads(const TemporaryDirectory& place, const Check& check) {
  constexpr uid_t kNobody = 65'534;
  EXPECT_EQ(::chmod(place.path().c_str(), 0555), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool changed = ::geteuid() != 0 || ::setuid(kNobody) == 0;
    ::_exit(changed && check() ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status == 0;
}

TEST(PosixFiles, AReaderNeedsNoLockWhereItMayNotMakeOne) {
  const TemporaryDirectory place;
  EXPECT_TRUE(holds_for_who_only_reads(place, [&] {
    return !DirectoryLock::take(place.path()) && DirectoryLock::take_for_reading(place.path());
  }));
  EXPECT_FALSE(DirectoryLock::take_for_reading(place.path() + "/absent"));
}

TEST(PosixFiles, AReaderIsKeptOutByALockItMayOnlyRead) {
  const TemporaryDirectory place;
  const auto lock = DirectoryLock::take(place.path());
  ASSERT_TRUE(lock);
  ASSERT_EQ(::chmod((place.path() + "/LOCK").c_str(), 0644), 0);
  EXPECT_TRUE(holds_for_who_only_reads(place, [&] {
    const auto second = DirectoryLock::take_for_reading(place.path());
    return !second && second.error().code == Errc::kExists;
  }));
}

TEST(PosixFiles, CarryAJournalOverItsReopening) {
  const TemporaryDirectory place;
  const auto directory = open_directory(place.path());
  ASSERT_TRUE(directory);
  const Places places{**directory, **directory};
  const Options options{.segment_bytes = 64 * 1024};
  ASSERT_TRUE(Journal::create(places, DataId{}, options));
  for (std::uint64_t life = 0; life < 5; ++life) {
    auto opened = Journal::open(places, options, std::nullopt);
    ASSERT_TRUE(opened) << describe(opened.error());
    EXPECT_EQ(opened->journal.last().sequence, life * 40);
    for (int i = 0; i < 20; ++i) {
      const std::string payload(1000, 'x');
      const std::vector<core::ByteView> payloads(2, core::as_bytes(payload));
      ASSERT_TRUE(opened->journal.append_group(opened->journal.last_now_ms() + 1, payloads));
      ASSERT_TRUE(opened->journal.prepare_slice());
    }
  }
}

}  // namespace
}  // namespace wasl::journal

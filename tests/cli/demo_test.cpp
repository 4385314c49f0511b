// What `wasl demo` can be asked for, and the object it prints. The demonstration itself is a gate.

#include "cli/demo.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <set>
#include <sstream>

#include "cli/demo_command.hpp"
#include "cli/demo_stage.hpp"
#include "cli/process.hpp"
#include "cli/server_process.hpp"
#include "cli/typed_command.hpp"
#include "core/rib.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {
namespace {

std::set<std::string> keys_of(const boost::json::object& object) {
  std::set<std::string> keys;
  for (const auto& each : object) keys.emplace(each.key());
  return keys;
}

struct Wrong {
  std::vector<std::string> words;
  std::string said;
};

TEST(DemoCommand, SaysInOneLineWhatToGiveInstead) {
  const Wrong all[] = {
      {{"--rate", "0"}, "--rate 0: give a number from 1 to 100000"},
      {{"--rate", "-5"}, "--rate -5: give a number from 1 to 100000"},
      {{"--rate", "nan"}, "--rate nan: give a number from 1 to 100000"},
      {{"--rate", "1000000"}, "--rate 1000000: give a number from 1 to 100000"},
      {{"--duration", "0"}, "--duration 0: give a number from 2 to 86400"},
      {{"--duration", "1"}, "--duration 1: give a number from 2 to 86400"},
      {{"--duration", "86401"}, "--duration 86401: give a number from 2 to 86400"},
      {{"--duration", "86400"}, "at most 10000000 requests are remembered"},
      {{"--pharmacies", "0"}, "--pharmacies 0: give a number from 1 to 20000"},
      {{"--pharmacies", "-1"}, "--pharmacies -1: give a number from 1 to 20000"},
      {{"--centres", "5001"}, "--centres 5001: give a number from 1 to 5000"},
      {{"--cards", "99"}, "--cards 99: give a number from 100 to 10000000"},
      {{"--scale", "world"}, "--scale world: give small or national"},
      {{"--scale", "national", "--centres", "0"}, "--centres 0: give a number from 1 to 5000"},
  };
  for (const Wrong& each : all) {
    std::vector<std::string> words{"demo"};
    words.insert(words.end(), each.words.begin(), each.words.end());
    const test::Typed typed = test::type(add_demo_command, words);
    EXPECT_EQ(typed.exit_code, 1) << each.said;
    EXPECT_NE(typed.err.find(each.said), std::string::npos) << typed.err;
    EXPECT_EQ(std::ranges::count(typed.err, '\n'), 1) << typed.err;
    EXPECT_EQ(typed.out, "");
  }
}

TEST(DemoCommand, RefusesADirectoryThatIsNotEmpty) {
  const test::Typed typed = test::type(add_demo_command, {"demo", "--keep", "/proc"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("/proc is not empty"), std::string::npos) << typed.err;
}

// The switch is started from its own directory.
TEST(DemoDirectory, IsTheSameFromEverywhere) {
  const test::TemporaryDirectory parent;
  const std::string kept = parent.path() + "/kept";
  const core::Result<DemoDirectory> directory =
      DemoDirectory::make(std::filesystem::relative(kept).string());
  ASSERT_TRUE(directory);
  EXPECT_TRUE(directory->path().starts_with("/")) << directory->path();
  EXPECT_TRUE(std::filesystem::equivalent(directory->path(), kept));
}

TEST(DemoOptions, HaveTheSizeOfTheRealNetworkAtNationalScale) {
  const core::Result<DemoOptions> national = demo_of_scale("national");
  ASSERT_TRUE(national);
  EXPECT_EQ(national->pharmacies, 12'000U);
  EXPECT_EQ(national->centres, 830U);
  EXPECT_EQ(national->terminals(), 12'830U);
  EXPECT_TRUE(national->whole_sample);
}

TEST(DemoOptions, KeepTheirOwnNumbers) {
  for (const char* scale : {"small", "national"}) {
    core::Result<DemoOptions> options = demo_of_scale(scale);
    ASSERT_TRUE(options);
    const DemoOptions before = *options;
    ASSERT_TRUE(take_numbers(numbers_of(before), *options));
    EXPECT_EQ(options->duration_seconds, before.duration_seconds);
    EXPECT_EQ(options->requests_per_second, before.requests_per_second);
    EXPECT_EQ(options->cards, before.cards);
    EXPECT_EQ(options->terminals(), before.terminals());
  }
}

TEST(Descriptors, AreRefusedWithTheWayOut) {
  const core::Result<void> raised = raise_descriptors(std::uint64_t{1} << 40, "--pharmacies");
  ASSERT_FALSE(raised);
  EXPECT_EQ(raised.error().code, core::Errc::kLimit);
  EXPECT_NE(raised.error().context.find("ulimit -Hn"), std::string::npos);
  EXPECT_NE(raised.error().context.find("or lower --pharmacies"), std::string::npos);
}

TEST(ServerProcess, InheritsNoneOfOurConnections) {
  const test::TemporaryDirectory directory;
  const int connection = ::dup2(STDOUT_FILENO, 200);  // As Asio's sockets: not closed by an exec.
  ASSERT_EQ(connection, 200);
  EXPECT_TRUE(run_to_end("/bin/sh", {"-c", "test -e /proc/self/fd/1"}, directory.path() + "/log"));
  EXPECT_TRUE(
      run_to_end("/bin/sh", {"-c", "test ! -e /proc/self/fd/200"}, directory.path() + "/log"));
  ::close(connection);
}

TEST(ServerProcess, SaysWhatAChildThatFailedSaidLast) {
  const test::TemporaryDirectory directory;
  const core::Result<void> failed = run_to_end(
      "/bin/sh", {"-c", "echo first; echo 'the last word' >&2; exit 3"}, directory.path() + "/log");
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().context.find("ended with exit code 3: the last word"), std::string::npos)
      << failed.error().context;
}

TEST(DemoReport, PrintsTheDocumentedKeysAndNoOthers) {
  DemoReport report;
  report.totals.declined["CARD_OPPOSED"] = 1;
  const boost::json::object object = boost::json::parse(report_json(report)).as_object();
  EXPECT_EQ(
      keys_of(object),
      (std::set<std::string>{"claims", "approved", "approved_partially", "declined",
                             "declined_lines", "claims_per_second", "latency_ms", "in_doubt",
                             "lost", "doubled", "presented", "accepted", "rejected", "corrected",
                             "settled", "paid", "returned", "trial_balance_zero", "verified"}));
  EXPECT_EQ(keys_of(object.at("latency_ms").as_object()),
            (std::set<std::string>{"p50", "p99", "p999"}));
  EXPECT_EQ(keys_of(object.at("declined").as_object()), std::set<std::string>{"CARD_OPPOSED"});
}

TEST(DemoSettlement, IsWholeOnceEveryClaimIsDecidedAndEveryPayoutIsPaidOrCameBack) {
  const DemoSettlement whole{.presented = 4,
                             .accepted = 3,
                             .rejected = 1,
                             .corrected = 1,
                             .payouts = {.settled = 3, .paid = 2, .returned = 1}};
  EXPECT_TRUE(whole.is_whole());
  DemoSettlement undecided = whole;
  undecided.accepted = 2;
  EXPECT_FALSE(undecided.is_whole());
  DemoSettlement uncorrected = whole;
  uncorrected.corrected = 0;
  EXPECT_FALSE(uncorrected.is_whole()) << "one stays rejected";
  DemoSettlement unpaid = whole;
  unpaid.payouts.paid = 1;
  EXPECT_FALSE(unpaid.is_whole()) << "one is with the bank";
  EXPECT_FALSE(DemoSettlement{}.is_whole());
}

TEST(DemoAccount, IsARibThatNumbersTellApart) {
  EXPECT_TRUE(core::is_rib(demo_account(0)));
  EXPECT_TRUE(core::is_rib(demo_account(1)));
  EXPECT_NE(demo_account(0), demo_account(1));
  EXPECT_EQ(demo_account(1), demo_account(1));
}

TEST(DemoConsole, ShowsPlainLinesWithoutATerminal) {
  std::ostringstream story;
  std::ostringstream progress;
  const std::atomic<bool> interrupted = false;
  DemoConsole console(story, progress, true, interrupted);
  console.show("one");
  console.show("another, at once");  // At most one a second.
  console.say("told");
  EXPECT_EQ(progress.str(), "   one\n");
  EXPECT_EQ(story.str(), "told\n");
}

TEST(DemoConsole, ReplacesItsLineOnATerminal) {
  std::ostringstream story;
  std::ostringstream progress;
  const std::atomic<bool> interrupted = false;
  DemoConsole console(story, progress, false, interrupted);
  console.show("one");
  console.show("two");
  console.say("told");
  EXPECT_EQ(progress.str(), "\r\x1b[K   one\r\x1b[K   two\r\x1b[K");
  EXPECT_EQ(story.str(), "told\n");
}

TEST(DemoConsole, GoesOnUntilItIsInterrupted) {
  std::ostringstream out;
  std::atomic<bool> interrupted = false;
  DemoConsole console(out, out, true, interrupted);
  EXPECT_TRUE(console.timed("nothing", [] { return core::Result<void>(); }));
  EXPECT_NE(out.str().find("nothing"), std::string::npos);
  interrupted = true;
  const core::Result<void> ended = console.timed("nothing", [] { return core::Result<void>(); });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().context, "interrupted");
}

TEST(Grouped, SeparatesThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'000), "1,000");
  EXPECT_EQ(grouped(12'830), "12,830");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

}  // namespace
}  // namespace wasl::cli

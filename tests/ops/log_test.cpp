#include "ops/log.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <future>
#include <sstream>
#include <utility>
#include <vector>

#include "ops/escape.hpp"
#include "ops/line_writer.hpp"

namespace wasl::test {
namespace {

using ops::Level;

class HandClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant wall() const override {
    return core::Instant{std::chrono::milliseconds{1'773'131'400'123}};
  }
  [[nodiscard]] std::chrono::steady_clock::time_point monotonic() const override { return now; }

  std::chrono::steady_clock::time_point now{};
};

class Logged : public testing::Test {
 protected:
  std::size_t lines() const {
    const std::string text = out_.str();
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  HandClock clock_;
  std::ostringstream out_;
  std::unique_ptr<ops::Log> log_ =
      ops::Log::to_stream(out_, clock_, Level::kInfo, ops::LogFormat::kJson);
};

TEST_F(Logged, EventsAreOneJsonObjectALine) {
  log_->info("serve.ready", {{"port", 7443}, {"mirror", true}, {"directory", "/srv/wasl"}});
  EXPECT_EQ(out_.str(), R"({"ts":"2026-03-10T08:30:00.123Z","level":"info","event":"serve.ready",)"
                        R"("port":7443,"mirror":true,"directory":"/srv/wasl"})"
                        "\n");
}

TEST_F(Logged, NothingFromOutsideAddsALineOrSteersATerminal) {
  const std::string hostile =
      "a\nb\x1b[2J\"\\\r\x07\x7f\xc2\x9b"
      "31m\xff\xc0\xaf\xed\xa0\x80";
  log_->warning("net.frame_refused",
                {{"text", hostile}, {"error", core::Error{core::Errc::kIo, hostile}}});
  EXPECT_EQ(lines(), 1U);
  for (const char c : out_.str()) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_EQ(out_.str().find("\xc2\x9b"), std::string::npos);
  const boost::json::value read = boost::json::parse(out_.str());
  const std::string text(read.at("text").as_string());
  EXPECT_TRUE(
      text.starts_with("a\nb\x1b[2J\"\\\r\x07\x7f\xc2\x9b"
                       "31m"));
}

TEST_F(Logged, IdentifiersPrintMasked) {
  const auto card = *core::CardNumber::make("160012345678");
  const auto insured = *core::InsuredNumber::make("1600123");
  const core::Participant who{core::Role::kProvider, *core::ParticipantId::make("16-004512")};
  log_->info("test.ids", {{"card", card}, {"insured", insured}, {"who", who}});
  EXPECT_NE(
      out_.str().find(R"("card":"********5678","insured":"*******","who":"provider:*****4512")"),
      std::string::npos)
      << out_.str();
  EXPECT_EQ(out_.str().find("1600123"), std::string::npos);
}

TEST_F(Logged, LevelsChangeWhileRunning) {
  log_->debug("test.hidden");
  EXPECT_EQ(lines(), 0U);
  log_->lowest(Level::kDebug);
  log_->debug("test.shown");
  EXPECT_EQ(lines(), 1U);
  log_->lowest(Level::kError);
  log_->warning("test.hidden");
  log_->repeated_warning("test.hidden");
  log_->error("test.shown");
  EXPECT_EQ(lines(), 2U);
}

TEST_F(Logged, RepeatedWarningsAreBoundedAndCounted) {
  for (int i = 0; i < 100; ++i) log_->repeated_warning("net.handshake_failed");
  EXPECT_EQ(lines(), ops::Log::kRepeatsMax);
  log_->repeated_warning("disk.low");
  EXPECT_EQ(lines(), ops::Log::kRepeatsMax + 1) << "another event has its own bound";

  clock_.now += ops::Log::kRepeatsWithin;
  log_->repeated_warning("net.handshake_failed");
  EXPECT_NE(out_.str().find(R"("of":"net.handshake_failed","events":95)"), std::string::npos);
  EXPECT_EQ(lines(), ops::Log::kRepeatsMax + 3);
}

// A log on the smallest pipe, which nobody reads yet.
class LogOnAPipe : public testing::Test {
 protected:
  LogOnAPipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    read_end_ = ends[0];
    EXPECT_GT(::fcntl(ends[1], F_SETPIPE_SZ, 4096), 0);
    log_ = ops::Log::to_descriptor(ends[1], clock_, Level::kInfo);
    ::close(ends[1]);
  }
  ~LogOnAPipe() override { stop_reading(); }

  void stop_reading() {
    if (read_end_ >= 0) ::close(std::exchange(read_end_, -1));
  }
  // Until the log and its thread have gone.
  [[nodiscard]] std::vector<std::string> read_all() const {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t count = 1; count > 0; text.append(part.data(), static_cast<std::size_t>(count))) {
      count = std::max<ssize_t>(::read(read_end_, part.data(), part.size()), 0);
    }
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  void write(std::size_t events) {
    for (std::size_t i = 0; i < events; ++i) log_->info("test.event", {{"number", next_++}});
  }

  HandClock clock_;
  int read_end_ = -1;
  std::uint64_t next_ = 0;
  std::unique_ptr<ops::Log> log_;
};

TEST_F(LogOnAPipe, WritesEverythingInOrderBeforeItGoes) {
  write(1'000);
  auto reading = std::async(std::launch::async, [this] { return read_all(); });
  log_.reset();
  const std::vector<std::string> lines = reading.get();
  ASSERT_EQ(lines.size(), 1'000U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_TRUE(lines[i].ends_with("\"number\":" + std::to_string(i) + "}")) << lines[i];
  }
}

TEST_F(LogOnAPipe, WithoutAReaderHoldsUpNobodyAndSaysLaterWhatItLeftOut) {
  constexpr std::size_t kEvents = ops::LineWriter::kLinesMax + 1'000;
  write(kEvents);
  const std::uint64_t left_out = log_->left_out();
  EXPECT_GT(left_out, 0U);
  EXPECT_FALSE(log_->flush());

  auto reading = std::async(std::launch::async, [this] { return read_all(); });
  while (!log_->flush()) continue;
  write(1);
  log_.reset();
  const std::vector<std::string> lines = reading.get();
  ASSERT_EQ(lines.size(), kEvents - left_out + 2);
  const std::string notice =
      R"("level":"warning","event":"log.left_out","events":)" + std::to_string(left_out) + ",";
  EXPECT_NE(lines[lines.size() - 2].find(notice), std::string::npos) << lines[lines.size() - 2];
  EXPECT_NE(lines.back().find("test.event"), std::string::npos);
}

TEST_F(LogOnAPipe, WithoutAReaderIsGivenUpAfterASecond) {
  write(1'000);
  const auto before = std::chrono::steady_clock::now();
  log_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{10});
  stop_reading();
}

TEST_F(LogOnAPipe, WhoseReaderHasGoneCountsWhatItCannotWrite) {
  stop_reading();
  write(3);
  EXPECT_TRUE(log_->flush());
  EXPECT_EQ(log_->left_out(), 3U);
}

TEST(ReadableLog, IsForEyes) {
  EXPECT_EQ(ops::readable_line(Level::kWarning, "disk.low", {{"free_bytes", 12}, {"at", "a b"}},
                               core::Instant{std::chrono::milliseconds{1'773'131'400'123}}),
            "08:30:00.123 warning disk.low free_bytes=12 at=\"a b\"");
}

TEST(LogLevels, HaveNames) {
  for (const Level level : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    EXPECT_EQ(ops::level_named(ops::name(level)), level);
  }
  EXPECT_FALSE(ops::level_named("loud"));
}

TEST(Escape, KeepsGoodTextAndReplacesTheRest) {
  EXPECT_EQ(ops::escaped("صيدلية é €"), "صيدلية é €");
  EXPECT_EQ(ops::escaped("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80");
  EXPECT_EQ(ops::escaped("\x80"), "\xef\xbf\xbd");
  EXPECT_EQ(ops::escaped("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd") << "cut character";
  EXPECT_EQ(ops::escaped("\xe0\x80\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") << "overlong";
  EXPECT_EQ(ops::escaped("\xf4\x90\x80\x80").size(), 12U) << "above U+10FFFF";
  EXPECT_EQ(ops::escaped(std::string_view("\0", 1)), "\\u0000");
}

}  // namespace
}  // namespace wasl::test

#include "ops/log.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "ops/escape.hpp"

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

#include "engine/inbox.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wasl::engine {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAtOnce{0};

std::vector<Submission> claims(std::size_t count) {
  std::vector<Submission> submissions(count);
  for (Submission& submission : submissions) submission.command.request = core::SubmitClaim{};
  return submissions;
}

std::vector<Submission> reversals(std::size_t count) {
  std::vector<Submission> submissions(count);
  for (Submission& submission : submissions) submission.command.request = core::ReverseClaim{};
  return submissions;
}

TEST(Inbox, KeepsAQuarterOfItsRoomForReversalsAndStatusQueries) {
  Inbox inbox(8);
  std::vector<Submission> flood = claims(10);
  EXPECT_EQ(inbox.submit(flood), 6U);
  std::vector<Submission> one_more = claims(1);
  EXPECT_EQ(inbox.submit(one_more), 0U);
  std::vector<Submission> undo = reversals(3);
  EXPECT_EQ(inbox.submit(undo), 2U);
  EXPECT_EQ(inbox.depth(), 8U);
}

TEST(Inbox, TakesCompletionsHoweverFullItIs) {
  Inbox inbox(4);
  std::vector<Submission> flood = reversals(4);
  EXPECT_EQ(inbox.submit(flood), 4U);
  inbox.committed({.first = 1, .receipts = {core::Sha256{}}});
  inbox.applied(7);
  inbox.applied(9);
  const Mail mail = inbox.take(kAtOnce);
  EXPECT_EQ(mail.commands.size(), 4U);
  ASSERT_TRUE(mail.committed.has_value());
  EXPECT_EQ(mail.committed->first, 1U);
  EXPECT_EQ(mail.applied, core::Sequence{9});
}

TEST(Inbox, GivesEverythingOnceAndHasRoomAgain) {
  Inbox inbox(4);
  std::vector<Submission> first = claims(3);
  EXPECT_EQ(inbox.submit(first), 3U);
  EXPECT_EQ(inbox.take(kAtOnce).commands.size(), 3U);
  EXPECT_TRUE(inbox.take(kAtOnce).empty());
  std::vector<Submission> second = claims(3);
  EXPECT_EQ(inbox.submit(second), 3U);
}

TEST(Inbox, WakesTheEngineFromAnotherThread) {
  Inbox inbox(4);
  std::jthread sender([&inbox] { inbox.stop(); });
  Mail mail;
  while (mail.empty()) mail = inbox.take(milliseconds{1'000});
  EXPECT_TRUE(mail.stop);
}

}  // namespace
}  // namespace wasl::engine

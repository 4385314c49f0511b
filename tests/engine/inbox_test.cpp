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

std::size_t refused_of(Inbox& inbox, std::vector<Submission> submissions) {
  inbox.submit(submissions);
  return submissions.size();
}

TEST(Inbox, KeepsAQuarterOfItsRoomForReversalsAndStatusQueries) {
  Inbox inbox(8);
  EXPECT_EQ(refused_of(inbox, claims(10)), 4U);
  EXPECT_EQ(refused_of(inbox, claims(1)), 1U);
  EXPECT_EQ(refused_of(inbox, reversals(3)), 1U);
  EXPECT_EQ(inbox.depth(), 8U);
}

TEST(Inbox, TakesAReversalThatStandsBehindARefusedClaim) {
  Inbox inbox(8);
  EXPECT_EQ(refused_of(inbox, claims(6)), 0U);
  std::vector<Submission> mixed = claims(1);
  mixed.push_back(std::move(reversals(1).front()));
  mixed.push_back(std::move(claims(1).front()));
  inbox.submit(mixed);
  ASSERT_EQ(mixed.size(), 2U);
  for (const Submission& left : mixed) {
    EXPECT_EQ(core::deed_of(left.command.request), core::Deed::kSubmitClaim);
  }
  EXPECT_EQ(inbox.depth(), 7U);
}

TEST(Inbox, TakesCompletionsHoweverFullItIs) {
  Inbox inbox(4);
  EXPECT_EQ(refused_of(inbox, reversals(4)), 0U);
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
  EXPECT_EQ(refused_of(inbox, claims(3)), 0U);
  EXPECT_EQ(inbox.take(kAtOnce).commands.size(), 3U);
  EXPECT_TRUE(inbox.take(kAtOnce).empty());
  EXPECT_EQ(refused_of(inbox, claims(3)), 0U);
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

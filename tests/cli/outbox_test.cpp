// The outbox: what it promises about power cuts, second sales and damaged files.

#include "cli/outbox.hpp"
#include "core/hex.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "support/seed.hpp"
#include "support/simulated_disk.hpp"
#include "support/temporary_directory.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

// `number` makes the request id, `sale` what is sold.
OutboxEntry entry(std::uint8_t number, std::uint32_t sale) {
  OutboxEntry made;
  made.id.fill(number);
  made.made = core::Instant{std::chrono::milliseconds{1'700'000'000'000 + number}};
  v1::SubmitClaim& submit = *made.request.mutable_submit_claim();
  submit.set_request_id(made.id.data(), made.id.size());
  submit.mutable_claim()->set_terminal_id("T1");
  submit.mutable_claim()->add_lines()->set_quantity(sale);
  made.frame = *wire::frame_of(made.request);
  return made;
}

v1::Envelope answer(std::uint64_t claim) {
  v1::AnswerBody body;
  body.mutable_claim()->set_claim_id(claim);
  v1::Envelope envelope;
  envelope.mutable_answer()->set_body(body.SerializeAsString());
  return envelope;
}

std::vector<core::RequestId> open_ids(const Outbox& outbox) {
  std::vector<core::RequestId> ids;
  const auto entries = outbox.open_entries();
  EXPECT_TRUE(entries) << core::describe(entries.error());
  for (const OutboxEntry& each : *entries) ids.push_back(each.id);
  return ids;
}

TEST(Outbox, GivesBackWhatIsOpenOldestFirst) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path() + "/a/outbox");
  ASSERT_TRUE(outbox);
  ASSERT_TRUE(outbox->begin(entry(9, 1)));
  ASSERT_TRUE(outbox->begin(entry(3, 2)));
  auto again = Outbox::open(directory.path() + "/a/outbox");
  ASSERT_TRUE(again);
  const auto open = again->open_entries();
  ASSERT_TRUE(open);
  ASSERT_EQ(open->size(), 2u);
  EXPECT_EQ((*open)[0].id, entry(3, 2).id);
  EXPECT_EQ((*open)[0].frame, entry(3, 2).frame);
  EXPECT_EQ((*open)[1].made, entry(9, 1).made);
}

TEST(Outbox, ClosesARequestWithItsAnswer) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path());
  ASSERT_TRUE(outbox->begin(entry(1, 1)));
  EXPECT_FALSE(outbox->answer(entry(1, 1).id)->has_value());
  ASSERT_TRUE(outbox->finish(entry(1, 1).id, answer(77)));
  EXPECT_TRUE(open_ids(*outbox).empty());
  EXPECT_EQ((*outbox->answer(entry(1, 1).id))->SerializeAsString(), answer(77).SerializeAsString());
  EXPECT_TRUE(outbox->finish(entry(1, 1).id, answer(77)));
  EXPECT_EQ(outbox->finish(entry(2, 1).id, answer(1)).error().code, core::Errc::kNotFound);
}

TEST(Outbox, RefusesASecondRequestForASaleThatIsOpen) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path());
  ASSERT_TRUE(outbox->begin(entry(1, 5)));
  const auto second = outbox->begin(entry(2, 5));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, core::Errc::kExists);
  EXPECT_NE(second.error().context.find("wasl terminal recover"), std::string::npos);
  EXPECT_TRUE(outbox->begin(entry(3, 6)));
  ASSERT_TRUE(outbox->finish(entry(1, 5).id, answer(1)));
  EXPECT_TRUE(outbox->begin(entry(2, 5)));
}

TEST(Outbox, RefusesARequestIdThatWasUsed) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path());
  ASSERT_TRUE(outbox->begin(entry(1, 5)));
  EXPECT_EQ(outbox->begin(entry(1, 6)).error().code, core::Errc::kExists);
  ASSERT_TRUE(outbox->finish(entry(1, 5).id, answer(1)));
  EXPECT_EQ(outbox->begin(entry(1, 5)).error().code, core::Errc::kExists);
}

TEST(Outbox, ForgetsWhatHadNoEffect) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path());
  ASSERT_TRUE(outbox->begin(entry(1, 5)));
  ASSERT_TRUE(outbox->withdraw(entry(1, 5).id));
  EXPECT_TRUE(open_ids(*outbox).empty());
  EXPECT_EQ(outbox->withdraw(entry(1, 5).id).error().code, core::Errc::kNotFound);
  EXPECT_TRUE(outbox->begin(entry(1, 5)));
}

TEST(Outbox, NamesAFileThatIsNoRequest) {
  const test::TemporaryDirectory directory;
  auto outbox = Outbox::open(directory.path());
  ASSERT_TRUE(outbox->begin(entry(1, 5)));
  const std::string name = "1700000000001-01010101010101010101010101010101.open";
  for (const std::string& content : {std::string(), std::string("\0\0\0\x05 abc", 8),
                                     entry(2, 5).frame, entry(1, 5).frame + "x"}) {
    std::ofstream(directory.path() + "/" + name, std::ios::trunc) << content;
    const auto open = outbox->open_entries();
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, core::Errc::kCorrupt);
    EXPECT_NE(open.error().context.find(name), std::string::npos);
  }
}

TEST(Outbox, KeepsOthersOut) {
  const test::TemporaryDirectory directory;
  ASSERT_TRUE(Outbox::open(directory.path() + "/outbox"));
  const auto permissions = std::filesystem::status(directory.path() + "/outbox").permissions();
  EXPECT_EQ(permissions, std::filesystem::perms::owner_all);
}

// Whatever the power takes: what begin() confirmed is open or answered, what finish() confirmed is
// answered, and nothing is corrupt.
TEST(Outbox, SurvivesAPowerCutAtEveryStep) {
  std::mt19937_64 random(test::seed_of_run(7));
  for (std::uint64_t step = 1; step <= 12; ++step) {
    for (const test::Moment moment :
         {test::Moment::kBefore, test::Moment::kDuring, test::Moment::kAfter}) {
      test::SimulatedDisk disk(random());
      Outbox before(disk.directory("outbox"), "");
      disk.cut_at(step, moment);
      const bool begun = before.begin(entry(1, 1)).has_value();
      const bool finished = begun && before.finish(entry(1, 1).id, answer(7)).has_value();
      disk.restart();

      Outbox after(disk.directory("outbox"), "");
      const auto open = after.open_entries();
      ASSERT_TRUE(open) << core::describe(open.error());
      const auto stored = after.answer(entry(1, 1).id);
      ASSERT_TRUE(stored) << core::describe(stored.error());
      const bool answered = stored->has_value();
      EXPECT_TRUE(!begun || open->size() == 1 || answered) << step;
      EXPECT_TRUE(!finished || (open->empty() && answered)) << step;
      EXPECT_TRUE(open->empty() || open->front().frame == entry(1, 1).frame) << step;
    }
  }
}

TEST(RequestId, IsReadInBothSpellings) {
  const core::RequestId id = entry(0xab, 1).id;
  EXPECT_EQ(core::to_hex(id), "abababababababababababababababab");
  EXPECT_EQ(parse_request_id(core::to_hex(id)), id);
  EXPECT_EQ(parse_request_id("q6urq6urq6urq6urq6urqw=="), id);
  EXPECT_FALSE(parse_request_id(""));
  EXPECT_FALSE(parse_request_id("abababababababababababababababa"));
  EXPECT_FALSE(parse_request_id("abababababababababababababababaz"));
  EXPECT_FALSE(parse_request_id("q6urq6urq6urq6urq6ur"));
}

}  // namespace
}  // namespace wasl::cli

// Parts of bank files as they travel.

#include <gtest/gtest.h>

#include "wire/bank_requests.hpp"
#include "wire/frame.hpp"
#include "wire/pages.hpp"

namespace wasl::wire {
namespace {

core::Listed given(core::BankFilePart part) {
  core::Listed listed;
  listed.deed = core::Deed::kGetBankFile;
  listed.part = std::move(part);
  return listed;
}

core::BankFilePart last_part() {
  core::BankFilePart part;
  part.files = 3;
  part.name = "CNAS-77-F2.xml";
  part.size = 61'445;
  part.sha256.fill(0xd1);
  part.payouts = 40;
  part.total = core::Cents{123'456};
  part.offset = core::kFilePartBytesMax;
  part.bytes = "ment>";
  return part;
}

TEST(GetBankFile, SaysWhichFileOfWhichRunAndFromWhereOn) {
  v1::Envelope envelope = test::get_bank_file();
  envelope.mutable_get_bank_file()->set_offset(std::uint64_t{1} << 63U);
  const auto asked = test::decode(envelope, test::fund_clerk());
  ASSERT_TRUE(asked) << asked.error().sentence;
  const core::Command& command = asked->commands.front();
  EXPECT_EQ(command.from, test::fund());
  EXPECT_EQ(std::get<core::GetBankFile>(command.request),
            (core::GetBankFile{.run = 77, .file = 2, .offset = std::uint64_t{1} << 63U}));
}

TEST(GetBankFile, IsMalformedWithoutARunOrAFile) {
  v1::Envelope envelope = test::get_bank_file();
  envelope.mutable_get_bank_file()->set_run(0);
  EXPECT_EQ(test::faulty_field(envelope, test::fund_clerk()), "run");
  envelope = test::get_bank_file();
  envelope.mutable_get_bank_file()->set_file(0);
  EXPECT_EQ(test::faulty_field(envelope, test::fund_clerk()), "file");
}

// ListTransfers{run: 77}, under its number in an Envelope.
TEST(GetBankFile, IsInThePlaceOfARequestThatIsNoMore) {
  const auto answer = test::decode("\xda\x03\x02\x08\x4d", test::fund_clerk());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().refused.code, core::Refusal::kUnknownRequest);
}

TEST(BankFilePart, SaysOfWhichFileItIsAndWhatTheWholeIs) {
  const v1::Envelope envelope = test::page_of(given(last_part()));
  ASSERT_TRUE(envelope.has_bank_file_part());
  const v1::BankFilePart& part = envelope.bank_file_part();
  EXPECT_EQ(part.reason(), v1::REASON_NONE);
  EXPECT_EQ(part.files(), 3U);
  EXPECT_EQ(part.name(), "CNAS-77-F2.xml");
  EXPECT_EQ(part.size(), 61'445U);
  EXPECT_EQ(part.sha256(), std::string(32, '\xd1'));
  EXPECT_EQ(part.payouts(), 40U);
  EXPECT_EQ(part.total_cents(), 123'456);
  EXPECT_EQ(part.offset(), 61'440U);
  EXPECT_EQ(part.data(), "ment>");
  EXPECT_EQ(part.problem(), "");
}

TEST(BankFilePart, FitsAFrameWithAllAtItsBounds) {
  core::BankFilePart part = last_part();
  part.files = 0xffffffff;
  part.name =
      core::bank_file_name(*core::FundCode::make("ABCDEFGHIJKL"), ~std::uint64_t{0}, 0xffffffff);
  part.size = core::kBankFileBytesMax;
  part.payouts = core::kPayoutsPerFileMax;
  part.total = core::kRunAmountMax;
  part.offset = ~std::uint64_t{0};
  part.bytes.assign(core::kFilePartBytesMax, '<');
  std::string frame;
  encode_reply({.correlation_id = ~std::uint64_t{0}, .journal = {}, .languages = 0}, given(part),
               frame);
  EXPECT_LE(frame.size(), kFrameHeaderBytes + kFrameBytesMax);
}

TEST(BankFilePart, SaysWhyThereIsNone) {
  core::BankFilePart unknown;
  unknown.reason = core::Reason::kRunUnknown;
  v1::Envelope envelope = test::page_of(given(unknown));
  EXPECT_EQ(envelope.bank_file_part().reason(), v1::RUN_UNKNOWN);
  EXPECT_EQ(envelope.bank_file_part().sha256(), "");
  core::BankFilePart unmade;
  unmade.name = "CNAS-77-F2.xml";
  unmade.problem = "payout 1: creditor RIB";
  envelope = test::page_of(given(unmade));
  EXPECT_EQ(envelope.bank_file_part().reason(), v1::REASON_NONE);
  EXPECT_EQ(envelope.bank_file_part().problem(), "payout 1: creditor RIB");
}

}  // namespace
}  // namespace wasl::wire

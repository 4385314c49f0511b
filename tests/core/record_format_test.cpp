// Records of earlier formats stay readable.

#include <gtest/gtest.h>

#include "core/codec.hpp"
#include "samples.hpp"

namespace wasl::test {
namespace {

using namespace wasl::core;

std::string bytes_of(const RecordView& record) {
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

// Formats 1 and 2 knew no operator: no byte behind format, presence, role and id of who asked.
void make_older(std::string& bytes, char format) {
  bytes.front() = format;
  bytes.erase(4 + provider().id.view().size(), 1);
}

TEST(RecordFormat, BeforeTheParametersOfSettlementIsRead) {
  RecordView record = record_sample();
  PutRulebook put{.content = "text", .rulebook = {}, .source_version = 7};
  put.rulebook.scheme = code<SchemeCode>("DZ-CNAS");
  put.rulebook.catalogue = code<CatalogueCode>("DZ");
  put.rulebook.currency = "DZD";
  put.rulebook.periods.resize(1);
  put.rulebook.periods[0].card_update_months = 0x1234;
  put.rulebook.periods[0].bordereau_claims_max = 77;
  put.rulebook.periods[0].payment_days = 99;
  record.command.request = put;
  record.decision = PlainDecision{};
  std::string bytes = bytes_of(record);
  const std::size_t months = bytes.find("\x12\x34\x4d");
  ASSERT_NE(months, std::string::npos);
  bytes.erase(months + 2, 3 + 4);
  EXPECT_FALSE(decode_record(as_bytes(bytes)));
  make_older(bytes, 1);
  const auto read = decode_record(as_bytes(bytes));
  ASSERT_TRUE(read);
  const Parameters& period = std::get<PutRulebook>(read->command.request).rulebook.periods[0];
  EXPECT_EQ(period.card_update_months, 0x1234);
  EXPECT_EQ(period.bordereau_claims_max, 20);
  EXPECT_EQ(period.payment_days, 15);
}

TEST(RecordFormat, BeforeCorrectionsIsRead) {
  const RecordView record = record_sample();
  std::string bytes = bytes_of(record);
  const std::size_t kept = bytes.find(std::string("\x00\x00\x1f\xa6\x00\x00\x4f\xd0", 8));
  ASSERT_NE(kept, std::string::npos) << "quarter and service date";
  bytes.erase(kept + 8, sizeof(ClaimId) + 1);
  EXPECT_FALSE(decode_record(as_bytes(bytes)));
  make_older(bytes, 2);
  const auto read = decode_record(as_bytes(bytes));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->decision == record.decision);
}

RecordView closing_record() {
  CloseBordereau closing;
  closing.fund = code<FundCode>("CNAS");
  closing.up_to = 9;
  closing.claims = {{3, Cents{1}}};
  closing.count = 1;
  closing.total = Cents{1};
  closing.signing_key = "key";
  closing.signature = "signature";
  RecordView record = record_sample();
  record.command.request = closing;
  record.command.closing.holdings = Holdings{.after = 0, .as_of = 9, .whole = true, .claims = {}};
  record.command.closing.holdings->claims = {{3, request_id(3), Cents{1}}};
  record.decision = ClosingDecision{
      .reason = Reason::kNone, .differences = {}, .first = 1, .claims_each = 20, .due = {}};
  return record;
}

TEST(RecordFormat, OfAClosingKeepsWhatWasHeld) {
  const RecordView record = closing_record();
  const auto read = decode_record(as_bytes(bytes_of(record)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->command.closing, record.command.closing);
  EXPECT_TRUE(read->decision == record.decision);
}

TEST(RecordFormatDeathTest, OfAClosingPresentsOnlyWhatWasHeld) {
  RecordView record = closing_record();
  record.command.closing.holdings->claims.clear();
  EXPECT_DEATH((void)bytes_of(record), "encoder.ok");
  record.command.closing.holdings.reset();
  EXPECT_DEATH((void)bytes_of(record), "encoder.ok");
  record.command.closing = closing_record().command.closing;
  record.decision = PlainDecision{};
  EXPECT_DEATH((void)bytes_of(record), "encoder.ok");
}

const std::string kAccount = "00799999002345678941";

// A step that takes one acceptance into a payout.
RecordView collecting_record() {
  Owed owed;
  owed.fund = code<FundCode>("CNAS");
  owed.payee = provider();
  owed.item.record = 7;
  owed.item.amount = Cents{1};
  owed.item.of = AcceptedItem{.bordereau = 0x7b7c'7d7e};
  RecordView record = record_sample();
  record.command.from = {Role::kFund, code<ParticipantId>("CNAS")};
  record.command.request = CollectRun{5};
  record.command.owed = OwedPage{.after = {}, .owed = {owed}, .more = false};
  record.decision = CollectDecision{.reason = Reason::kNone,
                                    .state = RunState::kProposed,
                                    .verdicts = {OwedVerdict::kTaken},
                                    .to = {{.account = kAccount, .name = {}}},
                                    .withheld = {Cents{}}};
  return record;
}

// Without what format 5 added: since when and until when something is owed, and what is withheld.
std::string without_withholding(const RecordView& record) {
  std::string bytes = bytes_of(record);
  bytes.erase(bytes.find(kAccount) + kAccount.size() + 1, 1 + sizeof(Cents));
  bytes.erase(bytes.find("\x7b\x7c\x7d\x7e") - 1 - 12, 12);
  return bytes;
}

TEST(RecordFormat, BeforeReductionsIsRead) {
  const RecordView record = collecting_record();
  std::string bytes = without_withholding(record);
  EXPECT_FALSE(decode_record(as_bytes(bytes)));
  bytes.front() = 4;
  const auto read = decode_record(as_bytes(bytes));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->command.owed == record.command.owed);
  EXPECT_TRUE(read->decision == record.decision);
}

// Format 3 knew nothing that came back, and no payee's name.
TEST(RecordFormat, BeforeReturnsIsRead) {
  const RecordView record = collecting_record();
  std::string bytes = without_withholding(record);
  bytes.erase(bytes.find(kAccount) + kAccount.size(), 1);
  bytes.erase(bytes.find("\x7b\x7c\x7d\x7e") + 4, 1);
  EXPECT_FALSE(decode_record(as_bytes(bytes)));
  bytes.front() = 3;
  const auto read = decode_record(as_bytes(bytes));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->command.owed == record.command.owed);
  EXPECT_TRUE(read->decision == record.decision);
}

}  // namespace
}  // namespace wasl::test

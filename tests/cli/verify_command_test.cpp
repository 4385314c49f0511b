// `wasl verify` as it is typed, on a switch that the real engine filled.

#include "cli/verify_command.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "cli/journaled_switch.hpp"
#include "cli/scratch_directory.hpp"
#include "journal/posix_files.hpp"
#include "store/rocks.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

using test::Typed;

class VerifyCommand : public ::testing::Test {
 protected:
  // A claim, its reversal, another claim: records 2, 3 and 4.
  void SetUp() override {
    const core::Command first = switch_.claim(2, "RX-1");
    replies_ = switch_.run({first, switch_.reversal(first), switch_.claim(3, "RX-2")});
  }
  Typed verify_receipt(std::string_view bytes) {
    switch_.write("answer", bytes);
    return switch_.look({"verify", "--receipt", switch_.directory() + "/answer", "--json"});
  }

  test::JournaledSwitch switch_;
  std::vector<core::Reply> replies_;
};

std::string wheres(const Typed& typed) {
  std::string found;
  const auto object = boost::json::parse(typed.out).as_object();
  for (const auto& each : object.at("differences").as_array()) {
    found += each.at("where").as_string();
    found += ' ';
  }
  return found;
}

TEST_F(VerifyCommand, AcceptsAWholeSwitchAndCountsIt) {
  const Typed typed = switch_.look({"verify", "--json"});
  EXPECT_EQ(typed.exit_code, 0) << typed.out << typed.err;
  const auto found = boost::json::parse(typed.out).as_object();
  EXPECT_EQ(found.at("ok"), true);
  EXPECT_EQ(found.at("records"), 4);
  EXPECT_EQ(found.at("groups"), 4);
  EXPECT_EQ(found.at("claims"), 2);
  EXPECT_EQ(found.at("sequence"), 4);
  EXPECT_EQ(found.at("torn_tail"), false);
  EXPECT_GT(found.at("rows_compared").to_number<int>(), 10);
  EXPECT_TRUE(found.at("differences").as_array().empty());
  EXPECT_EQ(found.at("differences_total"), 0);
}

TEST_F(VerifyCommand, EndsInOkForPeople) {
  const Typed typed =
      test::JournaledSwitch::type({"verify", "--config", switch_.directory() + "/wasl.toml"});
  EXPECT_EQ(typed.exit_code, 0);
  EXPECT_TRUE(typed.out.ends_with("\nOK\n")) << typed.out;
  EXPECT_NE(typed.out.find("4 records"), std::string::npos);
}

TEST_F(VerifyCommand, NamesAByteThatChangedInTheJournal) {
  switch_.damage_journal(200);
  const Typed typed = switch_.look({"verify", "--json"});
  EXPECT_EQ(typed.exit_code, 6);
  EXPECT_NE(wheres(typed).find("chain"), std::string::npos) << typed.out;
  EXPECT_EQ(boost::json::parse(typed.out).at("ok"), false);
  EXPECT_NE(switch_.look({"verify"}).out.find("DIFFERS  chain: "), std::string::npos);
}

TEST_F(VerifyCommand, NamesARowThatChangedBehindTheSwitch) {
  {
    auto rocks = store::Rocks::open({.path = switch_.directory() + "/data/rocks"});
    ASSERT_TRUE(rocks) << core::describe(rocks.error());
    store::RocksBatch batch;
    batch.change(core::card_key(test::code<core::CardNumber>(test::kCard)).view(), {});
    ASSERT_TRUE((*rocks)->write(batch, (*rocks)->applied()));
    ASSERT_TRUE((*rocks)->flush(true));
  }
  const Typed typed = switch_.look({"verify", "--json"});
  EXPECT_EQ(typed.exit_code, 6);
  EXPECT_EQ(wheres(typed), "row ");
  EXPECT_EQ(typed.out.find(test::kCard), std::string::npos) << "identifiers are masked";
}

TEST_F(VerifyCommand, NamesAKeptImportThatIsChangedOrGone) {
  for (const auto& entry :
       std::filesystem::directory_iterator(switch_.directory() + "/data/imports")) {
    std::ofstream(entry.path(), std::ios::app) << '\n';
  }
  const Typed changed = switch_.look({"verify", "--json"});
  EXPECT_EQ(changed.exit_code, 6) << changed.err;
  EXPECT_NE(wheres(changed).find("record"), std::string::npos) << changed.out;
  std::filesystem::remove_all(switch_.directory() + "/data/imports");
  const Typed gone = switch_.look({"verify", "--json"});
  EXPECT_EQ(gone.exit_code, 6) << gone.err;
  EXPECT_NE(wheres(gone).find("record"), std::string::npos) << gone.out;
}

TEST_F(VerifyCommand, RefusesWhileAServerRuns) {
  const auto lock = journal::DirectoryLock::take(switch_.directory() + "/data");
  ASSERT_TRUE(lock);
  const Typed typed = switch_.look({"verify"});
  EXPECT_EQ(typed.exit_code, 1);
  EXPECT_NE(typed.err.find("a server runs on"), std::string::npos) << typed.err;
}

TEST_F(VerifyCommand, SaysWhichSwitchItNeeds) {
  EXPECT_EQ(test::JournaledSwitch::type({"verify"}).exit_code, 1);
  EXPECT_NE(switch_.look({"verify", "--config", "wasl.toml"}).exit_code, 0);
  EXPECT_EQ(test::JournaledSwitch::type({"verify", switch_.directory() + "/nowhere"}).exit_code, 1);
}

TEST_F(VerifyCommand, LeavesNothingInItsScratchDirectory) {
  const std::string scratch = switch_.directory() + "/scratch";
  std::filesystem::create_directory(scratch);
  const char* const found = std::getenv("TMPDIR");
  const std::optional<std::string> before =
      found == nullptr ? std::nullopt : std::optional<std::string>(found);
  ::setenv("TMPDIR", scratch.c_str(), 1);
  const Typed typed = switch_.look({"verify"});
  if (before) {
    ::setenv("TMPDIR", before->c_str(), 1);
  } else {
    ::unsetenv("TMPDIR");
  }
  EXPECT_EQ(typed.exit_code, 0) << typed.err;
  EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

TEST_F(VerifyCommand, ReadsTheJournalAlsoWhereThereIsNoStore) {
  std::filesystem::remove_all(switch_.directory() + "/data/rocks");
  const Typed typed = switch_.look({"verify", "--json"});
  EXPECT_EQ(typed.exit_code, 6) << typed.err;
  EXPECT_EQ(wheres(typed), "rocksdb ");
  EXPECT_EQ(boost::json::parse(typed.out).at("records"), 4);
  EXPECT_NE(switch_.look({"verify"}).out.find("no row could be compared"), std::string::npos);
}

TEST(ScratchDirectory, IsNotMadeWithoutTheRoomThatItNeeds) {
  const auto refused = ScratchDirectory::make(std::numeric_limits<std::uint64_t>::max());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::Errc::kLimit);
  EXPECT_NE(refused.error().context.find("TMPDIR"), std::string::npos);
}

TEST_F(VerifyCommand, ProvesAReceiptFromAFrameAndFromJson) {
  const std::string frame = switch_.frame(replies_.at(2));
  const Typed typed = verify_receipt(frame);
  EXPECT_EQ(typed.exit_code, 0) << typed.out << typed.err;
  const auto record = boost::json::parse(typed.out).at("records").as_array().at(0).as_object();
  EXPECT_EQ(record.at("sequence"), 4);
  const std::string text(record.at("record").as_string());
  EXPECT_NE(text.find("SubmitClaim of provider 16-004512"), std::string::npos) << text;
  EXPECT_NE(text.find("APPROVED, fund 672.00, patient 265.35"), std::string::npos) << text;

  v1::Envelope envelope;
  ASSERT_TRUE(envelope.ParseFromString(frame.substr(4)));
  EXPECT_EQ(verify_receipt(*wire::answer_to_json(envelope, true)).exit_code, 0);
}

TEST_F(VerifyCommand, RefutesAReceiptThatIsNotTrue) {
  core::Reply body = replies_.at(0);
  std::get<core::Answered>(body).body.back() ^= 1;
  core::Reply bare = replies_.at(0);
  std::get<core::Answered>(bare).body.clear();
  core::Reply hash = replies_.at(0);
  std::get<core::Answered>(hash).receipt[31] ^= 1;
  core::Reply other = replies_.at(0);
  std::get<core::Answered>(other).sequence = 3;
  core::Reply beyond = replies_.at(0);
  std::get<core::Answered>(beyond).sequence = 5;
  for (const core::Reply& wrong : {body, bare, hash, other, beyond}) {
    const Typed typed = verify_receipt(switch_.frame(wrong));
    EXPECT_EQ(typed.exit_code, 6) << typed.out << typed.err;
    EXPECT_EQ(wheres(typed), "receipt ");
  }
  test::JournaledSwitch elsewhere;
  const Typed foreign = verify_receipt(elsewhere.frame(replies_.at(0)));
  EXPECT_EQ(foreign.exit_code, 6);
  EXPECT_NE(foreign.out.find("another switch"), std::string::npos);
}

TEST_F(VerifyCommand, SaysWhenThereIsNoReceipt) {
  const core::Command claim = switch_.claim(1, "RX-3");
  const auto quoted = switch_.run({switch_.quote(claim)});
  const Typed quote = verify_receipt(switch_.frame(quoted.front()));
  EXPECT_EQ(quote.exit_code, 1);
  EXPECT_NE(quote.err.find("has no receipt"), std::string::npos) << quote.err;
  const std::string frame = switch_.frame(replies_.at(0));
  for (const std::string& wrong :
       {std::string(), frame.substr(0, 4), frame.substr(0, frame.size() - 1), frame + "x",
        std::string("{}"), std::string("{\"envelope\":1}"), std::string("{\"envelope\":")}) {
    EXPECT_EQ(verify_receipt(wrong).exit_code, 1) << wrong;
  }
  EXPECT_EQ(switch_.look({"verify", "--receipt", switch_.directory() + "/none"}).exit_code, 1);
}

}  // namespace
}  // namespace wasl::cli

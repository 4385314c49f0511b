// What `wasl settle` prints of the bank's files.

#include "cli/bank_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "cli/exported_run.hpp"
#include "cli/receipt_text.hpp"

namespace wasl::cli {
namespace {

constexpr auto kEnglish = core::Language::kEnglish;

Imported camt() {
  Imported what{.path = "camt.xml", .statuses = {}, .sent = {}, .in_the_way = {}, .failed = {}};
  what.statuses.message_id = "BNA-2";
  for (const std::uint32_t number : {1U, 3U}) {
    v1::StatusEntry& entry = what.statuses.entries.emplace_back();
    entry.set_run(7);
    entry.set_number(number);
    what.statuses.lines.push_back(30 + number);
  }
  what.statuses.told = {{.line = 40, .what = "a debit is announced, not booked"}};
  what.sent = {.file = 51,
               .state = v1::STATUS_FILE_APPLIED,
               .was_done = false,
               .wrong = {},
               .declined = v1::REASON_NONE};
  return what;
}

Imported refused_camt() {
  Imported what = camt();
  what.sent.state = v1::STATUS_FILE_REFUSED;
  v1::WrongStatus& wrong = what.sent.wrong.emplace_back();
  wrong.set_run(7);
  wrong.set_number(3);
  wrong.set_why(v1::WrongStatus::AMOUNT_DIFFERS);
  return what;
}

v1::StatusFile status_file() {
  v1::StatusFile file;
  file.set_file(51);
  file.set_message_id("BNA-2");
  file.set_sha256(std::string(32, '\x0a'));
  file.set_state(v1::STATUS_FILE_REFUSED);
  file.set_opened_by("007");
  file.set_opened_at_ms(1'774'000'000'123);
  file.set_entries(61);
  file.set_received(61);
  file.set_wrong(2);
  return file;
}

Imported declined_camt(v1::Reason why) {
  Imported what = camt();
  what.sent = {};
  what.sent.declined = why;
  what.in_the_way = status_file();
  return what;
}

std::string text_of(const Imported& what) {
  return imported(what, test::kCnas, Format::kText, kEnglish);
}

TEST(ImportView, SaysWhatWasCarriedOutAndWhatWasNotApplied) {
  Imported what = camt();
  EXPECT_FALSE(what.is_wrong());
  const std::string head =
      "camt.xml: BNA-2, 2 payouts\n"
      "  not applied: line 40: a debit is announced, not booked\n";
  EXPECT_EQ(text_of(what), head + "  carried out as status file 51\n");
  what.sent.was_done = true;
  EXPECT_EQ(text_of(what), head + "  was carried out before, as status file 51: nothing to do\n");
}

TEST(ImportView, NamesEachEntryThatTheSwitchFoundWrong) {
  const Imported what = refused_camt();
  EXPECT_TRUE(what.is_wrong());
  EXPECT_EQ(what.wrong_count(), 1U);
  const std::string why(text(v1::WrongStatus::AMOUNT_DIFFERS, kEnglish));
  const std::string said = text_of(what);
  EXPECT_NE(said.find("  wrong: line 33: CNAS-7-3: " + why + "\n"), std::string::npos) << said;
  EXPECT_TRUE(said.ends_with("  nothing of it was done\n"));
}

TEST(ImportView, NamesThePlacesOfAFileThatWasNotSent) {
  Imported what = camt();
  what.sent = {};
  what.statuses.wrong = {{.line = 12, .what = "CASNOS-7-1: no payout of CNAS"}};
  EXPECT_TRUE(what.is_wrong());
  const std::string said = text_of(what);
  EXPECT_NE(said.find("  wrong: line 12: CASNOS-7-1: no payout of CNAS\n"), std::string::npos);
  what.statuses.wrong.clear();
  what.statuses.entries.clear();
  EXPECT_FALSE(what.is_wrong());
  EXPECT_TRUE(text_of(what).ends_with("  nothing in it changes a payout: nothing to do\n"));
}

TEST(ImportView, TellsMachinesTheSame) {
  const auto json =
      boost::json::parse(imported(refused_camt(), test::kCnas, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("message_id"), "BNA-2");
  EXPECT_EQ(json.at("state"), "STATUS_FILE_REFUSED");
  EXPECT_EQ(json.at("wrong"), 1);
  EXPECT_EQ(json.at("declined"), "");
  EXPECT_EQ(json.at("remarks").at(0).at("line"), 40);
  EXPECT_EQ(json.at("remarks").at(1).at("kind"), "wrong");
  EXPECT_EQ(json.at("remarks").at(1).at("line"), 33);
  Imported what = camt();
  what.path = "a,\"b\".xml";
  EXPECT_EQ(imported(what, test::kCnas, Format::kCsv, kEnglish),
            "\"a,\"\"b\"\".xml\",BNA-2,2,51,STATUS_FILE_APPLIED,0,told,40,"
            "\"a debit is announced, not booked\"\n");
  what.statuses.told.clear();
  what.path = "camt.xml";
  EXPECT_EQ(imported(what, test::kCnas, Format::kCsv, kEnglish),
            "camt.xml,BNA-2,2,51,STATUS_FILE_APPLIED,0,,,\n");
}

TEST(ImportView, NamesTheOpenFileAndTheWayOutWhereTheSwitchDeclinesOne) {
  Imported what = declined_camt(v1::STATUS_FILE_OPEN);
  what.in_the_way->set_message_id("BNA-1");
  what.in_the_way->set_state(v1::STATUS_FILE_RECEIVING);
  EXPECT_TRUE(what.is_wrong());
  const std::string said = text_of(what);
  EXPECT_TRUE(said.starts_with("camt.xml: BNA-2, 2 payouts\n")) << said;
  EXPECT_NE(said.find("  declined: "), std::string::npos) << said;
  EXPECT_TRUE(said.ends_with(
      " (STATUS_FILE_OPEN): status file 51, BNA-1, of 2026-03-20T09:46:40.123Z by 007: being "
      "received; next: import that file again, or wasl settle drop-status --file 51; then this "
      "one\n  nothing of it was done\n"))
      << said;
}

TEST(ImportView, NamesTheFileThatCameUnderTheSameName) {
  Imported what = declined_camt(v1::STATUS_FILE_DIFFERS);
  what.in_the_way->set_state(v1::STATUS_FILE_APPLIED);
  const std::string said = text_of(what);
  EXPECT_NE(said.find("(STATUS_FILE_DIFFERS): status file 51, BNA-2, of "), std::string::npos);
  EXPECT_NE(said.find("next: ask the bank which of the two holds\n"), std::string::npos) << said;
  const auto json = boost::json::parse(imported(what, test::kCnas, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("path"), "camt.xml");
  EXPECT_EQ(json.at("declined"), "STATUS_FILE_DIFFERS");
  EXPECT_EQ(json.at("remarks").at(1).at("kind"), "declined");
}

TEST(ImportView, TellsTheWayPastAnotherFileByItsState) {
  struct Row {
    v1::Reason declined;
    v1::StatusFileState state;
    std::string next;
  };
  for (const Row& row : {
           Row{v1::STATUS_FILE_OPEN, v1::STATUS_FILE_RECEIVING,
               "import that file again, or wasl settle drop-status --file 51; then this one"},
           Row{v1::STATUS_FILE_OPEN, v1::STATUS_FILE_APPLYING,
               "import that file again; then this one"},
           Row{v1::STATUS_FILE_DIFFERS, v1::STATUS_FILE_RECEIVING,
               "import that file again, or wasl settle drop-status --file 51 and then this one"},
           Row{v1::STATUS_FILE_DIFFERS, v1::STATUS_FILE_APPLYING, "import that file again"},
           Row{v1::STATUS_FILE_DIFFERS, v1::STATUS_FILE_APPLIED,
               "ask the bank which of the two holds"},
       }) {
    Imported what = declined_camt(row.declined);
    what.in_the_way->set_state(row.state);
    const std::string said = text_of(what);
    EXPECT_NE(said.find("; next: " + row.next + "\n"), std::string::npos) << said;
  }
}

TEST(ImportView, SaysWhyAFileCouldNotBeSent) {
  Imported what = camt();
  what.sent = {};
  what.failed = "the file names 10001 payouts";
  EXPECT_TRUE(what.is_wrong());
  EXPECT_TRUE(
      text_of(what).ends_with("  failed: the file names 10001 payouts\n  nothing of it was done\n"))
      << text_of(what);
}

TEST(ImportView, SaysOfAFileThatWasBegunThatItIsNotAtItsEnd) {
  Imported what = camt();
  what.sent.state = v1::STATUS_FILE_APPLYING;
  what.sent.declined = v1::PARTICIPANT_SUSPENDED;
  EXPECT_TRUE(
      text_of(what).ends_with("(PARTICIPANT_SUSPENDED)\n"
                              "  it was not carried out to its end\n"));
}

TEST(ImportView, SaysWhereToSeeHowAPayoutStandsThatAnEntryContradicts) {
  Imported what = refused_camt();
  what.sent.wrong[0].set_why(v1::WrongStatus::CONTRADICTS);
  EXPECT_NE(text_of(what).find("contradicts how it stands; how: wasl settle show --run 7\n"),
            std::string::npos);
}

TEST(StatusFilesView, HasOneEntryForEachFile) {
  const v1::StatusFile file = status_file();
  const std::string digest = "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";
  EXPECT_EQ(status_files({&file, 1}, Format::kCsv, kEnglish),
            "status_file,message_id,sha256,state,opened_by,opened_at,entries,received,wrong,"
            "applied\n51,BNA-2," +
                digest + ",STATUS_FILE_REFUSED,007,2026-03-20T09:46:40.123Z,61,61,2,0\n");
  const auto json = boost::json::parse(status_files({&file, 1}, Format::kJson, kEnglish));
  EXPECT_EQ(json.at("status_files").at(0).at("sha256").as_string(), digest);
  const std::string text = status_files({&file, 1}, Format::kText, kEnglish);
  EXPECT_TRUE(text.starts_with("status file 51, BNA-2: ")) << text;
  EXPECT_TRUE(text.ends_with(
      "  by 007 at 2026-03-20T09:46:40.123Z; 61 payouts; received 61, wrong 2, carried out 0\n"));
  EXPECT_EQ(status_files({}, Format::kText, kEnglish), "no status file came\n");
}

}  // namespace
}  // namespace wasl::cli

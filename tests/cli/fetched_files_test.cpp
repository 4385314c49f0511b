// How a run's bank files come from a switch, and from one that sends something else.

#include "cli/fetched_files.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "cli/exported_run.hpp"

namespace wasl::cli {
namespace {

constexpr std::size_t kPartBytes = 700;

// Run 7 of five payouts in files of two, each in several parts.
class Switch {
 public:
  core::Result<std::vector<core::BankFile>> fetch(
      const v1::SettlementRun& run = test::exported_run(7, 5, 2)) {
    return fetch_bank_files([this](const v1::Envelope& request) { return answer(request); },
                            test::kCnas, run);
  }
  std::string problem(const v1::SettlementRun& run = test::exported_run(7, 5, 2)) {
    const auto fetched = fetch(run);
    return fetched ? "fetched" : core::describe(fetched.error());
  }

  // Changes a part before it is given; the request is the part's.
  std::function<void(const v1::GetBankFile&, v1::BankFilePart&)> spoil;
  int asked = 0;
  const std::vector<core::BankFile> files = test::files_of(7, 5, 2);

 private:
  core::Result<v1::Envelope> answer(const v1::Envelope& request) {
    const v1::GetBankFile& wanted = request.get_bank_file();
    EXPECT_EQ(wanted.run(), 7U);
    if (++asked > 100) return core::fail(core::Errc::kLimit, "asked without end");
    const core::BankFile& file = files.at(wanted.file() - 1);
    v1::Envelope envelope;
    v1::BankFilePart& part = *envelope.mutable_bank_file_part();
    part.set_files(3);
    part.set_name(file.name);
    part.set_size(file.bytes.size());
    part.set_sha256(std::string(core::as_text(file.sha256)));
    part.set_payouts(file.payouts);
    part.set_total_cents(file.total.value);
    part.set_offset(wanted.offset());
    part.set_data(file.bytes.substr(wanted.offset(), kPartBytes));
    if (spoil) spoil(wanted, part);
    return envelope;
  }
};

TEST(FetchedFiles, AreTheRunsInOrderPutTogetherOfTheirParts) {
  Switch from;
  const auto files = from.fetch();
  ASSERT_TRUE(files) << core::describe(files.error());
  ASSERT_EQ(files->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*files)[i].name, from.files[i].name);
    EXPECT_EQ((*files)[i].bytes, from.files[i].bytes);
    EXPECT_EQ((*files)[i].sha256, from.files[i].sha256);
    EXPECT_EQ((*files)[i].payouts, from.files[i].payouts);
    EXPECT_EQ((*files)[i].total, from.files[i].total);
  }
  EXPECT_GT(from.asked, 3 * 3);
}

// Behind the first part: what came before is right.
TEST(FetchedFiles, AreNotTakenOfASwitchThatSendsSomethingElse) {
  using Part = v1::BankFilePart;
  const std::string again = "; ask again";
  const std::pair<void (*)(Part&), std::string> table[] = {
      {[](Part& part) { part.set_name("../CNAS-7-F1.xml"); }, "the switch sent another file"},
      {[](Part& part) { part.set_name("CNAS-7-F2.xml"); }, "the switch sent another file"},
      {[](Part& part) { part.set_size(part.size() + 1); }, "the switch sent parts of two files"},
      {[](Part& part) { part.set_sha256(std::string(32, 'x')); },
       "the switch sent parts of two files"},
      {[](Part& part) { part.set_size(core::kBankFileBytesMax + 1); },
       "the switch said that it has a size that no bank file has"},
      {[](Part& part) { part.set_offset(part.offset() + 1); },
       "the switch sent another part than it was asked for"},
      {[](Part& part) { part.clear_data(); }, "the switch sent another part than it was asked for"},
      {[](Part& part) { part.set_data(std::string(part.size(), 'x')); },
       "the switch sent another part than it was asked for"},
      {[](Part& part) { part.mutable_data()->front() ^= 1; },
       "what the switch sent has another SHA-256 than it said"}};
  for (const auto& [change, what] : table) {
    Switch from;
    from.spoil = [&, changes = change](const v1::GetBankFile& wanted, Part& part) {
      if (wanted.offset() == kPartBytes) changes(part);
    };
    EXPECT_EQ(from.problem(), "malformed: CNAS-7-F1.xml: " + what + again);
  }
}

TEST(FetchedFiles, AddUpToTheirRun) {
  Switch from;
  auto run = test::exported_run(7, 5, 2);
  run.set_total_cents(run.total_cents() + 1);
  EXPECT_EQ(from.problem(run), "malformed: the files do not add up to run 7; ask again");
  run.set_total_cents(run.total_cents() - 2);
  EXPECT_EQ(from.problem(run),
            "malformed: CNAS-7-F3.xml: the files are worth more than the run; ask again");
}

// Where all of them together would still add up to the run's.
TEST(FetchedFiles, HoldEachThePayoutsOfItsNumber) {
  Switch from;
  from.spoil = [](const v1::GetBankFile& wanted, v1::BankFilePart& part) {
    part.set_payouts(wanted.file() == 2 ? 1 : 2);
  };
  EXPECT_EQ(from.problem(),
            "malformed: CNAS-7-F2.xml: the switch said that it has other payouts than the run's; "
            "ask again");
}

TEST(FetchedFiles, AreEachWorthSomething) {
  for (const std::int64_t cents : {0, -1}) {
    Switch from;
    from.spoil = [&](const v1::GetBankFile& wanted, v1::BankFilePart& part) {
      if (wanted.file() == 2) part.set_total_cents(cents);
    };
    EXPECT_EQ(from.problem(),
              "malformed: CNAS-7-F2.xml: the switch said that it is worth nothing; ask again");
  }
}

TEST(FetchedFiles, AreNoneWhereTheSwitchHasNone) {
  Switch from;
  from.spoil = [](const v1::GetBankFile&, v1::BankFilePart& part) {
    part.Clear();
    part.set_reason(v1::RUN_NOT_IN_THIS_STATE);
  };
  EXPECT_EQ(from.problem(), "not permitted: the switch answered RUN_NOT_IN_THIS_STATE");
  from.spoil = [](const v1::GetBankFile&, v1::BankFilePart& part) {
    part.clear_data();
    part.set_problem("payout 1: creditor RIB");
  };
  EXPECT_EQ(from.problem(),
            "out of range: CNAS-7-F1.xml: the switch cannot make it: payout 1: creditor RIB");
  from.spoil = [](const v1::GetBankFile&, v1::BankFilePart& part) { part.Clear(); };
  EXPECT_EQ(from.problem(), "malformed: CNAS-7-F1.xml: the switch sent another file; ask again");
}

}  // namespace
}  // namespace wasl::cli

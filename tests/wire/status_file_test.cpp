// What banks say of payouts, as it travels.

#include <gtest/gtest.h>

#include <limits>

#include "core/codec.hpp"
#include "wire/answer_body.hpp"
#include "wire/bank_requests.hpp"
#include "wire/client.hpp"
#include "wire/pages.hpp"

namespace wasl::wire {
namespace {

using core::StatusVerdict;

// The command of a request that is right.
core::Command taken(const v1::Envelope& envelope) {
  const auto answer = test::decode(envelope, test::fund_clerk());
  EXPECT_TRUE(answer) << answer.error().sentence;
  return answer ? answer->commands.front() : core::Command{};
}

v1::StatusFileAnswer answer_to(const core::Request& request, core::StatusFileDecision decision) {
  core::Command command;
  command.request = request;
  std::string bytes;
  AnswerBodyEncoder().encode_body(command, decision, 99, bytes);
  const auto body = read_body(bytes);
  EXPECT_TRUE(body && body->has_status_file());
  return body ? body->status_file() : v1::StatusFileAnswer();
}

core::StatusFileDecision in_state(core::StatusFileState state) {
  core::StatusFileDecision decision;
  decision.state = state;
  return decision;
}

TEST(OpenStatusFile, NamesTheBanksFile) {
  const core::Command command = taken(test::open_status_file());
  EXPECT_EQ(command.from, test::fund());
  EXPECT_EQ(command.by.view(), "007");
  const auto& open = std::get<core::OpenStatusFile>(command.request);
  EXPECT_EQ(open.message_id, "BNA-2026-03-26/1");
  EXPECT_EQ(open.sha256[31], 0xd1);
  EXPECT_EQ(open.entries, 2U);
}

TEST(OpenStatusFile, IsMalformedOutsideItsBounds) {
  const auto faulty = [](auto change) {
    v1::Envelope envelope = test::open_status_file();
    change(*envelope.mutable_open_status_file());
    return test::faulty_field(envelope, test::fund_clerk());
  };
  EXPECT_EQ(faulty([](auto& it) { it.set_request_id("short"); }), "request_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id(""); }), "message_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id(std::string(35, 'M')); }), "taken");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id(std::string(36, 'M')); }), "message_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id("two words"); }), "message_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id("!~"); }), "taken");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id("\x7f"); }), "message_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_message_id("Relev\xc3\xa9"); }), "message_id");
  EXPECT_EQ(faulty([](auto& it) { it.set_sha256(std::string(31, 's')); }), "sha256");
  EXPECT_EQ(faulty([](auto& it) { it.set_entries(0); }), "entries");
  EXPECT_EQ(faulty([](auto& it) { it.set_entries(10'000); }), "taken");
  EXPECT_EQ(faulty([](auto& it) { it.set_entries(10'001); }), "entries");
}

TEST(ReceiveStatuses, BringWhatTheBankSaysOfEachPayout) {
  const core::Command command = taken(test::receive_statuses());
  const auto& receive = std::get<core::ReceiveStatuses>(command.request);
  EXPECT_EQ(receive.file, 90U);
  EXPECT_EQ(receive.part, 1U);
  const core::StatusEntry booked{.payout = {.run = 77, .number = 3},
                                 .word = core::BankWord::kBooked,
                                 .amount = core::Cents{500},
                                 .reason = ""};
  const core::StatusEntry rejected{.payout = {.run = 79, .number = 1},
                                   .word = core::BankWord::kRejected,
                                   .amount = {},
                                   .reason = "AC04"};
  EXPECT_EQ(receive.entries, (std::vector{booked, rejected}));
}

std::string faulty_part(auto change) {
  v1::Envelope envelope = test::receive_statuses();
  change(*envelope.mutable_receive_statuses());
  return test::faulty_field(envelope, test::fund_clerk());
}

TEST(ReceiveStatuses, AreMalformedOutsideTheirBounds) {
  EXPECT_EQ(faulty_part([](auto& it) { it.set_file(0); }), "file");
  EXPECT_EQ(faulty_part([](auto& it) { it.set_part(0); }), "part");
  EXPECT_EQ(faulty_part([](auto& it) { it.set_part(65'535); }), "taken");
  EXPECT_EQ(faulty_part([](auto& it) { it.set_part(65'536); }), "part");
  EXPECT_EQ(faulty_part([](auto& it) { it.clear_entries(); }), "entries");
  EXPECT_EQ(faulty_part([](auto& it) { it.mutable_entries(0)->set_run(0); }), "entries[0].run");
  EXPECT_EQ(faulty_part([](auto& it) { it.mutable_entries(1)->set_number(0); }),
            "entries[1].number");
  EXPECT_EQ(faulty_part([](auto& it) { it.mutable_entries(0)->clear_word(); }), "entries[0].word");
  EXPECT_EQ(
      faulty_part([](auto& it) { it.mutable_entries(0)->set_word(static_cast<v1::BankWord>(6)); }),
      "entries[0].word");
  EXPECT_EQ(faulty_part([](auto& it) { it.mutable_entries(1)->set_reason(std::string(140, 'r')); }),
            "taken");
  EXPECT_EQ(faulty_part([](auto& it) { it.mutable_entries(1)->set_reason(std::string(141, 'r')); }),
            "entries[1].reason");
}

// What was booked or came back was some amount; of what did not move yet the bank need say none.
TEST(ReceiveStatuses, HaveAnAmountWhereMoneyMoved) {
  const std::pair<v1::BankWord, const char*> table[] = {
      {v1::BANK_PENDING, "taken"},
      {v1::BANK_ACCEPTED, "taken"},
      {v1::BANK_REJECTED, "taken"},
      {v1::BANK_BOOKED, "entries[0].amount_cents"},
      {v1::BANK_RETURNED, "entries[0].amount_cents"}};
  for (const auto& [word, expected] : table) {
    const auto with = [word](std::int64_t cents) {
      return faulty_part([word, cents](auto& it) {
        it.mutable_entries(0)->set_word(word);
        it.mutable_entries(0)->set_amount_cents(cents);
      });
    };
    EXPECT_EQ(with(0), expected) << word;
    EXPECT_EQ(with(1), "taken") << word;
    EXPECT_EQ(with(core::kRunAmountMax.value), "taken") << word;
    EXPECT_EQ(with(core::kRunAmountMax.value + 1), "entries[0].amount_cents") << word;
    EXPECT_EQ(with(-1), "entries[0].amount_cents") << word;
  }
}

TEST(ReceiveStatuses, NameEachPayoutOnceAndInOrder) {
  const auto second = [](std::uint64_t run, std::uint32_t number) {
    return faulty_part([run, number](auto& it) {
      it.mutable_entries(1)->set_run(run);
      it.mutable_entries(1)->set_number(number);
    });
  };
  EXPECT_EQ(second(77, 4), "taken");
  EXPECT_EQ(second(77, 3), "entries[1].number");
  EXPECT_EQ(second(77, 2), "entries[1].number");
  EXPECT_EQ(second(76, 9), "entries[1].number");
}

// Of `count` payouts of one run.
v1::Envelope part_of(int count) {
  v1::Envelope envelope = test::receive_statuses();
  v1::ReceiveStatuses& receive = *envelope.mutable_receive_statuses();
  receive.clear_entries();
  for (int i = 0; i < count; ++i) {
    v1::StatusEntry& entry = *receive.add_entries();
    entry.set_run(std::numeric_limits<std::uint64_t>::max());
    entry.set_number(static_cast<std::uint32_t>(i + 1));
    entry.set_word(v1::BANK_RETURNED);
    entry.set_amount_cents(core::kRunAmountMax.value);
    entry.set_reason(std::string(core::kBankReasonBytesMax, 'r'));
  }
  return envelope;
}

TEST(ReceiveStatuses, HaveAtMostSixtyEntries) {
  EXPECT_EQ(test::faulty_field(part_of(60), test::fund_clerk()), "taken");
  EXPECT_EQ(test::faulty_field(part_of(61), test::fund_clerk()), "entries");
}

TEST(StepsOfAStatusFile, NameTheFile) {
  EXPECT_EQ(std::get<core::ApplyStatuses>(taken(test::apply_statuses()).request),
            (core::ApplyStatuses{90}));
  EXPECT_EQ(std::get<core::DropStatusFile>(taken(test::drop_status_file()).request),
            (core::DropStatusFile{90}));
  v1::Envelope apply = test::apply_statuses();
  apply.mutable_apply_statuses()->set_file(0);
  EXPECT_EQ(test::faulty_field(apply, test::fund_clerk()), "file");
  v1::Envelope drop = test::drop_status_file();
  drop.mutable_drop_status_file()->set_file(0);
  EXPECT_EQ(test::faulty_field(drop, test::fund_clerk()), "file");
}

TEST(StatusFileAnswer, NamesAFileThatIsBegunByItsRecord) {
  const core::OpenStatusFile open{.message_id = "M", .sha256 = {}, .entries = 2};
  const v1::StatusFileAnswer begun = answer_to(open, in_state(core::StatusFileState::kReceiving));
  EXPECT_EQ(begun.file(), 99U);
  EXPECT_EQ(begun.state(), v1::STATUS_FILE_RECEIVING);
  EXPECT_EQ(begun.parts(), 0U);
  core::StatusFileDecision known = in_state(core::StatusFileState::kApplying);
  known.file = 90;
  known.parts = 3;
  const v1::StatusFileAnswer found = answer_to(open, known);
  EXPECT_EQ(found.file(), 90U);
  EXPECT_EQ(found.state(), v1::STATUS_FILE_APPLYING);
  EXPECT_EQ(found.parts(), 3U);
}

TEST(StatusFileAnswer, OfAPartSaysWhatIsWrongInIt) {
  core::ReceiveStatuses part{.file = 90, .part = 2, .entries = {}};
  core::StatusFileDecision decision = in_state(core::StatusFileState::kRefused);
  decision.verdicts = {StatusVerdict::kTwice, StatusVerdict::kFine, StatusVerdict::kUnknown,
                       StatusVerdict::kAmountDiffers, StatusVerdict::kContradicts};
  for (std::uint32_t number = 1; number <= decision.verdicts.size(); ++number) {
    part.entries.emplace_back().payout = {.run = 77, .number = number};
  }
  const v1::StatusFileAnswer answer = answer_to(part, decision);
  EXPECT_EQ(answer.file(), 90U);
  EXPECT_EQ(answer.state(), v1::STATUS_FILE_REFUSED);
  const std::pair<std::uint32_t, v1::WrongStatus::Why> expected[] = {
      {1, v1::WrongStatus::TWICE},
      {3, v1::WrongStatus::UNKNOWN},
      {4, v1::WrongStatus::AMOUNT_DIFFERS},
      {5, v1::WrongStatus::CONTRADICTS}};
  ASSERT_EQ(answer.wrong_size(), 4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(answer.wrong(i).run(), 77U);
    EXPECT_EQ(answer.wrong(i).number(), expected[i].first);
    EXPECT_EQ(answer.wrong(i).why(), expected[i].second);
  }
}

TEST(StatusFileAnswer, OfAStepSaysHowMuchItCarriedOut) {
  core::StatusFileDecision decision = in_state(core::StatusFileState::kApplied);
  decision.effects.resize(7);
  const v1::StatusFileAnswer applied = answer_to(core::ApplyStatuses{90}, decision);
  EXPECT_EQ(applied.file(), 90U);
  EXPECT_EQ(applied.state(), v1::STATUS_FILE_APPLIED);
  EXPECT_EQ(applied.applied(), 7U);
  const v1::StatusFileAnswer dropped =
      answer_to(core::DropStatusFile{90}, in_state(core::StatusFileState::kRefused));
  EXPECT_EQ(dropped.file(), 90U);
  EXPECT_EQ(dropped.state(), v1::STATUS_FILE_REFUSED);
}

TEST(StatusFileAnswer, ThatRefusesNamesNoFile) {
  core::StatusFileDecision decision;
  decision.reason = core::Reason::kStatusFileOpen;
  const v1::StatusFileAnswer answer = answer_to(core::OpenStatusFile{}, decision);
  EXPECT_EQ(answer.reason(), v1::STATUS_FILE_OPEN);
  EXPECT_EQ(answer.file(), 0U);
  EXPECT_EQ(answer.state(), v1::STATUS_FILE_STATE_UNSPECIFIED);
  EXPECT_EQ(answer.wrong_size(), 0);
}

TEST(StatusFilesPage, SaysHowFarEachFileIs) {
  core::StatusFile file;
  file.fund = *core::FundCode::make("CNAS");
  file.id = 90;
  file.message_id = "BNA-2026-03-26/1";
  file.sha256.fill(0xd1);
  file.state = core::StatusFileState::kApplying;
  file.by = *core::OperatorId::make("007");
  file.at = core::Instant{std::chrono::milliseconds{1'773'129'600'000}};
  file.entries = 120;
  file.received = 120;
  file.applied = 61;
  file.parts = 2;
  std::string bytes;
  core::encode_row(file, bytes);
  core::Listed listed;
  listed.deed = core::Deed::kListStatusFiles;
  listed.more = true;
  listed.rows = {{core::status_file_key(file.fund, file.id), bytes}};
  const v1::Envelope envelope = test::page_of(listed);
  const v1::StatusFile& shown = envelope.status_files_page().files(0);
  EXPECT_EQ(shown.file(), 90U);
  EXPECT_EQ(shown.message_id(), "BNA-2026-03-26/1");
  EXPECT_EQ(shown.sha256(), std::string(32, '\xd1'));
  EXPECT_EQ(shown.state(), v1::STATUS_FILE_APPLYING);
  EXPECT_EQ(shown.opened_by(), "007");
  EXPECT_EQ(shown.opened_at_ms(), 1'773'129'600'000);
  EXPECT_EQ(shown.entries(), 120U);
  EXPECT_EQ(shown.received(), 120U);
  EXPECT_EQ(shown.wrong(), 0U);
  EXPECT_EQ(shown.applied(), 61U);
  EXPECT_EQ(envelope.status_files_page().next_after(), 90U);
}

TEST(ListStatusFiles, GoOnBehindTheLastFile) {
  v1::Envelope envelope = test::list_status_files();
  EXPECT_EQ(std::get<core::ListStatusFiles>(taken(envelope).request),
            (core::ListStatusFiles{0, core::kPageMax}));
  envelope.mutable_list_status_files()->set_after(90);
  envelope.mutable_list_status_files()->set_page_size(5);
  EXPECT_EQ(std::get<core::ListStatusFiles>(taken(envelope).request),
            (core::ListStatusFiles{90, 5}));
}

}  // namespace
}  // namespace wasl::wire

// Receipts as clerks read them, each word of three languages pinned in tests/golden/receipts.txt.

#include "cli/receipt.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>

#include "support/golden.hpp"

namespace wasl::cli {
namespace {

using core::Language;

core::RequestId id() {
  core::RequestId id{};
  id.fill(0xa1);
  return id;
}

v1::Claim claim() {
  v1::Claim claim;
  for (const char* product : {"P-0001", "P-0002", "P-0003"}) {
    v1::ClaimLine& line = *claim.add_lines();
    line.set_product_code(product);
    line.set_quantity(2);
    line.set_unit_price_cents(60'000);
  }
  return claim;
}

v1::Envelope envelope(const v1::AnswerBody& body, v1::State state) {
  v1::Envelope answer;
  answer.mutable_answer()->set_body(body.SerializeAsString());
  answer.mutable_answer()->set_state_now(state);
  v1::Receipt& receipt = *answer.mutable_answer()->mutable_receipt();
  receipt.set_journal_id(std::string(16, '\x0d'));
  receipt.set_sequence(77);
  receipt.set_record_hash(std::string(32, '\x0c'));
  return answer;
}

v1::AnswerBody partly() {
  v1::AnswerBody body;
  v1::ClaimAnswer& answer = *body.mutable_claim();
  answer.set_outcome(v1::ClaimAnswer::APPROVED_PARTIALLY);
  answer.set_insurer_cents(96'000);
  answer.set_patient_cents(24'000);
  answer.set_prescriptions_left(1);
  answer.set_rights_until("2026-12-31");
  v1::LineAnswer& paid = *answer.add_lines();
  paid.set_insurer_cents(96'000);
  paid.set_patient_cents(24'000);
  paid.set_long_term(true);
  v1::LineAnswer& soon = *answer.add_lines();
  soon.set_reason(v1::REFILL_TOO_SOON);
  soon.set_remedy(v1::COME_BACK_ON);
  soon.set_come_back_on("2026-04-05");
  v1::LineAnswer& agreement = *answer.add_lines();
  agreement.set_reason(v1::PRIOR_AGREEMENT_REQUIRED);
  agreement.set_remedy(v1::ASK_PRIOR_AGREEMENT);
  return body;
}

v1::AnswerBody declined() {
  v1::AnswerBody body;
  body.mutable_claim()->set_outcome(v1::ClaimAnswer::DECLINED);
  body.mutable_claim()->set_reason(v1::CARD_OPPOSED);
  body.mutable_claim()->set_remedy(v1::CONTACT_FUND);
  return body;
}

v1::AnswerBody rights() {
  v1::AnswerBody body;
  body.mutable_rights()->set_rights_until("2026-12-31");
  v1::BeneficiaryRights& open = *body.mutable_rights()->add_beneficiaries();
  open.set_rank(1);
  open.set_birth_date("1980-05-06");
  open.set_open(true);
  open.set_until("2027-01-31");
  open.set_long_term(true);
  open.set_prescriptions_left(2);
  v1::BeneficiaryRights& closed = *body.mutable_rights()->add_beneficiaries();
  closed.set_rank(2);
  closed.set_birth_date("2010-01-02");
  return body;
}

v1::AnswerBody reversed() {
  v1::AnswerBody body;
  body.mutable_reversal()->set_effect(v1::ReversalAnswer::RELEASED);
  body.mutable_reversal()->set_insurer_cents(96'000);
  body.mutable_reversal()->set_patient_cents(24'000);
  return body;
}

v1::AnswerBody corrected() {
  v1::AnswerBody body;
  v1::ClaimAnswer& answer = *body.mutable_claim();
  answer.set_outcome(v1::ClaimAnswer::APPROVED);
  answer.set_insurer_cents(96'000);
  answer.set_patient_cents(24'000);
  answer.set_corrects_claim_id(70);
  return body;
}

v1::AnswerBody reviewed() {
  v1::AnswerBody body;
  body.mutable_review()->mutable_accepted()->set_claims(19);
  body.mutable_review()->mutable_accepted()->set_insurer_cents(123'456'789);
  body.mutable_review()->mutable_rejected()->set_claims(1);
  body.mutable_review()->mutable_rejected()->set_insurer_cents(96'000);
  return body;
}

v1::AnswerBody review_refused() {
  v1::AnswerBody body;
  body.mutable_review()->set_reason(v1::NOT_IN_THIS_STATE);
  body.mutable_review()->set_claim_id(70);
  return body;
}

v1::AnswerBody payout(v1::PayoutAnswer::Effect effect) {
  v1::AnswerBody body;
  body.mutable_payout()->set_effect(effect);
  return body;
}

v1::AnswerBody payout_refused() {
  v1::AnswerBody body = payout(v1::PayoutAnswer::REFUSED);
  body.mutable_payout()->set_reason(v1::PAYOUT_CHANGE_DIFFERS);
  body.mutable_payout()->set_remedy(v1::CORRECT_AND_RESUBMIT);
  return body;
}

v1::AnswerBody reduced(v1::ReductionAnswer::Effect effect) {
  v1::AnswerBody body;
  body.mutable_reduction()->set_effect(effect);
  body.mutable_reduction()->set_difference_cents(123'450);
  return body;
}

v1::AnswerBody reduction_refused() {
  v1::AnswerBody body;
  body.mutable_reduction()->set_effect(v1::ReductionAnswer::REFUSED);
  body.mutable_reduction()->set_reason(v1::IN_SETTLEMENT);
  return body;
}

v1::AnswerBody exported() {
  v1::AnswerBody body;
  body.mutable_run()->set_run(77);
  body.mutable_run()->set_state(v1::RUN_EXPORTED);
  body.mutable_run()->set_payouts(2);
  return body;
}

v1::AnswerBody run_refused(v1::Reason reason) {
  v1::AnswerBody body;
  body.mutable_run()->set_reason(reason);
  body.mutable_run()->set_remedy(v1::CORRECT_AND_RESUBMIT);
  return body;
}

// A file with one entry of each kind of mistake.
v1::AnswerBody status_file_refused() {
  v1::AnswerBody body;
  v1::StatusFileAnswer& answer = *body.mutable_status_file();
  answer.set_file(90);
  answer.set_state(v1::STATUS_FILE_REFUSED);
  for (const auto why : {v1::WrongStatus::UNKNOWN, v1::WrongStatus::AMOUNT_DIFFERS,
                         v1::WrongStatus::CONTRADICTS, v1::WrongStatus::TWICE}) {
    v1::WrongStatus& wrong = *answer.add_wrong();
    wrong.set_run(77);
    wrong.set_number(static_cast<std::uint32_t>(why));
    wrong.set_why(why);
  }
  return body;
}

v1::AnswerBody status_file(v1::StatusFileState state) {
  v1::AnswerBody body;
  body.mutable_status_file()->set_file(90);
  body.mutable_status_file()->set_state(state);
  if (state == v1::STATUS_FILE_APPLIED) body.mutable_status_file()->set_applied(2);
  return body;
}

v1::AnswerBody status_file_open() {
  v1::AnswerBody body;
  body.mutable_status_file()->set_reason(v1::STATUS_FILE_OPEN);
  return body;
}

// Where an approved claim stands, as its pharmacy asks.
v1::Envelope found(v1::State now) {
  v1::Envelope answer;
  answer.mutable_status()->set_finding(v1::StatusAnswer::FOUND);
  answer.mutable_status()->set_state_now(now);
  return answer;
}

v1::Envelope closed() {
  v1::Envelope answer;
  answer.mutable_status()->set_finding(v1::StatusAnswer::CLOSED);
  answer.mutable_status()->set_state_now(v1::CLOSED);
  return answer;
}

v1::Envelope page() {
  v1::Envelope answer;
  v1::ListedClaim& one = *answer.mutable_claims_page()->add_claims();
  one.set_request_id(std::string(16, '\x01'));
  one.set_decided_on("2026-03-10");
  one.set_insurer_cents(96'000);
  one.set_patient_cents(24'000);
  one.set_state_now(v1::REVERSED);
  return answer;
}

void add(test::Golden& golden, std::string_view title, const v1::Envelope& answer,
         const v1::Claim* claim, Language language) {
  const auto text = receipt({.answer = answer,
                             .lines = claim == nullptr ? nullptr : &claim->lines(),
                             .id = id(),
                             .took = std::chrono::microseconds{3'140},
                             .language = language});
  ASSERT_TRUE(text) << core::describe(text.error());
  golden.add_line("== " + std::string(title));
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) golden.add_line(line);
}

void add_payment(test::Golden& golden, Language language) {
  constexpr std::pair<const char*, v1::State> kStates[] = {{"in a run", v1::IN_RUN},
                                                           {"exported", v1::EXPORTED},
                                                           {"paid", v1::PAID},
                                                           {"returned", v1::RETURNED}};
  for (const auto& [title, now] : kStates) {
    add(golden, title, found(now), nullptr, language);
  }
  v1::Envelope lowered = found(v1::PAID);
  lowered.mutable_status()->set_reduced_cents(5'000);
  add(golden, "paid, reduced since", lowered, nullptr, language);
  const auto done = [&](std::string_view title, const v1::AnswerBody& body) {
    add(golden, title, envelope(body, v1::DONE), nullptr, language);
  };
  done("claim reduced", reduced(v1::ReductionAnswer::OWED_LESS));
  done("claim reduced that was paid", reduced(v1::ReductionAnswer::OWED_BACK));
  done("reduction refused", reduction_refused());
  done("run exported", exported());
  done("run without the fund's account", run_refused(v1::FUND_ACCOUNT_MISSING));
  done("status file received", status_file(v1::STATUS_FILE_RECEIVING));
  done("status file whole", status_file(v1::STATUS_FILE_APPLYING));
  done("status file carried out", status_file(v1::STATUS_FILE_APPLIED));
  done("status file refused", status_file_refused());
  done("another status file open", status_file_open());
}

TEST(Receipt, ReadsAsPinnedInEveryLanguage) {
  test::Golden golden("receipts.txt", "What a clerk reads.");
  const v1::Claim sold = claim();
  v1::Envelope repeat = envelope(partly(), v1::REVERSED);
  repeat.mutable_answer()->set_repeat(true);
  for (const Language language : {Language::kEnglish, Language::kFrench, Language::kArabic}) {
    add(golden, "partly", envelope(partly(), v1::APPROVED), &sold, language);
    add(golden, "repeat of what was reversed since", repeat, &sold, language);
    add(golden, "declined", envelope(declined(), v1::DECLINED), &sold, language);
    add(golden, "rights", envelope(rights(), v1::DONE), nullptr, language);
    add(golden, "reversed", envelope(reversed(), v1::DONE), nullptr, language);
    add(golden, "closed", closed(), nullptr, language);
    add(golden, "list", page(), nullptr, language);
    add(golden, "corrected", envelope(corrected(), v1::APPROVED), nullptr, language);
    add(golden, "approved and rejected by the centre since", envelope(partly(), v1::REJECTED),
        nullptr, language);
    add(golden, "reviewed", envelope(reviewed(), v1::DONE), nullptr, language);
    add(golden, "review refused", envelope(review_refused(), v1::DONE), nullptr, language);
    add(golden, "account waits", envelope(payout(v1::PayoutAnswer::WAITS), v1::DONE), nullptr,
        language);
    add(golden, "account set", envelope(payout(v1::PayoutAnswer::SET), v1::DONE), nullptr,
        language);
    add(golden, "account withdrawn", envelope(payout(v1::PayoutAnswer::WITHDRAWN), v1::DONE),
        nullptr, language);
    add(golden, "account refused", envelope(payout_refused(), v1::DONE), nullptr, language);
    add_payment(golden, language);
  }
  golden.check();
}

TEST(Receipt, ShowsWordsOfANewerSwitch) {
  v1::AnswerBody body;
  body.mutable_claim()->set_outcome(v1::ClaimAnswer::DECLINED);
  body.mutable_claim()->set_reason(static_cast<v1::Reason>(200));
  body.mutable_claim()->set_remedy(static_cast<v1::Remedy>(99));
  v1::Envelope answer = envelope(body, v1::DECLINED);
  const auto bare = receipt({.answer = answer});
  ASSERT_TRUE(bare);
  EXPECT_NE(bare->find("Reason: 200\n"), std::string::npos) << *bare;
  v1::ReasonText& words = *answer.mutable_answer()->add_texts();
  words.set_reason(static_cast<v1::Reason>(200));
  words.set_remedy(static_cast<v1::Remedy>(99));
  words.set_meaning("The moon is full");
  words.set_advice("Wait");
  const auto text = receipt({.answer = answer});
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("Reason: The moon is full (200)\n"), std::string::npos) << *text;
  EXPECT_NE(text->find("What to do: Wait\n"), std::string::npos) << *text;
}

TEST(Receipt, WritesAmountsWithSeparators) {
  v1::Envelope answer;
  v1::ListedClaim& claim = *answer.mutable_claims_page()->add_claims();
  claim.set_insurer_cents(3'681'355);
  claim.set_patient_cents(100'000'000);
  const auto text = receipt({.answer = answer});
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("36,813.55"), std::string::npos) << *text;
  EXPECT_NE(text->find("1,000,000.00"), std::string::npos) << *text;
}

TEST(Receipt, SurvivesAnswersWithMoreLinesThanTheClaim) {
  const v1::Claim empty;
  EXPECT_TRUE(receipt({.answer = envelope(partly(), v1::APPROVED), .lines = &empty.lines()}));
}

TEST(Receipt, RefusesABodyThatIsNone) {
  v1::Envelope answer;
  answer.mutable_answer()->set_body("\xff");
  EXPECT_FALSE(receipt({.answer = answer}));
  EXPECT_FALSE(receipt({.answer = v1::Envelope()}));
}

}  // namespace
}  // namespace wasl::cli

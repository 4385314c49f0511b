#pragma once
// Hand-made values that the goldens, the documents and the tests of core's codecs share.

#include "core/codec.hpp"
#include "support/world.hpp"

namespace wasl::test {

inline core::Day day(int year, unsigned month, unsigned day_of_month) {
  return core::Day{std::chrono::year{year} / static_cast<int>(month) /
                   static_cast<int>(day_of_month)};
}

inline core::RequestId request_id(std::uint8_t last) {
  core::RequestId id{};
  id.front() = 0xa0;
  id.back() = last;
  return id;
}

inline core::Participant provider() {
  return {core::Role::kProvider, code<core::ParticipantId>("16-004512")};
}

inline core::Claim claim_sample() {
  core::Claim claim;
  claim.kind = core::ClaimKind::kThirdParty;
  claim.provider = code<core::ParticipantId>("16-004512");
  claim.terminal = code<core::TerminalId>("T1");
  claim.card = {code<core::CardNumber>("160012345678"), code<core::FundCode>("CNAS"), 3};
  claim.rank = 2;
  claim.service_date = day(2026, 3, 10);
  claim.first_act_date = day(2026, 3, 10);
  claim.prescription.key = {code<core::PrescriberId>("M-4711"),
                            code<core::PrescriptionNumber>("RX-1"), day(2026, 3, 9)};
  claim.lines = {{code<core::ProductCode>("P-0001"), 2, core::Cents{60'000}, 7},
                 {code<core::ProductCode>("P-0002"), 1, core::Cents{35'050}, 0}};
  return claim;
}

inline core::Command submit_sample() {
  core::Command command;
  command.from = provider();
  command.request_id = request_id(1);
  command.request = core::SubmitClaim{claim_sample()};
  return command;
}

inline core::Account account_sample() {
  core::Account account;
  account.insured = code<core::InsuredNumber>("1600123456");
  account.fund = code<core::FundCode>("CNAS");
  core::Card card;
  card.number = code<core::CardNumber>("160012345678");
  card.key_version = 3;
  card.active = true;
  card.atc_highest = 7;
  card.atc_used = 0b10'1111;
  card.rights_until = day(2026, 12, 31);
  account.cards = {card};
  core::Beneficiary first;
  first.rank = 1;
  first.birth = day(1961, 7, 5);
  first.rights = {{day(2020, 1, 1), core::kDayMax}};
  first.treatments = {{code<core::ConditionCode>("E11"),
                       {day(2021, 1, 1), day(2027, 1, 1)},
                       {code<core::InnCode>("METFORMIN-850")}}};
  core::Beneficiary second;
  second.rank = 2;
  second.birth = day(2015, 2, 28);
  second.rights = {{day(2020, 1, 1), day(2033, 2, 27)}};
  account.beneficiaries = {first, second};
  account.agreements = {{9,
                         2,
                         core::AgreementState::kGranted,
                         {day(2026, 1, 1), day(2026, 6, 30)},
                         code<core::ProductCode>("P-0002")}};
  account.payout_account = "00799999000123456789";
  account.source_version = 41;
  account.version = 12;
  return account;
}

inline core::History history_sample() {
  core::HistoryLine line;
  line.claim = 1'000'001;
  line.prescription = claim_sample().prescription.key;
  line.service_date = day(2026, 3, 10);
  line.product = code<core::ProductCode>("P-0001");
  line.inn = code<core::InnCode>("AMOXICILLIN-500");
  line.supply_days = 7;
  line.price = core::Cents{120'000};
  line.subject_to_limits = true;
  return {{line}, 5};
}

inline core::RequestRow request_row_sample() {
  core::RequestRow row;
  row.state = core::RequestState::kApproved;
  row.answered = true;
  row.content.fill(0xcc);
  row.sequence = 1'000'001;
  row.at = core::Instant{std::chrono::milliseconds{1'773'129'600'123}};
  row.body = "answer";
  row.insured = code<core::InsuredNumber>("1600123456");
  row.rank = 2;
  row.card = code<core::CardNumber>("160012345678");
  row.fund = code<core::FundCode>("CNAS");
  row.insurer = core::Cents{96'000};
  row.patient = core::Cents{24'000};
  return row;
}

inline core::RecordView record_sample() {
  core::RecordView record;
  record.command = submit_sample();
  record.command.proofs.card = core::Proof{8, {1, 2, 3, 4}, {8, 7, 6, 5, 4, 3, 2, 1}};
  record.command.proofs.card_verdict = core::ProofVerdict::kRight;
  core::ClaimDecision decision;
  decision.outcome = core::Outcome::kApprovedPartially;
  decision.marks_atc = true;
  decision.insured = code<core::InsuredNumber>("1600123456");
  core::LineDecision approved{core::Reason::kNone,
                              core::Cents{120'000},
                              core::Cents{96'000},
                              core::Cents{24'000},
                              false,
                              true,
                              {},
                              {}};
  approved.inn = code<core::InnCode>("AMOXICILLIN-500");
  core::LineDecision declined;
  declined.reason = core::Reason::kRefillTooSoon;
  declined.come_back_on = day(2026, 3, 20);
  decision.lines = {approved, declined};
  decision.insurer = core::Cents{96'000};
  decision.patient = core::Cents{24'000};
  decision.prescriptions_left = std::uint8_t{1};
  decision.rights_until = day(2026, 12, 31);
  decision.kept = {2025 * 4 + 2, day(2025, 12, 10)};
  record.decision = decision;
  record.body = "answer";
  record.rulebook.fill(0x5b);
  record.decider_version = 1;
  return record;
}

}  // namespace wasl::test

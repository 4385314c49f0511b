#include "wire/answer_body.hpp"

#include "core/index_rows.hpp"
#include "wire/client.hpp"
#include "wire/encode.hpp"
#include "wire/limits.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

using core::Cents;
using core::Reason;

core::Command command_of(const v1::Envelope& envelope, const core::Participant& from) {
  auto decoded = test::decode(envelope, from);
  EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().sentence);
  return decoded ? decoded->commands.front() : core::Command{};
}

v1::AnswerBody body_of(const core::Command& command, const core::Decision& decision) {
  std::string bytes = "kept";
  AnswerBodyEncoder().encode_body(command, decision, 77, bytes);
  EXPECT_TRUE(bytes.starts_with("kept"));
  v1::AnswerBody body;
  EXPECT_TRUE(body.ParseFromString(bytes.substr(4)));
  return body;
}

core::ClaimDecision partly_approved() {
  core::ClaimDecision decision;
  decision.outcome = core::Outcome::kApprovedPartially;
  decision.lines = {{.reason = Reason::kNone,
                     .price = Cents{10'000},
                     .insurer = Cents{8'000},
                     .patient = Cents{2'000},
                     .long_term = true,
                     .subject_to_limits = false,
                     .inn = {},
                     .come_back_on = {}},
                    {.reason = Reason::kRefillTooSoon,
                     .price = {},
                     .insurer = {},
                     .patient = {},
                     .long_term = false,
                     .subject_to_limits = false,
                     .inn = {},
                     .come_back_on = core::parse_day("2026-04-02")}};
  decision.insurer = Cents{8'000};
  decision.patient = Cents{2'000};
  decision.prescriptions_left = std::uint8_t{0};
  decision.rights_until = core::parse_day("2026-12-31");
  return decision;
}

std::string stored_body() {
  std::string bytes;
  AnswerBodyEncoder().encode_body(command_of(test::submit(), test::pharmacy()), partly_approved(),
                                  77, bytes);
  return bytes;
}

// The one Envelope of a frame.
v1::Envelope envelope_of(const std::string& frame) {
  const core::ByteView bytes = core::as_bytes(frame);
  EXPECT_GE(bytes.size(), kFrameHeaderBytes);
  const auto size = parse_header(bytes.first<kFrameHeaderBytes>());
  EXPECT_TRUE(size && *size == bytes.size() - kFrameHeaderBytes);
  const auto answer = read_answer(bytes.subspan(kFrameHeaderBytes));
  EXPECT_TRUE(answer);
  return answer ? *answer : v1::Envelope();
}

core::Answered answered() {
  core::Answered reply;
  reply.body = stored_body();
  reply.sequence = 77;
  reply.receipt.fill(0xcc);
  reply.state_now = core::RequestState::kReversed;
  reply.repeat = true;
  return reply;
}

AnswerContext context(Languages languages = 0) {
  AnswerContext out{.correlation_id = 42, .journal = {}, .languages = languages};
  out.journal.fill(0xdd);
  return out;
}

v1::Envelope reply(const core::Reply& given, Languages languages = 0) {
  std::string frame;
  encode_reply(context(languages), given, frame);
  return envelope_of(frame);
}

TEST(AnswerBody, TellsLinesAmountsAndWhatRemains) {
  const v1::AnswerBody body =
      body_of(command_of(test::submit(), test::pharmacy()), partly_approved());
  const v1::ClaimAnswer& claim = body.claim();
  EXPECT_EQ(claim.outcome(), v1::ClaimAnswer::APPROVED_PARTIALLY);
  EXPECT_EQ(claim.claim_id(), 77U);
  EXPECT_FALSE(claim.quote());
  EXPECT_EQ(claim.reason(), v1::REASON_NONE);
  ASSERT_EQ(claim.lines_size(), 2);
  EXPECT_EQ(claim.lines(0).insurer_cents(), 8'000);
  EXPECT_EQ(claim.lines(0).patient_cents(), 2'000);
  EXPECT_TRUE(claim.lines(0).long_term());
  EXPECT_EQ(claim.lines(1).reason(), v1::REFILL_TOO_SOON);
  EXPECT_EQ(claim.lines(1).remedy(), v1::COME_BACK_ON);
  EXPECT_EQ(claim.lines(1).come_back_on(), "2026-04-02");
  EXPECT_EQ(claim.insurer_cents(), 8'000);
  ASSERT_TRUE(claim.has_prescriptions_left());
  EXPECT_EQ(claim.prescriptions_left(), 0U);
  EXPECT_EQ(claim.rights_until(), "2026-12-31");
}

TEST(AnswerBody, AQuoteNamesNoClaim) {
  const v1::AnswerBody body =
      body_of(command_of(test::quote(), test::pharmacy()), partly_approved());
  EXPECT_TRUE(body.claim().quote());
  EXPECT_EQ(body.claim().claim_id(), 0U);
}

TEST(AnswerBody, ADeclinedClaimSaysWhy) {
  core::ClaimDecision decision;
  decision.reason = Reason::kCardOpposed;
  const v1::AnswerBody body = body_of(command_of(test::submit(), test::pharmacy()), decision);
  EXPECT_EQ(body.claim().outcome(), v1::ClaimAnswer::DECLINED);
  EXPECT_EQ(body.claim().reason(), v1::CARD_OPPOSED);
  EXPECT_EQ(body.claim().lines_size(), 0);
  EXPECT_FALSE(body.claim().has_prescriptions_left());
}

TEST(AnswerBody, FollowsTheRequest) {
  core::ReversalDecision reversal;
  reversal.effect = core::ReversalDecision::Effect::kReleased;
  reversal.claim = 5;
  reversal.insurer = Cents{100};
  const auto reversed = body_of(command_of(test::reverse(), test::pharmacy()), reversal);
  EXPECT_EQ(reversed.reversal().effect(), v1::ReversalAnswer::RELEASED);
  EXPECT_EQ(reversed.reversal().claim_id(), 5U);

  core::RightsDecision rights;
  rights.rights_until = core::parse_day("2027-03-10");
  rights.beneficiaries = {{.rank = 2,
                           .birth = *core::parse_day("2015-02-28"),
                           .open = true,
                           .until = core::parse_day("2033-02-27"),
                           .long_term = true,
                           .prescriptions_left = std::uint8_t{2}}};
  const auto shown = body_of(command_of(test::get_rights(), test::pharmacy()), rights);
  EXPECT_EQ(shown.rights().beneficiaries(0).until(), "2033-02-27");
  EXPECT_EQ(shown.rights().beneficiaries(0).prescriptions_left(), 2U);
  const auto updated = body_of(command_of(test::update_card(), test::pharmacy()), rights);
  EXPECT_EQ(updated.card().rights_until(), "2027-03-10");

  core::PlainDecision plain;
  const auto asked = body_of(command_of(test::request_agreement(), test::pharmacy()), plain);
  EXPECT_EQ(asked.agreement().agreement_id(), 77U);
  plain.agreement = 17;
  const auto decided = body_of(command_of(test::decide_agreement(), test::fund()), plain);
  EXPECT_EQ(decided.agreement().agreement_id(), 17U);
  plain.reason = Reason::kCardUnknown;
  const auto refused = body_of(command_of(test::request_agreement(), test::pharmacy()), plain);
  EXPECT_EQ(refused.agreement().agreement_id(), 0U);
  EXPECT_EQ(refused.agreement().reason(), v1::CARD_UNKNOWN);
  const auto reported = body_of(command_of(test::report_card(), test::centre()), plain);
  EXPECT_EQ(reported.card().reason(), v1::CARD_UNKNOWN);
}

TEST(AnswerBody, AStatusQueryStoresNone) {
  std::string bytes;
  AnswerBodyEncoder().encode_body(command_of(test::get_claim(), test::pharmacy()),
                                  core::StatusDecision{}, 1, bytes);
  EXPECT_TRUE(bytes.empty());
}

TEST(AnswerBody, KnowsEveryReasonAndRemedyByItsName) {
  for (const core::ReasonEntry& entry : core::reasons()) {
    const int number = static_cast<int>(entry.reason);
    ASSERT_TRUE(v1::Reason_IsValid(number)) << entry.name;
    if (number == 0) continue;
    EXPECT_EQ(v1::Reason_Name(static_cast<v1::Reason>(number)), entry.name);
  }
  for (const core::RemedyEntry& entry : core::remedies()) {
    const int number = static_cast<int>(entry.remedy);
    ASSERT_TRUE(v1::Remedy_IsValid(number)) << entry.name;
    if (number == 0) continue;
    EXPECT_EQ(v1::Remedy_Name(static_cast<v1::Remedy>(number)), entry.name);
  }
  EXPECT_EQ(static_cast<std::size_t>(v1::Reason_descriptor()->value_count()),
            core::reasons().size());
  EXPECT_EQ(static_cast<std::size_t>(v1::Remedy_descriptor()->value_count()),
            core::remedies().size());
}

TEST(Reply, GivesTheStoredBodyByteForByte) {
  const v1::Envelope envelope = reply(answered());
  EXPECT_EQ(envelope.correlation_id(), 42U);
  const v1::Answer& answer = envelope.answer();
  EXPECT_EQ(answer.body(), stored_body());
  EXPECT_EQ(answer.receipt().sequence(), 77U);
  EXPECT_EQ(answer.receipt().journal_id(), std::string(16, '\xdd'));
  EXPECT_EQ(answer.receipt().record_hash(), std::string(32, '\xcc'));
  EXPECT_EQ(answer.state_now(), v1::REVERSED);
  EXPECT_TRUE(answer.repeat());
  EXPECT_EQ(answer.texts_size(), 0);
  EXPECT_EQ(answer.trace_size(), 0);
}

TEST(Reply, AQuoteHasNoReceiptAndNoState) {
  core::Answered quoted = answered();
  quoted.sequence = 0;
  const v1::Envelope envelope = reply(quoted);
  EXPECT_FALSE(envelope.answer().has_receipt());
  EXPECT_EQ(envelope.answer().state_now(), v1::STATE_UNKNOWN);
}

TEST(Reply, SaysEachReasonOnceInEachAskedLanguage) {
  const Languages french_and_arabic = 1U << static_cast<unsigned>(core::Language::kFrench) |
                                      1U << static_cast<unsigned>(core::Language::kArabic);
  const v1::Envelope envelope = reply(answered(), french_and_arabic);
  ASSERT_EQ(envelope.answer().texts_size(), 2);
  const v1::ReasonText& text = envelope.answer().texts(1);
  EXPECT_EQ(text.language(), v1::FRENCH);
  EXPECT_EQ(text.reason(), v1::REFILL_TOO_SOON);
  EXPECT_EQ(text.meaning(), core::entry(Reason::kRefillTooSoon).meaning.french);
  EXPECT_EQ(text.advice(), core::entry(core::Remedy::kComeBackOn).advice.french);
}

TEST(Reply, CutsATraceThatDoesNotFit) {
  core::Answered long_one = answered();
  long_one.trace.assign(1'000,
                        {.check = 20, .line = 3, .passed = true, .inputs = std::string(100, 'i')});
  const v1::Envelope envelope = reply(long_one, 0xe);
  EXPECT_TRUE(envelope.answer().trace_cut());
  EXPECT_GT(envelope.answer().trace_size(), 200);
  EXPECT_LT(envelope.answer().trace_size(), 1'000);
  long_one.trace.resize(1);
  const v1::Envelope whole = reply(long_one);
  EXPECT_FALSE(whole.answer().trace_cut());
  EXPECT_EQ(whole.answer().trace(0).check(), 20U);
  EXPECT_EQ(whole.answer().trace(0).line(), 3);
}

TEST(Reply, TheLongestAnswerFitsAFrame) {
  core::ClaimDecision decision;
  decision.outcome = core::Outcome::kApprovedPartially;
  for (std::size_t i = 0; i < core::kClaimLinesMax; ++i) {
    core::LineDecision line;
    line.reason = core::reasons()[24 + i % 12].reason;
    line.insurer = line.patient = core::kClaimAmountMax;
    line.come_back_on = core::kDayMax;
    decision.lines.push_back(line);
  }
  core::Answered longest = answered();
  longest.body.clear();
  AnswerBodyEncoder().encode_body(command_of(test::submit(), test::pharmacy()), decision,
                                  UINT64_MAX, longest.body);
  longest.trace.assign(1'000,
                       {.check = 20, .line = 3, .passed = true, .inputs = std::string(100, 'i')});
  std::string frame;
  encode_reply(context(0xe), longest, frame);
  EXPECT_LE(frame.size(), kFrameHeaderBytes + kFrameBytesMax);
}

TEST(Reply, TellsAStatus) {
  core::Status status;
  status.finding = core::StatusDecision::Finding::kNotSeen;
  v1::Envelope envelope = reply(status);
  EXPECT_EQ(envelope.status().finding(), v1::StatusAnswer::NOT_SEEN);
  EXPECT_EQ(envelope.status().state_now(), v1::STATE_UNKNOWN);
  EXPECT_FALSE(envelope.status().has_receipt());
  status.finding = core::StatusDecision::Finding::kFound;
  status.state_now = core::RequestState::kApproved;
  status.body = stored_body();
  status.sequence = 9;
  status.reduced = core::Cents{5'000};
  envelope = reply(status, 0xe);
  EXPECT_EQ(envelope.status().reduced_cents(), 5'000);
  EXPECT_EQ(envelope.status().state_now(), v1::APPROVED);
  EXPECT_EQ(envelope.status().body(), stored_body());
  EXPECT_EQ(envelope.status().receipt().sequence(), 9U);
  EXPECT_EQ(envelope.status().texts_size(), 3);
}

TEST(Reply, ListsClaimsWithTheWayToTheNextPage) {
  core::ClaimIndexRow row;
  row.request_id.fill(0xee);
  row.state = core::RequestState::kReversed;
  row.insurer = Cents{80};
  core::Listed listed;
  listed.deed = core::Deed::kListClaims;
  listed.rows = {{core::claim_index_key(test::pharmacy(), *core::parse_day("2026-03-10"), 70),
                  core::encode_index_row(row)},
                 {core::claim_index_key(test::pharmacy(), *core::parse_day("1969-12-31"), 71),
                  core::encode_index_row(row)}};
  v1::Envelope envelope = reply(listed);
  ASSERT_EQ(envelope.claims_page().claims_size(), 2);
  const v1::ListedClaim& claim = envelope.claims_page().claims(0);
  EXPECT_EQ(claim.claim_id(), 70U);
  EXPECT_EQ(claim.decided_on(), "2026-03-10");
  EXPECT_EQ(claim.request_id(), std::string(16, '\xee'));
  EXPECT_EQ(claim.state_now(), v1::REVERSED);
  EXPECT_EQ(claim.insurer_cents(), 80);
  EXPECT_EQ(envelope.claims_page().next_after(), 0U);
  EXPECT_EQ(envelope.claims_page().next_from(), "");
  listed.more = true;
  envelope = reply(listed);
  EXPECT_EQ(envelope.claims_page().next_after(), 71U);
  EXPECT_EQ(envelope.claims_page().next_from(), "1969-12-31");
}

TEST(Reply, ListsAgreements) {
  core::AgreementIndexRow row;
  row.insured = *core::InsuredNumber::make("1600123456");
  row.rank = 2;
  row.wanted = {*core::parse_day("2026-03-01"), *core::parse_day("2026-06-30")};
  row.subject = *core::ProductCode::make("P-0001");
  core::Listed listed;
  listed.deed = core::Deed::kListPriorAgreements;
  listed.more = true;
  listed.rows = {
      {core::agreement_index_key(*core::FundCode::make("CNAS"), 17), core::encode_index_row(row)}};
  const v1::Envelope envelope = reply(listed);
  const v1::ListedAgreement& agreement = envelope.agreements_page().agreements(0);
  EXPECT_EQ(agreement.agreement_id(), 17U);
  EXPECT_EQ(agreement.insured_number(), "1600123456");
  EXPECT_EQ(agreement.wanted().until(), "2026-06-30");
  EXPECT_EQ(agreement.product_code(), "P-0001");
  EXPECT_EQ(envelope.agreements_page().next_after(), 17U);
}

TEST(Reply, ABusySwitchSaysWhyAndForHowLong) {
  const v1::Envelope envelope = reply(core::Refused{
      .code = core::Refusal::kBusy, .cause = core::BusyCause::kDisk, .retry_after_ms = 500});
  EXPECT_EQ(envelope.refused().code(), v1::Refused::BUSY);
  EXPECT_EQ(envelope.refused().cause(), v1::Refused::DISK);
  EXPECT_EQ(envelope.refused().retry_after_ms(), 500U);
  EXPECT_FALSE(envelope.refused().sentence().empty());
}

TEST(Reply, ARefusedFundIsNamed) {
  const v1::Envelope envelope =
      reply(core::Refused{.code = core::Refusal::kMalformed, .fund_unknown = true});
  EXPECT_EQ(envelope.refused().code(), v1::Refused::MALFORMED);
  EXPECT_EQ(envelope.refused().field(), "fund");
  EXPECT_EQ(envelope.refused().sentence(), "fund: no fund of this code is on file: correct it");
}

TEST(Reply, ABatchHasOneResultForEachItem) {
  std::vector<core::Reply> replies(kBatchItemsMax, core::Reply(answered()));
  replies[1] = core::Refused{.code = core::Refusal::kBusy};
  std::string frame;
  encode_batch(context(), replies, frame);
  const v1::Envelope envelope = envelope_of(frame);
  ASSERT_EQ(envelope.batch().items_size(), 100);
  EXPECT_EQ(envelope.batch().items(99).index(), 99U);
  EXPECT_TRUE(envelope.batch().items(0).has_answer());
  EXPECT_TRUE(envelope.batch().items(1).has_refused());
}

TEST(Refusals, NameTheFieldAndKeepTheCorrelation) {
  v1::Envelope request = test::submit();
  request.mutable_submit_claim()->mutable_claim()->mutable_lines(0)->set_quantity(0);
  const auto decoded = test::decode(request, test::pharmacy());
  ASSERT_FALSE(decoded);
  std::string frame;
  encode_refusal(decoded.error(), frame);
  const v1::Envelope envelope = envelope_of(frame);
  EXPECT_EQ(envelope.correlation_id(), 42U);
  EXPECT_EQ(envelope.refused().code(), v1::Refused::MALFORMED);
  EXPECT_EQ(envelope.refused().field(), "claim.lines[0].quantity");
  EXPECT_EQ(envelope.refused().sentence(), "claim.lines[0].quantity: 0 is outside 1..9999");
}

TEST(Refusals, AHeaderThatIsNoneGetsOneToo) {
  std::string frame;
  encode_refusal(HeaderFault::kTooLarge, frame);
  EXPECT_EQ(envelope_of(frame).refused().code(), v1::Refused::FRAME_TOO_LARGE);
  frame.clear();
  encode_refusal(HeaderFault::kEmpty, frame);
  EXPECT_EQ(envelope_of(frame).refused().code(), v1::Refused::MALFORMED);
}

TEST(Echoes, ComeBack) {
  std::string frame;
  encode_echo(7, "hello", frame);
  EXPECT_EQ(envelope_of(frame).echo().data(), "hello");
  EXPECT_EQ(envelope_of(frame).correlation_id(), 7U);
}

}  // namespace
}  // namespace wasl::wire

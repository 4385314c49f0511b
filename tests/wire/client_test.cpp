#include "wire/client.hpp"

#include "wire/feeds.hpp"
#include "wire/json.hpp"

namespace wasl::wire {
namespace {

TEST(Client, DigestsARequestAsTheSwitchDoes) {
  const auto here = checked(test::submit(), test::pharmacy());
  const auto there = test::decode(test::submit(), test::pharmacy());
  ASSERT_TRUE(here);
  ASSERT_TRUE(there);
  EXPECT_EQ(here->content, there->commands.front().content);
}

TEST(Client, RefusesWhatTheSwitchWouldRefuse) {
  v1::Envelope envelope = test::submit();
  envelope.mutable_submit_claim()->mutable_claim()->clear_lines();
  const auto command = checked(envelope, test::pharmacy());
  ASSERT_FALSE(command);
  EXPECT_EQ(command.error().context, "claim.lines: a claim has 1 to 40 of them");
  EXPECT_FALSE(checked(test::put_account(), test::fund()));
  EXPECT_FALSE(checked(test::echo(), test::fund()));
}

TEST(Client, FramesRequestsUpToTheBound) {
  v1::Envelope envelope = test::submit();
  const auto frame = frame_of(envelope);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->size(), kFrameHeaderBytes + envelope.ByteSizeLong());
  EXPECT_FALSE(frame_of(v1::Envelope()));
  // Tag and length of echo and data are 8 bytes here.
  v1::Envelope echo;
  echo.mutable_echo()->set_data(std::string(kFrameBytesMax - 8, 'x'));
  ASSERT_EQ(echo.ByteSizeLong(), kFrameBytesMax);
  EXPECT_TRUE(frame_of(echo));
  echo.mutable_echo()->mutable_data()->push_back('x');
  EXPECT_FALSE(frame_of(echo));
}

TEST(Client, ReadsAnswersOnly) {
  EXPECT_FALSE(read_answer(core::as_bytes("\xff\xff")));
  EXPECT_FALSE(read_answer(core::as_bytes(test::submit().SerializeAsString())));
  v1::Envelope answer;
  answer.mutable_refused()->set_code(v1::Refused::BUSY);
  EXPECT_TRUE(read_answer(core::as_bytes(answer.SerializeAsString())));
  EXPECT_FALSE(read_body(""));
  EXPECT_FALSE(read_body("\xff"));
}

TEST(Json, GivesAClaimBackAsItWasRead) {
  const auto text = to_json(test::submit().submit_claim(), true);
  ASSERT_TRUE(text);
  v1::SubmitClaim read;
  ASSERT_TRUE(from_json(*text, read));
  EXPECT_EQ(read.SerializeAsString(), test::submit().submit_claim().SerializeAsString());
}

TEST(Json, ReadsBothSpellingsAndNamesWhatIsWrong) {
  v1::SubmitClaim read;
  EXPECT_TRUE(from_json(R"({"claim":{"kind":"THIRD_PARTY","terminal_id":"T1"}})", read));
  EXPECT_EQ(read.claim().terminal_id(), "T1");
  v1::SubmitClaim other;
  EXPECT_TRUE(
      from_json(R"({"claim":{"terminalId":"T2","lines":[{"unitPriceCents":"5"}]}})", other));
  EXPECT_EQ(other.claim().lines(0).unit_price_cents(), 5);
  const auto wrong = from_json(R"({"claim":{"terminalld":"T2"}})", other);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().context.find("terminalld"), std::string::npos);
  EXPECT_FALSE(from_json("{", other));
}

TEST(Json, WritesAStoredBodyOut) {
  v1::AnswerBody body;
  body.mutable_claim()->set_outcome(v1::ClaimAnswer::APPROVED);
  v1::Envelope answer;
  answer.mutable_answer()->set_body(body.SerializeAsString());
  const auto text = answer_to_json(answer, false);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find(R"("body":{"claim":{"outcome":"APPROVED")"), std::string::npos) << *text;
  answer.mutable_answer()->set_body("\xff");
  EXPECT_FALSE(answer_to_json(answer, false));
  v1::Envelope echo = test::echo();
  const auto plain = answer_to_json(echo, false);
  ASSERT_TRUE(plain);
  EXPECT_TRUE(plain->starts_with("{\"envelope\":{")) << *plain;
}

}  // namespace
}  // namespace wasl::wire

// The frames of docs/wire_protocol.md, byte for byte. tests/wire/protocol_client_check.py reads
// them with protobuf's Python.

#include <fstream>
#include <sstream>

#include "core/hex.hpp"
#include "support/golden.hpp"
#include "support/source_directory.hpp"
#include "wire/answer_body.hpp"
#include "wire/client.hpp"
#include "wire/encode.hpp"
#include "wire/requests.hpp"

namespace wasl::wire {
namespace {

template <std::size_t N>
void set_proof_of(std::uint32_t atc, const char (&unpredictable)[N], std::uint64_t mac,
                  v1::Proof& out) {
  core::Proof proof;
  proof.atc = atc;
  std::copy_n(unpredictable, proof.unpredictable.size(), proof.unpredictable.begin());
  core::put_big_endian(proof.mac.data(), mac);
  set_proof(proof, out);
}

// The claim of the first two vectors of docs/card_proof.md, with their proofs.
v1::Envelope request() {
  v1::Envelope envelope = test::submit();
  envelope.mutable_options()->add_languages(v1::FRENCH);
  v1::SubmitClaim& submit = *envelope.mutable_submit_claim();
  submit.set_request_id(std::string("\xa0") + std::string(14, '\0') + "\x01");
  submit.mutable_claim()->mutable_lines()->RemoveLast();
  set_proof_of(1, "\x0a\x0b\x0c\x0d", 0xe97b'7350'3d6b'5122,
               *submit.mutable_proofs()->mutable_card());
  set_proof_of(9'001, "\x5e\x3f\x9a\x71", 0xa053'd9d7'5497'9ea8,
               *submit.mutable_proofs()->mutable_professional());
  return envelope;
}

core::Answered answer(const core::Command& command) {
  core::ClaimDecision decision;
  decision.outcome = core::Outcome::kApprovedPartially;
  decision.lines.resize(2);
  decision.lines[0].insurer = core::Cents{96'000};
  decision.lines[0].patient = core::Cents{24'000};
  decision.lines[1].reason = core::Reason::kProductNotCovered;
  decision.insurer = core::Cents{96'000};
  decision.patient = core::Cents{24'000};
  decision.prescriptions_left = std::uint8_t{1};
  decision.rights_until = core::parse_day("2026-12-31");
  core::Answered out;
  AnswerBodyEncoder().encode_body(command, decision, 77, out.body);
  out.sequence = 77;
  out.receipt.fill(0xcc);
  out.state_now = core::RequestState::kApproved;
  return out;
}

struct Example {
  std::string name;
  std::string frame;
};

std::vector<Example> examples() {
  std::vector<Example> out;
  const auto frame = frame_of(request());
  EXPECT_TRUE(frame);
  if (!frame) return out;
  out.push_back({"request", *frame});
  const auto decoded = test::decode(frame->substr(kFrameHeaderBytes), test::pharmacy());
  EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().sentence);
  if (!decoded) return out;
  AnswerContext context{.correlation_id = decoded->correlation_id, .journal = {}, .languages = 0};
  context.journal.fill(0xdd);
  out.push_back({"answer", ""});
  encode_reply(context, answer(decoded->commands.front()), out.back().frame);
  out.push_back({"busy", ""});
  encode_reply(
      context,
      core::Refused{
          .code = core::Refusal::kBusy, .cause = core::BusyCause::kQueue, .retry_after_ms = 200},
      out.back().frame);
  return out;
}

TEST(Examples, AreWhatTheDocumentShows) {
  test::Golden golden("wire_frames.txt",
                      "Frames shown in docs/wire_protocol.md, headers included.");
  std::ifstream in(test::source_directory() + "/docs/wire_protocol.md");
  std::ostringstream document;
  document << in.rdbuf();
  for (const Example& example : examples()) {
    golden.add(example.name, example.frame);
    const std::string shown = core::to_hex(core::as_bytes(example.frame));
    EXPECT_NE(document.str().find(shown), std::string::npos) << example.name;
  }
  golden.check();
}

TEST(Examples, SignTheContentOfTheirRequest) {
  const auto command = checked(request(), test::pharmacy());
  ASSERT_TRUE(command);
  EXPECT_EQ(core::to_hex(command->content),
            "243fb03d5efb16cceaac78bd7061eed7a672fb4062cdf5b2a391d227f33f8c5b");
}

}  // namespace
}  // namespace wasl::wire

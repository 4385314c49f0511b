#include "wire/client.hpp"

#include "wire/decode.hpp"

namespace wasl::wire {
namespace {

core::Result<core::Rulebook> no_rulebook(std::string_view) {
  return core::fail(core::Errc::kUnsupported, "a client does not read rulebooks");
}

bool is_answer(v1::Envelope::BodyCase body) {
  return body == v1::Envelope::kEcho || body >= v1::Envelope::kAnswer;
}

}  // namespace

core::Result<std::string> frame_of(const v1::Envelope& request) {
  if (request.ByteSizeLong() > kFrameBytesMax) {
    return core::fail(core::Errc::kLimit, "the request is above 65536 bytes: send fewer items");
  }
  std::string frame;
  const std::size_t start = begin_frame(frame);
  if (!request.AppendToString(&frame) || frame.size() == kFrameHeaderBytes) {
    return core::fail(core::Errc::kMalformed, "the request is empty or cannot be written");
  }
  finish_frame(start, frame);
  return frame;
}

core::Result<v1::Envelope> read_answer(core::ByteView envelope) {
  v1::Envelope answer;
  if (!answer.ParseFromArray(envelope.data(), static_cast<int>(envelope.size())) ||
      !is_answer(answer.body_case())) {
    return core::fail(core::Errc::kMalformed, "the switch sent no answer of wasl/1");
  }
  return answer;
}

core::Result<void> greeted(const v1::Envelope& answer) {
  if (answer.has_echo()) return {};
  const v1::Refused& refused = answer.refused();
  return core::fail(core::Errc::kNotPermitted,
                    v1::Refused::Code_Name(refused.code()) + ": " + refused.sentence());
}

core::Result<v1::AnswerBody> read_body(std::string_view body) {
  v1::AnswerBody read;
  if (!read.ParseFromArray(body.data(), static_cast<int>(body.size())) ||
      read.answer_case() == v1::AnswerBody::ANSWER_NOT_SET) {
    return core::fail(core::Errc::kMalformed, "the stored answer is no AnswerBody of wasl/1");
  }
  return read;
}

core::Result<core::Command> checked(const v1::Envelope& request, const core::Participant& from) {
  Decoder decoder(no_rulebook);
  const std::string bytes = request.SerializeAsString();
  auto decoded = decoder.decode(core::as_bytes(bytes), from);
  if (!decoded) return core::fail(core::Errc::kMalformed, decoded.error().sentence);
  if (decoded->commands.size() != 1 || decoded->batch) {
    return core::fail(core::Errc::kUnsupported, "not a single request");
  }
  return std::move(decoded->commands.front());
}

void set_proof(const core::Proof& proof, v1::Proof& out) {
  out.set_atc(proof.atc);
  out.set_unpredictable(proof.unpredictable.data(), proof.unpredictable.size());
  out.set_mac(proof.mac.data(), proof.mac.size());
}

}  // namespace wasl::wire

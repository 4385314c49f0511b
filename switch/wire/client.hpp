#pragma once
// The client's side of the protocol, for terminal, demo, benchmarks and tests: from messages to
// frames and back, and what the card signs.

#include <optional>
#include <string>
#include <string_view>

#include "core/request.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"
#include "wire/frame.hpp"

namespace wasl::wire {

// The whole frame of a request. kLimit if it is above kFrameBytesMax.
[[nodiscard]] core::Result<std::string> frame_of(const v1::Envelope& request);

// An answer without its header. kMalformed if it is no Envelope with an answer.
[[nodiscard]] core::Result<v1::Envelope> read_answer(core::ByteView envelope);
// What the answer to an Echo says of the one who asked: accepted, or kNotPermitted with the
// switch's words after a typed refusal.
[[nodiscard]] core::Result<void> greeted(const v1::Envelope& answer);
// The stored part of an answer. kMalformed if the bytes are none.
[[nodiscard]] core::Result<v1::AnswerBody> read_body(std::string_view body);

// The request as the switch will see it, after the same checks: its content is what card and
// professional sign. kMalformed with the field's path where the switch would refuse it. Single
// requests only, no feeds.
[[nodiscard]] core::Result<core::Command> checked(const v1::Envelope& request,
                                                  const core::Participant& from);

void set_proof(const core::Proof& proof, v1::Proof& out);

}  // namespace wasl::wire

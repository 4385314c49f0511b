#pragma once
// The stored part of an answer: wasl.v1.AnswerBody of a decision. A status query has none, nor has
// what the switch or its operator asks.

#include "core/answer_encoder.hpp"

namespace wasl::wire {

class AnswerBodyEncoder final : public core::AnswerEncoder {
 public:
  void encode_body(const core::Command& command, const core::Decision& decision,
                   core::Sequence sequence, std::string& out) const override;
};

}  // namespace wasl::wire

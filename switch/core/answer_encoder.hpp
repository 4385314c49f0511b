#pragma once
// How the engine gets the bytes of a stored answer without knowing their format; `wire` implements
// it.

#include <string>

#include "core/decision.hpp"

namespace wasl::core {

class AnswerEncoder {
 public:
  virtual ~AnswerEncoder() = default;

  // Appends the answer body. Deterministic; engine thread; never fails.
  virtual void encode_body(const Command& command, const Decision& decision, Sequence sequence,
                           std::string& out) const = 0;
};

}  // namespace wasl::core

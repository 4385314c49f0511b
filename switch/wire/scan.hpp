#pragma once
// Looks a frame over before protobuf may allocate for it: every length within its parent, no field
// more often than it may stand, text in UTF-8, at most kUnknownFieldsMax unknown fields, no groups.
// What passes makes protobuf allocate a small multiple of the frame. Pure; any thread.

#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "core/reply.hpp"

namespace wasl::wire {

struct Scan {
  bool ok = true;
  std::uint64_t correlation_id = 0;  // As far as it was read; an Envelope begins with it.
  core::Refusal code = core::Refusal::kMalformed;
  std::string field;    // Path; empty: the frame.
  std::string problem;  // "more than 40 of them"
};

[[nodiscard]] Scan scan(core::ByteView envelope);

}  // namespace wasl::wire

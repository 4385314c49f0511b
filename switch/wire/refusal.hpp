#pragma once
// Why a request was not taken: the answer `Refused` of the protocol, as a value.

#include <cstdint>
#include <string>

#include "core/reply.hpp"

namespace wasl::wire {

struct Refusal {
  core::Refused refused;
  std::string sentence;              // For whoever develops the terminal; holds no payload.
  std::string field;                 // "claim.lines[3].quantity"; empty: the frame as a whole.
  std::uint64_t correlation_id = 0;  // Of the request, 0 if it could not be read.
};

}  // namespace wasl::wire

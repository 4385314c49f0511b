#pragma once
// One request of a simulated terminal and what came of it: the clients' own record, kept outside
// the switch, by which the switch is judged afterwards (audit.hpp). Plain data.

#include <cstdint>
#include <string>

#include "core/ids.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

struct Exchange {
  core::Participant from;
  core::RequestId request_id{};
  v1::Envelope::BodyCase kind = v1::Envelope::BODY_NOT_SET;
  std::string envelope;  // As sent, first and again; empty once it is answered.
  bool answered = false;
  bool refused = false;       // Without effect: the switch must not know it.
  bool was_in_doubt = false;  // At some time its answer failed to come.
  std::string body;           // The stored answer, byte for byte.
  std::uint64_t sequence = 0;
  core::Sha256 record_hash{};
};

// Of a changing request that a terminal is about to send.
[[nodiscard]] Exchange open_exchange(const core::Participant& from, const v1::Envelope& request);
void close_exchange(Exchange& exchange, const v1::Answer& answer);

}  // namespace wasl::cli

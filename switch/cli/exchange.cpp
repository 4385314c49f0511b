#include "cli/exchange.hpp"

#include <algorithm>

#include "cli/outbox.hpp"
#include "core/assert.hpp"

namespace wasl::cli {

Exchange open_exchange(const core::Participant& from, const v1::Envelope& request) {
  Exchange exchange;
  exchange.from = from;
  exchange.kind = request.body_case();
  const std::optional<core::RequestId> id = request_id_of(request);
  WASL_ASSERT(id.has_value());
  exchange.request_id = *id;
  exchange.envelope = request.SerializeAsString();
  return exchange;
}

void close_exchange(Exchange& exchange, const v1::Answer& answer) {
  exchange.answered = true;
  exchange.envelope = std::string();  // Given back: there may be millions.
  exchange.body = answer.body();
  exchange.sequence = answer.receipt().sequence();
  const std::string& hash = answer.receipt().record_hash();
  if (hash.size() == exchange.record_hash.size()) {
    std::ranges::copy(hash, exchange.record_hash.begin());
  }
}

}  // namespace wasl::cli

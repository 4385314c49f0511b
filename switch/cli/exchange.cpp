#include "cli/exchange.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace wasl::cli {
namespace {

const std::string& request_id_of(const v1::Envelope& request) {
  switch (request.body_case()) {
    case v1::Envelope::kReverseClaim:
      return request.reverse_claim().request_id();
    case v1::Envelope::kGetRights:
      return request.get_rights().request_id();
    case v1::Envelope::kUpdateCard:
      return request.update_card().request_id();
    case v1::Envelope::kReportCard:
      return request.report_card().request_id();
    default:
      return request.submit_claim().request_id();
  }
}

}  // namespace

Exchange open_exchange(const core::Participant& from, const v1::Envelope& request) {
  Exchange exchange;
  exchange.from = from;
  exchange.kind = request.body_case();
  const std::string& id = request_id_of(request);
  WASL_ASSERT(id.size() == exchange.request_id.size());
  std::ranges::copy(id, exchange.request_id.begin());
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

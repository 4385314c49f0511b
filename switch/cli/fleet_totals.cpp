#include "cli/fleet_totals.hpp"

#include <algorithm>

namespace wasl::cli {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

void count_claim(const v1::ClaimAnswer& answer, FleetTotals& totals) {
  ++totals.claims;
  switch (answer.outcome()) {
    case v1::ClaimAnswer::APPROVED:
      ++totals.approved;
      break;
    case v1::ClaimAnswer::APPROVED_PARTIALLY:
      ++totals.approved_partially;
      break;
    default:
      ++totals.declined[v1::Reason_Name(answer.reason())];
  }
  totals.insurer_cents += answer.insurer_cents();
  totals.patient_cents += answer.patient_cents();
  for (const v1::LineAnswer& line : answer.lines()) {
    if (line.reason() != v1::REASON_NONE) ++totals.declined_lines[v1::Reason_Name(line.reason())];
  }
}

void add_counts(const Counts& more, Counts& sum) {
  for (const auto& [reason, count] : more) sum[reason] += count;
}

}  // namespace

void FleetTotals::count(const Exchange& exchange, const v1::AnswerBody& body) {
  const auto done = [this](v1::Reason reason, std::uint64_t& counter) {
    ++(reason == v1::REASON_NONE ? counter : not_done);
  };
  switch (exchange.kind) {
    case v1::Envelope::kReverseClaim:
      return done(body.reversal().reason(), reversed);
    case v1::Envelope::kGetRights:
      return done(body.rights().reason(), rights_shown);
    case v1::Envelope::kUpdateCard:
      return done(body.card().reason(), cards_updated);
    case v1::Envelope::kReportCard:
      return done(body.card().reason(), cards_reported);
    default:
      if (exchange.from.role == core::Role::kCentre) ++refunds;
      count_claim(body.claim(), *this);
  }
}

void FleetTotals::add(const FleetTotals& more) {
  claims += more.claims;
  refunds += more.refunds;
  approved += more.approved;
  approved_partially += more.approved_partially;
  add_counts(more.declined, declined);
  add_counts(more.declined_lines, declined_lines);
  insurer_cents += more.insurer_cents;
  patient_cents += more.patient_cents;
  reversed += more.reversed;
  rights_shown += more.rights_shown;
  cards_updated += more.cards_updated;
  cards_reported += more.cards_reported;
  not_done += more.not_done;
  refused += more.refused;
  in_doubt += more.in_doubt;
  repeated += more.repeated;
  unlike += more.unlike;
  latencies_us.insert(latencies_us.end(), more.latencies_us.begin(), more.latencies_us.end());
}

std::uint64_t FleetTotals::declined_claims() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : declined) sum += count;
  return sum;
}

double percentile_ms(std::vector<std::uint32_t> latencies_us, double share) {
  if (latencies_us.empty()) return 0;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(latencies_us.size() - 1));
  const auto at = latencies_us.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(latencies_us.begin(), at, latencies_us.end());
  return static_cast<double>(*at) / 1'000;
}

}  // namespace wasl::cli

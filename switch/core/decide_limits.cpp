// Checks 21 to 23, which look at all lines that passed so far, and what remains of the quarter.

#include "core/claim_facts.hpp"
#include "core/codec.hpp"

namespace wasl::core {
namespace {

bool is_limited(const LineDecision& line) {
  return line.reason == Reason::kNone && line.subject_to_limits;
}

void decline(std::vector<LineDecision>& lines, Reason reason, bool (*which)(const LineDecision&)) {
  for (LineDecision& line : lines) {
    if (!which(line)) continue;
    line = LineDecision{};
    line.reason = reason;
  }
}

bool count_exceeded(const ClaimFacts& facts) {
  const auto& most = facts.parameters->prescriptions_per_quarter;
  if (!most) return false;
  const bool counted = facts.history.counted_quarter(facts.claim.prescription.key).has_value();
  const std::uint32_t used = facts.history.counted_in(quarter_of(facts.claim.service_date));
  const bool passed = counted || used < *most;
  return !facts.situation.check(21, passed, [&] {
    return words("prescription counted before ", counted, "; in this quarter ", used, " of ",
                 *most);
  });
}

bool ceiling_exceeded(const ClaimFacts& facts, const std::vector<LineDecision>& lines) {
  const auto& ceiling = facts.parameters->prescription_ceiling;
  if (!ceiling) return false;
  const Cents before = facts.history.limited_amount(facts.claim.prescription.key);
  Cents now;
  for (const LineDecision& line : lines) {
    if (is_limited(line)) now += line.price;
  }
  return !facts.situation.check(22, before + now <= *ceiling, [&] {
    return words("this claim ", now, ", before ", before, ", ceiling ", *ceiling);
  });
}

bool history_full(const ClaimFacts& facts, const std::vector<LineDecision>& lines) {
  std::size_t bytes = facts.history.kept_bytes();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].reason != Reason::kNone) continue;
    bytes += encoded_bytes(history_line(facts.claim, i, lines[i], ClaimId{0}));
  }
  return !facts.situation.check(23, bytes <= kHistoryBytesMax, [&] {
    return words("history ", bytes, " bytes, at most ", kHistoryBytesMax);
  });
}

bool any(const std::vector<LineDecision>& lines, bool (*which)(const LineDecision&)) {
  for (const LineDecision& line : lines) {
    if (which(line)) return true;
  }
  return false;
}

bool passed(const LineDecision& line) { return line.reason == Reason::kNone; }

}  // namespace

void check_limits(const ClaimFacts& facts, std::vector<LineDecision>& lines) {
  if (any(lines, is_limited)) {
    if (count_exceeded(facts)) {
      decline(lines, Reason::kPrescriptionCountExceeded, is_limited);
    } else if (ceiling_exceeded(facts, lines)) {
      decline(lines, Reason::kPrescriptionCeilingExceeded, is_limited);
    }
  }
  if (any(lines, passed) && history_full(facts, lines)) {
    decline(lines, Reason::kHistoryFull, passed);
  }
}

std::optional<std::uint8_t> prescriptions_left(const ClaimFacts& facts,
                                               const std::vector<LineDecision>& lines) {
  const auto& most = facts.parameters->prescriptions_per_quarter;
  if (!facts.third_party() || !most || facts.exempt_person()) return std::nullopt;
  const std::int32_t quarter = quarter_of(facts.claim.service_date);
  std::uint32_t used = facts.history.counted_in(quarter);
  if (any(lines, is_limited)) {
    // Counted in the earliest quarter: a prescription counted later moves to this one.
    const auto counted = facts.history.counted_quarter(facts.claim.prescription.key);
    if (!counted || *counted > quarter) ++used;
  }
  return used < *most ? static_cast<std::uint8_t>(*most - used) : std::uint8_t{0};
}

HistoryLine history_line(const Claim& claim, std::size_t index, const LineDecision& line,
                         ClaimId id) {
  const ClaimLine& asked = claim.lines[index];
  return {.claim = id,
          .kind = claim.kind,
          .prescription = claim.prescription.key,
          .service_date = claim.service_date,
          .product = asked.product,
          .inn = line.inn,
          .supply_days = asked.supply_days,
          .price = line.price,
          .long_term = line.long_term,
          .subject_to_limits = line.subject_to_limits};
}

}  // namespace wasl::core

#pragma once
// The fields of every decision and of the proofs, in the order of docs/data_format.md "Record
// payload". Private to core's codecs.

#include "core/decision.hpp"
#include "core/fields.hpp"
#include "core/request.hpp"
#include "core/rib.hpp"
#include "core/row_fields.hpp"

namespace wasl::core {

// The quarter of kDayMax; 0 where nothing is pruned.
inline constexpr std::int32_t kQuarterMax = 2199 * 4 + 3;

void optional_day(auto& io, Is<std::optional<Day>> auto& day) {
  io.optional(day, [&](auto& value) { io.day(value); });
}

void optional_count(auto& io, Is<std::optional<std::uint8_t>> auto& count) {
  io.optional(count, [&](auto& value) { io.integer(value); });
}

void fields(auto& io, Is<LineDecision> auto& line) {
  io.reason(line.reason);
  io.cents(line.price, kClaimAmountMax);
  io.cents(line.insurer, kClaimAmountMax);
  io.cents(line.patient, kClaimAmountMax);
  io.boolean(line.long_term);
  io.boolean(line.subject_to_limits);
  io.code_or_empty(line.inn);
  optional_day(io, line.come_back_on);
}

void fields(auto& io, Is<ClaimDecision> auto& decision) {
  io.choice(decision.outcome, Outcome::kApproved, Outcome::kDeclined);
  io.reason(decision.reason);
  io.boolean(decision.marks_atc);
  io.code_or_empty(decision.insured);
  io.list(decision.lines, kClaimLinesMax);
  io.cents(decision.insurer, kClaimAmountMax);
  io.cents(decision.patient, kClaimAmountMax);
  optional_count(io, decision.prescriptions_left);
  optional_day(io, decision.rights_until);
  io.integer(decision.kept.quarter_from, 0, kQuarterMax);
  io.day(decision.kept.service_from);
  if (io.format() >= 3) io.integer(decision.corrects);
  if (io.format() >= 5) optional_day(io, decision.pay_by);
}

void fields(auto& io, Is<ReversalDecision> auto& decision) {
  using Effect = ReversalDecision::Effect;
  io.choice(decision.effect, Effect::kReleased, Effect::kRefused);
  io.reason(decision.reason);
  io.integer(decision.claim);
  io.cents(decision.insurer, kClaimAmountMax);
  io.cents(decision.patient, kClaimAmountMax);
}

void fields(auto& io, Is<StatusDecision> auto& decision) {
  using Finding = StatusDecision::Finding;
  io.choice(decision.finding, Finding::kFound, Finding::kNotAClaim);
  io.boolean(decision.writes_tombstone);
}

void fields(auto& io, Is<BeneficiaryRights> auto& rights) {
  io.integer(rights.rank, 1, kRankMax);
  io.day(rights.birth);
  io.boolean(rights.open);
  optional_day(io, rights.until);
  io.boolean(rights.long_term);
  optional_count(io, rights.prescriptions_left);
}

void fields(auto& io, Is<RightsDecision> auto& decision) {
  io.reason(decision.reason);
  io.boolean(decision.marks_atc);
  io.code_or_empty(decision.insured);
  optional_day(io, decision.rights_until);
  io.list(decision.beneficiaries, kRankMax);
}

void fields(auto& io, Is<PlainDecision> auto& decision) {
  io.reason(decision.reason);
  io.code_or_empty(decision.insured);
  io.integer(decision.agreement);
}

void fields(auto& io, Is<ListDifference> auto& difference) {
  io.integer(difference.claim);
  io.choice(difference.side, ListSide::kOnlyListed, ListSide::kAmountDiffers);
  io.cents(difference.held, kClaimAmountMax);
}

void fields(auto& io, Is<ClosingDecision> auto& decision) {
  io.reason(decision.reason);
  io.long_list(decision.differences, kClosingClaimsMax + kHoldingsMax);
  io.integer(decision.first);
  io.integer(decision.claims_each, 0, kBordereauClaimsMax);
  io.day(decision.due);
  io.check((decision.first > 0) == (decision.reason == Reason::kNone));
  io.check((decision.first > 0) == (decision.claims_each > 0));
}

void fields(auto& io, Is<ReviewTally> auto& tally) {
  io.integer(tally.claims);
  io.cents(tally.amount, kBordereauAmountMax);
}

void fields(auto& io, Is<ReviewDecision> auto& decision) {
  io.reason(decision.reason);
  io.integer(decision.claim);
  fields(io, decision.accepted);
  fields(io, decision.rejected);
  fields(io, decision.held);
  fields(io, decision.undecided);
}

void fields(auto& io, Is<ReductionDecision> auto& decision) {
  using Effect = ReductionDecision::Effect;
  io.choice(decision.effect, Effect::kRefused, Effect::kOwedBack);
  io.reason(decision.reason);
  io.cents(decision.difference, kClaimAmountMax);
  const bool refused = decision.effect == Effect::kRefused;
  io.check(refused == (decision.reason != Reason::kNone));
  io.check(refused == (decision.difference.value == 0));
}

void fields(auto& io, Is<PayoutDecision> auto& decision) {
  using Effect = PayoutDecision::Effect;
  io.choice(decision.effect, Effect::kRefused, Effect::kWithdrawn);
  io.reason(decision.reason);
  io.check((decision.effect == Effect::kRefused) == (decision.reason != Reason::kNone));
}

void fields(auto& io, Is<RunDecision> auto& decision) {
  io.reason(decision.reason);
  io.choice(decision.state, RunState::kCollecting, RunState::kCancelled);
  io.integer(decision.released, 0, static_cast<std::uint32_t>(kPayoutItemsMax));
}

// Lists hold structs; these have one field each.
void fields(auto& io, Is<Cents> auto& amount) { io.cents(amount, kRunAmountMax); }
void fields(auto& io, Is<OwedVerdict> auto& verdict) {
  io.choice(verdict, OwedVerdict::kTaken, OwedVerdict::kOwesMore);
}
void fields(auto& io, Is<StatusVerdict> auto& verdict) {
  io.choice(verdict, StatusVerdict::kFine, StatusVerdict::kTwice);
}

// Of a record from before anything was withheld.
inline void withhold_nothing(CollectDecision& decision) {
  decision.withheld.resize(decision.to.size());
}
inline void withhold_nothing(const CollectDecision&) {}

void fields(auto& io, Is<CollectDecision> auto& decision) {
  io.reason(decision.reason);
  io.choice(decision.state, RunState::kCollecting, RunState::kCancelled);
  io.list(decision.verdicts, kPayoutItemsMax);
  io.list(decision.to, kPayoutItemsMax);
  if (io.format() >= 5) {
    io.list(decision.withheld, kPayoutItemsMax);
  } else {
    withhold_nothing(decision);
  }
}

void fields(auto& io, Is<ExportDecision> auto& decision) {
  io.reason(decision.reason);
  io.choice(decision.state, RunState::kExporting, RunState::kExported);
  io.integer(decision.payouts, 0, static_cast<std::uint32_t>(kStepItemsMax));
  io.optional(decision.from, [&](auto& from) { fields(io, from); });
}

void fields(auto& io, Is<StatusEffect> auto& effect) {
  io.choice(effect.behind, PayoutState::kExported, PayoutState::kReturned);
  io.boolean(effect.account_must_change);
}

void fields(auto& io, Is<StatusFileDecision> auto& decision) {
  io.reason(decision.reason);
  io.choice(decision.state, StatusFileState::kReceiving, StatusFileState::kRefused);
  io.integer(decision.file);
  io.integer(decision.parts);
  io.list(decision.verdicts, kPartEntriesMax);
  io.list(decision.effects, kPartEntriesMax);
}

void fields(auto& io, Is<Decision> auto& decision) {
  io.alternative(decision);
  io.alternative_fields(decision);
}

void fields(auto& io, Is<Proof> auto& proof) {
  io.integer(proof.atc);
  io.array(proof.unpredictable);
  io.array(proof.mac);
}

void fields(auto& io, Is<Proofs> auto& proofs) {
  io.optional(proofs.card, [&](auto& proof) { fields(io, proof); });
  io.optional(proofs.professional, [&](auto& proof) { fields(io, proof); });
  io.integer(proofs.professional_key_version);
  io.choice(proofs.card_verdict, ProofVerdict::kNotGiven, ProofVerdict::kWrong);
  io.choice(proofs.professional_verdict, ProofVerdict::kNotGiven, ProofVerdict::kWrong);
}

}  // namespace wasl::core

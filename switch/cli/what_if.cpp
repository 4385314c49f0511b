#include "cli/what_if.hpp"

#include <algorithm>
#include <limits>

#include "cli/record_text.hpp"
#include "core/reason.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kLineApproved = "APPROVED";

// A network's centimes of many years fit; a journal made to overflow them stays at the bound.
void add_to(std::int64_t& sum, core::Cents amount) {
  if (__builtin_add_overflow(sum, amount.value, &sum))
    sum = std::numeric_limits<std::int64_t>::max();
}

std::string_view label(const core::ClaimDecision& decision) {
  if (decision.outcome != core::Outcome::kDeclined) return outcome_name(decision.outcome);
  return core::entry(decision.reason).name;
}

core::Cents asked(const core::Claim& claim) {
  core::Cents sum;
  for (const core::ClaimLine& line : claim.lines) sum += line.quantity * line.unit_price;
  return sum;
}

bool same_line(const core::LineDecision& a, const core::LineDecision& b) {
  return a.reason == b.reason && a.insurer == b.insurer && a.patient == b.patient;
}

bool same_answer(const core::ClaimDecision& a, const core::ClaimDecision& b) {
  return a.outcome == b.outcome && a.reason == b.reason &&
         std::ranges::equal(a.lines, b.lines, same_line);
}

// A claim declined as a whole has no line decisions: its reason stands for each of its lines.
void add_lines(Changes& changes, const core::Claim& claim, const core::ClaimDecision& decision,
               Tally BeforeAfter::* side) {
  core::LineDecision whole;
  whole.reason = decision.reason;
  for (std::size_t i = 0; i < claim.lines.size(); ++i) {
    const core::LineDecision& line = i < decision.lines.size() ? decision.lines[i] : whole;
    const std::string_view by =
        line.reason == core::Reason::kNone ? kLineApproved : core::entry(line.reason).name;
    (changes[std::string(by)].*side)
        .add(claim.lines[i].quantity * claim.lines[i].unit_price, line.insurer, line.patient);
  }
}

}  // namespace

void Tally::add(core::Cents asked, core::Cents insurer, core::Cents patient) {
  ++count;
  add_to(asked_cents, asked);
  add_to(insurer_cents, insurer);
  add_to(patient_cents, patient);
}

void WhatIf::add(const core::Claim& claim, const core::ClaimDecision& before,
                 const core::ClaimDecision& after) {
  ++claims;
  if (!same_answer(before, after)) ++changed;
  by_claim[std::string(label(before))].before.add(asked(claim), before.insurer, before.patient);
  by_claim[std::string(label(after))].after.add(asked(claim), after.insurer, after.patient);
  add_lines(by_line, claim, before, &BeforeAfter::before);
  add_lines(by_line, claim, after, &BeforeAfter::after);
}

}  // namespace wasl::cli

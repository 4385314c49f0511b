#include "cli/record_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace wasl::cli {
namespace {

std::string_view name(core::ReversalDecision::Effect effect) {
  using Effect = core::ReversalDecision::Effect;
  switch (effect) {
    case Effect::kReleased:
      return "RELEASED";
    case Effect::kAlreadyReversed:
      return "ALREADY_REVERSED";
    case Effect::kNothingToRelease:
      return "NOTHING_TO_RELEASE";
    case Effect::kTombstone:
      return "TOMBSTONE";
    case Effect::kRefused:
      break;
  }
  return "NOT_DONE";
}

std::string_view name(core::ReductionDecision::Effect effect) {
  using Effect = core::ReductionDecision::Effect;
  switch (effect) {
    case Effect::kOwedLess:
      return "OWED_LESS";
    case Effect::kOwedBack:
      return "OWED_BACK";
    case Effect::kRefused:
      break;
  }
  return "REFUSED";
}

std::string_view name(core::PayoutDecision::Effect effect) {
  using Effect = core::PayoutDecision::Effect;
  switch (effect) {
    case Effect::kWaits:
      return "WAITS";
    case Effect::kSet:
      return "SET";
    case Effect::kWithdrawn:
      return "WITHDRAWN";
    case Effect::kRefused:
      break;
  }
  return "REFUSED";
}

std::string_view name(core::RunState state) {
  switch (state) {
    case core::RunState::kCollecting:
      return "COLLECTING";
    case core::RunState::kProposed:
      return "PROPOSED";
    case core::RunState::kApproved:
      return "APPROVED";
    case core::RunState::kCancelling:
      return "CANCELLING";
    case core::RunState::kExporting:
      return "EXPORTING";
    case core::RunState::kExported:
      return "EXPORTED";
    case core::RunState::kCancelled:
      break;
  }
  return "CANCELLED";
}

std::string_view name(core::StatusFileState state) {
  switch (state) {
    case core::StatusFileState::kReceiving:
      return "RECEIVING";
    case core::StatusFileState::kApplying:
      return "APPLYING";
    case core::StatusFileState::kApplied:
      return "APPLIED";
    case core::StatusFileState::kRefused:
      break;
  }
  return "REFUSED";
}

std::string amounts(core::Cents insurer, core::Cents patient) {
  return fmt::format("fund {}, patient {}", core::to_text(insurer), core::to_text(patient));
}

// Empty where everything was granted.
std::string because(core::Reason reason) {
  return reason == core::Reason::kNone ? std::string()
                                       : fmt::format(" {}", core::entry(reason).name);
}

std::string plain(core::Reason reason) {
  return reason == core::Reason::kNone ? "granted" : "refused" + because(reason);
}

struct Words {
  std::string operator()(const core::ClaimDecision& decision) const {
    std::string text =
        fmt::format("{}{}", outcome_name(decision.outcome), because(decision.reason));
    if (decision.outcome != core::Outcome::kDeclined) {
      text += ", " + amounts(decision.insurer, decision.patient);
    }
    std::size_t number = 0;
    for (const core::LineDecision& line : decision.lines) {
      ++number;
      if (line.reason != core::Reason::kNone) {
        text += fmt::format("; line {}{}", number, because(line.reason));
      }
    }
    return text;
  }
  std::string operator()(const core::ReversalDecision& decision) const {
    return fmt::format("{}{}, {}", name(decision.effect), because(decision.reason),
                       amounts(decision.insurer, decision.patient));
  }
  std::string operator()(const core::StatusDecision& decision) const {
    return decision.writes_tombstone ? "closed the request id" : "told the state";
  }
  std::string operator()(const core::RightsDecision& decision) const {
    return plain(decision.reason);
  }
  std::string operator()(const core::ClosingDecision& decision) const {
    std::string text = plain(decision.reason);
    if (decision.first > 0) text += fmt::format(", bordereaux from {}", decision.first);
    if (!decision.differences.empty()) {
      text += fmt::format(", differences {}", decision.differences.size());
    }
    return text;
  }
  std::string operator()(const core::ReviewDecision& decision) const {
    std::string text = plain(decision.reason);
    if (decision.claim > 0) text += fmt::format(", claim {}", decision.claim);
    if (decision.reason != core::Reason::kNone) return text;
    return text + fmt::format(", accepted {} ({}), rejected {}, held {}, undecided {}",
                              decision.accepted.claims, core::to_text(decision.accepted.amount),
                              decision.rejected.claims, decision.held.claims,
                              decision.undecided.claims);
  }
  std::string operator()(const core::ReductionDecision& decision) const {
    std::string text = std::string(name(decision.effect)) + because(decision.reason);
    if (decision.reason != core::Reason::kNone) return text;
    return text + ", difference " + core::to_text(decision.difference);
  }
  std::string operator()(const core::PayoutDecision& decision) const {
    return std::string(name(decision.effect)) + because(decision.reason);
  }
  std::string operator()(const core::RunDecision& decision) const {
    if (decision.reason != core::Reason::kNone) return plain(decision.reason);
    std::string text(name(decision.state));
    if (decision.released > 0) text += fmt::format(", payouts given back {}", decision.released);
    return text;
  }
  std::string operator()(const core::CollectDecision& decision) const {
    if (decision.reason != core::Reason::kNone) return plain(decision.reason);
    std::string text = fmt::format(
        "{}, payouts {}, items {} of {}", name(decision.state), decision.to.size(),
        std::ranges::count(decision.verdicts, core::OwedVerdict::kTaken), decision.verdicts.size());
    core::Cents withheld;
    for (const core::Cents each : decision.withheld) withheld += each;
    if (withheld > core::Cents{}) text += ", withheld " + core::to_text(withheld);
    return text;
  }
  std::string operator()(const core::ExportDecision& decision) const {
    if (decision.reason != core::Reason::kNone) return plain(decision.reason);
    return fmt::format("{}, payouts {}", name(decision.state), decision.payouts);
  }
  std::string operator()(const core::StatusFileDecision& decision) const {
    if (decision.reason != core::Reason::kNone) return plain(decision.reason);
    std::string text(name(decision.state));
    if (decision.file > 0) text += fmt::format(", known as file {}", decision.file);
    if (!decision.verdicts.empty()) {
      text += fmt::format(", entries fine {} of {}",
                          std::ranges::count(decision.verdicts, core::StatusVerdict::kFine),
                          decision.verdicts.size());
    }
    if (!decision.effects.empty()) {
      text += fmt::format(", carried out {}", decision.effects.size());
    }
    return text;
  }
  std::string operator()(const core::PlainDecision& decision) const {
    return plain(decision.reason);
  }
};

}  // namespace

std::string_view outcome_name(core::Outcome outcome) {
  switch (outcome) {
    case core::Outcome::kApproved:
      return "APPROVED";
    case core::Outcome::kApprovedPartially:
      return "APPROVED_PARTIALLY";
    case core::Outcome::kDeclined:
      break;
  }
  return "DECLINED";
}

namespace {

// Of a record without participant.
std::string_view asked_itself(const core::Request& request) {
  const bool day = std::holds_alternative<core::AdvanceBusinessDay>(request);
  return day ? "the switch" : "the operator";
}

}  // namespace

std::string decision_text(const core::Decision& decision) { return std::visit(Words{}, decision); }

std::string record_text(const core::RecordView& record, core::Instant now) {
  const core::Participant& from = record.command.from;
  const std::string who =
      from.id.empty()
          ? std::string(asked_itself(record.command.request))
          : fmt::format("{} {}{}{}", core::name(from.role), from.id.view(),
                        record.command.by.empty() ? "" : ", operator ", record.command.by.view());
  return fmt::format("{} of {} at {}: {}", core::name(core::deed_of(record.command.request)), who,
                     core::to_text(now), decision_text(record.decision));
}

}  // namespace wasl::cli

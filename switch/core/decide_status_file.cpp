// What banks say: a file is opened, received part by part and judged, and carried out.
// docs/settlement.md "What the bank says".

#include <algorithm>

#include "core/bank_word.hpp"
#include "core/situation.hpp"

namespace wasl::core {
namespace {

StatusFileDecision refused(Reason reason) {
  StatusFileDecision decision;
  decision.reason = reason;
  return decision;
}

StatusFileDecision now_in(StatusFileState state) {
  StatusFileDecision decision;
  decision.state = state;
  return decision;
}

// The file that the request names, in that state; else why not.
Reason check_file(const Situation& s, StatusFileState state) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return reason;
  const auto* file = s.rows.get<StatusFile>(Slot::kStatusFile);
  if (file == nullptr) return Reason::kStatusFileUnknown;
  return file->state == state ? Reason::kNone : Reason::kStatusFileNotInThisState;
}

// Of a file that was begun or done under the name that is opened; nothing: it may begin anew.
std::optional<StatusFileDecision> known(const StatusFile& file, const OpenStatusFile& request) {
  if (file.state == StatusFileState::kRefused) return std::nullopt;
  if (file.sha256 != request.sha256 || file.entries != request.entries) {
    return refused(Reason::kStatusFileDiffers);
  }
  StatusFileDecision decision = now_in(file.state);
  decision.file = file.id;
  decision.parts = file.parts;
  return decision;
}

std::vector<StatusVerdict> judge_part(const Situation& s, const StatusFile& file,
                                      const ReceiveStatuses& part) {
  std::vector<StatusVerdict> verdicts;
  for (std::size_t i = 0; i < part.entries.size(); ++i) {
    const bool goes_up = part.entries[i].payout > file.last;
    verdicts.push_back(goes_up ? judge(part.entries[i], s.rows.get<Payout>(Slot::kListed, i))
                               : StatusVerdict::kTwice);
  }
  return verdicts;
}

// Nothing else changes an exported payout while the file is open, so what was judged is so still.
std::vector<StatusEffect> effects_of_step(const Situation& s, const StatusFile& file) {
  std::vector<StatusEffect> effects;
  const std::uint32_t entries = step_entries(s.rows);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const StatusEntry& entry = s.rows.get<StatusPart>(Slot::kStatusPart)->entries[file.entry + i];
    const PayoutState before = s.rows.get<Payout>(Slot::kListed, i)->state;
    const std::optional<PayoutState> behind = state_behind(entry.word, before);
    WASL_ASSERT(behind.has_value());
    const bool came_back = *behind == PayoutState::kReturned && before != *behind;
    effects.push_back(
        {.behind = *behind,
         .account_must_change = came_back && is_accounts_fault(entry.word, entry.reason)});
  }
  return effects;
}

}  // namespace

StatusFileDecision decide_status_file(const Situation& s, const OpenStatusFile& request) {
  const Reason reason = check_request(s);
  if (reason != Reason::kNone) return refused(reason);
  if (const auto* file = s.rows.get<StatusFile>(Slot::kStatusFile)) {
    if (auto decision = known(*file, request)) return std::move(*decision);
  }
  const auto* desk = s.rows.get<StatusDesk>(Slot::kStatusDesk);
  if (desk != nullptr && desk->open > 0) return refused(Reason::kStatusFileOpen);
  return now_in(StatusFileState::kReceiving);
}

StatusFileDecision decide_status_file(const Situation& s, const ReceiveStatuses& request) {
  const Reason reason = check_file(s, StatusFileState::kReceiving);
  if (reason != Reason::kNone) return refused(reason);
  const auto& file = *s.rows.get<StatusFile>(Slot::kStatusFile);
  const bool next = request.part == file.parts + 1;
  if (!next || request.entries.size() > file.entries - file.received) {
    return refused(Reason::kStatusFileNotInThisState);
  }
  StatusFileDecision decision = now_in(StatusFileState::kReceiving);
  decision.verdicts = judge_part(s, file, request);
  if (file.received + request.entries.size() < file.entries) return decision;
  const bool wrong =
      file.wrong > 0 || std::ranges::any_of(decision.verdicts, [](StatusVerdict verdict) {
        return verdict != StatusVerdict::kFine;
      });
  decision.state = wrong ? StatusFileState::kRefused : StatusFileState::kApplying;
  return decision;
}

StatusFileDecision decide_status_file(const Situation& s, const ApplyStatuses&) {
  const Reason reason = check_file(s, StatusFileState::kApplying);
  if (reason != Reason::kNone) return refused(reason);
  const auto& file = *s.rows.get<StatusFile>(Slot::kStatusFile);
  StatusFileDecision decision;
  decision.effects = effects_of_step(s, file);
  const bool last = file.applied + decision.effects.size() == file.entries;
  decision.state = last ? StatusFileState::kApplied : StatusFileState::kApplying;
  return decision;
}

StatusFileDecision decide_status_file(const Situation& s, const DropStatusFile&) {
  const Reason reason = check_file(s, StatusFileState::kReceiving);
  return reason != Reason::kNone ? refused(reason) : now_in(StatusFileState::kRefused);
}

}  // namespace wasl::core

#include "store/verify_status_files.hpp"

#include <algorithm>

#include "core/bank_word.hpp"
#include "core/run.hpp"
#include "store/row_walk.hpp"
#include "store/verify_text.hpp"

namespace wasl::store {

using core::StatusFileState;
using core::StatusVerdict;

core::Result<void> StatusFileCheck::take(const core::Command& command,
                                         const core::StatusFileDecision& decision,
                                         const core::Stamp& stamp) {
  const Step step{command, decision, stamp};
  if (const auto* request = std::get_if<core::OpenStatusFile>(&command.request)) {
    return open(step, *request);
  }
  if (const auto* request = std::get_if<core::ReceiveStatuses>(&command.request)) {
    return receive(step, *request);
  }
  if (const auto* request = std::get_if<core::ApplyStatuses>(&command.request)) {
    return apply(step, *request);
  }
  const auto* request = std::get_if<core::DropStatusFile>(&command.request);
  return request != nullptr ? drop(step, *request) : core::Result<void>{};
}

void StatusFileCheck::differs(const Step& step, const char* what) {
  differences_.add("settlement", at(step.stamp.sequence) + ": " + what);
}

core::Result<void> StatusFileCheck::open(const Step& step, const core::OpenStatusFile& request) {
  const core::FundCode fund = core::fund_spoken_for(step.command.from);
  const core::RowKey name_key = core::status_file_name_key(fund, request.message_id);
  const auto name = expected_.get<core::StatusFileName>(name_key);
  if (!name) return std::unexpected(name.error());
  core::Result<std::optional<core::StatusFile>> known;
  if (name->has_value()) {
    known = expected_.get<core::StatusFile>(core::status_file_key(fund, (*name)->file));
    if (!known) return std::unexpected(known.error());
  }
  const bool goes_on = known->has_value() && (*known)->state != StatusFileState::kRefused;
  if (step.decision.file > 0 || goes_on) {
    return find_again(step, goes_on ? &**known : nullptr, request);
  }
  const core::RowKey desk_key = core::status_desk_key(fund);
  const auto desk = expected_.get<core::StatusDesk>(desk_key);
  if (!desk) return std::unexpected(desk.error());
  if (desk->has_value() && (*desk)->open > 0) differs(step, "opens a second status file");
  core::StatusFile file;
  file.fund = fund;
  file.id = step.stamp.sequence;
  file.message_id = request.message_id;
  file.sha256 = request.sha256;
  file.by = step.command.by;
  file.at = step.stamp.now;
  file.entries = request.entries;
  if (auto put = expected_.put(name_key, core::StatusFileName{.file = file.id}); !put) return put;
  if (auto put = expected_.put(desk_key, core::StatusDesk{.open = file.id}); !put) return put;
  return put(step, file, StatusFileState::kReceiving);
}

core::Result<void> StatusFileCheck::find_again(const Step& step, const core::StatusFile* known,
                                               const core::OpenStatusFile& request) {
  const core::StatusFileDecision& told = step.decision;
  const bool same = known != nullptr && told.file == known->id && told.state == known->state &&
                    told.parts == known->parts && request.sha256 == known->sha256 &&
                    request.entries == known->entries;
  if (!same) differs(step, "finds another status file than the one of this name");
  return {};
}

core::Result<std::optional<core::StatusFile>> StatusFileCheck::file_in(const Step& step,
                                                                       core::Sequence id,
                                                                       StatusFileState state) {
  const core::FundCode fund = core::fund_spoken_for(step.command.from);
  auto file = expected_.get<core::StatusFile>(core::status_file_key(fund, id));
  if (!file || (file->has_value() && (*file)->state == state)) return file;
  differs(step, "goes on with a status file that does not stand so");
  return std::optional<core::StatusFile>{};
}

core::Result<StatusVerdict> StatusFileCheck::verdict_on(const core::StatusFile& file,
                                                        const core::StatusEntry& entry) {
  if (entry.payout <= file.last) return StatusVerdict::kTwice;
  const auto payout = payouts_.find(file.fund, entry.payout);
  if (!payout) return std::unexpected(payout.error());
  return core::judge(entry, payout->has_value() ? &**payout : nullptr);
}

core::Result<void> StatusFileCheck::receive(const Step& step,
                                            const core::ReceiveStatuses& request) {
  auto file = file_in(step, request.file, StatusFileState::kReceiving);
  if (!file) return std::unexpected(file.error());
  if (!file->has_value()) return {};
  core::StatusFile& received = **file;
  const std::vector<core::StatusEntry>& entries = request.entries;
  const bool next =
      request.part == received.parts + 1 && entries.size() <= received.entries - received.received;
  if (!next || step.decision.verdicts.size() != entries.size()) {
    differs(step, "takes a part of a status file that is not the next one");
    return {};
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto verdict = verdict_on(received, entries[i]);
    if (!verdict) return std::unexpected(verdict.error());
    if (*verdict != step.decision.verdicts[i]) differs(step, "misjudges what the bank says");
    if (*verdict != StatusVerdict::kFine) ++received.wrong;
  }
  received.parts = request.part;
  received.received += static_cast<std::uint32_t>(entries.size());
  received.last = std::max(received.last, entries.back().payout);
  const core::StatusPart part{
      .fund = received.fund, .file = received.id, .number = request.part, .entries = entries};
  auto kept = expected_.put(core::status_part_key(part.fund, part.file, part.number), part);
  if (!kept) return kept;
  if (received.received < received.entries) return put(step, received, StatusFileState::kReceiving);
  return put(step, received,
             received.wrong > 0 ? StatusFileState::kRefused : StatusFileState::kApplying);
}

core::Result<void> StatusFileCheck::apply(const Step& step, const core::ApplyStatuses& request) {
  auto file = file_in(step, request.file, StatusFileState::kApplying);
  if (!file) return std::unexpected(file.error());
  if (!file->has_value()) return {};
  core::StatusFile& applied = **file;
  const auto part = expected_.get<core::StatusPart>(
      core::status_part_key(applied.fund, applied.id, applied.part));
  if (!part) return std::unexpected(part.error());
  const std::size_t left = part->has_value() ? (*part)->entries.size() - applied.entry : 0;
  const std::vector<core::StatusEffect>& effects = step.decision.effects;
  if (effects.empty() || effects.size() > left) {
    differs(step, "carries out nothing, or more than a part of a status file");
    return {};
  }
  for (std::size_t i = 0; i < effects.size(); ++i) {
    auto heard = payouts_.hear(
        {.file = applied, .entry = (*part)->entries[applied.entry + i], .effect = effects[i]},
        step.stamp);
    if (!heard) return heard;
  }
  applied.applied += static_cast<std::uint32_t>(effects.size());
  applied.entry = static_cast<std::uint16_t>(applied.entry + effects.size());
  if (applied.entry == (*part)->entries.size()) {
    ++applied.part;
    applied.entry = 0;
  }
  const bool done = applied.applied == applied.entries;
  return put(step, applied, done ? StatusFileState::kApplied : StatusFileState::kApplying);
}

core::Result<void> StatusFileCheck::drop(const Step& step, const core::DropStatusFile& request) {
  auto file = file_in(step, request.file, StatusFileState::kReceiving);
  if (!file) return std::unexpected(file.error());
  return file->has_value() ? put(step, **file, StatusFileState::kRefused) : core::Result<void>{};
}

core::Result<void> StatusFileCheck::put(const Step& step, core::StatusFile& file,
                                        StatusFileState state) {
  if (step.decision.state != state) differs(step, "leaves a status file in another state");
  file.state = state;
  const bool done = state == StatusFileState::kApplied || state == StatusFileState::kRefused;
  if (done) {
    auto cleared = expected_.put(core::status_desk_key(file.fund), core::StatusDesk{.open = 0});
    if (!cleared) return cleared;
  }
  return expected_.put(core::status_file_key(file.fund, file.id), file);
}

core::Result<void> StatusFileCheck::compare_rows(const Rocks& rows) {
  core::Result<void> outcome;
  const auto compare = [&]<typename T>(core::KeyTag tag, const char* name) {
    if (!outcome) return;
    const auto check = [&](const core::RowKey& key, const T& row) -> core::Result<void> {
      const auto met = expected_.meet(key, row);
      if (!met) return std::unexpected(met.error());
      if (!*met)
        differences_.add("settlement", std::string(name) + " is not as its records left it");
      return {};
    };
    outcome = for_each_of<T>(rows, tag, check);
    name_missing(tag, name);
  };
  compare.operator()<core::StatusFile>(core::KeyTag::kStatusFile, "a status file");
  compare.operator()<core::StatusPart>(core::KeyTag::kStatusPart, "a part of a status file");
  compare.operator()<core::StatusFileName>(core::KeyTag::kStatusFileName,
                                           "the name of a status file");
  compare.operator()<core::StatusDesk>(core::KeyTag::kStatusDesk,
                                       "what a fund has open of status files");
  return outcome;
}

void StatusFileCheck::name_missing(core::KeyTag tag, const char* what) {
  const std::uint64_t missing = expected_.missing(tag);
  if (missing == 0) return;
  differences_.add("settlement",
                   std::string(what) + " has no row: " + std::to_string(missing) + " times");
}

}  // namespace wasl::store

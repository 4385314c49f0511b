#include "cli/replay_print.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string_view>

namespace wasl::cli {
namespace {

std::string money(std::int64_t cents) { return core::to_text(core::Cents{cents}); }

std::string table(std::string_view title, const Changes& changes) {
  std::string text = fmt::format("\n{:<30} {:>23} {:>33} {:>33} {:>33}\n{:<30}", title, "count",
                                 "asked", "fund pays", "patient pays", "");
  text += fmt::format(" {:>11} {:>11}", "before", "after");
  for (int i = 0; i < 3; ++i) text += fmt::format(" {:>16} {:>16}", "before", "after");
  text += '\n';
  for (const auto& [reason, each] : changes) {
    text += fmt::format("{:<30} {:>11} {:>11}", reason, each.before.count, each.after.count);
    for (const auto member : {&Tally::asked_cents, &Tally::insurer_cents, &Tally::patient_cents}) {
      text += fmt::format(" {:>16} {:>16}", money(each.before.*member), money(each.after.*member));
    }
    text += '\n';
  }
  return text;
}

std::string text_of(const WhatIf& what_if) {
  return fmt::format(
             "{} claims of the rulebook's scheme, {} would have been answered otherwise; "
             "{} others not judged\n",
             what_if.claims, what_if.changed, what_if.others) +
         table("claims", what_if.by_claim) + table("lines", what_if.by_line);
}

std::string text_of(const TracedRecord& traced) {
  std::string text = fmt::format("record {}: {}\n", traced.sequence, traced.text);
  for (const core::TraceStep& step : traced.trace) {
    const std::string line = step.line < 0 ? "claim" : fmt::format("line {}", step.line + 1);
    text += fmt::format("  check {:>2}  {:<8} {}  {}\n", step.check, line,
                        step.passed ? "passed" : "FAILED", step.inputs);
  }
  return text;
}

std::string text_of(const ReplayDifference& difference) {
  if (difference.sequence == 0) {
    return fmt::format("DIFFERS  {}: {}\n", difference.where, difference.what);
  }
  return fmt::format("DIFFERS  record {} (decider {}), {}: {}\n", difference.sequence,
                     difference.decider_version, difference.where, difference.what);
}

std::string text_of(const std::map<std::uint16_t, VersionTally>& versions) {
  std::string text;
  for (const auto& [version, tally] : versions) {
    text += fmt::format("decider {:<5} {} decided again, {} differ{}\n", version, tally.records,
                        tally.differing, version == core::kDeciderVersion ? " (this build)" : "");
  }
  return text;
}

boost::json::object json_of(const Tally& tally) {
  return {{"count", tally.count},
          {"asked_cents", tally.asked_cents},
          {"insurer_cents", tally.insurer_cents},
          {"patient_cents", tally.patient_cents}};
}

boost::json::object json_of(const Changes& changes) {
  boost::json::object object;
  for (const auto& [reason, each] : changes) {
    object[reason] =
        boost::json::object{{"before", json_of(each.before)}, {"after", json_of(each.after)}};
  }
  return object;
}

boost::json::object json_of(const WhatIf& what_if) {
  return {{"claims", what_if.claims},
          {"changed", what_if.changed},
          {"others", what_if.others},
          {"by_claim", json_of(what_if.by_claim)},
          {"by_line", json_of(what_if.by_line)}};
}

boost::json::object json_of(const TracedRecord& traced) {
  boost::json::array steps;
  for (const core::TraceStep& step : traced.trace) {
    steps.push_back({{"check", step.check},
                     {"line", step.line},
                     {"passed", step.passed},
                     {"inputs", step.inputs}});
  }
  return {{"sequence", traced.sequence}, {"record", traced.text}, {"trace", std::move(steps)}};
}

boost::json::array json_of(const std::map<std::uint16_t, VersionTally>& versions) {
  boost::json::array array;
  for (const auto& [version, tally] : versions) {
    array.push_back(
        {{"decider_version", version}, {"records", tally.records}, {"differing", tally.differing}});
  }
  return array;
}

boost::json::array json_of(const std::vector<ReplayDifference>& differences) {
  boost::json::array array;
  for (const ReplayDifference& each : differences) {
    array.push_back({{"sequence", each.sequence},
                     {"decider_version", each.decider_version},
                     {"where", each.where},
                     {"what", each.what}});
  }
  return array;
}

}  // namespace

std::string replay_text(const Replayed& replayed, const ReplayOptions& options) {
  std::string text;
  if (replayed.traced) {
    text = text_of(*replayed.traced);
  } else {
    text =
        fmt::format("journal  {} records, up to record {}\n", replayed.records, replayed.sequence);
    text += options.rulebook ? text_of(replayed.what_if) : text_of(replayed.versions);
  }
  for (const ReplayDifference& each : replayed.differences) text += text_of(each);
  const std::uint64_t unnamed = replayed.differences_total - replayed.differences.size();
  if (unnamed > 0) text += fmt::format("DIFFERS  and {} more\n", unnamed);
  const bool plain = !options.rulebook && !replayed.traced;
  return plain && replayed.differences_total == 0 ? text + "OK\n" : text;
}

std::string replay_json(const Replayed& replayed, const ReplayOptions& options) {
  boost::json::object object{{"ok", replayed.differences_total == 0},
                             {"records", replayed.records},
                             {"decided", replayed.decided},
                             {"sequence", replayed.sequence},
                             {"versions", json_of(replayed.versions)},
                             {"differences", json_of(replayed.differences)},
                             {"differences_total", replayed.differences_total}};
  if (options.rulebook) object["what_if"] = json_of(replayed.what_if);
  if (replayed.traced) object["traced"] = json_of(*replayed.traced);
  return boost::json::serialize(object) + "\n";
}

}  // namespace wasl::cli

#include "cli/review_words.hpp"

#include <fmt/format.h>

#include <vector>

#include "cli/format.hpp"
#include "cli/receipt_text.hpp"
#include "cli/typed_name.hpp"
#include "core/nearest.hpp"
#include "core/review_reason.hpp"

namespace wasl::cli {
namespace {

std::unexpected<core::Error> unknown(std::string_view what, std::string_view typed,
                                     const std::vector<std::string>& known) {
  std::string names;
  for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
  const std::string near = core::nearest(typed_name(typed), known);
  return core::fail(
      core::Errc::kNotFound,
      fmt::format("there is no {} '{}'{}; known: {}", what, typed,
                  near.empty() ? "" : fmt::format(", did you mean {}?", near), names));
}

// Of a claim that is held, or that is to be.
template <typename Held>
std::string step_of(const Held& held, core::Language language) {
  if (held.until().empty()) return {};
  return fmt::format("{0}{1} {2}{0}{3}{4}{5}", comma(language), text(Word::kUntil, language),
                     held.until(), text(Word::kNextStep, language), colon(language),
                     text(held.owner(), language));
}

std::string_view name_of(v1::ReviewVerdict::Verdict verdict) {
  if (verdict == v1::ReviewVerdict::ACCEPT) return "accept";
  return verdict == v1::ReviewVerdict::REJECT ? "reject" : "hold";
}

template <typename Judged>
std::string judged(std::string_view how, const Judged& claim, core::Language language) {
  std::string out(how);
  if (claim.reason() == v1::REVIEW_REASON_NONE) return out;
  return out.append(colon(language))
      .append(words_of(claim.reason(), language))
      .append(step_of(claim, language));
}

}  // namespace

core::Result<v1::ReviewReason> parse_review_reason(std::string_view typed) {
  const auto reason = core::review_reason_named(typed_name(typed));
  if (reason) return static_cast<v1::ReviewReason>(*reason);
  std::vector<std::string> known;
  for (const core::ReviewReasonEntry& entry : core::review_reasons())
    known.emplace_back(entry.name);
  return unknown("reason", typed, known);
}

core::Result<v1::StepOwner> parse_step_owner(std::string_view typed) {
  const auto owner = core::step_owner_named(typed_name(typed));
  if (owner) return static_cast<v1::StepOwner>(*owner);
  std::vector<std::string> known;
  for (const auto each :
       {core::StepOwner::kProvider, core::StepOwner::kCentre, core::StepOwner::kFund}) {
    known.emplace_back(core::name(each));
  }
  return unknown("owner of a step", typed, known);
}

std::string words_of(v1::ReviewReason reason, core::Language language) {
  const core::ReviewReasonEntry* const entry = core::entry(static_cast<core::ReviewReason>(reason));
  // Of a newer switch.
  if (entry == nullptr) return std::to_string(reason);
  return fmt::format("{} ({})", entry->meaning.in(language), entry->name);
}

std::string words_of(const v1::PresentedClaim& claim, core::Language language) {
  std::string state(text(claim.state(), language));
  if (claim.reduced_cents() > 0) {
    state += fmt::format("{}{} {}", comma(language), text(Word::kReducedBy, language),
                         amount_for_people(claim.reduced_cents()));
  }
  return judged(state, claim, language);
}

std::string words_of(const v1::ReviewVerdict& verdict, core::Language language) {
  return judged(name_of(verdict.verdict()), verdict, language);
}

}  // namespace wasl::cli

#include "cli/bordereau_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/receipt_text.hpp"
#include "cli/review_words.hpp"
#include "core/calendar.hpp"
#include "core/hex.hpp"
#include "core/review_reason.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;

core::Instant closed_at(const v1::Bordereau& one) {
  return core::Instant{std::chrono::milliseconds{one.closed_at_ms()}};
}
// What the centre has not decided.
std::int64_t open_cents(const v1::Bordereau& one) {
  return one.total_cents() - one.accepted_cents() - one.rejected_cents() - one.reduced_cents();
}
std::string hex(const std::string& bytes) { return core::to_hex(core::as_bytes(bytes)); }

// Names for machines; empty where there is nothing to name.
std::string reason_name(const v1::PresentedClaim& claim) {
  const bool none = claim.reason() == v1::REVIEW_REASON_NONE;
  return none ? std::string() : v1::ReviewReason_Name(claim.reason());
}
std::string owner_name(const v1::PresentedClaim& claim) {
  return std::string(core::name(static_cast<core::StepOwner>(claim.owner())));
}

json::object head_json(const v1::Bordereau& one) {
  return {{"provider", one.provider().id()},
          {"fund", one.fund()},
          {"number", one.number()},
          {"centre", one.centre()},
          {"closed_at", core::to_text(closed_at(one))},
          {"closed_by", one.closed_by()},
          {"due", one.due()},
          {"count", one.count()},
          {"total_cents", one.total_cents()},
          {"accepted_cents", one.accepted_cents()},
          {"rejected_cents", one.rejected_cents()},
          {"reduced_cents", one.reduced_cents()},
          {"open_cents", open_cents(one)}};
}

constexpr std::string_view kLine =
    "{:>9}  {:<10}  {:<10}  {:>6}  {:>14}  {:>14}  {:>14}  {:>14}  {:>14}\n";

std::string text_head() {
  return fmt::format(kLine, "bordereau", "closed on", "due", "claims", "total", "accepted",
                     "rejected", "reduced", "open");
}

std::string text_line(const v1::Bordereau& one) {
  return fmt::format(
      kLine, one.number(), core::to_text(core::day_of(closed_at(one), std::chrono::minutes{0})),
      one.due(), one.count(), amount_for_people(one.total_cents()),
      amount_for_people(one.accepted_cents()), amount_for_people(one.rejected_cents()),
      amount_for_people(one.reduced_cents()), amount_for_people(open_cents(one)));
}

constexpr std::string_view kClaimLine = "{:>9}  {:<32}  {:>14}  {}\n";

json::value claim_json(const v1::PresentedClaim& claim) {
  return json::object{{"claim_id", claim.claim_id()},
                      {"request_id", hex(claim.request_id())},
                      {"insurer_cents", claim.insurer_cents()},
                      {"state", v1::State_Name(claim.state())},
                      {"reason", reason_name(claim)},
                      {"until", claim.until()},
                      {"owner", owner_name(claim)},
                      {"reviewed_by", claim.reviewed_by()},
                      {"payment_reference", claim.payment_reference()},
                      {"reduced_cents", claim.reduced_cents()},
                      {"reduced_by", claim.reduced_by()}};
}

std::string claim_csv(const v1::PresentedClaim& claim) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", claim.claim_id(),
                     hex(claim.request_id()), claim.insurer_cents(), v1::State_Name(claim.state()),
                     reason_name(claim), claim.until(), owner_name(claim), claim.reviewed_by(),
                     claim.payment_reference(), claim.reduced_cents(), claim.reduced_by());
}

std::string claim_line(const v1::PresentedClaim& claim, core::Language language) {
  std::string state = words_of(claim, language);
  if (!claim.payment_reference().empty()) {
    state += fmt::format("{}{}{}{}", comma(language), text(Word::kPaymentReference, language),
                         colon(language), claim.payment_reference());
  }
  return fmt::format(kClaimLine, claim.claim_id(), hex(claim.request_id()),
                     amount_for_people(claim.insurer_cents()), state);
}

}  // namespace

std::string bordereaux(std::span<const v1::Bordereau> all, Format format) {
  if (format == Format::kJson) {
    json::array out;
    for (const v1::Bordereau& one : all) out.push_back(head_json(one));
    return json::serialize(json::object{{"bordereaux", std::move(out)}}) + "\n";
  }
  const bool csv = format == Format::kCsv;
  std::string out = csv ? "number,closed_at,closed_by,due,count,total_cents,accepted_cents,"
                          "rejected_cents,reduced_cents,open_cents\n"
                        : text_head();
  for (const v1::Bordereau& one : all) {
    out += csv ? fmt::format("{},{},{},{},{},{},{},{},{},{}\n", one.number(),
                             core::to_text(closed_at(one)), one.closed_by(), one.due(), one.count(),
                             one.total_cents(), one.accepted_cents(), one.rejected_cents(),
                             one.reduced_cents(), open_cents(one))
               : text_line(one);
  }
  return out;
}

std::string bordereau(const v1::Bordereau& one, Format format, core::Language language) {
  if (format == Format::kJson) {
    json::object out = head_json(one);
    json::array claims;
    for (const v1::PresentedClaim& claim : one.claims()) claims.push_back(claim_json(claim));
    out["claims"] = std::move(claims);
    return json::serialize(out) + "\n";
  }
  const bool csv = format == Format::kCsv;
  std::string out = csv ? "claim_id,request_id,insurer_cents,state,reason,until,owner,reviewed_by,"
                          "payment_reference,reduced_cents,reduced_by\n"
                        : title_of(one) + "\n" + text_head() + text_line(one) +
                              fmt::format(kClaimLine, "claim", "request", "amount", "state");
  for (const v1::PresentedClaim& claim : one.claims()) {
    out += csv ? claim_csv(claim) : claim_line(claim, language);
  }
  return out;
}

std::string title_of(const v1::Bordereau& one) {
  return fmt::format("bordereau {} of pharmacy {}, fund {}, reviewed by {}", one.number(),
                     one.provider().id(), one.fund(),
                     one.centre().empty() ? "the fund" : "centre " + one.centre());
}

}  // namespace wasl::cli

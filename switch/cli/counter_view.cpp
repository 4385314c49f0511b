#include "cli/counter_view.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string_view>

#include "cli/bordereau_view.hpp"
#include "cli/lateness.hpp"
#include "cli/receipt.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "core/review_reason.hpp"

namespace wasl::cli {
namespace {

namespace json = boost::json;

struct Totals {
  std::size_t late = 0;  // Bordereaux.
  std::uint64_t presented = 0;
  std::uint64_t held = 0;
  std::int64_t insurer_cents = 0;
};

Totals totals_of(std::span<const v1::OpenReview> reviews, core::Day today) {
  Totals totals;
  for (const v1::OpenReview& review : reviews) {
    if (days_late(review.deadline(), today) > 0) ++totals.late;
    totals.presented += review.presented();
    totals.held += review.held();
    totals.insurer_cents += review.insurer_cents();
  }
  return totals;
}

constexpr std::string_view kLine = "{:<10}  {:<12}  {:<12}  {:<12}  {:>9}  {:>9}  {:>5}  {:>16}\n";

std::string text_head() {
  return fmt::format(kLine, "deadline", "", "fund", "pharmacy", "bordereau", "presented", "held",
                     "amount");
}

std::string text_line(const v1::OpenReview& review, core::Day today) {
  return fmt::format(kLine, review.deadline(), urgency(review.deadline(), today), review.fund(),
                     review.provider().id(), review.number(), review.presented(), review.held(),
                     amount_for_people(review.insurer_cents()));
}

std::string total_line(std::span<const v1::OpenReview> reviews, core::Day today) {
  if (reviews.empty()) return "nothing waits for a decision\n";
  const Totals totals = totals_of(reviews, today);
  return fmt::format("to decide: {}; late: {}; claims presented: {}, held: {}; {}\n",
                     reviews.size(), totals.late, totals.presented, totals.held,
                     amount_for_people(totals.insurer_cents));
}

std::string pending_text(std::span<const v1::OpenReview> reviews, core::Day today) {
  std::string out = reviews.empty() ? std::string() : text_head();
  for (const v1::OpenReview& review : reviews) out += text_line(review, today);
  return out + total_line(reviews, today);
}

std::string pending_csv(std::span<const v1::OpenReview> reviews, core::Day today) {
  std::string out =
      "deadline,days_late,fund,provider,number,closed_by,presented,held,insurer_cents\n";
  for (const v1::OpenReview& review : reviews) {
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", review.deadline(),
                       days_late(review.deadline(), today), review.fund(), review.provider().id(),
                       review.number(), review.closed_by(), review.presented(), review.held(),
                       review.insurer_cents());
  }
  return out;
}

std::string pending_json(std::span<const v1::OpenReview> reviews, core::Day today) {
  json::array list;
  for (const v1::OpenReview& review : reviews) {
    list.push_back({{"deadline", review.deadline()},
                    {"days_late", days_late(review.deadline(), today)},
                    {"fund", review.fund()},
                    {"provider", review.provider().id()},
                    {"number", review.number()},
                    {"closed_by", review.closed_by()},
                    {"presented", review.presented()},
                    {"held", review.held()},
                    {"insurer_cents", review.insurer_cents()}});
  }
  const Totals totals = totals_of(reviews, today);
  return json::serialize(json::object{{"reviews", std::move(list)},
                                      {"late", totals.late},
                                      {"presented", totals.presented},
                                      {"held", totals.held},
                                      {"insurer_cents", totals.insurer_cents}}) +
         "\n";
}

}  // namespace

std::string pending(std::span<const v1::OpenReview> reviews, core::Day today, Format format) {
  if (format == Format::kJson) return pending_json(reviews, today);
  return format == Format::kCsv ? pending_csv(reviews, today) : pending_text(reviews, today);
}

std::string numbered_pending(std::span<const v1::OpenReview> reviews, core::Day today) {
  std::string out = reviews.empty() ? std::string() : "     " + text_head();
  for (std::size_t i = 0; i < reviews.size(); ++i) {
    out += fmt::format("{:>3}  {}", i + 1, text_line(reviews[i], today));
  }
  return out + total_line(reviews, today);
}

std::string numbered_claims(const v1::Bordereau& bordereau, const v1::ReviewBordereau& review,
                            core::Language language) {
  std::string out = fmt::format("{}, due {}\n", title_of(bordereau), bordereau.due());
  int number = 0;
  for (const v1::PresentedClaim& claim : bordereau.claims()) {
    out += fmt::format("{:>3}  claim {:<9}  {:>14}  {}\n", ++number, claim.claim_id(),
                       amount_for_people(claim.insurer_cents()), words_of(claim, language));
    const auto verdict = verdict_for(review, claim);
    if (verdict) out += fmt::format("     -> {}\n", words_of(*verdict, language));
  }
  return out;
}

std::string summary(const v1::ReviewBordereau& review, const v1::Bordereau& bordereau,
                    core::Language language) {
  return title_of(bordereau) + "\n" + review_totals(expected(review, bordereau), language);
}

std::string review_reasons(core::Language language, bool as_json) {
  std::string text;
  json::array array;
  for (const core::ReviewReasonEntry& entry : core::review_reasons()) {
    const auto number = static_cast<unsigned>(entry.reason);
    text += fmt::format("{}  {:<22}{}\n", number, entry.name, entry.meaning.in(language));
    array.push_back({{"number", number},
                     {"name", entry.name},
                     {"meaning",
                      {{"ar", entry.meaning.arabic},
                       {"fr", entry.meaning.french},
                       {"en", entry.meaning.english}}}});
  }
  return as_json ? json::serialize(array) + "\n" : text;
}

}  // namespace wasl::cli

#include "cli/counter_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>
#include <utility>

#include "cli/bordereau_view.hpp"
#include "cli/lateness.hpp"
#include "cli/payout_view.hpp"
#include "cli/receipt.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "core/pending.hpp"
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

// A change or an agreement, with the day by which it is to be done.
template <typename T>
struct Due {
  std::string deadline;
  const T* what;
};

std::string deadline_of(const v1::PayoutChange& change) {
  const core::Instant at{std::chrono::milliseconds{change.entered_at_ms()}};
  return core::to_text(core::day_of(at, std::chrono::minutes{0}) + core::kAccountChangeDays);
}
std::string deadline_of(const v1::ListedAgreement& agreement) { return agreement.wanted().from(); }

template <typename T>
std::vector<Due<T>> earliest_first(const std::vector<T>& all) {
  std::vector<Due<T>> sorted;
  for (const T& each : all) sorted.push_back({deadline_of(each), &each});
  std::ranges::stable_sort(sorted, {}, &Due<T>::deadline);
  return sorted;
}

std::string changes_text(const std::vector<v1::PayoutChange>& changes, core::Day today) {
  if (changes.empty()) return {};
  constexpr std::string_view kChange = "{:<10}  {:<12}  {:<34}  {}\n";
  std::string out = fmt::format(kChange, "deadline", "", "account of", "entered by");
  std::size_t late = 0;
  for (const auto& [deadline, change] : earliest_first(changes)) {
    out += fmt::format(kChange, deadline, urgency(deadline, today),
                       payee_for_people(change->payee()), change->operator_id());
    if (days_late(deadline, today) > 0) ++late;
  }
  return out + fmt::format("accounts to enter again: {}; late: {}\n", changes.size(), late);
}

std::string subject_of(const v1::ListedAgreement& agreement) {
  if (!agreement.has_prescription()) return "product " + agreement.product_code();
  const v1::PrescriptionKey& key = agreement.prescription();
  return fmt::format("prescription {} of {}, {}", key.number(), key.prescriber_id(), key.date());
}

std::string agreements_text(const std::vector<v1::ListedAgreement>& agreements, core::Day today) {
  if (agreements.empty()) return {};
  constexpr std::string_view kAgreement = "{:<10}  {:<12}  {:>9}  {:<16}  {:>4}  {}\n";
  std::string out =
      fmt::format(kAgreement, "deadline", "", "agreement", "insured", "rank", "wanted for");
  std::size_t late = 0;
  for (const auto& [deadline, agreement] : earliest_first(agreements)) {
    out += fmt::format(kAgreement, deadline, urgency(deadline, today), agreement->agreement_id(),
                       agreement->insured_number(), agreement->rank(), subject_of(*agreement));
    if (days_late(deadline, today) > 0) ++late;
  }
  return out + fmt::format("prior agreements to decide: {}; late: {}\n", agreements.size(), late);
}

// `reviews`: their lines.
std::string all_of(const PendingWork& work, const std::string& reviews, core::Day today) {
  std::string others = changes_text(work.changes, today) + agreements_text(work.agreements, today);
  if (work.reviews.empty() && !others.empty()) return others;
  return reviews + total_line(work.reviews, today) + others;
}

std::string pending_text(const PendingWork& work, core::Day today) {
  std::string out = work.reviews.empty() ? std::string() : text_head();
  for (const v1::OpenReview& review : work.reviews) out += text_line(review, today);
  return all_of(work, out, today);
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

json::array changes_json(const std::vector<v1::PayoutChange>& changes, core::Day today) {
  json::array list;
  for (const auto& [deadline, change] : earliest_first(changes)) {
    list.push_back({{"deadline", deadline},
                    {"days_late", days_late(deadline, today)},
                    {"payee", kind_of(change->payee())},
                    {"id", id_of(change->payee())},
                    {"operator", change->operator_id()}});
  }
  return list;
}

json::array agreements_json(const std::vector<v1::ListedAgreement>& agreements, core::Day today) {
  json::array list;
  for (const auto& [deadline, agreement] : earliest_first(agreements)) {
    list.push_back({{"deadline", deadline},
                    {"days_late", days_late(deadline, today)},
                    {"agreement", agreement->agreement_id()},
                    {"insured", agreement->insured_number()},
                    {"rank", agreement->rank()},
                    {"wanted_for", subject_of(*agreement)}});
  }
  return list;
}

std::string pending_json(const PendingWork& work, core::Day today) {
  json::array list;
  for (const v1::OpenReview& review : work.reviews) {
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
  const Totals totals = totals_of(work.reviews, today);
  return json::serialize(json::object{{"reviews", std::move(list)},
                                      {"account_changes", changes_json(work.changes, today)},
                                      {"agreements", agreements_json(work.agreements, today)},
                                      {"late", totals.late},
                                      {"presented", totals.presented},
                                      {"held", totals.held},
                                      {"insurer_cents", totals.insurer_cents}}) +
         "\n";
}

}  // namespace

std::string pending(const PendingWork& work, core::Day today, Format format) {
  if (format == Format::kJson) return pending_json(work, today);
  return format == Format::kCsv ? pending_csv(work.reviews, today) : pending_text(work, today);
}

std::string numbered_pending(const PendingWork& work, core::Day today) {
  std::string out = work.reviews.empty() ? std::string() : "     " + text_head();
  for (std::size_t i = 0; i < work.reviews.size(); ++i) {
    out += fmt::format("{:>3}  {}", i + 1, text_line(work.reviews[i], today));
  }
  return all_of(work, out, today);
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

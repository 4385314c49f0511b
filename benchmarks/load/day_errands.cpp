#include "load/day_errands.hpp"

#include "card/list_signature.hpp"
#include "cli/closing_list.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/terminal_request.hpp"
#include "core/assert.hpp"
#include "core/calendar.hpp"

namespace wasl::cli {
namespace {

using core::Result;

constexpr std::uint64_t kOnlyRequest = 1;  // Correlation id of a visit's single request.
constexpr std::chrono::days kUntilPaid{2};

asio::awaitable<Result<std::vector<v1::OpenReview>>> open_reviews(Client& client) {
  std::vector<v1::OpenReview> all;
  v1::ListReviews list;
  for (;;) {
    v1::Envelope request;
    *request.mutable_list_reviews() = list;
    const Result<v1::Envelope> answer = co_await ask(client, std::move(request));
    if (!answer) co_return std::unexpected(answer.error());
    const v1::ReviewsPage& page = answer->reviews_page();
    all.insert(all.end(), page.reviews().begin(), page.reviews().end());
    if (page.next_after_closed_by() == 0) co_return all;
    list.set_after_deadline(page.next_after_deadline());
    list.set_after_closed_by(page.next_after_closed_by());
    list.set_after_number(page.next_after_number());
  }
}

template <typename Message>
asio::awaitable<Result<v1::RunAnswer>> send(Client& client, Message what, core::Participant me) {
  Result<v1::Envelope> request = run_request(what, me);
  if (!request) co_return std::unexpected(request.error());
  const Result<v1::AnswerBody> body = co_await submit(client, std::move(*request));
  if (!body) co_return std::unexpected(body.error());
  const Result<void> done = expect_done(body->run().reason(), "a step of a run");
  if (!done) co_return std::unexpected(done.error());
  co_return body->run();
}

}  // namespace

asio::awaitable<Result<void>> Sales::run(Client& client, std::size_t visitor) {
  const Envelopes& claims = day_.pharmacies[visitor].claims;
  std::vector<core::ListedClaim>& sold = sold_[visitor];
  for (std::size_t i = 0; i < claims.size() && sold.size() < claims_each_; ++i) {
    const Result<v1::AnswerBody> body = co_await submit(client, std::string(claims[i]), i + 1);
    if (!body) co_return std::unexpected(body.error());
    const v1::ClaimAnswer& answer = body->claim();
    const bool approved = answer.outcome() != v1::ClaimAnswer::DECLINED;
    if (!approved || answer.insurer_cents() == 0) continue;
    sold.push_back({.claim = answer.claim_id(), .insurer = core::Cents{answer.insurer_cents()}});
  }
  if (sold.size() == claims_each_) co_return Result<void>{};
  co_return core::fail(core::Errc::kOutOfRange, "too many claims of a pharmacy were declined");
}

Tally Sales::total() const {
  Tally total;
  for (const auto& claims : sold_) {
    total.claims += claims.size();
    for (const core::ListedClaim& each : claims) total.cents += each.insurer.value;
  }
  return total;
}

Result<void> Closings::sign(const DaySetting& day, const Sales& sales,
                            const std::string& signing_key) {
  for (std::size_t i = 0; i < day.pharmacies.size(); ++i) {
    std::vector<core::CloseBordereau> closings =
        closings_of(day.pharmacies[i].fund, sales.sold()[i]);
    WASL_ASSERT(closings.size() == 1);
    const Result<void> done = card::sign_list(signing_key, day.visitors[i].me, closings.front());
    if (!done) return done;
    Result<v1::Envelope> request = closing_request(closings.front());
    if (!request) return std::unexpected(request.error());
    request->set_correlation_id(kOnlyRequest);
    envelopes_.push_back(request->SerializeAsString());
  }
  return {};
}

asio::awaitable<Result<void>> Closings::run(Client& client, std::size_t visitor) {
  const Result<v1::AnswerBody> body = co_await submit(client, envelopes_[visitor], kOnlyRequest);
  if (!body) co_return std::unexpected(body.error());
  for (const v1::ClosedBordereau& each : body->closing().bordereaux()) {
    ++bordereaux_;
    presented_.claims += each.count();
    presented_.cents += each.total_cents();
  }
  co_return expect_done(body->closing().reason(), "a closing");
}

asio::awaitable<Result<void>> Reviews::run(Client& client, std::size_t visitor) {
  const Result<std::vector<v1::OpenReview>> open = co_await open_reviews(client);
  if (!open) co_return std::unexpected(open.error());
  for (const v1::OpenReview& each : *open) {
    v1::ReviewBordereau review = review_of(each.provider().id(), each.fund(), each.number());
    review.set_accept_rest(true);
    Result<v1::Envelope> request = review_request(review, day_.clerks[visitor].me);
    if (!request) co_return std::unexpected(request.error());
    const Result<v1::AnswerBody> body = co_await submit(client, std::move(*request));
    if (!body) co_return std::unexpected(body.error());
    const Result<void> done = expect_done(body->review().reason(), "a review");
    if (!done) co_return done;
    ++bordereaux_;
    accepted_.claims += body->review().accepted().claims();
    accepted_.cents += body->review().accepted().insurer_cents();
  }
  co_return Result<void>{};
}

asio::awaitable<Result<void>> Proposals::run(Client& client, std::size_t visitor) {
  const core::Participant& me = day_.offices[visitor].proposer.me;
  ProposedRun& run = runs_[visitor];
  v1::ProposeRun propose;
  propose.set_value_date(core::to_text(day_.today + kUntilPaid));
  const Result<v1::RunAnswer> proposed = co_await send(client, std::move(propose), me);
  if (!proposed) co_return std::unexpected(proposed.error());
  run.run = proposed->run();
  v1::CollectRun step;
  step.set_run(run.run);
  for (;;) {
    const Result<v1::RunAnswer> answer = co_await send(client, step, me);
    if (!answer) co_return std::unexpected(answer.error());
    ++run.steps;
    run.payouts += answer->payouts();
    run.cents += answer->amount_cents();
    run.left_out += static_cast<std::uint32_t>(answer->left_out_size());
    if (answer->state() != v1::RUN_COLLECTING) co_return Result<void>{};
  }
}

asio::awaitable<Result<void>> Approvals::run(Client& client, std::size_t visitor) {
  const ProposedRun& run = runs_[visitor];
  v1::ApproveRun approve;
  approve.set_run(run.run);
  approve.set_payouts(run.payouts);
  approve.set_total_cents(run.cents);
  const Result<v1::RunAnswer> answer =
      co_await send(client, std::move(approve), day_.offices[visitor].approver.me);
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace wasl::cli

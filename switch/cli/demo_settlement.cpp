#include "cli/demo_settlement.hpp"

#include <fmt/format.h>

#include "card/list_signature.hpp"
#include "cli/closing_list.hpp"
#include "cli/demo_books.hpp"
#include "cli/ledger_view.hpp"
#include "cli/outbox.hpp"
#include "cli/review_verdicts.hpp"
#include "cli/review_words.hpp"
#include "cli/terminal_request.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

constexpr int kSales = 3;

core::Result<void> expect_none(v1::Reason reason, const char* what) {
  if (reason == v1::REASON_NONE) return {};
  return core::fail(core::Errc::kOutOfRange, fmt::format("the story's {} was answered with {}",
                                                         what, v1::Reason_Name(reason)));
}

// "2 claims, 1,386.48 DZD"
std::string claims_text(std::uint64_t count, std::int64_t cents) {
  return fmt::format("{} claim{}, {}", count, count == 1 ? "" : "s", dinars(cents));
}

class Settlement {
 public:
  Settlement(const DemoPeople& people, DemoShop& shop, DemoOfficials& officials, std::ostream& out)
      : people_(people),
        shop_(shop),
        clerk_(officials.clerk),
        fund_(officials.fund),
        officials_(officials),
        out_(out),
        lines_(shop.affordable_lines()) {}

  core::Result<DemoSettlement> tell() {
    core::Result<void> told = day_closed();
    if (told) told = reviewed();
    if (told) told = corrected();
    if (told) told = refunded();
    if (told) told = paid();
    if (told) told = balanced();
    if (!told) return std::unexpected(told.error());
    return settlement_;
  }

 private:
  core::Result<void> day_closed() {
    out_ << "\n4. The pharmacy closes its day.\n";
    std::vector<core::ListedClaim> day;
    for (int i = 0; i < kSales; ++i) {
      const core::Result<core::ListedClaim> claim = sell();
      if (!claim) return std::unexpected(claim.error());
      day.push_back(*claim);
    }
    const core::Result<void> registered = register_key();
    return registered ? close(day) : registered;
  }

  core::Result<void> reviewed() {
    out_ << "\n5. Its payment centre " << people_.registered.centre.view()
         << " decides: an operator accepts all but one.\n";
    v1::ReviewVerdict verdict;
    verdict.set_claim_id(last_.claim_id());
    verdict.set_verdict(v1::ReviewVerdict::REJECT);
    verdict.set_reason(v1::MISSING_VIGNETTE);
    const core::Result<void> done = review(&verdict);
    if (!done) return done;
    out_ << "   claim " << last_.claim_id()
         << " is rejected: " << words_of(verdict.reason(), core::Language::kEnglish) << "\n";
    return {};
  }

  core::Result<void> corrected() {
    out_ << "\n6. The pharmacy corrects it without that medicine and closes again; the centre "
            "accepts.\n";
    const core::Result<Told> told = shop_.peer().submit(
        correction_of(last_request_, shop_.prescribed(std::span(lines_).first(1))));
    const std::uint64_t original = last_.claim_id();
    const core::Result<core::ListedClaim> claim = approved(told);
    if (!claim) return std::unexpected(claim.error());
    if (last_.corrects_claim_id() == original) ++settlement_.corrected;
    out_ << "   claim " << claim->claim << " takes the place of claim " << original << "\n";
    const core::Result<void> closed = close({&*claim, 1});
    return closed ? review(nullptr) : closed;
  }

  core::Result<void> refunded() {
    out_ << "\n7. A person who paid in full brings the paper to the payment centre.\n";
    const core::Result<DemoCard*> card = shop_.next_card();
    if (!card) return std::unexpected(card.error());
    const core::Result<core::ListedClaim> claim =
        approved(clerk_.submit(refund_of(shop_.prescribed(lines_), **card)));
    if (!claim) return std::unexpected(claim.error());
    return {};
  }

  core::Result<void> paid() {
    const DemoTreasury treasury{
        .fund = shop_.fund(), .proposer = officials_.proposer, .approver = officials_.approver};
    const core::Result<DemoRun> run = tell_payment(treasury, out_);
    if (!run) return std::unexpected(run.error());
    const core::Result<DemoPayouts> payouts = tell_banking(treasury, *run, out_);
    if (!payouts) return std::unexpected(payouts.error());
    settlement_.payouts = *payouts;
    return {};
  }

  core::Result<void> balanced() {
    out_ << "\n11. The books of " << shop_.fund().view()
         << ": what this cost, what the bank paid, and what is still owed.\n";
    const core::Result<v1::BalancesPage> page = trial_balance_of(fund_);
    if (!page) return std::unexpected(page.error());
    out_ << trial_balance(*page, Format::kText);
    settlement_.trial_balance_zero = in_balance(*page);
    return {};
  }

  core::Result<core::ListedClaim> sell() {
    const core::Result<DemoCard*> card = shop_.next_card();
    if (!card) return std::unexpected(card.error());
    return approved(shop_.sell(**card, lines_));
  }

  core::Result<core::ListedClaim> approved(const core::Result<Told>& told) {
    const core::Result<v1::ClaimAnswer> answer = expect(told, v1::ClaimAnswer::APPROVED);
    if (!answer) return std::unexpected(answer.error());
    last_ = *answer;
    last_request_ = *request_id_of(told->request);
    out_ << "   claim " << answer->claim_id() << " is approved: the fund pays "
         << dinars(answer->insurer_cents()) << "\n";
    return core::ListedClaim{.claim = answer->claim_id(),
                             .insurer = core::Cents{answer->insurer_cents()}};
  }

  // In the fund's feed: with this key the pharmacy signs from now on.
  core::Result<void> register_key() {
    const core::Result<std::string> key = card::signing_key_of(shop_.peer().key_file());
    if (!key) return std::unexpected(key.error());
    const core::Result<Told> told =
        fund_.ask(registration_of(people_.registered, shop_.fund(), *key, random_id()));
    if (!told) return std::unexpected(told.error());
    const v1::BatchAnswer& batch = told->answer.batch();
    if (batch.items_size() != 1) return core::fail(core::Errc::kMalformed, "no answer to the feed");
    const core::Result<v1::AnswerBody> body = wire::read_body(batch.items(0).answer().body());
    if (!body) return std::unexpected(body.error());
    return expect_none(body->feed().reason(), "feed");
  }

  core::Result<void> close(std::span<const core::ListedClaim> claims) {
    core::CloseBordereau closing = closings_of(shop_.fund(), claims).front();
    const core::Result<void> done =
        card::sign_list(shop_.peer().key_file(), shop_.peer().me(), closing);
    if (!done) return done;
    core::Result<v1::Envelope> request = closing_request(closing);
    if (!request) return std::unexpected(request.error());
    const core::Result<Told> told = shop_.peer().submit(std::move(*request));
    if (!told) return std::unexpected(told.error());
    const v1::ClosingAnswer& answer = told->body.closing();
    const core::Result<void> closed = expect_none(answer.reason(), "closing");
    if (!closed) return closed;
    if (answer.bordereaux_size() != 1) {
      return core::fail(core::Errc::kMalformed, "the story's claims fill more than one bordereau");
    }
    const v1::ClosedBordereau& bordereau = answer.bordereaux(0);
    number_ = bordereau.number();
    settlement_.presented += bordereau.count();
    out_ << fmt::format("   bordereau {}, signed: {}; payment promised by {}\n", number_,
                        claims_text(bordereau.count(), bordereau.total_cents()), answer.due());
    return {};
  }

  // Accepts the bordereau that was closed last, but for one claim if there is a verdict on it.
  core::Result<void> review(const v1::ReviewVerdict* verdict) {
    v1::ReviewBordereau review = review_of(std::string(shop_.peer().me().id.view()),
                                           std::string(shop_.fund().view()), number_);
    review.set_accept_rest(true);
    if (verdict != nullptr) set_verdict(*verdict, review);
    core::Result<v1::Envelope> request = review_request(review, clerk_.me());
    if (!request) return std::unexpected(request.error());
    const core::Result<Told> told = clerk_.submit(std::move(*request));
    if (!told) return std::unexpected(told.error());
    const v1::ReviewAnswer& answer = told->body.review();
    const core::Result<void> done = expect_none(answer.reason(), "review");
    if (!done) return done;
    settlement_.accepted += answer.accepted().claims();
    settlement_.rejected += answer.rejected().claims();
    out_ << "   accepted: "
         << claims_text(answer.accepted().claims(), answer.accepted().insurer_cents()) << "\n";
    return {};
  }

  const DemoPeople& people_;
  DemoShop& shop_;
  DemoPeer& clerk_;
  DemoPeer& fund_;
  DemoOfficials& officials_;
  std::ostream& out_;
  std::vector<DemoLine> lines_;
  v1::ClaimAnswer last_{};  // The claim that was approved last, and its request.
  core::RequestId last_request_{};
  std::uint32_t number_ = 0;  // Of the bordereau that was closed last.
  DemoSettlement settlement_{};
};

}  // namespace

core::Result<DemoSettlement> tell_settlement(const DemoPeople& people, DemoShop& shop,
                                             DemoOfficials& officials, std::ostream& out) {
  return Settlement(people, shop, officials, out).tell();
}

}  // namespace wasl::cli

#include "cli/demo_story.hpp"

#include <openssl/rand.h>

#include <algorithm>

#include "cli/client_blocking.hpp"
#include "cli/demo_claim.hpp"
#include "cli/receipt.hpp"
#include "wire/client.hpp"

namespace wasl::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{5'000};

std::string dinars(std::int64_t cents) { return core::to_text(core::Cents{cents}) + " DZD"; }

// One pharmacy at its counter.
class Counter {
 public:
  Counter(DemoStage& stage, BlockingClient client, std::ostream& out)
      : stage_(stage), client_(std::move(client)), seat_(*teller(stage)), out_(out) {}

  // Any pharmacy to which cards of an agreed fund can come; nullptr if there is none.
  static const Fleet::Seat* teller(const DemoStage& stage) {
    const auto found = std::ranges::find_if(stage.seats, [](const Fleet::Seat& seat) {
      return seat.open && !seat.agreed_fund.empty();
    });
    return found == stage.seats.end() ? nullptr : &*found;
  }

  core::Result<void> approved() {
    DemoCard* card = card_that([](const DemoCard& each) { return each.fresh && !each.barred; });
    if (card == nullptr)
      return core::fail(core::Errc::kNotFound, "no card is in order: take more --cards");
    const std::vector<DemoLine> lines = affordable_lines();
    out_ << "\n1. A claim is approved.\nPharmacy " << seat_.me.id.view() << " reads card "
         << core::masked(card->reference.number.view()) << " of " << card->reference.fund.view()
         << " and dispenses:\n";
    for (const DemoLine& line : lines) {
      out_ << "   " << line.quantity << " x " << line.medicine->name << " at "
           << dinars(line.medicine->public_price.value) << "\n";
    }
    const core::Result<v1::ClaimAnswer> answer = submit(*card, lines, "D-1");
    if (!answer) return std::unexpected(answer.error());
    if (answer->outcome() != v1::ClaimAnswer::APPROVED) return unexpected_answer(*answer);
    out_
        << "  Why: the card, the pharmacy's key and the rights are good, no limit is reached; of\n";
    for (int i = 0; i < answer->lines_size(); ++i) {
      out_ << "    line " << i + 1 << " the fund pays "
           << price_text(lines[static_cast<std::size_t>(i)], answer->lines(i)) << "\n";
    }
    return {};
  }

  core::Result<void> declined() {
    DemoCard* card = card_that([](const DemoCard& each) { return each.barred; });
    if (card == nullptr) {
      card = card_that([](const DemoCard& each) { return !each.fresh; });
    }
    if (card == nullptr) {
      return core::fail(core::Errc::kNotFound, "every card is in order: take more --cards");
    }
    out_ << "\n2. A claim is declined, and says what the person can do.\nCard "
         << core::masked(card->reference.number.view()) << " comes to the same counter:\n";
    const core::Result<v1::ClaimAnswer> answer = submit(*card, affordable_lines(), "D-2");
    if (!answer) return std::unexpected(answer.error());
    if (answer->outcome() != v1::ClaimAnswer::DECLINED) return unexpected_answer(*answer);
    return {};
  }

  core::Result<void> reversed() {
    out_ << "\n3. The first claim is reversed: the customer changed their mind.\n";
    const core::Result<v1::AnswerBody> answer =
        send(reversal_of(kept_.front().request_id, random_id()), nullptr);
    if (!answer) return std::unexpected(answer.error());
    return {};
  }

  [[nodiscard]] std::vector<Exchange> take_kept() { return std::move(kept_); }

 private:
  template <typename Wanted>
  DemoCard* card_that(Wanted wanted) {
    const auto found = std::ranges::find_if(stage_.network.cards, [&](const DemoCard& card) {
      return card.reference.fund == seat_.agreed_fund && !card.long_term && wanted(card);
    });
    return found == stage_.network.cards.end() ? nullptr : &*found;
  }

  // Two of the cheaper medicines, so that no ceiling is in the way.
  [[nodiscard]] std::vector<DemoLine> affordable_lines() const {
    std::vector<DemoLine> lines;
    for (const core::Product& medicine : stage_.network.medicines) {
      if (medicine.public_price > core::Cents{100'000} || lines.size() == 2) continue;
      if (!lines.empty() && lines.front().medicine->inn == medicine.inn) continue;
      lines.push_back({.medicine = &medicine, .quantity = 1, .supply_days = 0});
    }
    return lines;
  }

  static core::RequestId random_id() {
    core::RequestId id{};
    RAND_bytes(id.data(), static_cast<int>(id.size()));
    return id;
  }

  core::Result<v1::ClaimAnswer> submit(DemoCard& card, const std::vector<DemoLine>& lines,
                                       const std::string& prescription) {
    DemoClaim claim;
    claim.pharmacy = seat_.me;
    claim.request_id = random_id();
    claim.today = stage_.today;
    claim.prescriber = "M000001";
    claim.prescription = prescription;
    claim.lines = lines;
    const core::Result<v1::Envelope> request = signed_claim(claim, card, stage_.keys, cmac_);
    if (!request) return std::unexpected(request.error());
    const core::Result<v1::AnswerBody> answer = send(*request, &request->submit_claim().claim());
    if (!answer) return std::unexpected(answer.error());
    return answer->claim();
  }

  core::Result<v1::AnswerBody> send(v1::Envelope request, const v1::Claim* claim) {
    request.set_correlation_id(++correlation_);
    request.mutable_options()->add_languages(v1::ENGLISH);
    const core::Result<std::string> frame = wire::frame_of(request);
    if (!frame) return std::unexpected(frame.error());
    const auto sent = std::chrono::steady_clock::now();
    const core::Result<v1::Envelope> answer = client_.call(*frame, correlation_, kPatience);
    const auto took = std::chrono::steady_clock::now() - sent;
    if (!answer) return std::unexpected(answer.error());
    if (!answer->has_answer()) {
      return core::fail(core::Errc::kNotPermitted, "refused: " + answer->refused().sentence());
    }
    kept_.push_back(open_exchange(seat_.me, request));
    close_exchange(kept_.back(), answer->answer());
    const core::Result<std::string> text =
        receipt({.answer = *answer,
                 .claim = claim,
                 .id = kept_.back().request_id,
                 .took = std::chrono::duration_cast<std::chrono::microseconds>(took)});
    if (!text) return std::unexpected(text.error());
    out_ << *text;
    return wire::read_body(answer->answer().body());
  }

  static std::unexpected<core::Error> unexpected_answer(const v1::ClaimAnswer& answer) {
    return core::fail(core::Errc::kOutOfRange, "the story's claim was answered with " +
                                                   v1::ClaimAnswer::Outcome_Name(answer.outcome()) +
                                                   ", " + v1::Reason_Name(answer.reason()));
  }

  // "80 % of the price", or of what is reimbursed at most.
  [[nodiscard]] std::string price_text(const DemoLine& line, const v1::LineAnswer& answer) const {
    const core::Product& medicine = *line.medicine;
    const auto tarif = std::ranges::find_if(stage_.network.tarifs, [&](const core::Tarif& each) {
      return each.inn == medicine.inn && each.amount < medicine.public_price;
    });
    const bool capped = tarif != stage_.network.tarifs.end();
    const core::Cents base = line.quantity * (capped ? tarif->amount : medicine.public_price);
    const std::int64_t percent = (answer.insurer_cents() * 100 + base.value / 2) / base.value;
    return std::to_string(percent) + " % of " + dinars(base.value) +
           (capped ? ", the tarif de référence of its substance" : ", its price");
  }

  DemoStage& stage_;
  BlockingClient client_;
  const Fleet::Seat& seat_;
  std::ostream& out_;
  card::Cmac cmac_;
  std::uint64_t correlation_ = 0;
  std::vector<Exchange> kept_;
};

}  // namespace

core::Result<std::vector<Exchange>> tell_story(DemoStage& stage, std::uint16_t port,
                                               std::ostream& out) {
  const Fleet::Seat* const seat = Counter::teller(stage);
  if (seat == nullptr) {
    return core::fail(core::Errc::kOutOfRange,
                      "no pharmacy has an agreement with a fund: take more --pharmacies");
  }
  core::Result<BlockingClient> client = BlockingClient::connect({.host = "127.0.0.1",
                                                                 .port = std::to_string(port),
                                                                 .tls = stage.tls,
                                                                 .certificate = seat->certificate},
                                                                kPatience);
  if (!client) return std::unexpected(client.error());
  Counter counter(stage, std::move(*client), out);
  core::Result<void> told = counter.approved();
  if (told) told = counter.declined();
  if (told) told = counter.reversed();
  if (!told) return std::unexpected(told.error());
  return counter.take_kept();
}

}  // namespace wasl::cli

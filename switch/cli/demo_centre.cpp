#include <chrono>
#include <utility>

#include "cli/demo_counter.hpp"

namespace wasl::cli {
namespace {

using Clock = std::chrono::steady_clock;

// A switch allows a certificate 30 look-ups a minute by default, and a visit takes two.
constexpr std::chrono::seconds kVisitEvery{5};
constexpr std::uint64_t kReportEvery = 50;

class Centre final : public DemoCounter {
 public:
  Centre(DemoTown& town, std::size_t number) : town_(town), number_(number) {}

  // First the person who stands at the counter, then whoever was sent here, then the post.
  std::optional<v1::Envelope> next_request() override {
    if (visitor_ != nullptr) {
      const DemoCard& card = *std::exchange(visitor_, nullptr);
      return update_of(card.reference, town_.draw_id());
    }
    if (Clock::now() >= next_visit_) visitor_ = town_.next_at_centre();
    if (visitor_ != nullptr) {
      next_visit_ = Clock::now() + kVisitEvery;
      return rights_of(visitor_->reference, town_.draw_id());
    }
    if (town_.happens(kReportEvery)) return report();
    return refund();
  }

  void answered(const Exchange& exchange, const v1::AnswerBody& body) override {
    // Whose card is barred or unknown is not helped by an update.
    const bool shown = exchange.kind == v1::Envelope::kGetRights;
    if (shown && body.rights().reason() != v1::REASON_NONE) visitor_ = nullptr;
  }

 private:
  // Somebody lost a card; the next report is of the same card, found again.
  std::optional<v1::Envelope> report() {
    if (lost_ != nullptr) {
      const DemoCard& found = *std::exchange(lost_, nullptr);
      return report_of(found.reference.number, v1::LIFT, town_.draw_id());
    }
    lost_ = town_.draw_card({});
    return report_of(lost_->reference.number, v1::OPPOSE_LOST, town_.draw_id());
  }

  std::optional<v1::Envelope> refund() {
    const std::vector<DemoLine> lines = town_.draw_basket();
    DemoClaim claim;
    claim.request_id = town_.draw_id();
    claim.today = town_.today();
    claim.prescriber = town_.draw_prescriber();
    claim.prescription = "R" + std::to_string(number_) + "-" + std::to_string(++refunds_);
    claim.lines = lines;
    return refund_of(claim, *town_.draw_card({}));
  }

  DemoTown& town_;
  std::size_t number_;
  std::uint64_t refunds_ = 0;
  Clock::time_point next_visit_{};
  DemoCard* visitor_ = nullptr;
  DemoCard* lost_ = nullptr;
};

}  // namespace

std::unique_ptr<DemoCounter> centre_counter(DemoTown& town, std::size_t number) {
  return std::make_unique<Centre>(town, number);
}

}  // namespace wasl::cli

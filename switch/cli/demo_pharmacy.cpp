#include "cli/demo_counter.hpp"

namespace wasl::cli {
namespace {

constexpr std::uint64_t kReversalEvery = 20;

class Pharmacy final : public DemoCounter {
 public:
  Pharmacy(DemoTown& town, const core::Participant& me, const core::FundCode& fund,
           std::size_t number)
      : town_(town), me_(me), fund_(fund), number_(number) {}

  std::optional<v1::Envelope> next_request() override {
    if (last_approved_ && town_.happens(kReversalEvery)) {
      const core::RequestId original = *last_approved_;
      last_approved_.reset();
      return reversal_of(original, town_.draw_id());
    }
    return sell();
  }

  void answered(const Exchange& exchange, const v1::AnswerBody& body) override {
    if (!body.has_claim()) return;
    const v1::ClaimAnswer& claim = body.claim();
    if (claim.outcome() != v1::ClaimAnswer::DECLINED) last_approved_ = exchange.request_id;
    if (claim.remedy() == v1::UPDATE_CARD) town_.send_to_centre(*card_);
  }

 private:
  std::optional<v1::Envelope> sell() {
    card_ = town_.draw_card(fund_);
    if (card_ == nullptr) return std::nullopt;
    const std::vector<DemoLine> lines = town_.draw_basket();
    DemoClaim claim;
    claim.pharmacy = me_;
    claim.request_id = town_.draw_id();
    claim.today = town_.today();
    claim.prescriber = town_.draw_prescriber();
    claim.prescription = std::to_string(number_) + "-" + std::to_string(++prescriptions_);
    claim.lines = lines;
    core::Result<v1::Envelope> made = signed_claim(claim, *card_, town_.keys(), town_.cmac());
    if (!made) return std::nullopt;
    return std::move(*made);
  }

  DemoTown& town_;
  core::Participant me_;
  core::FundCode fund_;
  std::size_t number_;
  std::uint64_t prescriptions_ = 0;
  DemoCard* card_ = nullptr;  // Of the claim in flight.
  std::optional<core::RequestId> last_approved_;
};

}  // namespace

std::unique_ptr<DemoCounter> pharmacy_counter(DemoTown& town, const core::Participant& pharmacy,
                                              const core::FundCode& agreed_fund,
                                              std::size_t number) {
  return std::make_unique<Pharmacy>(town, pharmacy, agreed_fund, number);
}

}  // namespace wasl::cli

#pragma once
// Who stands behind a terminal of the demo: decides what it asks next, and learns what came of it.
// One request at a time. The thread of the fleet.

#include <memory>
#include <optional>

#include "cli/demo_town.hpp"
#include "cli/exchange.hpp"

namespace wasl::cli {

class DemoCounter {
 public:
  virtual ~DemoCounter() = default;
  // Nothing: nobody ever comes.
  [[nodiscard]] virtual std::optional<v1::Envelope> next_request() = 0;
  // Of the request that next_request() gave last.
  virtual void answered(const Exchange& exchange, const v1::AnswerBody& body) = 0;
};

// Sells to holders of cards of one fund (of any, where it has an agreement with none), and now and
// then takes a claim back. `number` tells its prescriptions from others'. The town outlives both.
[[nodiscard]] std::unique_ptr<DemoCounter> pharmacy_counter(DemoTown& town,
                                                            const core::Participant& pharmacy,
                                                            const core::FundCode& agreed_fund,
                                                            std::size_t number);
// Refunds what people paid themselves, renews the cards of those whom pharmacies sent, and bars
// cards that are reported lost.
[[nodiscard]] std::unique_ptr<DemoCounter> centre_counter(DemoTown& town, std::size_t number);

}  // namespace wasl::cli

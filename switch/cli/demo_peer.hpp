#pragma once
// A person of the demo's story on a connection of their own. Keeps what was sent and answered, to
// be held against the journal later. Blocking, one thread.

#include <chrono>
#include <string>
#include <vector>

#include "cli/client_blocking.hpp"
#include "cli/demo_people.hpp"
#include "cli/exchange.hpp"
#include "cli/fund_listings.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// What was asked, and told.
struct Told {
  v1::Envelope request{};
  v1::Envelope answer{};
  v1::AnswerBody body{};
  std::chrono::microseconds took{};
};

class DemoPeer {
 public:
  [[nodiscard]] static core::Result<DemoPeer> connect(const DemoStage& stage, std::uint16_t port,
                                                      const DemoPerson& person);

  [[nodiscard]] const core::Participant& me() const { return person_.me; }
  [[nodiscard]] const std::string& key_file() const { return person_.key_file; }
  // Errors: kNotPermitted with the switch's words, if it refused.
  [[nodiscard]] core::Result<Told> ask(v1::Envelope request);
  // The same of a changing request, which is kept.
  [[nodiscard]] core::Result<Told> submit(v1::Envelope request);
  [[nodiscard]] std::vector<Exchange> take_kept() { return std::move(kept_); }

 private:
  DemoPeer(BlockingClient client, const DemoPerson& person)
      : client_(std::move(client)), person_(person) {}

  BlockingClient client_;
  DemoPerson person_;
  std::uint64_t correlation_ = 0;
  std::vector<Exchange> kept_;
};

// For listings; the peer outlives it.
[[nodiscard]] AskPage asking(DemoPeer& peer);

// As a clerk reads it.
[[nodiscard]] core::Result<std::string> receipt_of(const Told& told);

// "1,386.48 DZD"
[[nodiscard]] std::string dinars(std::int64_t cents);

}  // namespace wasl::cli

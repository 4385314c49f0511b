// Frames that were damaged at random: never a crash, and what is taken is within bounds.

#include <random>

#include "core/codec.hpp"
#include "support/seed.hpp"
#include "wire/bank_requests.hpp"
#include "wire/feeds.hpp"
#include "wire/ledger_requests.hpp"

namespace wasl::wire {
namespace {

struct Sample {
  std::string bytes;
  core::Participant from;
};

std::vector<Sample> samples() {
  const std::pair<v1::Envelope, core::Participant> requests[] = {
      {test::submit(), test::pharmacy()},
      {test::refund(), test::centre()},
      {test::reverse(), test::pharmacy()},
      {test::get_rights(), test::pharmacy()},
      {test::report_card(), test::centre()},
      {test::request_agreement(), test::pharmacy()},
      {test::decide_agreement(), test::fund()},
      {test::reduce_claim(), test::clerk()},
      {test::reconcile_own(), test::pharmacy()},
      {test::put_account(), test::fund()},
      {test::put_provider(), test::fund()},
      {test::put_product(), test::authority()},
      {test::put_rulebook(), test::authority()},
      {test::open_status_file(), test::fund_clerk()},
      {test::receive_statuses(), test::fund_clerk()}};
  std::vector<Sample> out;
  for (const auto& [envelope, from] : requests) out.push_back({envelope.SerializeAsString(), from});
  return out;
}

// Flips, removes, doubles or inserts a few bytes.
void damage(std::string& bytes, std::mt19937_64& random) {
  for (auto times = random() % 4 + 1; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, random() % 8);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, random() % 40));
        break;
      default:
        bytes.insert(at, 1, static_cast<char>(random()));
    }
  }
}

TEST(DamagedFrames, AreTakenWithinBoundsOrRefused) {
  std::mt19937_64 random(test::seed_of_run(20'260'310));
  Decoder decoder(test::read_rulebook);
  const std::vector<Sample> whole = samples();
  int taken = 0;
  int refused = 0;
  for (int i = 0; i < 60'000; ++i) {
    const Sample& sample = whole[random() % whole.size()];
    std::string bytes = sample.bytes;
    damage(bytes, random);
    const auto decoded = decoder.decode(core::as_bytes(bytes), sample.from);
    if (!decoded) {
      EXPECT_FALSE(decoded.error().sentence.empty());
      ++refused;
      continue;
    }
    for (const core::Command& command : decoded->commands) {
      EXPECT_TRUE(core::within_bounds(command));
    }
    ++taken;
  }
  EXPECT_GT(taken, 1'000);
  EXPECT_GT(refused, 10'000);
}

TEST(DamagedFrames, EveryTruncationIsRefusedOrWithinBounds) {
  Decoder decoder(test::read_rulebook);
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
      const auto decoded = decoder.decode(core::as_bytes(sample.bytes).first(size), sample.from);
      EXPECT_FALSE(decoded) << size << " of " << sample.bytes.size();
    }
  }
}

}  // namespace
}  // namespace wasl::wire

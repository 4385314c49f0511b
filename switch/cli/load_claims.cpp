#include "cli/load_claims.hpp"

#include <algorithm>
#include <random>

#include "cli/demo_claim.hpp"

namespace wasl::cli {
namespace {

// Together at most 4,500.00 for three lines, below the lowest ceiling in force.
constexpr core::Cents kPriceMost{150'000};
// A pharmacy without an agreement for the fund of so many cards in a row has none at all.
constexpr int kDrawsMost = 1'000;
// Milliseconds of some months: another run has other prescriptions, in numbers of at most 20
// digits.
constexpr std::uint64_t kSeeds = 10'000'000'000;

class Maker {
 public:
  Maker(const LoadPlan& plan, LoadSetting& setting)
      : plan_(plan), setting_(setting), random_(setting.seed) {
    for (const core::Product& medicine : setting.network.medicines) {
      if (medicine.public_price.value <= kPriceMost.value) medicines_.push_back(&medicine);
    }
  }

  [[nodiscard]] bool enough_medicines() const { return medicines_.size() >= plan_.lines; }

  core::Result<std::string> make(const LoadSeat& seat, std::uint64_t place) {
    DemoCard* const card = draw_card(seat.pharmacy);
    if (card == nullptr) {
      return core::fail(core::Errc::kOutOfRange,
                        "no card for a pharmacy's agreements: make a larger sample");
    }
    choose_lines();
    DemoClaim claim;
    claim.pharmacy = seat.pharmacy.participant;
    for (std::uint8_t& byte : claim.request_id) byte = static_cast<std::uint8_t>(random_());
    claim.today = setting_.today;
    claim.prescriber = "M00000" + std::to_string(random_() % 10);
    claim.prescription = std::to_string(setting_.seed % kSeeds) + "-" + std::to_string(place);
    claim.lines = lines_;
    core::Result<v1::Envelope> made = signed_claim(claim, *card, setting_.keys, cmac_);
    if (!made) return std::unexpected(made.error());
    made->set_correlation_id(place);
    return made->SerializeAsString();
  }

 private:
  DemoCard* draw_card(const core::Registration& pharmacy) {
    for (int draw = 0; draw < kDrawsMost; ++draw) {
      std::vector<DemoCard>& cards = setting_.network.cards;
      DemoCard& card = cards[random_() % cards.size()];
      const bool agreed = std::ranges::any_of(pharmacy.agreements, [&](const auto& agreement) {
        return agreement.fund == card.reference.fund && agreement.in_force.contains(setting_.today);
      });
      if (agreed) return &card;
    }
    return nullptr;
  }

  void choose_lines() {
    lines_.clear();
    const std::size_t first = random_() % medicines_.size();
    for (std::size_t i = 0; i < plan_.lines; ++i) {
      lines_.push_back({.medicine = medicines_[(first + i) % medicines_.size()]});
    }
  }

  const LoadPlan& plan_;
  LoadSetting& setting_;
  card::Cmac cmac_;
  std::mt19937_64 random_;
  std::vector<const core::Product*> medicines_;
  std::vector<DemoLine> lines_;
};

}  // namespace

void Envelopes::add(std::string_view envelope) {
  bytes_ += envelope;
  ends_.push_back(bytes_.size());
}

void Envelopes::reserve(const Envelopes& others) {
  bytes_.reserve(others.bytes_.size());
  ends_.reserve(others.ends_.size());
}

std::string_view Envelopes::operator[](std::size_t place) const {
  const std::size_t begin = place == 0 ? 0 : ends_[place - 1];
  return std::string_view(bytes_).substr(begin, ends_[place] - begin);
}

double Envelopes::mean_bytes() const {
  return ends_.empty() ? 0 : static_cast<double>(bytes_.size()) / static_cast<double>(ends_.size());
}

core::Result<Envelopes> prepare_claims(const LoadPlan& plan, LoadSetting& setting) {
  Maker maker(plan, setting);
  if (!maker.enough_medicines()) {
    return core::fail(core::Errc::kOutOfRange, "too few medicines: make a larger sample");
  }
  Envelopes claims;
  for (std::size_t i = 0; i < plan.claims; ++i) {
    const core::Result<std::string> made =
        maker.make(setting.seats[i % setting.seats.size()], i + 1);
    if (!made) return std::unexpected(made.error());
    claims.add(*made);
  }
  return claims;
}

}  // namespace wasl::cli

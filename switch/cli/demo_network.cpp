#include "cli/demo_network.hpp"

#include <algorithm>
#include <fstream>
#include <memory>

#include "csv/account_stream.hpp"
#include "csv/network.hpp"

namespace wasl::cli {
namespace {

constexpr std::string_view kCatalogue = "DZ";

// The sample was made by this program a moment ago: what its files name is there.
class Everything final : public csv::OnFile {
 public:
  [[nodiscard]] bool fund(const core::FundCode&) const override { return true; }
  [[nodiscard]] bool scheme(const core::SchemeCode&) const override { return true; }
  [[nodiscard]] bool catalogue(const core::CatalogueCode&) const override { return true; }
  [[nodiscard]] bool product(const core::ProductCode&) const override { return true; }
  [[nodiscard]] bool centre(const core::ParticipantId&) const override { return true; }
};

std::optional<csv::Source> open_file(const std::string& path) {
  const auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*file) return std::nullopt;
  return [file](std::span<char> out) -> core::Result<std::size_t> {
    file->read(out.data(), static_cast<std::streamsize>(out.size()));
    return static_cast<std::size_t>(file->gcount());
  };
}

bool has_rights(const core::Beneficiary& beneficiary, core::Day today) {
  return std::ranges::any_of(beneficiary.rights,
                             [&](const core::Interval& each) { return each.contains(today); });
}

void add_cards(const core::Account& account, core::Day today, std::vector<DemoCard>& cards) {
  for (const core::Card& card : account.cards) {
    const std::uint8_t rank = card.kind == core::CardKind::kIndividual ? card.rank : 1;
    const core::Beneficiary* person = account.beneficiary(rank);
    if (person == nullptr || !card.active) continue;
    DemoCard known;
    known.reference = {card.number, account.fund, card.key_version};
    known.rank = rank;
    known.barred = card.fund_bar != core::CardBar::kNone;
    known.fresh = card.rights_until >= today && has_rights(*person, today);
    known.long_term = std::ranges::any_of(person->treatments, [&](const core::Treatment& each) {
      return each.in_force.contains(today);
    });
    cards.push_back(known);
  }
}

bool sells(const core::Product& product, core::Day today) {
  return product.catalogue.view() == kCatalogue && product.reimbursable &&
         product.in_force.contains(today) && product.restriction.empty() &&
         !product.prior_agreement_above_days;
}

}  // namespace

core::Result<DemoNetwork> read_demo_network(const std::string& directory, core::Day today) {
  const Everything on_file;
  csv::Faults faults;
  const csv::Open open = [&](std::string_view name) {
    return open_file(directory + "/" + std::string(name));
  };
  csv::Network network = csv::read_network(open, on_file, faults);
  DemoNetwork demo;
  for (core::Registration& registration : network.registrations) {
    const core::Role role = registration.participant.role;
    if (role == core::Role::kProvider) {
      auto& pharmacies = registration.suspended ? demo.suspended : demo.pharmacies;
      pharmacies.push_back(std::move(registration));
    } else if (role == core::Role::kCentre && registration.centre.empty() &&
               !registration.suspended) {
      demo.centres.push_back(std::move(registration));
    }
  }
  for (core::Product& product : network.products) {
    if (sells(product, today)) demo.medicines.push_back(std::move(product));
  }
  for (core::Tarif& tarif : network.tarifs) {
    const bool known = tarif.catalogue.view() == kCatalogue && tarif.in_force.contains(today);
    if (known) demo.tarifs.push_back(std::move(tarif));
  }
  csv::AccountStream accounts(open, on_file, network, faults);
  core::Account account;
  while (accounts.has_accounts() && accounts.next(account)) add_cards(account, today, demo.cards);
  if (!faults.none()) return core::fail(core::Errc::kMalformed, "the sample does not read back");
  // The other catalogue's fund has other medicines.
  std::erase_if(demo.cards,
                [](const DemoCard& card) { return card.reference.fund.view() == "AMO"; });
  if (demo.pharmacies.empty() || demo.medicines.empty() || demo.cards.empty()) {
    return core::fail(core::Errc::kOutOfRange, "the sample is too small for a demonstration");
  }
  return demo;
}

}  // namespace wasl::cli

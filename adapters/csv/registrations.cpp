// Who takes part: funds, authorities, desks, centres, agencies, providers, prescribers.

#include <set>
#include <tuple>
#include <unordered_map>

#include "core/bounds.hpp"
#include "csv/network_reader.hpp"

namespace wasl::csv {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

// Lower-case hexadecimal of a DER key, or nothing.
std::string read_signing_key(Table& table, std::size_t column) {
  const std::string_view digits = table.raw(column);
  std::string key;
  bool good = digits.size() % 2 == 0 && digits.size() <= 2 * core::kSigningKeyBytesMax;
  for (std::size_t i = 0; good && i < digits.size(); i += 2) {
    const auto high = hex_digit(digits[i]);
    const auto low = hex_digit(digits[i + 1]);
    good = high && low;
    if (good) key.push_back(static_cast<char>(*high << 4U | *low));
  }
  if (good) return key;
  table.wrong(column, quoted(digits),
              "nothing or the key's DER in lower-case hexadecimal, at most " +
                  std::to_string(core::kSigningKeyBytesMax) + " bytes");
  return {};
}

// The columns that every participant has.
template <typename F>
core::Registration read_registration(Table& table, core::Role role, std::size_t id_column) {
  core::Registration registration;
  registration.participant = {role, table.code<core::ParticipantId>(id_column)};
  registration.name = table.text(F::kName, core::kNameBytesMax);
  registration.suspended = table.yes_or_no(F::kSuspended);
  registration.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
  return registration;
}

bool centre_known(const NetworkReader& reader, const core::ParticipantId& centre) {
  return reader.network.centres.contains(centre) || reader.on_file.centre(centre);
}

bool fund_known(const NetworkReader& reader, const core::FundCode& fund) {
  return reader.network.fund_codes.contains(fund) || reader.on_file.fund(fund);
}

}  // namespace

void NetworkReader::wilayas() const {
  using F = WilayasFile;
  each(F::kFormat, [&](Table& table) {
    const auto code = table.code<WilayaCode>(F::kWilaya);
    (void)table.text(F::kNameFr, core::kNameBytesMax);
    (void)table.text(F::kNameAr, core::kNameBytesMax);
    insert_once(table, F::kWilaya, network.wilayas, code);
  });
}

void NetworkReader::funds() const {
  using F = FundsFile;
  each(F::kFormat, [&](Table& table) {
    core::Fund fund;
    fund.code = table.code<core::FundCode>(F::kFund);
    fund.scheme = table.code<core::SchemeCode>(F::kScheme);
    fund.name = table.text(F::kName, core::kNameBytesMax);
    fund.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
    must_be_known(table, F::kScheme, on_file.scheme(fund.scheme), "the rulebooks' schemes");
    insert_once(table, F::kFund, network.fund_codes, fund.code);
    if (table.row_ok()) network.funds.push_back(std::move(fund));
  });
}

void NetworkReader::participants() const {
  using F = ParticipantsFile;
  static constexpr Word<core::Role> kRoles[] = {{"fund", core::Role::kFund},
                                                {"authority", core::Role::kAuthority},
                                                {"desk", core::Role::kDesk}};
  std::set<core::Participant> seen;
  each(F::kFormat, [&](Table& table) {
    const core::Role role = table.word(F::kRole, kRoles);
    core::Registration registration = read_registration<F>(table, role, F::kId);
    const std::string_view id = registration.participant.id.view();
    if (table.row_ok() && role == core::Role::kFund) {
      const auto fund = core::FundCode::make(id);
      must_be_known(table, F::kId, fund && fund_known(*this, *fund), "funds.csv");
    }
    if (table.row_ok() && role == core::Role::kAuthority) {
      const auto catalogue = core::CatalogueCode::make(id);
      must_be_known(table, F::kId, catalogue && on_file.catalogue(*catalogue),
                    "the rulebooks' catalogues");
    }
    insert_once(table, F::kId, seen, registration.participant);
    if (table.row_ok()) network.registrations.push_back(std::move(registration));
  });
}

void NetworkReader::centres() const {
  using F = CentresFile;
  each(F::kFormat, [&](Table& table) {
    core::Registration centre = read_registration<F>(table, core::Role::kCentre, F::kCentre);
    const auto wilaya = table.code<WilayaCode>(F::kWilaya);
    must_be_known(table, F::kWilaya, network.wilayas.contains(wilaya), "wilayas.csv");
    insert_once(table, F::kCentre, network.centres, centre.participant.id);
    if (table.row_ok()) network.registrations.push_back(std::move(centre));
  });
}

// An agency is a centre to the switch, with a certificate of its own, that names the one above it.
// Both share one space of ids.
void NetworkReader::agencies() const {
  using F = AgenciesFile;
  std::set<core::ParticipantId> added;
  each(F::kFormat, [&](Table& table) {
    core::Registration agency = read_registration<F>(table, core::Role::kCentre, F::kAgency);
    agency.centre = table.code<core::ParticipantId>(F::kCentre);
    const bool is_agency = added.contains(agency.centre);
    must_be_known(table, F::kCentre, centre_known(*this, agency.centre) && !is_agency,
                  "centres.csv");
    insert_once(table, F::kAgency, network.centres, agency.participant.id);
    if (!table.row_ok()) return;
    added.insert(agency.participant.id);
    network.registrations.push_back(std::move(agency));
  });
}

void NetworkReader::providers() const {
  using F = ProvidersFile;
  std::set<core::ParticipantId> seen;
  each(F::kFormat, [&](Table& table) {
    core::Registration provider = read_registration<F>(table, core::Role::kProvider, F::kProvider);
    const auto wilaya = table.code<WilayaCode>(F::kWilaya);
    provider.centre = table.code_or_empty<core::ParticipantId>(F::kCentre);
    provider.signing_key = read_signing_key(table, F::kSigningKey);
    provider.payout_account = table.ascii_or_empty(F::kPayoutAccount, core::kPayoutAccountBytesMax);
    must_be_known(table, F::kWilaya, network.wilayas.contains(wilaya), "wilayas.csv");
    must_be_known(table, F::kCentre,
                  provider.centre.empty() || centre_known(*this, provider.centre),
                  "centres.csv or agencies.csv");
    insert_once(table, F::kProvider, seen, provider.participant.id);
    if (table.row_ok()) network.registrations.push_back(std::move(provider));
  });
}

void NetworkReader::provider_agreements() const {
  using F = ProviderAgreementsFile;
  std::unordered_map<core::ParticipantId, core::Registration*> providers;
  for (core::Registration& each : network.registrations) {
    if (each.participant.role == core::Role::kProvider) providers[each.participant.id] = &each;
  }
  std::set<std::tuple<core::ParticipantId, core::FundCode, core::Day>> seen;
  each(F::kFormat, [&](Table& table) {
    const auto id = table.code<core::ParticipantId>(F::kProvider);
    const core::FundAgreement agreement{table.code<core::FundCode>(F::kFund),
                                        table.interval(F::kFrom, F::kUntil)};
    const auto provider = providers.find(id);
    must_be_known(table, F::kProvider, provider != providers.end(), "providers.csv");
    must_be_known(table, F::kFund, fund_known(*this, agreement.fund), "funds.csv");
    insert_once(table, F::kProvider, seen, std::tuple{id, agreement.fund, agreement.in_force.from});
    if (!table.row_ok()) return;
    network.agreeing_funds.insert(agreement.fund);
    auto& list = provider->second->agreements;
    if (list.size() < core::kFundAgreementsMax) {
      list.push_back(agreement);
    } else {
      table.wrong(F::kProvider, "one agreement more",
                  "at most " + std::to_string(core::kFundAgreementsMax) + " of a provider");
    }
  });
}

void NetworkReader::prescribers() const {
  using F = PrescribersFile;
  std::set<core::PrescriberId> seen;
  each(F::kFormat, [&](Table& table) {
    core::Prescriber prescriber;
    prescriber.id = table.code<core::PrescriberId>(F::kPrescriber);
    prescriber.name = table.text(F::kName, core::kNameBytesMax);
    prescriber.suspended = table.yes_or_no(F::kSuspended);
    prescriber.source_version = table.integer(F::kSourceVersion, {1, kSourceVersionMax});
    insert_once(table, F::kPrescriber, seen, prescriber.id);
    if (table.row_ok()) network.prescribers.push_back(std::move(prescriber));
  });
}

}  // namespace wasl::csv

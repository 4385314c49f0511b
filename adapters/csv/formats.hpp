#pragma once
// The files of a network directory and their columns; docs/import_format.md says what each means.
// A file's columns may stand in any order; the enumerators number them as they are listed here.

#include <array>
#include <cstddef>
#include <string_view>

#include "csv/table.hpp"

namespace wasl::csv {

// Reference files: small, held in memory.

struct FundsFile {
  enum Column : std::size_t { kFund, kScheme, kName, kSourceVersion };
  static constexpr std::array<std::string_view, 4> kColumns{"fund", "scheme", "name",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"funds.csv", kColumns};
};

struct ParticipantsFile {
  enum Column : std::size_t { kRole, kId, kName, kSuspended, kSourceVersion };
  static constexpr std::array<std::string_view, 5> kColumns{"role", "id", "name", "suspended",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"participants.csv", kColumns};
};

struct WilayasFile {
  enum Column : std::size_t { kWilaya, kNameFr, kNameAr };
  static constexpr std::array<std::string_view, 3> kColumns{"wilaya", "name_fr", "name_ar"};
  static constexpr FileFormat kFormat{"wilayas.csv", kColumns};
};

struct CentresFile {
  enum Column : std::size_t { kCentre, kWilaya, kName, kSuspended, kSourceVersion };
  static constexpr std::array<std::string_view, 5> kColumns{"centre", "wilaya", "name", "suspended",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"centres.csv", kColumns};
};

struct AgenciesFile {
  enum Column : std::size_t { kAgency, kCentre, kName, kSuspended, kSourceVersion };
  static constexpr std::array<std::string_view, 5> kColumns{"agency", "centre", "name", "suspended",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"agencies.csv", kColumns};
};

struct ProvidersFile {
  enum Column : std::size_t {
    kProvider,
    kWilaya,
    kCentre,
    kName,
    kSuspended,
    kSigningKey,
    kPayoutAccount,
    kSourceVersion
  };
  static constexpr std::array<std::string_view, 8> kColumns{
      "provider",  "wilaya",      "centre",         "name",
      "suspended", "signing_key", "payout_account", "source_version"};
  static constexpr FileFormat kFormat{"providers.csv", kColumns};
};

struct ProviderAgreementsFile {
  enum Column : std::size_t { kProvider, kFund, kFrom, kUntil };
  static constexpr std::array<std::string_view, 4> kColumns{"provider", "fund", "from", "until"};
  static constexpr FileFormat kFormat{"provider_agreements.csv", kColumns};
};

struct PrescribersFile {
  enum Column : std::size_t { kPrescriber, kName, kSuspended, kSourceVersion };
  static constexpr std::array<std::string_view, 4> kColumns{"prescriber", "name", "suspended",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"prescribers.csv", kColumns};
};

struct ConditionsFile {
  enum Column : std::size_t { kCondition, kNameFr, kNameAr };
  static constexpr std::array<std::string_view, 3> kColumns{"condition", "name_fr", "name_ar"};
  static constexpr FileFormat kFormat{"conditions.csv", kColumns};
};

struct InnsFile {
  enum Column : std::size_t { kInn, kName, kPresentation };
  static constexpr std::array<std::string_view, 3> kColumns{"inn", "name", "presentation"};
  static constexpr FileFormat kFormat{"inns.csv", kColumns};
};

struct ProductsFile {
  enum Column : std::size_t {
    kCatalogue,
    kProduct,
    kFrom,
    kUntil,
    kInn,
    kName,
    kReimbursable,
    kPublicPrice,
    kRatePercent,
    kQuantityMax,
    kSupplyDaysMax,
    kPriorAgreementAboveDays,
    kSourceVersion
  };
  static constexpr std::array<std::string_view, 13> kColumns{"catalogue",
                                                             "product",
                                                             "from",
                                                             "until",
                                                             "inn",
                                                             "name",
                                                             "reimbursable",
                                                             "public_price",
                                                             "rate_percent",
                                                             "quantity_max",
                                                             "supply_days_max",
                                                             "prior_agreement_above_days",
                                                             "source_version"};
  static constexpr FileFormat kFormat{"products.csv", kColumns};
};

struct RestrictionsFile {
  enum Column : std::size_t { kCatalogue, kProduct, kFrom, kAgeMin, kAgeMax, kCondition };
  static constexpr std::array<std::string_view, 6> kColumns{"catalogue", "product", "from",
                                                            "age_min",   "age_max", "condition"};
  static constexpr FileFormat kFormat{"restrictions.csv", kColumns};
};

struct TarifsFile {
  enum Column : std::size_t { kCatalogue, kInn, kFrom, kUntil, kAmount, kSourceVersion };
  static constexpr std::array<std::string_view, 6> kColumns{
      "catalogue", "inn", "from", "until", "amount", "source_version"};
  static constexpr FileFormat kFormat{"tarifs.csv", kColumns};
};

// Account files: any number of rows, all sorted by insured number, read side by side.

struct AccountsFile {
  enum Column : std::size_t { kInsured, kFund, kPayoutAccount, kSourceVersion };
  static constexpr std::array<std::string_view, 4> kColumns{"insured", "fund", "payout_account",
                                                            "source_version"};
  static constexpr FileFormat kFormat{"accounts.csv", kColumns};
};

struct CardsFile {
  enum Column : std::size_t {
    kInsured,
    kCard,
    kKind,
    kRank,
    kKeyVersion,
    kActive,
    kBar,
    kBarUntil,
    kRightsUntil
  };
  static constexpr std::array<std::string_view, 9> kColumns{
      "insured", "card", "kind",      "rank",        "key_version",
      "active",  "bar",  "bar_until", "rights_until"};
  static constexpr FileFormat kFormat{"cards.csv", kColumns};
};

struct BeneficiariesFile {
  enum Column : std::size_t { kInsured, kRank, kBirth, kExempt };
  static constexpr std::array<std::string_view, 4> kColumns{"insured", "rank", "birth", "exempt"};
  static constexpr FileFormat kFormat{"beneficiaries.csv", kColumns};
};

struct RightsFile {
  enum Column : std::size_t { kInsured, kRank, kFrom, kUntil };
  static constexpr std::array<std::string_view, 4> kColumns{"insured", "rank", "from", "until"};
  static constexpr FileFormat kFormat{"rights.csv", kColumns};
};

struct TreatmentsFile {
  enum Column : std::size_t { kInsured, kRank, kCondition, kFrom, kUntil, kInns };
  static constexpr std::array<std::string_view, 6> kColumns{"insured", "rank",  "condition",
                                                            "from",    "until", "inns"};
  static constexpr FileFormat kFormat{"treatments.csv", kColumns};
};

struct AgreementsFile {
  enum Column : std::size_t {
    kInsured,
    kAgreement,
    kRank,
    kState,
    kFrom,
    kUntil,
    kProduct,
    kPrescriber,
    kPrescription,
    kPrescriptionDate
  };
  static constexpr std::array<std::string_view, 10> kColumns{
      "insured", "agreement", "rank",       "state",        "from",
      "until",   "product",   "prescriber", "prescription", "prescription_date"};
  static constexpr FileFormat kFormat{"agreements.csv", kColumns};
};

inline constexpr std::array kFormats{FundsFile::kFormat,
                                     ParticipantsFile::kFormat,
                                     WilayasFile::kFormat,
                                     CentresFile::kFormat,
                                     AgenciesFile::kFormat,
                                     ProvidersFile::kFormat,
                                     ProviderAgreementsFile::kFormat,
                                     PrescribersFile::kFormat,
                                     ConditionsFile::kFormat,
                                     InnsFile::kFormat,
                                     ProductsFile::kFormat,
                                     RestrictionsFile::kFormat,
                                     TarifsFile::kFormat,
                                     AccountsFile::kFormat,
                                     CardsFile::kFormat,
                                     BeneficiariesFile::kFormat,
                                     RightsFile::kFormat,
                                     TreatmentsFile::kFormat,
                                     AgreementsFile::kFormat};

// Files that mean something only beside another of the same import.
struct FileNeed {
  std::string_view file;
  std::string_view needs;
};
inline constexpr std::array kFileNeeds{FileNeed{"centres.csv", "wilayas.csv"},
                                       FileNeed{"providers.csv", "wilayas.csv"},
                                       FileNeed{"providers.csv", "provider_agreements.csv"},
                                       FileNeed{"provider_agreements.csv", "providers.csv"},
                                       FileNeed{"products.csv", "inns.csv"},
                                       FileNeed{"products.csv", "restrictions.csv"},
                                       FileNeed{"restrictions.csv", "products.csv"},
                                       FileNeed{"restrictions.csv", "conditions.csv"},
                                       FileNeed{"tarifs.csv", "inns.csv"},
                                       FileNeed{"accounts.csv", "cards.csv"},
                                       FileNeed{"accounts.csv", "beneficiaries.csv"},
                                       FileNeed{"accounts.csv", "rights.csv"},
                                       FileNeed{"accounts.csv", "treatments.csv"},
                                       FileNeed{"accounts.csv", "agreements.csv"},
                                       FileNeed{"cards.csv", "accounts.csv"},
                                       FileNeed{"beneficiaries.csv", "accounts.csv"},
                                       FileNeed{"rights.csv", "accounts.csv"},
                                       FileNeed{"treatments.csv", "accounts.csv"},
                                       FileNeed{"treatments.csv", "conditions.csv"},
                                       FileNeed{"treatments.csv", "inns.csv"},
                                       FileNeed{"agreements.csv", "accounts.csv"}};

}  // namespace wasl::csv

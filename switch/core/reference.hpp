#pragma once
// What the scheme's authority and the funds publish: catalogue, tarifs, rulebooks, funds,
// prescribers. The engine thread owns one Reference; decide() only reads it. Every entry is dated:
// a look-up names the day, and the newest entry whose interval holds that day wins.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"

namespace wasl::core {

// One way to meet a product's restriction: all of what is given must hold.
struct RestrictionAlternative {
  std::optional<std::uint8_t> age_min;  // Completed years at the service date.
  std::optional<std::uint8_t> age_max;
  ConditionCode condition;  // Empty: none asked for.

  friend bool operator==(const RestrictionAlternative&, const RestrictionAlternative&) = default;
};

struct Product {
  CatalogueCode catalogue;
  ProductCode code;
  Interval in_force;
  InnCode inn;
  bool reimbursable = false;
  Cents public_price;
  BasisPoints rate;
  std::optional<std::uint32_t> quantity_max;
  std::optional<std::uint16_t> supply_days_max;
  std::optional<std::uint16_t> prior_agreement_above_days;  // 0: always needed; absent: never.
  std::vector<RestrictionAlternative> restriction;          // Empty: unrestricted.
  std::string name;                                         // UTF-8, for people; at most 80 bytes.
  std::uint64_t source_version = 0;

  friend bool operator==(const Product&, const Product&) = default;
};

// The tarif de référence of an INN: the most that is reimbursed per unit, whatever the brand.
struct Tarif {
  CatalogueCode catalogue;
  InnCode inn;
  Interval in_force;
  Cents amount;
  std::uint64_t source_version = 0;

  friend bool operator==(const Tarif&, const Tarif&) = default;
};

struct Prescriber {
  PrescriberId id;
  bool suspended = false;
  std::string name;
  std::uint64_t source_version = 0;

  friend bool operator==(const Prescriber&, const Prescriber&) = default;
};

struct Fund {
  FundCode code;
  SchemeCode scheme;  // Names its rulebook.
  std::string name;
  std::uint64_t source_version = 0;

  friend bool operator==(const Fund&, const Fund&) = default;
};

enum class LimitsExempt : std::uint8_t { kNone = 0, kLongTermLines = 1, kLongTermBeneficiary = 2 };

// The numbers of docs/decline_reasons.md's checks and prices, and of settlement, in force from a
// day until the next set's day.
struct Parameters {
  Day from{kDayMin};
  std::uint16_t service_date_ahead_minutes = 0;           // Check 8: tolerated clock difference.
  std::uint16_t service_date_past_days_max = 0;           // Check 8, third party.
  std::uint16_t refund_months_max = 0;                    // Check 8, refund, after the first act.
  std::uint16_t prescription_days_max = 0;                // Check 9.
  bool prescriber_checked = false;                        // Check 12.
  std::uint16_t long_term_supply_days_max = 0;            // Check 18, on a long-term line.
  std::uint16_t refill_days_left_max = 0;                 // Check 20.
  LimitsExempt limits_exempt = LimitsExempt::kNone;       // Checks 21 and 22.
  std::optional<std::uint8_t> prescriptions_per_quarter;  // Check 21; absent: no count.
  std::optional<Cents> prescription_ceiling;              // Check 22; absent: no ceiling.
  BasisPoints long_term_rate;                             // Price of a long-term line.
  BasisPoints exempt_rate;                                // Price for an exempt beneficiary.
  std::uint8_t atc_window = 0;             // Check 6: 0..64 values below the highest.
  std::uint16_t card_update_months = 0;    // UpdateCard.
  std::uint8_t bordereau_claims_max = 20;  // Settlement: claims of one bordereau.
  std::uint16_t payment_days = 15;         // Settlement: promised, from presentation to payment.
  std::uint16_t presentation_days = 30;    // Settlement: from approval to presentation.
  // Settlement: minutes after midnight at which the next business day begins; 1440: midnight.
  std::uint16_t cut_over_minutes = 24 * 60;

  friend bool operator==(const Parameters&, const Parameters&) = default;
};

struct Rulebook {
  SchemeCode scheme;
  CatalogueCode catalogue;
  std::string currency;  // ISO 4217, three letters.
  std::chrono::minutes utc_offset{0};
  std::vector<Parameters> periods;   // By `from`, ascending, at least one; the first from kDayMin.
  Sha256 hash{};                     // SHA-256 of the file the rulebook was read from.
  std::uint64_t source_version = 0;  // Of the feed item that brought it; no part of the file.

  // The period that holds the day. There is always one.
  [[nodiscard]] const Parameters& at(Day day) const;
  // The first day of the period behind that one; nothing if it is the last.
  [[nodiscard]] std::optional<Day> next_period(Day day) const;

  friend bool operator==(const Rulebook&, const Rulebook&) = default;
};

class Reference {
 public:
  // Replaces the entry with the same key (for dated ones: code and interval.from), or adds it.
  void put(Product product);
  void put(Tarif tarif);
  void put(Prescriber prescriber);
  void put(Fund fund);
  void put(Rulebook rulebook);

  // Nothing is returned as nullptr; pointers live until the next put().
  [[nodiscard]] const Product* product(const CatalogueCode& catalogue, const ProductCode& code,
                                       Day day) const;
  [[nodiscard]] const Tarif* tarif(const CatalogueCode& catalogue, const InnCode& inn,
                                   Day day) const;
  [[nodiscard]] const Prescriber* prescriber(const PrescriberId& id) const;
  [[nodiscard]] const Fund* fund(const FundCode& code) const;
  [[nodiscard]] const std::unordered_map<FundCode, Fund>& funds() const { return funds_; }
  // The rulebook of the fund's scheme; nullptr if fund or rulebook is not known.
  [[nodiscard]] const Rulebook* rulebook_of(const FundCode& code) const;
  [[nodiscard]] const Rulebook* rulebook(const SchemeCode& scheme) const;

 private:
  // Looked up once per claim line, so without building a string.
  template <typename CodeType>
  struct CatalogueKey {
    CatalogueCode catalogue;
    CodeType code;

    friend bool operator==(const CatalogueKey&, const CatalogueKey&) = default;
  };
  // Not noexcept: the library then keeps a key's hash beside it, and walks a bucket without making
  // it anew.
  struct CatalogueHash {
    template <typename CodeType>
    std::size_t operator()(const CatalogueKey<CodeType>& key) const {
      const std::size_t seed = std::hash<CatalogueCode>{}(key.catalogue);
      return seed * 31 + std::hash<CodeType>{}(key.code);
    }
  };
  template <typename CodeType, typename Entry>
  using Dated =  // Newest `from` first.
      std::unordered_map<CatalogueKey<CodeType>, std::vector<Entry>, CatalogueHash>;

  Dated<ProductCode, Product> products_;
  Dated<InnCode, Tarif> tarifs_;
  std::unordered_map<PrescriberId, Prescriber> prescribers_;
  std::unordered_map<FundCode, Fund> funds_;
  std::unordered_map<SchemeCode, Rulebook> rulebooks_;
};

}  // namespace wasl::core

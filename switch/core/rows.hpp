#pragma once
// The rows of the entitlement store, as decide() reads and apply() changes them. Each field is
// either fund-owned (feeds replace it) or switch-owned (only claims and reports change
// it). Bytes: docs/data_format.md "Rows", codec: core/codec.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/business_day.hpp"
#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/settlement.hpp"
#include "core/status_file.hpp"

namespace wasl::core {

inline constexpr std::size_t kAccountBytesMax = 4 * 1024;
inline constexpr std::size_t kHistoryBytesMax = 32 * 1024;  // Check 23 refuses what would pass it.
// The longest account number in use, an IBAN.
inline constexpr std::size_t kPayoutAccountBytesMax = 34;
// A P-256 SubjectPublicKeyInfo is 91 bytes, P-521 is 158.
inline constexpr std::size_t kSigningKeyBytesMax = 200;
// Answers travel in one frame, which is at most this.
inline constexpr std::size_t kAnswerBytesMax = 64 * 1024;

enum class CardKind : std::uint8_t { kFamily = 1, kIndividual = 2 };

// What stands against a card; the same list serves the fund's feed and ReportCard.
enum class CardBar : std::uint8_t {
  kNone = 0,
  kLost = 1,
  kStolen = 2,
  kBlacklisted = 3,  // Until the day beside it; kDayMax: for good.
  kReplaced = 4,
};

struct Card {
  CardNumber number;
  // Fund-owned.
  CardKind kind = CardKind::kFamily;
  std::uint8_t rank = 0;  // The one beneficiary of an individual card; 0 on a family card.
  std::uint16_t key_version = 0;
  bool active = false;
  CardBar fund_bar = CardBar::kNone;
  Day fund_bar_until{kDayMax};
  // Switch-owned.
  CardBar reported_bar = CardBar::kNone;
  Day reported_bar_until{kDayMax};
  std::uint32_t atc_highest = 0;  // 0: no proof accepted yet; a card's first counter is 1.
  std::uint64_t atc_used = 0;     // Bit i: counter atc_highest - 1 - i is used.
  Day rights_until{kDayMin};      // kDayMin: never updated.

  friend bool operator==(const Card&, const Card&) = default;
};

struct Treatment {  // A long-term treatment agreed by the fund's medical adviser.
  ConditionCode condition;
  Interval in_force;
  std::vector<InnCode> inns;

  friend bool operator==(const Treatment&, const Treatment&) = default;
};

enum class RateBasis : std::uint8_t { kStandard = 0, kExempt = 1 };

struct Beneficiary {
  std::uint8_t rank = 0;  // 1 is the insured person.
  Day birth;
  RateBasis basis = RateBasis::kStandard;
  std::vector<Interval> rights;
  std::vector<Treatment> treatments;

  friend bool operator==(const Beneficiary&, const Beneficiary&) = default;
};

// A prescription is (beneficiary, prescriber, number, date); the beneficiary is the row's.
struct PrescriptionKey {
  PrescriberId prescriber;
  PrescriptionNumber number;
  Day date;

  friend bool operator==(const PrescriptionKey&, const PrescriptionKey&) = default;
};

enum class AgreementState : std::uint8_t { kPending = 1, kGranted = 2, kRefused = 3 };

struct PriorAgreement {
  Sequence id = 0;  // Of the record that asked for it; feeds choose ids with the highest bit set.
  std::uint8_t rank = 0;
  AgreementState state = AgreementState::kPending;
  Interval in_force;
  std::variant<PrescriptionKey, ProductCode> subject;

  friend bool operator==(const PriorAgreement&, const PriorAgreement&) = default;
};

struct Account {
  InsuredNumber insured;
  FundCode fund;
  std::vector<Card> cards;
  std::vector<Beneficiary> beneficiaries;
  std::vector<PriorAgreement> agreements;
  std::string payout_account;        // RIB/RIP or empty; switch-owned once set.
  std::uint64_t source_version = 0;  // Of the feed item that wrote it last.
  std::uint64_t version = 0;         // One more with each change.

  [[nodiscard]] const Card* card(const CardNumber& number) const;
  [[nodiscard]] Card* card(const CardNumber& number);
  [[nodiscard]] const Beneficiary* beneficiary(std::uint8_t rank) const;

  friend bool operator==(const Account&, const Account&) = default;
};

enum class ClaimKind : std::uint8_t { kThirdParty = 1, kRefund = 2 };

// One approved line. What is reversed leaves the row, so it simply stops counting.
struct HistoryLine {
  ClaimId claim = 0;
  ClaimKind kind = ClaimKind::kThirdParty;
  PrescriptionKey prescription;
  Day service_date;
  ProductCode product;
  InnCode inn;
  std::uint16_t supply_days = 0;
  Cents price;
  bool long_term = false;
  bool subject_to_limits = false;  // Fixed when the line was decided.

  friend bool operator==(const HistoryLine&, const HistoryLine&) = default;
};

struct History {
  std::vector<HistoryLine> lines;  // In the order in which they were approved.
  std::uint64_t version = 0;

  friend bool operator==(const History&, const History&) = default;
};

struct FundAgreement {
  FundCode fund;
  Interval in_force;

  friend bool operator==(const FundAgreement&, const FundAgreement&) = default;
};

// A provider, centre, fund, authority or desk that may speak to the switch.
struct Registration {
  Participant participant;
  bool suspended = false;
  std::vector<FundAgreement> agreements;  // Providers only.
  ParticipantId centre;                   // A provider's payment centre.
  std::string signing_key;                // SubjectPublicKeyInfo, DER; empty if none.
  std::string payout_account;             // Switch-owned once set.
  std::string name;                       // UTF-8, at most 80 bytes.
  std::uint64_t source_version = 0;
  std::uint64_t version = 0;

  friend bool operator==(const Registration&, const Registration&) = default;
};

// Which insured number a card belongs to. Never changes once written.
struct CardLink {
  InsuredNumber insured;

  friend bool operator==(const CardLink&, const CardLink&) = default;
};

// Numbers are stored and on the wire: never reused.
enum class RequestState : std::uint8_t {
  kDone = 1,       // A request that is no claim.
  kApproved = 2,   // A claim that stands, wholly or partly approved.
  kDeclined = 3,   // A claim that was declined.
  kReversed = 4,   // A claim that was reversed, or whose reversal came first.
  kClosed = 5,     // A status query closed the id before a claim came.
  kPresented = 6,  // A claim in a bordereau.
  // Of a presented claim, as its bordereau says; of the request row only kRejected and kCorrected.
  kHeld = 7,
  kAccepted = 8,
  kRejected = 9,    // By the centre: what it did was released, as by a reversal.
  kCorrected = 10,  // Rejected, and another claim stands in its place.
  // Of an accepted claim or approved refund, as the payout stands that pays it; in no row.
  kInRun = 11,
  kExported = 12,
  kPaid = 13,
  kReturned = 14,
};

// What is remembered of a request id. Without `answered` the row is a tombstone: a reversal or a
// closing query came first, and a late original will be declined and remembered.
struct RequestRow {
  RequestState state = RequestState::kDone;
  bool answered = false;
  Sha256 content{};       // SHA-256 of the canonical request.
  Sequence sequence = 0;  // Of the record that holds the answer (a tombstone: that made the row).
  Instant at{};
  std::string body;  // The stored answer, byte for byte.
  // Of a claim that was approved; empty and zero otherwise.
  InsuredNumber insured;
  std::uint8_t rank = 0;
  CardNumber card;
  FundCode fund;
  ClaimKind kind = ClaimKind::kThirdParty;
  Cents insurer;
  Cents patient;
  Day service_date;
  ClaimId corrects = 0;         // The rejected claim in whose place it stands; 0 otherwise.
  std::uint32_t bordereau = 0;  // Of a claim that was presented: its bordereau's number, else 0.
  std::optional<PaidBy> paid;   // Of a refund that a run has taken.
  Sha256 receipt{};  // Hash of the record `sequence`; set when it is durable, kept by the store.

  friend bool operator==(const RequestRow&, const RequestRow&) = default;
};

// What a provider has presented to a fund so far.
struct Presentation {
  // Each of its claims that was approved up to this record is in a bordereau, or was reversed.
  Sequence up_to = 0;
  std::uint32_t bordereaux = 0;  // Number of the last one; the first is 1.
  std::uint64_t version = 0;

  friend bool operator==(const Presentation&, const Presentation&) = default;
};

// A bordereau's rows are written in one command, so their number is bounded: bordereau.hpp.
inline constexpr std::size_t kBordereauClaimsMax = 100;

// Why a centre rejects or holds a claim; words in core/review_reason.hpp. Numbers are stored and on
// the wire: never reused.
enum class ReviewReason : std::uint8_t {
  kNone = 0,
  kWrongTarif = 1,
  kMissingPrescription = 2,
  kNotConforming = 3,  // The prescription is not as the rules want it.
  kMissingVignette = 4,
  kWrongQuantity = 5,
  kWrongBeneficiary = 6,
  kMedicalControl = 7,
};

// Who owes the next step of a claim that is held.
enum class StepOwner : std::uint8_t { kProvider = 1, kCentre = 2, kFund = 3 };

struct PresentedClaim {
  ClaimId claim = 0;
  RequestId request_id{};
  Cents insurer;                                  // What the fund owes for it, once accepted.
  RequestState state = RequestState::kPresented;  // Or kHeld, kAccepted, kRejected.
  ReviewReason reason = ReviewReason::kNone;      // Of a held, rejected or reduced claim.
  Day until;                                      // Of a held claim: the last day of its step,
  StepOwner owner = StepOwner::kCentre;           // and who owes it.
  Sequence reviewed_by = 0;                       // The record, which names the operator; 0: none.
  Cents reduced;            // By how much `insurer` was lowered since it was accepted,
  Sequence reduced_by = 0;  // and the last record that did; 0: none.

  friend bool operator==(const PresentedClaim&, const PresentedClaim&) = default;
};

// Claims that a provider presented to a fund together, in the order of their ids.
struct Bordereau {
  FundCode fund;
  Participant provider;
  std::uint32_t number = 0;  // From 1, by fund and provider.
  ParticipantId centre;      // The provider's when it closed; empty: the fund reviews it.
  Sequence up_to = 0;        // Of the closing: Presentation::up_to behind it.
  Sequence closed_by = 0;    // The record, which holds the signed list.
  Instant closed_at{};
  Day due;  // By which the fund has promised to pay.
  Cents total;
  std::vector<PresentedClaim> claims;  // 1..kBordereauClaimsMax
  std::vector<AcceptancePaid> paid;    // Acceptances of its claims that a run has taken.

  friend bool operator==(const Bordereau&, const Bordereau&) = default;
};

// A change of a payee's account that one operator has entered; another one's same entry makes it.
struct PayoutChange {
  Payee payee;
  std::string account;  // 20 digits.
  OperatorId by;        // Of the participant under whose key it lies.
  Instant at{};

  friend bool operator==(const PayoutChange&, const PayoutChange&) = default;
};

// monostate: known to be absent.
using Row =
    std::variant<std::monostate, Registration, RequestRow, CardLink, Account, History, Presentation,
                 Bordereau, PayoutChange, Owed, SettlementRun, Payout, StatusFile, StatusPart,
                 StatusFileName, StatusDesk, Receivable, BusinessDay>;

}  // namespace wasl::core

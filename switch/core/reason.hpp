#pragma once
// Why a claim, a line or another request was not granted, in the one table of the product: number,
// name, what it means in Arabic, French and English, and what the person can do. Numbers are stored
// and on the wire: never reused. docs/decline_reasons.md is tested against this table.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wasl::core {

enum class Reason : std::uint8_t {
  kNone = 0,  // Granted.
  // Claim level, checks 1 to 12.
  kRequestIdReused = 1,
  kReversedBeforeArrival = 2,
  kClosedBeforeArrival = 3,
  kParticipantSuspended = 4,
  kProviderUnknown = 5,
  kNoAgreement = 6,
  kCardUnknown = 7,
  kCardReplaced = 8,
  kCardOpposed = 9,
  kCardBlacklisted = 10,
  kCardNotActive = 11,
  kCardProofInvalid = 12,
  kProfessionalProofInvalid = 13,
  kCardProofReplayed = 14,
  kBeneficiaryNotCovered = 15,
  kServiceDateInvalid = 16,
  kTimeBarred = 17,
  kPrescriptionDateInvalid = 18,
  kPrescriptionExpired = 19,
  kCardUpdateRequired = 20,
  kRightsNotOpen = 21,
  kPrescriberNotAccepted = 22,
  kNoPayableLine = 23,
  // Line level, checks 13 to 23.
  kProductUnknown = 40,
  kProductNotCovered = 41,
  kPriceAbovePublic = 42,
  kProductRestricted = 43,
  kPriorAgreementRequired = 44,
  kQuantityAboveMaximum = 45,
  kSupplyTooLong = 46,
  kDuplicateDispensing = 47,
  kRefillTooSoon = 48,
  kPrescriptionCountExceeded = 49,
  kPrescriptionCeilingExceeded = 50,
  kHistoryFull = 51,
  // Other requests.
  kOriginalNotAClaim = 70,   // A reversal or status query names a request id of another kind.
  kAgreementUnknown = 71,    // DecidePriorAgreement names no pending agreement of this account.
  kReplacementUnknown = 72,  // ReportCard replaces by a card that is not on the account.
  kAccountUnknown = 73,
  kNotOwner = 74,       // A fund wrote what is not its own.
  kNotNewer = 75,       // A feed item with a source_version not above the stored one.
  kAccountFull = 76,    // The account row would pass its bound.
  kRightsEnded = 77,    // UpdateCard: no rights interval of the account reaches today.
  kNothingToLift = 78,  // ReportCard lifts what was not reported.
  kFundUnknown = 79,
  kRulebookUnknown = 80,  // The card's fund has no rulebook in force.
  // Settlement; the first ten in the order of CloseBordereau's checks.
  kBordereauEmpty = 81,
  kBordereauCountWrong = 82,
  kBordereauTotalWrong = 83,
  kBordereauDigestWrong = 84,
  kSigningKeyMissing = 85,
  kSignatureInvalid = 86,
  kBordereauAhead = 87,
  kBordereauClosedAlready = 88,
  kBordereauTooLong = 89,
  kBordereauDiffers = 90,
  kAlreadyPresented = 91,
  kOriginalUnknown = 92,  // CorrectClaim names a request id that was never seen.
  kNotInThisState = 93,
  kCorrectionAboveOriginal = 94,
  kBordereauUnknown = 95,
  kBordereauOfAnother = 96,  // Another centre reviews it.
  kNotPresented = 97,        // The claim is not in the bordereau named.
  kHoldDateInvalid = 98,
  kPayoutAccountInvalid = 99,  // Its key is not right.
  kPayoutChangeUnknown = 100,  // None waits.
  kPayoutChangeDiffers = 101,  // Another account waits.
  kSameOperator = 102,         // Who entered it cannot confirm it.
  kRunUnknown = 103,
  kRunNotInThisState = 104,
  kRunDiffers = 105,          // ApproveRun: not the payouts or the total of the run.
  kValueDateInvalid = 106,    // Of a run: past, or too far ahead.
  kFundAccountMissing = 107,  // ExportRun: it is not known from where the fund pays.
  kStatusFileUnknown = 108,
  kStatusFileNotInThisState = 109,  // Not the next part, or not the time for it.
  kStatusFileOpen = 110,            // Another file of the fund is not done.
  kStatusFileDiffers = 111,         // Of this name another file was taken before.
  kInSettlement = 112,              // A run pays the claim, or a bank file does.
  kNotAReduction = 113,             // The fund pays no more than that.
  kBusinessDayInvalid = 114,        // Begun already, or its cut-over has not come.
};

// What the person at the counter can do about it.
enum class Remedy : std::uint8_t {
  kNone = 0,
  kPayAndFileAtCounter = 1,
  kAskPriorAgreement = 2,
  kUpdateCard = 3,
  kComeBackOn = 4,  // With a date.
  kContactFund = 5,
  kUseNewCard = 6,
  kCorrectAndResubmit = 7,
  kAskPrescriber = 8,       // A new prescription, or a changed one.
  kRepeatWithNewProof = 9,  // Present the card again.
  kPayInFull = 10,          // Not covered: nothing will be refunded.
  kContactScheme = 11,      // The participant's own registration or agreement.
};

enum class Language : std::uint8_t { kArabic = 1, kFrench = 2, kEnglish = 3 };

struct Text {
  std::string_view arabic;
  std::string_view french;
  std::string_view english;

  [[nodiscard]] std::string_view in(Language language) const;
};

struct ReasonEntry {
  Reason reason;
  std::string_view name;  // "CARD_OPPOSED"
  Remedy remedy;
  Text meaning;
};

struct RemedyEntry {
  Remedy remedy;
  std::string_view name;  // "PAY_AND_FILE_AT_COUNTER"
  Text advice;
};

// All entries, by number.
[[nodiscard]] std::span<const ReasonEntry> reasons();
[[nodiscard]] std::span<const RemedyEntry> remedies();
// The entry of a reason or remedy of this enum; kNone has one too.
[[nodiscard]] const ReasonEntry& entry(Reason reason);
[[nodiscard]] const RemedyEntry& entry(Remedy remedy);
[[nodiscard]] std::optional<Reason> reason_named(std::string_view name);
[[nodiscard]] std::optional<Reason> reason_numbered(std::uint8_t number);

}  // namespace wasl::core

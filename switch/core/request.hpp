#pragma once
// What a participant asks, after `wire` has checked every field against its bounds. The canonical
// bytes of a request (core/codec.hpp) are at once what its SHA-256 content hash is taken
// over, what the card signs, and what the journal keeps.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/closing.hpp"
#include "core/counter.hpp"
#include "core/page.hpp"
#include "core/reference.hpp"
#include "core/rows.hpp"

namespace wasl::core {

inline constexpr std::size_t kClaimLinesMax = 40;
inline constexpr std::uint32_t kQuantityMax = 9'999;
inline constexpr Cents kUnitPriceMax{10'000'000'000};
inline constexpr std::uint16_t kSupplyDaysMax = 366;
inline constexpr std::uint8_t kRankMax = 15;  // Beneficiaries of one account; ranks are 1..15.
// All lines of a claim at their bounds.
inline constexpr Cents kClaimAmountMax{kClaimLinesMax * kQuantityMax * kUnitPriceMax.value};
// All claims of a bordereau at their bounds.
inline constexpr Cents kBordereauAmountMax{static_cast<std::int64_t>(kBordereauClaimsMax) *
                                           kClaimAmountMax.value};
// What one run pays: ten bordereaux at their bounds, so that no sum of it leaves int64.
inline constexpr Cents kRunAmountMax{10 * kBordereauAmountMax.value};
// Any other list within a row or request: its count is one byte. Row bounds are mostly reached
// first.
inline constexpr std::size_t kListItemsMax = 255;
// A rulebook of ten schemes' length; leaves room for the frame around it.
inline constexpr std::size_t kRulebookBytesMax = 60 * 1024;

enum class PrescriptionType : std::uint8_t { kAcute = 1, kLongTerm = 2 };

struct Prescription {
  PrescriptionKey key;
  PrescriptionType type = PrescriptionType::kAcute;

  friend bool operator==(const Prescription&, const Prescription&) = default;
};

struct ClaimLine {
  ProductCode product;
  std::uint32_t quantity = 0;     // 1..kQuantityMax
  Cents unit_price;               // 1..kUnitPriceMax centimes
  std::uint16_t supply_days = 0;  // 0..kSupplyDaysMax

  friend bool operator==(const ClaimLine&, const ClaimLine&) = default;
};

// The card as the terminal read it.
struct CardReference {
  CardNumber number;
  FundCode fund;
  std::uint16_t key_version = 0;

  friend bool operator==(const CardReference&, const CardReference&) = default;
};

struct Claim {
  ClaimKind kind = ClaimKind::kThirdParty;
  ParticipantId provider;  // Empty on a refund.
  TerminalId terminal;
  CardReference card;
  std::uint8_t rank = 0;
  Day service_date;
  Day first_act_date;  // The service date where the participant gave none.
  Prescription prescription;
  std::vector<ClaimLine> lines;  // 1..kClaimLinesMax

  friend bool operator==(const Claim&, const Claim&) = default;
};

struct SubmitClaim {
  Claim claim;
  friend bool operator==(const SubmitClaim&, const SubmitClaim&) = default;
};

struct QuoteClaim {
  Claim claim;
  friend bool operator==(const QuoteClaim&, const QuoteClaim&) = default;
};

enum class ReversalCause : std::uint8_t { kCustomerCancelled = 1, kNoAnswer = 2, kEntryError = 3 };

struct ReverseClaim {
  RequestId original{};
  ReversalCause cause = ReversalCause::kCustomerCancelled;
  friend bool operator==(const ReverseClaim&, const ReverseClaim&) = default;
};

// A status query. It has no request id of its own.
struct GetClaim {
  RequestId original{};
  bool close_if_absent = false;
  friend bool operator==(const GetClaim&, const GetClaim&) = default;
};

// Own claims by the civil day (UTC) of their decision, oldest first. A scan, not a point read.
struct ListClaims {
  Day from;
  Day until;
  Sequence after = 0;  // Last sequence of the page before; 0 for the first.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListClaims&, const ListClaims&) = default;
};

// Why a centre or desk looks a family's rights up, or updates a card; journaled.
enum class Purpose : std::uint8_t {
  kCardPresented = 1,  // With the card's proof.
  kAtCounter = 2,
  kByTelephone = 3,
  kFileReview = 4,
};

struct GetRights {
  ParticipantId provider;  // Empty unless asked by a provider.
  TerminalId terminal;
  CardReference card;
  Purpose purpose = Purpose::kCardPresented;
  friend bool operator==(const GetRights&, const GetRights&) = default;
};

struct UpdateCard {
  ParticipantId provider;
  TerminalId terminal;
  CardReference card;
  Purpose purpose = Purpose::kCardPresented;
  friend bool operator==(const UpdateCard&, const UpdateCard&) = default;
};

enum class CardAction : std::uint8_t {
  kOpposeLost = 1,
  kOpposeStolen = 2,
  kBlacklist = 3,  // Until a day; kDayMax for good.
  kLift = 4,
  kReplace = 5,  // By a new card of the same account, which must be on file.
};

struct ReportCard {
  CardNumber card;
  CardAction action = CardAction::kOpposeLost;
  Day until{kDayMax};
  CardNumber replacement;  // Of kReplace; empty otherwise.
  friend bool operator==(const ReportCard&, const ReportCard&) = default;
};

struct RequestPriorAgreement {
  CardNumber card;
  std::uint8_t rank = 0;
  Interval wanted;
  std::variant<PrescriptionKey, ProductCode> subject;
  friend bool operator==(const RequestPriorAgreement&, const RequestPriorAgreement&) = default;
};

struct DecidePriorAgreement {
  InsuredNumber insured;
  Sequence agreement = 0;
  bool granted = false;
  Interval in_force;
  friend bool operator==(const DecidePriorAgreement&, const DecidePriorAgreement&) = default;
};

struct ListPriorAgreements {  // Pending ones of the asking fund, oldest first. A scan.
  Sequence after = 0;
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListPriorAgreements&, const ListPriorAgreements&) = default;
};

// A claim in the place of one that the centre rejected: of the same card, person and service date.
// Third party only. What it may change is what it gives.
struct CorrectClaim {
  RequestId original{};
  TerminalId terminal;
  Prescription prescription;
  std::vector<ClaimLine> lines;  // 1..kClaimLinesMax
  friend bool operator==(const CorrectClaim&, const CorrectClaim&) = default;
};

// Feeds. Each item of a batch is a command of its own, under (batch id, index).
struct PutAccount {
  Account account;  // Fund-owned fields; the switch-owned ones are ignored.
  friend bool operator==(const PutAccount&, const PutAccount&) = default;
};
struct PutCard {
  InsuredNumber insured;
  Card card;
  std::uint64_t source_version = 0;
  friend bool operator==(const PutCard&, const PutCard&) = default;
};
struct PutRegistration {  // PutProvider and PutCentre.
  Registration registration;
  friend bool operator==(const PutRegistration&, const PutRegistration&) = default;
};
struct PutPrescriber {
  Prescriber prescriber;
  friend bool operator==(const PutPrescriber&, const PutPrescriber&) = default;
};
struct PutProduct {
  Product product;
  friend bool operator==(const PutProduct&, const PutProduct&) = default;
};
struct PutTarif {
  Tarif tarif;
  friend bool operator==(const PutTarif&, const PutTarif&) = default;
};
struct PutRulebook {
  std::string content;  // The TOML file, at most kRulebookBytesMax; kept in the journal.
  Rulebook rulebook;    // Read from `content`; no part of the canonical request.
  std::uint64_t source_version = 0;
  friend bool operator==(const PutRulebook&, const PutRulebook&) = default;
};

// The operator's word that the wall clock is right after a jump: docs/operating.md "The clock".
struct ConfirmClock {
  friend bool operator==(const ConfirmClock&, const ConfirmClock&) = default;
};

// A file of a bulk import; it is kept under its SHA-256 (docs/data_format.md "Imports").
struct ImportedFile {
  std::string name;  // As docs/import_format.md has it: "cards.csv", "rulebooks/dz-cnas.toml".
  Sha256 sha256{};
  std::uint64_t rows = 0;  // Without the header line; 0 for a rulebook.
  friend bool operator==(const ImportedFile&, const ImportedFile&) = default;
};

// The operator's bulk import. The files bring the rows, not this record: the same files on the same
// state give the same rows, which `digest` proves.
struct Import {
  std::vector<ImportedFile> files;  // By name, at least one.
  std::uint64_t rows = 0;           // Rows of the store that it wrote.
  Sha256 digest{};                  // SHA-256 over them, docs/data_format.md.
  friend bool operator==(const Import&, const Import&) = default;
};

// A provider's bordereaux, all funds' or one's, by number. Scans.
struct ListBordereaux {
  FundCode fund;
  std::optional<Participant> provider;        // Nothing: of all. A provider lists its own.
  std::optional<Participant> after_provider;  // Of the last of the page before.
  std::uint32_t after = 0;                    // Its number.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListBordereaux&, const ListBordereaux&) = default;
};
struct GetBordereau {
  FundCode fund;
  Participant provider;
  std::uint32_t number = 0;
  friend bool operator==(const GetBordereau&, const GetBordereau&) = default;
};

// The totals of the asking fund's ledger. A scan.
struct ListBalances {
  friend bool operator==(const ListBalances&, const ListBalances&) = default;
};

// Sets of postings of a fund, by participant and record. A scan.
struct ListPostings {
  FundCode fund;
  std::optional<Participant> of;  // Nothing: of all. A provider or centre lists its own.
  std::optional<Participant>
      after_of;                  // Of the last set of the page before; nothing: the first page.
  Sequence after = 0;            // Its record,
  std::uint16_t after_item = 0;  // and its place among the sets of that record.
  std::uint16_t page = kPageMax;
  friend bool operator==(const ListPostings&, const ListPostings&) = default;
};

// In the place of a request that is no more: its number stays taken, and is never a request's.
struct NoRequest {
  friend bool operator==(const NoRequest&, const NoRequest&) = default;
};

using Request =
    std::variant<SubmitClaim, QuoteClaim, ReverseClaim, GetClaim, ListClaims, GetRights, UpdateCard,
                 ReportCard, RequestPriorAgreement, DecidePriorAgreement, ListPriorAgreements,
                 PutAccount, PutCard, PutRegistration, PutPrescriber, PutProduct, PutTarif,
                 PutRulebook, ConfirmClock, Import, ListBalances, ListPostings, CloseBordereau,
                 ListBordereaux, GetBordereau, CorrectClaim, ReviewBordereau, ListReviews,
                 SetPayoutAccount, ListPayoutChanges, ProposeRun, CollectRun, ApproveRun, CancelRun,
                 ListOwed, ListRuns, ListPayouts, ExportRun, NoRequest, OpenStatusFile,
                 ReceiveStatuses, ApplyStatuses, DropStatusFile, ListStatusFiles, ReduceClaim,
                 ListReceivables, AdvanceBusinessDay, Reconcile, GetBankFile>;

// Numbers are signed, stored and on the wire: never reused. The order is the variant's.
enum class Deed : std::uint8_t {
  kSubmitClaim = 1,
  kQuoteClaim = 2,
  kReverseClaim = 3,
  kGetClaim = 4,
  kListClaims = 5,
  kGetRights = 6,
  kUpdateCard = 7,
  kReportCard = 8,
  kRequestPriorAgreement = 9,
  kDecidePriorAgreement = 10,
  kListPriorAgreements = 11,
  kPutAccount = 12,
  kPutCard = 13,
  kPutRegistration = 14,
  kPutPrescriber = 15,
  kPutProduct = 16,
  kPutTarif = 17,
  kPutRulebook = 18,
  kConfirmClock = 19,
  kImport = 20,
  kListBalances = 21,
  kListPostings = 22,
  kCloseBordereau = 23,
  kListBordereaux = 24,
  kGetBordereau = 25,
  kCorrectClaim = 26,
  kReviewBordereau = 27,
  kListReviews = 28,
  kSetPayoutAccount = 29,
  kListPayoutChanges = 30,
  kProposeRun = 31,
  kCollectRun = 32,
  kApproveRun = 33,
  kCancelRun = 34,
  kListOwed = 35,
  kListRuns = 36,
  kListPayouts = 37,
  kExportRun = 38,
  kNoRequest = 39,  // Was ListTransfers.
  kOpenStatusFile = 40,
  kReceiveStatuses = 41,
  kApplyStatuses = 42,
  kDropStatusFile = 43,
  kListStatusFiles = 44,
  kReduceClaim = 45,
  kListReceivables = 46,
  kAdvanceBusinessDay = 47,
  kReconcile = 48,
  kGetBankFile = 49,
};
inline constexpr std::size_t kDeeds = std::variant_size_v<Request>;
static_assert(static_cast<std::size_t>(Deed::kGetBankFile) == kDeeds);

[[nodiscard]] inline Deed deed_of(const Request& request) {
  return static_cast<Deed>(request.index() + 1);
}
[[nodiscard]] std::string_view name(Deed deed);

// Asked by no participant while the switch runs.
[[nodiscard]] bool is_switchs_own(Deed deed);
// A page of rows, read by a scan: changes nothing, has no request id, and nothing is judged.
[[nodiscard]] bool is_listing(Deed deed);

// What was shown with a request: first 8 bytes of an AES-128-CMAC each (docs/card_proof.md).
struct Proof {
  std::uint32_t atc = 0;  // Application transaction counter; a card's first is 1.
  std::array<std::uint8_t, 4> unpredictable{};
  std::array<std::uint8_t, 8> mac{};
  friend bool operator==(const Proof&, const Proof&) = default;
};

enum class ProofVerdict : std::uint8_t { kNotGiven = 0, kRight = 1, kWrong = 2 };

// Proofs and what `card` found; `net` verifies before the engine sees the command. The
// professional's proof carries its own key version; its counter is recorded, not checked for
// replay, since both proofs are over the same request id.
struct Proofs {
  std::optional<Proof> card;
  std::optional<Proof> professional;
  std::uint16_t professional_key_version = 0;
  ProofVerdict card_verdict = ProofVerdict::kNotGiven;
  ProofVerdict professional_verdict = ProofVerdict::kNotGiven;
  friend bool operator==(const Proofs&, const Proofs&) = default;
};

// One thing for the engine to put in order.
struct Command {
  Participant from;
  OperatorId by;            // The person who acts for it; empty: its own certificate.
  RequestId request_id{};   // All zero for GetClaim and the listings, which have none.
  std::uint16_t index = 0;  // Of a batch's item; 0 otherwise.
  Sha256 content{};         // SHA-256 of the canonical request.
  Proofs proofs;
  ClosingEvidence closing;       // Of CloseBordereau.
  std::optional<OwedPage> owed;  // Of CollectRun; nothing: not scanned yet.
  Request request;
};

}  // namespace wasl::core

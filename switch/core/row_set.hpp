#pragma once
// The rows one command can read or change, by role. Engine, recovery, replay and simulator fill a
// RowSet the same way: ask keys_needed(), provide those rows, ask again until nothing is missing.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/request.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// The bytes a row is stored under; docs/data_format.md "Keys". The first is a tag, numbers are
// big-endian, so a prefix scan stays within one participant. Inline, at most 64, any byte values.
class RowKey {
 public:
  static constexpr std::size_t kBytesMax = 64;

  RowKey() = default;
  explicit RowKey(std::string_view bytes) : size_(static_cast<std::uint8_t>(bytes.size())) {
    WASL_ASSERT(bytes.size() <= kBytesMax);
    std::copy(bytes.begin(), bytes.end(), data_.begin());
  }
  [[nodiscard]] std::string_view view() const { return {data_.data(), size_}; }
  friend bool operator==(const RowKey& a, const RowKey& b) { return a.view() == b.view(); }
  friend auto operator<=>(const RowKey& a, const RowKey& b) { return a.view() <=> b.view(); }

 private:
  std::array<char, kBytesMax> data_{};
  std::uint8_t size_ = 0;
};

// First byte of every key; stored, never reused. Bytes below 0x20 are the store's own.
enum class KeyTag : char {
  kAccount = 'A',
  kBalance = 'B',
  kCard = 'C',
  kBordereau = 'D',
  kAgreementIndex = 'G',
  kStatusFile = 'F',
  kHistory = 'H',
  kClaimIndex = 'I',
  kStatusDesk = 'K',
  kPosting = 'L',
  kStatusFileName = 'M',
  kPresentation = 'N',
  kOwed = 'O',
  kRegistration = 'P',
  kDayClosing = 'Q',
  kRequest = 'R',
  kRun = 'S',
  kStatusPart = 'T',
  kBusinessDay = 'U',
  kReceivable = 'V',
  kReviewIndex = 'W',
  kBusinessDayIndex = 'X',
  kPayoutChange = 'Y',
  kPayout = 'Z',
  kFund = 'f',
  kRulebook = 'k',
  kProduct = 'p',
  kPrescriber = 's',
  kTarif = 't',
};

enum class Slot : std::uint8_t {
  kParticipant,  // Registration of who asks.
  kRequest,      // RequestRow under (participant, request id, index).
  kOriginal,     // RequestRow that a reversal, correction or status query names.
  kCard,         // CardLink of the card named.
  kAccount,
  kReplacement,  // CardLink of the new card of ReportCard or PutCard.
  kTarget,       // Registration that PutRegistration writes, or of the provider that is paid.
  kPresentation,
  kPayoutChange,
  kBordereau,   // That a review or reduction names, or that holds the claim asked about.
  kOwed,        // For the refund that is reversed, or the acceptance of a claim that is reduced.
  kReceivable,  // Of the provider whose claim is reduced.
  kBusinessDay,
  kRun,
  kStatusFile,
  kStatusFileName,
  kStatusDesk,
  kStatusPart,  // That is carried out next.
  kHistory1,    // History of rank 1; rank r is kHistory1 + r - 1.
  kHistoryLast = kHistory1 + kRankMax - 1,
  // As many as the command lists, by index.
  kListed,            // RequestRow of a claim that CloseBordereau lists or ReviewBordereau rejects;
                      // Owed of a page of CollectRun; Payout of a step of
                      // CancelRun, ExportRun or ApplyStatuses, or named by ReceiveStatuses.
  kListedHistory,     // Of the beneficiary of a claim that is rejected.
  kListedSource,      // Bordereau or RequestRow that an item of a payout is of.
  kListedPayee,       // Registration or Account of a page's payee, by its first item.
  kListedReceivable,  // Of the same, or of a payout in kListed.
};
inline constexpr std::size_t kListedSlots = 5;
inline constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::kHistoryLast) + 1;

// A slot of many rows, told apart by index.
[[nodiscard]] constexpr bool is_listed(Slot slot) { return slot >= Slot::kListed; }
[[nodiscard]] constexpr std::size_t listed_place(Slot slot) {
  return static_cast<std::size_t>(slot) - static_cast<std::size_t>(Slot::kListed);
}

[[nodiscard]] constexpr Slot history_slot(std::uint8_t rank) {
  return static_cast<Slot>(static_cast<std::uint8_t>(Slot::kHistory1) + rank - 1);
}

// PutAccount reads no history; it needs the CardLink of each of its cards instead, in the order of
// the feed's account.cards: the i-th card's (from 0) takes the slot of rank i + 1.
inline constexpr std::size_t kFeedCardsMax = kRankMax;  // Cards of one PutAccount.
[[nodiscard]] constexpr Slot link_slot(std::size_t card) {
  return static_cast<Slot>(static_cast<std::size_t>(Slot::kHistory1) + card);
}

struct Need {
  Slot slot;
  RowKey key;
  std::uint16_t index = 0;  // Of a listed slot: the place in the list.
};

struct RowSet {
  std::array<Row*, kSlots> rows{};  // nullptr: not provided.
  // The listed slots' by index; shorter where the rest is not provided.
  std::array<std::vector<Row*>, kListedSlots> listed;

  void provide(const Need& need, Row* row) {
    if (!is_listed(need.slot)) {
      (*this)[need.slot] = row;
      return;
    }
    std::vector<Row*>& list = listed[listed_place(need.slot)];
    if (list.size() <= need.index) list.resize(need.index + std::size_t{1});
    list[need.index] = row;
  }

  [[nodiscard]] Row*& operator[](Slot slot) { return rows[static_cast<std::size_t>(slot)]; }
  [[nodiscard]] const Row* at(Slot slot) const { return rows[static_cast<std::size_t>(slot)]; }
  // The row as its type; nullptr if not provided or absent.
  template <typename T>
  [[nodiscard]] const T* get(Slot slot) const {
    const Row* row = at(slot);
    return row == nullptr ? nullptr : std::get_if<T>(row);
  }
  // Of a listed slot; nullptr if not provided.
  [[nodiscard]] Row* at(Slot slot, std::size_t index) const {
    const std::vector<Row*>& list = listed[listed_place(slot)];
    return index < list.size() ? list[index] : nullptr;
  }
  // The same as its type; nullptr if not provided or absent.
  template <typename T>
  [[nodiscard]] const T* get(Slot slot, std::size_t index) const {
    const Row* row = at(slot, index);
    return row == nullptr ? nullptr : std::get_if<T>(row);
  }
};

// Sets `out` to the rows the command still needs, given those already in the set; empty when
// decide() and apply() have all they can touch, or when the request row shows that the id is
// answered already. Two slots may name the same key (a card reported as its own replacement): give
// both the same Row. kAccount is not asked for when there is no CardLink, a history not when the
// account does not cover the rank. At most kCommandRowsMax.
void keys_needed(const Command& command, const RowSet& rows, std::vector<Need>& out);
// GetRights: participant, request, link, account and every history. PutAccount needs one less:
// participant, request, account and every link.
inline constexpr std::size_t kKeysNeededMax = 4 + kRankMax;
static_assert(kKeysNeededMax >= 3 + kFeedCardsMax);
// A row to be loaded.
struct Wanted {
  RowKey key;
  // Where it is the link of a claim's card: the beneficiary whose history is needed next, with the
  // account. A store may bring both along, so that a cold claim waits for it once.
  std::optional<std::uint8_t> rank = std::nullopt;
};
[[nodiscard]] Wanted wanted(const Command& command, const Need& need);
// What a claim needs next, now that this row was found; nothing where that is not known by it.
[[nodiscard]] std::optional<std::array<RowKey, 2>> needed_behind(const Wanted& wanted,
                                                                 const Row& found);
// False for the status query, listings, what the switch asks itself, and Import, which are never
// remembered under an id.
[[nodiscard]] bool has_request_id(const Request& request);
// All that one command can need: of a closing participant, request, presentation, the bordereau of
// a claim whose request id it repeats, and its claims; a review's rejections have two rows each, an
// item of a run four; an export or status step its payouts and their items, which are fewer.
inline constexpr std::size_t kCommandRowsMax =
    4 + std::max({kClosingClaimsMax, 2 * kVerdictsMax, 4 * kStepItemsMax});
static_assert(kCommandRowsMax >= kKeysNeededMax + 1);

// Keys; layout in docs/data_format.md, pinned by tests/golden/keys.txt.
[[nodiscard]] RowKey registration_key(const Participant& participant);
[[nodiscard]] RowKey request_key(const Participant& participant, const RequestId& id,
                                 std::uint16_t index);
[[nodiscard]] RowKey card_key(const CardNumber& card);
[[nodiscard]] RowKey account_key(const InsuredNumber& insured);
[[nodiscard]] RowKey history_key(const InsuredNumber& insured, std::uint8_t rank);
// Index rows: inserted, never read to decide; their values are in core/index_rows.hpp. `decided` is
// a UTC day.
[[nodiscard]] RowKey claim_index_key(const Participant& participant, Day decided, Sequence claim);
[[nodiscard]] RowKey agreement_index_key(const FundCode& fund, Sequence agreement);
// The item-th set that the record `sequence` posts, of a participant's claims on a fund: inserted,
// never read to decide; the value is in core/ledger.hpp.
[[nodiscard]] RowKey posting_key(const FundCode& fund, const Participant& participant,
                                 Sequence sequence, std::uint16_t item = 0);
// A sum over those, of one core::LedgerAccount; the value is in core/ledger.hpp too.
[[nodiscard]] RowKey balance_key(const FundCode& fund, std::uint8_t account);
// What a provider has presented to a fund, and its bordereaux by number.
[[nodiscard]] RowKey presentation_key(const FundCode& fund, const Participant& provider);
[[nodiscard]] RowKey bordereau_key(const FundCode& fund, const Participant& provider,
                                   std::uint32_t number);
// A bordereau that `reviewer`, a centre or fund, has to review until `deadline`, by the record that
// closed it and its number; the value is in core/index_rows.hpp.
[[nodiscard]] RowKey review_index_key(const Participant& reviewer, Day deadline, Sequence closing,
                                      std::uint32_t number);
// A change of a payee's account that waits for a second operator of this participant.
[[nodiscard]] RowKey payout_change_key(const Participant& participant, const Payee& payee);
// What a fund owes a payee by the record that made it owed: a payee's stand together.
[[nodiscard]] RowKey owed_key(const FundCode& fund, const Payee& payee, Sequence record);
[[nodiscard]] RowKey receivable_key(const FundCode& fund, const Participant& provider);
[[nodiscard]] RowKey run_key(const FundCode& fund, Sequence run);
[[nodiscard]] RowKey payout_key(const FundCode& fund, const PayoutId& payout);
[[nodiscard]] RowKey status_file_key(const FundCode& fund, Sequence file);
[[nodiscard]] RowKey status_part_key(const FundCode& fund, Sequence file, std::uint16_t part);
[[nodiscard]] RowKey status_file_name_key(const FundCode& fund, std::string_view message_id);
[[nodiscard]] RowKey status_desk_key(const FundCode& fund);
[[nodiscard]] RowKey business_day_key(const FundCode& fund);
// When a day of the fund began: inserted, never read to decide; core/index_rows.hpp.
[[nodiscard]] RowKey business_day_index_key(const FundCode& fund, Day date);
[[nodiscard]] RowKey business_day_index_prefix(const FundCode& fund);
// What a participant closed a business day with, by the last record of the day: follows from the
// postings and bordereaux, never read to decide; the value is in core/reconciliation.hpp.
[[nodiscard]] RowKey day_closing_key(const FundCode& fund, const Participant& participant,
                                     Sequence last);
// What all of the index keys of a participant or fund begin with.
[[nodiscard]] RowKey claim_index_prefix(const Participant& participant);
[[nodiscard]] RowKey agreement_index_prefix(const FundCode& fund);
[[nodiscard]] RowKey posting_prefix(const FundCode& fund);
[[nodiscard]] RowKey posting_prefix(const FundCode& fund, const Participant& participant);
[[nodiscard]] RowKey day_closing_prefix(const FundCode& fund, const Participant& participant);
[[nodiscard]] RowKey balance_prefix(const FundCode& fund);
[[nodiscard]] RowKey bordereau_prefix(const FundCode& fund);
[[nodiscard]] RowKey bordereau_prefix(const FundCode& fund, const Participant& provider);
[[nodiscard]] RowKey review_index_prefix(const Participant& reviewer);
[[nodiscard]] RowKey payout_change_prefix(const Participant& participant);
[[nodiscard]] RowKey owed_prefix(const FundCode& fund);
[[nodiscard]] RowKey receivable_prefix(const FundCode& fund);
[[nodiscard]] RowKey run_prefix(const FundCode& fund);
[[nodiscard]] RowKey payout_prefix(const FundCode& fund, Sequence run);
[[nodiscard]] RowKey status_file_prefix(const FundCode& fund);
// The claim or agreement that an index key names; nothing if the key is no index key.
[[nodiscard]] std::optional<Sequence> indexed_sequence(const RowKey& key);
// What a posting key names; nothing if the key is none.
struct PostingPlace {
  FundCode fund;
  Participant participant;
  Sequence sequence = 0;   // Of the record that posted.
  std::uint16_t item = 0;  // Its place among the sets of that record.

  friend bool operator==(const PostingPlace&, const PostingPlace&) = default;
};
[[nodiscard]] std::optional<PostingPlace> posting_place(const RowKey& key);
// What a day closing's key names; nothing if the key is none.
struct DayClosingPlace {
  FundCode fund;
  Participant participant;
  Sequence last = 0;

  friend bool operator==(const DayClosingPlace&, const DayClosingPlace&) = default;
};
[[nodiscard]] std::optional<DayClosingPlace> day_closing_place(const RowKey& key);
// What a review's key names; nothing if the key is none.
struct ReviewPlace {
  Role reviewer = Role::kCentre;  // Or a fund, where the provider has no centre.
  Day deadline;
  Sequence closing = 0;
  std::uint32_t number = 0;

  friend bool operator==(const ReviewPlace&, const ReviewPlace&) = default;
};
[[nodiscard]] std::optional<ReviewPlace> review_place(const RowKey& key);
// Whose second operator the change under this key waits for; nothing if the key is of no change.
[[nodiscard]] std::optional<Participant> payout_change_at(const RowKey& key);
// The number of the account that a balance key names; nothing if the key is none.
[[nodiscard]] std::optional<std::uint8_t> balance_account(const RowKey& key);
// The UTC day of a claim index key; nothing if the key is none.
[[nodiscard]] std::optional<Day> indexed_day(const RowKey& key);
// Rows of the Reference, read once at start; values: encode_entry() of core/codec.hpp.
[[nodiscard]] RowKey product_key(const CatalogueCode& catalogue, const ProductCode& code, Day from);
[[nodiscard]] RowKey tarif_key(const CatalogueCode& catalogue, const InnCode& inn, Day from);
[[nodiscard]] RowKey prescriber_key(const PrescriberId& id);
[[nodiscard]] RowKey fund_key(const FundCode& code);
[[nodiscard]] RowKey rulebook_key(const SchemeCode& scheme);

// The one place where the number of a person or card becomes part of a key: the number itself
// today, a keyed hash once rows are encrypted at rest.
[[nodiscard]] std::string_view pseudonym(std::string_view number);

}  // namespace wasl::core

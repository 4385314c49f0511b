#pragma once
// The rows one command can read or change, by role. Engine, recovery, replay and simulator fill a
// RowSet the same way: ask keys_needed(), provide those rows, ask again until nothing is missing.

#include <array>
#include <cstdint>
#include <string>
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

enum class Slot : std::uint8_t {
  kParticipant,  // Registration of who asks.
  kRequest,      // RequestRow under (participant, request id, index).
  kOriginal,     // RequestRow that a reversal or status query names.
  kCard,         // CardLink of the card named.
  kAccount,
  kReplacement,  // CardLink of the new card of ReportCard or PutCard.
  kTarget,       // Registration that PutRegistration writes.
  kHistory1,     // History of rank 1; rank r is kHistory1 + r - 1.
  kHistoryLast = kHistory1 + kRankMax - 1,
};
inline constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::kHistoryLast) + 1;

[[nodiscard]] constexpr Slot history_slot(std::uint8_t rank) {
  return static_cast<Slot>(static_cast<std::uint8_t>(Slot::kHistory1) + rank - 1);
}

struct RowSet {
  std::array<Row*, kSlots> rows{};  // nullptr: not provided.

  [[nodiscard]] Row*& operator[](Slot slot) { return rows[static_cast<std::size_t>(slot)]; }
  [[nodiscard]] const Row* at(Slot slot) const { return rows[static_cast<std::size_t>(slot)]; }
  // The row as its type; nullptr if not provided or absent.
  template <typename T>
  [[nodiscard]] const T* get(Slot slot) const {
    const Row* row = at(slot);
    return row == nullptr ? nullptr : std::get_if<T>(row);
  }
};

struct Need {
  Slot slot;
  RowKey key;
};

// Which rows the command still needs, given those already in the set; empty when decide() and
// apply() have all they can touch. The most any command can need in all is kSlots.
void keys_needed(const Command& command, const RowSet& rows, std::vector<Need>& out);

// Keys; layout in docs/data_format.md, pinned by tests/golden/keys.txt.
[[nodiscard]] RowKey registration_key(const Participant& participant);
[[nodiscard]] RowKey request_key(const Participant& participant, const RequestId& id,
                                 std::uint16_t index);
[[nodiscard]] RowKey card_key(const CardNumber& card);
[[nodiscard]] RowKey account_key(const InsuredNumber& insured);
[[nodiscard]] RowKey history_key(const InsuredNumber& insured, std::uint8_t rank);
// Index rows: inserted, never read to decide.
[[nodiscard]] RowKey claim_index_key(const Participant& participant, Day decided, Sequence claim);
[[nodiscard]] RowKey agreement_index_key(const FundCode& fund, Sequence agreement);

}  // namespace wasl::core

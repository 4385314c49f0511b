#pragma once
// The names of people, cards, products and participants. Each is a type of its own, held inline
// (no allocation), 1 to its maximum of printable ASCII characters without space. None can be
// streamed: log.hpp prints identifiers masked, wire puts them into answers.

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"

namespace wasl::core {

template <typename Tag, std::size_t kBytes>
class Code {
 public:
  static constexpr std::size_t kBytesMax = kBytes;

  // Empty: "not given". make() never returns an empty code.
  constexpr Code() = default;

  // Nothing if the text is empty, too long, or holds a byte outside 0x21..0x7e.
  [[nodiscard]] static constexpr std::optional<Code> make(std::string_view text) {
    if (text.empty() || text.size() > kBytesMax) return std::nullopt;
    Code code;
    for (const char c : text) {
      if (c < 0x21 || c > 0x7e) return std::nullopt;
      code.data_[code.size_++] = c;
    }
    return code;
  }

  [[nodiscard]] constexpr std::string_view view() const { return {data_.data(), size_}; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

  friend constexpr bool operator==(const Code& a, const Code& b) { return a.view() == b.view(); }
  friend constexpr auto operator<=>(const Code& a, const Code& b) { return a.view() <=> b.view(); }

 private:
  static_assert(kBytes <= 255, "a code's length travels in one byte");
  std::array<char, kBytes> data_{};
  std::uint8_t size_ = 0;
};

using CardNumber = Code<struct CardNumberTag, 20>;
using InsuredNumber = Code<struct InsuredNumberTag, 16>;
using PrescriptionNumber = Code<struct PrescriptionNumberTag, 20>;
using PrescriberId = Code<struct PrescriberIdTag, 16>;
using FundCode = Code<struct FundCodeTag, 12>;
using SchemeCode = Code<struct SchemeCodeTag, 12>;
using CatalogueCode = Code<struct CatalogueCodeTag, 8>;
using ProductCode = Code<struct ProductCodeTag, 16>;
using InnCode =
    Code<struct InnCodeTag, 16>;  // International non-proprietary name, with form and dose.
using ConditionCode = Code<struct ConditionCodeTag, 12>;
using TerminalId = Code<struct TerminalIdTag, 16>;
using ParticipantId = Code<struct ParticipantIdTag, 24>;
using OperatorId = Code<struct OperatorIdTag, 24>;

// Chosen by the terminal, unique per participant over all kinds of request.
using RequestId = std::array<std::uint8_t, 16>;
// A name for people, in UTF-8: room for forty Arabic letters, as printed on a card or a box.
inline constexpr std::size_t kNameBytesMax = 80;
// Position in the journal; the first record is 1. A claim's id is the sequence of the record that
// first decided it.
using Sequence = std::uint64_t;
using ClaimId = Sequence;
// Names one data directory for ever: journal, head, mirror and store all carry it.
using DataId = std::array<std::uint8_t, 16>;

// Numbers are stored and on the wire: never reused.
enum class Role : std::uint8_t {
  kProvider = 1,   // A pharmacy or other provider of care.
  kCentre = 2,     // A payment centre.
  kFund = 3,       // A health insurance fund: owns its accounts.
  kAuthority = 4,  // A scheme's authority: owns catalogue, tarifs and rulebook.
  kDesk = 5,       // A help line: may look rights up.
  // People who act for a centre or fund; their id is its id, a colon and their own.
  kCentreOperator = 6,
  kFundOperator = 7,
};

[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view text);

// Who speaks, as the certificate's SAN URI urn:wasl:<role>:<id> says.
struct Participant {
  Role role{};
  ParticipantId id;

  friend auto operator<=>(const Participant&, const Participant&) = default;
};

[[nodiscard]] bool is_operator(Role role);
// For whom a certificate's holder speaks, and which person does: an operator for its centre or
// fund, anyone else for themselves, then `by` is empty.
struct Speaker {
  Participant participant;
  OperatorId by;
};
// Nothing for an operator's id without both parts.
[[nodiscard]] std::optional<Speaker> speaker_of(const Participant& identity);

// The last four characters behind asterisks; all asterisks where there are fewer than nine.
[[nodiscard]] std::string masked(std::string_view identifier);

}  // namespace wasl::core

template <typename Tag, std::size_t kBytes>
struct std::hash<wasl::core::Code<Tag, kBytes>> {
  std::size_t operator()(const wasl::core::Code<Tag, kBytes>& code) const noexcept {
    return std::hash<std::string_view>{}(code.view());
  }
};

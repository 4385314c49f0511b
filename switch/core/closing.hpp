#pragma once
// A provider's end of day with a fund: the signed list of its claims, and what the switch finds of
// it before it decides. docs/settlement.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// A claim as the provider lists it.
struct ListedClaim {
  ClaimId claim = 0;
  Cents insurer;  // 1 or more.

  friend bool operator==(const ListedClaim&, const ListedClaim&) = default;
};

// The bytes of an ECDSA signature in DER on a curve of up to 521 bits.
inline constexpr std::size_t kSignatureBytesMax = 141;
// Most claims of one closing: each changes its row and its index row, and a command changes at most
// 256 rows.
inline constexpr std::size_t kClosingClaimsMax = 100;

// A provider's end of day with a fund: every approved claim that no bordereau holds, up to a record
// that it has seen. Equal to what the switch holds, it is cut into bordereaux; different, nothing
// closes.
struct CloseBordereau {
  FundCode fund;
  Sequence up_to = 0;
  std::vector<ListedClaim> claims;  // By id, each once, at most kClosingClaimsMax.
  std::uint32_t count = 0;          // As the provider counted and added them.
  Cents total;
  Sha256 digest{};          // SHA-256 of the list, docs/wire_protocol.md.
  std::string signing_key;  // SubjectPublicKeyInfo, DER: of the key that signed.
  std::string signature;    // ECDSA with SHA-256 over the list, DER.

  friend bool operator==(const CloseBordereau&, const CloseBordereau&) = default;
};

// What is hashed and signed: docs/wire_protocol.md "Other requests".
void encode_closing_list(const Participant& provider, const CloseBordereau& closing,
                         std::string& out);

// What `card` found of a closing's list; decide() says what it means.
enum class ListVerdict : std::uint8_t {
  kNotJudged = 0,
  kRight = 1,
  kDigestWrong = 2,
  kSignatureWrong = 3,
};

struct HeldClaim {
  ClaimId claim = 0;
  RequestId request_id{};
  Cents insurer;

  friend bool operator==(const HeldClaim&, const HeldClaim&) = default;
};

// More than this, and a closing is refused without naming them.
inline constexpr std::size_t kHoldingsMax = 4 * kClosingClaimsMax;

// The claims of a provider on a fund that no bordereau holds, as a scan of its postings found them:
// approved up to the closing's record and not reversed since.
struct Holdings {
  Sequence after = 0;             // Presentation::up_to then.
  Sequence as_of = 0;             // The scan saw every record up to this one.
  bool whole = true;              // False: there are more than kHoldingsMax.
  std::vector<HeldClaim> claims;  // By id.

  friend bool operator==(const Holdings&, const Holdings&) = default;
};
// nullptr: it is not among them.
[[nodiscard]] const HeldClaim* held_claim(const Holdings& holdings, ClaimId claim);

// What the switch adds to a CloseBordereau before it is decided; journaled with it.
struct ClosingEvidence {
  ListVerdict list = ListVerdict::kNotJudged;
  std::optional<Holdings> holdings;  // Nothing: not scanned yet.

  friend bool operator==(const ClosingEvidence&, const ClosingEvidence&) = default;
};

}  // namespace wasl::core

#pragma once
// The ledger: double entry, in centimes. What moves money posts one set, inserted in the same group
// as its record (rules.md "Effects"). A set balances and is never changed; a correction is a new
// set. Balances are sums over sets and are never read to decide. Pure functions; bytes:
// docs/data_format.md "Postings".

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/rows.hpp"

namespace wasl::core {

enum class LedgerAccount : std::uint8_t {
  kBenefitsExpense = 1,      // The fund's.
  kApprovedNotAccepted = 2,  // The provider's, until its centre has accepted the claim.
  kPayableToInsured = 3,     // Of a refund.
};

enum class PostingCause : std::uint8_t { kApproval = 1, kReversal = 2 };

// Exactly one of the two amounts is above zero.
struct Posting {
  LedgerAccount account = LedgerAccount::kBenefitsExpense;
  Cents debit;
  Cents credit;

  friend bool operator==(const Posting&, const Posting&) = default;
};

// Under posting_key(): fund, participant and the sequence of the record that caused it.
struct PostingSet {
  PostingCause cause = PostingCause::kApproval;
  ClaimId claim = 0;
  std::vector<Posting> postings;

  friend bool operator==(const PostingSet&, const PostingSet&) = default;
};

// What the approval of a claim posts: `insurer`, above zero, is the fund's share.
[[nodiscard]] PostingSet approval_postings(ClaimId claim, ClaimKind kind, Cents insurer);
// The opposite of its approval.
[[nodiscard]] PostingSet reversal_postings(ClaimId claim, ClaimKind kind, Cents insurer);

// Whether debits and credits are of one sum.
[[nodiscard]] bool balanced(const PostingSet& set);

[[nodiscard]] std::string encode_postings(const PostingSet& set);
// Nothing if the bytes are no set that encode_postings() would write, or one out of balance.
[[nodiscard]] std::optional<PostingSet> decode_postings(ByteView bytes);

}  // namespace wasl::core

#pragma once
// The ledger: double entry, in centimes. What moves money posts one set, inserted in the same group
// as its record: docs/settlement.md "The ledger". A set balances and is never changed; a correction
// is a new set. Balances are sums over sets, kept by whoever stores these, and never read to
// decide. Pure functions; bytes: docs/data_format.md "Rows".

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/row_set.hpp"
#include "core/rows.hpp"

namespace wasl::core {

// Numbers are stored and on the wire: never reused.
enum class LedgerAccount : std::uint8_t {
  kBenefitsExpense = 1,      // The fund's.
  kApprovedNotAccepted = 2,  // The provider's, until its centre has accepted the claim.
  kPayableToInsured = 3,     // Of a refund.
  kPayableToProvider = 4,    // Accepted by its centre.
  kBankClearing = 5,         // In a bank file, and not booked.
  kReturned = 6,             // Came back from the bank, and no run has taken it again.
  kBank = 7,                 // Booked.
  kReceivable = 8,           // What the provider owes back.
};
inline constexpr LedgerAccount kLedgerAccounts[] = {LedgerAccount::kBenefitsExpense,
                                                    LedgerAccount::kApprovedNotAccepted,
                                                    LedgerAccount::kPayableToInsured,
                                                    LedgerAccount::kPayableToProvider,
                                                    LedgerAccount::kBankClearing,
                                                    LedgerAccount::kReturned,
                                                    LedgerAccount::kBank,
                                                    LedgerAccount::kReceivable};

enum class PostingCause : std::uint8_t {
  kApproval = 1,
  kReversal = 2,
  kAcceptance = 3,
  kRejection = 4,
  // Of a payout.
  kExport = 5,
  kBooking = 6,
  kReturn = 7,         // Rejected by the bank, or sent back.
  kProposedAgain = 8,  // A run took what came back,
  kGivenBack = 9,      // and was cancelled.
  kReduction = 10,     // Of an accepted claim.
};

// As `wasl ledger` prints them: "benefits_expense", "approval".
[[nodiscard]] std::string_view name(LedgerAccount account);
[[nodiscard]] std::string_view name(PostingCause cause);

// Exactly one of the two amounts is above zero.
struct Posting {
  LedgerAccount account = LedgerAccount::kBenefitsExpense;
  Cents debit;
  Cents credit;

  friend bool operator==(const Posting&, const Posting&) = default;
};

inline constexpr std::size_t kPostingsMax = 4;  // Of one set.

// Under posting_key(): fund, participant and the sequence of the record that caused it.
struct PostingSet {
  PostingCause cause = PostingCause::kApproval;
  ClaimId claim = 0;               // 0 for an acceptance, which is of many.
  RequestId request_id{};          // Of the claim: what moves its money on finds its row by it.
  std::uint32_t bordereau = 0;     // Its number, of an acceptance, rejection or reduction.
  std::optional<PayoutId> payout;  // Of what a payout moved.
  Instant at{};                    // The group's.
  std::vector<Posting> postings;   // 1..kPostingsMax

  friend bool operator==(const PostingSet&, const PostingSet&) = default;
};

// Of a claim that was approved or released: what its postings are made of.
struct PostedClaim {
  ClaimId claim = 0;
  RequestId request_id{};
  ClaimKind kind = ClaimKind::kThirdParty;
  Cents insurer;  // The fund's share, above zero.
};
[[nodiscard]] PostingSet approval_postings(const PostedClaim& claim, Instant at);
// The opposite of its approval.
[[nodiscard]] PostingSet reversal_postings(const PostedClaim& claim, Instant at);
[[nodiscard]] PostingSet rejection_postings(const PostedClaim& claim, std::uint32_t bordereau,
                                            Instant at);
// Of an accepted claim, by `claim.insurer`; `paid`: the provider was paid for it and owes it back.
[[nodiscard]] PostingSet reduction_postings(const PostedClaim& claim, std::uint32_t bordereau,
                                            bool paid, Instant at);
// Of claims of a bordereau that were accepted together; `amount` is above zero.
[[nodiscard]] PostingSet acceptance_postings(std::uint32_t bordereau, Cents amount, Instant at);

// What a payout moves for one participant: of a provider's, its items; of an insured person's, the
// refunds of one centre. `amount` is theirs, above zero; what is withheld of a provider's payout
// the bank never sees. `paid_before`, of a return: it was booked.
[[nodiscard]] PostingSet export_postings(const Payout& payout, Cents amount, Instant at);
[[nodiscard]] PostingSet booking_postings(const Payout& payout, Cents amount, Instant at);
[[nodiscard]] PostingSet return_postings(const Payout& payout, Cents amount, bool paid_before,
                                         Instant at);
// Of what came back and is paid anew by this payout: becomes payable, or is returned again.
[[nodiscard]] PostingSet proposed_again_postings(const Payout& payout, Cents amount, Instant at);
[[nodiscard]] PostingSet given_back_postings(const Payout& payout, Cents amount, Instant at);

// Whether debits and credits are of one sum.
[[nodiscard]] bool balanced(const PostingSet& set);

[[nodiscard]] std::string encode_postings(const PostingSet& set);
// Nothing if the bytes are no set that encode_postings() would write, or one out of balance.
[[nodiscard]] std::optional<PostingSet> decode_postings(ByteView bytes);

// Of one account of a fund, under balance_key(): all that its sets ever debited and credited. In
// centimes modulo 2^64, which no scheme's money comes near.
struct Balance {
  std::uint64_t debit = 0;
  std::uint64_t credit = 0;

  friend bool operator==(const Balance&, const Balance&) = default;
};
using Balances = std::map<RowKey, Balance>;

// Adds a row that was inserted under a posting_key(), as encode_postings() wrote it.
void add_postings(const RowKey& key, ByteView set, Balances& to);

[[nodiscard]] std::string encode_balance(const Balance& balance);
[[nodiscard]] std::optional<Balance> decode_balance(ByteView bytes);

}  // namespace wasl::core

#pragma once
// Values of the index rows that listings scan (keys: core/row_set.hpp). They are written by apply()
// beside the rows they are taken from and are never read to decide. Bytes: docs/data_format.md.

#include <optional>
#include <string>
#include <variant>

#include "core/decision.hpp"

namespace wasl::core {

// A claim under claim_index_key(), whose key holds day and claim id; the rest is GetClaim's to
// tell. Written again when the claim is reversed.
struct ClaimIndexRow {
  RequestId request_id{};
  RequestState state = RequestState::kDeclined;
  Cents insurer;  // As decided, also of a reversed claim.
  Cents patient;

  friend bool operator==(const ClaimIndexRow&, const ClaimIndexRow&) = default;
};

// A pending prior agreement under agreement_index_key(): what ListPriorAgreements shows of it.
struct AgreementIndexRow {
  InsuredNumber insured;
  std::uint8_t rank = 0;
  Interval wanted;
  std::variant<PrescriptionKey, ProductCode> subject;

  friend bool operator==(const AgreementIndexRow&, const AgreementIndexRow&) = default;
};

// A bordereau with undecided claims under review_index_key(): what ListReviews shows of it.
struct ReviewIndexRow {
  FundCode fund;
  Participant provider;
  std::uint16_t presented = 0;  // Claims that wait for a first decision,
  std::uint16_t held = 0;       // and those that are held.
  Cents amount;                 // Of both.
  Instant since{};              // When it was closed.

  friend bool operator==(const ReviewIndexRow&, const ReviewIndexRow&) = default;
};

// When a business day began, under business_day_index_key().
struct BusinessDayIndexRow {
  Sequence since = 0;  // As BusinessDay has it.
  Instant at{};

  friend bool operator==(const BusinessDayIndexRow&, const BusinessDayIndexRow&) = default;
};

[[nodiscard]] std::string encode_index_row(const ClaimIndexRow& row);
[[nodiscard]] std::string encode_index_row(const AgreementIndexRow& row);
[[nodiscard]] std::optional<ClaimIndexRow> decode_claim_index_row(ByteView bytes);
[[nodiscard]] std::optional<AgreementIndexRow> decode_agreement_index_row(ByteView bytes);
[[nodiscard]] std::string encode_index_row(const ReviewIndexRow& row);
[[nodiscard]] std::optional<ReviewIndexRow> decode_review_index_row(ByteView bytes);
[[nodiscard]] std::string encode_index_row(const BusinessDayIndexRow& row);
[[nodiscard]] std::optional<BusinessDayIndexRow> decode_business_day_index_row(ByteView bytes);

}  // namespace wasl::core

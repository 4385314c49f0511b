#include "core/index_rows.hpp"

namespace wasl::core {
namespace {

constexpr std::uint8_t kIndexFormat = 1;
constexpr std::uint8_t kReviewIndexFormat = 2;  // 1 knew not when it was closed.
enum class SubjectTag : std::uint8_t { kPrescription = 1, kProduct = 2 };

void put_day(Writer& out, Day day) {
  out.integer(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

void put_instant(Writer& out, Instant at) {
  out.integer(static_cast<std::int64_t>(at.time_since_epoch().count()));
}

Instant get_instant(Reader& in) {
  return Instant{std::chrono::milliseconds{in.integer<std::int64_t>()}};
}

Day get_day(Reader& in) {
  const Day day{std::chrono::days{in.integer<std::int32_t>()}};
  if (day < kDayMin || day > kDayMax) in.reject();
  return in.ok() ? day : Day{};
}

template <typename CodeType>
CodeType get_code(Reader& in) {
  const auto code = CodeType::make(in.text());
  if (!code) in.reject();
  return code.value_or(CodeType{});
}

bool is_claim_state(RequestState state) {
  return (state >= RequestState::kApproved && state <= RequestState::kPresented) ||
         state == RequestState::kRejected || state == RequestState::kCorrected;
}

}  // namespace

std::string encode_index_row(const ClaimIndexRow& row) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kIndexFormat);
  out.raw(row.request_id);
  out.integer(static_cast<std::uint8_t>(row.state));
  out.integer(row.insurer.value);
  out.integer(row.patient.value);
  return bytes;
}

std::string encode_index_row(const AgreementIndexRow& row) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kIndexFormat);
  out.text(row.insured.view());
  out.integer(row.rank);
  put_day(out, row.wanted.from);
  put_day(out, row.wanted.until);
  if (const auto* product = std::get_if<ProductCode>(&row.subject)) {
    out.integer(static_cast<std::uint8_t>(SubjectTag::kProduct));
    out.text(product->view());
    return bytes;
  }
  const auto& prescription = std::get<PrescriptionKey>(row.subject);
  out.integer(static_cast<std::uint8_t>(SubjectTag::kPrescription));
  out.text(prescription.prescriber.view());
  out.text(prescription.number.view());
  put_day(out, prescription.date);
  return bytes;
}

std::optional<ClaimIndexRow> decode_claim_index_row(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kIndexFormat) in.reject();
  ClaimIndexRow row;
  row.request_id = in.array<16>();
  row.state = static_cast<RequestState>(in.integer<std::uint8_t>());
  row.insurer.value = in.integer<std::int64_t>();
  row.patient.value = in.integer<std::int64_t>();
  if (!in.finished() || !is_claim_state(row.state)) return std::nullopt;
  return row;
}

std::optional<AgreementIndexRow> decode_agreement_index_row(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kIndexFormat) in.reject();
  AgreementIndexRow row;
  row.insured = get_code<InsuredNumber>(in);
  row.rank = in.integer<std::uint8_t>();
  row.wanted.from = get_day(in);
  row.wanted.until = get_day(in);
  const auto tag = static_cast<SubjectTag>(in.integer<std::uint8_t>());
  if (tag == SubjectTag::kProduct) {
    row.subject = get_code<ProductCode>(in);
  } else if (tag == SubjectTag::kPrescription) {
    PrescriptionKey key;
    key.prescriber = get_code<PrescriberId>(in);
    key.number = get_code<PrescriptionNumber>(in);
    key.date = get_day(in);
    row.subject = key;
  } else {
    in.reject();
  }
  if (!in.finished() || row.rank < 1 || row.rank > kRankMax) return std::nullopt;
  return row;
}

std::string encode_index_row(const ReviewIndexRow& row) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kReviewIndexFormat);
  out.text(row.fund.view());
  out.integer(static_cast<std::uint8_t>(row.provider.role));
  out.text(row.provider.id.view());
  out.integer(row.presented);
  out.integer(row.held);
  out.integer(row.amount.value);
  put_instant(out, row.since);
  return bytes;
}

std::optional<ReviewIndexRow> decode_review_index_row(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kReviewIndexFormat) in.reject();
  ReviewIndexRow row;
  row.fund = get_code<FundCode>(in);
  row.provider.role = static_cast<Role>(in.integer<std::uint8_t>());
  row.provider.id = get_code<ParticipantId>(in);
  row.presented = in.integer<std::uint16_t>();
  row.held = in.integer<std::uint16_t>();
  row.amount.value = in.integer<std::int64_t>();
  row.since = get_instant(in);
  if (!in.finished() || row.provider.role != Role::kProvider) return std::nullopt;
  return row;
}

std::string encode_index_row(const BusinessDayIndexRow& row) {
  std::string bytes;
  Writer out(bytes);
  out.integer(kIndexFormat);
  out.integer(row.since);
  put_instant(out, row.at);
  return bytes;
}

std::optional<BusinessDayIndexRow> decode_business_day_index_row(ByteView bytes) {
  Reader in(bytes);
  if (in.integer<std::uint8_t>() != kIndexFormat) in.reject();
  BusinessDayIndexRow row;
  row.since = in.integer<Sequence>();
  row.at = get_instant(in);
  if (!in.finished() || row.since == 0) return std::nullopt;
  return row;
}

}  // namespace wasl::core

#include "wire/convert.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::ClaimKind::kThirdParty, v1::THIRD_PARTY));
static_assert(same(core::ClaimKind::kRefund, v1::REFUND));
static_assert(same(core::PrescriptionType::kAcute, v1::Prescription::ACUTE));
static_assert(same(core::PrescriptionType::kLongTerm, v1::Prescription::LONG_TERM));
static_assert(same(core::ReversalCause::kCustomerCancelled, v1::CUSTOMER_CANCELLED));
static_assert(same(core::ReversalCause::kNoAnswer, v1::NO_ANSWER));
static_assert(same(core::ReversalCause::kEntryError, v1::ENTRY_ERROR));

core::Proof proof(const v1::Proof& given, const Fields& at) {
  core::Proof out;
  out.atc = at.number<std::uint32_t>("atc", given.atc(), 1, UINT32_MAX);
  out.unpredictable = at.bytes<4>("unpredictable", given.unpredictable());
  out.mac = at.bytes<8>("mac", given.mac());
  return out;
}

core::ClaimLine line(const v1::ClaimLine& given, const Fields& at) {
  core::ClaimLine out;
  out.product = at.code<core::ProductCode>("product_code", given.product_code());
  out.quantity = at.number<std::uint32_t>("quantity", given.quantity(), 1, core::kQuantityMax);
  out.unit_price = at.price("unit_price_cents", given.unit_price_cents());
  out.supply_days =
      at.number<std::uint16_t>("supply_days", given.supply_days(), 0, core::kSupplyDaysMax);
  return out;
}

core::Prescription prescription(const v1::Prescription& given, const Fields& at) {
  core::Prescription out;
  out.key = convert(given.key(), at.in("key"));
  out.type = at.choice("type", given.type(), core::PrescriptionType::kLongTerm);
  return out;
}

template <typename Message>
std::vector<core::ClaimLine> lines(const Message& given, const Fields& at) {
  at.require(given.lines_size() > 0, "lines", "a claim has 1 to 40 of them");
  std::vector<core::ClaimLine> out;
  out.reserve(static_cast<std::size_t>(given.lines_size()));
  for (int i = 0; i < given.lines_size(); ++i) {
    out.push_back(line(given.lines(i), at.in("lines", i)));
  }
  return out;
}

// Without a kind the sender's own is taken, so that what is wrong is the field and not the role.
void kind_and_provider(const v1::Claim& given, core::Role sender, const Fields& at,
                       core::Claim& out) {
  const auto own =
      sender == core::Role::kProvider ? core::ClaimKind::kThirdParty : core::ClaimKind::kRefund;
  out.kind = at.choice("kind", given.kind(), core::ClaimKind::kRefund);
  if (out.kind != core::ClaimKind::kThirdParty && out.kind != core::ClaimKind::kRefund) {
    out.kind = own;
  }
  if (out.kind == core::ClaimKind::kThirdParty) {
    out.provider = at.code<core::ParticipantId>("provider_id", given.provider_id());
  } else {
    at.require(given.provider_id().empty(), "provider_id", "not with a REFUND");
  }
}

core::Claim claim(const v1::Claim& given, const core::Participant& from, const Fields& at) {
  core::Claim out;
  kind_and_provider(given, from.role, at, out);
  const bool signs = out.kind == core::ClaimKind::kThirdParty;
  out.terminal = at.code<core::TerminalId>("terminal_id", given.terminal_id());
  out.card = convert(given.card(), signs, at.in("card"));
  out.rank =
      at.number<std::uint8_t>("beneficiary_rank", given.beneficiary_rank(), 1, core::kRankMax);
  out.service_date = at.day("service_date", given.service_date());
  out.first_act_date = at.day_or("first_act_date", given.first_act_date(), out.service_date);
  out.prescription = prescription(given.prescription(), at.in("prescription"));
  out.lines = lines(given, at);
  return out;
}

template <typename Message>
core::Claim signed_claim(const Message& given, const Fields& at, core::Command& out) {
  out.request_id = at.request_id("request_id", given.request_id());
  core::Claim converted = claim(given.claim(), out.from, at.in("claim"));
  if (given.has_proofs()) {
    at.require(converted.kind == core::ClaimKind::kThirdParty, "proofs", "not with a REFUND");
    out.proofs = convert(given.proofs(), at.in("proofs"));
  }
  return converted;
}

}  // namespace

core::PrescriptionKey convert(const v1::PrescriptionKey& given, const Fields& at) {
  core::PrescriptionKey out;
  out.prescriber = at.code<core::PrescriberId>("prescriber_id", given.prescriber_id());
  out.number = at.code<core::PrescriptionNumber>("number", given.number());
  out.date = at.day("date", given.date());
  return out;
}

core::CardReference convert(const v1::CardReference& given, bool signs, const Fields& at) {
  core::CardReference out;
  out.number = at.code<core::CardNumber>("number", given.number());
  out.fund = at.code<core::FundCode>("fund", given.fund());
  out.key_version =
      at.number<std::uint16_t>("key_version", given.key_version(), signs ? 1 : 0, UINT16_MAX);
  return out;
}

core::Proofs convert(const v1::Proofs& given, const Fields& at) {
  core::Proofs out;
  if (given.has_card()) out.card = proof(given.card(), at.in("card"));
  const bool professional = given.has_professional();
  if (professional) out.professional = proof(given.professional(), at.in("professional"));
  out.professional_key_version =
      at.number<std::uint16_t>("professional_key_version", given.professional_key_version(),
                               professional ? 1 : 0, professional ? UINT16_MAX : 0);
  return out;
}

void convert(const v1::SubmitClaim& given, const Fields& at, core::Command& out) {
  out.request = core::SubmitClaim{signed_claim(given, at, out)};
}

void convert(const v1::QuoteClaim& given, const Fields& at, core::Command& out) {
  out.request = core::QuoteClaim{signed_claim(given, at, out)};
}

void convert(const v1::ReverseClaim& given, const Fields& at, core::Command& out) {
  core::ReverseClaim reverse;
  out.request_id = at.request_id("request_id", given.request_id());
  reverse.original = at.request_id("original_request_id", given.original_request_id());
  at.require(reverse.original != out.request_id, "original_request_id",
             "the reversal's own request_id");
  reverse.cause = at.choice("cause", given.cause(), core::ReversalCause::kEntryError);
  out.request = reverse;
}

void convert(const v1::CorrectClaim& given, const Fields& at, core::Command& out) {
  core::CorrectClaim correction;
  out.request_id = at.request_id("request_id", given.request_id());
  correction.original = at.request_id("original_request_id", given.original_request_id());
  at.require(correction.original != out.request_id, "original_request_id",
             "the correction's own request_id");
  correction.terminal = at.code<core::TerminalId>("terminal_id", given.terminal_id());
  correction.prescription = prescription(given.prescription(), at.in("prescription"));
  correction.lines = lines(given, at);
  out.request = std::move(correction);
}

void convert(const v1::GetClaim& given, const Fields& at, core::Command& out) {
  out.request = core::GetClaim{at.request_id("original_request_id", given.original_request_id()),
                               given.close_if_absent()};
}

void convert(const v1::ListClaims& given, const Fields& at, core::Command& out) {
  core::ListClaims list;
  const core::Interval days = at.interval(given.from(), given.until(), Fields::End::kRequired);
  list.from = days.from;
  list.until = days.until;
  list.after = given.after();
  list.page = at.page_size(given.page_size());
  out.request = list;
}

}  // namespace wasl::wire

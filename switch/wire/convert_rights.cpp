#include "wire/convert.hpp"
#include "wire/same.hpp"

namespace wasl::wire {
namespace {

static_assert(same(core::Purpose::kCardPresented, v1::CARD_PRESENTED));
static_assert(same(core::Purpose::kAtCounter, v1::AT_COUNTER));
static_assert(same(core::Purpose::kByTelephone, v1::BY_TELEPHONE));
static_assert(same(core::Purpose::kFileReview, v1::FILE_REVIEW));
static_assert(same(core::CardAction::kOpposeLost, v1::OPPOSE_LOST));
static_assert(same(core::CardAction::kOpposeStolen, v1::OPPOSE_STOLEN));
static_assert(same(core::CardAction::kBlacklist, v1::BLACKLIST));
static_assert(same(core::CardAction::kLift, v1::LIFT));
static_assert(same(core::CardAction::kReplace, v1::REPLACE));

// A provider shows that the card is there; a centre or desk says why it asks.
template <typename Message>
void proof_of_presence(const Message& given, const Fields& at, core::Command& out) {
  if (!given.has_proofs()) return;
  at.require(out.from.role == core::Role::kProvider, "proofs", "from providers only");
  out.proofs = convert(given.proofs(), at.in("proofs"));
  at.require(!out.proofs.professional, "proofs.professional", "with claims only");
}

template <typename Request, typename Message>
Request look_up(const Message& given, const Fields& at, core::Command& out) {
  Request request;
  const bool provider = out.from.role == core::Role::kProvider;
  out.request_id = at.request_id("request_id", given.request_id());
  if (given.provider_id() != (provider ? out.from.id.view() : "")) {
    at.fail("provider_id", "a provider's own id, empty for others", core::Refusal::kNotPermitted);
  }
  request.provider = provider ? out.from.id : core::ParticipantId{};
  request.terminal = at.code<core::TerminalId>("terminal_id", given.terminal_id());
  request.card = convert(given.card(), provider, at.in("card"));
  request.purpose = at.choice("purpose", given.purpose(), core::Purpose::kFileReview);
  at.require(!provider || request.purpose == core::Purpose::kCardPresented, "purpose",
             "CARD_PRESENTED is the only one for a provider");
  proof_of_presence(given, at, out);
  return request;
}

}  // namespace

void convert(const v1::GetRights& given, const Fields& at, core::Command& out) {
  out.request = look_up<core::GetRights>(given, at, out);
}

void convert(const v1::UpdateCard& given, const Fields& at, core::Command& out) {
  out.request = look_up<core::UpdateCard>(given, at, out);
}

void convert(const v1::ReportCard& given, const Fields& at, core::Command& out) {
  core::ReportCard report;
  out.request_id = at.request_id("request_id", given.request_id());
  report.card = at.code<core::CardNumber>("card_number", given.card_number());
  report.action = at.choice("action", given.action(), core::CardAction::kReplace);
  at.require(given.until().empty() || report.action == core::CardAction::kBlacklist, "until",
             "with BLACKLIST only");
  report.until = at.day_or("until", given.until(), core::kDayMax);
  if (report.action == core::CardAction::kReplace) {
    report.replacement = at.code<core::CardNumber>("replacement", given.replacement());
    at.require(report.replacement != report.card, "replacement", "the card itself");
  } else {
    at.require(given.replacement().empty(), "replacement", "with REPLACE only");
  }
  out.request = report;
}

void convert(const v1::RequestPriorAgreement& given, const Fields& at, core::Command& out) {
  core::RequestPriorAgreement ask;
  out.request_id = at.request_id("request_id", given.request_id());
  ask.card = at.code<core::CardNumber>("card_number", given.card_number());
  ask.rank =
      at.number<std::uint8_t>("beneficiary_rank", given.beneficiary_rank(), 1, core::kRankMax);
  ask.wanted = at.interval("wanted", given.wanted(), Fields::End::kRequired);
  ask.subject = agreement_subject(given, at);
  out.request = ask;
}

void convert(const v1::DecidePriorAgreement& given, const Fields& at, core::Command& out) {
  core::DecidePriorAgreement decide;
  out.request_id = at.request_id("request_id", given.request_id());
  decide.insured = at.code<core::InsuredNumber>("insured_number", given.insured_number());
  decide.agreement = at.number<core::Sequence>("agreement_id", given.agreement_id(), 1, UINT64_MAX);
  decide.granted = given.granted();
  if (decide.granted) {
    decide.in_force = at.interval("in_force", given.in_force(), Fields::End::kMayBeOpen);
  } else {
    at.require(!given.has_in_force(), "in_force", "with `granted` only");
  }
  out.request = decide;
}

void convert(const v1::ListPriorAgreements& given, const Fields& at, core::Command& out) {
  out.request = core::ListPriorAgreements{given.after(), at.page_size(given.page_size())};
}

}  // namespace wasl::wire

#include "wire/decode.hpp"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <array>

#include "core/codec.hpp"
#include "core/permission.hpp"
#include "wire/limits.hpp"
#include "wire/scan.hpp"

namespace wasl::wire {
namespace {

using Body = v1::Envelope;

// A claim of 40 lines needs about 8 KiB; what a batch needs more is given back after it.
constexpr std::size_t kArenaBytes = 16 * 1024;

Refusal refusal(std::uint64_t correlation_id, const Fault& fault) {
  const std::string place = fault.field.empty() ? "" : fault.field + ": ";
  return {{.code = fault.code}, place + fault.problem, fault.field, correlation_id};
}

Refusal refusal(std::uint64_t correlation_id, core::Refusal code, const char* sentence) {
  return {{.code = code}, sentence, "", correlation_id};
}

Refusal not_permitted(std::uint64_t correlation_id) {
  return refusal(correlation_id, core::Refusal::kNotPermitted,
                 "not for this role: docs/wire_protocol.md, Requests and roles");
}

Languages languages(const v1::Options& options, const Fields& at) {
  Languages set = 0;
  for (const int given : options.languages()) {
    const auto language = at.choice("languages", given, core::Language::kEnglish);
    if (!at.failed()) set |= 1U << static_cast<unsigned>(language);
  }
  return set;
}

// A request that is one command.
template <auto kPart>
void convert_single(const v1::Envelope& given, const Fields& at, core::Command& out) {
  convert((given.*kPart)(), at, out);
}

struct Kind {
  Body::BodyCase body;
  core::Deed deed;
  void (*convert)(const v1::Envelope&, const Fields&, core::Command&);  // nullptr: of a feed.
};

constexpr Kind kKinds[] = {
    {Body::kSubmitClaim, core::Deed::kSubmitClaim, convert_single<&Body::submit_claim>},
    {Body::kQuoteClaim, core::Deed::kQuoteClaim, convert_single<&Body::quote_claim>},
    {Body::kReverseClaim, core::Deed::kReverseClaim, convert_single<&Body::reverse_claim>},
    {Body::kGetClaim, core::Deed::kGetClaim, convert_single<&Body::get_claim>},
    {Body::kListClaims, core::Deed::kListClaims, convert_single<&Body::list_claims>},
    {Body::kGetRights, core::Deed::kGetRights, convert_single<&Body::get_rights>},
    {Body::kUpdateCard, core::Deed::kUpdateCard, convert_single<&Body::update_card>},
    {Body::kReportCard, core::Deed::kReportCard, convert_single<&Body::report_card>},
    {Body::kRequestPriorAgreement, core::Deed::kRequestPriorAgreement,
     convert_single<&Body::request_prior_agreement>},
    {Body::kDecidePriorAgreement, core::Deed::kDecidePriorAgreement,
     convert_single<&Body::decide_prior_agreement>},
    {Body::kListPriorAgreements, core::Deed::kListPriorAgreements,
     convert_single<&Body::list_prior_agreements>},
    {Body::kListBalances, core::Deed::kListBalances, convert_single<&Body::list_balances>},
    {Body::kListPostings, core::Deed::kListPostings, convert_single<&Body::list_postings>},
    {Body::kCloseBordereau, core::Deed::kCloseBordereau, convert_single<&Body::close_bordereau>},
    {Body::kListBordereaux, core::Deed::kListBordereaux, convert_single<&Body::list_bordereaux>},
    {Body::kGetBordereau, core::Deed::kGetBordereau, convert_single<&Body::get_bordereau>},
    {Body::kCorrectClaim, core::Deed::kCorrectClaim, convert_single<&Body::correct_claim>},
    {Body::kReviewBordereau, core::Deed::kReviewBordereau, convert_single<&Body::review_bordereau>},
    {Body::kListReviews, core::Deed::kListReviews, convert_single<&Body::list_reviews>},
    {Body::kReduceClaim, core::Deed::kReduceClaim, convert_single<&Body::reduce_claim>},
    {Body::kSetPayoutAccount, core::Deed::kSetPayoutAccount,
     convert_single<&Body::set_payout_account>},
    {Body::kListPayoutChanges, core::Deed::kListPayoutChanges,
     convert_single<&Body::list_payout_changes>},
    {Body::kProposeRun, core::Deed::kProposeRun, convert_single<&Body::propose_run>},
    {Body::kCollectRun, core::Deed::kCollectRun, convert_single<&Body::collect_run>},
    {Body::kApproveRun, core::Deed::kApproveRun, convert_single<&Body::approve_run>},
    {Body::kCancelRun, core::Deed::kCancelRun, convert_single<&Body::cancel_run>},
    {Body::kListOwed, core::Deed::kListOwed, convert_single<&Body::list_owed>},
    {Body::kListReceivables, core::Deed::kListReceivables, convert_single<&Body::list_receivables>},
    {Body::kListRuns, core::Deed::kListRuns, convert_single<&Body::list_runs>},
    {Body::kListPayouts, core::Deed::kListPayouts, convert_single<&Body::list_payouts>},
    {Body::kExportRun, core::Deed::kExportRun, convert_single<&Body::export_run>},
    {Body::kGetBankFile, core::Deed::kGetBankFile, convert_single<&Body::get_bank_file>},
    {Body::kOpenStatusFile, core::Deed::kOpenStatusFile, convert_single<&Body::open_status_file>},
    {Body::kReceiveStatuses, core::Deed::kReceiveStatuses, convert_single<&Body::receive_statuses>},
    {Body::kApplyStatuses, core::Deed::kApplyStatuses, convert_single<&Body::apply_statuses>},
    {Body::kDropStatusFile, core::Deed::kDropStatusFile, convert_single<&Body::drop_status_file>},
    {Body::kListStatusFiles, core::Deed::kListStatusFiles,
     convert_single<&Body::list_status_files>},
    {Body::kReconcile, core::Deed::kReconcile, convert_single<&Body::reconcile>},
    {Body::kPutAccount, core::Deed::kPutAccount, nullptr},
    {Body::kPutCard, core::Deed::kPutCard, nullptr},
    {Body::kPutProvider, core::Deed::kPutRegistration, nullptr},
    {Body::kPutCentre, core::Deed::kPutRegistration, nullptr},
    {Body::kPutPrescriber, core::Deed::kPutPrescriber, nullptr},
    {Body::kPutProduct, core::Deed::kPutProduct, nullptr},
    {Body::kPutTarif, core::Deed::kPutTarif, nullptr},
    {Body::kPutRulebook, core::Deed::kPutRulebook, nullptr},
};

// nullptr for an Echo, which everybody may send, and for what is no request.
const Kind* kind_of(Body::BodyCase body) {
  const auto* found = std::ranges::find(kKinds, body, &Kind::body);
  return found == std::end(kKinds) ? nullptr : found;
}

// What a batch is made of, whichever its items are.
struct Batch {
  const core::Participant& from;
  const Fields& at;
  std::vector<core::Command>& out;

  template <typename Message, typename Convert>
  void take(const Message& given, Convert convert_item) {
    const auto id = at.request_id("batch_id", given.batch_id());
    at.require(given.items_size() > 0, "items", "a batch has 1 to 100 of them");
    for (int i = 0; i < given.items_size(); ++i) {
      core::Command& command = out.emplace_back();
      command.from = from;
      command.request_id = id;
      command.index = static_cast<std::uint16_t>(i);
      command.request = convert_item(given.items(i), at.in("items", i));
    }
  }
};

// The feeds; false if the body is none of them.
bool convert_batch(const v1::Envelope& given, RulebookReader read, Batch& batch) {
  const auto plain = [](const auto& item, const Fields& at) { return convert(item, at); };
  const auto registration = [](core::Role role) {
    return [role](const auto& item, const Fields& at) { return convert(item, role, at); };
  };
  switch (given.body_case()) {
    case Body::kPutAccount:
      return batch.take(given.put_account(), plain), true;
    case Body::kPutCard:
      return batch.take(given.put_card(), plain), true;
    case Body::kPutProvider:
      return batch.take(given.put_provider(), registration(core::Role::kProvider)), true;
    case Body::kPutCentre:
      return batch.take(given.put_centre(), registration(core::Role::kCentre)), true;
    case Body::kPutPrescriber:
      return batch.take(given.put_prescriber(), plain), true;
    case Body::kPutProduct:
      return batch.take(given.put_product(), plain), true;
    case Body::kPutTarif:
      return batch.take(given.put_tarif(), plain), true;
    case Body::kPutRulebook:
      return batch.take(
                 given.put_rulebook(),
                 [read](const auto& item, const Fields& at) { return convert(item, read, at); }),
             true;
    default:
      return false;
  }
}

}  // namespace

struct Decoder::Memory {
  alignas(8) std::array<char, kArenaBytes> first_block;
  google::protobuf::Arena arena{first_block.data(), first_block.size()};
};

Decoder::Decoder(RulebookReader read_rulebook)
    : read_rulebook_(read_rulebook), memory_(std::make_unique<Memory>()) {}

Decoder::~Decoder() = default;

std::expected<Decoded, Refusal> Decoder::decode(core::ByteView bytes,
                                                const core::Participant& from) {
  Scan seen = scan(bytes);
  if (!seen.ok) {
    const Fault fault{true, seen.code, std::move(seen.field), std::move(seen.problem)};
    return std::unexpected(refusal(seen.correlation_id, fault));
  }
  memory_->arena.Reset();
  auto* const envelope = google::protobuf::Arena::CreateMessage<v1::Envelope>(&memory_->arena);
  if (!envelope->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected(
        refusal(seen.correlation_id, core::Refusal::kMalformed, "not an Envelope in protobuf"));
  }
  return take(*envelope, from);
}

std::expected<Decoded, Refusal> Decoder::take(const v1::Envelope& envelope,
                                              const core::Participant& from) {
  // A role that may not has nothing converted: a rulebook takes milliseconds to read.
  const Kind* const kind = kind_of(envelope.body_case());
  if (kind != nullptr && !core::permitted(from.role, kind->deed)) {
    return std::unexpected(not_permitted(envelope.correlation_id()));
  }
  Decoded out;
  Fault fault;
  const Fields at(fault);
  out.correlation_id = envelope.correlation_id();
  out.languages = languages(envelope.options(), at.in("options"));
  out.trace = envelope.options().trace();
  core::Command single;
  const core::Speaker speaker = core::speaker_of(from).value_or(core::Speaker{});
  single.from = speaker.participant;
  single.by = speaker.by;
  Batch batch{speaker.participant, at, out.commands};
  if (envelope.has_echo()) {
    out.echo = true;
    out.echo_data = at.text("data", envelope.echo().data(), kEchoBytesMax);
  } else if (kind != nullptr && kind->convert != nullptr) {
    kind->convert(envelope, at, single);
    if (!core::permitted(from.role, single.request)) {
      return std::unexpected(not_permitted(out.correlation_id));
    }
    out.commands.push_back(std::move(single));
  } else if (convert_batch(envelope, read_rulebook_, batch)) {
    out.batch = true;
  } else {
    return std::unexpected(refusal(out.correlation_id, core::Refusal::kUnknownRequest,
                                   "no request that this switch knows"));
  }
  for (core::Command& command : out.commands) finish(command, fault);
  if (fault.found) return std::unexpected(refusal(out.correlation_id, fault));
  return out;
}

// Content is taken only of what is within bounds, which encode_request() asserts.
void Decoder::finish(core::Command& command, Fault& fault) {
  if (fault.found) return;
  if (!core::within_bounds(command)) {
    fault = {true, core::Refusal::kMalformed, "", "outside the documented bounds"};
    return;
  }
  canonical_.clear();
  core::encode_request(command, canonical_);
  command.content = digest_.of(core::as_bytes(canonical_));
}

}  // namespace wasl::wire

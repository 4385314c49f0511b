#include <algorithm>

#include "core/codec.hpp"
#include "core/decision_fields.hpp"
#include "core/request_fields.hpp"
#include "core/run.hpp"

namespace wasl::core {
namespace {

// Older ones are still read: fields.hpp.
constexpr std::uint8_t kRecordFormat = kFieldsFormat;

bool of_one_kind(const std::vector<ClaimLine>& lines, const Decision& decision) {
  const auto* made = std::get_if<ClaimDecision>(&decision);
  return made != nullptr && (made->lines.empty() || made->lines.size() == lines.size());
}

// An approved correction names what it corrects, and nothing else does.
bool corrects(const Decision& decision) {
  const auto* made = std::get_if<ClaimDecision>(&decision);
  return made != nullptr && made->corrects > 0;
}
bool approves(const Decision& decision) {
  const auto* made = std::get_if<ClaimDecision>(&decision);
  return made != nullptr && made->outcome != Outcome::kDeclined;
}

// What is presented was held, as the decision found.
bool fits(const CloseBordereau& closing, const std::optional<Holdings>& holdings,
          const Decision& decision) {
  const auto* made = std::get_if<ClosingDecision>(&decision);
  if (made == nullptr || !holdings) return false;
  return made->first == 0 || std::ranges::all_of(closing.claims, [&](const ListedClaim& listed) {
           return held_claim(*holdings, listed.claim) != nullptr;
         });
}

// Each row of the page has its verdict, and each payee of whom anything is taken an account; the
// page is of the asking fund, and a step takes no more than a run may pay.
bool fits(const Participant& from, const std::optional<OwedPage>& page, const Decision& decision) {
  const auto* made = std::get_if<CollectDecision>(&decision);
  if (made == nullptr) return false;
  if (made->withheld.size() != made->to.size()) return false;
  if (made->reason != Reason::kNone) return made->verdicts.empty() && made->to.empty();
  if (!page || made->verdicts.size() != page->owed.size()) return false;
  std::size_t payees = 0;
  const Payee* last = nullptr;
  Cents room = kRunAmountMax;
  for (std::size_t i = 0; i < page->owed.size(); ++i) {
    const Owed& owed = page->owed[i];
    if (owed.fund != fund_spoken_for(from)) return false;
    if (made->verdicts[i] != OwedVerdict::kTaken) continue;
    if (last == nullptr || *last != owed.payee) ++payees;
    last = &owed.payee;
    if (owed.item.amount > room) return false;
    room -= owed.item.amount;
  }
  return payees == made->to.size();
}

// A part that was taken has a verdict for each of its entries.
bool fits(const ReceiveStatuses& part, const Decision& decision) {
  const auto* made = std::get_if<StatusFileDecision>(&decision);
  if (made == nullptr) return false;
  return made->verdicts.size() == (made->reason == Reason::kNone ? part.entries.size() : 0);
}

// apply() reads the decision that its request asks for, and as many lines as the claim has.
bool fits(const Command& command, const Decision& decision) {
  const Request& request = command.request;
  switch (deed_of(request)) {
    case Deed::kSubmitClaim:
      return of_one_kind(std::get<SubmitClaim>(request).claim.lines, decision) &&
             !corrects(decision);
    case Deed::kQuoteClaim:
      return of_one_kind(std::get<QuoteClaim>(request).claim.lines, decision) &&
             !corrects(decision);
    case Deed::kCorrectClaim:
      return of_one_kind(std::get<CorrectClaim>(request).lines, decision) &&
             corrects(decision) == approves(decision);
    case Deed::kReviewBordereau:
      return std::holds_alternative<ReviewDecision>(decision);
    case Deed::kReduceClaim:
      return std::holds_alternative<ReductionDecision>(decision);
    case Deed::kSetPayoutAccount:
      return std::holds_alternative<PayoutDecision>(decision);
    case Deed::kProposeRun:
    case Deed::kApproveRun:
    case Deed::kCancelRun:
      return std::holds_alternative<RunDecision>(decision);
    case Deed::kExportRun:
      return std::holds_alternative<ExportDecision>(decision);
    case Deed::kReceiveStatuses:
      return fits(std::get<ReceiveStatuses>(request), decision);
    case Deed::kOpenStatusFile:
    case Deed::kApplyStatuses:
    case Deed::kDropStatusFile:
      return std::holds_alternative<StatusFileDecision>(decision);
    case Deed::kCollectRun:
      return fits(command.from, command.owed, decision);
    case Deed::kReverseClaim:
      return std::holds_alternative<ReversalDecision>(decision);
    case Deed::kGetClaim:
      return std::holds_alternative<StatusDecision>(decision);
    case Deed::kGetRights:
    case Deed::kUpdateCard:
      return std::holds_alternative<RightsDecision>(decision);
    case Deed::kCloseBordereau:
      return fits(std::get<CloseBordereau>(request), command.closing.holdings, decision);
    default:
      return std::holds_alternative<PlainDecision>(decision);
  }
}

// An operator's command comes from no participant: a 0 byte instead of 1, role and id.
template <typename Io>
void from_field(Io& io, Is<Command> auto& command) {
  std::optional<Participant> from;
  if (!command.from.id.empty()) from = command.from;
  optional_participant(io, from);
  if constexpr (!std::is_const_v<std::remove_reference_t<decltype(command)>>) {
    command.from = from.value_or(Participant{});
  }
  if (io.format() >= 3) io.code_or_empty(command.by);
}

void fields(auto& io, Is<RecordView> auto& record) {
  from_field(io, record.command);
  request_fields(io, record.command);
  if (auto* put = std::get_if<PutRulebook>(&record.command.request)) fields(io, put->rulebook);
  io.check(!record.command.from.id.empty() || is_switchs_own(deed_of(record.command.request)) ||
           std::holds_alternative<Import>(record.command.request));
  fields(io, record.command.proofs);
  if (std::holds_alternative<CloseBordereau>(record.command.request)) {
    fields(io, record.command.closing);
  }
  if (std::holds_alternative<CollectRun>(record.command.request)) {
    io.optional(record.command.owed, [&](auto& page) { fields(io, page); });
  }
  fields(io, record.decision);
  io.check(fits(record.command, record.decision));
  io.blob(record.body, kAnswerBytesMax);
  io.array(record.rulebook);
  io.integer(record.decider_version);
}

}  // namespace

void encode_record(const RecordView& record, std::string& out) {
  Writer writer(out);
  writer.integer(kRecordFormat);
  Encoder encoder(writer);
  fields(encoder, record);
  WASL_ASSERT(encoder.ok());
}

std::optional<RecordView> decode_record(ByteView bytes) {
  Reader in(bytes);
  const auto format = in.integer<std::uint8_t>();
  if (format < 1 || format > kRecordFormat) return std::nullopt;
  RecordView record;
  Decoder decoder(in, format);
  fields(decoder, record);
  if (!in.finished()) return std::nullopt;
  return record;
}

}  // namespace wasl::core

#include "simulation/hearsay.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "wire/client.hpp"

namespace wasl::test {

std::vector<core::ListedClaim> standing_claims(const ClientRecord& record) {
  std::map<core::ClaimId, core::Cents> standing;
  for (const Sent& sent : record.requests()) {
    if (!sent.answer) continue;
    const auto body = wire::read_body(sent.answer->body);
    WASL_ASSERT(body.has_value());
    const auto* submit = std::get_if<core::SubmitClaim>(&sent.command.request);
    if (submit != nullptr && submit->claim.kind == core::ClaimKind::kRefund) continue;
    if (body->has_claim() && body->claim().outcome() != v1::ClaimAnswer::DECLINED) {
      standing[body->claim().claim_id()] = core::Cents{body->claim().insurer_cents()};
    }
    if (body->reversal().effect() == v1::ReversalAnswer::RELEASED) {
      standing.erase(body->reversal().claim_id());
    }
    const auto* closing = std::get_if<core::CloseBordereau>(&sent.command.request);
    if (closing == nullptr || body->closing().reason() != v1::REASON_NONE) continue;
    for (const core::ListedClaim& each : closing->claims) standing.erase(each.claim);
  }
  std::vector<core::ListedClaim> claims;
  for (const auto& [claim, insurer] : standing) claims.push_back({claim, insurer});
  return claims;
}

Known known_to_the_clerk(const ClientRecord& record) {
  Known known;
  for (const Sent& sent : record.requests()) {
    if (!sent.answer) continue;
    const auto body = wire::read_body(sent.answer->body);
    WASL_ASSERT(body.has_value());
    if (const auto* closing = std::get_if<core::CloseBordereau>(&sent.command.request);
        closing != nullptr && body->closing().bordereaux_size() > 0) {
      auto& claims = known.bordereaux[body->closing().bordereaux(0).number()];
      for (const core::ListedClaim& each : closing->claims) claims.push_back(each.claim);
    }
    const auto* review = std::get_if<core::ReviewBordereau>(&sent.command.request);
    if (review == nullptr || body->review().reason() != v1::REASON_NONE) continue;
    for (const core::ReviewVerdict& each : review->verdicts) {
      if (each.verdict == core::Verdict::kReject) known.rejected.insert(each.claim);
    }
  }
  return known;
}

std::map<core::Sequence, KnownRun> known_runs(const ClientRecord& record) {
  std::map<core::Sequence, KnownRun> runs;
  for (const Sent& sent : record.requests()) {
    if (!sent.answer) continue;
    const auto body = wire::read_body(sent.answer->body);
    WASL_ASSERT(body.has_value());
    if (!body->has_run() || body->run().reason() != v1::REASON_NONE) continue;
    KnownRun& run = runs[body->run().run()];
    run.state = body->run().state();
    if (!std::holds_alternative<core::CollectRun>(sent.command.request)) continue;
    run.payouts += body->run().payouts();
    run.total += core::Cents{body->run().amount_cents()};
  }
  return runs;
}

std::map<core::Sequence, KnownFile> known_files(const ClientRecord& record) {
  std::map<core::Sequence, KnownFile> files;
  for (const Sent& sent : record.requests()) {
    if (!sent.answer) continue;
    const auto body = wire::read_body(sent.answer->body);
    WASL_ASSERT(body.has_value());
    if (!body->has_status_file() || body->status_file().reason() != v1::REASON_NONE) continue;
    KnownFile& file = files[body->status_file().file()];
    const auto* open = std::get_if<core::OpenStatusFile>(&sent.command.request);
    if (open != nullptr) file.message_id = open->message_id;
    const auto* part = std::get_if<core::ReceiveStatuses>(&sent.command.request);
    const std::uint32_t parts = part != nullptr ? part->part : body->status_file().parts();
    file.parts = std::max(file.parts, parts);
    if (sent.answer->sequence < file.told_by) continue;
    file.told_by = sent.answer->sequence;
    file.state = body->status_file().state();
  }
  std::erase_if(files, [](const auto& each) { return each.second.message_id.empty(); });
  return files;
}

}  // namespace wasl::test

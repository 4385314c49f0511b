#include "simulation/hearsay.hpp"

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
    run.payouts += body->run().payouts();
    run.total += core::Cents{body->run().amount_cents()};
  }
  return runs;
}

}  // namespace wasl::test

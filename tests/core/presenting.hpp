#pragma once
// A pharmacy that presents its claims to its centre, for tests of what becomes of them: claims are
// approved, closed into a bordereau, reviewed and corrected as the switch would do it. One thread.

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "core/bordereau.hpp"
#include "core/ledger.hpp"
#include "support/world.hpp"

namespace wasl::test {

inline constexpr std::string_view kSigningKey = "the key on file";

inline std::size_t rows_changed(const core::Touched& touched) {
  std::size_t changed = static_cast<std::size_t>(std::popcount(touched.slots)) +
                        touched.made.size() + touched.inserted.size() + touched.removed.size();
  for (const auto& indexes : touched.listed) changed += indexes.size();
  return changed;
}

class Presenting : public testing::Test {
 protected:
  void SetUp() override {
    world.pharmacy().signing_key = kSigningKey;
    world.pharmacy().centre = code<core::ParticipantId>(kCentre);
  }

  static core::FundCode fund() { return code<core::FundCode>(kFund); }
  static core::Participant pharmacy() {
    return {core::Role::kProvider, code<core::ParticipantId>(kPharmacy)};
  }

  // Its id is world.sequence then.
  core::Command approved(std::int64_t price = 100, std::string_view product = "A",
                         std::uint8_t rank = 1) {
    core::Command claim =
        world.claim({line(product, dzd(price))},
                    {.prescription = "RX-" + std::to_string(++prescriptions_), .rank = rank});
    EXPECT_EQ(world.submit(claim).outcome, core::Outcome::kApproved);
    return claim;
  }

  // What the pharmacy's postings say, as the engine gathers it.
  core::Holdings holdings(core::Sequence up_to) {
    core::Holdings found;
    const auto* presentation =
        std::get_if<core::Presentation>(&world.rows[core::presentation_key(fund(), pharmacy())]);
    found.after = presentation == nullptr ? 0 : presentation->up_to;
    found.as_of = world.sequence;
    for (const auto& [key, bytes] : world.index) {
      const auto place = core::posting_place(key);
      if (!place || place->participant != pharmacy()) continue;
      if (place->sequence <= found.after || place->sequence > up_to) continue;
      const core::PostingSet set = core::decode_postings(core::as_bytes(bytes)).value();
      if (set.cause != core::PostingCause::kApproval) continue;
      found.claims.push_back({set.claim, set.request_id, set.postings.front().debit});
    }
    return found;
  }
  core::Command closing(std::vector<core::ListedClaim> claims, core::Sequence up_to) {
    core::CloseBordereau request;
    request.fund = fund();
    request.up_to = up_to;
    request.count = static_cast<std::uint32_t>(claims.size());
    for (const core::ListedClaim& each : claims) request.total += each.insurer;
    request.claims = std::move(claims);
    request.signing_key = kSigningKey;
    request.signature = "signed";
    core::Command command = world.command(core::Role::kProvider, kPharmacy, std::move(request));
    command.closing = {.list = core::ListVerdict::kRight, .holdings = holdings(up_to)};
    return command;
  }
  // All that waits, in one closing: the number of its bordereau.
  std::uint32_t close() {
    const core::Sequence up_to = world.sequence;
    std::vector<core::ListedClaim> claims;
    for (const core::HeldClaim& held : holdings(up_to).claims) {
      claims.push_back({held.claim, held.insurer});
    }
    return std::get<core::ClosingDecision>(world.run(closing(claims, up_to))).first;
  }
  core::Bordereau bordereau(std::uint32_t number) {
    return std::get<core::Bordereau>(
        world.rows.at(core::bordereau_key(fund(), pharmacy(), number)));
  }

  core::Command review(std::uint32_t number, std::vector<core::ReviewVerdict> verdicts,
                       bool accept_rest = false) {
    core::Command made = world.command(
        core::Role::kCentre, kCentre,
        core::ReviewBordereau{fund(), pharmacy(), number, std::move(verdicts), accept_rest});
    made.by = code<core::OperatorId>("042");
    return made;
  }
  core::ReviewDecision run_review(const core::Command& command) {
    return std::get<core::ReviewDecision>(world.run(command));
  }
  static core::ReviewVerdict accept(core::ClaimId claim) {
    return verdict(claim, core::Verdict::kAccept, core::ReviewReason::kNone);
  }
  static core::ReviewVerdict reject(core::ClaimId claim) {
    return verdict(claim, core::Verdict::kReject, core::ReviewReason::kWrongTarif);
  }
  static core::ReviewVerdict hold(core::ClaimId claim, std::string_view until = "2026-03-20") {
    core::ReviewVerdict held =
        verdict(claim, core::Verdict::kHold, core::ReviewReason::kMissingPrescription);
    held.until = day(until);
    held.owner = core::StepOwner::kProvider;
    return held;
  }

  // Of the original's prescription, unless another is given.
  core::Command correction(const core::Command& original, std::vector<core::ClaimLine> lines) {
    core::CorrectClaim request;
    request.original = original.request_id;
    request.terminal = code<core::TerminalId>("T1");
    request.prescription = prescription_of(original.request);
    request.lines = std::move(lines);
    return world.command(core::Role::kProvider, kPharmacy, std::move(request));
  }

  // As GetClaim tells it.
  core::RequestState state_of(const core::Command& claim) {
    const core::RequestRow* row = world.request_row(claim);
    const auto& known = world.rows[core::bordereau_key(fund(), pharmacy(), row->bordereau)];
    return core::state_now(*row, std::get_if<core::Bordereau>(&known));
  }
  // The balance of an account: what was debited less what was credited.
  core::Cents balance(core::LedgerAccount account) {
    core::Cents sum;
    for (const auto& [key, bytes] : world.index) {
      if (!core::posting_place(key)) continue;
      const core::PostingSet set = core::decode_postings(core::as_bytes(bytes)).value();
      for (const core::Posting& posting : set.postings) {
        if (posting.account != account) continue;
        sum += posting.debit;
        sum = sum - posting.credit;
      }
    }
    return sum;
  }

  World world;

 private:
  static core::ReviewVerdict verdict(core::ClaimId claim, core::Verdict kind,
                                     core::ReviewReason reason) {
    core::ReviewVerdict made;
    made.claim = claim;
    made.verdict = kind;
    made.reason = reason;
    return made;
  }
  static core::Prescription prescription_of(const core::Request& request) {
    if (const auto* correction = std::get_if<core::CorrectClaim>(&request)) {
      return correction->prescription;
    }
    return std::get<core::SubmitClaim>(request).claim.prescription;
  }

  int prescriptions_ = 0;
};

}  // namespace wasl::test

#pragma once
// What apply() was given and what it has touched so far, as its parts see it. Private to core's
// apply files.

#include <string>

#include "core/bordereau.hpp"
#include "core/decide.hpp"

namespace wasl::core {

struct Application {
  const Command& command;
  const Stamp& stamp;
  const std::string& body;
  RowSet& rows;
  Reference& reference;
  Touched touched{};

  // The row of the slot to be changed, marked as such; made if it is absent. A row of another type
  // there, or none provided, is a bug of whoever filled the set.
  template <typename T>
  T& change(Slot slot) {
    Row* row = rows[slot];
    WASL_ASSERT(row != nullptr);
    if (std::holds_alternative<std::monostate>(*row)) row->emplace<T>();
    WASL_ASSERT(std::holds_alternative<T>(*row));
    touched.mark(slot);
    return std::get<T>(*row);
  }
  // The same of a row that counts its versions.
  template <typename T>
  T& change_versioned(Slot slot) {
    T& row = change<T>(slot);
    ++row.version;
    return row;
  }

  // The row of the slot is there no longer.
  void remove(Slot slot) {
    WASL_ASSERT(rows[slot] != nullptr);
    rows[slot]->emplace<std::monostate>();
    touched.mark(slot);
  }

  // The index-th row of a listed slot.
  template <typename T>
  T& change_listed(Slot slot, std::uint16_t index) {
    Row* row = rows.at(slot, index);
    WASL_ASSERT(row != nullptr && std::holds_alternative<T>(*row));
    touched.mark(slot, index);
    return std::get<T>(*row);
  }
  void remove_listed(Slot slot, std::uint16_t index) {
    WASL_ASSERT(rows.at(slot, index) != nullptr);
    rows.at(slot, index)->emplace<std::monostate>();
    touched.mark(slot, index);
  }
  void make(const RowKey& key, Row row) { touched.made.emplace_back(key, std::move(row)); }
  // From now on, until a run takes it.
  void owe(const Owed& owed) { make(owed_key(owed.fund, owed.payee, owed.item.record), owed); }
  // What ListClaims shows of a claim of `sender`.
  void index_claim(const Participant& sender, const RequestId& id, const RequestRow& row);
  // What ListReviews shows of a bordereau, before and after it changed.
  void replace_index(const std::optional<OpenReview>& before,
                     const std::optional<OpenReview>& after);
  // Takes the claim's lines out of the beneficiary's history; they may have been pruned already.
  void release_history(Slot slot, ClaimId claim);
  void release_listed_history(std::uint16_t index, ClaimId claim);

  // The answer under its request id. A tombstone that stood there keeps its state.
  RequestRow& remember(RequestState state) {
    auto& row = change<RequestRow>(Slot::kRequest);
    WASL_ASSERT(!row.answered);
    if (row.state != RequestState::kReversed && row.state != RequestState::kClosed) {
      row.state = state;
    }
    row.answered = true;
    row.content = command.content;
    row.sequence = stamp.sequence;
    row.at = stamp.now;
    row.body = body;
    return row;
  }
  // Marks the proof's counter as used.
  void use_card(const CardNumber& number);
};

void apply_to(Application& state, const ClaimDecision& decision, const SubmitClaim& request);
void apply_to(Application& state, const ClaimDecision& decision, const CorrectClaim& request);
void apply_to(Application& state, const ReversalDecision& decision, const ReverseClaim& request);
void apply_to(Application& state, const StatusDecision& decision, const GetClaim& request);
void apply_to(Application& state, const RightsDecision& decision, const GetRights& request);
void apply_to(Application& state, const RightsDecision& decision, const UpdateCard& request);
void apply_to(Application& state, const ClosingDecision& decision, const CloseBordereau& request);
void apply_to(Application& state, const ReviewDecision& decision, const ReviewBordereau& request);
void apply_to(Application& state, const ReductionDecision& decision, const ReduceClaim& request);
void apply_to(Application& state, const AdvanceBusinessDay& request);
void apply_to(Application& state, const PayoutDecision& decision, const SetPayoutAccount& request);
void apply_to(Application& state, const RunDecision& decision, const ProposeRun& request);
void apply_to(Application& state, const CollectDecision& decision, const CollectRun& request);
void apply_to(Application& state, const RunDecision& decision, const ApproveRun& request);
void apply_to(Application& state, const RunDecision& decision, const CancelRun& request);
void apply_to(Application& state, const ExportDecision& decision, const ExportRun& request);
void apply_to(Application& state, const StatusFileDecision& decision,
              const OpenStatusFile& request);
void apply_to(Application& state, const StatusFileDecision& decision,
              const ReceiveStatuses& request);
void apply_to(Application& state, const StatusFileDecision& decision, const ApplyStatuses& request);
void apply_to(Application& state, const StatusFileDecision& decision,
              const DropStatusFile& request);
// These only when the request was granted; the answer is remembered by the caller.
void apply_to(Application& state, const ReportCard& request);
void apply_to(Application& state, const RequestPriorAgreement& request);
void apply_to(Application& state, const DecidePriorAgreement& request);
void apply_to(Application& state, const PutAccount& request);
void apply_to(Application& state, const PutCard& request);
void apply_to(Application& state, const PutRegistration& request);
void apply_to(Application& state, const PutPrescriber& request);
void apply_to(Application& state, const PutProduct& request);
void apply_to(Application& state, const PutTarif& request);
void apply_to(Application& state, const PutRulebook& request);

}  // namespace wasl::core

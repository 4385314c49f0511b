#pragma once
// What apply() was given and what it has touched so far, as its parts see it. Private to core's
// apply files.

#include <string>

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

  // The row of the index-th claim that CloseBordereau lists.
  RequestRow& change_listed(std::uint16_t index) {
    WASL_ASSERT(index < rows.listed.size() && rows.listed[index] != nullptr);
    WASL_ASSERT(std::holds_alternative<RequestRow>(*rows.listed[index]));
    touched.listed.push_back(index);
    return std::get<RequestRow>(*rows.listed[index]);
  }
  // What ListClaims shows of a claim.
  void index_claim(const RequestId& id, const RequestRow& row);

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
void apply_to(Application& state, const ReversalDecision& decision, const ReverseClaim& request);
void apply_to(Application& state, const StatusDecision& decision, const GetClaim& request);
void apply_to(Application& state, const RightsDecision& decision, const GetRights& request);
void apply_to(Application& state, const RightsDecision& decision, const UpdateCard& request);
void apply_to(Application& state, const ClosingDecision& decision, const CloseBordereau& request);
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

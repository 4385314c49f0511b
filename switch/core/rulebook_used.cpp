#include "core/rulebook_used.hpp"

#include "core/run.hpp"

namespace wasl::core {

Sha256 rulebook_used(const Command& command, const RowSet& rows, const Reference& reference) {
  const Rulebook* rulebook = nullptr;
  if (const auto* closing = std::get_if<CloseBordereau>(&command.request)) {
    rulebook = reference.rulebook_of(closing->fund);
  } else if (const auto* review = std::get_if<ReviewBordereau>(&command.request)) {
    rulebook = reference.rulebook_of(review->fund);
  } else if (const auto* day = std::get_if<AdvanceBusinessDay>(&command.request)) {
    rulebook = reference.rulebook_of(day->fund);
  } else if (std::holds_alternative<ProposeRun>(command.request) ||
             std::holds_alternative<ApproveRun>(command.request) ||
             std::holds_alternative<ExportRun>(command.request)) {
    rulebook = reference.rulebook_of(fund_spoken_for(command.from));
  } else if (const auto* account = rows.get<Account>(Slot::kAccount)) {
    rulebook = reference.rulebook_of(account->fund);
  }
  return rulebook == nullptr ? Sha256{} : rulebook->hash;
}

}  // namespace wasl::core

#pragma once
// The words of a receipt in the three languages; reasons and remedies have theirs in
// core/reason.hpp. Pure.

#include <string_view>

#include "core/reason.hpp"
#include "wasl/v1/answer.pb.h"
#include "wasl/v1/bordereau.pb.h"
#include "wasl/v1/settlement.pb.h"
#include "wasl/v1/status_file.pb.h"

namespace wasl::cli {

enum class Word : std::uint8_t {
  kFundPays,
  kPatientPays,
  kLine,
  kReason,
  kWhatToDo,
  kComeBackOn,
  kLongTerm,
  kPrescriptionsLeft,
  kRightsUntil,
  kBeneficiary,
  kBorn,
  kRightsOpen,
  kRightsNotOpen,
  kRequest,
  kReceipt,  // Journal, record, hash.
  kRecord,
  kTook,
  kQuote,
  kRepeat,
  kStateNow,
  kClaim,
  kReversal,
  kCard,
  kNoClaims,
  kRefused,
  kClosing,
  kBordereau,
  kClaims,  // How many.
  kDue,
  kOnlyListed,
  kOnlyHeld,
  kAmountDiffers,
  kCorrects,
  kReview,
  kAcceptedClaims,
  kRejectedClaims,
  kHeldClaims,
  kUndecidedClaims,
  kUntil,
  kNextStep,  // Of whom.
  kPayoutAccount,
  kRun,
  kStatusFile,
  kPayout,
  kPaymentReference,
  kCarriedOut,  // How many entries of a status file.
  kReduction,
  kReducedBy,  // How much.
  kDifference,
  kEnd
};

[[nodiscard]] std::string_view text(Word word, core::Language language);
// Between a word and its value, and between two facts, each with the space that belongs to it.
[[nodiscard]] std::string_view colon(core::Language language);
[[nodiscard]] std::string_view comma(core::Language language);
[[nodiscard]] std::string_view text(v1::ClaimAnswer::Outcome outcome, core::Language language);
[[nodiscard]] std::string_view text(v1::ReversalAnswer::Effect effect, core::Language language);
[[nodiscard]] std::string_view text(v1::PayoutAnswer::Effect effect, core::Language language);
[[nodiscard]] std::string_view text(v1::ReductionAnswer::Effect effect, core::Language language);
[[nodiscard]] std::string_view text(v1::StatusAnswer::Finding finding, core::Language language);
[[nodiscard]] std::string_view text(v1::State state, core::Language language);
[[nodiscard]] std::string_view text(v1::RunState state, core::Language language);
[[nodiscard]] std::string_view text(v1::PayoutState state, core::Language language);
[[nodiscard]] std::string_view text(v1::BankWord word, core::Language language);
// Why a run left somebody out.
[[nodiscard]] std::string_view text(v1::LeftOut::Why why, core::Language language);
[[nodiscard]] std::string_view text(v1::StatusFileState state, core::Language language);
// What is wrong with an entry of a status file.
[[nodiscard]] std::string_view text(v1::WrongStatus::Why why, core::Language language);
[[nodiscard]] std::string_view text(v1::StepOwner owner, core::Language language);

}  // namespace wasl::cli

#pragma once
// An answer as a clerk reads it: what the fund and the person pay, why not and what the person can
// do, what remains, and what proves it. Pure; UTF-8, one fact per line, no alignment (which
// right-to-left text would lose).

#include <chrono>
#include <optional>
#include <string>

#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

struct ReceiptView {
  const v1::Envelope& answer;
  // Of the claim that was sent, for its products; may be absent.
  const google::protobuf::RepeatedPtrField<v1::ClaimLine>* lines = nullptr;
  std::optional<core::RequestId> id{};  // Of the request that was answered.
  std::optional<std::chrono::microseconds> took{};
  core::Language language = core::Language::kEnglish;
};

// Of any answer of the switch to a terminal. kMalformed if its stored body cannot be read.
[[nodiscard]] core::Result<std::string> receipt(const ReceiptView& view);

// How many claims a review accepts, rejects, holds and leaves, and what the fund pays of them; one
// indented line each.
[[nodiscard]] std::string review_totals(const v1::ReviewAnswer& answer, core::Language language);

// "Claim 26: only held, 320.00": in what a provider's list is not what the switch holds.
[[nodiscard]] std::string difference_text(const v1::ListDifference& difference,
                                          core::Language language);

// Of one page of a listing.
[[nodiscard]] std::string listing(const v1::ClaimsPage& page, core::Language language);

}  // namespace wasl::cli

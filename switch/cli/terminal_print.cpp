#include "cli/terminal_print.hpp"

#include <fmt/format.h>

#include <iostream>
#include <string>

#include "cli/receipt.hpp"
#include "core/hex.hpp"
#include "wire/json.hpp"

namespace wasl::cli {
namespace {

std::string refusal_line(const v1::Refused& refused) {
  std::string line = fmt::format("refused, without effect: {}: {}",
                                 v1::Refused::Code_Name(refused.code()), refused.sentence());
  if (!refused.field().empty()) line += fmt::format(" (field {})", refused.field());
  return line;
}

// Asked anew under another id it does what it would have done, or nothing.
bool may_be_repeated(const v1::Envelope& request) {
  switch (request.body_case()) {
    case v1::Envelope::kCollectRun:
    case v1::Envelope::kApproveRun:
    case v1::Envelope::kCancelRun:
    case v1::Envelope::kExportRun:
    case v1::Envelope::kOpenStatusFile:
    case v1::Envelope::kReceiveStatuses:
    case v1::Envelope::kApplyStatuses:
    case v1::Envelope::kDropStatusFile:
      return true;
    default:
      return false;
  }
}

// What must not be asked anew before the answer is known.
std::string_view caution(const v1::Envelope& request) {
  if (request.has_review_bordereau()) return "do not decide these claims again";
  if (request.has_reduce_claim()) return "do not reduce this claim again";
  if (request.has_set_payout_account()) return "do not enter this account again";
  if (request.has_propose_run()) return "propose no other run";
  return may_be_repeated(request) ? "it may be repeated" : "start no new claim for this sale";
}

// Of an ending without a final answer; empty otherwise.
std::string trouble_line(const Ending& ending) {
  const auto id = request_id_of(ending.request);
  if (ending.exit == Exit::kInDoubt && id) {
    return fmt::format(
        "in doubt: request {} was sent and has no final answer; {}; next: wasl terminal recover",
        core::to_hex(*id), caution(ending.request));
  }
  if (ending.answer && ending.answer->has_refused()) return refusal_line(ending.answer->refused());
  if (!ending.answer) {
    return fmt::format("{}, nothing was sent: {}",
                       ending.exit == Exit::kRefused ? "refused" : "not reachable",
                       core::describe(ending.error));
  }
  return {};
}

const google::protobuf::RepeatedPtrField<v1::ClaimLine>* lines_of(const v1::Envelope& request) {
  if (request.has_submit_claim()) return &request.submit_claim().claim().lines();
  if (request.has_correct_claim()) return &request.correct_claim().lines();
  return request.has_quote_claim() ? &request.quote_claim().claim().lines() : nullptr;
}

std::string json_of(const Ending& ending) {
  if (ending.answer) {
    const core::Result<std::string> text = wire::answer_to_json(*ending.answer, false);
    return text ? *text : std::string();
  }
  const auto id = request_id_of(ending.request);
  if (ending.exit != Exit::kInDoubt || !id) return {};
  return fmt::format(R"({{"inDoubt":"{}"}})", core::to_hex(*id));
}

std::string receipt_of(const Ending& ending, const TerminalConfig& config) {
  if (!ending.answer || ending.answer->has_refused()) return {};
  const core::Result<std::string> text = receipt({.answer = *ending.answer,
                                                  .lines = lines_of(ending.request),
                                                  .id = request_id_of(ending.request),
                                                  .took = ending.took,
                                                  .language = language_of(config)});
  return text ? *text : core::describe(text.error()) + "\n";
}

}  // namespace

void print_ending(const Ending& ending, std::string_view command, const TerminalConfig& config) {
  if (config.json) {
    const std::string text = json_of(ending);
    if (!text.empty()) std::cout << text << '\n';
  } else {
    std::cout << receipt_of(ending, config);
  }
  std::cout << std::flush;
  const std::string trouble = trouble_line(ending);
  if (!trouble.empty()) std::cerr << "wasl " << command << ": " << trouble << '\n';
}

void leave_with(const Ending& ending, std::string_view command, const TerminalConfig& config) {
  print_ending(ending, command, config);
  if (ending.exit != Exit::kOk) leave(ending.exit);
}

}  // namespace wasl::cli

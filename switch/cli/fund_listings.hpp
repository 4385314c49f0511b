#pragma once
// What a fund's operator lists, page by page to the last, over whatever connection `ask` speaks.

#include <functional>
#include <vector>

#include "core/result.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// Gives the page that the request asks for. Blocking as it is.
using AskPage = std::function<core::Result<v1::Envelope>(const v1::Envelope& request)>;

// `first` is the envelope of every request, its body apart. Errors are those of `ask`.

// What the fund owes and no run has taken, by payee.
[[nodiscard]] core::Result<std::vector<v1::Owed>> owed_of(const AskPage& ask,
                                                          v1::Envelope first = {});
// What providers owe the fund back.
[[nodiscard]] core::Result<std::vector<v1::Receivable>> receivables_of(const AskPage& ask,
                                                                       v1::Envelope first = {});
// The fund's settlement runs, oldest first.
[[nodiscard]] core::Result<std::vector<v1::SettlementRun>> runs_of(const AskPage& ask,
                                                                   v1::Envelope first = {});
[[nodiscard]] core::Result<std::vector<v1::Payout>> payouts_of(const AskPage& ask,
                                                               std::uint64_t run,
                                                               v1::Envelope first = {});
// What the fund's bank said, file by file, oldest first.
[[nodiscard]] core::Result<std::vector<v1::StatusFile>> status_files_of(const AskPage& ask,
                                                                        v1::Envelope first = {});

}  // namespace wasl::cli

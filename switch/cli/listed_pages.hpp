#pragma once
// Listings of the switch, asked page by page over a terminal's connection. What is no page ends the
// command as it would end any of a terminal's (terminal_print.hpp). Blocking, one thread.

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal_command.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

[[nodiscard]] v1::Envelope ask(TerminalSession& session, const v1::Envelope& request,
                               std::string_view command);

// From the page that `first` asks for to the last.
[[nodiscard]] std::vector<v1::PostingSet> all_postings(TerminalSession& session,
                                                       const v1::ListPostings& first,
                                                       std::string_view command);
// A provider's own.
[[nodiscard]] std::vector<v1::Bordereau> all_bordereaux(TerminalSession& session,
                                                        const std::string& fund,
                                                        std::string_view command);

}  // namespace wasl::cli

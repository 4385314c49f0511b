#pragma once
// Listings of the switch, asked page by page over a terminal's connection. What is no page ends the
// command as it would end any of a terminal's (terminal_print.hpp). Blocking, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/counter_view.hpp"
#include "cli/format.hpp"
#include "cli/fund_listings.hpp"
#include "cli/terminal_command.hpp"
#include "core/ids.hpp"
#include "wasl/v1/envelope.pb.h"

namespace wasl::cli {

// What commands share that mostly print listings.
struct ListingSession {
  TerminalSession terminal{};
  bool csv = false;

  [[nodiscard]] Format format() const { return format_of(terminal.config.json, csv); }
};
// The options of a terminal and --csv, for all commands behind `parent`.
void add_listing_options(Command parent, ListingSession& session);

[[nodiscard]] v1::Envelope ask(TerminalSession& session, const v1::Envelope& request,
                               std::string_view command);
// The same for what asks several times; the session outlives it.
[[nodiscard]] AskPage asking(TerminalSession& session, std::string_view command);

// For whom the certificate's holder speaks: an operator for its centre or fund.
[[nodiscard]] core::Participant spoken_for(TerminalSession& session, std::string_view command);

// From the page that `first` asks for to the last.
[[nodiscard]] std::vector<v1::PostingSet> all_postings(TerminalSession& session,
                                                       const v1::ListPostings& first,
                                                       std::string_view command);
// A provider's own.
[[nodiscard]] std::vector<v1::Bordereau> all_bordereaux(TerminalSession& session,
                                                        const std::string& fund,
                                                        std::string_view command);
// One, with its claims; nothing: there is none, or it is not for the asking participant to see.
[[nodiscard]] std::optional<v1::Bordereau> find_bordereau(TerminalSession& session,
                                                          const v1::GetBordereau& which,
                                                          std::string_view command);
// What waits for a second operator of the asking one's centre or fund.
[[nodiscard]] std::vector<v1::PayoutChange> all_payout_changes(TerminalSession& session,
                                                               std::string_view command);

// The bordereaux that wait for the asking operator's centre or fund, and all that it has to decide
// or to enter again.
[[nodiscard]] std::vector<v1::OpenReview> all_reviews(TerminalSession& session,
                                                      std::string_view command);
[[nodiscard]] PendingWork all_pending(TerminalSession& session, std::string_view command);

// What the asking operator's fund owes and no run has taken, by payee.
[[nodiscard]] std::vector<v1::Owed> all_owed(TerminalSession& session, std::string_view command);
// What providers owe it back.
[[nodiscard]] std::vector<v1::Receivable> all_receivables(TerminalSession& session,
                                                          std::string_view command);
// A fund's business day, of everyone or of one, as a single page. While it goes on, its lines may
// stand for moments some requests apart; of a day that ends meanwhile all lines are its last ones.
[[nodiscard]] v1::ReconciliationPage whole_day(TerminalSession& session, const v1::Reconcile& which,
                                               std::string_view command);
// The fund's settlement runs, oldest first; nothing under `run`: there is no such run of it.
[[nodiscard]] std::vector<v1::SettlementRun> all_runs(TerminalSession& session,
                                                      std::string_view command);
[[nodiscard]] std::optional<v1::SettlementRun> find_run(TerminalSession& session, std::uint64_t run,
                                                        std::string_view command);
[[nodiscard]] std::vector<v1::Payout> all_payouts(TerminalSession& session, std::uint64_t run,
                                                  std::string_view command);
// What the fund's bank said, file by file, oldest first; nothing under `file`: there is none.
[[nodiscard]] std::vector<v1::StatusFile> all_status_files(TerminalSession& session,
                                                           std::string_view command);
[[nodiscard]] std::optional<v1::StatusFile> find_status_file(TerminalSession& session,
                                                             std::uint64_t file,
                                                             std::string_view command);

}  // namespace wasl::cli

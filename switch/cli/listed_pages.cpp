#include "cli/listed_pages.hpp"

#include <utility>

#include "cli/terminal_print.hpp"

namespace wasl::cli {
namespace {

// Nothing: the day ended after the first page, which is then not as it stays.
std::optional<v1::ReconciliationPage> pages_of_day(TerminalSession& session,
                                                   const v1::Reconcile& which,
                                                   std::string_view command) {
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::Reconcile& list = *request.mutable_reconcile();
  list = which;
  v1::ReconciliationPage day = ask(session, request, command).reconciliation_page();
  while (day.has_next_after()) {
    *list.mutable_after() = day.next_after();
    const v1::ReconciliationPage page = ask(session, request, command).reconciliation_page();
    if (page.until() != day.until()) return std::nullopt;
    day.mutable_accounts()->MergeFrom(page.accounts());
    day.clear_next_after();
    if (page.has_next_after()) *day.mutable_next_after() = page.next_after();
  }
  return day;
}

std::vector<v1::ListedAgreement> all_agreements(TerminalSession& session,
                                                std::string_view command) {
  std::vector<v1::ListedAgreement> all;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListPriorAgreements& list = *request.mutable_list_prior_agreements();
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::AgreementsPage& page = answer.agreements_page();
    all.insert(all.end(), page.agreements().begin(), page.agreements().end());
    list.set_after(page.next_after());
  } while (list.after() != 0);
  return all;
}

}  // namespace

void add_listing_options(Command parent, ListingSession& session) {
  parent.needs_a_command();
  parent.shares_options();
  session.terminal.options = parent;
  add_terminal_options(parent, session.terminal.config);
  parent.flag("--csv", session.csv, "CSV with a header line on stdout, amounts in centimes");
}

v1::Envelope ask(TerminalSession& session, const v1::Envelope& request, std::string_view command) {
  Ending ending = or_exit(session.open().ask(request), command);
  if (ending.exit != Exit::kOk) leave_with(ending, command, session.config);
  return std::move(*ending.answer);
}

AskPage asking(TerminalSession& session, std::string_view command) {
  return [&session, command](const v1::Envelope& request) -> core::Result<v1::Envelope> {
    return ask(session, request, command);
  };
}

core::Participant spoken_for(TerminalSession& session, std::string_view command) {
  const auto speaker = core::speaker_of(session.open().signer("").me);
  if (speaker) return speaker->participant;
  exit_with(Exit::kFailed, command,
            {core::Errc::kNotPermitted, "the certificate names no participant of the network"});
}

std::vector<v1::PostingSet> all_postings(TerminalSession& session, const v1::ListPostings& first,
                                         std::string_view command) {
  std::vector<v1::PostingSet> sets;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListPostings& list = *request.mutable_list_postings();
  list = first;
  const bool of_all =
      !list.has_participant() && spoken_for(session, command).role == core::Role::kFund;
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::PostingsPage& page = answer.postings_page();
    sets.insert(sets.end(), page.sets().begin(), page.sets().end());
    list.set_after(page.next_after());
    list.set_after_item(page.next_item());
    if (of_all) *list.mutable_after_participant() = page.next_participant();
  } while (list.after() != 0);
  return sets;
}

std::vector<v1::Bordereau> all_bordereaux(TerminalSession& session, const std::string& fund,
                                          std::string_view command) {
  std::vector<v1::Bordereau> all;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListBordereaux& list = *request.mutable_list_bordereaux();
  list.set_fund(fund);
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::BordereauxPage& page = answer.bordereaux_page();
    all.insert(all.end(), page.bordereaux().begin(), page.bordereaux().end());
    list.set_after(page.next_after());
  } while (list.after() != 0);
  return all;
}

std::optional<v1::Bordereau> find_bordereau(TerminalSession& session, const v1::GetBordereau& which,
                                            std::string_view command) {
  v1::Envelope request = or_exit(new_envelope(), command);
  *request.mutable_get_bordereau() = which;
  const v1::Envelope answer = ask(session, request, command);
  if (answer.bordereaux_page().bordereaux().empty()) return std::nullopt;
  return answer.bordereaux_page().bordereaux(0);
}

std::vector<v1::PayoutChange> all_payout_changes(TerminalSession& session,
                                                 std::string_view command) {
  std::vector<v1::PayoutChange> all;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListPayoutChanges& list = *request.mutable_list_payout_changes();
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::PayoutChangesPage& page = answer.payout_changes_page();
    all.insert(all.end(), page.changes().begin(), page.changes().end());
    list.clear_after();
    if (page.has_next_after()) *list.mutable_after() = page.next_after();
  } while (list.has_after());
  return all;
}

std::vector<v1::OpenReview> all_reviews(TerminalSession& session, std::string_view command) {
  std::vector<v1::OpenReview> all;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListReviews& list = *request.mutable_list_reviews();
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::ReviewsPage& page = answer.reviews_page();
    all.insert(all.end(), page.reviews().begin(), page.reviews().end());
    list.set_after_deadline(page.next_after_deadline());
    list.set_after_closed_by(page.next_after_closed_by());
    list.set_after_number(page.next_after_number());
  } while (!list.after_deadline().empty());
  return all;
}

// Whoever speaks for a fund decides its prior agreements too.
PendingWork all_pending(TerminalSession& session, std::string_view command) {
  PendingWork work{.reviews = all_reviews(session, command),
                   .changes = all_payout_changes(session, command),
                   .agreements = {}};
  if (spoken_for(session, command).role == core::Role::kFund) {
    work.agreements = all_agreements(session, command);
  }
  return work;
}

std::vector<v1::Owed> all_owed(TerminalSession& session, std::string_view command) {
  return or_exit(owed_of(asking(session, command), or_exit(new_envelope(), command)), command);
}

std::vector<v1::Receivable> all_receivables(TerminalSession& session, std::string_view command) {
  return or_exit(receivables_of(asking(session, command), or_exit(new_envelope(), command)),
                 command);
}

v1::ReconciliationPage whole_day(TerminalSession& session, const v1::Reconcile& which,
                                 std::string_view command) {
  for (;;) {
    std::optional<v1::ReconciliationPage> day = pages_of_day(session, which, command);
    if (day) return *std::move(day);
  }
}

std::vector<v1::SettlementRun> all_runs(TerminalSession& session, std::string_view command) {
  return or_exit(runs_of(asking(session, command), or_exit(new_envelope(), command)), command);
}

std::optional<v1::SettlementRun> find_run(TerminalSession& session, std::uint64_t run,
                                          std::string_view command) {
  if (run == 0) return std::nullopt;  // Numbers begin at 1.
  v1::Envelope request = or_exit(new_envelope(), command);
  request.mutable_list_runs()->set_after(run - 1);
  request.mutable_list_runs()->set_page_size(1);
  const v1::Envelope answer = ask(session, request, command);
  const auto& runs = answer.runs_page().runs();
  if (runs.empty() || runs.begin()->run() != run) return std::nullopt;
  return *runs.begin();
}

std::vector<v1::Payout> all_payouts(TerminalSession& session, std::uint64_t run,
                                    std::string_view command) {
  return or_exit(payouts_of(asking(session, command), run, or_exit(new_envelope(), command)),
                 command);
}

std::vector<v1::StatusFile> all_status_files(TerminalSession& session, std::string_view command) {
  return or_exit(status_files_of(asking(session, command), or_exit(new_envelope(), command)),
                 command);
}

std::optional<v1::StatusFile> find_status_file(TerminalSession& session, std::uint64_t file,
                                               std::string_view command) {
  v1::Envelope request = or_exit(new_envelope(), command);
  request.mutable_list_status_files()->set_after(file - 1);
  request.mutable_list_status_files()->set_page_size(1);
  const v1::Envelope answer = ask(session, request, command);
  const auto& files = answer.status_files_page().files();
  if (files.empty() || files.begin()->file() != file) return std::nullopt;
  return *files.begin();
}

}  // namespace wasl::cli

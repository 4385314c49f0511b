#include "cli/listed_pages.hpp"

#include <utility>

#include "cli/terminal_print.hpp"

namespace wasl::cli {

v1::Envelope ask(TerminalSession& session, const v1::Envelope& request, std::string_view command) {
  Ending ending = or_exit(session.open().ask(request), command);
  if (ending.exit != Exit::kOk) leave_with(ending, command, session.config);
  return std::move(*ending.answer);
}

std::vector<v1::PostingSet> all_postings(TerminalSession& session, const v1::ListPostings& first,
                                         std::string_view command) {
  std::vector<v1::PostingSet> sets;
  v1::Envelope request = or_exit(new_envelope(), command);
  v1::ListPostings& list = *request.mutable_list_postings();
  list = first;
  const bool of_all =
      !list.has_participant() && session.open().signer("").me.role == core::Role::kFund;
  do {
    const v1::Envelope answer = ask(session, request, command);
    const v1::PostingsPage& page = answer.postings_page();
    sets.insert(sets.end(), page.sets().begin(), page.sets().end());
    list.set_after(page.next_after());
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

}  // namespace wasl::cli

#include "cli/fund_listings.hpp"

#include <utility>

namespace wasl::cli {
namespace {

// `step` takes the rows of an answer, makes the request of the next page, and says whether there
// is one.
template <typename Row, typename Step>
core::Result<std::vector<Row>> all_pages(const AskPage& ask, v1::Envelope request, Step step) {
  std::vector<Row> rows;
  for (;;) {
    const core::Result<v1::Envelope> answer = ask(request);
    if (!answer) return std::unexpected(answer.error());
    if (!step(*answer, rows, request)) return rows;
  }
}

template <typename Rows, typename Row>
void append(const Rows& page, std::vector<Row>& rows) {
  rows.insert(rows.end(), page.begin(), page.end());
}

}  // namespace

core::Result<std::vector<v1::Owed>> owed_of(const AskPage& ask, v1::Envelope request) {
  request.mutable_list_owed();
  return all_pages<v1::Owed>(ask, std::move(request),
                             [](const v1::Envelope& answer, auto& rows, v1::Envelope& next) {
                               const v1::OwedPage& page = answer.owed_page();
                               append(page.owed(), rows);
                               *next.mutable_list_owed()->mutable_after() = page.next_after();
                               next.mutable_list_owed()->set_after_record(page.next_after_record());
                               return page.has_next_after();
                             });
}

core::Result<std::vector<v1::Receivable>> receivables_of(const AskPage& ask, v1::Envelope request) {
  request.mutable_list_receivables();
  return all_pages<v1::Receivable>(
      ask, std::move(request), [](const v1::Envelope& answer, auto& rows, v1::Envelope& next) {
        const v1::ReceivablesPage& page = answer.receivables_page();
        append(page.receivables(), rows);
        *next.mutable_list_receivables()->mutable_after() = page.next_after();
        return page.has_next_after();
      });
}

core::Result<std::vector<v1::SettlementRun>> runs_of(const AskPage& ask, v1::Envelope request) {
  request.mutable_list_runs();
  return all_pages<v1::SettlementRun>(
      ask, std::move(request), [](const v1::Envelope& answer, auto& rows, v1::Envelope& next) {
        append(answer.runs_page().runs(), rows);
        next.mutable_list_runs()->set_after(answer.runs_page().next_after());
        return answer.runs_page().next_after() != 0;
      });
}

core::Result<std::vector<v1::Payout>> payouts_of(const AskPage& ask, std::uint64_t run,
                                                 v1::Envelope request) {
  request.mutable_list_payouts()->set_run(run);
  return all_pages<v1::Payout>(
      ask, std::move(request), [](const v1::Envelope& answer, auto& rows, v1::Envelope& next) {
        append(answer.payouts_page().payouts(), rows);
        next.mutable_list_payouts()->set_after(answer.payouts_page().next_after());
        return answer.payouts_page().next_after() != 0;
      });
}

core::Result<std::vector<v1::StatusFile>> status_files_of(const AskPage& ask,
                                                          v1::Envelope request) {
  request.mutable_list_status_files();
  return all_pages<v1::StatusFile>(ask, std::move(request),
                                   [](const v1::Envelope& answer, auto& rows, v1::Envelope& next) {
                                     const v1::StatusFilesPage& page = answer.status_files_page();
                                     append(page.files(), rows);
                                     next.mutable_list_status_files()->set_after(page.next_after());
                                     return page.next_after() != 0;
                                   });
}

}  // namespace wasl::cli

#include "cli/settle_status.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "cli/bank_file.hpp"
#include "cli/bank_view.hpp"
#include "cli/fund_listings.hpp"
#include "cli/read_file.hpp"
#include "cli/terminal_print.hpp"
#include "iso20022/bank_file.hpp"

namespace wasl::cli {
namespace {

using core::Errc;

constexpr std::string_view kImport = "settle import-status";
constexpr std::string_view kDrop = "settle drop-status";

// A file as it lies on the disk.
struct GivenFile {
  std::string path;
  core::Sha256 sha256{};
  iso20022::BankFile content;
};

// Of the file's times only its creation could lack a zone, and nothing is decided by that.
iso20022::Expected expected() {
  return {.currency = std::string(kBankCurrency), .utc_offset = std::chrono::minutes{0}};
}

GivenFile read_given(const std::string& path) {
  const std::string bytes = or_exit(read_file(path, iso20022::kFileBytesMax), kImport);
  auto content = iso20022::read_bank_file(bytes, expected());
  if (!content) {
    exit_with(Exit::kFailed, kImport,
              {content.error().code, path + ": " + content.error().context +
                                         "; nothing of any file was sent; ask the bank for a file "
                                         "that docs/bank_files.md admits"});
  }
  return {.path = path, .sha256 = sha256_of(bytes), .content = std::move(*content)};
}

void complain(const Imported& what) {
  if (!what.is_wrong()) return;
  std::cout << std::flush;
  std::cerr << "wasl " << kImport << ": " << what.path << ": " << outcome_of_wrong(what) << ", ";
  if (what.is_declined()) {
    std::cerr << "the switch declined it: " << v1::Reason_Name(what.sent.declined) << '\n';
  } else if (!what.failed.empty()) {
    std::cerr << what.failed << '\n';
  } else {
    std::cerr << what.wrong_count()
              << " wrong; next: show this to the bank and ask for a right file\n";
  }
}

// "; not begun: b.xml, c.xml", of the files behind the first one.
std::string not_begun(std::span<const GivenFile> files) {
  std::string text;
  for (const GivenFile& file : files.subspan(1)) {
    text += (text.empty() ? "; not begun: " : ", ") + file.path;
  }
  return text;
}

// Whether the same command goes on from there: of what was refused it would be refused again.
bool may_go_on(const Ending& ending) {
  if (ending.exit == Exit::kNotReachable || ending.exit == Exit::kInDoubt) return true;
  return ending.answer && ending.answer->refused().code() == v1::Refused::BUSY;
}

// A file that the switch declines does not end the command. Whatever else ends it says which of
// `files`, of which the first is sent, are not done.
StepSender file_sender(ListingSession& session, std::span<const GivenFile> files) {
  const auto submit = [&session, files](v1::Envelope request) -> core::Result<v1::AnswerBody> {
    Terminal& terminal = session.terminal.open();
    const core::Result<Ending> ending = terminal.submit(std::move(request));
    const bool answered = ending && ending->answer && ending->answer->has_answer();
    if (answered) return body_or_exit(*ending, kImport);
    std::cout << std::flush;
    std::cerr << "wasl " << kImport << ": " << files.front().path << ": cut short"
              << not_begun(files)
              << (ending && may_go_on(*ending)
                      ? "; next: the same command, which goes on from there"
                      : "")
              << '\n';
    leave_with(or_exit(ending, kImport), kImport, session.terminal.config);
    return core::fail(Errc::kClosed, "the switch gave no answer");
  };
  return {.me = session.terminal.open().signer("").me, .submit = submit};
}

// That stands in the way of one which was declined; nothing: none does, or it cannot be found out.
std::optional<v1::StatusFile> in_the_way(ListingSession& session, const Imported& what) {
  const auto ask_page = [&session](const v1::Envelope& request) -> core::Result<v1::Envelope> {
    core::Result<Ending> ending = session.terminal.open().ask(request);
    if (!ending) return std::unexpected(ending.error());
    if (ending->exit == Exit::kOk) return std::move(*ending->answer);
    return core::fail(Errc::kClosed, "no page came");
  };
  core::Result<v1::Envelope> first = new_envelope();
  if (!first) return std::nullopt;
  core::Result<std::vector<v1::StatusFile>> files = status_files_of(ask_page, std::move(*first));
  if (!files) return std::nullopt;
  std::optional<v1::StatusFile> found;
  for (v1::StatusFile& file : *files) {
    const bool open =
        file.state() == v1::STATUS_FILE_RECEIVING || file.state() == v1::STATUS_FILE_APPLYING;
    const bool same_name =
        file.message_id() == what.statuses.message_id && file.state() != v1::STATUS_FILE_REFUSED;
    if (what.sent.declined == v1::STATUS_FILE_OPEN ? open : same_name) found = std::move(file);
  }
  return found;
}

void send(ListingSession& session, std::span<const GivenFile> files, Imported& what) {
  const StepSender to = file_sender(session, files);
  core::Result<SentStatusFile> sent = send_status_file(to, what.statuses, files.front().sha256);
  if (!sent) {
    what.failed = sent.error().context;
    return;
  }
  what.sent = std::move(*sent);
  const v1::Reason why = what.sent.declined;
  if (why == v1::STATUS_FILE_OPEN || why == v1::STATUS_FILE_DIFFERS) {
    what.in_the_way = in_the_way(session, what);
  }
}

// What another client began and did not finish would stand in the way of every file.
void finish_open_file(ListingSession& session, const StepSender& to) {
  for (const v1::StatusFile& file : all_status_files(session.terminal, kImport)) {
    if (file.state() != v1::STATUS_FILE_APPLYING) continue;
    std::cerr << "wasl " << kImport << ": file " << file.file() << ", " << file.message_id()
              << ", was cut short: it is carried out first\n";
    const auto finished = finish_status_file(to, file.file());
    if (!finished) exit_with(Exit::kFailed, kImport, finished.error());
  }
}

// All are read before the first is sent. One in which something is wrong, that cannot be sent, or
// that the switch declines, does not keep the others back.
void import_all(ListingSession& session, const std::vector<std::string>& paths) {
  std::vector<GivenFile> files;
  for (const std::string& path : paths) files.push_back(read_given(path));
  const core::FundCode fund = fund_of(session, kImport);
  const std::vector<v1::SettlementRun> runs = all_runs(session.terminal, kImport);
  finish_open_file(session, step_sender(session, kImport));
  if (session.format() == Format::kCsv) std::cout << imported_header();
  bool all_done = true;
  for (std::size_t i = 0; i < files.size(); ++i) {
    Imported what{.path = files[i].path,
                  .statuses = status_entries(files[i].content, fund, runs),
                  .sent = {},
                  .in_the_way = {},
                  .failed = {}};
    const bool is_sent = what.statuses.wrong.empty() && !what.statuses.entries.empty();
    if (is_sent) send(session, std::span(files).subspan(i), what);
    std::cout << imported(what, fund, session.format(), language_of(session));
    complain(what);
    all_done = all_done && !what.is_wrong();
  }
  std::cout << std::flush;
  if (!all_done) leave(Exit::kDeclined);
}

void drop(ListingSession& session, std::uint64_t number) {
  v1::DropStatusFile request;
  request.set_file(number);
  static_cast<void>(done_or_exit(ask_change(session, request, kDrop), session, kDrop));
  const auto dropped = find_status_file(session.terminal, number, kDrop);
  if (!dropped) {
    exit_with(Exit::kFailed, kDrop, {Errc::kNotFound, "it was dropped, and is in no listing"});
  }
  std::cout << status_files({&*dropped, 1}, session.format(), language_of(session));
}

}  // namespace

void add_settle_status(Command parent, const SettleSession& session) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  Command importing = parent.command(
      "import-status", "Carry out what the bank says of payouts: pain.002 and camt.054");
  importing.examples(
      "Examples:\n"
      "  wasl settle import-status answers/*.xml --config fund.toml\n"
      "The same file again changes nothing; one that was cut short goes on. --json: a line for "
      "each "
      "file.\n"
      "Exit code: 0 done, now or before, 1 a file cannot be read, 2 wrong or declined: it was not "
      "carried out to its end, 5 in doubt");
  importing.option("files", *paths, "Files of the bank, in the order in which they came")
      .required();
  importing.runs([session, paths] { import_all(*session, *paths); });

  const auto file = std::make_shared<std::uint64_t>(0);
  Command dropping =
      parent.command("drop-status", "Give up a file of the bank of which only a part was sent");
  dropping.examples("Examples:\n  wasl settle drop-status --file 51234 --config fund.toml");
  dropping.option("--file", *file, "Its number, as status-files tells it").required().positive();
  dropping.runs([session, file] { drop(*session, *file); });

  Command listing = parent.command("status-files", "All files of the bank that were sent");
  listing.examples("Examples:\n  wasl settle status-files --config fund.toml --csv");
  listing.runs([session] {
    std::cout << status_files(all_status_files(session->terminal, "settle status-files"),
                              session->format(), language_of(*session));
  });
}

}  // namespace wasl::cli

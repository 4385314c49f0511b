#include "cli/settle_status.hpp"

#include <iostream>
#include <memory>

#include "cli/bank_view.hpp"
#include "cli/read_file.hpp"
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
  std::cerr << "wasl " << kImport << ": " << what.path << ": nothing of the file was done, "
            << what.wrong_count()
            << " wrong; next: show this to the bank and ask for a right file\n";
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

// All are read before the first is sent; one in which something is wrong does not keep the others
// back, one that the switch declines as a whole does.
void import_all(ListingSession& session, const std::vector<std::string>& paths) {
  std::vector<GivenFile> files;
  for (const std::string& path : paths) files.push_back(read_given(path));
  const core::FundCode fund = fund_of(session, kImport);
  const std::vector<v1::SettlementRun> runs = all_runs(session.terminal, kImport);
  const StepSender to = step_sender(session, kImport);
  finish_open_file(session, to);
  if (session.format() == Format::kCsv) std::cout << imported_header();
  bool all_done = true;
  for (const GivenFile& file : files) {
    Imported what{
        .path = file.path, .statuses = status_entries(file.content, fund, runs), .sent = {}};
    if (what.statuses.wrong.empty() && !what.statuses.entries.empty()) {
      what.sent = or_exit(send_status_file(to, what.statuses, file.sha256), kImport);
    }
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
      "Exit code: 0 done, now or before, 1 a file cannot be read, 2 wrong: nothing of that file "
      "was "
      "done, 5 in doubt");
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

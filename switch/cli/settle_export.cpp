#include "cli/settle_export.hpp"

#include <iostream>
#include <memory>

#include "cli/bank_view.hpp"
#include "cli/fetched_files.hpp"
#include "core/settlement.hpp"
#include "journal/posix_files.hpp"

namespace wasl::cli {
namespace {

using core::Errc;
using core::Result;

constexpr std::string_view kExport = "settle export";
// Small enough that a file which the bank rejects as a whole is quickly put right.
constexpr std::uint16_t kPayoutsPerFile = 500;

// Whether the file is there with these bytes; kExists: with others.
Result<bool> is_there(core::Directory& directory, const core::BankFile& file) {
  const auto there = directory.open(file.name, core::OpenMode::kRead);
  if (!there && there.error().code == Errc::kNotFound) return false;
  if (!there) return std::unexpected(there.error());
  std::string bytes(file.bytes.size() + 1, '\0');
  std::size_t size = 0;
  const std::span<std::uint8_t> to(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
  while (size < bytes.size()) {
    const Result<std::size_t> got = (*there)->read_at(size, to.subspan(size));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    size += *got;
  }
  bytes.resize(size);
  if (bytes == file.bytes) return true;
  return core::fail(Errc::kExists, directory.path() + "/" + file.name +
                                       ": holds other bytes than the run's file; do not send it, "
                                       "find out who made it, and give another directory");
}

// Under another name first: a cut leaves no part of a file that could be sent.
Result<void> write(core::Directory& directory, const core::BankFile& file) {
  const std::string beside = file.name + ".partial";
  Result<void> done = directory.remove(beside);  // Of a process that was killed here.
  if (!done && done.error().code != Errc::kNotFound) return done;
  const auto made = directory.open(beside, core::OpenMode::kCreate);
  if (!made) return std::unexpected(made.error());
  done = (*made)->write_at(0, core::as_bytes(file.bytes));
  if (done) done = (*made)->sync();
  if (done) done = directory.rename(beside, file.name);
  return done;
}

// Of what is done with an exported run.
template <typename T>
T made_or_exit(Result<T> made) {
  if (made) return std::move(*made);
  core::Error error = std::move(made.error());
  if (error.code != Errc::kExists) {
    error.context += "; the run is exported, its files are not all there; next: ";
    error.context += error.code == Errc::kOutOfRange
                         ? "tell whoever runs the switch"
                         : "the same command, which fetches the same files";
  }
  exit_with(Exit::kFailed, kExport, error);
}

void run_export(ListingSession& session, std::uint64_t number, const std::string& to,
                std::uint16_t payouts_per_file) {
  // Before anything is posted: a directory that is not there is put right first.
  const auto directory = or_exit(journal::open_directory(to), kExport);
  const core::FundCode fund = fund_of(session, kExport);
  Exported what;
  what.run = run_or_exit(session, number, kExport);
  what.was_before = what.run.state() == v1::RUN_EXPORTED;
  if (!what.was_before) {
    static_cast<void>(
        or_exit(export_run(step_sender(session, kExport), number, payouts_per_file), kExport));
    what.run = run_or_exit(session, number, kExport);
  }
  what.files = made_or_exit(fetch_bank_files(asking(session.terminal, kExport), fund, what.run,
                                             or_exit(new_envelope(), kExport)));
  what.written = made_or_exit(write_files(*directory, what.files));
  std::cout << exported(what, session.format());
}

}  // namespace

Result<std::vector<bool>> write_files(core::Directory& directory,
                                      std::span<const core::BankFile> files) {
  std::vector<bool> written;
  for (const core::BankFile& file : files) {
    const Result<bool> there = is_there(directory, file);
    if (!there) return std::unexpected(there.error());
    written.push_back(!*there);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Result<void> done = written[i] ? write(directory, files[i]) : Result<void>{};
    if (!done) return std::unexpected(done.error());
  }
  const Result<void> synced = directory.sync();
  if (!synced) return std::unexpected(synced.error());
  return written;
}

void add_settle_export(Command parent, const SettleSession& session) {
  struct Arguments {
    std::uint64_t run = 0;
    std::string directory;
    std::uint16_t payouts_per_file = kPayoutsPerFile;
  };
  const auto arguments = std::make_shared<Arguments>();
  Command command = parent.command(
      "export", "Export an approved run and fetch its bank files: docs/bank_files.md");
  command.examples(
      "Examples:\n"
      "  wasl settle export --run 48213 --out outgoing --config fund.toml\n"
      "Again, and by whomever, it fetches the same files.\n"
      "Exit code: 0 exported, 1 a file could not be fetched or written, 2 declined, 5 in doubt");
  add_run_number(command, arguments->run);
  command.option("--out", arguments->directory, "Directory for the files; it must be there")
      .required();
  command
      .option("--per-file", arguments->payouts_per_file,
              "Payouts in a file at most; what the first export said holds for the run")
      .between(std::uint16_t{1}, core::kPayoutsPerFileMax)
      .shows_default();
  command.runs([session, arguments] {
    run_export(*session, arguments->run, arguments->directory, arguments->payouts_per_file);
  });
}

}  // namespace wasl::cli

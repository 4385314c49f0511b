#include "cli/verify_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "cli/exit.hpp"
#include "cli/read_file.hpp"
#include "cli/receipt_proof.hpp"
#include "cli/record_text.hpp"
#include "cli/scratch_directory.hpp"
#include "cli/stopped_switch.hpp"
#include "core/hex.hpp"
#include "journal/head.hpp"
#include "store/verify.hpp"

namespace wasl::cli {
namespace {

// A frame is at most 64 KiB; in JSON its bytes are base64 and its body stands there twice.
constexpr std::size_t kAnswerFileBytesMax = 1024 * 1024;

struct VerifyArguments {
  SwitchArgument which;
  std::string receipt_file;  // Empty: the whole switch.
  bool json = false;
};

core::Result<store::Verified> verify(const store::StorePlaces& places) {
  const auto scratch = ScratchDirectory::make(scratch_bytes_for(places.rocks.path));
  if (!scratch) return std::unexpected(scratch.error());
  return store::verify_store({.journal = places.journal.journal,
                              .head = places.journal.head,
                              .mirror = places.journal.mirror,
                              .rocks = places.rocks,
                              .scratch = scratch->path(),
                              .run_import = places.run_import});
}

boost::json::array json_of(const store::Differences& differences) {
  boost::json::array array;
  for (const store::Difference& each : differences.named()) {
    array.push_back({{"where", each.where}, {"what", each.what}});
  }
  return array;
}

void print_json(const store::Verified& verified) {
  std::cout << boost::json::serialize(
                   boost::json::object{{"ok", verified.differences.total() == 0},
                                       {"records", verified.records},
                                       {"groups", verified.groups},
                                       {"claims", verified.claims},
                                       {"business_days", verified.business_days},
                                       {"rows_compared", verified.rows_compared},
                                       {"sequence", verified.last.sequence},
                                       {"torn_tail", verified.torn_tail},
                                       {"differences", json_of(verified.differences)},
                                       {"differences_total", verified.differences.total()}})
            << '\n';
}

// The differences one by one, or that there are none.
void print(const store::Differences& differences) {
  for (const store::Difference& each : differences.named()) {
    std::cout << fmt::format("DIFFERS  {}: {}\n", each.where, each.what);
  }
  const std::uint64_t unnamed = differences.total() - differences.named().size();
  if (unnamed > 0) std::cout << fmt::format("DIFFERS  and {} more\n", unnamed);
  if (differences.total() == 0) std::cout << "OK\n";
}

void print(const store::Verified& verified) {
  std::cout << fmt::format(
      "journal  {} records in {} groups, each hash and checksum, from the first to record {}\n"
      "claims   {} decided: counters, request ids, sums, postings, histories\n",
      verified.records, verified.groups, verified.last.sequence, verified.claims);
  if (verified.compared) {
    std::cout << fmt::format(
        "store    each checksum; {} rows compared with a replay up to record {}\n",
        verified.rows_compared, verified.applied.sequence);
  } else {
    std::cout << "store    no row could be compared\n";
  }
  if (verified.torn_tail) {
    std::cout
        << "tail     a group that a power cut left half written; nobody was answered from it\n";
  }
  print(verified.differences);
}

[[noreturn]] void leave_differing() { leave(Exit::kDiffers); }

void verify_switch(const StoppedSwitch& stopped, bool json) {
  const store::Verified verified = or_exit(verify(stopped.places.store()), "verify");
  if (json) {
    print_json(verified);
  } else {
    print(verified);
  }
  if (verified.differences.total() != 0) leave_differing();
}

void print_json(const ReceiptProof& proof) {
  boost::json::array records;
  for (const ProvenRecord& each : proof.proven) {
    records.push_back({{"sequence", each.sequence},
                       {"record_hash", core::to_hex(each.hash)},
                       {"record", each.text}});
  }
  std::cout << boost::json::serialize(
                   boost::json::object{{"ok", proof.differences.total() == 0},
                                       {"records", std::move(records)},
                                       {"differences", json_of(proof.differences)},
                                       {"differences_total", proof.differences.total()}})
            << '\n';
}

void print(const ReceiptProof& proof) {
  for (const ProvenRecord& each : proof.proven) {
    std::cout << fmt::format("record {}  {}\n  hash {}\n", each.sequence, each.text,
                             core::to_hex(each.hash));
  }
  print(proof.differences);
}

void verify_receipt(const StoppedSwitch& stopped, const VerifyArguments& arguments) {
  const std::string file =
      or_exit(read_file(arguments.receipt_file, kAnswerFileBytesMax), "verify");
  const std::vector<GivenReceipt> receipts = or_exit(read_receipts(file), "verify");
  const store::StorePlaces places = stopped.places.store();
  const journal::HeadState head = or_exit(journal::read_head(places.journal.head), "verify");
  const ReceiptProof proof =
      or_exit(prove_receipts(places.journal.journal, head.anchor.data_id, receipts), "verify");
  if (arguments.json) {
    print_json(proof);
  } else {
    print(proof);
  }
  if (proof.differences.total() != 0) leave_differing();
}

void run(const VerifyArguments& arguments) {
  const StoppedSwitch stopped = or_exit(StoppedSwitch::open(arguments.which), "verify");
  if (arguments.receipt_file.empty()) {
    verify_switch(stopped, arguments.json);
  } else {
    verify_receipt(stopped, arguments);
  }
}

}  // namespace

void add_verify_command(Command parent) {
  const auto arguments = std::make_shared<VerifyArguments>();
  Command command = parent.command(
      "verify", "Check a stopped switch: chain, checksums, every row against a replay, claims");
  command.examples(
      "Examples:\n"
      "  wasl verify /var/lib/wasl                          exit 0: whole; 6: differs, and where\n"
      "  wasl verify --config /etc/wasl/wasl.toml --json    one object on stdout\n"
      "  wasl verify /var/lib/wasl --receipt answer.json    this answer was given, as it stands\n"
      "Reads only, also right after a kill. The replay goes to a directory under TMPDIR, which\n"
      "needs as much space as the store.");
  add_switch_argument(command, arguments->which);
  command.option("--receipt", arguments->receipt_file,
                 "An answer: JSON of `wasl terminal --json`, or an .answer file of its outbox");
  command.flag("--json", arguments->json, "One JSON object on stdout");
  command.runs([arguments] { run(*arguments); });
}

}  // namespace wasl::cli

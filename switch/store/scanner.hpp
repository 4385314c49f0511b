#pragma once
// Pages of rows under a prefix, business days and parts of bank files, one after the other on a
// thread of its own. Each is read on a snapshot that holds at least the record it asks for: it
// waits for the applier to get there.

#include <optional>
#include <thread>

#include "core/durable.hpp"
#include "store/applier.hpp"
#include "store/failure.hpp"
#include "store/file_scan.hpp"
#include "store/mailbox.hpp"
#include "store/rocks.hpp"

namespace wasl::store {

class Scanner {
 public:
  // All outlive the scanner.
  struct Links {
    const Rocks& rocks;
    core::Completions& completions;
    Failure& failure;
    Applier& applier;
    const core::BankFileMaker* bank_files;  // nullptr: none is asked for.
  };
  explicit Scanner(const Links& links);
  // Drops what has not been read. The applier must have stopped, or the scan waited for may not
  // come.
  ~Scanner();

  void scan(core::Scan scan) { inbox_.put(std::move(scan)); }
  void stop();

 private:
  void run();
  [[nodiscard]] core::Result<core::Scanned> read(const core::Scan& scan);

  Links links_;
  std::optional<FileScan> files_;  // Of the thread.
  Mailbox<core::Scan> inbox_;
  std::thread thread_;
};

// One page, without waiting. Also used at start and by tools.
[[nodiscard]] core::Result<core::Scanned> read_page(const Rocks& rocks, const core::Scan& scan);

}  // namespace wasl::store

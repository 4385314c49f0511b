#pragma once
// core::Durable over the journal and RocksDB, with threads of its own: one commits, one applies,
// some read, one scans, one makes its rounds. The journal is the truth; RocksDB follows it.
// After the first failure the engine is told, then the process leaves. load(), commit() and scan()
// from one thread at a time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/durable.hpp"
#include "core/files.hpp"
#include "core/observer.hpp"
#include "journal/journal.hpp"
#include "store/applier.hpp"
#include "store/failure.hpp"
#include "store/rounds.hpp"

namespace wasl::store {

class Rocks;

struct DurableOptions {
  // For claims; one more serves reversals and status queries. Two keep a disk busy while one waits.
  std::size_t claim_readers = 2;
  FlushBounds flush;
  // Told of syncs and applies; outlives the store. nullptr: nobody is.
  core::Observer* observer = nullptr;
  // Called with the reason behind Completions::failed(), before the process leaves.
  std::function<void(const core::Error&)> on_failure;
  RoundsOptions rounds;
  // Makes what a scan with a part asks for; outlives the store. nullptr: none may be asked for.
  const core::BankFileMaker* bank_files = nullptr;
  // Called last. Only tests give one that returns.
  std::function<void()> leave = leave_process;
};

// What bring_up() made, at one and the same point of the chain.
struct StoreParts {
  journal::Journal journal;
  std::unique_ptr<Rocks> rocks;
  std::shared_ptr<Failure> failure;      // The one that `rocks` reports to.
  std::vector<core::Directory*> places;  // Whose free space counts; they outlive the store.
  std::uint64_t disk_reserve_bytes = 0;
};

class DurableStore final : public core::Durable {
 public:
  // `completions` outlives the store and may be called at once.
  DurableStore(StoreParts parts, core::Completions& completions, const DurableOptions& options);
  // Stops without a flush: the journal has everything.
  ~DurableStore() override;

  void load(std::vector<core::Wanted> rows, core::Lane lane) override;
  void commit(core::Group group) override;
  void scan(core::Scan scan) override;
  [[nodiscard]] core::Lag lag() const override;
  [[nodiscard]] std::uint64_t group_bytes_max() const override;
  [[nodiscard]] std::uint64_t free_bytes() const override;
  // How long the group in flight has been at the journal; zero for none. Any thread.
  [[nodiscard]] std::chrono::nanoseconds commit_age() const;

  // The orderly end: everything given is durable, applied and flushed. Nothing may be asked after.
  [[nodiscard]] core::Result<void> close();

  [[nodiscard]] core::Sequence applied() const;

 private:
  struct Threads;

  void stop(bool drain);

  std::shared_ptr<Failure> failure_;
  std::unique_ptr<Rocks> rocks_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace wasl::store

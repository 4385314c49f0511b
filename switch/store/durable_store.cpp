#include "store/durable_store.hpp"

#include <utility>

#include "core/assert.hpp"
#include "store/committer.hpp"
#include "store/readers.hpp"
#include "store/rocks.hpp"
#include "store/rounds.hpp"
#include "store/scanner.hpp"

namespace wasl::store {

static_assert(core::kRecordBytesBeside == journal::kRecordHeaderBytes);

// In the order in which they are started.
struct DurableStore::Threads {
  Threads(Rocks& rocks, core::Completions& completions, Failure& failure, StoreParts& parts,
          const DurableOptions& options)
      : observer(options.observer != nullptr ? *options.observer : nobody),
        applier({rocks, completions, failure, observer}, options.flush),
        readers({rocks, completions, failure, applier}, options.claim_readers),
        scanner({rocks, completions, failure, applier, options.bank_files}),
        committer(std::move(parts.journal), {completions, failure, applier, observer, rocks,
                                             std::move(parts.places), parts.disk_reserve_bytes}),
        rounds(rocks, options.rounds) {}

  core::Observer nobody;
  core::Observer& observer;
  Applier applier;
  Readers readers;
  Scanner scanner;
  Committer committer;
  Rounds rounds;
};

DurableStore::DurableStore(StoreParts parts, core::Completions& completions,
                           const DurableOptions& options)
    : failure_(std::move(parts.failure)), rocks_(std::move(parts.rocks)) {
  WASL_ASSERT(rocks_->applied() == parts.journal.last());
  // The engine first: nothing more is answered while somebody is told.
  failure_->listen(
      [&completions, told = options.on_failure, leave = options.leave](const core::Error& error) {
        completions.failed(error);
        if (told) told(error);
        leave();
      });
  const core::Sequence last = parts.journal.last().sequence;
  threads_ = std::make_unique<Threads>(*rocks_, completions, *failure_, parts, options);
  threads_->observer.journal_synced(0, last);
  threads_->observer.journal_head(last);
  threads_->observer.store_applied(last);
}

DurableStore::~DurableStore() { stop(false); }

void DurableStore::load(std::vector<core::Wanted> rows, core::Lane lane) {
  threads_->readers.load(std::move(rows), lane);
}

void DurableStore::commit(core::Group group) { threads_->committer.commit(std::move(group)); }

void DurableStore::scan(core::Scan scan) { threads_->scanner.scan(std::move(scan)); }

core::Lag DurableStore::lag() const { return threads_->applier.lag(); }

std::uint64_t DurableStore::group_bytes_max() const {
  return threads_->committer.group_bytes_max();
}

std::uint64_t DurableStore::free_bytes() const { return threads_->committer.free_bytes(); }

std::chrono::nanoseconds DurableStore::commit_age() const {
  return threads_->committer.commit_age();
}

core::Sequence DurableStore::applied() const { return threads_->applier.applied(); }

core::Result<void> DurableStore::close() {
  stop(true);
  if (failure_->happened()) return std::unexpected(*failure_->error());
  return rocks_->flush(true);
}

// The committer gives to the applier, the scanner waits for it: in this order none waits for ever.
// The rounds wait for none.
void DurableStore::stop(bool drain) {
  threads_->rounds.stop();
  threads_->committer.stop();
  threads_->applier.stop(drain);
  threads_->scanner.stop();
  threads_->readers.stop();
}

}  // namespace wasl::store

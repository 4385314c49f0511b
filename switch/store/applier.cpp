#include "store/applier.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/assert.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {

namespace {

void add_change(const core::RowChange& change, const std::vector<core::Sha256>& receipts,
                RocksBatch& batch) {
  const std::string_view key = change.key.view();
  if (change.bytes.empty() || !keeps_receipt(key)) {
    batch.change(key, change.bytes);
    return;
  }
  WASL_ASSERT((change.receipt_of >= 0) != change.receipt.has_value());
  const core::Sha256& receipt = change.receipt.has_value()
                                    ? *change.receipt
                                    : receipts.at(static_cast<std::size_t>(change.receipt_of));
  batch.change(key, core::as_text(receipt), change.bytes);
}

std::size_t bytes_of(const DurableGroup& group) {
  std::size_t bytes = 0;
  for (const core::RowChange& change : group.changes) bytes += change.bytes.size();
  return bytes;
}

// Sorted, because RocksDB inserts sorted keys faster; of each row the last version only, also where
// one group changes it twice.
void fill_batch(const std::vector<DurableGroup>& groups, RocksBatch& batch) {
  struct Version {
    std::string_view key;
    std::size_t order;
    std::size_t group;
    const core::RowChange* change;
  };
  std::vector<Version> versions;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const auto& change : groups[i].changes)
      versions.push_back({change.key.view(), versions.size(), i, &change});
  }
  std::ranges::sort(versions, [](const Version& a, const Version& b) {
    return a.key != b.key ? a.key < b.key : a.order > b.order;
  });
  std::string_view written;
  for (const Version& version : versions) {
    if (version.key == written) continue;
    written = version.key;
    add_change(*version.change, groups[version.group].receipts, batch);
  }
}

}  // namespace

Applier::Applier(const Links& links, const FlushBounds& bounds)
    : links_(links),
      bounds_(bounds),
      given_(links.rocks.applied().sequence),
      applied_(links.rocks.applied().sequence),
      thread_([this] { run(); }) {}

Applier::~Applier() { stop(false); }

void Applier::apply(DurableGroup group) {
  WASL_ASSERT(group.anchor.sequence > given_.load(std::memory_order_relaxed));
  given_.store(group.anchor.sequence, std::memory_order_release);
  lag_bytes_.fetch_add(group.stored_bytes, std::memory_order_relaxed);
  inbox_.put(std::move(group));
}

core::Lag Applier::lag() const {
  const core::Sequence applied = applied_.load(std::memory_order_acquire);
  const core::Sequence given = given_.load(std::memory_order_acquire);
  return core::Lag{given - applied, lag_bytes_.load(std::memory_order_relaxed)};
}

bool Applier::wait_until_applied(core::Sequence sequence) {
  core::MutexLock lock(mutex_);
  ++waiting_;
  hurried_.notify_one();
  while (applied() < sequence && !stopped_) lock.wait(advanced_);
  --waiting_;
  return applied() >= sequence;
}

void Applier::stop(bool drain) {
  {
    const core::MutexLock lock(mutex_);
    stopping_ = true;
  }
  hurried_.notify_one();
  if (drain) {
    inbox_.close();
  } else {
    inbox_.abandon();
  }
  if (thread_.joinable()) thread_.join();
  {
    const core::MutexLock lock(mutex_);
    stopped_ = true;
  }
  advanced_.notify_all();
}

void Applier::run() {
  Rocks::count_nothing_on_this_thread();
  while (inbox_.wait()) {
    gather();
    std::deque<DurableGroup> groups = inbox_.take_all();
    while (!groups.empty()) {
      if (links_.failure.happened()) return;
      apply_some(groups);
    }
  }
}

void Applier::gather() {
  const auto due = batch_began_ + kBatchPace;
  core::MutexLock lock(mutex_);
  while (waiting_ == 0 && !stopping_ && lock.wait_until(hurried_, due)) {
  }
}

void Applier::apply_some(std::deque<DurableGroup>& groups) {
  std::vector<DurableGroup> taken;
  std::size_t bytes = 0;
  do {
    bytes += bytes_of(groups.front());
    taken.push_back(std::move(groups.front()));
    groups.pop_front();
  } while (!groups.empty() && bytes < kBatchBytesMax);

  batch_began_ = std::chrono::steady_clock::now();
  batch_.clear();
  fill_batch(taken, batch_);
  if (auto written = links_.rocks.write(batch_, taken.back().anchor); !written) {
    links_.failure.report(written.error());
    return;
  }
  finish(taken);
  links_.observer.stage(core::Stage::kApply, std::chrono::steady_clock::now() - batch_began_);
  links_.observer.store_applied(applied());
  flush_if_due();
}

void Applier::finish(const std::vector<DurableGroup>& groups) {
  const core::Sequence up_to = groups.back().anchor.sequence;
  std::uint64_t bytes = 0;
  for (const auto& group : groups) bytes += group.stored_bytes;
  unflushed_records_ += up_to - applied_.load(std::memory_order_relaxed);
  unflushed_bytes_ += bytes;
  lag_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  {
    const core::MutexLock lock(mutex_);
    applied_.store(up_to, std::memory_order_release);
  }
  advanced_.notify_all();
  links_.completions.applied(up_to);
}

void Applier::flush_if_due() {
  if (unflushed_records_ < bounds_.records && unflushed_bytes_ < bounds_.journal_bytes) return;
  if (auto started = links_.rocks.flush(false); !started) {
    links_.failure.report(started.error());
    return;
  }
  unflushed_records_ = 0;
  unflushed_bytes_ = 0;
}

}  // namespace wasl::store

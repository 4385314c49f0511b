// What one claim costs in the store: four rows loaded, four written. Rows have the sizes of a
// claim's (account 700 bytes, history 1,500, request row 300, index row 50), cards are drawn
// uniformly.
//   WASL_STORE_ACCOUNTS  accounts in the store, default 200,000 (each four rows)

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "store/rocks.hpp"

namespace wasl::store {
namespace {

std::uint64_t accounts() {
  const char* given = std::getenv("WASL_STORE_ACCOUNTS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 200'000;
}

std::string key(char tag, std::uint64_t number) {
  std::string bytes(1, tag);
  core::Writer(bytes).integer(number * 0x9E37'79B9'7F4A'7C15ULL);
  return bytes;
}

// Does not compress, as digests and codes do not.
std::string value(std::uint64_t number, std::size_t size) {
  std::mt19937_64 random(number);
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = "0123456789ABCDEF"[random() % 16];
  return bytes;
}

class Filled {
 public:
  Filled() {
    path_ = std::filesystem::temp_directory_path() / "wasl_store_benchmark";
    std::filesystem::remove_all(path_);
    rocks_ = std::move(*Rocks::create({.path = path_.string()}, {}));
    RocksBatch batch;
    for (std::uint64_t i = 0; i < accounts(); ++i) {
      batch.change(key('A', i), value(i, 700));
      batch.change(key('C', i), value(i, 18));
      batch.change(key('H', i), value(i, 1500));
      if (batch.bytes() > 4'000'000) write(batch);
    }
    write(batch);
    (void)rocks_->flush(true);
    (void)rocks_->db().CompactRange({}, nullptr, nullptr);
  }
  ~Filled() {
    rocks_.reset();
    std::filesystem::remove_all(path_);
  }
  Filled(const Filled&) = delete;
  Filled& operator=(const Filled&) = delete;

  Rocks& rocks() { return *rocks_; }
  void write(RocksBatch& batch) {
    if (!rocks_->write(batch, rocks_->applied())) std::abort();
    batch.clear();
  }

 private:
  std::filesystem::path path_;
  std::unique_ptr<Rocks> rocks_;
};

Filled& filled() {
  static Filled store;
  return store;
}

// Items are claims; the argument is how many are read together.
void load_claims(benchmark::State& state) {
  const auto together = static_cast<std::size_t>(state.range(0));
  Filled& store = filled();
  std::mt19937_64 random(1);
  std::uint64_t claims = 0;
  for (auto _ : state) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < together; ++i) {
      const std::uint64_t card = random() % accounts();
      keys.push_back(key('R', random()));  // Absent: a fresh request id.
      keys.push_back(key('C', card));
      keys.push_back(key('A', card));
      keys.push_back(key('H', card));
    }
    const std::vector<std::string_view> names(keys.begin(), keys.end());
    std::size_t bytes = 0;
    const auto got = store.rocks().get(names, [&](std::size_t, auto found) {
      if (found) bytes += found->size();
    });
    if (!got) state.SkipWithError("read failed");
    benchmark::DoNotOptimize(bytes);
    claims += together;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(claims));
}
BENCHMARK(load_claims)->Arg(1)->Arg(8)->Arg(32)->MeasureProcessCPUTime();

// Items are claims, the argument is how many one group holds. Process time holds flush and
// compaction.
void apply_claims(benchmark::State& state) {
  const auto together = static_cast<std::uint64_t>(state.range(0));
  Filled& store = filled();
  std::mt19937_64 random(2);
  const std::string account = value(1, 700);
  const std::string history = value(2, 1500);
  const std::string request = value(3, 300);
  const std::string index = value(4, 50);
  RocksBatch batch;
  std::vector<std::pair<std::string, const std::string*>> changes;
  std::uint64_t claims = 0;
  for (auto _ : state) {
    changes.clear();
    for (std::uint64_t i = 0; i < together; ++i) {
      const std::uint64_t card = random() % accounts();
      changes.emplace_back(key('R', random()), &request);
      changes.emplace_back(key('I', ++claims), &index);
      changes.emplace_back(key('A', card), &account);
      changes.emplace_back(key('H', card), &history);
    }
    std::ranges::sort(changes);  // As the applier does.
    for (const auto& [name, row] : changes) batch.change(name, *row);
    store.write(batch);
    if (claims % 50'000 < together) (void)store.rocks().flush(false);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(claims));
}
BENCHMARK(apply_claims)->Arg(1)->Arg(32)->Arg(256)->Arg(1024)->MeasureProcessCPUTime()->MinTime(10);

}  // namespace
}  // namespace wasl::store

BENCHMARK_MAIN();

#include "store/readers.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/assert.hpp"
#include "store/stored_row.hpp"

namespace wasl::store {

Readers::Readers(const Links& links, std::size_t claim_readers) : links_(links) {
  WASL_ASSERT(claim_readers > 0);
  for (std::size_t i = 0; i < claim_readers; ++i) {
    threads_.emplace_back([this] { run(claims_); });
  }
  threads_.emplace_back([this] { run(reserved_); });
}

Readers::~Readers() { stop(); }

void Readers::load(Load rows, core::Lane lane) {
  Mailbox<Load>& inbox = lane == core::Lane::kReserved ? reserved_ : claims_;
  if (rows.size() <= kKeysPerLoad) {
    if (!rows.empty()) inbox.put(std::move(rows));
    return;
  }
  for (std::size_t first = 0; first < rows.size(); first += kKeysPerLoad) {
    const std::size_t last = std::min(first + kKeysPerLoad, rows.size());
    inbox.put(Load(rows.begin() + static_cast<std::ptrdiff_t>(first),
                   rows.begin() + static_cast<std::ptrdiff_t>(last)));
  }
}

void Readers::stop() {
  claims_.abandon();
  reserved_.abandon();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::run(Mailbox<Load>& lane) {
  Rocks::count_nothing_on_this_thread();
  while (std::optional<Load> load = lane.take()) {
    if (links_.failure.happened()) return;
    auto rows = read(*load);
    if (!rows) {
      links_.failure.report(rows.error());
      return;
    }
    links_.completions.loaded(std::move(*rows));
  }
}

// What stands behind the rows asked for, then those: the engine has it when it looks at these.
core::Result<std::vector<core::LoadedRow>> Readers::read(const Load& load) const {
  // Before anything is read, which therefore holds at least the changes up to here.
  const core::Sequence as_of = links_.applier.applied();
  std::vector<core::LoadedRow> asked(load.size());
  for (std::size_t i = 0; i < load.size(); ++i) asked[i].key = load[i].key;
  if (auto done = read(asked); !done) return std::unexpected(done.error());

  std::vector<core::LoadedRow> rows;
  for (std::size_t i = 0; i < load.size(); ++i) {
    const auto behind = core::needed_behind(load[i], asked[i].row);
    if (!behind) continue;
    for (const core::RowKey& key : *behind) rows.push_back({.key = key, .row = {}, .as_of = as_of});
  }
  if (auto done = read(rows); !done) return std::unexpected(done.error());
  std::ranges::move(asked, std::back_inserter(rows));
  return rows;
}

core::Result<void> Readers::read(std::span<core::LoadedRow> rows) const {
  if (rows.empty()) return {};
  std::vector<std::string_view> names;
  names.reserve(rows.size());
  for (const core::LoadedRow& row : rows) names.push_back(row.key.view());

  bool damaged = false;
  const auto take = [&](std::size_t i, std::optional<std::string_view> value) {
    if (!value.has_value()) return;
    std::optional<core::Row> row = decode_stored(rows[i].key, *value);
    if (row.has_value()) {
      rows[i].row = std::move(*row);
    } else {
      damaged = true;
    }
  };
  if (auto got = links_.rocks.get(names, take); !got) return std::unexpected(got.error());
  if (damaged) return core::fail(core::Errc::kCorrupt, "store: a row does not follow its format");
  return {};
}

}  // namespace wasl::store

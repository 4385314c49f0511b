#include "store/readers.hpp"

#include <algorithm>
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

void Readers::load(Keys keys, core::Lane lane) {
  Mailbox<Keys>& inbox = lane == core::Lane::kReserved ? reserved_ : claims_;
  if (keys.size() <= kKeysPerLoad) {
    if (!keys.empty()) inbox.put(std::move(keys));
    return;
  }
  for (std::size_t first = 0; first < keys.size(); first += kKeysPerLoad) {
    const std::size_t last = std::min(first + kKeysPerLoad, keys.size());
    inbox.put(Keys(keys.begin() + static_cast<std::ptrdiff_t>(first),
                   keys.begin() + static_cast<std::ptrdiff_t>(last)));
  }
}

void Readers::stop() {
  claims_.abandon();
  reserved_.abandon();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::run(Mailbox<Keys>& lane) {
  Rocks::count_nothing_on_this_thread();
  while (std::optional<Keys> keys = lane.take()) {
    if (links_.failure.happened()) return;
    auto rows = read(*keys);
    if (!rows) {
      links_.failure.report(rows.error());
      return;
    }
    links_.completions.loaded(std::move(*rows));
  }
}

core::Result<std::vector<core::LoadedRow>> Readers::read(const Keys& keys) const {
  std::vector<std::string_view> names;
  names.reserve(keys.size());
  for (const core::RowKey& key : keys) names.push_back(key.view());

  std::vector<core::LoadedRow> rows(keys.size());
  bool damaged = false;
  const auto take = [&](std::size_t i, std::optional<std::string_view> value) {
    rows[i].key = keys[i];
    if (!value.has_value()) return;
    std::optional<core::Row> row = decode_stored(keys[i], *value);
    if (row.has_value()) {
      rows[i].row = std::move(*row);
    } else {
      damaged = true;
    }
  };
  if (auto got = links_.rocks.get(names, take); !got) return std::unexpected(got.error());
  if (damaged) return core::fail(core::Errc::kCorrupt, "store: a row does not follow its format");
  return rows;
}

}  // namespace wasl::store

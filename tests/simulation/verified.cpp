#include "simulation/verified.hpp"

#include <memory>

#include "core/assert.hpp"
#include "core/codec.hpp"
#include "journal/reader.hpp"
#include "store/day_closings.hpp"
#include "store/verify_claims.hpp"
#include "store/verify_day_closings.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::test {
namespace {

// The balances follow the postings by themselves.
std::unique_ptr<store::Rocks> stored(const OrderedRows& rows, const std::string& path) {
  auto rocks = store::Rocks::create({.path = path}, journal::genesis(rows.anchor.data_id));
  WASL_ASSERT(rocks.has_value());
  store::RocksBatch batch;
  for (const auto& [key, value] : rows.rows) {
    if (key.front() != static_cast<char>(core::KeyTag::kBalance)) batch.change(key, value);
  }
  const auto written = (*rocks)->write(batch, rows.anchor);
  WASL_ASSERT(written.has_value());
  return std::move(*rocks);
}

void follow(core::Directory& journal, const journal::DataId& data_id, store::ClaimCheck& check) {
  auto reader = journal::Reader::open(journal, journal::genesis(data_id));
  WASL_ASSERT(reader.has_value());
  for (;;) {
    const auto group = reader->next();
    WASL_ASSERT(group.has_value());
    if (!group->has_value()) return;
    const core::Instant now{std::chrono::milliseconds((*group)->now_ms)};
    for (const journal::Record& each : (*group)->records) {
      const auto record = core::decode_record(each.payload);
      WASL_ASSERT(record.has_value());
      const auto taken = check.take(*record, {each.sequence, now});
      WASL_ASSERT(taken.has_value());
    }
  }
}

}  // namespace

std::vector<std::string> differences_in(core::Directory& journal, const OrderedRows& rows) {
  const TemporaryDirectory directory;
  store::Differences differences;
  auto check = store::ClaimCheck::make(directory.path() + "/scratch", differences);
  WASL_ASSERT(check.has_value());
  follow(journal, rows.anchor.data_id, *check);
  const auto stored_rows = stored(rows, directory.path() + "/rows");
  WASL_ASSERT(store::DayClosings().keep(*stored_rows, false).has_value());
  store::check_day_closings(*stored_rows, differences);
  const auto compared = check->compare_rows(*stored_rows);
  WASL_ASSERT(compared.has_value());
  std::vector<std::string> all;
  for (const store::Difference& each : differences.named()) {
    all.push_back(each.where + ": " + each.what);
  }
  return all;
}

}  // namespace wasl::test

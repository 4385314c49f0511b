#pragma once
// Business days of a fund with one pharmacy and one centre, stored and read as a reconciliation
// reads them. One thread.

#include <memory>
#include <string>
#include <vector>

#include "core/codec.hpp"
#include "core/reconciliation.hpp"
#include "core/settling.hpp"
#include "store/day_scan.hpp"
#include "store/store_world.hpp"
#include "store/world_rows.hpp"

namespace wasl::test {

class ScannedDays : public Settling {
 protected:
  void begin(std::string_view date) {
    world.set_today(date);
    core::Command command;
    command.request = core::AdvanceBusinessDay{fund(), day(date)};
    EXPECT_EQ(std::get<core::PlainDecision>(world.run(command)).reason, core::Reason::kNone);
  }
  static core::Participant centre() {
    return {core::Role::kCentre, code<core::ParticipantId>(kCentre)};
  }
  // Of all participants, unless one is named.
  static core::Scan scan_of(std::string_view date) {
    core::Scan scan;
    scan.id = 5;
    scan.prefix = core::posting_prefix(fund());
    scan.rows_max = 10;
    scan.day = core::ScannedDay{.fund = fund(), .date = day(date)};
    return scan;
  }
  // The rows as they are now.
  std::unique_ptr<store::Rocks> stored() {
    auto rocks = store::Rocks::create(
        {.path = places_.path() + "/rows-" + std::to_string(++stores_)}, journal::genesis({}));
    EXPECT_TRUE(rocks);
    store::RocksBatch batch = all_rows(world);
    EXPECT_TRUE((*rocks)->write(batch, (*rocks)->applied()));
    return std::move(*rocks);
  }
  static core::Scanned read(const store::Rocks& rocks, const core::Scan& scan) {
    auto page = store::read_day(rocks, scan);
    EXPECT_TRUE(page);
    EXPECT_EQ(page->id, scan.id);
    return std::move(*page);
  }
  core::Scanned read(const core::Scan& scan) { return read(*stored(), scan); }
  static std::vector<core::Participant> participants(const core::Scanned& page) {
    std::vector<core::Participant> all;
    for (const auto& [key, bytes] : page.rows) {
      if (const auto participant = core::accounted(key)) all.push_back(*participant);
    }
    return all;
  }
  static core::DayRange range(const core::Scanned& page, std::string_view date) {
    EXPECT_EQ(page.rows.at(0).first, core::business_day_index_key(fund(), day(date)));
    return core::decode_day_range(core::as_bytes(page.rows.at(0).second)).value();
  }
  static core::DayAccount account(const core::Scanned& page, const core::Participant& of) {
    for (const auto& [key, bytes] : page.rows) {
      if (core::accounted(key) != of) continue;
      const core::DayAccount account = core::decode_day_account(core::as_bytes(bytes)).value();
      EXPECT_TRUE(core::in_balance(account));
      return account;
    }
    ADD_FAILURE() << "no account of " << of.id.view();
    return {};
  }

 private:
  StoreWorld places_;
  int stores_ = 0;
};

}  // namespace wasl::test

#pragma once
// A journal on a simulated disk with small segments, so that a test crosses them quickly.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "journal/journal.hpp"
#include "journal/reader.hpp"
#include "support/simulated_disk.hpp"

namespace wasl::test {

inline constexpr std::uint64_t kSmallSegment = 16 * 1024;

class JournalSetup {
 public:
  explicit JournalSetup(bool mirrored = false, std::uint64_t seed = 1)
      : disk(seed), mirrored_(mirrored) {}

  SimulatedDisk disk;
  journal::Options options{.segment_bytes = kSmallSegment};
  std::optional<journal::Journal> journal;
  journal::RecoveryReport report;

  static journal::DataId data_id(std::uint8_t first = 1) {
    journal::DataId id{};
    id[0] = first;
    return id;
  }

  // Handles are made anew: those from before a power cut are dead.
  journal::Places places() {
    journal_directory_ = disk.directory("journal");
    head_directory_ = disk.directory("head");
    mirror_directory_ = mirrored_ ? disk.directory("mirror") : nullptr;
    return {*journal_directory_, *head_directory_, mirror_directory_.get()};
  }

  core::Result<void> create() { return journal::Journal::create(places(), data_id(), options); }

  core::Result<void> open(const std::optional<journal::Anchor>& from_store = std::nullopt) {
    journal.reset();
    auto opened = journal::Journal::open(places(), options, from_store);
    if (!opened) return std::unexpected(opened.error());
    journal.emplace(std::move(opened->journal));
    report = std::move(opened->report);
    return {};
  }

  void start() {
    ASSERT_TRUE(create());
    const auto opened = open();
    ASSERT_TRUE(opened) << describe(opened.error());
  }

  core::Result<journal::Appended> append(const std::vector<std::string>& payloads,
                                         std::int64_t now_ms = 0) {
    std::vector<core::ByteView> views;
    for (const std::string& payload : payloads) views.push_back(core::as_bytes(payload));
    return journal->append_group(std::max(now_ms, journal->last_now_ms()), views);
  }

  // Every payload that can be verified from the first on.
  core::Result<std::vector<std::string>> read_all(const std::string& path = "journal") {
    const auto directory = disk.directory(path);
    std::vector<std::string> payloads;
    auto reader = journal::Reader::open(*directory, journal::genesis(data_id()));
    if (!reader) return std::unexpected(reader.error());
    for (;;) {
      const auto group = reader->next();
      if (!group) return std::unexpected(group.error());
      if (!*group) return payloads;
      for (const journal::Record& record : (*group)->records) {
        payloads.emplace_back(core::as_text(record.payload));
      }
    }
  }

  void damage(const std::string& path, const std::string& name, std::uint64_t offset,
              std::uint8_t mask = 0x10) {
    std::vector<std::uint8_t> bytes = disk.contents(path, name);
    bytes.at(offset) ^= mask;
    disk.replace(path, name, std::move(bytes));
  }

 private:
  bool mirrored_;
  std::unique_ptr<core::Directory> journal_directory_;
  std::unique_ptr<core::Directory> head_directory_;
  std::unique_ptr<core::Directory> mirror_directory_;
};

// Bytes that are never zero, so that a zero sector is a lost one.
inline std::string payload_of(std::size_t bytes, char fill = 'x') {
  return std::string(bytes, fill);
}

inline void expect_refused(const core::Result<void>& opened, core::Errc code,
                           const std::string& words) {
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, code) << describe(opened.error());
  EXPECT_NE(opened.error().context.find(words), std::string::npos) << opened.error().context;
}

}  // namespace wasl::test

#pragma once
// A switch's directories for tests of the import: files of a network go in, rows and the verdict
// of the verification come out. No server runs. One thread.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/csv_support.hpp"
#include "cli/import.hpp"
#include "journal/posix_files.hpp"
#include "store/rocks.hpp"
#include "store/stored_row.hpp"
#include "store/verify.hpp"
#include "support/source_directory.hpp"
#include "support/temporary_directory.hpp"

namespace wasl::cli {

inline constexpr const char* kInsured = "100000000042";

template <typename Code>
Code code(std::string_view text) {
  return *Code::make(text);
}

// Made empty, in a directory that goes with it.
class ImportedSwitch {
 public:
  ImportedSwitch() {
    for (const char* name : {"/journal", "/data"}) std::filesystem::create_directories(at(name));
    journal_ = std::move(*journal::open_directory(at("/journal")));
    EXPECT_TRUE(store::create_store(places(), core::DataId{7}));
  }

  [[nodiscard]] std::string at(const std::string& name) const { return root_.path() + name; }
  [[nodiscard]] std::string kept() const { return at("/data/imports"); }
  [[nodiscard]] store::StorePlaces places() const {
    return {.journal = {.journal = *journal_, .head = *journal_, .mirror = nullptr},
            .rocks = {.path = at("/data/rocks")},
            .segments = {.segment_bytes = 1024 * 1024},
            .counted = {},
            .disk_reserve_bytes = disk_reserve_bytes,
            .run_import = run_kept_imports(kept())};
  }
  core::Result<ImportReport> import(const std::vector<std::string>& paths) {
    faults = {};
    return import_network(places(), {.paths = paths, .kept = kept(), .now = now_}, faults);
  }
  // The network's files in a directory of their own, with the rulebook they name.
  core::Result<ImportReport> import(const test::Files& files) {
    const std::string directory = at("/given");
    std::filesystem::remove_all(directory);
    std::filesystem::create_directories(directory + "/rulebooks");
    for (const auto& [name, text] : files) write(directory + "/" + name, text);
    std::filesystem::copy(test::source_directory() + "/config/rulebooks/dz-cnas.toml",
                          directory + "/rulebooks/dz-cnas.toml");
    return import(std::vector{directory});
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  // Reads a row as it lies in the store.
  template <typename T>
  [[nodiscard]] std::optional<T> row(const core::RowKey& key) const {
    const auto rocks = store::Rocks::open(places().rocks);
    std::optional<T> found;
    const std::string_view name = key.view();
    const auto take = [&](std::size_t, std::optional<std::string_view> value) {
      if (value) found = std::get<T>(*store::decode_stored(key, *value));
    };
    EXPECT_TRUE((*rocks)->get({&name, 1}, take));
    return found;
  }
  [[nodiscard]] std::optional<core::Account> account(const std::string& insured = kInsured) const {
    return row<core::Account>(core::account_key(code<core::InsuredNumber>(insured)));
  }
  [[nodiscard]] store::Verified verified() const {
    auto result = store::verify_store({.journal = *journal_,
                                       .head = *journal_,
                                       .rocks = places().rocks,
                                       .scratch = at("/scratch"),
                                       .run_import = run_kept_imports(kept())});
    std::filesystem::remove_all(at("/scratch"));
    EXPECT_TRUE(result) << core::describe(result.error());
    return std::move(*result);
  }
  [[nodiscard]] core::Sequence applied() const {
    return (*store::Rocks::open(places().rocks))->applied().sequence;
  }

  csv::Faults faults;
  std::uint64_t disk_reserve_bytes = 0;

 private:
  test::TemporaryDirectory root_;
  std::unique_ptr<core::Directory> journal_;
  core::Instant now_{std::chrono::hours{24 * 365 * 56}};
};

// One line for each.
inline std::string differences(const store::Verified& verified) {
  std::string text;
  for (const store::Difference& each : verified.differences.named()) {
    text += each.where + ": " + each.what + '\n';
  }
  return text;
}

}  // namespace wasl::cli

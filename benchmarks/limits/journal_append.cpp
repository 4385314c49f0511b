// What the disk alone allows: the bytes of a group of claims written and synced, again and again,
// into a file that was filled with zeros, as the journal's segments are. No chain, no head.
//   journal_append DIRECTORY RECORD_BYTES GROUP_CLAIMS [SECONDS]
// Prints {"journal_per_s": claims a second, "sync_us": mean of one write and sync}.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "core/files.hpp"
#include "journal/posix_files.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kFileBytes = 64ULL * 1024 * 1024;  // A segment's, by default.
constexpr std::uint64_t kZeroBytes = 1024 * 1024;

void must(const wasl::core::Result<void>& done) {
  if (done) return;
  std::cerr << "journal_append: " << wasl::core::describe(done.error()) << '\n';
  std::exit(1);
}

template <typename T>
T must(wasl::core::Result<T> result) {
  if (!result) must(wasl::core::Result<void>(std::unexpected(result.error())));
  return std::move(*result);
}

void measure(const std::string& place, std::size_t record_bytes, std::size_t group_claims,
             std::chrono::seconds time) {
  const auto directory = must(wasl::journal::open_directory(place));
  const auto file = must(directory->open("append.bytes", wasl::core::OpenMode::kCreate));
  const std::vector<std::uint8_t> zeros(kZeroBytes);
  for (std::uint64_t at = 0; at < kFileBytes; at += kZeroBytes) must(file->write_at(at, zeros));
  must(file->sync());

  const std::vector<std::uint8_t> group(record_bytes * group_claims, 0x5A);
  std::uint64_t groups = 0;
  std::uint64_t at = 0;
  const Clock::time_point began = Clock::now();
  while (Clock::now() - began < time) {
    if (at + group.size() > kFileBytes) at = 0;
    must(file->write_at(at, group));
    must(file->sync());
    at += group.size();
    ++groups;
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  must(directory->remove("append.bytes"));
  std::printf("{\"journal_per_s\": %.0f, \"sync_us\": %.1f}\n",
              static_cast<double>(groups * group_claims) / took.count(),
              1e6 * took.count() / static_cast<double>(groups));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: journal_append DIRECTORY RECORD_BYTES GROUP_CLAIMS [SECONDS]\n";
    return 1;
  }
  const std::chrono::seconds time{argc > 4 ? std::stoi(argv[4]) : 20};
  measure(argv[1], std::stoul(argv[2]), std::stoul(argv[3]), time);
}

#pragma once
// What `wasl serve` is told by its operator, read from one TOML file. Every key is in one table
// (config_keys.cpp) from which parsing, defaults, bounds, and the commented file that `wasl init`
// writes are all made; docs/operating.md points there. Read at start-up and on SIGHUP.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace wasl::ops {

// Larger than any configuration; not a device or a database given by mistake.
inline constexpr std::size_t kConfigBytesMax = 1024 * 1024;

// Members are in the units of their names; paths are as written until resolve_paths().
struct Config {
  // [listen]
  std::string listen_address;
  std::uint64_t listen_port;
  std::uint64_t io_threads;
  // [tls]
  std::string certificate_file;
  std::string key_file;
  std::string authority_file;
  std::string revocation_file;
  std::string lowest_tls;
  // [data]
  std::string data_directory;
  std::string journal_directory;
  std::string head_directory;    // Empty: beside the journal.
  std::string mirror_directory;  // Empty: none.
  std::uint64_t segment_bytes;
  std::uint64_t disk_reserve_bytes;
  std::uint64_t block_cache_bytes;
  // [engine]
  std::uint64_t cached_rows;
  std::uint64_t queue_commands;
  std::uint64_t group_commands;
  std::uint64_t parked_rows;
  std::uint64_t store_lag_records;
  std::uint64_t clock_step_ms;
  std::uint64_t retry_after_ms;
  // [connections]
  std::uint64_t connections;
  std::uint64_t connections_per_address;
  std::uint64_t connections_per_certificate;
  std::uint64_t handshakes;
  std::uint64_t look_ups_per_minute;
  // [deadlines]
  std::uint64_t hello_ms;
  std::uint64_t handshake_ms;
  std::uint64_t idle_ms;
  std::uint64_t frame_ms;
  std::uint64_t write_ms;
  std::uint64_t shutdown_ms;
  // [admin]
  std::string admin_address;
  std::uint64_t admin_port;
  // [log]
  std::string log_level;
  // [card_keys]: file of the card master key, by fund code.
  std::map<std::string, std::string> card_key_files;

  friend bool operator==(const Config&, const Config&) = default;
};

[[nodiscard]] Config default_config();

// Keys that are not given have their defaults. kConfiguration: "wasl.toml:12:3: ..." with the line,
// the column, and the nearest key or the bound. `name` is the file's, for messages.
[[nodiscard]] core::Result<Config> parse_config(std::string_view text, std::string_view name);

// Reads the file and resolves its relative paths against its own directory.
[[nodiscard]] core::Result<Config> load_config(const std::string& path);
void resolve_paths(Config& config, const std::string& directory);

// "listen.port", "card_keys.CNAS", in the order of the file.
[[nodiscard]] std::vector<std::string> keys_that_differ(const Config& one, const Config& other);

// The commented file with these values: each key with its reason, default and bounds.
[[nodiscard]] std::string config_text(const Config& config);

}  // namespace wasl::ops

#include "ops/config_keys.hpp"

#include "core/row_set.hpp"

namespace wasl::ops {
namespace {

constexpr std::string_view kTlsVersions[] = {"1.3", "1.2"};
constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};
constexpr std::uint64_t kKiB = 1024;
constexpr std::uint64_t kMiB = 1024 * kKiB;
constexpr std::uint64_t kGiB = 1024 * kMiB;
constexpr std::uint64_t kPortMax = 65'535;
constexpr std::uint64_t kHourMs = 3'600'000;

constexpr ConfigKey kKeys[] = {
    {"listen", "address",
     "Where terminals connect: an IP address of this machine, 0.0.0.0 for every IPv4 one, :: for "
     "every one.",
     TextKey{&Config::listen_address, "0.0.0.0"}},
    {"listen", "port", "0: the kernel chooses one, which the log names.",
     NumberKey{&Config::listen_port, 7443, 0, kPortMax}},
    {"listen", "io_threads",
     "Threads for TLS, decoding and card proofs. One for each core: the engine needs part of one "
     "core only.",
     NumberKey{&Config::io_threads, 2, 1, 256}},

    {"tls", "certificate",
     "This server's certificate, PEM, then intermediates if there are any. Read again on SIGHUP.",
     TextKey{&Config::certificate_file, "pki/server.crt", TextKind::kPath}},
    {"tls", "key", "Its key, PEM. Refused if anybody but the owner may read it.",
     TextKey{&Config::key_file, "pki/server.key", TextKind::kPath}},
    {"tls", "authority", "The only authorities whose certificates are accepted, PEM.",
     TextKey{&Config::authority_file, "pki/ca.crt", TextKind::kPath}},
    {"tls", "revocation_list",
     "One list for each of them, PEM. Without a list in force nobody gets in: a stolen key must "
     "not outlive its revocation.",
     TextKey{&Config::revocation_file, "pki/ca.crl", TextKind::kPath}},
    {"tls", "lowest_version", "1.2 only for terminals that cannot do better.",
     TextKey{&Config::lowest_tls, "1.3", TextKind::kChoice, kTlsVersions}},

    {"data", "directory", "The store: the state of accounts, claims and catalogue.",
     TextKey{&Config::data_directory, "data", TextKind::kPath}},
    {"data", "journal",
     "Every decision, in order, hash-chained: what the store can be rebuilt from. A disk of its "
     "own makes each answer faster.",
     TextKey{&Config::journal_directory, "journal", TextKind::kPath}},
    {"data", "head",
     "Where the small file lies that says how far the journal goes. Empty: beside the journal. On "
     "another disk it also shows a journal that was cut off.",
     TextKey{&Config::head_directory, "", TextKind::kOptionalPath}},
    {"data", "mirror",
     "A second copy of the journal, on another disk; an answer then waits for both. Empty: none.",
     TextKey{&Config::mirror_directory, "", TextKind::kOptionalPath}},
    {"data", "segment_bytes",
     "Size of a new journal file; a multiple of 512. Zeroed ahead, so that a sync writes data "
     "only. At 700 bytes a claim, 64 MiB are about 90,000 claims. The smallest holds three of "
     "the largest records.",
     NumberKey{&Config::segment_bytes, 64 * kMiB, kMiB, kGiB, 512}},
    {"data", "disk_reserve_bytes",
     "Below this much free space nothing new is written but reversals and closings; below a "
     "quarter of it nothing at all. The quarter holds one flush of the store (128 MiB) and one "
     "segment: at least 4 times (128 MiB + segment_bytes).",
     NumberKey{&Config::disk_reserve_bytes, kGiB, 4 * (kFlushBytes + 8 * kMiB), 1024 * kGiB}},
    {"data", "block_cache_bytes",
     "Memory of the store for blocks, indexes and filters: what a day's cards touch at 1 M "
     "accounts. The system's page cache holds the rest. Indexes and filters in use stay also where "
     "they exceed it: 2 % of the store's size.",
     NumberKey{&Config::block_cache_bytes, 256 * kMiB, 8 * kMiB, 1024 * kGiB}},

    {"engine", "cached_rows",
     "Accounts, histories and requests kept in memory, about 1 KiB each: the cards of a busy day.",
     NumberKey{&Config::cached_rows, 1'000'000, 1'000, 1'000'000'000}},
    {"engine", "queue_commands",
     "Requests that may wait for the engine: about half a second of work. Beyond it the answer is "
     "BUSY at once; a quarter is kept for reversals and status queries.",
     NumberKey{&Config::queue_commands, 8'192, 16, 1'000'000}},
    {"engine", "group_commands",
     "Requests that share one sync. More make a busy disk carry more; fewer make the first wait "
     "less for the last.",
     NumberKey{&Config::group_commands, 1'024, 1, 1'024}},
    {"engine", "parked_rows",
     "Rows that undecided requests may wait for: 3,400 claims of six rows.",
     NumberKey{&Config::parked_rows, 20'480, core::kCommandRowsMax, 10'000'000}},
    {"engine", "store_lag_records",
     "Records that the store may be behind the journal before requests are answered BUSY: two "
     "forced flushes. More make a restart slower.",
     NumberKey{&Config::store_lag_records, 100'000, 1'000, 10'000'000}},
    {"engine", "clock_step_ms",
     "A step of the wall clock forward that is believed. Beyond it requests are answered BUSY "
     "until the clocks agree or an operator confirms: a wrong date decides wrongly.",
     NumberKey{&Config::clock_step_ms, 60'000, 1'000, 24 * kHourMs}},
    {"engine", "retry_after_ms",
     "What BUSY asks a terminal to wait at least: a few groups, so that the queue has moved. "
     "Look-ups of the minute, keys and connections have times of their own.",
     NumberKey{&Config::retry_after_ms, 200, 1, 60'000}},

    {"connections", "total",
     "830 centres and 12,000 pharmacies, and a sixth more while old connections time out.",
     NumberKey{&Config::connections, 15'000, 1, 1'000'000}},
    {"connections", "per_address",
     "An operator's address translation may hide a town's pharmacies behind one address.",
     NumberKey{&Config::connections_per_address, 1'024, 1, 1'000'000}},
    {"connections", "per_certificate",
     "One certificate serves the counters of a pharmacy or the desks of a centre.",
     NumberKey{&Config::connections_per_certificate, 64, 1, 1'000'000}},
    {"connections", "handshakes",
     "Handshakes at the same time, under 1 ms of computing each, on threads that give way to "
     "claims; others wait their turn.",
     NumberKey{&Config::handshakes, 128, 1, 65'536}},
    {"connections", "look_ups_per_minute",
     "Rights looked up, or cards updated, without a card, and days reconciled, by one certificate: "
     "a clerk who works fast, but nobody who lists a nation's families.",
     NumberKey{&Config::look_ups_per_minute, 30, 1, 1'000'000}},

    {"deadlines", "hello_ms",
     "From connection to a whole first message: one flight, sent at once by every honest client.",
     NumberKey{&Config::hello_ms, 5'000, 100, kHourMs}},
    {"deadlines", "handshake_ms",
     "From connection to a finished handshake: three round trips of 2 s and a slow card reader.",
     NumberKey{&Config::handshake_ms, 10'000, 100, kHourMs}},
    {"deadlines", "idle_ms",
     "Between requests. Terminals stay connected all day and send Echo within this.",
     NumberKey{&Config::idle_ms, 600'000, 1'000, 24 * kHourMs}},
    {"deadlines", "frame_ms",
     "From a request's first byte to its last: 64 KiB over 64 kbit/s take 8 s.",
     NumberKey{&Config::frame_ms, 10'000, 100, kHourMs}},
    {"deadlines", "write_ms",
     "Until the peer has taken an answer: as a request, and half as much again, since several may "
     "wait.",
     NumberKey{&Config::write_ms, 15'000, 100, kHourMs}},
    {"deadlines", "shutdown_ms", "For the last answers and the peer's close.",
     NumberKey{&Config::shutdown_ms, 2'000, 100, 10'000}},

    {"admin", "address",
     "Where /metrics, /livez and /readyz are served, over plain HTTP: keep it on a network that "
     "only operators reach.",
     TextKey{&Config::admin_address, "127.0.0.1"}},
    {"admin", "port", "0: the kernel chooses one, which the log names.",
     NumberKey{&Config::admin_port, 7480, 0, kPortMax}},

    {"log", "level", "Lowest level that is logged. Read again on SIGHUP.",
     TextKey{&Config::log_level, "info", TextKind::kChoice, kLevels}},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

}  // namespace wasl::ops

#pragma once
// Operating failures (peer, disk, malformed bytes, operator) travel as values: Result<T>.
// Refusals of a claim are core::Reason, bugs are WASL_ASSERT; the three never mix.

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace wasl::core {

enum class Errc : std::uint8_t {
  kIo,          // The operating system refused: file, socket, sync. The context holds errno's text.
  kCorrupt,     // Bytes read back are not what was written.
  kMalformed,   // Bytes or text from outside do not follow their format.
  kOutOfRange,  // Well formed, but outside its documented bounds.
  kNotFound,    // What was named does not exist.
  kExists,      // What would be created is there already.
  kNotPermitted,   // Identity, role or file permissions forbid it.
  kUnsupported,    // A newer format version, or an option this build lacks.
  kTimeout,        // A deadline passed.
  kClosed,         // The peer ended the connection.
  kLimit,          // A documented limit was reached.
  kTls,            // The TLS layer refused: handshake, certificate, revocation.
  kConfiguration,  // The operator's configuration is wrong; the context names line and key.
  kUnknownOutcome  // A sync failed: what was written may or may not be on the disk.
};

// A code for machines and a sentence for people: what happened and, where it can be said, what to
// do. Safe to log: never holds payload bytes or unmasked identifiers.
struct Error {
  Errc code;
  std::string context;
};

template <typename T>
using Result = std::expected<T, Error>;

[[nodiscard]] const char* name(Errc code) noexcept;

// "corrupt: journal/000001.seg at byte 4096: checksum differs"
[[nodiscard]] std::string describe(const Error& error);

[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string context) {
  return std::unexpected(Error{code, std::move(context)});
}

}  // namespace wasl::core

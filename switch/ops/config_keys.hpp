#pragma once
// The table of configuration keys. Private to ops/config.

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "ops/config.hpp"

namespace wasl::ops {

// The most that one flush of the store writes (FlushBounds in store/applier.hpp).
inline constexpr std::uint64_t kFlushBytes = 128ULL * 1024 * 1024;

struct NumberKey {
  std::uint64_t Config::* member;
  std::uint64_t initial;
  std::uint64_t min;
  std::uint64_t max;
  std::uint64_t multiple_of = 1;
};

enum class TextKind : std::uint8_t {
  kPlain,
  kPath,
  kOptionalPath,  // May be empty.
  kChoice,
};

struct TextKey {
  std::string Config::* member;
  std::string_view initial;
  TextKind kind = TextKind::kPlain;
  std::span<const std::string_view> choices = {};
};

struct ConfigKey {
  std::string_view section;
  std::string_view name;
  std::string_view reason;  // What it is and why the default; becomes the comment.
  std::variant<NumberKey, TextKey> value;
};

// Sections stand together, in the order of the file.
[[nodiscard]] std::span<const ConfigKey> config_keys();

// The section whose keys are fund codes.
inline constexpr std::string_view kCardKeysSection = "card_keys";
inline constexpr std::string_view kCardKeysReason =
    "The master key from which a fund's cards are derived: fund code = file. A file that others "
    "can read is refused. Without an entry no card of that fund can prove itself. For example: "
    "CNAS = \"keys/cnas.key\"";

}  // namespace wasl::ops

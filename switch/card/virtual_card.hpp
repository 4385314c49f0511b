#pragma once
// A card, or a provider's key, as a JSON file for its user alone: what `wasl card` issues and a
// terminal signs with. Its counter is advanced on the disk before a proof is given out, so no
// counter is ever used twice, whatever is killed. Blocking; any thread and process.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "card/key.hpp"
#include "core/request.hpp"
#include "core/result.hpp"

namespace wasl::card {

struct VirtualCard {
  KeyName name;
  Key key;
  std::uint32_t counter = 0;  // Last one used; 0: none yet.
};

// {"kind":"card","fund":"CNAS","number":"...","key_version":1,"key":"<32 hex digits>","counter":0};
// kind is "card" or "professional". Unknown names are refused.
[[nodiscard]] std::string to_json(const VirtualCard& card);
// kMalformed names the field, never its content.
[[nodiscard]] core::Result<VirtualCard> parse_card(std::string_view text, const std::string& path);

// kExists if there is such a file.
[[nodiscard]] core::Result<void> create_card(const std::string& path, const VirtualCard& card);
// kNotPermitted if others could read it.
[[nodiscard]] core::Result<VirtualCard> read_card(const std::string& path);

// Advances the counter durably, then signs. `unpredictable` is random and fresh. kLimit when the
// counter is used up: the card must be replaced.
[[nodiscard]] core::Result<core::Proof> sign(const std::string& path, const core::Sha256& digest,
                                             const std::array<std::uint8_t, 4>& unpredictable);

}  // namespace wasl::card

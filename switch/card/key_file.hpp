#pragma once
// Master keys, one per fund, in a text file for the switch's user alone: a line is a fund's code, a
// space, and its AES-128 key as 32 hexadecimal digits; # begins a comment line. Immutable once
// read; any thread.

#include <string>
#include <string_view>
#include <unordered_map>

#include "card/key_provider.hpp"

namespace wasl::card {

class KeyFile final : public KeyProvider {
 public:
  // Errors name file and line, never the content. kNotPermitted if others could read it.
  [[nodiscard]] static core::Result<KeyFile> read(const std::string& path);
  // The same from the file's text; `name` is for messages.
  [[nodiscard]] static core::Result<KeyFile> parse(std::string_view text, const std::string& name);

  [[nodiscard]] core::Result<Key> derive(const KeyName& name) const override;

 private:
  std::unordered_map<core::FundCode, Key> masters_;
};

// One line of a key file.
[[nodiscard]] std::string key_file_line(const core::FundCode& fund, const Key& master);

// 32 hexadecimal digits; nothing if the text is something else.
[[nodiscard]] std::optional<Key> key_from_hex(std::string_view text);
[[nodiscard]] std::string key_to_hex(const Key& key);

}  // namespace wasl::card

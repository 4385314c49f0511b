#include "card/key_file.hpp"

#include <charconv>

#include "card/derivation.hpp"
#include "card/private_file.hpp"
#include "core/hex.hpp"

namespace wasl::card {
namespace {

// The next line without its end; `text` shrinks to what follows.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::optional<Key> key_from_hex(std::string_view text) {
  if (text.size() != 2 * kKeyBytes) return std::nullopt;
  std::optional<std::string> bytes = core::from_hex(text);
  if (!bytes) return std::nullopt;
  Key key;
  std::ranges::copy(core::as_bytes(*bytes), key.bytes.begin());
  OPENSSL_cleanse(bytes->data(), bytes->size());
  return key;
}

std::string key_to_hex(const Key& key) { return core::to_hex(key.bytes); }

std::string key_file_line(const core::FundCode& fund, const Key& master) {
  return std::string(fund.view()) + ' ' + key_to_hex(master) + '\n';
}

core::Result<KeyFile> KeyFile::read(const std::string& path) {
  auto text = read_private(path);
  if (!text) return std::unexpected(text.error());
  auto keys = parse(*text, path);
  OPENSSL_cleanse(text->data(), text->size());
  return keys;
}

core::Result<KeyFile> KeyFile::parse(std::string_view text, const std::string& name) {
  KeyFile file;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    if (line.empty() || line.front() == '#') continue;
    const std::string place = name + ":" + std::to_string(number) + ": ";
    const std::size_t space = line.find(' ');
    const auto fund = core::FundCode::make(line.substr(0, space));
    const auto key =
        space == std::string_view::npos ? std::nullopt : key_from_hex(line.substr(space + 1));
    if (!fund || !key) {
      return core::fail(core::Errc::kConfiguration,
                        place + "expected a fund's code, a space and 32 hexadecimal digits");
    }
    if (!file.masters_.emplace(*fund, *key).second) {
      return core::fail(core::Errc::kConfiguration, place + "this fund has a key already");
    }
  }
  if (file.masters_.empty()) {
    return core::fail(core::Errc::kConfiguration, name + ": holds no key");
  }
  return file;
}

core::Result<Key> KeyFile::derive(const KeyName& name) const {
  const auto master = masters_.find(name.fund);
  if (master == masters_.end()) {
    return core::fail(core::Errc::kNotFound, "no master key of this fund");
  }
  return card::derive(master->second, name);
}

}  // namespace wasl::card

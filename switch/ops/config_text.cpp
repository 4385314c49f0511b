#include <fmt/format.h>

#include "ops/config_keys.hpp"
#include "ops/escape.hpp"

namespace wasl::ops {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::string_view kTitle =
    "The configuration of `wasl serve`. Every key is here with its default; a key that is left out "
    "has it too. Relative paths start at this file's directory.";

// As comment lines of whole words.
void add_comment(std::string& out, std::string_view text) {
  std::string line = "#";
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (line.size() + 1 + word.size() > kColumns) {
      out += line + "\n";
      line = "#";
    }
    line += " " + std::string(word);
  }
  out += line + "\n";
}

std::string quoted(std::string_view text) { return '"' + escaped(text) + '"'; }

std::string bounds_of(const NumberKey& key) {
  return fmt::format("Default {}; {} to {}.", key.initial, key.min, key.max);
}

std::string bounds_of(const TextKey& key) {
  std::string text = "Default " + quoted(key.initial);
  for (std::size_t i = 0; i < key.choices.size(); ++i) {
    text += (i == 0 ? "; one of " : ", ") + quoted(key.choices[i]);
  }
  return text + ".";
}

std::string value_of(const Config& config, const NumberKey& key) {
  return std::to_string(config.*key.member);
}
std::string value_of(const Config& config, const TextKey& key) {
  return quoted(config.*key.member);
}

}  // namespace

std::string config_text(const Config& config) {
  std::string out;
  add_comment(out, kTitle);
  std::string_view section;
  for (const ConfigKey& key : config_keys()) {
    if (key.section != section) out += fmt::format("\n[{}]\n", key.section);
    section = key.section;
    std::visit(
        [&](const auto& kind) {
          add_comment(out, std::string(key.reason) + " " + bounds_of(kind));
          out += fmt::format("{} = {}\n", key.name, value_of(config, kind));
        },
        key.value);
  }
  out += fmt::format("\n[{}]\n", kCardKeysSection);
  add_comment(out, kCardKeysReason);
  for (const auto& [fund, file] : config.card_key_files) {
    out += fmt::format("{} = {}\n", quoted(fund), quoted(file));
  }
  return out;
}

}  // namespace wasl::ops

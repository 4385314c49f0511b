#include "ops/config.hpp"

// The compiled library throws; this way a fault is a value.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/ids.hpp"
#include "core/nearest.hpp"
#include "ops/config_keys.hpp"

namespace wasl::ops {
namespace {

namespace filesystem = std::filesystem;

std::vector<std::string> section_names() {
  std::vector<std::string> names{std::string(kCardKeysSection)};
  for (const ConfigKey& key : config_keys()) {
    if (names.back() != key.section) names.emplace_back(key.section);
  }
  return names;
}

std::vector<std::string> key_names(std::string_view section) {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) {
    if (key.section == section) names.emplace_back(key.name);
  }
  return names;
}

std::string unknown(std::string_view what, std::string_view word,
                    const std::vector<std::string>& known) {
  std::string text = fmt::format("there is no {} '{}'", what, word);
  const std::string meant = core::nearest(word, known);
  return meant.empty() ? text : text + fmt::format(", did you mean '{}'?", meant);
}

class Parser {
 public:
  explicit Parser(std::string_view file) : file_(file) {}

  core::Result<Config> parse(const toml::table& root) {
    for (const auto& [name, node] : root) {
      const auto done = section(name, node);
      if (!done) return std::unexpected(done.error());
    }
    if (const auto fits = reserve_fits(); !fits) return std::unexpected(fits.error());
    return config_;
  }

  [[nodiscard]] std::unexpected<core::Error> fault(const toml::source_position& at,
                                                   std::string_view what) const {
    return core::fail(core::Errc::kConfiguration,
                      fmt::format("{}:{}:{}: {}", file_, at.line, at.column, what));
  }

 private:
  core::Result<void> section(const toml::key& name, const toml::node& node) {
    const std::vector<std::string> known = section_names();
    if (std::find(known.begin(), known.end(), name.str()) == known.end()) {
      return fault(name.source().begin, unknown("section", name.str(), known));
    }
    const toml::table* keys = node.as_table();
    if (keys == nullptr) {
      return fault(node.source().begin, fmt::format("'{0}' is a section: write [{0}]", name.str()));
    }
    for (const auto& [key, value] : *keys) {
      const auto done =
          name.str() == kCardKeysSection ? card_key(key, value) : known_key(name.str(), key, value);
      if (!done) return done;
    }
    return {};
  }

  core::Result<void> known_key(std::string_view section_name, const toml::key& key,
                               const toml::node& value) {
    for (const ConfigKey& known : config_keys()) {
      if (known.section != section_name || known.name != key.str()) continue;
      const auto name = fmt::format("{}.{}", section_name, key.str());
      return std::visit([&](const auto& kind) { return set(kind, name, value); }, known.value);
    }
    return fault(key.source().begin, unknown("key", key.str(), key_names(section_name)) +
                                         fmt::format(" (in [{}])", section_name));
  }

  core::Result<void> set(const NumberKey& key, std::string_view name, const toml::node& value) {
    const auto at = value.source().begin;
    const auto number = value.value_exact<std::int64_t>();
    if (!number) return fault(at, fmt::format("{} must be a whole number", name));
    if (*number < 0 || static_cast<std::uint64_t>(*number) < key.min ||
        static_cast<std::uint64_t>(*number) > key.max) {
      return fault(at,
                   fmt::format("{} is {}, it must be {} to {}", name, *number, key.min, key.max));
    }
    config_.*key.member = static_cast<std::uint64_t>(*number);
    if (config_.*key.member % key.multiple_of == 0) return {};
    return fault(
        at, fmt::format("{} is {}, it must be a multiple of {}", name, *number, key.multiple_of));
  }

  core::Result<void> set(const TextKey& key, std::string_view name, const toml::node& value) {
    const auto at = value.source().begin;
    const auto text = value.value_exact<std::string>();
    if (!text) return fault(at, fmt::format("{} must be a text in quotes", name));
    if (text->empty() && key.kind != TextKind::kOptionalPath) {
      return fault(at, fmt::format("{} must not be empty", name));
    }
    if (key.kind == TextKind::kChoice) {
      const std::vector<std::string> choices(key.choices.begin(), key.choices.end());
      if (std::find(choices.begin(), choices.end(), *text) == choices.end()) {
        return fault(at, fmt::format("{} is '{}', it must be one of: {}", name, *text,
                                     fmt::join(choices, ", ")));
      }
    }
    config_.*key.member = *text;
    return {};
  }

  // What the last quarter of the reserve is kept for has to fit into it.
  [[nodiscard]] core::Result<void> reserve_fits() const {
    const std::uint64_t needed = 4 * (kFlushBytes + config_.segment_bytes);
    if (config_.disk_reserve_bytes >= needed) return {};
    return core::fail(
        core::Errc::kConfiguration,
        fmt::format("{}: data.disk_reserve_bytes is {}, with data.segment_bytes {} it must be at "
                    "least {}: a quarter of it holds a flush ({}) and a segment",
                    file_, config_.disk_reserve_bytes, config_.segment_bytes, needed, kFlushBytes));
  }

  core::Result<void> card_key(const toml::key& fund, const toml::node& value) {
    if (!core::FundCode::make(fund.str())) {
      return fault(fund.source().begin,
                   fmt::format("'{}' is no fund code: at most {} printable characters", fund.str(),
                               core::FundCode::kBytesMax));
    }
    const auto file = value.value_exact<std::string>();
    if (!file || file->empty()) {
      return fault(value.source().begin,
                   fmt::format("{}.{} must be the path of a file", kCardKeysSection, fund.str()));
    }
    config_.card_key_files[std::string(fund.str())] = *file;
    return {};
  }

  const std::string file_;
  Config config_ = default_config();
};

core::Result<std::string> read_text(const std::string& path) {
  std::error_code error;
  const bool regular = filesystem::is_regular_file(path, error);
  const auto size = regular ? filesystem::file_size(path, error) : 0;
  if (error) return core::fail(core::Errc::kIo, path + ": " + error.message());
  if (!regular || size > kConfigBytesMax) {
    return core::fail(core::Errc::kConfiguration, path + " is not a configuration file");
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (size > 0) text << in.rdbuf();  // Nothing to insert counts as a failure.
  if (!in || !text) return core::fail(core::Errc::kIo, path + " cannot be read");
  return std::move(text).str();
}

}  // namespace

Config default_config() {
  Config config{};
  for (const ConfigKey& key : config_keys()) {
    std::visit([&](const auto& kind) { config.*kind.member = kind.initial; }, key.value);
  }
  return config;
}

core::Result<Config> parse_config(std::string_view text, std::string_view name) {
  Parser parser(name);
  const toml::parse_result parsed = toml::parse(text, std::string(name));
  if (!parsed) {
    return parser.fault(parsed.error().source().begin, parsed.error().description());
  }
  return parser.parse(parsed.table());
}

core::Result<Config> load_config(const std::string& path) {
  const core::Result<std::string> text = read_text(path);
  if (!text) return std::unexpected(text.error());
  core::Result<Config> config = parse_config(*text, path);
  if (config) resolve_paths(*config, filesystem::path(path).parent_path().string());
  return config;
}

std::vector<std::string> keys_that_differ(const Config& one, const Config& other) {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) {
    const bool same = std::visit(
        [&](const auto& kind) { return one.*kind.member == other.*kind.member; }, key.value);
    if (!same) names.push_back(fmt::format("{}.{}", key.section, key.name));
  }
  std::map<std::string, std::string> files = one.card_key_files;
  files.insert(other.card_key_files.begin(), other.card_key_files.end());
  for (const auto& [fund, file] : files) {
    const auto in = [&fund](const Config& config) {
      const auto found = config.card_key_files.find(fund);
      return found == config.card_key_files.end() ? std::string{} : found->second;
    };
    if (in(one) != in(other)) names.push_back(fmt::format("{}.{}", kCardKeysSection, fund));
  }
  return names;
}

void resolve_paths(Config& config, const std::string& directory) {
  const auto resolve = [&](std::string& path) {
    if (!path.empty()) path = (filesystem::path(directory) / path).lexically_normal().string();
  };
  for (const ConfigKey& key : config_keys()) {
    const auto* text = std::get_if<TextKey>(&key.value);
    if (text == nullptr) continue;
    const bool is_path = text->kind == TextKind::kPath || text->kind == TextKind::kOptionalPath;
    if (is_path) resolve(config.*text->member);
  }
  for (auto& [fund, file] : config.card_key_files) resolve(file);
}

}  // namespace wasl::ops

#include "cli/terminal_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <variant>

#include "core/nearest.hpp"

// The compiled library throws; this way a fault is a value.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace wasl::cli {
namespace {

using core::Errc;

// A dozen lines; not a device given by mistake.
constexpr std::streamsize kConfigBytesMax = 64 * 1024;
constexpr std::uint32_t kTimeoutMaxMs = 600'000;

using Member =
    std::variant<std::string TerminalConfig::*, std::vector<std::string> TerminalConfig::*,
                 std::uint32_t TerminalConfig::*, bool TerminalConfig::*>;

struct Setting {
  const char* name;
  Member member;
  bool is_path;
  const char* help;
};

constexpr Setting kSettings[] = {
    {"server", &TerminalConfig::server, false, "The switch, HOST:PORT"},
    {"server-name", &TerminalConfig::server_name, false,
     "Name in the switch's certificate, if it is not HOST"},
    {"certificate", &TerminalConfig::certificate, true, "This participant's certificate (PEM)"},
    {"key", &TerminalConfig::key, true, "Its key (PEM), readable by its owner alone"},
    {"authority", &TerminalConfig::authority, true, "The network's authority (PEM)"},
    {"crl", &TerminalConfig::crl, true, "The authority's revocation list; none: not checked"},
    {"professional", &TerminalConfig::professional, true,
     "The provider's key of the card's fund; may be given once per fund"},
    {"outbox", &TerminalConfig::outbox, true,
     "Directory that remembers what was sent until it is answered"},
    {"timeout", &TerminalConfig::timeout_ms, false, "Milliseconds to wait for an answer"},
    {"lang", &TerminalConfig::lang, false, "Language of texts: ar, fr or en"},
    {"json", &TerminalConfig::json, false, "Answers as JSON on stdout"},
};

struct Place {
  const std::string& path;
  std::unexpected<core::Error> fault(const toml::source_position& at,
                                     const std::string& what) const {
    return core::fail(Errc::kConfiguration,
                      fmt::format("{}:{}:{}: {}", path, at.line, at.column, what));
  }
  [[nodiscard]] std::string resolve(const Setting& setting, const std::string& text) const {
    if (!setting.is_path || text.empty()) return text;
    return (std::filesystem::path(path).parent_path() / text).lexically_normal().string();
  }
};

core::Result<void> set(std::string TerminalConfig::* member, const Setting& setting,
                       const toml::node& value, const Place& place, TerminalConfig& config) {
  const auto text = value.value_exact<std::string>();
  if (!text) return place.fault(value.source().begin, "must be a text in quotes");
  if (member == &TerminalConfig::lang && *text != "ar" && *text != "fr" && *text != "en") {
    return place.fault(value.source().begin, "must be \"ar\", \"fr\" or \"en\"");
  }
  config.*member = place.resolve(setting, *text);
  return {};
}

core::Result<void> set(std::vector<std::string> TerminalConfig::* member, const Setting& setting,
                       const toml::node& value, const Place& place, TerminalConfig& config) {
  const toml::array* const list = value.as_array();
  if (list == nullptr) return place.fault(value.source().begin, "must be a list of texts");
  for (const toml::node& item : *list) {
    const auto text = item.value_exact<std::string>();
    if (!text) return place.fault(item.source().begin, "must be a text in quotes");
    (config.*member).push_back(place.resolve(setting, *text));
  }
  return {};
}

core::Result<void> set(std::uint32_t TerminalConfig::* member, const Setting&,
                       const toml::node& value, const Place& place, TerminalConfig& config) {
  const auto number = value.value_exact<std::int64_t>();
  if (!number || *number < 1 || *number > kTimeoutMaxMs) {
    return place.fault(value.source().begin,
                       fmt::format("must be a whole number, 1 to {}", kTimeoutMaxMs));
  }
  config.*member = static_cast<std::uint32_t>(*number);
  return {};
}

core::Result<void> set(bool TerminalConfig::* member, const Setting&, const toml::node& value,
                       const Place& place, TerminalConfig& config) {
  const auto given = value.value_exact<bool>();
  if (!given) return place.fault(value.source().begin, "must be true or false");
  config.*member = *given;
  return {};
}

const Setting* find_setting(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(kSettings, [&](const Setting& each) { return name == each.name; });
  return found == std::end(kSettings) ? nullptr : found;
}

std::string unknown_key(std::string_view name) {
  std::vector<std::string> known;
  for (const Setting& setting : kSettings) known.emplace_back(setting.name);
  const std::string near = core::nearest(name, known);
  return fmt::format("there is no key '{}'", name) +
         (near.empty() ? "" : fmt::format(", did you mean '{}'?", near));
}

core::Result<std::string> read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return core::fail(Errc::kNotFound, path + " cannot be read");
  std::string text(kConfigBytesMax + 1, '\0');
  in.read(text.data(), kConfigBytesMax + 1);
  if (in.gcount() > kConfigBytesMax) return core::fail(Errc::kLimit, path + " is too large");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

void add_option(Command command, const Setting& setting, TerminalConfig& config) {
  const std::string name = std::string("--") + setting.name;
  if (const auto* member = std::get_if<bool TerminalConfig::*>(&setting.member)) {
    command.flag(name, config.**member, setting.help);
  } else if (const auto* list =
                 std::get_if<std::vector<std::string> TerminalConfig::*>(&setting.member)) {
    command.option(name, config.**list, setting.help).one_each_time().shows_default();
  } else if (const auto* number = std::get_if<std::uint32_t TerminalConfig::*>(&setting.member)) {
    command.option(name, config.**number, setting.help)
        .between(std::uint32_t{1}, kTimeoutMaxMs)
        .shows_default();
  } else {
    const auto text = std::get<std::string TerminalConfig::*>(setting.member);
    Option option = command.option(name, config.*text, setting.help).shows_default();
    if (text == &TerminalConfig::lang) option.one_of({"ar", "fr", "en"});
  }
}

}  // namespace

void add_terminal_options(Command command, TerminalConfig& config) {
  command.option("--config", "TOML file with any of the options below");
  for (const Setting& setting : kSettings) add_option(command, setting, config);
}

core::Result<void> complete(const Command& command, TerminalConfig& config) {
  const std::vector<std::string> file = command.typed("--config");
  if (file.empty()) return {};
  const std::string& path = file.front();
  const core::Result<std::string> text = read_text(path);
  if (!text) return std::unexpected(text.error());
  std::vector<std::string> typed;
  for (const Setting& setting : kSettings) {
    if (!command.typed(std::string("--") + setting.name).empty()) typed.emplace_back(setting.name);
  }
  return apply_config(*text, path, typed, config);
}

core::Result<void> apply_config(std::string_view text, const std::string& path,
                                const std::vector<std::string>& typed, TerminalConfig& config) {
  const Place place{path};
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return place.fault(parsed.error().source().begin, std::string(parsed.error().description()));
  }
  // The same outbox wherever the command is run from.
  if (std::ranges::find(typed, "outbox") == typed.end()) {
    config.outbox = place.resolve(*find_setting("outbox"), TerminalConfig().outbox);
  }
  for (const auto& [key, value] : parsed.table()) {
    const Setting* const setting = find_setting(key.str());
    if (setting == nullptr) return place.fault(key.source().begin, unknown_key(key.str()));
    if (std::ranges::find(typed, key.str()) != typed.end()) continue;
    const toml::node& node = value;
    core::Result<void> done =
        std::visit([&](const auto& member) { return set(member, *setting, node, place, config); },
                   setting->member);
    if (!done) {
      done.error().context += fmt::format(" ('{}')", setting->name);
      return done;
    }
  }
  return {};
}

core::Language language_of(const TerminalConfig& config) {
  if (config.lang == "ar") return core::Language::kArabic;
  return config.lang == "fr" ? core::Language::kFrench : core::Language::kEnglish;
}

core::Result<HostPort> parse_server(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
    return core::fail(Errc::kMalformed,
                      "--server must be HOST:PORT, not '" + std::string(text) + "'");
  }
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return HostPort{.host = std::string(host), .port = std::string(text.substr(colon + 1))};
}

}  // namespace wasl::cli

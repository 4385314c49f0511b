#include "cli/init.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <filesystem>
#include <system_error>

#include "card/key_file.hpp"
#include "card/private_file.hpp"
#include "cli/places.hpp"
#include "journal/posix_files.hpp"
#include "ops/config.hpp"

namespace wasl::cli {
namespace {

template <std::size_t N>
core::Result<std::array<std::uint8_t, N>> random_bytes() {
  std::array<std::uint8_t, N> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return core::fail(core::Errc::kIo, "no random numbers from the operating system");
  }
  return bytes;
}

core::Result<void> make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return core::fail(core::Errc::kIo, "cannot make " + path + ": " + error.message());
  return {};
}

core::Result<void> make_certificates(const InitOptions& options, const std::string& directory) {
  core::Result<void> made = pki_init({.directory = directory, .now = options.now});
  if (!made) return made;
  const core::Result<IssuedFiles> server = pki_issue({.directory = directory,
                                                      .dns_names = options.dns_names,
                                                      .ip_addresses = options.ip_addresses,
                                                      .file_name = "server",
                                                      .now = options.now});
  if (!server) return std::unexpected(server.error());
  return {};
}

core::Result<void> make_card_keys(const InitOptions& options, const std::string& directory,
                                  ops::Config& config) {
  core::Result<void> made = make_directory(directory + "/keys");
  if (!made) return made;
  for (const std::string& code : options.funds) {
    const std::optional<core::FundCode> fund = core::FundCode::make(code);
    if (!fund) return core::fail(core::Errc::kOutOfRange, "no fund code: " + code);
    const auto bytes = random_bytes<card::kKeyBytes>();
    if (!bytes) return std::unexpected(bytes.error());
    const std::string name = fmt::format("keys/{}.key", code);
    made = card::create_private(fmt::format("{}/{}", directory, name),
                                card::key_file_line(*fund, card::Key(*bytes)));
    if (!made) return made;
    config.card_key_files.emplace(code, name);
  }
  return {};
}

core::Result<void> make_store(const ops::Config& written, const std::string& directory) {
  ops::Config config = written;
  ops::resolve_paths(config, directory);
  core::Result<void> made = make_directories(config);
  if (!made) return made;
  core::Result<Places> places = Places::open(config);
  if (!places) return std::unexpected(places.error());
  if (auto room = places->require_room(config); !room) return room;
  const auto id = random_bytes<std::tuple_size_v<core::DataId>>();
  if (!id) return std::unexpected(id.error());
  return store::create_store(places->store(), *id);
}

// In the order in which they are made and moved: where the last stands, all of them do.
constexpr std::array kParts{"pki", "keys", "data", "journal", "wasl.toml"};

core::Result<void> make_parts(const InitOptions& options, const std::string& partial) {
  std::error_code error;
  std::filesystem::remove_all(partial, error);
  ops::Config config = ops::default_config();
  core::Result<void> made = make_directory(partial);
  if (made) made = make_certificates(options, partial + "/pki");
  if (made) made = make_card_keys(options, partial, config);
  if (made) made = make_store(config, partial);
  if (made) made = card::create_private(partial + "/wasl.toml", ops::config_text(config));
  return made;
}

// Goes on where an earlier run was interrupted: what is missing in `partial` was moved.
core::Result<void> move_parts(const std::string& partial, const std::string& directory) {
  std::error_code error;
  for (const char* part : kParts) {
    const std::string from = partial + "/" + part;
    if (!std::filesystem::exists(from)) continue;
    std::filesystem::rename(from, directory + "/" + part, error);
    if (error) return core::fail(core::Errc::kIo, "cannot move " + from + ": " + error.message());
  }
  std::filesystem::remove(partial, error);
  const auto opened = journal::open_directory(directory);
  if (!opened) return std::unexpected(opened.error());
  return (*opened)->sync();
}

}  // namespace

core::Result<void> init_switch(const InitOptions& options) {
  const std::string& directory = options.directory;
  if (std::filesystem::exists(directory + "/wasl.toml")) {
    return core::fail(core::Errc::kExists,
                      directory + "/wasl.toml is there: this is a switch already");
  }
  const std::string partial = directory + "/init.partial";
  if (std::filesystem::exists(partial + "/wasl.toml")) return move_parts(partial, directory);
  for (const char* part : kParts) {
    if (!std::filesystem::exists(directory + "/" + part)) continue;
    return core::fail(core::Errc::kExists, directory + "/" + part +
                                               " is there without a wasl.toml: a switch is made "
                                               "where nothing of one stands");
  }
  if (auto made = make_parts(options, partial); !made) return made;
  return move_parts(partial, directory);
}

}  // namespace wasl::cli

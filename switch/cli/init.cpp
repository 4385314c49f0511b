#include "cli/init.hpp"

#include <openssl/rand.h>

#include <filesystem>
#include <system_error>

#include "card/key_file.hpp"
#include "card/private_file.hpp"
#include "cli/places.hpp"
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

core::Result<void> make_card_keys(const InitOptions& options, ops::Config& config) {
  core::Result<void> made = make_directory(options.directory + "/keys");
  if (!made) return made;
  for (const std::string& code : options.funds) {
    const std::optional<core::FundCode> fund = core::FundCode::make(code);
    if (!fund) return core::fail(core::Errc::kOutOfRange, "no fund code: " + code);
    const auto bytes = random_bytes<card::kKeyBytes>();
    if (!bytes) return std::unexpected(bytes.error());
    const std::string name = "keys/" + code + ".key";
    made = card::create_private(options.directory + "/" + name,
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
  const auto id = random_bytes<std::tuple_size_v<core::DataId>>();
  if (!id) return std::unexpected(id.error());
  return store::create_store(places->store(), *id);
}

}  // namespace

core::Result<void> init_switch(const InitOptions& options) {
  const std::string file = options.directory + "/wasl.toml";
  if (std::filesystem::exists(file)) {
    return core::fail(core::Errc::kExists, file + " is there: this is a switch already");
  }
  ops::Config config = ops::default_config();
  core::Result<void> made = make_directory(options.directory);
  if (made) made = make_certificates(options, options.directory + "/pki");
  if (made) made = make_card_keys(options, config);
  if (made) made = make_store(config, options.directory);
  // Last: where it stands, the switch is whole.
  if (made) made = card::create_private(file, ops::config_text(config));
  return made;
}

}  // namespace wasl::cli

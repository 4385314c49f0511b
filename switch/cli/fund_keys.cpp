#include "cli/fund_keys.hpp"

namespace wasl::cli {

core::Result<FundKeys> FundKeys::read(const std::map<std::string, std::string>& files) {
  FundKeys keys;
  for (const auto& [code, path] : files) {
    const std::optional<core::FundCode> fund = core::FundCode::make(code);
    if (!fund) return core::fail(core::Errc::kConfiguration, "card_keys: bad fund code " + code);
    core::Result<card::KeyFile> file = card::KeyFile::read(path);
    if (!file) return std::unexpected(file.error());
    keys.files_.emplace(*fund, std::move(*file));
  }
  return keys;
}

core::Result<card::Key> FundKeys::derive(const card::KeyName& name) const {
  const auto file = files_.find(name.fund);
  if (file == files_.end()) return core::fail(core::Errc::kNotFound, "no master key of this fund");
  return file->second.derive(name);
}

}  // namespace wasl::cli

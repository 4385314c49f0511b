#include "cli/fund_keys.hpp"

#include <fmt/format.h>

namespace wasl::cli {

core::Result<FundKeys> FundKeys::read(const std::map<std::string, std::string>& files) {
  FundKeys keys;
  for (const auto& [code, path] : files) {
    const std::optional<core::FundCode> fund = core::FundCode::make(code);
    if (!fund) return core::fail(core::Errc::kConfiguration, "card_keys: bad fund code " + code);
    core::Result<card::KeyFile> file = card::KeyFile::read(path);
    if (!file) return std::unexpected(file.error());
    const card::KeyName any{
        .kind = card::KeyKind::kCard, .fund = *fund, .holder = {}, .version = 0};
    if (!file->derive(any)) {
      return core::fail(core::Errc::kMalformed,
                        fmt::format("{}: holds no key of the fund {}", path, code));
    }
    keys.files_.emplace(*fund, std::move(*file));
  }
  return keys;
}

std::vector<core::FundCode> FundKeys::expect(const std::vector<core::FundCode>& funds) {
  for (const core::FundCode& fund : funds) {
    if (!files_.contains(fund)) without_key_.insert(fund);
  }
  return {without_key_.begin(), without_key_.end()};
}

core::Result<card::Key> FundKeys::derive(const card::KeyName& name) const {
  if (without_key_.contains(name.fund)) {
    return core::fail(core::Errc::kConfiguration, "the master key of this fund is not configured");
  }
  const auto file = files_.find(name.fund);
  if (file == files_.end()) return core::fail(core::Errc::kNotFound, "no master key of this fund");
  return file->second.derive(name);
}

}  // namespace wasl::cli

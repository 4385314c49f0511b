#pragma once
// The card master keys that a configuration names, one file per fund: each fund's custodian brings
// their own. Immutable once read; any thread.

#include <map>
#include <string>

#include "card/key_file.hpp"

namespace wasl::cli {

class FundKeys final : public card::KeyProvider {
 public:
  // `files`: by fund code. kMalformed if a file lacks its fund.
  [[nodiscard]] static core::Result<FundKeys> read(const std::map<std::string, std::string>& files);

  [[nodiscard]] core::Result<card::Key> derive(const card::KeyName& name) const override;

 private:
  std::map<core::FundCode, card::KeyFile> files_;
};

}  // namespace wasl::cli
